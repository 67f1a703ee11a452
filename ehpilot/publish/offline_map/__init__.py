"""map/: the interactive map of an edition, a folder that opens from disk: no server, no network, no WebGL.

The page is Leaflet on canvas (BSD-2, its licence lies in the folder) over the metric system of the profile, so that a
square cell is square and the scale bar is true. Data are inlined as a script, since a page from file:// may not fetch.

Belongs here: which files the folder has, and the words of its page. Does not belong here: which values it shows
(``layers``), drawing (``page/map.js``), the printed plates (a document of its own).
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ehpilot.publish.offline_map.layers import read_layers, read_moment
from ehpilot.publish.pages import write_page
from ehpilot.reading.edition import has_table, info, open_marts

FOLDER = "map"
PAGE = Path(__file__).parent / "page"
MOST_MOMENTS = 24  # editions on the time slider: two years of monthly ones
VENDORED = ("leaflet.js", "leaflet.css", "leaflet-LICENSE.txt", "map.js", "map.css")


def write_offline_map(
    edition: Path, target: Path, earlier: Sequence[Path] = (), *, is_public: bool = False
) -> list[Path]:
    """Write ``target``/map from the tables of ``edition``; ``earlier`` editions, oldest first, are moments of the time
    slider. ``is_public``: only what the register calls public is in the data. Returns the files, none where the edition
    has neither a source nor a cell with a place."""
    with open_marts(edition) as connection:
        layers = read_layers(connection, is_public=is_public)
        now = read_moment(connection, layers, info(edition))
    if not layers["sources"]["rows"] and not layers["cells"]["rows"]:
        return []
    moments = [_moment(folder, layers) for folder in list(earlier)[-MOST_MOMENTS + 1 :]]
    layers["about"]["dossiers"] = {} if is_public else _dossiers(edition)
    return write_folder(target / FOLDER, layers | {"moments": [*moments, now]})


def write_folder(folder: Path, data: dict[str, Any]) -> list[Path]:
    """The page of ``data`` (layers and moments) with what it needs, in ``folder``; returns its files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [Path(shutil.copyfile(PAGE / name, folder / name)) for name in VENDORED]
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)
    files.append(folder / "data.js")
    files[-1].write_text(f"const EDITION = {text};\n", encoding="utf-8")
    files.append(write_page(folder / "index.html", "map.html.j2", **data["about"]))
    return files


def _moment(edition: Path, layers: dict[str, Any]) -> dict[str, Any]:
    with open_marts(edition) as connection:
        return read_moment(connection, layers, info(edition))


def _dossiers(edition: Path) -> dict[str, str]:
    """File of the dossier of each enterprise that has one in this edition."""
    with open_marts(edition) as connection:
        if not has_table(connection, "report.dossier_index"):
            return {}
        rows = connection.execute("select enterprise_id, dossier_no from report.dossier_index").fetchall()
    files = {enterprise_id: f"dossiers/{number}.html" for enterprise_id, number in rows}
    return {enterprise_id: f"../{file}" for enterprise_id, file in files.items() if (edition / file).is_file()}
