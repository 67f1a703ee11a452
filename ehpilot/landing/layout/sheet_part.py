"""One part of a form fed by one sheet: what the reader hands to the SQL that makes records.

Belongs here: the dataclass and the mark of formulas without value. Does not belong here: finding headers
(:mod:`ehpilot.landing.layout.header`), choosing forms (:mod:`ehpilot.landing.layout.sheets`), SQL
(:mod:`ehpilot.landing.rows.records`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from ehpilot.landing.forms import Form, PartForm
from ehpilot.landing.grid import Grid
from ehpilot.landing.layout.mapping import Mapping
from ehpilot.landing.layout.regions import Region

FORMULA_MARK = "\ue000formula"  # stands in a cell whose formula has no cached value; private use, never in a file


@dataclass(frozen=True)
class Stray:
    """A row or cell of a label–value or matrix sheet that is no record: a note to skip, or lost and quarantined."""

    row_number: int
    code: str
    message: str = ""
    value: str = ""
    field: str = ""


@dataclass
class SheetPart:
    """One part of the form fed by one sheet. ``facts``: raw column → constant text of this sheet.

    ``table`` holds row_number and c0…cN. ``holds_records``: its rows are records already (label–value and matrix
    sheets), with ``strays`` and the labels that nobody takes, ``unmapped``. ``grid`` is set instead of ``table`` for a
    csv that only DuckDB may read. ``region``: the table of the sheet that this is, for tables. ``has_notes``: cells of
    ``table`` carry notes (``values.beside``).
    """

    form: Form
    part: PartForm
    part_no: int
    sheet: str
    mapping: Mapping
    facts: dict[str, str | None] = field(default_factory=dict)
    table: pa.Table | None = None
    grid: Grid | None = None
    region: Region | None = None
    holds_records: bool = False
    has_notes: bool = False
    strays: tuple[Stray, ...] = ()
    unmapped: tuple[str, ...] = ()
    has_formula: bool = False
    hidden_columns: tuple[int, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    is_hidden: bool = False
    counts_skips: bool = False
    siblings: tuple[tuple[PartForm, Mapping], ...] = ()
    missing_marks: dict[str, list[str]] = field(default_factory=dict)
    source_crs: str = ""

    @property
    def mark_of_part(self) -> str:
        """What tells its records from those that an earlier part of the form takes of the same row for the same raw
        table; empty for the first such part, and for wide parts, whose records are told by their header."""
        if self.part.wide is not None:
            return ""
        earlier = sum(p.table == self.part.table and p.wide is None for p in self.form.parts[: self.part_no])
        return f"#{earlier + 1}" if earlier else ""


def is_empty(grid: Grid) -> bool:
    return not any(cell and cell.strip() for row in grid.head for cell in row)


def mark_formulas(table: pa.Table, cells: Sequence[tuple[int, int]], width: int) -> tuple[pa.Table, bool]:
    """Put :data:`FORMULA_MARK` where a formula stands without value; such a cell is quarantined where it is used."""
    by_column: dict[int, list[int]] = {}
    for row, column in cells:
        if column < min(width, table.num_columns - 1):
            by_column.setdefault(column, []).append(row)
    for column, rows in by_column.items():
        is_formula = pc.is_in(table.column("row_number"), value_set=pa.array(rows, pa.int64()))
        name = f"c{column}"
        marked = pc.if_else(is_formula, pa.scalar(FORMULA_MARK), table.column(name))
        table = table.set_column(table.schema.get_field_index(name), name, marked)
    return table, bool(by_column)
