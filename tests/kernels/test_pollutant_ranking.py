"""Which facts make which criterion, and tables of pollutants through scores, membership and ranks.

Does not belong here: the equations (``test_screening``), the warehouse (``tests/dbt_inventory/test_screening``).
"""

from __future__ import annotations

import csv
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from ehpilot.kernels import pollutant_ranking
from ehpilot.kernels.columns import values_by
from ehpilot.project import DBT_DIR

NUMBERS = (
    "log_kow", "largest_weight", "use_t", "release_score", "exposure_sum", "exposure_ratio", "max_ratio_to_standard",
    "detection_share",
)  # fmt: skip
COUNTS = ("sites_without_model",)
MARKS = ("is_listed", "is_emitted", "is_used", "is_permitted", "is_detected", "has_unknown_quantity", "is_polymer")
TEXTS = ("pollutant_id", "substance_class", "iarc_code")


def seed(name: str, folder: str = "screening") -> pa.Table:
    """A seed as dbt loads it."""
    with (DBT_DIR / "seeds" / folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return pa.table(
        {
            column: [float(row[column] or "nan") for row in rows] if column in ("value", "score", "lower_bound")
            else [row[column] or None for row in rows]
            for column in rows[0]
        }
    )  # fmt: skip


BINS, CLASSES, PARAMETERS = seed("screening_bin"), seed("screening_class_score"), seed("parameter", "methods")


def described(*rows: dict[str, Any]) -> pa.Table:
    """Pollutants with what is said of them; the rest is unknown or false."""
    types = (
        dict.fromkeys(TEXTS, pa.string()) | dict.fromkeys(NUMBERS, pa.float64())
        | dict.fromkeys(COUNTS, pa.int32()) | dict.fromkeys(MARKS, pa.bool_())
    )  # fmt: skip
    return pa.table({name: pa.array([row.get(name) for row in rows], kind) for name, kind in types.items()})


def scored(*rows: dict[str, Any], draw_seed: int = 1) -> dict[str, dict[str, Any]]:
    """Rows of the result by pollutant."""
    table = described(*rows)
    build = pa.table({"seed": [draw_seed]})
    found = pollutant_ranking.score_pollutants(table, PARAMETERS, BINS, CLASSES, build)
    return {row["pollutant_id"]: row for row in found.to_pylist()}


KNOWN = {
    "iarc_code": "1", "largest_weight": 28_000.0, "release_score": 3.0, "exposure_sum": 1e11, "exposure_ratio": 0.02,
    "is_emitted": True, "detection_share": 0.5,
}  # fmt: skip


def test_criteria_by_hand() -> None:
    row = scored({"pollutant_id": "benzene", "is_listed": True, **KNOWN})["benzene"]
    assert row["hazard_score"] == 5, "IARC group 1 before the decade of the weight"
    assert (row["release_score"], row["detection_score"]) == (3, 2.5), "5 × half of the samples of a site, on average"
    assert row["exposure_score"] == 3, "a hundredth of the concentration that the toxicity weight stands for, and more"
    assert row["known_criteria_count"] == 4
    weights = values_by(PARAMETERS, "parameter_id")
    parts = [weights[f"screening.weight_{name}"] * row[f"{name}_score"] for name in pollutant_ranking.CRITERIA]
    assert row["score"] == pytest.approx(sum(parts) / sum(weights[f"screening.weight_{n}"] for n in
                                                         pollutant_ranking.CRITERIA))  # fmt: skip
    assert (row["rank"], row["rank_low"], row["rank_high"], row["rsei_rank"]) == (1, 1, 1, 1)


def test_a_stated_zero_beside_an_unknown_quantity_is_no_known_zero() -> None:
    zero = {**KNOWN, "release_score": 0.0, "exposure_ratio": 0.0}
    rows = scored(
        {"pollutant_id": "zero", **zero},
        {"pollutant_id": "unknown", **zero, "has_unknown_quantity": True},
        {"pollutant_id": "no place", **zero, "sites_without_model": 1},
        {"pollutant_id": "some", **KNOWN, "has_unknown_quantity": True, "sites_without_model": 2},
    )
    assert (rows["zero"]["release_score"], rows["zero"]["exposure_score"]) == (0, 0)
    assert np.isnan(rows["unknown"]["release_score"]) and np.isnan(rows["unknown"]["exposure_score"])
    assert rows["no place"]["release_score"] == 0 and np.isnan(rows["no place"]["exposure_score"])
    assert rows["some"]["release_score"] == 3 and rows["some"]["exposure_score"] > 0, "a known part counts"


def test_what_is_nowhere_has_hazard_but_no_score_and_what_is_below_the_cut_no_rank() -> None:
    rows = scored(
        {"pollutant_id": "absent", "iarc_code": "1", "is_listed": True},
        {
            "pollutant_id": "mild",
            "largest_weight": 100.0,
            "release_score": 1.0,
            "exposure_ratio": 1e-9,
            "is_used": True,
        },
        {"pollutant_id": "listed", "largest_weight": 100.0, "is_permitted": True, "is_listed": True},
        {"pollutant_id": "strong", **KNOWN, "exposure_ratio": 10.0, "release_score": 5.0},
    )
    assert rows["absent"]["hazard_score"] == 5 and np.isnan(rows["absent"]["score"])
    assert not rows["absent"]["is_present"] and not rows["absent"]["is_risk_pollutant"]
    assert rows["mild"]["score"] < 3 and not rows["mild"]["is_risk_pollutant"] and rows["mild"]["rank"] is None
    assert rows["listed"]["is_risk_pollutant"] and rows["listed"]["rank"] is None, "too little is known for a score"
    assert rows["strong"]["is_risk_pollutant"] and rows["strong"]["rank"] == 1


def many(number: int = 40) -> list[dict[str, Any]]:
    """Listed pollutants with facts of all sizes, some unknown, two of them equal."""
    draw = np.random.default_rng(9)
    rows = [
        {
            "pollutant_id": f"p{place:02d}", "is_listed": True, "is_emitted": True, "use_t": float(draw.random()),
            "largest_weight": float(10 ** draw.uniform(1, 7)), "release_score": float(draw.integers(0, 6)),
            **dict.fromkeys(
                ("exposure_sum", "exposure_ratio"), None if place % 5 == 0 else float(10 ** draw.uniform(-5, 2))
            ),
            "detection_share": int(draw.integers(0, 6)) / 5,
        }
        for place in range(number)
    ]  # fmt: skip
    rows[7] = {**rows[6], "pollutant_id": "p07"}
    return rows


def test_ranks_have_no_gaps_ties_go_by_id_and_intervals_hold_the_rank() -> None:
    found = scored(*many())
    ranked = sorted((row for row in found.values() if row["rank"] is not None), key=lambda row: row["rank"])
    assert [row["rank"] for row in ranked] == list(range(1, len(ranked) + 1)) and len(ranked) > 20
    assert found["p07"]["rank"] == found["p06"]["rank"] + 1
    for row in ranked:
        assert row["rank_low"] <= row["rank"] <= row["rank_high"]
        assert row["rank_bin_low"] <= row["rank"] <= row["rank_bin_high"]
        assert 0 <= row["rank_probability"] <= 1


def test_equal_scores_rank_by_hazard_then_exposure_then_id() -> None:
    weights = values_by(PARAMETERS, "parameter_id")
    parts = {"release_score": 3.0, "exposure_sum": 1e11, "exposure_ratio": 0.02, "is_emitted": True}
    alike = {"iarc_code": "1", **parts}
    rows = scored(
        {"pollutant_id": "a", **alike, "exposure_sum": 1.1e11},
        {"pollutant_id": "b", **alike},
        {"pollutant_id": "c", **alike, "exposure_sum": 1.2e11},
        {"pollutant_id": "0", **alike},
    )
    assert len({row["score"] for row in rows.values()}) == 1 and weights
    assert sorted(rows, key=lambda name: rows[name]["rank"]) == ["c", "a", "0", "b"]


def test_polymers_do_not_fill_the_top_of_use() -> None:
    found = scored(
        {"pollutant_id": "polyethylene", "is_used": True, "use_t": 900_000.0, "is_polymer": True},
        {"pollutant_id": "monomer", "is_used": True, "use_t": 900.0},
        {"pollutant_id": "trace", "is_used": True, "use_t": 1.0},
    )
    assert {name: row["is_top80_use"] for name, row in found.items()} == {
        "polyethylene": False, "monomer": True, "trace": False,
    }  # fmt: skip


def test_neither_the_order_of_rows_nor_of_bins_changes_anything_but_the_seed_does() -> None:
    rows = many()
    assert repr(scored(*rows[::-1])) == repr(scored(*rows))
    build = pa.table({"seed": [1]})
    upside_down = BINS.take(list(range(BINS.num_rows))[::-1])
    tables = [
        pollutant_ranking.score_pollutants(described(*rows), PARAMETERS, bins, CLASSES, build)
        for bins in (BINS, upside_down)
    ]
    assert repr(tables[0].to_pylist()) == repr(tables[1].to_pylist())
    assert repr(scored(*rows, draw_seed=2)) != repr(scored(*rows))


def test_orders_without_a_criterion_and_by_exposure_alone_are_compared() -> None:
    facts = described(*many())
    table = pollutant_ranking.score_pollutants(facts, PARAMETERS, BINS, CLASSES, pa.table({"seed": [1]}))
    found = pollutant_ranking.compare_orders(table, facts, PARAMETERS).to_pylist()
    assert [row["scenario"] for row in found] == [
        "without_hazard", "without_release", "without_exposure", "without_detection", "rsei_style",
    ]  # fmt: skip
    assert all(-1 <= row["spearman"] <= 1 and row["pollutant_count"] > 20 for row in found)
    assert found[4]["pollutant_count"] <= 32, "the order by exposure holds those whose exposure is known"
    with pytest.raises(ValueError, match="same pollutants"):
        pollutant_ranking.compare_orders(table.slice(1), facts, PARAMETERS)


def test_too_few_pollutants_have_no_correlation_and_a_missing_parameter_is_named() -> None:
    facts = described({"pollutant_id": "x", **KNOWN}, {"pollutant_id": "y", **KNOWN})
    table = pollutant_ranking.score_pollutants(facts, PARAMETERS, BINS, CLASSES, pa.table({"seed": [1]}))
    assert all(np.isnan(row["kendall"]) for row in
               pollutant_ranking.compare_orders(table, facts, PARAMETERS).to_pylist())  # fmt: skip
    with pytest.raises(KeyError, match=r"screening\."):
        pollutant_ranking.score_pollutants(facts, PARAMETERS.slice(0, 3), BINS, CLASSES, pa.table({"seed": [1]}))


def test_no_pollutant_at_all() -> None:
    facts = described()
    table = pollutant_ranking.score_pollutants(facts, PARAMETERS, BINS, CLASSES, pa.table({"seed": [1]}))
    assert table.num_rows == 0
    assert [
        row["pollutant_count"] for row in pollutant_ranking.compare_orders(table, facts, PARAMETERS).to_pylist()
    ] == [0] * 5
