"""Make an edition: begin → publish_marts → (documents, quality page) → seal.

Everything is made in ``editions/.0007.building``, summed, flushed to disk and renamed to ``editions/0007``; then the
relative symlink ``latest`` is replaced by rename. Killed at any point, a build leaves either the old ``latest`` and a
folder that the next :func:`begin` removes, or a whole new edition. Nothing in a sealed edition changes (files are
made read-only).

Does not belong here: the order of a build and its lock (``ehpilot.runs.build``), what stands in the tables (dbt),
releases.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import shutil
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb

from ehpilot.errors import BuildError, UsageError
from ehpilot.publish import board_page, datapackage, evidence_workbook, index_page, proposed_decisions, report_index
from ehpilot.publish.code_labels import write_code_labels
from ehpilot.publish.description import DESCRIPTION_TABLES, write_description
from ehpilot.publish.marts import (
    PublishedTable,
    attached_marts,
    beside,
    copy_marts,
    open_for_writing,
    refuse_leftovers,
    transaction,
)
from ehpilot.publish.parquet import FOLDER as PARQUET_FOLDER
from ehpilot.publish.parquet import write_parquet
from ehpilot.publish.series import write_series
from ehpilot.reading import edition as reading
from ehpilot.reading import owner, sums
from ehpilot.reading.catalogue import catalogue
from ehpilot.reading.documents import DocumentResult
from ehpilot.register import Deliverable, Table


def next_edition_no(out: Path) -> int:
    """One more than the newest sealed edition; 1 for the first."""
    return max(reading.sealed_numbers(out), default=0) + 1


def building_path(out: Path, edition_no: int) -> Path:
    """Folder in which edition ``edition_no`` is made: ``editions/.0007.building``."""
    return reading.editions_folder(out) / f".{reading.folder_name(edition_no)}.building"


def begin(out: Path, edition_no: int) -> Path:
    """Empty folder for a new edition. The caller holds the build lock of ``out``.

    Removes what killed builds left (``*.building``, half-removed editions, temporary links) and moves ``latest`` on
    if a build was killed between sealing and moving it. Raises BuildError when a living process is making an edition
    here, or when the number is taken; UsageError when the folder can't be written.
    """
    folder = reading.editions_folder(out)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        clear_leftovers(folder)
        repair_latest(out)
        building = building_path(out, edition_no)
        if (folder / reading.folder_name(edition_no)).exists():
            raise BuildError(f"edition {edition_no} is sealed already / 第 {edition_no} 版已封存")
        building.mkdir()
        owner.write(building)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written ({error.strerror}) / 无法写入") from error
    return building


def clear_leftovers(folder: Path) -> list[str]:
    """Remove what killed processes left in ``editions/``; returns the names. Raises BuildError for a living owner."""
    removed = []
    for path in sorted(folder.glob(".*")):
        if path.name.endswith((".building", ".pruned")) and path.is_dir():
            alive = owner.living(path)
            if alive is not None:
                raise BuildError(f"{path}: being made by process {alive} / 进程 {alive} 正在生成")
            shutil.rmtree(path)
        elif path.name.startswith(".latest."):
            path.unlink()
        else:
            continue
        removed.append(path.name)
    return removed


def repair_latest(out: Path) -> bool:
    """Point ``latest`` to the newest sealed edition if it does not; True if it had to be moved."""
    numbers = reading.sealed_numbers(out)
    if not numbers:
        return False
    folder = reading.editions_folder(out)
    newest = reading.folder_name(numbers[-1])
    link = folder / "latest"
    if link.is_symlink() and str(link.readlink()) == newest:
        return False
    _move_latest(folder, newest)
    return True


def publish_marts(
    warehouse: duckdb.DuckDBPyConnection,
    building: Path,
    register_tables: Iterable[Table],
    documents: Iterable[Deliverable] = (),
    facts: Mapping[str, str] | None = None,
) -> list[PublishedTable]:
    """Write marts.duckdb and parquet/ into the building edition; returns the tables with their rows.

    ``warehouse`` is a connection to the working database, whose catalog is ``warehouse``. ``facts`` are texts of the
    profile (``zone_name``, ``issuing_unit``, …), kept in meta.edition_fact. Raises BuildError when a declared public
    table is missing.
    """
    tables = list(register_tables)
    previous = reading.latest(building.parent.parent)
    with attached_marts(warehouse, building) as connection:
        with beside(connection) as second, ThreadPoolExecutor(1) as pool:
            writing = pool.submit(write_series, second, building, tables, previous)
            published = copy_marts(connection, tables)
            with transaction(connection):
                write_code_labels(connection, tables)
            copied = catalogue(connection)
            write_parquet(connection, building, {table.name: copied[table.name] for table in published})
            series = writing.result()
        with transaction(connection):
            write_description(connection, [*published, *series], tables, documents, facts or {})
        described = catalogue(connection)
        write_parquet(connection, building, {table: described[table] for table in DESCRIPTION_TABLES})
    refuse_leftovers(building)
    return [*published, *series]


def seal(
    building: Path,
    *,
    status: str = "success",
    documents: Iterable[DocumentResult] = (),
    finished_at: dt.datetime | None = None,
    sealed_at: dt.datetime | None = None,
) -> Path:
    """Close a building edition and make it the latest; returns ``editions/NNNN``.

    Fills the clock columns of meta.edition and meta.run, writes datapackage.json, reports/index.json, the evidence
    (workbook, proposed decisions), the board, index.html and SHA256SUMS, flushes all to disk, renames, moves
    ``latest``. Clock times default to now (UTC, whole seconds).
    """
    now = dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)
    edition_no = int(building.name.split(".")[1])
    final = building.parent / reading.folder_name(edition_no)
    if final.exists():
        raise BuildError(f"edition {edition_no} is sealed already / 第 {edition_no} 版已封存")
    _fill_record(building, edition_no, status, finished_at or now, sealed_at or now)
    refuse_leftovers(building)
    report_index.write(building, edition_no, documents)
    datapackage.write(building)
    proposed_decisions.write(building)
    evidence_workbook.write(building)
    board_page.write(building)
    index_page.write(building)
    owner.remove(building)
    (building / sums.SUMS_FILE).write_text(sums.lines(sums.folder_sums(building)), encoding="utf-8")
    make_durable(building)
    building.rename(final)
    _sync_folder(final.parent)
    _move_latest(final.parent, final.name)
    return final


def abandon(building: Path) -> None:
    """Throw a building edition away (a gate failed: nothing is published)."""
    shutil.rmtree(building, ignore_errors=True)


def is_unchanged(latest: Path | None, input_hash: str, profile: str, code_version: str, as_of: dt.date | None) -> bool:
    """True if the latest edition was made from the same input, profile, code and as-of date: no new edition is due.

    ``as_of`` None means the date that the content gives; then the latest edition must have been made without a
    requested date too (fact ``as_of_requested``), because the date itself is known only after loading.
    """
    if latest is None:
        return False
    try:
        facts = reading.info(latest)
    except UsageError:
        return False
    if (input_hash, profile, code_version) != (facts.input_hash, facts.profile, facts.code_version):
        return False
    return not facts.facts.get("as_of_requested") if as_of is None else str(as_of) == str(facts.as_of)


def require_no_step_back(latest: Path | None, as_of: dt.date | None) -> None:
    """Raise UsageError where the as-of date is before the latest edition's: codes, deadlines and ledger would run
    backwards (a clock set back, a slip of the pen). An unknown date passes: the data give it."""
    if latest is None or as_of is None:
        return
    before = reading.info(latest).as_of
    if before is not None and as_of < before:
        raise UsageError(
            f"as-of date {as_of} is before that of edition {latest.name} ({before}); check the date, or say "
            f"--accept-shrink / 截止日 {as_of} 早于版次 {latest.name} 的 {before}，请核对；确属如此请加 --accept-shrink"
        )


def content_hash(building: Path) -> str:
    """SHA-256 over the sorted SHA256SUMS lines of the Parquet files, without the tables that hold clock times."""
    clock = {f"{PARQUET_FOLDER}/{table.replace('.', '/')}.parquet" for table in reading.CLOCK_TABLES}
    root = building / PARQUET_FOLDER
    paths = sorted(path.relative_to(building).as_posix() for path in root.rglob("*.parquet"))
    content = {path: sums.file_sum(building / path) for path in paths if path not in clock}
    return hashlib.sha256(sums.lines(content).encode()).hexdigest()


def _fill_record(
    building: Path, edition_no: int, status: str, finished_at: dt.datetime, sealed_at: dt.datetime
) -> None:
    """Write the clock columns and the content hash, then the Parquet files of the tables that hold them."""
    digest = content_hash(building)
    with open_for_writing(building) as connection:
        updated = connection.execute(
            "update meta.edition set content_hash = ?, sealed_at = ? where edition_no = ? returning 1",
            [digest, sealed_at, edition_no],
        ).fetchall()
        if not updated:
            raise BuildError(f"meta.edition has no row for edition {edition_no} / meta.edition 缺第 {edition_no} 版")
        connection.execute(
            "update meta.run set finished_at = ?, status = ? where edition_no = ?", [finished_at, status, edition_no]
        )
        made = catalogue(connection)
        write_parquet(connection, building, {table: made[table] for table in reading.CLOCK_TABLES if table in made})


def make_durable(folder: Path) -> None:
    """Flush every file and folder to disk and make the files read-only."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            _sync_folder(path)
        elif not path.is_symlink():
            with path.open("rb") as handle:
                os.fsync(handle.fileno())
            path.chmod(path.stat().st_mode & ~0o222)
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        # Some network file systems can't flush a folder; the rename is still atomic there.
        with contextlib.suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _move_latest(folder: Path, target: str) -> None:
    temporary = folder / f".latest.{os.getpid()}"
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(target)
    temporary.replace(folder / "latest")
    _sync_folder(folder)
