"""The network of monitoring sites of ambient air of an area: which places a site speaks for, which sites are chosen.

A site speaks for a place where both have nearly the same level from the same sources, not within a circle: the parts
of the sources in the toxicity-weighted level overlap by ``network.source_overlap`` (Σ_s min(share_s(site),
share_s(place))) and the levels lie within ``network.level_factor`` of one another, no farther than ``network.reach_m``.
This is the spatial representativeness of Spangl et al. (2007, Umweltbundesamt REP-0121: like concentrations for a
common reason; from memory); the lines are ours.

The weight of a place is people × risk (risk max of cancer risk and 1e-5 × hazard index, as in zones); before any risk
exists people × level. Places whose weight nobody knows are left out and told.

The choice has three steps, each exact and each among what the step before leaves: the most weight within the budget
(``siting.cover_most``), the least cost at which the same places are covered (``siting.cover_all``), and where several
sets of sites cost as little, the one that stands nearest to the people at risk (``siting.nearest_sites`` over the pairs
of place and site that speaks for it). Places of one and the same set of sites are one demand in the first two, which
changes no answer.

Belongs here: from tables to footprints and choice and back. Does not belong here: solving (``siting``), who is a
candidate (SQL), chains, items and frequencies (SQL).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from ehpilot.kernels import siting
from ehpilot.kernels.columns import doubles, flags, ordered, places_or_null, texts, values_by

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
Places = NDArray[np.int64]

RISK, EMISSION = "risk", "emission"
PRESELECTED = 10  # times the candidates that take part: so many get a footprint
PAIRS_LIMIT = 60_000  # of place and site in the third step; a larger area keeps the second step's choice, as a tie
WHOLE = 1e6  # the solver's tolerances are absolute: weights come to it as parts per million of the whole
BLOCK = 250  # footprints in memory at a time
SITES = pa.schema(
    [
        ("place_id", pa.string()),
        ("is_demand", pa.bool_()),
        ("is_candidate", pa.bool_()),
        ("is_selected", pa.bool_()),
        ("is_selected_by_emission", pa.bool_()),
        ("is_fixed", pa.bool_()),
        ("weight_basis", pa.string()),
        ("weight", pa.float64()),
        ("is_coverable", pa.bool_()),
        ("is_covered", pa.bool_()),
        ("covers_share", pa.float64()),
        ("pick_order", pa.int32()),
        ("marginal_gain", pa.float64()),
        ("covered_risk_share", pa.float64()),
        ("loss_if_stopped", pa.float64()),
        ("moved_place_id", pa.string()),
        ("cost_yuan_a", pa.float64()),
        ("mean_distance_m", pa.float64()),
        ("gap", pa.float64()),
        ("is_unique", pa.bool_()),
        ("is_nearest", pa.bool_()),
        ("is_over_budget", pa.bool_()),
    ]
)


@dataclass(frozen=True)
class Network:
    """A choice among candidates ``sites`` (rows of the places) for the rows ``demand``; arrays by site, shares of all
    weight known. ``mean_distance_m``: from covered demand to the nearest chosen site that speaks for it, by weight.
    ``is_nearest``: of equals the nearest was chosen, or there are none; False above :data:`PAIRS_LIMIT`."""

    demand: Places
    sites: Places
    covers: Booleans
    weight: Floats
    is_selected: Booleans
    order: NDArray[np.int64]
    gain: Floats
    loss: Floats
    mean_distance_m: float
    gap: float
    is_unique: bool
    is_nearest: bool
    is_over_budget: bool


def choose_sites(places: pa.Table, levels: pa.Table, parameters: pa.Table) -> pa.Table:
    """One row a place (``place_id``); schema :data:`SITES`, shares of the weight that is known.

    ``places``: ``place_id``, ``x_m``, ``y_m``, ``people``, ``risk`` (NaN unknown), ``is_demand``, ``is_candidate``,
    ``is_existing``, ``is_kept`` (is in whatever it brings). ``levels``: ``place_id``, ``enterprise_id``, ``level``
    (> 0, any one unit). ``parameters``: ``parameter_id``, ``value`` with the ``network.*`` ones.
    """
    rows = ordered(places, "place_id")
    constants = values_by(parameters, "parameter_id")
    share, total = _levels(rows, levels)
    people = doubles(rows, "people")
    risk_weight, emission_weight = people * doubles(rows, "risk"), people * total
    is_demand = flags(rows, "is_demand")
    basis = RISK if np.nansum(np.where(is_demand, risk_weight, 0.0)) > 0 else EMISSION
    weight = risk_weight if basis == RISK else emission_weight
    by_emission = _network(rows, share, total, emission_weight, constants)
    network = by_emission if basis == EMISSION else _network(rows, share, total, weight, constants)
    return _told(rows, network, by_emission, basis, np.where(is_demand, weight, np.nan), constants)


def footprints(
    demand: Places, sites: Places, share: Floats, total: Floats, xy: Floats, constants: Mapping[str, float]
) -> Booleans:
    """Which of ``sites`` speaks for which of ``demand`` (n, m): both are rows of ``share`` (places, sources; sums to
    1), ``total`` (places,) and ``xy`` (places, 2) [m]. A place always speaks for itself."""
    covers = np.zeros((demand.size, sites.size), dtype=bool)
    if not (demand.size and sites.size):
        return covers
    near = cKDTree(xy[demand]).query_ball_point(xy[sites], constants["network.reach_m"])
    for column, (site, found) in enumerate(zip(sites.tolist(), near, strict=True)):
        place = np.sort(np.asarray(found, dtype=int))
        common = np.minimum(share[demand[place]], share[site]).sum(axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            apart = np.abs(np.log(total[demand[place]] / total[site]))
        # a level at the line counts as within: the tolerance takes up the last bits of sums and logarithms
        is_like = (common >= constants["network.source_overlap"] - siting.TOLERANCE) & (
            apart <= np.log(constants["network.level_factor"]) + siting.TOLERANCE
        )
        covers[place[is_like | (demand[place] == site)], column] = True
    return covers


def _levels(rows: pa.Table, levels: pa.Table) -> tuple[Floats, Floats]:
    """Parts of the sources at each place (places, sources), and the whole level (0 where no source reaches it)."""
    index = {name: number for number, name in enumerate(texts(rows, "place_id"))}
    known = ordered(levels.filter(pc.greater(levels["level"], 0.0)), "place_id", "enterprise_id")
    source = {name: number for number, name in enumerate(sorted(set(texts(known, "enterprise_id"))))}
    matrix = np.zeros((rows.num_rows, len(source)))
    at = [index.get(name, -1) for name in texts(known, "place_id")]
    of = [source[name] for name in texts(known, "enterprise_id")]
    inside = np.asarray(at, dtype=int) >= 0
    np.add.at(matrix, (np.asarray(at, int)[inside], np.asarray(of, int)[inside]), doubles(known, "level")[inside])
    total = matrix.sum(axis=1)
    return np.divide(matrix, total[:, None], out=np.zeros_like(matrix), where=total[:, None] > 0), total


def _network(rows: pa.Table, share: Floats, total: Floats, weight: Floats, constants: Mapping[str, float]) -> Network:
    """The best sites for these weights; fixed sites that alone cost more than the budget are all that stands."""
    is_known = flags(rows, "is_demand") & np.isfinite(weight) & (weight > 0)
    demand = np.flatnonzero(is_known)
    xy = np.column_stack([doubles(rows, "x_m"), doubles(rows, "y_m")])
    candidate, stands = flags(rows, "is_candidate"), flags(rows, "is_existing") | _fixed(rows, constants)
    number = int(constants["network.candidate_count"])
    # first by their own weight, so that footprints of a large area fit in memory, then by what they cover
    heavy = _first(np.where(is_known, weight, 0.0), candidate & ~stands, PRESELECTED * number)
    alone = np.zeros(len(weight))
    for block in np.array_split(heavy, max(1, len(heavy) // BLOCK)):
        alone[block] = weight[demand] @ footprints(demand, block, share, total, xy, constants)
    likely = _first(alone, np.isin(np.arange(len(weight)), heavy), number)
    sites = np.sort(np.concatenate([np.flatnonzero(candidate & stands), likely])).astype(np.int64)
    covers = footprints(demand, sites, share, total, xy, constants)
    existing, fixed = flags(rows, "is_existing")[sites], _fixed(rows, constants)[sites]
    cost = _costs(existing, constants)
    merged, amount = _merged(covers, weight[demand])
    budget = max(constants["network.budget_yuan_a"], float(cost[fixed].sum()))
    apart = np.where(covers, np.hypot(*(xy[demand][:, None] - xy[sites][None, :]).transpose(2, 0, 1)), np.inf)
    found, is_nearest = _best(covers, weight[demand], apart / constants["network.reach_m"], cost, fixed, budget)
    order, gain = siting.pick_order(merged, amount, found.is_selected, existing)
    loss = siting.loss_if_stopped(merged, amount, found.is_selected)
    whole = float(weight[demand].sum())
    part = 1.0 / whole if whole > 0 else 0.0
    over = bool(cost[fixed].sum() > constants["network.budget_yuan_a"])
    return Network(
        demand, sites, covers, weight[demand], found.is_selected, order, gain * part, loss * part,
        _mean_distance(apart[:, found.is_selected], weight[demand]), found.gap, found.is_unique,
        is_nearest, over,
    )  # fmt: skip


def _best(
    covers: Booleans, weight: Floats, apart: Floats, cost: Floats, fixed: Booleans, budget: float
) -> tuple[siting.Siting, bool]:
    """The most weight, at the least cost, nearest to it; ``apart``: distance of a place and a site that speaks for it,
    else inf. ``gap`` is the largest of the steps, ``is_unique`` that no other set of sites is as good in all;
    besides whether the third step was taken or had nothing to decide."""
    whole = float(weight.sum())
    part = weight * (WHOLE / whole if whole > 0 else 0.0)
    merged, amount = _merged(covers, part)
    most = siting.cover_most(merged, amount, cost, fixed, budget)
    least = siting.cover_all(merged[merged[:, most.is_selected].any(axis=1)], cost, fixed)
    gap, covered = max(most.gap, least.gap), covers[:, least.is_selected].any(axis=1)
    if least.is_unique or covers[covered].sum() > PAIRS_LIMIT:
        return replace(least, gap=gap), least.is_unique
    nearest = siting.nearest_sites(apart[covered], part[covered], cost, fixed, least.objective)
    return replace(nearest, gap=max(gap, nearest.gap)), True


def _mean_distance(apart: Floats, weight: Floats) -> float:
    nearest = apart.min(axis=1, initial=np.inf)
    is_covered = np.isfinite(nearest)
    return float(np.average(nearest[is_covered], weights=weight[is_covered])) if is_covered.any() else np.nan


def _fixed(rows: pa.Table, constants: Mapping[str, float]) -> Booleans:
    existing = flags(rows, "is_existing")
    return flags(rows, "is_kept") | (existing & (constants["network.existing_fixed"] != 0))


def _costs(existing: Booleans, constants: Mapping[str, float]) -> Floats:
    return np.where(existing, constants["network.existing_site_yuan_a"], constants["network.new_site_yuan_a"])


def _first(worth: Floats, is_among: Booleans, number: int) -> Places:
    """The ``number`` rows among those marked that are worth the most, by their row; of equals the first."""
    among = np.flatnonzero(is_among)
    return np.sort(among[np.argsort(-worth[among], kind="stable")[:number]])


def _merged(covers: Booleans, weight: Floats) -> tuple[Booleans, Floats]:
    """Demand of one and the same set of sites as one demand of their summed weight; none where there is no demand."""
    if not len(covers):
        return covers, weight
    sets, member = np.unique(covers, axis=0, return_inverse=True)
    amount = np.zeros(len(sets))
    np.add.at(amount, member.ravel(), weight)
    return sets, amount


def _moves(rows: pa.Table, network: Network, constants: Mapping[str, float]) -> dict[int, int]:
    """Existing sites that are given up for a new one near by, and the other way round: the nearest pairs first."""
    existing = flags(rows, "is_existing")[network.sites]
    gone, new = network.sites[existing & ~network.is_selected], network.sites[~existing & network.is_selected]
    xy = np.column_stack([doubles(rows, "x_m"), doubles(rows, "y_m")])
    apart = np.hypot(*(xy[gone][:, None] - xy[new][None, :]).transpose(2, 0, 1))
    pairs: dict[int, int] = {}
    for flat in np.argsort(apart, axis=None, kind="stable"):
        old, fresh = np.unravel_index(flat, apart.shape)
        here, there = int(gone[old]), int(new[fresh])
        if apart[old, fresh] <= constants["network.move_m"] and here not in pairs and there not in pairs:
            pairs[here], pairs[there] = there, here
    return pairs


def _told(
    rows: pa.Table, network: Network, by_emission: Network, basis: str, weight: Floats, constants: Mapping[str, float]
) -> pa.Table:
    count = rows.num_rows
    names = texts(rows, "place_id")
    selected, emission = np.zeros(count, bool), np.zeros(count, bool)
    selected[network.sites[network.is_selected]] = True
    emission[by_emission.sites[by_emission.is_selected]] = True
    candidate, coverable, covered = (np.zeros(count, bool) for _ in range(3))
    candidate[network.sites] = True
    coverable[network.demand] = network.covers.any(axis=1)
    covered[network.demand] = network.covers[:, network.is_selected].any(axis=1)
    whole = float(network.weight.sum())
    alone = (network.weight @ network.covers) / whole if whole > 0 else np.full(network.sites.size, np.nan)
    order, gain, loss, cover, sums = np.full(count, -1), *(np.full(count, np.nan) for _ in range(4))
    order[network.sites], gain[network.sites] = network.order, network.gain
    loss[network.sites], cover[network.sites] = network.loss, alone
    picked = network.sites[np.argsort(network.order, kind="stable")][np.sort(network.order) > 0]
    sums[picked] = np.cumsum(gain[picked])
    moves = _moves(rows, network, constants)
    existing = flags(rows, "is_existing")
    cost = np.full(count, np.nan)
    cost[network.sites] = _costs(existing[network.sites], constants)
    columns = {
        "place_id": names,
        "is_demand": flags(rows, "is_demand"),
        "is_candidate": candidate,
        "is_selected": selected,
        "is_selected_by_emission": emission,
        "is_fixed": _fixed(rows, constants),
        "weight_basis": [basis] * count,
        "weight": weight,
        "is_coverable": coverable,
        "is_covered": covered,
        "covers_share": cover,
        "pick_order": places_or_null(order),
        "marginal_gain": gain,
        "covered_risk_share": sums,
        "loss_if_stopped": loss,
        "moved_place_id": [names[moves[row]] if row in moves else None for row in range(count)],
        "cost_yuan_a": cost,
        "mean_distance_m": [network.mean_distance_m] * count,
        "gap": [network.gap] * count,
        "is_unique": [network.is_unique] * count,
        "is_nearest": [network.is_nearest] * count,
        "is_over_budget": [network.is_over_budget] * count,
    }
    return pa.table(columns, schema=SITES)


def redundant_sites(results: pa.Table, parameters: pa.Table) -> pa.Table:
    """Pairs of sites that say the same: over the substances that both measure at ``network.redundancy_least`` common
    times or more, every Pearson r is above ``network.redundancy_r``.

    ``results``: ``site_id``, ``pollutant_id``, ``sampled_at``, ``value`` (NaN unknown), one a key. Gives ``site_id``,
    ``other_site_id`` (both ways), ``correlation`` (the least of them), ``pollutant_count``.
    """
    constants = values_by(parameters, "parameter_id")
    limit, least = constants["network.redundancy_r"], int(constants["network.redundancy_least"])
    found: dict[tuple[str, str], list[float]] = {}
    for pollutant in sorted(set(texts(results, "pollutant_id"))):
        part = results.filter(pc.equal(results["pollutant_id"], pollutant))
        sites, at = np.unique(texts(part, "site_id"), return_inverse=True)
        times, when = np.unique([str(time) for time in part["sampled_at"].to_pylist()], return_inverse=True)
        series = np.full((times.size, sites.size), np.nan)
        series[when, at] = doubles(part, "value")
        # every pair that can be compared, whatever its r: one substance that differs makes two sites worth having
        for i, j, r in siting.redundant_pairs(series, -1.1, least):
            found.setdefault((str(sites[i]), str(sites[j])), []).append(r)
    pairs = [(i, j, min(r), len(r)) for (i, j), r in sorted(found.items()) if min(r) > limit]
    both = sorted([*pairs, *((j, i, r, n) for i, j, r, n in pairs)])
    return pa.table(
        {
            "site_id": pa.array([row[0] for row in both], pa.string()),
            "other_site_id": pa.array([row[1] for row in both], pa.string()),
            "correlation": pa.array([row[2] for row in both], pa.float64()),
            "pollutant_count": pa.array([row[3] for row in both], pa.int32()),
        }
    )
