"""Ranking of risk sources: toxicity-weighted kg times people, percentile score, rank interval, band.

Value of a site: Σ over its releases of kg × toxicity weight × people within 3 km, the surrogate dose of EPA's RSEI
model (RSEI score = toxicity weight × surrogate dose × population). Score: the percentile of the value, 0 to 100. Rank
interval: Monte Carlo over the 95 % intervals of the releases (IPCC 2006 Guidelines, volume 1, chapter 3, 3.2.3.2). A
relative ranking, never a risk. A site whose value is unknown (NaN) has no score and no rank.

Belongs here: pure array functions over sites and their releases. Does not belong here: toxicity weights and pollutant
scores (``screening``), which site has which release, reading or writing anything.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import ArrayLike, NDArray

from ehpilot.kernels.columns import doubles, ordered, places_or_null, seed_of, values_by
from ehpilot.kernels.screening import ranks
from ehpilot.kernels.uncertainty import Z_95

Floats = NDArray[np.float64]

CHUNK_DRAWS = 50  # bounds the memory: releases x chunk doubles


def rank_sources(sites: pa.Table, releases: pa.Table, parameters: pa.Table, build: pa.Table) -> pa.Table:
    """One row a site, by ``enterprise_id``: score 0 to 100, rank, ranks at the 5th and 95th percentile of the draws.

    ``sites``: ``enterprise_id``, ``toxicity_people`` (NaN: no score, no rank), ``toxicity_weighted_kg``;
    ``releases``: ``enterprise_id``, ``pollutant_id``, ``medium``, ``emission_kg`` with its 95 % interval ``low_kg``
    and ``high_kg`` (NaN: the default spread), ``toxicity_people`` (its part of the value), ``leading_error_group``
    and ``leading_error_share`` (0 to 1, the part of its variance that all releases of the group share; NaN: none);
    those of other sites are left out. ``parameters``: ``screening.spread_factor``, ``screening.source_draws``;
    ``build``: ``seed``. Equal values rank by the larger ``toxicity_weighted_kg``, then id.
    """
    rows = ordered(sites, "enterprise_id")
    rows = rows.take(np.argsort(-doubles(rows, "toxicity_weighted_kg"), kind="stable"))
    chosen = values_by(parameters, "parameter_id")
    drawn = ordered(releases, "enterprise_id", "pollutant_id", "medium")
    drawn = drawn.filter(pc.is_in(drawn["enterprise_id"], rows["enterprise_id"]))
    owner = pc.index_in(drawn["enterprise_id"], rows["enterprise_id"]).to_numpy()
    value = doubles(rows, "toxicity_people")
    median, spread = log_normal_of_interval(
        doubles(drawn, "emission_kg"),
        doubles(drawn, "low_kg"),
        doubles(drawn, "high_kg"),
        np.full(drawn.num_rows, chosen["screening.spread_factor"]),
    )
    low, high = rank_intervals(
        owner,
        doubles(drawn, "toxicity_people") * median,
        spread,
        value,
        _groups(drawn),
        np.nan_to_num(doubles(drawn, "leading_error_share")),
        draws=int(chosen["screening.source_draws"]),
        seed=seed_of(build),
    )
    found = pa.table(
        {
            "enterprise_id": rows["enterprise_id"],
            "score": percentile_score(value),
            "rank": places_or_null(ranks(value)),
            "rank_low": places_or_null(low),
            "rank_high": places_or_null(high),
        }
    )
    return ordered(found, "enterprise_id")


def _groups(releases: pa.Table) -> NDArray[np.int64]:
    """Error group of each release as a number from 0; -1 where it has none."""
    column = releases["leading_error_group"]
    return pc.fill_null(pc.index_in(column, pc.unique(column.drop_null())), -1).to_numpy().astype(np.int64)


def percentile_score(values: ArrayLike) -> Floats:
    """100 x share of the other known values that are smaller; NaN stays NaN.

    Ties share the lower place, so that many sites at 0 all score 0. A single known value scores 100,
    or 0 where it is 0.
    """
    array = np.asarray(values, dtype=float)
    known = array[~np.isnan(array)]
    smaller = np.searchsorted(np.sort(known), array, side="left")
    score = 100.0 * smaller / (known.size - 1) if known.size > 1 else np.where(array > 0, 100.0, 0.0)
    return np.where(np.isnan(array), np.nan, score)


def log_normal_of_interval(
    best: ArrayLike, low: ArrayLike, high: ArrayLike, default_factor: ArrayLike
) -> tuple[Floats, Floats]:
    """Median over best, and standard deviation of ln x, of the log-normal with 95 % within low and high (the median is
    √(low·high), below the best value where that is the mean); without a usable interval, 95 % within best divided and
    multiplied by ``default_factor`` (>= 1). 1 and 0 where best is 0 or unknown. Shapes (n,), one unit."""
    centre, lower, upper = (np.asarray(values, dtype=float) for values in (best, low, high))
    usable = (lower > 0) & (upper >= lower)
    ratio = np.ones(centre.shape)
    np.divide(upper, lower, out=ratio, where=usable)
    stated = np.log(np.where(usable, ratio, 1.0)) / (2.0 * Z_95)
    default = np.log(np.maximum(np.nan_to_num(np.asarray(default_factor, dtype=float), nan=1.0), 1.0)) / Z_95
    median = np.ones(centre.shape)
    np.divide(np.sqrt(np.where(usable, lower * upper, 1.0)), centre, out=median, where=usable & (centre > 0))
    return median, np.where(centre > 0, np.where(usable, stated, default), 0.0)


def rank_intervals(
    site_of_release: ArrayLike,
    weighted: ArrayLike,
    spread: ArrayLike,
    scores: ArrayLike,
    group: ArrayLike,
    shared: ArrayLike,
    *,
    draws: int,
    seed: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Ranks at the 5th and 95th percentile of ``draws`` log-normal draws of every release.

    ``site_of_release``: (m,) row of the site; ``weighted``: (m,) median of its part of the score; ``spread``: (m,) of
    ln; ``scores``: (n,) value of each site, NaN = no rank (interval -1). The interval always
    holds the rank of the value itself. ``group``: (m,) number of the group whose error a release shares, -1 none;
    ``shared``: (m,) the part of its variance of ln that is the group's, 0 to 1; the rest is its own.
    """
    values = np.asarray(scores, dtype=float)
    included = np.flatnonzero(~np.isnan(values))
    low = np.full(values.size, -1, dtype=np.int64)
    high = low.copy()
    if not included.size:
        return low, high
    place = np.full(values.size, -1)
    place[included] = np.arange(included.size)
    site = place[np.asarray(site_of_release, dtype=np.int64)]
    kept = (site >= 0) & (np.nan_to_num(np.asarray(weighted, dtype=float)) > 0)
    site, part, sigma = site[kept], np.asarray(weighted, float)[kept], np.asarray(spread, float)[kept]
    labels, of_group = np.unique(np.asarray(group, dtype=np.int64)[kept], return_inverse=True)
    common = np.where(np.asarray(group)[kept] >= 0, np.asarray(shared, float)[kept], 0.0)
    random = np.random.Generator(np.random.PCG64(seed))
    placed = np.empty((draws, included.size), dtype=np.int32)
    for start in range(0, draws, CHUNK_DRAWS):
        stop = min(start + CHUNK_DRAWS, draws)
        own = random.standard_normal((stop - start, site.size)) * np.sqrt(1.0 - common)
        of_all = random.standard_normal((stop - start, labels.size))[:, of_group] * np.sqrt(common)
        factors = np.exp((own + of_all) * sigma)
        for number in range(stop - start):
            total = np.bincount(site, weights=part * factors[number], minlength=included.size)
            placed[start + number] = ranks(total)
    plain = ranks(values[included])
    low[included] = np.minimum(np.quantile(placed, 0.05, axis=0, method="lower"), plain)
    high[included] = np.maximum(np.quantile(placed, 0.95, axis=0, method="higher"), plain)
    return low, high
