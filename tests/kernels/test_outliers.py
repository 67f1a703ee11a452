"""Grubbs' test against its published tables and examples."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ehpilot.kernels.outliers import NONE, OUTLIER, STRAGGLER, grubbs_critical, grubbs_marks

# GB/T 4883-2008, annex A (as Grubbs and Beck 1972, table 1): one side, levels 0.05 and 0.01
TABLE = {
    3: (1.153, 1.155),
    8: (2.032, 2.221),
    10: (2.176, 2.410),
    20: (2.557, 2.884),
    30: (2.745, 3.103),
    100: (3.207, 3.600),
}  # the standard's example: compressive strength of ten bricks, MPa; mean 7.89, s 2.704, G 2.260
BRICKS = [4.7, 5.4, 6.0, 6.5, 7.3, 7.7, 8.2, 9.0, 10.1, 14.0]
# NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.5.17.1: uranium isotope ratios; G 2.4687
URANIUM = [199.31, 199.53, 200.19, 200.82, 201.92, 201.95, 202.18, 245.57]


@pytest.mark.parametrize("n", TABLE)
def test_critical_values_of_the_table(n: int) -> None:
    """Printed to three decimals; the table of 1972 was itself computed by rounding in the last one."""
    assert grubbs_critical(n, 0.05) == pytest.approx(TABLE[n][0], abs=3e-3)
    assert grubbs_critical(n, 0.01) == pytest.approx(TABLE[n][1], abs=2e-3)


def test_example_of_the_standard() -> None:
    """G10 = 2.260 lies between 2.176 and 2.410 on one side; the two-sided test at 0.05 needs 2.290 and marks
    nothing."""
    g = (max(BRICKS) - np.mean(BRICKS)) / np.std(BRICKS, ddof=1)
    assert g == pytest.approx(2.260, abs=5e-4)
    assert grubbs_critical(10, 0.05) < g < grubbs_critical(10, 0.01)
    assert grubbs_critical(10, 0.025) == pytest.approx(2.290, abs=1e-3)
    assert grubbs_marks(BRICKS, "linear", 3).tolist() == [NONE] * 10


def test_example_of_the_handbook() -> None:
    g = (max(URANIUM) - np.mean(URANIUM)) / np.std(URANIUM, ddof=1)
    assert g == pytest.approx(2.4687, abs=1e-4)
    assert grubbs_marks(URANIUM, "linear", 3).tolist() == [NONE] * 7 + [OUTLIER]


def test_a_straggler_is_no_outlier() -> None:
    values = [*BRICKS[:9], 14.5]
    g = (14.5 - np.mean(values)) / np.std(values, ddof=1)
    assert grubbs_critical(10, 0.025) < g < grubbs_critical(10, 0.005)
    assert grubbs_marks(values, "linear", 3)[9] == STRAGGLER


def test_repeated_until_it_rejects_nothing_or_the_limit_is_reached() -> None:
    values = np.concatenate([np.linspace(-2, 2, 60), [40.0, 60.0]])
    assert np.flatnonzero(grubbs_marks(values, "linear", 5)).tolist() == [60, 61]
    assert np.flatnonzero(grubbs_marks(values, "linear", 1)).tolist() == [61]


def test_the_scale_decides() -> None:
    """Log-normal values have no outlier on the log scale, several on the linear one."""
    values = np.exp(np.linspace(-4.0, 4.0, 100))
    assert not grubbs_marks(values, "log", 10).any()
    assert grubbs_marks(values, "linear", 10).any()
    assert not grubbs_marks([1.0, 1.1, 1e9], "none", 10).any()


def test_what_cannot_be_tested_is_not_marked() -> None:
    assert not grubbs_marks([1.0, 1e6], "linear", 2).any()
    assert not grubbs_marks([2.0] * 9, "linear", 2).any()
    assert grubbs_marks([np.nan, *URANIUM], "linear", 2)[[0, 8]].tolist() == [NONE, OUTLIER]
    assert not grubbs_marks([0.0, -1.0, 1.0, 1.1, 1.2], "log", 2)[:2].any()
    with pytest.raises(ValueError, match="scale"):
        grubbs_marks([1.0], "square", 1)


@settings(max_examples=50, deadline=None)
@given(
    values=st.lists(st.integers(-1000, 1000).map(float), min_size=3, max_size=40),
    shift=st.integers(-1000, 1000),
    factor=st.sampled_from([0.25, 1.0, 8.0, -2.0]),
)
def test_marks_do_not_depend_on_units(values: list[float], shift: int, factor: float) -> None:
    moved = (np.asarray(values) + shift) * factor
    assert np.count_nonzero(grubbs_marks(moved, "linear", 4)) == np.count_nonzero(grubbs_marks(values, "linear", 4))
