"""Sobol indices of a function of independent uniform inputs, first order S1 and total ST.

Estimators: S1 by Saltelli et al. 2010 (table 2, row b), ST by Jansen 1999 (row f), over two scrambled Sobol samples A
and B and the samples A with one column of B. N(d + 2) runs of the function. Belongs here: the estimators. Does not
belong here: rank correlation (``normal_draws.ranks``), any model of risk. Deterministic by seed.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from ehpilot.kernels.normal_draws import HALF_STEP

Floats = NDArray[np.float64]


def sobol_indices(function: Callable[[Floats], Floats], inputs: int, draws: int, seed: int) -> tuple[Floats, Floats]:
    """(S1, ST), each (inputs,). ``function`` takes points (n, inputs) in the open unit cube and gives (n,) values;
    ``draws``: a power of two. Both are 0 where the function does not vary."""
    sampler = qmc.Sobol(2 * inputs, scramble=True, rng=np.random.Generator(np.random.PCG64(seed)))
    points = sampler.random(draws) + HALF_STEP
    one, other = points[:, :inputs], points[:, inputs:]
    of_one, of_other = function(one), function(other)
    mean = 0.5 * (of_one.mean() + of_other.mean())
    variance = 0.5 * (np.square(of_one - mean).mean() + np.square(of_other - mean).mean())
    first, total = np.zeros(inputs), np.zeros(inputs)
    if variance == 0.0:
        return first, total
    for place in range(inputs):
        mixed = one.copy()
        mixed[:, place] = other[:, place]
        of_mixed = function(mixed)
        first[place] = ((of_other - mean) * (of_mixed - of_one)).mean() / variance
        total[place] = 0.5 * np.square(of_one - of_mixed).mean() / variance
    return first, total
