"""The green index from tables: scores of areas and years, contributions, diagnostics of the indicators.

Puts the methods together (``composite_index``, ``index_robustness``, ``indicator_weights``) and knows the columns; no
method of its own. A unit is an area in a year. Ways of normalising that are drawn beside the goalposts: distance to
target (value over target, or target over value), which methods.md i names as the other usual form; where it is
undefined (a target or value of 0) the goalposts stand.

Does not belong here: where values come from (SQL), experts' matrices (``expert_matrices``), words of levels beyond
their codes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ehpilot.kernels import composite_index, index_robustness, indicator_weights
from ehpilot.kernels.columns import doubles, flags, ordered, places_or_null, seed_of, texts, texts_or_null, values_by
from ehpilot.kernels.composite_index import Rules, Structure
from ehpilot.kernels.indicator_weights import ObjectiveWeights

Floats = NDArray[np.float64]

DIMENSIONS = (
    "environment_quality",
    "risk_prevention",
    "management_innovation",
    "industry_development",
    "public_participation",
)


@dataclass(frozen=True)
class _Panel:
    """u units (area, year, rank group) by n indicators: raw values and normalised scores, NaN unknown."""

    units: list[tuple[str, int, str]]
    indicators: list[str]
    dimension: list[str]
    values: Floats
    scores: Floats
    weights: Structure
    rules: Rules


def _panel(values: pa.Table, indicators: pa.Table, parameters: pa.Table) -> _Panel:
    """``values``: ``area_id, year, rank_group, indicator_id, value``; ``indicators``: ``indicator_id, dimension,
    direction, target, floor, weight_within, dimension_weight``."""
    table = ordered(indicators, "indicator_id")
    names, dimension = texts(table, "indicator_id"), texts(table, "dimension")
    place = {name: number for number, name in enumerate(names)}
    keys = zip(texts(values, "area_id"), doubles(values, "year"), texts(values, "rank_group"), strict=True)
    cells = [(area, int(year), group) for area, year, group in keys]
    units = sorted(set(cells))
    row = {unit: number for number, unit in enumerate(units)}
    grid = np.full((len(units), len(names)), np.nan)
    for unit, name, value in zip(cells, texts(values, "indicator_id"), doubles(values, "value"), strict=True):
        grid[row[unit], place[name]] = value
    benefit = np.array([word == "benefit" for word in texts(table, "direction")], dtype=bool)
    scores = composite_index.normalised(grid, doubles(table, "target"), doubles(table, "floor"), benefit)
    across = dict(zip(dimension, doubles(table, "dimension_weight"), strict=True))
    weights = composite_index.structure(
        [DIMENSIONS.index(name) for name in dimension],
        doubles(table, "weight_within"),
        [across[name] for name in DIMENSIONS],
    )
    limits = values_by(parameters, "parameter_id")
    rules = Rules(limits["index.least_coverage"], limits["index.least_dimension"])
    return _Panel(units, names, dimension, grid, scores, weights, rules)


def _caps(caps: pa.Table, panel: _Panel) -> tuple[Floats, Floats]:
    """Caps (u, d) and (u,) of ``caps``: ``area_id, year, scope`` (a dimension, or index) and ``cap``; the lowest
    counts."""
    dimension, index = np.full((len(panel.units), len(DIMENSIONS)), np.nan), np.full(len(panel.units), np.nan)
    row = {(area, year): number for number, (area, year, _) in enumerate(panel.units)}
    for area, year, scope, cap in zip(
        texts(caps, "area_id"), doubles(caps, "year"), texts(caps, "scope"), doubles(caps, "cap"), strict=True
    ):
        number = row.get((area, int(year)))
        if number is None:
            continue
        if scope == "index":
            index[number] = np.fmin(index[number], cap)
        else:
            column = DIMENSIONS.index(scope)
            dimension[number, column] = np.fmin(dimension[number, column], cap)
    return dimension, index


def _by_target(panel: _Panel, indicators: pa.Table) -> Floats:
    """Scores by distance to target, 100 min(1, x/t) or 100 min(1, t/x); the goalposts' where it is undefined."""
    table = ordered(indicators, "indicator_id")
    target = doubles(table, "target")
    benefit = np.array([word == "benefit" for word in texts(table, "direction")], dtype=bool)
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = np.where(benefit, panel.values / target, target / panel.values)
    usable = (target > 0) & (panel.values > 0)
    return np.where(usable, np.clip(100.0 * ratio, 0.0, 100.0), panel.scores)


def score(
    values: pa.Table, indicators: pa.Table, caps: pa.Table, levels: pa.Table, parameters: pa.Table, build: pa.Table
) -> pa.Table:
    """One row an area and year: dimensions, index before and after caps, its 90 % interval, level, rank and rank band
    among the areas of the same kind and year, ``coverage_share`` of all weight.

    ``levels``: ``level, threshold``; ``parameters``: ``index.least_coverage``, ``index.least_dimension``,
    ``index.draws``, ``index.weight_concentration``; ``build``: ``seed``."""
    panel = _panel(values, indicators, parameters)
    limits = values_by(parameters, "parameter_id")
    dimension_cap, index_cap = _caps(caps, panel)
    plain = composite_index.scored(panel.scores, panel.weights, panel.rules, dimension_cap)
    index = composite_index.capped(plain.index, index_cap)
    group = [f"{kind}|{year}" for _, year, kind in panel.units]
    spread = index_robustness.robustness(
        [panel.scores, _by_target(panel, indicators)],
        panel.weights,
        panel.rules,
        group,
        draws=int(limits["index.draws"]),
        concentration=limits["index.weight_concentration"],
        seed=seed_of(build),
        dimension_cap=dimension_cap,
        index_cap=index_cap,
    )
    ranked = ordered(levels, "threshold")
    words = composite_index.levels(index, doubles(ranked, "threshold"), texts(ranked, "level"), "not_rated")
    return pa.table(
        {
            "area_id": pa.array([area for area, _, _ in panel.units], pa.string()),
            "year": pa.array([year for _, year, _ in panel.units], pa.int32()),
        }
        | {name: plain.dimensions[:, number] for number, name in enumerate(DIMENSIONS)}
        | {
            "index_uncapped": composite_index.geometric_index(
                composite_index.dimension_scores(panel.scores, panel.weights, panel.rules.least_coverage)[0],
                panel.weights.dimension_weight,
                panel.rules.least_dimension,
            ),
            "index": index,
            "index_low": spread.index_low,
            "index_high": spread.index_high,
            "level": pa.array(words, pa.string()),
            "rank": places_or_null(index_robustness.group_ranks(index, group)),
            "rank_low": places_or_null(spread.rank_low),
            "rank_high": places_or_null(spread.rank_high),
            "coverage_share": (plain.coverage * panel.weights.dimension_weight).sum(axis=1),
        }
    )


def contribute(values: pa.Table, indicators: pa.Table, parameters: pa.Table) -> pa.Table:
    """One row an indicator, area and year that it is known in: points of the index before caps that it brings, and of
    its change since the year before; NaN where the index is not rated."""
    panel = _panel(values, indicators, parameters)
    part = composite_index.contributions(panel.scores, panel.weights, panel.rules)
    change = np.full_like(part, np.nan)
    row = {(area, year): number for number, (area, year, _) in enumerate(panel.units)}
    pairs = [(number, row[(area, year - 1)]) for (area, year), number in row.items() if (area, year - 1) in row]
    if pairs:
        now, before = (list(side) for side in zip(*pairs, strict=True))
        change[now] = composite_index.contribution_changes(
            panel.scores[now], panel.scores[before], panel.weights, panel.rules
        )
    unit, indicator = np.nonzero(~np.isnan(panel.values))
    return pa.table(
        {
            "indicator_id": pa.array([panel.indicators[k] for k in indicator], pa.string()),
            "area_id": pa.array([panel.units[k][0] for k in unit], pa.string()),
            "year": pa.array([panel.units[k][1] for k in unit], pa.int32()),
            "normalised": panel.scores[unit, indicator],
            "contribution": part[unit, indicator],
            "change_from_last_year": change[unit, indicator],
        }
    )


def _of_rated(
    method: Callable[[Floats, int], ObjectiveWeights], scores: Floats, index: Floats, least: int
) -> ObjectiveWeights:
    """Weights (n,) by the data of the units that have an index, over the indicators that all of these know; NaN for the
    others: what is unknown somewhere cannot be compared with what is not."""
    table = scores[~np.isnan(index)]
    told = ~np.isnan(table).any(axis=0)
    weights = np.full(scores.shape[1], np.nan)
    if not len(table) or not told.any():
        return ObjectiveWeights(weights, "UNKNOWN-VALUE" if len(table) else "FEW-UNITS")
    found = method(table[:, told], least)
    weights[told] = found.weights
    return ObjectiveWeights(weights, found.refusal)


def _own_values(values: pa.Table, panel: _Panel) -> Floats:
    """Raw values (u, n) of the panel without those that an area takes from another: a copy says nothing of spread or
    correlation."""
    if "is_imputed" not in values.column_names:
        return panel.values
    row = {(area, year): number for number, (area, year, _) in enumerate(panel.units)}
    place = {name: number for number, name in enumerate(panel.indicators)}
    own = panel.values.copy()
    cells = (texts(values, "area_id"), doubles(values, "year"), texts(values, "indicator_id"))
    for area, year, name, is_copy in zip(*cells, flags(values, "is_imputed"), strict=True):
        if is_copy:
            own[row[area, int(year)], place[name]] = np.nan
    return own


def _flags(table: Floats, panel: _Panel, limits: dict[str, float]) -> index_robustness.Flags:
    return index_robustness.flags(
        table,
        panel.weights.dimension,
        correlation_limit=limits["index.correlation_limit"],
        skewness_limit=limits["index.skewness_limit"],
        kurtosis_limit=limits["index.kurtosis_limit"],
    )


def diagnose(values: pa.Table, indicators: pa.Table, parameters: pa.Table) -> pa.Table:
    """One row an indicator: what stands out, how much the index changes without it, effective weight, and the weights
    that the data of the rated units would give it (NaN with the reason where they have no base, NaN where one of these
    units does not know the indicator). ``values``: as for ``score``; those that ``is_imputed``, where there is such a
    column, are copies and count neither in ``n`` nor in skewness, kurtosis and correlations. ``parameters``:
    ``index.correlation_limit``, ``index.skewness_limit``, ``index.kurtosis_limit``, ``index.least_units`` and those of
    ``score``."""
    panel = _panel(values, indicators, parameters)
    limits = values_by(parameters, "parameter_id")
    least = int(limits["index.least_units"])
    found, of_all = (_flags(table, panel, limits) for table in (_own_values(values, panel), panel.values))
    index = composite_index.scored(panel.scores, panel.weights, panel.rules).index
    entropy = _of_rated(indicator_weights.entropy_weights, panel.scores, index, least)
    critic = _of_rated(indicator_weights.critic_weights, panel.scores, index, least)
    combined = entropy.weights.copy()
    if not entropy.refusal:
        told = ~np.isnan(combined)
        nominal = panel.weights.weight * panel.weights.dimension_weight[panel.weights.dimension]
        combined[told] = indicator_weights.combined_weights(nominal[told], combined[told])
    names = np.array(panel.indicators, dtype=object)
    marks = [
        ("correlated", np.asarray(found.correlated.any(axis=1))),
        ("outlier", found.is_outlier),
        ("constant", of_all.is_constant),
    ]
    marks.append(("no_data", of_all.count == 0))
    return pa.table(
        {
            "indicator_id": pa.array(panel.indicators, pa.string()),
            "n": pa.array(found.count, pa.int32()),
            "skewness": found.skewness,
            "excess_kurtosis": found.excess_kurtosis,
            "correlated_with": pa.array([list(names[row]) for row in found.correlated], pa.list_(pa.string())),
            "largest_correlation": found.largest_correlation,
            "index_change_without": index_robustness.change_without(panel.scores, panel.weights, panel.rules),
            "flags": pa.array(
                [[name for name, mark in marks if mark[k]] for k in range(len(panel.indicators))], pa.list_(pa.string())
            ),
            "effective_weight": index_robustness.effective_weights(panel.scores, index, least),
            "entropy_weight": entropy.weights,
            "entropy_refusal": texts_or_null([entropy.refusal] * len(panel.indicators)),
            "combined_weight": combined,
            "critic_weight": critic.weights,
            "critic_refusal": texts_or_null([critic.refusal] * len(panel.indicators)),
        }
    )
