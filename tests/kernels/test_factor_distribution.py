"""The three distributions against scipy's fits, unit invariance, and speed in groups."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from ehpilot.kernels.factor_distribution import NAMES, compare


def test_likelihoods_agree_with_scipy() -> None:
    draw = np.random.default_rng(3)
    samples = [draw.lognormal(0.2, 0.8, 25), draw.gamma(2.0, 3.0, 40), draw.weibull(1.7, 30) * 5.0]
    group = np.repeat([0, 1, 2], [25, 40, 30])
    found = compare(np.concatenate(samples), group, 3)
    for number, x in enumerate(samples):
        penalty = 4 + 12 / (x.size - 3)
        fits = [
            stats.lognorm.logpdf(x, *stats.lognorm.fit(x, floc=0)).sum(),
            stats.gamma.logpdf(x, *stats.gamma.fit(x, floc=0)).sum(),
            stats.weibull_min.logpdf(x, *stats.weibull_min.fit(x, floc=0)).sum(),
        ]
        assert found.aicc[number] == pytest.approx(penalty - 2 * np.array(fits), rel=1e-5)
        assert found.best[number] == NAMES[int(np.argmin(penalty - 2 * np.array(fits)))]


def test_a_large_sample_finds_its_own_kind() -> None:
    draw = np.random.default_rng(4)
    x = np.concatenate([draw.lognormal(0, 1, 3000), draw.gamma(0.7, 1, 3000), draw.weibull(3.0, 3000)])
    assert compare(x, np.repeat([0, 1, 2], 3000), 3).best == ["lognormal", "gamma", "weibull"]


def test_the_choice_does_not_depend_on_the_unit_and_small_samples_have_none() -> None:
    x = np.random.default_rng(5).gamma(2.0, 1.0, 12)
    one, two = compare(x, np.zeros(12, int), 1), compare(x * 1e4, np.zeros(12, int), 1)
    assert one.best == two.best
    assert two.aicc - one.aicc == pytest.approx(np.full((1, 3), 2 * 12 * np.log(1e4)), rel=1e-9)
    few = compare([1.0, 2.0, 3.0, 5.0, 5.0, 5.0, 5.0], [0, 0, 0, 1, 1, 1, 1], 2)
    assert few.best == ["", ""] and np.isnan(few.aicc).all(), "three values, and four that do not differ"


def test_the_ball_bearings() -> None:
    """Lieblein and Zelen 1956, millions of revolutions to failure of 23 ball bearings (Lawless, Statistical Models and
    Methods for Lifetime Data, 1982): largest ln L -113.13 log-normal, -113.03 gamma, -113.69 Weibull."""
    x = [
        17.88, 28.92, 33.00, 41.52, 42.12, 45.60, 48.40, 51.84, 51.96, 54.12, 55.56, 67.80, 68.64, 68.64, 68.88, 84.12,
        93.12, 98.64, 105.12, 105.84, 127.92, 128.04, 173.40,
    ]  # fmt: skip
    found = compare(x, [0] * 23, 1)
    assert (4 + 12 / 20 - found.aicc[0]) / 2 == pytest.approx([-113.13, -113.03, -113.69], abs=6e-3)
    assert found.best == ["gamma"]
