"""Gates, scores, caps, vetoes and levels: the operators, the unknown, and the reference table's own rule sets."""

from __future__ import annotations

import csv
import math

import pyarrow as pa
import pytest

from ehpilot.kernels.rule_scoring import UNKNOWN, Assessment, Fact, assess, holds, linear_points, score_objects
from ehpilot.project import DBT_DIR


def rule(
    item: str, kind: str, fact: str, operator: str, low: object = None, high: object = None, **more: object
) -> dict:
    """One step."""
    row = {
        "rule_set": "s", "dimension": None, "item_id": item, "step_no": 1, "kind": kind, "fact": fact, "unit": None,
        "operator": operator, "bound_low": None if low is None else str(low),
        "bound_high": None if high is None else str(high),
        "points": None, "max_points": None, "text_cn": item, "line_no": 0,
    }  # fmt: skip
    return row | more


def judged(rules: list[dict], facts: dict[str, Fact], **more: object) -> Assessment:
    """One object."""
    options = {"is_mean": False, "barred_level": "L3", "gated_dimension": ""} | more
    return assess(rules, facts, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("operator", "low", "high", "value", "expected"),
    [
        ("between_left", 20, 40, 20, True), ("between_left", 20, 40, 40, False), ("between_left", None, 20, -5, True),
        ("between_left", 60, None, 60, True), ("between_right", 100, 200, 100, False),
        ("between_right", 100, 200, 200, True),
        ("between_right", 200, None, 200, False), ("le", None, 185, 185, True), ("le", None, 185, 185.1, False),
        ("lt", 3, None, 3, False), ("gt", 0.10, None, 0.10, False), ("gt", 0.10, None, 0.11, True),
        ("ge", 16, None, 16, True), ("eq", 0, None, 0, True), ("eq", 0, None, 1, False),
        ("is_true", None, None, 1, True), ("is_true", None, None, 0, False), ("is_false", None, None, 0, True),
    ],
)  # fmt: skip
def test_operators(operator: str, low: object, high: object, value: float, expected: bool) -> None:
    assert holds(rule("A", "gate", "f", operator, low, high), Fact(value)) is expected


def test_words_are_compared_as_words() -> None:
    assert holds(rule("V", "veto", "microbe_class", "eq", "poor"), Fact(text="poor"))
    assert not holds(rule("V", "veto", "microbe_class", "eq", "poor"), Fact(text="good"))
    category = rule("G", "gate", "category", "in", "tourism|manufacturing|product|service")
    assert holds(category, Fact(text="product")) and not holds(category, Fact(text="prod"))
    with pytest.raises(ValueError, match="unknown operator"):
        holds(rule("G", "gate", "f", "about", 1), Fact(1.0))


@pytest.mark.parametrize(
    ("operator", "low", "high", "value", "points"),
    [
        ("linear_up", 0, 0.4, 0.1, 10.0), ("linear_up", 0, 0.4, 0.9, 40.0), ("linear_up", 0.2, 0.7, 0.1, 0.0),
        ("linear_down", 0, 0.3, 0.0, 40.0), ("linear_down", 0, 0.3, 0.3, 0.0), ("linear_down", 0, 0.3, 0.15, 20.0),
        ("linear_down", 1000, 0, 250, 30.0), ("linear_down", 100, 5, 5, 40.0), ("linear_down", 100, 5, 200, 0.0),
    ],
)  # fmt: skip
def test_linear_points(operator: str, low: float, high: float, value: float, points: float) -> None:
    assert linear_points(rule("E", "score", "f", operator, low, high, max_points=40), value) == pytest.approx(points)


STEPS = [
    rule("I1", "score", "level", "between_left", 0, 1, points=0, max_points=15),
    rule("I1", "score", "level", "between_left", 1, 2, points=6, max_points=15, step_no=2),
    rule("I1", "score", "level", "between_left", 2, None, points=15, max_points=15, step_no=3),
]
FUND = [
    rule("G1", "gate", "penalty", "eq", 0),
    rule("E1", "score", "reduction", "linear_up", 0, 0.4, max_points=85),
    *STEPS,
    rule("V1", "veto", "fraud", "is_true"),
    rule("L1", "level", "total", "ge", 85, points=1),
    rule("L2", "level", "total", "ge", 75, points=2),
    rule("L3", "level", "total", "ge", 0, points=0),
]


def test_a_whole_set_with_every_fact() -> None:
    found = judged(FUND, {"penalty": Fact(0), "reduction": Fact(0.4), "level": Fact(1), "fraud": Fact(0)})
    assert found.total == pytest.approx(91) and found.level == "L1" and found.gates_passed and found.vetoes == []
    assert [outcome.item_id for outcome in found.outcomes] == ["G1", "E1", "I1", "V1", "L1", "L2", "L3"]
    assert all(outcome.reason for outcome in found.outcomes if outcome.kind != "level")


def test_what_is_not_known_passes_no_gate_scores_nothing_and_fires_no_veto() -> None:
    found = judged(FUND, {"reduction": Fact(0.4)})
    lines = {outcome.item_id: outcome for outcome in found.outcomes}
    assert not lines["G1"].passed and "待核" in lines["G1"].reason and not lines["G1"].is_known
    assert lines["I1"].points == 0 and "无数据" in lines["I1"].reason and not lines["I1"].is_known
    assert lines["V1"].passed and "不触发" in lines["V1"].reason
    assert not found.gates_passed and found.level == "L3" and found.total == pytest.approx(85)


def test_a_veto_leaves_the_barred_level_and_says_so() -> None:
    found = judged(FUND, {"penalty": Fact(0), "reduction": Fact(0.4), "level": Fact(2), "fraud": Fact(1)})
    assert found.vetoes == ["V1"] and found.level == "L3" and found.total == pytest.approx(100)
    assert "不得评" in next(outcome.reason for outcome in found.outcomes if outcome.item_id == "L1")


BEACH = [
    rule("BG1", "gate", "samples", "ge", 16),
    rule("BN1", "score", "width", "linear_up", 0, 100, dimension="自然", max_points=100),
    rule("BH1", "score", "p95", "between_right", None, 100, dimension="健康", points=100, max_points=100),
    rule("BH1", "score", "p95", "between_right", 100, None, dimension="健康", points=0, max_points=100, step_no=2),
    rule("BH1S", "score", "p90", "le", None, 185, dimension="健康", points=60, max_points=100),
    rule("BH2", "score", "air", "linear_up", 0, 1, dimension="健康", max_points=100),
    rule("BH5", "score", "poor_weeks", "gt", 0.1, dimension="健康", points=-20, max_points=0),
    rule("BC1", "cap", "dimension_missing", "ge", 1, points=60),
    rule("BV1", "veto", "class", "eq", "poor"),
    rule("L1", "level", "total", "ge", 85, points=1),
    rule("L2", "level", "total", "ge", 75, points=2),
    rule("L3", "level", "total", "ge", 60, points=3),
    rule("L4", "level", "total", "ge", 0, points=4),
]


def beach(**facts: Fact) -> Assessment:
    """The small beach."""
    known = {
        "samples": Fact(20),
        "width": Fact(90),
        "p95": Fact(50),
        "air": Fact(1),
        "class": Fact(text="good"),
    } | facts
    return judged(BEACH, known, is_mean=True, gated_dimension="健康")


def test_means_of_dimensions_and_deductions() -> None:
    assert beach().dimensions == {"自然": 90.0, "健康": 100.0} and beach().total == 95.0 and beach().level == "L1"
    assert beach(poor_weeks=Fact(0.2)).dimensions["健康"] == 80.0
    assert beach(p95=Fact(500), air=Fact(0), poor_weeks=Fact(1)).dimensions["健康"] == 0.0, "not below zero"


def test_a_spare_item_takes_the_place_of_one_without_points() -> None:
    found = beach(p95=Fact(500), p90=Fact(150))
    assert found.dimensions["健康"] == pytest.approx((60 + 100) / 2)
    assert beach(p90=Fact(150)).dimensions["健康"] == 100.0, "not where the item has points"
    assert "BH1S" in next(outcome.reason for outcome in found.outcomes if outcome.item_id == "BH1")


def test_of_an_item_and_its_spare_one_is_counted_and_each_keeps_its_points() -> None:
    def pair(**facts: Fact) -> list[tuple[float, bool, str]]:
        told = {outcome.item_id: outcome for outcome in beach(**facts).outcomes}
        return [(told[item].points, told[item].is_counted, told[item].stands_for) for item in ("BH1", "BH1S")]

    assert pair(p95=Fact(500), p90=Fact(150)) == [(0.0, False, ""), (60.0, True, "BH1")]
    assert pair(p95=Fact(50), p90=Fact(150)) == [(100.0, True, ""), (60.0, False, "BH1")]
    assert pair(p95=Fact(500)) == [(0.0, True, ""), (0.0, False, "BH1")], "what nobody knows takes no place"


def test_too_few_samples_leave_a_dimension_unrated_and_cap_the_total() -> None:
    found = beach(samples=Fact(15))
    assert math.isnan(found.dimensions["健康"]) and found.total == 60.0 and found.level == "L3"
    unknown = judged(BEACH, {"samples": Fact(20), "width": Fact(90)}, is_mean=True, gated_dimension="健康")
    assert math.isnan(unknown.dimensions["健康"]) and unknown.total == 60.0, "a dimension of which nothing is known"


def test_caps_of_the_seed_state_their_number_where_the_engine_reads_it() -> None:
    """Every cap of the rules: BC1 brings a total of 90 down to 60, an award beyond its share is told and changes no
    total; a word never stands for a number."""
    with (DBT_DIR / "seeds" / "pilot" / "scoring_rule.csv").open(encoding="utf-8", newline="") as file:
        caps = [row for row in csv.DictReader(file) if row["kind"] == "cap"]
    assert len(caps) > 10
    for cap in caps:
        gained = rule("E", "score", "gain", "linear_up", 0, 1, dimension="甲", max_points=90)
        lost = rule("F", "score", "nobody_knows", "linear_up", 0, 1, dimension="乙", max_points=90)
        found = judged([gained, lost, cap], {"gain": Fact(1.0), cap["fact"]: Fact(2.0)}, is_mean=True)
        (told,) = [outcome for outcome in found.outcomes if outcome.kind == "cap"]
        assert told.passed is False and "nan" not in told.reason
        assert found.total == (60.0 if cap["points"] else 90.0)


@pytest.mark.parametrize(("low", "high"), [(1, None), (1, 60), (None, None), (None, "many")])
def test_a_cap_without_a_number_is_refused(low: object, high: object) -> None:
    with pytest.raises(ValueError, match="s BC9: a cap without a number"):
        judged([rule("BC9", "cap", "dimension_missing", "ge", low, high)], {})


def test_a_poor_water_is_not_friendly_whatever_the_sum() -> None:
    found = beach(**{"class": Fact(text="poor")})
    assert found.total == 95.0 and found.level == "L3"


def test_rows_of_many_objects_do_not_depend_on_their_order() -> None:
    rules = pa.Table.from_pylist([row | {"line_no": number} for number, row in enumerate(FUND)])
    sets = pa.Table.from_pylist([{"rule_set": "s", "is_mean": False, "barred_level": "L3", "gated_dimension": None}])
    rows = [
        {"rule_set": "s", "object_id": name, "period": "2026", "fact": fact, "value": value, "value_text": None}
        for name, facts in (("a", {"penalty": 0.0, "reduction": 0.4}), ("b", {"penalty": 1.0, "level": 2.0}))
        for fact, value in facts.items()
    ]
    facts = pa.schema(
        [(n, pa.string()) for n in ("rule_set", "object_id", "period", "fact")]
        + [("value", pa.float64()), ("value_text", pa.string())]
    )
    found = score_objects(rules, sets, pa.Table.from_pylist(rows, facts))
    turned = score_objects(rules.take(list(range(len(FUND)))[::-1]), sets, pa.Table.from_pylist(rows[::-1], facts))
    assert str(found.to_pylist()) == str(turned.to_pylist()) and found.num_rows == 14  # as text: nan is not nan
    first = {row["item_id"]: row for row in found.to_pylist() if row["object_id"] == "a"}
    assert first["I1"]["points"] == 0.0 and not first["I1"]["is_known"] and first["L1"]["level"] == "L1"
    assert score_objects(rules, sets, pa.Table.from_pylist([], facts)).num_rows == 0
    assert UNKNOWN.is_known is False
