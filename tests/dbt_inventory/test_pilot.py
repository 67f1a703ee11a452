"""Tasks and deliverables of the pilot, and the tables of the annual summary and self-evaluation made of them."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import duckdb

from ehpilot.facts.pilot import write_pilot_facts
from ehpilot.register import Register
from tests.dbt_inventory.pilot_records import TEXTS


def test_fifteen_tasks_in_six_ones_and_six_tasks_of_the_ministry(ask: Any) -> None:
    assert ask("select count(*), count(distinct one_of_six), count(distinct ministry_task) from pilot.task") == [
        (15, 6, 6)
    ]
    assert ask("select lead from pilot.task where task_no = 1") == [("虚构局",)]


def test_every_task_and_deliverable_has_its_lead_and_the_profile_names_the_others(ask: Any) -> None:
    """The hand-made area knows one lead key only: D13 and task 11 are led by a unit that it does not name."""
    assert ask("select object_kind, count(*) from pilot.task_unit where unit_role = 'lead' group by 1 order by 1") == [
        ("deliverable", 18), ("task", 14),
    ]  # fmt: skip
    assert ask("select object_id, unit_name, duty from pilot.task_unit where unit_role = 'support'") == [
        ("D19", "虚构卫健局", "联合调查")
    ]
    assert ask("select count(*), count(leads), count(supports) from report.annual_unit") == [(34, 32, 1)]
    assert ask("select count(*), count(leads) from report.annual_task_unit") == [(15, 14)]
    told = dict(ask("select task_no, leads || '；' || coalesce(supports, '') from report.annual_task_unit"))
    assert told[1] == "虚构局；" and told[15] == "虚构局；虚构卫健局（《区域公众环境健康素养提升》）", (
        "of one deliverable only"
    )
    others = "、".join(f"D{number:02d}" for number in range(1, 19))
    assert ask("select missing from intermediate.int_pilot__plan_gaps_found where gap_id = 'UNIT:support'") == [
        (f"18 项成果的配合单位未录入区域配置（{others}） / deliverables without one in the profile",)
    ]
    ((missing,),) = ask("select missing from intermediate.int_pilot__plan_gaps_found where gap_id = 'UNIT:proposed'")
    assert missing.startswith("0 项任务、1 项成果的配合单位为自拟，未按附件二核对")
    assert ask("select duty from pilot.task_unit where object_id = 'D16'")[0][0].endswith("不少于3个")


def test_phase_of_a_task_is_that_of_its_last_deliverable(ask: Any) -> None:
    ends = [
        (dt.date(2025, 12, 31), "探索试点"),
        (dt.date(2027, 6, 30), "全面推进"),
        (dt.date(2027, 12, 31), "总结凝练"),
    ]
    tasks = ask("select phase, max(due) from pilot.task join pilot.deliverable using (task_no) group by all")
    assert tasks
    for phase, due in tasks:
        assert phase == next(name for end, name in ends if due <= end)


def test_nineteen_of_nineteen_with_their_titles(ask: Any) -> None:
    rows = dict(ask("select deliverable_id, name_cn from pilot.deliverable"))
    assert sorted(rows) == [f"D{number:02d}" for number in range(1, 20)]
    assert rows["D01"] == "虚构示范区环境健康风险污染物清单"
    assert rows["D12"] == "虚构市临港工业健康友好绿色指标体系"
    assert not any("{" in title for title in rows.values())


def test_state_follows_the_as_of_date_and_the_office(ask: Any) -> None:
    found = {
        row[0]: row[1:] for row in ask("select deliverable_id, status, is_overdue, finished_at from pilot.deliverable")
    }
    assert found["D01"] == ("done", False, dt.date(2025, 10, 20))
    assert found["D02"] == ("overdue", True, None), "due in 2025 and only begun"
    assert found["D03"] == ("overdue", True, None), "a document of an earlier edition is no completion"
    assert found["D04"] == ("not_started", False, None), "due on the as-of date itself is not overdue"
    assert found["D05"][0] == "in_progress", "a release holds it"
    assert found["D06"][0] == "not_started"


def test_what_has_results_is_begun_and_what_is_late_says_by_how_much(ask: Any) -> None:
    assert ask("select count(*) from pilot.deliverable where status = 'not_started' and achieved is not null") == [(0,)]
    rows = {row[0]: row[1:] for row in ask("select deliverable_id, timeliness, is_late from report.annual_deliverable")}
    assert rows["D01"] == ("按期完成", False)
    assert rows["D02"] == ("已逾期242天", True), "due on 31 October 2025, as of 30 June 2026"
    assert rows["D19"] == ("未到期", False)


def test_the_plan_is_quoted_where_it_says_two_things(ask: Any) -> None:
    rows = ask("select in_text, in_annex, verified from report.evaluation_plan_difference order by row_no")
    assert rows[0] == ("2027年", "2026年12月", "待核")
    assert len(rows) == 2


def test_the_self_evaluation_concludes_from_the_board(ask: Any) -> None:
    """D02 and D03 are late and unfinished: no acceptance, whatever else is done; every count is that of the board."""
    found = dict(ask("select aspect, finding from report.evaluation_conclusion order by row_no"))
    assert next(iter(found)) == "总体结论" and len(found) == 10
    assert found["总体结论"] == "尚不具备申请验收的条件：逾期未完成2项，应当先办结或者书面说明"
    ((count, done, overdue),) = ask("select deliverable_count, done_count, overdue_count from report.annual_overview")
    assert found["成果完成"].startswith(f"成果{count}项中完成{done}项") and found["成果完成"].endswith(
        f"未完成{overdue}项"
    )
    assert "环境健康风险源清单》已逾期242天（虚构局）" in found["逾期"]
    assert "《环境健康科学传播专家团队》2名在岗专家（登记3名）" in found["评估标准"], "named with what there is"
    assert found["工作机制"] == "登记活动2次；督办1次，未办结1次，其中超过时限1次"
    ((gaps,),) = ask("select sum(gap_count) from report.annual_gap")
    assert f"登记的数据缺口{gaps}项" in found["提请验收注意"]


def test_what_is_new_is_what_the_pilot_did(ask: Any) -> None:
    rows = ask("select doing, effect, deliverables from report.evaluation_innovation order by row_no")
    told = {deliverables: effect for _, effect, deliverables in rows}
    assert told["两份清单、监测报告、评估报告"] == "登记案例1例"
    assert told["设施公众开放模范企业"].endswith("模范企业1家") and told["素养提升"].startswith("2025年有效样本58人")
    assert told["“环境健康+”产业价值转化"] == "登记项目3个，转化1个"


def test_evidence_is_the_newest_word_file_with_its_hash(ask: Any) -> None:
    query = "select evidence, evidence_sha256 from pilot.deliverable where deliverable_id = ?"
    assert ask(query, "D03") == [("editions/0001/reports/D03.docx", "bb")]
    assert ask(query, "D01") == [("印发稿.pdf", None)]


def test_what_can_be_counted_stands_where_nothing_was_stated(ask: Any) -> None:
    query = "select achieved, achieved_basis, meets_standard from pilot.deliverable where deliverable_id = ?"
    assert ask(query, "D17") == [("2个主阵地（共2个阵地）", "counted", True)]
    assert ask(query, "D01") == [("1套", "stated", None)], "the office's word is not our count"
    assert ask(query, "D18") == [("2名在岗专家（登记3名）", "counted", False)], "annex 2 asks three"
    assert ask(query, "D13") == [("1个转化（登记3个）", "counted", True)]
    assert ask(query, "D16") == [("1个模范企业（开放1家）", "counted", False)]
    assert ask(query, "D12") == [(None, None, None)]


def test_a_draft_reaches_no_standard_and_a_target_that_nobody_set_is_not_tested(ask: Any) -> None:
    query = "select achieved, meets_standard, wanted_count from pilot.deliverable where deliverable_id = ?"
    assert ask(query, "D03") == [("1份（草稿）", False, 1.0)]
    assert ask(query, "D05") == [("1套（已批准）", True, 1.0)]
    (achieved, meets, wanted) = ask(query, "D19")[0]
    assert achieved.startswith("2025年") and (meets, wanted) == (None, 35.0)


def test_what_is_late_or_at_risk_is_urged(ask: Any) -> None:
    """D02 and D03 are late, D04 is due on the as-of date; a supervision of D02 is open and eleven days late."""
    rows = ask(
        "select deliverable_id, light, matter, urged_count, open_count from report.annual_supervision order by 1"
    )
    assert rows == [
        ("D02", "红灯", "已逾期242天", 1, 1), ("D03", "红灯", "已逾期61天", 0, 0), ("D04", "黄灯", "临近时限", 0, 0),
    ]  # fmt: skip
    assert ask("select kind, status, is_closed, days_overdue from pilot.mechanism_event order by held_at") == [
        ("supervision", "办理中", False, 11), ("training", "已办结", True, None),
    ]  # fmt: skip
    assert ask("select units, deliverable from report.evaluation_event where kind_code = 'supervision'") == [
        ("虚构单位甲、虚构单位乙", "虚构示范区环境健康风险源清单")
    ]


def test_money_opinions_and_uses_keep_what_they_cannot_tie(ask: Any) -> None:
    assert ask("select task_no, spent_share from pilot.funding order by task_no nulls last") == [
        (2, 0.25),
        (3, 1.5),
        (12, 0.05),
        (None, None),
    ]
    assert ask("select deliverable_id, outcome from pilot.opinion order by opinion_no") == [
        ("D01", "adopted"), ("D02", "partly"), (None, "not_adopted"),
    ]  # fmt: skip
    assert ask("select enterprise_id, enterprise_name from pilot.result_use") == [(None, "没有这家企业")]


def test_lights_of_the_annual_summary(ask: Any) -> None:
    found = dict(ask("select deliverable_id, light from report.annual_deliverable"))
    assert [found[number] for number in ("D01", "D02", "D03", "D04", "D05")] == ["绿灯", "红灯", "红灯", "黄灯", "绿灯"]
    assert ask("select delay_reason from report.annual_deliverable where deliverable_id = 'D02'") == [("等待企业核对",)]


def test_every_grouping_counts_all_nineteen(ask: Any) -> None:
    query = """select grouping, sum(deliverable_count),
                      sum(done_count + in_progress_count + not_started_count + overdue_count)
        from report.annual_group group by grouping order by grouping"""
    assert ask(query) == [("lead", 19, 19), ("ministry_task", 19, 19), ("one_of_six", 19, 19)]


def test_report_tables_have_the_rows_of_their_marts(ask: Any) -> None:
    for report, mart in (
        ("annual_deliverable", "pilot.deliverable"), ("annual_task", "pilot.task"),
        ("annual_opinion", "pilot.opinion"), ("annual_result_use", "pilot.result_use"),
    ):  # fmt: skip
        assert ask(f"select count(*) from report.{report}") == ask(f"select count(*) from {mart}")
    events = ask("select count(*) from pilot.mechanism_event where kind is not null")
    assert ask("select coalesce(sum(event_count), 0) from report.evaluation_mechanism") == events


def test_what_a_document_needs_is_counted(ask: Any) -> None:
    counts = dict(ask("select counted, input_count from intermediate.int_meta__document_inputs_counted"))
    assert counts["previous_edition"] == 0, "the hand-made build is the first"
    assert counts["changes"] == 1, "without a previous edition nobody asks for changes"
    assert (counts["opinions"], counts["result_uses"], counts["overdue"]) == (3, 1, 2)
    assert [(counts["risk_sources"],)] == ask("select count(*) from inventory.risk_source")


def test_documents_of_editions_and_releases_are_read_from_their_indexes(tmp_path: Path) -> None:
    def sealed(folder: Path, state: str, approved: bool = False) -> Path:
        (folder / "reports").mkdir(parents=True)
        entry = {"document_id": "D01", "format": "docx", "state": state, "path": "reports/D01.docx", "sha256": "ab"}
        content = {"edition_no": 1, "documents": [entry, entry | {"state": "failed", "path": None}]}
        (folder / "reports" / "index.json").write_text(json.dumps(content))
        if approved:
            (folder / "approval.json").write_text("{}")
        return folder

    edition = sealed(tmp_path / "editions" / "0001", "draft")
    sealed(tmp_path / "releases" / "0001-r2", "draft", approved=True)
    sealed(tmp_path / "releases" / ".0001-r3.building", "draft")
    with duckdb.connect() as con:
        con.execute("create schema intake")
        write_pilot_facts(con, Register.load(), TEXTS, edition, tmp_path / "releases")
        found = con.execute("select path, release_no, state from intake.document order by release_no").fetchall()
        lines = con.execute("select deliverable_id, declared_line from intake.deliverable").fetchall()
    assert found == [
        ("editions/0001/reports/D01.docx", 0, "draft"), ("releases/0001-r2/reports/D01.docx", 2, "approved"),
    ]  # fmt: skip
    text = (Path(__file__).parents[2] / "dbt" / "models" / "deliverables.yml").read_text(encoding="utf-8").splitlines()
    assert all("title:" in text[line - 1] for _, line in lines)
