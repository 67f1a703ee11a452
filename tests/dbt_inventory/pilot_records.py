"""Hand-made records of the pilot: declared documents, what the office states of them, money, opinions, uses of results.

Belongs here: what the files say. Does not belong here: what must come of it (``test_pilot``). All names are invented.
"""

from __future__ import annotations

import datetime as dt

from ehpilot.facts.pilot import write_pilot_facts
from tests.dbt_inventory.hand_made import HandMade

TEXTS = {"zone_name": "虚构示范区", "city": "虚构市"}


def pilot_records(made: HandMade) -> None:
    """The build's as-of date is 2026-06-30: D01 and D02 were due in 2025, D03 in April, D04 on the very day."""
    write_pilot_facts(made.con, made.register, TEXTS)
    made.con.execute(
        "insert into intake.document values "
        "('D03', 'html', 1, 0, 'draft', 'editions/0001/reports/D03.html', 'aa', ''), "
        "('D03', 'docx', 1, 0, 'draft', 'editions/0001/reports/D03.docx', 'bb', ''), "
        "('D05', 'docx', 1, 1, 'approved', 'releases/0001-r1/reports/D05.docx', 'cc', '')"
    )
    made.insert("profile_parameter", parameter_id="profile.lead_unit.environment_bureau", value="虚构局")
    made.insert(
        "profile_unit", object_kind="deliverable", object_id="D19", unit_name="虚构卫健局", unit_role="support",
        duty="联合调查", source_ref="own", verified="own",
    )  # fmt: skip
    made.add(
        "pilot_progress", deliverable_id="D01", status="已完成", progress_pct=100.0,
        finished_on=dt.date(2025, 10, 20), achieved="1套", evidence="印发稿.pdf",
    )  # fmt: skip
    made.add("pilot_progress", deliverable_id="D02", status="进行中", progress_pct=80.0, remark="等待企业核对")
    made.add("pilot_progress", deliverable_id="D04", status="未开始", progress_pct=0.0)
    made.add(
        "pilot_mechanism", mechanism_kind="督办", held_on=dt.date(2026, 5, 1), participants="虚构单位甲、虚构单位乙",
        deliverable_id="D02", conclusion="限期核对", due_on=dt.date(2026, 6, 19), status="办理中",
    )  # fmt: skip
    made.add(
        "pilot_mechanism", mechanism_kind="培训", held_on=dt.date(2026, 5, 2), participants="虚构单位甲",
        due_on=dt.date(2026, 5, 3), status="已办结",
    )  # fmt: skip
    for name in ("虚构阵地一", "虚构阵地二"):
        made.add("pilot_venue", venue=name, venue_kind="主阵地", year=2026, participants=10)
    made.add("pilot_funding", item="调查经费", task_no="2", fund_source="区财政", budget_yuan=100.0, spent_yuan=25.0)
    made.add("pilot_funding", item="超支经费", task_no="3", fund_source="区财政", budget_yuan=20.0, spent_yuan=30.0)
    made.add("pilot_funding", item="杂项", task_no="无", fund_source="区财政", budget_yuan=10.0)
    opinions = (("D01", "采纳"), ("虚构示范区环境健康风险源清单", "部分采纳"), ("别的文件", "不采纳"))
    for number, (document, word) in enumerate(opinions):
        made.add("pilot_opinion", opinion_no=str(number), document=document, from_unit="虚构单位", outcome=word)
    made.add(
        "pilot_result_use", used_on=dt.date(2026, 1, 1), use_kind="环评", enterprise_name="没有这家企业", effect="示例"
    )
