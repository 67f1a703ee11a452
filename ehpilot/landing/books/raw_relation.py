"""What ``raw.<table>`` is in the database: a table; or, of a series with files taken over, a view of two parts.

The view ``raw.<table>`` shows ``raw.<table>__all``: the rows that this build read, ``raw.<table>__own``, and those of
Parquet files that earlier builds have written. So a month that did not change is neither read nor written again.

Belongs here: making, changing and dropping the two. Does not belong here: which files are taken over (``kept``), rows.
"""

from __future__ import annotations

import glob
from collections.abc import Sequence
from pathlib import Path

import duckdb

from ehpilot.landing.sql import literal, quote
from ehpilot.register import RawTable

PROVENANCE = {
    "_record_id": "varchar", "_file_no": "integer", "_sheet": "varchar", "_row": "bigint", "_field": "varchar",
    "_flags": "varchar[]", "_cells": "varchar", "_loaded_at": "timestamp",
}  # fmt: skip


def create_raw_table(con: duckdb.DuckDBPyConnection, table: RawTable) -> None:
    """Make ``raw.<table>`` anew, empty, with the columns of the register and the provenance columns."""
    con.execute("create schema if not exists raw")
    if is_view(con, table.name):
        con.execute(f"drop view {_name(table.name)}")
    # A load that was broken off may have left one of these without the other.
    con.execute(f"drop view if exists {_name(table.name, '__all')}")
    con.execute(f"drop table if exists {_name(table.name, '__own')}")
    provenance = ", ".join(f"{name} {kind}" for name, kind in PROVENANCE.items())
    con.execute(f"create or replace table {_name(table.name)} ({table.columns_sql}, {provenance})")


def is_view(con: duckdb.DuckDBPyConnection, name: str) -> bool:
    """True where ``raw.<name>`` is a view of own rows and kept ones."""
    found = con.execute("select 1 from duckdb_views() where schema_name = 'raw' and view_name = ?", [name]).fetchone()
    return found is not None


def lay_view(con: duckdb.DuckDBPyConnection, name: str, files: Sequence[Path]) -> None:
    """Let ``raw.<name>`` show the rows of Parquet files beside those it has; without files it stays a table."""
    if not files:
        return
    con.execute(f"alter table {_name(name)} rename to {quote(name + '__own')}")
    con.execute(
        f"create view {_name(name, '__all')} as select * from {_name(name, '__own')} "
        f"union all by name select * from {parquet_rows(files)}"
    )
    con.execute(f"create view {_name(name)} as select * from {_name(name, '__all')}")


def add_flag(con: duckdb.DuckDBPyConnection, name: str, flag: str, where: str) -> None:
    """Add a reason code to ``_flags`` of the rows of ``raw.<name>`` that a condition names."""
    flags = f"list_sort(list_append(_flags, {literal(flag)}))"
    if is_view(con, name):
        con.execute(
            f"create or replace view {_name(name)} as select * replace (case when {where} then {flags} else _flags end "
            f"as _flags) from {_name(name, '__all')}"
        )
    else:
        con.execute(f"update {_name(name)} set _flags = {flags} where {where}")


def parquet_rows(files: Sequence[Path]) -> str:
    """SQL of the rows of Parquet files, whatever signs their paths have."""
    paths = ", ".join(literal(glob.escape(str(path))) for path in files)
    return f"read_parquet([{paths}], hive_partitioning = false)"


def _name(table: str, part: str = "") -> str:
    return f"raw.{quote(table + part)}"
