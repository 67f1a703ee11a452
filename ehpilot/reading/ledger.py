"""Read the ledger: the file beside the editions, and the copy that each edition holds.

Does not belong here: appending (``publish.ledger``), the hash rule (``kernels.ledger``).
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from ehpilot.errors import UsageError
from ehpilot.kernels.ledger import UTC8, first_broken
from ehpilot.reading.edition import has_table, open_marts

TABLE = "risk_grade.risk_code_ledger"
COLUMNS = ("entry_no", "object_kind", "object_id", "edition_no", "as_of", "recorded_at", "event", "payload_sha256",
           "previous_hash", "entry_hash")  # fmt: skip


def ledger_file(out: Path) -> Path:
    """``<out>/ledger/ledger.jsonl``."""
    return Path(out) / "ledger" / "ledger.jsonl"


def read_file(path: Path) -> list[dict[str, Any]]:
    """Rows of a ledger file, one JSON object a line; empty where there is no file. A line that is none is a row
    without columns, which no chain fits."""
    if not path.is_file():
        return []
    return [_row(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _row(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError:
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


def verify_file(path: Path) -> tuple[int, str]:
    """Number of rows of a ledger file and what is wrong with the first broken one ('' whole). UsageError without a
    file."""
    if not path.is_file():
        raise UsageError(f"{path}: no such file / 没有该文件")
    rows = read_file(path)
    broken = first_broken(rows)
    return len(rows), broken[1] if broken else ""
