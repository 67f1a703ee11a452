"""Who gets how much of a fund: awards under a budget and its caps.

Two rules. **Cut-off**: in order of rank each application gets its full amount while the budget, its track's share and
its applicant's share last; the one that does not fit gets what is left if that is at least the floor, otherwise
nothing, and the next is tried. **Knapsack**: the set of full awards with the largest sum of scores within the same
limits (0-1 integer programme; Kellerer, Pferschy and Pisinger, Knapsack Problems, 2004, chapter 9), solved exactly by
HiGHS. Order of rank: score, then the tie breakers as given, then the earlier file, then the id.

Amount asked of the budget by one application: the least of what it applies for, what its level allows and the cost cap;
an unknown limit does not act. Amounts in whole yuan, rounded down: a fund never pays more than a cap.

Does not belong here: scores and levels (``rule_scoring``), budgets and caps (seeds, profile), who may apply.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, sparse

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Applications:
    """n applications: ``score`` (n,), ``amount_yuan`` (n,) whole yuan asked of the budget after the caps of the
    application itself (0 where it may not get anything), ``track`` and ``applicant`` (n,) labels, ``filed`` (n,) day
    number, ``ties`` (n, k) further scores by falling importance."""

    score: Floats
    amount_yuan: Integers
    track: NDArray[np.int64]
    applicant: NDArray[np.int64]
    filed: Floats
    ties: Floats


@dataclass(frozen=True)
class Limits:
    """``budget_yuan`` ≥ 0; ``track_share``, ``applicant_share`` (0-1] of the budget; ``floor_yuan``: least award that
    is paid."""

    budget_yuan: float
    track_share: float
    applicant_share: float
    floor_yuan: float


def full_amounts(
    asked_yuan: ArrayLike, level_yuan: ArrayLike, cost_yuan: ArrayLike, *, request_share: float, cost_share: float
) -> Integers:
    """Amounts (n,) in whole yuan before the budget: the least of request × ``request_share``, the level's highest award
    and audited cost × ``cost_share``. NaN = unknown: does not act, but an unknown request asks for nothing.
    ``ValueError`` on negative amounts."""
    asked = np.asarray(asked_yuan, dtype=np.float64)
    parts = np.stack([asked * request_share, np.asarray(level_yuan, float), np.asarray(cost_yuan, float) * cost_share])
    if (np.nan_to_num(parts) < 0).any():
        raise ValueError("amounts are at least 0")
    least = np.fmin(np.fmin(parts[0], parts[1]), parts[2])
    # a tolerance: 0.1 × 30 yuan must not become 2
    return np.floor(np.where(np.isnan(asked), 0.0, least) + 1e-6).astype(np.int64)


def rank_order(applications: Applications) -> Integers:
    """Numbers (n,) of the applications, best first: score, tie breakers, earlier file, order of the rows (sort them by
    id)."""
    keys = [np.arange(applications.score.size), applications.filed]
    keys += [-column for column in applications.ties.T[::-1]]
    return np.lexsort([*keys, -applications.score])


def cut_off(applications: Applications, limits: Limits) -> Integers:
    """Awards (n,) in whole yuan by rank while the limits last."""
    left = np.floor(limits.budget_yuan)
    of_track: dict[int, float] = {}
    of_applicant: dict[int, float] = {}
    award = np.zeros(applications.score.size, dtype=np.int64)
    for place in rank_order(applications):
        track, applicant = int(applications.track[place]), int(applications.applicant[place])
        room = min(
            left,
            of_track.setdefault(track, np.floor(limits.budget_yuan * limits.track_share)),
            of_applicant.setdefault(applicant, np.floor(limits.budget_yuan * limits.applicant_share)),
        )
        amount = int(min(applications.amount_yuan[place], room))
        if amount <= 0 or amount < limits.floor_yuan:
            continue
        award[place] = amount
        left -= amount
        of_track[track] -= amount
        of_applicant[applicant] -= amount
    return award


def knapsack(applications: Applications, limits: Limits) -> Integers:
    """Awards (n,) in whole yuan: full amounts of the set with the largest sum of scores (to a hundredth of a point)
    within the limits; among equal sets the one that holds those of better rank. An amount below the floor or above a
    limit takes no part. ``RuntimeError`` if the solver finds no proof."""
    size = applications.score.size
    award = np.zeros(size, dtype=np.int64)
    most = min(limits.track_share, limits.applicant_share, 1.0) * limits.budget_yuan
    amount = applications.amount_yuan
    fits = np.flatnonzero((amount > 0) & (amount >= limits.floor_yuan) & (amount <= most))
    if not fits.size:
        return award
    order = rank_order(applications)
    rank = np.empty(size, dtype=np.int64)
    rank[order] = np.arange(size)
    # preference by rank: together below a hundredth of a point, so it decides among equal sums only
    bonus = (size - rank[fits]) / (size * (size + 1.0))
    value = np.round(applications.score[fits] * 100.0) + bonus
    rows, bounds = [amount[fits].astype(np.float64)], [limits.budget_yuan]
    for label, share in ((applications.track, limits.track_share), (applications.applicant, limits.applicant_share)):
        for one in np.unique(label[fits]):
            rows.append(np.where(label[fits] == one, amount[fits], 0).astype(np.float64))
            bounds.append(limits.budget_yuan * share)
    solved = optimize.milp(
        -value,
        constraints=optimize.LinearConstraint(sparse.csr_array(np.vstack(rows)), ub=np.asarray(bounds)),
        integrality=np.ones(fits.size),
        bounds=optimize.Bounds(0, 1),
        options={"mip_rel_gap": 0.0},
    )
    if solved.status != 0:
        raise RuntimeError(f"no proven allocation: {solved.message}")
    award[fits[solved.x > 0.5]] = amount[fits[solved.x > 0.5]]
    return award
