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
from tests.landing.entry_kit import entry_kit
from tests.landing.intake_kit import Kit, column, raw_table


def test_rows_become_records_with_their_place_and_their_cells(tmp_path: Path) -> None:
    kit = entry_kit(tmp_path, {"amount_t": {"aliases": ["数量"]}})
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
    kit = entry_kit(tmp_path, {"amount_t": {"aliases": ["数量"]}})
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
    kit = entry_kit(tmp_path, {})
    kit.csv("a.csv", ["编号,x", "合计算科技公司,1", "全厂合计,1", "注塑车间,1", "说明书印刷厂,1", "Total Oil,1"])
    kit.load()
    assert kit.counts()["site/a.csv"] == (5, 5, 0, 0)


def test_totals_can_be_switched_off(tmp_path: Path) -> None:
    kit = entry_kit(tmp_path, {}, part={"totals": []})
    kit.csv("a.csv", ["编号,x", "合计,1"])
    kit.load()
    assert kit.counts()["site/a.csv"] == (1, 1, 0, 0)


def test_a_record_with_two_faults_is_one_record_with_two_messages(tmp_path: Path) -> None:
    kit = entry_kit(
        tmp_path, {"amount_t": {"aliases": ["数量"]}, "pollutant_id": {"aliases": ["物质"], "required": True}}
    )
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
    kit = entry_kit(tmp_path, columns)
    kit.csv("a.csv", ["编号,物质,数量", "A,苯,——", "B,--,1"])
    kit.load()
    assert kit.rows("select code, amount_t, _flags from raw.site_entry") == [("A", None, ["MISSING-MARK"])]
    assert kit.quarantine() == [(3, "物质", "--", "REQUIRED-EMPTY")]


def test_zero_is_no_missing_minimum(tmp_path: Path) -> None:
    kit = entry_kit(tmp_path, {"amount_t": {"aliases": ["数量"]}})
    kit.csv("a.csv", ["编号,数量", "A,0", "B,-0.1"])
    kit.load()
    assert [row[3] for row in kit.quarantine()] == ["NUMBER-NEGATIVE"]


def test_measurements_bring_their_companions(tmp_path: Path) -> None:
    kit = entry_kit(tmp_path, {"value": {"aliases": ["结果"]}})
    kit.csv("a.csv", ["编号,结果", "A,1.5", "B,<0.5", "C,ND", "D,", "E,2000000000"])
    kit.load()
    assert kit.rows("select code, value, value_text, value_qualifier, value_limit from raw.site_entry") == [
        ("A", 1.5, "1.5", "", None), ("B", None, "<0.5", "<", 0.5), ("C", None, "ND", "ND", None),
        ("D", None, None, None, None),
    ]  # fmt: skip
    assert kit.quarantine()[0][3] == "NUMBER-PHYSICAL"


def test_a_unit_stands_in_the_cell_or_in_the_header(tmp_path: Path) -> None:
    kit = entry_kit(tmp_path, {"limit_value": {"aliases": ["限值"]}, "amount_t": {"aliases": ["年限值"]}})
    kit.csv("a.csv", ["编号,限值(μg/m3),年限值(kg/a)", "A,20 mg/m3,500", "B,30,1500.5", "C,5 mg/斗,1"])
    kit.load()
    assert kit.rows("select code, limit_value, limit_value_unit, amount_t from raw.site_entry") == [
        ("A", 20.0, "mg/m3", 0.5), ("B", 30.0, "μg/m3", pytest.approx(1.5005)),
    ]  # fmt: skip
    assert kit.quarantine() == [(4, "限值(μg/m3)", "5 mg/斗", "UNIT-UNKNOWN")]


def test_two_columns_may_read_one_cell(tmp_path: Path) -> None:
    kit = entry_kit(tmp_path, {"valid_from": {"aliases": ["有效期限"]}, "valid_to": {"aliases": ["有效期限"]}})
    kit.csv("a.csv", ["编号,有效期限", "A,2023-05-01至2028-04-30", "B,近期"])
    kit.load()
    assert kit.rows("select valid_from, valid_to from raw.site_entry") == [
        (datetime.date(2023, 5, 1), datetime.date(2028, 4, 30))
    ]  # fmt: skip
    assert kit.quarantine() == [(3, "有效期限", "近期", "DATE")], "one cell, one message"


def test_beginning_and_end_may_stand_in_columns_of_their_own(tmp_path: Path) -> None:
    kit = entry_kit(
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
    kit = entry_kit(tmp_path, place)
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
    kit = entry_kit(tmp_path, {"longitude": {"aliases": ["经度"]}, "latitude": {"aliases": ["纬度"]}}, **facts)
    kit.csv("a.csv", ["编号,经度,纬度", "A,116.4,39.9"])
    kit.load()
    assert kit.rows("select _flags from raw.site_entry") == [(flags,)]


def test_degrees_minutes_and_seconds_of_three_columns_are_one_angle(tmp_path: Path) -> None:
    three = {"compose_dms": ["经度(度)", "经度(分)", "经度(秒)"]}
    kit = entry_kit(tmp_path, {"longitude": three, "latitude": {"aliases": ["纬度"]}})
    lines = ["A,121,30,36,29.9", "B,,,,29.9", "C,-,-,-,29.9", "D,/,/,/,-", "E,121,30,-,29.9"]
    kit.csv("a.csv", ["编号,经度(度),经度(分),经度(秒),纬度", *lines])
    kit.load()
    assert kit.rows("select code, round(longitude, 6), _flags from raw.site_entry order by 1") == [
        ("A", 121.51, []), ("B", None, []), ("C", None, ["MISSING-MARK"]), ("D", None, ["MISSING-MARK"]),
        ("E", 121.5, []),
    ]  # fmt: skip


def test_personal_texts_stand_nowhere(tmp_path: Path) -> None:
    kit = entry_kit(tmp_path, {"person": {"aliases": ["联系人"], "required": True}, "amount_t": {"aliases": ["数量"]}})
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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_any_encoding_gives_the_same_rows(tmp_path: Path, encoding: str) -> None:
    kit = entry_kit(tmp_path, {})
    kit.csv("a.csv", ["编号,x", "㐂镕有限公司,1"], encoding)
    kit.load()
    assert kit.rows("select code from raw.site_entry") == [("㐂镕有限公司",)]


def test_hostile_cells_are_data(tmp_path: Path) -> None:
    kit = entry_kit(tmp_path, {})
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
    kit = entry_kit(tmp_path, {"count": {"aliases": ["人数"]}})
    kit.csv("a.csv", ["编号,人数", "A,12", "B,99999999999"])
    kit.load()
    assert kit.rows("select count from raw.site_entry") == [(12,)]
    assert kit.quarantine()[0][3] == "NUMBER-PHYSICAL"


def test_loading_twice_changes_nothing(tmp_path: Path) -> None:
    kit = entry_kit(tmp_path, {"amount_t": {"aliases": ["数量"]}})
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
    kit = entry_kit(tmp_path, {})
    kit.csv("a.csv", ["编号,x", "A,1"])
    kit.csv("b.csv", ["编号,x", "B,1"])
    kit.load()
    assert kit.counts() == {"site/a.csv": (1, 1, 0, 0), "site/b.csv": (1, 0, 1, 0)}
    ((code, message),) = kit.rows("select reason_code, message from intake.quarantine")
    assert code == "FILE-TYPE"
    assert "a fault nobody thought of" in message
