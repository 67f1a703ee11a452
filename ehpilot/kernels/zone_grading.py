"""Grades of grid cells, contiguous zones of one kind, and what another grid would change.

Method (own; docs/grading.md). Scores 0-10 on absolute scales, so that years and areas compare:
h = 10 clip((log10 max(CR, 1e-5 HI) + 7) / 3), e = 10 clip(log10(1 + people) / 4),
v = 10 clip(share under 15 or over 64 + 0.2 × sensitive places within 1 km); score R = h √(e v) / 10; from 6 on grade 1,
from 3.5 on 2, from 1.5 on 3, else 4; CR ≥ 1e-4 is grade 1 whatever the rest. People are those of a 500 m cell; of
another size they are brought to 0.25 km² first, so that the size of the cells alone moves no grade.

Unknown is NaN. A cell has a grade where its unknown scores can't change it (with each at 0 and at 10 the grade is the
same), and none elsewhere: nobody living there is low whatever the hazard, an unknown hazard where many live is not.

A zone: cells of one kind that touch along an edge. Nothing is dissolved into a neighbour and nothing smoothed, so that
a zone's border is a border of cells that anybody can check.

Belongs here: pure functions over cells. Does not belong here: risks, people (SQL), polygons (publish), sources.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.sparse import csgraph

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

SCORE_MAX = 10.0
PEOPLE_AREA_M2 = 500.0 * 500.0
HAZARD_INDEX_AS_RISK = 1e-5  # HI 1 counts as CR 1e-5: both are the line of attention
PLACE_SHARE = 0.2  # one sensitive place within 1 km counts as a fifth of the people being young or old
SCORE_CUTS = (6.0, 3.5, 1.5)
RED_CANCER_RISK = 1e-4
KIND_OF_GRADE = {1: "key_control", 2: "key_control", 3: "strengthened", 4: "general"}


def hazard_scores(cancer_risk: ArrayLike, hazard_index: ArrayLike) -> Floats:
    """h, 0-10; NaN where both are unknown, the known one where one is. No risk at all scores 0."""
    risk = np.fmax(np.asarray(cancer_risk, dtype=float), HAZARD_INDEX_AS_RISK * np.asarray(hazard_index, dtype=float))
    with np.errstate(divide="ignore"):
        return SCORE_MAX * np.clip((np.log10(risk) + 7.0) / 3.0, 0.0, 1.0)


def exposure_scores(people: ArrayLike, size_m: ArrayLike) -> Floats:
    """e, 0-10, of people in cells of edge ``size_m``."""
    density = np.asarray(people, dtype=float) * PEOPLE_AREA_M2 / np.square(np.asarray(size_m, dtype=float))
    return SCORE_MAX * np.clip(np.log10(1.0 + density) / 4.0, 0.0, 1.0)


def vulnerability_scores(young_or_old_share: ArrayLike, sensitive_places: ArrayLike) -> Floats:
    """v, 0-10; ``young_or_old_share`` 0-1 of the people, ``sensitive_places`` within 1 km."""
    share = np.asarray(young_or_old_share, dtype=float) + PLACE_SHARE * np.asarray(sensitive_places, dtype=float)
    return SCORE_MAX * np.clip(share, 0.0, 1.0)


def cell_scores(hazard: ArrayLike, exposure: ArrayLike, vulnerability: ArrayLike) -> Floats:
    """R = h √(e v) / 10, 0-10; NaN where one is NaN."""
    product = np.sqrt(np.asarray(exposure, dtype=float) * np.asarray(vulnerability, dtype=float))
    return np.asarray(hazard, dtype=float) * product / SCORE_MAX


def cell_grades(hazard: ArrayLike, exposure: ArrayLike, vulnerability: ArrayLike, cancer_risk: ArrayLike) -> Integers:
    """Grade 1-4 of each cell, -1 where what is unknown decides it. Scores 0-10, shapes (n,)."""
    scores = [np.asarray(values, dtype=float) for values in (hazard, exposure, vulnerability)]
    mild = _graded(cell_scores(*(np.nan_to_num(values, nan=0.0) for values in scores)))
    worst = _graded(cell_scores(*(np.nan_to_num(values, nan=SCORE_MAX) for values in scores)))
    grade = np.where(mild == worst, mild, -1)
    return np.where(np.asarray(cancer_risk, dtype=float) >= RED_CANCER_RISK, 1, grade)


def _graded(score: Floats) -> Integers:
    rising = np.asarray(SCORE_CUTS[::-1])
    return len(SCORE_CUTS) + 1 - np.searchsorted(rising, score, side="right")


def contiguous_zones(x_m: ArrayLike, y_m: ArrayLike, size_m: float, kinds: Sequence[str]) -> Integers:
    """Number of the zone of each cell: cells of one kind joined along edges; -1 where the kind is ''.

    ``x_m``, ``y_m``: centres or corners of cells of one grid of edge ``size_m``, shapes (n,). Zones are numbered 0…
    by their first cell in the order given (sort by id). ValueError where two cells share a place.
    """
    kind = np.asarray(kinds, dtype=object)
    if not kind.size:
        return np.empty(0, dtype=np.int64)
    columns = np.rint((np.asarray(x_m, dtype=float) - np.min(x_m)) / size_m).astype(np.int64)
    lines = np.rint((np.asarray(y_m, dtype=float) - np.min(y_m)) / size_m).astype(np.int64)
    place = {spot: number for number, spot in enumerate(zip(columns.tolist(), lines.tolist(), strict=True))}
    if len(place) != kind.size:
        raise ValueError("two cells of the grid share a place")
    pairs = [
        (number, place[other])
        for (column, line), number in place.items()
        for other in ((column + 1, line), (column, line + 1))
        if other in place and kind[number] == kind[place[other]]
    ]
    first, second = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    joined = sparse.coo_array((np.ones(first.size), (first, second)), shape=(kind.size, kind.size))
    _, label = csgraph.connected_components(joined, directed=False)
    label = np.where(kind == "", -1, label)
    found, start = np.unique(label[label >= 0], return_index=True)
    order = np.zeros(label.max(initial=0) + 1, dtype=np.int64)
    order[found[np.argsort(start)]] = np.arange(found.size)
    return np.where(label >= 0, order[np.maximum(label, 0)], -1)


def overlaps(
    x_m: ArrayLike, y_m: ArrayLike, size_m: float, new_size_m: float, offset_m: float
) -> tuple[Integers, Integers, Floats, Floats]:
    """Pieces that another grid cuts the cells into: row of the cell, number of the new cell, share of the cell's area;
    and the centres of the new cells by number, (k, 2) in m.

    ``x_m``, ``y_m``: lower left corners; the new grid has edge ``new_size_m`` and starts at ``offset_m`` from the
    origin of coordinates both ways. Shares of one cell sum to 1.
    """
    across = _cut(np.asarray(x_m, dtype=float), size_m, new_size_m, offset_m)
    along = _cut(np.asarray(y_m, dtype=float), size_m, new_size_m, offset_m)
    width, height = across[0].shape[1], along[0].shape[1]
    cell = np.repeat(np.arange(len(across[0])), width * height)
    column = np.repeat(across[0], height, axis=1).ravel()
    line = np.tile(along[0], (1, width)).ravel()
    share = (across[1][:, :, None] * along[1][:, None, :]).ravel()
    kept = share > 1e-12
    spots = np.stack([column[kept], line[kept]], axis=1)
    found, number = np.unique(spots, axis=0, return_inverse=True)
    return cell[kept], number.ravel(), share[kept], (found + 0.5) * new_size_m + offset_m


def _cut(low: Floats, size: float, new_size: float, offset: float) -> tuple[Integers, Floats]:
    """Along one axis: numbers of the new cells and the share of each old one in them, (n, most pieces)."""
    start = np.floor((low - offset) / new_size + 1e-9).astype(np.int64)
    pieces = int(np.ceil(size / new_size)) + 1
    number = start[:, None] + np.arange(pieces)
    left = np.maximum(low[:, None], number * new_size + offset)
    right = np.minimum((low + size)[:, None], (number + 1) * new_size + offset)
    share: Floats = np.clip(right - left, 0.0, None) / size
    return number, share


def regridded(
    cell: Integers, number: Integers, share: Floats, people: ArrayLike, values: ArrayLike
) -> tuple[Floats, Floats]:
    """People of each new cell, and the people-weighted mean of ``values`` there (by area where nobody lives).

    ``cell``, ``number``, ``share``: from :func:`overlaps`; ``people`` (n,) and ``values`` (n,), NaN unknown: a new cell
    with an unknown piece is unknown.
    """
    count = int(number.max(initial=-1)) + 1
    heads, value = np.asarray(people, dtype=float)[cell] * share, np.asarray(values, dtype=float)[cell]
    total = np.bincount(number, weights=heads, minlength=count).astype(np.float64)
    area = np.bincount(number, weights=share, minlength=count)
    weighted = np.bincount(number, weights=heads * value, minlength=count)
    plain = np.bincount(number, weights=share * value, minlength=count)
    with np.errstate(invalid="ignore", divide="ignore"):
        return total, np.where(total > 0, weighted / total, plain / area)
