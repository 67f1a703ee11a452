"""Cells of a workbook that a number format shows as another text than they store.

Belongs here: finding them in the columns that a form takes, for .xlsx and .xls. Does not belong here: what a format
shows (``number_format``), values of cells (``excel``).

The sheet is searched once its form is known, and only where the workbook has such formats: a large one without them
costs nothing.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from ehpilot.landing.grid import SeenCell
from ehpilot.landing.readers.cell_text import number_texts
from ehpilot.landing.readers.number_format import (
    BUILT_IN,
    NumberFormat,
    month_and_day,
    number_format,
    seen_number,
)
from ehpilot.landing.readers.xlsx_xml import attributes_of, cell_formats, column_index

Seeing = Callable[[Collection[int], Collection[int]], list[SeenCell]]
_VALUE = rb"(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<"
_TYPE = re.compile(rb'\st="(\w+)"')
_STYLE = re.compile(rb'\ss="(\d+)"')
_PLACE = re.compile(rb'\sr="([A-Z]{1,3})(\d+)"')


def xlsx_formats(styles: str) -> dict[bytes, NumberFormat]:
    """By index of a cell's style the formats that may show another text than is stored."""
    codes = dict(BUILT_IN)
    for tag in re.findall(r"<(?:\w+:)?numFmt\b[^>]*>", styles):
        attributes = attributes_of(tag)
        if attributes.get("numFmtId", "").isdigit():
            codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
    found = {}
    for index, number in enumerate(cell_formats(styles)):
        form = number_format(codes.get(number, ""))
        if form is not None:
            found[str(index).encode()] = form
    return found


def seeing_xlsx(path: Path, part: str, formats: dict[bytes, NumberFormat], from_1904: bool) -> Seeing | None:
    """A search of one worksheet; None where the workbook has no format to search for."""
    if not formats:
        return None

    def search(keys: Collection[int], numbers: Collection[int]) -> list[SeenCell]:
        wanted = {**dict.fromkeys(numbers, False), **dict.fromkeys(keys, True)}
        if not wanted or (not keys and not any(form.scales or form.literal for form in formats.values())):
            return []
        with zipfile.ZipFile(path) as archive:
            names = {info.filename.lstrip("/").lower(): info for info in archive.infolist()}
            xml = archive.read(names[part.lower()])
        return list(_search(xml, wanted, formats, from_1904))

    return search


def _search(
    xml: bytes, wanted: dict[int, bool], formats: dict[bytes, NumberFormat], from_1904: bool
) -> Iterator[SeenCell]:
    letters = b"|".join(_letters(index).encode() for index in wanted)
    styles = b"|".join(formats)
    here, styled = rb'(?=[^>]*?\sr="(?:' + letters + rb")\d)", rb'(?=[^>]*?\ss="(?:' + styles + rb')")'
    cells = re.compile(rb"<(?:\w+:)?c" + here + styled + rb"(\s[^>]*[^/>])>" + _VALUE, re.S)
    for match in cells.finditer(xml):
        place, style, kind = _PLACE.search(match[1]), _STYLE.search(match[1]), _TYPE.search(match[1])
        if place is None or style is None or (kind is not None and kind[1] not in (b"n", b"d")):
            continue
        column = column_index(place[1])
        value = _number(match[2].decode(), from_1904)
        found = None if value is None else _seen(value, formats[style[1]], wanted[column], from_1904)
        if found is not None:
            yield int(place[2]), column, *found


def _letters(index: int) -> str:
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _number(text: str, from_1904: bool) -> float | None:
    """A stored number, or the day number of a stored ISO date."""
    try:
        return float(text)
    except ValueError:
        pass
    match = re.match(r"(\d{4})-(\d\d)-(\d\d)", text)
    if match is None:
        return None
    day = np.datetime64(match[0]) - np.datetime64("1904-01-01" if from_1904 else "1899-12-30")
    return float(day.astype(int))


def _seen(value: float, form: NumberFormat, is_key: bool, from_1904: bool) -> tuple[str, str] | None:
    """What is seen and how it differs: ``shown``, ``scaled``, ``dated`` or a ``unit``; None where nothing differs."""
    if form.is_date:
        if not is_key:
            return None
        return ("shown", month_and_day(value, from_1904)) if form.has_day and not form.has_year else ("dated", "")
    seen = seen_number(value, form)
    if seen is None:
        return None
    if form.scales:
        return "scaled", seen
    if not is_key:
        return ("unit", form.literal) if form.literal else None
    stored = number_texts(np.array([value]))[0].as_py()
    return ("shown", seen) if seen != stored else None


def seeing_xls(book: Any, sheet_name: str) -> Seeing | None:
    """The same for a workbook that xlrd has opened with its formats."""
    import xlrd

    formats: dict[int, NumberFormat] = {}
    for index, xf in enumerate(book.xf_list):
        found = book.format_map.get(xf.format_key)
        form = number_format(found.format_str) if found is not None else None
        if form is not None:
            formats[index] = form
    if not formats:
        return None
    sheet, from_1904 = book.sheet_by_name(sheet_name), book.datemode == 1

    def search(keys: Collection[int], numbers: Collection[int]) -> list[SeenCell]:
        cells: list[SeenCell] = []
        for column in sorted({*keys, *numbers}):
            for row in range(sheet.nrows):
                if column >= sheet.row_len(row):
                    continue
                form = formats.get(sheet.cell_xf_index(row, column))
                if form is None or sheet.cell_type(row, column) not in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
                    continue
                found = _seen(sheet.cell_value(row, column), form, column in keys, from_1904)
                if found is not None:
                    cells.append((row + 1, column, *found))
        return cells

    return search
