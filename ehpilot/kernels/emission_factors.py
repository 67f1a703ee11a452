"""Emission factors of cells from pairs of measured emission and activity: value, interval, rating.

A cell is what four things have in common, product, feedstock, process and scale, at one stage, into one medium, of one
pollutant, before or after control (methods.md c5; 四同组合). Two values stand side by side:

    activity-weighted ΣE/ΣA: gives back the emission of the plants measured; interval by cluster bootstrap mean of a
    plant: with three plants or more random effects over plant means, exp(µ + (τ² + σ²)/2), interval by modified
    Knapp-Hartung with the error of the spread; below that exp(µ + s²/2) of all pairs, Cox interval with t where it
    holds

The factor of the cell is the second, since the manual is for plants that were not measured; where neither interval
holds the value stands without one (``none``). A non-detect enters ΣE with its expected value under the fit.

Belongs here: putting the estimators together, one row a cell. Does not belong here: the estimators (``lognormal_mean``,
``plant_effects``, ``cluster_bootstrap``), which pairs count (``factor_pairs``), limits and draws (parameters).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ehpilot.kernels import (
    cluster_bootstrap,
    factor_distribution,
    factor_pairs,
    factor_rating,
    lognormal_mean,
    plant_effects,
)
from ehpilot.kernels.columns import doubles, ordered, seed_of, texts, texts_or_null, values_by

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

CELL = (
    "process_id",
    "product",
    "feedstock",
    "scale_class",
    "stage",
    "medium",
    "pollutant_id",
    "control_state",
    "technology_id",
)
COX, BOOTSTRAP, KNAPP_HARTUNG, NONE = "cox_t", "cluster_bootstrap", "knapp_hartung_modified", "none"
SMALLEST_VARIANCE = 1e-9  # of a plant mean where no plant was measured twice: then all spread is between plants


@dataclass(frozen=True)
class UsablePairs:
    """Usable pairs in order: number of the cell and of the plant, ln of factor or limit, marks, emission and
    activity."""

    cell: Integers
    plant: Integers
    cell_of_plant: Integers
    log_factor: Floats
    below: NDArray[np.bool_]
    activity: Floats
    cells: int


def derive(pairs: pa.Table, parameters: pa.Table, build: pa.Table) -> pa.Table:
    """One row a cell of ``pairs`` by ``CELL``; cells of which no pair counts have n = 0 and no value.

    ``pairs``: ``CELL``, ``enterprise_id``, ``period`` and the columns of ``factor_pairs.reasons``. ``parameters`` by
    ``parameter_id``: ``factor_least_load``, ``factor_bootstrap_draws``, ``factor_rating_a_ratio``,
    ``factor_quality_a``, ``factor_quality_b``, ``factor_fqi_high``, ``factor_fqi_moderate``,
    ``factor_least_enterprises``, ``factor_most_share``. ``build``: ``seed``. Factors in kg per unit of activity."""
    rows = ordered(pairs, *CELL, "enterprise_id", "period")
    limits = values_by(parameters, "parameter_id")
    keys, cell = numbered(rows, CELL)
    refused = factor_pairs.reasons(rows, cell, limits["factor_least_load"])
    usable = np.array([not code for code in refused], dtype=bool)
    chosen = usable_pairs(rows, cell, usable, keys.num_rows)
    fits = lognormal_mean.fit(chosen.log_factor, chosen.below, chosen.cell, chosen.cells)
    weighted = _weighted(chosen, fits, limits, seed_of(build))
    found = _values(chosen, fits)
    qc = np.where(
        np.array(texts(rows, "qc_level"))[usable] == "A", limits["factor_quality_a"], limits["factor_quality_b"]
    )
    return pa.table(
        {name: keys[name] for name in CELL}
        | _counts(chosen, fits, cell, usable)
        | weighted
        | found
        | _judgement(chosen, found, qc, limits)
    )


def numbered(rows: pa.Table, key: tuple[str, ...]) -> tuple[pa.Table, Integers]:
    """Distinct keys of ordered rows, and for each row the number of its key."""
    columns = [np.array(texts(rows, name), dtype=object) for name in key]
    is_first = np.zeros(rows.num_rows, dtype=bool)
    is_first[:1] = True
    for column in columns:
        is_first[1:] |= column[1:] != column[:-1]
    return rows.select(list(key)).take(np.flatnonzero(is_first)), np.cumsum(is_first) - 1


def usable_pairs(rows: pa.Table, cell: Integers, usable: NDArray[np.bool_], cells: int) -> UsablePairs:
    """The ``usable`` ones of rows ordered by cell, enterprise and period; ``cell`` (n,) their cells."""
    part, place = rows.filter(pa.array(usable)), cell[usable]
    emission, limit, activity = (doubles(part, name) for name in ("emission_kg", "emission_limit_kg", "activity"))
    below = np.isnan(emission)
    enterprise = np.array(texts(part, "enterprise_id"), dtype=object)
    is_first = np.ones(place.size, dtype=bool)
    is_first[1:] = (place[1:] != place[:-1]) | (enterprise[1:] != enterprise[:-1])
    plant = np.cumsum(is_first) - 1
    log_factor = np.log(np.where(below, limit, emission)) - np.log(activity)
    return UsablePairs(place, plant, place[is_first], log_factor, below, activity, cells)


def _counts(
    chosen: UsablePairs, fits: lognormal_mean.Fit, cell: Integers, usable: NDArray[np.bool_]
) -> dict[str, pa.Array]:
    plants = np.bincount(chosen.cell_of_plant, minlength=chosen.cells)
    flagged = factor_pairs.is_outlier(chosen.log_factor, chosen.cell, chosen.cells)
    with np.errstate(invalid="ignore", divide="ignore"):
        missed = (fits.count - fits.detects) / np.where(fits.count > 0, fits.count, np.nan)
    best = factor_distribution.compare(
        np.exp(chosen.log_factor[~chosen.below]), chosen.cell[~chosen.below], chosen.cells
    )
    return {
        "n_enterprises": pa.array(plants, pa.int32()),
        "n_observations": pa.array(fits.count, pa.int32()),
        "n_refused": pa.array(np.bincount(cell, ~usable, minlength=chosen.cells).astype(int), pa.int32()),
        "n_outliers": pa.array(np.bincount(chosen.cell, flagged, minlength=chosen.cells).astype(int), pa.int32()),
        "nondetect_rate": missed,
        "best_distribution": texts_or_null(best.best),
    }


def _weighted(chosen: UsablePairs, fits: lognormal_mean.Fit, limits: dict[str, float], seed: int) -> dict[str, Floats]:
    """ΣE/ΣA with its interval by plants, and the largest share of the activity."""
    taken = np.where(
        chosen.below,
        lognormal_mean.expected_below(chosen.log_factor, fits.mu[chosen.cell], fits.sigma[chosen.cell]),
        np.exp(chosen.log_factor),
    )
    plants = chosen.cell_of_plant.size
    emission = np.bincount(chosen.plant, taken * chosen.activity, minlength=plants)
    activity = np.bincount(chosen.plant, chosen.activity, minlength=plants)
    total = np.bincount(chosen.cell_of_plant, activity, minlength=chosen.cells)
    largest = np.zeros(chosen.cells)
    np.maximum.at(largest, chosen.cell_of_plant, activity)
    low, high = cluster_bootstrap.ratio_interval(
        emission, activity, chosen.cell_of_plant, chosen.cells, draws=int(limits["factor_bootstrap_draws"]), seed=seed
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = np.bincount(chosen.cell_of_plant, emission, minlength=chosen.cells) / total
        known = np.where(fits.detects > 0, 1.0, np.nan)
        return {
            "factor_activity_weighted": ratio * known,
            "weighted_low": low * known,
            "weighted_high": high * known,
            "largest_activity_share": largest / total,
        }


@dataclass(frozen=True)
class PlantMeans:
    """Plants with a detect (p,): mean of ln, its sampling variance by the pooled spread within plants, cell. Of each
    cell (c,): that spread, 0 where no plant was measured twice, and its degrees of freedom."""

    mean: Floats
    variance: Floats
    cell: Integers
    within: Floats
    freedom: Floats


def plant_means(chosen: UsablePairs) -> PlantMeans:
    """Means of the plants of all cells."""
    plants = chosen.cell_of_plant.size
    fits = lognormal_mean.fit(chosen.log_factor, chosen.below, chosen.plant, plants)
    degrees = np.where(np.isnan(fits.sigma), 0.0, fits.count - 1.0)
    squares = np.bincount(chosen.cell_of_plant, degrees * np.nan_to_num(fits.sigma) ** 2, minlength=chosen.cells)
    freedom = np.bincount(chosen.cell_of_plant, degrees, minlength=chosen.cells)
    within = np.divide(squares, freedom, out=np.zeros(chosen.cells), where=freedom > 0)
    known = fits.detects > 0
    place = chosen.cell_of_plant[known]
    variance = np.maximum(within[place] / fits.count[known], SMALLEST_VARIANCE)
    return PlantMeans(fits.mu[known], variance, place, within, np.asarray(freedom, dtype=np.float64))


def _values(chosen: UsablePairs, fits: lognormal_mean.Fit) -> dict[str, pa.Array | Floats]:
    """Factor, interval, prediction interval and GSD of each cell, with the method that rules."""
    plants = plant_means(chosen)
    within = plants.within
    effects = plant_effects.random_effects(plants.mean, plants.variance, plants.cell, chosen.cells)
    sampling = np.bincount(plants.cell, plants.variance, minlength=chosen.cells) / np.maximum(effects.plants, 1)
    ends = plant_effects.log_mean_interval(effects, effects.tau_squared + sampling, within, plants.freedom)
    by_plants = effects.plants >= cluster_bootstrap.LEAST_PLANTS
    half = (effects.tau_squared + within) / 2.0
    cox = lognormal_mean.cox_interval(fits.mu, fits.sigma, fits.count)
    ahead = lognormal_mean.prediction_interval(fits.mu, fits.sigma, fits.count)
    holds = lognormal_mean.cox_holds(fits.sigma, fits.count)
    total = np.sqrt(effects.tau_squared + within)
    # of a further plant's mean over its periods, which lies σ²/2 above the mean of its logs; never narrower than the
    # interval of the mean over plants, which holds the error of the spread
    width = np.maximum(effects.prediction_high - effects.prediction_low, ends[1] - ends[0]) / 2.0
    further = effects.mean + within / 2.0

    def either(of_plants: Floats, pooled: Floats) -> Floats:
        return np.where(by_plants, of_plants, pooled)

    interval = np.where(by_plants, KNAPP_HARTUNG, np.where(holds, COX, NONE))
    known = fits.detects > 0
    method = np.where(by_plants, "random_effects", np.where(known, "lognormal_mean", ""))
    return {
        "factor": either(np.exp(effects.mean + half), lognormal_mean.arithmetic_mean(fits.mu, fits.sigma)),
        "ci_low": either(np.exp(ends[0]), np.where(holds, cox[0], np.nan)),
        "ci_high": either(np.exp(ends[1]), np.where(holds, cox[1], np.nan)),
        "prediction_low": either(np.exp(further - width), ahead[0]),
        "prediction_high": either(np.exp(further + width), ahead[1]),
        "geometric_mean": either(np.exp(effects.mean), np.exp(fits.mu)),
        "gsd": np.exp(either(total, fits.sigma)),
        "tau_squared": np.where(by_plants, effects.tau_squared, np.nan),
        "method": texts_or_null([str(name) for name in method]),
        "interval_method": pa.array([str(name) for name in np.where(known, interval, NONE)], pa.string()),
    }


def _judgement(
    chosen: UsablePairs, found: dict, quality: Floats, limits: dict[str, float]
) -> dict[str, pa.Array | Floats]:
    """Rating, factor quality index, representativeness and why a cell is held back."""
    plants = np.bincount(chosen.cell_of_plant, minlength=chosen.cells)
    count = np.bincount(chosen.cell, minlength=chosen.cells)
    composite = np.bincount(chosen.cell, quality, minlength=chosen.cells) / np.maximum(count, 1)
    activity = np.bincount(chosen.plant, chosen.activity, minlength=chosen.cell_of_plant.size)
    total, largest = np.bincount(chosen.cell_of_plant, activity, minlength=chosen.cells), np.zeros(chosen.cells)
    np.maximum.at(largest, chosen.cell_of_plant, activity)
    index = factor_rating.factor_quality_index(np.where(count > 0, composite, np.nan), plants)
    is_unknown = np.isnan(found["factor"])
    no_interval = np.isnan(found["ci_low"])
    letters = factor_rating.ratings(
        plants, found["ci_low"], found["ci_high"], no_interval, found["gsd"] > np.e, limits["factor_rating_a_ratio"]
    )
    held = factor_rating.suppression(
        plants,
        largest / np.maximum(total, 1e-300),
        int(limits["factor_least_enterprises"]),
        limits["factor_most_share"],
    )
    held = ["NO-DETECT" if unknown else code for unknown, code in zip(is_unknown, held, strict=True)]
    return {
        "rating": texts_or_null(
            ["" if unknown else letter for unknown, letter in zip(is_unknown, letters, strict=True)]
        ),
        "factor_quality_index": index,
        "representativeness": pa.array(
            factor_rating.representativeness(index, limits["factor_fqi_high"], limits["factor_fqi_moderate"]),
            pa.string(),
        ),
        "is_published": pa.array([not code for code in held], pa.bool_()),
        "suppression_reason": texts_or_null(held),
    }
