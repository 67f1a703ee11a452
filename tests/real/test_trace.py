"""Cells drawn at random over the public tables of Texas and Louisiana end in a file, a seed, a decision, a profile."""

from __future__ import annotations

import random
from typing import Any

import pytest

from ehpilot.reading.edition import open_marts
from ehpilot.reading.trace import trace
from ehpilot.register import Register
from tests.area import Area

pytestmark = pytest.mark.slow

CELLS = 100
COLUMNS = "select table_schema || '.' || table_name, column_name from information_schema.columns"
ENDS = {"file", "seed", "decision", "profile"}


@pytest.fixture(scope="module")
def cells(gulf_coast: Area) -> list[tuple[str, dict[str, Any], str]]:
    """Table, key and column of the drawn cells; tables are drawn first, so that small ones are met too."""
    draw = random.Random(2020)
    with open_marts(gulf_coast.latest) as con:
        tables = []
        for name, table in Register.load().public_tables.items():
            rows = [] if table.is_series else con.execute(f"select {', '.join(table.key)} from {name}").fetchall()
            if rows:
                tables.append((name, table, sorted(rows, key=str)))
        stands = {(t, c) for t, c in con.execute(COLUMNS).fetchall()}
    drawn = []
    for _ in range(CELLS):
        name, table, rows = draw.choice(tables)
        column = draw.choice([c.name for c in table.columns if (name, c.name) in stands and not c.name.startswith("_")])
        drawn.append((name, dict(zip(table.key, draw.choice(rows), strict=True)), column))
    return drawn


def test_every_cell_ends_somewhere(gulf_coast: Area, cells: list[tuple[str, dict[str, Any], str]]) -> None:
    lost = [cell for cell in cells if not any(row["kind"] in ENDS for row in trace(gulf_coast.latest, *cell))]
    assert lost == []


def test_cells_of_many_tables_were_drawn(cells: list[tuple[str, dict[str, Any], str]]) -> None:
    assert len({name for name, _, _ in cells}) > 30
