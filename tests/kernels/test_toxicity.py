"""Toxicity weights against EPA's published ones, a value that is none, a table in any order and in blocks."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from ehpilot.kernels import toxicity

PUBLISHED = Path(__file__).parent / "data" / "rsei_published_weights.csv"


def _number(text: str) -> float:
    return float(text) if text else np.nan


@pytest.fixture(scope="module")
def published() -> list[dict[str, str]]:
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _weights(rows: list[dict[str, str]]) -> toxicity.ToxicityWeights:
    return toxicity.toxicity_weights(
        [_number(row["unit_risk_per_ug_m3"]) * 1000 for row in rows],
        [_number(row["slope_factor_per_mg_kg_d"]) for row in rows],
        [_number(row["reference_concentration_mg_m3"]) for row in rows],
        [_number(row["reference_dose_mg_kg_d"]) for row in rows],
        [row["evidence_class"] in ("C", "D") for row in rows],
    )


@pytest.mark.parametrize("route", ["inhalation", "oral"])
def test_weights_are_those_behind_the_published_hazards(published: list[dict[str, str]], route: str) -> None:
    found = getattr(_weights(published), route)
    stated = [(row["name"], _number(row[f"published_{route}_weight"])) for row in published]
    compared = {name: (value, weight) for (name, weight), value in zip(stated, found, strict=True) if weight > 0}
    assert len(compared) >= 10
    assert {name: pair for name, pair in compared.items() if pair[0] != pytest.approx(pair[1], rel=1e-9)} == {}


def test_a_route_without_a_value_borrows_and_says_so(published: list[dict[str, str]]) -> None:
    row = [item for item in published if item["pollutant_id"] == "95-50-1"]
    found = _weights(row)
    assert found.inhalation_borrowed.tolist() == [True] and found.oral_borrowed.tolist() == [False]


def test_no_value_is_no_weight_and_zero_is_no_value() -> None:
    found = toxicity.toxicity_weights(
        [np.nan, 0.0, -1.0], [np.nan] * 3, [np.nan, np.nan, 1.0], [np.nan] * 3, [False] * 3
    )
    assert np.isnan(found.inhalation[:2]).all() and np.isnan(found.oral[:2]).all()
    assert found.inhalation[2] == 3.5 and found.oral[2] == 3.5
    assert not found.inhalation_borrowed[:2].any()


def test_weights_round_halves_up_in_decimal() -> None:
    """RSEI prints 13 for an RfD of 0.08, where binary rounding to even gives 12."""
    nothing = [np.nan] * 4
    found = toxicity.toxicity_weights(nothing, nothing, nothing, [0.08, 0.008, 0.16, 0.0296], [False] * 4)
    assert found.oral.tolist() == [13, 130, 6.3, 34]
    # 3.5e-6 / 2.8e-7 is 12.5 in decimal, whatever binary makes of it
    assert toxicity.toxicity_weights([3.5e-6], [np.nan], [np.nan], [np.nan], [False]).inhalation.tolist() == [13]
    assert toxicity.round_significant([0.285, 1.15, 99.5, np.nan, -0.125])[:3].tolist() == [0.29, 1.2, 100]


def test_the_larger_of_cancer_and_chronic_counts_and_the_basis_is_kept() -> None:
    found = toxicity.toxicity_weights([2.8e-7, 2.8e-4], [np.nan] * 2, [3.5e-3, 3.5], [np.nan] * 2, [False] * 2)
    assert found.inhalation.tolist() == [1000.0, 1000.0]
    assert found.inhalation_is_cancer.tolist() == [False, True]


def _table(rows: list[dict[str, str]]) -> pa.Table:
    return pa.table(
        {
            "pollutant_id": [row["pollutant_id"] for row in rows],
            "unit_risk_per_mg_m3": [_number(row["unit_risk_per_ug_m3"]) * 1000 for row in rows],
            **{
                name: [_number(row[name]) for row in rows]
                for name in ("slope_factor_per_mg_kg_d", "reference_concentration_mg_m3", "reference_dose_mg_kg_d")
            },
            "evidence_is_weak": [True if row["evidence_class"] in ("C", "D") else None for row in rows],
        }
    )


def test_a_table_in_any_order_gives_one_row_a_pollutant_by_its_id(published: list[dict[str, str]]) -> None:
    found = toxicity.weigh_pollutants(_table(published[::-1]))
    assert found["pollutant_id"].to_pylist() == sorted(row["pollutant_id"] for row in published)
    assert found.equals(toxicity.weigh_pollutants(_table(published)))
    single = dict(zip((row["pollutant_id"] for row in published), _weights(published).oral, strict=True))
    for pollutant, weight in zip(found["pollutant_id"].to_pylist(), found["oral_weight"].to_pylist(), strict=True):
        assert weight == pytest.approx(single[pollutant], nan_ok=True)


def test_blocks_of_rows_give_what_the_whole_gives(published: list[dict[str, str]]) -> None:
    rows = _table(sorted(published, key=lambda row: row["pollutant_id"]))
    blocks = [toxicity.weigh_pollutants(rows.slice(start, 3)) for start in range(0, rows.num_rows, 3)]
    joined = pa.concat_tables(blocks).to_pandas()
    assert joined.equals(toxicity.weigh_pollutants(rows).to_pandas())
