"""Pairs and factors against what the fictional plants truly released and made: validation that only a demo allows.

Belongs here: how near they come. Does not belong here: how they are made (tests/dbt_emission_factor, tests/kernels)."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from statistics import median

import pytest

from tests.area import Area

Key = tuple[str, str, str, str]


@pytest.fixture(scope="module")
def released(demo: Area) -> dict[Key, float]:
    """kg by enterprise, medium, pollutant and quarter through stacks and waste water outlets."""
    found: dict[Key, float] = defaultdict(float)
    for row in _rows(demo, "emission_quarters"):
        if not row["outlet_no"].startswith("MF"):
            key = (row["enterprise_id"], row["medium"], row["pollutant_id"], row["period"])
            found[key] += float(row["emission_t"]) * 1000
    return found


@pytest.fixture(scope="module")
def made(demo: Area) -> dict[tuple[str, str], float]:
    """t by enterprise and quarter."""
    return {(row["enterprise_id"], row["period"]): float(row["quantity_t"]) for row in _rows(demo, "activity_quarters")}


def test_pairs_come_near_what_was_released(demo: Area, released: dict[Key, float]) -> None:
    """One sample a quarter of a plant whose quarters vary by a fifth: nine of ten within a factor of two, unbiased."""
    pairs = demo.sql(
        "select enterprise_id, medium, pollutant_id, period, emission_kg from emission_factor.pair "
        "where is_used and control_state = 'controlled' and stage is not null and emission_kg is not null"
    )
    ratios = [
        pair["emission_kg"] / released[key]
        for pair in pairs
        if released.get(key := (pair["enterprise_id"], pair["medium"], pair["pollutant_id"], pair["period"]))
    ]
    assert len(ratios) >= 50
    assert 0.75 < median(ratios) < 1.33
    assert sum(0.5 <= ratio <= 2 for ratio in ratios) >= 0.85 * len(ratios)


def test_factors_come_near_the_mean_of_their_plants(
    demo: Area, released: dict[Key, float], made: dict[tuple[str, str], float]
) -> None:
    """The true factor of a plant is what it released of what it made over all quarters; a cell's the plants' mean."""
    plants = demo.sql(
        "select factor_id, any_value(cell.factor) as factor, list(distinct enterprise_id) as plants, "
        "any_value(pair.medium) as medium, any_value(pair.pollutant_id) as pollutant_id "
        "from (select factor_id, factor, unnest(pair_ids) as pair_id from emission_factor.factor "
        "where factor is not null and control_state = 'controlled' and stage is not null and n_observations >= 4) "
        "as cell join emission_factor.pair using (pair_id) group by factor_id"
    )
    ratios = []
    for cell in plants:
        true = [_true_factor(plant, cell["medium"], cell["pollutant_id"], released, made) for plant in cell["plants"]]
        ratios.append(cell["factor"] / (sum(true) / len(true)))
    assert len(ratios) >= 10
    assert 0.75 < median(ratios) < 1.33
    assert sum(abs(math.log(ratio)) < math.log(2) for ratio in ratios) >= 0.9 * len(ratios)


def _true_factor(
    plant: str, medium: str, pollutant: str, released: dict[Key, float], made: dict[tuple[str, str], float]
) -> float:
    quarters = [period for enterprise, period in made if enterprise == plant]
    total = sum(released.get((plant, medium, pollutant, period), 0.0) for period in quarters)
    return total / sum(made[plant, period] for period in quarters)


def _rows(demo: Area, name: str) -> list[dict[str, str]]:
    with (demo.truth / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
