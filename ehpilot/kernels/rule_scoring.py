"""One engine for gates, scores, caps, vetoes and levels over facts, explained line by line.

Rules are rows (seed ``scoring_rule``): a rule set has items, an item has steps. Kinds:

    gate   must hold; without data it is to be checked (待核) and **not passed** score  points of the step that the fact
    falls into, or linear between two bounds; without data **0, and noted** cap    its ``points`` are the highest total
    while its condition holds; without points it limits the fact itself to ``bound_high``; a cap on a fact that nobody
    knows does not act, one without a number is refused veto   takes the level away while its condition holds; without
    data it **does not fire** level  name of the total, highest first; what a veto or a gate that is not passed leaves
    is ``barred_level`` of the rule set

Operators: lt le gt ge eq (bound of ``bound_low``, else ``bound_high``), between_left [low, high), between_right (low,
high], an empty bound is open; linear_up, linear_down (share of the way from low to high, clipped, times max_points;
down falls from low to high whichever is larger); in (values separated by ``|``); is_true, is_false (1 and 0). A text
bound compares with the text of the fact.

An item whose id is that of another with an S behind it takes the other's place when that has 0 points: of the two one
counts. An item without points to win takes points off its dimension. Total: sum of all points, or the mean of the
dimensions' means where the rule set says so (``is_mean``); there a dimension of which no fact is known, or that a gate
leaves unrated, is unrated and counted in the fact ``dimension_missing``.

This is a reader of rows: no method of ours, no threshold. Does not belong here: where facts come from (marts, landing),
what a level is worth (``grant_allocation``), the texts of documents."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

KEY = ("rule_set", "object_id", "period")
STEP = ("rule_set", "item_id", "step_no")
Row = dict[str, Any]


@dataclass(frozen=True)
class Fact:
    """What is known of one fact: a number, a text, or nothing."""

    value: float = math.nan
    text: str = ""

    @property
    def is_known(self) -> bool:
        """Whether there is a number or a text."""
        return not math.isnan(self.value) or bool(self.text)


UNKNOWN = Fact()


@dataclass
class Outcome:
    """One item of one object: points (NaN where the kind has none), whether it is passed (None: does not apply) and
    why; whether its points are among those of the total, and of an item that takes another's place, whose."""

    item_id: str
    kind: str
    dimension: str
    fact: str
    points: float = math.nan
    max_points: float = math.nan
    passed: bool | None = None
    reason: str = ""
    is_known: bool = True
    is_counted: bool = True
    stands_for: str = ""


@dataclass
class Assessment:
    """One object under one rule set: outcomes in the order of the rules, total (NaN where nothing is rated), points of
    each dimension, whether all gates are passed, vetoes that fire, level by item id ('' where the rule set has
    none)."""

    outcomes: list[Outcome] = field(default_factory=list)
    total: float = math.nan
    dimensions: dict[str, float] = field(default_factory=dict)
    gates_passed: bool = True
    vetoes: list[str] = field(default_factory=list)
    level: str = ""


def number_of(text: Any) -> float:
    """A bound as a number, NaN where it is empty or a word."""
    try:
        return float(text)
    except (TypeError, ValueError):
        return math.nan


def holds(rule: Row, fact: Fact) -> bool:
    """Whether a known fact meets one step (operators of the module's head but the linear ones). ``ValueError`` on an
    operator that nobody wrote."""
    operator, low, high = rule["operator"], rule["bound_low"], rule["bound_high"]
    if operator == "in":
        return fact.text in str(low or high).split("|")
    if operator in ("is_true", "is_false"):
        return fact.value == (1.0 if operator == "is_true" else 0.0)
    bound = low if low not in (None, "") else high
    if operator == "eq" and math.isnan(number_of(bound)):
        return fact.text == str(bound)
    low_number, high_number = number_of(low), number_of(high)
    least = -math.inf if math.isnan(low_number) else low_number
    most = math.inf if math.isnan(high_number) else high_number
    one, value = number_of(bound), fact.value
    tests = {
        "lt": value < one,
        "le": value <= one,
        "gt": value > one,
        "ge": value >= one,
        "eq": value == one,
        "between_left": least <= value < most,
        "between_right": least < value <= most,
    }
    if operator not in tests:
        raise ValueError(f"{rule['rule_set']} {rule['item_id']}: unknown operator {operator}")
    return tests[operator]


def linear_points(rule: Row, value: float) -> float:
    """max_points times the share of the way, clipped to 0-1: linear_up from bound_low to bound_high; linear_down 1 at
    the better bound and 0 at the other, where bound_low < bound_high means that small is good and bound_low >
    bound_high that the first bound is the worst."""
    low, high = number_of(rule["bound_low"]), number_of(rule["bound_high"])
    worst, best = (low, high) if rule["operator"] == "linear_up" else (max(low, high), min(low, high))
    return float(number_of(rule["max_points"]) * min(max((value - worst) / (best - worst), 0.0), 1.0))


def _scored(steps: list[Row], fact: Fact) -> Outcome:
    first = steps[0]
    found = Outcome(
        first["item_id"], "score", first["dimension"] or "", first["fact"], 0.0, number_of(first["max_points"])
    )
    if not fact.is_known:
        found.is_known, found.reason = False, "无数据，计0分"
        return found
    for step in steps:
        if str(step["operator"]).startswith("linear"):
            found.points, found.reason = linear_points(step, fact.value), _told(step, fact)
            return found
        if holds(step, fact):
            found.points, found.reason = number_of(step["points"]), _told(step, fact)
            return found
    found.reason = f"{first['fact']}={_shown(fact)}，不在任何档，计0分"
    return found


def _shown(fact: Fact) -> str:
    return fact.text if math.isnan(fact.value) else f"{fact.value:.6g}"


def _told(rule: Row, fact: Fact) -> str:
    bounds = [str(bound) for bound in (rule["bound_low"], rule["bound_high"]) if bound not in (None, "")]
    return f"{rule['fact']}={_shown(fact)}，{rule['operator']} {'–'.join(bounds)}".rstrip()


def _judged(rule: Row, fact: Fact) -> Outcome:
    """Outcome of a gate or a veto."""
    kind = rule["kind"]
    found = Outcome(rule["item_id"], kind, rule["dimension"] or "", rule["fact"], is_known=fact.is_known)
    if not fact.is_known:
        found.passed = kind == "veto"
        found.reason = "无数据，待核，未通过" if kind == "gate" else "无数据，不触发"
        return found
    met = holds(rule, fact)
    found.passed = met if kind == "gate" else not met
    found.reason = _told(rule, fact) + ("" if found.passed else "，未通过" if kind == "gate" else "，触发")
    return found


def _choose(scores: list[Outcome]) -> list[Outcome]:
    """Score items that count: of X and XS, XS where X has 0 points and XS is known, else X."""
    by_id = {outcome.item_id: outcome for outcome in scores}
    for spare in scores:
        base = by_id.get(spare.item_id.removesuffix("S"), spare)
        if base is spare:
            continue
        spare.stands_for = base.item_id
        spare.is_counted = base.points == 0.0 and spare.is_known
        base.is_counted = not spare.is_counted
        if spare.is_counted:
            base.reason = f"{base.reason}；以{spare.item_id}代替：{spare.reason}"
    return [outcome for outcome in scores if outcome.is_counted]


def _dimension_points(scores: list[Outcome], is_mean: bool, unrated: set[str]) -> dict[str, float]:
    """Points of each dimension in the order of the rules: sum, or mean of the items with points to win plus what is
    taken off, at least 0; NaN where it is unrated."""
    of: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in scores:
        of[outcome.dimension].append(outcome)
    found = {}
    for name, outcomes in of.items():
        if is_mean and (name in unrated or not any(outcome.is_known for outcome in outcomes)):
            found[name] = math.nan
            continue
        gains = [outcome.points for outcome in outcomes if outcome.max_points > 0]
        losses = math.fsum(outcome.points for outcome in outcomes if not outcome.max_points > 0)
        gained = math.fsum(gains) / (len(gains) if is_mean and gains else 1)
        found[name] = max(gained + losses, 0.0)
    return found


def assess(
    rules: list[Row], facts: dict[str, Fact], *, is_mean: bool, barred_level: str, gated_dimension: str
) -> Assessment:
    """One object under one rule set, ``rules`` in order. ``is_mean``: the total is the mean of the dimensions.
    ``barred_level``: item id of the best level left by a veto or, unless ``gated_dimension`` names the dimension that
    it leaves unrated instead, by a gate that is not passed."""
    result = Assessment()
    steps: dict[str, list[Row]] = defaultdict(list)
    for rule in rules:
        steps[rule["item_id"]].append(rule)
    first = {item: group[0] for item, group in steps.items()}
    judged = {
        item: _judged(rule, facts.get(rule["fact"], UNKNOWN))
        for item, rule in first.items()
        if rule["kind"] in ("gate", "veto")
    }
    scores = [
        _scored(group, facts.get(group[0]["fact"], UNKNOWN)) for group in steps.values() if group[0]["kind"] == "score"
    ]
    counted = _choose(scores)
    result.gates_passed = all(outcome.passed for outcome in judged.values() if outcome.kind == "gate")
    result.vetoes = [item for item, outcome in judged.items() if outcome.kind == "veto" and not outcome.passed]
    unrated = {gated_dimension} if gated_dimension and not result.gates_passed else set()
    result.dimensions = _dimension_points(counted, is_mean, unrated)
    rated = [points for points in result.dimensions.values() if not math.isnan(points)]
    if rated:
        result.total = math.fsum(rated) / (len(rated) if is_mean else 1)
    derived = (
        {**facts, "dimension_missing": Fact(float(len(result.dimensions) - len(rated)))} if is_mean else dict(facts)
    )
    caps = [_capped(rule, derived, result) for rule in first.values() if rule["kind"] == "cap"]
    derived["total"] = Fact(result.total)
    is_barred = bool(result.vetoes) or (not result.gates_passed and not gated_dimension)
    levels = _levels(
        [rule for rule in first.values() if rule["kind"] == "level"], derived, barred_level if is_barred else ""
    )
    result.level = next((outcome.item_id for outcome in levels if outcome.passed), "")
    told = {**judged, **{outcome.item_id: outcome for outcome in (*scores, *caps, *levels)}}
    result.outcomes = [told[item] for item in first]
    return result


def _capped(rule: Row, facts: dict[str, Fact], result: Assessment) -> Outcome:
    """Outcome of a cap: one that states the highest total in ``points`` acts on the total while its condition holds,
    one without points limits the fact itself to ``bound_high``. ``ValueError`` on a cap that has neither number."""
    highest = number_of(rule["points"])
    acts_on_total = not math.isnan(highest)
    if not acts_on_total and (rule["bound_low"] not in (None, "") or math.isnan(number_of(rule["bound_high"]))):
        raise ValueError(f"{rule['rule_set']} {rule['item_id']}: a cap without a number")
    fact = facts.get(rule["fact"], UNKNOWN)
    found = Outcome(rule["item_id"], "cap", rule["dimension"] or "", rule["fact"], is_known=fact.is_known)
    if not fact.is_known:
        found.reason = "无数据，不起作用"
        return found
    met = holds(rule, fact)
    if not acts_on_total:  # the fact must stay within the bound
        found.passed, found.reason = met, _told(rule, fact)
        return found
    found.passed = not met
    found.reason = f"{rule['fact']}={_shown(fact)}，" + (f"总分封顶{highest:g}" if met else "未封顶")
    if met and not math.isnan(result.total):
        result.total = min(result.total, highest)
    return found


def _levels(rules: list[Row], facts: dict[str, Fact], barred: str) -> list[Outcome]:
    """Outcomes of the levels in order, best first: the first that holds and that nothing bars is passed."""
    found, is_given, is_barred = [], False, bool(barred)
    for rule in rules:
        fact = facts.get(rule["fact"], UNKNOWN)
        outcome = Outcome(
            rule["item_id"], "level", rule["dimension"] or "", rule["fact"], number_of(rule["points"]), passed=False
        )
        outcome.is_known = fact.is_known
        is_barred = is_barred and rule["item_id"] != barred
        met = fact.is_known and holds(rule, fact)
        if not met:
            outcome.reason = "无数据，未评" if not fact.is_known else f"{_told(rule, fact)}，未达到"
        elif is_barred:
            outcome.reason = "否决或条件未满足，不得评此等级"
        elif not is_given:
            outcome.passed, is_given, outcome.reason = True, True, f"{rule['text_cn']}：{_told(rule, fact)}"
        else:
            outcome.reason = "已评更好的等级"
        found.append(outcome)
    return found


def _facts_by_object(facts: pa.Table) -> dict[tuple[str, str, str], dict[str, Fact]]:
    grouped: dict[tuple[str, str, str], dict[str, Fact]] = defaultdict(dict)
    columns = [facts[name].to_pylist() for name in (*KEY, "fact", "value", "value_text")]
    for rule_set, object_id, period, name, value, text in zip(*columns, strict=True):
        grouped[(rule_set, object_id, period)][name] = Fact(math.nan if value is None else value, text or "")
    return grouped


def score_objects(rules: pa.Table, rule_sets: pa.Table, facts: pa.Table) -> pa.Table:
    """One row an object × item of its rule set, by ``rule_set, object_id, period`` and the order of the rules
    (``item_no``).

    ``rules``: columns of the seed ``scoring_rule``; ``rule_sets``: ``rule_set, is_mean, barred_level,
    gated_dimension``; ``facts``: ``rule_set, object_id, period, fact, value, value_text``, one row a fact. An object is
    assessed when it has a row there, known or not. Gives ``kind, dimension, fact, points, max_points, passed, reason,
    is_known, is_counted, stands_for`` and, of the object, ``total, gates_passed, vetoes, level, dimension_points``."""
    steps: dict[str, list[Row]] = defaultdict(list)
    for rule in sorted(rules.to_pylist(), key=lambda row: row["line_no"]):
        steps[rule["rule_set"]].append(rule)
    sets = {row["rule_set"]: row for row in rule_sets.to_pylist()}
    found: list[Row] = []
    for key, known in sorted(_facts_by_object(facts).items()):
        shape = sets[key[0]]
        result = assess(
            steps[key[0]],
            known,
            is_mean=bool(shape["is_mean"]),
            barred_level=shape["barred_level"] or "",
            gated_dimension=shape["gated_dimension"] or "",
        )
        found.extend(_rows(key, result))
    return pa.Table.from_pylist(found, SCORED)


SCORED = pa.schema(
    [
        *[(name, pa.string()) for name in (*KEY, "item_id")],
        ("item_no", pa.int32()),
        *[(name, pa.string()) for name in ("kind", "dimension", "fact")],
        ("points", pa.float64()),
        ("max_points", pa.float64()),
        ("passed", pa.bool_()),
        ("reason", pa.string()),
        ("is_known", pa.bool_()),
        ("is_counted", pa.bool_()),
        ("stands_for", pa.string()),
        ("total", pa.float64()),
        ("gates_passed", pa.bool_()),
        ("vetoes", pa.string()),
        ("level", pa.string()),
        ("dimension_points", pa.float64()),
    ]
)


def _rows(key: tuple[str, str, str], result: Assessment) -> Iterable[Row]:
    for number, outcome in enumerate(result.outcomes, start=1):
        yield {
            **dict(zip(KEY, key, strict=True)),
            "item_id": outcome.item_id,
            "item_no": number,
            "kind": outcome.kind,
            "dimension": outcome.dimension or None,
            "fact": outcome.fact,
            "points": outcome.points,
            "max_points": outcome.max_points,
            "passed": outcome.passed,
            "reason": outcome.reason,
            "is_known": outcome.is_known,
            "is_counted": outcome.is_counted,
            "stands_for": outcome.stands_for or None,
            "total": result.total,
            "gates_passed": result.gates_passed,
            "vetoes": ";".join(result.vetoes) or None,
            "level": result.level or None,
            "dimension_points": result.dimensions.get(outcome.dimension, math.nan),
        }
