"""Sobol indices of a function of independent uniform inputs, first order S1 and total ST.

Estimators: S1 by Saltelli et al. 2010 (table 2, row b), ST by Jansen 1999 (row f), over two scrambled Sobol samples A
and B and the samples A with one column of B. N(d + 2) runs of the function. ``sobol_indices`` takes any function: held
against published indices, it is what the quick form for sums of log-normals, which the build uses, is held against.

Belongs here: the estimators. Does not belong here: rank correlation (``normal_draws.ranks``), any model of risk.
Deterministic by seed.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import qmc

from ehpilot.kernels.normal_draws import HALF_STEP

Floats = NDArray[np.float64]


def sobol_indices(function: Callable[[Floats], Floats], inputs: int, draws: int, seed: int) -> tuple[Floats, Floats]:
    """(S1, ST), each (inputs,). ``function`` takes points (n, inputs) in the open unit cube and gives (n,) values;
    ``draws``: a power of two. Both are 0 where the function does not vary."""
    one, other = _samples(inputs, draws, seed)
    of_one, of_other = function(one), function(other)

    def change(place: int) -> Floats:
        mixed = one.copy()
        mixed[:, place] = other[:, place]
        return function(mixed) - of_one

    return _indices(of_one, of_other, change, inputs)


def log_normal_sum_indices(median: Floats, loading: Floats, draws: int, seed: int) -> tuple[Floats, Floats]:
    """(S1, ST), each (inputs,), of Σ_s ``median`` (terms,) × exp(``loading`` (terms, inputs) · z), z independent
    standard normals: what ``sobol_indices`` gives of it, without evaluating the terms that an input does not move."""
    one, other = (ndtri(points) for points in _samples(loading.shape[1], draws, seed))
    terms = np.exp(one @ loading.T)
    terms *= median
    step = other - one

    def change(place: int) -> Floats:
        moved = np.flatnonzero(loading[:, place])
        coefficient, which = np.unique(loading[moved, place], return_inverse=True)
        alike = np.zeros((draws, coefficient.size))  # terms of one coefficient move together
        for number in range(coefficient.size):
            alike[:, number] = terms[:, moved[which == number]].sum(axis=1)
        return np.asarray((alike * np.expm1(step[:, place, None] * coefficient)).sum(axis=1), dtype=np.float64)

    return _indices(terms.sum(axis=1), np.exp(other @ loading.T) @ median, change, loading.shape[1])


def _samples(inputs: int, draws: int, seed: int) -> tuple[Floats, Floats]:
    """The samples A and B, each (draws, inputs), of one scrambled Sobol sequence."""
    sampler = qmc.Sobol(2 * inputs, scramble=True, rng=np.random.Generator(np.random.PCG64(seed)))
    points = sampler.random(draws) + HALF_STEP
    return points[:, :inputs], points[:, inputs:]


def _indices(of_one: Floats, of_other: Floats, change: Callable[[int], Floats], inputs: int) -> tuple[Floats, Floats]:
    """The estimators; ``change``: of an input, what the function gives more where A has B's column of it."""
    mean = 0.5 * (of_one.mean() + of_other.mean())
    variance = 0.5 * (np.square(of_one - mean).mean() + np.square(of_other - mean).mean())
    first, total = np.zeros(inputs), np.zeros(inputs)
    if variance == 0.0:
        return first, total
    for place in range(inputs):
        more = change(place)
        first[place] = ((of_other - mean) * more).mean() / variance
        total[place] = 0.5 * np.square(more).mean() / variance
    return first, total
