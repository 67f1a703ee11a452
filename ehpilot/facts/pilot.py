"""What a build knows of the pilot's documents before any model runs: intake.deliverable and intake.document.

Belongs here: the declared documents (dbt exposures, names of the area filled in) and the documents that the previous
edition and the releases hold, as rows that models can join. Does not belong here: whether a deliverable is done (mart
``pilot.deliverable``), rendering, the declaration itself (``dbt/models/deliverables.yml``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb

from ehpilot.project import DBT_DIR
from ehpilot.register import Deliverable

DECLARED_IN = "models/deliverables.yml"
INDEX = "reports/index.json"
APPROVAL = "approval.json"

_DDL = """
create or replace table intake.deliverable (
    deliverable_id varchar, name varchar, title varchar, task_no integer, one_of_six varchar, standard varchar,
    due date, lead_key varchar, style varchar, sensitivity varchar, is_deliverable boolean, declared_line integer);
create or replace table intake.document (
    deliverable_id varchar, format varchar, edition_no integer, release_no integer, state varchar, path varchar,
    sha256 varchar, folder varchar);
"""


def write_pilot_facts(
    con: duckdb.DuckDBPyConnection,
    documents: Iterable[Deliverable],
    texts: Mapping[str, str],
    previous: Path | None = None,
    releases: Path | None = None,
) -> None:
    """Create and fill both tables.

    ``texts`` holds ``zone_name``, ``zone_formal`` and ``city`` for the titles. ``previous`` is the folder of the newest
    sealed edition, ``releases`` the folder that holds ``NNNN-rN``; each may be None or absent. ``path`` of a document
    is relative to the build folder; ``release_no`` is 0 for the edition itself.
    """
    con.execute(_DDL)
    lines = _declared_lines()
    declared = [_declared_row(item, texts, lines) for item in documents]
    if declared:
        con.executemany(f"insert into intake.deliverable values ({', '.join('?' * 12)})", declared)
    folders = [previous] if previous is not None else []
    if releases is not None and releases.is_dir():
        folders += sorted(path for path in releases.iterdir() if path.is_dir() and path.name[0] != ".")
    found = [row for folder in folders for row in _document_rows(folder)]
    if found:
        con.executemany(f"insert into intake.document values ({', '.join('?' * 8)})", found)


def _declared_lines() -> dict[str, int]:
    """Line of ``deliverables.yml`` (from 1) on which each document's title stands, by id."""
    lines: dict[str, int] = {}
    text = (DBT_DIR / DECLARED_IN).read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(text, start=1):
        if line.strip().startswith("deliverable_id:"):
            lines[line.split(":", 1)[1].strip()] = number + 1  # the title follows the id
    return lines


def _declared_row(item: Deliverable, texts: Mapping[str, str], lines: Mapping[str, int]) -> list[Any]:
    meta = item.meta
    return [
        item.deliverable_id, item.name, item.titled(texts), meta.get("task_no"), meta.get("one_of_six"),
        meta.get("standard"), meta.get("due"), meta.get("lead"), meta.get("style"), meta.get("sensitivity"),
        item.is_deliverable, lines.get(item.deliverable_id),
    ]  # fmt: skip


def _document_rows(folder: Path) -> list[list[Any]]:
    """Documents that a sealed edition or release lists as made; a folder without an index has none."""
    index = folder / INDEX
    if not index.is_file():
        return []
    content = json.loads(index.read_text(encoding="utf-8"))
    number, _, release = folder.name.partition("-r")
    base = f"{folder.parent.name}/{folder.name}"
    approved = (folder / APPROVAL).is_file()
    return [
        [
            entry["document_id"], entry["format"], int(content.get("edition_no") or number), int(release or 0),
            "approved" if approved else entry["state"], f"{base}/{entry['path']}", entry["sha256"], base,
        ]
        for entry in content["documents"]
        if entry.get("path") and entry.get("state") != "failed"
    ]  # fmt: skip
