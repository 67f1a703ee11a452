"""parquet/<schema>/<table>.parquet: every published table as one file, the same bytes for the same rows.

Bytes depend on the rows only: one thread, rows in key order, fixed row group size, fixed compression. They do depend
on the DuckDB version, which Parquet writes into its footer; the lock file pins it.

Does not belong here: what is published (``marts``), sums (``ehpilot.reading.sums``).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from ehpilot.publish.marts import order_by
from ehpilot.reading.catalogue import TableEntry
from ehpilot.reading.sql_text import literal, name

ROW_GROUP_SIZE = 122_880  # rows; DuckDB's own default, written out so that a new default can't change our bytes
FOLDER = "parquet"


def parquet_path(building: Path, table: str) -> Path:
    """Path of a table's file: ``meta.gap`` → ``<building>/parquet/meta/gap.parquet``."""
    schema, _, table_name = table.partition(".")
    return Path(building) / FOLDER / schema / f"{table_name}.parquet"


def write_parquet(connection: duckdb.DuckDBPyConnection, building: Path, tables: Mapping[str, TableEntry]) -> None:
    """Write these tables of the connection's current database, each query on one thread; replaces a file that is
    there."""
    for table, entry in tables.items():
        path = parquet_path(building, table)
        path.parent.mkdir(parents=True, exist_ok=True)
        order = order_by(entry.key, entry.columns)
        write_rows(connection, f"select * from {name(*table.split('.', 1))} order by {order}", path)


def write_rows(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    """Write the rows of an ordered query to a file; the connection runs on one thread."""
    connection.execute(
        f"copy ({query}) to {literal(path)} (format parquet, compression zstd, row_group_size {ROW_GROUP_SIZE})"
    )
