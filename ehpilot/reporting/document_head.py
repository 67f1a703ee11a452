"""Which edition a document reads, and its head there: official title, issuing unit, name of its files.

The edition comes from the parameter, else $EHPILOT_EDITION (a folder), else $EHPILOT_OUT/editions/latest, else an
error that says so. Does not belong here: tables of the body (``report_table``), what the annex prints (``evidence``).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ehpilot.errors import UsageError
from ehpilot.reading import edition as reading
from ehpilot.reading.edition import EditionInfo

PUBLIC_WORD = "（公开版）"  # ends the names of public files


@dataclass(frozen=True)
class DocumentHead:
    """Head of a document: official title (with the zone's name), issuing unit, tables it reads in print order."""

    document_id: str
    title: str
    issuing_unit: str
    tables: tuple[str, ...]


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


def read_document(connection: duckdb.DuckDBPyConnection, document_id: str) -> DocumentHead:
    """Head of a document from ``meta.document``. Raises UsageError for an unknown id."""
    row = None
    if reading.has_table(connection, "meta.document"):
        row = connection.execute(
            "select document_id, title, issuing_unit, tables from meta.document where document_id = ?", [document_id]
        ).fetchone()
    if row is None:
        raise UsageError(f"no document {document_id} in this edition / 本版没有 {document_id}")
    return DocumentHead(row[0], row[1], row[2] or "", tuple(row[3] or ()))


def file_stem(document: DocumentHead, public: bool = False, word: str = "") -> str:
    """File name without ending: D-number, ``_``, the title without quotes, ``/`` and spaces, then ``word`` (of a file
    beside the document) and the mark of a public version."""
    dropped = set("\"'“”‘’《》/\\") | set(" \u3000\t\r\n")
    title = "".join(letter for letter in document.title if letter not in dropped)
    return f"{document.document_id}_{title}{word}{PUBLIC_WORD if public else ''}"


def zone_name(facts: EditionInfo) -> str:
    """Chinese name of the zone, else the profile's name."""
    return facts.facts.get("zone_name") or facts.profile
