"""Means of samples with non-detects (left-censored), by every usual method, and which of them counts.

Methods, with f = share of non-detects and x in any one unit of concentration:

    half_limit    arithmetic mean with half of each limit (EPA QA/G-9, table 4-4)
    kaplan_meier  product limit of the flipped sample; the mean is the area under the distribution, restricted at the
                  smallest value or limit (Efron), standard error by Greenwood times sqrt(n_d / (n_d - 1)), as NADA
                  and EnvStats give it (Helsel 2012, ch. 6)
    ros           robust regression on order statistics: ln x on the normal scores of Hirsch & Stedinger's plotting
                  positions, only non-detects are predicted (Helsel & Cohn 1988; Helsel 2012, ch. 6)
    mle           log-normal maximum likelihood (``censored_fit``)

All of them are always given side by side; :func:`preferred_method` says which counts (docs/monitoring.md). Without any
detect there is no mean. A non-detect without a limit is left out; one whose limit is above the largest detect is left
out of ``ros`` (it carries no information there; NADA does so too).

Belongs here: estimators of one sample. Does not belong here: upper confidence limits (``ucl``), tables
(``monitoring``), which results are fit for use (``quality_control`` models).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

CONVENTIONS = {
    "arithmetic": "all_detected",
    "half_limit": "half_of_own_limit",
    "kaplan_meier": "efron_restricted",
    "ros": "helsel_cohn_lognormal",
    "mle": "lognormal_mean",
    "none": "bounds_only",
}


@dataclass(frozen=True)
class Estimate:
    """Mean and its standard error in the unit of the sample; NaN where the method cannot say."""

    mean: float
    standard_error: float


UNKNOWN = Estimate(np.nan, np.nan)


@dataclass(frozen=True)
class Distribution:
    """Kaplan–Meier distribution of a left-censored sample.

    ``values``: distinct detects, rising. ``at`` and ``below``: F(x) at each of them and just below it; ``below[0]`` is
    the mass that lies below the smallest detect. ``smallest``: where that mass is put (smallest value or limit).
    """

    values: Floats
    at: Floats
    below: Floats
    smallest: float
    variance_of_mean: float

    @property
    def mean(self) -> float:
        """Restricted mean, unit of the sample."""
        return float(np.sum(self.values * (self.at - self.below)) + self.smallest * self.below[0])

    @property
    def standard_error(self) -> float:
        """Greenwood's standard error of the restricted mean, unit of the sample; NaN with a single detect."""
        return float(np.sqrt(self.variance_of_mean))

    def quantile(self, share: float) -> float:
        """Smallest detect x with F(x) >= ``share``; NaN where the quantile lies among the non-detects."""
        if self.below[0] >= share:
            return float("nan")
        return float(self.values[int(np.argmax(self.at >= share - 1e-12))])


def kaplan_meier(values: ArrayLike, detected: ArrayLike) -> Distribution | None:
    """Product-limit distribution of a left-censored sample; None without any detect.

    ``values``, shape (n,): the value of a detect, the limit of a non-detect, one unit. ``detected``, shape (n,). A
    non-detect at the value of a detect counts as below it. Source: Helsel (2012), Statistics for Censored Environmental
    Data, ch. 6; flipping turns left into right censoring.
    """
    x, is_detect = _sorted(values, detected)
    if not is_detect.any():
        return None
    support, events = np.unique(x[is_detect], return_counts=True)
    at_risk = np.searchsorted(x, support, side="right").astype(np.float64)
    kept = (at_risk - events) / at_risk
    below = np.asarray(np.cumprod(kept[::-1])[::-1], dtype=np.float64)
    at = np.concatenate([below[1:], np.ones(1)])
    smallest = float(x.min())
    # area under F from the smallest value up to each detect (F is below[0] up to the first, then at[j])
    areas = np.cumsum(np.append(below[0] * (support[0] - smallest), at[:-1] * np.diff(support)))
    left = at_risk - events
    terms = np.where(left > 0, areas**2 * events / (at_risk * np.where(left > 0, left, 1.0)), 0.0)
    count = int(events.sum())
    correction = count / (count - 1) if count > 1 else np.nan
    return Distribution(support, at, below, smallest, float(terms.sum() * correction))


def plotting_positions(values: ArrayLike, detected: ArrayLike) -> Floats:
    """Probability of each value of a sample, in the order of the sample, by Hirsch & Stedinger's positions with several
    limits (Helsel & Cohn 1988, eq. 4-8). Shape (n,), in (0, 1); every value and limit is a number.

    With limits d_1 < … < d_m: pe_j = pe_{j+1} + A_j / (A_j + B_j) (1 - pe_{j+1}), A_j detects in [d_j, d_{j+1}), B_j
    values below d_j; a detect of rank i in its interval has (1 - pe_j) + i / (A_j + 1) (pe_j - pe_{j+1}), a
    non-detect of rank i at its limit i / (C_j + 1) (1 - pe_j).
    """
    given = np.asarray(values, dtype=np.float64)
    order = np.lexsort((np.asarray(detected, dtype=np.bool_), given))
    x, is_detect = given[order], np.asarray(detected, dtype=np.bool_)[order]
    detects, censored = x[is_detect], x[~is_detect]
    limits = np.unique(censored)
    if limits.size == 0 or (detects.size and detects[0] < limits[0]):
        limits = np.append(-np.inf, limits)
    first_at = np.searchsorted(detects, limits, side="left")
    counts = np.diff(np.append(first_at, detects.size))
    below = first_at + np.searchsorted(censored, limits, side="right")
    exceeding = np.zeros(limits.size + 1)
    for j in range(limits.size - 1, -1, -1):
        share = counts[j] / (counts[j] + below[j]) if counts[j] + below[j] else 0.0
        exceeding[j] = exceeding[j + 1] + share * (1.0 - exceeding[j + 1])
    result = np.empty(x.size)
    interval = np.searchsorted(limits, detects, side="right") - 1
    rank = np.arange(detects.size) - first_at[interval] + 1
    step = (exceeding[interval] - exceeding[interval + 1]) / (counts[interval] + 1)
    result[is_detect] = (1.0 - exceeding[interval]) + rank * step
    level = np.searchsorted(limits, censored, side="left")
    first = np.searchsorted(censored, limits[level], side="left")
    alike = np.searchsorted(censored, limits[level], side="right") - first
    result[~is_detect] = (np.arange(censored.size) - first + 1) / (alike + 1) * (1.0 - exceeding[level])
    return np.asarray(result[np.argsort(order)])


def ros(values: ArrayLike, detected: ArrayLike) -> Estimate:
    """Mean and standard error by robust regression on order statistics; unknown with fewer than two distinct detects
    or a detect that is not positive.

    ``values``, shape (n,): value or limit, one unit. ``detected``, shape (n,). Non-detects whose limit is above the
    largest detect are left out. Equal to ``statsmodels.imputation.ros`` (tests/kernels/test_censored.py).
    """
    x, is_detect = _sorted(values, detected)
    if not is_detect.any():
        return UNKNOWN
    used = is_detect | (x <= x[is_detect].max())
    x, is_detect = x[used], is_detect[used]
    if np.unique(x[is_detect]).size < 2 or x[is_detect][0] <= 0:
        return UNKNOWN
    scores = ndtri(plotting_positions(x, is_detect))
    logs, z = np.log(x[is_detect]), scores[is_detect]
    slope = float(np.sum((z - z.mean()) * (logs - logs.mean())) / np.sum((z - z.mean()) ** 2))
    imputed = x.copy()
    imputed[~is_detect] = np.exp(logs.mean() + slope * (scores[~is_detect] - z.mean()))
    return arithmetic(imputed)


def arithmetic(values: ArrayLike) -> Estimate:
    """Mean and s / sqrt(n) of a sample without non-detects; the standard error of one value is unknown."""
    x = np.sort(np.asarray(values, dtype=np.float64))
    if x.size == 0:
        return UNKNOWN
    error = float(x.std(ddof=1) / np.sqrt(x.size)) if x.size > 1 else np.nan
    return Estimate(float(x.mean()), error)


def half_limit(values: ArrayLike, detected: ArrayLike) -> Estimate:
    """Mean with half of each limit in the place of a non-detect (unit of the sample); unknown without any detect."""
    x, is_detect = _sorted(values, detected)
    return arithmetic(np.where(is_detect, x, x / 2)) if is_detect.any() else UNKNOWN


def bounds(values: ArrayLike, detected: ArrayLike) -> tuple[float, float]:
    """Mean with non-detects at 0 and at their limits: whatever the method, the mean of the sample lies between. NaN of
    an empty sample."""
    x, is_detect = _sorted(values, detected)
    if x.size == 0:
        return np.nan, np.nan
    return float(np.where(is_detect, x, 0.0).mean()), float(x.mean())


@dataclass(frozen=True)
class ChoiceRule:
    """Limits of the choice, all shares in 0..1 (parameters ``monitoring.*``)."""

    half_limit_share: float
    kaplan_meier_share: float
    regression_share: float
    least_detects: int
    least_results_of_mle: int
    significance: float


def preferred_method(n: int, n_detected: int, lognormal_p: float, rule: ChoiceRule) -> str:
    """Code ``statistic_method`` that counts for a sample (docs/monitoring.md).

    ``n`` results, ``n_detected`` of them detects. ``lognormal_p``: p of a Shapiro–Wilk test of the logs of the
    detects, NaN where it cannot be made (then log-normality is not shown and Kaplan–Meier counts).
    """
    if n_detected == 0:
        return "none"
    share = (n - n_detected) / n  # not 1 - n_detected / n, which is above 0.15 for 17 of 20
    if share == 0:
        return "arithmetic"
    if share <= rule.half_limit_share:
        return "half_limit"
    if n_detected < rule.least_detects or share > rule.regression_share:
        return "none"
    if share <= rule.kaplan_meier_share or not lognormal_p >= rule.significance:
        return "kaplan_meier"
    return "mle" if n >= rule.least_results_of_mle else "ros"


def _sorted(values: ArrayLike, detected: ArrayLike) -> tuple[Floats, Booleans]:
    """A sample in rising order, non-detects before detects of the same number, so that nothing depends on its order;
    what has neither value nor limit (NaN) is left out. ``ValueError`` where there is not one mark a value."""
    x = np.asarray(values, dtype=np.float64)
    is_detect = np.asarray(detected, dtype=np.bool_)
    if x.ndim != 1 or is_detect.shape != x.shape:
        raise ValueError("a sample is one row of values, each with one mark of detection")
    known = ~np.isnan(x)
    x, is_detect = x[known], is_detect[known]
    order = np.lexsort((is_detect, x))
    return x[order], is_detect[order]
