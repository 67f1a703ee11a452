"""One file's entry: a folder with the Parquet files of its rows and books, and ``book.json`` with its counts and sums.

Rows stand in it as they were before keys of several files were compared, skipped and quarantined records likewise.
An entry is written beside its place and renamed into it: it is whole or not there. One whose bytes are not those
that were summed is none.

Belongs here: writing, verifying. Does not belong here: what names an entry and which there are (``cache``).
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from ehpilot.landing.sql import literal, quote
from ehpilot.register import RawTable

BOOK = "book.json"
BOOKS = ("skipped", "quarantine")  # tables of schema intake that are kept with the rows


@dataclass(frozen=True)
class RowsOfTable:
    """What a file gave to one raw table. ``first``, ``last``: least and greatest time (ISO) of its key, if it has one;
    ``has_untimed``: some rows have none; ``months``: the months (``YYYY-MM``) that it speaks of."""

    count: int
    first: str | None = None
    last: str | None = None
    has_untimed: bool = False
    months: tuple[str, ...] = ()


@dataclass(frozen=True)
class Book:
    """What is told of a file beside its records. ``columns``: rows of ``intake.file_column`` without the file."""

    file_no: int
    read: int
    form_id: str | None
    encoding: str
    unmapped: list[str]
    columns: list[dict[str, Any]]
    tables: dict[str, RowsOfTable] = field(default_factory=dict)


@dataclass(frozen=True)
class KeptFile:
    """An entry that is whole."""

    folder: Path
    book: Book

    @property
    def fingerprint(self) -> str:
        """Name of the entry."""
        return self.folder.name

    def rows(self, table: str) -> Path:
        """Parquet file of the rows of a raw table; there where :meth:`count` is above 0."""
        return self.folder / f"{table}.parquet"

    def count(self, table: str) -> int:
        """Rows of a raw table."""
        found = self.book.tables.get(table)
        return found.count if found else 0

    def records(self, book: str) -> Path | None:
        """Parquet file of the records in ``intake.<book>``, None where the file has none there."""
        path = self.folder / f"{book}.parquet"
        return path if path.exists() else None

    @property
    def months(self) -> set[str]:
        """Months that its rows speak of."""
        return {month for table in self.book.tables.values() for month in table.months}


def time_column(table: RawTable) -> str | None:
    """The column of the business key that says when, None where none does."""
    return next((name for name in table.grain if table.column[name].data_type == "timestamp"), None)


def rows_by_table(
    con: duckdb.DuckDBPyConnection, tables: Sequence[RawTable], file_nos: Sequence[int]
) -> dict[int, dict[str, RowsOfTable]]:
    """What each of the files gave to the raw tables, as they stand there now."""
    found: dict[int, dict[str, RowsOfTable]] = {number: {} for number in file_nos}
    numbers = ", ".join(map(str, file_nos)) or "-1"
    for table in tables:
        name = time_column(table)
        time = quote(name) if name else "null::timestamp"
        counted = con.execute(
            f"select _file_no, count(*), min({time})::varchar, max({time})::varchar, count(*) > count({time}), "
            f"list(distinct date_trunc('month', {time})::date) filter ({time} is not null) "
            f"from raw.{quote(table.name)} where _file_no in ({numbers}) group by 1"
        ).fetchall()
        for number, count, first, last, has_untimed, months in counted:
            names = tuple(sorted(f"{month:%Y-%m}" for month in months or ()))
            found[number][table.name] = RowsOfTable(count, first, last, has_untimed, names)
    return found


def write_entry(con: duckdb.DuckDBPyConnection, place: Path, book: Book) -> KeptFile:
    """Write the file's rows and books from the database into a new entry; replaces one that is not whole."""
    part = place.with_name(f".{place.name}.{os.getpid()}")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    for table in book.tables:
        _copy(con, f"select * from raw.{quote(table)} where _file_no = {book.file_no}", part / f"{table}.parquet")
    for name in BOOKS:
        where = f"from intake.{name} where file_no = {book.file_no}"
        if con.execute(f"select 1 {where} limit 1").fetchone():
            _copy(con, f"select * {where}", part / f"{name}.parquet")
    text = json.dumps({"book": asdict(book), "sums": _sums(part)}, ensure_ascii=False, sort_keys=True)
    (part / BOOK).write_text(f"{_sum(text.encode())}\n{text}", encoding="utf-8")
    shutil.rmtree(place, ignore_errors=True)
    part.replace(place)
    return KeptFile(place, book)


def read_entry(place: Path) -> KeptFile | None:
    """The entry, None where there is none or its bytes are not those that were written."""
    try:
        own_sum, _, text = (place / BOOK).read_text(encoding="utf-8").partition("\n")
        if own_sum != _sum(text.encode()):
            return None
        told = json.loads(text)
        if told["sums"] != _sums(place):
            return None
        facts = told["book"]
        tables = {
            name: RowsOfTable(**{**rows, "months": tuple(rows["months"])}) for name, rows in facts["tables"].items()
        }
        return KeptFile(place, Book(**{**facts, "tables": tables}))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _copy(con: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    con.execute(f"copy ({query}) to {literal(str(path))} (format parquet, compression zstd)")


def _sums(folder: Path) -> dict[str, str]:
    found = {}
    for path in sorted(folder.glob("*.parquet")):
        with path.open("rb") as handle:
            found[path.name] = hashlib.file_digest(handle, "sha256").hexdigest()
    return found


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
