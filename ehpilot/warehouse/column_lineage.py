"""Which columns of which tables a column of a model was computed from, read out of its compiled SQL.

Values only: a column that merely joins, filters or orders rows is no source of another. All columns of a model are
resolved in one pass over one parsed query (about 5 ms a model), so no result is kept between builds.

Does not belong here: the origin of single cells (``ehpilot.reading.trace``), how lineage is shown (``assets.dbt``).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlglot import exp
from sqlglot.lineage import Node, lineage
from sqlglot.schema import MappingSchema

DIALECT = "duckdb"


class SourceColumn(NamedTuple):
    """A column of a table of the warehouse."""

    schema: str
    table: str
    column: str


def warehouse_columns(columns: Iterable[tuple[str, str, str, str, str]]) -> MappingSchema:
    """Tables and views as ``select *`` and bare column names are resolved by them, from (database, schema, table,
    column, type)."""
    tables: dict[str, Any] = {}  # database → schema → table → column → type
    for database, schema, table, column, data_type in columns:
        tables.setdefault(database, {}).setdefault(schema, {}).setdefault(table, {})[column] = data_type
    return MappingSchema(tables, dialect=DIALECT, normalize=False)


def add_table(known: MappingSchema, place: tuple[str, str, str], columns: Iterable[tuple[str, str]]) -> None:
    """Let ``known`` hold the table at ``place`` (database, schema, name) as it is now, by (column, type)."""
    database, schema, name = place
    known.add_table(exp.table_(name, db=schema, catalog=database, quoted=True), dict(columns))


def column_lineage(sql: str, columns: MappingSchema) -> dict[str, list[SourceColumn]]:
    """Source columns of every column of a query, sorted; an empty list where it is made of constants or counts.

    Raises ``sqlglot.errors.SqlglotError`` for SQL that it can't read.
    """
    found = lineage(None, sql, columns, dialect=DIALECT, trim_selects=False)
    return {column: _sources(node) for column, node in found.items()}


def _sources(node: Node) -> list[SourceColumn]:
    leaves = ((leaf.expression, leaf.name.rpartition(".")[2]) for leaf in node.walk())
    return sorted({SourceColumn(table.db, table.name, name) for table, name in leaves if isinstance(table, exp.Table)})
