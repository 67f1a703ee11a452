"""Cells of a region that need a word beside their text: merged amounts, what a number format shows, days of 1904.

Belongs here: which cells of which columns get a note. Does not belong here: what a note does to a value
(``values.beside``), number formats (``readers``).

Merged cells are filled down where every row has the text of its own (keys, texts, places, rates); a merged amount is
one amount: it stays on its first row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ehpilot.landing.forms import PartForm
from ehpilot.landing.grid import Grid, Merge
from ehpilot.landing.layout.mapping import Mapping
from ehpilot.landing.values import beside
from ehpilot.landing.values.aliases import AliasOptions
from ehpilot.landing.values.units import looks_like_unit, resolve_unit
from ehpilot.register import RawColumn, RawTable

_RATES = ("%", "‰", "℃", "K", "m", "mm", "cm", "m/s", "°", "h", "h/d", "d/a", "h/a", "1", "1/10", "级", "a")
_KEYS = ("text", "name", "permit_no", "credit_code", "period", "pollutant", "unit")
_TIMES = ("date", "timestamp", "period", "date_range_start", "date_range_end")
_LETTERS = {"shown": beside.SHOWN, "scaled": beside.SCALED, "dated": beside.DATED, "unit": beside.UNIT}
_NUMBERS = ("number", "integer", "percent", "measurement")


@dataclass(frozen=True)
class _Columns:
    """Grid columns of a mapping by what may be said of their cells."""

    amounts: frozenset[int]
    keys: frozenset[int]
    numbers: frozenset[int]
    times: frozenset[int]


def columns_of(part: PartForm, table: RawTable, mapping: Mapping) -> _Columns:
    """Which columns of a mapping hold amounts, keys, numbers and times."""
    fed: dict[int, list[RawColumn]] = {}
    for name, indexes in mapping.cells.items():
        form = part.columns.get(name)
        plain = form is None or (form.join is None and form.template is None and form.compose_dms is None)
        if plain and name in table.column:
            fed.setdefault(indexes[0], []).append(table.column[name])
    value = table.column.get(part.wide.value_to) if part.wide is not None else None
    for cell in mapping.wide if value is not None else ():
        fed.setdefault(cell.index, []).append(value)  # type: ignore[arg-type]

    def those(kinds: Sequence[str]) -> frozenset[int]:
        return frozenset(index for index, columns in fed.items() if all(column.kind in kinds for column in columns))

    amounts = frozenset(i for i, columns in fed.items() if all(_is_amount(column, table) for column in columns))
    return _Columns(amounts, those(_KEYS), those(_NUMBERS), those(_TIMES))


def _is_amount(column: RawColumn, table: RawTable) -> bool:
    if column.kind not in _NUMBERS or column.name in table.grain or column.kind == "percent":
        return False
    is_year = column.kind == "integer" and (column.minimum or 0) >= 1000
    return column.unit not in _RATES and not column.unit_in_cell and not is_year


def note_cells(
    rows: pa.Table, grid: Grid, left: int, merged: Sequence[Merge], columns: _Columns, aliases: AliasOptions
) -> tuple[pa.Table, bool]:
    """Rows of a region with merged cells filled down and notes behind the texts that need one; True if there are any.

    Args:
        rows: row_number, c0 … of the region, its columns counted from ``left``.
        merged: merged ranges of the sheet.
    """
    if not rows.num_rows:
        return rows, False
    seen = grid.seen(_shifted(columns.keys, left), _shifted(columns.numbers, left))
    places = {row: position for position, row in enumerate(rows.column(0).to_pylist())} if merged or seen else {}
    notes: dict[int, dict[int, str]] = {}
    for row, column, kind, text in seen:
        is_unit = kind != "unit" or resolve_unit(text, aliases["unit_aliases"]) or looks_like_unit(text)
        if row in places and is_unit:
            notes.setdefault(column - left, {})[places[row]] = beside.note(_LETTERS[kind], text)
    rows = _with_notes(rows, notes)
    rows, has_merged = _with_merged(rows, left, merged, columns, places)
    if grid.counts_from_1904:
        for index in columns.times:
            rows = _days_of_1904(rows, index)
    return rows, bool(notes) or has_merged or grid.counts_from_1904


def _with_merged(
    rows: pa.Table, left: int, merged: Sequence[Merge], columns: _Columns, places: dict[int, int]
) -> tuple[pa.Table, bool]:
    """Merged cells filled down, merged amounts noted; True if there are such amounts."""
    notes: dict[int, dict[int, str]] = {}
    for top, column, bottom, _ in merged:
        index = column - left
        if bottom == top or not 0 <= index < rows.num_columns - 1 or top not in places:
            continue
        below = [places[number] for number in range(top + 1, bottom + 1) if number in places]
        if index in columns.amounts:
            if rows.column(index + 1)[places[top]].as_py() is not None:
                notes.setdefault(index, {}).update(dict.fromkeys(below, beside.note(beside.MERGED)))
        else:
            rows = _filled(rows, index, places[top], below)
    return _with_notes(rows, notes), bool(notes)


def _shifted(indexes: frozenset[int], left: int) -> frozenset[int]:
    return frozenset(index + left for index in indexes)


def _filled(rows: pa.Table, index: int, top: int, below: Sequence[int]) -> pa.Table:
    order = np.arange(rows.num_rows)
    order[list(below)] = top
    name = rows.schema.field(index + 1)
    return rows.set_column(index + 1, name, pc.take(rows.column(index + 1), pa.array(order)))


def _with_notes(rows: pa.Table, notes: dict[int, dict[int, str]]) -> pa.Table:
    for index, said in notes.items():
        texts = rows.column(index + 1).to_pylist()
        for position, note in said.items():
            texts[position] = (texts[position] or "") + note
        rows = rows.set_column(index + 1, rows.schema.field(index + 1), pa.array(texts, pa.string()))
    return rows


def _days_of_1904(rows: pa.Table, index: int) -> pa.Table:
    texts = rows.column(index + 1)
    is_day = pc.fill_null(pc.match_substring_regex(texts, r"^\d{4,5}(\.\d+)?$"), False)
    noted = pc.binary_join_element_wise(texts, beside.note(beside.DAY_1904), "")
    return rows.set_column(index + 1, rows.schema.field(index + 1), pc.if_else(is_day, noted, texts))
