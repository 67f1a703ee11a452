"""Tables of the previous edition that models compare with, copied into ``intake.previous_*``.

Which tables and columns stands in dbt's sources (``config.meta.previous``: the public table); before the first edition,
and where an older edition lacks a table or column, they are empty or null. ``file_no`` is the file of a row,
``<column>_file_no`` that of one of its columns. Does not belong here: the comparison (dbt
models).
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from ehpilot.reading import edition as reading
from ehpilot.reading.sql_text import literal, name
from ehpilot.register import Register

PREVIOUS = "previous_edition"
# the file that a row, or one column of it, is from: that of its first origin which is a file
FILE_OF_ROW = "list_filter(_origin, item -> item.file_no is not null)[1].file_no"
FILE_OF_COLUMN = "list_filter(_origin, item -> item.file_no is not null and item.column_name = {})[1].file_no"
FILE_SUFFIX = "_file_no"


def write_previous(con: duckdb.DuckDBPyConnection, register: Register, previous: Path | None) -> dict[str, int]:
    """(Re)make the tables in the open warehouse; returns their rows. ``previous`` None = there is no edition yet."""
    if previous is not None:
        con.execute(f"attach {literal(reading.marts_file(previous))} as {PREVIOUS} (read_only)")
    try:
        return {
            node["identifier"]: _copy(con, node, previous is not None)
            for node in register.manifest["sources"].values()
            if node["config"]["meta"].get("previous")
        }
    finally:
        if previous is not None:
            con.execute(f"detach {PREVIOUS}")


def _copy(con: duckdb.DuckDBPyConnection, node: dict, has_edition: bool) -> int:
    target = name(node["schema"], node["identifier"])
    columns = {column["name"]: column["data_type"] for column in node["columns"].values()}
    con.execute(
        f"create or replace table {target} ({', '.join(f'{name(column)} {kind}' for column, kind in columns.items())})"
    )
    table = node["config"]["meta"]["previous"]
    known = reading.columns_of(con, table, PREVIOUS) if has_edition else {}
    if not known:
        return 0
    values = ", ".join(_value(column, known) for column in columns)
    con.execute(f"insert into {target} select {values} from {name(PREVIOUS, *table.split('.', 1))}")
    [(rows,)] = con.execute(f"select count(*) from {target}").fetchall()
    return int(rows)


def _value(column: str, known: dict[str, str]) -> str:
    if column in known:
        return name(column)
    if "_origin" not in known or not column.endswith("file_no"):
        return "null"
    return FILE_OF_ROW if column == "file_no" else FILE_OF_COLUMN.format(literal(column.removesuffix(FILE_SUFFIX)))
