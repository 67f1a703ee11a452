"""Whether a sample looks like its population: goodness of fit of the weighted shares to known margins.

Pearson's statistic of the weighted shares, divided by the mean of the generalised design effects (first-order
correction of Rao and Scott, Journal of the American Statistical Association 76, 1981, 221-230; Lohr, Sampling: Design
and Analysis, 2nd ed. 2010, 10.3): X² = n Σ (p̂_k - π_k)²/π_k, δ̄ = n Σ (V̂(p̂_k)/π_k)/(K-1), X²/δ̄ against chi-square
with K-1 degrees of freedom. The weights are those before raking: after it the margins fit by construction.

Does not belong here: raking (``survey``), which margins a survey has (``literacy``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from ehpilot.kernels import survey

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Fit:
    """One margin of K categories: persons, weighted share and population share (K,) of each, the corrected statistic,
    its degrees of freedom and p value (NaN where no error is known)."""

    categories: list[str]
    persons: NDArray[np.int64]
    share: Floats
    population_share: Floats
    statistic: float
    degrees_of_freedom: int
    p_value: float


def goodness_of_fit(design: survey.Design, labels: list[str], people: dict[str, float]) -> Fit:
    """Fit of the labels (n,) of a sample to the people of each category; who is in no category is left out."""
    names = sorted(people)
    marks = np.array([[label == name for label in labels] for name in names], dtype=bool).reshape(len(names), -1)
    known = marks.any(axis=0)
    wanted = np.array([people[name] for name in names], dtype=np.float64)
    wanted = wanted / wanted.sum()
    found = [survey.mean(mark.astype(np.float64), design, known) for mark in marks]
    share = np.array([one.value for one in found])
    variance = np.array([one.standard_error for one in found]) ** 2
    persons = marks.sum(axis=1)
    count, degrees = int(known.sum()), len(names) - 1
    effect = count * float(np.sum(variance / wanted)) / degrees if degrees else np.nan
    statistic = count * float(np.sum((share - wanted) ** 2 / wanted)) / effect if effect > 0 else np.nan
    p_value = float(stats.chi2.sf(statistic, degrees)) if not np.isnan(statistic) else np.nan
    return Fit(names, persons, share, wanted, statistic, degrees, p_value)
