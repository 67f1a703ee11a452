"""The files of one source that are taken over, step by step beside the load of the others.

1. A file whose entry holds is not opened (:meth:`SourceFiles.take`).
2. Its skipped and quarantined records are copied into the books (:meth:`SourceFiles.copy_books`).
3. Files read now get entries, before keys are compared (:meth:`SourceFiles.keep`).
4. Entries that shared a key with another, and those that share one with a file read now, are brought into the raw
   table, where keys are compared as ever; the others stay Parquet (:meth:`SourceFiles.bring_in`).
5. What each month holds is written down, and ``raw.<table>`` becomes a view of both (:meth:`SourceFiles.lay_views`).

A file is kept when every form that may read it feeds only tables of hourly series without personal fields.

Does not belong here: entries and their names (``entry``, ``cache``), comparing keys (``books.duplicates``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb

from ehpilot.landing.books import raw_relation
from ehpilot.landing.books.accounting import FileBook
from ehpilot.landing.folder.inventory import LandingFile
from ehpilot.landing.kept.cache import FileCache
from ehpilot.landing.kept.entry import BOOKS, Book, KeptFile, rows_by_table, time_column, write_entry
from ehpilot.landing.kept.month_content import write_month_content
from ehpilot.landing.sql import quote
from ehpilot.register import RawTable


class SourceFiles:
    """Entries of one source during its load. ``cache`` None: nothing is kept and nothing taken over."""

    def __init__(self, cache: FileCache | None, source: str, tables: Mapping[str, RawTable]):
        self.cache, self.source, self.tables = cache, source, tables
        self.taken: dict[int, KeptFile] = {}
        self._made: dict[int, KeptFile] = {}
        self._places: dict[int, Path] = {}
        self._viewed: dict[str, list[KeptFile]] = {}

    # -- files ------------------------------------------------------------------------------------------------------

    def take(self, file: LandingFile) -> Book | None:
        """What was told of the file when it was read, None where it must be read now."""
        if self.cache is None or not self._suits(file):
            return None
        self._places[file.file_no] = self.cache.place(file)
        kept = self.cache.find(file)
        if kept is None:
            return None
        self.taken[file.file_no] = kept
        return kept.book

    def _suits(self, file: LandingFile) -> bool:
        if file.status != "current" or not file.candidates:
            return False
        fed = [self.tables.get(part.table) for form in file.candidates for part in form.parts]
        return all(table is not None and _is_series(table) for table in fed)

    def keep(self, con: duckdb.DuckDBPyConnection, told: Iterable[Book]) -> None:
        """Write entries of files that were read now; needs their rows and books in the database, keys not compared."""
        books = [book for book in told if book.file_no in self._places and book.file_no not in self.taken]
        if not books:
            return
        rows = rows_by_table(con, [t for t in self.tables.values() if _is_series(t)], [b.file_no for b in books])
        for book in books:
            book.tables.update(rows[book.file_no])
            self._made[book.file_no] = write_entry(con, self._places[book.file_no], book)

    # -- books ------------------------------------------------------------------------------------------------------

    def copy_books(self, con: duckdb.DuckDBPyConnection, books: dict[int, FileBook]) -> None:
        """Records of the files taken over that were skipped or quarantined, and how many were read."""
        for name in BOOKS:
            paths = [path for kept in self.taken.values() if (path := kept.records(name)) is not None]
            if paths:
                con.execute(f"insert into intake.{name} by name select * from {raw_relation.parquet_rows(paths)}")
        for number, kept in self.taken.items():
            books[number].read = kept.book.read

    # -- keys -------------------------------------------------------------------------------------------------------

    def bring_in(self, con: duckdb.DuckDBPyConnection, table: RawTable) -> None:
        """Insert into ``raw.<table>`` the rows of entries whose keys must be compared with those of others."""
        entries = [kept for kept in self.taken.values() if kept.count(table.name)]
        if self.cache is None or not entries:
            return
        disjoint = self.cache.disjoint(table)
        apart = [kept for kept in entries if kept.fingerprint in disjoint or not table.grain]
        _insert(con, table, [kept for kept in entries if kept not in apart])
        shared = _sharing_a_key(con, table, apart)
        _insert(con, table, [kept for kept in apart if kept.book.file_no in shared])
        self._viewed[table.name] = [kept for kept in apart if kept.book.file_no not in shared]

    def lay_views(self, con: duckdb.DuckDBPyConnection, repeated: Mapping[str, set[int]]) -> None:
        """Show the entries that stayed Parquet in the raw tables, and write down which entries share no key.

        Args:
            repeated: by raw table the files with a key that stands more than once.
        """
        if self.cache is None:
            return
        entries = {**self.taken, **self._made}
        for name, table in self.tables.items():
            if _is_series(table):
                apart = [kept for n, kept in entries.items() if n not in repeated[name] and kept.count(name)]
                self.cache.note_disjoint(table, [kept.fingerprint for kept in apart])
                write_month_content(con, table, apart)
            raw_relation.lay_view(con, name, [kept.rows(name) for kept in self._viewed.get(name, [])])
        self.cache.prune(self.source, [kept.fingerprint for kept in entries.values()])


def _is_series(table: RawTable) -> bool:
    return not table.keeps_cells and all(column.kind != "personal" for column in table.columns)


def _insert(con: duckdb.DuckDBPyConnection, table: RawTable, entries: list[KeptFile]) -> None:
    if entries:
        rows = raw_relation.parquet_rows([kept.rows(table.name) for kept in entries])
        con.execute(f"insert into raw.{quote(table.name)} by name select * from {rows}")


def _sharing_a_key(con: duckdb.DuckDBPyConnection, table: RawTable, entries: list[KeptFile]) -> set[int]:
    """Files of entries with a business key that a row of ``raw.<table>`` has; only months near those rows are read."""
    name = time_column(table)
    time = quote(name) if name else "null::timestamp"
    found = con.execute(
        f"select count(*), min({time})::varchar, max({time})::varchar, count(*) > count({time}) "
        f"from raw.{quote(table.name)}"
    ).fetchone()
    assert found is not None
    count, first, last, has_untimed = found
    near = [kept for kept in entries if _may_meet(kept, table.name, first, last, has_untimed)]
    if not count or not near:
        return set()
    keys = ", ".join(quote(key) for key in table.grain)
    same = " and ".join(f"n.{quote(key)} is not distinct from k.{quote(key)}" for key in table.grain)
    where = f" where k.{time} between '{first}' and '{last}' or k.{time} is null" if first is not None else ""
    met = con.execute(
        f"select distinct k._file_no from {raw_relation.parquet_rows([kept.rows(table.name) for kept in near])} as k "
        f"semi join (select distinct {keys} from raw.{quote(table.name)}) as n on {same}{where}"
    ).fetchall()
    return {number for (number,) in met}


def _may_meet(kept: KeptFile, table: str, first: str | None, last: str | None, has_untimed: bool) -> bool:
    own = kept.book.tables[table]
    if has_untimed and own.has_untimed:
        return True
    return (
        None not in (own.first, own.last, first, last) and str(own.first) <= str(last) and str(first) <= str(own.last)
    )
