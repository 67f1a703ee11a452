"""Read the ledger: the file beside the editions, and the copy that each edition holds.

Does not belong here: appending (``publish.ledger``), the hash rule (``kernels.ledger``).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ehpilot.errors import UsageError
from ehpilot.kernels.ledger import UTC8, first_broken
from ehpilot.reading.code_verify import FOLDER, LIST_FILE, CodeList
from ehpilot.reading.edition import has_table, latest, open_marts

TABLE = "risk_grade.risk_code_ledger"
COLUMNS = ("entry_no", "object_kind", "object_id", "edition_no", "as_of", "recorded_at", "event", "payload_sha256",
           "previous_hash", "entry_hash")  # fmt: skip


def ledger_file(out: Path) -> Path:
    """``<out>/ledger/ledger.jsonl``."""
    return Path(out) / "ledger" / "ledger.jsonl"


def read_file(path: Path) -> list[dict[str, Any]]:
    """Rows of a ledger file, one JSON object a line; empty where there is no file. A line that is none is a row
    without columns, which no chain fits; bytes that are no UTF-8 fit no hash."""
    if not path.is_file():
        return []
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    return [_row(line) for line in lines if line.strip()]


def _row(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return row if isinstance(row, dict) else {}


def of_edition(edition: Path) -> list[dict[str, Any]]:
    """Rows of an edition's ledger as the file writes them; empty where the edition has none (it knew no codes)."""
    with open_marts(edition) as connection:
        if not has_table(connection, TABLE):
            return []
        rows = connection.execute(f"select {', '.join(COLUMNS)} from {TABLE} order by entry_no").fetchall()
    return [{name: _written(value) for name, value in zip(COLUMNS, row, strict=True)} for row in rows]


def _written(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=dt.UTC).astimezone(UTC8).isoformat()
    return value.isoformat() if isinstance(value, dt.date) else value


def list_beside(path: Path) -> Path | None:
    """The folder of the newest edition's list of codes, of a ledger that stands in its build folder; else None."""
    out = path.resolve().parent.parent
    newest = latest(out) if path.resolve() == ledger_file(out) else None
    folder = newest / FOLDER if newest else None
    return folder if folder and (folder / LIST_FILE).is_file() else None


def verify_file(path: Path, codes: CodeList | None = None) -> tuple[int, str]:
    """Number of rows of a ledger file and what is wrong with the first broken one ('' whole). UsageError without a
    file. ``codes``: a signed list of codes, which says how many rows there were and how the last one reads: it shows
    last rows that are missing, and a chain that somebody computed anew."""
    if not path.is_file():
        raise UsageError(f"{path}: no such file / 没有该文件")
    rows = read_file(path)
    if broken := first_broken(rows):
        return len(rows), broken[1]
    return len(rows), _unlike(rows, codes) if codes is not None and codes.is_trusted else ""


def _unlike(rows: Sequence[Mapping[str, Any]], codes: CodeList) -> str:
    place, left = codes.ledger_entries, codes.ledger_entries - len(rows)
    if left > 0:
        return f"row {len(rows) + 1} and {left - 1} more are missing: the signed list of {codes.as_of} counts {place}"
    if place and rows[place - 1]["entry_hash"] != codes.ledger_head:
        return f"row {place} is not the one of the signed list of {codes.as_of}: rows were written anew"
    return ""
