"""Interval of a ratio of sums by resampling whole plants.

ΣE/ΣA over plants is the value that an inventory needs: it gives back the emission of the plants measured. Its interval
draws plants with replacement and takes all periods of a drawn plant, since periods of one plant are no independent news
(Davison and Hinkley, Bootstrap Methods and their Application, 1997, 3.8; Cameron, Gelbach and Miller, Review of
Economics and Statistics 90, 2008). Ends are percentiles. With few plants it is too narrow: below ``LEAST_PLANTS`` there
is none.

Cells with the same number of plants share their draws, so that many cells cost little and the result of one does not
depend on which others are there.

Does not belong here: intervals that rest on a distribution (``lognormal_mean``, ``plant_effects``).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

LEAST_PLANTS = 3


def ratio_interval(
    numerator: ArrayLike,
    denominator: ArrayLike,
    cell: ArrayLike,
    cells: int,
    *,
    draws: int,
    seed: int,
    confidence: float = 0.95,
) -> tuple[Floats, Floats]:
    """Ends (c,) of the interval of Σ numerator/Σ denominator of each cell; (n,) one row a plant with its sums, in fixed
    order within the cell; ``denominator`` > 0. NaN below ``LEAST_PLANTS`` plants. Same seed and plants, same ends."""
    top, base, place = np.asarray(numerator, float), np.asarray(denominator, float), np.asarray(cell, np.int64)
    order = np.argsort(place, kind="stable")
    count = np.bincount(place, minlength=cells)
    start = np.concatenate([[0], np.cumsum(count)[:-1]]).astype(np.int64)
    low, high = np.full(cells, np.nan), np.full(cells, np.nan)
    share = [0.5 - confidence / 2.0, 0.5 + confidence / 2.0]
    for size in np.unique(count[count >= LEAST_PLANTS]):
        random = np.random.Generator(np.random.PCG64([seed, int(size)]))
        times = random.multinomial(int(size), np.full(size, 1.0 / size), size=draws).astype(float)
        for one in np.flatnonzero(count == size):
            rows = order[start[one] : start[one] + size]
            # sums by columns in order and no matrix product: the same bits with any number of threads
            ratio = (times * top[rows]).sum(axis=1) / (times * base[rows]).sum(axis=1)
            low[one], high[one] = np.quantile(ratio, share)
    return low, high
