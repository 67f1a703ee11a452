"""Grubbs' test against tabled critical values, by hand, and its table in and out."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ehpilot.kernels import outliers
from ehpilot.kernels.outliers import NONE, OUTLIER, STRAGGLER, grubbs_marks

# GB/T 4883-2008, annex A (as Grubbs and Beck 1972, table 1): one side, levels 0.05 and 0.01
ONE_SIDE = {3: (1.153, 1.155), 8: (2.032, 2.221), 30: (2.745, 3.103), 100: (3.207, 3.600)}
# the standard's example: compressive strength of ten bricks, MPa; mean 7.89, s 2.704, G 2.260
BRICKS = [4.7, 5.4, 6.0, 6.5, 7.3, 7.7, 8.2, 9.0, 10.1, 14.0]
# NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.5.17.1: uranium isotope ratios; G 2.4687
URANIUM = [199.31, 199.53, 200.19, 200.82, 201.92, 201.95, 202.18, 245.57]

PARAMETERS = pa.table(
    {
        "parameter_id": [f"monitoring.outlier_{name}" for name in ("significance", "least_results", "most_share")],
        "value": [0.01, 8.0, 0.1],
    }
)


@pytest.mark.parametrize(
    ("n", "one_percent", "five_percent"),
    [(5, 1.764, 1.715), (10, 2.482, 2.290), (20, 3.001, 2.709), (40, 3.381, 3.036)],
)
def test_critical_values_are_those_of_the_standard(n: int, one_percent: float, five_percent: float) -> None:
    """ISO 5725-2:1994, table 5, one largest or one smallest; the table is rounded in its third place."""
    assert outliers.critical_value(n, 0.01) == pytest.approx(one_percent, abs=1e-3)
    assert outliers.critical_value(n, 0.05) == pytest.approx(five_percent, abs=1e-3)


def test_the_farthest_is_found_and_no_more_than_the_share() -> None:
    x = np.array([1.0, 1.1, 0.9, 1.05, 0.95, 1.02, 0.98, 1.03, 0.97, 9.0])
    assert outliers.grubbs(x, 0.01, 0.1).tolist() == [9]
    assert outliers.grubbs(np.append(x, 8.0), 0.01, 0.1).size <= 1
    assert outliers.grubbs(np.full(10, 2.0), 0.01, 0.1).size == 0
    assert outliers.grubbs(x[:9], 0.01, 0.1).size == 0


def test_the_table_names_results_of_samples_large_enough_whatever_their_order() -> None:
    values = [1.0, 1.1, 0.9, 1.05, 0.95, 1.02, 0.98, 1.03, 0.97, 90.0, float("nan"), 0.0]
    rows = [("a", f"a{number:02d}", value) for number, value in enumerate(values)]
    rows += [("b", f"b{number}", value) for number, value in enumerate([1.0, 1.0, 1.1, 50.0])]
    for shown in (rows, rows[::-1]):
        table = pa.table(
            {
                "result_id": [row[1] for row in shown], "site_id": [row[0] for row in shown],
                "pollutant_id": ["p"] * len(shown), "period": ["2025"] * len(shown),
                "averaging_time": ["1h"] * len(shown),
                "value": pa.array([row[2] for row in shown], pa.float64()),
            }
        )  # fmt: skip
        assert outliers.find_outliers(table, PARAMETERS).to_pylist() == [{"result_id": "a09", "n": 10}]
    assert outliers.find_outliers(table.slice(0, 0), PARAMETERS).num_rows == 0


@pytest.mark.parametrize("n", ONE_SIDE)
def test_one_sided_values_of_the_table(n: int) -> None:
    """Half the level on a side; printed to three decimals, the table of 1972 was itself computed by rounding."""
    assert outliers.critical_value(n, 0.10) == pytest.approx(ONE_SIDE[n][0], abs=3e-3)
    assert outliers.critical_value(n, 0.02) == pytest.approx(ONE_SIDE[n][1], abs=2e-3)


def test_example_of_the_standard() -> None:
    """G10 = 2.260 lies between 2.176 and 2.410 on one side; on two sides 0.05 asks for 2.290, and nothing is marked."""
    g = (max(BRICKS) - np.mean(BRICKS)) / np.std(BRICKS, ddof=1)
    assert g == pytest.approx(2.260, abs=5e-4)
    assert outliers.critical_value(10, 0.10) < g < outliers.critical_value(10, 0.02)
    assert grubbs_marks(BRICKS, "linear", 0.3).tolist() == [NONE] * 10


def test_example_of_the_handbook() -> None:
    g = (max(URANIUM) - np.mean(URANIUM)) / np.std(URANIUM, ddof=1)
    assert g == pytest.approx(2.4687, abs=1e-4)
    assert grubbs_marks(URANIUM, "linear", 0.3).tolist() == [NONE] * 7 + [OUTLIER]


def test_a_straggler_is_no_outlier() -> None:
    values = [*BRICKS[:9], 14.5]
    g = (14.5 - np.mean(values)) / np.std(values, ddof=1)
    assert outliers.critical_value(10, 0.05) < g < outliers.critical_value(10, 0.01)
    assert grubbs_marks(values, "linear", 0.3)[9] == STRAGGLER


def test_the_scale_decides() -> None:
    """Log-normal values have no outlier on the log scale, several on the linear one."""
    values = np.exp(np.linspace(-4.0, 4.0, 100))
    assert not grubbs_marks(values, "log", 0.1).any()
    assert grubbs_marks(values, "linear", 0.1).any()
    assert not grubbs_marks([1.0, 1.1, 1e9], "none", 0.5).any()


def test_what_cannot_be_tested_is_not_marked() -> None:
    assert not grubbs_marks([1.0, 1e6], "linear", 1.0).any()
    assert not grubbs_marks([2.0] * 9, "linear", 0.5).any()
    assert grubbs_marks([np.nan, *URANIUM], "linear", 0.3)[[0, 8]].tolist() == [NONE, OUTLIER]
    assert not grubbs_marks([0.0, -1.0, 1.0, 1.1, 1.2], "log", 0.5)[:2].any()
    with pytest.raises(ValueError, match="scale"):
        grubbs_marks([1.0], "square", 0.5)


@settings(max_examples=50, deadline=None)
@given(
    values=st.lists(st.integers(-1000, 1000).map(float), min_size=3, max_size=40),
    shift=st.integers(-1000, 1000),
    factor=st.sampled_from([0.25, 1.0, 8.0, -2.0]),
)
def test_marks_do_not_depend_on_units(values: list[float], shift: int, factor: float) -> None:
    moved = (np.asarray(values) + shift) * factor
    plain = grubbs_marks(values, "linear", 0.2)
    assert np.count_nonzero(grubbs_marks(moved, "linear", 0.2)) == np.count_nonzero(plain)


def test_the_copper_wire_of_grubbs() -> None:
    """Grubbs, Technometrics 11 (1969) 1-21, example 1 (and ASTM E178): breaking strength of ten copper wires, mean
    575.2, s 8.70, T 2.39. Between the two-sided critical values of the levels 0.05 (2.290) and 0.01 (2.482)."""
    wires = [568.0, 570.0, 570.0, 570.0, 572.0, 572.0, 572.0, 578.0, 584.0, 596.0]
    assert (max(wires) - np.mean(wires)) / np.std(wires, ddof=1) == pytest.approx(2.39, abs=5e-3)
    assert grubbs_marks(wires, "linear", 0.1).tolist() == [0] * 9 + [1]


def test_what_is_no_number_neither_is_an_outlier_nor_hides_one() -> None:
    assert outliers.grubbs([1.0, 1.1, 0.9, 1.0, 9.0, np.nan, np.inf], 0.05, 0.4).tolist() == [4]
