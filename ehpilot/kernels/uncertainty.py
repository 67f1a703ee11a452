"""Uncertainty of emissions: products, sums and 95 % intervals.

Standards: IPCC 2006 Guidelines, volume 1, chapter 3, equations 3.1 (product) and 3.2 (sum); EMEP/EEA Guidebook 2019,
part A, chapter 5. An uncertainty U is half the width of the 95 % interval over the value, as a share (0.3 = ±30 %).

Correlation. Equation 3.2 holds for independent terms. Terms that share one factor or one method err together: within
such a group they add linearly, the groups add in quadrature (the limits ρ = 1 and ρ = 0 of the law of propagation,
JCGM 100:2008, 5.2.2). A total over one shared factor is therefore as uncertain as its terms.

Intervals. While sd/mean, U/1.96, is up to ``NORMAL_LIMIT`` the normal: x(1 ± U). Above it, where the normal would
reach to zero or below, the log-normal of mean x and coefficient of variation U/1.96: σ² = ln(1 + (U/1.96)²),
µ = ln x − σ²/2, interval exp(µ ± 1.96 σ). The low end is above zero and the mean stays x, so that rows and totals
agree. A grade that is known to a factor k only (E: 10) takes the value as the median: interval x/k to x·k, σ = ln k /
1.96, mean x·exp(σ²/2), its ``mean_factor``. A total is fitted to the sum of the means, so that one row alone gives
its own interval; its interval always holds the sum of the values.

Products, sums and correlated sums of single figures are the equations as printed; ``totals`` does many sums at once and
is held against them.

Belongs here: arithmetic on arrays. Does not belong here: which grade has which U, what shares a factor (both seeds).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import ArrayLike, NDArray

from ehpilot.kernels.columns import doubles, ordered

Floats = NDArray[np.float64]

Z_95 = 1.96  # IPCC 2006 v1 ch3: half width of 95 % in standard deviations
TOTAL_KEY = ("scope_kind", "scope_id", "medium", "pollutant_id", "year")
NORMAL_LIMIT = 0.30  # IPCC 2006 v1 ch3, 3.2.3.1: error propagation asks for standard deviation over mean below it


def spread_grades(grades: pa.Table) -> pa.Table:
    """One row a quality grade, by ``quality``: its ``half_width`` U (share of the mean, ≥ 0; NaN stays NaN), the mean
    of a value of 1 (``mean_factor``) and both ends of its 95 % interval, as factors. ``grades``: ``quality``,
    ``half_width``, ``span_factor`` (> 1 where the value is a median known to that factor: U follows from it; else NaN).
    """
    rows = ordered(grades, "quality")
    span = doubles(rows, "span_factor")
    variance = np.square(np.log(span) / Z_95)
    mean = np.where(np.isnan(span), 1.0, np.exp(variance / 2.0))
    half_width = np.where(np.isnan(span), doubles(rows, "half_width"), Z_95 * np.sqrt(np.expm1(variance)))
    low, high = interval_factors(half_width)
    return pa.table(
        {
            "quality": rows["quality"],
            "half_width": half_width,
            "mean_factor": mean,
            "low_factor": mean * low,
            "high_factor": mean * high,
        }
    )


def total_emissions(terms: pa.Table) -> pa.Table:
    """One row a total (``TOTAL_KEY``), in the order of its key: sum in t/a, both ends of its 95 % interval, U, form
    of the interval, numbers of terms and error groups, the group that brings most of the variance and its part of it
    (0 to 1).

    ``terms``: ``TOTAL_KEY``, ``error_group``, ``enterprise_id``, ``outlet_id``, ``emission_t`` (≥ 0), ``half_width``
    (share of the mean, ≥ 0) and ``mean_factor`` (mean over value, > 0), none of them missing. U and form are unknown
    (NaN, null) where the sum is 0. All terms of a total must be in one table; tables that part totals may be given
    one by one.
    """
    rows = ordered(terms, *TOTAL_KEY, "error_group", "enterprise_id", "outlet_id")
    is_first = _begins_a_group(rows, TOTAL_KEY)
    group = _dense_rank(rows["error_group"])
    total = np.cumsum(is_first) - 1
    found = totals(doubles(rows, "emission_t"), doubles(rows, "half_width"), total, group, doubles(rows, "mean_factor"))
    firsts = np.flatnonzero(is_first)
    row_of_group = np.zeros(int(group.max(initial=-1)) + 1, dtype=np.int64)
    row_of_group[group] = np.arange(rows.num_rows)
    form = np.where(is_normal(found.uncertainty), "normal", "lognormal")
    return pa.table(
        {key: rows[key].take(firsts) for key in TOTAL_KEY}
        | {
            "emission_t": found.value,
            "emission_low_t": found.low,
            "emission_high_t": found.high,
            "half_width": found.uncertainty,
            "interval_form": pa.array(form, pa.string(), mask=np.isnan(found.uncertainty)),
            "row_count": pa.array(found.terms, pa.int32()),
            "error_group_count": pa.array(found.groups, pa.int32()),
            "leading_error_group": rows["error_group"].take(row_of_group[found.leading_group]),
            "leading_error_share": found.leading_share,
        }
    )


def _dense_rank(column: pa.ChunkedArray) -> NDArray[np.int64]:
    """Place of each value among the distinct ones, from 0; missing last."""
    return pc.rank(column, tiebreaker="dense").to_numpy().astype(np.int64) - 1


def _begins_a_group(rows: pa.Table, key: Sequence[str]) -> NDArray[np.bool_]:
    """Rows of an ordered table whose key is another one than that of the row before."""
    first = np.zeros(rows.num_rows, dtype=bool)
    first[:1] = True
    for name in key:
        first[1:] |= np.diff(_dense_rank(rows[name])) != 0
    return first


def product_uncertainty(uncertainties: ArrayLike, axis: int = -1) -> Floats:
    """Equation 3.1: U of a product of independent factors, √ΣU²; along ``axis``."""
    return np.sqrt(np.sum(np.square(np.asarray(uncertainties, float)), axis=axis))


def sum_uncertainty(values: ArrayLike, uncertainties: ArrayLike) -> float:
    """Equation 3.2: U of a sum of independent terms, √Σ(U_i x_i)² / |Σx_i|; nan where the sum is zero."""
    terms = np.asarray(values, float)
    return correlated_sum_uncertainty(terms, uncertainties, np.arange(terms.size))


def correlated_sum_uncertainty(values: ArrayLike, uncertainties: ArrayLike, groups: ArrayLike) -> float:
    """U of a sum whose terms are fully correlated within a group and independent between groups:
    √Σ_g (Σ_i∈g U_i |x_i|)² / |Σx_i|; nan where the sum is zero. ``groups``: one label a term.
    """
    terms = np.asarray(values, float)
    total = abs(float(terms.sum()))
    if total == 0.0:
        return float("nan")
    _, label = np.unique(np.asarray(groups), return_inverse=True)
    of_group = np.bincount(label, weights=np.asarray(uncertainties, float) * np.abs(terms))
    return float(np.sqrt(np.square(of_group).sum())) / total


def is_normal(uncertainties: ArrayLike) -> NDArray[np.bool_]:
    """Where the interval is the normal: sd/mean = U/1.96 up to ``NORMAL_LIMIT`` (within rounding), or U unknown."""
    return ~(np.asarray(uncertainties, float) / Z_95 > NORMAL_LIMIT * (1 + 1e-12))


def interval_factors(uncertainties: ArrayLike) -> tuple[Floats, Floats]:
    """Low and high end of the 95 % interval of a value of 1, for each U; multiply by the value. nan stays nan.
    ``ValueError`` on a negative U.
    """
    u = np.asarray(uncertainties, float)
    if np.any(u < 0):
        raise ValueError("an uncertainty is at least 0")
    variance = np.log1p(np.square(u / Z_95))
    width = Z_95 * np.sqrt(variance)
    low = np.where(is_normal(u), 1.0 - u, np.exp(-variance / 2.0 - width))
    high = np.where(is_normal(u), 1.0 + u, np.exp(-variance / 2.0 + width))
    return low, high


@dataclass(frozen=True)
class Totals:
    """One entry a total: sum, U as a share of the mean (nan where the sum is 0), ends of the interval, numbers of terms
    and groups, and the group that brings most of the variance with its part of it (nan where there is none).
    """

    value: Floats
    uncertainty: Floats
    low: Floats
    high: Floats
    terms: NDArray[np.int64]
    groups: NDArray[np.int64]
    leading_group: NDArray[np.int64]
    leading_share: Floats


def totals(
    value: ArrayLike, uncertainty: ArrayLike, total_no: ArrayLike, group_no: ArrayLike, mean_factor: ArrayLike = 1.0
) -> Totals:
    """Correlated sums of many totals at once. ``value`` ≥ 0; ``total_no`` counts totals from 0 without gaps;
    ``group_no`` labels what errs together within a total; ``mean_factor``: mean of a term over its value (1 unless the
    value is a median). Of groups with equal variance the lowest number leads. ``ValueError`` on negative values.
    """
    x, u = np.asarray(value, float), np.asarray(uncertainty, float)
    mean = x * np.broadcast_to(np.asarray(mean_factor, float), x.shape)
    total, group = np.asarray(total_no, np.int64), np.asarray(group_no, np.int64)
    if np.any(x < 0):
        raise ValueError("emissions are at least 0")
    n = int(total.max()) + 1 if total.size else 0
    pairs, pair_of_term = np.unique(np.column_stack([total, group]), axis=0, return_inverse=True)
    owner = pairs[:, 0]
    squared = np.square(np.bincount(pair_of_term.ravel(), weights=u * mean, minlength=len(pairs)))
    summed, variance = np.bincount(total, weights=x, minlength=n), np.bincount(owner, weights=squared, minlength=n)
    centre = np.bincount(total, weights=mean, minlength=n)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.sqrt(variance) / centre
        order = np.lexsort((pairs[:, 1], -squared, owner))
        first = order[np.searchsorted(owner[order], np.arange(n))]
        leading_share = squared[first] / variance
    low, high = interval_factors(np.nan_to_num(share))
    return Totals(
        value=summed.astype(np.float64),
        uncertainty=share,
        low=np.minimum(centre * low, summed),
        high=np.maximum(centre * high, summed),
        terms=np.bincount(total, minlength=n).astype(np.int64),
        groups=np.bincount(owner, minlength=n).astype(np.int64),
        leading_group=pairs[first, 1],
        leading_share=leading_share,
    )
