"""Colour of a risk code: the worst of what its rules say, down to a milder one only after clean periods.

Rules are rows of the seed ``code_rule`` (docs/grading.md): a fact of an enterprise compared with a threshold. Kinds:
base (the grade), grey (stale or unknown data), veto and downgrade (a colour that it is at least), upgrade (to a milder
colour after so many clean periods), hold (appeals), validity. The colour computed is the worst that fires, in the order
red, orange, grey, yellow, green: what is known to be orange stays so while its data are old, and what nobody knows is
never yellow or green. A fact that is unknown fires no rule but ``is_null``; only data whose age nobody knows are stale.

A worse colour is issued at once; a milder one when this and the previous calendar months each had an edition and in
all their editions the colour computed was no worse (grey is left at once, and so is a colour whose appeal was upheld).
While an appeal is pending the issued colour stays, but for a veto.

Belongs here: pure functions over rules and facts. Does not belong here: where facts come from (SQL), payload,
signature, QR (``publish``), the ledger.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Value = float | bool | str | None

ORDER = ("green", "yellow", "grey", "orange", "red")
SEVERITY = {colour: place for place, colour in enumerate(ORDER)}
COMPARE = {
    "lt": lambda value, limit: value < limit,
    "le": lambda value, limit: value <= limit,
    "gt": lambda value, limit: value > limit,
    "ge": lambda value, limit: value >= limit,
    "eq": lambda value, limit: value == limit,
}
COLOURS = ("base", "grey", "veto", "downgrade")
DATA_AGE = "data_age_days"
OVERDUE = ("overdue_critical", "overdue_problems")  # counts; what is near is a due date, in days


@dataclass(frozen=True)
class Rule:
    """One row of ``code_rule``; ``threshold`` as written (a number or a word), '' none."""

    rule_id: str
    kind: str
    colour_from: str
    colour_to: str
    fact: str
    operator: str
    threshold: str
    clean_periods: int | None
    validity_days: int | None
    warning_distance: float | None
    precedence: int


@dataclass(frozen=True)
class Computed:
    """What the rules say of one enterprise on one day. ``rule_ids``: those that fire, worst colour and highest
    precedence first; ``unknown``: facts that a rule asks for and nobody knows."""

    colour: str
    rule_ids: tuple[str, ...]
    unknown: tuple[str, ...]
    has_red_veto: bool


@dataclass(frozen=True)
class Past:
    """One earlier edition: the colour that its rules computed (not the one held)."""

    as_of: dt.date
    colour: str


@dataclass(frozen=True)
class Issued:
    """A code as it stands. ``change``: new, worse, milder, same, held_clean (waits for clean periods), held_appeal,
    appeal_upheld."""

    colour: str
    change: str
    valid_from: dt.date
    valid_until: dt.date


def fires(rule: Rule, value: Value) -> bool:
    """True where the fact meets the rule. An unknown fact (None, NaN) meets ``is_null`` only."""
    if rule.operator == "is_null" or value is None or _is_unknown(value):
        return rule.operator == "is_null" and _is_unknown(value)
    if rule.operator in ("is_true", "is_false"):
        return bool(value) == (rule.operator == "is_true")
    if isinstance(value, str):
        if rule.operator != "eq":
            raise ValueError(f"{rule.rule_id}: {rule.operator} compares numbers, the fact {rule.fact} is a word")
        return value == rule.threshold
    return COMPARE[rule.operator](float(value), float(rule.threshold))


def computed(rules: Iterable[Rule], facts: Mapping[str, Value]) -> Computed:
    """The worst colour that fires. Without a base rule that fires (an unheard-of grade) the colour is grey."""
    deciding = [rule for rule in rules if rule.kind in COLOURS]
    fired = [
        rule
        for rule in deciding
        if fires(rule, facts.get(rule.fact)) or (rule.fact == DATA_AGE and _is_unknown(facts.get(DATA_AGE)))
    ]
    fired.sort(key=lambda rule: (-SEVERITY[rule.colour_to], -rule.precedence, rule.rule_id))
    has_base = any(rule.kind == "base" for rule in fired)
    worst = fired[0].colour_to if fired else "grey"
    colour = worst if has_base or SEVERITY[worst] > SEVERITY["grey"] else "grey"
    asked = {rule.fact for rule in deciding if rule.operator != "is_null"}
    return Computed(
        colour,
        tuple(rule.rule_id for rule in fired),
        tuple(sorted(fact for fact in asked if _is_unknown(facts.get(fact)))),
        any(rule.kind == "veto" and rule.colour_to == "red" for rule in fired),
    )


def _is_unknown(value: Value) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))


def colour_to_issue(
    now: Computed, as_of: dt.date, previous: str | None, history: Sequence[Past], rules: Iterable[Rule], appeal: str
) -> tuple[str, str]:
    """The colour to issue and why (``Issued.change``).

    ``previous``: the colour issued last, None for the first; ``history``: earlier editions, any order; ``appeal``:
    none, pending, upheld (decided since the last edition), rejected.
    """
    if previous is None:
        return now.colour, "new"
    if appeal == "upheld":
        return now.colour, "appeal_upheld" if now.colour != previous else "same"
    if appeal == "pending" and not now.has_red_veto and now.colour != previous:
        return previous, "held_appeal"
    if SEVERITY[now.colour] > SEVERITY[previous]:
        return now.colour, "worse"
    if now.colour == previous:
        return previous, "same"
    if previous == "grey":
        return now.colour, "milder"
    milder = _milder(now, as_of, previous, history, rules)
    return (milder, "milder") if milder != previous else (previous, "held_clean")


def _milder(now: Computed, as_of: dt.date, previous: str, history: Sequence[Past], rules: Iterable[Rule]) -> str:
    """Step by step along the upgrade rules, each with its own number of clean periods."""
    steps = {rule.colour_from: rule for rule in rules if rule.kind == "upgrade" and rule.colour_to}
    colour = previous
    while colour in steps and SEVERITY[steps[colour].colour_to] >= SEVERITY[now.colour]:
        rule = steps[colour]
        if clean_periods(rule.colour_to, now.colour, as_of, history) < (rule.clean_periods or 0):
            break
        colour = rule.colour_to
    return colour


def clean_periods(colour: str, now: str, as_of: dt.date, history: Sequence[Past]) -> int:
    """Calendar months back from that of ``as_of``, without a break, whose editions were all no worse than ``colour``
    (this edition counts for its month). A month without an edition ends the count."""
    worst: dict[tuple[int, int], int] = {(as_of.year, as_of.month): SEVERITY[now]}
    for past in history:
        if past.as_of <= as_of:
            month = (past.as_of.year, past.as_of.month)
            worst[month] = max(worst.get(month, 0), SEVERITY[past.colour])
    count, month = 0, (as_of.year, as_of.month)
    while worst.get(month, len(ORDER)) <= SEVERITY[colour]:
        count += 1
        month = (month[0] - 1, 12) if month[1] == 1 else (month[0], month[1] - 1)
    return count


def validity(
    colour: str,
    change: str,
    as_of: dt.date,
    rules: Iterable[Rule],
    previous_from: dt.date | None,
    previous_until: dt.date | None,
) -> tuple[dt.date, dt.date]:
    """From and until. A code that did not change keeps its dates until fewer days are left than the warning of the
    validity rule; ``valid_until`` is the last day. Days: the shortest of the rules that give this colour."""
    rules = list(rules)
    if change in ("same", "held_clean", "held_appeal") and previous_from and previous_until:
        notice = min((int(rule.warning_distance or 0) for rule in rules if rule.kind == "validity"), default=0)
        if (previous_until - as_of).days >= notice and previous_from <= as_of:
            return previous_from, previous_until
    days = [r.validity_days for r in rules if r.kind == "base" and r.colour_to == colour and r.validity_days]
    if not days:
        raise ValueError(f"no base rule says how long a {colour} code holds")
    return as_of, as_of + dt.timedelta(days=min(days))


def warnings(
    rules: Iterable[Rule], facts: Mapping[str, Value], distances: Mapping[str, float], colour: str
) -> list[tuple[str, float]]:
    """Rules that do not fire yet and are within their warning distance, with what is left, nearest precedence first.

    The distance is threshold − value for a rule that looks upward and value − threshold for one that looks downward;
    ``distances`` gives it by rule id where the fact is no such number (orders of magnitude to a risk, days to a
    deadline). A rule about overdue problems warns of a due date only: what its count lacks is no number of days.
    Rules that would not make the colour worse than ``colour`` do not warn.
    """
    found = []
    for rule in rules:
        if rule.kind not in COLOURS or rule.warning_distance is None or SEVERITY[rule.colour_to] <= SEVERITY[colour]:
            continue
        left = distances.get(rule.rule_id, _distance(rule, facts.get(rule.fact)))
        if left is not None and not fires(rule, facts.get(rule.fact)) and 0 <= left <= rule.warning_distance:
            found.append((rule.precedence, rule.rule_id, left))
    return [(rule_id, left) for _, rule_id, left in sorted(found, key=lambda item: (-item[0], item[1]))]


def _distance(rule: Rule, value: Value) -> float | None:
    if isinstance(value, str | bool) or _is_unknown(value) or rule.operator not in ("lt", "le", "gt", "ge"):
        return None
    if rule.fact in OVERDUE:
        return None
    gap = float(rule.threshold) - float(value)  # type: ignore[arg-type]
    return gap if rule.operator in ("gt", "ge") else -gap
