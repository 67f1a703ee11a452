"""Series of an edition: public tables that are kept as one Parquet file a month and not in marts.duckdb.

Files stand in ``parquet/<schema>/<table>/<YYYY-MM>.parquet``; a series without any hour is one empty file, so that its
columns are known. Each row names its own record (``file_no``, ``sheet``, ``row_number``, ``field``), because millions
of rows have no place in meta.origin.

Does not belong here: writing them (``ehpilot.publish.series``), queries (``query``).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from ehpilot.errors import UsageError
from ehpilot.reading.sql_text import literal, name, row_key

EMPTY = "empty"  # stem of the file of a series without rows
VALUE_COLUMNS = (None, "value", "value_text")


def series_files(edition: Path) -> dict[str, list[Path]]:
    """Files of each series of an edition by ``schema.table``, oldest month first."""
    found: dict[str, list[Path]] = {}
    for path in sorted(Path(edition).glob("parquet/*/*/*.parquet")):
        found.setdefault(f"{path.parent.parent.name}.{path.parent.name}", []).append(path)
    return found


def rows_of(files: list[Path]) -> str:
    """SQL of the rows of these files as one table."""
    return f"read_parquet([{', '.join(literal(path.resolve()) for path in files)}])"


def rows_by_month(edition: Path, table: str) -> dict[str, int]:
    """Rows of each month (``YYYY-MM``) of a series of an edition, as its Parquet files tell them."""
    files = series_files(edition).get(table, [])
    if not files:
        return {}
    listed = ", ".join(literal(path.resolve()) for path in files)
    with duckdb.connect() as connection:
        counts = connection.execute(f"select file_name, num_rows from parquet_file_metadata([{listed}])").fetchall()
    return {Path(path).stem: count for path, count in counts if count}


def trace_series(
    connection: duckdb.DuckDBPyConnection,
    edition: Path,
    table: str,
    key: Mapping[str, Any],
    column: str | None,
    top: int,
) -> list[dict[str, Any]]:
    """Entries of ``trace`` for rows of a series: each is a record of a landing file itself.

    Raises UsageError for an unknown column or when no row has this key.
    """
    rows = rows_of(series_files(edition)[table])
    columns = {item[0]: item[1] for item in connection.execute(f"describe select * from {rows}").fetchall()}
    unknown = [item for item in [*key, *([column] if column else [])] if item not in columns]
    if unknown:
        raise UsageError(f"{table} has no column {', '.join(unknown)} / 表 {table} 没有此列")
    where = " and ".join(f"{name(item)} = try_cast(? as {columns[item]})" for item in key) or "true"
    keys = _key_columns(connection, table)
    cursor = connection.execute(
        f"select *, {row_key(keys)} as {name('row key')} from {rows} where {where} "
        f"order by {', '.join(name(item) for item in keys)} limit {int(top) + 1}",
        [None if value is None else str(value) for value in key.values()],
    )
    names = [item[0] for item in cursor.description]
    found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    if not found:
        asked = ", ".join(f"{item}={value}" for item, value in key.items())
        raise UsageError(f"{table} has no row with {asked} / 表 {table} 没有这一行")
    paths = dict(connection.execute("select file_no, path from meta.source_file").fetchall())
    share = 1.0 if len(found) == 1 else None
    return [_entry(table, row, column, paths, share) for row in found[:top]] + _rest(table, len(found) > top)


def _key_columns(connection: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    row = connection.execute("select key_columns from meta.table_trace where table_name = ?", [table]).fetchone()
    return list(row[0]) if row else []


def _entry(
    table: str, row: dict[str, Any], column: str | None, paths: dict[int, str], share: float | None
) -> dict[str, Any]:
    return {
        "level": 0, "table": table, "key": row["row key"], "column": column,
        "value": row[column] if column else None, "kind": "file", "path": paths.get(row["file_no"]),
        "sheet": row["sheet"], "row": row["row_number"], "field": row["field"],
        # The file keeps no other cell's text with the row; what stands in row and sheet the reader sees there.
        "text": row["value_text"] if column in VALUE_COLUMNS else None, "share": share,
    }  # fmt: skip


def _rest(table: str, more: bool) -> list[dict[str, Any]]:
    if not more:
        return []
    text = "另有未列出的行（--top）/ more not listed, see --top"
    empty = dict.fromkeys(("key", "column", "value", "kind", "path", "sheet", "row", "field", "text", "share"))
    return [{**empty, "level": 0, "table": table, "text": text}]
