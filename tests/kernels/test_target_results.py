"""Whether a target is met: the four words, the bound, and Wilson's interval as printed."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from ehpilot.kernels.target_results import lower_bound, results, score_interval_high, score_interval_low


def test_the_four_words() -> None:
    share = [0.40, 0.36, 0.30, np.nan, 0.40]
    bound = lower_bound(share, [0.02, 0.02, 0.02, 0.02, 0.02], [30, 30, 30, 30, 0])
    assert results(share, bound, [0.35] * 5) == ["met", "point_only", "not_met", "not_tested", "not_tested"]


def test_a_point_estimate_on_the_target_does_not_meet_it() -> None:
    assert results([0.35], [0.35], [0.35]) == ["not_met"]


def test_the_bound_by_hand() -> None:
    critical = stats.t.ppf(0.95, 20)
    logit = np.log(0.4 / 0.6) - critical * 0.02 / 0.24
    assert lower_bound([0.4], [0.02], [20]) == pytest.approx([1 / (1 + np.exp(-logit))])
    assert lower_bound([0.0, 1.0], [0.0, 0.0], [20, 20]) == pytest.approx([0.0, 1.0])
    assert (lower_bound([0.01], [0.02], [5]) > 0).all(), "never below zero"


def test_the_level_of_the_test_holds() -> None:
    """H0 true at the target itself: met in at most about 5 % of the surveys."""
    draw = np.random.default_rng(4)
    share = draw.binomial(2000, 0.35, 20_000) / 2000
    bound = lower_bound(share, np.sqrt(share * (1 - share) / 1999), np.full(20_000, 1999.0))
    assert np.mean(np.array(results(share, bound, np.full(20_000, 0.35))) == "met") == pytest.approx(0.05, abs=0.006)


def test_the_score_interval_of_wilson() -> None:
    """81 of 263 (Newcombe, Statistics in Medicine 17, 1998, 857-872, table I, method 3): 0.2553 to 0.3662; 0 of 20: 0
    to 0.1611; 1 of 29: 0.0061 to 0.1718."""
    low, high = (
        score_interval_low([81, 0, 1, 5], [263, 20, 29, 0]),
        score_interval_high([81, 0, 1, 5], [263, 20, 29, 0]),
    )
    assert low[:3] == pytest.approx([0.2553, 0.0, 0.0061], abs=5e-5) and high[:3] == pytest.approx(
        [0.3662, 0.1611, 0.1718], abs=5e-5
    )
    assert np.isnan(low[3]) and np.isnan(high[3])


def test_impossible_counts_have_no_interval() -> None:
    for end in (score_interval_low, score_interval_high):
        assert np.isnan(end([5, -1, 1, np.nan], [2, 4, np.nan, 4])).all()
