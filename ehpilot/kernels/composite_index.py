"""A composite index of indicators: normalised by fixed goalposts, arithmetic inside a dimension, geometric across
dimensions.

Method: OECD/JRC, Handbook on Constructing Composite Indicators (2008), steps 5 and 6; the form with goalposts that
stand still and a geometric mean across dimensions is that of the Human Development Index since 2010 (UNDP, Technical
notes, note 1). Goalposts, weights, caps and levels are choices and come in as arguments (seeds ``green_indicator``,
``green_rule``, experts' matrices); goalposts that stand still make years comparable.

    normalised x' = 100 (x - floor)/(target - floor), clipped to 0-100: 0 at the floor or worse, 100 at the target or
    better dimension  D  = Σ w x' / Σ w over the known indicators; unknown where they carry less than the least share of
    weight index      I  = exp(Σ W ln max(D, least)) ; unknown where a dimension is unknown ("not rated")

Shares of the index. terms t_i = w_i x'_i scaled to sum to max(D, least), so I Σ W t_i/D' = I. A change between two
years is split exactly by logarithmic means, L(a, b) = (a - b)/ln(a/b): W L(I1, I0)/L(D1, D0) (t1_i - t0_i), which sum
to I1 - I0 (Ang, Energy Policy 32, 2004, 1131-1139, LMDI I). Both are of the index before caps: a cap is a veto, no
indicator brings it.

Unknown is NaN and never 0. Does not belong here: how sure the index is (``index_robustness``), weights
(``pairwise_comparison``, ``indicator_weights``), which facts make which indicator."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

TOP = 100.0


@dataclass(frozen=True)
class Structure:
    """n indicators in d dimensions: ``dimension`` (n,) 0 … d-1, ``weight`` (n,) within the dimension,
    ``dimension_weight`` (d,); both ≥ 0, each dimension's weights and the dimension weights sum to 1 (``structure``
    scales them)."""

    dimension: Integers
    weight: Floats
    dimension_weight: Floats


@dataclass(frozen=True)
class Rules:
    """``least_coverage``: share of a dimension's weight that must be known (0-1); ``least_dimension``: what a dimension
    counts at least in the geometric mean (points > 0, since one 0 would make the index 0 whatever the rest is)."""

    least_coverage: float
    least_dimension: float


@dataclass(frozen=True)
class Scores:
    """u units: ``dimensions`` (u, d) 0-100 or NaN, ``index`` (u,), ``coverage`` (u, d) known share of weight."""

    dimensions: Floats
    index: Floats
    coverage: Floats


def structure(dimension: ArrayLike, weight: ArrayLike, dimension_weight: ArrayLike) -> Structure:
    """Weights scaled to sum to 1 in each dimension and across dimensions. ``ValueError`` on negative weights or a
    dimension without any."""
    place = np.asarray(dimension, dtype=np.int64)
    within, across = np.asarray(weight, dtype=np.float64), np.asarray(dimension_weight, dtype=np.float64)
    total = np.bincount(place, within, minlength=across.size)
    if (within < 0).any() or (across < 0).any() or not across.sum() > 0 or not (total > 0).all():
        raise ValueError("weights must not be negative, and each dimension needs one above 0")
    return Structure(place, within / total[place], across / across.sum())


def normalised(values: ArrayLike, target: ArrayLike, floor: ArrayLike, is_benefit: ArrayLike) -> Floats:
    """Scores 0-100 of values (u, n) in the indicators' units; NaN stays NaN. ``target``, ``floor`` (n,): a benefit has
    its target above its floor, a cost below; ``ValueError`` where a goalpost says otherwise or is unknown."""
    aim, worst, benefit = np.asarray(target, float), np.asarray(floor, float), np.asarray(is_benefit, dtype=bool)
    if not np.where(benefit, aim > worst, aim < worst).all():
        raise ValueError("a benefit needs a target above its floor, a cost one below it")
    return np.clip(TOP * (np.asarray(values, dtype=np.float64) - worst) / (aim - worst), 0.0, TOP)


def dimension_scores(scores: ArrayLike, weights: Structure, least_coverage: float) -> tuple[Floats, Floats]:
    """Weighted arithmetic means (u, d) of normalised scores (u, n) and the known share of weight (u, d)."""
    known = ~np.isnan(np.asarray(scores, dtype=np.float64))
    weight = np.where(known, weights.weight, 0.0)
    filled = np.where(known, scores, 0.0)
    count = weights.dimension_weight.size
    coverage = _by_dimension(weight, weights.dimension, count)
    total = _by_dimension(weight * filled, weights.dimension, count)
    # a tolerance: .45 + .30 is not exactly .75
    rated = (coverage >= least_coverage - 1e-9) & (coverage > 0)
    mean = np.divide(total, coverage, out=np.full_like(total, np.nan), where=rated)
    return mean, coverage


def geometric_index(dimensions: ArrayLike, dimension_weight: ArrayLike, least_dimension: float) -> Floats:
    """Weighted geometric mean (u,) of dimensions (u, d), each counted as at least ``least_dimension``; NaN where a
    dimension of weight above 0 is unknown."""
    share = np.asarray(dimension_weight, dtype=np.float64)
    parts = np.log(np.maximum(np.asarray(dimensions, dtype=np.float64), least_dimension))
    return np.asarray(np.exp((np.where(share > 0, parts, 0.0) * share).sum(axis=1)))


def arithmetic_index(dimensions: ArrayLike, dimension_weight: ArrayLike) -> Floats:
    """Weighted arithmetic mean (u,) of dimensions (u, d): a bad dimension is made good by others. Only to see how much
    the form matters."""
    share = np.asarray(dimension_weight, dtype=np.float64)
    return np.asarray((np.where(share > 0, np.asarray(dimensions, float), 0.0) * share).sum(axis=1))


def scored(scores: ArrayLike, weights: Structure, rules: Rules, dimension_cap: ArrayLike | None = None) -> Scores:
    """Dimensions and index of normalised scores (u, n). ``dimension_cap`` (u, d): highest score that a veto leaves a
    dimension, NaN where none."""
    dimensions, coverage = dimension_scores(scores, weights, rules.least_coverage)
    if dimension_cap is not None:
        dimensions = capped(dimensions, dimension_cap)
    return Scores(dimensions, geometric_index(dimensions, weights.dimension_weight, rules.least_dimension), coverage)


def capped(values: ArrayLike, cap: ArrayLike) -> Floats:
    """Values no higher than the cap; NaN as a cap is none, NaN as a value stays."""
    value = np.asarray(values, dtype=np.float64)
    return np.where(np.isnan(value), np.nan, np.fmin(value, np.asarray(cap, dtype=np.float64)))


def levels(index: ArrayLike, bounds: ArrayLike, names: list[str], unknown: str) -> list[str]:
    """Name of the highest level whose lower bound (ascending) the index reaches, ``unknown`` for NaN. Compared before
    rounding."""
    limits = np.asarray(bounds, dtype=np.float64)
    if (np.diff(limits) <= 0).any():
        raise ValueError("levels need lower bounds that ascend strictly")
    place = np.searchsorted(limits, np.nan_to_num(np.asarray(index, float)), side="right") - 1
    return [unknown if np.isnan(x) else names[max(int(k), 0)] for x, k in zip(np.asarray(index), place, strict=True)]


def _terms(scores: Floats, weights: Structure, rules: Rules) -> tuple[Floats, Floats]:
    """Points (u, n) that the indicators bring to their dimension, summing to the dimensions (u, d) as they are
    counted."""
    known = ~np.isnan(scores)
    weight = np.where(known, weights.weight, 0.0)
    dimensions, coverage = dimension_scores(scores, weights, rules.least_coverage)
    counted = np.maximum(dimensions, rules.least_dimension)
    share = np.divide(weight, coverage[:, weights.dimension], out=np.zeros_like(weight), where=known)
    points = share * np.where(known, scores, 0.0)
    of_dimension = dimensions[:, weights.dimension]
    with np.errstate(invalid="ignore", divide="ignore"):
        scaled = points * counted[:, weights.dimension] / of_dimension
    return np.where(of_dimension == 0, share * counted[:, weights.dimension], scaled), counted


def contributions(scores: ArrayLike, weights: Structure, rules: Rules) -> Floats:
    """Points (u, n) of the index before caps that each indicator brings; they sum to it. An unknown indicator brings
    NaN and its weight is carried by the others; NaN where the index is unknown."""
    table = np.asarray(scores, dtype=np.float64)
    points, counted = _terms(table, weights, rules)
    index = geometric_index(counted, weights.dimension_weight, rules.least_dimension)
    across = weights.dimension_weight[weights.dimension]
    part = index[:, None] * across * points / counted[:, weights.dimension]
    return np.where(np.isnan(table), np.nan, part)


def contribution_changes(scores: ArrayLike, before: ArrayLike, weights: Structure, rules: Rules) -> Floats:
    """Points (u, n) of the change of the index before caps since ``before`` (u, n) that each indicator brings; they sum
    to the change. An indicator known in one of the two only counts as one that came or went; NaN where one index is
    unknown or the indicator is unknown in both."""
    now, then = np.asarray(scores, dtype=np.float64), np.asarray(before, dtype=np.float64)
    (points, counted), (earlier, counted_then) = _terms(now, weights, rules), _terms(then, weights, rules)
    index = geometric_index(counted, weights.dimension_weight, rules.least_dimension)
    index_then = geometric_index(counted_then, weights.dimension_weight, rules.least_dimension)
    scale = logarithmic_mean(index, index_then)[:, None] / logarithmic_mean(counted, counted_then)
    across = weights.dimension_weight[weights.dimension]
    part = across * scale[:, weights.dimension] * (points - earlier)
    return np.where(np.isnan(now) & np.isnan(then), np.nan, part)


def logarithmic_mean(first: ArrayLike, second: ArrayLike) -> Floats:
    """(a - b)/ln(a/b) of positive numbers, a where they are equal."""
    a, b = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    log_ratio = np.log(a / b)
    near = np.abs(log_ratio) < 1e-8
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(near, np.sqrt(a * b), (a - b) / np.where(near, 1.0, log_ratio))


def _by_dimension(values: Floats, dimension: Integers, count: int) -> Floats:
    """Row sums (u, d) of the columns (u, n) of each dimension, added in the order of the columns."""
    total = np.zeros((len(values), count))
    for column, place in enumerate(dimension):
        total[:, place] += values[:, column]
    return total
