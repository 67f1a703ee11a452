"""A fed raw column: where its text comes from in each block, and the options with which it is read.

Belongs here: the dataclasses that the steps of conforming share, options from form, register and header.
Does not belong here: SQL of the steps (:mod:`ehpilot.landing.rows.conform` and its parts).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import duckdb

from ehpilot.landing.rows.blocks import Block
from ehpilot.landing.rows.records import Text
from ehpilot.landing.sql import quote
from ehpilot.landing.values.units import resolve_unit, stated_factor
from ehpilot.register import RawColumn

INTEGER_BOUND = 2_147_483_647
NUMERIC = ("number", "integer", "percent", "measurement")
_FORM_OPTIONS = ("accept", "hour_ending", "date_order", "base_year", "range", "bound", "html", "scale", "assume")
_SQL_TYPE = {
    "number": "double", "percent": "double", "measurement": "double", "longitude": "double", "latitude": "double",
    "integer": "bigint", "date": "date", "date_range_start": "date", "date_range_end": "date", "timestamp": "timestamp",
    "mark": "boolean",
}  # fmt: skip


@dataclass
class Conforming:
    """What the conforming of a table needs besides its blocks."""

    con: duckdb.DuckDBPyConnection
    aliases: dict[str, Any]
    bounds: tuple[float, float, float, float] | None
    loaded_at: Any
    scratch: str


@dataclass
class FedColumn:
    """A fed raw column: by block its text, options and whether it is required."""

    raw: RawColumn
    texts: dict[int, Text] = field(default_factory=dict)
    options: dict[int, dict[str, Any]] = field(default_factory=dict)
    required: set[int] = field(default_factory=set)
    fix: str = ""
    cell_unit: str = ""  # temp table of records whose cell names a unit

    @property
    def value(self) -> str:
        """Stage column with the value where SQL could read it."""
        return quote("v_" + self.raw.name)

    @property
    def rest(self) -> str:
        """Stage column with the text that is left to read."""
        return quote("x_" + self.raw.name)

    @property
    def text(self) -> str:
        """Stage column with the full text, kept for measurements only."""
        return quote("t_" + self.raw.name)

    @property
    def sql_type(self) -> str:
        """Type of the value column."""
        return _SQL_TYPE.get(self.raw.kind, "varchar")

    @property
    def keeps_text(self) -> bool:
        """True where the text itself is a column of the raw table."""
        return self.raw.kind == "measurement"


def column_options(block: Block, raw: RawColumn, aliases: dict[str, Any]) -> dict[str, Any]:
    """Options of ``ehpilot.landing.values`` for a raw column as a block's form and header state them, aliases left
    out."""
    form = block.part.columns.get(raw.name)
    header = block.header(raw.name) or ""
    marks = [*(form.missing_marks if form else ()), *block.reading.missing_marks.get(header, ())]
    given = {"missing_marks": marks, "minimum": raw.minimum, "maximum": raw.maximum, "unit": raw.unit}
    given |= {"unit_in_cell": raw.unit_in_cell, "fraction": raw.meta.get("fraction")}
    if raw.kind == "integer":
        given["maximum"] = min(raw.maximum if raw.maximum is not None else INTEGER_BOUND, INTEGER_BOUND)
        given["minimum"] = max(raw.minimum if raw.minimum is not None else -INTEGER_BOUND, -INTEGER_BOUND)
    if raw.kind in ("date_range_start", "date_range_end"):
        own = block.mapping.cells.get(raw.name)
        given["one_date"] = sum(1 for cells in block.mapping.cells.values() if cells == own) == 1
    if form is not None:
        for name in _FORM_OPTIONS:
            given[name] = getattr(form, name)
    wide = block.part.wide
    if wide is not None and wide.value_to == raw.name:
        given["missing_marks"] = [*marks, *wide.missing_marks]
        given["flag_words"] = wide.value_flag_words
    options = {n: v for n, v in given.items() if v is not None and v is not False and v not in ([], {})}
    _note_unit(options, raw, block.mapping.brackets.get(raw.name), aliases)
    return options


def _note_unit(options: dict[str, Any], raw: RawColumn, bracket: str | None, aliases: dict[str, Any]) -> None:
    """From the unit in the header's bracket to the declared one: a factor, or the unit that does not fit."""
    if raw.kind not in NUMERIC or not raw.unit or not bracket:
        return
    units = aliases.get("unit_aliases", {})
    from_unit, to_unit = (resolve_unit(text, units) for text in (bracket, raw.unit))
    if from_unit is None or to_unit is None or raw.unit_in_cell:
        return
    factor = stated_factor(from_unit, to_unit, aliases.get("unit_conversions", {}))
    if factor is None:
        options["header_unit"] = bracket
    else:
        note_factor(options, factor)


def note_factor(options: dict[str, Any], factor: float) -> None:
    """Let numbers be multiplied by a further factor."""
    if factor != 1.0:
        options["scale"] = options.get("scale", 1.0) * factor
