"""Grade of a risk source: hazard load × receptors ± management, vetoes, chances under uncertainty, what the next grade
would take.

Method (this project's own: no national rule for chronic environment-and-health grading of sources was found;
docs/grading.md). Hazard load = Σ kg/a × toxicity weight; receptors = Σ over places of χ/Q × people [person s/m3], χ/Q
the emission-weighted mean of the site's outlets, for water the inverse flow of the receiving body instead: both say
what concentration one g/s makes, so the larger counts. Absolute cuts make classes 1-4 and 1-3, their sum the grade:
6, 7 → 1 red; 5 → 2 orange; 4 → 3 yellow; up to 3 → 4 blue. Management below one line is one step worse, from another on
one step milder. A veto sets the mildest grade there may be and nothing lifts it.

Unknown is NaN and gives no grade (-1), but a veto that says red decides alone. A load of which a part is unknown is a
lower bound: never blue. A veto whose fact is unknown does not fire.

Belongs here: pure functions over sources. Does not belong here: which facts make the inputs and in what words reasons
stand (SQL), where cuts are carried and frozen (``int_risk_grade__cuts_chosen``), zones, codes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

MILDEST = 4
GRADE_OF_SUM = np.array([4, 4, 4, 4, 3, 2, 1, 1])  # by hazard class + receptor class, 0 to 7
ROUNDING = 1e-9  # share of a cut by which a value may miss it and still reach it
PARTLY_KNOWN = 3  # the mildest grade of a source of which something is not known
HAZARD_QUANTILES = (0.50, 0.80, 0.95)
RECEPTOR_QUANTILES = (0.50, 0.80)


@dataclass(frozen=True)
class Rules:
    """Cuts and lines of one edition. ``hazard_cuts``: three, log10 of kg/a x toxicity weight, ascending;
    ``receptor_cuts``: two, person s/m3, ascending; management lines 0-100; risks of the vetoes, dimensionless."""

    hazard_cuts: Sequence[float]
    receptor_cuts: Sequence[float]
    worse_below: float
    milder_from: float
    red_cancer_risk: float
    red_hazard_index: float
    orange_cancer_risk: float
    orange_hazard_index: float


def proposed_cuts(values: ArrayLike, quantiles: Sequence[float]) -> Floats:
    """Cuts at the given quantiles of the known positive values (inverse of the distribution function, so that a cut is
    one of the values); NaN where there is none. Sources with nothing to grade by take no part."""
    array = np.asarray(values, dtype=float)
    known = array[array > 0]
    if not known.size:
        return np.full(len(quantiles), np.nan)
    return np.quantile(known, quantiles, method="inverted_cdf")


def classes(values: ArrayLike, cuts: Sequence[float]) -> Integers:
    """1 + number of cuts that a value reaches; -1 for NaN. ValueError where a cut is unknown or they fall.

    A value within ``ROUNDING`` of a cut reaches it: a cut is some source's own value, and the last digits of a sum must
    not part sources that are equal."""
    array, bounds = np.asarray(values, dtype=float), np.asarray(cuts, dtype=float)
    if np.isnan(bounds).any() or np.any(np.diff(bounds) < 0):
        raise ValueError("cuts must be known and must not fall")
    reached = bounds - ROUNDING * np.abs(bounds)
    return np.where(np.isnan(array), -1, 1 + np.searchsorted(reached, array, side="right"))


def base_grades(hazard_class: ArrayLike, receptor_class: ArrayLike) -> Integers:
    """Grade 1-4 of the matrix; -1 where a class is unknown (-1). Shapes (n,)."""
    hazard, receptor = np.asarray(hazard_class), np.asarray(receptor_class)
    known = (hazard > 0) & (receptor > 0)
    return np.where(known, GRADE_OF_SUM[np.where(known, hazard + receptor, 0)], -1)


def management_steps(score: ArrayLike, worse_below: float, milder_from: float) -> Integers:
    """-1 one step worse, +1 one step milder, 0 none; an unknown score makes no step."""
    array = np.asarray(score, dtype=float)
    return np.where(array < worse_below, -1, np.where(array >= milder_from, 1, 0))


def veto_floors(
    cancer_risk: ArrayLike,
    hazard_index: ArrayLike,
    is_unmonitored: ArrayLike,
    is_unsure: ArrayLike,
    is_incomplete: ArrayLike,
    rules: Rules,
) -> Integers:
    """The mildest grade that the vetoes leave, 1-4.

    ``cancer_risk``, ``hazard_index``: the largest at a sensitive point that this source mainly causes, NaN unknown or
    none; ``is_unmonitored``: emits a class 1 carcinogen that nobody monitors; ``is_unsure``: data confidence low;
    ``is_incomplete``: a part of the load is unknown. Shapes (n,).
    """
    risk, index = np.asarray(cancer_risk, dtype=float), np.asarray(hazard_index, dtype=float)
    red = (risk >= rules.red_cancer_risk) | (index >= rules.red_hazard_index)
    orange = (risk >= rules.orange_cancer_risk) | (index >= rules.orange_hazard_index) | np.asarray(is_unmonitored)
    partly = np.asarray(is_unsure) | np.asarray(is_incomplete)
    return np.select([red, orange, partly], [1, 2, PARTLY_KNOWN], MILDEST)


def final_grades(base: ArrayLike, steps: ArrayLike, floors: ArrayLike) -> Integers:
    """Base grade with its step, kept to 1-4 and to the floor; -1 where the base is unknown and no red veto decides."""
    base, floors = np.asarray(base), np.asarray(floors)
    moved = np.minimum(np.clip(base + np.asarray(steps), 1, MILDEST), floors)
    return np.where(base > 0, moved, np.where(floors == 1, 1, -1))


def grades(
    hazard_load: ArrayLike, receptor_load: ArrayLike, steps: ArrayLike, floors: ArrayLike, rules: Rules
) -> Integers:
    """Grades of sources from their loads (kg/a x weight; person s/m3; 0 is known and the lowest class)."""
    with np.errstate(divide="ignore"):
        hazard = classes(np.log10(np.asarray(hazard_load, dtype=float)), rules.hazard_cuts)
    return final_grades(base_grades(hazard, classes(receptor_load, rules.receptor_cuts)), steps, floors)


def grade_probabilities(drawn: NDArray[np.integer]) -> Floats:
    """Shares of the draws (d, n) in grade 1, 2, 3, 4: (n, 4); NaN where a source has no grade in a draw."""
    shares = np.stack([(drawn == grade).mean(axis=0) for grade in range(1, MILDEST + 1)], axis=1)
    return np.where(np.any(drawn < 0, axis=0, keepdims=True).T, np.nan, shares)


def reduction_to_next(
    hazard_load: ArrayLike, receptor_load: ArrayLike, steps: ArrayLike, floors: ArrayLike, rules: Rules
) -> Floats:
    """Share of the hazard load (0-1) that must go for one grade milder; NaN where the grade is unknown or the mildest,
    or where no cut of the load alone gets there (receptors, management or a veto hold it). Shapes (n,).

    The load must fall below a cut, so the share is the smallest up to rounding: at exactly the cut the class stays.
    """
    load = np.asarray(hazard_load, dtype=float)
    now = grades(load, receptor_load, steps, floors, rules)
    needed = np.full(load.shape, np.nan)
    for cut in sorted(rules.hazard_cuts):  # from the lowest: the highest cut that suffices is written last
        below = 10.0 ** (cut - ROUNDING * abs(cut)) * (1 - ROUNDING)
        reached = grades(np.minimum(load, below), receptor_load, steps, floors, rules)
        suffices = (now > 0) & (reached > now) & (load > 0)
        needed = np.where(suffices, 1.0 - np.minimum(load, below) / np.where(load > 0, load, 1.0), needed)
    return needed


def stays_at(
    hazard_load: ArrayLike, receptor_load: ArrayLike, steps: ArrayLike, floors: ArrayLike, rules: Rules, change: float
) -> Booleans:
    """True where the grade is the same with the load up and down by ``change`` (0.2 = ±20 %), or unknown."""
    load = np.asarray(hazard_load, dtype=float)
    found = [grades(load * factor, receptor_load, steps, floors, rules) for factor in (1 - change, 1.0, 1 + change)]
    return (found[0] == found[1]) & (found[1] == found[2])
