"""Values far from the others of their sample, by Grubbs' test, repeated (GB/T 4883-2008; ISO 5725-2, 7.3.4).

A value that is found is flagged, never deleted: concentrations and body weights have long tails, and the largest may be
the one that matters. Results are tested on the log scale; answers of a survey on the scale that each quantity is nearly
normal on, with both levels of GB/T 4883-2008, 4.3: at 0.05 a straggler (歧离值), at 0.01 a statistical outlier
(统计离群值).

Belongs here: the test. Does not belong here: what becomes of a flag (``int_exposure__results_judged``), which scale a
quantity is normal on (seed ``exposure_parameter``).
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from ehpilot.kernels.columns import doubles, texts, values_by

KEY = ("site_id", "pollutant_id", "period", "averaging_time")
DETECTION_LEVEL, ELIMINATION_LEVEL = 0.05, 0.01  # GB/T 4883-2008, 4.3, where nothing else is agreed
NONE, STRAGGLER, OUTLIER = 0, 1, 2
SCALES = ("linear", "log", "none")


def critical_value(n: int, significance: float) -> float:
    """Two-sided critical value of Grubbs' G for ``n`` >= 3 results, dimensionless:
    (n - 1) / sqrt(n) sqrt(t² / (n - 2 + t²)) with t of n - 2 degrees at significance / (2 n)."""
    t = stats.t.ppf(1 - significance / (2 * n), n - 2)
    return float((n - 1) / np.sqrt(n) * np.sqrt(t**2 / (n - 2 + t**2)))


def grubbs(values: ArrayLike, significance: float, most_share: float) -> NDArray[np.int64]:
    """Places of the outliers among ``values`` (shape (n,), any unit), most extreme first: the result farthest from
    the mean is one while its distance in standard deviations is above the critical value, at most ``most_share`` of
    all. Equal values have none; a value that is no number (NaN, infinite) is left out."""
    x = np.asarray(values, dtype=np.float64)
    left = np.argsort(x, kind="stable")
    left = left[np.isfinite(x[left])]
    most = int(most_share * left.size)
    found: list[int] = []
    while left.size > 2 and len(found) < most:
        sample = x[left]
        spread = sample.std(ddof=1)
        distance = np.abs(sample - sample.mean())
        farthest = int(distance.argmax())
        if not spread > 0 or distance[farthest] / spread <= critical_value(left.size, significance):
            break
        found.append(int(left[farthest]))
        left = np.delete(left, farthest)
    return np.array(found, dtype=np.int64)


def grubbs_marks(values: ArrayLike, scale: str, most_share: float) -> NDArray[np.int64]:
    """Mark of each value (n,): 0 none, 1 straggler, 2 statistical outlier. ``scale``: linear, log (values at or below 0
    stay unmarked), none (no test). NaN stays unmarked; fewer than three values or equal values have no mark."""
    if scale not in SCALES:
        raise ValueError(f"scale {scale!r} is none of {', '.join(SCALES)}")
    x = np.asarray(values, dtype=np.float64)
    marks = np.zeros(x.shape, dtype=np.int64)
    tested = np.flatnonzero(x > 0 if scale == "log" else ~np.isnan(x))
    if scale != "none":
        sample = np.log(x[tested]) if scale == "log" else x[tested]
        marks[tested[grubbs(sample, DETECTION_LEVEL, most_share)]] = STRAGGLER
        marks[tested[grubbs(sample, ELIMINATION_LEVEL, most_share)]] = OUTLIER
    return marks


def find_outliers(results: pa.Table, parameters: pa.Table) -> pa.Table:
    """``result_id`` of the outliers by rising id, and how many results their sample has (``n``).

    ``results``: ``result_id``, ``site_id``, ``pollutant_id``, ``period``, ``averaging_time``, ``value`` (NaN or not
    positive: left out); ``parameters``: ``monitoring.outlier_significance``, ``monitoring.outlier_least_results``,
    ``monitoring.outlier_most_share``. Samples must not be parted.
    """
    limit = values_by(parameters, "parameter_id")
    value = doubles(results, "value")
    ids = np.asarray(texts(results, "result_id"), dtype=np.str_)
    keys = [np.unique(np.asarray(texts(results, name), dtype=np.str_), return_inverse=True)[1] for name in KEY]
    kept = np.flatnonzero(value > 0)
    order = kept[np.lexsort((ids[kept], value[kept], *(key[kept] for key in reversed(keys))))]
    if order.size == 0:
        return _table([])
    marks = np.column_stack([key[order] for key in keys])
    starts = np.append(0, np.flatnonzero((marks[1:] != marks[:-1]).any(axis=1)) + 1)
    found: list[tuple[str, int]] = []
    for start, end in zip(starts, np.append(starts[1:], order.size), strict=True):
        rows = order[start:end]
        if rows.size >= limit["monitoring.outlier_least_results"]:
            places = grubbs(
                np.log(value[rows]), limit["monitoring.outlier_significance"], limit["monitoring.outlier_most_share"]
            )
            found += [(str(ids[rows[place]]), int(rows.size)) for place in places]
    return _table(sorted(found))


def _table(found: list[tuple[str, int]]) -> pa.Table:
    return pa.table(
        {
            "result_id": pa.array([row[0] for row in found], pa.string()),
            "n": pa.array([row[1] for row in found], pa.int32()),
        }
    )
