"""Screening of pollutants: unknown that stays unknown, ties, order, seeds.

Does not belong here: tables in and out (``test_pollutant_ranking``), which pollutant has which value
(``tests/dbt_inventory/test_screening``).
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ehpilot.kernels import screening

WEIGHTS = np.array([0.35, 0.25, 0.25, 0.15])
SCORES = arrays(float, (7, 4), elements=st.one_of(st.just(np.nan), st.floats(0, 5)))


def test_bins_take_their_lower_bound_and_keep_unknown_unknown() -> None:
    found = screening.binned_score([np.nan, 0, 0.99, 1, 9.9, 10, 1e9, -1], [1, 10], [1, 5])
    assert np.isnan(found[[0, 7]]).all()
    assert found[1:7].tolist() == [0, 0, 1, 1, 5, 5]
    with pytest.raises(ValueError, match="ascend"):
        screening.binned_score([1.0], [10, 1], [1, 2])


def test_no_tendency_to_build_up_makes_no_hazard_known() -> None:
    found = screening.hazard_score([np.nan, np.nan, 4, np.nan], [np.nan, np.nan, 0, 0], [0, 3, 0, np.nan])
    assert np.isnan(found[0]) and found[1:].tolist() == [3, 4, 0]


def test_detection_without_a_sampled_site_is_unknown() -> None:
    found = screening.detection_score([np.nan, 0, 0.5, 0.5, np.nan], [np.nan, np.nan, np.nan, 5, 5])
    assert np.isnan(found[[0, 4]]).all() and found[1:4].tolist() == [0, 2.5, 3.75]


def test_a_concentration_known_to_be_low_is_no_better_than_an_unknown_one() -> None:
    low, unknown = screening.detection_score([0.8, 0.8], [0.0, np.nan])
    assert low == unknown == 4.0
    assert screening.detection_score([0.8], [5.0])[0] == 4.5


def test_missing_criteria_are_left_out_of_the_mean_and_never_zero() -> None:
    criteria = np.array(
        [[4, 4, 4, 4], [4, np.nan, 4, np.nan], [np.nan, 5, 5, 5], [5, np.nan, np.nan, 5], [2, 2, np.nan, 2]]
    )
    found = screening.weighted_score(criteria, WEIGHTS, 0.6)
    assert found[[0, 1, 4]].tolist() == pytest.approx([4, 4, 2])
    assert np.isnan(found[2]), "unknown hazard gives no score"
    assert np.isnan(found[3]), "hazard and detection carry half of the weight, less than 0.6"
    with pytest.raises(ValueError, match="weights"):
        screening.weighted_score(criteria, [0, 0, 0, 0], 0.6)


def test_ranks_run_without_gaps_ties_keep_the_order_of_ids() -> None:
    assert screening.ranks([1, np.nan, 3, 3, np.nan, 0]).tolist() == [3, -1, 1, 2, -1, 4]
    assert screening.ranks([]).tolist() == []


@given(SCORES, st.integers(0, 6), st.integers(0, 3), st.floats(0, 2))
def test_a_higher_criterion_never_lowers_score_or_rank(
    criteria: np.ndarray, row: int, column: int, more: float
) -> None:
    before = screening.weighted_score(criteria, WEIGHTS, 0.6)
    raised = criteria.copy()
    raised[row, column] += more
    after = screening.weighted_score(raised, WEIGHTS, 0.6)
    if not np.isnan(before[row]) and not np.isnan(criteria[row, column]):
        assert after[row] >= before[row] - 1e-12
        assert screening.ranks(after)[row] <= screening.ranks(before)[row]


@given(SCORES)
def test_ranks_are_one_to_n_and_inside_their_interval(criteria: np.ndarray) -> None:
    score = screening.weighted_score(criteria, WEIGHTS, 0.6)
    place = screening.ranks(score)
    assert sorted(place[place > 0].tolist()) == list(range(1, int((~np.isnan(score)).sum()) + 1))
    found = screening.rank_stability(criteria, WEIGHTS, score, first=2, draws=50, concentration=20, seed=1)
    known = place > 0
    assert (found.rank_low[known] <= place[known]).all() and (place[known] <= found.rank_high[known]).all()
    assert (found.rank_low[~known] == -1).all() and np.isnan(found.probability_first[~known]).all()
    assert ((found.probability_first[known] >= 0) & (found.probability_first[known] <= 1)).all()


def test_a_seed_gives_the_same_ranks_and_another_one_others() -> None:
    criteria = np.random.default_rng(5).uniform(0, 5, (30, 4))
    criteria[::4, 3] = np.nan
    score = screening.weighted_score(criteria, WEIGHTS, 0.6)
    runs = [
        screening.rank_stability(criteria, WEIGHTS, score, first=8, draws=300, concentration=20, seed=seed)
        for seed in (7, 7, 8)
    ]
    assert np.array_equal(runs[0].probability_first, runs[1].probability_first)
    assert np.array_equal(runs[0].rank_low, runs[1].rank_low)
    assert not np.array_equal(runs[0].probability_first, runs[2].probability_first)


def test_an_unknown_criterion_widens_the_interval() -> None:
    criteria = np.tile(np.array([3.0, 3.0, 3.0, 3.0]), (21, 1)) + np.linspace(1, -1, 21)[:, None]
    gap = criteria.copy()
    gap[10, 2] = np.nan
    width = []
    for rows in (criteria, gap):
        score = screening.weighted_score(rows, WEIGHTS, 0.6)
        found = screening.rank_stability(rows, WEIGHTS, score, first=5, draws=400, concentration=20, seed=1)
        width.append(found.rank_high[10] - found.rank_low[10])
    assert width[1] > width[0]


def test_one_that_leads_in_everything_is_first_under_every_weight() -> None:
    criteria = np.array([[5.0, 5, 5, 5], [1, 2, 1, 2], [2, 1, 2, 1]])
    score = screening.weighted_score(criteria, WEIGHTS, 0.6)
    found = screening.rank_stability(criteria, WEIGHTS, score, first=1, draws=200, concentration=1, seed=3)
    assert found.rank_high[0] == 1 and found.probability_first.tolist() == [1.0, 0.0, 0.0]


def test_a_shift_of_one_bin_moves_the_rank_both_ways() -> None:
    criteria = np.array([[4.0, 4, 4, 4], [3, 3, 3, 3], [2.9, 3, 3, 3], [0, 0, 0, 0], [np.nan, 5, 5, 5]])
    found = screening.shifted_ranks(criteria, WEIGHTS, 0.6, (True, True, True, False))
    assert found[1].tolist() == [2, 3]
    assert found[2].tolist() == [2, 3]
    assert found[3].tolist() == [4, 4] and found[4].tolist() == [-1, -1]


def test_leaving_out_a_criterion_that_agrees_changes_nothing() -> None:
    base = np.linspace(0, 5, 12)
    criteria = np.column_stack([base, base, base, base[::-1]])
    found = screening.leave_one_out(criteria, WEIGHTS, 0.6)
    assert found[3][:2] == (pytest.approx(1.0), pytest.approx(1.0)) and found[3][2] == 12
    opposed = screening.leave_one_out(criteria[:, [0, 3, 3, 3]], WEIGHTS, 0.6)
    assert opposed[0][0] == pytest.approx(1.0), "the three that outweigh the first decide the order"
    assert np.isnan(screening.leave_one_out(criteria[:2], WEIGHTS, 0.6)[0][0])


def test_the_share_of_use_takes_the_row_that_crosses_the_line() -> None:
    found = screening.within_cumulative_share([10, np.nan, 50, 30, 10, 0], 0.8)
    assert found.tolist() == [False, False, True, True, False, False]
    assert screening.within_cumulative_share([np.nan, 0], 0.8).tolist() == [False, False]


def test_an_unknown_criterion_neither_lifts_nor_lowers_a_row_in_the_draws() -> None:
    """Half of the rows lack a criterion; on average over the draws their places are those of the plain score."""
    known = np.column_stack([np.linspace(5.0, 0.5, 10)] * 4)
    criteria = np.vstack([known, np.where([[False, False, False, True]], np.nan, known - 0.01)])
    score = screening.weighted_score(criteria, WEIGHTS, 0.6)
    found = screening.rank_stability(criteria, WEIGHTS, score, first=10, draws=2000, concentration=200.0, seed=3)
    plain = screening.ranks(score)
    middle = (found.rank_low + found.rank_high) / 2
    assert np.abs(middle - plain)[2:-2].max() <= 2.0
    assert (found.probability_first[[10, 11]] > 0.95).all() and (found.probability_first[[18, 19]] < 0.05).all()
