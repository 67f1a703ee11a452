"""What a technology removes of a substance, from samples taken before and behind it.

An outlet's share that passes is the mean of ln(behind/before) over its periods; outlets of one technology and substance
are a sample of log-normal shares. Efficiency = 1 - exp(mean of outlets), its 95 % interval by t with n - 1 on the logs
(no interval below three outlets). A share above 1 (more behind than before) stays: it is what was measured, and an
efficiency below 0 says so.

Does not belong here: published efficiencies (seed ``treatment_efficiency``), the firm's own figures (``treatment``)."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from scipy import stats

from ehpilot.kernels import emission_factors
from ehpilot.kernels.columns import doubles, ordered

KEY = ("technology_id", "pollutant_id")
LEAST_OUTLETS = 3


def efficiencies(measured: pa.Table) -> pa.Table:
    """One row a technology and substance: ``efficiency``, ``efficiency_low``, ``efficiency_high`` (NaN below three
    outlets), ``n`` outlets. ``measured``: ``KEY``, ``outlet_id``, ``period``, ``before_kg`` and ``behind_kg``; rows
    without two amounts above 0 say nothing and are left out."""
    before, behind = doubles(measured, "before_kg"), doubles(measured, "behind_kg")
    rows = ordered(measured.filter(pa.array((before > 0) & (behind > 0))), *KEY, "outlet_id", "period")
    keys, group = emission_factors.numbered(rows, KEY)
    outlets, outlet = emission_factors.numbered(rows, (*KEY, "outlet_id"))
    logs = np.log(doubles(rows, "behind_kg")) - np.log(doubles(rows, "before_kg"))
    passing = np.bincount(outlet, logs, minlength=outlets.num_rows) / np.bincount(outlet, minlength=outlets.num_rows)
    place = np.zeros(outlets.num_rows, dtype=np.int64)
    place[outlet] = group
    count = np.bincount(place, minlength=keys.num_rows)
    mean = np.bincount(place, passing, minlength=keys.num_rows) / np.maximum(count, 1)
    squares = np.bincount(place, np.square(passing - mean[place]), minlength=keys.num_rows)
    has_interval = count >= LEAST_OUTLETS
    freedom = np.where(has_interval, count - 1.0, np.nan)
    half = stats.t.ppf(0.975, freedom) * np.sqrt(squares / freedom / np.maximum(count, 1))
    return pa.table(
        {name: keys[name] for name in KEY}
        | {
            "efficiency": 1.0 - np.exp(mean),
            "efficiency_low": 1.0 - np.exp(mean + half),
            "efficiency_high": 1.0 - np.exp(mean - half),
            "n": pa.array(count, pa.int32()),
        }
    )
