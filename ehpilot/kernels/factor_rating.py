"""How good a derived factor is, and whether it may be shown.

Rating, a function of the data and never typed by hand (methods.md c5, after AP-42's letters): A from ten plants with
ci_high/ci_low ≤ 2, B from five, C from three, D below or where the method is weak; one letter worse where the interval
does not cover what it says. E is kept for factors by analogy.

Factor quality index of EPA-453/B-21-001 (Recommended Procedures for Development of Emissions Factors, 2021): FQI =
100/(CTR √N), CTR the composite test rating (0-100, mean of the tests' ratings), N the number of test reports, here
plants; smaller is better. Representativeness is read off it against two limits, which are arguments.

Disclosure: a cell is published only with at least three enterprises and none with more than 80 % of the activity.

Does not belong here: the limits themselves (seed ``parameter``), the factor (``emission_factors``).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
LETTERS = "ABCDE"


def ratings(
    plants: ArrayLike, ci_low: ArrayLike, ci_high: ArrayLike, is_weak: ArrayLike, is_short: ArrayLike, a_ratio: float
) -> list[str]:
    """Letters (c,): ``is_weak`` marks cells whose method is weak (D), ``is_short`` those whose interval is known to
    cover less than it says (one letter worse, not below D). An unknown interval gives no A."""
    count, low, high = np.asarray(plants), np.asarray(ci_low, float), np.asarray(ci_high, float)
    with np.errstate(invalid="ignore", divide="ignore"):
        is_narrow = high / low <= a_ratio
    place = np.where(count >= 10, np.where(is_narrow, 0, 1), np.where(count >= 5, 1, np.where(count >= 3, 2, 3)))
    place = np.where(np.asarray(is_weak, bool), 3, np.minimum(place + np.asarray(is_short, bool), 3))
    return [LETTERS[number] for number in place]


def factor_quality_index(composite_rating: ArrayLike, plants: ArrayLike) -> Floats:
    """FQI (c,): 100/(CTR √N), CTR in 0-100; NaN without a rating or plants."""
    rating, count = np.asarray(composite_rating, float), np.asarray(plants, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where((rating > 0) & (count > 0), 100.0 / (rating * np.sqrt(count)), np.nan)


def representativeness(index: ArrayLike, high_limit: float, moderate_limit: float) -> list[str]:
    """high, moderate, poor by the index (smaller is better, limits inclusive), not_assessed where it is unknown."""
    return [
        "not_assessed" if np.isnan(x) else "high" if x <= high_limit else "moderate" if x <= moderate_limit else "poor"
        for x in np.asarray(index, float)
    ]


def suppression(plants: ArrayLike, largest_share: ArrayLike, least_plants: int, most_share: float) -> list[str]:
    """Why a cell is not published: ``FEW-ENTERPRISES``, ``DOMINATED``, '' where it may be. ``largest_share`` (c,):
    share of the activity that the largest enterprise has."""
    return [
        "FEW-ENTERPRISES" if count < least_plants else "DOMINATED" if share > most_share + 1e-12 else ""
        for count, share in zip(np.asarray(plants), np.asarray(largest_share, float), strict=True)
    ]
