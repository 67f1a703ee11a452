"""Allocation, PPS draws and sample sizes: hand sums, textbook figures, and exact inclusion probabilities."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ehpilot.kernels.survey_sampling import (
    design_weights,
    draw_frame,
    draw_points,
    inclusion_probabilities,
    plan_samples,
    proportional_allocation,
    sample_size,
    systematic_draw,
)


def test_allocation_by_hand() -> None:
    assert proportional_allocation([50, 30, 20], [9, 9, 9], 10, 1).tolist() == [5, 3, 2]
    assert proportional_allocation([50, 30, 21], [9, 9, 9], 7, 1).tolist() == [4, 2, 1], (
        "3.47 2.08 1.46: largest remainder"
    )
    assert proportional_allocation([97, 2, 1], [9, 9, 9], 10, 2).tolist() == [6, 2, 2], "a least number each"
    assert proportional_allocation([97, 2, 1], [5, 9, 9], 10, 1).tolist() == [5, 3, 2], "no more than there are"
    assert proportional_allocation([1, 1], [1, 4], 4, 2).tolist() == [1, 3]


def test_an_allocation_that_cannot_be_is_refused() -> None:
    for points, least in ((5, 3), (13, 1)):
        with pytest.raises(ValueError, match="points"):
            proportional_allocation([1, 1], [6, 6], points, least)


def test_probabilities_by_hand_and_units_of_certainty() -> None:
    assert inclusion_probabilities([10, 20, 30, 40], 2) == pytest.approx([0.2, 0.4, 0.6, 0.8])
    assert inclusion_probabilities([10, 10, 80], 2) == pytest.approx([0.5, 0.5, 1.0]), "1.6 is taken with certainty"
    assert inclusion_probabilities([1, 2, 3], 3) == pytest.approx([1, 1, 1])
    for size, points in (([0, 1], 1), ([1, np.nan], 1), ([1], 2)):
        with pytest.raises(ValueError, match="size"):
            inclusion_probabilities(size, points)


def test_the_systematic_draw_by_hand() -> None:
    chance = [0.2, 0.4, 0.6, 0.8]  # running 0.2 0.6 1.2 2.0
    assert systematic_draw(chance, 0.1).tolist() == [0, 2] and systematic_draw(chance, 0.5).tolist() == [1, 3]
    assert systematic_draw(chance, 0.0).tolist() == [0, 2] and systematic_draw(chance, 0.999999).tolist() == [2, 3]
    assert systematic_draw([0.5, 0.5, 1.0], 0.7).tolist() == [1, 2]


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 8))
def test_inclusion_probabilities_are_exact(seed: int, points: int) -> None:
    """Over all starts a unit is drawn in a share π of them, and every draw has as many units as asked for."""
    size = np.random.default_rng(seed).integers(1, 50, 10).astype(float)
    chance = inclusion_probabilities(size, points)
    assert chance.sum() == pytest.approx(points) and (chance <= 1 + 1e-12).all()
    starts = (np.arange(4000) + 0.5) / 4000
    hits = np.zeros(10)
    for start in starts:
        drawn = systematic_draw(chance, start)
        assert drawn.size == points == np.unique(drawn).size
        hits[drawn] += 1
    assert hits / 4000 == pytest.approx(chance, abs=6e-4)


def test_a_draw_over_strata_repeats_itself_and_keeps_replacements_apart() -> None:
    frame = np.random.default_rng(1).integers(200, 3000, 40).astype(float)
    stratum = np.repeat(["a", "b", "c"], [20, 15, 5])
    chance, number, spare = draw_points(frame, stratum, points=12, least=2, replacements=2, seed=7)
    again = draw_points(frame, stratum, points=12, least=2, replacements=2, seed=7)
    assert all((one == two).all() for one, two in zip((chance, number, spare), again, strict=True))
    assert ((number > 0) & ~spare).sum() == 12 and spare.sum() == 6 and chance.sum() == pytest.approx(12)
    for one in "abc":
        inside = stratum == one
        assert sorted(number[inside & (number > 0)]) == list(range(1, (number[inside] > 0).sum() + 1))
        assert number[inside & spare].min() > number[inside & ~spare].max()
    other = draw_points(frame, stratum, points=12, least=2, replacements=2, seed=8)
    assert (other[1] != number).any()


def test_weights_of_a_draw_estimate_the_frame() -> None:
    frame = np.random.default_rng(3).integers(200, 3000, 60).astype(float)
    totals = []
    for seed in range(300):
        chance, number, spare = draw_points(frame, np.zeros(60, int), points=15, least=1, replacements=0, seed=seed)
        drawn = (number > 0) & ~spare
        totals.append((1 / chance[drawn]).sum())
    assert np.mean(totals) == pytest.approx(60, rel=0.03)


def test_a_stratum_that_is_used_up_has_fewer_replacements() -> None:
    _, number, spare = draw_points([5.0, 5.0, 5.0], [0, 0, 0], points=2, least=1, replacements=3, seed=1)
    assert (number > 0).all() and spare.sum() == 1


def test_sample_size_of_the_design() -> None:
    """methods.md k: p .35, d .03, deff 2, response 90 % → 2 160 (2 158 before rounding up to tens); a plain half ± 5 %
    is the 385 of every textbook."""
    assert sample_size(0.35, 0.03, design_effect=2.0, response_rate=0.9) == 2158
    assert sample_size(0.5, 0.05, design_effect=1.0, response_rate=1.0) == 385
    with pytest.raises(ValueError, match="between 0 and 1"):
        sample_size(0.0, 0.03, design_effect=2.0, response_rate=0.9)


PARAMETERS = pa.table(
    {"parameter_id": ["literacy.points", "literacy.least_points", "literacy.replacements"], "value": [6.0, 2.0, 1.0]}
)
BUILD = pa.table({"seed": pa.array([5], pa.int32())})


def frame(persons: list[float]) -> pa.Table:
    """Villages in two strata."""
    names = [f"v{k:02d}" for k in range(len(persons))]
    strata = ["a" if k % 3 else "b" for k in range(len(persons))]
    kinds = (pa.string(), pa.string(), pa.float64())
    return pa.table(
        [pa.array(c, k) for c, k in zip((names, strata, persons), kinds, strict=True)],
        names=["point_id", "stratum", "persons"],
    )


def test_a_frame_of_villages_gives_points_and_replacements() -> None:
    found = draw_frame(frame([100.0 + k for k in range(15)] + [0.0, float("nan")]), PARAMETERS, BUILD).to_pylist()
    assert sum(not row["is_replacement"] for row in found) == 6 and sum(row["is_replacement"] for row in found) == 2
    assert {row["point_id"] for row in found}.isdisjoint({"v15", "v16"}), "a village without people"
    assert (
        found
        == draw_frame(
            frame([100.0 + k for k in range(15)] + [0.0, float("nan")]).take(list(range(16, -1, -1))), PARAMETERS, BUILD
        ).to_pylist()
    )


def test_a_small_frame_is_drawn_whole_and_an_empty_one_not_at_all() -> None:
    found = draw_frame(frame([10.0, 20.0, 30.0]), PARAMETERS, BUILD).to_pylist()
    assert len(found) == 3 and all(row["inclusion_probability"] == 1.0 for row in found)
    assert draw_frame(frame([]), PARAMETERS, BUILD).num_rows == 0


def test_weights_of_respondents_by_hand() -> None:
    """Village a of 400 with π 0.4 and two respondents, b of 600 with π 0.6 and one: 500, 500 and 1000."""
    made = design_weights(["a", "b", "a"], {"a": 0.4, "b": 0.6}, {"a": 400.0, "b": 600.0})
    assert made == pytest.approx([500.0, 1000.0, 500.0])
    with pytest.raises(KeyError):
        design_weights(["c"], {"a": 0.4}, {"a": 400.0})


def test_weights_of_a_draw_add_up_to_the_stratum_whatever_is_drawn() -> None:
    size = np.random.default_rng(2).integers(200, 3000, 30).astype(float)
    for seed in range(20):
        chance, number, spare = draw_points(size, np.zeros(30, int), points=6, least=2, replacements=0, seed=seed)
        drawn = np.flatnonzero((number > 0) & ~spare)
        names = [str(k) for k in drawn for _ in range(5)]
        made = design_weights(names, {str(k): chance[k] for k in drawn}, {str(k): size[k] for k in drawn})
        assert made.sum() == pytest.approx(size.sum())


def test_samples_are_planned_by_the_plan_and_by_what_the_last_survey_showed() -> None:
    names = ("plan_share", "plan_half_width", "plan_design_effect", "plan_response", "points")
    limits = pa.table({"parameter_id": [f"literacy.{one}" for one in names], "value": [0.35, 0.03, 2.0, 0.9, 48.0]})
    kinds = [("estimate", pa.float64()), ("design_effect", pa.float64()), ("response_share", pa.float64())]
    none = plan_samples(pa.schema(kinds).empty_table(), limits).to_pylist()
    assert [(row["basis"], row["persons"]) for row in none] == [("plan", 2158)]
    last = pa.table({"estimate": [0.3], "design_effect": [0.8], "response_share": [np.nan]})
    plan, seen = plan_samples(last, limits).to_pylist()
    assert seen["design_effect"] == 1.0 and seen["response"] == 0.9, "no luck of the draw; the unknown is the plan's"
    assert seen["persons"] == sample_size(0.3, 0.03, design_effect=1.0, response_rate=0.9)
    assert plan["persons_of_point"] == pytest.approx(2158 / 48)
