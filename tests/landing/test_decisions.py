"""Decisions of clerks: closed kinds, objects that exist, cycles, expiry, and the books of their files."""

from __future__ import annotations

import datetime
import gzip
from pathlib import Path
from typing import Any

import pytest

from tests.landing.intake_kit import Kit, column, raw_table

HEAD = "decision_id,kind,object,value,role,date,reason,valid_until"
TABLE = raw_table("site_entry", ["name"], [column("name", "name"), column("amount", "number")])
FORM: dict[str, Any] = {
    "form_id": "entry",
    "files": ["*名单*"],
    "parts": [
        {
            "table": "site_entry",
            "columns": {"name": {"aliases": ["名称"], "required": True}, "amount": {"aliases": ["数量"]}},
        }
    ],
}


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    return Kit(tmp_path, [TABLE], [FORM])


def _decide(kit: Kit, *rows: str) -> None:
    kit.csv("decisions/决定.csv", [HEAD, *rows])


def test_good_rows_become_decisions_and_bad_ones_say_why(kit: Kit) -> None:
    kit.csv("名单.csv", ["名称,数量", "甲,1"])
    _decide(
        kit,
        "d1,merge,site:甲,X-001,科长,2025-03-01,同一家,2026-12-31",
        "d2,abolish,site:甲,X-001,,,,",
        "d3,exclude,site/没有.csv,,,,,",
        "d4,merge,nowhere:甲,X-001,,,,",
        "d5,freeze,,3,,,,",
        "d6,winner,site_none:甲,site/名单.csv,,,,",
        "",
        "d7,freeze,screening.cut_score,500,,31/12,,",
        "d8,freeze,screening.cut_score,500,处,2025年3月1日,,",
        HEAD,
        "d8,freeze,screening.cut_score,500,处,2025/3/1,,",
        "d9,share,claim,,,,,",
        "d10,freeze,a,b",
    )
    kit.load()
    assert kit.rows(
        "select decision_id, kind, object_id, decided, decided_by_role, decided_at, is_used from intake.decision"
    ) == [
        ("d1", "merge", "site:甲", "X-001", "科长", datetime.date(2025, 3, 1), False),
        ("d8", "freeze", "screening.cut_score", "500", "处", datetime.date(2025, 3, 1), False),
    ]
    assert [(row[0], row[1], row[3]) for row in kit.quarantine()] == [
        (3, "kind", "DECISION-KIND"), (4, "object", "DECISION-OBJECT"), (5, "object", "DECISION-OBJECT"),
        (6, "object", "REQUIRED-EMPTY"), (7, "object", "DECISION-OBJECT"), (9, "date", "DATE"),
        (13, "value", "REQUIRED-EMPTY"), (14, "", "FIELD-COUNT"),
    ]  # fmt: skip
    assert kit.skipped() == [(8, "SKIP-BLANK"), (11, "SKIP-HEADER"), (12, "SKIP-DUPLICATE")]
    assert kit.counts()["decisions/决定.csv"] == (13, 2, 8, 3)


def test_merges_that_form_a_cycle_are_not_followed(kit: Kit) -> None:
    _decide(kit, "a,merge,site:A,B,,,,", "b,merge,site:B,C,,,,", "c,merge,site:C,A,,,,", "d,merge,site:D,A,,,,")
    kit.load()
    assert kit.rows("select decision_id from intake.decision") == [("d",)]
    assert {row[3] for row in kit.quarantine()} == {"DECISION-CYCLE"}


def test_one_id_with_two_contents_is_a_conflict(kit: Kit) -> None:
    _decide(kit, "a,freeze,screening.cut_score,1,,,,", "a,freeze,screening.cut_score,2,,,,")
    kit.load()
    assert kit.rows("select count(*) from intake.decision") == [(0,)]
    assert [row[3] for row in kit.quarantine()] == ["DUP-DIFF", "DUP-DIFF"]


def test_a_file_without_the_header_is_refused(kit: Kit) -> None:
    kit.csv("decisions/随手.csv", ["我们决定", "合并"])
    kit.load()
    assert kit.counts()["decisions/随手.csv"] == (1, 0, 1, 0)
    assert kit.files()[0]["status"] == "refused"


def test_decisions_are_csv_packed_or_not_and_nothing_else(kit: Kit) -> None:
    row = "D1,exclude,site/a名单.csv,,处长,2026-01-05,重复,"
    kit.csv("a名单.csv", ["名称,数量", "甲,1"])
    kit.path("decisions/决定.csv.gz").write_bytes(gzip.compress("\n".join([HEAD, row, ""]).encode()))
    kit.xlsx("decisions/决定.xlsx", {"s": [HEAD.split(","), row.split(",")]})
    kit.path("decisions/空.csv").write_bytes(b"")
    kit.load()
    assert kit.rows("select decision_id from intake.decision") == [("D1",)]
    codes = kit.rows(
        "select path, reason_code from intake.quarantine join intake.source_file using (file_no) order by 1"
    )
    assert codes == [("decisions/决定.xlsx", "FILE-TYPE"), ("decisions/空.csv", "FILE-TYPE")]


def test_a_frozen_parameter_needs_a_number(kit: Kit) -> None:
    numbers = ("12.5", "高", "nan")
    _decide(kit, *(f"F{n},freeze,grading.hl_cut_1,{number},,,," for n, number in enumerate(numbers, start=1)))
    kit.load()
    assert kit.rows("select decision_id from intake.decision") == [("F1",)]
    assert kit.quarantine() == [(3, "value", "高", "NUMBER"), (4, "value", "nan", "NUMBER")]


def test_a_freeze_of_a_parameter_that_is_not_declared_names_the_nearest_one(kit: Kit) -> None:
    _decide(kit, "F1,freeze,grading.hl_cut_1,12.5,,,,", "F2,freeze,grading.hl_cutt_2,3,,,,")
    kit.load()
    assert kit.rows("select decision_id from intake.decision") == [("F1",)]
    assert kit.quarantine() == [(3, "object", "grading.hl_cutt_2", "DECISION-OBJECT")]
    assert "grading.hl_cut_2" in kit.rows("select message from intake.quarantine")[0][0]


def test_excluded_and_superseded_files_are_not_read(kit: Kit) -> None:
    for name in ("a名单.csv", "b名单.csv", "c名单.csv"):
        kit.csv(name, ["名称,数量", f"{name[0]},1"])
    _decide(kit, "x,exclude,site/a名单.csv,,,,,", "s,supersede,site/b名单.csv,site/c名单.csv,,,,")
    kit.load()
    assert kit.rows("select name from raw.site_entry") == [("c",)]
    status = {row["path"]: (row["status"], row["superseded_by"]) for row in kit.files()}
    number = {row["path"]: row["file_no"] for row in kit.files()}
    assert status["site/a名单.csv"] == ("removed", None)
    assert status["site/b名单.csv"] == ("superseded", number["site/c名单.csv"])


def test_an_expired_decision_no_longer_holds(kit: Kit) -> None:
    kit.csv("a名单.csv", ["名称,数量", "甲,1"])
    _decide(kit, "x,exclude,site/a名单.csv,,,,,2025-06-30")
    kit.load(as_of=datetime.date(2025, 6, 30))
    assert kit.rows("select count(*) from raw.site_entry") == [(0,)]
    kit.load(as_of=datetime.date(2025, 7, 1))
    assert kit.rows("select count(*) from raw.site_entry") == [(1,)]


def test_a_winner_keeps_its_file_and_the_rest_is_quarantined(kit: Kit) -> None:
    kit.csv("a名单.csv", ["名称,数量", "甲,1", "乙,1"])
    kit.csv("b名单.csv", ["名称,数量", "甲,2", "乙,2"])
    _decide(kit, "w,winner,site_entry:甲,site/b名单.csv,,,,", "u,winner,site_entry:丁,site/b名单.csv,,,,")
    report = kit.load()
    assert kit.rows("select name, amount, _file_no from raw.site_entry") == [("甲", 2.0, 3)]
    assert kit.rows("select value, file_no, reason_code from intake.quarantine order by 1, 2") == [
        ("乙", 2, "DUP-DIFF"), ("乙", 3, "DUP-DIFF"), ("甲", 2, "DUP-DIFF"),
    ]  # fmt: skip
    assert report.unused_decisions == ["site_entry:丁"]
