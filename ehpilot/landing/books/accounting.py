"""The books of the intake: which file gave how many records, and what became of each.

Belongs here: the tables of schema ``intake`` that landing writes, their ids, and the law
``records_read = records_loaded + records_quarantined + records_skipped``, which is asserted for every file.
Does not belong here: deciding what is quarantined or skipped; ``intake.build``, ``intake.area``,
``intake.check_result`` (others write them).

Ids: first 16 hex digits of SHA-256 of ``file hash|sheet|row|field``; a quarantine id also of table, field and reason.
The second copy of a file has the first one's hash: its path is added to the hash, for a skipped record must not carry
the id of a loaded one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa

from ehpilot.register import Register

CHECKED_TABLES = ("source_file", "quarantine", "skipped", "file_column", "decision")

_QUARANTINE = pa.schema(
    [("quarantine_id", pa.string()), ("record_id", pa.string()), ("file_no", pa.int32()), ("sheet", pa.string()),
     ("row_number", pa.int64()), ("field", pa.string()), ("value", pa.string()), ("reason_code", pa.string()),
     ("message", pa.string()), ("raw_table", pa.string())]
)  # fmt: skip
_SKIPPED = pa.schema(
    [("record_id", pa.string()), ("file_no", pa.int32()), ("sheet", pa.string()), ("row_number", pa.int64()),
     ("field", pa.string()), ("reason_code", pa.string()), ("raw_table", pa.string())]
)  # fmt: skip


class AccountingError(AssertionError):
    """A file's records do not add up: a fault of this program, never of the file."""


def create_intake_tables(con: duckdb.DuckDBPyConnection, register: Register) -> None:
    """Make the tables of schema ``intake`` that landing writes, empty where they do not exist."""
    con.execute("create schema if not exists intake")
    for table in register.intake_tables.values():
        if table.written_by == "landing":
            con.execute(f"create table if not exists intake.{table.name} ({table.columns_sql})")


def short_id(*parts: object) -> str:
    """First 16 hex digits of SHA-256 of the parts joined by ``|``."""
    return hashlib.sha256("|".join(str(part) for part in parts).encode("utf-8")).hexdigest()[:16]


def short_id_sql(*expressions: str) -> str:
    """SQL for :func:`short_id` over expressions of type varchar (never null)."""
    return "left(sha256(concat(" + ", '|', ".join(expressions) + ")), 16)"


@dataclass(frozen=True)
class Refusal:
    """A quarantined record with no cells behind it: a file, a sheet, or a csv line that cannot be read."""

    file_no: int
    sheet: str
    row_number: int
    code: str
    message: str
    value: str = ""
    raw_table: str = ""
    field: str = ""


@dataclass(frozen=True)
class SkippedRow:
    """A row of ``intake.skipped``."""

    record_id: str
    file_no: int
    sheet: str
    row_number: int
    field: str
    reason_code: str
    raw_table: str


@dataclass
class FileBook:
    """Counts of one file while it is read."""

    read: int = 0
    loaded: int = 0
    quarantined: int = 0
    skipped: int = 0

    @property
    def balances(self) -> bool:
        """The law of the intake."""
        return self.read == self.loaded + self.quarantined + self.skipped and min(self.loaded, self.quarantined) >= 0


@dataclass
class LoadReport:
    """What loading one source did: rows by raw table, counts by file number, quarantine messages by reason code."""

    source: str
    rows: dict[str, int] = field(default_factory=dict)
    files: dict[int, FileBook] = field(default_factory=dict)
    reasons: dict[str, int] = field(default_factory=dict)
    unused_decisions: list[str] = field(default_factory=list)

    @property
    def read(self) -> int:
        """Records read."""
        return sum(book.read for book in self.files.values())

    @property
    def loaded(self) -> int:
        """Records loaded."""
        return sum(book.loaded for book in self.files.values())

    @property
    def quarantined(self) -> int:
        """Records quarantined."""
        return sum(book.quarantined for book in self.files.values())

    @property
    def skipped(self) -> int:
        """Records skipped."""
        return sum(book.skipped for book in self.files.values())


def record_key(file_hash: str, sheet: str, row_number: int, field_text: str = "") -> str:
    """Record id of a record known by its place."""
    return short_id(file_hash, sheet, row_number, field_text)


def write_refusals(con: duckdb.DuckDBPyConnection, refusals: Sequence[Refusal], hashes: dict[int, str]) -> None:
    """Add refusals to ``intake.quarantine``; ``hashes`` gives the hash that stands for each file in ids."""
    rows = []
    for item in refusals:
        record_id = record_key(hashes[item.file_no], item.sheet, item.row_number, item.field)
        rows.append(
            {
                "quarantine_id": short_id(record_id, item.raw_table, item.field, item.code),
                "record_id": record_id,
                "file_no": item.file_no,
                "sheet": item.sheet,
                "row_number": item.row_number,
                "field": item.field,
                "value": item.value[:2000],
                "reason_code": item.code,
                "message": item.message,
                "raw_table": item.raw_table,
            }
        )
    insert_arrow(con, "intake.quarantine", pa.Table.from_pylist(rows, schema=_QUARANTINE))


def write_skipped(con: duckdb.DuckDBPyConnection, rows: Iterable[SkippedRow]) -> None:
    """Add rows to ``intake.skipped``."""
    insert_arrow(con, "intake.skipped", pa.Table.from_pylist([vars(row) for row in rows], schema=_SKIPPED))


def insert_arrow(con: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    """Append an Arrow table, columns by name."""
    if rows.num_rows == 0:
        return
    con.register("arrow_rows", rows)
    try:
        con.execute(f"insert into {table} by name select * from arrow_rows")
    finally:
        con.unregister("arrow_rows")


def write_source_files(con: duckdb.DuckDBPyConnection, rows: Sequence[Mapping[str, object]]) -> None:
    """Add rows of ``intake.source_file``, values by column."""
    _insert_rows(con, "source_file", rows)


def write_decisions(con: duckdb.DuckDBPyConnection, rows: Sequence[Mapping[str, object]]) -> None:
    """Add rows of ``intake.decision``, values by column."""
    _insert_rows(con, "decision", rows)


def _insert_rows(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Mapping[str, object]]) -> None:
    """By way of Arrow: DuckDB's parameters would import pandas for each process. Raises KeyError for a row that lacks
    a column."""
    schema = con.execute(f"select * from intake.{table} limit 0").to_arrow_table().schema
    arrays = [pa.array([row[field.name] for row in rows], field.type) for field in schema]
    insert_arrow(con, f"intake.{table}", pa.Table.from_arrays(arrays, schema=schema))


def make_ids_unique(con: duckdb.DuckDBPyConnection, file_nos: Sequence[int]) -> None:
    """Two parts of a form can skip one place each (a row that feeds two tables twice): the later id takes in its
    table."""
    if not file_nos:
        return
    numbers = ", ".join(str(number) for number in file_nos)
    later_id = short_id_sql("s.record_id", "s.raw_table", "s.reason_code", "d.n::varchar")
    con.execute(f"""
        update intake.skipped as s set record_id = {later_id}
        from (
            select rowid as rid, row_number() over (partition by record_id order by raw_table, reason_code, rowid) as n
            from intake.skipped where record_id in (
                select record_id from intake.skipped group by record_id having count(*) > 1)
        ) as d
        where s.rowid = d.rid and d.n > 1 and s.file_no in ({numbers})""")
    con.execute(f"""
        delete from intake.quarantine where rowid in (
            select rid from (
                select rowid as rid, row_number() over (partition by quarantine_id order by rowid) as n
                from intake.quarantine where file_no in ({numbers})) where n > 1)""")


def count_files(con: duckdb.DuckDBPyConnection, books: dict[int, FileBook], tables: Sequence[str]) -> None:
    """Fill loaded, quarantined and skipped of each book from what really stands in the database."""
    _count(con, books, "skipped", "select file_no, count(*) from intake.skipped group by file_no")
    # a record may feed two tables: it is one record of each
    _count(
        con,
        books,
        "quarantined",
        "select file_no, count(distinct (raw_table, record_id)) from intake.quarantine group by file_no",
    )
    for table in tables:
        _count(con, books, "loaded", f'select _file_no, count(*) from raw."{table}" group by _file_no')


def _count(con: duckdb.DuckDBPyConnection, books: dict[int, FileBook], attribute: str, sql: str) -> None:
    for file_no, count in con.execute(sql).fetchall():
        if file_no in books:
            setattr(books[file_no], attribute, getattr(books[file_no], attribute) + count)


def assert_law(books: dict[int, FileBook], paths: dict[int, str]) -> None:
    """Raise AccountingError for the first file whose records do not add up."""
    for file_no, book in books.items():
        if not book.balances:
            raise AccountingError(
                f"{paths.get(file_no, file_no)}: {book.read} records read, but {book.loaded} loaded + "
                f"{book.quarantined} quarantined + {book.skipped} skipped"
            )


def clear_source(con: duckdb.DuckDBPyConnection, file_nos: Sequence[int], source: str) -> None:
    """Take the rows of a source out of the books, so that loading it again replaces them."""
    numbers = ", ".join(str(number) for number in file_nos) or "-1"
    same = f"source is not distinct from nullif('{source}', '')"  # files of no source have none
    con.execute(f"delete from intake.source_file where file_no in ({numbers}) or {same}")
    for table in CHECKED_TABLES[1:]:
        con.execute(f"delete from intake.{table} where file_no in ({numbers})")
