"""The closed loop of a problem: its state is a fold over its events, with guards.

States and events are words of the code set ``problem_status`` (docs/grading.md): detected → issued → acknowledged →
rectifying → submitted → verified → closed; besides appealed → upheld | rejected, escalated, reopened. A problem of a
rule also ends when a stricter rule takes over its fact (superseded) or the rule does not apply any more (withdrawn),
which only rules say. Guards: whoever verifies is not who submitted; closing needs evidence and a verification; nothing
happens before what happened already. A closing holds until the problem comes back: then it is reopened, which within a
year of the closing is a recurrence.
An event that a guard or the order of states forbids is refused with a word that says why, changes nothing and is
counted, never dropped. Days of a pending appeal do not run against the deadline unless the problem is critical.

Belongs here: pure functions over events. Does not belong here: words of files and which unit is whom (SQL), rules that
find problems, colours.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import pyarrow as pa
import pyarrow.compute as pc

from ehpilot.kernels.columns import flags, ordered, texts, values_by

OPEN = ("detected", "issued", "acknowledged", "rectifying", "submitted", "escalated", "reopened")
ENDED_BY_RULE = ("superseded", "withdrawn")
DECISIONS = ("upheld", "rejected")  # of an appeal, and nothing without one
# state before → events that may follow. Steps that files often lack (签收, 整改中) may be skipped; submission,
# verification and closing may not.
_STEPS = {
    "": ("detected", "issued"),
    "detected": ("issued", "acknowledged", "rectifying", "submitted", "appealed", "escalated"),
    "issued": ("acknowledged", "rectifying", "submitted", "appealed", "escalated"),
    "acknowledged": ("rectifying", "submitted", "appealed", "escalated"),
    "rectifying": ("submitted", "appealed", "escalated"),
    "submitted": ("verified", "rectifying", "escalated", "submitted"),
    "verified": ("closed", "reopened", "escalated"),
    "closed": ("reopened",),
    "appealed": DECISIONS,
    "escalated": ("acknowledged", "rectifying", "submitted", "appealed"),
    "reopened": ("issued", "acknowledged", "rectifying", "submitted", "appealed", "escalated"),
}
FOLLOWS = {
    before: events if before in ("", "closed") else (*events, *ENDED_BY_RULE) for before, events in _STEPS.items()
}
EVENTS = ("detected", "issued", "acknowledged", "rectifying", "submitted", "verified", "closed", "appealed", "upheld",
          "rejected", "escalated", "reopened", *ENDED_BY_RULE)  # fmt: skip
TRANSITION, NO_EVENT, SAME_PERSON, NO_EVIDENCE, TIME_BACK = (
    "LOOP-TRANSITION", "LOOP-EVENT", "LOOP-VERIFIER", "LOOP-EVIDENCE", "LOOP-TIME",
)  # fmt: skip


@dataclass(frozen=True)
class Event:
    """One line of a problem's record. ``actor``: who acted, '' unknown; ``evidence``: what stands for it, '' none.
    ``is_inferred``: nobody wrote it down, it follows from a stated state or from a rule that ended: steps before it may
    lack and nobody has verified, but evidence and time count."""

    event: str
    at: dt.date
    actor: str = ""
    evidence: str = ""
    is_inferred: bool = False


@dataclass(frozen=True)
class State:
    """What the events so far make of a problem. ``before_appeal``: the state that a rejected appeal leads back to.
    ``reopened_at``: when a closed problem came back, the last time; ``back_after_days``: the fewest days that took."""

    status: str = ""
    last_at: dt.date | None = None
    submitter: str = ""
    has_evidence: bool = False
    closed_at: dt.date | None = None
    appealed_at: dt.date | None = None
    suspended_days: int = 0
    before_appeal: str = ""
    is_withdrawn: bool = False
    reopened_at: dt.date | None = None
    back_after_days: int | None = None
    refused: tuple[str, ...] = field(default=())


def step(state: State, event: Event) -> tuple[State, str]:
    """The state after one event, and '' or the code of the guard that refuses it (then nothing else changes)."""
    code = refusal(state, event)
    if code:
        return replace(state, refused=(*state.refused, code)), code
    status = event.event
    if event.is_inferred and state.status == "closed" and status in ("closed", *ENDED_BY_RULE):
        return replace(state, last_at=event.at), ""  # a rule sees that what was closed is gone: the closing stands
    after = replace(state, status=status, last_at=event.at, has_evidence=state.has_evidence or bool(event.evidence))
    if status == "submitted":
        after = replace(after, submitter=event.actor, has_evidence=bool(event.evidence))
    elif status == "closed":
        after = replace(after, closed_at=event.at)
    elif status in ENDED_BY_RULE:
        after = replace(after, status="closed", closed_at=event.at, is_withdrawn=True)
    elif status == "reopened":
        after = replace(after, closed_at=None, submitter="", has_evidence=False, is_withdrawn=False)
        if state.closed_at and not state.is_withdrawn:
            days = (event.at - state.closed_at).days
            fewest = days if state.back_after_days is None else min(days, state.back_after_days)
            after = replace(after, reopened_at=event.at, back_after_days=fewest)
    elif status == "appealed":
        after = replace(after, appealed_at=event.at, before_appeal=state.status)
    elif status in DECISIONS and state.appealed_at:
        waited = (event.at - state.appealed_at).days
        after = replace(after, appealed_at=None, suspended_days=state.suspended_days + waited)
        if status == "upheld":
            after = replace(after, status="closed", closed_at=event.at, is_withdrawn=True)
        else:
            after = replace(after, status=state.before_appeal)
    return after, ""


def refusal(state: State, event: Event) -> str:
    """'' where the event may follow, else the code of the guard: unknown event, order, time, verifier, evidence."""
    if event.event not in EVENTS or (event.event in ENDED_BY_RULE and not event.is_inferred):
        return NO_EVENT
    is_lenient = (
        event.is_inferred
        and state.status
        and event.event != "reopened"
        and (event.event not in DECISIONS or state.appealed_at)
    )
    if event.event not in FOLLOWS[state.status] and not is_lenient:
        return TRANSITION
    if state.last_at is not None and event.at < state.last_at:
        return TIME_BACK
    if (
        event.event == "verified"
        and not event.is_inferred
        and (not event.actor or not state.submitter or event.actor == state.submitter)
    ):
        return SAME_PERSON  # nobody unknown is shown to be another
    if event.event == "closed" and not (state.has_evidence or event.evidence):
        return NO_EVIDENCE
    return ""


def fold(events: Iterable[Event]) -> tuple[State, list[tuple[str, str]]]:
    """The state after all events in the order given, and for each the status after it and its refusal ('' none)."""
    state, told = State(), []
    for event in events:
        state, code = step(state, event)
        told.append((state.status, code))
    return state, told


def overdue_days(state: State, due: dt.date | None, as_of: dt.date, *, is_critical: bool) -> int:
    """Days that a problem is past its deadline: at closing, or on ``as_of`` while it is open; 0 in time or without a
    deadline. A pending or finished appeal's days are added to the deadline unless the problem is critical."""
    if due is None or state.is_withdrawn:
        return 0
    waited = state.suspended_days + ((as_of - state.appealed_at).days if state.appealed_at else 0)
    until = due + dt.timedelta(days=0 if is_critical else max(waited, 0))
    end = state.closed_at if state.status == "closed" and state.closed_at else as_of
    return max((end - until).days, 0)


def status_on(state: State, overdue: int) -> str:
    """Status with what the calendar adds: an open problem past its deadline is escalated, whoever forgot to say so."""
    return "escalated" if overdue > 0 and state.status in OPEN else state.status


def recurrences(owners: Sequence[str], kinds: Sequence[str], found: Sequence[dt.date], within_days: int) -> list[bool]:
    """True where the same owner had a problem of the same kind found in the ``within_days`` before, not that day."""
    days: dict[tuple[str, str], list[dt.date]] = {}
    for owner, kind, day in zip(owners, kinds, found, strict=True):
        days.setdefault((owner, kind), []).append(day)
    return [
        any(0 < (day - other).days <= within_days for other in days[(owner, kind)])
        for owner, kind, day in zip(owners, kinds, found, strict=True)
    ]


def problem_states(problems: pa.Table, events: pa.Table, parameters: pa.Table, build: pa.Table) -> pa.Table:
    """State of every problem on the build's ``as_of``, by ``problem_id``. A recurrence is one of the same kind at the
    same site within ``problem.recurrence_days``, or one that was closed and came back within them.

    ``problems``: ``problem_id`` (unique), ``enterprise_id``, ``kind`` (rule or what is alike), ``found_at``, ``due``
    (dates, null none), ``severity``. ``events``: ``problem_id``, ``event_no``, ``event``, ``event_at`` (date),
    ``actor``, ``evidence``, ``is_inferred``. A problem without an event is detected on the day it was found.
    ``parameters``: ``problem.recurrence_days``.
    """
    as_of = pc.max(build.column("as_of")).as_py()
    rows = ordered(problems, "problem_id")
    status, closed, overdue, refused, reopened, back = [], [], [], [], [], []
    folded = _folded(rows, ordered(events, "problem_id", "event_no"))
    for row, (state, _) in zip(rows.select(["due", "severity"]).to_pylist(), folded, strict=True):
        late = overdue_days(state, row["due"], as_of, is_critical=row["severity"] == "critical")
        status.append(status_on(state, late))
        closed.append(state.closed_at if state.status == "closed" else None)
        overdue.append(late)
        refused.append(list(state.refused))
        reopened.append(state.reopened_at)
        back.append(state.back_after_days)
    within = int(values_by(parameters, "parameter_id")["problem.recurrence_days"])
    again = recurrences(texts(rows, "enterprise_id"), texts(rows, "kind"), rows["found_at"].to_pylist(), within)
    return pa.table(
        {
            "problem_id": rows["problem_id"],
            "status": pa.array(status, pa.string()),
            "closed_at": pa.array(closed, pa.date32()),
            "overdue_days": pa.array(overdue, pa.int32()),
            "is_recurrence": pa.array(
                [other or (days is not None and days <= within) for other, days in zip(again, back, strict=True)],
                pa.bool_(),
            ),
            "reopened_at": pa.array(reopened, pa.date32()),
            "refused_events": pa.array(refused, pa.list_(pa.string())),
        }
    )


def event_outcomes(problems: pa.Table, events: pa.Table) -> pa.Table:
    """What became of each event, by problem and number: ``status_after`` and ``refusal``, the guard that refused it
    (null none). Tables as in :func:`problem_states`; an event of an unknown problem is refused as LOOP-TRANSITION."""
    rows, lines = ordered(problems, "problem_id"), ordered(events, "problem_id", "event_no")
    told: dict[tuple[str, int], tuple[str, str]] = {}
    for problem_id, (_, outcomes) in zip(texts(rows, "problem_id"), _folded(rows, lines), strict=True):
        told.update({(problem_id, place): outcome for place, outcome in enumerate(outcomes)})
    place: Counter[str] = Counter()
    found = []
    for problem_id in texts(lines, "problem_id"):
        found.append(told.get((problem_id, place[problem_id]), ("", TRANSITION)))
        place[problem_id] += 1
    return pa.table(
        {
            "problem_id": lines["problem_id"],
            "event_no": lines["event_no"],
            "status_after": pa.array([after or None for after, _ in found], pa.string()),
            "refusal": pa.array([code or None for _, code in found], pa.string()),
        }
    )


def _folded(rows: pa.Table, lines: pa.Table) -> Iterator[tuple[State, list[tuple[str, str]]]]:
    """For each problem its state and the outcomes of its own events (not of the detection that is put before them)."""
    columns = (
        texts(lines, "event"),
        lines["event_at"].to_pylist(),
        texts(lines, "actor"),
        texts(lines, "evidence"),
        flags(lines, "is_inferred").tolist(),
    )
    of_problem: dict[str, list[Event]] = {}
    for problem_id, *values in zip(texts(lines, "problem_id"), *columns, strict=True):
        of_problem.setdefault(problem_id, []).append(Event(*values))
    for problem_id, found_at in zip(texts(rows, "problem_id"), rows["found_at"].to_pylist(), strict=True):
        events = of_problem.get(problem_id, [])
        first = [] if events and events[0].event == "detected" else [Event("detected", found_at)]
        state, outcomes = fold([*first, *events])
        yield state, outcomes[len(first) :]
