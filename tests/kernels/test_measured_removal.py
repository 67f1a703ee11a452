"""Removal measured before and behind: by hand, with its interval, what says nothing, order, nothing."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from scipy import stats

from ehpilot.kernels.measured_removal import efficiencies


def table(rows: list[tuple[str, str, float, float]]) -> pa.Table:
    """(technology, outlet, before, behind) of benzene, a period each."""
    return pa.table(
        {
            "technology_id": pa.array([row[0] for row in rows], pa.string()),
            "pollutant_id": pa.array(["71-43-2"] * len(rows), pa.string()),
            "outlet_id": pa.array([row[1] for row in rows], pa.string()),
            "period": pa.array([f"2025Q{number}" for number in range(len(rows))], pa.string()),
            "before_kg": pa.array([row[2] for row in rows], pa.float64()),
            "behind_kg": pa.array([row[3] for row in rows], pa.float64()),
        }
    )


def test_periods_of_an_outlet_are_one_and_outlets_are_the_sample() -> None:
    shares = np.array([0.1, 0.2, 0.05])
    rows = [("rto", f"O{number}", 10.0, 10.0 * share) for number, share in enumerate(shares)]
    (found,) = efficiencies(table([*rows, ("rto", "O0", 40.0, 4.0)])).to_pylist()
    logs = np.log(shares)
    half = stats.t.ppf(0.975, 2) * logs.std(ddof=1) / np.sqrt(3)
    assert found["n"] == 3 and found["efficiency"] == pytest.approx(1 - np.exp(logs.mean()))
    assert found["efficiency_low"] == pytest.approx(1 - np.exp(logs.mean() + half))
    assert found["efficiency_high"] == pytest.approx(1 - np.exp(logs.mean() - half))


def test_two_outlets_have_no_interval_and_a_device_that_adds_says_so() -> None:
    rows = [("rto", "O1", 10.0, 1.0), ("rto", "O2", 10.0, 1.0), ("plasma", "O3", 10.0, 12.0)]
    found = {row["technology_id"]: row for row in efficiencies(table(rows)).to_pylist()}
    assert found["rto"]["efficiency"] == pytest.approx(0.9) and np.isnan(found["rto"]["efficiency_low"])
    assert found["plasma"]["efficiency"] == pytest.approx(-0.2)


def test_what_has_no_two_amounts_is_left_out_and_order_changes_nothing() -> None:
    rows = [
        ("rto", "O1", 10.0, 1.0),
        ("rto", "O2", float("nan"), 1.0),
        ("rto", "O3", 10.0, 0.0),
        ("rto", "O4", 5.0, 1.0),
    ]
    assert efficiencies(table(rows)).to_pylist()[0]["n"] == 2
    assert efficiencies(table(rows)).column("efficiency").equals(efficiencies(table(rows[::-1])).column("efficiency"))
    assert efficiencies(table([])).num_rows == 0
