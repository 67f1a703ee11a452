"""Whether a target is met by an estimate from a sample.

One-sided test of H0: share ≤ target at the 5 % level on the logit scale with the degrees of freedom of the design (Korn
and Graubard, Analysis of Health Surveys, 1999, 3.2; Brown, Cai and DasGupta, Statistical Science 16, 2001, 101-133 on
why not on the plain scale): lower bound = expit(logit p - t(df, 0.95) SE/(p(1-p))). **met** when the lower bound is
above the target, **point_only** when only the estimate is, **not_met** otherwise; **not_tested** where estimate, error
or degrees of freedom are unknown. A point estimate above the target proves nothing.

Does not belong here: estimates and their errors (``survey``), targets (profile).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

Floats = NDArray[np.float64]
MET, POINT_ONLY, NOT_MET, NOT_TESTED = "met", "point_only", "not_met", "not_tested"


def lower_bound(share: ArrayLike, standard_error: ArrayLike, degrees: ArrayLike, confidence: float = 0.95) -> Floats:
    """One-sided lower bound (n,) of shares 0-1 on the logit scale; a share of 0 or 1 with error 0 is its own bound; NaN
    where something is unknown or there are no degrees of freedom."""
    p, error = np.asarray(share, dtype=np.float64), np.asarray(standard_error, dtype=np.float64)
    df = np.asarray(degrees, dtype=np.float64)
    inside = (p > 0) & (p < 1)
    safe = np.where(inside, p, 0.5)
    critical = stats.t.ppf(confidence, np.where(df > 0, df, np.nan))
    logit = np.log(safe / (1.0 - safe)) - critical * error / (safe * (1.0 - safe))
    return np.where(inside, 1.0 / (1.0 + np.exp(-logit)), np.where(error == 0, p, np.nan))


def results(share: ArrayLike, bound: ArrayLike, target: ArrayLike) -> list[str]:
    """Word of each estimate (n,): met, point_only, not_met, not_tested."""
    words = []
    for p, low, aim in zip(*(np.atleast_1d(np.asarray(x, float)) for x in (share, bound, target)), strict=True):
        if np.isnan(p) or np.isnan(low) or np.isnan(aim):
            words.append(NOT_TESTED)
        else:
            words.append(MET if low > aim else POINT_ONLY if p > aim else NOT_MET)
    return words


def score_interval_low(successes: ArrayLike, trials: ArrayLike, confidence: float = 0.95) -> Floats:
    """Lower end (n,) of Wilson's two-sided score interval of a share, NaN without trials and where successes are below
    0 or more than the trials (Wilson, Journal of the American Statistical Association 22, 1927, 209-212)."""
    return _wilson(successes, trials, confidence, -1.0)


def score_interval_high(successes: ArrayLike, trials: ArrayLike, confidence: float = 0.95) -> Floats:
    """Upper end (n,) of the same interval."""
    return _wilson(successes, trials, confidence, 1.0)


def _wilson(successes: ArrayLike, trials: ArrayLike, confidence: float, side: float) -> Floats:
    x, n = np.asarray(successes, dtype=np.float64), np.asarray(trials, dtype=np.float64)
    z = stats.norm.ppf(0.5 + confidence / 2.0)
    size = np.where((n > 0) & (x >= 0) & (x <= n), n, np.nan)
    p = x / size
    centre, half = p + z**2 / (2 * size), z * np.sqrt(p * (1 - p) / size + z**2 / (4 * size**2))
    return np.clip((centre + side * half) / (1 + z**2 / size), 0.0, 1.0)
