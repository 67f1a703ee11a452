"""Tables of a document as the edition holds them: ``report.dNN_*`` with Chinese headers, units and printed cells.

Headers come from the register's labels and units (``meta.table_column``), else from the Chinese half of a column
comment. An empty table is a marked gap “本期无数据：…”, never an empty or invented table.

Does not belong here: choosing or computing figures (dbt models of ``report/``), layout, the Markdown (``markdown``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import duckdb

from ehpilot.errors import UsageError
from ehpilot.reading import edition as reading
from ehpilot.reading.chinese import chinese
from ehpilot.reading.gaps import NO_EFFECT
from ehpilot.reading.sql_text import name
from ehpilot.reporting.catalogue import Column, catalogue
from ehpilot.reporting.numbers import NOTHING

MARK = "_mark"  # a column value_mark prints in place of value (ND, “/”), and is no column of its own
ROW_SENSITIVITY = "_sensitivity"
OF_DOCUMENT = "document_id"  # of a table that several documents have: whose row it is
_KEPT_ANSWERS = 4


@dataclass(frozen=True)
class Cell:
    """A printed cell; ``exact`` is the table's own value where the print is rounded or replaced."""

    text: str
    value: Any

    @property
    def exact(self) -> str:
        """Full text of a number whose print is shorter, else empty."""
        is_number = isinstance(self.value, int | float) and not isinstance(self.value, bool)
        return repr(self.value) if is_number and repr(self.value) != self.text else ""


@dataclass(frozen=True)
class ReportTable:
    """A table ready to print. ``gap`` says why there are no rows; empty when there are."""

    table: str
    title: str
    columns: tuple[Column, ...]
    keys: tuple[dict[str, Any], ...]
    rows: tuple[tuple[Cell, ...], ...]
    gap: str = ""
    notes: tuple[str, ...] = ()


def full_name(table: str) -> str:
    """``d01_pollutant`` → ``report.d01_pollutant``; a name with a schema stays."""
    return table if "." in table else f"report.{table}"


def report_table(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: Sequence[str] | None = None,
    where: Mapping[str, Any] | None = None,
    order: Sequence[str] | None = None,
    top: int | None = None,
) -> ReportTable:
    """Rows of a table in print order (``order``, else ``row_no``, else its key).

    Without ``columns``: all but technical ones (those that begin with ``_``) and marks. Raises UsageError for a table
    or column that the edition lacks.
    """
    table = full_name(table)
    declared = declared_columns(connection, table)
    chosen = [declared_column(declared, table, column) for column in columns or _printable(declared)]
    key = list(catalogue(connection).keys.get(table, ()))
    fetched = list(declared)
    rows = _fetch(connection, table, declared, where, order or (["row_no"] if "row_no" in declared else key), top)
    records = [dict(zip(fetched, row, strict=True)) for row in rows]
    return ReportTable(
        table=table,
        title=catalogue(connection).title(table),
        columns=tuple(chosen),
        keys=tuple({column: record[column] for column in key} for record in records),
        rows=tuple(tuple(_cell(record, column) for column in chosen) for record in records),
        gap="" if rows else gap_of(connection, table, (where or {}).get(OF_DOCUMENT, "")),
    )


def records(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    where: Mapping[str, Any] | None = None,
    order: Sequence[str] | None = None,
    top: int | None = None,
) -> list[dict[str, Any]]:
    """Rows of a table as dictionaries of raw values, in print order."""
    table = full_name(table)
    declared = declared_columns(connection, table)
    ordered = order or (["row_no"] if "row_no" in declared else catalogue(connection).keys.get(table, ()))
    rows = _fetch(connection, table, declared, where, ordered, top)
    return [dict(zip(declared, row, strict=True)) for row in rows]


def _fetch(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    declared: Mapping[str, Column],
    where: Mapping[str, Any] | None,
    order: Sequence[str],
    top: int | None,
) -> list[tuple[Any, ...]]:
    for column in [*(where or {}), *order]:
        declared_column(declared, table, column.removeprefix("-"))
    conditions = " and ".join(f"{name(column)} is not distinct from ?" for column in where or {})
    words = [f"{name(c.removeprefix('-'))} {'desc' if c.startswith('-') else 'asc'} nulls last" for c in order]
    query = f"select {', '.join(name(column) for column in declared)} from {name(*table.split('.', 1))}"
    query += f" where {conditions}" if conditions else ""
    query += f" order by {', '.join(words)}" if words else ""
    query += f" limit {int(top)}" if top is not None else ""
    return _asked(connection, query, tuple((where or {}).values()))


@lru_cache(maxsize=_KEPT_ANSWERS)
def _asked(connection: duckdb.DuckDBPyConnection, query: str, parameters: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """Rows of a query. Editions never change, and a document asks the same row for one number after another."""
    return connection.execute(query, list(parameters)).fetchall()


def declared_columns(connection: duckdb.DuckDBPyConnection, table: str) -> Mapping[str, Column]:
    """Every column of a table with what is declared of it. Raises UsageError when the edition lacks the table."""
    found = catalogue(connection).columns.get(table)
    if not found:
        raise UsageError(f"this edition has no table {table} / 本版没有表 {table}")
    return found


def declared_column(declared: Mapping[str, Column], table: str, column: str) -> Column:
    """One column. Raises UsageError that names those there are."""
    if column not in declared:
        raise UsageError(f"{table} has no column {column}; it has {', '.join(declared)} / 表中没有列 {column}")
    return declared[column]


def _printable(declared: Mapping[str, Column]) -> list[str]:
    marks = {column for column in declared if column.endswith(MARK) and column.removesuffix(MARK) in declared}
    return [column for column in declared if not column.startswith("_") and column not in marks]


def _cell(record: Mapping[str, Any], column: Column) -> Cell:
    value, mark = record[column.name], record.get(column.name + MARK)
    return Cell(str(mark) if mark is not None else column.printed(value), value)


def gap_of(connection: duckdb.DuckDBPyConnection, table: str, document_id: str = "") -> str:
    """“本期无数据：原因” from ``meta.gap``; without a registered reason it says that no record fits. A table that is
    empty because nothing happened, which its reason says by having no effect, lacks no data: the reason alone stands.

    ``document_id``: whose rows there are none of, in a table that several documents have.
    """
    if table.endswith("_gap"):
        return "本期没有登记缺口。"
    subject = f"{table}:{document_id}" if document_id else table
    reasons = gap_reasons(connection, subject)
    if reasons and not gap_reasons(connection, subject, has_effect=True):
        return f"{'；'.join(reasons)}。"
    return f"本期无数据：{'；'.join(reasons) or '没有符合条件的记录'}"


def gap_reasons(connection: duckdb.DuckDBPyConnection, subject: str, has_effect: bool = False) -> list[str]:
    """Registered reasons why something is missing, in Chinese; ``has_effect``: but for those without an effect."""
    if not reading.has_table(connection, "meta.gap"):
        return []
    rows = connection.execute(
        "select missing from meta.gap where subject = ? and (not ? or effect is distinct from ?) "
        "order by gap_id nulls last",
        [subject, has_effect, NO_EFFECT],
    ).fetchall()
    return [chinese(row[0]) for row in rows if row[0]]


def with_columns(found: ReportTable, is_wanted: Callable[[Column], bool]) -> ReportTable:
    """The table with some of its columns."""
    places = [number for number, column in enumerate(found.columns) if is_wanted(column)]
    rows = tuple(tuple(row[place] for place in places) for row in found.rows)
    return replace(found, columns=tuple(found.columns[place] for place in places), rows=rows)


def without_empty(found: ReportTable, optional: Sequence[str]) -> ReportTable:
    """The table without those ``optional`` columns that say nothing in any row, and a note that names them."""
    empty = [
        column for number, column in enumerate(found.columns)
        if column.name in optional and found.rows and all(row[number].text == NOTHING for row in found.rows)
    ]  # fmt: skip
    if not empty:
        return found
    note = f"各行均无数据的栏目未列：{'、'.join(column.label for column in empty)}。"
    return replace(with_columns(found, lambda column: column not in empty), notes=(*found.notes, note))
