"""Values below their own detection limit: loaded, flagged LOD-ABOVE-VALUE.

Belongs here: the comparison of a measured value with the limit that the same record states (in its own unit, if its
cell names one), or that the 检出限 row of the same sheet states for the same column, whose unit is the value's.
Does not belong here: what a non-detect is worth (kernels).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import duckdb
import pyarrow as pa

from ehpilot.landing.sql import quote
from ehpilot.register import RawTable

VALUE, LIMIT, LIMIT_UNIT = "value", "detection_limit", "detection_limit_unit"
LIMIT_TEXT, QUALIFIER = "value_limit", "value_qualifier"  # companions of the value
FLAG = "LOD-ABOVE-VALUE"


def flag_below_limit(
    con: duckdb.DuckDBPyConnection, tables: Iterable[RawTable], conversions: Mapping[str, tuple[str, str, float]]
) -> None:
    """Add the flag to records of ``raw`` tables of one source; needs them loaded.

    ``conversions``: unit → (quantity, canonical unit, factor to it); limits in a unit that they do not bring to the
    value's are not compared.
    """
    everything = list(tables)
    measured = [t for t in everything if VALUE in t.column and t.column[VALUE].kind == "measurement" and t.keeps_cells]
    limits = [t for t in everything if LIMIT in t.column and t.column[LIMIT].kind == "measurement"]
    for table in measured:
        name = f"raw.{quote(table.name)}"
        if LIMIT_UNIT in table.column:
            _flag(con, name, _below_own_limit(con, name, conversions))
        elif LIMIT in table.column:
            _flag(con, name, f"select rowid from {name} where {VALUE} < {LIMIT}")
        if LIMIT in table.column and LIMIT_TEXT in table.column:
            _complete_limits(con, table, name, conversions)
        for other in limits:
            place = " and ".join(f"t.{column} = l.{column}" for column in ("_file_no", "_sheet", "_field"))
            found = (
                f"select t.rowid from {name} as t join raw.{quote(other.name)} as l on {place} where t.{VALUE} "
                f"< l.{LIMIT}"
            )
            _flag(con, name, f"{found} and t._field <> ''")


def _complete_limits(
    con: duckdb.DuckDBPyConnection,
    table: RawTable,
    name: str,
    conversions: Mapping[str, tuple[str, str, float]],
) -> None:
    """Non-detects without a number, or with less than the detection limit beside them (half of it stands in for a
    result in many reports), are below that limit."""
    unit = LIMIT_UNIT if LIMIT_UNIT in table.column else "null"
    pairs = con.execute(
        f"select distinct unit, {unit} from {name} where {QUALIFIER} = 'ND' and {LIMIT} is not null"
    ).fetchall()
    for value_unit, limit_unit in pairs:
        own, other = conversions.get(value_unit), conversions.get(limit_unit or value_unit)
        same = limit_unit is None or limit_unit == value_unit
        if not same and (own is None or other is None or own[:2] != other[:2]):
            continue
        factor = 1.0 if same or own is None or other is None else other[2] / own[2]
        con.execute(
            f"update {name} set {LIMIT_TEXT} = {LIMIT} * {factor!r} where {QUALIFIER} = 'ND' and {LIMIT} is not null "
            f"and unit is not distinct from ? and {unit} is not distinct from ? "
            f"and coalesce({LIMIT_TEXT} < {LIMIT} * {factor!r}, true)",
            [value_unit, limit_unit],
        )


def _below_own_limit(
    con: duckdb.DuckDBPyConnection, name: str, conversions: Mapping[str, tuple[str, str, float]]
) -> str:
    """SQL of the records whose value is below the limit beside it, both brought to one unit."""
    con.register("landing_unit_rows", pa.table({
        "unit": pa.array(list(conversions), pa.string()),
        "canonical": pa.array([target for _, target, _ in conversions.values()], pa.string()),
        "factor": pa.array([factor for _, _, factor in conversions.values()], pa.float64()),
    }))  # fmt: skip
    con.execute("create or replace temp table landing_units as select * from landing_unit_rows")
    con.unregister("landing_unit_rows")
    return (
        f"select t.rowid from {name} as t left join landing_units as v on v.unit = t.unit "
        f"left join landing_units as l on l.unit = t.{LIMIT_UNIT} where case "
        f"when t.{LIMIT_UNIT} is null or t.{LIMIT_UNIT} = t.unit then t.{VALUE} < t.{LIMIT} "
        f"when v.canonical = l.canonical then t.{VALUE} * v.factor < t.{LIMIT} * l.factor else false end"
    )


def _flag(con: duckdb.DuckDBPyConnection, name: str, rows: str) -> None:
    condition = f"rowid in ({rows}) and not list_contains(_flags, '{FLAG}')"
    if con.execute(f"select count(*) from {name} where {condition}").fetchone()[0]:  # type: ignore[index]
        con.execute(f"update {name} set _flags = list_sort(list_append(_flags, '{FLAG}')) where {condition}")
