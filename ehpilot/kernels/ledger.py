"""The ledger of risk codes: canonical JSON, chained hashes, the first row that was changed.

h_n = SHA-256(h_{n-1} ‖ canonical JSON of row n), h_{n-1} as its 64 hex digits in ASCII, 64 zeros before the first row.
Canonical: keys sorted by code point, UTF-8 without escapes, no blanks, whole numbers only; a decimal is text, a time is
ISO 8601 in UTC+8. The hash covers :data:`HASHED` and, by the chain, the order of the rows; ``recorded_at`` is a clock
time and stands outside. The chain shows that nothing was changed, not that it was true; a correction is a new row.

Belongs here: pure functions over rows. Does not belong here: files (``publish.ledger``, ``reading.ledger``), signatures
(``publish.code_signature``), which codes make a row (``new_entries`` is told).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

FIRST = "0" * 64
HASHED = ("as_of", "edition_no", "event", "object_id", "object_kind", "payload_sha256")
CANONICALISATION = "sorted keys, UTF-8, no blanks, whole numbers, decimals as text, times ISO 8601 UTC+8"
UTC8 = dt.timezone(dt.timedelta(hours=8))


def canonical(value: Any) -> bytes:
    """Canonical JSON. TypeError on a float (its digits differ between writers) and on what JSON does not know; a time
    without a zone is taken as UTC+8."""
    return json.dumps(_plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, dt.datetime):
        return (value.replace(tzinfo=UTC8) if value.tzinfo is None else value.astimezone(UTC8)).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("a key of canonical JSON is text")
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    raise TypeError(f"canonical JSON holds no {type(value).__name__}: write a decimal as text")


def sha256(value: Any) -> str:
    """SHA-256 of the canonical JSON, hex."""
    return hashlib.sha256(canonical(value)).hexdigest()


def entry_hash(previous_hash: str, entry: Mapping[str, Any]) -> str:
    """Hash of one row after the row with ``previous_hash``."""
    return hashlib.sha256(previous_hash.encode("ascii") + canonical({key: entry[key] for key in HASHED})).hexdigest()


def appended(entries: Iterable[Mapping[str, Any]], last: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """The rows in their order, numbered and chained after ``last`` (None: the first rows of all)."""
    number, previous = (int(last["entry_no"]), str(last["entry_hash"])) if last else (0, FIRST)
    chained = []
    for entry in entries:
        number += 1
        digest = entry_hash(previous, entry)
        chained.append({**entry, "entry_no": number, "previous_hash": previous, "entry_hash": digest})
        previous = digest
    return chained


def first_broken(entries: Sequence[Mapping[str, Any]]) -> tuple[int, str] | None:
    """The place (from 1) of the first row that does not fit, and why: number, link or content; None for a whole one."""
    previous = FIRST
    for place, entry in enumerate(entries, start=1):
        if entry.get("entry_no") != place:
            return place, f"row {place} has number {entry.get('entry_no')}: a row is missing or out of order"
        if entry.get("previous_hash") != previous:
            return place, f"row {place} does not follow row {place - 1}: a row before it was changed, added or removed"
        try:
            fits = entry_hash(previous, entry) == entry.get("entry_hash")
        except (KeyError, TypeError, ValueError, RecursionError):
            fits = False
        if not fits:
            return place, f"row {place} was changed after it was written"
        previous = str(entry["entry_hash"])
    return None


def first_difference(one: Sequence[Mapping[str, Any]], other: Sequence[Mapping[str, Any]]) -> int | None:
    """The place (from 1) where two ledgers part, None where one is the beginning of the other (or they are equal)."""
    for place, (left, right) in enumerate(zip(one, other, strict=False), start=1):
        if left.get("entry_hash") != right.get("entry_hash"):
            return place
    return None
