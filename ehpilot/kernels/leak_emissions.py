"""Leaks of seals from single readings: EPA-453/R-95-017, Protocol for Equipment Leak Emission Estimates (1995), 2.3.3.

    e = default zero     below 1 µmol/mol (HJ 1230-2021 counts such a reading as none)
    e = a SV^b           from there to the instrument's limit
    e = pegged value     at or above the limit (10,000, 50,000 or 100,000 µmol/mol)

in kg/h of total organic compounds a seal; times the mass share of the substance. SV is the net reading, background
taken off. A reading stands from half way since the one before to half way to the next, within the year; a repair ends
the old reading and begins the new one. Constants by kind of seal and service: seed ``leak_correlation``.

The correlation is of means: it must be used on single readings and never on a mean reading, since SV^b is not linear.

Does not belong here: which seal is of which kind, leak definitions and repair times (``problem`` rules).
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = NDArray[np.float64] | float

ZERO_BELOW = 1.0  # µmol/mol


def rate_kg_h(
    reading: Numbers, default_zero: Numbers, a: Numbers, b: Numbers, pegged: Numbers, limit: Numbers
) -> Floats:
    """Rate (n,) in kg/h of one seal each: net ``reading`` in µmol/mol, ``pegged`` value for the instrument's ``limit``.
    A reading below 0 counts as 0; NaN stays NaN; where no pegged value is known the correlation goes on, which is a
    lower bound."""
    value = np.maximum(np.asarray(reading, float), 0.0)
    with np.errstate(invalid="ignore"):
        correlated = np.asarray(a, float) * np.where(value > 0, value, 1.0) ** np.asarray(b, float)
        top = np.where(np.isnan(pegged), correlated, pegged)
        found = np.where(value < ZERO_BELOW, default_zero, np.where(value >= limit, top, correlated))
    return np.where(np.isnan(value), np.nan, found)


def hours_of_readings(
    day: Numbers, repaired_day: Numbers, seal: Numbers, first_day: float, last_day: float, hours: Numbers
) -> tuple[Floats, Floats]:
    """Hours (n,) that each reading stands for as found, and hours after its repair (0 without one), within the period
    ``first_day`` … ``last_day`` (day numbers, the last excluded); ``hours`` (n,) the seal runs in the period. Readings
    of one ``seal`` share the period at their mid-points; a repair (NaN = none) takes effect on its day, if it lies in
    the reading's part."""
    when, mended, label = np.asarray(day, float), np.asarray(repaired_day, float), np.asarray(seal)
    order = np.lexsort([when, label])
    start, end = np.full(when.size, first_day), np.full(when.size, last_day)
    for before, after in pairwise(order):
        if label[before] == label[after]:
            middle = float(np.clip((when[before] + when[after]) / 2.0, first_day, last_day))
            end[before] = start[after] = middle
    share = np.asarray(hours, float) / (last_day - first_day)
    switch = np.where(np.isnan(mended), end, np.clip(mended, start, end))
    return (switch - start) * share, (end - switch) * share
