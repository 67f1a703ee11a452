"""Siting: against every choice by hand, ties, budgets, what can't be covered. Not here: candidates of an area."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ehpilot.kernels import siting

NONE = [False] * 4


def test_cover_all_takes_the_cheap_pair_and_names_what_nobody_covers() -> None:
    covers = [[1, 0, 1, 0], [1, 0, 0, 1], [0, 1, 0, 1], [0, 0, 0, 0]]
    found = siting.cover_all(covers, [5.0, 1.0, 1.0, 1.5], NONE)
    assert found.is_selected.tolist() == [False, False, True, True] and found.objective == 2.5
    assert (found.gap, found.is_unique, found.uncoverable.tolist()) == (0.0, True, [3])
    with_fixed = siting.cover_all(covers, [5.0, 1.0, 1.0, 1.5], [False, True, False, False])
    assert with_fixed.is_selected.tolist() == [False, True, True, True], "a fixed site stays, needed or not"


def test_the_greedy_choice_is_not_the_best_one() -> None:
    """Greedy takes the site of 6 and then 3 more; the best two cover all 10."""
    weights = [3.0, 2.0, 3.0, 2.0]
    covers = np.array([[1, 1, 0], [0, 1, 0], [1, 0, 1], [0, 0, 1]], dtype=bool)
    found = siting.cover_most(covers, weights, [1.0] * 3, [False] * 3, 2.0)
    assert found.objective == 10.0 and found.is_selected.tolist() == [False, True, True]
    order, gain = siting.pick_order(covers, weights, found.is_selected, [False] * 3)
    assert order.tolist() == [-1, 1, 2] and gain[1:].tolist() == [5.0, 5.0]
    assert siting.loss_if_stopped(covers, weights, found.is_selected)[1:].tolist() == [5.0, 5.0]


def test_a_tie_is_told_and_a_budget_kept() -> None:
    covers = np.eye(3, dtype=bool)
    tie = siting.cover_most(covers, [2.0, 2.0, 1.0], [1.0] * 3, [False] * 3, 1.0)
    assert tie.objective == 2.0 and not tie.is_unique
    dear = siting.cover_most(covers, [5.0, 3.0, 3.0], [10.0, 4.0, 4.0], [False] * 3, 9.0)
    assert dear.is_selected.tolist() == [False, True, True] and dear.objective == 6.0
    with pytest.raises(ValueError, match="more than the budget"):
        siting.cover_most(covers, [1.0] * 3, [10.0, 4.0, 4.0], [True, False, False], 9.0)


def test_nearest_sites_by_hand() -> None:
    """Places at 0, 1, 10 on a line: of the pairs, 1 and 10 leave the weight of 0 one away: 2 (ReVelle and Swain)."""
    at = np.array([0.0, 1.0, 10.0])
    apart, weight = np.abs(at[:, None] - at), [2.0, 5.0, 3.0]
    found = siting.nearest_sites(apart, weight, [1.0] * 3, [False] * 3, 2.0)
    assert found.is_selected.tolist() == [False, True, True] and found.objective == 2.0 and found.is_unique
    dear = siting.nearest_sites(apart, weight, [1.0, 2.0, 1.0], [False] * 3, 2.0)
    assert dear.is_selected.tolist() == [True, False, True] and dear.objective == 5.0, "the middle one costs too much"
    blocked = siting.nearest_sites([[1.0, np.inf], [np.inf, np.inf]], [1.0, 1.0], [1.0] * 2, [False, False], 1.0)
    assert blocked.uncoverable.tolist() == [1] and blocked.is_selected.tolist() == [True, False]
    with pytest.raises(ValueError, match="fixed"):
        siting.nearest_sites(apart, weight, [1.0] * 3, [True, True, False], 1.0)
    with pytest.raises(ArithmeticError):
        siting.nearest_sites([[0.0, np.inf], [np.inf, 0.0]], [1.0, 1.0], [1.0] * 2, [False, False], 1.0)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 9), min_size=5, max_size=5), min_size=1, max_size=6),
    st.lists(st.integers(0, 9), min_size=6, max_size=6),
    st.integers(1, 4),
)
def test_no_other_sites_stand_nearer(distances: list[list[int]], weights: list[int], number: int) -> None:
    """9 stands for a site that can't serve."""
    far = np.where(np.array(distances) == 9, np.inf, np.array(distances, dtype=float))
    weight, can = np.array(weights[: len(far)], dtype=float), np.isfinite(far).any(axis=1)
    choices = [list(chosen) for chosen in itertools.combinations(range(5), number)]
    worth = [float((weight[can] * far[can][:, chosen].min(axis=1)).sum()) for chosen in choices
             if np.isfinite(far[can][:, chosen].min(axis=1)).all()]  # fmt: skip
    if not worth:
        with pytest.raises(ArithmeticError):
            siting.nearest_sites(far, weight, [1.0] * 5, [False] * 5, float(number))
        return
    found = siting.nearest_sites(far, weight, [1.0] * 5, [False] * 5, float(number))
    assert found.objective == pytest.approx(min(worth)) and found.is_selected.sum() <= number


COVERS = st.lists(st.lists(st.booleans(), min_size=5, max_size=5), min_size=1, max_size=6)


@settings(max_examples=25, deadline=None)
@given(COVERS, st.lists(st.integers(0, 9), min_size=6, max_size=6), st.integers(0, 4))
def test_no_choice_is_better_than_the_one_found(covers: list[list[bool]], weights: list[int], number: int) -> None:
    reach, weight = np.array(covers), np.array(weights[: len(covers)], dtype=float)
    found = siting.cover_most(reach, weight, [1.0] * 5, [False] * 5, float(number))
    choices = [np.isin(np.arange(5), chosen) for chosen in itertools.combinations(range(5), number)]
    assert found.objective == max(siting.covered_weight(reach, weight, choice) for choice in choices)
    assert found.is_selected.sum() <= number and found.gap == 0.0
    losses = siting.loss_if_stopped(reach, weight, found.is_selected)
    for site in np.flatnonzero(found.is_selected):
        without = found.is_selected & (np.arange(5) != site)
        assert losses[site] == found.objective - siting.covered_weight(reach, weight, without)
    order, gain = siting.pick_order(reach, weight, found.is_selected, [False] * 5)
    assert np.nansum(gain) == found.objective
    assert sorted(order[order > 0]) == list(range(1, found.is_selected.sum() + 1))


def test_existing_sites_are_picked_first() -> None:
    order, gain = siting.pick_order(np.eye(3, dtype=bool), [1.0, 9.0, 5.0], [True] * 3, [True, False, False])
    assert order.tolist() == [1, 2, 3] and gain.tolist() == [1.0, 9.0, 5.0]


def test_unknown_weights_and_costs_are_refused() -> None:
    with pytest.raises(ValueError, match="weight"):
        siting.cover_most([[True]], [np.nan], [1.0], [False], 1.0)
    with pytest.raises(ValueError, match="cost"):
        siting.cover_all([[True]], [np.nan], [False])


def test_sites_that_say_the_same() -> None:
    t = np.arange(30.0)
    series = np.column_stack([t, 2 * t + 1, np.sin(t), np.where(t < 25, np.nan, t)])
    assert [(i, j) for i, j, _ in siting.redundant_pairs(series, 0.9, 12)] == [(0, 1)]


def test_the_kings_of_the_chessboard_and_the_triples_of_steiner() -> None:
    """Nine kings watch all 64 squares (Yaglom and Yaglom, Challenging Mathematical Problems 1, 1964); a cover of the
    Steiner triples of nine takes five (Fulkerson, Nemhauser and Trotter, Mathematical Programming Study 2, 1974,
    72-81)."""
    row, column = np.divmod(np.arange(64), 8)
    kings = np.maximum(*(np.abs(part[:, None] - part[None, :]) for part in (row, column))) <= 1
    found = siting.cover_all(kings, np.ones(64), np.zeros(64, bool))
    assert (found.objective, found.gap, int(found.is_selected.sum())) == (9.0, 0.0, 9)
    points = [(x, y) for x in range(3) for y in range(3)]
    lines = {
        frozenset(((x + k * dx) % 3, (y + k * dy) % 3) for k in range(3))
        for x, y in points
        for dx, dy in ((0, 1), (1, 0), (1, 1), (1, 2))
    }
    triples = np.array([[point in line for point in points] for line in sorted(lines, key=sorted)])
    assert triples.shape == (12, 9)
    assert siting.cover_all(triples, np.ones(9), np.zeros(9, bool)).objective == 5


def test_an_unknown_or_negative_distance_is_refused() -> None:
    for distance in (-1.0, np.nan):
        with pytest.raises(ValueError, match="distance"):
            siting.nearest_sites([[distance, 2.0]], [1.0], [1.0, 1.0], [False, False], 1.0)
