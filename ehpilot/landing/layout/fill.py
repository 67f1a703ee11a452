"""The sheets of a file whose tables are known, filled: rows, constants, and what is no record.

Belongs here: rows of each table, faults and skips of a sheet, columns that nobody takes. Does not belong here: the
choice of the form and of the tables (:mod:`ehpilot.landing.layout.sheets`), what a sheet says beside its cells
(:mod:`ehpilot.landing.layout.stated`, :mod:`ehpilot.landing.layout.cell_notes`).
"""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ehpilot.landing.folder.inventory import LandingFile
from ehpilot.landing.forms import Form
from ehpilot.landing.grid import Grid
from ehpilot.landing.layout.cell_notes import columns_of, note_cells
from ehpilot.landing.layout.facts import fill_facts
from ehpilot.landing.layout.header import Row
from ehpilot.landing.layout.mapping import Mapping
from ehpilot.landing.layout.notes import is_note
from ehpilot.landing.layout.regions import END, Region, lost_rows, rows_above
from ehpilot.landing.layout.sheet_part import SheetPart, mark_formulas
from ehpilot.landing.layout.stated import statements, with_columns_beside, with_statements, with_units_in_titles
from ehpilot.landing.layout.years import with_year_columns
from ehpilot.landing.personal import masked, names_a_person
from ehpilot.landing.values.aliases import AliasOptions
from ehpilot.register import RawTable

TAIL_ROWS = 12  # rows below a table that may say its unit


@dataclass(frozen=True)
class Knowledge:
    """What a sheet is read with besides its form: raw tables by name, look-up tables of units."""

    tables: MappingOf[str, RawTable]
    aliases: AliasOptions


@dataclass
class SheetFault:
    """Something of the file that is one quarantined record: a sheet that fits no part, a csv line of another width, a
    cell of a matrix that has no name; with a code SKIP-… a skipped one."""

    sheet: str
    row_number: int
    code: str
    message: str
    value: str = ""
    field: str = ""


@dataclass
class FileContent:
    """What was found in one file."""

    form: Form | None = None
    encoding: str = ""
    sheet_parts: list[SheetPart] = field(default_factory=list)
    faults: list[SheetFault] = field(default_factory=list)
    blank_rows: list[tuple[str, np.ndarray]] = field(default_factory=list)
    unmapped: list[str] = field(default_factory=list)

    @property
    def columns(self) -> list[dict[str, Any]]:
        """Which header feeds which raw column: rows of ``intake.file_column`` without the file's number."""
        return [
            {
                "sheet": sheet_part.sheet,
                "raw_table": sheet_part.part.table,
                "raw_column": column,
                "header": header,
                "own_row": sheet_part.mapping.own_rows.get(column),
                "own_sheet": sheet_part.mapping.own_sheets.get(column),
            }
            for sheet_part in self.sheet_parts
            for column, header in _headers(sheet_part).items()
        ]


def _headers(sheet_part: SheetPart) -> dict[str, str]:
    headers = dict(sheet_part.mapping.headers)
    for name, form in sheet_part.part.columns.items():
        if form.preamble and sheet_part.facts.get(name) is not None:
            headers.setdefault(name, form.preamble[0])
    return headers


class FilledSheet:
    """A sheet whose tables are known: rows, constants and faults of its parts."""

    def __init__(self, grid: Grid, own: list[SheetPart], file: LandingFile, known: Knowledge):
        self.grid, self.own, self.file, self.known = grid, own, file, known

    def fill(self, regions: Sequence[Region], everything: list[SheetPart], content: FileContent) -> None:
        """Fill the parts and note what is no record."""
        grid, own = self.grid, self.own
        for sheet_part in own:
            sheet_part.hidden_columns = tuple(sorted(grid.hidden_columns))
            sheet_part.hidden_rows = tuple(grid.hidden_rows)
            sheet_part.is_hidden = grid.is_hidden
            sheet_part.missing_marks = grid.missing_marks
            sheet_part.source_crs = grid.source_crs
        if any(sheet_part.holds_records for sheet_part in own):
            own[0].counts_skips = True
        for region in regions:
            self._fill_region(region, content)
        for sheet_part in own:
            fill_facts(sheet_part, grid, self.file, everything)
        for sheet_part in own:
            content.unmapped += sheet_part.unmapped
            content.faults += [
                SheetFault(grid.name, stray.row_number, stray.code, stray.message, stray.value, stray.field)
                for stray in sheet_part.strays
            ]
        content.unmapped = list(dict.fromkeys(content.unmapped))
        first = min((r.mapping.body_row for r in own if not r.holds_records), default=1)
        if len(grid.blank_rows):
            content.blank_rows.append((grid.name, grid.blank_rows[grid.blank_rows >= first]))

    def _fill_region(self, region: Region, content: FileContent) -> None:
        grid = self.grid
        parts = [sheet_part for sheet_part in self.own if sheet_part.region is region]
        if region.titles or region.first_row > 1:
            self._note_head(region, parts, content)
        if not parts:
            return
        for order, sheet_part in enumerate(parts):
            sheet_part.counts_skips = order == 0
            sheet_part.mapping = self._understood(sheet_part)
        siblings = tuple((part.part, part.mapping) for part in parts)
        for sheet_part in parts:
            sheet_part.siblings = siblings
            self._fill_rows(sheet_part, region)
        claimed = frozenset().union(*(part.mapping.claimed for part in parts))
        content.unmapped += [t for i, t in enumerate(parts[0].mapping.titles) if t and i not in claimed]
        if not grid.is_large and region.is_first_block:
            add_rejects(grid, parts[0], content)

    def _note_head(self, region: Region, parts: list[SheetPart], content: FileContent) -> None:
        """Rows of a further table that are no records: its titles and head; all of it where no part can read it."""
        if not region.is_first_block:
            return
        rows, part = self.grid.all_rows(), self.own[0].part
        name = self.grid.name
        content.faults += [SheetFault(name, row, code, "") for row, code in rows_above(rows, region, part)]
        if parts:
            return
        labels = {name: (form.aliases or [name])[0] for own in self.own for name, form in own.part.columns.items()}
        missing = "、".join(labels.get(name, name) for name in region.missing)
        told = f"第{region.head_row}行起是另一张表，表头{'缺少' + missing if missing else '无法识别'} / no header row"
        content.faults += [SheetFault(name, row, code, told, text) for row, code, text in lost_rows(rows, region, part)]

    def _understood(self, sheet_part: SheetPart) -> Mapping:
        """The mapping with all that the sheet says beside the header: units, signs, years."""
        grid, mapping, part, region = self.grid, sheet_part.mapping, sheet_part.part, sheet_part.region
        assert region is not None
        table = self.known.tables[part.table]
        above = [row for row, n in zip(grid.head, grid.head_rows, strict=False) if n < mapping.first_row]
        lines: list[Row] = list(region.titles or above) if not grid.header_is_given else []
        if not grid.header_is_given and not grid.is_large:
            lines += _tail(grid)
        body: Sequence[Row] = [
            row[region.left : region.right]
            for row, n in zip(grid.head, grid.head_rows, strict=False)
            if n >= mapping.body_row
        ]
        if region.first_row > 1 or not body:
            body = _first_rows(grid, region)
        mapping = with_units_in_titles(mapping, part, table, self.known.aliases)
        mapping = with_columns_beside(mapping, part, table, body, self.known.aliases)
        mapping = with_year_columns(mapping, part, table, body)
        stem = self.file.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        said = statements(lines, [grid.name, stem], self.known.aliases)
        return with_statements(mapping, part, table, said, self.known.aliases)

    def _fill_rows(self, sheet_part: SheetPart, region: Region) -> None:
        mapping, grid = sheet_part.mapping, self.grid
        if grid.is_large:
            sheet_part.grid = grid
            return
        width = region.right or mapping.width
        first = None if grid.header_is_given else mapping.body_row
        table = grid.rows(first_row=first, n_columns=width or None)
        if first is not None and table.num_rows:
            numbers = table.column("row_number")
            inside = pc.and_(pc.greater_equal(numbers, first), pc.less_equal(numbers, region.last_row))
            table = table.filter(inside)
        table, sheet_part.has_formula = mark_formulas(table, grid.formulas_without_value, width)
        if region.right is not None:
            table = _block_rows(table, region)
        columns = columns_of(sheet_part.part, self.known.tables[sheet_part.part.table], mapping)
        noted = note_cells(table, grid, region.left, grid.merged, columns, self.known.aliases)
        sheet_part.table, sheet_part.has_notes = noted
        sheet_part.grid = None


def _tail(grid: Grid) -> list[Row]:
    """The last rows of a sheet, as far as they hold one or two texts."""
    rows = grid.all_rows()
    tail = rows.slice(max(rows.num_rows - TAIL_ROWS, 0))
    lines = [[column[position].as_py() for column in tail.columns[1:]] for position in range(tail.num_rows)]
    return [line for line in lines if 0 < sum(1 for cell in line if cell and cell.strip()) <= 2]


def _first_rows(grid: Grid, region: Region) -> list[Row]:
    """The first rows under a head, in the region's columns."""
    if grid.is_large:
        return []
    rows = grid.all_rows()
    found = rows.filter(pc.greater_equal(rows.column(0), region.body_row)).slice(0, 60)
    columns = found.columns[1:][region.left : region.right]
    return [[column[position].as_py() for column in columns] for position in range(found.num_rows)]


def _block_rows(table: pa.Table, region: Region) -> pa.Table:
    """The columns of one block; rows that are blank in it only (or, of a further block, blank at all) are no rows."""
    width = table.num_columns - 1
    own = [f"c{index}" for index in range(region.left, min(region.right or width, width))]
    if not own:
        return table.slice(0, 0)
    filled = [pc.fill_null(pc.not_equal(pc.utf8_trim_whitespace(table.column(name)), ""), False) for name in own]
    anything = [pc.fill_null(pc.not_equal(pc.utf8_trim_whitespace(column), ""), False) for column in table.columns[1:]]
    is_filled, is_row = filled[0], anything[0]
    for other in filled[1:]:
        is_filled = pc.or_(is_filled, other)
    for other in anything[1:]:
        is_row = pc.or_(is_row, other)
    kept = pc.or_(is_filled, pc.invert(is_row)) if region.is_first_block else is_filled
    block = table.select(["row_number", *own]).filter(kept)
    return block.rename_columns(["row_number", *(f"c{index}" for index in range(len(own)))])


def add_rejects(grid: Grid, sheet_part: SheetPart, content: FileContent) -> None:
    """Lines that the reader could not bring to the table's width: one quarantined record each, notes below it one
    skip. Which field is which cannot be told in such a line: where the table holds data of persons it is not shown."""
    last = END if sheet_part.region is None else sheet_part.region.last_row
    is_personal = any(names_a_person(level) for title in sheet_part.mapping.titles for level in title.split("/"))
    for row in grid.rejects.to_pylist():
        if sheet_part.mapping.body_row <= row["row_number"] <= last:
            text = row["text"] or ""
            code = "SKIP-NOTE" if is_note(sheet_part.part, text) else row["code"]
            shown = masked(len(text)) if is_personal else text
            content.faults.append(SheetFault(grid.name, row["row_number"], code, row["message"], shown))
