"""D16 to D19 of the demo: lists agree with the marts, names need their owner's consent, small cells stay closed."""

from __future__ import annotations

from typing import Any

from tests.area import Area


def one(area: Area, query: str) -> dict[str, Any]:
    (row,) = area.sql(query)
    return row


def test_models_are_those_that_the_rules_made_models(demo: Area) -> None:
    rows = demo.sql(
        "select enterprise_id, year, conclusion, satisfaction_pct, satisfaction_low_pct from report.d16_facility"
    )
    assert len({row["year"] for row in rows}) == 1
    models = demo.sql(f"select enterprise_id from pilot.open_facility where is_model and year = {rows[0]['year']}")
    assert {row["enterprise_id"] for row in rows if row["conclusion"] == "模范"} == {
        row["enterprise_id"] for row in models
    }
    assert one(demo, "select model_count from report.d16_summary")["model_count"] == len(models) > 0
    assert all(
        row["satisfaction_low_pct"] <= row["satisfaction_pct"] for row in rows if row["satisfaction_pct"] is not None
    )


def test_every_document_prints_its_own_criteria_once(demo: Area) -> None:
    rows = demo.sql("select document_id, rule_set, item_id, kind_code from report.document_criterion")
    assert {"D13", "D14", "D16", "D17", "D18"} == {row["document_id"] for row in rows}
    assert len(rows) == one(demo, "select count(*) as n from pilot.scoring_item where kind <> 'level'")["n"]


def test_venues_and_questions_are_all_counted(demo: Area) -> None:
    told = one(demo, "select * from report.d17_summary")
    assert one(demo, "select sum(participants) as n from report.d17_venue")["n"] == told["participants"]
    assert one(demo, "select sum(question_count) as n from report.d17_question")["n"] == told["question_count"]
    assert one(demo, "select sum(event_count) as n from report.d17_event")["n"] == told["event_count"]
    assert told["answered_count"] <= told["question_count"]


def test_an_experts_name_is_printed_only_where_the_mart_has_one(demo: Area) -> None:
    names = {
        row["display_name"] for row in demo.sql("select display_name from pilot.expert where display_name is not null")
    }
    printed = {row["name"] for row in demo.sql("select name from report.d18_expert")}
    assert printed == names | {"（不公开）"}
    told = one(demo, "select expert_count, active_count from report.d18_summary")
    assert told["expert_count"] == len(demo.sql("select 1 as n from pilot.expert")) >= told["active_count"] > 0


def test_a_suppressed_cell_has_its_number_of_persons_and_nothing_else(demo: Area) -> None:
    rows = demo.sql("select n, estimate_pct, ci_low_pct, ci_high_pct, design_effect, note from report.d19_group")
    closed = [row for row in rows if row["estimate_pct"] is None]
    assert len(closed) < len(rows) and all(row["note"] for row in closed)
    assert all(row["ci_low_pct"] is row["ci_high_pct"] is row["design_effect"] is None for row in closed)
    shown = [row for row in rows if row["estimate_pct"] is not None]
    assert all(row["ci_low_pct"] <= row["estimate_pct"] <= row["ci_high_pct"] for row in shown)
    assert all("全国" in row["note"] for row in shown if row["note"]), "what the nation has, no reason to leave it out"


def test_the_text_of_the_literacy_report_is_the_row_of_the_whole(demo: Area) -> None:
    told = one(demo, "select * from report.d19_summary")
    level = one(
        demo,
        "select estimate, ci_low, lower_bound, target_result from pilot.literacy "
        f"where dimension = 'total' and group_kind = 'all' and year = {told['year']}",
    )
    assert told["estimate_pct"] == 100 * level["estimate"]
    assert (told["result"] == "达标") == (level["target_result"] == "met")
    if level["target_result"] == "met":
        assert told["lower_bound_pct"] > told["target_pct"]


def test_points_and_replacements_of_the_draw_are_all_counted(demo: Area) -> None:
    told = one(demo, "select sum(point_count) as points, sum(replacement_count) as spare from report.d19_stratum")
    drawn = one(demo, "select count(*) as n from pilot.literacy_point")
    assert told["points"] + told["spare"] == drawn["n"] > 0
