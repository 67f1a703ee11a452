"""Choosing monitoring sites: cover everything, cover the most, stand nearest; what each site is worth.

Models: location set covering (Toregas et al., Operations Research 1971, 19, 1363: LSCP), maximal covering (Church and
ReVelle, Papers of the Regional Science Association 1974, 32, 101: MCLP), p-median (Hakimi, Operations Research 1964,
12, 450; ReVelle and Swain, Geographical Analysis 1970, 2, 30), solved exactly by HiGHS (scipy). A solution is computed
anew from the data before it is handed on: which demand it covers, what it costs, what it is worth. What the solver
could prove (``bound``, ``gap``) is told, and whether another choice is as good (``is_unique``). The network is chosen
by MCLP within its budget (``network_siting``); no model uses the other two.

Demand i has a weight w_i (risk × people; not negative, NaN is refused), site j a cost; ``covers[i, j]`` says that j
stands in the footprint that shows i. Demand that no site covers is named, never dropped in silence.

Belongs here: pure functions over demand × sites. Does not belong here: candidates, footprints, weights (SQL), roles and
frequencies (plan).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, sparse

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

NODE_LIMIT = 20_000  # of the search tree; the gap is told. A limit of time would give other sites on other days
TOLERANCE = 1e-9


@dataclass(frozen=True)
class Siting:
    """A choice of sites and what is known of it. ``objective``: LSCP cost, MCLP weight covered, p-median weighted
    distance; ``bound``: what no choice can better; ``gap``: their distance over the objective, 0 proved best."""

    is_selected: Booleans
    objective: float
    bound: float
    gap: float
    is_unique: bool
    uncoverable: NDArray[np.int64]


def cover_all(covers: ArrayLike, costs: ArrayLike, is_fixed: ArrayLike) -> Siting:
    """Least cost at which every coverable demand is covered (LSCP); ``is_fixed`` sites are in whatever they bring.

    ``covers`` (n, m) bool, ``costs`` (m,) > 0 [one unit, e.g. yuan/a], ``is_fixed`` (m,).
    """
    reach, cost, fixed = _checked(covers, costs, is_fixed)
    can = reach.any(axis=1)
    at_least = sparse.csr_array(reach[can].astype(float))
    constraints = [optimize.LinearConstraint(at_least, lb=1.0)] if can.any() else []
    found = _solved(cost, constraints, fixed, cost.size)
    selected = _selection(found.x, cost.size)
    if not reach[can][:, selected].any(axis=1).all():
        raise ArithmeticError("the solver's choice leaves demand uncovered that a site covers")
    return _told(selected, float(cost[selected].sum()), found, 1.0, cost, constraints, fixed, np.flatnonzero(~can))


def cover_most(covers: ArrayLike, weights: ArrayLike, costs: ArrayLike, is_fixed: ArrayLike, budget: float) -> Siting:
    """Most weight that sites covers within ``budget`` (MCLP; costs of 1 make it “p sites”). Fixed sites are in and cost
    too: ValueError where they alone cost more than the budget."""
    reach, cost, fixed = _checked(covers, costs, is_fixed)
    weight = _weights(weights, len(reach))
    if cost[fixed].sum() > budget * (1 + TOLERANCE):
        raise ValueError(f"the fixed sites cost {cost[fixed].sum():g}, more than the budget of {budget:g}")
    count, sites = reach.shape
    linked = sparse.hstack([sparse.csr_array(-reach.astype(float)), sparse.eye_array(count)]).tocsr()
    spent = sparse.csr_array(np.concatenate([cost, np.zeros(count)])[None, :])
    constraints = [optimize.LinearConstraint(linked, ub=0.0), optimize.LinearConstraint(spent, ub=budget)]
    objective = np.concatenate([np.zeros(sites), -weight])
    found = _solved(objective, constraints, fixed, sites)
    selected = _selection(found.x, sites)
    if cost[selected].sum() > budget * (1 + 1e-6):
        raise ArithmeticError("the solver's choice costs more than the budget")
    selected = _useful(reach, weight, selected, fixed)
    worth = covered_weight(reach, weight, selected)
    return _told(selected, worth, found, -1.0, objective, constraints, fixed, np.flatnonzero(~reach.any(axis=1)))


def nearest_sites(
    distances: ArrayLike, weights: ArrayLike, costs: ArrayLike, is_fixed: ArrayLike, budget: float
) -> Siting:
    """The sites within ``budget`` with the least weighted distance from demand to its nearest site (p-median; costs of
    1 make it “p sites”). ``distances`` (n, m) ≥ 0, inf where a site can't serve; demand that none serves is named and
    left out. Fixed sites are in and cost too: ValueError where they alone cost more than the budget or a distance is
    unknown or negative, ArithmeticError where no choice within it serves all demand."""
    far, fixed = np.asarray(distances, dtype=float), np.asarray(is_fixed, dtype=bool)
    if not (far >= 0).all():
        raise ValueError("a distance is known and not negative; inf says that a site can't serve")
    reach, cost, _ = _checked(np.isfinite(far), costs, fixed)
    weight = _weights(weights, len(far))
    if cost[fixed].sum() > budget * (1 + TOLERANCE):
        raise ValueError(f"the fixed sites cost {cost[fixed].sum():g}, more than the budget of {budget:g}")
    sites, can = far.shape[1], reach.any(axis=1)
    row, site = np.nonzero(reach)
    served, pairs = (np.cumsum(can) - 1)[row], np.arange(row.size)
    once = sparse.csr_array((np.ones(row.size), (served, sites + pairs)), shape=(can.sum(), sites + row.size))
    opened = sparse.csr_array(
        (np.r_[-np.ones(row.size), np.ones(row.size)], (np.r_[pairs, pairs], np.r_[site, sites + pairs])),
        shape=(row.size, sites + row.size),
    )
    spent = sparse.csr_array(np.concatenate([cost, np.zeros(row.size)])[None, :])
    constraints = [
        optimize.LinearConstraint(spent, ub=budget * (1 + TOLERANCE)),
        *([optimize.LinearConstraint(once, lb=1.0, ub=1.0)] if can.any() else []),
        *([optimize.LinearConstraint(opened, ub=0.0)] if row.size else []),
    ]
    objective = np.concatenate([np.zeros(sites), weight[row] * far[row, site]])
    found = _solved(objective, constraints, fixed, sites)
    selected = _selection(found.x, sites)
    nearest = far[can][:, selected].min(axis=1, initial=np.inf)
    if not np.isfinite(nearest).all() or cost[selected].sum() > budget * (1 + 1e-6):
        raise ArithmeticError("the solver's choice leaves demand without a site or costs more than the budget")
    worth = float((weight[can] * nearest).sum())
    return _told(selected, worth, found, 1.0, objective, constraints, fixed, np.flatnonzero(~can))


def covered_weight(covers: ArrayLike, weights: ArrayLike, is_selected: ArrayLike) -> float:
    """Weight of the demand that the selected sites cover."""
    reach = np.asarray(covers, dtype=bool)[:, np.asarray(is_selected, dtype=bool)]
    return float(np.asarray(weights, dtype=float)[reach.any(axis=1)].sum())


def pick_order(
    covers: ArrayLike, weights: ArrayLike, is_selected: ArrayLike, is_first: ArrayLike
) -> tuple[NDArray[np.int64], Floats]:
    """Order (1…, -1 not selected) in which the selected sites add the most, those ``is_first`` (existing) before the
    others, and what each adds in that order. Equal gains keep the order of the sites."""
    reach, weight = np.asarray(covers, dtype=bool), _weights(weights, len(np.asarray(covers)))
    selected, first = np.asarray(is_selected, dtype=bool), np.asarray(is_first, dtype=bool)
    order, gain = np.full(selected.size, -1), np.full(selected.size, np.nan)
    left, open_weight = set(np.flatnonzero(selected).tolist()), weight.copy()
    for number in range(1, len(left) + 1):
        stage = sorted(site for site in left if first[site]) or sorted(left)
        adds = [float(open_weight[reach[:, site]].sum()) for site in stage]
        best = stage[int(np.argmax(adds))]
        order[best], gain[best] = number, max(adds)
        open_weight[reach[:, best]] = 0.0
        left.remove(best)
    return order, gain


def loss_if_stopped(covers: ArrayLike, weights: ArrayLike, is_selected: ArrayLike) -> Floats:
    """Weight that nobody covers any more if this selected site alone stops; NaN for sites not selected."""
    reach, selected = np.asarray(covers, dtype=bool), np.asarray(is_selected, dtype=bool)
    alone = reach[:, selected].sum(axis=1) == 1
    lost = (reach & alone[:, None]).T @ _weights(weights, len(reach))
    return np.where(selected, lost, np.nan)


def redundant_pairs(series: ArrayLike, limit: float, least_common: int) -> list[tuple[int, int, float]]:
    """Pairs of sites (columns of ``series`` (t, m), NaN missing) whose Pearson correlation over at least
    ``least_common`` common times is above ``limit``: (i, j, r), i < j."""
    values = np.asarray(series, dtype=float)
    found = []
    for i in range(values.shape[1]):
        for j in range(i + 1, values.shape[1]):
            both = ~np.isnan(values[:, i]) & ~np.isnan(values[:, j])
            x, y = values[both, i], values[both, j]
            if both.sum() >= max(least_common, 2) and x.std() > 0 and y.std() > 0:
                r = float(np.corrcoef(x, y)[0, 1])
                if r > limit:
                    found.append((i, j, r))
    return found


def _checked(covers: ArrayLike, costs: ArrayLike, is_fixed: ArrayLike) -> tuple[Booleans, Floats, Booleans]:
    reach, cost, fixed = np.asarray(covers, dtype=bool), np.asarray(costs, float), np.asarray(is_fixed, dtype=bool)
    if reach.ndim != 2 or cost.shape != (reach.shape[1],) or fixed.shape != cost.shape:
        raise ValueError("covers is demand x sites, costs and is_fixed are one a site")
    if not (np.isfinite(cost) & (cost > 0)).all():
        raise ValueError("a cost must be known and above 0")
    return reach, cost, fixed


def _weights(weights: ArrayLike, count: int) -> Floats:
    weight = np.asarray(weights, dtype=float)
    if weight.shape != (count,) or not (np.isfinite(weight) & (weight >= 0)).all():
        raise ValueError("a weight must be known and not negative; leave unknown demand out and name it")
    return weight


def _solved(objective: Floats, constraints: list, fixed: Booleans, sites: int) -> optimize.OptimizeResult:
    low = np.zeros(objective.size)
    low[:sites] = fixed
    integral = np.zeros(objective.size)
    integral[:sites] = 1  # coverage and service follow from the sites and need no integrality
    if not objective.size:
        return optimize.OptimizeResult(x=objective, fun=0.0, mip_dual_bound=0.0)
    found = optimize.milp(
        objective,
        constraints=constraints,
        integrality=integral,
        bounds=optimize.Bounds(low, 1.0),
        options={"node_limit": NODE_LIMIT, "mip_rel_gap": 0.0},
    )
    if found.x is None:
        raise ArithmeticError(f"no choice of sites was found: {found.message}")
    return found


def _selection(solution: Floats, sites: int) -> Booleans:
    return solution[:sites] > 0.5


def _useful(reach: Booleans, weight: Floats, selected: Booleans, fixed: Booleans) -> Booleans:
    """The selection without sites that add nothing: a budget need not be spent. The last such site goes first."""
    kept = selected.copy()
    for site in np.flatnonzero(selected & ~fixed)[::-1]:
        if loss_if_stopped(reach, weight, kept)[site] == 0:
            kept[site] = False
    return kept


def _told(
    selected: Booleans, worth: float, found: optimize.OptimizeResult, sign: float,
    objective: Floats, constraints: list, fixed: Booleans, uncoverable: NDArray[np.int64],
) -> Siting:  # fmt: skip
    """The choice with its bound and gap, and whether every choice that lacks one of its sites is worse."""
    bound = sign * float(found.mip_dual_bound if found.mip_dual_bound is not None else found.fun)
    gap = abs(worth - bound) / max(abs(worth), abs(bound), TOLERANCE)
    other = _next_best(selected, objective, constraints, fixed)
    is_unique = other is None or abs(other - found.fun) > 1e-7 * max(abs(found.fun), 1.0)
    return Siting(selected, worth, bound, gap if gap > 1e-7 else 0.0, is_unique, uncoverable)


def _next_best(selected: Booleans, objective: Floats, constraints: list, fixed: Booleans) -> float | None:
    """Objective of the best choice without at least one of these sites; None where there is none."""
    row = np.zeros(objective.size)
    row[: selected.size] = selected
    differs = optimize.LinearConstraint(sparse.csr_array(row[None, :]), ub=float(selected.sum()) - 1.0)
    try:
        return float(_solved(objective, [*constraints, differs], fixed, selected.size).fun)
    except ArithmeticError:
        return None
