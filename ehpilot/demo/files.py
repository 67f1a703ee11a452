"""Tables in the making and the writers of workbooks and csv files.

Belongs here: rows with their numbers as a person sees them, headers of one or two rows, merged cells, encodings,
and the two writers, byte-equal for equal content.
Does not belong here: what stands in the rows (the source modules), whole-file tricks (hostile.py).
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import xlsxwriter

from ehpilot.demo.ledger import FLAGGED, QUARANTINED, SKIPPED, Ledger

CREATED = datetime(2026, 1, 1)
NO_VALUE = 987654321.125  # stands in the workbook where a formula has no cached value, and is taken out afterwards
Header = str | tuple[str, str]


@dataclass(frozen=True)
class Formula:
    """A formula cell; ``value`` is what the program that saved it had computed, None: nothing was saved."""

    text: str
    value: float | None


@dataclass
class Row:
    """One row below the header. ``number`` counts from 1 at the top of the sheet, blank lines included."""

    number: int
    cells: list[Any]
    records: int
    quarantined: int = 0
    skipped: int = 0
    hidden: bool = False
    touched: bool = False


@dataclass
class Table:
    """A sheet (or a csv file): header, rows, and what was done to them. Every row added is counted."""

    ledger: Ledger
    path: str
    sheet: str
    header: Sequence[Header]
    preamble: Sequence[Sequence[Any]] = ()
    two_rows: bool = False
    sub_header: Sequence[Any] | None = None
    rows: list[Row] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ledger.count(self.path)

    @property
    def top(self) -> int:
        """Rows above the first data row."""
        if not self.header:
            return len(self.preamble)
        return len(self.preamble) + 1 + (self.two_rows or self.sub_header is not None)

    def name(self, index: int) -> str:
        """Header text of a column (the lower one where it has two)."""
        if not self.header or index >= len(self.header):
            return ""
        head = self.header[index]
        return head if isinstance(head, str) else head[1]

    def column(self, name: str) -> int:
        """Index of the column with this header text."""
        return [self.name(i) for i in range(len(self.header))].index(name)

    def add(self, cells: Sequence[Any], records: int = 1) -> Row:
        """Append a row that yields ``records`` records."""
        row = Row(self.top + len(self.rows) + 1, list(cells), records)
        self.rows.append(row)
        self.ledger.count(self.path).read += records
        return row

    def skip(self, cells: Sequence[Any], code: str, what: str) -> Row:
        """Append a row that is no record of the form: blank, total, repeated header, note."""
        row = self.add(cells)
        self._mark(row, "", code, what, SKIPPED, 1)
        return row

    def spoil(self, row: Row, column: str, value: Any, code: str, what: str, *, records: int | None = None) -> None:
        """Put a bad value into a cell; its records (all of the row unless said) must be quarantined."""
        if column:
            row.cells[self.column(column)] = value
        self._mark(row, column, code, what, QUARANTINED, row.records if records is None else records)

    def flag(self, row: Row, column: str, value: Any, code: str, what: str, *, records: int | None = None) -> None:
        """Put an odd value into a cell; its records must be loaded and carry the code."""
        if column:
            row.cells[self.column(column)] = value
        self._mark(row, column, code, what, FLAGGED, row.records if records is None else records)

    def duplicate(self, row: Row, code: str = "SKIP-DUPLICATE", what: str = "exact duplicate") -> None:
        """Say that a row already added repeats one that was loaded."""
        self._mark(row, "", code, what, SKIPPED, row.records)

    def vary(self, row: Row, column: str, written: Any, what: str) -> None:
        """Write a right value in an unusual notation; it must be read as what stood there."""
        place = self.column(column)
        shown = written.text if isinstance(written, Formula) else written
        self.ledger.note_variant(self.path, self.sheet, row.number, column, shown, row.cells[place], what)
        row.cells[place] = written
        row.touched = True

    def clean(self) -> list[Row]:
        """Rows that nobody has spoilt so far."""
        return [row for row in self.rows if not row.touched]

    def pick(self, rng: np.random.Generator, where: Callable[[Row], bool] | None = None) -> Row | None:
        """A clean row drawn at random, None when there is none."""
        rows = [row for row in self.clean() if where is None or where(row)]
        return rows[int(rng.integers(len(rows)))] if rows else None

    def spoil_any(
        self, rng: np.random.Generator, column: str, value: Any, code: str, what: str,
        *, where: Callable[[Row], bool] | None = None, records: int | None = None,
    ) -> None:  # fmt: skip
        """:meth:`spoil` a clean row drawn at random, where there is one."""
        if row := self.pick(rng, where):
            self.spoil(row, column, value, code, what, records=records)

    def flag_any(
        self, rng: np.random.Generator, column: str, value: Any, code: str, what: str,
        *, where: Callable[[Row], bool] | None = None, records: int | None = None,
    ) -> None:  # fmt: skip
        """:meth:`flag` a clean row drawn at random, where there is one."""
        if row := self.pick(rng, where):
            self.flag(row, column, value, code, what, records=records)

    def _mark(self, row: Row, column: str, code: str, what: str, disposition: str, records: int) -> None:
        row.touched = True
        count = self.ledger.count(self.path)
        if disposition == QUARANTINED:
            added = min(records, row.records - row.quarantined)
            row.quarantined += added
            count.quarantined += added
        elif disposition == SKIPPED:
            row.skipped += records
            count.skipped += records
        self.ledger.note_spoilt(self.path, self.sheet, row.number, column, what, code, disposition, records)


def write_csv(
    out: Path, table: Table, encoding: str = "utf-8", *, quote_all: bool = False, line_end: str = "\r\n"
) -> None:
    """Write a table as csv. Dates become ISO texts; a row may have more or fewer cells than the header."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator=line_end, quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL)
    writer.writerows(table.preamble)
    if table.header:
        writer.writerow([table.name(i) for i in range(len(table.header))])
    for row in table.rows:
        if row.cells:
            writer.writerow(["" if cell is None else cell for cell in row.cells])
        else:
            stream.write(line_end)
    target = out / table.path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(stream.getvalue().encode(encoding))


def write_workbook(out: Path, path: str, tables: Sequence[Table], hidden_sheets: Sequence[str] = ()) -> None:
    """Write tables as the sheets of one .xlsx, byte-equal for equal content."""
    target = out / path
    target.parent.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": "演示数据（虚构）", "author": "ehpilot demo", "created": CREATED})
    formats = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "time": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
    }
    for table in tables:
        sheet = book.add_worksheet(table.sheet)
        _write_head(sheet, table, formats)
        _write_body(sheet, table, formats)
        if table.sheet in hidden_sheets:
            sheet.hide()
    book.close()
    content = buffer.getvalue()
    if any(isinstance(c, Formula) and c.value is None for t in tables for row in t.rows for c in row.cells):
        content = _without_cached_values(content)
    target.write_bytes(content)


def _write_head(sheet: Any, table: Table, formats: dict[str, Any]) -> None:
    for number, line in enumerate(table.preamble):
        for place, cell in enumerate(line):
            if cell is not None:
                sheet.write(number, place, cell, formats["title"] if number == 0 else None)
    if not table.header:
        return
    first = len(table.preamble)
    if table.sub_header is not None:
        sheet.write_row(first, 0, [table.name(i) for i in range(len(table.header))], formats["head"])
        for place, cell in enumerate(table.sub_header):
            if cell is not None:
                sheet.write(first + 1, place, cell, formats["head"])
        return
    if not table.two_rows:
        sheet.write_row(first, 0, [table.name(i) for i in range(len(table.header))], formats["head"])
        return
    place = 0
    while place < len(table.header):
        head = table.header[place]
        if isinstance(head, str):
            sheet.merge_range(first, place, first + 1, place, head, formats["head"])
            place += 1
            continue
        last = place
        while last + 1 < len(table.header) and table.header[last + 1][0] == head[0]:
            last += 1
        if last > place:
            sheet.merge_range(first, place, first, last, head[0], formats["head"])
        else:
            sheet.write(first, place, head[0], formats["head"])
        for column in range(place, last + 1):
            sheet.write(first + 1, column, table.header[column][1], formats["head"])
        place = last + 1


def _write_body(sheet: Any, table: Table, formats: dict[str, Any]) -> None:
    for row in table.rows:
        line = row.number - 1
        for place, cell in enumerate(row.cells):
            _write_cell(sheet, line, place, cell, formats)
        if row.hidden:
            sheet.set_row(line, None, None, {"hidden": True})
    for first, place, last, last_place in table.merges:
        cell = next((r.cells[place] for r in table.rows if r.number == first), "")
        sheet.merge_range(first - 1, place, last - 1, last_place, cell)
    for place in table.hidden_columns:
        sheet.set_column(place, place, None, None, {"hidden": True})


def _write_cell(sheet: Any, line: int, place: int, cell: Any, formats: dict[str, Any]) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        sheet.write_string(line, place, cell)
    elif isinstance(cell, Formula):
        sheet.write_formula(line, place, cell.text, None, NO_VALUE if cell.value is None else cell.value)
    elif isinstance(cell, datetime):
        sheet.write_datetime(line, place, cell, formats["time"])
    elif isinstance(cell, date):
        sheet.write_datetime(line, place, datetime(cell.year, cell.month, cell.day), formats["date"])
    else:
        sheet.write_number(line, place, float(cell))


def _without_cached_values(content: bytes) -> bytes:
    buffer = io.BytesIO()
    mark = f"<v>{NO_VALUE}</v>".encode()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            target.writestr(info, source.read(info).replace(mark, b""), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
