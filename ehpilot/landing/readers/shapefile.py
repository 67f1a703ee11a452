"""The parts of a Shapefile: together in a folder of their own, unpacked if they came packed, with the code page of its
table.

Belongs here: files beside a .shp. Does not belong here: shapes and fields (``features``).
"""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path, PurePosixPath

from ehpilot.landing.grid import FileRefused

PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".qpj", ".shp.xml")
_NEEDED = (".shx", ".dbf")
_LANGUAGES = {0x4D: "gb18030", 0x7A: "gb18030", 0x4E: "cp949", 0x4F: "big5", 0x78: "big5"}  # dBASE language driver


def shapefile_in(path: Path, folder: Path) -> Path:
    """A folder with all layers of a .shp (its neighbours of the same name) or of a .zip, under plain names.

    Raises:
        FileRefused: FILE-TRUNCATED, a part without which no layer can be read is not there.
    """
    target = folder / "shapes"
    target.mkdir()
    if zipfile.is_zipfile(path):
        _unpack(path, target)
    else:
        for part in neighbours(path):
            shutil.copyfile(part, target / f"layer{part_ending(part.name)}")
    layers = sorted(target.glob("*.shp"))
    for layer in layers:
        missing = [ending for ending in _NEEDED if not layer.with_suffix(ending).exists()]
        if missing:
            told = f"Shapefile缺少{'、'.join(missing)}文件，请连同.shp、.shx、.dbf、.prj一起放入（或打成zip）"
            raise FileRefused("FILE-TRUNCATED", told)
    return target


def part_ending(name: str) -> str:
    """Ending of a part of a Shapefile in lower case, '' for other files."""
    lower = name.lower()
    return next((ending for ending in sorted(PARTS, key=len, reverse=True) if lower.endswith(ending)), "")


def neighbours(path: Path) -> list[Path]:
    """A .shp and the files beside it that belong to it."""
    stem = path.name[: -len(part_ending(path.name))].lower()
    return [other for other in sorted(path.parent.iterdir())
            if (ending := part_ending(other.name)) and other.name[: -len(ending)].lower() == stem]  # fmt: skip


def _unpack(path: Path, target: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        stems: dict[str, str] = {}
        for info in archive.infolist():
            name = PurePosixPath(info.filename).name
            ending = part_ending(name)
            if not ending or info.is_dir():
                continue
            stem = stems.setdefault(info.filename[: -len(ending)], f"layer{len(stems) + 1}")
            with archive.open(info) as source, (target / f"{stem}{ending}").open("wb") as sink:
                shutil.copyfileobj(source, sink)


def dbf_encoding(path: Path) -> str | None:
    """The code page of a table: what its .cpg or its head says, else UTF-8 or GB18030 by its bytes; None for ASCII."""
    content = path.read_bytes()
    if content.isascii():
        return None
    said = path.with_suffix(".cpg")
    if said.exists():
        name = said.read_text(encoding="ascii", errors="ignore").strip().lower()
        if name:
            return "gb18030" if name in ("936", "cp936", "gbk", "gb2312", "gb18030", "ansi 936") else name
    language = _LANGUAGES.get(content[29]) if len(content) > 29 else None
    if language:
        return language
    try:
        content[32:].decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        return "gb18030"
