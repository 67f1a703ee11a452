"""Statistics of monitoring results, sample by sample: one sample is one pollutant at one site in one period and
averaging time.

Input of both tables: ``site_id``, ``pollutant_id``, ``period``, ``averaging_time``, ``value`` (NaN: non-detect),
``detection_limit`` (NaN: unknown), all in one unit a sample, and ``parameters`` (``parameter_id``, ``value``): the
rows ``monitoring.*``.

A row with neither value nor limit says only that something was measured: it counts in ``n`` and in the detection
rate, and no estimator uses it. Rows of one sample must not be parted; samples do not depend on each other, so a table
may be given in blocks of whole samples.

Belongs here: samples out of a table and back. Does not belong here: estimators (``censored``, ``censored_fit``,
``ucl``), choice of results (SQL models).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ehpilot.kernels import censored, censored_fit, ucl
from ehpilot.kernels.columns import doubles, texts, values_by

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

KEY = ("site_id", "pollutant_id", "period", "averaging_time")
METHODS = ("arithmetic", "half_limit", "kaplan_meier", "ros", "mle")
SUMMARY_NUMBERS = (
    "min", "p50", "mean", "mean_low", "mean_high", "p95", "max", "ucl95", "exposure_point_concentration",
    "largest_limit", "normal_p", "gamma_p", "lognormal_p",
)  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """One sample: values or limits in rising order (non-detects before equal detects), and how many rows had
    neither."""

    key: tuple[str, ...]
    values: Floats
    detected: Booleans
    limitless: int

    @property
    def n(self) -> int:
        """All results."""
        return int(self.values.size + self.limitless)

    @property
    def n_detected(self) -> int:
        """Detects among them."""
        return int(self.detected.sum())

    @property
    def detects(self) -> Floats:
        """Values of the detects, rising."""
        return self.values[self.detected]


def samples_of(results: pa.Table) -> list[Sample]:
    """Samples of a table by rising key."""
    if results.num_rows == 0:
        return []
    columns = [np.asarray(texts(results, name), dtype=np.str_) for name in KEY]
    codes = [np.unique(column, return_inverse=True) for column in columns]
    value, limit = doubles(results, "value"), doubles(results, "detection_limit")
    is_detect = ~np.isnan(value)
    number = np.where(is_detect, value, limit)
    order = np.lexsort((is_detect, number, *(inverse for _, inverse in reversed(codes))))
    marks = np.column_stack([inverse[order] for _, inverse in codes])
    starts = np.append(0, np.flatnonzero((marks[1:] != marks[:-1]).any(axis=1)) + 1)
    found = []
    for start, end in zip(starts, np.append(starts[1:], order.size), strict=True):
        rows = order[start:end]
        known = rows[~np.isnan(number[rows])]
        key = tuple(str(names[inverse[rows[0]]]) for names, inverse in codes)
        found.append(Sample(key, number[known], is_detect[known], int(rows.size - known.size)))
    return found


def estimate_means(results: pa.Table, parameters: pa.Table) -> pa.Table:
    """One row a sample and method: ``mean``, ``standard_error`` (unit of the sample, NaN where the method cannot say),
    ``convention`` and ``is_preferred``. Where no mean counts, the row ``none`` is the preferred one."""
    rule = choice_rule(parameters)
    samples = samples_of(results)
    rows: dict[str, list[object]] = {name: [] for name in (*KEY, "method", "convention", "mean", "standard_error")}
    preferred = []
    for sample, fitted in zip(samples, _likelihood_means(samples), strict=True):
        chosen = _preferred(sample, rule)
        for method in (*METHODS, *(["none"] if chosen == "none" else [])):
            estimate = fitted if method == "mle" else _estimate(sample, method)
            for name, part in zip(KEY, sample.key, strict=True):
                rows[name].append(part)
            rows["method"].append(method)
            rows["convention"].append(censored.CONVENTIONS[method])
            rows["mean"].append(estimate.mean)
            rows["standard_error"].append(estimate.standard_error)
            preferred.append(method == chosen)
    numbers = {name: pa.array(rows[name], pa.float64()) for name in ("mean", "standard_error")}
    words = {name: pa.array(rows[name], pa.string()) for name in (*KEY, "method", "convention")}
    return pa.table({**words, **numbers, "is_preferred": pa.array(preferred, pa.bool_())})


def summarise(results: pa.Table, parameters: pa.Table) -> pa.Table:
    """One row a sample: ``n``, ``n_detected``, ``detection_rate``, ``statistic_method``, the numbers of
    ``SUMMARY_NUMBERS`` in the unit of the sample (p dimensionless) and ``ucl_method``.

    ``min`` and ``max`` are of the detects. Quantiles: linear between the values without non-detects, else
    Kaplan–Meier's, NaN where they lie among the non-detects. ``mean_low``, ``mean_high``: non-detects at 0 and at their
    limits. ``exposure_point_concentration``: the smaller of UCL and largest detect.
    """
    rule, limits = choice_rule(parameters), limit_rule(parameters)
    samples = samples_of(results)
    words: dict[str, list[str]] = {name: [] for name in (*KEY, "statistic_method", "ucl_method")}
    numbers: dict[str, list[float]] = {name: [] for name in SUMMARY_NUMBERS}
    for sample, fitted in zip(samples, _likelihood_means(samples), strict=True):
        chosen = _preferred(sample, rule)
        mean = fitted.mean if chosen == "mle" else _estimate(sample, chosen).mean
        for name, part in zip(KEY, sample.key, strict=True):
            words[name].append(part)
        words["statistic_method"].append(chosen)
        upper = _describe(sample, mean, limits, numbers)
        words["ucl_method"].append(upper.method)
    n = np.array([sample.n for sample in samples], dtype=np.int32)
    n_detected = np.array([sample.n_detected for sample in samples], dtype=np.int32)
    return pa.table(
        {
            **{name: pa.array(column, pa.string()) for name, column in words.items()},
            "n": pa.array(n, pa.int32()),
            "n_detected": pa.array(n_detected, pa.int32()),
            "detection_rate": pa.array(n_detected / np.maximum(n, 1), pa.float64()),
            **{name: pa.array(column, pa.float64()) for name, column in numbers.items()},
        }
    )


def choice_rule(parameters: pa.Table) -> censored.ChoiceRule:
    """Limits of the choice of a method, out of the parameters."""
    value = values_by(parameters, "parameter_id")
    return censored.ChoiceRule(
        half_limit_share=value["monitoring.half_limit_share"],
        kaplan_meier_share=value["monitoring.kaplan_meier_share"],
        regression_share=value["monitoring.regression_share"],
        least_detects=int(value["monitoring.least_detects"]),
        least_results_of_mle=int(value["monitoring.least_results_of_mle"]),
        significance=value["monitoring.test_significance"],
    )


def limit_rule(parameters: pa.Table) -> ucl.LimitRule:
    """When which upper limit counts, out of the parameters."""
    value = values_by(parameters, "parameter_id")
    return ucl.LimitRule(
        least_results=int(value["monitoring.ucl_least_results"]),
        least_detects=int(value["monitoring.least_detects"]),
        significance=value["monitoring.test_significance"],
        approximate_from=int(value["monitoring.gamma_approximate_from"]),
        land_least_results=int(value["monitoring.land_least_results"]),
        land_most_log_sd=value["monitoring.land_most_log_sd"],
        confidence=value["monitoring.confidence"],
    )


def _preferred(sample: Sample, rule: censored.ChoiceRule) -> str:
    p = ucl.lognormal_p(sample.detects) if not sample.detected.all() else np.nan
    chosen = censored.preferred_method(sample.n, sample.n_detected, p, rule)
    if chosen == "ros" and np.isnan(_estimate(sample, "ros").mean):
        return "kaplan_meier"
    return chosen


def _estimate(sample: Sample, method: str) -> censored.Estimate:
    if method == "arithmetic" and sample.n_detected == sample.n:
        return censored.arithmetic(sample.values)
    if method == "half_limit":
        return censored.half_limit(sample.values, sample.detected)
    if method == "kaplan_meier":
        found = censored.kaplan_meier(sample.values, sample.detected)
        return censored.UNKNOWN if found is None else censored.Estimate(found.mean, found.standard_error)
    if method == "ros":
        return censored.ros(sample.values, sample.detected)
    return censored.UNKNOWN


def _likelihood_means(samples: list[Sample]) -> Iterator[censored.Estimate]:
    """The log-normal maximum likelihood of each sample, all fitted together."""
    filled = [sample for sample in samples if sample.values.size]
    if not filled:
        return iter([censored.UNKNOWN] * len(samples))
    starts = np.cumsum([0, *(sample.values.size for sample in filled)])[:-1]
    fit = censored_fit.fit_lognormal(
        np.concatenate([sample.values for sample in filled]),
        np.concatenate([sample.detected for sample in filled]),
        starts,
    )
    found = zip(fit.mean.tolist(), fit.standard_error.tolist(), strict=True)
    return iter([censored.Estimate(*next(found)) if sample.values.size else censored.UNKNOWN for sample in samples])


def _describe(sample: Sample, mean: float, rule: ucl.LimitRule, numbers: dict[str, list[float]]) -> ucl.UpperLimit:
    """Append the numbers of one sample; the upper limit goes back for its method."""
    detects = sample.detects
    distribution = censored.kaplan_meier(sample.values, sample.detected)
    upper = ucl.upper_limit(detects, int(sample.values.size), distribution, rule)
    low, high = censored.bounds(sample.values, sample.detected) if sample.values.size else (np.nan, np.nan)
    limits = sample.values[~sample.detected]
    largest = float(detects[-1]) if detects.size else np.nan
    row = {
        "min": float(detects[0]) if detects.size else np.nan,
        "p50": _quantile(sample, distribution, 0.5),
        "mean": mean,
        "mean_low": low,
        "mean_high": np.nan if sample.limitless else high,
        "p95": _quantile(sample, distribution, 0.95),
        "max": largest,
        "ucl95": upper.value,
        "exposure_point_concentration": min(upper.value, largest),
        "largest_limit": float(limits.max()) if limits.size else np.nan,
        "normal_p": upper.normal_p,
        "gamma_p": upper.gamma_p,
        "lognormal_p": upper.lognormal_p,
    }
    for name, value in row.items():
        numbers[name].append(value)
    return upper


def _quantile(sample: Sample, distribution: censored.Distribution | None, share: float) -> float:
    if distribution is None:
        return float("nan")
    if sample.detected.all():
        return float(np.quantile(sample.values, share))
    return distribution.quantile(share)
