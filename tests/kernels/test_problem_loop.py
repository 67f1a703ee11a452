"""The closed loop: guards, appeals, deadlines, recurrence. Not here: words of files (dbt)."""

from __future__ import annotations

import csv
import datetime as dt

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehpilot.kernels import problem_loop as loop
from ehpilot.kernels.problem_loop import Event
from ehpilot.project import DBT_DIR

DAY = dt.date(2026, 3, 1)


def _day(number: int) -> dt.date:
    return DAY + dt.timedelta(days=number)


def _run(*lines: tuple[str, int, str, str]) -> tuple[loop.State, list[tuple[str, str]]]:
    return loop.fold([Event(name, _day(day), actor, evidence) for name, day, actor, evidence in lines])


WHOLE = (
    ("detected", 0, "team", ""), ("issued", 1, "bureau", ""), ("acknowledged", 2, "firm", ""),
    ("rectifying", 3, "firm", ""), ("submitted", 9, "firm", "photo.pdf"), ("verified", 12, "bureau", ""),
    ("closed", 13, "bureau", ""),
)  # fmt: skip


def test_a_whole_loop_closes_and_may_be_opened_again() -> None:
    state, told = _run(*WHOLE)
    assert state.status == "closed" and state.closed_at == _day(13) and state.refused == ()
    assert [code for _, code in told] == [""] * 7
    again, _ = _run(*WHOLE, ("reopened", 20, "bureau", ""), ("submitted", 30, "firm", ""))
    assert again.status == "submitted" and again.closed_at is None and not again.has_evidence


def test_whoever_submitted_does_not_verify_and_nobody_unknown_does() -> None:
    for actor in ("firm", ""):
        state, told = _run(*WHOLE[:5], ("verified", 12, actor, ""), ("closed", 13, "bureau", ""))
        assert [code for _, code in told[5:]] == [loop.SAME_PERSON, loop.TRANSITION] and state.status == "submitted"


def test_closing_needs_evidence() -> None:
    bare = (*WHOLE[:4], ("submitted", 9, "firm", ""), ("verified", 12, "bureau", ""))
    state, told = _run(*bare, ("closed", 13, "bureau", ""))
    assert told[-1] == ("verified", loop.NO_EVIDENCE) and state.status == "verified"
    assert _run(*bare, ("closed", 13, "bureau", "report no. 7"))[0].status == "closed"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (("closed", 3, "bureau", "x"), loop.TRANSITION),
        (("verified", 3, "bureau", "x"), loop.TRANSITION),
        (("issued", -1, "bureau", ""), loop.TIME_BACK),
        (("forgotten", 3, "bureau", ""), loop.NO_EVENT),
        (("upheld", 3, "bureau", ""), loop.TRANSITION),
    ],
)
def test_an_impossible_step_is_refused_and_changes_nothing(line: tuple[str, int, str, str], code: str) -> None:
    state, told = _run(WHOLE[0], line)
    assert told[1] == ("detected", code) and state.status == "detected" and state.refused == (code,)


def test_an_appeal_stops_the_clock_unless_the_problem_is_critical() -> None:
    lines = (*WHOLE[:2], ("appealed", 5, "firm", "report"))
    pending, _ = _run(*lines)
    assert loop.overdue_days(pending, _day(10), _day(14), is_critical=False) == 0
    assert loop.overdue_days(pending, _day(10), _day(14), is_critical=True) == 4
    rejected, _ = _run(*lines, ("rejected", 12, "bureau", ""))
    assert rejected.status == "issued" and rejected.suspended_days == 7
    assert loop.overdue_days(rejected, _day(10), _day(20), is_critical=False) == 3
    upheld, _ = _run(*lines, ("upheld", 12, "bureau", ""))
    assert upheld.status == "closed" and upheld.is_withdrawn
    assert loop.overdue_days(upheld, _day(10), _day(99), is_critical=True) == 0


def test_overdue_is_escalated_by_the_calendar_and_counted_at_closing() -> None:
    state, _ = _run(*WHOLE[:4])
    late = loop.overdue_days(state, _day(10), _day(15), is_critical=False)
    assert late == 5 and loop.status_on(state, late) == "escalated" and loop.status_on(state, 0) == "rectifying"
    closed, _ = _run(*WHOLE)
    assert loop.overdue_days(closed, _day(10), _day(400), is_critical=False) == 3
    assert loop.status_on(closed, 3) == "closed" and loop.overdue_days(closed, None, _day(400), is_critical=False) == 0


NAMES = st.sampled_from([*loop.EVENTS, "nonsense"])


@given(st.lists(st.tuples(NAMES, st.integers(0, 30), st.sampled_from(["a", "b", ""]), st.sampled_from(["", "x"]))))
def test_no_history_closes_without_a_second_person_and_evidence(lines: list[tuple[str, int, str, str]]) -> None:
    events = [Event(name, _day(day), actor, evidence) for name, day, actor, evidence in lines]
    state, told = loop.fold(events)
    kept = [event for event, (_, code) in zip(events, told, strict=True) if not code]
    assert len(state.refused) == len(events) - len(kept)
    assert [event.at for event in kept] == sorted(event.at for event in kept)
    assert loop.fold(kept)[0].status == state.status, "refused events change nothing"
    submitter, evidence = None, False
    for event in kept:
        if event.event == "reopened":
            evidence = False
        elif event.event == "submitted":
            submitter, evidence = event.actor, bool(event.evidence)
        else:
            evidence = evidence or bool(event.evidence)
        if event.event == "verified":
            assert event.actor and event.actor != submitter
        if event.event == "closed":
            assert evidence


def test_the_same_kind_within_a_year_is_a_recurrence() -> None:
    found = [dt.date(2025, 1, 1), dt.date(2025, 12, 1), dt.date(2026, 12, 2), dt.date(2025, 6, 1)]
    assert loop.recurrences(["A", "A", "A", "B"], ["r"] * 4, found, 365) == [False, True, False, False]
    assert loop.recurrences(["A", "A"], ["r", "r"], [DAY, DAY], 365) == [False, False]


def test_tables_of_problems_and_events() -> None:
    problems = pa.table(
        {
            "problem_id": ["p2", "p1"], "enterprise_id": ["E", "E"], "kind": ["r", "r"], "severity": ["minor", "minor"],
            "found_at": pa.array([_day(5), DAY], pa.date32()), "due": pa.array([_day(9), None], pa.date32()),
        }
    )  # fmt: skip
    events = pa.table(
        {
            "problem_id": ["lost", "p1", "p1"], "event_no": pa.array([1, 2, 1], pa.int32()),
            "event": ["issued", "closed", "issued"], "event_at": pa.array([DAY, _day(3), _day(1)], pa.date32()),
            "actor": ["b", "b", "b"], "evidence": ["", "x", ""],
        }
    )  # fmt: skip
    events = events.append_column("is_inferred", pa.array([False] * 3))
    build, parameters = _build(20), pa.table({"parameter_id": ["problem.recurrence_days"], "value": [365.0]})
    states = loop.problem_states(problems, events, parameters, build)
    assert states.to_pylist() == [
        {"problem_id": "p1", "status": "issued", "closed_at": None, "overdue_days": 0, "is_recurrence": False,
         "reopened_at": None, "refused_events": [loop.TRANSITION]},
        {"problem_id": "p2", "status": "escalated", "closed_at": None, "overdue_days": 11, "is_recurrence": True,
         "reopened_at": None, "refused_events": []},
    ]  # fmt: skip
    outcomes = loop.event_outcomes(problems, events)
    assert [(row["problem_id"], row["refusal"]) for row in outcomes.to_pylist()] == [
        ("lost", loop.TRANSITION), ("p1", None), ("p1", loop.TRANSITION),
    ]  # fmt: skip
    assert loop.problem_states(problems.slice(0, 0), events.slice(0, 0), parameters, build).num_rows == 0
    assert loop.event_outcomes(problems.slice(0, 0), events.slice(0, 0)).num_rows == 0


def test_a_closing_stands_when_its_rule_sees_it_and_a_return_within_a_year_is_a_recurrence() -> None:
    """What rules say of a closed problem moves no date of it; only one that was closed comes back."""
    clerk = [Event(name, _day(day), actor, evidence) for name, day, actor, evidence in WHOLE]
    seen, told = loop.fold([*clerk, Event("closed", _day(30), evidence="k", is_inferred=True)])
    assert (seen.status, seen.closed_at, told[-1]) == ("closed", _day(13), ("closed", ""))
    back, _ = loop.fold([*clerk, Event("reopened", _day(60), is_inferred=True)])
    assert (back.status, back.reopened_at, back.back_after_days) == ("reopened", _day(60), 47)
    still, told = loop.fold([*clerk[:4], Event("reopened", _day(60), is_inferred=True)])
    assert still.status == "rectifying" and told[-1] == ("rectifying", loop.TRANSITION)
    problems = pa.table(
        {
            "problem_id": ["p"], "enterprise_id": ["E"], "kind": ["r"], "severity": ["minor"],
            "found_at": pa.array([DAY], pa.date32()), "due": pa.array([None], pa.date32()),
        }
    )  # fmt: skip
    for days, again in ((365, True), (46, False)):
        lines = [*WHOLE, ("reopened", 60, "", "")]
        events = pa.table(
            {
                "problem_id": ["p"] * len(lines), "event_no": pa.array(range(len(lines)), pa.int32()),
                "event": [line[0] for line in lines], "actor": [line[2] for line in lines],
                "event_at": pa.array([_day(line[1]) for line in lines], pa.date32()),
                "evidence": [line[3] for line in lines], "is_inferred": [False] * len(lines),
            }
        )  # fmt: skip
        parameters = pa.table({"parameter_id": ["problem.recurrence_days"], "value": [float(days)]})
        [state] = loop.problem_states(problems, events, parameters, _build(90)).to_pylist()
        assert (state["is_recurrence"], state["reopened_at"]) == (again, _day(60))


def _build(day: int) -> pa.Table:
    return pa.table({"as_of": pa.array([_day(day)], pa.date32())})


def test_an_inferred_state_may_lack_steps_but_not_evidence() -> None:
    """Where no record of the steps exists the stated state stands, a closing only with what shows it."""
    bare = Event("closed", _day(9), is_inferred=True)
    state, told = loop.fold([Event("detected", DAY), bare])
    assert told[1] == ("detected", loop.NO_EVIDENCE)
    state, _ = loop.fold([Event("detected", DAY), Event("closed", _day(9), evidence="photo", is_inferred=True)])
    assert state.status == "closed" and state.closed_at == _day(9)
    assert loop.fold([Event("closed", DAY, evidence="x", is_inferred=True)])[0].status == "", "nothing was found yet"


@pytest.mark.parametrize("event", loop.ENDED_BY_RULE)
def test_a_problem_of_a_rule_ends_with_its_rule_and_comes_back_with_it(event: str) -> None:
    """It is closed without evidence, owes no days, and a return begins anew; nobody but a rule says so."""
    found = Event("detected", DAY, is_inferred=True)
    ended, _ = loop.fold([found, Event(event, _day(40), is_inferred=True)])
    assert (ended.status, ended.closed_at) == ("closed", _day(40))
    assert loop.overdue_days(ended, _day(10), _day(99), is_critical=True) == 0
    back, _ = loop.step(ended, Event("reopened", _day(50), is_inferred=True))
    assert back.status == "reopened" and loop.overdue_days(back, _day(60), _day(99), is_critical=True) == 39
    _, told = loop.fold([found, Event(event, _day(40), actor="bureau", evidence="x")])
    assert told[1] == ("detected", loop.NO_EVENT)


@pytest.mark.parametrize("decision", loop.DECISIONS)
def test_a_decision_without_an_appeal_decides_nothing(decision: str) -> None:
    """An appeal that came too late was refused; what the appeals' file says of it follows, and the loop goes on."""
    lines = [
        Event("detected", DAY, "bureau"), Event("submitted", _day(2), "firm", "report"),
        Event("appealed", _day(3), "firm"), Event(decision, _day(9), is_inferred=True),
        Event("verified", _day(10), "bureau"), Event("closed", _day(11)),
    ]  # fmt: skip
    state, told = loop.fold(lines)
    assert [code for _, code in told] == ["", "", loop.TRANSITION, loop.TRANSITION, "", ""]
    assert state.status == "closed" and not state.is_withdrawn


@given(st.lists(st.tuples(st.sampled_from((*loop.EVENTS, "归档")), st.integers(-3, 30), st.booleans(), st.booleans())))
def test_no_course_of_events_leaves_the_states_that_there_are(lines: list[tuple[str, int, bool, bool]]) -> None:
    events = [Event(event, _day(at), "x", "e" if shown else "", inferred) for event, at, shown, inferred in lines]
    state, told = loop.fold([Event("detected", DAY), *events])
    assert state.status in loop.FOLLOWS and len(told) == len(lines) + 1
    assert state.status != "closed" or state.closed_at is not None


def test_the_printed_transitions_are_those_of_the_loop() -> None:
    """The seed says in words, for D09 and its chart, what the kernel allows: neither more nor less."""
    with (DBT_DIR / "seeds/management/problem_transition.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told = [(row["status_from"], row["event"]) for row in rows]
    assert sorted(told) == sorted((before, event) for before, events in loop.FOLLOWS.items() for event in events)
    assert {row["event"]: row["status_to"] for row in rows} == {
        event: {"upheld": "closed", "rejected": "", "superseded": "closed", "withdrawn": "closed"}.get(event, event)
        for event in loop.EVENTS
    }
    assert all(row["condition_cn"] for row in rows)
