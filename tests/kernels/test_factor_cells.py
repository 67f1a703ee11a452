"""Cells of the manual: pooling by the test, pairs that count, judged pairs, leaving a plant out."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from ehpilot.kernels import factor_cells, factor_validation
from ehpilot.kernels.emission_factors import CELL
from tests.kernels.test_emission_factors import BUILD, PARAMETERS, pairs

LIMITS = pa.concat_tables(
    [PARAMETERS, pa.table({"parameter_id": ["factor_pooling_p", "factor_pooling_fold"], "value": [0.05, 3.0]})]
)


def two_technologies(fold: float, plants: int = 4) -> pa.Table:
    """Plants of two technologies whose levels are ``fold`` apart, two quarters each."""
    draw = np.random.default_rng(3)
    table = pairs(
        [
            {
                "technology_id": technology, "enterprise_id": f"{technology}{plant}", "period": f"2025Q{quarter}",
                "emission_kg": 10.0 * level * float(np.exp(draw.normal(0, 0.2))),
            }
            for technology, level in (("a", 1.0), ("b", fold))
            for plant in range(plants)
            for quarter in (1, 2)
        ]
    )  # fmt: skip
    ids = [f"p{number:03d}" for number in range(table.num_rows)]
    return factor_cells.judge(table.append_column("pair_id", pa.array(ids)), LIMITS)


def test_alike_cells_get_a_pooled_one_beside_them_and_different_ones_do_not() -> None:
    alike = factor_cells.derive_cells(two_technologies(1.1), LIMITS, BUILD).to_pylist()
    assert [(row["technology_id"], row["is_pooled"], row["n_enterprises"]) for row in alike] == [
        ("a", False, 4), ("b", False, 4), (None, True, 8),
    ]  # fmt: skip
    assert [len(row["pair_ids"]) for row in alike] == [8, 8, 16]
    apart = factor_cells.derive_cells(two_technologies(9.0), LIMITS, BUILD).to_pylist()
    assert [row["technology_id"] for row in apart] == ["a", "b"]
    assert all(row["pooling_p"] < 0.05 and row["pooling_fold"] > 3 for row in apart)


def test_a_small_difference_pools_however_sure_it_is() -> None:
    found = factor_cells.derive_cells(two_technologies(2.0, plants=12), LIMITS, BUILD).to_pylist()
    assert found[0]["pooling_p"] < 0.05 and found[0]["pooling_fold"] < 3
    assert sum(row["is_pooled"] for row in found) == 1


def test_a_single_cell_has_no_pooled_one_and_no_test() -> None:
    found = factor_cells.derive_cells(two_technologies(1.0).slice(0, 8), LIMITS, BUILD).to_pylist()
    assert [(row["is_pooled"], np.isnan(row["pooling_p"])) for row in found] == [(False, True)]


def test_judged_pairs_say_why_they_do_not_count_and_outliers_stay() -> None:
    level = [1.0, 1.1, 0.9, 1.05, 0.95, 40.0]
    rows = [{"emission_kg": value, "period": f"2025-{month:02d}"} for month, value in enumerate(level, 1)]
    rows += [{"emission_kg": 1.0, "activity": 0.0, "period": "2025-07"}, {"emission_kg": 1.0, "period": "2025-08"}]
    table = pairs(rows).append_column("is_complete", pa.array([True] * 7 + [False]))
    judged = factor_cells.judge(table, LIMITS).to_pylist()
    assert [row["reason_code"] for row in judged] == [None] * 6 + ["ACTIVITY-ZERO", "OUTLETS-MISSING"]
    assert [row["is_outlier"] for row in judged] == [False] * 5 + [True, False, False]
    assert judged[5]["is_used"] and judged[0]["factor"] == pytest.approx(0.1)
    assert np.isnan(judged[6]["factor"])


def test_order_of_pairs_changes_nothing() -> None:
    table = two_technologies(1.5)
    shuffled = table.take(np.random.default_rng(1).permutation(table.num_rows))
    assert factor_cells.derive_cells(table, LIMITS, BUILD).equals(factor_cells.derive_cells(shuffled, LIMITS, BUILD))


def test_no_pairs_no_cells() -> None:
    nothing = two_technologies(1.0).slice(0, 0)
    found = factor_cells.derive_cells(nothing, LIMITS, BUILD)
    assert found.num_rows == 0 and {"pair_ids", "pooling_p", *CELL} <= set(found.column_names)
    assert factor_validation.validate(nothing).num_rows == 0


def test_leaving_plants_out_counts_those_of_cells_with_three() -> None:
    found = factor_validation.validate(two_technologies(1.0)).to_pylist()
    assert len(found) == 1 and found[0]["n"] == 8
    assert found[0]["share_within_factor_2"] == 1.0 and 0.8 < found[0]["median_ratio"] < 1.25
    few = factor_validation.validate(two_technologies(1.0).slice(0, 4)).to_pylist()
    assert few[0]["n"] == 0 and np.isnan(few[0]["median_ratio"])
