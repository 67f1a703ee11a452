"""Screening of pollutants: four scores, weighted score, ranks and how stable they are.

Method: a weighted mean of normalised criteria with its checks of robustness (weights drawn, one criterion left out,
bins shifted) as OECD/JRC, Handbook on Constructing Composite Indicators (2008), asks for in its steps "weighting and
aggregation" and "robustness and sensitivity". Scores, bins and weights are our own choice and come in as arguments;
the seeds ``screening_bin`` and ``parameter`` hold them. Scores run from 0 to 5, dimensionless; ranks are
relative, never a risk.

Unknown is NaN everywhere: a criterion that nobody knows is left out of the mean and drawn from the whole scale when
ranks are drawn. It is never 0.

Belongs here: pure array functions over pollutants. Does not belong here: which facts make which criterion
(``pollutant_ranking``), toxicity weights (``toxicity``), enterprises (``source_ranking``), which lists a pollutant is
on, reading or writing anything, any constant that is a choice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

SCORE_MAX = 5.0


@dataclass(frozen=True)
class Stability:
    """What 2,000 other weightings make of the ranks: rank at the 5th and 95th percentile and P(rank <= k); NaN or
    -1 for pollutants without a rank."""

    rank_low: NDArray[np.int64]
    rank_high: NDArray[np.int64]
    probability_first: Floats


def binned_score(values: ArrayLike, lower_bounds: ArrayLike, scores: ArrayLike) -> Floats:
    """Score of the highest bin whose lower bound a value reaches, 0 below the first; NaN stays NaN.

    ``lower_bounds`` ascend strictly. A negative value is no quantity and gives NaN.
    """
    array = np.asarray(values, dtype=float)
    bounds = np.asarray(lower_bounds, dtype=float)
    if bounds.size == 0 or np.any(np.diff(bounds) <= 0):
        raise ValueError("bins need lower bounds that ascend strictly")
    steps = np.concatenate([[0.0], np.asarray(scores, dtype=float)])
    found = steps[np.searchsorted(bounds, np.nan_to_num(array, nan=-np.inf), side="right")]
    return np.where(np.isnan(array) | (array < 0), np.nan, found)


def hazard_score(carcinogen: ArrayLike, chronic: ArrayLike, persistent: ArrayLike) -> Floats:
    """Largest of carcinogen class, decade of the toxicity weight, and persistence (0-5 each, shape (n,)).

    A ``persistent`` score of 0 alone does not make a hazard known: not to build up in tissue is no proof of being mild.
    """
    known = np.fmax(np.asarray(carcinogen, dtype=float), np.asarray(chronic, dtype=float))
    build_up = np.asarray(persistent, dtype=float)
    return np.fmax(known, np.where(build_up > 0, build_up, np.nan))


def detection_score(share_detected: ArrayLike, ratio_score: ArrayLike) -> Floats:
    """5 x the share detected (0-1: rate of each site, mean over sites), averaged with the score of concentration over
    standard where that is the larger: a concentration known to be low says no less than an unknown one.

    NaN where nothing informative was sampled. ``ratio_score`` is 0-5 or NaN; shapes (n,).
    """
    frequency = SCORE_MAX * np.asarray(share_detected, dtype=float)
    return np.fmax(frequency, np.where(np.isnan(frequency), np.nan, (frequency + np.asarray(ratio_score, float)) / 2.0))


def weighted_score(criteria: Floats, weights: ArrayLike, minimum_known_weight: float) -> Floats:
    """Weighted mean over the known criteria, weights renormalised; NaN where the first criterion (hazard) is unknown or
    the known ones carry less than ``minimum_known_weight`` of all weight.

    ``criteria``: (n, c) scores 0-5, NaN unknown; ``weights``: (c,) not negative. ValueError on weights that sum to 0.
    """
    share = np.asarray(weights, dtype=float)
    if np.any(share < 0) or not share.sum() > 0:
        raise ValueError("weights must not be negative and must not all be 0")
    share = share / share.sum()
    known = ~np.isnan(criteria)
    known_weight = known @ share
    total = np.where(known, criteria, 0.0) @ share
    score = np.full(len(criteria), np.nan)
    np.divide(total, known_weight, out=score, where=known_weight > 0)
    # a tolerance because .35 + .15 is not exactly .5
    enough = (known_weight >= minimum_known_weight - 1e-9) & known[:, 0]
    return np.where(enough, score, np.nan)


def ranks(scores: ArrayLike) -> NDArray[np.int64]:
    """Ranks 1...n by falling score; equal scores keep the order of the rows (sort them by what breaks a tie, then by
    id); -1 for NaN."""
    array = np.asarray(scores, dtype=float)
    order = np.argsort(np.where(np.isnan(array), np.inf, -array), kind="stable")
    place = np.empty(array.size, dtype=np.int64)
    place[order] = np.arange(1, array.size + 1)
    return np.where(np.isnan(array), -1, place)


def rank_stability(
    criteria: Floats,
    weights: ArrayLike,
    scores: ArrayLike,
    *,
    first: int,
    draws: int,
    concentration: float,
    seed: int,
) -> Stability:
    """Ranks under ``draws`` Dirichlet weightings around ``weights``; a missing criterion is drawn from 0-5 each time,
    about the row's own score (beta distribution, evenly where the score is 2.5): the plain score takes it for the
    mean of the known ones, so a draw neither lifts nor lowers a row for what nobody knows of it.

    Only rows with a score take part. ``concentration`` multiplies the weights (larger = closer to them). The interval
    always holds the rank of the plain score. Same seed and rows, same result.
    """
    included = np.flatnonzero(~np.isnan(np.asarray(scores, dtype=float)))
    low = np.full(len(criteria), -1, dtype=np.int64)
    high, probability = low.copy(), np.full(len(criteria), np.nan)
    if included.size:
        random = np.random.Generator(np.random.PCG64(seed))
        share = np.asarray(weights, dtype=float)
        drawn = random.dirichlet(np.maximum(share / share.sum() * concentration, 1e-6), size=draws)
        part = criteria[included]
        gaps = np.isnan(part)
        filled = np.where(gaps, 0.0, part)
        expected = np.asarray(scores, dtype=float)[included][np.nonzero(gaps)[0]] / SCORE_MAX
        shapes = np.clip(2.0 * np.stack([expected, 1.0 - expected]), 1e-3, None)
        unknown = SCORE_MAX * random.beta(shapes[0], shapes[1], size=(draws, int(gaps.sum())))
        placed = np.empty((draws, included.size), dtype=np.int64)
        for number in range(draws):
            filled[gaps] = unknown[number]
            placed[number] = ranks(filled @ drawn[number])
        plain = ranks(np.asarray(scores, dtype=float)[included])
        low[included] = np.minimum(np.quantile(placed, 0.05, axis=0, method="lower"), plain)
        high[included] = np.maximum(np.quantile(placed, 0.95, axis=0, method="higher"), plain)
        probability[included] = (placed <= first).mean(axis=0)
    return Stability(low, high, probability)


def shifted_ranks(criteria: Floats, weights: ArrayLike, minimum_known_weight: float, binned: ArrayLike) -> NDArray:
    """Best and worst rank of each row when one of its binned criteria moves by one bin and all other rows stay.

    ``binned``: (c,) which criteria come from bins. Returns (n, 2) integers, -1 without a score.
    """
    plain = weighted_score(criteria, weights, minimum_known_weight)
    base = ranks(plain)
    extremes = np.stack([base, base], axis=1)
    ordered = np.sort(plain[~np.isnan(plain)])
    for column in np.flatnonzero(np.asarray(binned, dtype=bool)):
        for step in (-1.0, 1.0):
            moved = criteria.copy()
            moved[:, column] = np.clip(moved[:, column] + step, 0.0, SCORE_MAX)
            score = weighted_score(moved, weights, minimum_known_weight)
            # rows strictly above, counted without the row itself at its old place
            above = ordered.size - np.searchsorted(ordered, score, side="right") - (plain > score)
            place = np.where(base > 0, above + 1, -1)
            extremes[:, 0] = np.where(base > 0, np.minimum(extremes[:, 0], place), -1)
            extremes[:, 1] = np.where(base > 0, np.maximum(extremes[:, 1], place), -1)
    return extremes


def leave_one_out(criteria: Floats, weights: ArrayLike, minimum_known_weight: float) -> list[tuple[float, float, int]]:
    """Spearman and Kendall correlation of the score without each criterion against the full one, and how many rows are
    in both. The hazard gate stays: rows without hazard have no score either way. NaN below three rows."""
    share = np.asarray(weights, dtype=float)
    full = weighted_score(criteria, share, minimum_known_weight)
    found = []
    for column in range(share.size):
        rest = share.copy()
        rest[column] = 0.0
        if not rest.sum() > 0:
            found.append((np.nan, np.nan, 0))
            continue
        other = np.where(np.isnan(full), np.nan, weighted_score(criteria, rest, 0.0))
        both = ~np.isnan(full) & ~np.isnan(other)
        found.append((*rank_correlations(full[both], other[both]), int(both.sum())))
    return found


def rank_correlations(first: ArrayLike, second: ArrayLike) -> tuple[float, float]:
    """Spearman's rho and Kendall's tau-b of two columns without NaN; NaN below three rows or for a constant."""
    a, b = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    if a.size < 3 or np.ptp(a) == 0 or np.ptp(b) == 0:
        return np.nan, np.nan
    return float(stats.spearmanr(a, b).statistic), float(stats.kendalltau(a, b).statistic)


def within_cumulative_share(quantities: ArrayLike, share: float) -> Booleans:
    """Rows that make up the first ``share`` of the total when sorted by falling quantity (the row that crosses the
    line is in); equal quantities keep the order of the rows. NaN and 0 are out."""
    array = np.nan_to_num(np.asarray(quantities, dtype=float), nan=0.0)
    array = np.where(array > 0, array, 0.0)
    order = np.argsort(-array, kind="stable")
    total = array.sum()
    before = np.cumsum(array[order]) - array[order]
    inside = np.zeros(array.size, dtype=bool)
    inside[order] = (array[order] > 0) & (before < share * total)
    return inside
