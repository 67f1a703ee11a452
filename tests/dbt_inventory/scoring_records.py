"""Hand-made records that scoring rules and the green index are tried with: applications, open days, a beach,
indicators, experts.

Belongs here: what the files say. Does not belong here: what must come of it (``test_pilot_rules``,
``test_green_index``). All names are invented."""

from __future__ import annotations

import datetime as dt

from tests.dbt_inventory.hand_made import HandMade

BEACH = "虚构沙滩"
PLAIN = {"serious_penalty_12m": 0, "truthful_file": 1, "double_grant": 0, "recusal_done": 1, "conflict_of_law": 0}
PROJECT = {
    "project_finished": 1, "target_done_share": 1.0, "risk_reduction_share": 0.4, "population_benefit": 5000,
    "innovation_level": 3, "replicated": 3, "leverage": 0.0, "public_notice_objection_upheld": 0,
}  # fmt: skip
# the full score of a project but for its leverage: 20 + 20 + 20 + 15 + 15
FULL = 90.0
FACILITY = {
    "serious_penalty_12m": 0, "code_red_or_orange": 0, "open_plan": 1, "safety_plan": 1, "group_kinds": 4, "booking": 2,
    "stops": 5, "data_shown": 4, "complaint_trend": -0.5, "safety_incident": 0, "data_fraud": 0,
}  # fmt: skip
DIMENSIONS = ("环境质量", "风险防控", "管理创新", "产业发展", "公众参与")


def scoring_records(made: HandMade) -> None:
    """As-of date 2026-06-30. The fund has 100,000 yuan; FA and FB are equal and FB is the earlier file; FC lacks a
    gate, FD fires a veto, FE is of an unknown track, FJ has its award taken back after it was paid."""
    made.add("pilot_funding", item="基金", task_no="12", fund_source="区财政", budget_yuan=100000.0, spent_yuan=5000.0)
    for name, day, more in (
        ("FA", 9, {}), ("FB", 8, {}), ("FC", 7, {"truthful_file": None}),
        ("FD", 6, {"public_notice_objection_upheld": 1}), ("FJ", 5, {"incident_after_award": 1}),
    ):  # fmt: skip
        made.add(
            "pilot_application", application_id=name, applicant=f"虚构申报单位{name}", category="项目",
            applied_on=dt.date(2026, 1, day), amount_yuan=80000.0,
        )  # fmt: skip
        _facts(made, "奖补申报", name, PLAIN | PROJECT | more, dt.date(2026, 2, 1))
    # FF asks for what FA asks for: the same content twice. FG is an enterprise of one award a year, FH its second file.
    for name, who, track, amount in (
        ("FF", "虚构申报单位FA", "项目", 80000.0), ("FG", "甲化工有限公司", "企业", 30000.0),
        ("FH", "甲化工有限公司", "企业", 40000.0), ("FI", "虚构申报单位FA", "项目", 70000.0),
    ):  # fmt: skip
        made.add(
            "pilot_application", application_id=name, applicant=who, category=track, applied_on=dt.date(2026, 1, 20),
            amount_yuan=amount,
        )  # fmt: skip
    made.add("pilot_application", application_id="FE", applicant="虚构申报单位FE", category="其他", amount_yuan=1.0)
    made.add("pilot_application_score", application_id="FA", score_item="创新性", score=11.0)
    for name, event, day, amount in (
        ("FB", "公示", dt.date(2026, 3, 2), None),  # a Monday: five working days end on Monday the 9th
        ("FB", "拨付", dt.date(2026, 3, 10), 9000.0), ("FB", "复核", dt.date(2026, 5, 10), None),
        ("FB", "拨付", dt.date(2026, 5, 20), 6000.0), ("FB", "追回", dt.date(2026, 6, 1), 15000.0),
        ("FA", "公示", dt.date(2026, 3, 2), None), ("FA", "拨付", dt.date(2026, 3, 9), 1000.0),
        ("FA", "拨付", dt.date(2026, 3, 20), 13000.0), ("FA", "拨付", dt.date(2026, 3, 21), 90000.0),
        ("FA", "追回", dt.date(2026, 6, 1), 200000.0), ("FC", "拨付", dt.date(2026, 4, 1), 1.0),
        ("FX", "上会", dt.date(2026, 4, 1), None), ("FJ", "公示", dt.date(2026, 3, 2), None),
        ("FJ", "拨付", dt.date(2026, 3, 10), 9000.0), ("FJ", "追回", dt.date(2026, 6, 1), 9000.0),
    ):  # fmt: skip
        made.add("pilot_subsidy_event", application_id=name, event=event, happened_on=day, amount_yuan=amount)
    _facilities(made)
    _beach(made)
    _index(made)
    _recognitions(made)
    made.add("pilot_industry", project="虚构项目二", category="制造", stage="立项", value_yuan=7.0, input_yuan=3.0)
    stages = {"project_sheet": 1, "approved": 1, "baseline_measured": 1, "code_red_or_orange": 0, "operating_months": 9}
    _facts(made, "转化项目", "虚构项目二", stages, dt.date(2026, 2, 1))
    made.add(
        "pilot_industry", project="虚构项目三", category="服务", stage="立项", value_yuan=30000.0, input_yuan=20000.0
    )
    done = {"construction_or_trial": 1, "indicator_improved": 1, "value_verified": 1, "replicable": 1}
    _facts(made, "转化项目", "虚构项目三", stages | done, dt.date(2026, 2, 1))
    made.add("pilot_industry", project="虚构项目", category="研学", stage="投运", value_yuan=5.0)
    for key, field, title, active in (
        ("k1", "监测", "高级工程师", "是"), ("k1", "毒理", "高级工程师", "是"), ("k2", "化工工艺", "助理研究员", "是"),
        ("k3", "职业卫生", "教授", "否"),
    ):  # fmt: skip
        made.add(
            "pilot_expert", expert_key=key, display_name=None, field=field, title=title, active=active, trainings=2
        )


def _facts(made: HandMade, kind: str, name: str, facts: dict, day: dt.date) -> None:
    for fact, value in facts.items():
        if value is not None:
            made.add(
                "pilot_fact", object_kind=kind, object_id=name, fact=fact, value=float(value), dated_on=day,
                evidence="虚构台账第3页" if fact == "operating_months" else None,
            )  # fmt: skip


def _facilities(made: HandMade) -> None:
    """甲化工有限公司 in 2025: 24 open days, 1,000 visits, all of 400 satisfied; trust rises by one step of four."""
    for number in range(24):
        made.add(
            "pilot_open_day", enterprise_name="甲化工有限公司", open_on=dt.date(2025, 1 + number // 2, 1 + number % 2),
            session="1", visitors=50, satisfied=20, surveyed=20,
        )  # fmt: skip
    made.add("pilot_open_day", enterprise_name="没有这家企业", open_on=dt.date(2025, 5, 5), session="1", visitors=7)
    for number in range(12):
        made.add(
            "pilot_visit", questionnaire_no=str(number), enterprise_name="甲化工有限公司",
            visited_on=dt.date(2025, 6, 1), trust_before=3.0, trust_after=4.0 if number else 5.0,
        )  # fmt: skip
    _facts(made, "企业", "甲化工有限公司", FACILITY, dt.date(2025, 12, 1))
    _facts(made, "企业", "甲化工有限公司", {"booking": 0}, dt.date(2025, 3, 1))


def _recognitions(made: HandMade) -> None:
    """甲化工有限公司 with full points and all gates; a product of full points whose test report nobody states."""
    leading = {
        "serious_penalty_12m": 0, "code_red_or_orange": 0, "problems_overdue": 0, "plus_revenue_share": 0.3,
        "plus_revenue_growth": 0.2, "risk_reduction_share": 0.4, "rd_share": 0.05, "friendly_products": 3,
        "partner_count": 10, "greenwash": 0, "incident_12m": 0,
    }  # fmt: skip
    product = {
        "restricted_substance": 0, "lawful_sale": 1, "claim_evidence": 1, "tox_reduction_share": 0.5,
        "voc_limit_share": 0.2, "exposure_reduction_share": 0.5, "recycled_share": 0.3, "carbon_reduction_share": 0.3,
        "sales_10k_yuan": 500, "quality_incident": 0, "greenwash": 0,
    }  # fmt: skip
    _facts(made, "企业", "甲化工有限公司", leading, dt.date(2026, 2, 1))
    _facts(made, "产品", "虚构产品", product, dt.date(2026, 2, 1))


def _beach(made: HandMade) -> None:
    """Sixteen samples of both microbes in the season, one in winter that must not count; a width and a slope in
    degrees."""
    for number in range(16):
        for indicator, value in (("肠球菌", 20.0), ("大肠杆菌", 100.0 + number)):
            made.add(
                "beach_measurement", beach=BEACH, measured_on=dt.date(2025, 7, 1 + number), dimension="健康",
                indicator=indicator, value=value, unit="CFU/100mL",
            )  # fmt: skip
    made.add(
        "beach_measurement", beach=BEACH, measured_on=dt.date(2025, 1, 5), dimension="健康", indicator="肠球菌",
        value=90000.0, unit="CFU/100mL",
    )  # fmt: skip
    # a third week: a count between the bounds of 良, warm water; and one of bad water without its other microbe
    for day, indicator, value, unit in (
        (22, "粪大肠菌群", 1500.0, "个/L"), (22, "水温", 32.0, "℃"), (29, "粪大肠菌群", 2001.0, "个/L"),
        (29, "水温", 25.0, "℃"),
    ):  # fmt: skip
        made.add(
            "beach_measurement", beach=BEACH, measured_on=dt.date(2025, 7, day), dimension="健康", indicator=indicator,
            value=value, unit=unit,
        )  # fmt: skip
    made.add(
        "beach_measurement", beach="无菌数的虚构沙滩", measured_on=dt.date(2025, 8, 5), dimension="环境",
        indicator="水温", value=25.0, unit="℃",
    )  # fmt: skip
    for indicator, value, unit in (("滩面宽度", 50.0, "m"), ("坡度", 45.0, "°"), ("公众满意度", 95.0, "%")):
        made.add(
            "beach_measurement", beach=BEACH, measured_on=dt.date(2025, 7, 1), dimension="自然", indicator=indicator,
            value=value, unit=unit,
        )  # fmt: skip


def _index(made: HandMade) -> None:
    """Two experts on the dimensions, one of whom contradicts himself; all indicators of 2025 at their target but Q2."""
    for row, first in enumerate(DIMENSIONS):
        for column, second in enumerate(DIMENSIONS):
            equal = 1.0
            circle = 1.0 if row == column else 9.0 if (column - row) % 5 in (1, 2) else 1 / 9
            for expert, value in (("1", equal), ("2", circle)):
                made.add(
                    "indicator_judgement",
                    expert_no=expert,
                    layer="准则层",
                    item_row=first,
                    item_column=second,
                    value=value,
                )
    targets = {
        "Q1": 95, "Q2": 28, "Q3": 130, "Q4": 0.2, "Q5": 95, "Q6": 0.2, "R1": 0, "R2": 0.5, "R3": 1, "R4": 0.5,
        "R5": 100, "R6": 0, "R7": 0,
        "M2": 100, "M3": 98, "M4": 100, "M5": 100, "M6": 60, "I1": 0.3, "I2": 5, "I3": 0.5, "I4": 100,
        "I5": 3, "I6": 5, "P1": 35, "P2": 9, "P3": 5, "P4": 90, "P5": 100,
    }  # fmt: skip
    for indicator, value in targets.items():
        made.add("indicator_value", indicator_id=indicator, area="虚构示范区", year=2025, value=float(value), unit="x")
    made.add("indicator_value", indicator_id="Q1", area="虚构示范区", year=2024, value=90.0, unit="%")
    made.add("indicator_value", indicator_id="I1", area="台塑", year=2025, value=0.55, unit="x")
    made.add("indicator_value", indicator_id="I1", area="没有这个区域", year=2025, value=0.55, unit="x")


def literacy_records(made: HandMade) -> None:
    """Sixty persons in six clusters of two strata, forty of whom answer both items rightly; two are too fast."""
    for number, (dimension, answer) in enumerate((("基本理念", "A"), ("基本知识", "BC")), 1):
        made.add(
            "literacy_question", survey_year=2025, question_no=f"Q{number}", dimension=dimension, answer=answer,
            question_kind="单选" if number == 1 else "多选", points=1.0,
        )  # fmt: skip
    for category, people in (("男", 600.0), ("女", 400.0)):
        made.add("literacy_population", variable="性别", category=category, people=people)
    made.add("literacy_sampling", street="东街道", sampled=70, responded=60, rechecked=6, consistent=5)
    for number in range(60):
        made.add(
            "literacy_respondent", survey_year=2025, questionnaire_no=f"L{number:02d}", street="东街道",
            stratum=f"层{number % 2}", psu=f"P{number // 10}", weight=10.0, age_a=30.0,
            sex="男" if number % 2 else "女",
            education="高中", urban_rural="城", duration_s=60.0 if number < 2 else 300.0,
        )  # fmt: skip
        for item, right in (("Q1", "A"), ("Q2", "CB")):
            made.add(
                "literacy_answer", survey_year=2025, questionnaire_no=f"L{number:02d}", question_no=item,
                answer=right if number % 3 else "D",
            )  # fmt: skip
    for number in range(8):
        made.add(
            "literacy_frame", village=f"村{number}", street="东街道", village_kind="城", households=100,
            people_15_69=200 + number,
        )  # fmt: skip
