"""Units of numbers whose unit stands in a column beside them: what a header's bracket or the cell itself says.

Belongs here: the unit that a header's bracket gives to such a column, and the conversion of a number whose own cell
names another unit (``500kg`` beside 吨). Does not belong here: numbers with a declared unit (``values``), columns with
a companion of their own (``unit_in_cell``), the unit tables (seeds).

The record's unit is that of its unit column; where the form gives a constant, the header's bracket is brought to it or,
where it measures something else (ppm for mg/m3), takes its place; where nothing gives one, that of the first cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from ehpilot.landing.rows.blocks import Block
from ehpilot.landing.rows.records import Text
from ehpilot.landing.rows.stage import Stage, StagedColumn
from ehpilot.landing.sql import literal, quote
from ehpilot.landing.values.aliases import AliasOptions
from ehpilot.landing.values.units import resolve_unit, stated_factor
from ehpilot.register import RawColumn, RawTable


@dataclass(frozen=True)
class HeaderUnit:
    """The unit of a block's records where no cell gives it, and the factors that bring its columns to it."""

    unit: str | None
    factors: dict[str, float]


def unit_column(table: RawTable) -> RawColumn | None:
    """The column that holds the unit of the table's numbers: the one of kind unit, else a text called ``unit``."""
    return next((c for c in table.columns if c.kind == "unit"), table.column.get("unit"))


def stands_beside_unit(table: RawTable, raw: RawColumn) -> bool:
    """True for a number whose unit is the table's unit column."""
    is_open = raw.kind in ("number", "measurement") and not raw.unit and not raw.unit_in_cell
    return is_open and unit_column(table) is not None


def header_unit(block: Block, table: RawTable, aliases: AliasOptions) -> HeaderUnit:
    """Unit and factors from the brackets of a block's headers; nothing where a cell of each row gives the unit."""
    beside = unit_column(table)
    if beside is None or beside.name in block.mapping.cells or _is_wide_unit(block, beside.name):
        return HeaderUnit(None, {})
    form = block.part.columns.get(beside.name)
    units, conversions = aliases["unit_aliases"], aliases["unit_conversions"]
    unit = resolve_unit(str(form.const), units) if form is not None and form.const is not None else None
    is_constant = unit is not None
    factors: dict[str, float] = {}
    value_to = block.part.wide.value_to if block.part.wide is not None else ""  # its header's unit: ``unit_to`` or none
    for raw in table.columns:
        is_open = stands_beside_unit(table, raw) and raw.name != value_to
        bracket = block.mapping.brackets.get(raw.name) if is_open else None
        stated = resolve_unit(bracket, units) if bracket else None
        if stated is None:
            continue
        factor = stated_factor(stated, unit, conversions) if unit else None
        if factor is not None:
            factors[raw.name] = factor
        elif unit is None or (is_constant and not factors):
            unit, is_constant = stated, False
    return HeaderUnit(unit, factors)


def _is_wide_unit(block: Block, name: str) -> bool:
    return block.part.wide is not None and block.part.wide.unit_to == name


def header_unit_text(table: RawTable, found: HeaderUnit) -> dict[str, Text]:
    """What the header's unit feeds: the unit column of a block whose rows name none."""
    beside = unit_column(table)
    return {} if beside is None or found.unit is None else {beside.name: Text(literal(found.unit), None)}


def settle_cell_units(stage: Stage) -> Stage:
    """Bring numbers whose own cell names a unit to the unit of their record; where they do not fit, a fault.

    Returns:
        The stage with the temp tables of those units.
    """
    beside = unit_column(stage.table)
    columns = [column for column in stage.columns if column.fix and stands_beside_unit(stage.table, column.raw)]
    if beside is None or not columns:
        return stage
    own = next((stage.value(column) for column in stage.columns if column.raw.name == beside.name), "null")
    for number, column in enumerate(columns):
        record_unit = f"coalesce({', '.join([own, *stage.adopted_units, 'null'])})"
        named = f"nullif({column.fix}.unit, '')"
        pairs = stage.con.execute(
            f"select distinct {named}, {record_unit} from {stage.joined()} "
            f"where s._class is null and {named} is not null order by all"
        ).fetchall()
        if pairs:
            name = f"landing_cell_unit_{number}"
            _write_factors(stage, column, name, pairs, record_unit)
            stage = stage.with_cell_unit(column, name)
    return stage


def _write_factors(
    stage: Stage, column: StagedColumn, name: str, pairs: Sequence[tuple[str, str | None]], record_unit: str
) -> None:
    """Temp table ``name``: record, its cell's unit, and the factor (null: they do not fit)."""
    units = stage.setting.aliases["unit_aliases"]
    conversions = stage.setting.aliases["unit_conversions"]
    factors = [
        1.0 if wanted is None else stated_factor(unit, resolve_unit(wanted, units) or wanted, conversions)
        for unit, wanted in pairs
    ]
    stage.con.register("landing_unit_factors", pa.table({
        "unit": pa.array([pair[0] for pair in pairs], pa.string()),
        "wanted": pa.array([pair[1] for pair in pairs], pa.string()),
        "factor": pa.array(factors, pa.float64()),
    }))  # fmt: skip
    stage.con.execute(
        f"create or replace temp table {name} as select r.rid, r.unit, f.factor "
        f"from (select s.rowid as rid, {column.fix}.unit as unit, {record_unit} as wanted from {stage.joined()} "
        f"where s._class is null and nullif({column.fix}.unit, '') is not null) as r "
        f"join landing_unit_factors as f on f.unit = r.unit and f.wanted is not distinct from r.wanted"
    )
    stage.con.unregister("landing_unit_factors")


def misfit_select(stage: Stage, column: StagedColumn) -> str:
    """Faults of numbers whose cell names a unit that does not fit that of their record."""
    message = literal("单元格中的单位不能换算为本行的计量单位 / the unit in the cell does not fit the unit beside it")
    return (
        f"select s.rowid, {literal(column.raw.name)}, f.printed, 'UNIT-UNKNOWN', {message} "
        f"from {stage.name} as s join {column.cell_unit} as u on u.rid = s.rowid and u.factor is null "
        f"join {column.fix} as f on f.b = s._block and f.text = s.{column.rest}"
    )


def unit_output(stage: Stage) -> tuple[str, str] | None:
    """Unit column and its SQL where cells give a unit that the record has not."""
    beside = unit_column(stage.table)
    if beside is None or not stage.adopted_units:
        return None
    own = [stage.value(column) for column in stage.columns if column.raw.name == beside.name]
    return quote(beside.name), f"coalesce({', '.join([*own, *stage.adopted_units])})"
