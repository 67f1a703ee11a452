"""What a build knows of the pilot's documents before any model runs: intake.deliverable and intake.document.

Belongs here: the declared documents (dbt exposures, names of the area filled in) and the documents that the previous
edition and the releases hold, as rows that models can join. Does not belong here: whether a deliverable is done (mart
``pilot.deliverable``), rendering, the declaration itself (``dbt/models/deliverables.yml``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from ehpilot.facts.tables import write_table
from ehpilot.project import DBT_DIR
from ehpilot.register import Deliverable, Register

DECLARED_IN = "models/deliverables.yml"
INDEX = "reports/index.json"
APPROVAL = "approval.json"


def write_pilot_facts(
    con: duckdb.DuckDBPyConnection,
    register: Register,
    texts: Mapping[str, str],
    previous: Path | None = None,
    releases: Path | None = None,
) -> None:
    """Create and fill both tables, the first from the documents that the register declares.

    ``texts`` holds ``zone_name``, ``zone_formal``, ``city`` and ``year`` for the titles. ``previous`` is the folder of
    the newest sealed edition, ``releases`` the folder that holds ``NNNN-rN``; each may be None or absent. ``path`` of
    a document is relative to the build folder; ``release_no`` is 0 for the edition itself.
    """
    lines = _declared_lines()
    declared = [_declared_row(item, texts, lines) for item in register.documents.values()]
    write_table(con, register.intake_tables["deliverable"], declared)
    folders = [previous] if previous is not None else []
    if releases is not None and releases.is_dir():
        folders += sorted(path for path in releases.iterdir() if path.is_dir() and path.name[0] != ".")
    found = [row for folder in folders for row in _document_rows(folder)]
    write_table(con, register.intake_tables["document"], found)


def _declared_lines() -> dict[str, int]:
    """Line of ``deliverables.yml`` (from 1) on which each document's title stands, by id."""
    lines: dict[str, int] = {}
    text = (DBT_DIR / DECLARED_IN).read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(text, start=1):
        if line.strip().startswith("deliverable_id:"):
            lines[line.split(":", 1)[1].strip()] = number + 1  # the title follows the id
    return lines


def _declared_row(item: Deliverable, texts: Mapping[str, str], lines: Mapping[str, int]) -> dict[str, Any]:
    meta = item.meta
    return {
        "deliverable_id": item.deliverable_id, "name": item.name, "title": item.titled(texts),
        "lead_key": meta.get("lead"), "is_deliverable": item.is_deliverable,
        "declared_line": lines.get(item.deliverable_id),
        **{name: meta.get(name) for name in ("task_no", "one_of_six", "standard", "due", "style", "sensitivity")},
    }  # fmt: skip


def _document_rows(folder: Path) -> list[dict[str, Any]]:
    """Documents that a sealed edition or release lists as made; a folder without an index has none."""
    index = folder / INDEX
    if not index.is_file():
        return []
    content = json.loads(index.read_text(encoding="utf-8"))
    number, _, release = folder.name.partition("-r")
    base = f"{folder.parent.name}/{folder.name}"
    approved = (folder / APPROVAL).is_file()
    return [
        {
            "deliverable_id": entry["document_id"], "format": entry["format"],
            "edition_no": int(content.get("edition_no") or number), "release_no": int(release or 0),
            "state": "approved" if approved else entry["state"], "path": f"{base}/{entry['path']}",
            "sha256": entry["sha256"], "folder": base,
        }
        for entry in content["documents"]
        if entry.get("path") and entry.get("state") != "failed"
    ]  # fmt: skip
