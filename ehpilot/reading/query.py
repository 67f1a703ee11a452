"""``ehpilot sql``: one read-only query over an edition, or over all editions side by side.

The query sees the public tables as ``schema.table`` and nothing else: no other file of the machine, no network, no
write. With several editions every table has a column ``edition_no`` in front (``published_in_edition_no`` where a
table has an ``edition_no`` of its own meaning). SHOW TABLES lists them with their schema. DuckDB's spatial
functions are there, but for those that read files. Hourly series of an edition are Parquet files a month under
``parquet/<schema>/<table>/`` and are read as one table.

Does not belong here: saved queries, documents.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from ehpilot.errors import UsageError
from ehpilot.manifest import spatial_extension
from ehpilot.reading import edition as reading
from ehpilot.reading.series import rows_of, series_files
from ehpilot.reading.sql_text import literal, name
from ehpilot.reading.trace import plain

FORMATS = ("table", "csv", "json", "parquet")
# Tables whose own edition_no says the edition they stand in: no second number beside it.
OWN_EDITION_NO = ("meta.edition", "meta.run")
_EXPLAIN = re.compile(r"\s*explain\b\s*(analyze\b|\(\s*(analyze|format)\b[^()]*\))?", re.IGNORECASE)


_SHOW_TABLES = re.compile(r"\s*show\s+(all\s+)?tables\s*;?\s*", re.IGNORECASE)
_SPATIAL = re.compile(r"\bst_\w+", re.IGNORECASE)
# duckdb's own answer to SHOW TABLES is of one schema; internal tables of attached files have no business here
_TABLES = """
select table_schema as schema, table_name as "table", count(*) as columns
from information_schema.columns
where table_schema not in ('information_schema', 'pg_catalog', 'main')
    and table_catalog in (current_database(), 'memory')
group by 1, 2 order by 1, 2
"""
SHORT = 40  # characters of a structure in a table on the screen


def query(sql: str, editions: Path | Iterable[Path], all_editions: bool = False) -> pa.Table:
    """Result of one SELECT (or DESCRIBE, SHOW, SUMMARIZE, EXPLAIN) as an Arrow table.

    ``editions`` is one edition folder, or all of them with ``all_editions``. Raises UsageError with DuckDB's words
    for a wrong query, for more than one statement, and for anything that writes or reads outside the edition.
    """
    folders = [editions] if isinstance(editions, str | Path) else list(editions)
    if not folders:
        raise UsageError("no edition yet; run `ehpilot build` first / 尚无版次")
    if not all_editions and len(folders) > 1:
        raise UsageError("several editions need all_editions / 查询多个版次请用 --all-editions")
    connection = reading.private_instance()
    try:
        if _SPATIAL.search(sql):
            connection.execute(f"load {literal(spatial_extension())}")
        _attach(connection, [Path(folder) for folder in folders], all_editions)
        _lock_down(connection, [Path(folder) for folder in folders])
        _refuse_writes(connection, sql)  # after the lock: parsing IMPORT DATABASE opens its files
        return connection.execute(_TABLES if _SHOW_TABLES.fullmatch(sql) else sql).to_arrow_table()
    except duckdb.Error as error:
        raise UsageError(f"sql: {str(error).strip()}") from error
    finally:
        connection.close()


def _refuse_writes(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Raise UsageError for anything but one SELECT, or EXPLAIN of one: EXPLAIN ANALYZE COPY would write its file."""
    kind = _statement_kind(connection, sql)
    head = _EXPLAIN.match(sql)
    if kind == "EXPLAIN" and head:
        kind = _statement_kind(connection, sql[head.end() :])
    if kind != "SELECT":
        raise UsageError(f"sql: read-only, {kind} is refused; an edition is sealed / 只读查询，版次已封存")


def _statement_kind(connection: duckdb.DuckDBPyConnection, sql: str) -> str:
    statements = connection.extract_statements(sql)
    if len(statements) != 1:
        raise UsageError("sql: exactly one statement / 只能有一条语句")
    return str(statements[0].type).rsplit(".", 1)[-1]


def _attach(connection: duckdb.DuckDBPyConnection, folders: list[Path], all_editions: bool) -> None:
    aliases = {}
    for folder in folders:
        alias = f"edition_{folder.resolve().name.strip('.').split('.')[0]}"
        connection.execute(f"attach {literal(reading.marts_file(folder))} as {name(alias)} (read_only)")
        aliases[alias] = folder.resolve()
    series = {alias: series_files(folder) for alias, folder in aliases.items()}
    if not all_editions:
        _add_series(connection, *next(iter(series.items())))
        return
    tables: dict[str, list[str]] = {}
    for alias in aliases:
        for table in reading.table_names(connection, alias):
            tables.setdefault(table, []).append(_selection(connection, alias, table))
        for table, files in series[alias].items():
            edition_no = int(alias.rsplit("_", 1)[1])
            tables.setdefault(table, []).append(f"select {edition_no} as edition_no, * from {rows_of(files)}")
    for table, selections in tables.items():
        _create_view(connection, table, selections)


def _add_series(connection: duckdb.DuckDBPyConnection, alias: str, series: dict[str, list[Path]]) -> None:
    """Make an edition the current database, its series views beside it that are found under the same schemas."""
    for table, files in series.items():
        _create_view(connection, table, [f"select * from {rows_of(files)}"])
    schemas = connection.execute(
        "select database_name, schema_name from duckdb_schemas() where database_name in (?, 'memory') "
        "and list_contains(?, schema_name) order by database_name = 'memory', schema_name",
        [alias, [table.partition(".")[0] for table in series]],
    ).fetchall()
    places = [name(alias, "main"), *(name(*place) for place in schemas)]
    connection.execute(f"set search_path = {literal(','.join(places))}")


def _selection(connection: duckdb.DuckDBPyConnection, alias: str, table: str) -> str:
    relation = name(alias, *table.split(".", 1))
    if table in OWN_EDITION_NO:
        return f"select * from {relation}"
    own = "edition_no" in reading.columns_of(connection, table, alias)
    column = "published_in_edition_no" if own else "edition_no"
    return f"select {int(alias.rsplit('_', 1)[1])} as {column}, * from {relation}"


def _create_view(connection: duckdb.DuckDBPyConnection, table: str, selections: list[str]) -> None:
    schema, _, table_name = table.partition(".")
    connection.execute(f"create schema if not exists memory.{name(schema)}")
    union = " union all by name ".join(selections)
    view = name("memory", schema, table_name)
    try:
        connection.execute(f"create view {view} as {union}")
    except duckdb.Error:
        # A column changed its type between editions: all as text is better than no answer.
        as_text = " union all by name ".join(f"select cast(columns(*) as varchar) from ({item})" for item in selections)
        connection.execute(f"create view {view} as {as_text}")


def _lock_down(connection: duckdb.DuckDBPyConnection, folders: list[Path]) -> None:
    """From here on the connection opens nothing but the series' Parquet files of these editions, and can't be told
    otherwise."""
    files = [path for folder in folders for months in series_files(folder).values() for path in months]
    connection.execute(f"set allowed_paths = [{', '.join(literal(path.resolve()) for path in files)}]")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")


def format_result(table: pa.Table, output: str = "table") -> str | bytes:
    """A result as text (``table``, ``csv``, ``json``) or as the bytes of a Parquet file."""
    if output == "parquet":
        file = io.BytesIO()
        pq.write_table(table, file)
        return file.getvalue()
    rows = [[plain(value) for value in row.values()] for row in _rows(table)]
    if output == "json":
        records = [dict(zip(table.column_names, row, strict=True)) for row in rows]
        return json.dumps([_no_nan(record) for record in records], ensure_ascii=False, default=str) + "\n"
    if output == "csv":
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(table.column_names)
        writer.writerows([["" if v is None else _text(v) for v in row] for row in rows])
        return text.getvalue()
    if output == "table":
        return _text_table(table.column_names, rows)
    raise UsageError(f"unknown format {output}; one of {', '.join(FORMATS)} / 未知格式")


def _rows(table: pa.Table) -> list[dict[str, Any]]:
    """Rows by position, so that two columns of one name both survive."""
    unique = table.rename_columns([f"{number}" for number in range(table.num_columns)])
    return unique.to_pylist()


def _no_nan(value: Any) -> Any:
    """JSON has no NaN or infinity; they become null, as nothing else is true of them there."""
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return None
    if isinstance(value, list):
        return [_no_nan(item) for item in value]
    if isinstance(value, dict):
        return {key: _no_nan(item) for key, item in value.items()}
    return value


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, list | dict) else str(value)


def _short(value: Any) -> str:
    """A value in a table for the eye: structures, such as an ``_origin``, by their number and beginning."""
    items = value if isinstance(value, list) else [value]
    if not any(isinstance(item, dict) for item in items):
        return _text(value)
    text = _text(items[0])
    text = text if len(text) <= SHORT else text[:SHORT] + "…"
    return f"{len(items)} × {text}" if isinstance(value, list) else text


def _text_table(names: list[str], rows: list[list[Any]]) -> str:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*names)
    for row in rows:
        table.add_row(*(Text("" if value is None else _short(value)) for value in row))
    page = io.StringIO()
    console = Console(file=page, width=200, color_system=None)
    console.print(table)
    console.print(f"{len(rows)} 行 / rows")
    return page.getvalue()
