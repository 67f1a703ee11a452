"""Draws, leave-one-out, effective weights and flags of the index."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from ehpilot.kernels.composite_index import Rules, scored, structure
from ehpilot.kernels.index_robustness import change_without, effective_weights, flags, group_ranks, robustness

RULES = Rules(least_coverage=0.75, least_dimension=1.0)
WEIGHTS = structure([0, 0, 1, 1], [0.5, 0.5, 0.5, 0.5], [0.5, 0.5])
SCORES = np.array([[90.0, 80, 95, 85], [60, 62, 58, 61], [61, 60, 60, 59], [20, 10, 15, np.nan], [50, 50, 50, 50]])
NO_CAP = (np.full((5, 2), np.nan), np.full(5, np.nan))


def run(scores: np.ndarray = SCORES, **changed: object) -> object:
    """Robustness of the small table."""
    options = dict(draws=400, concentration=50.0, seed=11, dimension_cap=NO_CAP[0], index_cap=NO_CAP[1]) | changed
    return robustness([scores], WEIGHTS, Rules(0.4, 1.0), [0, 0, 0, 0, 1], **options)  # type: ignore[arg-type]


def test_the_interval_holds_the_index_and_a_clear_rank_is_clear() -> None:
    found, plain = run(), scored(SCORES, WEIGHTS, Rules(0.4, 1.0)).index
    assert (found.index_low <= plain).all() and (plain <= found.index_high).all()
    assert (found.rank_low[0], found.rank_high[0]) == (1, 1) and (found.rank_low[3], found.rank_high[3]) == (4, 4)
    assert (found.rank_low[1], found.rank_high[1]) == (2, 3) == (found.rank_low[2], found.rank_high[2])
    assert (found.rank_low[4], found.rank_high[4]) == (1, 1), "alone in its group"


def test_scores_that_are_all_equal_have_no_width() -> None:
    found = run(np.full((5, 4), 70.0))
    assert found.index_low == pytest.approx(np.full(5, 70.0)) and found.index_high == pytest.approx(np.full(5, 70.0))


def test_same_seed_same_draw_and_closer_weights_narrower_interval() -> None:
    assert (run().index_low == run().index_low).all()
    width = [np.nansum(found.index_high - found.index_low) for found in (run(), run(concentration=5.0))]
    assert width[0] < width[1]


def test_a_unit_that_is_not_rated_has_neither_interval_nor_rank() -> None:
    found = robustness(
        [SCORES],
        WEIGHTS,
        RULES,
        [0] * 5,
        draws=50,
        concentration=50.0,
        seed=1,
        dimension_cap=NO_CAP[0],
        index_cap=NO_CAP[1],
    )
    assert np.isnan(found.index_low[3]) and found.rank_low[3] == -1
    assert sorted(found.rank_high[found.rank_high > 0].tolist())[-1] == 4, "the others are ranked without it"


def test_a_veto_holds_in_every_draw() -> None:
    cap = np.array([60.0, np.nan, np.nan, np.nan, np.nan])
    assert run(index_cap=cap).index_high[0] == pytest.approx(60.0)


def test_the_way_of_normalising_is_drawn() -> None:
    other = np.clip(SCORES - 30, 0, 100)
    options = dict(draws=400, concentration=1e6, seed=3, dimension_cap=NO_CAP[0], index_cap=NO_CAP[1])
    found = robustness([SCORES, other], WEIGHTS, Rules(0.4, 1.0), [0] * 5, **options)  # type: ignore[arg-type]
    assert found.index_low[0] == pytest.approx(57.5, abs=0.6) and found.index_high[0] == pytest.approx(87.5, abs=0.6)


def test_ranks_run_from_one_and_before_rounding() -> None:
    assert group_ranks([80.04, 80.049, np.nan, 70], [1, 1, 1, 2]).tolist() == [2, 1, -1, 1]


def test_equal_units_share_a_rank_and_the_next_is_skipped() -> None:
    assert group_ranks([60.0, 60.0, 70.0, 60.0, 50.0], [1] * 5).tolist() == [2, 2, 1, 2, 5]
    same = np.vstack([SCORES[0], SCORES[0]])
    options = dict(draws=50, concentration=60.0, seed=3, dimension_cap=np.full((2, 2), np.nan))
    found = robustness([same], WEIGHTS, RULES, [0, 0], index_cap=np.full(2, np.nan), **options)  # type: ignore[arg-type]
    assert found.rank_low.tolist() == [1, 1] and found.rank_high.tolist() == [1, 1]


def test_effective_weights_show_what_the_spread_makes_of_equal_weights() -> None:
    draw = np.random.default_rng(2)
    scores = np.column_stack(
        [draw.uniform(0, 100, 2000), draw.uniform(48, 52, 2000), draw.uniform(0, 100, 2000), np.full(2000, 50.0)]
    )
    index = scored(scores, WEIGHTS, RULES).index
    found = effective_weights(scores, index, 5)
    assert found.sum() == pytest.approx(1.0) and found[1] < 0.05 < 0.3 < found[0] and found[3] == 0.0
    assert np.isnan(effective_weights(scores[:4], index[:4], 5)).all(), "four units say nothing"


def test_leaving_out_by_hand() -> None:
    scores = np.array([[80.0, 60, 50, 50]])
    changed = change_without(scores, WEIGHTS, RULES)
    plain = (70.0 * 50.0) ** 0.5
    assert changed == pytest.approx([plain - (60 * 50) ** 0.5, (80 * 50) ** 0.5 - plain, 0, 0], abs=1e-9)
    alone = structure([0, 1], [1, 1], [0.5, 0.5])
    assert np.isnan(change_without([[50.0, 60.0]], alone, RULES)).all()


def test_what_nobody_knows_cannot_be_left_out() -> None:
    unknown = SCORES[:3].copy()
    unknown[:, 1] = np.nan
    found = change_without(unknown, WEIGHTS, Rules(0.4, 1.0))
    assert np.isnan(found[1]) and np.isnan(found[0]) and (found[2:] > 0).all(), "its neighbour is alone then"


def test_flags_of_double_counts_outliers_and_constants() -> None:
    draw = np.random.default_rng(5)
    base = draw.normal(size=40)
    heavy = np.concatenate([draw.normal(size=39), [60.0]])
    table = np.column_stack([base, -2 * base + 0.01 * draw.normal(size=40), heavy, np.full(40, 3.0)])
    found = flags(table, [0, 0, 0, 0], correlation_limit=0.9, skewness_limit=2.0, kurtosis_limit=3.5)
    assert found.correlated[0].tolist() == [False, True, False, False] and found.largest_correlation[0] < -0.9
    assert found.is_outlier.tolist() == [False, False, True, False]
    assert found.is_constant.tolist() == [False, False, False, True]
    assert found.skewness[2] == pytest.approx(stats.skew(heavy, bias=False))
    apart = flags(table, [0, 1, 0, 0], correlation_limit=0.9, skewness_limit=2.0, kurtosis_limit=3.5)
    assert not apart.correlated.any(), "in two dimensions it is no double count"


def test_a_single_unit_has_no_flags() -> None:
    found = flags(SCORES[:1], [0, 0, 1, 1], correlation_limit=0.9, skewness_limit=2.0, kurtosis_limit=3.5)
    assert found.count.tolist() == [1, 1, 1, 1] and not found.correlated.any() and not found.is_outlier.any()
    assert np.isnan(found.largest_correlation).all()
