"""Experts' matrices as rows: refusals with their pair, the mean of the accepted, the default, and the seeds
themselves."""

from __future__ import annotations

import csv

import pyarrow as pa
import pytest

from ehpilot.kernels.expert_matrices import judge, weigh
from ehpilot.project import DBT_DIR

RANDOM = pa.table({"size": [1.0, 2, 3, 4], "value": [0.0, 0.0, 0.58, 0.90]})
LIMIT = pa.table({"threshold": [0.10]})
INDICATORS = pa.table({"indicator_id": ["A1", "A2", "B1", "B2"], "dimension": ["a", "a", "b", "b"]})


def rows(expert: str, layer: str, cells: dict[tuple[str, str], float]) -> list[dict]:
    """Both halves of a matrix of which the upper one is given; the diagonal is left out."""
    both = {**cells, **{(column, row): 1 / value for (row, column), value in cells.items()}}
    return [
        {"expert_no": expert, "layer": layer, "row_id": row, "column_id": column, "value": value}
        for (row, column), value in both.items()
    ]


def table(found: list[dict]) -> pa.Table:
    """Judgements as the model gives them."""
    text = [(name, pa.string()) for name in ("expert_no", "layer", "row_id", "column_id")]
    return pa.Table.from_pylist(found, pa.schema([*text, ("value", pa.float64())]))


DEFAULTS = pa.Table.from_pylist(
    [
        {"matrix_id": layer, "row_id": row, "col_id": column, "value": value}
        for layer, one, two in (("dimension", "a", "b"), ("a", "A1", "A2"), ("b", "B1", "B2"))
        for row, column, value in ((one, one, "1"), (one, two, "2"), (two, one, "1/2"), (two, two, "1"))
    ]
)


ABC = pa.table({"indicator_id": ["x", "y", "z"], "dimension": ["abc"] * 3})


def test_who_contradicts_himself_is_refused_with_his_worst_pair() -> None:
    circle = rows("2", "abc", {("x", "y"): 9, ("y", "z"): 9, ("x", "z"): 1 / 9})
    fine = rows("1", "abc", {("x", "y"): 2, ("y", "z"): 2, ("x", "z"): 4})
    found = {row["expert_no"]: row for row in judge(table(circle + fine), ABC, RANDOM, LIMIT).to_pylist()}
    assert found["1"]["is_accepted"] and found["1"]["consistency_ratio"] == 0.0
    assert not found["2"]["is_accepted"] and found["2"]["fault"] == "AHP-INCONSISTENT"
    assert {found["2"]["worst_row"], found["2"]["worst_column"]} <= {"x", "y", "z"}


def test_one_half_that_contradicts_the_other_is_named() -> None:
    wrong = [
        {"expert_no": "1", "layer": "a", "row_id": r, "column_id": c, "value": v}
        for r, c, v in (("A1", "A2", 3.0), ("A2", "A1", 3.0))
    ]
    found = judge(table(wrong), INDICATORS, RANDOM, LIMIT).to_pylist()[0]
    assert (found["fault"], found["worst_row"], found["worst_column"]) == ("AHP-NOT-RECIPROCAL", "A1", "A2")
    missing = judge(table(rows("1", "abc", {("x", "y"): 2, ("y", "z"): 2})), ABC, RANDOM, LIMIT).to_pylist()[0]
    assert missing["fault"] == "AHP-INCOMPLETE" and not missing["is_accepted"]


def test_weights_of_two_experts_and_defaults_elsewhere() -> None:
    said = rows("1", "dimension", {("a", "b"): 9}) + rows("2", "dimension", {("a", "b"): 1})
    found = {row["indicator_id"]: row for row in weigh(table(said), DEFAULTS, INDICATORS, RANDOM, LIMIT).to_pylist()}
    assert found["A1"]["dimension_weight"] == pytest.approx(0.75) and found["A1"]["dimension_experts"] == 2
    assert found["A1"]["weight"] == pytest.approx(0.75 * 2 / 3) and found["A1"]["basis"] == "default"
    assert sum(row["weight"] for row in found.values()) == pytest.approx(1.0)


def test_a_matrix_of_other_items_takes_no_part() -> None:
    said = rows("1", "a", {("A1", "A9"): 9}) + rows("1", "c", {("A1", "A2"): 1}) + rows("2", "a", {("A1", "A1"): 1})
    judged = [row for row in judge(table(said), INDICATORS, RANDOM, LIMIT).to_pylist()]
    assert [(row["fault"], row["worst_row"]) for row in judged] == [
        ("AHP-OTHER-ITEMS", "A2"), ("AHP-OTHER-ITEMS", "A1"), ("AHP-OTHER-ITEMS", "A2")
    ]  # fmt: skip
    found = weigh(table(said), DEFAULTS, INDICATORS, RANDOM, LIMIT).to_pylist()[0]
    assert found["basis"] == "default" and found["experts"] == 0
    with pytest.raises(ValueError, match="no matrix for b"):
        weigh(table([]), DEFAULTS.filter(pa.compute.not_equal(DEFAULTS["matrix_id"], "b")), INDICATORS, RANDOM, LIMIT)


def test_the_seeds_are_consistent_and_cover_all_indicators() -> None:
    def seed(name: str) -> list[dict]:
        with (DBT_DIR / "seeds" / "index" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    random = pa.table({name: [float(row[name]) for row in seed("ahp_random_index")] for name in ("size", "value")})
    weights = weigh(
        table([]),
        pa.Table.from_pylist(seed("ahp_matrix")),
        pa.Table.from_pylist(seed("green_indicator")),
        random,
        LIMIT,
    )
    assert weights.num_rows == 30 and sum(weights["weight"].to_pylist()) == pytest.approx(1.0)
    assert max(weights["consistency_ratio"].to_pylist()) < 0.10
