"""Monitoring results far from the others of their sample, by Grubbs' test of the logs (``outliers``).

A result that is found is flagged, never deleted: concentrations have long tails, and the largest may be the one that
matters.

Belongs here: which results are one sample. Does not belong here: the test, what becomes of a flag
(``int_exposure__results_judged``).
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from ehpilot.kernels.columns import doubles, texts, values_by
from ehpilot.kernels.outliers import OUTLIER, grubbs_marks

KEY = ("site_id", "pollutant_id", "period", "averaging_time")


def find_outliers(results: pa.Table, parameters: pa.Table) -> pa.Table:
    """``result_id`` of the outliers by rising id, and how many results their sample has (``n``).

    ``results``: ``result_id``, ``site_id``, ``pollutant_id``, ``period``, ``averaging_time``, ``value`` (NaN or not
    positive: left out); ``parameters``: ``monitoring.outlier_least_results``, ``monitoring.outlier_most_share``.
    Samples must not be parted.
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
            most = int(limit["monitoring.outlier_most_share"] * rows.size)
            places = np.flatnonzero(grubbs_marks(value[rows], "log", most) == OUTLIER)
            found += [(str(ids[rows[place]]), int(rows.size)) for place in places]
    return _table(sorted(found))


def _table(found: list[tuple[str, int]]) -> pa.Table:
    return pa.table(
        {
            "result_id": pa.array([row[0] for row in found], pa.string()),
            "n": pa.array([row[1] for row in found], pa.int32()),
        }
    )
