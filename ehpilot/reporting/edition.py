"""Which edition a document reads, and the facts of it that its head and annex print.

The edition comes from the parameter, else $EHPILOT_EDITION (a folder), else $EHPILOT_OUT/editions/latest, else an
error that says so. Does not belong here: tables of the body (``tables``), layout (``html``).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from ehpilot.errors import UsageError
from ehpilot.reading import edition as reading
from ehpilot.reading.edition import EditionInfo

FICTION_MARK = "演示数据（虚构）"


@dataclass(frozen=True)
class Document:
    """Head of a document: official title (with the zone's name), issuing unit, tables it reads in print order."""

    document_id: str
    title: str
    issuing_unit: str
    tables: tuple[str, ...]


@dataclass(frozen=True)
class Evidence:
    """What the evidence annex prints: lists of dictionaries as they stand in the edition's meta tables."""

    files: list[dict[str, Any]]
    warnings: list[dict[str, Any]]
    unverified: list[dict[str, Any]]
    gaps: list[dict[str, Any]]
    quarantine: list[dict[str, Any]]


def find_edition(edition: str | Path | None = None) -> Path:
    """Folder of the edition to read. Raises UsageError when nothing names one or the folder is none."""
    named = edition or os.environ.get("EHPILOT_EDITION")
    if named:
        return reading.marts_file(_from_here(named)).parent
    out = os.environ.get("EHPILOT_OUT")
    if out:
        return reading.find(_from_here(out))
    raise UsageError(
        "no edition named: give the parameter edition, or set EHPILOT_EDITION to an edition's folder, or EHPILOT_OUT "
        "to a build folder whose editions/latest is read / 未指定版次"
    )


def _from_here(folder: str | Path) -> Path:
    """A folder as the caller meant it: Quarto runs cells beside the .qmd file, so a relative path is also looked for
    where the command was given (the shell's $PWD)."""
    path = Path(folder)
    shell = os.environ.get("PWD")
    if path.is_absolute() or path.exists() or not shell:
        return path
    return Path(shell) / path


def read_document(connection: duckdb.DuckDBPyConnection, document_id: str) -> Document:
    """Head of a document from ``meta.document``. Raises UsageError for an unknown id."""
    row = None
    if reading.has_table(connection, "meta.document"):
        row = connection.execute(
            "select document_id, title, issuing_unit, tables from meta.document where document_id = ?", [document_id]
        ).fetchone()
    if row is None:
        raise UsageError(f"no document {document_id} in this edition / 本版没有 {document_id}")
    return Document(row[0], row[1], row[2] or "", tuple(row[3] or ()))


def file_stem(document: Document) -> str:
    """File name without ending: D-number, ``_``, the title without quotes, ``/`` and spaces."""
    dropped = set("\"'“”‘’《》/\\") | set(" \u3000\t\r\n")
    return f"{document.document_id}_" + "".join(letter for letter in document.title if letter not in dropped)


def read_evidence(connection: duckdb.DuckDBPyConnection) -> Evidence:
    """Rows of the evidence annex; a table that the edition lacks gives an empty list."""
    return Evidence(
        files=_rows(
            connection, "meta.source_file",
            "file_no, path, status, records_read, records_loaded, records_quarantined, records_skipped",
            "order by path nulls last, file_no nulls last",
        ),
        warnings=_rows(
            connection, "meta.check_result", "gate, check_name, severity, failing_rows",
            "where not passed order by severity nulls last, gate nulls last, check_name nulls last",
        ),
        unverified=_rows(
            connection, "meta.parameter_used", "parameter_id, used_by, value, unit, source_ref, verified",
            "where verified is distinct from 'yes' order by parameter_id nulls last, used_by nulls last",
        ),
        gaps=_rows(connection, "meta.gap", "subject, missing, effect", "order by gap_id nulls last"),
        quarantine=_rows(
            connection, "meta.quarantine", "reason_code, count(distinct coalesce(record_id, quarantine_id)) as records",
            "group by reason_code order by reason_code nulls last",
        ),
    )  # fmt: skip


def _rows(connection: duckdb.DuckDBPyConnection, table: str, columns: str, rest: str) -> list[dict[str, Any]]:
    if not reading.has_table(connection, table):
        return []
    cursor = connection.execute(f"select {columns} from {table} {rest}")
    names = [item[0] for item in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def zone_name(facts: EditionInfo) -> str:
    """Chinese name of the zone, else the profile's name."""
    return facts.facts.get("zone_name") or facts.profile
