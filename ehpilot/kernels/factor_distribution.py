"""Which distribution fits the factors of a cell: log-normal against gamma and Weibull by AICc, many cells at once.

Maximum likelihood with two parameters each; AICc = 2k - 2 ln L + 2k(k+1)/(n-k-1) with k = 2 (Hurvich and Tsai,
Biometrika 76, 1989, 297-307), undefined below n = 4. Gamma: shape from ln a - ψ(a) = ln x̄ - mean(ln x) by Newton
(Minka, Estimating a Gamma distribution, 2002). Weibull: shape from Σ x^c ln x/Σ x^c - 1/c = mean(ln x) by Newton
(Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1, 1994, 21.6).

Detected values only: what is censored is shown by its rate, and the choice is a check of the log-normal, never a reason
to take another estimator in silence.

Does not belong here: the fit that the factor is made of (``lognormal_mean``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaln, polygamma, psi

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

NAMES = ("lognormal", "gamma", "weibull")
PARAMETERS = 2
ITERATIONS = 100


@dataclass(frozen=True)
class Comparison:
    """``aicc`` (g, 3) in the order of ``NAMES`` (NaN below four values or without spread) and the best name (g,), ''
    where unknown."""

    aicc: Floats
    best: list[str]


def compare(value: ArrayLike, group: ArrayLike, groups: int) -> Comparison:
    """Fit of the three to detected values (n,) > 0 of ``groups`` groups."""
    x, place = np.asarray(value, float), np.asarray(group, np.int64)
    count = np.bincount(place, minlength=groups).astype(float)
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        likelihoods = [method(x, place, groups, count) for method in (_lognormal, _gamma, _weibull)]
        penalty = 2.0 * PARAMETERS + 2.0 * PARAMETERS * (PARAMETERS + 1.0) / (count - PARAMETERS - 1.0)
        aicc = np.stack(likelihoods, axis=1) * -2.0 + penalty[:, None]
    aicc[(count < PARAMETERS + 2) | ~np.isfinite(aicc).all(axis=1)] = np.nan
    known = np.asarray(~np.isnan(aicc).any(axis=1))
    best = np.where(known, np.argmin(np.where(known[:, None], aicc, 0.0), axis=1), -1)
    return Comparison(aicc, [NAMES[number] if number >= 0 else "" for number in best])


def _sum(values: Floats, place: Integers, groups: int) -> Floats:
    return np.asarray(np.bincount(place, values, minlength=groups), dtype=np.float64)


def _lognormal(x: Floats, place: Integers, groups: int, count: Floats) -> Floats:
    """ln L at its maximum: -n/2 (ln 2πσ² + 1) - Σ ln x."""
    log = np.log(x)
    mean = _sum(log, place, groups) / count
    variance = _sum(np.square(log - mean[place]), place, groups) / count
    return -count / 2.0 * (np.log(2.0 * np.pi * variance) + 1.0) - count * mean


def _gamma(x: Floats, place: Integers, groups: int, count: Floats) -> Floats:
    mean, log_mean = _sum(x, place, groups) / count, _sum(np.log(x), place, groups) / count
    gap = np.log(mean) - log_mean
    # first guess of Minka; Newton on 1/a keeps the shape above 0
    shape = (3.0 - gap + np.sqrt(np.square(gap - 3.0) + 24.0 * gap)) / (12.0 * gap)
    for _ in range(ITERATIONS):
        step = (np.log(shape) - psi(shape) - gap) / (np.square(shape) * (1.0 / shape - polygamma(1, shape)))
        inverse = 1.0 / shape + step
        new = np.where(inverse > 0, 1.0 / inverse, shape / 2.0)
        done = np.nanmax(np.abs(new / shape - 1.0), initial=0.0) < 1e-12
        shape = new
        if done:
            break
    scale = mean / shape
    return count * ((shape - 1.0) * log_mean - mean / scale - shape * np.log(scale) - gammaln(shape))


def _weibull(x: Floats, place: Integers, groups: int, count: Floats) -> Floats:
    log = np.log(x)
    log_mean = _sum(log, place, groups) / count
    # powers of x over its geometric mean: no overflow, and the shape does not depend on the unit
    relative = log - log_mean[place]
    shape = 1.2 / np.sqrt(_sum(np.square(relative), place, groups) / count)
    for _ in range(ITERATIONS):
        power = np.exp(shape[place] * relative)
        total = _sum(power, place, groups)
        first = _sum(power * relative, place, groups) / total
        second = _sum(power * np.square(relative), place, groups) / total
        step = (first - 1.0 / shape) / (second - np.square(first) + 1.0 / np.square(shape))
        new = np.where(shape - step > 0, shape - step, shape / 2.0)
        done = np.nanmax(np.abs(new / shape - 1.0), initial=0.0) < 1e-12
        shape = new
        if done:
            break
    log_scale = log_mean + np.log(_sum(np.exp(shape[place] * relative), place, groups) / count) / shape
    return count * (np.log(shape) - shape * log_scale) + (shape - 1.0) * count * log_mean - count
