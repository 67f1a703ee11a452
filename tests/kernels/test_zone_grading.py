"""Grades of cells, zones by touching edges, other grids. Not here: polygons, people of a real area."""

from __future__ import annotations

import itertools
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehpilot.kernels import zone_grading as zones

SCORES = st.floats(0, 10)


def test_scores_by_hand() -> None:
    found = zones.hazard_scores([1e-7, 1e-4, 1e-5, np.nan, np.nan, 0.0, 1e-6], [0.0, 0.0, 1.0, 1.0, np.nan, 0.0, 10.0])
    assert found == pytest.approx([0, 10, 20 / 3, 20 / 3, np.nan, 0, 10], nan_ok=True)
    assert zones.exposure_scores([0, 9, 9999, 1e6], 500.0) == pytest.approx([0, 2.5, 10, 10])
    assert zones.exposure_scores([36.0], 1000.0) == pytest.approx([2.5]), "36 on 1 km2 are 9 on a quarter"
    assert zones.vulnerability_scores([0.3, 0.3, 0.9], [0, 2, 3]) == pytest.approx([3, 7, 10])
    assert zones.cell_scores([8.0], [9.0], [4.0]) == pytest.approx([4.8])


def test_all_grades_are_reached_and_a_high_risk_is_red() -> None:
    grades = zones.cell_grades([6, 3.5, 3.49, 1.5, 1.49, 0], [10] * 6, [10] * 6, [1e-6] * 6)
    assert grades.tolist() == [1, 2, 3, 3, 4, 4]
    assert zones.cell_grades([10], [0], [0], [1e-4]).tolist() == [1]


def test_the_unknown_leaves_a_grade_only_where_it_cannot_matter() -> None:
    nan = np.nan
    grades = zones.cell_grades([nan, nan, 1.0, 9.0, nan], [0, 9, nan, 9, nan], [5, 9, nan, nan, nan], [nan] * 5)
    assert grades.tolist() == [4, -1, 4, -1, -1]


@given(SCORES, SCORES, SCORES, SCORES)
def test_worse_is_never_milder(hazard: float, more: float, exposure: float, vulnerability: float) -> None:
    low, high = sorted([hazard, more])
    found = zones.cell_grades([low, high], [exposure] * 2, [vulnerability] * 2, [0, 0])
    assert found[1] <= found[0]


def test_zones_join_along_edges_only() -> None:
    """Two diagonal cells are two zones; a cell without a kind belongs to none."""
    picture = ["aab", "ba.", "bba"]
    spots = [(x, y) for y, line in enumerate(picture) for x in range(len(line))]
    kinds = ["".join(picture)[number].replace(".", "") for number in range(9)]
    found = zones.contiguous_zones([500.0 * x for x, _ in spots], [500.0 * y for _, y in spots], 500.0, kinds)
    assert found.tolist() == [0, 0, 1, 2, 0, -1, 2, 2, 3]
    with pytest.raises(ValueError, match="share"):
        zones.contiguous_zones([0, 0], [0, 0], 500.0, ["a", "a"])
    assert zones.contiguous_zones([], [], 500.0, []).size == 0
    assert zones.contiguous_zones([0.0], [0.0], 500.0, [""]).tolist() == [-1]


@given(st.lists(st.sampled_from("ab"), min_size=16, max_size=16), st.randoms())
def test_zones_do_not_hang_on_the_order_of_cells(kinds: list[str], random: Random) -> None:
    spots = list(itertools.product(range(4), range(4)))
    order = list(range(16))
    random.shuffle(order)
    plain = zones.contiguous_zones([x * 1.0 for x, _ in spots], [y * 1.0 for _, y in spots], 1.0, kinds)
    mixed = zones.contiguous_zones(
        [spots[i][0] * 1.0 for i in order], [spots[i][1] * 1.0 for i in order], 1.0, [kinds[i] for i in order]
    )
    together = {(i, j) for i in range(16) for j in range(16) if plain[i] == plain[j]}
    assert together == {(order[i], order[j]) for i in range(16) for j in range(16) if mixed[i] == mixed[j]}
    assert all(kinds[i] == kinds[j] for i, j in together)


GRIDS = [(250.0, 0.0), (1000.0, 0.0), (500.0, 250.0), (1000.0, 500.0), (300.0, 70.0)]


@pytest.mark.parametrize(("size", "offset"), GRIDS)
def test_another_grid_keeps_people_and_area(size: float, offset: float) -> None:
    x, y = (axis.ravel() * 500.0 + 355000.0 for axis in np.meshgrid(np.arange(6), np.arange(5)))
    people = np.arange(30.0)
    cell, number, share, _ = zones.overlaps(x, y, 500.0, size, offset)
    assert np.bincount(cell, weights=share) == pytest.approx(np.ones(30))
    total, mean = zones.regridded(cell, number, share, people, np.full(30, 3.0))
    assert total.sum() == pytest.approx(people.sum()) and mean == pytest.approx(np.full(mean.size, 3.0))


def test_four_cells_make_one_and_an_unknown_piece_makes_it_unknown() -> None:
    x, y = [0.0, 500.0, 0.0, 500.0], [0.0, 0.0, 500.0, 500.0]
    cell, number, share, centres = zones.overlaps(x, y, 500.0, 1000.0, 0.0)
    assert centres.tolist() == [[500.0, 500.0]]
    total, mean = zones.regridded(cell, number, share, [10, 30, 0, 0], [1.0, 2.0, 9.0, 9.0])
    assert total.tolist() == [40.0] and mean.tolist() == [1.75]
    assert np.isnan(zones.regridded(cell, number, share, [10, np.nan, 0, 0], [1.0] * 4)[0]).all()
