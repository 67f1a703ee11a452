"""A document's tables as an .xlsx workbook: a sheet a table, official head, frozen panes, filter, print set-up.

Strings are written as strings, never as formulas or links. Does not belong here: which tables a document prints (its
.qmd file), workbooks that come back (confirmation sheets).
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ehpilot.reporting.markdown import display_width
from ehpilot.reporting.report_table import ReportTable

HEAD_ROWS = 3  # title, unit and date, note
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_GAP_WIDTH, _WIDEST = 60, 42  # characters
_LINE_PT = 14  # of a line in letters of ten points
_LOOKED_AT = 500  # rows whose texts decide the width of a column
_MIDNIGHT_1980 = (1980, 1, 1)


@dataclass(frozen=True)
class SheetHead:
    """What stands above every table: title, issuing unit, as-of date, edition, marks."""

    title: str
    unit: str
    date: str
    edition: str
    version: str
    mark: str = ""


def write(path: Path, head: SheetHead, tables: Sequence[ReportTable]) -> None:
    """Write the workbook; repeatable bytes."""
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    workbook = xlsxwriter.Workbook(str(path), options)
    workbook.set_properties({"title": head.title, "created": dt.datetime(*_MIDNIGHT_1980)})
    formats = _Formats(workbook)
    names: set[str] = set()
    for table in tables:
        sheet = workbook.add_worksheet(_sheet_name(table.title, names))
        _sheet(sheet, head, table, formats)
    workbook.close()


class _Formats:
    """Cell formats, made once each."""

    def __init__(self, workbook: Any):
        self._workbook = workbook
        self._numbers: dict[str, Any] = {}
        base = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
        self.base = base
        self.title = workbook.add_format(
            {**base, "font_name": "黑体", "font_size": 16, "align": "center", "text_wrap": True}
        )
        self.line = workbook.add_format({**base, "align": "left", "text_wrap": True})
        self.mark = workbook.add_format(
            {**base, "align": "left", "font_color": "#9C0006", "bold": True, "text_wrap": True}
        )
        self.header = workbook.add_format({
            **base, "font_name": "黑体", "bold": True, "border": 1, "align": "center", "text_wrap": True,
            "bg_color": "#F2F2F2",
        })  # fmt: skip
        self.text = workbook.add_format({**base, "border": 1, "text_wrap": True, "num_format": "@"})
        self.date = workbook.add_format({**base, "border": 1, "align": "center", "num_format": "yyyy-mm-dd"})

    def number(self, pattern: str) -> Any:
        """Format of a number with this pattern."""
        if pattern not in self._numbers:
            self._numbers[pattern] = self._workbook.add_format({**self.base, "border": 1, "num_format": pattern})
        return self._numbers[pattern]


def _sheet(sheet: Any, head: SheetHead, table: ReportTable, formats: _Formats) -> None:
    last = max(len(table.columns) - 1, 0) if not table.gap else 0
    widths = [_GAP_WIDTH] if table.gap else _widths(table)
    facts = f"编制单位：{head.unit or '—'}　数据截止日：{head.date}　版次：{head.edition}　{head.version}"
    notes = "　".join([*([head.mark] if head.mark else []), *table.notes])
    lines = ((f"{head.title}　{table.title}", formats.title, 16), (facts, formats.line, 10), (notes, formats.mark, 10))
    for row, (text, format, points) in enumerate(lines):
        if last:
            sheet.merge_range(row, 0, row, last, "", format)
        sheet.write_string(row, 0, _clean(text), format)
        # A merged cell neither grows by itself nor runs over its edge: as many lines as the text needs.
        needed = math.ceil(display_width(text) * points / 10 / sum(widths)) or 1
        sheet.set_row(row, (points + 6) * needed)
    for number, width in enumerate(widths):
        sheet.set_column(number, number, width)
    if table.gap:
        sheet.write_string(HEAD_ROWS, 0, _clean(table.gap), formats.text)
    else:
        _table(sheet, table, formats, last)
        _heights(sheet, table, widths)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.7, right=0.7, top=0.9, bottom=0.8)
    sheet.repeat_rows(HEAD_ROWS)
    sheet.set_header(f"&R&9{head.mark}" if head.mark else "")
    sheet.set_footer("&C— &P —")


def _widths(table: ReportTable) -> list[int]:
    """Width of each column in characters, by its texts; a header may take two lines."""
    found = []
    for number, column in enumerate(table.columns):
        texts = [row[number].text for row in table.rows[:_LOOKED_AT]]
        widest = max([display_width(text) for text in texts] + [(display_width(column.header) + 1) // 2 + 2])
        found.append(min(widest + 2, _WIDEST))
    return found


def _heights(sheet: Any, table: ReportTable, widths: Sequence[int]) -> None:
    """Rows as high as their longest cell needs: programs do not fit the rows of a file that they open."""
    for position, row in enumerate(table.rows, start=HEAD_ROWS + 1):
        lines = max(math.ceil(display_width(cell.text) / (width - 1)) for cell, width in zip(row, widths, strict=True))
        if lines > 1:
            sheet.set_row(position, _LINE_PT * lines)


def _table(sheet: Any, table: ReportTable, formats: _Formats, last: int) -> None:
    for number, column in enumerate(table.columns):
        sheet.write_string(HEAD_ROWS, number, _clean(column.header), formats.header)
        for position, row in enumerate(table.rows, start=HEAD_ROWS + 1):
            cell = row[number]
            if _is_number(cell.value) and cell.text[:1] in "<>-0123456789":
                sheet.write_number(position, number, float(cell.value), formats.number(_pattern(cell.text, cell.value)))
            elif type(cell.value) is dt.date and cell.text == str(cell.value):
                sheet.write_datetime(position, number, cell.value, formats.date)
            else:
                sheet.write_string(position, number, _clean(cell.text), formats.text)
    sheet.set_row(HEAD_ROWS, 32)
    sheet.freeze_panes(HEAD_ROWS + 1, min(2, last))
    sheet.autofilter(HEAD_ROWS, 0, HEAD_ROWS + len(table.rows), last)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value


def _pattern(text: str, value: float) -> str:
    """Number format that shows a value as the document prints it; the cell keeps all digits."""
    if text[0] in "<>":  # only beyond the limit, so that a value typed over it shows as it is
        return f'[{text}]"{text}";{_pattern(text[1:], float(text[1:]))}'
    if "×10" in text:
        return "0.000E+00"
    whole, _, decimals = text.partition(".")
    if decimals:
        return "0." + "0" * len(decimals)
    digits = len(whole.lstrip("-").rstrip("0"))
    is_cut = digits and abs(value - int(whole)) >= 1  # 304269 printed as 304000
    return f"0.{'0' * (digits - 1)}E+00".replace("0.E", "0E") if is_cut else "0"


def _clean(text: str) -> str:
    return _CONTROL.sub("", text)


def _sheet_name(title: str, taken: set[str]) -> str:
    """At most 31 characters, without those that Excel refuses, unique without regard to case."""
    base = _FORBIDDEN.sub("", _clean(title)).strip() or "表"
    name, number = base[:31], 1
    while name.lower() in taken:
        number += 1
        name = f"{base[: 30 - len(str(number))]}_{number}"
    taken.add(name.lower())
    return name
