"""A file opened against its form: which sheet feeds which raw tables, with header mapping, constants and rows of texts.

Belongs here: choice of the form where the name leaves it open, the fit of sheets and parts, label–value and matrix
sheets (which become records at once), constants from preamble, file name, sheet name and other parts, refusal of
sheets.
Does not belong here: rows to records in SQL (:mod:`ehpilot.landing.rows.records`), values
(:mod:`ehpilot.landing.rows.conform`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
import numpy as np
import pyarrow.compute as pc

from ehpilot.landing.folder.inventory import LandingFile
from ehpilot.landing.forms import Form, PartForm
from ehpilot.landing.grid import FileRefused, Grid, spread_merged
from ehpilot.landing.layout.header import NoHeader, find_header
from ehpilot.landing.layout.label_value import label_value_part
from ehpilot.landing.layout.notes import is_note
from ehpilot.landing.layout.preamble import read_preamble
from ehpilot.landing.layout.sheet_part import SheetPart, is_empty, mark_formulas
from ehpilot.landing.personal import masked, names_a_person
from ehpilot.landing.readers.choose import open_grids
from ehpilot.landing.readers.options import ReadOptions


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


class _Opener:
    """Grids of a file, opened once for each way in which the forms want it opened."""

    def __init__(self, con: duckdb.DuckDBPyConnection, file: LandingFile, scratch: str):
        self.con, self.file, self.scratch = con, file, scratch
        self._opened: dict[tuple[Any, ...], list[Grid]] = {}

    def grids(self, form: Form, part: PartForm) -> list[Grid]:
        """Grids as this part wants the file read."""
        options: ReadOptions = {"crs": form.crs}
        if self.scratch:
            options["schema"] = self.scratch
        if part.delimiter:
            options["delimiter"] = part.delimiter
        if part.json_ is not None:
            options["json"] = part.json_.model_dump(exclude_none=True)
        key = (form.crs, part.delimiter, repr(options.get("json")))
        if key not in self._opened:
            assert self.file.location is not None and self.file.sniffed is not None
            self._opened[key] = list(open_grids(self.con, self.file.location, self.file.sniffed, options))
        return self._opened[key]


def open_file(con: duckdb.DuckDBPyConnection, file: LandingFile, scratch: str = "") -> FileContent:
    """Open a file with the first of its candidate forms that fits a sheet.

    Raises:
        FileRefused: it cannot be read, or fits no form (NO-HEADER where its name named one, else NO-FORM).
    """
    opener = _Opener(con, file, scratch)
    named = file.form_id is not None
    misses: list[tuple[int, Form, list[str]]] = []
    for form in file.candidates:
        if named and not form.takes_name(file.path.rsplit("/", 1)[-1]):
            continue
        fit = _Fit(form, opener)
        if fit.sheet_parts and (named or fit.matched >= 2):
            return fit.content(file)
        misses.append((fit.nearest, form, fit.missing))
    if not misses:
        raise FileRefused("NO-FORM", "没有适合的表式 / fits no form")
    _, form, missing = max(misses, key=lambda miss: miss[0])
    if named:
        lacking = f"，缺少必填列：{'、'.join(missing)}" if missing else ""
        raise FileRefused("NO-HEADER", f"未找到“{form.label or form.form_id}”的表头{lacking} / no header row found")
    raise FileRefused("NO-FORM", f"文件名和表头都不符合来源 {file.source} 的任何表式 / fits no form of this source")


class _Fit:
    """A form tried on a file: the sheets' parts that fit, and how near the others came."""

    def __init__(self, form: Form, opener: _Opener):
        self.form = form
        self.opener = opener
        self.sheet_parts: list[SheetPart] = []
        self.grids: list[Grid] = []
        self.missing: list[str] = []
        self.nearest = -1
        self.matched = 0
        self._sheets: dict[int, list[SheetPart]] = {}
        self._misses: dict[int, list[str]] = {}
        for number, part in enumerate(form.parts):
            for grid in opener.grids(form, part):
                if not any(grid is other for other in self.grids):
                    self.grids.append(grid)
                self._try(number, part, grid)

    def _try(self, number: int, part: PartForm, grid: Grid) -> None:
        if (grid.name and not part.takes_sheet(grid.name)) or self.form.ignores_sheet(grid.name):
            return
        if part.layout == "table":
            sheet_part = self._try_table(number, part, grid)
        else:
            sheet_part = label_value_part(self.form, number, part, grid)
        if sheet_part is not None:
            self.sheet_parts.append(sheet_part)
            self._sheets.setdefault(id(grid), []).append(sheet_part)
            self.matched = max(self.matched, len(sheet_part.mapping.cells))

    def _try_table(self, number: int, part: PartForm, grid: Grid) -> SheetPart | None:
        rows = spread_merged(grid.head, grid.merged) if grid.merged else grid.head
        found = find_header(part, rows, grid.head_rows, grid.header_is_given, grid.merged)
        if isinstance(found, NoHeader):
            labels = [(part.columns[name].aliases or [name])[0] for name in found.missing]
            if not part.optional:
                self._misses.setdefault(id(grid), []).extend(labels)
            if found.matched > self.nearest:
                self.nearest, self.missing = found.matched, labels
            return None
        return SheetPart(self.form, part, number, grid.name, found, grid=grid)

    def content(self, file: LandingFile) -> FileContent:
        """Parts with their rows and constants, faults of sheets, blank lines, columns that nobody takes."""
        content = FileContent(self.form)
        self.sheet_parts.sort(key=lambda sheet_part: sheet_part.part_no)
        for grid in self.grids:
            content.encoding = content.encoding or grid.encoding
            own = self._sheets.get(id(grid), [])
            if own:
                _fill_sheet(grid, own, file, self.sheet_parts, content)
            elif not is_empty(grid) and not self.form.ignores_sheet(grid.name):
                content.faults.append(self._sheet_fault(grid))
        content.sheet_parts = self.sheet_parts
        return content

    def _sheet_fault(self, grid: Grid) -> SheetFault:
        missing = list(dict.fromkeys(self._misses.get(id(grid), [])))
        if missing:
            return SheetFault(grid.name, 1, "NO-HEADER", f"工作表缺少必填列：{'、'.join(missing)}", grid.name)
        return SheetFault(grid.name, 1, "NO-FORM", "工作表不符合此表式的任何部分 / the sheet fits no part", grid.name)


def _fill_sheet(
    grid: Grid, own: list[SheetPart], file: LandingFile, everything: list[SheetPart], content: FileContent
) -> None:
    siblings = tuple((r.part, r.mapping) for r in own if not r.holds_records)
    for order, sheet_part in enumerate(own):
        sheet_part.counts_skips = order == 0
        sheet_part.siblings = siblings
        sheet_part.hidden_columns = tuple(sorted(grid.hidden_columns))
        sheet_part.hidden_rows = tuple(grid.hidden_rows)
        sheet_part.is_hidden = grid.is_hidden
        sheet_part.missing_marks = grid.missing_marks
        sheet_part.source_crs = grid.source_crs
        if not sheet_part.holds_records:
            _fill_rows(sheet_part, grid)
    for sheet_part in own:
        _fill_facts(sheet_part, grid, file, everything)
    titles = next((r.mapping.titles for r in own if not r.holds_records), ())
    claimed = frozenset().union(*(r.mapping.claimed for r in own if not r.holds_records))
    content.unmapped += [title for i, title in enumerate(titles) if title and i not in claimed]
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
    if not grid.is_large:
        add_rejects(grid, own[0], content)


def add_rejects(grid: Grid, sheet_part: SheetPart, content: FileContent) -> None:
    """Lines that the reader could not bring to the table's width: one quarantined record each, notes below it one
    skip. Which field is which cannot be told in such a line: where the table holds data of persons it is not shown."""
    is_personal = any(names_a_person(level) for title in sheet_part.mapping.titles for level in title.split("/"))
    for row in grid.rejects.to_pylist():
        if row["row_number"] >= sheet_part.mapping.body_row:
            text = row["text"] or ""
            code = "SKIP-NOTE" if is_note(sheet_part.part, text) else row["code"]
            shown = masked(len(text)) if is_personal else text
            content.faults.append(SheetFault(grid.name, row["row_number"], code, row["message"], shown))


def _fill_rows(sheet_part: SheetPart, grid: Grid) -> None:
    mapping = sheet_part.mapping
    width = mapping.width or None
    if grid.is_large:
        sheet_part.grid = grid
        return
    first = None if grid.header_is_given else mapping.body_row
    table = grid.rows(first_row=first, n_columns=width, fill_down_from=mapping.body_row)
    if first is not None and table.num_rows:
        table = table.filter(pc.greater_equal(table.column("row_number"), first))
    sheet_part.table, sheet_part.has_formula = mark_formulas(table, grid.formulas_without_value, mapping.width)
    sheet_part.grid = None


def _fill_facts(sheet_part: SheetPart, grid: Grid, file: LandingFile, everything: list[SheetPart]) -> None:
    name = file.path.rsplit("/", 1)[-1]
    first = 0 if sheet_part.holds_records else sheet_part.mapping.first_row
    above = sum(1 for number in grid.head_rows if number < first)
    for column, form in sheet_part.part.columns.items():
        if column in sheet_part.mapping.cells:
            continue
        if form.const is not None:
            sheet_part.facts[column] = str(form.const)
        elif form.preamble is not None:
            stated = read_preamble(form.preamble, grid.head, above)
            if stated is not None:
                sheet_part.facts[column], index = stated
                sheet_part.mapping.own_rows[column] = grid.head_rows[index]
        elif form.filename is not None:
            found = re.search(form.filename, name)
            sheet_part.facts[column] = (found.group(1) if found.re.groups else found.group(0)) if found else None
        elif form.sheet_name:
            sheet_part.facts[column] = _from_sheet_name(grid.name, form.sheet_name)
        elif form.from_part is not None:
            sheet_part.facts[column] = _from_part(everything, form.from_part, form.column or "")
            _note_place(sheet_part, column, everything, form.from_part, form.column or "")


def _from_sheet_name(name: str, pattern: bool | str) -> str | None:
    if not isinstance(pattern, str):
        return name or None
    found = re.search(pattern, name)
    return (found.group(1) if found.re.groups else found.group(0)) if found else None


def _note_place(
    sheet_part: SheetPart, column: str, everything: Sequence[SheetPart], table: str, their_column: str
) -> None:
    """Header, sheet and row of a value that another part of the file gives, for its trace."""
    for other in everything:
        if other.part.table == table and their_column in other.mapping.own_rows:
            sheet_part.mapping.own_rows[column] = other.mapping.own_rows[their_column]
            sheet_part.mapping.own_sheets[column] = other.sheet
            sheet_part.mapping.headers.setdefault(column, other.mapping.headers.get(their_column, their_column))
            return


def _from_part(sheet_parts: Sequence[SheetPart], table: str, column: str) -> str | None:
    """Text of a column in the first record of another part of the same file."""
    for sheet_part in sheet_parts:
        if sheet_part.part.table != table:
            continue
        indexes = sheet_part.mapping.cells.get(column)
        if indexes and sheet_part.table is not None:
            for text in sheet_part.table.column(f"c{indexes[0]}").slice(0, 50).to_pylist():
                if text and text.strip():
                    return text
        if column in sheet_part.facts:
            return sheet_part.facts[column]
    return None
