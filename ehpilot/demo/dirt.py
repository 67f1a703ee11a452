"""Dirt that many forms share: wrong places, hostile names, hidden rows, totals and notes.

Belongs here: ways to spoil a table that do not depend on its subject.
Does not belong here: dirt of one form (its source module), whole-file tricks (hostile.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ehpilot.demo.files import Row, Table
from ehpilot.demo.world import World

HOSTILE_TEXTS = (
    ("=cmd|'/C calc'!A0", "cell that begins with = and names a program"),
    ("<script>alert('虚构')</script>", "script in a name"),
    ("示例'; DROP TABLE permit_site; --（虚构）", "SQL in a name"),
    ("../../etc/示例（虚构）", "path in a name"),
)


def spoil_places(table: Table, rng: np.random.Generator, longitude: str, latitude: str) -> None:
    """Swap, zero, move away and garble places; each way with its code."""
    east, north = table.column(longitude), table.column(latitude)

    def plain(row: Row) -> bool:
        return len(row.cells) > north and isinstance(row.cells[east], float) and isinstance(row.cells[north], float)

    for _ in range(3):
        row = table.pick(rng, plain)
        if row:
            row.cells[east], row.cells[north] = row.cells[north], row.cells[east]
            table.flag(row, "", None, "XY-SWAPPED", "longitude and latitude swapped")
    row = table.pick(rng, plain)
    if row:
        row.cells[north] = 0
        table.flag(row, longitude, 0, "XY-ZERO", "place 0, 0")
    row = table.pick(rng, plain)
    if row:
        row.cells[north] = 39.9
        table.flag(row, longitude, 116.4, "XY-OUTSIDE", "place far outside the area")
    table.spoil_any(rng, longitude, "详见附图", "XY-FORMAT", "words for a coordinate", where=plain)


def spoil_texts(world: World, table: Table, column: str) -> None:
    """Hostile names where the world is a hostile one: data like any other, loaded as they stand.

    Last of a table's dirt, and drawn apart from it, so that a hostile folder differs from a clean one in these alone.
    """
    if not world.is_hostile:
        return
    rng = world.rng(f"hostile {table.path}")
    place = table.column(column)
    for text, what in HOSTILE_TEXTS:
        row = table.pick(rng)
        if row:
            row.cells[place] = text
            row.touched = True
            table.ledger.note_variant(table.path, table.sheet, row.number, column, text, text, what)


def hide(table: Table, rng: np.random.Generator, count: int) -> None:
    """Hide clean rows: they are loaded and flagged."""
    for _ in range(count):
        row = table.pick(rng)
        if row:
            row.hidden = True
            table.flag(row, "", None, "HIDDEN-ROW", "hidden row")


def note_rows(
    table: Table, total: Sequence[Any] | None = None, note: str | None = None, signature: str | None = None
) -> None:
    """What clerks write below a table: a total, a blank line, a note, a signature."""
    if total is not None:
        table.skip(total, "SKIP-TOTAL", "total row")
    if note is not None:
        table.skip([], "SKIP-BLANK", "blank row")
        table.skip([note], "SKIP-NOTE", "note below the table")
    if signature is not None:
        table.skip([signature], "SKIP-NOTE", "signature below the table")
