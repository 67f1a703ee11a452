"""Series of an edition: one Parquet file a month, a hard link of the previous edition's where a month did not change.

A model marked ``config.meta.series`` (``month_of``: its time column, ``order_by``: a total order) is a view of the
warehouse; its rows go to ``parquet/<schema>/<table>/<YYYY-MM>.parquet`` and not into marts.duckdb. Bytes depend on the
rows only, as those of every other Parquet file.

Does not belong here: reading them (``ehpilot.reading.series``), which rows there are (dbt).
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

import duckdb

from ehpilot.errors import BuildError
from ehpilot.publish.marts import WAREHOUSE, PublishedMonth, PublishedTable, order_by
from ehpilot.publish.parquet import FOLDER, write_rows
from ehpilot.reading import sums
from ehpilot.reading.edition import columns_of
from ehpilot.reading.series import EMPTY, rows_by_month
from ehpilot.reading.sql_text import name
from ehpilot.register import Table

MONTH = "month of the series"


def write_series(
    connection: duckdb.DuckDBPyConnection, building: Path, register_tables: Iterable[Table], previous: Path | None
) -> list[PublishedTable]:
    """Write every series of the register from the warehouse; returns them with their rows.

    ``previous`` is the folder of the newest sealed edition. Raises BuildError when a declared series was not built.
    """
    return [_write(connection, building, table, previous) for table in register_tables if table.is_series]


def _write(
    connection: duckdb.DuckDBPyConnection, building: Path, table: Table, previous: Path | None
) -> PublishedTable:
    columns = columns_of(connection, table.full_name, WAREHOUSE)
    if not columns:
        raise BuildError(f"series not built: {table.full_name} / 应公开的序列未生成")
    folder = building / FOLDER / table.schema / table.name
    folder.mkdir(parents=True, exist_ok=True)
    time = name(table.series["month_of"])
    rows = name("temp", "series_rows")
    linked = _link_planned(connection, folder, table, previous)
    within = (f"({time} >= {first} and {time} < {last} + interval 1 month)" for first, last in _runs(linked))
    others = " or ".join(within)
    # Read once into a temporary table: the model's joins would run again for every month.
    connection.execute(
        f"create or replace temp table series_rows as select *, strftime({time}, '%Y-%m') as {name(MONTH)} "
        f"from {name(WAREHOUSE, table.schema, table.name)}" + (f" where not ({others})" if others else "")
    )
    counts = connection.execute(f"select {name(MONTH)}, count(*) from {rows} group by 1 order by 1").fetchall()
    order = order_by(table.series["order_by"], ())
    months = [PublishedMonth(month, count, True) for month, count in linked.items()]
    for month, count in counts or ([] if linked else [(EMPTY, 0)]):
        path = folder / f"{month}.parquet"
        query = f"select * exclude ({name(MONTH)}) from {rows} where {name(MONTH)} = '{month}' order by {order}"
        write_rows(connection, query, path)
        is_unchanged = previous is not None and link_if_same(path, previous / path.relative_to(building))
        months.append(PublishedMonth(month, count, is_unchanged))
    connection.execute(f"drop table {rows}")
    months.sort(key=lambda month: month.month)
    return PublishedTable(table.full_name, table.key, columns, sum(month.rows for month in months), tuple(months))


def _link_planned(
    connection: duckdb.DuckDBPyConnection, folder: Path, table: Table, previous: Path | None
) -> dict[str, int]:
    """Link the files of months on which all that they rest on is as it was for the previous edition (``months.plan`` of
    the warehouse), without computing their rows. Returns these months with their rows."""
    if previous is None or not columns_of(connection, "months.plan", WAREHOUSE):
        return {}
    planned = connection.execute(
        f"select month, sum from {name(WAREHOUSE, 'months', 'plan')} where model = ? and is_kept and sum is not null",
        [table.full_name],
    ).fetchall()
    rows = rows_by_month(previous, table.full_name)
    linked = {}
    for month, file_sum in planned:
        older = previous / FOLDER / table.schema / table.name / f"{month}.parquet"
        if month in rows and sums.file_sum(older) == file_sum and _link(folder / older.name, older):
            linked[month] = rows[month]
    return linked


def _runs(months: Iterable[str]) -> list[tuple[str, str]]:
    """SQL of the first moments of the first and the last month of each run of months that follow one another."""
    runs: list[tuple[str, str]] = []
    number = 0
    for month in sorted(months):
        before, number = number, int(month[:4]) * 12 + int(month[5:])
        first = runs.pop()[0] if runs and number == before + 1 else f"timestamp '{month}-01'"
        runs.append((first, f"timestamp '{month}-01'"))
    return runs


def link_if_same(path: Path, older: Path) -> bool:
    """Replace a file by a hard link to an older one with the same content; False if it differs or can't be linked."""
    if not older.is_file() or older.stat().st_size != path.stat().st_size:
        return False
    if sums.file_sum(older) != sums.file_sum(path):
        return False
    return _link(path, older)


def _link(path: Path, older: Path) -> bool:
    link = path.with_name(f".{path.name}.link")
    # File systems without hard links, or a previous edition on another disk: a second copy is as good.
    with contextlib.suppress(OSError):
        os.link(older, link)
        link.replace(path)
        return True
    link.unlink(missing_ok=True)
    return False
