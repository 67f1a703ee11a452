"""Wide tables, label–value sheets, matrices, merged and hidden cells, formulas; several parts of one workbook."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.landing.intake_kit import Kit, column, raw_table

HOUR = raw_table(
    "site_hour",
    ["site_id", "sampled_at", "pollutant_id"],
    [
        column("site_id", "name"),
        column("sampled_at", "timestamp"),
        column("pollutant_id", "pollutant"),
        column("value", "measurement"),
        column("value_text", "companion"),
        column("value_qualifier", "companion"),
        column("value_limit", "companion", data_type="double"),
        column("unit", "unit"),
    ],
    provenance="series",
)
SITE = {"aliases": ["站点"], "required": True}
TIME = {"aliases": ["时间"], "required": True, "hour_ending": True}
WIDE = {"columns": "rest", "ignore": ["备注"], "name_to": "pollutant_id", "unit_to": "unit", "value_to": "value"}


def _hours(tmp_path: Path, **wide: Any) -> Kit:
    part = {"table": "site_hour", "columns": {"site_id": SITE, "sampled_at": TIME}, "wide": {**WIDE, **wide}}
    return Kit(tmp_path, [HOUR], [{"form_id": "h", "files": ["*"], "parts": [part]}])


def test_every_filled_cell_of_a_wide_table_is_a_record(tmp_path: Path) -> None:
    kit = _hours(tmp_path)
    kit.csv("a.csv", [
        "站点,时间,苯(μg/m3),甲苯(mg/m3),备注", "S1,2025-01-01 01:00,1.5,,x", "S1,2025-01-01 02:00,--,2(H),",
        "合计,,3,,",
        ",2025-01-01 03:00,1,2,", "S1,2025-01-01 24:00,坏,4,", "S1,2025-01-02 02:00,,,",
    ])  # fmt: skip
    kit.load()
    day = datetime.datetime(2025, 1, 1)
    rows = kit.rows(
        "select sampled_at, pollutant_id, value, value_text, unit, _field, _flags from raw.site_hour order by "
        "_row, _field"
    )
    assert rows == [
        (day, "71-43-2", 1.5, "1.5", "μg/m3", "苯(μg/m3)", []),
        (day.replace(hour=1), "108-88-3", None, "2(H)", "mg/m3", "甲苯(mg/m3)", ["FLAGGED"]),
        (day.replace(hour=1), "71-43-2", None, "--", "μg/m3", "苯(μg/m3)", ["MISSING-MARK"]),
        (day.replace(hour=23), "108-88-3", 4.0, "4", "mg/m3", "甲苯(mg/m3)", []),
    ]
    assert kit.quarantine() == [
        (5, "站点", "", "REQUIRED-EMPTY"), (5, "站点", "", "REQUIRED-EMPTY"), (6, "苯(μg/m3)", "坏", "NUMBER"),
    ]  # fmt: skip
    assert kit.skipped() == [(4, "SKIP-TOTAL")]
    assert kit.counts()["site/a.csv"] == (8, 4, 3, 1)
    assert kit.rows("select distinct _record_id, _cells from raw.site_hour") == [(None, None)]
    assert kit.files()[0]["unmapped_columns"] == ["备注"]


def test_an_unknown_column_is_quarantined_record_by_record(tmp_path: Path) -> None:
    kit = _hours(tmp_path)
    kit.csv("a.csv", ["站点,时间,氪石(μg/m3),苯(斗)", "S1,2025-01-01 01:00,1,2"])
    kit.load()
    assert sorted(row[3] for row in kit.quarantine()) == ["POLLUTANT-UNKNOWN", "UNIT-UNKNOWN"]
    assert kit.counts()["site/a.csv"] == (2, 0, 2, 0)


def test_a_header_that_stands_twice_keeps_both_columns_apart(tmp_path: Path) -> None:
    kit = _hours(tmp_path)
    kit.csv("a.csv", ["站点,时间,苯(μg/m3),苯(μg/m3)", "S1,2025-01-01 01:00,1,2", "S1,2025-01-01 02:00,3,3"])
    kit.load()
    assert kit.rows("select value, _row from raw.site_hour") == [(3.0, 3)]
    assert kit.counts()["site/a.csv"] == (4, 1, 2, 1)


def test_words_of_wide_cells_can_be_flags_and_constants_hang_on_headers(tmp_path: Path) -> None:
    kit = _hours(
        tmp_path, value_flag_words="^(CAL|BL)$", columns=["苯", "toluene"], set={"toluene": {"pollutant_id": "甲苯"}}
    )
    kit.csv("a.csv", ["站点,时间,苯,toluene", "S1,2025-01-01 01:00,CAL,2"])
    kit.load()
    assert kit.rows("select pollutant_id, value, _flags from raw.site_hour order by 1") == [
        ("108-88-3", 2.0, []), ("71-43-2", None, ["FLAGGED"]),
    ]  # fmt: skip


LIMITS = raw_table(
    "site_limit",
    ["code", "year_no"],
    [column("code"), column("year_no", "integer"), column("annual_limit_t", "number")],
)


def test_yearly_columns_under_one_merged_head_are_numbered(tmp_path: Path) -> None:
    wide = {"columns": {"regex": "第.年"}, "index_to": "year_no", "value_to": "annual_limit_t", "keep_empty_row": True}
    part = {
        "table": "site_limit",
        "header": {"rows": 2},
        "columns": {"code": {"aliases": ["编号"], "required": True}},
        "wide": wide,
    }
    kit = Kit(tmp_path, [LIMITS], [{"form_id": "l", "files": ["*"], "parts": [part]}])

    def dress(book: Any, sheets: dict[str, Any]) -> None:
        plain = book.add_format()
        sheets["限值"].merge_range(0, 0, 0, 2, "许可排放限值", plain)
        sheets["限值"].merge_range(1, 0, 2, 0, "编号", plain)
        sheets["限值"].merge_range(1, 1, 1, 2, "年许可量(t/a)", plain)
        sheets["限值"].merge_range(3, 0, 4, 0, "A", plain)  # body cells are merged too

    rows = [[], [], [None, "第一年", "第二年"], [None, 1, 2], [None, "/", None], ["B", None, None]]
    kit.xlsx("a.xlsx", {"限值": rows}, dress)
    kit.load()
    assert kit.rows("select code, year_no, annual_limit_t, _row, _flags from raw.site_limit order by _row") == [
        ("A", 2, 2.0, 4, []), ("B", None, None, 6, []),
    ]  # fmt: skip
    conflict = kit.rows("select value, row_number from intake.quarantine order by 2, 1")
    assert conflict == [("A|1", 4), ("A|1", 5)]  # filled down, so both rows are year 1 of A: 1 and "none stated"


def test_a_two_row_header_in_mid_file_is_skipped_merged_or_not(tmp_path: Path) -> None:
    table = raw_table(
        "site_limit", ["code", "n"], [column("code"), column("note"), column("n", "integer"), column("v", "number")]
    )
    part = {
        "table": "site_limit",
        "header": {"rows": 2},
        "columns": {"code": {"aliases": ["编号"], "required": True}, "note": {"aliases": ["备注"]}},
        "wide": {"columns": {"regex": "第.年"}, "index_to": "n", "value_to": "v"},
    }
    kit = Kit(tmp_path, [table], [{"form_id": "l", "files": ["*"], "parts": [part]}])
    head = [["编号", "限值", None, "备注"], [None, "第一年", "第二年", None]]
    rows = [*head, ["A", 1, 2, "甲"], *head, ["B", 3, 4, "乙"], *head, ["C", 5, 6, "丙"]]

    def merge(book: Any, sheets: Any) -> None:
        for top in (0, 3):
            sheets["s"].merge_range(top, 0, top + 1, 0, "编号")
            sheets["s"].merge_range(top, 1, top, 2, "限值")
            sheets["s"].merge_range(top, 3, top + 1, 3, "备注")

    kit.xlsx("a.xlsx", {"s": rows}, merge)
    kit.load()
    assert kit.skipped() == [(row, "SKIP-HEADER") for row in (4, 5, 7, 8)]
    assert kit.rows("select code, n, v, _row from raw.site_limit order by 1, 2") == [
        ("A", 1, 1.0, 3), ("A", 2, 2.0, 3), ("B", 1, 3.0, 6), ("B", 2, 4.0, 6), ("C", 1, 5.0, 9), ("C", 2, 6.0, 9),
    ]  # fmt: skip
    assert kit.counts()["site/a.xlsx"] == (10, 6, 0, 4)


def test_hidden_rows_columns_and_sheets_are_loaded_with_a_flag(tmp_path: Path) -> None:
    table = raw_table("site_entry", ["code"], [column("code"), column("amount", "number")])
    columns = {"code": {"aliases": ["编号"], "required": True}, "amount": {"aliases": ["数量"]}}
    kit = Kit(
        tmp_path, [table], [{"form_id": "e", "files": ["*"], "parts": [{"table": "site_entry", "columns": columns}]}]
    )

    def dress(book: Any, sheets: dict[str, Any]) -> None:
        sheets["行"].set_row(2, None, None, {"hidden": True})
        sheets["列"].set_column(1, 1, None, None, {"hidden": True})
        sheets["表"].hide()

    head = ["编号", "数量"]
    kit.xlsx("a.xlsx", {"行": [head, ["A", 1], ["B", 2]], "列": [head, ["C", 3]], "表": [head, ["D", 4]]}, dress)
    kit.load()
    assert kit.rows("select code, _flags from raw.site_entry order by 1") == [
        ("A", []), ("B", ["HIDDEN-ROW"]), ("C", ["HIDDEN-ROW"]), ("D", ["HIDDEN-ROW"]),
    ]  # fmt: skip


def test_a_formula_without_value_is_quarantined_where_it_is_used(tmp_path: Path) -> None:
    table = raw_table(
        "site_entry", ["code"], [column("code"), column("amount", "number"), column("person", "personal")]
    )
    columns = {
        "code": {"aliases": ["编号"], "required": True}, "amount": {"aliases": ["数量"]},
        "person": {"aliases": ["联系人"]},
    }  # fmt: skip
    kit = Kit(
        tmp_path, [table], [{"form_id": "e", "files": ["*"], "parts": [{"table": "site_entry", "columns": columns}]}]
    )
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["编号", "数量", "旁注", "联系人"],
        ["A", "=1+1", "x", "某"],
        ["B", 2, "=1+1", "某"],
        ["C", 3, "y", "=D2"],
    ):
        sheet.append(row)
    book.save(kit.path("a.xlsx"))  # openpyxl stores no cached values
    kit.load()
    assert kit.rows("select code from raw.site_entry") == [("B",)]
    assert [(row[0], row[1], row[3]) for row in kit.quarantine()] == [
        (2, "数量", "FORMULA-NO-VALUE"), (4, "联系人", "FORMULA-NO-VALUE"),
    ]  # fmt: skip


PROFILE = raw_table(
    "site_profile",
    ["name", "year"],
    [column("name", "name"), column("year", "integer"), column("tel", "personal"), column("size", "integer")],
)
ANSWER = raw_table("site_answer", ["name", "question"], [column("name", "name"), column("question"), column("answer")])
SURVEY = {
    "form_id": "survey",
    "files": ["*调查*"],
    "parts": [
        {
            "table": "site_profile",
            "sheets": ["概况"],
            "layout": "label_value",
            "columns": {
                "name": {"aliases": ["企业名称"], "required": True},
                "year": {"aliases": ["调查年份"], "required": True},
                "tel": {"aliases": ["电话"]},
                "size": {"aliases": ["职工人数"]},
            },
        },
        {
            "table": "site_answer",
            "sheets": ["管理"],
            "layout": "label_value",
            "columns": {"name": {"from_part": "site_profile", "column": "name"}},
            "rows_long": {"name_to": "question", "value_to": "answer"},
        },
    ],
}


def test_label_value_sheets_and_questions(tmp_path: Path) -> None:
    kit = Kit(tmp_path, [PROFILE, ANSWER], [SURVEY])
    kit.xlsx("调查_甲.xlsx", {
        "概况": [["入企调查表"], ["企业名称", "甲 公司", "调查年份：", 2025],
        ["电话", None, "职工人数（人）", "1,200"]],
        "管理": [["环境健康管理"], ["问题", "回答"], ["1", "有制度吗", "是"], ["2", "有人员吗", None],
        ["有经费吗", "否"]],
        "填表说明": [["请如实填写"]],
    })  # fmt: skip
    kit.load()
    assert kit.rows("select name, year, tel, size, _row, _sheet from raw.site_profile") == [
        ("甲公司", 2025, None, 1200, 2, "概况")
    ]
    assert kit.rows("select name, question, answer, _row, _field from raw.site_answer") == [
        ("甲公司", "有制度吗", "是", 3, "有制度吗"), ("甲公司", "有人员吗", None, 4, "有人员吗"),
        ("甲公司", "有经费吗", "否", 5, "有经费吗"),
    ]  # fmt: skip
    assert kit.counts()["site/调查_甲.xlsx"] == (4, 4, 0, 0)
    headers = kit.rows("select raw_column, header from intake.file_column where raw_table = 'site_profile' order by 1")
    assert headers == [("name", "企业名称"), ("size", "职工人数（人）"), ("tel", "电话"), ("year", "调查年份")]


def test_label_and_value_may_share_a_cell_and_other_labels_are_listed(tmp_path: Path) -> None:
    kit = Kit(tmp_path, [PROFILE, ANSWER], [SURVEY])
    kit.xlsx("调查_甲.xlsx", {
        "概况": [["入企调查表"], ["企业名称：甲公司", None, "调查年份: 2025"], ["法定代表人：张三丰", "说明"],
                 ["备案", "有", "网址", "x.cn"]],
        "管理": [["有制度吗", "是"]],
    })  # fmt: skip
    kit.load()
    assert kit.rows("select name, year from raw.site_profile") == [("甲公司", 2025)]
    assert kit.files()[0]["unmapped_columns"] == ["法定代表人", "备案", "网址"]


def test_many_workbooks_are_one_table_each_with_its_own_facts(tmp_path: Path) -> None:
    kit = Kit(tmp_path, [PROFILE, ANSWER], [SURVEY])
    for number in range(12):
        sheets = {"概况": [["企业名称", f"企业{number}"], ["调查年份", 2020 + number]], "管理": [["有制度吗", "是"]]}
        kit.xlsx(f"调查_{number:02d}.xlsx", sheets)
    kit.load()
    assert kit.rows("select name, _file_no from raw.site_answer order by _file_no") == [
        (f"企业{n}", n + 1) for n in range(12)
    ]


def test_a_sheet_of_no_part_is_told_and_an_empty_one_is_not(tmp_path: Path) -> None:
    kit = Kit(tmp_path, [PROFILE, ANSWER], [SURVEY])
    kit.xlsx("调查_甲.xlsx", {"概况": [["企业名称", "甲"], ["调查年份", 2025]], "草稿": [["算式", 1]], "Sheet3": []})
    kit.load()
    assert kit.rows("select sheet, reason_code from intake.quarantine") == [("草稿", "NO-FORM")]
    assert kit.counts()["site/调查_甲.xlsx"] == (2, 1, 1, 0)


def test_a_workbook_without_its_required_labels_is_refused(tmp_path: Path) -> None:
    kit = Kit(tmp_path, [PROFILE, ANSWER], [SURVEY])
    kit.xlsx("调查_甲.xlsx", {"别的": [["a", "b"]]})
    kit.load()
    assert kit.rows("select reason_code, row_number from intake.quarantine") == [("NO-HEADER", 0)]
    assert [row["status"] for row in kit.files()] == ["refused"]


def test_a_matrix_is_one_record_a_filled_cell(tmp_path: Path) -> None:
    table = raw_table(
        "site_judgement", ["a", "b"], [column("a"), column("b"), column("v", "number", meta={"fraction": True})]
    )
    part = {"table": "site_judgement", "layout": "matrix", "matrix": {"row_to": "a", "column_to": "b", "value_to": "v"}}
    kit = Kit(tmp_path, [table], [{"form_id": "m", "files": ["*"], "parts": [part]}])
    kit.xlsx(
        "矩阵.xlsx",
        {"专家1": [["判断矩阵"], ["准则", "质量", "风险"], ["质量", 1, "1/3"], ["风险", 3, None], ["专家签字", "某"]]},
    )
    kit.load()
    assert kit.rows("select a, b, round(v, 3), _row, _field from raw.site_judgement order by _row, b") == [
        ("质量", "质量", 1.0, 3, "质量"), ("质量", "风险", 0.333, 3, "风险"), ("风险", "质量", 3.0, 4, "质量"),
    ]  # fmt: skip


def test_cells_of_a_matrix_without_counterpart_are_quarantined_one_by_one(tmp_path: Path) -> None:
    table = raw_table("site_judgement", ["a", "b"], [column("a"), column("b"), column("v", "number")])
    part = {"table": "site_judgement", "layout": "matrix", "matrix": {"row_to": "a", "column_to": "b", "value_to": "v"}}
    kit = Kit(tmp_path, [table], [{"form_id": "m", "files": ["*"], "parts": [part]}])
    head = ["准则", "质量", "风险", "管里", "管里", "权重"]
    rows = [
        head,
        ["质量", 1, 2, 3, 4, 0.5],
        ["风险", 5, 1, None, 6, 0.3],
        ["管理", 7, None, 1, None, 0.2],
        ["CR", 0.02],
    ]
    kit.xlsx("矩阵.xlsx", {"专家1": rows})
    kit.load()
    assert kit.rows("select count(*) from raw.site_judgement") == [(4,)]
    assert kit.quarantine() == [
        (2, "管里", "3", "NO-FORM"), (2, "管里#2", "4", "NO-FORM"), (3, "管里#2", "6", "NO-FORM"),
        (4, "管里", "1", "NO-FORM"), (4, "质量", "7", "NO-FORM"),
    ]  # fmt: skip
    assert kit.skipped() == [(5, "SKIP-NOTE")]
    assert kit.counts()["site/矩阵.xlsx"] == (10, 4, 5, 1)


def test_json_records_carry_their_parents_down(tmp_path: Path) -> None:
    table = raw_table("site_entry", ["code", "p"], [column("code"), column("p", "pollutant"), column("v", "number")])
    columns = {"code": {"aliases": ["code"], "required": True}, "p": {"aliases": ["name"]}, "v": {"aliases": ["v"]}}
    part = {"table": "site_entry", "columns": columns, "json": {"path": "rows[]"}}
    kit = Kit(tmp_path, [table], [{"form_id": "j", "files": ["*"], "formats": ["json"], "parts": [part]}])
    text = json.dumps({"code": "K", "rows": [{"name": "苯", "v": 1}, {"name": "甲苯", "v": "x"}]}, ensure_ascii=False)
    kit.path("a.json").write_text(text, encoding="utf-8")
    kit.load()
    assert kit.rows("select code, p, v, _row from raw.site_entry") == [("K", "71-43-2", 1.0, 1)]
    assert [(row[0], row[3]) for row in kit.quarantine()] == [(2, "NUMBER")]


@pytest.mark.parametrize("name", ["调查.csv", "别名.csv"])
def test_a_form_is_found_by_its_header_where_the_name_says_nothing(tmp_path: Path, name: str) -> None:
    table = raw_table("site_entry", ["code"], [column("code"), column("amount", "number")])
    columns = {"code": {"aliases": ["编号"], "required": True}, "amount": {"aliases": ["数量"]}}
    kit = Kit(
        tmp_path,
        [table],
        [{"form_id": "e", "files": ["*名单*"], "parts": [{"table": "site_entry", "columns": columns}]}],
    )
    kit.csv(name, ["编号,数量", "A,1"])
    kit.csv("无关.csv", ["甲,乙", "1,2"])
    kit.load()
    assert kit.counts() == {f"site/{name}": (1, 1, 0, 0), "site/无关.csv": (1, 0, 1, 0)}
    assert {row["path"]: row["form_id"] for row in kit.files()}[f"site/{name}"] == "e"
    assert kit.rows("select reason_code from intake.quarantine") == [("NO-FORM",)]
