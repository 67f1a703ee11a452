"""Rows of ``intake.source_file``, and the files that belong to no source: decisions, strays, what is left of them.

Belongs here: writing them down with their books. Does not belong here: reading decisions
(:mod:`ehpilot.landing.folder.decisions`), records of raw tables.
"""

from __future__ import annotations

from typing import Any

import duckdb

from ehpilot.landing.books import accounting
from ehpilot.landing.books.accounting import FileBook, Refusal, SkippedRow
from ehpilot.landing.folder.inventory import Inventory, LandingFile
from ehpilot.landing.layout.fill import FileContent


def write_source_files(
    con: duckdb.DuckDBPyConnection,
    files: list[LandingFile],
    books: dict[int, FileBook],
    contents: dict[int, FileContent],
) -> None:
    """Rows of ``intake.source_file``: each file with its counts, and the headers that nothing takes."""
    rows = []
    for file in files:
        book, content = books.get(file.file_no, FileBook()), contents.get(file.file_no)
        rows.append({
            "file_no": file.file_no, "file_sha256": file.sha256, "path": file.path, "source": file.source or None,
            "form_id": file.form_id, "encoding": file.encoding, "first_seen_at": file.first_seen_at,
            "records_read": book.read, "records_loaded": book.loaded, "records_quarantined": book.quarantined,
            "records_skipped": book.skipped, "status": file.status, "superseded_by": file.superseded_by,
            "unmapped_columns": content.unmapped if content else [], "size_bytes": file.size_bytes,
        })  # fmt: skip
    accounting.write_source_files(con, rows)


def write_unsourced(con: duckdb.DuckDBPyConnection, inventory: Inventory) -> None:
    """Decisions, files outside the sources and what is left of such files from earlier editions."""
    known = inventory.sources
    files = [file for file in inventory.files if file.source not in known]
    books = {file.file_no: FileBook() for file in files}
    hashes = {file.file_no: file.id_hash for file in files}
    numbers = list(books)
    accounting.clear_source(con, numbers, "")
    refusals: list[Refusal] = []
    skipped: list[SkippedRow] = []
    decisions: list[dict[str, Any]] = []
    contents: dict[int, FileContent] = {}
    for file in files:
        found = inventory.decision_files.get(file.file_no)
        if file.status == "refused" and file.refusal is not None:
            refusals.append(Refusal(file.file_no, "", 0, *file.refusal, file.path.rsplit("/", 1)[-1]))
            books[file.file_no].read = 1
        elif found is not None and file.status == "current":
            books[file.file_no].read = found.read
            refusals += found.refusals
            contents[file.file_no] = FileContent(unmapped=found.unmapped)
            skipped += [skip_row(file, "", number, code, "intake.decision") for number, code in found.skipped]
            decisions += [
                {"decision_id": d.decision_id, "kind": d.kind, "object_id": d.object_id, "decided": d.decided,
                 "decided_by_role": d.role, "decided_at": d.decided_at, "reason": d.reason, "is_used": False,
                 "valid_until": d.valid_until, "file_no": d.file_no, "row_number": d.row_number}
                for d in found.decisions
            ]  # fmt: skip
            books[file.file_no].loaded = len(found.decisions)
    accounting.write_refusals(con, refusals, hashes)
    accounting.write_skipped(con, skipped)
    accounting.write_decisions(con, decisions)
    accounting.count_files(con, books, [])
    accounting.assert_law(books, {file.file_no: file.path for file in files})
    write_source_files(con, files, books, contents)


def skip_row(file: LandingFile, sheet: str, row: int, code: str, raw_table: str) -> SkippedRow:
    """A whole row of a file that is no record, for the books."""
    return SkippedRow(accounting.record_key(file.id_hash, sheet, row), file.file_no, sheet, row, "", code, raw_table)
