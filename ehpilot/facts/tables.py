"""A table of schema ``intake`` made anew from the register and filled by column name.

Does not belong here: which rows there are (the other modules of this folder), the tables that landing writes
(``ehpilot.landing.books.accounting``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from ehpilot.register import RawTable


def write_table(con: duckdb.DuckDBPyConnection, table: RawTable, rows: Sequence[Mapping[str, Any]]) -> None:
    """(Re)make ``intake.<table>`` as declared and fill it with ``rows``, each with the same keys.

    A declared column that no row names is null. Raises duckdb.BinderException for a key that is no declared column.
    """
    con.execute(f'create or replace table intake."{table.name}" ({table.columns_sql})')
    if rows:
        names = ", ".join(f'"{name}"' for name in rows[0])
        marks = ", ".join("?" for _ in rows[0])
        values = [[row[name] for name in rows[0]] for row in rows]
        con.executemany(f'insert into intake."{table.name}" ({names}) values ({marks})', values)
