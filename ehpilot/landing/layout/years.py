"""The year of a file: what its name says, and what decides where the name says several.

Belongs here: readings of a name by a form's pattern, the titles and the columns that decide. Does not belong here:
dates in cells (``values.dates``).

``20250318143000_…_2024.xlsx`` names the day it was sent and the year it speaks of: no place in a name tells which is
which. 年度 behind one of them does, or a title inside the file, or a column 年度; else the file is refused. Where the
name says none, a title does, then the folder that the file lies in. A title of another 年度 than the name's is a fault.
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
_OTHER_TIME = re.compile(r"有效期|日期|时间|导出|打印|修订|发布|第\d+号")
_TITLE_YEAR_OF = re.compile(r"(?<!\d)(20\d\d)年度")
_TITLE_YEAR = re.compile(r"(?<!\d)(20\d\d)年(?!\d{1,2}月\d)")
_TITLE_MONTH = re.compile(r"(?<!\d)(20\d\d)年(\d{1,2})月(?!\d)")
_FOLDER_YEAR = re.compile(r"(20\d\d)(?:年度?)?")
_YEAR_CELL = re.compile(r"(?:19|20)\d\d(?:\.0)?年?度?")


def from_filename(pattern: str, path: str, titles: Sequence[str]) -> str | None:
    """What a pattern finds in a file's name; a year (or month) that the name does not say, in titles or folders.

    Args:
        path: of the file under the landing folder.
        titles: texts above the table and the sheet's name, which decide between several years.
    Raises:
        FileRefused: YEAR-AMBIGUOUS.
    """
    *folders, name = path.split("/")
    found = re.search(pattern, name)
    if found is None:
        return _said_beside(pattern, titles, folders) if _IS_YEAR.search(pattern) else None
    first = found.group(1) if found.re.groups else found.group(0)
    if not _IS_YEAR.search(pattern):
        return first
    readings = _readings(pattern, name)
    if len(readings) < 2:
        other = _years(_TITLE_YEAR_OF, titles) if len(first) == 4 else set()
        if other and first not in other:
            told = f"文件名写{first}年，表内标题写{'、'.join(sorted(other))}年度；请改文件名或标题"
            raise FileRefused("YEAR-AMBIGUOUS", f"{told} / the title says another year than the name")
        return first
    for texts, ending in ((titles, "年?度"), ([name], "年度"), (titles, "年(?![0-9])"), (titles, "")):
        said = {reading for reading in readings if any(_says(text, reading, ending) for text in texts)}
        if len(said) == 1:
            return said.pop()
    told = f"文件名中有几个年份（{'、'.join(sorted(readings))}），表内没有说明是哪一年；请改文件名或在标题中写明年度"
    raise FileRefused("YEAR-AMBIGUOUS", f"{told} / several years in the name")


def _years(pattern: re.Pattern[str], titles: Sequence[str]) -> set[str]:
    """Years that titles name. Days (填报日期：2026年1月3日) and 有效期 are none."""
    return {year for text in titles if not _OTHER_TIME.search(text) for year in pattern.findall(text)}


def _said_beside(pattern: str, titles: Sequence[str], folders: Sequence[str]) -> str | None:
    """The one year (month, where the pattern is of one) that titles name, else that of the nearest folder with one."""
    if re.search(pattern, "2025") is None:
        texts = [text for text in titles if not _OTHER_TIME.search(text)]
        months = {f"{year}{int(month):02d}" for text in texts for year, month in _TITLE_MONTH.findall(text)}
        return months.pop() if len(months) == 1 else None
    said = _years(_TITLE_YEAR_OF, titles) or _years(_TITLE_YEAR, titles)
    if said:
        return said.pop() if len(said) == 1 else None
    return next((match[1] for folder in reversed(folders) if (match := _FOLDER_YEAR.fullmatch(folder))), None)


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
