"""What each month of a raw table of hours holds, as a short text: equal texts, equal rows.

Rows of a kept file are named by its entry, which its bytes and the reading decide; rows that were compared with those
of another file, and rows of files that are not kept, by their content. What is computed from a month is computed again
where its text differs (``ehpilot.warehouse.months``).

Belongs here: table ``months.content`` of the working database. Does not belong here: what is computed from it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import duckdb
import pyarrow as pa

from ehpilot.landing.books.accounting import insert_arrow
from ehpilot.landing.books.raw_relation import PROVENANCE
from ehpilot.landing.kept.entry import KeptFile, time_column
from ehpilot.landing.sql import quote
from ehpilot.register import RawTable

CLOCK = "_loaded_at"  # differs without anything having changed


def write_month_content(con: duckdb.DuckDBPyConnection, table: RawTable, apart: Sequence[KeptFile]) -> None:
    """Write the months of ``raw.<table>``, which holds no rows of kept Parquet files yet. ``apart``: entries whose keys
    stand nowhere else."""
    name = time_column(table)
    if name is None:
        return
    told: dict[str, list[str]] = {}
    for kept in apart:
        for month in kept.book.tables[table.name].months:
            told.setdefault(month, []).append(kept.fingerprint)
    numbers = ", ".join(str(kept.book.file_no) for kept in apart) or "-1"
    columns = ", ".join(quote(c) for c in [*table.column, *PROVENANCE] if c != CLOCK)
    counted = con.execute(
        f"select month, count(*), bit_xor(h), sum(h::hugeint) from (select strftime({quote(name)}, '%Y-%m') as month, "
        f"hash({columns}) as h from raw.{quote(table.name)} where _file_no not in ({numbers}) "
        f"and {quote(name)} is not null) group by 1"
    ).fetchall()
    for month, *facts in counted:
        told.setdefault(month, []).append(repr(facts))
    con.execute("create schema if not exists months")
    con.execute("create table if not exists months.content (raw_table varchar, month varchar, content varchar)")
    con.execute("delete from months.content where raw_table = ?", [table.name])
    content = {month: hashlib.sha256("|".join(sorted(texts)).encode()).hexdigest() for month, texts in told.items()}
    rows = [{"raw_table": table.name, "month": month, "content": text} for month, text in sorted(content.items())]
    if rows:
        insert_arrow(con, "months.content", pa.Table.from_pylist(rows))
