"""The tables of a database as DuckDB's catalogue has them, all in three queries.

For who goes through a whole edition: each such query lists everything of every attached database, so asking a table at
a time costs as many times that. Does not belong here: one table's key or columns (``ehpilot.reading.edition``), rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import duckdb

from ehpilot.reading.edition import database_name


@dataclass(frozen=True)
class ColumnEntry:
    """One column of a table."""

    data_type: str
    is_nullable: bool
    comment: str | None


@dataclass(frozen=True)
class TableEntry:
    """One table: the statement that makes it, its comment, its primary key (empty without one), its columns in
    order."""

    ddl: str
    comment: str | None
    key: list[str] = field(default_factory=list)
    columns: dict[str, ColumnEntry] = field(default_factory=dict)


def catalogue(connection: duckdb.DuckDBPyConnection, database: str | None = None) -> dict[str, TableEntry]:
    """Every table (no view) of a database (default: the current one) by ``schema.table``, sorted."""
    where = f"database_name = {database_name(database)}"
    tables = {
        table: TableEntry(ddl, comment)
        for table, ddl, comment in connection.execute(
            f"select schema_name || '.' || table_name, sql, comment from duckdb_tables() where {where} order by 1"
        ).fetchall()
    }
    for table, *key in connection.execute(
        "select schema_name || '.' || table_name, unnest(constraint_column_names) from duckdb_constraints() "
        f"where constraint_type = 'PRIMARY KEY' and {where}"
    ).fetchall():
        tables[table].key.extend(key)
    for table, column, *facts in connection.execute(
        "select schema_name || '.' || table_name, column_name, data_type, is_nullable, comment from duckdb_columns() "
        f"where {where} order by schema_name, table_name, column_index"
    ).fetchall():
        if table in tables:
            tables[table].columns[column] = ColumnEntry(*facts)
    return tables
