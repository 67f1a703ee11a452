"""Working days: by hand over a weekend, with days off, against a count day by day."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehpilot.kernels.working_days import appeal_deadlines, notice_ends, working_day_after

FRIDAY = dt.date(2026, 3, 6)


def test_by_hand() -> None:
    assert working_day_after(FRIDAY, 1) == dt.date(2026, 3, 9)
    assert working_day_after(FRIDAY + dt.timedelta(days=1), 1) == dt.date(2026, 3, 9), "a Saturday counts no more"
    assert working_day_after(FRIDAY, 10) == dt.date(2026, 3, 20)
    assert working_day_after(FRIDAY, 1, [dt.date(2026, 3, 9)]) == dt.date(2026, 3, 10)
    with pytest.raises(ValueError, match="no period"):
        working_day_after(FRIDAY, 0)


@given(st.dates(dt.date(2025, 1, 1), dt.date(2027, 12, 31)), st.integers(1, 60), st.sets(st.integers(1, 90)))
def test_as_many_working_days_lie_between(day: dt.date, count: int, off: set[int]) -> None:
    days_off = {day + dt.timedelta(days=number) for number in off}
    end = working_day_after(day, count, days_off)
    between = [day + dt.timedelta(days=number) for number in range(1, (end - day).days + 1)]
    working = [one for one in between if one.weekday() < 5 and one not in days_off]
    assert len(working) == count and working[-1] == end


def test_deadlines_of_appeals() -> None:
    appeals = pa.table({"appeal_id": ["b", "a"], "filed_at": pa.array([FRIDAY, None], pa.date32())})
    for kind, end in (("working", dt.date(2026, 3, 20)), ("calendar", dt.date(2026, 3, 16))):
        rules = pa.table({"rule_id": ["AR-06"], "limit_days": [10], "day_kind": [kind]})
        assert appeal_deadlines(appeals, rules).to_pylist() == [
            {"appeal_id": "a", "decide_by": None}, {"appeal_id": "b", "decide_by": end},
        ]  # fmt: skip


def test_a_notice_ends_on_its_last_working_day() -> None:
    notices = pa.table({"application_id": ["b", "a"], "shown_at": pa.array([FRIDAY, dt.date(2026, 3, 2)], pa.date32())})
    parameters = pa.table({"parameter_id": ["fund.notice_days"], "value": [5.0]})
    found = notice_ends(notices, parameters).to_pylist()
    assert [(row["application_id"], row["ends_at"]) for row in found] == [
        ("a", dt.date(2026, 3, 9)), ("b", dt.date(2026, 3, 13))
    ]  # fmt: skip
    assert notice_ends(notices.slice(0, 0), parameters).num_rows == 0
