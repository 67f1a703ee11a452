"""Scores of every pollutant that is listed or present, rank and rank interval of those in the list; the method is the
kernel's."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from ehpilot.kernels.screening import (
    binned_score,
    detection_score,
    hazard_score,
    potent_kg,
    rank_stability,
    ranks,
    shifted_ranks,
    weighted_score,
    within_cumulative_share,
)

CRITERIA = ("hazard", "release", "exposure", "detection")
BINNED = (True, True, True, False)
# quantity and toxicity weight of a medium; soil has no path of its own, so the larger weight stands for it
RELEASE_COLUMNS = {
    "air": ("emission_air_kg", "inhalation_weight"),
    "water": ("emission_water_kg", "oral_weight"),
    "soil": ("emission_soil_kg", "largest_weight"),
    "unspecified": ("emission_unspecified_kg", "largest_weight"),
}


def _doubles(columns, name):
    """A column as doubles with null as nan."""
    return np.ma.filled(np.ma.asarray(columns[name], dtype=float), np.nan)


def _texts(columns, name):
    """A column as a list of texts, null as None."""
    return np.ma.asarray(columns[name], dtype=object).filled(None).tolist()


def _or_null(values):
    """Doubles with nan as null, as an Arrow array."""
    return pa.array(values, pa.float64(), mask=np.isnan(values))


def _places(values):
    """Ranks with -1 as null, as an Arrow array."""
    return pa.array(values, pa.int32(), mask=np.asarray(values) < 0)


def _bins(relation):
    """Lower bounds and scores of the seed by criterion and medium."""
    found = {}
    for criterion, medium, lower, score in (
        relation.order("criterion, medium, lower_bound").project("criterion, medium, lower_bound, score").fetchall()
    ):
        bounds, scores = found.setdefault((criterion, medium), ([], []))
        bounds.append(lower)
        scores.append(score)
    return found


def _criteria(columns, bins, classes, potent_weight):
    """The four criteria as an n x 4 array, nan unknown."""

    def of_class(attribute, name):
        return np.array([classes.get((attribute, code), np.nan) for code in _texts(columns, name)], dtype=float)

    kow = binned_score(_doubles(columns, "log_kow").clip(0), *bins["persistent", "all"])
    hazard = hazard_score(
        of_class("iarc_group", "iarc_code"),
        binned_score(_doubles(columns, "largest_weight"), *bins["chronic", "all"]),
        np.fmax(of_class("substance_class", "substance_class"), kow),
    )
    releases = [
        binned_score(
            potent_kg(_doubles(columns, quantity), _doubles(columns, weight), potent_weight), *bins["release", medium]
        )
        for medium, (quantity, weight) in RELEASE_COLUMNS.items()
    ]
    release = np.fmax.reduce(releases)
    # a stated 0 beside a release of unknown quantity is no known 0
    unknown = np.asarray(columns["has_unknown_quantity"], dtype=bool) & (np.nan_to_num(release) == 0)
    release = np.where(unknown, np.nan, release)
    sums = _doubles(columns, "exposure_sum")
    incomplete = (_doubles(columns, "sites_without_population") > 0) & (np.nan_to_num(sums) == 0)
    exposure = binned_score(np.where(incomplete | unknown, np.nan, sums), *bins["exposure", "all"])
    ratio = binned_score(_doubles(columns, "max_ratio_to_standard"), *bins["detection", "all"])
    detection = detection_score(
        _doubles(columns, "detected_site_count"), _doubles(columns, "informative_site_count"), ratio
    )
    return np.column_stack([hazard, release, exposure, detection])


def _ranked(criteria, is_present, is_listed, parameters, seed):
    """Score of the present rows; which of them are in the list; rank, interval, probability of the first ranks and
    rank range under +-1 bin of those in the list, so that ranks run without gaps over the list that is published."""
    weights = np.array([parameters[f"screening.weight_{name}"] for name in CRITERIA])
    least = parameters["screening.minimum_known_weight"]
    # what is nowhere in the zone has hazard facts, but no score
    present = np.where(is_present[:, None], criteria, np.nan)
    score = weighted_score(present, weights, least)
    included = is_present & (is_listed | (np.nan_to_num(score, nan=-np.inf) >= parameters["screening.cut_score"]))
    members = np.where(included[:, None], present, np.nan)
    ranked_score = np.where(included, score, np.nan)
    stability = rank_stability(
        members,
        weights,
        ranked_score,
        first=int(parameters["screening.first_ranks"]),
        draws=int(parameters["screening.weight_draws"]),
        concentration=parameters["screening.weight_concentration"],
        seed=seed,
    )
    return score, included, ranks(ranked_score), stability, shifted_ranks(members, weights, least, BINNED)


def model(dbt, session):
    """One row a pollutant of int_inventory__pollutants_described; unknown is null."""
    columns = dbt.ref("int_inventory__pollutants_described").order("pollutant_id").fetchnumpy()
    parameters = dict(dbt.ref("int_inventory__screening_parameters_chosen").project("parameter_id, value").fetchall())
    classes = {
        (attribute, code): score
        for attribute, code, score in dbt.ref("screening_class_score").project("attribute, code, score").fetchall()
    }
    (seed,) = dbt.source("intake", "build").aggregate("max(seed)").fetchone()
    bins = _bins(dbt.ref("screening_bin"))
    criteria = _criteria(columns, bins, classes, parameters["screening.potent_weight"])
    is_present = np.logical_or.reduce(
        [np.asarray(columns[name], dtype=bool) for name in ("is_emitted", "is_used", "is_permitted", "is_detected")]
    )
    is_listed = np.asarray(columns["is_listed"], dtype=bool)
    score, included, places, stability, shifted = _ranked(criteria, is_present, is_listed, parameters, int(seed or 0))
    rsei = np.where(included, _doubles(columns, "exposure_sum"), np.nan)
    inside = within_cumulative_share(_doubles(columns, "use_t"), parameters["screening.top_use_share"])
    return pa.table(
        {
            "pollutant_id": pa.array(_texts(columns, "pollutant_id"), pa.string()),
            "is_present": pa.array(is_present),
            "is_risk_pollutant": pa.array(included),
            **{f"{name}_score": _or_null(criteria[:, place]) for place, name in enumerate(CRITERIA)},
            "known_criteria_count": pa.array((~np.isnan(criteria)).sum(axis=1), pa.int32()),
            "score": _or_null(score),
            "rank": _places(places),
            "rank_low": _places(stability.rank_low),
            "rank_high": _places(stability.rank_high),
            "rank_probability": _or_null(stability.probability_first),
            "rank_bin_low": _places(shifted[:, 0]),
            "rank_bin_high": _places(shifted[:, 1]),
            "rsei_rank": _places(ranks(rsei)),
            "is_top80_use": pa.array(inside),
        }
    )
