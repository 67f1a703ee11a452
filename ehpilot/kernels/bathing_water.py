"""Microbial class of a bathing water by percentiles.

Directive 2006/7/EC, Annex II: counts are taken as log-normal, percentiles of the log10 counts are 10^(µ + 1.65 σ)
(95th) and 10^(µ + 1.282 σ) (90th), σ with n - 1; a result below the detection limit counts as the limit. Annex I,
coastal and transitional waters (cfu/100 mL): intestinal enterococci excellent 100, good 200 by the 95th, sufficient 185
by the 90th; Escherichia coli 250, 500 and 500. The class is the worse of the two. Annex IV asks for at least 16 samples
of a season set; with fewer there is no class.

Does not belong here: the limits (seed ``scoring_rule``), points of a beach (``rule_scoring``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

# factors as the Directive prints them, not exact quantiles of the normal
FACTOR_95, FACTOR_90 = 1.65, 1.282
CLASSES = ("excellent", "good", "sufficient", "poor")


@dataclass(frozen=True)
class Percentiles:
    """Number of samples that count, and 95th and 90th percentile in the unit of the counts (NaN below two samples)."""

    count: int
    p95: float
    p90: float


def percentiles(counts: ArrayLike, limits: ArrayLike) -> Percentiles:
    """Percentiles of counts (n,) in cfu/100 mL; a count below its detection limit is NaN and its limit stands in
    ``limits`` (n,). A row with neither, or with one that is not above 0, is no sample: a count of 0 has a limit."""
    value = np.asarray(counts, dtype=np.float64)
    taken = np.where(np.isnan(value), np.asarray(limits, dtype=np.float64), value)
    taken = taken[np.nan_to_num(taken) > 0]
    if taken.size < 2:
        return Percentiles(int(taken.size), np.nan, np.nan)
    logs = np.log10(taken)
    mean, deviation = logs.mean(), logs.std(ddof=1)
    return Percentiles(
        int(taken.size), float(10 ** (mean + FACTOR_95 * deviation)), float(10 ** (mean + FACTOR_90 * deviation))
    )


def microbe_class(found: Percentiles, excellent: float, good: float, sufficient: float, minimum_samples: int) -> str:
    """Class of one indicator: excellent and good by the 95th, sufficient by the 90th percentile, else poor; '' with
    fewer samples than asked for."""
    if found.count < minimum_samples or np.isnan(found.p95):
        return ""
    if found.p95 <= excellent:
        return CLASSES[0]
    if found.p95 <= good:
        return CLASSES[1]
    return CLASSES[2] if found.p90 <= sufficient else CLASSES[3]


def worse_class(classes: list[str]) -> str:
    """The worse of the known classes, '' where none is known or one is missing: a water is judged by both."""
    if not classes or not all(classes):
        return ""
    return max(classes, key=CLASSES.index)
