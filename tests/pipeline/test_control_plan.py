"""D08 of the demo: the plan lists every graded source and every assigned measure, totals as in the marts."""

from __future__ import annotations

import re

from tests.area import Area


def count(area: Area, table: str, where: str = "true") -> int:
    return int(area.sql(f"select count(*) as n from {table} where {where}")[0]["n"])


def test_every_graded_source_is_in_the_list(demo: Area) -> None:
    assert count(demo, "report.d08_source") == count(demo, "risk_grade.source_grade") > 0


def test_the_letter_that_sends_it_out_names_plan_and_zone(demo: Area) -> None:
    passages = {row["passage_id"]: row for row in demo.sql("select * from report.d08_passage")}
    assert set(passages) == {"D08-01", "D08-02", "D08-03"}
    (zone,) = demo.sql("select name_cn from core.dim_area where area_kind = 'area' and parent_id is null")
    assert passages["D08-01"]["body"] == f"关于印发《{zone['name_cn']}环境健康风险分级管控工作方案》的通知"
    assert "试点工作方案" in passages["D08-03"]["body"] and not any(row["blank_count"] for row in passages.values())


def test_every_measure_of_a_red_or_orange_source_is_in_its_policy(demo: Area) -> None:
    strict = "enterprise_id in (select enterprise_id from risk_grade.source_grade where grade <= 2)"
    assert count(demo, "report.d08_policy") == count(demo, "risk_grade.enterprise_measure", strict) > 0


def test_a_source_on_one_line_points_to_each_of_its_measures_in_annex_two(demo: Area) -> None:
    numbers = {row["row_no"]: row["measure_id"] for row in demo.sql("select row_no, measure_id from report.d08_task")}
    cards = demo.sql("select * from report.d08_card")
    assert len(cards) == count(demo, "risk_grade.source_grade", "grade <= 2") > 0
    for card in cards:
        stages = [card[stage] for stage in ("source_prevention", "process_control", "end_of_pipe") if card[stage]]
        told = [numbers[int(number)] for stage in stages for number in stage.split("、")]
        given = demo.sql(
            f"select measure_id from risk_grade.enterprise_measure where enterprise_id = '{card['enterprise_id']}'"
        )
        assert sorted(told) == sorted(row["measure_id"] for row in given)
        assert card["measure_count"] == len(told)
        first = [int(number) for number in re.findall(r"(?:^|；)(\d+)．", card["main_measures"])]
        assert len(first) == min(3, len(told)) and {numbers[number] for number in first} <= set(told)


def test_the_division_of_tasks_has_each_measure_once_with_its_sources(demo: Area) -> None:
    rows = demo.sql(
        "select sum(source_count) as sources, count(*) as n, count(distinct measure_id) as m from report.d08_task"
    )[0]
    assert rows["n"] == rows["m"]
    assert rows["sources"] == count(demo, "risk_grade.enterprise_measure")


def test_every_task_has_who_and_when(demo: Area) -> None:
    assert count(demo, "report.d08_task", "responsible is null or due is null or measure is null") == 0
    (units,) = demo.sql("select distinct lead_units, support_units from report.d08_task")
    for role, told in (("lead", units["lead_units"]), ("support", units["support_units"])):
        named = demo.sql(
            f"select distinct unit_name from pilot.task_unit where unit_role = '{role}' and object_id in ('7', 'D08')"
        )
        assert sorted(told.split("、")) == sorted(row["unit_name"] for row in named)


def test_every_substance_that_leads_a_red_or_orange_source_is_in_the_list_and_shares_are_of_their_load(
    demo: Area,
) -> None:
    rows = demo.sql("select * from report.d08_pollutant")
    loaded = "enterprise_id in (select enterprise_id from risk_grade.source_load where weighted_kg > 0)"
    assert sum(row["first_count"] for row in rows) == count(demo, "risk_grade.source_grade", f"grade <= 2 and {loaded}")
    listed = {row["pollutant_id"] for row in rows}
    high = demo.sql("select pollutant_id from inventory.risk_pollutant where is_high_risk")
    assert {row["pollutant_id"] for row in high} <= listed
    assert 0 < sum(row["load_share_pct"] or 0 for row in rows) <= 100 + 1e-9


def test_every_kind_of_zone_that_there_is_has_measures_at_every_stage_with_who_and_why(demo: Area) -> None:
    kinds = {row["zone_kind"] for row in demo.sql("select distinct zone_kind from risk_grade.zone")}
    rows = demo.sql("select * from report.d08_zone_measure")
    assert {row["zone_kind_code"] for row in rows} == kinds
    assert len({(row["zone_kind"], row["stage"]) for row in rows}) == 3 * len(kinds)
    assert all(row["responsible"] and row["legal_basis"] for row in rows)


def test_reasons_are_sentences_with_the_share_of_the_first_substance(demo: Area) -> None:
    rows = demo.sql(
        "select reason_text, grade, hazard_load_kg from risk_grade.source_grade where hazard_load_kg is not null"
    )
    assert rows and all(re.search(r"排放占危害负荷[\d.×⁻⁰-⁹]+%", row["reason_text"]) for row in rows)


def test_counts_by_grade_are_those_of_the_text(demo: Area) -> None:
    (told,) = demo.sql("select * from report.d08_summary")
    by_grade = {
        row["grade"]: row["source_count"] for row in demo.sql("select grade, source_count from report.d08_grade")
    }
    words = {
        "红": "red_count",
        "橙": "orange_count",
        "黄": "yellow_count",
        "蓝": "blue_count",
        "资料不足": "ungraded_count",
    }
    for word, column in words.items():
        assert by_grade.get(word, 0) == told[column]
    assert sum(by_grade.values()) == told["source_count"]


def test_a_reduction_is_not_more_than_the_link_releases(demo: Area) -> None:
    assert count(demo, "report.d08_policy", "expected_reduction_high_kg > link_kg * (1 + 1e-9)") == 0


def test_only_zones_with_people_are_listed_and_the_worst_stand_first(demo: Area) -> None:
    rows = demo.sql("select row_no, grade, population from report.d08_zone order by row_no")
    assert all(row["population"] >= 1 for row in rows)
    order = ["红", "橙", "黄"]
    assert [order.index(row["grade"]) for row in rows] == sorted(order.index(row["grade"]) for row in rows)
