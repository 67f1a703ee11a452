"""The year of a file: what its name says, and what decides where the name says several.

Belongs here: readings of a name by a form's pattern, the titles and the columns that decide. Does not belong here:
dates in cells (``values.dates``).

``20250318143000_…_2024.xlsx`` names the day it was sent and the year it speaks of: no place in a name tells which is
which. 年度 behind one of them does, or a title inside the file, or a column 年度; else the file is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ehpilot.landing.forms import PartForm, normalise, without_bracket
from ehpilot.landing.grid import FileRefused
from ehpilot.landing.layout.header import Row, one_line
from ehpilot.landing.layout.mapping import Mapping
from ehpilot.register import RawTable

_IS_YEAR = re.compile(r"^\(?\??:?20\\d")
_YEAR_TITLES = frozenset(
    ("年度", "年份", "调查年度", "调查年份", "统计年度", "统计年份", "报告年度", "报告年份", "数据年度", "数据年份",
     "填报年度", "核算年度")
)  # fmt: skip
_YEAR_CELL = re.compile(r"(?:19|20)\d\d(?:\.0)?年?度?")


def from_filename(pattern: str, name: str, titles: Sequence[str]) -> str | None:
    """What a pattern finds in a file's name.

    Args:
        titles: texts above the table and the sheet's name, which decide between several years.
    Raises:
        FileRefused: YEAR-AMBIGUOUS.
    """
    found = re.search(pattern, name)
    if found is None:
        return None
    first = found.group(1) if found.re.groups else found.group(0)
    if not _IS_YEAR.search(pattern):
        return first
    readings = _readings(pattern, name)
    if len(readings) < 2:
        return first
    for texts, ending in ((titles, "年?度"), ([name], "年度"), (titles, "年(?![0-9])"), (titles, "")):
        said = {reading for reading in readings if any(_says(text, reading, ending) for text in texts)}
        if len(said) == 1:
            return said.pop()
    told = f"文件名中有几个年份（{'、'.join(sorted(readings))}），表内没有说明是哪一年；请改文件名或在标题中写明年度"
    raise FileRefused("YEAR-AMBIGUOUS", f"{told} / several years in the name")


def _readings(pattern: str, name: str) -> set[str]:
    """What the pattern finds at the beginning of each run of digits."""
    stem = name.rsplit(".", 1)[0]
    found = set()
    for run in re.finditer(r"\d+", stem):
        match = re.match(pattern, run[0])
        if match is not None:
            found.add(match.group(1) if match.re.groups else match.group(0))
    return found


def _says(text: str, reading: str, ending: str) -> bool:
    """True where a text names a year (2024年度), or a month (202502 as 2025年2月)."""
    if len(reading) == 6:
        month = rf"{reading[:4]}年0?{int(reading[4:])}月|{reading[:4]}[-.]{reading[4:]}(?!\d)"
        return re.search(rf"{month}|(?<!\d){reading}(?!\d)", text) is not None
    return re.search(rf"(?<!\d){reading}{ending}", text) is not None


def with_year_columns(mapping: Mapping, part: PartForm, table: RawTable, body: Sequence[Row]) -> Mapping:
    """The mapping with a column 年度 that no alias takes put to the raw column whose year the name would give."""
    wanted = [
        name
        for name, form in part.columns.items()
        if form.filename is not None
        and _IS_YEAR.search(form.filename)
        and name not in mapping.cells
        and name in table.column
        and table.column[name].kind in ("integer", "period")
    ]
    if not wanted:
        return mapping
    for index, title in enumerate(mapping.titles):
        name = without_bracket(normalise(title.rsplit("/", 1)[-1]))
        if index in mapping.claimed - {cell.index for cell in mapping.wide} or name not in _YEAR_TITLES:
            continue
        texts = [one_line(row[index]) for row in body if index < len(row) and one_line(row[index])]
        if texts and all(_YEAR_CELL.fullmatch(text) for text in texts):
            return replace(
                mapping,
                cells=mapping.cells | dict.fromkeys(wanted, (index,)),
                headers=mapping.headers | dict.fromkeys(wanted, title),
                claimed=mapping.claimed | {index},
                wide=tuple(cell for cell in mapping.wide if cell.index != index),
            )
    return mapping
