"""Leaving plants out by hand, and the coverage that the check itself finds where the model holds."""

from __future__ import annotations

import numpy as np
import pytest

from ehpilot.kernels.factor_validation import leave_one_out, summary


def test_three_plants_by_hand() -> None:
    """With equal variances the others' mean is their plain mean."""
    found = leave_one_out([0.0, 1.0, 2.0, 5.0, 5.0], [0.01] * 5, [0, 0, 0, 1, 1], 2)
    assert found.plant.tolist() == [0, 1, 2], "a cell of two plants is left"
    assert found.log_ratio == pytest.approx([1.5, 0.0, -1.5]) and np.isnan(found.is_held).all()


def test_figures_by_hand() -> None:
    ratio = np.log([1.0, 2.0, 0.25, 10.0])
    found = summary(ratio, [1.0, 1.0, 0.0, np.nan], [0, 0, 0, 1], 3)
    assert found.count.tolist() == [3, 1, 0] and found.median_ratio[:2] == pytest.approx([1.0, 10.0])
    assert found.within_2[0] == pytest.approx(2 / 3) and found.within_3[0] == pytest.approx(2 / 3)
    assert found.coverage[0] == pytest.approx(2 / 3) and np.isnan(found.coverage[1])
    # two of three held, of intervals that hold 95 %: 1 - 0.95³, the chance of at most two
    assert found.chance[0] == pytest.approx(1 - 0.95**3) and np.isnan(found.chance[1:]).all()
    all_held = summary(np.zeros(60), np.ones(60), np.zeros(60, int), 1)
    assert all_held.chance[0] == pytest.approx(0.95**60), "sixty of sixty are no accident"
    assert found.rmse_log10[1] == pytest.approx(1.0) and np.isnan(found.median_ratio[2])


def test_the_prediction_interval_holds_about_as_often_as_it_says() -> None:
    cells, plants = 300, 8
    draw = np.random.default_rng(2)
    v = np.full(cells * plants, 0.04)
    y = draw.normal(0.0, np.sqrt(0.4 + v))
    found = leave_one_out(y, v, np.repeat(np.arange(cells), plants), cells)
    figures = summary(found.log_ratio, found.is_held, np.zeros(found.plant.size, int), 1)
    assert figures.count[0] == cells * plants and 0.93 <= figures.coverage[0] <= 0.98
    assert figures.median_ratio[0] == pytest.approx(1.0, abs=0.05)
    assert leave_one_out([], [], [], 0).plant.size == 0
