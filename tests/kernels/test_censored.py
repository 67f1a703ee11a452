"""Means with non-detects against published figures, other libraries' figures and laws.

Oahu: 24 arsenic concentrations of urban streams (µg/L), Helsel (2012), Statistics for Censored Environmental Data,
table 1 of the package NADA; its vignette gives Kaplan–Meier 0.949 (sd 0.807, median 0.70), ROS 0.972 (sd 0.718), MLE
0.945 (sd 0.656).
"""

from __future__ import annotations

import json
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from ehpilot.kernels import censored, censored_fit

OAHU = np.array([0.5, 0.5, 0.5, 0.6, 0.7, 0.7, 0.9, 1.5, 1.7, 2.8, 3.2, 0.9] + [1.0] * 4 + [2.0] * 8)
OAHU_DETECTED = np.array([True] * 11 + [False] * 13)
ORACLES = json.loads((Path(__file__).parent / "data" / "censored_oracles.json").read_text(encoding="utf-8"))
RULE = censored.ChoiceRule(0.15, 0.5, 0.8, 4, 50, 0.05)


@st.composite
def samples(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """A sample of 4 to 30 with two distinct detects at least."""
    n = draw(st.integers(4, 30))
    values = draw(st.lists(st.floats(0.01, 1000, allow_nan=False), min_size=n, max_size=n))
    detected = draw(st.lists(st.booleans(), min_size=n, max_size=n))
    x, is_detect = np.round(np.array(values), 3), np.array(detected)
    x[:2], is_detect[:2] = (1.0, 2.5), True
    return x, is_detect


def test_oahu_as_published() -> None:
    km = censored.kaplan_meier(OAHU, OAHU_DETECTED)
    assert km is not None
    assert round(km.mean, 3) == 0.949
    assert round(km.standard_error * np.sqrt(24), 3) == 0.807
    assert km.quantile(0.5) == 0.7
    ros = censored.ros(OAHU, OAHU_DETECTED)
    assert (round(ros.mean, 3), round(ros.standard_error * np.sqrt(24), 3)) == (0.972, 0.718)
    fit = censored_fit.fit_lognormal(OAHU, OAHU_DETECTED, [0])
    assert round(float(fit.mean[0]), 3) == 0.945
    assert round(float(fit.mean[0] * np.sqrt(np.expm1(fit.sigma[0] ** 2))), 3) == 0.656


def test_manganese_of_epas_unified_guidance() -> None:
    """Manganese at five background wells (ppb), EPA 530/R-09-007 (2009), example 15-1; means as the help of the package
    EnvStats (elnormAltCensored, enparCensored) prints them. Three non-detects below 5 and below 2 each."""
    x = [5, 5, 5, 2, 2, 2, 6.3, 17.9, 12.1, 7.7, 5.3, 11.9, 22.7, 16.9, 53.6, 12.6, 10, 3.3, 21.6, 9.5, 106.3, 8.4,
         45.9, 34.5, 77.2]  # fmt: skip
    detected = [False] * 6 + [True] * 19
    for values, mean in ((x, 19.867), (np.log(x), 2.309289)):
        km = censored.kaplan_meier(values, detected)
        assert km is not None and km.mean == pytest.approx(mean, abs=6e-7)
    fit = censored_fit.fit_lognormal(x, detected)
    assert fit.mean == pytest.approx([23.003987], abs=1e-5)
    assert np.sqrt(np.expm1(fit.sigma**2)) == pytest.approx([2.300772], abs=1e-6)
    ros = censored.ros(x, detected)
    assert ros.mean == pytest.approx(19.827673, abs=6e-7)
    assert ros.standard_error * 5 / ros.mean == pytest.approx(1.304725, abs=6e-7), "its coefficient of variation"


@pytest.mark.parametrize("case", ORACLES["cases"], ids=lambda case: case["name"])
def test_other_libraries_say_the_same(case: dict[str, list[float]]) -> None:
    """Figures of lifelines (restricted mean of the flipped sample) and statsmodels.imputation.ros; see the data's
    head."""
    x, is_detect = np.array(case["values"]), np.array(case["detected"])
    km = censored.kaplan_meier(x, is_detect)
    assert km is not None and km.mean == pytest.approx(case["lifelines_mean"], rel=1e-9)
    assert censored.ros(x, is_detect).mean == pytest.approx(case["statsmodels_mean"], rel=1e-9)


def test_kaplan_meier_by_hand() -> None:
    """<1, 2, 3: F = 1, 2/3, 1/3 at and below 3, 2; the third below 2 lies at 1: mean 3/3 + 2/3 + 1/3 = 2."""
    km = censored.kaplan_meier([1, 2, 3], [False, True, True])
    assert km is not None
    assert km.mean == pytest.approx(2.0)
    assert np.isnan(km.quantile(0.2)) and km.quantile(0.5) == 2.0
    assert censored.kaplan_meier([1, 2], [False, False]) is None


def test_a_batch_of_fits_is_scipys_one_by_one() -> None:
    """SciPy's CensoredData with a tightened optimiser is the oracle; our fit is at least as likely."""
    rng = np.random.default_rng(20260301)
    parts = []
    for n in (4, 7, 12, 30, 80):
        x, limit = np.exp(rng.normal(1.0, 1.2, n)), np.exp(rng.normal(0.5, 0.8, n))
        is_detect = x > limit
        is_detect[:2] = True
        parts.append((np.where(is_detect, x, limit), is_detect))
    starts = np.cumsum([0, *(part[0].size for part in parts)])[:-1]
    fit = censored_fit.fit_lognormal(
        np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts]), starts
    )
    for place, (x, is_detect) in enumerate(parts):
        data = stats.CensoredData(uncensored=np.log(x[is_detect]), left=np.log(x[~is_detect]))
        tight = lambda f, start, **rest: __import__("scipy.optimize").optimize.fmin(  # noqa: E731
            f, start, xtol=1e-12, ftol=1e-12, maxiter=5000, maxfun=5000, disp=False, args=rest.get("args", ())
        )
        mu, sigma = stats.norm.fit(data, optimizer=tight)
        assert fit.mu[place] == pytest.approx(mu, abs=1e-6)
        assert fit.sigma[place] == pytest.approx(sigma, rel=1e-6)
        alone = censored_fit.fit_lognormal(x, is_detect, [0])
        assert alone.mean[0] == fit.mean[place], "a fit does not depend on its neighbours"


def test_a_fit_needs_two_distinct_detects_and_no_zero() -> None:
    fit = censored_fit.fit_lognormal(
        [1, 2, 2, 2, 1, 0, 3, 5], [False, True, True, True, True, True, True, True], [0, 4, 6]
    )
    assert np.isnan(fit.mean[:2]).all() and not np.isnan(fit.mean[2])


def test_without_non_detects_the_fit_is_the_sample_moment() -> None:
    x = np.array([1.0, 2.0, 4.0, 9.0])
    fit = censored_fit.fit_lognormal(x, np.ones(4, dtype=bool), [0])
    assert fit.mu[0] == pytest.approx(np.log(x).mean()) and fit.sigma[0] == pytest.approx(np.log(x).std())


def test_25_000_fits_take_less_than_a_minute() -> None:
    rng = np.random.default_rng(1)
    x, limit = np.exp(rng.normal(0, 1, (25_000, 20))), np.exp(rng.normal(-0.3, 0.5, (25_000, 20)))
    began = time.perf_counter()
    censored_fit.fit_lognormal(np.maximum(x, limit).ravel(), (x > limit).ravel(), np.arange(25_000) * 20)
    assert time.perf_counter() - began < 60


@settings(max_examples=60, deadline=None)
@given(samples(), st.floats(0.001, 1000))
def test_a_change_of_unit_changes_the_mean_by_its_factor(sample: tuple[np.ndarray, np.ndarray], factor: float) -> None:
    x, is_detect = sample
    for before, after in zip(_all_means(x, is_detect), _all_means(x * factor, is_detect), strict=True):
        assert after == pytest.approx(before * factor, rel=1e-6, nan_ok=True)


@settings(max_examples=60, deadline=None)
@given(samples(), st.randoms(use_true_random=False))
def test_the_order_of_a_sample_says_nothing(sample: tuple[np.ndarray, np.ndarray], random: object) -> None:
    x, is_detect = sample
    order = np.arange(x.size)
    random.shuffle(order)  # type: ignore[attr-defined]
    assert _all_means(x[order], is_detect[order])[:3] == pytest.approx(_all_means(x, is_detect)[:3], rel=1e-13)


@settings(max_examples=60, deadline=None)
@given(samples())
def test_half_limit_and_kaplan_meier_lie_between_the_bounds(sample: tuple[np.ndarray, np.ndarray]) -> None:
    low, high = censored.bounds(*sample)
    half, km, *_ = _all_means(*sample)
    assert low <= half * (1 + 1e-12) and half <= high * (1 + 1e-12)
    assert low <= km * (1 + 1e-12)


def _all_means(x: np.ndarray, is_detect: np.ndarray) -> list[float]:
    km = censored.kaplan_meier(x, is_detect)
    fit = censored_fit.fit_lognormal(x, is_detect, [0])
    return [
        censored.half_limit(x, is_detect).mean, km.mean if km else np.nan, censored.ros(x, is_detect).mean,
        float(fit.mean[0])
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("n", "detects", "p", "method"),
    [
        (10, 0, np.nan, "none"), (10, 10, 0.5, "arithmetic"), (1, 1, np.nan, "arithmetic"), (20, 17, 0.5, "half_limit"),
        (20, 16, 0.5, "kaplan_meier"), (20, 10, 0.001, "kaplan_meier"), (20, 9, 0.5, "ros"), (20, 9, 0.01,
        "kaplan_meier"),
        (60, 20, 0.5, "mle"), (20, 4, 0.5, "ros"), (21, 4, 0.5, "none"), (4, 3, 0.5, "none"), (9, 4, np.nan,
        "kaplan_meier"),
    ],
)  # fmt: skip
def test_the_method_follows_the_rule(n: int, detects: int, p: float, method: str) -> None:
    assert censored.preferred_method(n, detects, p, RULE) == method


def test_all_non_detects_and_one_value_have_a_stated_answer() -> None:
    assert censored.ros([1, 2], [False, False]) == censored.UNKNOWN or np.isnan(
        censored.ros([1, 2], [False, False]).mean
    )
    assert np.isnan(censored.half_limit([1, 2], [False, False]).mean)
    assert censored.bounds([1, 3], [False, False]) == (0.0, 2.0)
    one = censored.arithmetic([4.0])
    assert one.mean == 4.0 and np.isnan(one.standard_error)
    single = censored.kaplan_meier([4.0, 5.0], [True, False])
    assert single is not None and single.mean == 4.0 and np.isnan(single.standard_error)


def test_plotting_positions_keep_the_order_of_the_sample() -> None:
    values, detected = np.array([3.0, 1.0, 2.0, 1.0, 5.0]), np.array([True, False, True, True, False])
    order = np.lexsort((detected, values))
    found = censored.plotting_positions(values, detected)
    assert found[order].tolist() == censored.plotting_positions(values[order], detected[order]).tolist()
    assert found[0] == max(found[detected])


def test_what_has_neither_value_nor_limit_is_left_out() -> None:
    values, detected = np.array([1.0, 2.0, 4.0, np.nan]), np.array([True, True, False, False])
    for method in (censored.half_limit, censored.ros, censored.bounds):
        assert method(values, detected) == method(values[:3], detected[:3])
    whole, known = censored.kaplan_meier(values, detected), censored.kaplan_meier(values[:3], detected[:3])
    assert whole is not None and known is not None and whole.mean == known.mean
    assert np.isnan(censored.bounds([], [])).all()


@pytest.mark.parametrize("detected", [[True], [True, False, True, True], [[True, True, True]]])
def test_a_value_without_its_mark_is_refused(detected: list) -> None:
    for method in (censored.kaplan_meier, censored.ros, censored.half_limit, censored.bounds):
        with pytest.raises(ValueError, match="one mark"):
            method([1.0, 2.0, 3.0], detected)
