"""marts.duckdb: the public tables of the warehouse, copied with their keys and comments into a file of their own.

Only tables that the register declares and that stand in a public schema are copied, so neither raw records nor
leftovers of a renamed model can leak. Rows are inserted in the order of the full key, on one thread, so that the same
rows make the same file order whatever order the build wrote them in.

Does not belong here: Parquet files (``parquet``), the tables that describe the edition itself (``description``),
sealing.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ehpilot.errors import BuildError
from ehpilot.reading.catalogue import TableEntry, catalogue
from ehpilot.reading.edition import MARTS_FILE, private_instance
from ehpilot.reading.rows import only_row
from ehpilot.reading.sql_text import literal, name
from ehpilot.register import Table

WAREHOUSE = "warehouse"  # what DuckDB calls the working database, by its file name
MARTS = "marts"
LARGE_ROWS = 1_000_000
QUIET = "set enable_progress_bar = false"  # DuckDB's own bar would stand between the lines of a build


@dataclass(frozen=True)
class PublishedMonth:
    """One month (``YYYY-MM``) of a series: its rows, and whether its file is the previous edition's."""

    month: str
    rows: int
    is_unchanged: bool


@dataclass(frozen=True)
class PublishedTable:
    """One table of an edition: ``schema.table``, its key in order, its columns with DuckDB types, its number of
    rows, and of a series its months."""

    name: str
    key: tuple[str, ...]
    columns: dict[str, str]
    rows: int
    months: tuple[PublishedMonth, ...] = ()


@contextmanager
def open_for_writing(building: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A single-threaded connection whose current database is the building edition's marts; checkpointed at the end."""
    connection = private_instance(threads=1)
    try:
        connection.execute(f"attach {literal(Path(building) / MARTS_FILE)} as {MARTS}")
        connection.execute(f"use {MARTS}")
        yield connection
        connection.execute(f"checkpoint {MARTS}")
    finally:
        connection.close()


@contextmanager
def attached_marts(
    warehouse: duckdb.DuckDBPyConnection, building: Path, threads: int = 1
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection beside that to the warehouse (whose catalog is ``warehouse``), with the building edition's marts
    as its current database; checkpointed and detached at the end. Meanwhile each query runs on one thread."""
    before = only_row(warehouse, "select current_setting('threads')")[0]
    connection = warehouse.cursor()
    try:
        connection.execute(f"set threads = {threads}")
        connection.execute(QUIET)
        connection.execute(f"attach {literal(Path(building) / MARTS_FILE)} as {MARTS}")
        connection.execute(f"use {MARTS}")
        try:
            yield connection
            connection.execute(f"checkpoint {MARTS}")
        finally:
            connection.execute(f"use {WAREHOUSE}")
            connection.execute(f"detach {MARTS}")
    finally:
        connection.execute(f"set threads = {before}")
        connection.close()


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """The statements of the block in one transaction: hundreds of small steps would each wait for the disk."""
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def beside(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """A second connection of the same instance and current database, for another thread: each query still runs on
    one thread, so that bytes do not depend on how many there are."""
    second = connection.cursor()
    second.execute(QUIET)
    second.execute(f"use {MARTS}")
    return second


def copy_marts(connection: duckdb.DuckDBPyConnection, register_tables: Iterable[Table]) -> list[PublishedTable]:
    """Copy every public table of the register (but series) from the warehouse into the current database: most in one
    transaction, for hundreds of small steps would each wait for the disk; a large one by itself, for its index stays in
    memory until the end of its transaction.

    Raises BuildError when a declared table was not built, is a view, or can't be read.
    """
    declared = {table.full_name: table for table in register_tables if table.is_public and not table.is_series}
    built = catalogue(connection, WAREHOUSE)
    _refuse_missing(built, declared)
    large = _large_tables(connection) & set(declared)
    with transaction(connection):
        for schema in sorted({table.schema for table in declared.values()}):
            connection.execute(f"create schema if not exists {name(schema)}")
        copied = [_copy_table(connection, declared[table], built) for table in sorted(set(declared) - large)]
    copied += [_copy_table(connection, declared[table], built) for table in sorted(large)]
    return sorted(copied, key=lambda table: table.name)


def _large_tables(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Tables of the warehouse (``schema.table``) of at least so many rows, by DuckDB's estimate."""
    query = (
        "select schema_name || '.' || table_name from duckdb_tables() where database_name = ? and estimated_size >= ?"
    )
    return {table for (table,) in connection.execute(query, [WAREHOUSE, LARGE_ROWS]).fetchall()}


def _refuse_missing(built: Mapping[str, TableEntry], declared: Mapping[str, Table]) -> None:
    missing = sorted(set(declared) - set(built))
    if missing:
        raise BuildError(
            f"public tables not built as tables: {', '.join(missing)}; an edition holds every table of the register, "
            "and no views / 应公开的表未生成"
        )


def _copy_table(connection: duckdb.DuckDBPyConnection, table: Table, built: Mapping[str, TableEntry]) -> PublishedTable:
    entry = built[table.full_name]
    target = name(table.schema, table.name)
    connection.execute(entry.ddl)
    key = entry.key or list(table.key)
    source = _source(table, built)
    order = order_by(key, entry.columns)
    connection.execute(f"insert into {target} select * from ({source}) order by {order}")
    _comment(connection, table, entry)
    # A table that can't be read back is worse than no edition.
    connection.execute(f"select * from {target} limit 0")
    rows = only_row(connection, f"select count(*) from {target}")[0]
    columns = {column: facts.data_type for column, facts in entry.columns.items()}
    return PublishedTable(table.full_name, tuple(key), columns, rows)


def order_by(key: Iterable[str], columns: Iterable[str]) -> str:
    """ORDER BY list: the key, and every other column where there is no key that would fix the order."""
    return ", ".join(f"{name(column)} asc nulls last" for column in (list(key) or list(columns)))


def _comment(connection: duckdb.DuckDBPyConnection, table: Table, entry: TableEntry) -> None:
    target = name(table.schema, table.name)
    if entry.comment or table.description:
        connection.execute(f"comment on table {target} is {literal(entry.comment or table.description)}")
    declared = {column.name: column.description for column in table.columns}
    for column, facts in entry.columns.items():
        text = facts.comment or declared.get(column)
        if text:
            connection.execute(f"comment on column {target}.{name(column)} is {literal(text)}")


def _source(table: Table, built: Mapping[str, TableEntry]) -> str:
    """The rows of a table. Gate results come as they stand now: later gates ran after the model meta.check_result."""
    if table.full_name != "meta.check_result" or "intake.check_result" not in built:
        return f"select * from {name(WAREHOUSE, table.schema, table.name)}"
    known = built["intake.check_result"].columns
    columns = built[table.full_name].columns
    values = ", ".join(name(column) if column in known else f"null as {name(column)}" for column in columns)
    query = f"select {values} from {name(WAREHOUSE, 'intake', 'check_result')}"
    if "intake.build" in built:
        query += f" where run_id in (select run_id from {name(WAREHOUSE, 'intake', 'build')})"
    return query


def refuse_leftovers(building: Path) -> None:
    """Raise BuildError when a write-ahead log or temporary folder of DuckDB is left beside the marts."""
    for leftover in (Path(building) / f"{MARTS_FILE}.wal", Path(building) / ".tmp"):
        if leftover.is_dir() and not any(leftover.iterdir()):
            leftover.rmdir()
        if leftover.exists():
            raise BuildError(f"{os.fspath(leftover)}: left by DuckDB, the marts are not complete")
