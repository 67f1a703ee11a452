"""Which tables a document rests on: those it reads, and by the trace declarations all that they come from.

Does not belong here: following a single number (``ehpilot.reading.trace``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

import duckdb

from ehpilot.reading.sql_text import name
from ehpilot.reading.trace_declaration import Declaration, read_declarations


@lru_cache(maxsize=1)
def parents(connection: duckdb.DuckDBPyConnection) -> Mapping[str, frozenset[str]]:
    """Tables one level up by table; where each row names its parent itself, all those that rows name."""
    return {
        table: frozenset(parent for link in links for parent in _tables(connection, table, link))
        for table, links in read_declarations(connection).items()
    }


def _tables(connection: duckdb.DuckDBPyConnection, table: str, link: Declaration) -> list[str]:
    if not link.row_of:
        return [link.table]
    column = name(link.row_of["table"])
    rows = connection.execute(f"select distinct {column} from {name(*table.split('.', 1))}").fetchall()
    return [row[0] for row in rows if row[0]]


def rests_on(connection: duckdb.DuckDBPyConnection, tables: Iterable[str]) -> frozenset[str]:
    """``tables`` and everything above them."""
    known = parents(connection)
    found: set[str] = set()
    waiting = list(tables)
    while waiting:
        table = waiting.pop()
        if table not in found:
            found.add(table)
            waiting += known.get(table, ())
    return frozenset(found)
