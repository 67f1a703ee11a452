"""Values below their own detection limit: loaded, flagged LOD-ABOVE-VALUE.

Belongs here: the comparison of a measured value with the limit that the same record states, or that the 检出限 row of
the same
sheet states for the same column. Does not belong here: what a non-detect is worth (kernels), units (the two stand in
one cell column or row, so they share a unit).
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from ehpilot.landing.sql import quote
from ehpilot.register import RawTable

VALUE, LIMIT = "value", "detection_limit"
FLAG = "LOD-ABOVE-VALUE"


def flag_below_limit(con: duckdb.DuckDBPyConnection, tables: Iterable[RawTable]) -> None:
    """Add the flag to records of ``raw`` tables of one source; needs them loaded."""
    everything = list(tables)
    measured = [t for t in everything if VALUE in t.column and t.column[VALUE].kind == "measurement" and t.keeps_cells]
    limits = [t for t in everything if LIMIT in t.column and t.column[LIMIT].kind == "measurement"]
    for table in measured:
        name = f"raw.{quote(table.name)}"
        if LIMIT in table.column:
            _flag(con, name, f"select rowid from {name} where {VALUE} < {LIMIT}")
        for other in limits:
            place = " and ".join(f"t.{column} = l.{column}" for column in ("_file_no", "_sheet", "_field"))
            found = (
                f"select t.rowid from {name} as t join raw.{quote(other.name)} as l on {place} where t.{VALUE} "
                f"< l.{LIMIT}"
            )
            _flag(con, name, f"{found} and t._field <> ''")


def _flag(con: duckdb.DuckDBPyConnection, name: str, rows: str) -> None:
    condition = f"rowid in ({rows}) and not list_contains(_flags, '{FLAG}')"
    if con.execute(f"select count(*) from {name} where {condition}").fetchone()[0]:  # type: ignore[index]
        con.execute(f"update {name} set _flags = list_sort(list_append(_flags, '{FLAG}')) where {condition}")
