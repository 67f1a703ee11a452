"""Cells of an area from tables. Not here: scores of single cells (test_zone_grading.py)."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from ehpilot.kernels import zone_grade_table as table


def _cells(people: list[float], risk: list[float]) -> pa.Table:
    count = len(people)
    return pa.table(
        {
            "cell_id": [f"C:{number}_0" for number in range(count)],
            "x_m": [250.0 + 500 * number for number in range(count)],
            "y_m": [250.0] * count,
            "size_m": [500.0] * count,
            "cancer_risk": pa.array(risk, pa.float64()),
            "hazard_index": [np.nan] * count,
            "population": pa.array(people, pa.float64()),
            "young_or_old_share": [0.4] * count,
        }
    )


PLACES = pa.table({"x_m": [250.0, 260.0], "y_m": [250.0, 250.0]})


def test_cells_become_zones_named_by_their_first_cell() -> None:
    cells = _cells([5000, 5000, 5000, 0, np.nan], [1e-4, 1e-4, 1e-7, 1e-6, 1e-5])
    rows = table.grade_cells(cells.take([3, 1, 4, 0, 2]), PLACES).to_pylist()
    assert [row["grade"] for row in rows] == [1, 1, 4, 4, None]
    assert [row["zone_id"] for row in rows] == ["Z:key_control:0_0"] * 2 + ["Z:general:2_0"] * 2 + [None]
    assert [row["sensitive_places"] for row in rows] == [2, 2, 2, 0, 0], "within 1 km, the edge included"
    assert rows[0]["vulnerability_score"] == pytest.approx(8.0)


def test_the_same_everywhere_changes_on_no_grid() -> None:
    found = table.regraded_people(_cells([1000.0] * 8, [1e-5] * 8), PLACES.slice(0, 0)).to_pylist()
    assert {(row["size_m"], row["offset_m"]) for row in found} == {(250, 0), (1000, 0), (500, 250), (1000, 500)}
    assert sum(row["population"] for row in found if row["size_m"] == 250) == pytest.approx(8000)
    whole = [row for row in found if row["size_m"] in (250, 500)]
    assert all(row["grade_from"] == row["grade_to"] for row in whole)


def test_a_hot_cell_is_thinned_on_a_coarse_grid_and_its_people_change() -> None:
    found = table.regraded_people(_cells([5000.0, 5000.0], [3e-5, 1e-7]), PLACES).to_pylist()
    coarse = [(row["grade_from"], row["grade_to"], row["population"]) for row in found if row["size_m"] == 1000]
    assert sum(people for before, after, people in coarse if before != after) > 0
    assert sum(people for *_, people in coarse) == pytest.approx(2 * 10000)


def test_half_the_edge_reaches_a_place_that_the_whole_cell_does_not() -> None:
    far = pa.table({"x_m": [1300.0], "y_m": [250.0]})  # 1,050 m from the cell's centre, 933 m from its eastern halves'
    found = table.regraded_people(_cells([5000.0], [3.6e-6]), far).to_pylist()
    fine = {(row["grade_from"], row["grade_to"]): row["population"] for row in found if row["size_m"] == 250}
    assert fine == {(3, 3): pytest.approx(2500), (3, 2): pytest.approx(2500)}


def test_no_cells() -> None:
    empty = _cells([1.0], [1e-6]).slice(0, 0)
    assert table.grade_cells(empty, PLACES).num_rows == 0 and table.regraded_people(empty, PLACES).num_rows == 0
