"""What the generator knows about its own files: counts, spoilt records, unusual notations, true values.

Belongs here: the bookkeeping that becomes ``truth/``.
Does not belong here: making rows (the source modules), writing workbooks (files.py).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TextIO

QUARANTINED, FLAGGED, SKIPPED, REFUSED = "quarantined", "loaded_flagged", "skipped", "refused"
SPOILT_COLUMNS = ("path", "sheet", "row", "field", "records", "what", "reason_code", "disposition")
VARIANT_COLUMNS = ("path", "sheet", "row", "field", "written", "means", "what")
COUNT_COLUMNS = (
    "path", "source", "records_read", "records_loaded", "records_quarantined", "records_skipped", "status",
)  # fmt: skip


@dataclass
class FileCount:
    """Expected accounting of one landing file; read = loaded + quarantined + skipped."""

    read: int = 0
    quarantined: int = 0
    skipped: int = 0
    status: str = "current"

    @property
    def loaded(self) -> int:
        """Records that reach a raw table, flagged ones included."""
        return self.read - self.quarantined - self.skipped


@dataclass(frozen=True)
class OverLimit:
    """A result above the limit of its permit, and the rule of the warehouse that finds it."""

    rule_id: str
    enterprise_id: str
    point_id: str
    sampled_on: date


@dataclass(frozen=True)
class UsedPermit:
    """Which share of a permitted yearly amount a plant's report of 2025 says that it used."""

    enterprise_id: str
    outlet_no: str
    medium: str
    pollutant_id: str
    share: float


@dataclass
class Ledger:
    """Collects what was written and what was spoilt; ``write`` makes the truth folder.

    True values go to its files as they come, so that memory does not grow with the area. Without a folder they go
    nowhere.
    """

    truth: Path | None = None
    counts: dict[str, FileCount] = field(default_factory=dict)
    spoilt: list[tuple[Any, ...]] = field(default_factory=list)
    variants: list[tuple[Any, ...]] = field(default_factory=list)
    over_limit: list[OverLimit] = field(default_factory=list)
    used_permits: list[UsedPermit] = field(default_factory=list)
    streams: dict[str, TextIO] = field(default_factory=dict)

    def count(self, path: str) -> FileCount:
        """The counter of a landing file (path relative to the landing folder)."""
        return self.counts.setdefault(path, FileCount())

    def forget(self, path: str) -> None:
        """Take back the counter of a file that was not written: there was nothing to write."""
        del self.counts[path]

    def note_spoilt(
        self, path: str, sheet: str, row: int, column: str, what: str, code: str, disposition: str, records: int = 1
    ) -> None:
        """Say that ``records`` records of a row were spoilt and how the intake must treat them."""
        self.spoilt.append((path, sheet, row, column, records, what, code, disposition))

    def refuse(self, path: str, what: str, code: str) -> None:
        """A file that must be refused as a whole: read 1, quarantined 1."""
        count = self.count(path)
        count.read, count.quarantined, count.skipped, count.status = 1, 1, 0, "refused"
        self.note_spoilt(path, "", 0, "", what, code, REFUSED)

    def note_variant(self, path: str, sheet: str, row: int, column: str, written: Any, means: Any, what: str) -> None:
        """Say that a value was written in an unusual notation that must be read right, without a code."""
        self.variants.append((path, sheet, row, column, written, means, what))

    def fact(self, table: str, **values: Any) -> None:
        """Add one row of true values to ``truth/<table>.csv``; all rows of a table have the same columns."""
        if self.truth is None:
            return
        if table not in self.streams:
            self.truth.mkdir(parents=True, exist_ok=True)
            self.streams[table] = (self.truth / f"{table}.csv").open("w", encoding="utf-8", newline="")
            csv.writer(self.streams[table], lineterminator="\n").writerow(values)
        csv.writer(self.streams[table], lineterminator="\n").writerow(_text(cell) for cell in values.values())

    def write(self) -> None:
        """Finish the truth folder; byte-equal for equal content."""
        if self.truth is None:
            return
        self.truth.mkdir(parents=True, exist_ok=True)
        for stream in self.streams.values():
            stream.close()
        counts = [
            (path, path.split("/")[0], c.read, c.loaded, c.quarantined, c.skipped, c.status)
            for path, c in sorted(self.counts.items())
        ]
        spoilt = sorted(self.spoilt, key=lambda row: [str(cell) for cell in row])
        _write(self.truth / "expected_counts.csv", COUNT_COLUMNS, counts)
        _write(self.truth / "spoilt.csv", SPOILT_COLUMNS, spoilt)
        _write(self.truth / "variants.csv", VARIANT_COLUMNS, self.variants)


def _write(path: Path, columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_text(cell) for cell in row] for row in rows)


def _text(cell: Any) -> Any:
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return f"{cell:.10g}"
    return ";".join(cell) if isinstance(cell, list | tuple) else cell
