"""Which tables a document rests on: those it reads, and by the trace declarations all that they come from.

Also from which landing folders (sources) the rows of tables came, by the origins that the edition holds.

Does not belong here: following a single number (``ehpilot.reading.trace``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

import duckdb

from ehpilot.reading.edition import has_table
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


@lru_cache(maxsize=1)
def sources_of(connection: duckdb.DuckDBPyConnection) -> Mapping[str, frozenset[str]]:
    """Sources by table; nothing of tables whose rows hold no origin, and of an edition without origins."""
    if not (has_table(connection, "meta.origin") and has_table(connection, "meta.source_file")):
        return {}
    rows = connection.execute(
        "select origin.table_name, list(distinct files.source) from "
        "(select distinct table_name, file_no from meta.origin) as origin "
        "inner join meta.source_file as files on files.file_no = origin.file_no "
        "where files.source is not null group by origin.table_name"
    ).fetchall()
    return {table: frozenset(sources) for table, sources in rows}


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
