"""Draws: exact normals, the wanted rank correlation, steadier than independent ones; Sobol indices of Ishigami's
function."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtri
from scipy.stats import norm, spearmanr

from ehpilot.kernels.normal_draws import (
    copula,
    leading_directions,
    normal_draws,
    pearson_of_rank_correlation,
    ranks,
    sobol_normals,
)
from ehpilot.kernels.sobol_indices import log_normal_sum_indices, sobol_indices


def test_pearson_of_a_rank_correlation() -> None:
    """2 sin(π/6 · ρ): 0 and ±1 stay, 0.5 is 0.5176."""
    assert pearson_of_rank_correlation([0, 0.5, 1, -1]) == pytest.approx([0, 0.517638, 1, -1], abs=1e-6)


@pytest.mark.parametrize("wanted", [-0.7, 0.3, 0.9])
def test_a_pair_gets_its_rank_correlation(wanted: float) -> None:
    draws = normal_draws(3, 20000, 7, factor=copula(3, [(0, 2, wanted)]))
    assert spearmanr(draws[0], draws[2]).statistic == pytest.approx(wanted, abs=0.015)
    assert spearmanr(draws[0], draws[1]).statistic == pytest.approx(0, abs=0.02)


def test_impossible_correlations_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot hold together"):
        copula(3, [(0, 1, 0.9), (1, 2, 0.9), (0, 2, -0.9)])


def test_every_input_stays_a_standard_normal() -> None:
    sensitivity = np.random.default_rng(1).random((5, 40))
    draws = normal_draws(40, 10000, 3, leading_directions(sensitivity, np.ones(5)))
    assert np.abs(draws.mean(axis=1)).max() < 0.04 and np.abs(draws.var(axis=1) - 1).max() < 0.06
    together = np.corrcoef(draws) - np.eye(40)
    assert np.abs(together).max() < 0.05


def test_directions_are_orthonormal_and_have_one_sign() -> None:
    sensitivity = np.random.default_rng(2).standard_normal((30, 60))
    found = leading_directions(sensitivity, np.ones(30))
    assert found @ found.T == pytest.approx(np.eye(len(found)), abs=1e-10)
    assert np.all(found[np.arange(len(found)), np.abs(found).argmax(axis=1)] > 0)
    assert leading_directions(np.zeros((3, 4)), np.ones(3)).shape == (0, 4)


def test_a_product_of_log_normals_is_exact_in_its_leading_direction() -> None:
    """ln of a product of twelve is one combination: its 95th percentile varies a hundred times less than with plain
    draws."""
    spread = np.full((1, 12), 0.8 / np.sqrt(12))
    exact = np.exp(0.8 * norm.ppf(0.95))
    directions = leading_directions(spread, np.ones(1))
    for seed in range(5):
        draws = np.exp(spread @ normal_draws(12, 10000, seed, directions))[0]
        assert np.quantile(draws, 0.95) == pytest.approx(exact, rel=0.002)


def test_the_same_seed_gives_the_same_bits() -> None:
    assert np.array_equal(normal_draws(5, 100, 4), normal_draws(5, 100, 4))
    assert not np.array_equal(sobol_normals(5, 100, 4), sobol_normals(5, 100, 5))
    assert np.isfinite(sobol_normals(16, 10000, 1)).all()


def test_products_of_ranks_are_spearmans_rho() -> None:
    random = np.random.default_rng(5)
    one, other = random.standard_normal(500), random.standard_normal(500)
    other += one
    assert (ranks(one[None]) @ ranks(other[None]).T)[0, 0] == pytest.approx(spearmanr(one, other).statistic, abs=1e-12)


def test_sobol_indices_of_ishigamis_function() -> None:
    """a = 7, b = 0.1 (Ishigami & Homma 1990): S1 .3139 .4424 0, ST .5576 .4424 .2437."""

    def ishigami(points: np.ndarray) -> np.ndarray:
        x = np.pi * (2 * points - 1)
        return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])

    first, total = sobol_indices(ishigami, 3, 2**15, 1)
    assert first == pytest.approx([0.3139, 0.4424, 0.0], abs=0.01)
    assert total == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.01)
    assert sobol_indices(lambda points: np.ones(len(points)), 2, 8, 1)[1].tolist() == [0, 0]


@pytest.mark.parametrize("inputs", [1, 5])
def test_indices_of_a_sum_of_products_are_those_of_the_whole_function(inputs: int) -> None:
    """Some terms share an input and its coefficient, some do not have it."""
    random = np.random.default_rng(7)
    loading = np.round(random.normal(size=(8, inputs)), 1) * (random.random((8, inputs)) < 0.6)
    median = random.random(8)
    wanted = sobol_indices(lambda points: np.exp(ndtri(points) @ loading.T) @ median, inputs, 256, 3)
    for found, whole in zip(log_normal_sum_indices(median, loading, 256, 3), wanted, strict=True):
        np.testing.assert_allclose(found, whole, rtol=1e-9, atol=1e-12)
    assert log_normal_sum_indices(median, np.zeros((8, inputs)), 8, 1)[1].tolist() == [0] * inputs


def test_sobol_indices_of_the_g_function() -> None:
    """Saltelli et al., Computer Physics Communications 181 (2010) 259-270: a = 0, 1, 4.5, 9, 99 … in closed form,
    S1 .7165 .1791 .0237 .0072, ST .7871 .2422 .0343 .0105."""
    a = np.array([0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0])
    first, total = sobol_indices(lambda u: np.prod((np.abs(4 * u - 2) + a) / (1 + a), axis=1), 8, 2**13, 1)
    assert first == pytest.approx([0.7165, 0.1791, 0.0237, 0.0072, 0, 0, 0, 0], abs=0.01)
    assert total == pytest.approx([0.7871, 0.2422, 0.0343, 0.0105, 0, 0, 0, 0], abs=0.01)


def test_a_rank_correlation_beyond_one_is_refused() -> None:
    with pytest.raises(ValueError, match="between -1 and 1"):
        pearson_of_rank_correlation([0.5, 1.01])
