"""Outliers of a sample from a normal distribution: Grubbs' test as GB/T 4883-2008 uses it.

GB/T 4883-2008 (statistical interpretation of data, detection and treatment of outliers in the normal sample): a value
is a straggler (歧离值) where the test rejects at the detection level 0.05, a statistical outlier (统计离群值) where
it rejects at the elimination level 0.01; with unknown standard deviation and either side, Grubbs' test, repeated
without the found value while it rejects. HJ 877-2017 sends surveys of exposure factors there. Here a value is marked
and never left out.

Belongs here: the test on arrays. Does not belong here: which scale a quantity is normal on (a seed), what is done
with a mark.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

DETECTION_LEVEL = 0.05  # GB/T 4883-2008, 4.3: detection level where nothing else is agreed
ELIMINATION_LEVEL = 0.01  # GB/T 4883-2008, 4.3: elimination level where nothing else is agreed
NONE, STRAGGLER, OUTLIER = 0, 1, 2
LEAST = 3  # values that the test needs
SCALES = ("linear", "log", "none")


def grubbs_critical(n: int, level: float) -> float:
    """Critical value of (x_max - x̄)/s for n >= 3 values, one side, at ``level`` (Grubbs and Beck, Technometrics 14,
    1972): (n-1)/√n · √(t²/(n-2+t²)), t the upper level/n quantile of Student's distribution with n-2 degrees of
    freedom."""
    t = float(stats.t.isf(level / n, n - 2))
    return float((n - 1) / np.sqrt(n) * np.sqrt(t * t / (n - 2 + t * t)))


def grubbs_marks(values: ArrayLike, scale: str, most: int) -> NDArray[np.int64]:
    """Mark of each value (n,): 0 none, 1 straggler, 2 statistical outlier, by the two-sided test (half the level on a
    side), repeated at most ``most`` times. ``scale``: linear, log (values at or below 0 stay unmarked), none (no
    test). NaN stays unmarked; fewer than three values or equal values give no mark."""
    if scale not in SCALES:
        raise ValueError(f"scale {scale!r} is none of {', '.join(SCALES)}")
    x = np.asarray(values, dtype=np.float64)
    marks = np.zeros(x.shape, dtype=np.int64)
    if scale == "none":
        return marks
    with np.errstate(invalid="ignore", divide="ignore"):
        x = np.where(x > 0, np.log(np.where(x > 0, x, 1.0)), np.nan) if scale == "log" else x
    left = ~np.isnan(x)
    for _ in range(most):
        n = int(left.sum())
        spread = float(np.std(x[left], ddof=1)) if n >= LEAST else 0.0
        if spread == 0.0:
            break
        distance = np.where(left, np.abs(x - x[left].mean()), -1.0) / spread
        worst = int(np.argmax(distance))
        if distance[worst] <= grubbs_critical(n, DETECTION_LEVEL / 2):
            break
        marks[worst] = OUTLIER if distance[worst] > grubbs_critical(n, ELIMINATION_LEVEL / 2) else STRAGGLER
        left[worst] = False
    return marks
