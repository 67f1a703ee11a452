"""Leave-one-plant-out check of emission factors: would the others have foretold this plant?

For each plant of a cell with at least three, the factor is derived anew from the other plants (random effects on plant
means of ln) and compared with what the plant itself shows. Printed: median of predicted over observed, share within a
factor of 2 and 3, root mean square of log10 ratios, and how often the 95 % prediction interval of the others held the
plant (aim 90-97 %; from four plants on: of two others t has one degree of freedom, and such an interval holds
everything).

Does not belong here: the factor (``emission_factors``), comparison with published factors (SQL), the demo's truth
(tests)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from ehpilot.kernels import emission_factors, plant_effects
from ehpilot.kernels.columns import flags, ordered

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

LEAST_PLANTS = 3
LEAST_OTHERS = 3  # of which an interval of a further plant is checked
PROMISED = 0.95


@dataclass(frozen=True)
class LeftOut:
    """(m,) one row a plant left out: its row number, ln of predicted over observed, whether the prediction interval of
    the others held it (NaN where they are too few for one)."""

    plant: Integers
    log_ratio: Floats
    is_held: Floats


@dataclass(frozen=True)
class Summary:
    """(f,) each: plants left out, median ratio, shares within 2 and 3, root mean square of log10, coverage, and by what
    chance intervals that hold what they promise would hold no more (or no fewer) of so few plants; NaN without any."""

    count: Integers
    median_ratio: Floats
    within_2: Floats
    within_3: Floats
    rmse_log10: Floats
    coverage: Floats
    chance: Floats


def leave_one_out(y: ArrayLike, v: ArrayLike, cell: ArrayLike, cells: int) -> LeftOut:
    """All plants (n,) of cells with ``LEAST_PLANTS`` or more, each against the others: ``y`` means of ln(factor), ``v``
    > 0 their sampling variances, ``cell`` 0 … cells-1."""
    value, variance, place = np.asarray(y, float), np.asarray(v, float), np.asarray(cell, np.int64)
    count = np.bincount(place, minlength=cells)
    left = np.flatnonzero(count[place] >= LEAST_PLANTS)
    # the others of every plant left out, end to end: one call for all
    by_cell = np.split(np.argsort(place, kind="stable"), np.cumsum(count)[:-1])
    others = [inside[inside != plant] for plant in left for inside in (by_cell[place[plant]],)]
    rows = np.concatenate(others) if others else np.zeros(0, dtype=np.int64)
    case = np.repeat(np.arange(left.size), [len(part) for part in others])
    found = plant_effects.random_effects(value[rows], variance[rows], case, left.size)
    # the interval is of a plant measured as the others are; one measured less often is seen less sharply
    usual = np.bincount(case, variance[rows], minlength=left.size) / np.maximum(found.plants, 1)
    blurred = (1.96**2) * np.maximum(variance[left] - usual, 0.0)
    half = np.sqrt(((found.prediction_high - found.prediction_low) / 2.0) ** 2 + blurred)
    held = np.where(found.plants < LEAST_OTHERS, np.nan, np.abs(value[left] - found.mean) <= half)
    return LeftOut(left, found.mean - value[left], held)


def summary(log_ratio: ArrayLike, is_held: ArrayLike, family: ArrayLike, families: int) -> Summary:
    """Figures of each family (process × pollutant) over its plants left out (m,)."""
    ratio, held, place = np.asarray(log_ratio, float), np.asarray(is_held, float), np.asarray(family, np.int64)
    count = np.bincount(place, minlength=families).astype(np.int64)
    judged = np.bincount(place, ~np.isnan(held), minlength=families)
    parts = np.split(ratio[np.argsort(place, kind="stable")], np.cumsum(count)[:-1])[:families]
    median = np.array([np.exp(np.median(part)) if part.size else np.nan for part in parts])
    size = np.abs(ratio)
    held_count = np.bincount(place, np.nan_to_num(held), minlength=families)
    chance = np.minimum(
        stats.binom.cdf(held_count, judged, PROMISED), stats.binom.sf(held_count - 1.0, judged, PROMISED)
    )
    # a hair of tolerance: a ratio of exactly 2 is within 2
    with np.errstate(invalid="ignore", divide="ignore"):
        return Summary(
            count,
            median,
            np.bincount(place, size <= np.log(2.0) + 1e-12, minlength=families) / count,
            np.bincount(place, size <= np.log(3.0) + 1e-12, minlength=families) / count,
            np.sqrt(np.bincount(place, np.square(ratio / np.log(10.0)), minlength=families) / count),
            held_count / judged,
            np.where(judged > 0, chance, np.nan),
        )


def validate(pairs: pa.Table) -> pa.Table:
    """One row a process and pollutant out of judged pairs (``factor_cells.judge``): plants left out and how well the
    others foretold them. Cells are compared over scales and technologies together, as a user who knows neither would.

    Columns: ``process_id``, ``pollutant_id``, ``n``, ``median_ratio``, ``share_within_factor_2``,
    ``share_within_factor_3``, ``rmse_log10``, ``coverage_95``, ``coverage_chance``; n = 0 and NaN
    where no cell has three plants."""
    key = ("process_id", "pollutant_id", "product", "stage", "medium", "control_state")
    rows = ordered(pairs, *key, "enterprise_id", "period")
    cells, cell = emission_factors.numbered(rows, key)
    families, family = emission_factors.numbered(cells, key[:2])
    usable = emission_factors.usable_pairs(rows, cell, flags(rows, "is_used"), cells.num_rows)
    plants = emission_factors.plant_means(usable)
    left = leave_one_out(plants.mean, plants.variance, plants.cell, cells.num_rows)
    found = summary(left.log_ratio, left.is_held, family[plants.cell[left.plant]], families.num_rows)
    return pa.table(
        {
            "process_id": families["process_id"],
            "pollutant_id": families["pollutant_id"],
            "n": pa.array(found.count, pa.int32()),
            "median_ratio": found.median_ratio,
            "share_within_factor_2": found.within_2,
            "share_within_factor_3": found.within_3,
            "rmse_log10": found.rmse_log10,
            "coverage_95": found.coverage,
            "coverage_chance": found.chance,
        }
    )
