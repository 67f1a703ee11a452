"""What visitors of an open facility say: satisfaction and trust, each with the lower end of its interval.

Satisfaction: satisfied over asked, Wilson's score interval (``target_results``). Trust: mean of after less before of
the same visitors, on a scale of 100 points, t interval of paired differences; a visitor who answered one of the two
does not count. Below two pairs there is no interval. The lower ends score (seed ``scoring_rule``): a handful of happy
guests proves little.

Does not belong here: which firm a visit belongs to, points and titles (``rule_scoring``).
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from ehpilot.kernels.columns import doubles, ordered, texts, values_by
from ehpilot.kernels.target_results import score_interval_high, score_interval_low

Floats = NDArray[np.float64]


def paired_gain(before: ArrayLike, after: ArrayLike, confidence: float = 0.95) -> tuple[int, float, float, float]:
    """Number of pairs, mean of after less before, and the ends of its t interval (NaN below two pairs), in the scale's
    unit."""
    change = np.asarray(after, float) - np.asarray(before, float)
    change = change[~np.isnan(change)]
    if change.size < 2:
        return int(change.size), float(change.mean()) if change.size else np.nan, np.nan, np.nan
    half = float(stats.t.ppf(0.5 + confidence / 2.0, change.size - 1) * change.std(ddof=1) / np.sqrt(change.size))
    return int(change.size), float(change.mean()), float(change.mean() - half), float(change.mean() + half)


def summarise(days: pa.Table, visits: pa.Table, parameters: pa.Table) -> pa.Table:
    """One row an enterprise and year of ``days`` (``enterprise_id, year, satisfied, surveyed``, sums): ``satisfaction``
    and its ends (shares), ``trust_pairs``, ``trust_gain`` and its ends in points of 100. ``visits``: ``enterprise_id,
    year, trust_before, trust_after``; ``parameters``: ``open.trust_points_per_step``, what one step of the
    questionnaire's scale is worth."""
    rows = ordered(days, "enterprise_id", "year")
    step = values_by(parameters, "parameter_id")["open.trust_points_per_step"]
    satisfied, surveyed = doubles(rows, "satisfied"), doubles(rows, "surveyed")
    key = list(zip(texts(visits, "enterprise_id"), doubles(visits, "year").tolist(), strict=True))
    before, after = doubles(visits, "trust_before") * step, doubles(visits, "trust_after") * step
    gains = []
    for name, year in zip(texts(rows, "enterprise_id"), doubles(rows, "year").tolist(), strict=True):
        inside = np.array([one == (name, year) for one in key], dtype=bool)
        gains.append(paired_gain(before[inside], after[inside]))
    pairs, gain, low, high = (list(column) for column in zip(*gains, strict=True)) if gains else ([], [], [], [])
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(surveyed > 0, satisfied / surveyed, np.nan)
    return pa.table(
        {
            "enterprise_id": rows["enterprise_id"],
            "year": rows["year"],
            "satisfaction": share,
            "satisfaction_low": score_interval_low(satisfied, surveyed),
            "satisfaction_high": score_interval_high(satisfied, surveyed),
            "trust_pairs": pa.array(pairs, pa.int32()),
            "trust_gain": pa.array(gain, pa.float64()),
            "trust_gain_low": pa.array(low, pa.float64()),
            "trust_gain_high": pa.array(high, pa.float64()),
        }
    )
