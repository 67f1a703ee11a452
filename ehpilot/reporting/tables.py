"""Tables of a document as the edition holds them: ``report.dNN_*`` with Chinese headers, units and printed cells.

Headers come from the register's labels and units (``meta.table_column``), else from the Chinese half of a column
comment. An empty table is a marked gap “本期无数据：…”, never an empty or invented table.

Does not belong here: choosing or computing figures (dbt models of ``report/``), layout (``html``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import duckdb

from ehpilot.reading import edition as reading
from ehpilot.reading.sql_text import name
from ehpilot.reporting.numbers import cell_text

_GRAIN = re.compile(r"^一行\s*=\s*(一个|一条|一种|一份|一项|一张|一)?")


@dataclass(frozen=True)
class Cell:
    """A printed cell; ``value`` is the exact text of the table's cell where the print is rounded."""

    text: str
    value: str
    is_number: bool


@dataclass(frozen=True)
class ReportTable:
    """A table ready to print. ``gap`` says why there are no rows; empty when there are."""

    table: str
    title: str
    headers: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[Cell, ...], ...]
    gap: str


def report_tables(
    connection: duckdb.DuckDBPyConnection, document_id: str, in_order: tuple[str, ...] = ()
) -> list[ReportTable]:
    """Tables ``report.<document id>_*`` of the current database: first those named in ``in_order``, then the others."""
    prefix = f"report.{document_id.lower()}_"
    found = [table for table in reading.table_names(connection) if table.startswith(prefix)]
    ordered = [table for table in in_order if table in found]
    return [report_table(connection, table) for table in ordered + [item for item in found if item not in ordered]]


def report_table(connection: duckdb.DuckDBPyConnection, table: str) -> ReportTable:
    """One table in print order (``row_no``, else its key), without technical columns (those that begin with ``_``)."""
    columns = {c: t for c, t in reading.columns_of(connection, table).items() if not c.startswith("_")}
    described = _described(connection, table)
    headers = [described.get(column, (column, "", None))[:2] for column in columns]
    decimals = [described.get(column, ("", "", None))[2] for column in columns]
    key = ("row_no",) if "row_no" in columns else reading.key_of(connection, table)
    order = f" order by {', '.join(f'{name(column)} nulls last' for column in key)}" if key else ""
    selected = ", ".join(name(column) for column in columns)
    rows = connection.execute(f"select {selected} from {name(*table.split('.', 1))}{order}").fetchall()
    return ReportTable(
        table=table,
        title=_title(connection, table),
        headers=tuple(f"{label}（{unit}）" if unit else label for label, unit in headers),
        numeric=tuple(_is_numeric(data_type) for data_type in columns.values()),
        rows=tuple(tuple(_cell(v, d) for v, d in zip(row, decimals, strict=True)) for row in rows),
        gap="" if rows else _gap(connection, table),
    )


def _described(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, tuple[str, str, int | None]]:
    """Label, unit and decimals by column."""
    schema, _, table_name = table.partition(".")
    comments = connection.execute(
        "select column_name, comment from duckdb_columns() where database_name = current_database() "
        "and schema_name = ? and table_name = ?",
        [schema, table_name],
    ).fetchall()
    found = {column: (_chinese(comment) or column, "", None) for column, comment in comments}
    if reading.has_table(connection, "meta.table_column"):
        declared = connection.execute(
            "select column_name, label, unit, decimals from meta.table_column where table_name = ?", [table]
        ).fetchall()
        for column, label, unit, decimals in declared:
            found[column] = (label or found.get(column, (column,))[0], unit or "", decimals)
    return found


def _chinese(text: str | None) -> str:
    return (text or "").split(" / ", 1)[0].strip().rstrip("。")


def _title(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    """Declared label, else the thing that a row is (“一行 = 一个污染物。” → 污染物), else the table's name."""
    label = comment = None
    if reading.has_table(connection, "meta.table_trace"):
        row = connection.execute(
            "select label, description from meta.table_trace where table_name = ?", [table]
        ).fetchone()
        label, comment = row or (None, None)
    first = _GRAIN.sub("", _chinese(comment)).split("。")[0].strip()
    return label or first or table


def _gap(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    if table.endswith("_gap"):
        return "本期没有登记缺口。"
    reasons = []
    if reading.has_table(connection, "meta.gap"):
        rows = connection.execute(
            "select missing from meta.gap where subject = ? order by gap_id nulls last", [table]
        ).fetchall()
        reasons = [row[0] for row in rows if row[0]]
    return f"本期无数据：{'；'.join(reasons) or f'表 {table} 没有行'}"


def _cell(value: Any, decimals: int | None) -> Cell:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return Cell(cell_text(value, decimals), repr(value) if is_number else "", is_number)


def _is_numeric(data_type: str) -> bool:
    return data_type.split("(")[0] in {"DOUBLE", "FLOAT", "INTEGER", "BIGINT", "SMALLINT", "DECIMAL", "HUGEINT"}
