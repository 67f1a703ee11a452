"""Percentiles and classes of 2006/7/EC by hand and against the quantiles of a log-normal."""

from __future__ import annotations

import numpy as np
import pytest

from ehpilot.kernels.bathing_water import Percentiles, microbe_class, percentiles, worse_class


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
