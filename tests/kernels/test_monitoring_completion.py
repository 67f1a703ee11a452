"""Completion of a scheme by quarter: worked by hand, bounds of windows, what the law of counts demands."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from ehpilot.kernels.monitoring_completion import COMPLETION, MONTHS, completion

DAY = dt.date
LATE: dict[tuple[str, str], DAY | None] = {}  # last day that was missed, of the newest call


def _completion(
    plans: list[tuple[str, str, DAY | None, DAY | None]],
    days: list[tuple[str, DAY, bool]],
    as_of: DAY,
    quarters: int = 4,
) -> dict[tuple[str, str], tuple[Any, ...]]:
    plan = pa.table(
        {
            "site_id": pa.array([row[0] for row in plans], pa.string()),
            "pollutant_id": pa.array(["x"] * len(plans), pa.string()),
            "frequency": pa.array([row[1] for row in plans], pa.string()),
            "valid_from": pa.array([row[2] for row in plans], pa.date32()),
            "valid_to": pa.array([row[3] for row in plans], pa.date32()),
        }
    )
    result = pa.table(
        {
            "site_id": pa.array([row[0] for row in days], pa.string()),
            "pollutant_id": pa.array(["x"] * len(days), pa.string()),
            "sampled_on": pa.array([row[1] for row in days], pa.date32()),
            "is_valid": pa.array([row[2] for row in days], pa.bool_()),
        }
    )
    parameters = pa.table({"parameter_id": ["network.completion_quarters"], "value": [float(quarters)]})
    build = pa.table({"as_of": pa.array([as_of], pa.date32())})
    found = completion(plan, result, parameters, build)
    assert found.schema == COMPLETION
    LATE.update({(row["site_id"], row["period"]): row["last_late_on"] for row in found.to_pylist()})
    return {
        (row["site_id"], row["period"]): (row["planned"], row["done"], row["valid"], row["late"])
        for row in found.to_pylist()
    }


def test_by_hand() -> None:
    """Monthly in 2025 with February missed, March of no use; half-yearly made in April; yearly not yet made. What has
    not ended by 15 May counts nowhere; on 30 June the half-year does."""
    days = [
        ("M", DAY(2025, 1, 31), True), ("M", DAY(2025, 3, 1), False), ("M", DAY(2025, 4, 2), True),
        ("H", DAY(2025, 4, 9), True),
    ]  # fmt: skip
    plans = [("M", "month", None, None), ("H", "half_year", None, None), ("Y", "year", None, None)]
    found = _completion(plans, days, DAY(2025, 5, 15), quarters=2)
    assert LATE[("M", "2025Q1")] == DAY(2025, 2, 28) and LATE[("M", "2025Q2")] is None
    assert found[("M", "2025Q1")] == (3, 2, 1, 1), "February is late, March was done and is of no use"
    assert found[("M", "2025Q2")] == (1, 1, 1, 0), "May has begun and is not over"
    assert {site for site, _ in found} == {"M"}, "half a year and a year are still open, with a result or without"
    assert _completion(plans, days, DAY(2025, 6, 30), quarters=2)[("H", "2025Q2")] == (1, 1, 1, 0)
    assert _completion(plans, days, DAY(2025, 12, 31), quarters=1)[("Y", "2025Q4")] == (1, 0, 0, 1)


def test_a_window_is_due_only_while_the_scheme_holds() -> None:
    found = _completion([("M", "month", DAY(2025, 2, 1), DAY(2025, 3, 30))], [], DAY(2025, 6, 30))
    assert found == {("M", "2025Q1"): (1, 0, 0, 1)}, "January is before it, March ends after it"


def test_continuous_counts_days() -> None:
    found = _completion([("C", "continuous", None, None)], [("C", DAY(2025, 1, 2), False)], DAY(2025, 1, 3), quarters=1)
    assert found == {("C", "2025Q1"): (3, 1, 0, 2)}
    assert _completion([], [], DAY(2025, 1, 3)) == {}


@settings(max_examples=50, deadline=None)
@given(
    st.sampled_from([*MONTHS, "continuous"]),
    st.dates(DAY(2024, 1, 1), DAY(2026, 12, 31)),
    st.lists(st.tuples(st.dates(DAY(2023, 6, 1), DAY(2026, 12, 31)), st.booleans()), max_size=12),
)
def test_what_is_done_was_planned_and_what_is_late_was_not_done(
    frequency: str, as_of: DAY, days: list[tuple[DAY, bool]]
) -> None:
    taken = [("S", day, use) for day, use in days if day <= as_of]
    for planned, done, valid, late in _completion([("S", frequency, None, None)], taken, as_of).values():
        assert 0 <= valid <= done <= planned and late == planned - done
