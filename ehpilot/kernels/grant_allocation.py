"""Who gets how much of a fund: awards under a budget and its caps.

Two rules. **Cut-off**: in order of rank each application gets its full amount while the budget, its track's share and
its applicant's share last; the one that does not fit gets what is left if that is at least the floor, otherwise
nothing, and the next is tried. **Knapsack**: each amount is first cut down to what one applicant and one track may get
at most; of these the set with the largest sum of scores within the same limits (0-1 integer programme; Kellerer,
Pferschy and Pisinger, Knapsack Problems, 2004, chapter 9), solved exactly by HiGHS. Order of rank: score, then the tie
breakers as given, then the earlier file, then the id.

Amount asked of the budget by one application: the least of what it applies for, what its level allows and the cost cap;
an unknown limit does not act. Amounts in whole yuan, rounded down: a fund never pays more than a cap.

Does not belong here: scores and levels (``rule_scoring``), budgets and caps (seeds, profile), who may apply.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, sparse

from ehpilot.kernels.columns import doubles, flags, ordered, texts, values_by

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
    asked_yuan: ArrayLike,
    level_yuan: ArrayLike,
    cost_yuan: ArrayLike,
    *,
    request_share: ArrayLike,
    cost_share: ArrayLike,
) -> Integers:
    """Amounts (n,) in whole yuan before the budget: the least of request × ``request_share``, the level's highest award
    and audited cost × ``cost_share``. NaN = unknown: does not act, but an unknown request asks for nothing.
    ``ValueError`` on negative amounts."""
    asked = np.asarray(asked_yuan, dtype=np.float64)
    caps = np.asarray(level_yuan, float), np.asarray(cost_yuan, float) * np.asarray(cost_share, float)
    parts = np.stack([asked * np.asarray(request_share, float), *caps])
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
    """Awards (n,) in whole yuan: the set with the largest sum of scores (to a hundredth of a point) within the limits;
    among equal sets the one that holds those of better rank. An amount above what one applicant or one track may get
    asks for that, as in ``cut_off``; one below the floor takes no part. ``RuntimeError`` if the solver finds no
    proof."""
    size = applications.score.size
    award = np.zeros(size, dtype=np.int64)
    most = np.floor(min(limits.track_share, limits.applicant_share, 1.0) * limits.budget_yuan)
    amount = np.minimum(applications.amount_yuan, np.int64(most))
    fits = np.flatnonzero((amount > 0) & (amount >= limits.floor_yuan))
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


def allocate(applications: pa.Table, scenarios: pa.Table, parameters: pa.Table) -> pa.Table:
    """One row an application × scenario, scenarios in their order and applications by ``application_id``:
    ``award_yuan`` (null where the budget is unknown), ``amount_yuan`` asked of the budget after the caps of the
    application, ``place`` in the ranking of its year (null where it is not eligible), ``reason`` and ``fault`` (code,
    null where the full amount is given).

    ``applications``: ``application_id, year, track, applicant_key, filed_day`` (number), ``score, tie_1, tie_2,
    is_eligible``, ``level_yuan`` (highest award of its level, 0 = none), ``asked_yuan, cost_yuan, budget_yuan,
    request_share, cost_share``, ``track_share, applicant_share``. Years share one budget, the earlier one first,
    what was filed on an unknown day (``year`` null) last. ``scenarios`` (seed ``fund_scenario``): ``scenario,
    scenario_no, allocation`` (cut_off, knapsack), ``budget_factor, level_factor``; ``score_least, track_share,
    applicant_share, cost_share`` stand for those of the rules where they are not null. ``parameters``:
    ``fund.floor_yuan``."""
    rows = ordered(applications, "year", "application_id")
    floor = values_by(parameters, "parameter_id")["fund.floor_yuan"]
    return pa.concat_tables(
        [_tried(rows, scenario, floor) for scenario in ordered(scenarios, "scenario_no").to_pylist()]
    )


def _tried(rows: pa.Table, scenario: dict, floor: float) -> pa.Table:
    """Awards under one scenario (a row of the seed)."""

    def share(name: str) -> Floats:
        stated = scenario[name]
        return doubles(rows, name) if stated is None or np.isnan(stated) else np.full(rows.num_rows, float(stated))

    least = scenario["score_least"]
    eligible, year = flags(rows, "is_eligible"), np.nan_to_num(doubles(rows, "year"), nan=np.inf)
    if least is not None and not np.isnan(least):
        eligible = eligible & (np.nan_to_num(doubles(rows, "score")) >= least)
    asked, level, cost = (doubles(rows, name) for name in ("asked_yuan", "level_yuan", "cost_yuan"))
    level = level * scenario["level_factor"]
    caps = {"request_share": doubles(rows, "request_share"), "cost_share": share("cost_share")}
    amount = np.where(eligible, full_amounts(asked, level, cost, **caps), 0)
    of_track, of_applicant = share("track_share"), share("applicant_share")
    award, place = np.full(rows.num_rows, np.nan), np.full(rows.num_rows, -1, dtype=np.int64)
    left = float(doubles(rows, "budget_yuan")[0]) * scenario["budget_factor"] if rows.num_rows else np.nan
    for one in np.unique(year):
        part = np.flatnonzero(year == one)
        pool = _pool(rows, part, amount[part])
        order = [k for k in rank_order(pool) if eligible[part[k]]]
        place[part[order]] = np.arange(1, len(order) + 1)
        # who is not eligible gets nothing, whatever the budget
        award[part] = np.where(eligible[part], np.nan, 0.0)
        if np.isnan(left):
            continue
        limits = Limits(left, float(of_track[part[0]]), float(of_applicant[part[0]]), floor)
        award[part] = RULES[scenario["allocation"]](pool, limits)
        left -= float(award[part].sum())
    return _told(rows, scenario["scenario"], amount, award, place, eligible)


RULES = {"cut_off": cut_off, "knapsack": knapsack}


def _pool(rows: pa.Table, part: NDArray[np.int64], amount: Integers) -> Applications:
    chosen = rows.take(part)
    track, applicant = (
        np.unique(np.array(texts(chosen, name)), return_inverse=True)[1].astype(np.int64)
        for name in ("track", "applicant_key")
    )
    ties = np.stack([np.nan_to_num(doubles(chosen, name)) for name in ("tie_1", "tie_2")], axis=1)
    score, filed = np.nan_to_num(doubles(chosen, "score")), np.nan_to_num(doubles(chosen, "filed_day"), nan=np.inf)
    return Applications(score, amount, track, applicant, filed, ties)


def _told(
    rows: pa.Table, scenario: str, amount: Integers, award: Floats, place: Integers, eligible: NDArray[np.bool_]
) -> pa.Table:
    """Rows of one scenario with the reason of each award."""
    told: list[tuple[str, str | None]] = []
    asked = doubles(rows, "asked_yuan")
    for number in range(rows.num_rows):
        if not eligible[number]:
            told.append(("资格条件未满足或得分不足", None))
        elif np.isnan(award[number]):
            told.append(("预算未知", "BUDGET-UNKNOWN"))
        elif amount[number] <= 0:
            told.append(("未申报金额或按档次、投入上限为零", "AMOUNT-UNKNOWN"))
        elif award[number] == 0:
            told.append(("预算、类别或主体限额已用完，或余额低于最低奖补额", "BUDGET-EXCEEDED"))
        elif award[number] < amount[number]:
            told.append(("按剩余预算、类别或主体限额减额", "BUDGET-EXCEEDED"))
        elif amount[number] < np.floor(asked[number]):
            told.append(("按申报比例、档次和投入上限核定，低于申报额", None))
        else:
            told.append(("按申报额全额", None))
    return pa.table(
        {
            "application_id": rows["application_id"],
            "scenario": pa.array([scenario] * rows.num_rows, pa.string()),
            "amount_yuan": pa.array(amount.astype(np.float64)),
            "award_yuan": pa.array(award),
            "place": pa.array(place, pa.int32(), mask=place < 0),
            "reason": pa.array([reason for reason, _ in told], pa.string()),
            "fault": pa.array([fault for _, fault in told], pa.string()),
        }
    )
