"""The alias seeds as dictionaries: pollutants, units, conversions.

Belongs here: reading the seed CSV files of ``dbt/seeds``. Does not belong here: the look-up rules (``pollutants``,
``units``).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TypedDict

from ehpilot.landing.values.pollutants import pollutant_key
from ehpilot.landing.values.units import unit_key


class AliasOptions(TypedDict):
    """The look-up tables under the option names of ``kinds.parse_distinct``."""

    pollutant_aliases: dict[str, str]
    unit_aliases: dict[str, str]
    unit_conversions: dict[str, tuple[str, str, float]]
    ambiguous_pollutants: dict[str, str]


@dataclass(frozen=True)
class Aliases:
    """Look-up tables for parsers: normalised alias → id or unit, unit → (quantity, canonical unit, factor to it),
    names that stand for several substances → what they may be, in words, and the Chinese name of each pollutant id.
    """

    pollutants: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    conversions: dict[str, tuple[str, str, float]] = field(default_factory=dict)
    ambiguous: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def options(self) -> AliasOptions:
        """The tables under the option names of ``parse_distinct``."""
        return {
            "pollutant_aliases": self.pollutants, "unit_aliases": self.units, "unit_conversions": self.conversions,
            "ambiguous_pollutants": self.ambiguous,
        }  # fmt: skip


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if not path.exists():
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


@lru_cache(maxsize=2)
def load_aliases(seeds_dir: Path) -> Aliases:
    """Reads ``chemicals/chemical.csv`` and ``crosswalks/*.csv`` under ``seeds_dir``, once a process; a missing file is
    an empty table.
    """
    pollutants: dict[str, str] = {}
    names_of: dict[str, str] = {}
    for row in _rows(seeds_dir / "chemicals" / "chemical.csv"):
        pollutant_id = row.get("pollutant_id") or row.get("cas_no") or ""
        names_of[pollutant_id] = row.get("name_cn") or row.get("name_en") or pollutant_id
        names = [pollutant_id, row.get("cas_no", ""), row.get("name_cn", ""), row.get("name_en", "")]
        for name in names + (row.get("aliases") or "").split(";"):
            if name and pollutant_id:
                pollutants.setdefault(pollutant_key(name), pollutant_id)
    for row in _rows(seeds_dir / "crosswalks" / "pollutant_alias.csv"):
        pollutants[pollutant_key(row["alias"])] = row["pollutant_id"]
    ambiguous = {
        pollutant_key(row["name"]): "、".join(names_of.get(name, name) for name in row["candidates"].split(";"))
        for row in _rows(seeds_dir / "crosswalks" / "ambiguous_pollutant.csv")
    }
    conversions = {
        row["unit"]: (row["quantity"], row["canonical_unit"], float(row["factor"]))
        for row in _rows(seeds_dir / "crosswalks" / "unit_conversion.csv") if row.get("factor")
    }  # fmt: skip
    units: dict[str, str] = {}
    for unit in conversions:
        units[unit_key(unit)] = unit
    for row in _rows(seeds_dir / "crosswalks" / "unit_alias.csv"):
        units[unit_key(row["alias"])] = row["unit"]
    for key, unit in list(units.items()):
        units.setdefault(key.lower(), unit)
    return Aliases(pollutants, units, conversions, ambiguous, names_of)
