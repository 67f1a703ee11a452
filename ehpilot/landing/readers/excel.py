"""Workbooks (.xlsx, .xlsm, .xls) through calamine, with what calamine does not tell.

A second look at the sheet's XML finds hidden rows and columns, formulas without cached value and percent formats.
Macros, external links and connections are never touched: only worksheets' cells are read.

Belongs here: workbook to grids. Does not belong here: passwords, bombs and broken archives (``sniff``), headers
(forms).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from ehpilot.landing.grid import HEAD_ROWS, FileRefused, Grid, head_of, table_of
from ehpilot.landing.readers.cell_text import percent_text, text_column
from ehpilot.landing.readers.excel_old import BIFF8, cell_of, open_xls
from ehpilot.landing.readers.options import ReadOptions
from ehpilot.landing.readers.seen import seeing_xls, seeing_xlsx, xlsx_formats
from ehpilot.landing.readers.sniffed import Sniffed
from ehpilot.landing.readers.xlsx_xml import SheetFacts, WorkbookParts

MAX_CELLS = 5_000_000  # vocabulary.yml: FILE-TOO-LARGE
MAX_DENSE_CELLS = 20_000_000  # rows x columns of the used area: two cells far apart would fill the memory
_TOO_MANY = "工作簿超过500万个单元格，请另存为csv后放入"


def open_workbook(con: duckdb.DuckDBPyConnection, path: Path, sniffed: Sniffed, options: ReadOptions) -> Iterator[Grid]:
    """One grid a worksheet, in workbook order, hidden sheets marked. ``FileRefused``: FILE-TOO-LARGE, FILE-TRUNCATED
    …
    """
    if sniffed.kind == "xls":
        book = open_xls(path)
        if book is not None and book.biff_version < BIFF8:
            yield from _old_grids(con, book)
            return
    facts = _xlsx_facts(path) if sniffed.kind == "xlsx" else _xls_facts(book)
    workbook = _guarded(lambda: CalamineWorkbook.from_path(str(path)))
    with workbook:
        for sheet in workbook.sheets_metadata:
            if sheet.typ != SheetTypeEnum.WorkSheet:
                continue
            known = facts.get(sheet.name, SheetFacts())
            table, merged = _read_sheet(workbook, sheet.name, known)
            yield Grid(
                con, sniffed.kind, sheet.name, table.num_rows, table.num_columns - 1, head_of(table),
                list(range(1, min(table.num_rows, HEAD_ROWS) + 1)), merged=merged, hidden_rows=known.hidden_rows,
                hidden_columns=known.hidden_columns, formulas_without_value=known.formulas_without_value,
                is_hidden=sheet.visible != SheetVisibleEnum.Visible, _table=_constant(table), _seen=known.seen,
                counts_from_1904=known.counts_from_1904,
            )  # fmt: skip


def _old_grids(con: duckdb.DuckDBPyConnection, book: Any) -> Iterator[Grid]:
    """Sheets of a workbook of Excel 2 to 95, whose texts calamine reads in the wrong code page."""
    for sheet in book.sheets():
        if sheet.nrows * sheet.ncols > MAX_CELLS:
            raise FileRefused("FILE-TOO-LARGE", _TOO_MANY)
        columns = [text_column([cell_of(sheet, book, row, column) for row in range(sheet.nrows)])
                   for column in range(sheet.ncols)]  # fmt: skip
        table = table_of(columns, pa.array(np.arange(1, sheet.nrows + 1), pa.int64()))
        yield Grid(
            con, "xls", sheet.name, table.num_rows, table.num_columns - 1, head_of(table),
            list(range(1, min(table.num_rows, HEAD_ROWS) + 1)), is_hidden=bool(sheet.visibility),
            _table=_constant(table), counts_from_1904=book.datemode == 1,
        )  # fmt: skip


def _constant(table: pa.Table) -> Callable[[], pa.Table]:
    return lambda: table


def _guarded(action: Callable[[], Any]) -> Any:
    """Runs calamine; what it can't read is a broken file. (A panic of its Rust code is no ``Exception``.)"""
    try:
        return action()
    except PasswordError as error:
        raise FileRefused("FILE-PASSWORD", "工作簿有打开密码，请取消密码后重新放入") from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise FileRefused("FILE-TRUNCATED", "工作簿不完整或已损坏，请用Excel打开后另存") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise FileRefused("FILE-TRUNCATED", "工作簿已损坏，请用Excel打开后另存") from error


def _read_sheet(
    workbook: CalamineWorkbook, name: str, facts: SheetFacts
) -> tuple[pa.Table, list[tuple[int, int, int, int]]]:
    sheet: CalamineSheet = _guarded(lambda: workbook.get_sheet_by_name(name))
    if sheet.total_height * sheet.total_width > MAX_DENSE_CELLS:
        raise FileRefused("FILE-TOO-LARGE", _TOO_MANY)
    rows: list[list[Any]] = _guarded(lambda: sheet.to_python(skip_empty_area=False))
    columns = [text_column(column) for column in zip(*rows, strict=True)] if rows else []
    for index, texts in _corrections(rows, facts).items():
        columns[index] = _corrected(columns[index], texts)
    table = table_of(columns, pa.array(np.arange(1, len(rows) + 1), pa.int64()))
    ranges = _guarded(lambda: sheet.merged_cell_ranges) or []
    return table, [(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in ranges]


def _corrections(rows: list[list[Any]], facts: SheetFacts) -> dict[int, dict[int, str]]:
    """Texts by column and row that a person sees otherwise than calamine: 0.456 as ``45.6%``, ``#DIV/0!``."""
    corrections: dict[int, dict[int, str]] = {}
    for row, column in facts.percent:
        if row <= len(rows) and column < len(rows[0]):
            cell = rows[row - 1][column]
            if isinstance(cell, float | int) and not isinstance(cell, bool):
                corrections.setdefault(column, {})[row - 1] = percent_text(cell)
    for row, column, text in facts.errors:
        if row <= len(rows) and column < len(rows[0]):
            corrections.setdefault(column, {})[row - 1] = text
    return corrections


def _corrected(column: pa.Array, texts: dict[int, str]) -> pa.Array:
    values = column.to_pylist()
    for row, text in texts.items():
        values[row] = text
    return pa.array(values, pa.string())


def _xlsx_facts(path: Path) -> dict[str, SheetFacts]:
    facts: dict[str, SheetFacts] = {}
    n_cells, parts = 0, WorkbookParts(path)
    for name, found in parts.sheets():
        n_cells += found.n_cells
        if n_cells > MAX_CELLS or found.last_row * found.width > MAX_DENSE_CELLS:
            raise FileRefused("FILE-TOO-LARGE", _TOO_MANY)
        facts[name] = found
    formats = xlsx_formats(parts.styles)
    for found in facts.values():
        found.counts_from_1904 = parts.counts_from_1904
        found.seen = seeing_xlsx(path, found.part, formats, parts.counts_from_1904)
    return facts


def _xls_facts(book: Any) -> dict[str, SheetFacts]:
    """Hidden rows and columns and formats of a .xls, as far as xlrd can tell; nothing if it can't."""
    if book is None:
        return {}
    percent = {
        index for index, xf in enumerate(book.xf_list)
        if (form := book.format_map.get(xf.format_key)) is not None and "%" in form.format_str
    }  # fmt: skip
    facts = {}
    for sheet in book.sheets():
        cells = [
            (row + 1, column) for row in range(sheet.nrows) for column in range(sheet.row_len(row))
            if sheet.cell_xf_index(row, column) in percent
        ] if percent else []  # fmt: skip
        facts[sheet.name] = SheetFacts(
            hidden_rows=sorted(row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden),
            hidden_columns=sorted(column for column, info in sheet.colinfo_map.items() if info.hidden),
            percent=cells,
            errors=_xls_errors(sheet),
            counts_from_1904=book.datemode == 1,
            seen=seeing_xls(book, sheet.name),
        )
    return facts


def _xls_errors(sheet: Any) -> list[tuple[int, int, str]]:
    import xlrd

    return [
        (row + 1, column, xlrd.error_text_from_code.get(sheet.cell_value(row, column), "#N/A"))
        for row in range(sheet.nrows) for column, kind in enumerate(sheet.row_types(row)) if kind == xlrd.XL_CELL_ERROR
    ]  # fmt: skip
