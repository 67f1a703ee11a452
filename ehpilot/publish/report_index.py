"""reports/index.json: the documents of an edition with hashes and state.

Does not belong here: rendering. A document that failed is listed with its reason (a broken document is a gap, not a
failed edition).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ehpilot.reading import sums
from ehpilot.reading.documents import DocumentResult

INDEX = "reports/index.json"


def write(folder: Path, edition_no: int, documents: Iterable[DocumentResult]) -> Path:
    """Write the index for the documents of ``folder`` (an edition or a release); returns its path."""
    entries = [entry(folder, document) for document in documents]
    entries.sort(key=lambda item: (item["document_id"], item["format"]))
    path = folder / INDEX
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"edition_no": edition_no, "documents": entries}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path


def read(folder: Path) -> list[dict[str, Any]]:
    """Entries of a folder's index; empty if it has none."""
    path = folder / INDEX
    if not path.is_file():
        return []
    return list(json.loads(path.read_text(encoding="utf-8"))["documents"])


def entry(folder: Path, document: DocumentResult) -> dict[str, Any]:
    """One line of the index: path relative to ``folder``, bytes, SHA-256, state, annexes with their hashes, gaps."""
    made = document.path is not None and document.path.is_file()
    path = document.path if made else None
    return {
        "document_id": document.document_id,
        "title": document.title,
        "format": document.format,
        "state": document.state if made or document.state == "gap" else "failed",
        "reason": document.reason,
        "path": _relative(folder, path) if path else None,
        "bytes": path.stat().st_size if path else None,
        "sha256": sums.file_sum(path) if path else None,
        "annexes": {_relative(folder, annex): sums.file_sum(annex) for annex in document.annexes},
        "tables": list(document.tables),
        "gaps": list(document.gaps),
    }


def _relative(folder: Path, path: Path) -> str:
    return path.resolve().relative_to(folder.resolve()).as_posix()
