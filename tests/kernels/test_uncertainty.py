"""Products, sums and intervals against published rows, hand sums and a Monte Carlo draw."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from ehpilot.kernels.uncertainty import (
    correlated_sum_uncertainty,
    interval_factors,
    product_uncertainty,
    spread_grades,
    sum_uncertainty,
    total_emissions,
    totals,
)


@pytest.mark.parametrize(
    ("activity", "factor", "combined"),
    [(1.2, 6.0, 6.1), (1.0, 2.0, 2.2), (1.4, 1.0, 1.7), (7.0, 20.0, 21.2), (1.4, 6.0, 6.2)],
)
def test_products_agree_with_the_published_table(activity: float, factor: float, combined: float) -> None:
    """Activity and factor per cent of rows of IPCC Good Practice Guidance 2000, table 6.1 (UK; coal, oil, gas, other),
    quoted from memory: the table's equation is 3.1 of the 2006 Guidelines.
    """
    assert product_uncertainty([activity, factor]) == pytest.approx(combined, abs=0.05)


def test_a_sum_of_independent_terms_by_hand() -> None:
    # √((0.1·100)² + (0.2·50)² + (0.3·50)²) / 200 = √425 / 200
    assert sum_uncertainty([100.0, 50.0, 50.0], [0.1, 0.2, 0.3]) == pytest.approx(425**0.5 / 200, rel=1e-12)


def test_terms_of_one_factor_are_as_uncertain_together_as_alone() -> None:
    values, widths = [3.0, 5.0, 2.0, 10.0], [2.0, 2.0, 2.0, 0.4]
    assert correlated_sum_uncertainty(values[:3], widths[:3], ["f", "f", "f"]) == pytest.approx(2.0)
    both = correlated_sum_uncertainty(values, widths, ["f", "f", "f", "m"])
    assert both == pytest.approx((20.0**2 + 4.0**2) ** 0.5 / 20)
    assert both > sum_uncertainty(values, widths), "taking them as independent looks too certain"


def test_ten_resistors_of_one_standard() -> None:
    """JCGM 100:2008 (GUM), 5.2.2, example: ten resistors of 1 000 Ω, each calibrated to 100 mΩ against one standard, in
    series: 1 Ω together; taking them as independent would give 0.32 Ω.
    """
    ohm, share = np.full(10, 1000.0), np.full(10, 0.1 / 1000.0)
    assert correlated_sum_uncertainty(ohm, share, ["standard"] * 10) * ohm.sum() == pytest.approx(1.0)
    assert sum_uncertainty(ohm, share) * ohm.sum() == pytest.approx(0.32, abs=0.005)


def test_correlated_sums_agree_with_a_draw() -> None:
    draw = np.random.default_rng(3)
    values, width = np.array([4.0, 6.0, 5.0]), 0.2
    error = draw.standard_normal((2, 400_000)) * width / 1.96
    sums = values[0] * (1 + error[0]) + values[1] * (1 + error[0]) + values[2] * (1 + error[1])
    expected = correlated_sum_uncertainty(values, [width] * 3, [1, 1, 2])
    assert 1.96 * sums.std() / sums.mean() == pytest.approx(expected, rel=0.01)


def test_small_uncertainty_is_normal_and_large_stays_above_zero() -> None:
    low, high = interval_factors([0.0, 0.3, 0.4, 2.0, 10.0])
    assert low[:3] == pytest.approx([1.0, 0.7, 0.6]) and high[:3] == pytest.approx([1.0, 1.3, 1.4])
    limit = 1.96 * 0.3  # IPCC's 0.3 is of sd/mean, and U is 1.96 sd
    assert interval_factors([limit, limit * 1.001])[0] == pytest.approx(
        [1 - limit, np.exp(-0.0432 - 1.96 * 0.2940)], abs=1e-3
    )
    assert (low > 0).all() and (np.diff(high) > 0).all()
    draw = np.random.default_rng(4)
    sigma = np.log1p((2.0 / 1.96) ** 2) ** 0.5
    sample = np.exp(-(sigma**2) / 2 + sigma * draw.standard_normal(400_000))
    assert sample.mean() == pytest.approx(1.0, abs=0.01), "the mean of the interval's distribution is the value"
    assert np.quantile(sample, [0.025, 0.975]) == pytest.approx([low[3], high[3]], rel=0.02)


def _grades() -> dict[str, dict[str, float]]:
    grades = pa.table(
        {"quality": ["E", "B"], "half_width": [3.38, 0.4], "span_factor": pa.array([10.0, np.nan], pa.float64())}
    )
    return {row["quality"]: row for row in spread_grades(grades).to_pylist()}


def test_an_order_of_magnitude_is_ten_each_way_about_the_value() -> None:
    grades = _grades()
    assert (grades["E"]["low_factor"], grades["E"]["high_factor"]) == pytest.approx((0.1, 10.0))
    assert grades["E"]["half_width"] == pytest.approx(3.38, abs=0.01)
    assert (grades["B"]["mean_factor"], grades["B"]["low_factor"]) == pytest.approx((1.0, 0.6))


def test_a_total_of_one_row_has_the_interval_of_the_row_and_every_total_holds_its_sum() -> None:
    grade = _grades()["E"]
    one = totals([3.0], [grade["half_width"]], [0], [0], [grade["mean_factor"]])
    assert (one.value[0], one.low[0], one.high[0]) == pytest.approx((3.0, 0.3, 30.0))
    many = totals(np.ones(400), [grade["half_width"]] * 400, [0] * 400, np.arange(400), [grade["mean_factor"]] * 400)
    assert many.low[0] <= many.value[0] == 400.0 <= many.high[0]


def test_a_total_of_orders_of_magnitude_agrees_with_a_draw() -> None:
    grade, draw = _grades()["E"], np.random.default_rng(7)
    sigma = np.log(10.0) / 1.96
    sums = (np.exp(sigma * draw.standard_normal((40, 200_000)))).sum(axis=0)
    found = totals(np.ones(40), [grade["half_width"]] * 40, [0] * 40, np.arange(40), [grade["mean_factor"]] * 40)
    assert (40 * grade["mean_factor"], 40 * grade["mean_factor"] * found.uncertainty[0] / 1.96) == pytest.approx(
        (sums.mean(), sums.std()), rel=0.02
    )


def test_many_totals_at_once_agree_with_one_by_one() -> None:
    draw = np.random.default_rng(5)
    total, group = np.sort(draw.integers(0, 40, 900)), draw.integers(0, 6, 900)
    value, width = draw.random(900) * 9, draw.random(900) * 2
    found = totals(value, width, total, group)
    for number in range(40):
        own = total == number
        assert found.value[number] == pytest.approx(value[own].sum())
        single = correlated_sum_uncertainty(value[own], width[own], group[own])
        assert found.uncertainty[number] == pytest.approx(single)
        assert found.low[number] == pytest.approx(value[own].sum() * interval_factors(single)[0])
        of_group = np.bincount(group[own], weights=(value * width)[own], minlength=6) ** 2
        assert found.leading_group[number] == of_group.argmax()
        assert found.leading_share[number] == pytest.approx(of_group.max() / of_group.sum())
        assert (found.terms[number], found.groups[number]) == (own.sum(), len(set(group[own])))


def test_a_total_of_zero_and_no_totals() -> None:
    found = totals([0.0, 0.0], [2.0, 2.0], [0, 0], [0, 1])
    assert (found.value[0], found.low[0], found.high[0]) == (0.0, 0.0, 0.0)
    assert np.isnan(found.uncertainty[0])
    assert len(totals([], [], [], []).value) == 0
    assert np.isnan(sum_uncertainty([0.0], [0.2]))


def test_impossible_input_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 0"):
        interval_factors([-0.1])
    with pytest.raises(ValueError, match="at least 0"):
        totals([-1.0], [0.1], [0], [0])


def _terms(rows: list[tuple[str, str, int, str, str, float, float]]) -> pa.Table:
    names = ("scope_id", "pollutant_id", "year", "error_group", "enterprise_id", "emission_t", "half_width")
    columns = dict(zip(names, zip(*rows, strict=True) if rows else ((),) * 7, strict=True))
    types = (pa.string(), pa.string(), pa.int32(), pa.string(), pa.string(), pa.float64(), pa.float64())
    table = pa.table({n: pa.array(list(c), t) for (n, c), t in zip(columns.items(), types, strict=True)})
    for name, value in (("scope_kind", "zone"), ("medium", "air"), ("outlet_id", "o")):
        table = table.append_column(name, pa.array([value] * len(rows), pa.string()))
    return table.append_column("mean_factor", pa.array([1.0] * len(rows), pa.float64()))


TERMS = [
    ("z", "benzene", 2025, "monitoring|b", "b", 4.0, 0.1),
    ("z", "benzene", 2025, "factor|x", "a", 1.0, 2.0),
    ("z", "benzene", 2025, "factor|x", "c", 2.0, 2.0),
    ("z", "arsenic", 2025, "factor|x", "a", 0.0, 2.0),
    ("z", "benzene", 2024, "monitoring|b", "b", 5.0, 0.1),
]


def test_a_table_of_terms_gives_one_row_a_total_in_the_order_of_its_key() -> None:
    found = total_emissions(_terms(TERMS)).to_pylist()
    assert [(row["pollutant_id"], row["year"], row["emission_t"]) for row in found] == [
        ("arsenic", 2025, 0.0), ("benzene", 2024, 5.0), ("benzene", 2025, 7.0),
    ]  # fmt: skip
    zero, single, three = found
    assert np.isnan(zero["half_width"]) and zero["interval_form"] is None, "of a sum of 0 nothing is known in shares"
    assert (single["interval_form"], single["half_width"]) == ("normal", pytest.approx(0.1))
    assert (single["emission_low_t"], single["emission_high_t"]) == pytest.approx((4.5, 5.5))
    assert three["half_width"] == pytest.approx((6.0**2 + 0.4**2) ** 0.5 / 7), "the two of one factor err together"
    assert (three["row_count"], three["error_group_count"], three["interval_form"]) == (3, 2, "lognormal")
    assert three["leading_error_group"] == "factor|x"
    assert three["leading_error_share"] == pytest.approx(36 / (36 + 0.16))


def test_totals_do_not_depend_on_the_order_of_rows_nor_on_blocks_of_totals() -> None:
    draw = np.random.default_rng(6)
    rows = [
        (f"z{draw.integers(3)}", f"p{draw.integers(4)}", 2025, f"g{draw.integers(5)}", f"e{number:03d}",
         float(draw.random()), float(draw.random() * 3))
        for number in range(300)
    ]  # fmt: skip
    whole = total_emissions(_terms(rows))
    assert total_emissions(_terms([rows[place] for place in draw.permutation(300)])).equals(whole), "to the last bit"
    blocks = [total_emissions(_terms([row for row in rows if row[0] == scope])) for scope in ("z0", "z1", "z2")]
    assert pa.concat_tables(blocks).combine_chunks().equals(whole.combine_chunks())
    assert total_emissions(_terms([])).num_rows == 0


def test_grades_are_spread_by_their_half_width() -> None:
    grades = pa.table({"quality": ["E", "A"], "half_width": [2.0, 0.2], "source_ref": ["", ""]})
    grades = grades.append_column("span_factor", pa.array([None, None], pa.float64()))
    found = spread_grades(grades).to_pylist()
    assert [row["quality"] for row in found] == ["A", "E"]
    assert (found[0]["low_factor"], found[0]["high_factor"]) == pytest.approx((0.8, 1.2))
    assert 0 < found[1]["low_factor"] < 1 < found[1]["high_factor"]
