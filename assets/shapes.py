"""Row counts and columns of the working database as Dagster's metadata.

Does not belong here: where columns come from (``assets.dbt``), what the register declares.
"""

from typing import Any

import dagster as dg
import duckdb

from ehpilot.reading.sql_text import name


def exact_count(con: duckdb.DuckDBPyConnection, schema: str, table: str) -> int:
    """Rows of a table from which rows were deleted: DuckDB's own figure still counts those."""
    return con.execute(f"select count(*) from {name(schema, table)}").fetchone()[0]


def table_shapes(con: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], dict[str, Any]]:
    """Row count (of tables) and columns of each relation as it stands in the warehouse, by schema and name."""
    rows = dict(con.execute("select (schema_name, table_name), estimated_size from duckdb_tables()").fetchall())
    columns: dict[tuple[str, str], list[dg.TableColumn]] = {}
    for relation, column, kind, note in con.execute(
        "select (schema_name, table_name), column_name, data_type, comment from duckdb_columns() "
        "order by schema_name, table_name, column_index"
    ).fetchall():
        columns.setdefault(relation, []).append(dg.TableColumn(column, kind.lower(), description=note))
    return {
        relation: {
            **({"dagster/row_count": dg.MetadataValue.int(rows[relation])} if relation in rows else {}),
            "dagster/column_schema": dg.TableSchema(columns=shape),
        }
        for relation, shape in columns.items()
    }
