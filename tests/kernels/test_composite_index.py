"""The index against the Human Development Index as printed, hand sums, and the laws of its form."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ehpilot.kernels.composite_index import (
    Rules,
    arithmetic_index,
    capped,
    contribution_changes,
    contributions,
    dimension_scores,
    geometric_index,
    levels,
    logarithmic_mean,
    normalised,
    scored,
    structure,
)

RULES = Rules(least_coverage=0.75, least_dimension=1.0)
TWO_BY_TWO = structure([0, 0, 1, 1], [0.6, 0.4, 0.5, 0.5], [0.7, 0.3])


def test_the_human_development_index_of_the_technical_notes() -> None:
    """UNDP, Human Development Report 2015, technical note 1, example Costa Rica: life expectancy 79.4 (20-85), expected
    years of schooling 13.9 (0-18), mean years 8.4 (0-15), ln income 13,413 (100-75,000): 0.914, 0.666, 0.740 and HDI
    0.766."""
    values = [[79.4, 13.9, 8.4, np.log(13_413.0)]]
    scores = normalised(values, [85, 18, 15, np.log(75_000.0)], [20, 0, 0, np.log(100.0)], [True] * 4)
    weights = structure([0, 1, 1, 2], [1, 0.5, 0.5, 1], [1, 1, 1])
    found = scored(scores, weights, RULES)
    assert found.dimensions[0] / 100 == pytest.approx([0.914, 0.666, 0.740], abs=1e-3)
    assert found.index[0] / 100 == pytest.approx(0.766, abs=1e-3)


def test_goalposts_clip_both_ways_and_unknown_stays_unknown() -> None:
    scores = normalised([[96, 25], [80, 30], [70, 19], [np.nan, 40]], [95, 20], [80, 30], [True, False])
    assert scores == pytest.approx(np.array([[100, 50], [0, 0], [0, 100], [np.nan, 0]]), nan_ok=True)
    with pytest.raises(ValueError, match="target"):
        normalised([[1.0]], [1.0], [2.0], [True])
    with pytest.raises(ValueError, match="target"):
        normalised([[1.0]], [np.nan], [2.0], [True])


def test_a_dimension_with_too_little_known_weight_is_not_rated() -> None:
    means, coverage = dimension_scores([[80, np.nan, 50, 70], [np.nan, 90, 50, np.nan]], TWO_BY_TWO, 0.5)
    assert means == pytest.approx(np.array([[80, 60], [np.nan, 50]]), nan_ok=True)
    assert coverage == pytest.approx(np.array([[0.6, 1.0], [0.4, 0.5]]))
    found = scored([[80, np.nan, 50, 70]], TWO_BY_TWO, RULES)
    assert np.isnan(found.index[0]) and np.isnan(found.dimensions[0, 0])


def test_three_quarters_of_the_weight_are_enough() -> None:
    weights = structure([0, 0, 0], [0.45, 0.30, 0.25], [1.0])
    assert scored([[40, 70, np.nan]], weights, RULES).index[0] == pytest.approx((0.45 * 40 + 0.30 * 70) / 0.75)


def test_geometric_by_hand_with_a_zero_dimension() -> None:
    assert geometric_index([[64.0, 25.0]], [0.5, 0.5], 1.0) == pytest.approx([40.0])
    assert geometric_index([[0.0, 100.0]], [0.5, 0.5], 1.0) == pytest.approx([10.0]), "0 counts as 1"
    assert arithmetic_index([[64.0, 25.0]], [0.5, 0.5]) == pytest.approx([44.5])


def test_caps_and_levels() -> None:
    assert capped([90, 50, np.nan, 80], [60, 60, 60, np.nan]) == pytest.approx([60, 50, np.nan, 80], nan_ok=True)
    names = ["poor", "medium", "good", "excellent"]
    assert levels([95, 90, 89.999, 75, 60, 59.9, 0, np.nan], [0, 60, 75, 90], names, "not_rated") == [
        "excellent", "excellent", "good", "good", "medium", "poor", "poor", "not_rated",
    ]  # fmt: skip
    dimension = scored([[100, 100, 100, 100]], TWO_BY_TWO, RULES, np.array([[60.0, np.nan]]))
    assert dimension.dimensions[0] == pytest.approx([60, 100])


def test_a_weight_below_zero_or_an_empty_dimension_is_refused() -> None:
    for dimension, weight, across in (([0, 0], [1, -1], [1]), ([0, 0], [1, 1], [1, 1]), ([0], [1], [0])):
        with pytest.raises(ValueError, match="weights"):
            structure(dimension, weight, across)


def test_logarithmic_mean() -> None:
    assert logarithmic_mean([1.0, 3.0], [np.e, 3.0]) == pytest.approx([np.e - 1.0, 3.0])


seeds = st.integers(0, 100_000)


@settings(max_examples=60, deadline=None)
@given(seeds)
def test_contributions_sum_to_the_index_and_to_its_change(seed: int) -> None:
    draw = np.random.default_rng(seed)
    weights = structure([0, 0, 0, 1, 1, 2], draw.uniform(0.1, 1, 6), draw.uniform(0.1, 1, 3))
    now, before = draw.uniform(0, 100, (2, 3, 6))
    now[0, :3] = 0.0  # a whole dimension at its floor
    now[1, 1], before[2, 4] = np.nan, np.nan  # one goes, one comes
    rules = Rules(least_coverage=0.0, least_dimension=1.0)
    index, index_before = scored(now, weights, rules).index, scored(before, weights, rules).index
    assert np.nansum(contributions(now, weights, rules), axis=1) == pytest.approx(index, rel=1e-10)
    changes = contribution_changes(now, before, weights, rules)
    assert np.nansum(changes, axis=1) == pytest.approx(index - index_before, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(seeds)
def test_index_stays_within_its_dimensions_and_rises_with_every_indicator(seed: int) -> None:
    draw = np.random.default_rng(seed)
    weights = structure([0, 0, 1, 1], draw.uniform(0.1, 1, 4), draw.uniform(0.1, 1, 2))
    scores = draw.uniform(1, 100, (1, 4))
    found = scored(scores, weights, RULES)
    assert found.dimensions.min() - 1e-9 <= found.index[0] <= found.dimensions.max() + 1e-9
    assert found.index[0] <= arithmetic_index(found.dimensions, weights.dimension_weight)[0] + 1e-9
    better = scores.copy()
    better[0, draw.integers(4)] += 1.0
    assert scored(better, weights, RULES).index[0] > found.index[0]


@settings(max_examples=60, deadline=None)
@given(seeds, st.booleans())
def test_normalisation_is_monotone_by_direction_and_within_bounds(seed: int, benefit: bool) -> None:
    draw = np.random.default_rng(seed)
    target, floor = (10.0, 2.0) if benefit else (2.0, 10.0)
    values = np.sort(draw.uniform(-5, 20, 30))
    scores = normalised(values[:, None], [target], [floor], [benefit])[:, 0]
    assert (scores >= 0).all() and (scores <= 100).all()
    steps = np.diff(scores)
    assert (steps >= 0).all() if benefit else (steps <= 0).all()
