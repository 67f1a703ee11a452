"""Where the people of the fictional area live: the grid of 500 m cells.

Belongs here: heads by cell and age, drawn so that the streets hold what the sampling frame says.
Does not belong here: the sensitive places among them (receptor.py), writing files.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from ehpilot.demo import names, place

CELL_M = 500
# persons of 15-69 years by street × 城/乡: the frame of the literacy survey
FRAME = {
    ("示例东街道", "城"): 42000, ("示例东街道", "乡"): 16000, ("示例西街道", "城"): 38000,
    ("示例西街道", "乡"): 21000, ("示例南街道", "乡"): 30000, ("示例湾街道", "城"): 52000,
}  # fmt: skip
SHARE_15_69 = 0.74
# centres of settlements by street: (x, y, share of the street's people)
_TOWNS = {
    "street_east": ((5200, -1100, 0.5), (4300, -2300, 0.25)),
    "street_west": ((-5600, -1300, 0.45), (-4300, -2400, 0.3)),
    "street_south": ((-2500, -4700, 0.35), (3100, -5300, 0.3)),
    "street_bay": ((-400, -1500, 0.55), (1700, -2400, 0.35)),
}  # fmt: skip
_TOWN_SPREAD_M = 900.0
_CLEAR_M = 500.0  # about a park nobody lives


@dataclass(frozen=True)
class Cell:
    """Centre of a cell in metres and its heads by age."""

    x_m: float
    y_m: float
    under_15: int
    from_15_to_64: int
    over_64: int

    @property
    def people(self) -> int:
        """All ages."""
        return self.under_15 + self.from_15_to_64 + self.over_64


@cache
def cells(seed: int) -> tuple[Cell, ...]:
    """All cells of the land of a seed's world, empty ones too."""
    rng = np.random.default_rng([seed, *b"population"])
    streets = dict(zip(place.streets(), names.STREET_NAMES, strict=True))
    parks = [park.buffer(_CLEAR_M) for park in place.parks().values()]
    found: list[Cell] = []
    for street, name in streets.items():
        shape = place.streets()[street].intersection(place.land())
        centres = [
            (x, y)
            for x in range(-8250, 8500, CELL_M)
            for y in range(-6750, 4500, CELL_M)
            if shape.covers(place.Point(x, y))
        ]
        total = sum(size for (label, _), size in FRAME.items() if label == name) / SHARE_15_69
        weights = np.array([_weight(street, x, y) for x, y in centres]) * rng.lognormal(0, 0.45, len(centres))
        weights *= [not any(park.covers(place.Point(x, y)) for park in parks) for x, y in centres]
        heads = np.round(total * weights / weights.sum()).astype(int)
        for (x, y), people in zip(centres, heads.tolist(), strict=True):
            young, old = int(people * rng.uniform(0.11, 0.17)), int(people * rng.uniform(0.12, 0.24))
            found.append(Cell(x, y, young, people - young - old, old))
    return tuple(sorted(found, key=lambda cell: (cell.x_m, cell.y_m)))


def near(seed: int, x_m: float, y_m: float, radius_m: float) -> list[Cell]:
    """Cells whose centre lies within a radius."""
    return [cell for cell in cells(seed) if np.hypot(cell.x_m - x_m, cell.y_m - y_m) <= radius_m]


def _weight(street: str, x_m: float, y_m: float) -> float:
    """Even in the country, gathered in towns."""
    town = sum(
        share * np.exp(-((x_m - x) ** 2 + (y_m - y) ** 2) / (2 * _TOWN_SPREAD_M**2)) for x, y, share in _TOWNS[street]
    )
    return float(0.008 + town)
