"""Log-normal maximum likelihood for many left-censored samples at once.

For each sample: sum over detects of ln phi((y - mu) / sigma) / sigma plus sum over non-detects of ln Phi((c - mu) /
sigma), y and c the logs of values and limits (Cohen 1959; Helsel 2012, ch. 6). In delta = mu / sigma and gamma = 1 /
sigma it is concave (Olsen 1978, Econometrica 46, 1211), so Newton's steps with halving reach the one maximum from
anywhere. All samples take their steps together over one flat array, each until it stands still, so a fit does not
depend on its neighbours.

The mean is exp(mu + sigma² / 2), its standard error by the delta method from the observed information.

Belongs here: the fit. Does not belong here: when it counts (``censored``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import log_ndtr

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

LOG_ROOT_TWO_PI = 0.5 * np.log(2 * np.pi)
MOST_STEPS = 200
TOLERANCE = 1e-12


@dataclass(frozen=True)
class LognormalFit:
    """Of each sample, shape (samples,): mean and standard deviation of the logs, the mean exp(mu + sigma²/2) in the
    unit of the sample and its standard error; NaN where a sample has fewer than two distinct positive detects."""

    mu: Floats
    sigma: Floats
    mean: Floats
    standard_error: Floats


def fit_lognormal(values: ArrayLike, detected: ArrayLike, starts: ArrayLike = (0,)) -> LognormalFit:
    """Fits of many samples that lie one after the other; without ``starts`` all values are one sample.

    ``values``, shape (n,): value of a detect, limit of a non-detect, in the unit of its sample, > 0. ``detected``,
    shape (n,). ``starts``, shape (samples,): place of the first value of each sample, rising from 0; no sample is
    empty.
    """
    x = np.asarray(values, dtype=np.float64)
    is_detect = np.asarray(detected, dtype=np.bool_)
    first = np.asarray(starts, dtype=np.int64)
    count = np.diff(np.append(first, x.size))
    sample = np.repeat(np.arange(first.size), count)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(x)
    fits = _can_be_fitted(logs, is_detect, first)
    chosen = fits[sample]
    mu, sigma, mean, error = (np.full(first.size, np.nan) for _ in range(4))
    if chosen.any():
        lengths = count[fits]
        part = np.append(0, np.cumsum(lengths)[:-1])
        mu[fits], sigma[fits], mean[fits], error[fits] = _fit(logs[chosen], is_detect[chosen], part, lengths)
    return LognormalFit(mu, sigma, mean, error)


def _can_be_fitted(logs: Floats, is_detect: Booleans, first: NDArray[np.int64]) -> Booleans:
    """Two distinct detects make a maximum; a value of 0 has no log."""
    lowest = np.minimum.reduceat(np.where(is_detect, logs, np.inf), first)
    highest = np.maximum.reduceat(np.where(is_detect, logs, -np.inf), first)
    finite = np.logical_and.reduceat(np.isfinite(logs), first)
    return np.asarray(finite & (highest > lowest), dtype=np.bool_)


def _fit(logs: Floats, is_detect: Booleans, first: NDArray[np.int64], lengths: NDArray[np.int64]) -> tuple[Floats, ...]:
    """mu, sigma, mean and standard error of samples that have a maximum. Logs are centred and scaled before the
    steps."""
    repeat = np.repeat(np.arange(first.size), lengths)
    centre = np.add.reduceat(logs, first) / lengths
    spread = np.sqrt(np.add.reduceat((logs - centre[repeat]) ** 2, first) / lengths)
    y = (logs - centre[repeat]) / spread[repeat]
    delta, gamma, moving = np.zeros(first.size), np.ones(first.size), np.ones(first.size, dtype=np.bool_)
    value = _likelihood(y, is_detect, first, repeat, delta, gamma)
    for _ in range(MOST_STEPS):
        slope, curve = _derivatives(y, is_detect, first, repeat, delta, gamma)
        determinant = curve[0] * curve[2] - curve[1] ** 2
        step_delta = (-curve[2] * slope[0] + curve[1] * slope[1]) / determinant
        step_gamma = (curve[1] * slope[0] - curve[0] * slope[1]) / determinant
        step_delta, step_gamma = np.where(moving, step_delta, 0.0), np.where(moving, step_gamma, 0.0)
        size = np.where(step_gamma < 0, np.minimum(1.0, -0.9 * gamma / np.where(step_gamma < 0, step_gamma, -1.0)), 1.0)
        for _ in range(40):
            trial = _likelihood(y, is_detect, first, repeat, delta + size * step_delta, gamma + size * step_gamma)
            worse = ~(trial >= value - 1e-12 * np.abs(value))
            if not worse.any():
                break
            size = np.where(worse, size / 2, size)
        delta, gamma, value = delta + size * step_delta, gamma + size * step_gamma, trial
        moving &= np.abs(step_delta) + np.abs(step_gamma) > TOLERANCE * (1 + np.abs(delta) + gamma)
        if not moving.any():
            break
    _, curve = _derivatives(y, is_detect, first, repeat, delta, gamma)
    mu, sigma = centre + spread * delta / gamma, spread / gamma
    mean = np.exp(mu + sigma**2 / 2)
    by_delta = spread / gamma
    by_gamma = -spread * delta / gamma**2 - spread**2 / gamma**3
    determinant = curve[0] * curve[2] - curve[1] ** 2
    variance = -(curve[2] * by_delta**2 - 2 * curve[1] * by_delta * by_gamma + curve[0] * by_gamma**2) / determinant
    return mu, sigma, mean, mean * np.sqrt(variance)


def _likelihood(
    y: Floats, is_detect: Booleans, first: NDArray[np.int64], repeat: NDArray[np.int64], delta: Floats, gamma: Floats
) -> Floats:
    """Log likelihood of each sample up to a constant."""
    z = gamma[repeat] * y - delta[repeat]
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(is_detect, np.log(gamma[repeat]) - z**2 / 2, log_ndtr(z))
    return np.asarray(np.add.reduceat(terms, first))


def _derivatives(
    y: Floats, is_detect: Booleans, first: NDArray[np.int64], repeat: NDArray[np.int64], delta: Floats, gamma: Floats
) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats, Floats]]:
    """First derivatives (delta, gamma) and second ones (delta delta, delta gamma, gamma gamma) of each sample."""
    scale = gamma[repeat]
    z = scale * y - delta[repeat]
    mills = np.exp(-(z**2) / 2 - LOG_ROOT_TWO_PI - log_ndtr(z))
    bend = mills * (mills + z)
    total = lambda terms: np.asarray(np.add.reduceat(terms, first))  # noqa: E731
    slope = (
        total(np.where(is_detect, z, -mills)),
        total(np.where(is_detect, 1 / scale - z * y, mills * y)),
    )
    curve = (
        total(np.where(is_detect, -1.0, -bend)),
        total(np.where(is_detect, y, bend * y)),
        total(np.where(is_detect, -1 / scale**2 - y**2, -bend * y**2)),
    )
    return slope, curve
