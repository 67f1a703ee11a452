"""Big csv files: loaded by DuckDB, every record accounted for, row numbers found again from byte positions.

DuckDB's read_csv drops blank lines and numbers nothing; ``rowid`` of the loaded table plus the positions of blank lines
and rejects give the row number. If loaded + rejected + blank is not the number of records (stray quotes, mixed line
ends), the file is read again by the reference engine. ``landing.rows.bulk_csv`` has the rows put elsewhere in one go
(``pour``) instead of into a table of texts (``load``).

Belongs here: that engine. Does not belong here: small files, encodings.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ehpilot.landing.grid import FileRefused, Grid, column_names, new_relation_name
from ehpilot.landing.readers.csv_records import (
    BROKEN_QUOTES,
    Records,
    fit,
    guess_table,
    holds_nothing,
    is_blank,
    iterate,
    rejects_table,
    text_columns,
    truncated,
    width_message,
)
from ehpilot.landing.readers.text_scan import RecordPositions, find_records
from ehpilot.landing.sql import literal

SCRATCH_SCHEMA = "landing_scratch"
MAX_PIECES = 64  # more breaks in the row numbers than this: numbers are joined by position
STRETCHES = 64
STRETCH_BYTES = 1 << 18
_BATCH_ROWS = 50_000
_MAX_REJECT_TEXT = 4_000

Reject = tuple[int, str, str, str]


class LargeCsv(Grid):
    """A csv file that is loaded into a table of the database (on disk if the database is), never held in memory."""

    path: Path
    delimiter: str
    head_records: Records
    n_lines: int | None
    engine: str = ""

    def prepare(
        self, path: Path, delimiter: str, folder: TemporaryDirectory[str], head: Records, n_lines: int | None
    ) -> None:
        """``path``: plain UTF-8 in ``folder``, which lives as long as the grid. ``head``: its first records.

        ``n_lines``: line ends of the file if they are known; as many loaded rows mean that no record was missed.
        """
        self.path, self.delimiter, self.head_records, self.n_lines = path, delimiter, head, n_lines
        self._keep_alive.append(folder)

    def _make(self, first_row: int | None, n_columns: int | None) -> str:
        guessed_row, width = guess_table(self.head_records, n_columns)
        first = first_row or guessed_row
        self._place()
        name = new_relation_name()
        self._data = f"{self._qualifier}.{name}_data"
        try:
            self.engine = "duckdb" if self._load_with_duckdb(name, first, width) else "python"
            if self.engine == "python":
                self._load_with_python(name, first, width)
        except BaseException:
            self.relation = name
            self.release()
            raise
        return name

    def _place(self) -> None:
        """Where the data table goes: a scratch schema of a file database (memory stays small), else temp."""
        row = self.connection.execute(
            "select path is not null from duckdb_databases() where database_name = current_database()"
        ).fetchone()
        schema = self.schema or (SCRATCH_SCHEMA if row and row[0] else "temp")
        if schema != "temp":
            self.connection.execute(f"create schema if not exists {schema}")
        self._qualifier = schema
        self._create = "create temp table" if schema == "temp" else "create table"

    def release(self) -> None:
        """Drops the relation and its tables."""
        if not self.relation:
            return
        self.connection.execute(f"drop view if exists {self.relation}")
        self.connection.execute(f"drop table if exists {self._data}")
        self.connection.execute(f"drop table if exists {self._data}_numbers")
        self.relation = ""
        if self._qualifier == SCRATCH_SCHEMA:
            left = self.connection.execute(
                "select count(*) from duckdb_tables() where schema_name = ? and database_name = current_database()",
                [SCRATCH_SCHEMA],
            ).fetchone()
            if left and not left[0]:
                self.connection.execute(f"drop schema {SCRATCH_SCHEMA}")

    # ---- DuckDB -----------------------------------------------------------------------------------------------------

    def _load_with_duckdb(self, name: str, first_row: int, width: int) -> bool:
        """True if DuckDB read the file and every record is accounted for."""
        if width == 1:  # a blank line is a record of one empty field to DuckDB
            return False
        try:
            found = self._scan(lambda csv: f"{self._create} {self._data} as select * from {csv}", name, width)
        except duckdb.Error:
            self.connection.execute(f"drop table if exists {self._data}")
            return False
        loaded = self.connection.execute(f"select count(*) from {self._data}").fetchone()[0]  # type: ignore[index]
        missing = self._account(found, loaded, first_row, width)
        if missing is None:
            self.connection.execute(f"drop table if exists {self._data}")
            return False
        self._create_view(name, missing, loaded, first_row, width)
        return True

    def _read_sql(self, width: int, errors: str, path: Path | None = None) -> str:
        """SQL of the file (or of another of its form) as a relation c0 …; ``errors``: the options that say what becomes
        of other lines."""
        columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(width))
        return (
            f"read_csv({literal(str(path or self.path))}, auto_detect = false, header = false, "
            f"delim = {literal(self.delimiter)}, quote = '\"', escape = '\"', columns = {{{columns}}}, "
            f"strict_mode = true, max_line_size = 16777216, buffer_size = 33554432, {errors})"
        )

    def _scan(self, statement: Callable[[str], str], name: str, width: int) -> list[tuple[int, str]]:
        """Run a statement over the file as a relation; byte position and type of the lines left out."""
        errors, scans = f"{name}_errors", f"{name}_scans"
        kept = f"store_rejects = true, rejects_limit = 0, rejects_table = '{errors}', rejects_scan = '{scans}'"
        try:
            self.connection.execute(statement(self._read_sql(width, kept)))
            return self.connection.execute(
                f"select line_byte_position - 1, min(error_type) from {errors} group by 1 order by 1"
            ).fetchall()
        finally:
            self.connection.execute(f"drop table if exists {errors}; drop table if exists {scans}")

    def _account(
        self, found: list[tuple[int, str]], loaded: int, first_row: int, width: int
    ) -> NDArray[np.int64] | None:
        """Fill rejects and blank rows; numbers of the rows that were not loaded, None if a record is missing."""
        texts = self._texts_at([row[0] for row in found])
        positions = self._positions(np.array([start for start, _ in texts], dtype=np.int64), loaded)
        if positions.ends_in_quotes and not any(row[1] != "UNQUOTED VALUE" for row in found[-1:]):
            raise truncated()
        rejects, blanks = self._rejects([text for _, text in texts], positions, width)
        if loaded + len(rejects) + len(blanks) != positions.n_records:
            return None
        self.n_rows, self.blank_rows = positions.n_records, blanks
        self.rejects = rejects_table([reject for reject in rejects if reject[0] >= first_row])
        return np.sort(np.concatenate([np.array([r[0] for r in rejects], dtype=np.int64), blanks]))

    def _positions(self, rejected: NDArray[np.int64], loaded: int) -> RecordPositions:
        """Where blank lines and rejects lie; the file is read for it only if lines and loaded rows differ in number."""
        if not len(rejected) and self.n_lines is not None and loaded == self.n_lines:
            return RecordPositions(loaded, np.zeros(0, np.int64), np.zeros(0, np.int64), ends_in_quotes=False)
        return find_records(self.path, rejected)

    def _texts_at(self, positions: list[int]) -> list[tuple[int, str]]:
        """Byte position and text of the records at DuckDB's positions, which may point at line ends before the
        record.
        """
        texts = []
        with self.path.open("rb") as file:
            for position in positions:
                file.seek(position)
                chunk = file.read(_MAX_REJECT_TEXT)
                while chunk and not chunk.strip(b"\r\n"):
                    position += len(chunk)
                    chunk = file.read(_MAX_REJECT_TEXT)
                record = chunk.lstrip(b"\r\n")
                position += len(chunk) - len(record)
                texts.append((position, record.decode("utf-8", errors="replace").removeprefix("\ufeff")))
        return texts

    def _rejects(
        self, texts: list[str], positions: RecordPositions, width: int
    ) -> tuple[list[Reject], NDArray[np.int64]]:
        """DuckDB's errors as rejects with the file's own text; records of blanks only join the blank rows."""
        rejects: list[Reject] = []
        blanks = [positions.blank_rows]
        for chunk, number in zip(texts, positions.record_numbers.tolist(), strict=True):
            fields, text = _first_record(chunk, self.delimiter)
            if holds_nothing(fields):
                blanks.append(np.array([number], dtype=np.int64))
                continue
            message = BROKEN_QUOTES if fields is None else width_message(len(fields), width)
            rejects.append((number, "FIELD-COUNT", text, message))
        return rejects, np.unique(np.concatenate(blanks))

    def _create_view(self, name: str, missing: NDArray[np.int64], loaded: int, first_row: int, width: int) -> None:
        columns = ", ".join(column_names(width)[1:])
        pieces = row_number_pieces(missing, loaded)
        if len(pieces) <= MAX_PIECES:
            parts = [
                f"select rowid + {shift} as row_number, {columns} from {self._data} "
                f"where rowid >= {low} and rowid < {high}"
                for low, high, shift in pieces
            ] or [f"select rowid as row_number, {columns} from {self._data}"]
            body = " union all ".join(parts)
        else:
            self.connection.register(f"{name}_missing", pa.table({"row_number": missing}))
            self.connection.execute(
                f"{self._create} {self._data}_numbers as select range as row_number "
                f"from range(1, {loaded + len(missing) + 1}) where range not in (select row_number from {name}_missing)"
            )
            self.connection.unregister(f"{name}_missing")
            body = f"select n.row_number, {columns} from {self._data} positional join {self._data}_numbers as n"
        condition = f" where row_number >= {first_row}" if first_row > 1 else ""
        self.connection.execute(f"create temp view {name} as select * from ({body}){condition}")

    # ---- bulk -----------------------------------------------------------------------------------------------------

    def peek(self, n_columns: int) -> str:
        """SQL of the file as a relation c0 … in any order, without row numbers, lines of another width left out."""
        return self._read_sql(n_columns, "ignore_errors = true")

    def glance(self, n_columns: int) -> str | None:
        """SQL as of ``peek`` for stretches spread evenly over the file, cut at line ends; None where the file is not
        several times as long. A record with a line break inside may be missing or torn: it tells words, not rows.
        """
        size = self.path.stat().st_size
        if size < 4 * STRETCHES * STRETCH_BYTES:
            return None
        folder = TemporaryDirectory(prefix="ehpilot-")
        self._keep_alive.append(folder)
        stretches = Path(folder.name) / "stretches.csv"
        with self.path.open("rb") as file, stretches.open("wb") as out:
            for number in range(STRETCHES):
                file.seek(size * number // STRETCHES)
                if number:
                    file.readline()
                out.write(file.read(STRETCH_BYTES) + file.readline())
        return self._read_sql(n_columns, "ignore_errors = true", stretches)

    def pour(self, insert: Callable[[str], str], first_row: int, n_columns: int) -> PouredRows:
        """Run the statement that ``insert`` makes of the file as a relation c0 …; it must keep every row, in order."""
        found = self._scan(insert, new_relation_name(), n_columns)
        return PouredRows(self, found, first_row, n_columns)

    def hold(self, query: str, first_row: int, n_columns: int) -> None:
        """Let the rows of ``query`` (row_number, c0 …) stand for the file: ``load`` with these arguments gives them."""
        self.release()
        self._place()
        name = new_relation_name()
        self._data = f"{self._qualifier}.{name}_data"
        self.connection.execute(f"{self._create} {self._data} as {query}")
        self.connection.execute(f"create temp view {name} as select * from {self._data}")
        self.relation, self._loaded_with, self.engine = name, (first_row, n_columns), "bulk"

    # ---- Python -----------------------------------------------------------------------------------------------------

    def _load_with_python(self, name: str, first_row: int, width: int) -> None:
        """The reference engine in batches: exact for irregular files, at about a tenth of the speed."""
        rejects: list[Reject] = []
        blanks: list[int] = []
        schema = pa.schema([("row_number", pa.int64()), *((f"c{i}", pa.string()) for i in range(width))])
        reader = pa.RecordBatchReader.from_batches(schema, self._batches(first_row, width, rejects, blanks, schema))
        self.connection.register(f"{name}_batches", reader)
        try:
            self.connection.execute(f"{self._create} {self._data} as select * from {name}_batches")
        except duckdb.Error as error:
            if "FileRefused" in str(error) or "引号" in str(error):
                raise truncated() from error
            raise
        finally:
            self.connection.unregister(f"{name}_batches")
        self.rejects, self.blank_rows = rejects_table(rejects), np.array(blanks, dtype=np.int64)
        self.connection.execute(f"create temp view {name} as select * from {self._data}")

    def _batches(
        self, first_row: int, width: int, rejects: list[Reject], blanks: list[int], schema: pa.Schema
    ) -> Iterator[pa.RecordBatch]:
        rows: list[list[str]] = []
        numbers: list[int] = []
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            for number, fields, raw in iterate(file, self.delimiter):
                self.n_rows = number
                if is_blank(fields):
                    blanks.append(number)
                    continue
                if number < first_row:
                    continue
                fitted = None if fields is None else fit(fields, width)
                if fitted is None and holds_nothing(fields):
                    blanks.append(number)
                    continue
                if fitted is None:
                    message = BROKEN_QUOTES if fields is None else width_message(len(fields), width)
                    rejects.append((number, "FIELD-COUNT", raw, message))
                    continue
                rows.append(fitted)
                numbers.append(number)
                if len(rows) >= _BATCH_ROWS:
                    yield _batch(rows, numbers, width, schema)
                    rows, numbers = [], []
        yield _batch(rows, numbers, width, schema)


def _batch(rows: list[list[str]], numbers: list[int], width: int, schema: pa.Schema) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([pa.array(numbers, pa.int64()), *text_columns(rows, width)], schema=schema)


def _first_record(chunk: str, delimiter: str) -> tuple[list[str] | None, str]:
    """Fields (None: broken quotes) and raw text of the record at the beginning of ``chunk``."""
    try:
        _, fields, text = next(iterate(io.StringIO(chunk, newline=""), delimiter), (0, None, chunk))
    except FileRefused:
        return None, chunk
    return fields, text


@dataclass
class PouredRows:
    """A file whose rows stand somewhere in order; :meth:`pieces` numbers them, and fills the grid's rejects."""

    grid: LargeCsv
    found: list[tuple[int, str]]
    first_row: int
    n_columns: int

    def pieces(self, loaded: int) -> list[tuple[int, int, int]] | None:
        """(from, to, shift) by position from 0, number = position + shift; None where ``loaded`` rows
        can't be all, or the numbers break too often.

        Raises:
            FileRefused: the file breaks off inside quotes.
        """
        missing = self.grid._account(self.found, loaded, self.first_row, self.n_columns)
        pieces = None if missing is None else row_number_pieces(missing, loaded)
        return pieces if pieces is not None and len(pieces) <= MAX_PIECES else None


def row_number_pieces(missing: NDArray[np.int64], loaded: int) -> list[tuple[int, int, int]]:
    """(from, to, shift) of loaded rows by position from 0: row number = position + shift. ``missing``: sorted numbers
    of rows that are not loaded.
    """
    starts = missing - np.arange(1, len(missing) + 1)  # loaded row from which one more row is missing
    starts, shifts = _last_of_each(starts)
    bounds = [0, *starts.tolist(), loaded]
    steps = zip(bounds, bounds[1:], [0, *shifts.tolist()], strict=False)
    return [(low, high, 1 + shift) for low, high, shift in steps if high > low]


def _last_of_each(starts: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Distinct starts with the number of missing rows up to and including the last of each."""
    if not len(starts):
        return starts, starts
    last = np.append(starts[1:] != starts[:-1], True)
    return starts[last], np.flatnonzero(last) + 1
