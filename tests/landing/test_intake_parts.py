"""What a form says beside its columns: constants, routes, several parts, banners, marks of instruments, rules of cells.

Does not belong here: a plain table (``test_intake_tables``).
"""

from __future__ import annotations

import datetime
from pathlib import Path

from tests.landing.entry_kit import CODE, ENTRY, entry_form, entry_kit
from tests.landing.intake_kit import Kit, column, raw_table


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
    kit = entry_kit(tmp_path, {"seen_on": {"aliases": ["日期"]}, "amount_t": {"aliases": ["数量"]}})
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
    kit = Kit(tmp_path, [ENTRY], [entry_form({"code": {**CODE, "fill_blank": True}, **columns})])
    kit.csv("a.csv", ["编号,温度,说明,年,月,物质", "A,常温,约3.5吨,2025,03,苯", ",80,没有,,,甲苯"])
    kit.load()
    cell = "json_extract_string(_cells, '$.amount_t')"
    assert kit.rows(f"select code, value, amount_t, seen_on, _flags, {cell} from raw.site_entry") == [
        ("A", 20.0, 3.5, datetime.date(2025, 3, 1), ["ASSUMED"], "约3.5吨"), ("A", 80.0, None, None, [], "没有"),
    ]  # fmt: skip
