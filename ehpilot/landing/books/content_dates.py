"""Dates inside the data: the last one (default as-of date), and the flag of records dated after the as-of date.

Belongs here: which columns date a record. A record is dated by columns of kind date, timestamp and period and by year
columns; deadlines and validity ends (``due_…``, ``valid_…``, or ``content_date: false`` in the register) lie in the
future
by nature and date nothing. A period or year is dated by its first day for the flag and by its last day for the as-of
date. Does not belong here: validity of dates (values), use of records by date (dbt).
"""

from __future__ import annotations

import datetime

import duckdb

from ehpilot.landing.books.raw_relation import add_flag
from ehpilot.landing.sql import quote
from ehpilot.register import RawColumn, RawTable, Register

NOT_CONTENT = ("due_", "valid_")


def last_content_date(con: duckdb.DuckDBPyConnection, register: Register) -> datetime.date | None:
    """Last day that any loaded record is dated; None when nothing is.

    Days after the newest file was first seen cannot be right and are passed over; a year or period under way then ends
    on that day.
    """
    row = con.execute("select max(first_seen_at)::date from intake.source_file").fetchone()
    cap = row[0] if row and row[0] else None
    found: list[datetime.date] = []
    for table, columns in _dated(con, register):
        for column in columns:
            begin, end = _begin(column), _end(column)
            condition = f"{begin} is not null" + (f" and {begin} <= date '{cap}'" if cap else "")
            # least() passes over nulls, so nothing dated must not become the cap
            last = (
                f"case when max({end}) is not null then least(max({end}), date '{cap}') end" if cap else f"max({end})"
            )
            value = con.execute(f"select {last} from raw.{quote(table.name)} where {condition}").fetchone()
            if value and value[0]:
                found.append(value[0])
    return max(found, default=None)


def flag_after_as_of(con: duckdb.DuckDBPyConnection, register: Register, as_of: datetime.date) -> int:
    """Add DATE-AFTER-AS-OF to ``_flags`` of records dated after ``as_of``. Returns how many; calling it again adds
    none."""
    flagged = 0
    for table, columns in _dated(con, register):
        name = f"raw.{quote(table.name)}"
        later = " or ".join(f"coalesce({_begin(column)} > date '{as_of}', false)" for column in columns)
        where = f"({later}) and not list_contains(_flags, 'DATE-AFTER-AS-OF')"
        count = con.execute(f"select count(*) from {name} where {where}").fetchone()[0]  # type: ignore[index]
        if count:
            add_flag(con, table.name, "DATE-AFTER-AS-OF", where)
            flagged += count
    return flagged


def _dated(con: duckdb.DuckDBPyConnection, register: Register) -> list[tuple[RawTable, list[RawColumn]]]:
    """Raw tables that exist, with the columns that date their records."""
    found = con.execute("select table_name from information_schema.tables where table_schema = 'raw'").fetchall()
    there = {name for (name,) in found}
    pairs = [
        (table, [column for column in table.columns if _dates(column)])
        for table in register.raw_tables.values()
        if table.name in there
    ]
    return [(table, columns) for table, columns in pairs if columns]


def _dates(column: RawColumn) -> bool:
    if column.name.startswith(NOT_CONTENT) or column.meta.get("content_date") is False:
        return False
    is_year = column.kind == "integer" and (column.name == "year" or column.name.endswith("_year"))
    return column.kind in ("date", "timestamp", "period") or is_year


def _begin(column: RawColumn) -> str:
    name = quote(column.name)
    if column.kind == "integer":
        return f"case when {name} between 1900 and 2999 then make_date({name}, 1, 1) end"
    if column.kind == "period":
        month = (
            f"case when {name} like '____Q_' then (substr({name}, 6, 1)::integer - 1) * 3 + 1 when {name} like "
            f"'____-__' "
        )
        month += f"then substr({name}, 6, 2)::integer else 1 end"
        return f"case when {name} is not null then make_date(left({name}, 4)::integer, {month}, 1) end"
    return f"{name}::date"


def _end(column: RawColumn) -> str:
    name, begin = quote(column.name), _begin(column)
    if column.kind == "integer":
        return f"({begin} + interval 1 year - interval 1 day)::date"
    if column.kind == "period":
        months = f"case when {name} like '____Q_' then 3 when {name} like '____-__' then 1 else 12 end"
        return f"({begin} + to_months({months}) - interval 1 day)::date"
    return begin
