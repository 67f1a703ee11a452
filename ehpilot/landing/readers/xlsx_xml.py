"""What stands in the XML of a .xlsx beside the cells' values: hidden rows, formulas without value, percent formats,
size.

The XML is searched with regular expressions, not parsed: no entity is expanded, no link followed, and a sheet of a
million cells takes less time than calamine's own reading.

Does not belong here: values of cells (calamine), limits (``excel``).
"""

from __future__ import annotations

import html
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ehpilot.landing.grid import FileRefused, SeenCell

_PERCENT_FORMATS = {9, 10}  # ECMA-376 part 1, 18.8.30: built-in 0% and 0.00%
_ATTRIBUTE = re.compile(r'([\w:]+)\s*=\s*"([^"]*)"')
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\shidden="(?:1|true)"[^>]*>')
_HIDDEN_COLUMN = re.compile(rb'<(?:\w+:)?col\b[^>]*?\shidden="(?:1|true)"[^>]*>')
_NO_VALUE = re.compile(
    rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ERROR = re.compile(rb'<(?:\w+:)?c(\s[^>]*?\bt="e"[^>]*)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<', re.S)
_REFERENCE = re.compile(rb'\sr="([A-Z]{1,3})(\d+)"')
_WIDE_REFERENCE = re.compile(rb'\sr="([A-Z]{2,3})\d')
_FROM_1904 = re.compile(r'<(?:\w+:)?workbookPr\b[^>]*?\bdate1904="(?:1|true|on)"')
_ROW_NUMBER = re.compile(rb'\sr="(\d+)"')


@dataclass
class SheetFacts:
    """Rows from 1, columns from 0. ``percent``: cells with a percent format. ``errors``: cells with ``#DIV/0!`` and the
    like, which calamine gives as empty. ``part``: name of the worksheet inside the archive.
    """

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    formulas_without_value: list[tuple[int, int]] = field(default_factory=list)
    percent: list[tuple[int, int]] = field(default_factory=list)
    errors: list[tuple[int, int, str]] = field(default_factory=list)
    part: str = ""
    counts_from_1904: bool = False
    seen: Callable[[Collection[int], Collection[int]], list[SeenCell]] | None = None
    n_cells: int = 0
    last_row: int = 0
    width: int = 0


def column_index(letters: bytes) -> int:
    """0-based index of a column's letters."""
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1


class WorkbookParts:
    """The worksheets of a .xlsx by name. Every part is read through Python's zipfile first: sizes and sums are
    checked. ``styles`` and ``counts_from_1904`` are known once the sheets are gone through.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.styles = ""
        self.counts_from_1904 = False

    def sheets(self) -> Iterator[tuple[str, SheetFacts]]:
        """Name and facts of each worksheet. ``FileRefused`` FILE-TRUNCATED: a part is broken."""
        try:
            with zipfile.ZipFile(self.path) as archive:
                names = {info.filename.lstrip("/").lower(): info for info in archive.infolist()}
                self.styles = _text(archive, names, "xl/styles.xml")
                self.counts_from_1904 = _FROM_1904.search(_text(archive, names, "xl/workbook.xml")) is not None
                percent = _percent_styles(self.styles)
                for name, part in self._worksheets(archive, names):
                    info = names.get(part.lower())
                    if info is not None:
                        facts = sheet_facts(archive.read(info), percent)
                        facts.part = part
                        yield name, facts
                strings = names.get("xl/sharedstrings.xml")
                if strings is not None:
                    _verify(archive, strings)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error, NotImplementedError) as error:
            raise FileRefused("FILE-TRUNCATED", "工作簿不完整或已损坏，请重新下载或导出") from error

    @staticmethod
    def _worksheets(archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo]) -> Iterator[tuple[str, str]]:
        relations = {}
        for tag in re.findall(r"<(?:\w+:)?Relationship\b[^>]*>", _text(archive, names, "xl/_rels/workbook.xml.rels")):
            attributes = dict(_ATTRIBUTE.findall(tag))
            target = attributes.get("Target", "")
            inside = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
            relations[attributes.get("Id", "")] = inside
        for tag in re.findall(r"<(?:\w+:)?sheet\b[^>]*>", _text(archive, names, "xl/workbook.xml")):
            attributes = dict(_ATTRIBUTE.findall(tag))
            identity = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            yield html.unescape(attributes.get("name", "")), relations.get(identity, "")


def _text(archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo], part: str) -> str:
    info = names.get(part)
    return archive.read(info).decode("utf-8", errors="replace") if info is not None else ""


def _verify(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    """Reads a part to its end: a wrong size or check sum raises."""
    with archive.open(info) as part:
        while part.read(1 << 20):
            pass


def _percent_styles(styles: str) -> set[bytes]:
    """Indexes of cell formats that show a percent sign."""
    percent = set(_PERCENT_FORMATS)
    for tag in re.findall(r"<(?:\w+:)?numFmt\b[^>]*>", styles):
        attributes = dict(_ATTRIBUTE.findall(tag))
        code = re.sub(r'"[^"]*"|\\.', "", html.unescape(attributes.get("formatCode", "")))
        if "%" in code and attributes.get("numFmtId", "").isdigit():
            percent.add(int(attributes["numFmtId"]))
    return {str(index).encode() for index, number in enumerate(cell_formats(styles)) if number in percent}


def attributes_of(tag: str) -> dict[str, str]:
    """Attributes of an XML tag, entities resolved."""
    return {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(tag)}


def cell_formats(styles: str) -> list[int]:
    """Number of the number format by index of a cell's style."""
    formats = re.search(r"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", styles, re.S)
    tags = re.findall(r"<(?:\w+:)?xf\b[^>]*>", formats[0]) if formats else []
    return [int(match[1]) if (match := re.search(r'numFmtId="(\d+)"', tag)) else 0 for tag in tags]


def sheet_facts(xml: bytes, percent_styles: set[bytes]) -> SheetFacts:
    """Searches the XML of one worksheet."""
    facts = SheetFacts(n_cells=xml.count(b"</c>") or xml.count(b":c>") // 1)
    if b'hidden="' in xml:
        facts.hidden_rows = [row for row in (_row_of(xml, m) for m in _HIDDEN_ROW.finditer(xml)) if row]
        for match in _HIDDEN_COLUMN.finditer(xml):
            attributes = dict(_ATTRIBUTE.findall(match[0].decode()))
            low, high = int(attributes.get("min", 0)), int(attributes.get("max", 0))
            if low and high - low < 16384:
                facts.hidden_columns += range(low - 1, min(high, 16384))
    if b"<f" in xml or b":f" in xml:
        for match in _NO_VALUE.finditer(xml):
            place = _cell_before(xml, match.start())
            if place:
                facts.formulas_without_value.append(place)
    if b't="e"' in xml:
        for match in _ERROR.finditer(xml):
            reference = _REFERENCE.search(match[1])
            if reference:
                facts.errors.append((int(reference[2]), column_index(reference[1]), match[2].decode()))
    if percent_styles:
        styles = re.compile(rb'<(?:\w+:)?c\s[^>]*?\bs="(?:' + b"|".join(sorted(percent_styles)) + rb')"[^>]*>')
        for match in styles.finditer(xml):
            reference = None if match[0].endswith(b"/>") else _REFERENCE.search(match[0])
            if reference:
                facts.percent.append((int(reference[2]), column_index(reference[1])))
    _measure(xml, facts)
    return facts


def _row_of(xml: bytes, match: re.Match[bytes]) -> int:
    number = _ROW_NUMBER.search(match[0])
    return int(number[1]) if number else xml.count(b"<row", 0, match.end())


def _cell_before(xml: bytes, position: int) -> tuple[int, int] | None:
    """Place of the cell that holds the formula at ``position``; None for a text formula whose text is empty."""
    start = xml.rfind(b"<c ", 0, position)
    start = start if start >= 0 else xml.rfind(b":c ", 0, position)
    tag = xml[start : xml.find(b">", start) + 1]
    reference = _REFERENCE.search(tag)
    if start < 0 or reference is None or b't="str"' in tag:
        return None
    return int(reference[2]), column_index(reference[1])


def _measure(xml: bytes, facts: SheetFacts) -> None:
    """Last row with a value and an upper bound of the width, so that a huge empty area is refused before it is
    built.
    """
    end = max(xml.rfind(b"</c>"), xml.rfind(b":c>"))
    start = max(xml.rfind(b"<c ", 0, end), xml.rfind(b":c ", 0, end)) if end >= 0 else -1
    reference = _REFERENCE.search(xml[start : xml.find(b">", start) + 1]) if start >= 0 else None
    facts.last_row = int(reference[2]) if reference else 0
    facts.width = max((column_index(letters) + 1 for letters in set(_WIDE_REFERENCE.findall(xml))), default=26)
