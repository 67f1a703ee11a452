"""Colours by the rules of the seed: worst wins, unknown fires nothing, clean periods, appeals, warnings."""

from __future__ import annotations

import csv
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehpilot.kernels import risk_code as code
from ehpilot.project import DBT_DIR


def _rules() -> list[code.Rule]:
    with (DBT_DIR / "seeds" / "management" / "code_rule.csv").open(encoding="utf-8", newline="") as file:
        return [
            code.Rule(
                row["rule_id"], row["kind"], row["colour_from"], row["colour_to"], row["fact"], row["operator"],
                row["threshold"], int(row["clean_periods"]) if row["clean_periods"] else None,
                int(row["validity_days"]) if row["validity_days"] else None,
                float(row["warning_distance"]) if row["warning_distance"] else None, int(row["precedence"]),
            )
            for row in csv.DictReader(file)
        ]  # fmt: skip


RULES = _rules()
MARCH = dt.date(2026, 3, 31)


def _facts(**facts: code.Value) -> dict[str, code.Value]:
    return {"grade": 4.0, "data_age_days": 10.0, **facts}


@pytest.mark.parametrize(
    ("facts", "colour", "first"),
    [
        ({}, "green", "CR-B4"),
        ({"grade": 1.0}, "red", "CR-B1"),
        ({"grade": None}, "grey", "CR-B0"),
        ({"grade": float("nan")}, "grey", "CR-B0"),
        ({"data_age_days": 400.0}, "green", "CR-B4"),
        ({"data_age_days": 401.0}, "grey", "CR-G1"),
        ({"data_age_days": 401.0, "grade": 3.0}, "grey", "CR-G1"),
        ({"data_age_days": 401.0, "grade": 2.0}, "orange", "CR-B2"),
        ({"exceed_90d_hours": 1.0}, "yellow", "CR-D2"),
        ({"exceed_90d_hours": 24.0}, "orange", "CR-D1"),
        ({"exceed_90d_hours": 5.0, "exceed_90d_days": 3.0}, "orange", "CR-D10"),
        ({"overdue_problems": 1.0}, "yellow", "CR-D5"),
        ({"overdue_problems": 2.0, "overdue_critical": 1.0}, "red", "CR-D3"),
        ({"data_confidence": "low"}, "yellow", "CR-V4"),
        ({"data_confidence": "high"}, "green", "CR-B4"),
        ({"permit_valid": False}, "red", "CR-V6"),
        ({"permit_valid": True}, "green", "CR-B4"),
        ({"cems_completeness": 0.5}, "yellow", "CR-D8"),
        ({"grade": None, "fraud_confirmed": True}, "red", "CR-V5"),
        ({"grade": None, "data_confidence": "low"}, "grey", "CR-B0"),
    ],
)
def test_the_worst_rule_decides(facts: dict[str, code.Value], colour: str, first: str) -> None:
    found = code.computed(RULES, _facts(**facts))
    assert (found.colour, found.rule_ids[0]) == (colour, first)


def test_an_unknown_fact_fires_nothing_and_is_named() -> None:
    found = code.computed(RULES, _facts(permit_valid=None))
    assert found.colour == "green" and {"permit_valid", "exceed_90d_hours"} <= set(found.unknown)
    ageless = code.computed(RULES, {"grade": 4.0})
    assert (ageless.colour, ageless.rule_ids[0]) == ("grey", "CR-G1"), "never green by silence"
    assert code.computed(RULES, {}).colour == "grey" and code.computed(RULES, _facts(grade=7.0)).colour == "grey"


NUMBERS = st.one_of(st.none(), st.floats(0, 600))


@given(st.sampled_from([1.0, 2.0, 3.0, 4.0, None]), NUMBERS, NUMBERS, NUMBERS)
def test_a_further_fact_never_makes_it_milder(
    grade: float | None, hours: float | None, overdue: float | None, age: float | None
) -> None:
    plain = code.computed(RULES, {"grade": grade, "data_age_days": 0.0})
    further = {"exceed_90d_hours": hours, "overdue_problems": overdue, "data_age_days": age}
    more = code.computed(RULES, {"grade": grade, **further})
    assert code.SEVERITY[more.colour] >= code.SEVERITY[plain.colour]


def _issue(
    now: str, previous: str | None, past: list[tuple[str, str]], as_of: dt.date = MARCH, appeal: str = "none"
) -> tuple[str, str]:
    history = [code.Past(dt.date.fromisoformat(day), colour) for day, colour in past]
    return code.colour_to_issue(code.Computed(now, (), (), False), as_of, previous, history, RULES, appeal)


def test_worse_at_once_and_the_first_as_it_is() -> None:
    assert _issue("green", None, []) == ("green", "new")
    assert _issue("red", "green", [("2026-02-28", "green")]) == ("red", "worse")
    assert _issue("yellow", "yellow", []) == ("yellow", "same")


def test_milder_after_two_clean_months_this_one_counts() -> None:
    assert _issue("yellow", "red", [("2026-02-28", "red")]) == ("red", "held_clean")
    assert _issue("yellow", "red", [("2026-02-28", "yellow")]) == ("yellow", "milder")
    assert _issue("green", "red", [("2026-02-28", "yellow")]) == ("yellow", "milder"), "no further than both months go"
    assert _issue("green", "red", [("2026-02-10", "green"), ("2026-02-28", "red")]) == ("red", "held_clean")
    assert _issue("green", "red", [("2026-01-31", "green")]) == ("red", "held_clean"), "no edition in February"
    assert _issue("green", "red", [("2026-02-28", "green"), ("2026-03-10", "red")]) == ("red", "held_clean")
    assert _issue("green", "orange", [("2025-12-31", "green")], dt.date(2026, 1, 31)) == ("green", "milder")
    assert _issue("green", "grey", [("2026-02-28", "grey")]) == ("green", "milder"), "data are back: at once"


def test_an_appeal_holds_the_code_but_not_against_a_veto() -> None:
    assert _issue("red", "yellow", [], appeal="pending") == ("yellow", "held_appeal")
    assert _issue("green", "red", [("2026-02-28", "red")], appeal="upheld") == ("green", "appeal_upheld")
    assert _issue("green", "red", [("2026-02-28", "red")], appeal="rejected") == ("red", "held_clean")
    vetoed = code.computed(RULES, _facts(fraud_confirmed=True))
    assert code.colour_to_issue(vetoed, MARCH, "yellow", [], RULES, "pending") == ("red", "worse")


def test_validity_is_kept_until_it_runs_out() -> None:
    issued = code.validity("green", "new", MARCH, RULES, None, None)
    assert issued == (MARCH, dt.date(2026, 6, 29))
    assert code.validity("red", "worse", MARCH, RULES, *issued) == (MARCH, dt.date(2026, 4, 30))
    assert code.validity("green", "same", dt.date(2026, 4, 30), RULES, *issued) == issued
    assert code.validity("green", "same", dt.date(2026, 6, 20), RULES, *issued)[0] == dt.date(2026, 6, 20)
    back = code.validity("green", "same", dt.date(2026, 3, 1), RULES, *issued)
    assert back[0] == dt.date(2026, 3, 1), "a clock set back makes no code that begins in the future"


def test_warnings_come_before_the_colour_changes() -> None:
    facts = _facts(exceed_90d_hours=20.0, data_age_days=350.0, complaints_90d=2.0)
    colour = code.computed(RULES, facts).colour
    assert colour == "yellow"
    assert code.warnings(RULES, facts, {"CR-V1": 0.2}, colour) == [("CR-V1", 0.2), ("CR-D1", 4.0), ("CR-G1", 50.0)]
    assert code.warnings(RULES, _facts(exceed_90d_hours=30.0), {}, "orange") == []
    assert code.warnings(RULES, _facts(cems_completeness=0.78), {}, "green") == [("CR-D8", pytest.approx(0.03))]


def test_a_count_of_overdue_problems_warns_of_due_dates_and_never_of_what_it_lacks() -> None:
    facts = _facts(overdue_critical=0.0, overdue_problems=0.0)
    assert code.warnings(RULES, facts, {}, "green") == []
    near = {"CR-D3": 5.0, "CR-D4": 8.0, "CR-D5": 5.0}
    assert code.warnings(RULES, facts, near, "green") == [("CR-D3", 5.0), ("CR-D5", 5.0)]
