"""The stage: the records of one raw table as a staged table, on their way from blocks to rows.

Belongs here: the stage as a value that every step is handed, and the SQL over it that steps share. Nothing of it
changes: a step that learns more about a column gives back another stage.
Does not belong here: writing the staged table (:mod:`ehpilot.landing.rows.conform`), options with which texts are read
(:mod:`ehpilot.landing.rows.columns`), the steps themselves.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace
from typing import Any

import duckdb

from ehpilot.landing.rows.blocks import Block
from ehpilot.landing.rows.records import Text
from ehpilot.landing.sql import quote
from ehpilot.landing.values.aliases import AliasOptions
from ehpilot.register import RawColumn, RawTable

_SQL_TYPE = {
    "number": "double", "percent": "double", "measurement": "double", "longitude": "double", "latitude": "double",
    "integer": "bigint", "date": "date", "date_range_start": "date", "date_range_end": "date", "timestamp": "timestamp",
    "mark": "boolean",
}  # fmt: skip


@dataclass(frozen=True)
class StageSetting:
    """What staging a table needs besides its blocks. ``aliases``: options of ``values`` that hold for all columns;
    ``bounds``: west, south, east, north of the area in degrees; ``scratch``: prefix of the staged table, '' for temp.
    ``time_zone``: in whose standard time the area's clocks run.
    """

    con: duckdb.DuckDBPyConnection
    aliases: AliasOptions
    bounds: tuple[float, float, float, float] | None
    loaded_at: datetime.datetime
    scratch: str
    time_zone: str = "Asia/Shanghai"


@dataclass(frozen=True)
class StagedColumn:
    """A raw column that some block feeds: by block number its text, its options and whether it is required.

    ``fix``: temp table of the leftover texts once they are read. ``cell_unit``: temp table of records whose cell names
    a unit of its own.
    """

    raw: RawColumn
    texts: dict[int, Text] = field(default_factory=dict)
    options: dict[int, dict[str, Any]] = field(default_factory=dict)
    required: frozenset[int] = frozenset()
    fix: str = ""
    cell_unit: str = ""

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


@dataclass(frozen=True)
class Stage:
    """One raw table staged. ``adopted_units``: SQL of units that cells give to records which have none."""

    setting: StageSetting
    table: RawTable
    blocks: tuple[Block, ...]
    columns: tuple[StagedColumn, ...]
    adopted_units: tuple[str, ...] = ()

    @property
    def con(self) -> duckdb.DuckDBPyConnection:
        """The connection that holds the staged table."""
        return self.setting.con

    @property
    def name(self) -> str:
        """SQL name of the staged table."""
        return f"{self.setting.scratch}{quote('landing_stage_' + self.table.name)}"

    def with_cell_unit(self, column: StagedColumn, name: str) -> Stage:
        """The stage in which the temp table ``name`` holds the units of a column's cells."""
        columns = tuple(replace(other, cell_unit=name) if other is column else other for other in self.columns)
        return replace(self, columns=columns, adopted_units=(*self.adopted_units, f"{name}.unit"))

    def joined(self) -> str:
        """SQL of the staged table ``s`` with the values of the leftovers beside it."""
        joins = [
            f" left join {column.fix} on {column.fix}.b = s._block and {column.fix}.text = s.{column.rest}"
            for column in self.columns
            if column.fix
        ]
        joins += [
            f" left join {column.cell_unit} on {column.cell_unit}.rid = s.rowid"
            for column in self.columns
            if column.cell_unit
        ]
        return f"{self.name} as s{''.join(joins)}"

    def value(self, column: StagedColumn) -> str:
        """SQL of a column's value over :meth:`joined`."""
        if not column.fix:
            return f"s.{column.value}"
        value = f"coalesce(s.{column.value}, {column.fix}.value)"
        return f"{value} * {self.cell_factor(column)}" if column.cell_unit else value

    def cell_factor(self, column: StagedColumn) -> str:
        """SQL of the factor from the unit that the cell names to that of the record."""
        return f"coalesce({column.cell_unit}.factor, 1.0)" if column.cell_unit else "1.0"
