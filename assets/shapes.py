"""Row counts and columns of the working database as Dagster's metadata.

Does not belong here: where columns come from (``assets.dbt``), what the register declares.
"""

from collections.abc import Mapping
from typing import Any

import dagster as dg
import duckdb

from ehpilot.reading.sql_text import name


def exact_count(con: duckdb.DuckDBPyConnection, schema: str, table: str) -> int:
    """Rows of a table from which rows were deleted: DuckDB's own figure still counts those."""
    [(rows,)] = con.execute(f"select count(*) from {name(schema, table)}").fetchall()
    return int(rows)


def table_shape(columns: list[tuple[str, str]], rows: int | None, node: Mapping[str, Any]) -> dict[str, Any]:
    """Columns (name, type) with what the dbt node says of them, and the row count where there is one."""
    declared = {column: facts.get("description") or None for column, facts in node["columns"].items()}
    shape = [dg.TableColumn(column, kind.lower(), description=declared.get(column)) for column, kind in columns]
    return {
        **({"dagster/row_count": dg.MetadataValue.int(rows)} if rows is not None else {}),
        "dagster/column_schema": dg.TableSchema(columns=shape),
    }
