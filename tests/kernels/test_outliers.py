"""Grubbs' test against tabled critical values, by hand, and its table in and out."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from ehpilot.kernels import outliers

PARAMETERS = pa.table(
    {
        "parameter_id": [f"monitoring.outlier_{name}" for name in ("significance", "least_results", "most_share")],
        "value": [0.01, 8.0, 0.1],
    }
)


@pytest.mark.parametrize(
    ("n", "one_percent", "five_percent"),
    [(5, 1.764, 1.715), (10, 2.482, 2.290), (20, 3.001, 2.709), (40, 3.381, 3.036)],
)
def test_critical_values_are_those_of_the_standard(n: int, one_percent: float, five_percent: float) -> None:
    """ISO 5725-2:1994, table 5, one largest or one smallest; the table is rounded in its third place."""
    assert outliers.critical_value(n, 0.01) == pytest.approx(one_percent, abs=1e-3)
    assert outliers.critical_value(n, 0.05) == pytest.approx(five_percent, abs=1e-3)


def test_the_farthest_is_found_and_no_more_than_the_share() -> None:
    x = np.array([1.0, 1.1, 0.9, 1.05, 0.95, 1.02, 0.98, 1.03, 0.97, 9.0])
    assert outliers.grubbs(x, 0.01, 0.1).tolist() == [9]
    assert outliers.grubbs(np.append(x, 8.0), 0.01, 0.1).size <= 1
    assert outliers.grubbs(np.full(10, 2.0), 0.01, 0.1).size == 0
    assert outliers.grubbs(x[:9], 0.01, 0.1).size == 0


def test_the_table_names_results_of_samples_large_enough_whatever_their_order() -> None:
    values = [1.0, 1.1, 0.9, 1.05, 0.95, 1.02, 0.98, 1.03, 0.97, 90.0, float("nan"), 0.0]
    rows = [("a", f"a{number:02d}", value) for number, value in enumerate(values)]
    rows += [("b", f"b{number}", value) for number, value in enumerate([1.0, 1.0, 1.1, 50.0])]
    for given in (rows, rows[::-1]):
        table = pa.table(
            {
                "result_id": [row[1] for row in given], "site_id": [row[0] for row in given],
                "pollutant_id": ["p"] * len(given), "period": ["2025"] * len(given),
                "averaging_time": ["1h"] * len(given),
                "value": pa.array([row[2] for row in given], pa.float64()),
            }
        )  # fmt: skip
        assert outliers.find_outliers(table, PARAMETERS).to_pylist() == [{"result_id": "a09", "n": 10}]
    assert outliers.find_outliers(table.slice(0, 0), PARAMETERS).num_rows == 0
