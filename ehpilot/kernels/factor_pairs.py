"""Which pairs of emission and activity may make a factor, and why others may not.

A pair is what one plant emitted of one pollutant at one stage in one period, and its activity in the same period:
factor = emission/activity. It counts when the emission was measured (automatic, manual, mass balance) with quality A or
B and the plant ran at least ``least_load`` of its capacity (load rule 75 %, as acceptance monitoring asks for;
methods.md c5). A pair below the detection limit stays, censored at limit/activity.

Refused, with a reason code: ``ACTIVITY-UNKNOWN``, ``ACTIVITY-NEGATIVE``, ``ACTIVITY-ZERO``, ``EMISSION-UNKNOWN``
(neither value nor limit),
``EMISSION-NEGATIVE``, ``EMISSION-ZERO`` (a measured 0 without a limit tells nothing about a ratio), ``UNIT-MIXED``
(activity in another unit than most of the cell), ``OUTLETS-MISSING`` (an outlet of the plant that was measured in other
periods has no figure), ``LOAD-LOW``, ``QC-LEVEL``, ``METHOD-NOT-MEASURED``. An outlier is flagged and never refused.

Does not belong here: joining emission and activity (SQL), the factor itself (``emission_factors``).
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray

from ehpilot.kernels.columns import doubles, flags, texts

Floats = NDArray[np.float64]

MEASURED = frozenset({"automatic", "manual_monitoring", "mass_balance"})
USABLE_QC = frozenset({"A", "B"})
OUTLIER_LIMIT = 3.5  # Iglewicz and Hoaglin, How to Detect and Handle Outliers (1993): modified z


def reasons(pairs: pa.Table, cell: ArrayLike, least_load: float) -> list[str]:
    """Reason code of each refused pair, '' of one that counts; the first that fits, in the order of the module's head.

    ``pairs``: ``emission_kg`` (NaN where not detected), ``emission_limit_kg`` (NaN where detected), ``activity``,
    ``activity_unit``, ``load_share`` (NaN unknown: the rule cannot be checked and does not act), ``qc_level``,
    ``method``, and where outlets were summed ``is_complete``; ``cell`` (n,) numbers."""
    emission, limit = doubles(pairs, "emission_kg"), doubles(pairs, "emission_limit_kg")
    activity, load = doubles(pairs, "activity"), doubles(pairs, "load_share")
    unit, qc, method = texts(pairs, "activity_unit"), texts(pairs, "qc_level"), texts(pairs, "method")
    is_whole = (
        flags(pairs, "is_complete") if "is_complete" in pairs.column_names else np.ones(pairs.num_rows, dtype=bool)
    )
    found = np.full(pairs.num_rows, "", dtype=object)
    tests = [
        ("ACTIVITY-UNKNOWN", np.isnan(activity)),
        ("ACTIVITY-NEGATIVE", activity < 0),
        ("ACTIVITY-ZERO", activity == 0),
        ("EMISSION-NEGATIVE", (emission < 0) | (limit < 0)),
        ("EMISSION-UNKNOWN", np.isnan(emission) & ~(limit > 0)),
        ("EMISSION-ZERO", emission == 0),
        ("UNIT-MIXED", _in_another_unit(unit, np.asarray(cell, np.int64))),
        ("OUTLETS-MISSING", ~is_whole),
        ("LOAD-LOW", load < least_load - 1e-9),
        ("QC-LEVEL", np.array([level not in USABLE_QC for level in qc], dtype=bool)),
        ("METHOD-NOT-MEASURED", np.array([name not in MEASURED for name in method], dtype=bool)),
    ]
    for code, bad in reversed(tests):
        found[bad] = code
    return [str(code) for code in found]


def _in_another_unit(unit: list[str], cell: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Rows whose unit is not the most frequent one of their cell, the first by name among equals; rows without a unit
    have no say in it."""
    names, number = np.unique(np.array(unit, dtype=object).astype(str), return_inverse=True)
    count = np.zeros((int(cell.max(initial=-1)) + 1, names.size), dtype=np.int64)
    np.add.at(count, (cell, number), (names != "")[number].astype(np.int64))
    return number != count.argmax(axis=1)[cell] if cell.size else np.zeros(0, dtype=bool)


def is_outlier(log_factor: ArrayLike, cell: ArrayLike, cells: int) -> NDArray[np.bool_]:
    """Marks (n,) of factors whose modified z score on logs, 0.6745 (y - median)/MAD, is above 3.5 within their cell. No
    mark where the MAD is 0 or fewer than five pairs are there."""
    y, place = np.asarray(log_factor, float), np.asarray(cell, np.int64)
    marks = np.zeros(y.size, dtype=bool)
    order = np.argsort(place, kind="stable")
    edges = np.concatenate([[0], np.cumsum(np.bincount(place, minlength=cells))])
    for one in range(cells):
        rows = order[edges[one] : edges[one + 1]]
        if rows.size < 5:
            continue
        distance = np.abs(y[rows] - np.median(y[rows]))
        spread = np.median(distance)
        if spread > 0:
            marks[rows] = 0.6745 * distance / spread > OUTLIER_LIMIT
    return marks
