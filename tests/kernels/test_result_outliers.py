"""Which results of a sample are flagged, as a table in and out."""

from __future__ import annotations

import pyarrow as pa

from ehpilot.kernels.result_outliers import find_outliers

PARAMETERS = pa.table(
    {
        "parameter_id": [f"monitoring.outlier_{name}" for name in ("least_results", "most_share")],
        "value": [8.0, 0.1],
    }
)


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
        assert find_outliers(table, PARAMETERS).to_pylist() == [{"result_id": "a09", "n": 10}]
    assert find_outliers(table.slice(0, 0), PARAMETERS).num_rows == 0
