"""Screening of pollutants: toxicity weights, four scores, weighted score, ranks and how stable they are.

Method: design methods b. Toxicity weights are those of EPA's RSEI model (RSEI methodology, chapter on toxicity
weighting): they say which of two releases deserves the first look, never how large a risk is. Scores, bins and weights
are our own choice and come in as arguments; the seeds ``screening_bin`` and ``screening_parameter`` hold them.

Unknown is NaN everywhere: a criterion that nobody knows is left out of the mean and drawn from the whole scale when
ranks are drawn. It is never 0.

Belongs here: pure array functions over pollutants. Does not belong here: enterprises (``source_ranking``), which lists
a pollutant is on, reading or writing anything, any constant that is a choice.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

SCORE_MAX = 5.0
# RSEI's scale factors: what a value must be for a weight of one.
UNIT_RISK_OF_WEIGHT_ONE = 2.8e-7  # 1/(mg/m3)
SLOPE_FACTOR_OF_WEIGHT_ONE = 1e-6  # 1/(mg/(kg d))
REFERENCE_CONCENTRATION_OF_WEIGHT_ONE = 3.5  # mg/m3, from RfD 1 mg/(kg d) x 70 kg / 20 m3/d
REFERENCE_DOSE_OF_WEIGHT_ONE = 1.0  # mg/(kg d)
WEAK_EVIDENCE_DIVISOR = 10.0  # evidence class C or D
WEIGHT_DIGITS = 2
DECIMAL_DIGITS = 12  # digits of a quotient that are not noise of binary arithmetic


@dataclass(frozen=True)
class ToxicityWeights:
    """RSEI weights by pollutant, dimensionless, NaN where nothing is known. ``*_borrowed``: taken from the other
    route because this one has no value."""

    inhalation: Floats
    oral: Floats
    inhalation_borrowed: Booleans
    oral_borrowed: Booleans
    inhalation_is_cancer: Booleans
    oral_is_cancer: Booleans


@dataclass(frozen=True)
class Stability:
    """What 2,000 other weightings make of the ranks: rank at the 5th and 95th percentile and P(rank <= k); NaN or
    -1 for pollutants without a rank."""

    rank_low: NDArray[np.int64]
    rank_high: NDArray[np.int64]
    probability_first: Floats


def round_significant(values: ArrayLike, digits: int = WEIGHT_DIGITS) -> Floats:
    """Numbers rounded to ``digits`` significant figures, halves away from zero in decimal, as EPA's published weights
    are: 1/0.08 is 13, 1/0.008 is 130. NaN stays NaN.
    """
    array = np.asarray(values, dtype=float)
    rounded = (np.nan if np.isnan(value) else _rounded(float(value), digits) for value in array.ravel())
    return np.fromiter(rounded, dtype=float, count=array.size).reshape(array.shape)


def _rounded(value: float, digits: int) -> float:
    """One number; a quotient is read as the decimal number that it stands for before a half is looked for."""
    exact = Decimal(f"{value:.{DECIMAL_DIGITS - 1}e}")
    return float(exact.quantize(Decimal(1).scaleb(exact.adjusted() - digits + 1), rounding=ROUND_HALF_UP))


def _positive(values: ArrayLike) -> Floats:
    """Values with blank, zero and negative ones as NaN: none of them is a toxicity value."""
    array = np.array(values, dtype=float)
    array[~(array > 0)] = np.nan
    return array


def toxicity_weights(
    unit_risk_per_mg_m3: ArrayLike,
    slope_factor_per_mg_kg_d: ArrayLike,
    reference_concentration_mg_m3: ArrayLike,
    reference_dose_mg_kg_d: ArrayLike,
    evidence_is_weak: ArrayLike,
) -> ToxicityWeights:
    """RSEI toxicity weights for inhalation and oral intake.

    Cancer: IUR / 2.8e-7, SF / 1e-6, a tenth of it when the evidence class is C or D. Non-cancer: 3.5 / RfC, 1 / RfD.
    Each in two significant figures; the larger of the two counts; a route without any value takes that of the other
    and is marked. All arguments have shape (n,); blank is NaN. Reproduces EPA's published hazards (``tests/kernels``).
    """
    divisor = np.where(np.asarray(evidence_is_weak, dtype=bool), WEAK_EVIDENCE_DIVISOR, 1.0)
    inhalation_cancer = round_significant(_positive(unit_risk_per_mg_m3) / UNIT_RISK_OF_WEIGHT_ONE / divisor)
    oral_cancer = round_significant(_positive(slope_factor_per_mg_kg_d) / SLOPE_FACTOR_OF_WEIGHT_ONE / divisor)
    inhalation_other = round_significant(
        REFERENCE_CONCENTRATION_OF_WEIGHT_ONE / _positive(reference_concentration_mg_m3)
    )
    oral_other = round_significant(REFERENCE_DOSE_OF_WEIGHT_ONE / _positive(reference_dose_mg_kg_d))
    own_inhalation = np.fmax(inhalation_cancer, inhalation_other)
    own_oral = np.fmax(oral_cancer, oral_other)
    inhalation_borrowed = np.isnan(own_inhalation) & ~np.isnan(own_oral)
    oral_borrowed = np.isnan(own_oral) & ~np.isnan(own_inhalation)
    inhalation_rules = np.fmax(inhalation_cancer, -1.0) >= np.fmax(inhalation_other, 0.0)
    oral_rules = np.fmax(oral_cancer, -1.0) >= np.fmax(oral_other, 0.0)
    return ToxicityWeights(
        inhalation=np.where(inhalation_borrowed, own_oral, own_inhalation),
        oral=np.where(oral_borrowed, own_inhalation, own_oral),
        inhalation_borrowed=inhalation_borrowed,
        oral_borrowed=oral_borrowed,
        inhalation_is_cancer=np.where(inhalation_borrowed, oral_rules, inhalation_rules),
        oral_is_cancer=np.where(oral_borrowed, inhalation_rules, oral_rules),
    )


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


def potent_kg(kilograms: ArrayLike, weight: ArrayLike, potent_weight: float) -> Floats:
    """Kilograms to bin a release by: of a substance whose toxicity weight exceeds ``potent_weight``, its
    toxicity-weighted mass (kg x weight / ``potent_weight``), so that a gram of dioxins is not nothing; of any other, or
    one without a weight, its mass. Shapes (n,); no jump at the bound.
    """
    potency = np.asarray(weight, dtype=float) / potent_weight
    return np.asarray(kilograms, dtype=float) * np.fmax(potency, 1.0)


def hazard_score(carcinogen: ArrayLike, chronic: ArrayLike, persistent: ArrayLike) -> Floats:
    """Largest of carcinogen class, decade of the toxicity weight, and persistence (0-5 each, shape (n,)).

    A ``persistent`` score of 0 alone does not make a hazard known: not to build up in tissue is no proof of being mild.
    """
    known = np.fmax(np.asarray(carcinogen, dtype=float), np.asarray(chronic, dtype=float))
    build_up = np.asarray(persistent, dtype=float)
    return np.fmax(known, np.where(build_up > 0, build_up, np.nan))


def detection_score(detected_sites: ArrayLike, sampled_sites: ArrayLike, ratio_score: ArrayLike) -> Floats:
    """5 x detected / sampled sites, averaged with the score of concentration over standard where a standard exists.

    NaN without a sampled site. ``ratio_score`` is 0-5 or NaN; shapes (n,).
    """
    sampled = np.asarray(sampled_sites, dtype=float)
    share = np.full(sampled.shape, np.nan)
    np.divide(np.asarray(detected_sites, dtype=float), sampled, out=share, where=sampled > 0)
    frequency = SCORE_MAX * share
    ratio = np.asarray(ratio_score, dtype=float)
    return np.where(np.isnan(ratio), frequency, (frequency + ratio) / 2.0)


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
    """Ranks 1...n by falling score; equal scores keep the order of the rows (sort them by id); -1 for NaN."""
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
    """Ranks under ``draws`` Dirichlet weightings around ``weights``; a missing criterion is drawn from 0-5 each time.

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
        unknown = random.uniform(0.0, SCORE_MAX, size=(draws, int(gaps.sum())))
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
