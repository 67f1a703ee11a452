"""Facts, scores and awards of the pilot from files to marts; one rule set of each kind of object, and where every fact
comes from."""

from __future__ import annotations

import csv
import datetime as dt
from typing import Any

import pytest

from ehpilot.kernels.literacy_scoring import turned_back
from ehpilot.project import DBT_DIR
from ehpilot.register import Register
from tests.dbt_inventory.scoring_records import FULL


def seed(name: str) -> list[dict[str, str]]:
    """Rows of a seed of the pilot."""
    with (DBT_DIR / "seeds" / "pilot" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_fact_of_the_rules_has_a_source_that_exists() -> None:
    register = Register.load()
    asked = {(row["rule_set"], row["fact"]) for row in seed("scoring_rule")}
    sources = {(row["rule_set"], row["fact"]): row for row in seed("scoring_fact_source")}
    assert asked == set(sources)
    raw = {f"raw.{node['identifier']}": set(node["columns"]) for node in register.manifest["sources"].values()}
    public = {name: {column.name for column in table.columns} for name, table in register.public_tables.items()}
    lost = [
        (key, row["source_table"], row["source_column"])
        for key, row in sources.items()
        if row["source_column"] not in {**raw, **public}.get(row["source_table"], set())
    ]
    assert lost == []
    assert {row["rule_set"] for row in seed("scoring_rule_set")} == {rule_set for rule_set, _ in asked}


def test_facts_that_our_tables_count_are_declared_as_theirs() -> None:
    """What a beach file measures is no stated fact, and a fact of a mart is computed by the models that say so."""
    sources = {(row["rule_set"], row["fact"]): row for row in seed("scoring_fact_source")}
    measured = {row["fact"] for row in seed("beach_indicator") if row["fact"]} & {
        fact for rule_set, fact in sources if rule_set == "beach"
    }
    assert {sources["beach", fact]["source_table"] for fact in measured} == {"raw.beach_measurement"}
    folder = DBT_DIR / "models" / "intermediate" / "pilot" / "scoring"
    names = ("int_pilot__facts_computed", "int_pilot__code_facts_dated")
    computed = "".join((folder / f"{name}.sql").read_text(encoding="utf-8") for name in names)
    lost = [
        key for key, row in sources.items() if row["source_kind"] == "mart" and f"'{key[1]}'" not in computed
    ]  # fmt: skip
    assert lost == []


def test_equal_scores_go_to_the_earlier_file_under_the_budget(ask: Any) -> None:
    rows = ask(
        "select application_id, eligible, score, award_yuan, place "
        "from pilot.fund_award where category = 'fund_project'"
    )
    found = {row[0]: row[1:] for row in rows}
    # a track has 40 % of 100,000 and an applicant 15 %
    assert found["FB"] == (True, pytest.approx(FULL), 15000.0, 1)
    assert found["FA"] == (True, pytest.approx(FULL), 15000.0, 2)
    assert found["FC"][:3] == (False, pytest.approx(FULL), 0.0) and found["FD"][:1] == (False,)


def test_what_is_not_known_passes_no_gate_and_is_said(ask: Any) -> None:
    query = "select passed, reason, is_known from pilot.scoring_result where object_id = ? and item_id = ?"
    assert ask(query, "FC", "G2") == [(False, "无数据，待核，未通过", False)]
    assert ask(query, "FA", "V2") == [(True, "无数据，不触发", False)]
    assert "G2：无数据" in ask("select reason from pilot.fund_award where application_id = 'FC'")[0][0]
    assert ask("select is_known from pilot.scoring_fact where object_id = 'FC' and fact = 'truthful_file'") == [
        (False,)
    ]


def test_an_upheld_objection_takes_the_award(ask: Any) -> None:
    assert ask("select award_yuan, reason_codes from pilot.fund_award where application_id = 'FD'") == [(0.0, ["V1"])]
    query = "select passed from pilot.scoring_result where object_id = 'FD' and item_id = 'L1'"
    assert ask(query) == [(False,)]


def test_an_unknown_track_is_kept_and_not_scored(ask: Any) -> None:
    query = "select category, category_word, eligible, score, reason from pilot.fund_award where application_id = 'FE'"
    assert ask(query) == [(None, "其他", False, None, "类别不明，未评分")]


def test_caps_of_an_award_are_explained_by_what_was_given(ask: Any) -> None:
    query = "select passed, reason from pilot.scoring_result where object_id = 'FB' and item_id = 'K1'"
    assert ask(query) == [(True, "award_to_request=0.1875，不超过 1.00")]
    told = dict(ask("select item_id, reason from pilot.scoring_result where object_id = 'FB' and kind = 'cap'"))
    track = sum(row[0] for row in ask("select award_yuan from pilot.fund_award where category = 'fund_project'"))
    assert told["K3"] == f"track_budget_share={track / 100000}，不超过 0.40"
    assert told["K4"] == "applicant_budget_share=0.15，不超过 0.15"
    lines = dict(ask("select item_id, value_cn from report.d14_item where object_id = 'FB' and item_id like 'K%'"))
    assert lines["K1"] == "18.75%" and lines["K4"] == "15%"
    assert ask("select stated_score from pilot.fund_award where application_id = 'FA'") == [(11.0,)]


def test_what_happens_after_an_award_takes_it_back_and_does_not_blame_its_payment(ask: Any) -> None:
    query = "select eligible, award_yuan, reason_codes from pilot.fund_award where application_id = 'FJ'"
    assert ask(query) == [(False, 0.0, ["V2"])]
    query = "select step, reason_codes from pilot.fund_event where application_id = 'FJ' order by step_no"
    assert ask(query) == [("notice", []), ("payment", []), ("recovery", [])]


def test_steps_of_an_award_are_held_against_the_rules(ask: Any) -> None:
    """FB is paid 60 % after its notice and the rest after the recheck; FA is paid on the last day of its notice, then
    more than the first share, then more than the award; FC is not eligible. What FB gives back nobody has a reason
    for, of FA's first payment is less than 60 %."""
    query = "select step, reason_codes from pilot.fund_event where application_id = ? order by step_no"
    assert ask(query, "FB") == [
        ("notice", []), ("payment", []), ("recheck", []), ("payment", []), ("recovery", ["RECOVERED-NO-REASON"])
    ]  # fmt: skip
    assert [codes for _, codes in ask(query, "FA")] == [
        [], ["PAID-UNDER-FIRST", "PAID-UNNOTICED"], ["PAID-OVER-FIRST"], ["PAID-OVER-AWARD"], ["RECOVERED-OVER-PAID"]
    ]  # fmt: skip
    assert ask(query, "FC") == [("payment", ["PAID-NOT-ELIGIBLE", "PAID-UNNOTICED"])]
    assert ask(query, "FX") == [("上会", ["APPLICATION-UNKNOWN", "STEP-UNKNOWN"])]
    told = dict(ask("select gap_id, missing from intermediate.int_pilot__fund_gaps_found"))
    assert told["FUND:PAID-OVER-AWARD"] == "FA" and told["FUND:STEP-UNKNOWN"] == "FX"
    ((paid, recovered, unpaid, faults),) = ask(
        "select paid_yuan, recovered_yuan, unpaid_yuan, faults from report.d14_payment where application_id = 'FB'"
    )
    assert (paid, recovered, unpaid) == (15000.0, 15000.0, None), "what was recovered is not owed"
    assert faults == "追回未见事由"


def test_a_repeated_application_gets_nothing_and_is_a_gap(ask: Any) -> None:
    """The same amount for the same track is the same content, another amount is not; of a track of one award a year the
    second file counts as a repeat whatever it asks for."""
    found = dict(ask("select application_id, duplicate_of from pilot.fund_award"))
    assert {name: first for name, first in found.items() if first} == {"FF": "FA", "FH": "FG"}
    query = "select eligible, award_yuan, reason_codes, reason from pilot.fund_award where application_id = 'FF'"
    ((eligible, award, codes, reason),) = ask(query)
    assert not eligible and award == 0.0 and "DUP-APPLICATION" in codes and "FA" in reason
    gap = ask("select missing from intermediate.int_pilot__fund_gaps_found where gap_id = 'FUND:DUP-APPLICATION'")
    assert gap == [("FF、FH",)]


def test_demand_beyond_the_budget_is_a_reason_and_a_gap(ask: Any) -> None:
    query = "select reason_codes from pilot.fund_award where application_id = 'FA'"
    assert ask(query) == [(["BUDGET-EXCEEDED"],)]
    ((missing, effect),) = ask(
        "select missing, effect from intermediate.int_pilot__fund_gaps_found where gap_id = 'FUND:BUDGET-EXCEEDED'"
    )
    assert "100000" in missing and effect.startswith("2 件")


def test_the_code_of_now_speaks_for_what_is_judged_now(ask: Any) -> None:
    """The code of 甲化工有限公司 is grey, data lack: it bars FG, of which nothing is stated, and leaves what is stated
    of the facility and the candidate. An overdue problem is counted, not stated."""
    rows = ask(
        "select rule_set, object_id, source_table, value from pilot.scoring_fact where fact = 'code_red_or_orange' "
        "and rule_set in ('fund_enterprise', 'leading_enterprise', 'open_facility') and object_id <> 'FH'"
    )
    found = {(row[0], row[1]): row[2:] for row in rows}
    site = next(object_id for rule_set, object_id in found if rule_set == "open_facility")
    assert ask("select colour from risk_grade.risk_code where enterprise_id = ?", site) == [("grey",)]
    assert found == {
        ("fund_enterprise", "FG"): ("risk_grade.risk_code", 1.0),
        ("open_facility", site): ("raw.pilot_fact", 0.0),
        ("leading_enterprise", site): ("raw.pilot_fact", 0.0),
    }
    query = "select source_table from pilot.scoring_fact where fact = 'problems_overdue' and object_id = ?"
    assert ask(query, site) == [("risk_grade.risk_code",)]


def test_all_scenarios_are_simulated_and_one_is_in_force(ask: Any) -> None:
    rows = ask(
        "select scenario, is_in_force, sum(award_yuan), max(budget_yuan) from pilot.fund_simulation "
        "group by scenario, is_in_force"
    )
    assert {row[0] for row in rows} == {row["scenario"] for row in seed("fund_scenario")}
    assert [row[0] for row in rows if row[1]] == ["cut_off"]
    assert all(row[2] <= row[3] for row in rows)
    told = {
        row[0]: row[1:] for row in ask("select scenario, changed_count, balance_wan_yuan from report.d14_simulation")
    }
    assert told["cut_off"] == (0, pytest.approx(7.0)) and told["applicant_30"][0] == 2


def test_candidates_are_recognised_by_their_rules(ask: Any) -> None:
    rows = ask("select rule_set, name_cn, score, is_recognised, reason_codes from pilot.recognition order by rule_set")
    (product, leader) = rows
    assert product == ("friendly_product", "虚构产品", pytest.approx(100.0), False, ["G1"])
    assert leader == ("leading_enterprise", "甲化工有限公司", pytest.approx(100.0), True, [])
    assert ask("select conclusion, reasons from report.d13_recognition where rule_set = 'friendly_product'") == [
        ("暂不认定", "有资质机构出具的检验检测报告（待核，缺资料）")
    ]


def test_a_case_is_a_converted_project(ask: Any) -> None:
    rows = ask("select name_cn, value_wan_yuan, value_to_input, operating_months from report.d13_case")
    assert rows == [("虚构项目三", 3.0, 1.5, 9)]


def test_a_case_shows_what_was_seen_beside_what_was_wanted(ask: Any) -> None:
    """Fact, value, criterion, day and evidence: a condition alone says nothing of the case."""
    rows = ask("select item_id, stage, fact_cn, value_cn, criterion, stated_on, evidence from report.d13_proof")
    found = {row[0]: row[1:] for row in rows}
    gates = {
        row["item_id"] for row in seed("scoring_rule") if (row["rule_set"], row["kind"]) == ("industry_plus", "gate")
    }
    assert set(found) == gates, "a converted project has passed them all"
    day = dt.date(2026, 2, 1)
    assert found["S3A"] == ("产出", "运营或销售月数", "9个月", "运营或销售满6个月", day, "虚构台账第3页")
    assert found["S4A"][1:3] == ("有合同、发票或审计证明", "是")
    assert found["S2B"][1:3] == ("风险码为红、橙", "否")
    assert found["S0B"][1:3] == ("项目类别", "服务")
    assert found["S4B"][1:3] == ("年收入或溢价", "3万元") and found["S4B"][4:] == (None, None), "counted, not stated"


def test_every_gap_of_the_fund_has_words(ask: Any) -> None:
    subjects = [row[0] for row in ask("select subject from intermediate.int_pilot__fund_gaps_found")]
    assert "奖补基金 / fund: 同一主体重复申报" in subjects and len(set(subjects)) == len(subjects) > 5
    assert not [subject for subject in subjects if "-" in subject]


def test_a_model_facility_and_the_days_of_nobody(ask: Any) -> None:
    ((days, visits, share, low, pairs, gain, is_model, codes, score),) = ask(
        "select open_days, visitors, satisfaction, satisfaction_low, trust_pairs, trust_gain, is_model, reason_codes, "
        "score "
        "from pilot.open_facility where year = 2025"
    )
    assert (days, visits, share, pairs) == (24, 1200, 1.0, 12) and 0.99 < low < 1.0
    assert gain == pytest.approx((11 * 25 + 50) / 12) and is_model and codes == []
    # 20 + 15 + 10 + 10 (the later fact of booking) + 10 + 10 + 10 + 10 + 5
    assert score == pytest.approx(100.0)


def test_every_object_states_every_fact_of_its_rules(ask: Any) -> None:
    missing = ask(
        "select distinct rule_set, object_id from pilot.scoring_result "
        "except select distinct rule_set, object_id from pilot.scoring_fact"
    )
    assert missing == []
    assert ask(
        "select count(*) from pilot.scoring_fact where is_known <> (value is not null or value_text is not null)"
    ) == [(0,)]
    assert ask("select count(*) from pilot.scoring_fact where len(_origin) = 0") == [(0,)]


def test_a_project_without_its_gates_is_not_converted(ask: Any) -> None:
    query = "select category, stage_reached, is_converted, open_gates from pilot.industry_plus where name_cn = ?"
    ((category, stage, is_converted, _),) = ask(query, "虚构项目")
    assert (category, stage, is_converted) == ("tourism", 0, False)
    # sheet, approval and baseline are there, work has not begun: operating for nine months does not jump a stage
    assert ask(query, "虚构项目二") == [("manufacturing", 2, False, ["S2A", "S3B", "S4A", "S4C"])]
    told = dict(ask("select category, stated_wan_yuan from report.d13_value"))
    assert told == {"旅游": pytest.approx(5e-4), "制造": pytest.approx(7e-4), "服务": pytest.approx(3.0)}
    known = ask(
        "select fact from pilot.scoring_fact as fact inner join pilot.industry_plus as plus "
        "on plus.project_id = fact.object_id and plus.name_cn = '虚构项目' "
        "where rule_set = 'industry_plus' and is_known order by fact"
    )
    assert known == [("category",), ("value_yuan",)]


def test_an_expert_with_two_fields_is_one_person(ask: Any) -> None:
    assert ask("select expert_key, field, is_active from pilot.expert order by 1") == [
        ("k1", "毒理、监测", True), ("k2", "化工工艺", True), ("k3", "职业卫生", False),
    ]  # fmt: skip
    assert ask("select value from pilot.scoring_fact where fact = 'active_experts'") == [(2.0,)]


def test_a_team_is_who_is_in_office_by_the_five_domains_of_the_rule(ask: Any) -> None:
    """监测, 毒理 and 化工 of those in office are three of the five; who has left covers nothing. A 助理研究员 is of the
    middle grade: one of two is senior."""
    facts = dict(ask("select fact, value from pilot.scoring_fact where rule_set = 'expert_team' and value is not null"))
    assert facts["field_count"] == 3.0 and facts["senior_share"] == pytest.approx(0.5)
    assert ask("select expert_count, active_count, field_count from report.d18_summary") == [(3, 2, 3)]


def test_literacy_is_raked_and_the_target_of_nobody_is_not_tested(ask: Any) -> None:
    """Of the 58 valid ones 19 men of 29 and 19 or 20 women answer rightly; men weigh 600 and women 400."""
    ((n, estimate, low, high, result, how),) = ask(
        "select n, estimate, ci_low, ci_high, target_result, weighting from pilot.literacy "
        "where dimension = 'total' and group_kind = 'all'"
    )
    men = sum(1 for k in range(2, 60) if k % 2 and k % 3) / 29
    women = sum(1 for k in range(2, 60) if k % 2 == 0 and k % 3) / 29
    assert n == 58 and estimate == pytest.approx(0.6 * men + 0.4 * women) and low < estimate < high
    assert (result, how) == ("not_tested", "raked"), "the profile states no target"
    assert ask(
        "select value from green_index.indicator_value where indicator_id = 'P1' and area_id = 'zone' and year = 2025"
    ) == [(pytest.approx(100 * estimate),)]


def test_quality_of_the_survey_by_street(ask: Any) -> None:
    query = "select sampled, returned, valid, too_fast, rechecked_share, consistent_share from pilot.literacy_quality"
    assert ask(query) == [(70, 60, 58, 2, pytest.approx(6 / 58), pytest.approx(5 / 6))]


def test_points_are_drawn_out_of_the_frame(ask: Any) -> None:
    """Eight villages are fewer than the 48 points wanted: all are drawn."""
    assert ask(
        "select count(*), count(*) filter (is_replacement), min(inclusion_probability) from pilot.literacy_point"
    ) == [(8, 0, 1.0)]


def test_the_lines_of_a_score_stand_in_its_document(ask: Any) -> None:
    """One year of each rule set, each line once, and the points of an object add up to its total."""
    assert ask("select count(*) from report.document_score where document_id not in ('D16', 'D17', 'D18')") == [(0,)]
    assert ask("select rule_set from report.document_score group by rule_set having count(distinct period) > 1") == []
    wrong = ask(
        "select object_id, sum(points), max(total) from report.document_score "
        "group by rule_set, object_id having abs(sum(points) - max(total)) > 1e-9"
    )
    assert wrong == [] and ask("select count(distinct rule_set) from report.document_score") == [(3,)]
    assert ask("select conclusion from report.document_score where item_id = 'G1' and document_id = 'D18'") == [
        ("不满足",)
    ], "one active expert of three"
    assert ask("select count(*) from report.d17_product") == ask("select count(*) from pilot.publicity_product")


def test_a_survey_says_what_it_lacks(ask: Any) -> None:
    """Its clusters are none of the villages drawn, 29 of either sex are too few; no cell of the margins is empty."""
    assert ask("select gap_id from intermediate.int_pilot__literacy_gaps_found order by 1") == [
        ("LITERACY:2025:SURVEY-NOT-DRAWN",), ("LITERACY:2025:SURVEY-SUPPRESSED",),
    ]  # fmt: skip
    assert ask("select distinct weight_basis, reason_codes from pilot.literacy where group_kind = 'all'") == [
        ("file", [])
    ]


def test_the_fit_of_the_sample_stands_beside_the_population(ask: Any) -> None:
    rows = dict(ask("select category, population_share from pilot.literacy_fit where variable = 'sex'"))
    assert rows == {"男": pytest.approx(0.6), "女": pytest.approx(0.4)}
    assert ask("select sum(n) from pilot.literacy_fit") == [(58,)]


def test_the_next_sample_is_planned_by_the_plan_and_by_the_last_survey(ask: Any) -> None:
    plans = {row[0]: row[1:] for row in ask("select basis, share, response_share, persons from pilot.literacy_plan")}
    assert plans["plan"] == (0.35, 0.9, 2158)
    assert plans["last_survey"][1] == pytest.approx(60 / 70), "the response of the last one"


def test_national_surveys_stand_beside_the_areas_own(ask: Any) -> None:
    assert ask(
        "select share, share_urban, share_rural, valid_persons from pilot.literacy_benchmark where year = 2018"
    ) == [(0.125, 0.169, 0.081, 41404)]
    found = dict(ask("select item_id, comparison from report.d19_trend where source_kind = 'benchmark'"))
    assert found["national_2018"] == "本区高于" and len(found) == 4
    assert ask("select weighting_cn from report.d19_summary") == [("按人口结构校准并截尾",)]
    own = ask("select item_id, comparison, change_p from report.d19_trend where source_kind = 'survey'")
    assert own == [("2025", "首次调查", None)]


def test_four_forms_of_one_questionnaire(ask: Any) -> None:
    """Every form has every option once; the kernel reads the printed right letters back to the key of the bank."""
    assert ask("select count(distinct form), count(distinct question_no) from pilot.questionnaire_option") == [(4, 60)]
    query = "select count(distinct option_text), count(*) from pilot.questionnaire_option group by form, question_no"
    assert all(texts == options for texts, options in ask(query))
    keys = ask(
        "select form, question_no, max(option_count), string_agg(letter, '' order by letter) filter (is_right), "
        "string_agg(bank_letter, '' order by bank_letter) filter (is_right) "
        "from pilot.questionnaire_option group by form, question_no"
    )
    assert len(keys) == 240
    assert all(turned_back(printed, form, count) == bank for form, _, count, printed, bank in keys)
    turned = [row for row in keys if row[0] == "B" and row[2] > 2]
    assert turned and all(printed != bank for _, _, count, printed, bank in turned if len(bank) < count)


def test_the_plan_of_the_survey_names_both_bodies(ask: Any) -> None:
    assert ask("select leads, supports, question_count, recheck_pct from report.d19_design") == [
        ("虚构局", "虚构卫健局", 60, 5.0)
    ]
    assert ask("select count(*) from report.d19_point") == ask("select count(*) from pilot.literacy_point")
