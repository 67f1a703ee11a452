"""From facts about pollutants to criteria, scores, ranks and rank intervals, table in and table out.

The four criteria (0 to 5, dimensionless, NaN unknown), each made by the functions of ``screening``:

    hazard     max(IARC class, bin of the larger toxicity weight, persistence); persistence is the larger of the class
               of substance and the bin of log Kow (below 0 taken as 0)
    release    largest over the media of the bin of kg/a, which comes in (a medium is a row of the warehouse, not a
               column); a stated 0 beside a release of unknown quantity is unknown
    exposure   bin of the population-weighted modelled concentration over the RfC that the inhalation weight stands for;
               a ratio of 0 is unknown where the model cannot place a site
    detection  5 × share detected (mean of the sites' rates), averaged with the bin of the largest ratio to a standard
               where that is the larger

Only what is present in the zone (emitted, used, permitted or detected) has a score; ranks run without gaps over the
risk pollutants: present, and listed or at the cut score. Ranks are relative, never a risk.

Belongs here: which facts make which criterion. Does not belong here: the equations (``screening``), toxicity weights
(``toxicity``), bins, class scores, weights and cuts (seeds, handed in as tables).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ehpilot.kernels.columns import doubles, flags, ordered, places_or_null, seed_of, texts, values_by
from ehpilot.kernels.screening import (
    Booleans,
    Floats,
    Stability,
    binned_score,
    detection_score,
    hazard_score,
    leave_one_out,
    rank_correlations,
    rank_stability,
    ranks,
    shifted_ranks,
    weighted_score,
    within_cumulative_share,
)

CRITERIA = ("hazard", "release", "exposure", "detection")
BINNED = (True, True, True, False)
PRESENCE = ("is_emitted", "is_used", "is_permitted", "is_detected")
Bins = Mapping[tuple[str, str], tuple[Floats, Floats]]
ClassScores = Mapping[tuple[str, str], float]


def score_pollutants(
    described: pa.Table, parameters: pa.Table, bins: pa.Table, class_scores: pa.Table, build: pa.Table
) -> pa.Table:
    """One row a pollutant, by ``pollutant_id``: criteria, score, membership, rank, its intervals, rank by exposure
    alone.

    ``described``: a row a pollutant, the columns of ``int_inventory__pollutants_described``; ``parameters``:
    ``parameter_id``, ``value`` (``screening.…``); ``bins``: ``criterion``, ``medium``, ``lower_bound``, ``score``;
    ``class_scores``: ``attribute``, ``code``, ``score``; ``build``: ``seed``. Equal scores rank by the larger hazard,
    then the larger exposure sum, then id. Scores are NaN and ranks null where unknown. The same seed gives the same
    intervals. KeyError for a parameter or bins that are missing.
    """
    chosen = values_by(parameters, "parameter_id")
    rows, criteria = _by_hazard_and_exposure(described, _bins(bins), _class_scores(class_scores))
    is_present = np.logical_or.reduce([flags(rows, name) for name in PRESENCE])
    # what is nowhere in the zone has hazard facts, but no score
    present = np.where(is_present[:, None], criteria, np.nan)
    score = weighted_score(present, _weights(chosen), chosen["screening.minimum_known_weight"])
    reaches_cut = np.nan_to_num(score, nan=-np.inf) >= chosen["screening.cut_score"]
    included = is_present & (flags(rows, "is_listed") | reaches_cut)
    members, ranked = np.where(included[:, None], present, np.nan), np.where(included, score, np.nan)
    stability = _stability(members, ranked, chosen, seed_of(build))
    shifted = shifted_ranks(members, _weights(chosen), chosen["screening.minimum_known_weight"], BINNED)
    found = pa.table(
        {
            "pollutant_id": rows["pollutant_id"],
            "is_present": is_present,
            "is_risk_pollutant": included,
            **{f"{name}_score": criteria[:, place] for place, name in enumerate(CRITERIA)},
            "known_criteria_count": pa.array((~np.isnan(criteria)).sum(axis=1), pa.int32()),
            "score": score,
            "rank": places_or_null(ranks(ranked)),
            "rank_low": places_or_null(stability.rank_low),
            "rank_high": places_or_null(stability.rank_high),
            "rank_probability": stability.probability_first,
            "rank_bin_low": places_or_null(shifted[:, 0]),
            "rank_bin_high": places_or_null(shifted[:, 1]),
            "rsei_rank": places_or_null(ranks(np.where(included, doubles(rows, "exposure_sum"), np.nan))),
            "is_top80_use": within_cumulative_share(
                np.where(flags(rows, "is_polymer"), np.nan, doubles(rows, "use_t")), chosen["screening.top_use_share"]
            ),
        }
    )
    return ordered(found, "pollutant_id")


def _by_hazard_and_exposure(described: pa.Table, bins: Bins, class_scores: ClassScores) -> tuple[pa.Table, Floats]:
    """Rows and their criteria in the order that breaks a tie: larger hazard, larger exposure sum, id; unknown last."""
    rows = ordered(described, "pollutant_id")
    criteria = criteria_of(rows, bins, class_scores)
    order = np.lexsort((-doubles(rows, "exposure_sum"), -criteria[:, 0]))
    return rows.take(order), criteria[order]


def compare_orders(scored: pa.Table, described: pa.Table, parameters: pa.Table) -> pa.Table:
    """How far other orders agree with the score: one row a criterion that is left out (``without_<criterion>``), and
    one for the exposure sum alone (``rsei_style``).

    ``scored``: rows of ``score_pollutants``; ``described`` and ``parameters`` as there, the same pollutants. Gives
    ``spearman`` (rho) and ``kendall`` (tau-b), −1 to 1, NaN below three pollutants with both values, and how many those
    are. ValueError where the two tables do not name the same pollutants.
    """
    rows, facts = ordered(scored, "pollutant_id"), ordered(described, "pollutant_id")
    if texts(rows, "pollutant_id") != texts(facts, "pollutant_id"):
        raise ValueError("scored and described must name the same pollutants")
    chosen = values_by(parameters, "parameter_id")
    score = doubles(rows, "score")
    criteria = np.column_stack([doubles(rows, f"{name}_score") for name in CRITERIA])
    criteria[np.isnan(score)] = np.nan
    found = leave_one_out(criteria, _weights(chosen), chosen["screening.minimum_known_weight"])
    rsei = doubles(facts, "exposure_sum")
    both = ~np.isnan(score) & ~np.isnan(rsei)
    found.append((*rank_correlations(score[both], rsei[both]), int(both.sum())))
    return pa.table(
        {
            "scenario": [f"without_{name}" for name in CRITERIA] + ["rsei_style"],
            "spearman": [spearman for spearman, _, _ in found],
            "kendall": [kendall for _, kendall, _ in found],
            "pollutant_count": pa.array([count for _, _, count in found], pa.int32()),
        }
    )


def criteria_of(described: pa.Table, bins: Bins, class_scores: ClassScores) -> Floats:
    """The four criteria as an n × 4 array in the order of ``CRITERIA``, 0 to 5, NaN unknown."""

    def of_class(attribute: str, name: str) -> Floats:
        return np.array([class_scores.get((attribute, code), np.nan) for code in texts(described, name)], dtype=float)

    kow = binned_score(doubles(described, "log_kow").clip(0), *bins["persistent", "all"])
    hazard = hazard_score(
        of_class("iarc_group", "iarc_code"),
        binned_score(doubles(described, "largest_weight"), *bins["chronic", "all"]),
        np.fmax(of_class("substance_class", "substance_class"), kow),
    )
    release = doubles(described, "release_score")
    # a stated 0 beside a release of unknown quantity is no known 0
    unknown = flags(described, "has_unknown_quantity") & (np.nan_to_num(release) == 0)
    reaching = doubles(described, "exposure_ratio")
    incomplete = (doubles(described, "sites_without_model") > 0) & (np.nan_to_num(reaching) == 0)
    exposure = binned_score(np.where(incomplete | unknown, np.nan, reaching), *bins["exposure", "all"])
    ratio = binned_score(doubles(described, "max_ratio_to_standard"), *bins["detection", "all"])
    detection = detection_score(doubles(described, "detection_share"), ratio)
    return np.column_stack([hazard, np.where(unknown, np.nan, release), exposure, detection])


def _bins(table: pa.Table) -> Bins:
    """Lower bounds and scores by criterion and medium, bounds rising."""
    rows = ordered(table, "criterion", "medium", "lower_bound")
    keys = list(zip(texts(rows, "criterion"), texts(rows, "medium"), strict=True))
    bounds, scores = doubles(rows, "lower_bound"), doubles(rows, "score")
    of_key: dict[tuple[str, str], Booleans] = {key: np.array([key == other for other in keys]) for key in set(keys)}
    return {key: (bounds[own], scores[own]) for key, own in of_key.items()}


def _class_scores(table: pa.Table) -> ClassScores:
    keys = zip(texts(table, "attribute"), texts(table, "code"), strict=True)
    return dict(zip(keys, doubles(table, "score").tolist(), strict=True))


def _weights(parameters: Mapping[str, float]) -> NDArray[np.float64]:
    return np.array([parameters[f"screening.weight_{name}"] for name in CRITERIA])


def _stability(members: Floats, score: Floats, parameters: Mapping[str, float], seed: int) -> Stability:
    return rank_stability(
        members,
        _weights(parameters),
        score,
        first=int(parameters["screening.first_ranks"]),
        draws=int(parameters["screening.weight_draws"]),
        concentration=parameters["screening.weight_concentration"],
        seed=seed,
    )
