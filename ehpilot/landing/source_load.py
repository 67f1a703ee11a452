"""Loading one source: the order of the steps, refusal of files that break, and the report.

Belongs here: one run over the files of a source. Does not belong here: the steps themselves (sheets, records, conform,
duplicates, accounting), files outside the sources (:mod:`ehpilot.landing.unsourced`).

No file can stop a source: whatever goes wrong inside one file refuses that file with the words of the error, and the
source is loaded again without it.
"""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from ehpilot.landing.books import accounting
from ehpilot.landing.books.accounting import FileBook, LoadReport, Refusal, SkippedRow, create_intake_tables
from ehpilot.landing.books.detection import flag_below_limit
from ehpilot.landing.books.duplicates import settle_duplicates, winner_object
from ehpilot.landing.books.raw_relation import create_raw_table
from ehpilot.landing.folder.inventory import Inventory, LandingFile
from ehpilot.landing.grid import FileRefused
from ehpilot.landing.kept.cache import FileCache
from ehpilot.landing.kept.entry import Book
from ehpilot.landing.kept.source_files import SourceFiles
from ehpilot.landing.layout.fill import FileContent, Knowledge, SheetFault, add_rejects
from ehpilot.landing.layout.sheets import open_file
from ehpilot.landing.personal import Pseudonymiser, load_key
from ehpilot.landing.rows.blocks import Blocks
from ehpilot.landing.rows.bulk_csv import load_bulk_csv
from ehpilot.landing.rows.conform import TableLoad
from ehpilot.landing.rows.skips import BlankLines, write_skips
from ehpilot.landing.rows.stage import StageSetting
from ehpilot.landing.sql import quote
from ehpilot.landing.unsourced import skip_row, write_source_files, write_unsourced
from ehpilot.landing.values.aliases import Aliases, load_aliases
from ehpilot.profile import Profile
from ehpilot.project import DBT_DIR
from ehpilot.register import RawTable, Register

STAGE_SCHEMA = "landing_stage"


@dataclass(frozen=True)
class IntakeContext:
    """What loading needs besides the files. ``key`` hashes personal fields; ``loaded_at`` is UTC; ``cache``: files that
    earlier builds have read."""

    profile: Profile
    register: Register
    aliases: Aliases
    key: bytes
    loaded_at: datetime.datetime
    cache: FileCache | None = None

    @classmethod
    def create(
        cls,
        profile: Profile,
        register: Register,
        work: Path | None = None,
        read_files: Path | None = None,
        stale: Iterable[str] = (),
    ) -> IntakeContext:
        """Read seeds and key. ``work``: the build's work folder, under which the key must not lie. ``read_files``:
        where files of hourly series are kept from build to build; without it all are read. ``stale``: months
        (``YYYY-MM``) that are read anew all the same."""
        now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None, microsecond=0)
        out = None if work is None else work.parent
        aliases = load_aliases(DBT_DIR / "seeds")
        cache = None if read_files is None else FileCache.create(read_files, profile, register, aliases, stale)
        return cls(profile, register, aliases, load_key(out), now, cache)


class _FilesBrokeError(Exception):
    """Files whose rows made a query fail, with the words of the error."""

    def __init__(self, file_nos: list[int], code: str, message: str):
        super().__init__(message)
        self.file_nos, self.code, self.message = file_nos, code, message


def load_source(
    con: duckdb.DuckDBPyConnection, inventory: Inventory, source: str, context: IntakeContext
) -> LoadReport:
    """Load all raw tables of one source and write its books; doing it again replaces both.

    Files of no source and the decisions are written down with every source, so that none is forgotten.
    Raises:
        AccountingError: records of a file do not add up (a fault of this program).
    """
    create_intake_tables(con, context.register)
    Pseudonymiser(context.key).install(con)
    broken: dict[int, tuple[str, str]] = {}
    while True:
        try:
            report = _SourceLoad(con, inventory, source, context, broken).run()
            break
        except _FilesBrokeError as error:
            fresh = [number for number in error.file_nos if number not in broken]
            if not fresh:
                raise
            broken |= {number: (error.code, error.message) for number in fresh}
    write_unsourced(con, inventory)
    return report


class _SourceLoad:
    """One run over the files of a source."""

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        inventory: Inventory,
        source: str,
        context: IntakeContext,
        broken: dict[int, tuple[str, str]],
    ):
        self.con, self.inventory, self.context, self.broken = con, inventory, context, broken
        self.source = source
        self.tables: dict[str, RawTable] = {table.name: table for table in context.register.raw_tables_of(source)}
        self.known = Knowledge(context.register.raw_tables, context.aliases.options())
        self.files = inventory.of_source(source)
        self.blocks = {name: Blocks() for name in self.tables}
        self.contents: dict[int, FileContent] = {}
        self.refusals: list[Refusal] = []
        self.books = {file.file_no: FileBook() for file in self.files}
        self.refused: set[int] = set()
        self.last_row: dict[tuple[int, str], int] = {}  # last row with content that no stage holds
        self.kept = SourceFiles(context.cache, source, self.tables)

    def run(self) -> LoadReport:
        accounting.clear_source(self.con, [file.file_no for file in self.files], self.source)
        _register_files(self.con, self.inventory)
        for file in self.files:
            self._open(file)
        with _stage_schema(self.con, self.blocks) as scratch:
            loads = self._stage(scratch)
            self._note_faults()
            write_skips(self.con, [load.stage for load in loads], self._blank_lines(), self.last_row)
            self._count_read(loads)
            for load in loads:
                load.finish()
        accounting.write_refusals(self.con, self.refusals, {file.file_no: file.id_hash for file in self.files})
        self.kept.keep(self.con, self._told())
        self.kept.copy_books(self.con, self.books)
        used: set[str] = set()
        repeated: dict[str, set[int]] = {}
        for table in self.tables.values():
            self.kept.bring_in(self.con, table)
            settled = settle_duplicates(self.con, table, self.inventory.winner)
            used |= settled.decided
            repeated[table.name] = settled.file_nos
        flag_below_limit(self.con, self.tables.values(), self.context.aliases.conversions)
        self.kept.lay_views(self.con, repeated)
        return self._close(used)

    # -- files ------------------------------------------------------------------------------------------------------

    def _open(self, file: LandingFile) -> None:
        if file.status == "refused" and file.refusal is not None:
            self._refuse(file, *file.refusal)
            return
        if not file.is_read or file.location is None:
            return
        if file.file_no in self.broken:
            self._refuse(file, *self.broken[file.file_no])
            return
        told = self.kept.take(file)
        if told is not None:
            self.contents[file.file_no] = FileContent(encoding=told.encoding, unmapped=told.unmapped)
            file.form_id = told.form_id
            return
        try:
            content = open_file(self.con, file, self.known)
        except FileRefused as refusal:
            self._refuse(file, refusal.code, refusal.message)
            return
        except Exception as error:  # whatever a hostile file does to a reader, the other files go on
            self._refuse(file, "FILE-TYPE", f"文件无法读取 / cannot be read: {type(error).__name__}: {error}")
            return
        self.contents[file.file_no] = content
        for sheet_part in content.sheet_parts:
            self.blocks[sheet_part.part.table].add(sheet_part, file.file_no, file.status == "duplicate")

    def _refuse(self, file: LandingFile, code: str, message: str) -> None:
        self.refused.add(file.file_no)
        self.books[file.file_no].read = 1
        self.refusals.append(Refusal(file.file_no, "", 0, code, message[:2000], file.path.rsplit("/", 1)[-1]))

    # -- stage ------------------------------------------------------------------------------------------------------

    def _stage(self, scratch: str) -> list[TableLoad]:
        bounds, aliases = self.context.profile.bounds, self.context.aliases.options()
        zone = self.context.profile.time_zone
        setting = StageSetting(self.con, aliases, bounds, self.context.loaded_at, scratch, zone)
        loads = []
        for name, table in self.tables.items():
            create_raw_table(self.con, table)
            blocks = self.blocks[name]
            if not blocks.blocks:
                continue
            self._attach(setting, table, blocks)
            load = TableLoad(setting, table, blocks.blocks)
            try:
                load.write_stage()
            except duckdb.Error as error:
                raise self._culprits(setting, table, blocks, error) from error
            finally:
                blocks.detach(self.con)
            self._refuse_other_heads(load)
            loads.append(load)
        return loads

    def _refuse_other_heads(self, load: TableLoad) -> None:
        """A big file with a second table in it is refused: its rows cannot be told from those of the first."""
        found = self.con.execute(
            f"select _file_no, min(_row) from {load.stage.name} where _class = 'NO-HEADER' "
            f"group by 1 order by 1 limit 1"
        ).fetchone()
        if found is not None:
            told = f"第{found[1]}行起是另一张表（另有表头），请拆成两个文件 / a second table in the file"
            raise _FilesBrokeError([found[0]], "NO-HEADER", told)

    def _attach(self, setting: StageSetting, table: RawTable, blocks: Blocks) -> None:
        """Relations of the blocks; rows of big csv files that are plain are loaded already and not in them."""
        for block in blocks.blocks:
            try:
                bulk = load_bulk_csv(setting, table, block)
            except FileRefused as refusal:
                raise _FilesBrokeError(block.file_nos, refusal.code, refusal.message) from refusal
            if bulk is not None:
                self.books[block.file_nos[0]].read += bulk.count
                self.last_row[block.file_nos[0], block.sheet_part.sheet] = bulk.last_row
        try:
            blocks.attach(self.con, table.name)
        except FileRefused as refusal:
            raise _FilesBrokeError(blocks.failed_files, refusal.code, refusal.message) from refusal

    def _culprits(
        self, setting: StageSetting, table: RawTable, blocks: Blocks, error: duckdb.Error
    ) -> _FilesBrokeError:
        """The files of the blocks that cannot be staged by themselves; all files of the table if each can."""
        failed: list[int] = []
        for block in blocks.blocks:
            alone = Blocks([block])
            try:
                alone.attach(self.con, table.name)
                TableLoad(setting, table, [block]).write_stage()
            except (duckdb.Error, FileRefused):
                failed += block.file_nos
            finally:
                alone.detach(self.con)
        everyone = sorted({number for block in blocks.blocks for number in block.file_nos})
        words = str(error).splitlines()[0]
        return _FilesBrokeError(
            failed or everyone, "FILE-TYPE", f"内容无法处理 / the content cannot be processed: {words}"
        )

    def _note_faults(self) -> None:
        """Faults of sheets and lines, known in full once big csv files are read."""
        skipped: list[SkippedRow] = []
        for file in self.files:
            content = self.contents.get(file.file_no)
            if content is None:
                continue
            for sheet_part in content.sheet_parts:
                if sheet_part.grid is not None and sheet_part.counts_skips:
                    add_rejects(sheet_part.grid, sheet_part, content)
                    blank = sheet_part.grid.blank_rows
                    content.blank_rows.append((sheet_part.sheet, blank[blank >= sheet_part.mapping.body_row]))
            for fault in content.faults:
                skipped += self._note_fault(file, fault)
        accounting.write_skipped(self.con, skipped)

    def _note_fault(self, file: LandingFile, fault: SheetFault) -> list[SkippedRow]:
        """A fault is a quarantined record; a note, and any fault of a second copy, a skipped one."""
        place = (file.file_no, fault.sheet)
        self.last_row[place] = max(self.last_row.get(place, 0), fault.row_number)
        if file.status == "duplicate" or fault.code.startswith("SKIP-"):
            code = fault.code if fault.code.startswith("SKIP-") else "SKIP-DUPLICATE"
            return [skip_row(file, fault.sheet, fault.row_number, code, "")]
        self.books[file.file_no].read += 1
        self.refusals.append(Refusal(*place, fault.row_number, fault.code, fault.message, fault.value, "", fault.field))
        return []

    def _blank_lines(self) -> list[BlankLines]:
        return [
            (file_no, sheet, rows)
            for file_no, content in self.contents.items()
            for sheet, rows in content.blank_rows
            if len(rows)
        ]

    # -- books ------------------------------------------------------------------------------------------------------

    def _count_read(self, loads: list[TableLoad]) -> None:
        """Records read: those in the stages, and the rows skipped (faults were counted when they were noted)."""
        for load in loads:
            sql = (
                f"select _file_no, count(*) from {load.stage.name} where _class is null or _class = 'NO-FORM' "
                f"group by 1"
            )
            self._add_read(sql)
        self._add_read(f"select file_no, count(*) from intake.skipped where file_no in ({self._numbers()}) group by 1")

    def _add_read(self, sql: str) -> None:
        for file_no, count in self.con.execute(sql).fetchall():
            self.books[file_no].read += count

    def _numbers(self) -> str:
        return ", ".join(str(file.file_no) for file in self.files) or "-1"

    def _close(self, used: set[str]) -> LoadReport:
        accounting.make_ids_unique(self.con, [file.file_no for file in self.files])
        accounting.count_files(self.con, self.books, list(self.tables))
        accounting.assert_law(self.books, {file.file_no: file.path for file in self.files})
        for file in self.files:
            _note_result(file, self.contents.get(file.file_no), file.file_no in self.refused)
        write_source_files(self.con, self.files, self.books, self.contents)
        self._write_file_columns()
        report = LoadReport(self.source, files=self.books)
        for name in self.tables:
            report.rows[name] = self.con.execute(f"select count(*) from raw.{quote(name)}").fetchone()[0]  # type: ignore[index]
        report.reasons = dict(
            self.con.execute(
                f"select reason_code, count(*) from intake.quarantine where file_no in ({self._numbers()}) "
                f"group by 1 order by 1"
            ).fetchall()
        )
        winners = [d.object_id for d in self.inventory.decisions if d.kind == "winner"]
        own = [o for o in winners if o.partition(":")[0] in self.tables]
        report.unused_decisions = [o for o in own if winner_object(o) not in used]
        return report

    def _told(self) -> list[Book]:
        """What is told of the files that were opened and not refused, beside their records."""
        forms = {n: content.form.form_id for n, content in self.contents.items() if content.form is not None}
        return [
            Book(n, self.books[n].read, forms.get(n), content.encoding, content.unmapped, content.columns)
            for n, content in self.contents.items()
            if n not in self.refused
        ]

    def _write_file_columns(self) -> None:
        taken = {number: kept.book.columns for number, kept in self.kept.taken.items()}
        columns = {number: taken.get(number) or content.columns for number, content in self.contents.items()}
        rows = [{"file_no": number, **row} for number, listed in columns.items() for row in listed]
        texts = ((n, pa.string()) for n in ("sheet", "raw_table", "raw_column", "header"))
        schema = pa.schema([("file_no", pa.int32()), *texts, ("own_row", pa.int64()), ("own_sheet", pa.string())])
        accounting.insert_arrow(self.con, "intake.file_column", pa.Table.from_pylist(rows, schema=schema))


def _note_result(file: LandingFile, content: FileContent | None, refused: bool) -> None:
    """What opening a file has told: its form, its encoding, or that it is refused."""
    if refused:
        file.status = "refused"
    if content is not None and not refused:
        file.form_id = content.form.form_id if content.form else file.form_id
        file.encoding = content.encoding or file.encoding


def _register_files(con: duckdb.DuckDBPyConnection, inventory: Inventory) -> None:
    files = [file for file in inventory.files if file.location is not None]
    con.register("landing_file_rows", pa.table({
        "file_no": pa.array([file.file_no for file in files], pa.int32()),
        "path": pa.array([file.path for file in files], pa.string()),
        "id_hash": pa.array([file.id_hash for file in files], pa.string()),
    }))  # fmt: skip
    con.execute("create or replace temp table landing_files as select * from landing_file_rows")
    con.unregister("landing_file_rows")


@contextlib.contextmanager
def _stage_schema(con: duckdb.DuckDBPyConnection, blocks: dict[str, Blocks]) -> Iterator[str]:
    """Prefix of stage tables: temp, or on disk in the working database where a csv is too big for memory."""
    if not any(block.is_large for group in blocks.values() for block in group.blocks):
        yield ""
        return
    con.execute(f"drop schema if exists {STAGE_SCHEMA} cascade; create schema {STAGE_SCHEMA}")
    try:
        yield f"{STAGE_SCHEMA}."
    finally:
        con.execute(f"drop schema if exists {STAGE_SCHEMA} cascade")
