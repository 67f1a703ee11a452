"""Random effects against published meta-analyses and R's metafor, the interval's coverage, the pooling test."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from ehpilot.kernels.plant_effects import pooling_test, random_effects, tau_squared_dl, tau_squared_reml

# Colditz et al., JAMA 271 (1994) 698-702, thirteen trials of the BCG vaccine: cases and others, vaccinated and control
BCG = np.array(
    [
        [4, 119, 11, 128], [6, 300, 29, 274], [3, 228, 11, 209], [62, 13536, 248, 12619], [33, 5036, 47, 5761],
        [180, 1361, 372, 1079], [8, 2537, 10, 619], [505, 87886, 499, 87892], [29, 7470, 45, 7232],
        [17, 1699, 65, 1600], [186, 50448, 141, 27197], [5, 2493, 3, 2338], [27, 16886, 29, 17825],
    ],
    float,
)  # fmt: skip
# Raudenbush and Bryk (1985), nineteen studies of teacher expectancy; results in Raudenbush, Handbook of Research
# Synthesis, 2nd ed. (2009), table 16.3, as metafor's own tests quote them
EXPECTANCY = np.array(
    [
        [0.03, 0.0156], [0.12, 0.0216], [-0.14, 0.0279], [1.18, 0.1391], [0.26, 0.1362], [-0.06, 0.0106],
        [-0.02, 0.0106], [-0.32, 0.0484], [0.27, 0.0269], [0.80, 0.0630], [0.54, 0.0912], [0.18, 0.0497],
        [-0.02, 0.0835], [0.23, 0.0841], [-0.18, 0.0253], [-0.06, 0.0279], [0.30, 0.0193], [0.07, 0.0088],
        [-0.07, 0.0303],
    ]
)  # fmt: skip


def bcg() -> tuple[np.ndarray, np.ndarray]:
    """Log risk ratios and their variances."""
    cases, others, cases_c, others_c = BCG.T
    n, n_c = cases + others, cases_c + others_c
    return np.log(cases / n / (cases_c / n_c)), 1 / cases - 1 / n + 1 / cases_c - 1 / n_c


def test_tau_of_the_bcg_trials() -> None:
    """metafor's documentation and its comparison with Stata's metan: Q 152.2330, DL τ² 0.3088 and mean -0.7141; REML τ²
    0.3132, mean -0.7145, SE 0.1798."""
    y, v = bcg()
    place = np.zeros(13, int)
    assert tau_squared_dl(y, v, place, 1)[0] == pytest.approx(0.3088, abs=5e-5)
    assert tau_squared_reml(y, v, place, 1)[0] == pytest.approx(0.3132, abs=5e-5)
    dl, reml = (random_effects(y, v, place, 1, method=method) for method in ("dl", "reml"))
    assert dl.q[0] == pytest.approx(152.2330, abs=5e-4) and dl.mean[0] == pytest.approx(-0.7141, abs=5e-5)
    assert [reml.mean[0], reml.standard_error[0]] == pytest.approx([-0.7145, 0.1798], abs=5e-5)


def test_knapp_hartung_of_the_expectancy_studies() -> None:
    """Table 16.3: REML τ² 0.0188, mean 0.0837, interval -0.0457 to 0.2131; DL 0.0259, 0.0893, -0.0442 to 0.2229
    (Knapp-Hartung; the factor is above 1 here, so the modified form is the same)."""
    y, v = EXPECTANCY.T
    for method, expected in (("reml", [0.0188, 0.0837, -0.0457, 0.2131]), ("dl", [0.0259, 0.0893, -0.0442, 0.2229])):
        found = random_effects(y, v, np.zeros(19, int), 1, method=method)
        got = [found.tau_squared[0], found.mean[0], found.low[0], found.high[0]]
        assert got == pytest.approx(expected, abs=6e-5)


def test_a_small_set_as_metafor_has_it() -> None:
    """rma(yi, vi, method = "REML", test = "knha") of metafor under R 4.5.2: τ² 0.0096225743, 0.5114547423, 0.3052465345
    to 0.7176629500."""
    y, v = np.array([0.3, 0.5, 0.7, 0.4, 0.6]), np.array([0.02, 0.03, 0.015, 0.025, 0.02])
    found = random_effects(y, v, np.zeros(5, int), 1)
    # metafor stops its scoring at a change of 1e-5, we go on
    assert found.tau_squared[0] == pytest.approx(0.0096225743, abs=1e-6)
    assert found.mean[0] == pytest.approx(0.5114547423, abs=1e-5)
    narrow = stats.t.ppf(0.975, 4) * 0.0742705870
    assert 0.5114547423 - narrow == pytest.approx(0.3052465345, abs=1e-8)
    # the standard error of Knapp and Hartung is below the plain one here: the modified form keeps the plain one
    assert found.standard_error[0] > 0.0742705870
    wide = stats.t.ppf(0.975, 4) * found.standard_error[0]
    assert [found.low[0], found.high[0]] == pytest.approx([found.mean[0] - wide, found.mean[0] + wide], abs=1e-9)


def test_many_cells_at_once_are_each_alone() -> None:
    y, v = bcg()
    cell = np.arange(13) % 3
    together = random_effects(y, v, cell, 3)
    for one in range(3):
        alone = random_effects(y[cell == one], v[cell == one], np.zeros((cell == one).sum(), int), 1)
        assert together.tau_squared[one] == pytest.approx(alone.tau_squared[0], abs=1e-9)
        assert together.low[one] == pytest.approx(alone.low[0], abs=1e-8)


def test_one_plant_has_no_interval_and_a_bad_variance_is_refused() -> None:
    found = random_effects([1.0, 2.0, 3.0], [0.1, 0.1, 0.1], [0, 1, 1], 3)
    assert found.mean[0] == 1.0 and np.isnan(found.low[0]) and np.isnan(found.prediction_low[0])
    assert found.plants.tolist() == [1, 2, 0] and np.isnan(found.mean[2])
    with pytest.raises(ValueError, match="above 0"):
        random_effects([1.0, 2.0], [0.1, 0.0], [0, 0], 1)


@pytest.mark.parametrize("plants", [3, 5, 10, 20])
def test_coverage_of_the_modified_interval(plants: int) -> None:
    """Eight quarters a plant, s 0.5 within, τ² 0.6 between; methods.md c5: 0.966 0.951 0.953 0.954 at 3, 5, 10, 20,
    against 0.81-0.93 of the z interval."""
    cells = 6_000
    draw = np.random.default_rng(plants)
    v = np.full(cells * plants, 0.25 / 8)
    y = draw.normal(0.0, np.sqrt(0.6 + v))
    found = random_effects(y, v, np.repeat(np.arange(cells), plants), cells, method="dl")
    covered = np.mean((found.low <= 0) & (found.high >= 0))
    assert 0.93 <= covered <= 0.97
    z = np.mean(np.abs(found.mean) <= 1.96 * found.standard_error)
    assert z < covered


def _cells(plants: int, between: float, seed: int, cells: int = 6_000) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Plant means and their variances (s 0.5, one to fifteen quarters a plant), and the true mean of a further plant of
    each cell; ``between``: share of the variance of the means of eight quarters that lies between plants."""
    draw = np.random.default_rng([seed, plants, int(100 * between)])
    tau = np.sqrt(0.25 / 8 * between / (1 - between))
    v = 0.25 / draw.integers(1, 16, cells * plants)
    return draw.normal(0.0, np.sqrt(tau**2 + v)), v, draw.normal(0.0, tau, cells)


@pytest.mark.parametrize("plants", [3, 5, 10, 20])
@pytest.mark.parametrize("between", [0.25, 0.5, 0.75, 0.9])
def test_where_plants_hardly_differ_the_interval_is_on_the_safe_side(plants: int, between: float) -> None:
    """What the manual says of it: never short; 99 % and more of three plants that differ little, within 93 to 97 % of
    any number that differ clearly."""
    y, v, _ = _cells(plants, between, 3)
    found = random_effects(y, v, np.repeat(np.arange(6_000), plants), 6_000)
    covered = np.mean((found.low <= 0) & (found.high >= 0))
    assert covered >= 0.94
    if between >= 0.9:
        assert covered <= 0.975
    elif plants == 3:
        assert covered >= 0.98


@pytest.mark.parametrize("plants", [3, 5, 10, 20])
@pytest.mark.parametrize("between", [0.25, 0.5, 0.75, 0.9])
def test_the_interval_of_a_further_plant_holds_it(plants: int, between: float) -> None:
    """Its true mean, and what it shows in eight quarters. By t_{k-2} √(τ² + SE²) ten plants would hold 86 to 88 % where
    a quarter to a half of the variance lies between them."""
    y, v, further = _cells(plants, between, 4)
    cell = np.repeat(np.arange(6_000), plants)
    found = random_effects(y, v, cell, 6_000)
    shown = further + np.random.default_rng(9).normal(0.0, 0.5 / np.sqrt(8), 6_000)
    assert np.mean((found.prediction_low <= further) & (further <= found.prediction_high)) >= 0.94
    assert 0.94 <= np.mean((found.prediction_low <= shown) & (shown <= found.prediction_high)) <= 0.995
    if plants == 10 and between <= 0.5:
        short = stats.t.ppf(0.975, 8) * np.sqrt(found.tau_squared + found.standard_error**2)
        assert np.mean(np.abs(further - found.mean) <= short) < 0.9


def test_a_further_plant_by_hand() -> None:
    """Plants measured alike: ȳ ± t_{k-1} s √(1 + 1/k) where they differ more than their errors say."""
    y = np.array([0.2, 0.9, 1.9, 1.0])
    found = random_effects(y, np.full(4, 0.01), np.zeros(4, int), 1)
    half = stats.t.ppf(0.975, 3) * y.std(ddof=1) * np.sqrt(1.25)
    assert [found.prediction_low[0], found.prediction_high[0]] == pytest.approx([1.0 - half, 1.0 + half], rel=1e-6)


def test_pooling_by_hand_and_by_scipy() -> None:
    a, b = np.array([0.1, 0.3, 0.2]), np.array([1.6, 1.9, 1.7])
    p, fold = pooling_test(
        np.concatenate([a, b, a, a, [0.1, 5.0]]),
        list("aaabbb") + list("aaabbb") + list("ab"),
        [0] * 6 + [1] * 6 + [2] * 2,
        3,
    )
    assert p[0] == pytest.approx(stats.f_oneway(a, b).pvalue) and fold[0] == pytest.approx(np.exp(b.mean() - a.mean()))
    assert p[1] == pytest.approx(1.0) and fold[1] == pytest.approx(1.0)
    assert np.isnan(p[2]) and fold[2] == pytest.approx(np.exp(4.9)), "one plant a cell tells no spread"


def test_the_worked_examples_of_borenstein() -> None:
    """Borenstein, Hedges, Higgins and Rothstein, Introduction to Meta-Analysis (2009), chapters 14 and 17: six studies
    of means (Hedges' g) with Q 12.003, T² 0.037, M* 0.358, z interval 0.152 to 0.565, prediction -0.25 to 0.97; six of
    odds ratios with Q 10.551, T² 0.173, M* -0.566, odds ratio 0.568."""
    mean_1, sd_1, n_1, mean_2, sd_2, n_2 = np.array(
        [
            [94, 22, 60, 92, 20, 60], [98, 21, 65, 92, 22, 65], [98, 28, 40, 88, 26, 40],
            [94, 19, 200, 82, 17, 200], [98, 21, 50, 88, 22, 45], [96, 21, 85, 92, 22, 85],
        ],
        float,
    ).T  # fmt: skip
    freedom = n_1 + n_2 - 2
    d = (mean_1 - mean_2) / np.sqrt(((n_1 - 1) * sd_1**2 + (n_2 - 1) * sd_2**2) / freedom)
    shrink = 1 - 3 / (4 * freedom - 1)
    v = shrink**2 * ((n_1 + n_2) / (n_1 * n_2) + d**2 / (2 * (n_1 + n_2)))
    found = random_effects(shrink * d, v, np.zeros(6, int), 1, method="dl")
    assert (found.q[0], found.tau_squared[0]) == (pytest.approx(12.003, abs=5e-4), pytest.approx(0.037, abs=5e-4))
    assert found.mean[0] + np.array([-1.96, 0, 1.96]) * found.standard_error[0] == pytest.approx(
        [0.152, 0.358, 0.565], abs=6e-4
    )
    # their prediction interval out of our τ² and standard error (it is not the one that we print)
    theirs = stats.t.ppf(0.975, 4) * np.sqrt(found.tau_squared[0] + found.standard_error[0] ** 2)
    assert found.mean[0] + np.array([-theirs, theirs]) == pytest.approx([-0.25, 0.97], abs=5e-3)

    cases_1, all_1, cases_2, all_2 = np.array(
        [
            [12, 65, 16, 65], [8, 40, 10, 40], [14, 80, 19, 80], [25, 400, 80, 400], [8, 40, 11, 40], [16, 65, 18, 65],
        ],
        float,
    ).T  # fmt: skip
    y = np.log(cases_1 / (all_1 - cases_1) / (cases_2 / (all_2 - cases_2)))
    v = 1 / cases_1 + 1 / (all_1 - cases_1) + 1 / cases_2 + 1 / (all_2 - cases_2)
    found = random_effects(y, v, np.zeros(6, int), 1, method="dl")
    assert (found.q[0], found.tau_squared[0]) == (pytest.approx(10.551, abs=5e-4), pytest.approx(0.173, abs=5e-4))
    assert (found.mean[0], np.exp(found.mean[0])) == (pytest.approx(-0.566, abs=5e-4), pytest.approx(0.568, abs=5e-4))
