"""Which tables a document rests on: those it reads, and by the trace declarations all that they come from.

Also from which landing folders (sources) the rows of tables came, by the origins that the edition holds.

Does not belong here: following a single number (``ehpilot.reading.trace``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

import duckdb

from ehpilot.reading.edition import columns_of, has_table
from ehpilot.reading.sql_text import literal, name
from ehpilot.reading.trace_declaration import Declaration, read_declarations

GAPS = "meta.gap"  # what an edition lacks is the source of no figure: nothing above it counts
SHARED = "report.document_"  # tables that several documents have, one column says whose row it is


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


def rests_on(connection: duckdb.DuckDBPyConnection, tables: Iterable[str], document_id: str = "") -> frozenset[str]:
    """``tables`` and everything above them; of a table that several documents have, what the rows of the document
    ``document_id`` come from."""
    asked = set(tables)
    shared = {table for table in asked if document_id and table.startswith(SHARED)}
    shared = {table for table in shared if "document_id" in columns_of(connection, table)}
    found = _climbed(connection, asked - shared)
    for table in sorted(shared):
        rows = f"select * from {name(*table.split('.', 1))} where document_id = {literal(document_id)}"
        followed: set[str] = set()
        found |= _climbed(connection, _above_rows(connection, table, rows, followed, found)) | followed
    return frozenset(found)


def _above_rows(
    connection: duckdb.DuckDBPyConnection, table: str, rows: str, followed: set[str], known: Collection[str]
) -> set[str]:
    """Tables that the ``rows`` (a query) of a table name themselves, up all tables above it but those ``known``;
    ``followed`` takes the tables on the way."""
    followed.add(table)
    named: set[str] = set()
    for link in read_declarations(connection).get(table, ()):
        if link.row_of:
            told = connection.execute(f"select distinct {name(link.row_of['table'])} from ({rows})").fetchall()
            named |= {row[0] for row in told if row[0]}
        elif link.table == GAPS:
            followed.add(GAPS)
        elif link.table not in followed and link.table not in known and has_table(connection, link.table):
            theirs, ours = (", ".join(map(name, columns)) for columns in (link.on.keys(), link.on.values()))
            above = f"select * from {name(*link.table.split('.', 1))} where ({theirs}) in (select {ours} from ({rows}))"
            named |= _above_rows(connection, link.table, above, followed, known)
    return named


def _climbed(connection: duckdb.DuckDBPyConnection, tables: Iterable[str]) -> set[str]:
    known = parents(connection)
    found: set[str] = set()
    waiting = list(tables)
    while waiting:
        table = waiting.pop()
        if table not in found:
            found.add(table)
            waiting += known.get(table, ()) if table != GAPS else ()
    return found
