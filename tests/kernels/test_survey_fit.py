"""Goodness of fit of a sample to its population: Pearson's statistic by hand, the correction for the design."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from ehpilot.kernels import survey
from ehpilot.kernels.survey_fit import goodness_of_fit


def simple(labels: list[str]) -> survey.Design:
    """Simple random sample: every person a cluster of its own."""
    n = len(labels)
    return survey.make_design(np.ones(n), np.zeros(n), np.arange(n))


def test_a_simple_sample_is_pearsons_test_but_for_the_estimated_variance() -> None:
    """60, 25, 15 of 100 against 50, 30, 20 percent: X² = 2 + 25/30 + 25/20 = 4.0833."""
    labels = ["a"] * 60 + ["b"] * 25 + ["c"] * 15
    found = goodness_of_fit(simple(labels), labels, {"a": 50.0, "b": 30.0, "c": 20.0})
    effect = 100 / 99 * (0.6 * 0.4 / 0.5 + 0.25 * 0.75 / 0.3 + 0.15 * 0.85 / 0.2) / 2
    assert found.statistic == pytest.approx(4.083333 / effect, rel=1e-6)
    assert found.p_value == pytest.approx(stats.chi2.sf(4.083333 / effect, 2), rel=1e-5)
    assert found.persons.tolist() == [60, 25, 15] and found.degrees_of_freedom == 2


def test_clusters_of_equals_prove_less() -> None:
    """The same shares in whole clusters of five: the statistic is about a fifth."""
    labels = ["a"] * 60 + ["b"] * 40
    alone = goodness_of_fit(simple(labels), labels, {"a": 1.0, "b": 1.0})
    clusters = survey.make_design(np.ones(100), np.zeros(100), np.arange(100) // 5)
    together = goodness_of_fit(clusters, labels, {"a": 1.0, "b": 1.0})
    assert together.statistic == pytest.approx(alone.statistic / 5, rel=0.05)
    assert together.p_value > alone.p_value


def test_a_perfect_fit_an_unknown_category_and_an_empty_cell() -> None:
    labels = ["a", "b"] * 20 + [""]
    perfect = goodness_of_fit(simple(labels), labels, {"a": 3.0, "b": 3.0})
    assert perfect.statistic == pytest.approx(0.0, abs=1e-12) and perfect.p_value == 1.0
    empty = goodness_of_fit(simple(labels), labels, {"a": 1.0, "b": 1.0, "c": 1.0})
    assert empty.persons.tolist() == [20, 20, 0] and empty.share[2] == 0 and empty.p_value < 0.001


def test_one_category_or_one_cluster_is_no_test() -> None:
    assert np.isnan(goodness_of_fit(simple(["a", "a"]), ["a", "a"], {"a": 1.0}).p_value)
    alone = survey.make_design(np.ones(4), np.zeros(4), np.zeros(4))
    assert np.isnan(goodness_of_fit(alone, ["a", "b", "b", "b"], {"a": 1.0, "b": 1.0}).p_value)
