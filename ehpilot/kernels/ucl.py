"""The 95 % upper confidence limit of a mean (UCL95), and which of the usual ones counts.

Formulas and rule after EPA, OSWER 9285.6-10 (2002) and the ProUCL technical guide (docs/monitoring.md):

    student_t          mean + t s / sqrt(n)
    gamma_approximate  2 n k* mean / chi2(alpha; 2 n k*), n >= 50
    gamma_adjusted     the same with Grice & Bain's level beta(n) in the place of alpha, n < 50
    land_h             exp(y + s² / 2 + H s / sqrt(n - 1)) of the logs, H computed exactly (Land 1971), no table
    chebyshev          mean + sqrt(1 / alpha - 1) s / sqrt(n)
    km_t, km_chebyshev the same two with Kaplan–Meier's mean and standard error, where there are non-detects
    max_detect         fewer than eight results or four detects: the largest detect, flagged by this word
    none               no detect

k* is the bias-corrected shape. Normal, gamma and log-normal are judged by Shapiro–Wilk's test, of gamma after the
transformation of Chen & Balakrishnan (1995). No random number is drawn.

Belongs here: limits of one sample. Does not belong here: means with non-detects (``censored``), tables
(``monitoring``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, special, stats

from ehpilot.kernels.censored import Distribution

Floats = NDArray[np.float64]

# Level of significance beta that a gamma limit of n results needs to cover 95 % (Grice & Bain 1980; EPA 2002, section
# on gamma distributions).
ADJUSTED_LEVEL_OF_N = ((5.0, 0.0086), (10.0, 0.0267), (20.0, 0.0380), (40.0, 0.0440), (np.inf, 0.05))
POINTS, WEIGHTS = np.polynomial.legendre.leggauss(200)


@dataclass(frozen=True)
class LimitRule:
    """When which limit counts (parameters ``monitoring.*``)."""

    least_results: int
    least_detects: int
    significance: float
    approximate_from: int
    land_least_results: int
    land_most_log_sd: float
    confidence: float


@dataclass(frozen=True)
class UpperLimit:
    """UCL in the unit of the sample (NaN: none), its method, and p of the tests on the detects (NaN: not made)."""

    value: float
    method: str
    normal_p: float = np.nan
    gamma_p: float = np.nan
    lognormal_p: float = np.nan


def upper_limit(detects: ArrayLike, n: int, distribution: Distribution | None, rule: LimitRule) -> UpperLimit:
    """The limit that counts for a sample.

    ``detects``: values of the detects, one unit. ``n``: all results that have a value or a limit. ``distribution``:
    Kaplan–Meier's of the whole sample, asked for where there are non-detects (``n`` above the number of detects);
    ``ValueError`` where it is missing then, and on a detect that is no number or more detects than results.
    """
    x = np.sort(np.asarray(detects, dtype=np.float64))
    if not np.isfinite(x).all() or x.size > n:
        raise ValueError("every detect must be a number, and there are at least as many results")
    if x.size == 0:
        return UpperLimit(np.nan, "none")
    if n < rule.least_results or x.size < rule.least_detects:
        return UpperLimit(float(x[-1]), "max_detect")
    normal, gamma, lognormal = shapiro_p(x), gamma_p(x), lognormal_p(x)
    ps = (normal, gamma, lognormal)
    alpha = 1.0 - rule.confidence
    if x.size < n:
        if distribution is None:
            raise ValueError("a sample with non-detects needs its Kaplan–Meier distribution")
        mean, error = distribution.mean, distribution.standard_error
        if normal >= rule.significance:
            return UpperLimit(mean + float(stats.t.ppf(rule.confidence, n - 1)) * error, "km_t", *ps)
        return UpperLimit(mean + np.sqrt(1 / alpha - 1) * error, "km_chebyshev", *ps)
    if normal >= rule.significance:
        return UpperLimit(student_t(x, rule.confidence), "student_t", *ps)
    if gamma >= rule.significance:
        adjusted = n < rule.approximate_from
        level = adjusted_level(n) if adjusted else alpha
        return UpperLimit(gamma_limit(x, level), "gamma_adjusted" if adjusted else "gamma_approximate", *ps)
    if (
        lognormal >= rule.significance
        and n >= rule.land_least_results
        and np.log(x).std(ddof=1) <= rule.land_most_log_sd
    ):
        return UpperLimit(land_limit(x, rule.confidence), "land_h", *ps)
    return UpperLimit(chebyshev(x, rule.confidence), "chebyshev", *ps)


def student_t(values: ArrayLike, confidence: float) -> float:
    """mean + t(confidence; n - 1) s / sqrt(n), unit of the sample (EPA 2002, exhibit 2); NaN below two values."""
    x = np.sort(np.asarray(values, dtype=np.float64))
    if x.size < 2:
        return float("nan")
    return float(x.mean() + stats.t.ppf(confidence, x.size - 1) * x.std(ddof=1) / np.sqrt(x.size))


def chebyshev(values: ArrayLike, confidence: float) -> float:
    """mean + sqrt(1 / alpha - 1) s / sqrt(n), unit of the sample (EPA 2002, exhibit 10); NaN below two values."""
    x = np.sort(np.asarray(values, dtype=np.float64))
    if x.size < 2:
        return float("nan")
    return float(x.mean() + np.sqrt(1 / (1 - confidence) - 1) * x.std(ddof=1) / np.sqrt(x.size))


def gamma_shape(values: ArrayLike) -> float:
    """Shape k of a gamma distribution by maximum likelihood: ln k - psi(k) = ln(mean) - mean(ln x); values > 0, else
    ``ValueError``; infinite where all are equal."""
    x = _positive(values)
    if x[0] == x[-1]:
        return float("inf")
    gap = float(np.log(x.mean()) - np.log(x).mean())
    start = (3 - gap + np.sqrt((gap - 3) ** 2 + 24 * gap)) / (12 * gap)  # Minka 2002, within 1.5 %
    solve = optimize.brentq(
        lambda k: np.log(k) - special.digamma(k) - gap, start / 2, start * 2, xtol=1e-14, rtol=1e-13
    )
    return float(solve)


def corrected_shape(shape: float, n: int) -> float:
    """Bias-corrected shape k* = (n - 3) k / n + 2 / (3 n) (Johnson & Kotz 1970; EPA 2002)."""
    return (n - 3) * shape / n + 2 / (3 * n)


def gamma_limit(values: ArrayLike, level: float) -> float:
    """2 n k* mean / chi2(level; 2 n k*), unit of the sample; values > 0, three at least, else ``ValueError``; of equal
    ones the value."""
    x = _positive(values)
    if x[0] == x[-1]:
        return float(x[0])
    if x.size < 3:
        raise ValueError("k* is no shape of fewer than three values")
    freedom = 2 * x.size * corrected_shape(gamma_shape(x), x.size)
    return float(freedom * x.mean() / stats.chi2.ppf(level, freedom))


def adjusted_level(n: int) -> float:
    """Grice & Bain's level for a 95 % limit: between the tabled n linear in n, beyond the last in 1 / n, below the
    first as the first. So ProUCL prints it (from memory: 0.0324 of 15 results, 0.0395 of 25, 0.0452 of 50)."""
    tabled = [row for row in ADJUSTED_LEVEL_OF_N if np.isfinite(row[0])]
    sizes, levels = (np.array(column) for column in zip(*tabled, strict=True))
    limit = ADJUSTED_LEVEL_OF_N[-1][1]
    if n > sizes[-1]:
        return float(limit - (limit - levels[-1]) * sizes[-1] / n)
    return float(np.interp(n, sizes, levels))


def land_limit(values: ArrayLike, confidence: float) -> float:
    """Land's limit of a log-normal mean, unit of the sample; values > 0, two at least, else ``ValueError``; of equal
    ones the value. ``confidence`` above 0.5: an upper limit."""
    x = _positive(values)
    if x.size < 2:
        raise ValueError("one value has no spread")
    if x[0] == x[-1]:
        return float(x[0])
    logs = np.log(x)
    spread = float(logs.std(ddof=1))
    shift = spread**2 / 2 + land_h(spread, logs.size, confidence) * spread / np.sqrt(logs.size - 1)
    return float(np.exp(logs.mean() + shift))


def land_h(log_sd: float, n: int, confidence: float) -> float:
    """Land's H for an upper limit of mu + sigma²/2, dimensionless.

    Exact, not from a table: given V = nu s² + n (y - m)², Z = sqrt(n) (y - m) / sqrt(V) has the density
    (1 - z²)^(nu/2 - 1) exp(-sqrt(n V) z / 2) on (-1, 1) when mu + sigma²/2 = m; the limit is the m at which Z at most
    as observed has probability 1 - confidence (Land 1971, Ann. Math. Stat. 42, 1187). nu = n - 1, ``log_sd`` = s > 0,
    n >= 2, ``confidence`` in (0.5, 1), else ``ValueError``.
    """
    if not (log_sd > 0 and n >= 2 and 0.5 < confidence < 1):
        raise ValueError("Land's H needs a spread above 0, two results and a confidence between 0.5 and 1")
    nu = n - 1

    def excess(shift: float) -> float:
        volume = nu * log_sd**2 + n * shift**2
        observed = np.arccos(-np.sqrt(n) * shift / np.sqrt(volume))
        tilt = np.sqrt(n * volume) / 2
        upper = _log_integral(observed, np.pi, nu, tilt)
        lower = _log_integral(0.0, observed, nu, tilt)
        return float(special.expit(upper - lower) - (1 - confidence))

    top = log_sd**2 / 2 + log_sd
    while excess(top) > 0:
        top *= 2
    shift = float(optimize.brentq(excess, 0.0, top, xtol=1e-13, rtol=1e-12))
    return (shift - log_sd**2 / 2) * np.sqrt(nu) / log_sd


def _log_integral(start: float, end: float, nu: int, tilt: float) -> float:
    """ln of the integral of sin(a)^(nu - 1) exp(-tilt cos a) over angles from ``start`` to ``end`` (z = cos a)."""
    angle = (end - start) / 2 * POINTS + (end + start) / 2
    with np.errstate(divide="ignore"):
        logs = (nu - 1) * np.log(np.sin(angle)) - tilt * np.cos(angle) + np.log(WEIGHTS * (end - start) / 2)
    return float(special.logsumexp(logs))


def shapiro_p(values: ArrayLike) -> float:
    """p of Shapiro–Wilk's test of normality; 1 for equal values, NaN below three."""
    x = np.sort(np.asarray(values, dtype=np.float64))
    if x.size < 3:
        return float("nan")
    return 1.0 if x[0] == x[-1] else float(stats.shapiro(x).pvalue)


def lognormal_p(values: ArrayLike) -> float:
    """p of Shapiro–Wilk's test of the logs; NaN below three or with one that is not positive."""
    x = np.sort(np.asarray(values, dtype=np.float64))
    return shapiro_p(np.log(x)) if x.size >= 3 and x[0] > 0 else float("nan")


def gamma_p(values: ArrayLike) -> float:
    """p that values are gamma: Shapiro–Wilk's test of the normal scores of the fitted distribution's probabilities
    (Chen & Balakrishnan 1995, J. Qual. Technol. 27, 154); NaN below three, with one that is not positive or all
    equal."""
    x = np.sort(np.asarray(values, dtype=np.float64))
    if x.size < 3 or x[0] <= 0 or x[0] == x[-1]:
        return float("nan")
    shape = gamma_shape(x)
    return shapiro_p(stats.norm.ppf(stats.gamma.cdf(x, shape, scale=x.mean() / shape)))


def _positive(values: ArrayLike) -> Floats:
    x = np.sort(np.asarray(values, dtype=np.float64))
    if x.size == 0 or not (np.isfinite(x) & (x > 0)).all():
        raise ValueError("every value must be positive")
    return x
