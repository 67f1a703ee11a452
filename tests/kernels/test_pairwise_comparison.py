"""AHP against two matrices that Saaty printed with their results, and what must hold of any matrix."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ehpilot.kernels.pairwise_comparison import (
    combined_judgements,
    fault_of,
    hierarchy_weights,
    priorities,
    worst_pair,
)

# Saaty, "Decision making with the analytic hierarchy process", Int. J. Services Sciences 1 (2008) 83-98, table 2: how
# much more of one drink is consumed in the United States than of another; printed weights and CR = 0.022
DRINKS = np.array(
    [
        [1, 9, 5, 2, 1, 1, 1 / 2],
        [1 / 9, 1, 1 / 3, 1 / 9, 1 / 9, 1 / 9, 1 / 9],
        [1 / 5, 3, 1, 1 / 3, 1 / 4, 1 / 3, 1 / 9],
        [1 / 2, 9, 3, 1, 1 / 2, 1, 1 / 3],
        [1, 9, 4, 2, 1, 2, 1 / 2],
        [1, 9, 3, 1, 1 / 2, 1, 1 / 3],
        [2, 9, 9, 3, 2, 3, 1],
    ]
)
# Saaty, "How to make a decision", EJOR 48 (1990) 9-26: buying a house, eight criteria; λmax 9.669, CI 0.238, CR 0.169;
# in EJOR 145 (2003) 85-91 he names the judgement of neighbourhood over condition (3, 7) as the most inconsistent one
HOUSE_UPPER = {
    (0, 1): 5, (0, 2): 3, (0, 3): 7, (0, 4): 6, (0, 5): 6, (0, 6): 1 / 3, (0, 7): 1 / 4,
    (1, 2): 1 / 3, (1, 3): 5, (1, 4): 3, (1, 5): 3, (1, 6): 1 / 5, (1, 7): 1 / 7,
    (2, 3): 6, (2, 4): 3, (2, 5): 4, (2, 6): 6, (2, 7): 1 / 5,
    (3, 4): 1 / 3, (3, 5): 1 / 4, (3, 6): 1 / 7, (3, 7): 1 / 8,
    (4, 5): 1 / 2, (4, 6): 1 / 5, (4, 7): 1 / 6,
    (5, 6): 1 / 5, (5, 7): 1 / 6, (6, 7): 1 / 2,
}  # fmt: skip


def full(upper: dict[tuple[int, int], float], size: int) -> np.ndarray:
    """Reciprocal matrix of its upper half."""
    matrix = np.eye(size)
    for (row, column), value in upper.items():
        matrix[row, column], matrix[column, row] = value, 1 / value
    return matrix


def test_the_drinks_of_saaty() -> None:
    found = priorities(DRINKS, 1.32)
    assert found.weights == pytest.approx([0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327], abs=6e-4)
    assert found.consistency_ratio == pytest.approx(0.022, abs=1e-3)


def test_the_wealth_of_nations_of_saaty() -> None:
    """Saaty, The Analytic Hierarchy Process (1980), chapter 2: USA, USSR, China, France, UK, Japan, West Germany;
    weights .429 .231 .021 .053 .053 .119 .095, λmax 7.61, CR .08 as printed."""
    upper = {
        (0, 1): 4, (0, 2): 9, (0, 3): 6, (0, 4): 6, (0, 5): 5, (0, 6): 5,
        (1, 2): 7, (1, 3): 5, (1, 4): 5, (1, 5): 3, (1, 6): 4,
        (2, 3): 1 / 5, (2, 4): 1 / 5, (2, 5): 1 / 7, (2, 6): 1 / 5,
        (3, 4): 1, (3, 5): 1 / 3, (3, 6): 1 / 3, (4, 5): 1 / 3, (4, 6): 1 / 3, (5, 6): 2,
    }  # fmt: skip
    found = priorities(full(upper, 7), 1.32)
    assert found.weights == pytest.approx([0.429, 0.231, 0.021, 0.053, 0.053, 0.119, 0.095], abs=5e-3)
    assert found.lambda_max == pytest.approx(7.61, abs=5e-3) and found.consistency_ratio == pytest.approx(
        0.08, abs=5e-3
    )


def test_the_house_of_saaty_is_inconsistent_and_its_worst_pair_is_named() -> None:
    house = full(HOUSE_UPPER, 8)
    found = priorities(house, 1.41)
    assert found.weights == pytest.approx([0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333], abs=6e-4)
    assert found.lambda_max == pytest.approx(9.669, abs=1e-3)
    assert found.consistency_index == pytest.approx(0.238, abs=1e-3)
    assert found.consistency_ratio == pytest.approx(0.169, abs=1e-3)
    assert found.worst_pair == (2, 6)


@pytest.mark.parametrize(
    ("matrix", "code", "pair"),
    [
        ([[1, 2], [2, 1]], "AHP-NOT-RECIPROCAL", (0, 1)),
        ([[1, 3, 5], [1 / 3, 1, 2], [1 / 5, 0.4, 1]], "AHP-NOT-RECIPROCAL", (1, 2)),
        ([[2, 3], [1 / 3, 1]], "AHP-NOT-RECIPROCAL", (0, 0)),
        ([[1, np.nan], [np.nan, 1]], "AHP-INCOMPLETE", (0, 1)),
        ([[1, 0], [np.inf, 1]], "AHP-INCOMPLETE", (1, 0)),
        ([[1, -2], [-0.5, 1]], "AHP-NOT-POSITIVE", (0, 1)),
        ([[1, 2, 3], [0.5, 1, 2]], "AHP-INCOMPLETE", (-1, -1)),
    ],
)
def test_what_is_no_comparison_is_refused_with_the_place(matrix: list, code: str, pair: tuple[int, int]) -> None:
    assert fault_of(matrix) == (code, pair)
    with pytest.raises(ValueError, match=code):
        priorities(matrix, 0.58)


@pytest.mark.parametrize(("whole", "part"), [(3, 0.333), (3, 0.33), (6, 0.17), (7, 0.14), (9, 0.11), (8, 0.125)])
def test_a_third_may_be_written_with_two_or_three_digits(whole: float, part: float) -> None:
    assert fault_of([[1, whole], [part, 1]]) is None and fault_of([[1, part], [whole, 1]]) is None


def test_experts_that_contradict_each_other_cancel() -> None:
    together = combined_judgements([full({(0, 1): 4}, 2), full({(0, 1): 1 / 4}, 2)])
    assert together == pytest.approx(np.ones((2, 2)))
    assert fault_of(combined_judgements([DRINKS, DRINKS.T, DRINKS])) is None


def test_a_small_matrix_cannot_contradict_itself() -> None:
    found = priorities([[1, 3], [1 / 3, 1]], np.nan)
    assert (
        found.weights == pytest.approx([0.75, 0.25]) and found.consistency_ratio == 0.0 and found.worst_pair == (-1, -1)
    )


def test_weights_of_a_hierarchy_sum_to_one() -> None:
    weights = hierarchy_weights([0.6, 0.4], [[0.5, 0.5], [0.2, 0.3, 0.5]])
    assert weights == pytest.approx([0.3, 0.3, 0.08, 0.12, 0.2])


positive = st.lists(st.floats(0.05, 20.0), min_size=3, max_size=8)


@settings(max_examples=60, deadline=None)
@given(positive)
def test_a_consistent_matrix_gives_back_its_weights(raw: list[float]) -> None:
    weights = np.array(raw) / np.sum(raw)
    found = priorities(weights[:, None] / weights[None, :], 1.0)
    assert found.weights == pytest.approx(weights, rel=1e-8)
    assert 0.0 <= found.consistency_index < 1e-8


def test_a_consistent_matrix_has_a_ratio_of_nought_and_none_has_less() -> None:
    """Eigenvalues are rounded either way about λmax = n, and the digits of 0.33 for a third leave it below n."""
    weights = np.array([0.3, 0.3, 0.08, 0.12, 0.2])
    assert priorities(weights[:, None] / weights[None, :], 1.12).consistency_ratio == 0.0
    assert priorities([[1, 3, 9], [0.33, 1, 3], [0.11, 0.33, 1]], 0.58).consistency_ratio == 0.0


@settings(max_examples=60, deadline=None)
@given(st.integers(3, 7), st.integers(0, 10_000))
def test_weights_sum_to_one_and_follow_the_order_of_the_rows(size: int, seed: int) -> None:
    draw = np.random.default_rng(seed)
    matrix = full(
        {(i, j): float(draw.choice([1 / 9, 1 / 3, 1, 3, 9])) for i in range(size) for j in range(i + 1, size)}, size
    )
    found = priorities(matrix, 1.0)
    order = draw.permutation(size)
    assert found.weights.sum() == pytest.approx(1.0) and (found.weights > 0).all()
    assert found.lambda_max >= size - 1e-9
    assert priorities(matrix[np.ix_(order, order)], 1.0).weights == pytest.approx(found.weights[order], rel=1e-7)
    row, column = worst_pair(matrix, found.weights)
    assert 0 <= row < column < size


def test_the_distances_from_philadelphia_of_saaty() -> None:
    """Saaty, Journal of Mathematical Psychology 15 (1977) 234-281: how much farther one city is than another (Cairo,
    Tokyo, Chicago, San Francisco, London, Montreal): .263 .397 .033 .116 .164 .027, λmax 6.45. And the brightness of
    four chairs by the first observer: .61 .24 .10 .05, λmax 4.39."""
    upper = {
        (0, 1): 1 / 3, (0, 2): 8, (0, 3): 3, (0, 4): 3, (0, 5): 7, (1, 2): 9, (1, 3): 3, (1, 4): 3, (1, 5): 9,
        (2, 3): 1 / 6, (2, 4): 1 / 5, (2, 5): 2, (3, 4): 1 / 3, (3, 5): 6, (4, 5): 6,
    }  # fmt: skip
    found = priorities(full(upper, 6), 1.24)
    assert found.weights == pytest.approx([0.263, 0.397, 0.033, 0.116, 0.164, 0.027], abs=1.5e-3)
    assert found.lambda_max == pytest.approx(6.45, abs=5e-3)
    chairs = {(0, 1): 5, (0, 2): 6, (0, 3): 7, (1, 2): 4, (1, 3): 6, (2, 3): 4}
    found = priorities(full(chairs, 4), 0.9)
    assert found.weights == pytest.approx([0.61, 0.24, 0.10, 0.05], abs=0.01)
    assert found.lambda_max == pytest.approx(4.39, abs=5e-3)


def test_a_random_index_of_nought_is_refused() -> None:
    with pytest.raises(ValueError, match="random index"):
        priorities(np.ones((3, 3)), 0.0)
