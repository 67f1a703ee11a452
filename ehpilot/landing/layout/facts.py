"""Constants of a sheet: what labels above the table, the file's name, the sheet's name and other parts give.

Belongs here: filling them in. Does not belong here: finding a label's text (:mod:`ehpilot.landing.layout.preamble`),
which of several years a name means (:mod:`ehpilot.landing.layout.years`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ehpilot.landing.folder.inventory import LandingFile
from ehpilot.landing.grid import Grid
from ehpilot.landing.layout.header import one_line
from ehpilot.landing.layout.preamble import read_preamble
from ehpilot.landing.layout.sheet_part import SheetPart
from ehpilot.landing.layout.years import from_filename


def fill_facts(sheet_part: SheetPart, grid: Grid, file: LandingFile, everything: list[SheetPart]) -> None:
    """Texts of the raw columns that no cell of a row gives, and where they stand.

    Raises:
        FileRefused: YEAR-AMBIGUOUS, several years in the file's name and none inside that decides.
    """
    for column, form in sheet_part.part.columns.items():
        if column in sheet_part.mapping.cells:
            continue
        if form.const is not None:
            sheet_part.facts[column] = str(form.const)
        elif form.preamble is not None:
            _from_preamble(sheet_part, grid, column, form.preamble)
        elif form.filename is not None:
            sheet_part.facts[column] = from_filename(form.filename, file.path, titles_of(sheet_part, grid))
        elif form.sheet_name:
            sheet_part.facts[column] = _from_sheet_name(grid.name, form.sheet_name)
        elif form.from_part is not None:
            sheet_part.facts[column] = _from_part(everything, form.from_part, form.column or "")
            _note_place(sheet_part, column, everything, form.from_part, form.column or "")


def titles_of(sheet_part: SheetPart, grid: Grid) -> list[str]:
    """Texts above a table, and the sheet's name."""
    first = grid.head_rows[-1] + 1 if sheet_part.holds_records and grid.head_rows else sheet_part.mapping.first_row
    rows = [row for row, number in zip(grid.head, grid.head_rows, strict=False) if number < first]
    region = sheet_part.region
    lines = [*(region.titles if region is not None else ()), *(rows if not grid.header_is_given else ())]
    return [grid.name, *(one_line(cell) for line in lines for cell in line if one_line(cell))]


def _from_preamble(sheet_part: SheetPart, grid: Grid, column: str, labels: list[str]) -> None:
    """What stands behind a label above the table: of a further table above its own head first."""
    region = sheet_part.region
    if region is not None and region.titles:
        stated = read_preamble(labels, region.titles, len(region.titles))
        if stated is not None:
            sheet_part.facts[column] = stated[0]
            sheet_part.mapping.own_rows[column] = region.first_row + stated[1]
            return
    first = 0 if sheet_part.holds_records else sheet_part.mapping.first_row
    above = sum(1 for number in grid.head_rows if number < first)
    stated = read_preamble(labels, grid.head, above)
    if stated is not None:
        sheet_part.facts[column], index = stated
        sheet_part.mapping.own_rows[column] = grid.head_rows[index]


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
