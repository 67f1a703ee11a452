"""Data of persons where no declared column holds them: lines that break, free columns, signatures, corrections."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from ehpilot.landing.personal import Pseudonymiser, is_personal_number, names_a_person, names_a_person_sql
from tests.landing.intake_kit import Kit, column, raw_table

PERSON = raw_table(
    "site_person",
    ["no"],
    [column("no"), column("person", "personal"), column("age", "number", maximum=120.0), column("firm")],
)
PERSON_FORM = {
    "form_id": "p",
    "files": ["*"],
    "parts": [{
        "table": "site_person",
        "columns": {
            "no": {"aliases": ["编号"], "required": True}, "person": {"aliases": ["姓名"]},
            "age": {"aliases": ["年龄"]}, "firm": {"aliases": ["企业"]},
        },
    }],
}  # fmt: skip


def _written(kit: Kit) -> str:
    tables = kit.rows("select schema_name, table_name from duckdb_tables() where schema_name in ('raw', 'intake')")
    return str([kit.rows(f"select * from {schema}.{name}") for schema, name in tables])


@pytest.mark.parametrize(
    "label",
    [
        "姓名",
        "联系人姓名",
        "联系电话",
        "手机号码",
        "身份证号",
        "法定代表人",
        "环保负责人",
        "填表人：",
        "审核人（签字）",
        "联系 人*",
    ],
)
def test_labels_of_persons(label: str) -> None:
    assert names_a_person(label)
    assert duckdb.execute(f"select {names_a_person_sql('?')}", [label]).fetchone() == (True,)


@pytest.mark.parametrize(
    "label", ["单位名称", "负责人资质得分", "是否明确环境健康负责人", "是否有联系人", "手机厂", "责任部门", "人数"]
)
def test_labels_that_are_no_persons(label: str) -> None:
    assert not names_a_person(label)
    assert duckdb.execute(f"select {names_a_person_sql('?')}", [label]).fetchone() == (False,)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("11010519491231002X", True), ("138 0000 1111", True), ("+8613800001111", True), ("110105194912310021", False),
     ("12800001111", False), ("1380000111", False)],
)  # fmt: skip
def test_numbers_of_persons(text: str, is_one: bool) -> None:
    assert is_personal_number(text) is is_one


def test_a_broken_line_of_a_table_of_persons_is_not_shown(tmp_path: Path) -> None:
    kit = Kit(tmp_path, [PERSON], [PERSON_FORM])
    kit.csv("a.csv", ["编号,姓名,年龄,企业", "1,张三丰,30,甲", "2,李四光,30", "3,王五六,30,甲,多"])
    kit.load()
    assert kit.quarantine() == [(3, "", "•••(8)", "FIELD-COUNT"), (4, "", "•••(12)", "FIELD-COUNT")]
    assert not any(name in _written(kit) for name in ("张三丰", "李四光", "王五六"))


def test_a_broken_line_of_another_table_is_shown(tmp_path: Path) -> None:
    table = raw_table("site_entry", ["code"], [column("code"), column("amount", "number")])
    columns = {"code": {"aliases": ["编号"], "required": True}, "amount": {"aliases": ["数量"]}}
    kit = Kit(
        tmp_path, [table], [{"form_id": "e", "files": ["*"], "parts": [{"table": "site_entry", "columns": columns}]}]
    )
    kit.csv("a.csv", ["编号,数量", "A,1,多"])
    kit.csv("b.csv", ["编号,数量,联系人", "B,1,张三丰,多"])
    kit.load()
    assert [row[2] for row in kit.quarantine()] == ["A,1,多", "•••(9)"]


def test_a_number_of_a_person_in_another_column_is_not_shown(tmp_path: Path) -> None:
    kit = Kit(tmp_path, [PERSON], [PERSON_FORM])
    kit.csv(
        "a.csv", ["编号,姓名,年龄,企业", "1,张三丰,11010519491231002X,甲", "2,李四光,13800001111,甲", "3,王五六,200,甲"]
    )
    kit.load()
    assert [row[2] for row in kit.quarantine()] == ["•••(18)", "•••(11)", "200"]
    assert not any(number in _written(kit) for number in ("11010519491231002X", "13800001111"))


def test_columns_that_a_form_takes_as_they_come_are_never_of_persons(tmp_path: Path) -> None:
    table = raw_table("site_score", ["no", "item"], [column("no"), column("item"), column("score", "number")])
    part = {
        "table": "site_score",
        "columns": {"no": {"aliases": ["编号"], "required": True}},
        "wide": {"columns": "rest", "name_to": "item", "value_to": "score"},
    }
    kit = Kit(tmp_path, [table], [{"form_id": "s", "files": ["*"], "parts": [part]}])
    kit.csv("a.csv", ["编号,联系人姓名,手机,技术分,负责人资质", "A,张三丰,13800001111,90,8"])
    kit.load()
    assert kit.rows("select item, score from raw.site_score order by 1") == [("技术分", 90.0), ("负责人资质", 8.0)]
    assert kit.files()[0]["unmapped_columns"] == ["联系人姓名", "手机"]
    assert "13800001111" not in _written(kit)


ANSWER = raw_table("site_answer", ["question"], [column("question"), column("answer")])


def test_signatures_under_questions_are_notes(tmp_path: Path) -> None:
    part = {
        "table": "site_answer", "layout": "label_value", "rows_long": {"name_to": "question", "value_to": "answer"},
    }  # fmt: skip
    kit = Kit(tmp_path, [ANSWER], [{"form_id": "a", "files": ["*"], "parts": [part]}])
    rows = [
        ["问卷"], ["序号", "问题", "回答"], [1, "有制度吗", "是"], [2, "是否明确负责人", "否"],
        ["填表人：张三丰", "电话：13800001111"], ["联系电话", "13900001111"], ["注：如实填写"],
    ]  # fmt: skip
    kit.xlsx("a.xlsx", {"s": rows})
    kit.load()
    assert kit.rows("select question, answer from raw.site_answer order by _row") == [
        ("有制度吗", "是"), ("是否明确负责人", "否"),
    ]  # fmt: skip
    assert kit.skipped() == [(5, "SKIP-NOTE"), (6, "SKIP-NOTE"), (7, "SKIP-NOTE")]
    assert kit.counts()["site/a.xlsx"] == (5, 2, 0, 3)
    assert not any(text in _written(kit) for text in ("张三丰", "13800001111", "13900001111"))


def test_a_signature_in_two_cells_under_a_table_is_a_note(tmp_path: Path) -> None:
    kit = Kit(tmp_path, [PERSON], [PERSON_FORM])
    kit.csv("a.csv", ["编号,姓名,年龄,企业", "1,甲某,30,甲", "审核人,张三丰,李四光,"])
    kit.load()
    assert kit.skipped() == [(3, "SKIP-NOTE")]
    assert not any(text in _written(kit) for text in ("张三丰", "李四光"))


def test_a_correction_of_a_persons_field_is_hashed(tmp_path: Path) -> None:
    table = raw_table(
        "site_correction",
        ["field"],
        [column("field"), column("old", hashed_if="field"), column("new", hashed_if="field")],
    )
    columns = {
        "field": {"aliases": ["字段"], "required": True}, "old": {"aliases": ["原值"]}, "new": {"aliases": ["更正值"]},
    }  # fmt: skip
    kit = Kit(
        tmp_path,
        [table],
        [{"form_id": "c", "files": ["*"], "parts": [{"table": "site_correction", "columns": columns}]}],
    )
    kit.csv(
        "a.csv", ["字段,原值,更正值", "职工人数,1200,1300", "联系电话,13800001111,13900001111", "联系人,张三丰,李四光"]
    )
    kit.load()
    digest = Pseudonymiser(b"k" * 32).digest
    assert kit.rows("select old, new from raw.site_correction order by _row") == [
        ("1200", "1300"), (digest("13800001111"), digest("13900001111")), (digest("张三丰"), digest("李四光")),
    ]  # fmt: skip
    assert not any(text in _written(kit) for text in ("13800001111", "13900001111", "张三丰", "李四光"))
