"""Satisfaction and trust of visitors by hand."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from scipy import stats

from ehpilot.kernels.visitor_survey import paired_gain, summarise

PARAMETERS = pa.table({"parameter_id": ["open.trust_points_per_step"], "value": [25.0]})


def visits(rows: list[tuple]) -> pa.Table:
    """Answers of visitors."""
    names = ("enterprise_id", "year", "trust_before", "trust_after")
    kinds = (pa.string(), pa.int32(), pa.float64(), pa.float64())
    columns = list(zip(*rows, strict=True)) if rows else [()] * 4
    return pa.table([pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)], names=names)


def days(rows: list[tuple]) -> pa.Table:
    """Sums of open days."""
    names = ("enterprise_id", "year", "satisfied", "surveyed")
    kinds = (pa.string(), pa.int32(), pa.float64(), pa.float64())
    columns = list(zip(*rows, strict=True)) if rows else [()] * 4
    return pa.table([pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)], names=names)


def test_paired_gain_by_hand() -> None:
    count, mean, low, high = paired_gain([1.0, 2.0, 3.0, np.nan], [2.0, 4.0, 3.0, 5.0])
    half = stats.t.ppf(0.975, 2) * 1.0 / 3**0.5
    assert (count, mean) == (3, 1.0) and (low, high) == (pytest.approx(1 - half), pytest.approx(1 + half))
    assert paired_gain([1.0], [3.0])[:2] == (1, 2.0) and np.isnan(paired_gain([1.0], [3.0])[2])
    assert paired_gain([], [])[0] == 0


def test_enterprises_and_years_are_kept_apart() -> None:
    asked = visits([("a", 2025, 3.0, 4.0), ("a", 2025, 3.0, 5.0), ("a", 2024, 1.0, 1.0), ("b", 2025, 1.0, 2.0)])
    found = summarise(days([("b", 2025, 0.0, 0.0), ("a", 2025, 90.0, 100.0)]), asked, PARAMETERS).to_pylist()
    assert [row["enterprise_id"] for row in found] == ["a", "b"]
    assert found[0]["satisfaction"] == pytest.approx(0.9) and found[0]["satisfaction_low"] == pytest.approx(
        0.8256, abs=1e-4
    )
    assert found[0]["trust_pairs"] == 2 and found[0]["trust_gain"] == pytest.approx(37.5)
    assert np.isnan(found[1]["satisfaction"]) and found[1]["trust_pairs"] == 1 and np.isnan(found[1]["trust_gain_low"])


def test_no_open_day_gives_nothing() -> None:
    assert summarise(days([]), visits([]), PARAMETERS).num_rows == 0
