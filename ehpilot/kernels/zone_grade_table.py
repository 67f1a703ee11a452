"""Grades and zones of all cells of an edition from Arrow tables, and who changes level on another grid.

Belongs here: from tables to arrays and back, sensitive places near a cell. Does not belong here: the scores and their
lines (``zone_grading``), risks and people of cells (SQL), polygons (``publish``).
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from ehpilot.kernels import zone_grading as grading
from ehpilot.kernels.columns import doubles, ordered, places_or_null, texts

Floats = NDArray[np.float64]

NEAR_M = 1000.0
UNKNOWN = 0  # a level that nobody knows, as part of a key
OTHER_GRIDS = ((0.5, 0.0), (2.0, 0.0), (1.0, 0.5), (2.0, 1.0))  # edge and offset, in edges of the grid itself
SENSITIVITY = pa.schema(
    [
        ("size_m", pa.float64()),
        ("offset_m", pa.float64()),
        ("grade_from", pa.int32()),
        ("grade_to", pa.int32()),
        ("population", pa.float64()),
    ]
)


def grade_cells(cells: pa.Table, places: pa.Table) -> pa.Table:
    """One row a cell, by ``cell_id``: scores, grade, kind of zone, zone, sensitive places within 1 km.

    ``cells``: ``cell_id``, centre ``x_m``, ``y_m``, edge ``size_m`` (one grid), ``cancer_risk``, ``hazard_index``,
    ``population``, ``young_or_old_share`` (NaN unknown). ``places``: ``x_m``, ``y_m`` of sensitive places. A zone is
    named by its kind and the first of its cells' ids.
    """
    rows = ordered(cells, "cell_id")
    near = _places_near(_centres(rows), places)
    hazard, exposure, vulnerability, grade = _graded(
        doubles(rows, "cancer_risk"),
        doubles(rows, "hazard_index"),
        doubles(rows, "population"),
        doubles(rows, "young_or_old_share"),
        near,
        doubles(rows, "size_m"),
    )
    kinds = [grading.KIND_OF_GRADE.get(int(number), "") for number in grade]
    size = float(rows["size_m"][0].as_py()) if rows.num_rows else 1.0
    zone = grading.contiguous_zones(doubles(rows, "x_m"), doubles(rows, "y_m"), size, kinds)
    ids = texts(rows, "cell_id")
    first: dict[int, int] = {}
    for number, label in enumerate(zone.tolist()):
        first.setdefault(label, number)
    names = [
        f"Z:{kinds[n]}:{ids[first[label]].removeprefix('C:')}" if label >= 0 else None for n, label in enumerate(zone)
    ]
    return pa.table(
        {
            "cell_id": rows["cell_id"],
            "hazard_score": hazard,
            "exposure_score": exposure,
            "vulnerability_score": vulnerability,
            "score": grading.cell_scores(hazard, exposure, vulnerability),
            "grade": places_or_null(grade),
            "sensitive_places": pa.array(near.astype(np.int32), pa.int32()),
            "zone_kind": pa.array([kind or None for kind in kinds], pa.string()),
            "zone_id": pa.array(names, pa.string()),
        }
    )


def regraded_people(cells: pa.Table, places: pa.Table) -> pa.Table:
    """People by grade on this grid and on others (half and double the edge, shifted by half an edge); schema
    :data:`SENSITIVITY`. Tables as in :func:`grade_cells`; people of unknown number are left out.

    Risk and people are those of the cells, by share of people and area: half the edge shows what the reach of sensitive
    places alone does, for nothing finer is known of the rest."""
    rows = ordered(cells, "cell_id")
    size = float(rows["size_m"][0].as_py()) if rows.num_rows else 1.0
    near = _places_near(_centres(rows), places)
    risk, index = doubles(rows, "cancer_risk"), doubles(rows, "hazard_index")
    people, old = doubles(rows, "population"), doubles(rows, "young_or_old_share")
    *_, own = _graded(risk, index, people, old, near, np.full(rows.num_rows, size))
    left, bottom = doubles(rows, "x_m") - size / 2, doubles(rows, "y_m") - size / 2
    found: dict[tuple[float, float, int, int], float] = {}
    for edge, shift in OTHER_GRIDS if rows.num_rows else ():
        cell, number, share, centres = grading.overlaps(left, bottom, size, edge * size, shift * size)
        total, new_risk = grading.regridded(cell, number, share, people, risk)
        new_index, new_old = (grading.regridded(cell, number, share, people, values)[1] for values in (index, old))
        # a cell at the border of the area is as large as what it covers of it
        covered = size * np.sqrt(np.bincount(number, weights=share))
        *_, other = _graded(new_risk, new_index, total, new_old, _places_near(centres, places), covered)
        heads = np.nan_to_num(people[cell] * share)
        for before, after, head in zip(own[cell], other[number], heads, strict=True):
            key = (edge * size, shift * size, max(int(before), UNKNOWN), max(int(after), UNKNOWN))
            found[key] = found.get(key, 0.0) + float(head)
    rows_found = [(*key, heads_of) for key, heads_of in sorted(found.items())]
    return pa.Table.from_pylist([dict(zip(SENSITIVITY.names, row, strict=True)) for row in rows_found], SENSITIVITY)


def _graded(
    risk: Floats, index: Floats, people: Floats, share: Floats, near: Floats, size: Floats
) -> tuple[Floats, Floats, Floats, NDArray[np.int64]]:
    hazard = grading.hazard_scores(risk, index)
    exposure = grading.exposure_scores(people, size)
    vulnerability = grading.vulnerability_scores(share, near)
    return hazard, exposure, vulnerability, grading.cell_grades(hazard, exposure, vulnerability, risk)


def _centres(cells: pa.Table) -> Floats:
    return np.column_stack([doubles(cells, "x_m"), doubles(cells, "y_m")])


def _places_near(centres: Floats, places: pa.Table) -> Floats:
    """Sensitive places within 1 km of each centre (n, 2)."""
    if not places.num_rows or not len(centres):
        return np.zeros(len(centres))
    tree = cKDTree(np.column_stack([doubles(places, "x_m"), doubles(places, "y_m")]))
    return np.asarray(tree.query_ball_point(centres, NEAR_M, return_length=True), dtype=float)
