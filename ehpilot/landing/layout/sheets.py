"""A file opened against its form: which sheet, and which table of it, feeds which raw tables.

Belongs here: choice of the form where the name leaves it open, the fit of sheets and parts, the tables of a sheet,
label–value and matrix sheets (which become records at once), refusal of sheets.
Does not belong here: filling the parts (:mod:`ehpilot.landing.layout.fill`), rows to records in SQL
(:mod:`ehpilot.landing.rows.records`), values (:mod:`ehpilot.landing.rows.conform`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import duckdb
import pyarrow as pa

from ehpilot.landing.folder.inventory import LandingFile
from ehpilot.landing.forms import Form, PartForm
from ehpilot.landing.grid import FileRefused, Grid, spread_merged
from ehpilot.landing.layout.fill import FileContent, FilledSheet, Knowledge, SheetFault
from ehpilot.landing.layout.header import Row, find_header, header_at
from ehpilot.landing.layout.label_value import label_value_part
from ehpilot.landing.layout.mapping import Mapping, NoHeader
from ehpilot.landing.layout.regions import Region, further_heads, split_blocks
from ehpilot.landing.layout.sheet_part import SheetPart, is_empty
from ehpilot.landing.readers.choose import open_grids
from ehpilot.landing.readers.options import ReadOptions


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


def open_file(con: duckdb.DuckDBPyConnection, file: LandingFile, known: Knowledge, scratch: str = "") -> FileContent:
    """Open a file with the first of its candidate forms that fits a sheet.

    Raises:
        FileRefused: it cannot be read, fits no form (NO-HEADER where its name named one, else NO-FORM), or leaves open
            of which year it speaks (YEAR-AMBIGUOUS).
    """
    opener = _Opener(con, file, scratch)
    named = file.form_id is not None
    misses: list[tuple[int, Form, list[str]]] = []
    for form in file.candidates:
        if named and not form.takes_name(file.path.rsplit("/", 1)[-1]):
            continue
        fit = _Fit(form, opener, known)
        if fit.sheet_parts and (named or fit.matched >= 2):
            return fit.content(file)
        misses.append((fit.nearest, form, fit.missing))
    if not misses:
        raise FileRefused("NO-FORM", "没有适合的表式 / fits no form")
    _, form, missing = max(misses, key=lambda miss: miss[0])
    if named:
        lacking = f"，缺少必填列：{'、'.join(missing)}" if missing else ""
        raise FileRefused("NO-HEADER", f"未找到“{form.label or form.form_id}”的表头{lacking} / no header row found")
    raise FileRefused("NO-FORM", f"文件名和表头都不符合文件夹 {file.source} 的任何表式 / fits no form of this source")


class _Fit:
    """A form tried on a file: the sheets' parts that fit, and how near the others came."""

    def __init__(self, form: Form, opener: _Opener, known: Knowledge):
        self.form, self.known = form, known
        self.sheet_parts: list[SheetPart] = []
        self.grids: list[Grid] = []
        self.missing: list[str] = []
        self.nearest = -1
        self.matched = 0
        self._sheets: dict[int, list[SheetPart]] = {}
        self._heads: dict[int, dict[int, Mapping]] = {}
        self._regions: dict[int, list[Region]] = {}
        self._misses: dict[int, list[str]] = {}
        for number, part in enumerate(form.parts):
            for grid in opener.grids(form, part):
                if not any(grid is other for other in self.grids):
                    self.grids.append(grid)
                self._try(number, part, grid)
        for grid in self.grids:
            if id(grid) in self._heads:
                self._add_tables(grid)

    def _takes(self, part: PartForm, grid: Grid) -> bool:
        return (not grid.name or part.takes_sheet(grid.name)) and not self.form.ignores_sheet(grid.name)

    def _try(self, number: int, part: PartForm, grid: Grid) -> None:
        if not self._takes(part, grid):
            return
        if part.layout == "table":
            found = self._try_table(part, grid)
            if found is not None:
                self._heads.setdefault(id(grid), {})[number] = found
                self.matched = max(self.matched, len(found.cells))
                self.sheet_parts.append(SheetPart(self.form, part, number, grid.name, found, grid=grid))
        else:
            sheet_part = label_value_part(self.form, number, part, grid)
            if sheet_part is not None:
                self.sheet_parts.append(sheet_part)
                self._sheets.setdefault(id(grid), []).append(sheet_part)
                self.matched = max(self.matched, len(sheet_part.mapping.cells))

    def _try_table(self, part: PartForm, grid: Grid) -> Mapping | None:
        rows = spread_merged(grid.head, grid.merged) if grid.merged else grid.head
        found = find_header(part, rows, grid.head_rows, grid.header_is_given, grid.merged)
        if isinstance(found, NoHeader):
            labels = [(part.columns[name].aliases or [name])[0] for name in found.missing]
            if not part.optional:
                self._misses.setdefault(id(grid), []).extend(labels)
            if found.matched > self.nearest:
                self.nearest, self.missing = found.matched, labels
            return None
        return found

    def _add_tables(self, grid: Grid) -> None:
        """The sheet's tables as parts, each read by its own head."""
        first = self._heads[id(grid)]
        self.sheet_parts = [part for part in self.sheet_parts if part.grid is not grid]
        regions = _regions(
            self.form, {n: p for n, p in enumerate(self.form.parts) if self._takes(p, grid)}, grid, first
        )
        self._regions[id(grid)] = regions
        own = self._sheets.setdefault(id(grid), [])
        for region in regions:
            for number, mapping in sorted(region.mappings.items()):
                part = self.form.parts[number]
                own.append(SheetPart(self.form, part, number, grid.name, mapping, grid=grid, region=region))
        self.sheet_parts += [part for part in own if part.region is not None]

    def content(self, file: LandingFile) -> FileContent:
        """Parts with their rows and constants, faults of sheets, blank lines, columns that nobody takes."""
        content = FileContent(self.form)
        self.sheet_parts.sort(key=lambda sheet_part: sheet_part.part_no)
        for grid in self.grids:
            content.encoding = content.encoding or grid.encoding
            own = self._sheets.get(id(grid), [])
            if own:
                FilledSheet(grid, own, file, self.known).fill(
                    self._regions.get(id(grid), []), self.sheet_parts, content
                )
            elif not is_empty(grid) and not self.form.ignores_sheet(grid.name):
                content.faults.append(self._sheet_fault(grid))
        content.sheet_parts = self.sheet_parts
        return content

    def _sheet_fault(self, grid: Grid) -> SheetFault:
        missing = list(dict.fromkeys(self._misses.get(id(grid), [])))
        if missing:
            return SheetFault(grid.name, 1, "NO-HEADER", f"工作表缺少必填列：{'、'.join(missing)}", grid.name)
        return SheetFault(grid.name, 1, "NO-FORM", "工作表不符合此表式的任何部分 / the sheet fits no part", grid.name)


def _regions(form: Form, takers: dict[int, PartForm], grid: Grid, first: dict[int, Mapping]) -> list[Region]:
    """Tables of a sheet: the first, those below it, each cut into its blocks."""
    head = min(mapping.first_row for mapping in first.values())
    whole = Region(1, head, min(mapping.body_row for mapping in first.values()), mappings=first)
    if grid.header_is_given or any(part.layout != "table" or part.header.rows == 0 for part in takers.values()):
        return [whole]
    if grid.is_large:
        return [whole]
    rows = grid.all_rows()
    # a part whose first head stands below the first table is the part of a further one
    top = {number: mapping for number, mapping in first.items() if mapping.first_row < whole.body_row}
    more = further_heads(takers, top, rows, grid.merged)
    further = {number for region in more for number in region.mappings}
    whole = replace(whole, mappings={n: mapping for n, mapping in first.items() if n in top or n not in further})
    if more:
        whole = replace(whole, last_row=more[0].first_row - 1)
    blocks: list[Region] = []
    for region in [whole, *more]:
        blocks += _blocks(form, region, rows, grid)
    return blocks


def _blocks(form: Form, region: Region, rows: pa.Table, grid: Grid) -> list[Region]:
    """A table as its blocks side by side; itself where it has one."""
    if not region.mappings:
        return [region]
    number, mapping = next(iter(sorted(region.mappings.items())))
    inside = [p for p, n in enumerate(rows.column(0).to_pylist()) if mapping.first_row <= n <= mapping.last_row]
    levels: Sequence[Row] = [[rows.column(i)[p].as_py() for i in range(1, rows.num_columns)] for p in inside]
    numbers = [rows.column(0)[p].as_py() for p in inside]
    found = split_blocks(form.parts[number], mapping, levels, numbers)
    if len(found) < 2:
        return [region]
    blocks: list[Region] = []
    for left, right, own in found:
        others = {n: header_at(form.parts[n], [row[left:right] for row in levels], numbers) for n in region.mappings}
        mappings = {n: other for n, other in others.items() if isinstance(other, Mapping)} | {number: own}
        blocks.append(replace(region, left=left, right=right, mappings=mappings, is_first_block=not blocks))
    return blocks
