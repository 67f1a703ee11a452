"""Printed tables of the green index over the hand-made records.

Does not belong here: the marts they print (test_green_index).
"""

from __future__ import annotations

import csv
import re
from typing import Any

import pytest

from ehpilot.project import DBT_DIR

ZONE = "(select area_id from core.dim_area where area_kind = 'area')"


def test_every_indicator_is_printed_with_its_weight_and_explained(ask: Any) -> None:
    ((indicators, weight, units, rules, lacks),) = ask(
        "select count(*), sum(weight_pct), count(unit_cn), count(rule_cn), count(missing_cn) from report.d12_indicator"
    )
    assert (indicators, units, rules, lacks) == (30, 30, 30, 30) and weight == pytest.approx(100.0)
    by_dimension = ask("select sum(within_pct) from report.d12_indicator group by dimension")
    assert [total for (total,) in by_dimension] == pytest.approx([100.0] * 5)


def test_indicators_that_the_reference_takes_from_our_marts_say_from_where_or_what_is_lacking(ask: Any) -> None:
    rows = ask(
        "select indicator_id, source_table = 'green_index.indicator_value', is_computed, data_cn "
        "from green_index.indicator"
    )
    of_marts = {name for name, reported, *_ in rows if not reported}
    computed = {name for name, _, is_computed, _ in rows if is_computed}
    assert len(of_marts) == 23 and computed == of_marts
    assert all(data != "责任单位填报" for _, _, is_computed, data in rows if is_computed)


def test_what_no_table_of_ours_can_give_says_who_supplies_it() -> None:
    """And what stands or falls with a record that an office may not keep (output, incidents, chapters) says whom to
    ask without it."""
    with (DBT_DIR / "seeds" / "index" / "indicator_computation.csv").open(encoding="utf-8", newline="") as file:
        lacks = {row["indicator_id"]: (row["is_computed"], row["lacks_cn"]) for row in csv.DictReader(file)}
    reported = {name for name, (is_computed, _) in lacks.items() if is_computed == "false"}
    assert reported == {"I1", "I2", "I4", "I5", "P3", "P4", "P5"}
    asked = reported | {"R4", "R7", "M4"}
    assert [name for name in asked if not re.search(r"由\w+部门.*填报", lacks[name][1])] == []


def test_scores_are_those_of_the_mart_with_what_is_not_rated(ask: Any) -> None:
    ((index, unrated, ids),) = ask(
        f"select index, unrated_count, unrated_ids from report.d12_score where year = 2025 and area_id = {ZONE}"
    )
    assert ask(f"select index from green_index.annual_index where year = 2025 and area_id = {ZONE}") == [(index,)]
    known = ask(f"select count(*) from green_index.indicator_value where year = 2025 and area_id = {ZONE}")
    assert unrated == 30 - known[0][0] == len((ids or "").split("、")) - (not ids)
    ((none, many),) = ask(f"select index, unrated_count from report.d12_score where year = 2024 and area_id = {ZONE}")
    assert none is None and many > 20


def test_indicators_that_take_the_value_of_the_zone_are_counted(ask: Any) -> None:
    rows = ask("select area_id, inherited_count from report.d12_score where year = 2025")
    marts = dict(
        ask(
            "select area_id, count(*) from green_index.indicator_value "
            "where year = 2025 and origin = 'inherited' group by area_id"
        )
    )
    assert {area: count for area, count in rows if count} == marts and max(marts.values()) > 20


def test_printed_contributions_sum_to_the_index_before_caps(ask: Any) -> None:
    ((total, uncapped),) = ask(
        "select sum(contribution), max(index_uncapped) from report.d12_value join green_index.annual_index "
        f"using (area_id, year) where is_assessed and area_id = {ZONE}"
    )
    assert total == pytest.approx(uncapped) and total > 0


def test_a_layer_says_which_matrices_it_rests_on(ask: Any) -> None:
    rows = {row[0]: row[1:] for row in ask("select layer, expert_count, refused_count, basis from report.d12_layer")}
    assert rows["各维度之间"] == (1, 1, "专家矩阵几何平均")
    assert rows["风险防控"] == (0, 0, "缺省矩阵（本试点拟定）") and len(rows) == 6
    ((fault, pair, outcome),) = ask("select fault, worst_pair, outcome from report.d12_matrix where expert_no = '2'")
    assert (fault, outcome) == ("一致性不足", "退回") and "与" in pair


def test_every_indicator_has_somebody_who_answers_for_it(ask: Any) -> None:
    rows = ask("select duty, sum(indicator_count) from report.d12_duty group by 1 order by 1")
    assert rows == [("填报", 7), ("核对本库计算结果", 23)]


def test_the_working_rules_go_from_collection_to_the_change_of_goalposts(ask: Any) -> None:
    stages = [stage for (stage,) in ask("select stage from report.d12_step order by row_no")]
    for stage in ("数据采集", "审核评审", "公示", "异议", "发布", "目标调整"):
        assert stage in stages
    assert ask("select count(*) from report.d12_step where when_cn is null or who_cn is null") == [(0,)]


def test_a_comparison_that_was_not_read_says_so(ask: Any) -> None:
    rows = ask("select name_cn, method_cn, source_ref from report.d12_system")
    assert any("健康浙江" in name for name, *_ in rows) and any("美丽浙江" in name for name, *_ in rows)
    assert all("（" in source for *_, source in rows)
    unread = ask("select count(*) from green_index.compared_system where verified = 'memory' and source_ref is null")
    assert unread == [(0,)]


def test_the_summary_counts_what_stands_in_the_tables(ask: Any) -> None:
    ((known, computed, reported, accepted, refused),) = ask(
        "select known_count, computed_count, reported_count, accepted_count, refused_count from report.d12_summary"
    )
    assert known == computed + reported and (accepted, refused) == (1, 1)
    ((in_mart,),) = ask(
        "select count(*) from green_index.indicator_value "
        f"where year = 2025 and origin = 'computed' and area_id = {ZONE}"
    )
    assert computed == in_mart > 3
