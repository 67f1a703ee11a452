"""What of an inventory a rendered file lets out: every name, code, id, path and coordinate, wherever one could look.

Looked into: the text, every part of Word and Excel files (hidden sheets, properties), metadata of pictures, pages and
properties of a PDF. Blanks are taken out of both, as lines break anywhere. Does not belong here: fixtures, tests.
"""

from __future__ import annotations

import base64
import html
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf

from ehpilot.reading.edition import columns_of, open_marts

SHORTEST = 4  # characters of a name or code that tells one of others
PLACES = 3  # decimals of degrees from which a coordinate is one place (100 m)
IDS = (
    ("core.dim_enterprise", ("enterprise_id", "credit_code", "permit_no", "name")),
    ("core.dim_outlet", ("outlet_id",)),
    ("core.dim_monitoring_site", ("site_id",)),
    ("core.dim_receptor", ("receptor_id", "name")),
    ("inventory.enterprise_match", ("source_key",)),
    ("meta.source_file", ("path",)),
)
PICTURE = re.compile(rb"data:image/[a-z+]+;base64,([A-Za-z0-9+/=]+)")
TAGS = re.compile(r"<(style|script)\b.*?</\1>|<[^>]*>", re.DOTALL)
DEGREES = re.compile(rf"(?<![\d.])\d{{1,3}}\.\d{{{PLACES},}}")


def secrets(edition: Path) -> dict[str, set[str]]:
    """Texts that no public file may hold, by table and column; ``coordinate``: as printed with ``PLACES`` decimals."""
    found: dict[str, set[str]] = {}
    with open_marts(edition) as con:
        for table, columns in IDS:
            for column in columns:
                rows = con.execute(f"select distinct {column} from {table} where {column} is not null").fetchall()
                found[f"{table}.{column}"] = {str(text) for (text,) in rows}
        former = con.execute("select distinct unnest(former_names) from core.dim_enterprise").fetchall()
        found["former name"] = {text for (text,) in former if text}
        found["meta.source_file.path"] |= {path.rpartition("/")[2] for path in found["meta.source_file.path"]}
        told = {kind: {_plain(text) for text in values} for kind, values in found.items()}
        found = {kind: {text for text in values if len(text) >= SHORTEST} for kind, values in told.items()}
        places: set[str] = set()
        for table in ("core.dim_enterprise", "core.dim_outlet", "core.dim_monitoring_site", "core.dim_receptor"):
            assert {"longitude", "latitude"} <= set(columns_of(con, table))
            rows = con.execute(f"select longitude, latitude from {table} where longitude is not null").fetchall()
            places |= {f"{degrees:.{PLACES}f}" for row in rows for degrees in row}
        found["coordinate"] = places
    return found


def leaks(path: Path, wanted: dict[str, set[str]]) -> list[str]:
    """``file: kind: text`` of everything that the file lets out."""
    found = set()
    for place, text in texts(path):
        bare = _plain(text)
        for kind, values in wanted.items():
            if kind != "coordinate":
                found |= {f"{place}: {kind}: {value}" for value in values if value in bare}
        if not place.endswith("(markup)"):  # sizes of boxes are no places
            printed = {f"{float(number):.{PLACES}f}" for number in DEGREES.findall(text)}
            found |= {f"{place}: coordinate: {number}" for number in printed & wanted["coordinate"]}
    return sorted(found)


def texts(path: Path) -> Iterator[tuple[str, str]]:
    """Everything that can be read in a file, with where it stands."""
    content = path.read_bytes()
    if path.suffix == ".pdf":
        reader = pypdf.PdfReader(io.BytesIO(content))
        yield (
            f"{path.name} properties",
            str(reader.metadata) + str(reader.xmp_metadata and reader.xmp_metadata.rdf_root),
        )
        for number, page in enumerate(reader.pages, start=1):
            yield f"{path.name} page {number}", page.extract_text()
            for name, picture in _pictures(page.get("/Resources", {})):
                yield f"{path.name} picture {name} (markup)", picture
    elif path.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            for name in parts.namelist():
                yield from _part(f"{path.name}!{name}", parts.read(name))
    else:
        yield from _part(path.name, content)
        for number, found in enumerate(PICTURE.findall(content), start=1):
            yield f"{path.name} picture {number} (markup)", _bytes(base64.b64decode(found))


def _pictures(resources: Any) -> Iterator[tuple[str, str]]:
    """What pictures of a page say beside their pixels: their properties, and files that stand in it as they are."""
    for name, entry in resources.get_object().get("/XObject", {}).items():
        thing = entry.get_object()
        if thing.get("/Subtype") == "/Image":
            is_file = any(kind in str(thing.get("/Filter")) for kind in ("DCTDecode", "JPXDecode"))
            about = thing["/Metadata"].get_object().get_data() if "/Metadata" in thing else b""
            yield name, str(dict(thing)) + _bytes(about) + (_bytes(thing.get_data()) if is_file else "")
        elif "/Resources" in thing:
            yield from _pictures(thing["/Resources"])


def _part(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """A part as it stands, and without its tags: a name may be cut by them."""
    text = _bytes(PICTURE.sub(b"", content))
    yield f"{name} (markup)", html.unescape(text)
    yield name, html.unescape(TAGS.sub("", text))


def _bytes(content: bytes) -> str:
    return content.decode("utf-8", "ignore")


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text)
