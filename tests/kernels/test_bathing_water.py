"""Percentiles and classes of 2006/7/EC by hand and against the quantiles of a log-normal."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from ehpilot.kernels.bathing_water import Percentiles, measure, microbe_class, percentiles, worse_class


def test_percentiles_by_hand() -> None:
    """log10 of 10, 100, 1000 are 1, 2, 3: µ 2, σ 1; Annex II: 10^(2 + 1.65) and 10^(2 + 1.282)."""
    found = percentiles([10, 100, 1000], [np.nan] * 3)
    assert found.count == 3 and found.p95 == pytest.approx(10**3.65) and found.p90 == pytest.approx(10**3.282)


def test_a_result_below_the_limit_counts_as_the_limit_and_a_zero_has_one() -> None:
    found = percentiles([np.nan, 100, 1000, 0, np.nan], [10, 1, 1, np.nan, np.nan])
    assert found == percentiles([10, 100, 1000], [np.nan] * 3)


def test_the_percentiles_are_about_those_of_the_distribution() -> None:
    sample = 10 ** np.random.default_rng(1).normal(1.2, 0.4, 200_000)
    found = percentiles(sample, np.full(sample.size, np.nan))
    assert [found.p95, found.p90] == pytest.approx(np.quantile(sample, [0.95, 0.90]), rel=0.02)


@pytest.mark.parametrize(
    ("p95", "p90", "expected"),
    [(100, 80, "excellent"), (100.1, 80, "good"), (200, 150, "good"), (201, 185, "sufficient"), (201, 186, "poor")],
)
def test_classes_of_enterococci(p95: float, p90: float, expected: str) -> None:
    assert microbe_class(Percentiles(16, p95, p90), 100, 200, 185, 16) == expected


def test_fewer_than_sixteen_samples_have_no_class() -> None:
    assert microbe_class(Percentiles(15, 10, 10), 100, 200, 185, 16) == ""
    assert percentiles([5.0], [np.nan]).count == 1 and np.isnan(percentiles([5.0], [np.nan]).p95)


def test_the_worse_of_the_two_counts() -> None:
    assert (
        worse_class(["excellent", "sufficient"]) == "sufficient"
        and worse_class(["good", ""]) == ""
        and worse_class([]) == ""
    )


RULES = pa.Table.from_pylist(
    [
        {"rule_set": "beach", "fact": fact, "bound_high": bound}
        for fact, bound in (
            ("enterococci_p95", "100"),
            ("enterococci_p95", "200"),
            ("enterococci_p95", None),
            ("enterococci_p90", "185"),
            ("ecoli_p95", "250"),
            ("ecoli_p95", "500"),
            ("ecoli_p90", "500"),
            ("beach_width", "20"),
        )
    ]
)
PARAMETERS = pa.table({"parameter_id": ["beach.minimum_samples"], "value": [4.0]})


def samples(rows: list[tuple]) -> pa.Table:
    """Counts of one beach: year, microbe, value."""
    fields = [
        ("beach_id", pa.string()),
        ("year", pa.int32()),
        ("microbe", pa.string()),
        ("value", pa.float64()),
        ("value_limit", pa.float64()),
    ]
    body = [{"beach_id": "b", "year": y, "microbe": m, "value": v, "value_limit": None} for y, m, v in rows]
    table = pa.Table.from_pylist(body, pa.schema(fields))
    return table.set_column(4, "value_limit", pa.array([np.nan] * len(rows), pa.float64()))


def test_the_season_and_three_before_it_count() -> None:
    rows = [
        (year, microbe, 10.0)
        for year in (2019, 2022, 2024, 2025)
        for microbe in ("enterococci", "ecoli")
        for _ in range(2)
    ]
    found = {(row["year"], row["fact"]): row for row in measure(samples(rows), RULES, PARAMETERS).to_pylist()}
    assert found[2025, "water_sample_count"]["value"] == 6, "2019 is too long ago"
    assert (
        found[2019, "microbe_class"]["value_text"] is None and found[2025, "microbe_class"]["value_text"] == "excellent"
    )
    assert found[2025, "ecoli_p95"]["value"] == pytest.approx(10.0)


def test_no_sample_no_fact() -> None:
    assert measure(samples([]), RULES, PARAMETERS).num_rows == 0
