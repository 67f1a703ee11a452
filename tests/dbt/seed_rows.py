"""Seeds read as files. Does not belong here: rules, assertions."""

from __future__ import annotations

import csv

from ehpilot.project import DBT_DIR

SEEDS = {path.stem: path for path in sorted((DBT_DIR / "seeds").rglob("*.csv"))}


def rows(seed: str) -> list[dict[str, str]]:
    """All rows of a seed as texts."""
    with SEEDS[seed].open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
