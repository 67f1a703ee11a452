"""Tables with a header row: records, skips, quarantine, flags, provenance, as landing.md promises them."""

from __future__ import annotations

import csv
import datetime
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from ehpilot.landing.personal import Pseudonymiser
from tests.landing.intake_kit import Kit, column, raw_table

ENTRY = raw_table(
    "site_entry",
    ["code", "pollutant_id"],
    [
        column("code", "name", label="编号"),
        column("pollutant_id", "pollutant", label="污染物"),
        column("amount_t", "number", unit="t/a", minimum=0.0, label="数量"),
        column("limit_value", "number", unit_in_cell=True),
        column("limit_value_unit", "companion"),
        column("value", "measurement"),
        column("value_text", "companion"),
        column("value_qualifier", "companion"),
        column("value_limit", "companion", data_type="double"),
        column("valid_from", "date_range_start"),
        column("valid_to", "date_range_end"),
        column("longitude", "longitude"),
        column("latitude", "latitude"),
        column("coordinate_system", "crs"),
        column("person", "personal"),
        column("count", "integer"),
        column("in_list", "mark"),
        column("seen_on", "date"),
    ],
)


def _form(columns: dict[str, Any], **facts: Any) -> dict[str, Any]:
    part = {"table": "site_entry", "columns": columns, **facts.pop("part", {})}
    return {"form_id": "entry", "files": ["*"], "parts": [part], **facts}


CODE = {"aliases": ["编号"], "required": True}


def _kit(tmp_path: Path, columns: dict[str, Any], **facts: Any) -> Kit:
    return Kit(tmp_path, [ENTRY], [_form({"code": CODE, **columns}, **facts)])


def test_rows_become_records_with_their_place_and_their_cells(tmp_path: Path) -> None:
    kit = _kit(tmp_path, {"amount_t": {"aliases": ["数量"]}})
    path = kit.csv("a.csv", ["标题,,", "编号,数量,旁注", 'A1,"1,234.5",x', "", "B,２"])
    kit.load()
    rows = kit.rows(
        "select code, amount_t, _file_no, _sheet, _row, _field, _flags, _cells, _record_id, _loaded_at from "
        "raw.site_entry"
    )
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    identity = hashlib.sha256(f"{digest}||3|".encode()).hexdigest()[:16]
    assert rows[0][:7] == ("A1", 1234.5, 1, "", 3, "", [])
    assert json.loads(rows[0][7]) == {"code": "A1", "amount_t": "1,234.5"}
    assert rows[0][8:] == (identity, datetime.datetime(2026, 1, 5, 8, 0))
    assert kit.skipped() == [(4, "SKIP-BLANK")]
    assert kit.quarantine()[0][3] == "FIELD-COUNT"
    assert kit.counts() == {"site/a.csv": (3, 1, 1, 1)}
    assert kit.files()[0]["unmapped_columns"] == ["旁注"]
    assert kit.rows("select raw_column, header from intake.file_column order by 1") == [
        ("amount_t", "数量"),
        ("code", "编号"),
    ]


def test_skipped_rows_are_named_and_only_blanks_between_content_count(tmp_path: Path) -> None:
    kit = _kit(tmp_path, {"amount_t": {"aliases": ["数量"]}})
    kit.xlsx("a.xlsx", {"表": [
        ["编号", "数量"], ["A", 1], [None, None], ["编号", "数量"], ["B", 2], ["小 计", 3], ["合计：2家", 3],
        [" ", None], ["注：单位为吨", None], ["单位负责人（签字）：某某", None], ["以下空白", None], [None, None],
    ]})  # fmt: skip
    kit.load()
    assert kit.skipped() == [
        (3, "SKIP-BLANK"), (4, "SKIP-HEADER"), (6, "SKIP-TOTAL"), (7, "SKIP-TOTAL"), (8, "SKIP-BLANK"),
        (9, "SKIP-NOTE"),
        (10, "SKIP-NOTE"), (11, "SKIP-NOTE"),
    ]  # fmt: skip
    assert kit.counts()["site/a.xlsx"] == (10, 2, 0, 8)


def test_words_that_only_begin_like_totals_and_notes_are_records(tmp_path: Path) -> None:
    kit = _kit(tmp_path, {})
    kit.csv("a.csv", ["编号,x", "合计算科技公司,1", "全厂合计,1", "注塑车间,1", "说明书印刷厂,1", "Total Oil,1"])
    kit.load()
    assert kit.counts()["site/a.csv"] == (5, 5, 0, 0)


def test_totals_can_be_switched_off(tmp_path: Path) -> None:
    kit = _kit(tmp_path, {}, part={"totals": []})
    kit.csv("a.csv", ["编号,x", "合计,1"])
    kit.load()
    assert kit.counts()["site/a.csv"] == (1, 1, 0, 0)


def test_a_record_with_two_faults_is_one_record_with_two_messages(tmp_path: Path) -> None:
    kit = _kit(tmp_path, {"amount_t": {"aliases": ["数量"]}, "pollutant_id": {"aliases": ["物质"], "required": True}})
    kit.csv("a.csv", ["编号,物质,数量", "A,苯,-1", ",氪石,多", "C,,3", "D,Benzene,4"])
    kit.load()
    assert kit.quarantine() == [
        (2, "数量", "-1", "NUMBER-NEGATIVE"), (3, "数量", "多", "NUMBER"), (3, "物质", "氪石", "POLLUTANT-UNKNOWN"),
        (3, "编号", "", "REQUIRED-EMPTY"), (4, "物质", "", "REQUIRED-EMPTY"),
    ]  # fmt: skip
    assert kit.counts()["site/a.csv"] == (4, 1, 3, 0)
    assert kit.rows("select count(distinct record_id), count(distinct quarantine_id) from intake.quarantine") == [
        (3, 5)
    ]


def test_missing_marks_are_null_with_a_flag_but_an_empty_cell_in_a_key(tmp_path: Path) -> None:
    columns = {
        "amount_t": {"aliases": ["数量"], "required": True},
        "pollutant_id": {"aliases": ["物质"], "required": True},
    }
    kit = _kit(tmp_path, columns)
    kit.csv("a.csv", ["编号,物质,数量", "A,苯,——", "B,--,1"])
    kit.load()
    assert kit.rows("select code, amount_t, _flags from raw.site_entry") == [("A", None, ["MISSING-MARK"])]
    assert kit.quarantine() == [(3, "物质", "--", "REQUIRED-EMPTY")]


def test_zero_is_no_missing_minimum(tmp_path: Path) -> None:
    kit = _kit(tmp_path, {"amount_t": {"aliases": ["数量"]}})
    kit.csv("a.csv", ["编号,数量", "A,0", "B,-0.1"])
    kit.load()
    assert [row[3] for row in kit.quarantine()] == ["NUMBER-NEGATIVE"]


def test_measurements_bring_their_companions(tmp_path: Path) -> None:
    kit = _kit(tmp_path, {"value": {"aliases": ["结果"]}})
    kit.csv("a.csv", ["编号,结果", "A,1.5", "B,<0.5", "C,ND", "D,", "E,2000000000"])
    kit.load()
    assert kit.rows("select code, value, value_text, value_qualifier, value_limit from raw.site_entry") == [
        ("A", 1.5, "1.5", "", None), ("B", None, "<0.5", "<", 0.5), ("C", None, "ND", "ND", None),
        ("D", None, None, None, None),
    ]  # fmt: skip
    assert kit.quarantine()[0][3] == "NUMBER-PHYSICAL"


def test_a_unit_stands_in_the_cell_or_in_the_header(tmp_path: Path) -> None:
    kit = _kit(tmp_path, {"limit_value": {"aliases": ["限值"]}, "amount_t": {"aliases": ["年限值"]}})
    kit.csv("a.csv", ["编号,限值(μg/m3),年限值(kg/a)", "A,20 mg/m3,500", "B,30,1500.5", "C,5 mg/斗,1"])
    kit.load()
    assert kit.rows("select code, limit_value, limit_value_unit, amount_t from raw.site_entry") == [
        ("A", 20.0, "mg/m3", 0.5), ("B", 30.0, "μg/m3", pytest.approx(1.5005)),
    ]  # fmt: skip
    assert kit.quarantine() == [(4, "限值(μg/m3)", "5 mg/斗", "UNIT-UNKNOWN")]


def test_two_columns_may_read_one_cell(tmp_path: Path) -> None:
    kit = _kit(tmp_path, {"valid_from": {"aliases": ["有效期限"]}, "valid_to": {"aliases": ["有效期限"]}})
    kit.csv("a.csv", ["编号,有效期限", "A,2023-05-01至2028-04-30", "B,近期"])
    kit.load()
    assert kit.rows("select valid_from, valid_to from raw.site_entry") == [
        (datetime.date(2023, 5, 1), datetime.date(2028, 4, 30))
    ]  # fmt: skip
    assert kit.quarantine() == [(3, "有效期限", "近期", "DATE")], "one cell, one message"


def test_beginning_and_end_may_stand_in_columns_of_their_own(tmp_path: Path) -> None:
    kit = _kit(
        tmp_path,
        {"valid_from": {"aliases": ["有效期限", "有效期起"]}, "valid_to": {"aliases": ["有效期限", "有效期止"]}},
    )
    lines = ["A,2023-05-01,2028-04-30", "B,2023/5/1,长期", "C,2023-05-01至2028-04-30,2028-04-30", "D,,2028-04-31"]
    kit.csv("a.csv", ["编号,有效期起,有效期止", *lines])
    kit.load()
    first, last = datetime.date(2023, 5, 1), datetime.date(2028, 4, 30)
    assert kit.rows("select code, valid_from, valid_to from raw.site_entry order by 1") == [
        ("A", first, last), ("B", first, None), ("C", first, last),
    ]  # fmt: skip
    assert kit.quarantine() == [(5, "有效期止", "2028-04-31", "DATE")]


def test_places_are_repaired_nulled_and_flagged(tmp_path: Path) -> None:
    place = {
        "longitude": {"aliases": ["经度"]},
        "latitude": {"aliases": ["纬度"]},
        "coordinate_system": {"aliases": ["坐标系"]},
    }
    kit = _kit(tmp_path, place)
    kit.csv("a.csv", [
        "编号,经度,纬度,坐标系", "A,121.8565,29.9512,", "B,29.9512,121.8565,", "C,0,0,", "D,116.4,39.9,",
        "E,121°51′23.4″,29度57分,CGCS2000", "F,121.8565,29.9512,GCJ-02", "G,不详处,29.9,",
    ])  # fmt: skip
    kit.load()
    rows = kit.rows("select code, round(longitude, 4), round(latitude, 4), _flags from raw.site_entry order by code")
    assert [row for row in rows if row[0] != "F"] == [
        ("A", 121.8565, 29.9512, []), ("B", 121.8565, 29.9512, ["XY-SWAPPED"]), ("C", None, None, ["XY-ZERO"]),
        ("D", None, None, ["XY-OUTSIDE"]), ("E", 121.8565, 29.95, []),
    ]  # fmt: skip
    offset = next(row for row in rows if row[0] == "F")
    assert offset[3] == ["XY-OFFSET"]
    assert 0.001 < 121.8565 - offset[1] < 0.01  # Chinese web maps shift some 400 m to the east here
    assert kit.quarantine()[0][3] == "XY-FORMAT"


@pytest.mark.parametrize(
    ("facts", "flags"),
    [({}, ["XY-OUTSIDE"]), ({"area": "none"}, []), ({"area": {"bounds": [116.0, 39.0, 117.0, 40.0]}}, [])],
)
def test_a_form_may_name_its_own_area(tmp_path: Path, facts: dict[str, Any], flags: list[str]) -> None:
    kit = _kit(tmp_path, {"longitude": {"aliases": ["经度"]}, "latitude": {"aliases": ["纬度"]}}, **facts)
    kit.csv("a.csv", ["编号,经度,纬度", "A,116.4,39.9"])
    kit.load()
    assert kit.rows("select _flags from raw.site_entry") == [(flags,)]


def test_degrees_minutes_and_seconds_of_three_columns_are_one_angle(tmp_path: Path) -> None:
    three = {"compose_dms": ["经度(度)", "经度(分)", "经度(秒)"]}
    kit = _kit(tmp_path, {"longitude": three, "latitude": {"aliases": ["纬度"]}})
    lines = ["A,121,30,36,29.9", "B,,,,29.9", "C,-,-,-,29.9", "D,/,/,/,-", "E,121,30,-,29.9"]
    kit.csv("a.csv", ["编号,经度(度),经度(分),经度(秒),纬度", *lines])
    kit.load()
    assert kit.rows("select code, round(longitude, 6), _flags from raw.site_entry order by 1") == [
        ("A", 121.51, []), ("B", None, []), ("C", None, ["MISSING-MARK"]), ("D", None, ["MISSING-MARK"]),
        ("E", 121.5, []),
    ]  # fmt: skip


def test_personal_texts_stand_nowhere(tmp_path: Path) -> None:
    kit = _kit(tmp_path, {"person": {"aliases": ["联系人"], "required": True}, "amount_t": {"aliases": ["数量"]}})
    kit.csv("a.csv", ["编号,联系人,数量", "A,张三丰,1", "B,李四光,坏", "C,,3"])
    kit.load()
    assert kit.rows("select person from raw.site_entry") == [(Pseudonymiser(b"k" * 32).digest("张三丰"),)]
    tables = kit.rows("select schema_name, table_name from duckdb_tables() where schema_name in ('raw', 'intake')")
    everything = str([kit.rows(f"select * from {schema}.{name}") for schema, name in tables])
    assert "张三丰" not in everything
    assert "李四光" not in everything


def test_a_name_is_published_only_with_consent(tmp_path: Path) -> None:
    table = raw_table(
        "site_expert", ["code"], [column("code"), column("shown", published_if="consent"), column("consent")]
    )
    columns = {"code": {"aliases": ["序号"]}, "shown": {"aliases": ["姓名"]}, "consent": {"aliases": ["同意公开"]}}
    part = {"table": "site_expert", "columns": columns}
    kit = Kit(tmp_path, [table], [{"form_id": "e", "files": ["*"], "parts": [part]}])
    kit.csv("a.csv", ["序号,姓名,同意公开", "1,甲某,是", "2,乙某,否", "3,丙某,"])
    kit.load()
    assert kit.rows("select code, shown from raw.site_expert") == [("1", "甲某"), ("2", None), ("3", None)]
    assert "乙某" not in str(kit.rows("select _cells from raw.site_expert"))


def test_constants_file_names_sheets_and_labels_feed_columns(tmp_path: Path) -> None:
    table = raw_table("site_note", ["code"], [column(n) for n in ("code", "a", "b", "c", "d", "e")])
    columns = {
        "code": {"aliases": ["编号"], "required": True}, "a": {"const": 7}, "b": {"filename": "_(\\d{4})"},
        "c": {"sheet_name": True},
        "d": {"preamble": ["检测机构"]}, "e": {"aliases": ["年份"], "filename": "(\\d{4})"},
    }  # fmt: skip
    kit = Kit(
        tmp_path, [table], [{"form_id": "n", "files": ["*"], "parts": [{"table": "site_note", "columns": columns}]}]
    )
    kit.xlsx("x_2025.xlsx", {"水": [["检测机构：乙公司"], ["编号"], ["A"]], "气": [["编号", "年份"], ["B", "2024"]]})
    kit.load()
    assert kit.rows("select code, a, b, c, d, e from raw.site_note order by code") == [
        ("A", "7", "2025", "水", "乙公司", "2025"), ("B", "7", "2025", "气", None, "2024"),
    ]  # fmt: skip


def test_rows_are_routed_and_a_row_that_no_part_takes_is_told(tmp_path: Path) -> None:
    limit = raw_table("site_limit", ["code"], [column("code"), column("value", "number")])
    parts = [
        {"table": "site_entry", "columns": {"code": CODE, "amount_t": {"aliases": ["数量"]}}, "where": {"code": "^S"}},
        {"table": "site_limit", "columns": {"code": CODE, "value": {"aliases": ["数量"]}}, "where": {"code": "检出限"}},
    ]
    kit = Kit(tmp_path, [ENTRY, limit], [{"form_id": "r", "files": ["*"], "parts": parts}])
    kit.csv("a.csv", ["编号,数量", "检出限,0.1", "S1,1", "", "S2,2", "?,3"])
    kit.load()
    assert kit.rows("select code from raw.site_entry") == [("S1",), ("S2",)]
    assert kit.rows("select value from raw.site_limit") == [(0.1,)]
    assert kit.quarantine() == [(6, "", "", "NO-FORM")]
    assert kit.counts()["site/a.csv"] == (5, 3, 1, 1)


def test_parts_that_take_one_row_for_one_table_make_records_of_their_own(tmp_path: Path) -> None:
    """Each has its id, and a fault of one is no fault of the other."""
    kinds = {"苯": "苯量", "甲苯": "甲苯量"}
    parts = [
        {"table": "site_entry", "columns": {
            "code": CODE, "pollutant_id": {"const": name}, "amount_t": {"aliases": [header]}}}
        for name, header in kinds.items()
    ]  # fmt: skip
    kit = Kit(tmp_path, [ENTRY], [{"form_id": "r", "files": ["*"], "parts": parts}])
    kit.csv("a.csv", ["编号,苯量,甲苯量", "A,1,2", "B,x,y", "C,x,3"])
    kit.load()
    rows = kit.rows("select code, pollutant_id, amount_t, _record_id from raw.site_entry order by code, pollutant_id")
    assert [row[:3] for row in rows] == [("A", "108-88-3", 2.0), ("A", "71-43-2", 1.0), ("C", "108-88-3", 3.0)]
    assert len({row[3] for row in rows}) == 3
    assert kit.counts()["site/a.csv"] == (6, 3, 3, 0)


def test_a_part_that_first_stands_lower_down_reads_its_own_table(tmp_path: Path) -> None:
    """Its head is no repetition of the first one, whose columns mean something else."""
    parts = [
        {"table": "site_entry", "columns": {"code": CODE, "amount_t": {"aliases": ["数量"], "required": True}}},
        {"table": "site_entry", "columns": {
            "code": {"aliases": ["地点"], "required": True}, "pollutant_id": {"aliases": ["物质"], "required": True},
            "amount_t": {"aliases": ["合计量"], "required": True}}},
    ]  # fmt: skip
    kit = Kit(tmp_path, [ENTRY], [{"form_id": "r", "files": ["*"], "parts": parts}])
    kit.csv("a.csv", ["编号,数量,说明", "A,1,", "B,2,", ",,", "地点,物质,合计量", "C,苯,3", "D,甲苯,4"])
    kit.load()
    rows = kit.rows("select code, pollutant_id, amount_t from raw.site_entry order by code")
    assert rows == [("A", None, 1.0), ("B", None, 2.0), ("C", "71-43-2", 3.0), ("D", "108-88-3", 4.0)]
    assert kit.quarantine() == []


def test_a_head_that_says_only_its_first_columns_again_keeps_the_others(tmp_path: Path) -> None:
    kit = _kit(tmp_path, {"seen_on": {"aliases": ["日期"]}, "amount_t": {"aliases": ["数量"]}})
    second = ["编号,日期,", "B,2025-01-02,2000"]
    kit.csv("a.csv", ["编号,日期,数量(kg/a)", "A,2025-01-01,1000", *second, "日期,编号,旁注", "2025-01-03,C,3"])
    kit.load()
    assert kit.rows("select code, amount_t, _row from raw.site_entry order by 1") == [
        ("A", 1.0, 2), ("B", 2.0, 4), ("C", None, 6),
    ]  # fmt: skip
    assert kit.rows("select row_number, reason_code from intake.skipped order by 1") == [
        (3, "SKIP-HEADER"), (5, "SKIP-HEADER"),
    ]  # fmt: skip


def test_banner_rows_set_the_section_of_the_rows_below(tmp_path: Path) -> None:
    table = raw_table("site_limit", ["code"], [column("code"), column("block")])
    columns = {"code": CODE, "block": {"aliases": ["类别"], "section": ["主要排放口", "一般排放口"]}}
    part = {"table": "site_limit", "columns": columns}
    kit = Kit(tmp_path, [table], [{"form_id": "s", "files": ["*"], "parts": [part]}])
    kit.csv("a.csv", ["编号,数量", "主要排放口,", "A,1", "B,1", "一般排放口,", "C,1"])
    kit.csv("b.csv", ["编号,类别", "D,主要排放口"])
    kit.load()
    assert kit.rows("select code, block from raw.site_limit order by 1") == [
        ("A", "主要排放口"), ("B", "主要排放口"), ("C", "一般排放口"), ("D", "主要排放口"),
    ]  # fmt: skip
    assert kit.skipped() == [(2, "SKIP-NOTE"), (5, "SKIP-NOTE")]


def test_banner_rows_may_be_numbered(tmp_path: Path) -> None:
    table = raw_table("site_limit", ["code"], [column("code"), column("block")])
    columns = {"code": CODE, "block": {"aliases": ["类别"], "section": ["主要排放口", "一般排放口"]}}
    part = {"table": "site_limit", "columns": columns}
    kit = Kit(tmp_path, [table], [{"form_id": "s", "files": ["*"], "parts": [part]}])
    kit.csv("a.csv", ["编号,数量", "一、主要排放口,", "A,1", "（二）一般排放口：,", "B,1", "一般排放口,", "C,1"])
    kit.load()
    assert kit.rows("select code, block from raw.site_limit order by 1") == [
        ("A", "主要排放口"), ("B", "一般排放口"), ("C", "一般排放口"),
    ]  # fmt: skip
    assert kit.skipped() == [(2, "SKIP-NOTE"), (4, "SKIP-NOTE"), (6, "SKIP-NOTE")]


def test_instrument_marks_null_the_numbers_of_the_row(tmp_path: Path) -> None:
    columns = {"value": {"aliases": ["浓度"]}, "amount_t": {"aliases": ["数量"]}, "pollutant_id": {"aliases": ["物质"]}}
    table = raw_table("site_entry", ["code"], [*ENTRY.columns, column("status")])
    part = {
        "table": "site_entry",
        "columns": {"code": CODE, "status": {"aliases": ["标记"], "flag_unless": ["正常"]}, **columns},
    }
    kit = Kit(tmp_path, [table], [{"form_id": "f", "files": ["*"], "parts": [part]}])
    kit.csv("a.csv", ["编号,浓度,数量,标记", "A,1,2,正常", "B,3,4,校准", "C,5,6,"])
    kit.load()
    assert kit.rows("select code, value, value_qualifier, amount_t, status, _flags from raw.site_entry") == [
        ("A", 1.0, "", 2.0, "正常", []), ("B", None, "flag", None, "校准", ["FLAGGED"]), ("C", 5.0, "", 6.0, None, []),
    ]  # fmt: skip


def test_pick_join_assume_and_fill_blank(tmp_path: Path) -> None:
    columns = {
        "value": {"aliases": ["温度"], "assume": {"常温": 20}},
        "amount_t": {"aliases": ["说明"], "pick": "([0-9.]+)吨"},
        "pollutant_id": {"aliases": ["物质"]},
        "seen_on": {"join": ["年", "月"], "template": "{0}-{1}-01"},
    }
    kit = Kit(tmp_path, [ENTRY], [_form({"code": {**CODE, "fill_blank": True}, **columns})])
    kit.csv("a.csv", ["编号,温度,说明,年,月,物质", "A,常温,约3.5吨,2025,03,苯", ",80,没有,,,甲苯"])
    kit.load()
    cell = "json_extract_string(_cells, '$.amount_t')"
    assert kit.rows(f"select code, value, amount_t, seen_on, _flags, {cell} from raw.site_entry") == [
        ("A", 20.0, 3.5, datetime.date(2025, 3, 1), ["ASSUMED"], "约3.5吨"), ("A", 80.0, None, None, [], "没有"),
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_any_encoding_gives_the_same_rows(tmp_path: Path, encoding: str) -> None:
    kit = _kit(tmp_path, {})
    kit.csv("a.csv", ["编号,x", "㐂镕有限公司,1"], encoding)
    kit.load()
    assert kit.rows("select code from raw.site_entry") == [("㐂镕有限公司",)]


def test_hostile_cells_are_data(tmp_path: Path) -> None:
    kit = _kit(tmp_path, {})
    hostile = [
        "=cmd|' /C calc'!A0",
        "<script>alert(1)</script>",
        "'; drop table raw.site_entry; --",
        "{{ 7*7 }}",
        "%s\\",
    ]
    path = kit.path("'; drop.csv")
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([["编号", "'; drop table x"], *([text, "1"] for text in hostile)])
    kit.load()
    cells = kit.rows("select json_extract_string(_cells, '$.code') from raw.site_entry order by _row")
    assert [row[0] for row in cells] == hostile


def test_whole_numbers_beyond_the_column_are_quarantined(tmp_path: Path) -> None:
    kit = _kit(tmp_path, {"count": {"aliases": ["人数"]}})
    kit.csv("a.csv", ["编号,人数", "A,12", "B,99999999999"])
    kit.load()
    assert kit.rows("select count from raw.site_entry") == [(12,)]
    assert kit.quarantine()[0][3] == "NUMBER-PHYSICAL"


def test_loading_twice_changes_nothing(tmp_path: Path) -> None:
    kit = _kit(tmp_path, {"amount_t": {"aliases": ["数量"]}})
    kit.csv("a.csv", ["编号,数量", "A,1", "B,x", "合计,1", "A,1"])
    kit.csv("decisions/d.csv", ["decision_id,kind,object,value", "a,freeze,screening.cut_score,1", "b,odd,p,1"])
    kit.load()
    names = (
        "raw.site_entry",
        *(f"intake.{n}" for n in ("source_file", "quarantine", "skipped", "file_column", "decision")),
    )
    before = [kit.rows(f"select * from {name} order by all") for name in names]
    kit.load(kit.files())
    assert [kit.rows(f"select * from {name} order by all") for name in names] == before


def test_a_file_that_breaks_a_query_is_refused_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ehpilot.landing.layout import sheets

    whole = sheets.open_file

    def breaks(con: Any, file: Any, scratch: str = "") -> Any:
        if file.path.endswith("b.csv"):
            raise RuntimeError("a fault nobody thought of")
        return whole(con, file, scratch)

    monkeypatch.setattr("ehpilot.landing.source_load.open_file", breaks)
    kit = _kit(tmp_path, {})
    kit.csv("a.csv", ["编号,x", "A,1"])
    kit.csv("b.csv", ["编号,x", "B,1"])
    kit.load()
    assert kit.counts() == {"site/a.csv": (1, 1, 0, 0), "site/b.csv": (1, 0, 1, 0)}
    ((code, message),) = kit.rows("select reason_code, message from intake.quarantine")
    assert code == "FILE-TYPE"
    assert "a fault nobody thought of" in message
