"""How sure a composite index is: draws over its choices, leave-one-out, effective weights, flags of indicators.

Method: OECD/JRC, Handbook on Constructing Composite Indicators (2008), steps 3 (multivariate analysis) and 7
(uncertainty and sensitivity); Saisana, Saltelli and Tarantola, Journal of the Royal Statistical Society A 168 (2005)
307-323. In each draw the weights (Dirichlet about the nominal ones, across dimensions and within each), the
normalisation and the form of the mean across dimensions are drawn together; units are ranked in each draw, before
anything is rounded.

Effective weight of an indicator: its squared correlation with the index over the units, as a share of the sum over all
(the linear main effect of Paruolo, Saisana and Saltelli, Journal of the Royal Statistical Society A 176, 2013,
609-634). It says what the weights come to with the spread and correlation that the data have; nominal weights are not
importance.

Flags: correlated |r| ≥ a limit with another indicator of its dimension (a double count); outlier |skewness| and excess
kurtosis both above limits (Groeneveld and Meeden 1984 as the handbook's step 3 uses them), no difference between units.
Outliers need no further treatment here, since goalposts clip them; the flag says where that happened.

Does not belong here: the index itself (``composite_index``), limits of flags and numbers of draws (arguments).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from ehpilot.kernels.composite_index import (
    Rules,
    Structure,
    arithmetic_index,
    capped,
    dimension_scores,
    geometric_index,
    scored,
    structure,
)
from ehpilot.kernels.indicator_weights import correlations

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Robustness:
    """(u,) each: ends of the 90 % interval of the index over the draws, and ranks at the 5th and 95th percentile among
    the units of the same group; NaN and -1 without an index. Intervals hold the plain index and rank."""

    index_low: Floats
    index_high: Floats
    rank_low: Integers
    rank_high: Integers


@dataclass(frozen=True)
class Flags:
    """(n,) each: number of units that know the indicator, skewness and excess kurtosis (bias corrected as in common
    software, NaN where undefined), largest |correlation| within its dimension with sign (NaN where none), marks (n, n)
    of those at or above the limit, marks of outliers and of indicators that do not differ."""

    count: Integers
    skewness: Floats
    excess_kurtosis: Floats
    largest_correlation: Floats
    correlated: NDArray[np.bool_]
    is_outlier: NDArray[np.bool_]
    is_constant: NDArray[np.bool_]


def group_ranks(index: ArrayLike, group: ArrayLike) -> Integers:
    """Ranks by falling index among the units (u,) of a group, -1 for NaN: one more than the number of units above, so
    equal ones (two parks that inherit all values, or that one cap holds) share a rank and the next is skipped."""
    value, label = np.asarray(index, dtype=np.float64), np.asarray(group)
    place = np.full(value.size, -1, dtype=np.int64)
    for one in np.unique(label):
        inside = np.flatnonzero((label == one) & ~np.isnan(value))
        place[inside] = stats.rankdata(-value[inside], method="min")
    return place


def robustness(
    variants: list[Floats],
    weights: Structure,
    rules: Rules,
    group: ArrayLike,
    *,
    draws: int,
    concentration: float,
    seed: int,
    dimension_cap: Floats,
    index_cap: Floats,
) -> Robustness:
    """Intervals over ``draws`` of weights × normalisation × form of the mean.

    ``variants``: normalised scores (u, n), one array a way of normalising, the first is the plain one; unknown at the
    same places. ``concentration``: parameter of the Dirichlet draws, larger = closer to the nominal weights. Caps (u,
    d) and (u,): NaN where none. Same seed and rows, same result."""
    plain = capped(scored(variants[0], weights, rules, dimension_cap).index, index_cap)
    random = np.random.Generator(np.random.PCG64(seed))
    drawn = np.empty((draws, plain.size))
    placed = np.empty((draws, plain.size), dtype=np.int64)
    which, is_geometric = random.integers(len(variants), size=draws), random.integers(2, size=draws).astype(bool)
    for number in range(draws):
        other = _drawn_weights(weights, concentration, random)
        dimensions, _ = dimension_scores(variants[which[number]], other, 0.0)
        dimensions = capped(dimensions, dimension_cap)
        index = (
            geometric_index(dimensions, other.dimension_weight, rules.least_dimension)
            if is_geometric[number]
            else arithmetic_index(dimensions, other.dimension_weight)
        )
        # who is not rated plainly is not rated in a draw either
        drawn[number] = np.where(np.isnan(plain), np.nan, capped(index, index_cap))
        placed[number] = group_ranks(drawn[number], group)
    rank = group_ranks(plain, group)
    rated = ~np.isnan(plain)
    ends = [np.full(plain.size, np.nan), np.full(plain.size, np.nan)]
    bands = [np.full(plain.size, -1, dtype=np.int64), np.full(plain.size, -1, dtype=np.int64)]
    if rated.any():
        ends[0][rated] = np.minimum(np.quantile(drawn[:, rated], 0.05, axis=0), plain[rated])
        ends[1][rated] = np.maximum(np.quantile(drawn[:, rated], 0.95, axis=0), plain[rated])
        bands[0][rated] = np.minimum(np.quantile(placed[:, rated], 0.05, axis=0, method="lower"), rank[rated])
        bands[1][rated] = np.maximum(np.quantile(placed[:, rated], 0.95, axis=0, method="higher"), rank[rated])
    return Robustness(ends[0], ends[1], bands[0], bands[1])


def _drawn_weights(weights: Structure, concentration: float, random: np.random.Generator) -> Structure:
    """Weights drawn about the nominal ones: a gamma variate of shape w·concentration each, scaled to sum to 1, is
    Dirichlet."""
    within = random.gamma(np.maximum(weights.weight * concentration, 1e-6))
    across = random.gamma(np.maximum(weights.dimension_weight * concentration, 1e-6))
    return structure(weights.dimension, np.maximum(within, 1e-300), across)


def effective_weights(scores: ArrayLike, index: ArrayLike, minimum_units: int) -> Floats:
    """(n,) shares that sum to 1 of the squared correlations of the indicators (u, n) with the index (u,), over the
    units with an index that know the indicator; NaN where they are fewer than ``minimum_units``, 0 where the indicator
    does not differ; all NaN where the index does not."""
    table, total = np.asarray(scores, dtype=np.float64), np.asarray(index, dtype=np.float64)
    squared = np.full(table.shape[1], np.nan)
    for column in range(table.shape[1]):
        both = ~np.isnan(table[:, column]) & ~np.isnan(total)
        if both.sum() >= max(minimum_units, 3) and np.ptp(total[both]) > 0:
            r = correlations(np.column_stack([table[both, column], total[both]]))[0, 1]
            squared[column] = 0.0 if np.isnan(r) else r**2
    whole = np.nansum(squared)
    return squared / whole if whole > 0 else np.full(table.shape[1], np.nan)


def change_without(scores: ArrayLike, weights: Structure, rules: Rules) -> Floats:
    """(n,) mean absolute change of the index (points) over the rated units when one indicator is left out and its
    weight goes to the others of its dimension; NaN where it is alone there, where no unit knows it (there is nothing
    to leave out) or where no unit is rated."""
    table = np.asarray(scores, dtype=np.float64)
    plain = scored(table, weights, rules).index
    found = np.full(table.shape[1], np.nan)
    for column in np.flatnonzero(~np.isnan(table).all(axis=0)):
        rest = weights.weight.copy()
        rest[column] = 0.0
        if not np.bincount(weights.dimension, rest, minlength=weights.dimension_weight.size)[weights.dimension[column]]:
            continue
        other = structure(weights.dimension, rest, weights.dimension_weight)
        change = np.abs(scored(table, other, Rules(0.0, rules.least_dimension)).index - plain)
        if not np.isnan(change).all():
            found[column] = np.nanmean(change)
    return found


def flags(
    values: ArrayLike, dimension: ArrayLike, *, correlation_limit: float, skewness_limit: float, kurtosis_limit: float
) -> Flags:
    """What stands out among indicators (u, n), raw values in their units, NaN unknown."""
    table, place = np.asarray(values, dtype=np.float64), np.asarray(dimension)
    known = ~np.isnan(table)
    size = table.shape[1]
    skewness, kurtosis = np.full(size, np.nan), np.full(size, np.nan)
    constant = np.array([known[:, k].any() and np.ptp(table[known[:, k], k]) == 0 for k in range(size)], dtype=bool)
    for column in range(size):
        found = table[known[:, column], column]
        if found.size >= 4 and not constant[column]:
            skewness[column] = stats.skew(found, bias=False)
            kurtosis[column] = stats.kurtosis(found, bias=False)
    r = np.full((size, size), np.nan)
    for one in range(size):
        for two in range(one):
            both = known[:, one] & known[:, two]
            if place[one] == place[two] and both.sum() >= 3:
                r[one, two] = r[two, one] = correlations(table[both][:, [one, two]])[0, 1]
    strength = np.where(np.isnan(r), -1.0, np.abs(r))
    nearest = strength.argmax(axis=1)
    rows = np.arange(size)
    return Flags(
        known.sum(axis=0).astype(np.int64),
        skewness,
        kurtosis,
        r[rows, nearest],
        strength >= correlation_limit - 1e-12,
        (np.abs(skewness) > skewness_limit) & (kurtosis > kurtosis_limit),
        constant,
    )
