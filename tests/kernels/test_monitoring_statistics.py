"""Tables of samples in and out: order, blocks, nothing at all; the figures of one sample stand in test_censored and
test_ucl."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pytest

from ehpilot.kernels import monitoring_statistics as statistics

PARAMETERS = pa.table(
    {
        "parameter_id": [
            f"monitoring.{name}"
            for name in (
                "half_limit_share", "kaplan_meier_share", "regression_share", "least_detects", "least_results_of_mle",
                "test_significance", "ucl_least_results", "gamma_approximate_from", "land_least_results",
                "land_most_log_sd",
                "confidence",
            )
        ],
        "value": [0.15, 0.5, 0.8, 4.0, 50.0, 0.05, 8.0, 50.0, 30.0, 1.0, 0.95],
    }
)  # fmt: skip


def results(rows: list[tuple[str, float | None, float | None]]) -> pa.Table:
    value = pa.array([np.nan if row[1] is None else row[1] for row in rows], pa.float64())
    limit = pa.array([np.nan if row[2] is None else row[2] for row in rows], pa.float64())
    columns = {"site_id": [row[0] for row in rows], "pollutant_id": ["p"] * len(rows), "period": ["2025"] * len(rows)}
    return pa.table(columns | {"averaging_time": ["1h"] * len(rows), "value": value, "detection_limit": limit})


ROWS = (
    [("a", float(x), None) for x in range(1, 13)]
    + [("b", None, 2.0)] * 3
    + [("c", 3.0, None), ("c", None, None), ("c", 5.0, None), ("c", None, 4.0), ("c", 8.0, None), ("c", 9.0, None)]
)


def test_samples_come_by_key_with_their_statistics() -> None:
    found = statistics.summarise(results(ROWS), PARAMETERS).to_pylist()
    assert [(row["site_id"], row["n"], row["n_detected"], row["statistic_method"],
    row["ucl_method"]) for row in found] == [
        ("a", 12, 12, "arithmetic", "student_t"), ("b", 3, 0, "none", "none"), ("c", 6, 4, "kaplan_meier",
        "max_detect"),
    ]  # fmt: skip
    assert (found[0]["mean"], found[0]["p50"], found[0]["min"], found[0]["max"]) == (6.5, 6.5, 1.0, 12.0)
    assert found[0]["ucl95"] == pytest.approx(6.5 + 1.7958848187036691 * np.sqrt(13 / 12))
    assert (found[1]["mean_low"], found[1]["mean_high"]) == (0.0, 2.0) and np.isnan(found[1]["mean"])
    assert np.isnan(found[2]["mean_high"]), "a non-detect without a limit has no upper bound"


def test_every_sample_has_every_method_and_one_that_counts() -> None:
    found = statistics.estimate_means(results(ROWS), PARAMETERS).to_pylist()
    for site in "abc":
        rows = [row for row in found if row["site_id"] == site]
        assert {row["method"] for row in rows} - {"none"} == set(statistics.METHODS)
        assert sum(row["is_preferred"] for row in rows) == 1
    assert [row["method"] for row in found if row["is_preferred"]] == ["arithmetic", "none", "kaplan_meier"]


@pytest.mark.parametrize("table", [statistics.estimate_means, statistics.summarise])
def test_order_and_blocks_say_nothing(table: Callable[[pa.Table, pa.Table], pa.Table]) -> None:
    whole = table(results(ROWS), PARAMETERS).to_pylist()
    assert repr(table(results(ROWS[::-1]), PARAMETERS).to_pylist()) == repr(whole), "NaN is no number equal to itself"
    parts = [table(results([row for row in ROWS if row[0] == site]), PARAMETERS) for site in "abc"]
    assert repr(pa.concat_tables(parts).to_pylist()) == repr(whole)


def test_no_result_gives_no_row() -> None:
    assert statistics.summarise(results([]), PARAMETERS).num_rows == 0
    assert statistics.estimate_means(results([]), PARAMETERS).num_rows == 0
