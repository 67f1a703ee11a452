"""Standard normal draws for Monte Carlo: correlated, stratified, the same for the same seed.

Copula. Inputs that go together have a Gaussian copula. Spearman's rank correlation ρ of two normals with Pearson's r
is ρ = 6/π arcsin(r/2), so r = 2 sin(πρ/6) (Kendall & Gibbons 1990, 9.14; Iman & Conover 1982 for its use in risk
work).

Stratification. A total of log-normal products is mostly a function of a few linear combinations of the inputs. These
leading directions (principal components of the sensitivities, as in Imai & Tan 2006) are drawn from scrambled Sobol
points (Owen's scrambling as SciPy does it), the rest, orthogonal to them, from independent normals. Every input stays
an exact standard normal; percentiles of totals vary far less from seed to seed than with independent draws.

Belongs here: draws. Does not belong here: what the inputs mean, reading or writing anything. Deterministic by seed;
float64; shapes are (inputs, draws).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri
from scipy.stats import qmc

Floats = NDArray[np.float64]

LEADING = 16  # directions drawn from Sobol points; further ones carry little variance
CONSIDERED = 512  # inputs among which directions are sought, those that matter most; bounds the eigenproblem
HALF_STEP = 2.0**-31  # Sobol points lie on a grid of 2^-30; its middle keeps them off 0 and 1


def pearson_of_rank_correlation(rank_correlation: ArrayLike) -> Floats:
    """Pearson's r of the normals that have Spearman's ρ: 2 sin(πρ/6); ρ and r in -1 … 1, ``ValueError`` outside."""
    rho = np.asarray(rank_correlation, dtype=float)
    if (np.abs(rho) > 1.0).any():
        raise ValueError("a rank correlation lies between -1 and 1")
    return np.asarray(2.0 * np.sin(np.pi * rho / 6.0))


def copula(inputs: int, pairs: Sequence[tuple[int, int, float]]) -> Floats:
    """Lower Cholesky factor (inputs, inputs) of the correlation of the normals; ``pairs``: two inputs and their rank
    correlation. ``ValueError`` where the pairs cannot hold together."""
    correlation = np.eye(inputs)
    for one, other, rank_correlation in pairs:
        correlation[one, other] = correlation[other, one] = pearson_of_rank_correlation(rank_correlation)
    try:
        return np.asarray(np.linalg.cholesky(correlation), dtype=np.float64)
    except np.linalg.LinAlgError:
        raise ValueError("the rank correlations of the inputs cannot hold together") from None


def leading_directions(sensitivity: ArrayLike, weight: ArrayLike) -> Floats:
    """Orthonormal directions (k, inputs) that carry most of the variance, k up to ``LEADING``.

    ``sensitivity``: (outcomes, inputs) change of ln outcome per standard deviation of an input; ``weight``:
    (outcomes,) how much each counts. The sign of a direction is that of its largest part, so that it does not depend
    on the machine.
    """
    matrix, share = np.asarray(sensitivity, dtype=float), np.asarray(weight, dtype=float)
    size = matrix.shape[1]
    power = share @ np.square(matrix)
    considered = np.sort(np.argsort(-power, kind="stable")[:CONSIDERED])
    considered = considered[power[considered] > 0]
    part = matrix[:, considered]
    values, vectors = np.linalg.eigh((part * share[:, None]).T @ part)
    kept = np.argsort(-values, kind="stable")[: min(LEADING, considered.size)]
    kept = kept[values[kept] > 1e-9 * max(float(values.max(initial=0.0)), np.finfo(float).tiny)]
    found = np.zeros((kept.size, size))
    found[:, considered] = vectors[:, kept].T
    largest = found[np.arange(kept.size), np.abs(found).argmax(axis=1)] if kept.size else np.ones(0)
    return found * np.sign(largest)[:, None]


def sobol_normals(dimensions: int, draws: int, seed: int) -> Floats:
    """(dimensions, draws) standard normals of scrambled Sobol points."""
    sampler = qmc.Sobol(dimensions, scramble=True, rng=np.random.Generator(np.random.PCG64([seed, 1])))
    points = sampler.random_base2(max(int(draws - 1).bit_length(), 1))[:draws]
    return np.ascontiguousarray(ndtri(points.T + HALF_STEP))


def normal_draws(
    inputs: int, draws: int, seed: int, directions: Floats | None = None, factor: Floats | None = None
) -> Floats:
    """(inputs, draws) standard normals. ``directions``: orthonormal (k, inputs), drawn from Sobol points; without
    them all inputs are independent. ``factor``: Cholesky factor of their correlation; the directions are those of the
    independent normals before it."""
    random = np.random.Generator(np.random.PCG64([seed, 2]))
    found = random.standard_normal((inputs, draws))
    if directions is not None and len(directions):
        leading = sobol_normals(len(directions), draws, seed)
        found += directions.T @ (leading - directions @ found)
    return found if factor is None else factor @ found


def ranks(values: Floats) -> Floats:
    """Ranks 0 … n-1 along the last axis (ties in their order), centred and scaled to unit length: the product of two
    such rows is Spearman's ρ."""
    order = np.argsort(values, axis=-1, kind="stable")
    found = np.empty(values.shape)
    count = values.shape[-1]
    np.put_along_axis(found, order, np.broadcast_to(np.arange(count, dtype=float), values.shape), axis=-1)
    found -= (count - 1) / 2.0
    return found / np.sqrt(np.square(found).sum(axis=-1, keepdims=True))
