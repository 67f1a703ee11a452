"""Printed numbers by GB/T 8170, and which edition a document finds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehpilot.errors import UsageError
from ehpilot.reporting.document_head import find_edition
from ehpilot.reporting.numbers import cell_text, number_text, plain_number, round_half_even


def test_the_edition_is_found_by_parameter_then_environment(edition: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EHPILOT_EDITION", raising=False)
    monkeypatch.delenv("EHPILOT_OUT", raising=False)
    with pytest.raises(UsageError, match="EHPILOT_EDITION"):
        find_edition()
    monkeypatch.setenv("EHPILOT_OUT", str(edition.parents[1]))
    assert find_edition().name == "0001"
    monkeypatch.setenv("EHPILOT_EDITION", str(edition.parent / "none"))
    with pytest.raises(UsageError, match="not an edition"):
        find_edition()
    assert find_edition(edition).name == "0001"


# GB/T 8170-2008, clause 3.2: 四舍六入五成双.
@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [(12.1498, 1, "12.1"), (12.1498, 0, "12"), (1.050, 1, "1.0"), (0.35, 1, "0.4"), (2.5, 0, "2"), (3.5, 0, "4"),
     (2.675, 2, "2.68"), (-0.0365, 3, "-0.036"), (10.5002, 0, "11"), (-2.5, 0, "-2")],
)  # fmt: skip
def test_rounding_is_that_of_the_standard(value: float, decimals: int, printed: str) -> None:
    assert f"{round_half_even(value, decimals):f}" == printed


@pytest.mark.parametrize(
    ("value", "printed"),
    [(0.0, "0"), (5.512345, "5.512"), (123456.7, "123457"), (0.00123449, "0.001234"), (0.0001235, "1.235×10⁻⁴"),
     (99999999.0, "1×10⁸"), (12345678.0, "1.235×10⁷"), (-0.5, "-0.5"), (2500.0, "2500"), (float("nan"), "—"),
     (9.9999e-5, "1×10⁻⁴"), (1e-300, "1×10⁻³⁰⁰")],
)  # fmt: skip
def test_numbers_without_declared_decimals_keep_four_digits(value: float, printed: str) -> None:
    assert number_text(value) == printed


def test_a_negative_that_rounds_to_nothing_keeps_its_first_digit() -> None:
    printed = [number_text(value, 1) for value in (-0.04, -0.0099, -0.00004, -0.06)]
    assert printed == ["-0.04", "-0.01", "-4×10⁻⁵", "-0.1"]


def test_nothing_is_a_dash_and_never_zero() -> None:
    assert [cell_text(value) for value in (None, False, [], 2025, ["a", None])] == ["—", "否", "—", "2025", "a、—"]


@pytest.mark.parametrize(
    ("value", "significant", "printed"),
    [(304269.3, 3, "304000"), (0.032310000000000005, 3, "0.0323"), (999.6, 3, "1000"), (1.234e9, 2, "1.2×10⁹"),
     (9.96e8, 2, "1×10⁹"), (51.9, 3, "51.9"), (2.0, 3, "2")],
)  # fmt: skip
def test_declared_significant_digits_cut_integer_digits_too(value: float, significant: int, printed: str) -> None:
    assert number_text(value, significant=significant) == printed


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [(99.86, 0, ">99"), (99.98, 1, ">99.9"), (99.94, 1, "99.9"), (100.0, 1, "100.0"), (100.02, 1, ">100"),
     (99.99999999999999, 1, "100.0"), (0.04, 1, "<0.1"), (0.0, 1, "0.0"), (99.9996, None, ">99.99")],
)  # fmt: skip
def test_a_share_is_the_whole_or_nothing_only_where_it_is(value: float, decimals: int | None, printed: str) -> None:
    assert number_text(value, decimals, is_share=True) == printed


_DIGITS = st.one_of(
    st.tuples(st.integers(0, 6), st.none()), st.tuples(st.none(), st.integers(1, 6)), st.tuples(st.none(), st.none())
)


@given(st.floats(allow_nan=False, allow_infinity=False), _DIGITS, st.booleans())
def test_what_is_printed_as_zero_is_zero(value: float, digits: tuple[int | None, int | None], is_share: bool) -> None:
    text = number_text(value, *digits, is_share)
    assert (not text.strip("-0.")) == (value == 0)


@given(st.integers(1, 10**6), st.data(), _DIGITS)
def test_a_rate_with_a_failure_is_never_printed_as_the_whole(
    checked: int, data: st.DataObject, digits: tuple[int | None, int | None]
) -> None:
    failing = data.draw(st.integers(0, checked))
    text = number_text(100 * (checked - failing) / checked, *digits, is_share=True)
    assert (text.partition(".")[0] == "100" and not text.partition(".")[2].strip("0")) == (failing == 0)


def test_a_computed_number_in_a_text_is_cut_and_a_stated_one_is_not() -> None:
    printed = {"8.262583235453404": "8.26258", "24.4650001": "24.4650001", "0.28467695594997033": "0.284677",
               "304269.123456": "304269", "1000000000000.0": "1×10¹²"}  # fmt: skip
    assert {text: plain_number(text) for text in printed} == printed
    assert cell_text("入企调查 6.986e-05；排污许可 0.0001445") == "入企调查 6.986×10⁻⁵；排污许可 0.0001445"
    assert cell_text("示例1e-05x号") == "示例1e-05x号" and cell_text("ab1e-05") == "ab1e-05"
