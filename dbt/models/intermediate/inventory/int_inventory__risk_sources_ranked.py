"""Percentile score, rank and rank interval of every risk source; the method is the kernel's."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from ehpilot.kernels.screening import ranks
from ehpilot.kernels.source_ranking import log_normal_of_interval, percentile_score, rank_intervals


def _doubles(columns, name):
    """A column as doubles with null as nan."""
    return np.ma.filled(np.ma.asarray(columns[name], dtype=float), np.nan)


def _places(values):
    """Ranks with -1 as null, as an Arrow array."""
    return pa.array(values, pa.int32(), mask=np.asarray(values) < 0)


def _releases(dbt):
    """The releases of risk pollutants with their part of the ranked value, in a fixed order."""
    risk = dbt.ref("risk_pollutant").filter("is_risk_pollutant").project("pollutant_id as risk_pollutant_id")
    return (
        dbt.ref("int_inventory__site_releases_weighted")
        .join(risk, "pollutant_id = risk_pollutant_id")
        .filter("weighted_kg > 0 and population_within_3km > 0")
        .order("enterprise_id, pollutant_id, medium")
        .project("enterprise_id, emission_kg, low_kg, high_kg, weighted_kg * population_within_3km as part")
        .fetchnumpy()
    )


def model(dbt, session):
    """One row a site of int_inventory__risk_sources_gathered; score and ranks are null where the value is."""
    sites = dbt.ref("int_inventory__risk_sources_gathered").order("enterprise_id").fetchnumpy()
    parameters = dict(dbt.ref("int_parameter__values_chosen").project("parameter_id, value").fetchall())
    (seed,) = dbt.source("intake", "build").aggregate("max(seed)").fetchone()
    releases = _releases(dbt)
    ids = np.asarray(sites["enterprise_id"], dtype=object)
    row = {enterprise_id: place for place, enterprise_id in enumerate(ids)}
    kept = np.array([enterprise_id in row for enterprise_id in releases["enterprise_id"]], dtype=bool)
    owner = np.array([row[enterprise_id] for enterprise_id in releases["enterprise_id"][kept]], dtype=np.int64)
    value = _doubles(sites, "toxicity_people")
    best = _doubles(releases, "emission_kg")[kept]
    median, spread = log_normal_of_interval(
        best,
        _doubles(releases, "low_kg")[kept],
        _doubles(releases, "high_kg")[kept],
        np.full(best.size, parameters["screening.spread_factor"]),
    )
    low, high = rank_intervals(
        owner,
        _doubles(releases, "part")[kept] * median,
        spread,
        value,
        draws=int(parameters["screening.source_draws"]),
        seed=int(seed or 0),
    )
    score = percentile_score(value)
    return pa.table(
        {
            "enterprise_id": pa.array(ids.tolist(), pa.string()),
            "score": pa.array(score, pa.float64(), mask=np.isnan(score)),
            "rank": _places(ranks(value)),
            "rank_low": _places(low),
            "rank_high": _places(high),
        }
    )
