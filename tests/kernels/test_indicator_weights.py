"""Entropy and CRITIC against published examples, refusals, and what must hold of any table."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ehpilot.kernels.indicator_weights import combined_weights, correlations, critic_weights, entropy_weights

# Diakoulaki, Mavrotas and Papayannakis, Computers and Operations Research 22 (1995) 763-770, eight pharmaceutical
# companies by profitability, market share and productivity; weights as scikit-criteria's tests give them for these data
COMPANIES = [
    [61, 1.08, 4.33], [20.7, 0.26, 4.34], [16.3, 1.98, 2.53], [9.0, 3.29, 1.65],
    [5.4, 2.77, 2.33], [4.0, 4.12, 1.21], [-6.1, 3.52, 2.10], [-34.6, 3.31, 0.98],
]  # fmt: skip


def test_critic_of_diakoulaki() -> None:
    found = critic_weights(COMPANIES)
    assert found.weights == pytest.approx([0.20222554, 0.48090173, 0.31687273], abs=1e-8) and found.refusal == ""


def test_entropy_of_two_units_by_hand() -> None:
    """p = (1/5, 4/5) and (1/9, 8/9): 1 - H/ln 2 = 0.278072 and 0.496742; scikit-criteria's tests have the same
    weights."""
    first = 1 + (0.2 * np.log(0.2) + 0.8 * np.log(0.8)) / np.log(2)
    second = 1 + (np.log(1 / 9) / 9 + 8 / 9 * np.log(8 / 9)) / np.log(2)
    found = entropy_weights([[1, 2], [4, 16]])
    assert found.weights == pytest.approx([first / (first + second), second / (first + second)], rel=1e-12)
    assert found.weights == pytest.approx([0.358889, 0.641111], abs=1e-5)


def test_entropy_of_the_fighter_aircraft() -> None:
    """Hwang and Yoon, Multiple Attribute Decision Making (1981), 3.2.2: four aircraft by six attributes; weights as
    printed from entropies of four digits, hence the tolerance."""
    aircraft = [
        [2.0, 1500, 20000, 5.5, 5, 9], [2.5, 2700, 18000, 6.5, 3, 5],
        [1.8, 2000, 21000, 4.5, 7, 7], [2.2, 1800, 20000, 5.0, 5, 5],
    ]  # fmt: skip
    printed = [0.0649, 0.2055, 0.0133, 0.0829, 0.3570, 0.2764]
    assert entropy_weights(aircraft).weights == pytest.approx(printed, abs=2e-3)


def test_a_zero_has_no_share_in_the_entropy() -> None:
    found = entropy_weights([[0.0, 1.0], [1.0, 1.0]])
    assert found.weights == pytest.approx([1.0, 0.0]), "one unit has all of the first; the second does not differ"


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ([[1.0, 2.0]], "FEW-UNITS"),
        ([[1.0, np.nan], [2.0, 3.0], [1.0, 1.0]], "UNKNOWN-VALUE"),
        ([[-1.0, 2.0], [2.0, 3.0], [1.0, 1.0]], "NEGATIVE-VALUE"),
        ([[1.0, 2.0], [1.0, 2.0], [1.0, 2.0]], "NO-DIFFERENCE"),
    ],
)
def test_weights_without_a_base_are_refused(values: list, refusal: str) -> None:
    found = entropy_weights(values)
    assert found.refusal == refusal and np.isnan(found.weights).all()
    if refusal != "NEGATIVE-VALUE":
        assert critic_weights(values).refusal == refusal


def test_two_years_of_one_zone_have_no_base() -> None:
    assert critic_weights([[1.0, 2.0], [2.0, 1.0]]).refusal == "FEW-UNITS"
    assert entropy_weights([[1.0, 2.0], [2.0, 1.0]], minimum_units=5).refusal == "FEW-UNITS"


def test_indicators_that_say_the_same_have_no_information() -> None:
    column = np.array([1.0, 2.0, 4.0])
    assert critic_weights(np.column_stack([column, 2 * column])).refusal == "NO-DIFFERENCE"


def test_a_constant_indicator_weighs_nothing() -> None:
    table = np.column_stack([[1.0, 2.0, 4.0, 3.0], [5.0, 5.0, 5.0, 5.0], [3.0, 1.0, 2.0, 2.0]])
    for weights in (critic_weights(table).weights, entropy_weights(table).weights):
        assert weights[1] == 0.0 and weights.sum() == pytest.approx(1.0)


def test_combination_by_hand_and_its_refusal() -> None:
    assert combined_weights([0.64, 0.36], [0.25, 0.75]) == pytest.approx(
        np.array([0.4, 0.27**0.5]) / (0.4 + 0.27**0.5), rel=1e-12
    )
    with pytest.raises(ValueError, match="no indicator"):
        combined_weights([1.0, 0.0], [0.0, 1.0])


tables = st.integers(0, 10_000).map(lambda seed: np.random.default_rng(seed).uniform(0.1, 100.0, size=(7, 4)))


@settings(max_examples=40, deadline=None)
@given(tables, st.permutations(range(7)), st.floats(0.01, 100.0))
def test_weights_sum_to_one_and_do_not_see_order_or_unit(table: np.ndarray, order: list[int], scale: float) -> None:
    for method in (entropy_weights, critic_weights):
        weights = method(table).weights
        assert weights.sum() == pytest.approx(1.0) and (weights >= 0).all()
        assert method(table[list(order)]).weights == pytest.approx(weights, rel=1e-9, abs=1e-12)
        assert method(table * np.array([scale, 1.0, 1.0, 1.0])).weights == pytest.approx(weights, rel=1e-7, abs=1e-10)


@settings(max_examples=40, deadline=None)
@given(tables)
def test_correlations_agree_with_numpy(table: np.ndarray) -> None:
    assert correlations(table) == pytest.approx(np.corrcoef(table.T), abs=1e-12)


def test_what_is_no_table_of_weights_is_refused() -> None:
    for method in (entropy_weights, critic_weights):
        with pytest.raises(ValueError, match="units x indicators"):
            method([1.0, 2.0, 3.0])
        assert method([[1.0, 2.0], [np.inf, 1.0], [3.0, 4.0]]).refusal == "UNKNOWN-VALUE"
    for weight in (-0.5, np.nan):
        with pytest.raises(ValueError, match="not negative"):
            combined_weights([weight, 1.0], [0.5, 0.5])
