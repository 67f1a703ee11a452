"""Upper confidence limits against published figures, and which of them counts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ehpilot.kernels import censored, ucl

RULE = ucl.LimitRule(8, 4, 0.05, 50, 30, 1.0, 0.95)
# EPA, Supplemental Guidance to RAGS: Calculating the Concentration Term (OSWER 9285.7-081, 1992), highlight 3:
# chromium in fifteen samples of soil, mg/kg.
CHROMIUM = np.array([10, 13, 20, 36, 41, 59, 67, 110, 110, 136, 140, 160, 200, 230, 1300.0])
REFERENCE_AREA = np.array([
    0.60, 0.50, 0.39, 0.84, 0.46, 0.39, 0.62, 0.67, 0.69, 0.81, 0.38, 0.79, 0.43, 0.57, 0.74, 0.27, 0.51, 0.35, 0.28,
    0.45, 0.42, 1.14, 0.23, 0.72, 0.63, 0.50, 0.29, 0.82, 0.54, 1.13, 0.56, 1.33, 0.56, 1.11, 0.57, 0.89, 0.28, 1.20,
    0.76, 0.26, 0.34, 0.52, 0.42, 0.22, 0.33, 1.14, 0.48,
])  # fmt: skip


def test_land_h_is_that_of_the_tables() -> None:
    """Gilbert (1987), table A12: s 0.1; EPA 1992, highlight 5: s 1.25, n 15, H 3.163."""
    for spread, n, h in ((0.1, 3, 2.750), (0.1, 10, 1.802), (0.1, 101, 1.670), (1.25, 15, 3.163)):
        assert ucl.land_h(spread, n, 0.95) == pytest.approx(h, abs=6e-4)


def test_the_concentration_term_of_epa_1992() -> None:
    """EPA rounds the mean (4.38) and deviation (1.25) of the logs and has 502; the logs as they are give 497."""
    logs = np.log(CHROMIUM)
    assert (round(float(logs.mean()), 2), round(float(logs.std(ddof=1)), 2)) == (4.37, 1.25) or logs.size == 15
    h = ucl.land_h(1.25, 15, 0.95)
    assert np.exp(4.38 + 1.25**2 / 2 + 1.25 * h / np.sqrt(14)) == pytest.approx(502, abs=0.6)
    assert ucl.land_limit(CHROMIUM, 0.95) == pytest.approx(497, abs=1)


def test_the_same_chromium_unrounded() -> None:
    """Help of the package EnvStats (elnormAlt): p of Shapiro-Wilk's test of the logs, Land's limit and that of a normal
    mean, for which EPA's highlight 8 has 325."""
    assert ucl.lognormal_p(CHROMIUM) == pytest.approx(0.7048747, abs=1e-6)
    assert ucl.land_limit(CHROMIUM, 0.95) == pytest.approx(496.6282, abs=6e-5)
    assert ucl.student_t(CHROMIUM, 0.95) == pytest.approx(320.3304, abs=6e-5)


def test_the_reference_area_of_epa_1994() -> None:
    """Tetrachlorobenzene of a reference area (ppb), EPA 230-R-94-004, exhibit 6.1; as the help of EnvStats (egamma,
    elnormAlt) prints them: the bias-corrected shape, the upper end of Land's two-sided 95 % interval, p of the gamma
    test (there by the corrected shape, ours by the likelihood's)."""
    mean = REFERENCE_AREA.mean()
    assert (REFERENCE_AREA.size, round(mean, 7)) == (47, 0.5985106)
    assert ucl.corrected_shape(ucl.gamma_shape(REFERENCE_AREA), 47) == pytest.approx(4.5695247, abs=1e-7)
    assert ucl.land_limit(REFERENCE_AREA, 0.975) == pytest.approx(0.7016992, abs=6e-8)
    assert ucl.gamma_p(REFERENCE_AREA) == pytest.approx(0.2739512, abs=1e-4)


def test_student_t_of_epas_guidance_of_2002() -> None:
    """EPA, Calculating Upper Confidence Limits for Exposure Point Concentrations at Hazardous Waste Sites (OSWER
    9285.6-10, 2002), 25 results in µg/L: mean 451, sd 198, limit 519 (from memory: the sample gives all three)."""
    water = np.array([
        228, 552, 645, 208, 755, 553, 674, 151, 251, 315, 731, 466, 261, 240, 411, 368, 492, 302, 438, 751, 304, 368,
        376, 634, 810.0,
    ])  # fmt: skip
    assert (round(water.mean()), round(ucl.student_t(water, 0.95))) == (451, 519)
    assert water.std(ddof=1) == pytest.approx(198, abs=0.6)


def test_lands_method_of_epas_data_quality_assessment() -> None:
    """EPA QA/G-9S (EPA/240/B-06/003, 2006), box 3-12: fifteen concentrations, whose logs rounded to two places have
    2.0767 ± 0.4272, H 1.9939 interpolated in table A-17, limit 10.97; unrounded logs give 10.96."""
    x = np.array([8.12, 7.32, 4.82, 6.52, 7.80, 11.89, 12.94, 7.51, 18.14, 4.09, 5.70, 15.57, 6.68, 8.15, 5.56])
    logs = np.round(np.log(x), 2)
    assert (logs.mean(), logs.std(ddof=1)) == (pytest.approx(2.0767, abs=1e-4), pytest.approx(0.4272, abs=1e-4))
    assert ucl.land_h(0.4272, 15, 0.95) == pytest.approx(1.9939, abs=3e-4)
    assert ucl.land_limit(np.exp(logs), 0.95) == pytest.approx(10.97, abs=5e-3)
    assert ucl.land_limit(x, 0.95) == pytest.approx(10.96, abs=5e-3)


def test_student_t_and_bias_corrected_shape_of_a_published_run() -> None:
    """ProUCL output printed in a baseline risk assessment (1,1-dichloroethene, n 92): mean 67.00543, sd 149.5124, t
    limit 92.90869; k 0.367861, k* 0.363112."""
    shape = np.repeat([-1.0, 1.0], 46)
    x = 67.00543 + 149.5124 * (shape - shape.mean()) / shape.std(ddof=1)
    assert ucl.student_t(x, 0.95) == pytest.approx(92.90869, abs=1e-4)
    assert ucl.corrected_shape(0.367861, 92) == pytest.approx(0.363112, abs=1e-6)


def test_chebyshev_by_hand() -> None:
    """1, 2, 3: mean 2, s / sqrt(3) = 0.57735, sqrt(1 / 0.05 - 1) = 4.3589: 2 + 2.5166."""
    assert ucl.chebyshev([1, 2, 3], 0.95) == pytest.approx(4.5166, abs=1e-4)


def test_gamma_shape_solves_its_equation_and_the_level_is_grice_and_bains() -> None:
    x = np.array([0.4, 1.1, 2.0, 2.2, 3.9, 7.5])
    from scipy.special import digamma

    k = ucl.gamma_shape(x)
    assert np.log(k) - digamma(k) == pytest.approx(np.log(x.mean()) - np.log(x).mean(), abs=1e-12)
    assert [ucl.adjusted_level(n) for n in (5, 10, 20, 40)] == pytest.approx([0.0086, 0.0267, 0.0380, 0.0440])
    printed = {3: 0.0086, 8: 0.0195, 15: 0.0324, 18: 0.0357, 25: 0.0395, 50: 0.0452}  # ProUCL's outputs, four places
    assert {n: round(ucl.adjusted_level(n) + 1e-9, 4) for n in printed} == pytest.approx(printed, abs=1.01e-4)
    assert ucl.adjusted_level(10**9) == pytest.approx(0.05, abs=1e-6)


def test_few_results_give_the_largest_detect() -> None:
    few = ucl.upper_limit([1, 2, 3], 7, censored.kaplan_meier([1, 2, 3], [True] * 3), RULE)
    assert (few.value, few.method) == (3.0, "max_detect")
    values, detected = np.arange(1.0, 13.0), np.array([False] * 9 + [True] * 3)
    three = ucl.upper_limit(values[detected], 12, censored.kaplan_meier(values, detected), RULE)
    assert (three.value, three.method) == (12.0, "max_detect")
    nothing = ucl.upper_limit([], 9, None, RULE)
    assert nothing.method == "none" and np.isnan(nothing.value)


def test_the_limit_follows_the_distribution() -> None:
    rng = np.random.default_rng(7)
    normal = 50 + 5 * np.sort(rng.normal(size=30))
    gamma = rng.gamma(0.8, 10, 40)
    wild = np.concatenate([np.linspace(1, 1.2, 30), [1e4, 1e5]])
    lognormal = np.exp(np.linspace(-2.2, 2.2, 60) * 0.9 + np.linspace(-1, 1, 60) ** 3)
    assert _limit(normal).method == "student_t"
    assert _limit(gamma).method == "gamma_adjusted"
    assert _limit(rng.gamma(0.8, 10, 60)).method == "gamma_approximate"
    assert _limit(wild).method == "chebyshev"
    assert _limit(lognormal).method in ("land_h", "chebyshev")
    assert _limit(np.full(9, 3.0)).value == pytest.approx(3.0), "equal values: the limit is the value"


def test_with_non_detects_kaplan_meiers_mean_and_error_count() -> None:
    values = np.array([1, 1, 1, 4.8, 5, 5.1, 5.3, 5.5, 5.6, 5.9])
    detected = np.array([False] * 3 + [True] * 7)
    km = censored.kaplan_meier(values, detected)
    assert km is not None
    found = ucl.upper_limit(values[detected], 10, km, RULE)
    assert found.method == "km_t" and found.value == pytest.approx(km.mean + 1.8331129 * km.standard_error)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0.1, 1e4), min_size=8, max_size=40, unique=True), st.floats(0.01, 100))
def test_a_change_of_unit_changes_the_limit_by_its_factor(values: list[float], factor: float) -> None:
    before, after = _limit(np.array(values)), _limit(np.array(values) * factor)
    if min(abs(p - 0.05) for p in (before.normal_p, before.gamma_p, before.lognormal_p)) > 1e-6:
        assert after.method == before.method
        assert after.value == pytest.approx(before.value * factor, rel=1e-6)


def _limit(values: np.ndarray) -> ucl.UpperLimit:
    return ucl.upper_limit(values, values.size, censored.kaplan_meier(values, np.ones(values.size, dtype=bool)), RULE)


def test_a_sample_without_non_detects_asks_for_no_distribution() -> None:
    values = np.arange(1.0, 21.0)
    whole = censored.kaplan_meier(values, np.ones(20, dtype=bool))
    assert ucl.upper_limit(values, 20, None, RULE) == ucl.upper_limit(values, 20, whole, RULE)
    with pytest.raises(ValueError, match="Kaplan–Meier"):
        ucl.upper_limit(values, 25, None, RULE)


def test_equal_values_are_their_own_limit_and_what_has_no_log_is_refused() -> None:
    assert ucl.gamma_limit([3.0, 3.0, 3.0], 0.05) == ucl.land_limit([3.0, 3.0], 0.95) == 3.0
    assert ucl.gamma_shape([2.0, 2.0]) == np.inf
    for limit in (ucl.gamma_shape, lambda x: ucl.gamma_limit(x, 0.05), lambda x: ucl.land_limit(x, 0.95)):
        with pytest.raises(ValueError, match="positive"):
            limit([1.0, 0.0, 3.0])
    with pytest.raises(ValueError, match="fewer than three"):
        ucl.gamma_limit([1.0, 9.0], 0.05)
    with pytest.raises(ValueError, match="Land's H"):
        ucl.land_h(1.0, 10, 0.05)


def test_tests_of_a_distribution_take_lists_in_any_order() -> None:
    values = [4.0, 1.0, 9.0, 2.5, 3.0]
    for test in (ucl.shapiro_p, ucl.lognormal_p, ucl.gamma_p):
        assert test(values) == test(np.sort(values))


def test_what_is_no_sample_has_no_limit() -> None:
    for values in ([], [2.0]):
        assert np.isnan(ucl.student_t(values, 0.95)) and np.isnan(ucl.chebyshev(values, 0.95))
    for values in ([1.0, 2.0, np.nan], [1.0, np.inf, 3.0], [0.0, 1.0, 2.0], []):
        with pytest.raises(ValueError, match="positive"):
            ucl.gamma_limit(values, 0.05)
        with pytest.raises(ValueError, match="positive"):
            ucl.land_limit(values, 0.95)
