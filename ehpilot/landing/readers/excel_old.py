"""Workbooks of Excel 2 to 97 through xlrd: opening, and the cells of those that calamine reads in the wrong code page.

Belongs here: what xlrd is asked. Does not belong here: grids (``excel``), number formats (``number_format``).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

BIFF8 = 80  # Excel 97; texts of older workbooks are in the code page that they name
_FALLBACK = "gb18030"  # older than the record that names it, or an export that left it out


def open_xls(path: Path) -> Any:
    """The workbook with its formats, or None where xlrd can't read it."""
    import xlrd

    content = path.read_bytes()
    try:
        book = xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=_Silent())
    except Exception:
        try:
            book = xlrd.open_workbook(file_contents=content, logfile=_Silent(), encoding_override=_FALLBACK)
        except Exception:
            return None
    if book.biff_version < BIFF8 and book.codepage in (None, 367, 1200, 1252, 10000, 32768, 32769):
        return xlrd.open_workbook(file_contents=content, logfile=_Silent(), encoding_override=_FALLBACK)
    return book


def cell_of(sheet: Any, book: Any, row: int, column: int) -> Any:
    """A cell as calamine gives it: text, float, bool, moment; '' where there is none."""
    import xlrd

    if column >= sheet.row_len(row):
        return ""
    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind == xlrd.XL_CELL_DATE:
        try:
            return xlrd.xldate.xldate_as_datetime(value, book.datemode)
        except (ValueError, OverflowError):
            return float(value)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(value, "#N/A")
    return float(value) if kind == xlrd.XL_CELL_NUMBER else str(value)


class _Silent:
    """xlrd's log, thrown away."""

    def write(self, text: str) -> None:
        """Drops ``text``."""

    def flush(self) -> None:
        """Nothing to do."""
