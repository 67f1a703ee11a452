"""Files as strangers write them, read by the national forms: units, headers and quality control where forms differ."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest
import xlsxwriter

from ehpilot.kernels.identity import credit_code_check_character
from ehpilot.landing.folder.inventory import take_inventory
from ehpilot.landing.intake import IntakeContext, load_source
from ehpilot.profile import load_profile
from ehpilot.register import Register

FIRST_17 = "91990299100000005"
CODE = FIRST_17 + credit_code_check_character(FIRST_17)
PERMIT = f"{CODE}001P"


@pytest.fixture(autouse=True)
def _keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "keys").mkdir()
    monkeypatch.setenv("EHPILOT_KEY_DIR", str(tmp_path / "keys"))


def _path(folder: Path, name: str) -> Path:
    path = folder / "landing" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _xlsx(folder: Path, name: str, sheet: str, rows: Sequence[Sequence[Any]], merged: Sequence[str] = ()) -> None:
    with xlsxwriter.Workbook(_path(folder, name)) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        for cells in merged:
            page.merge_range(cells, None)


def _load(folder: Path, source: str) -> duckdb.DuckDBPyConnection:
    profile, register, con = load_profile("national"), Register.load(), duckdb.connect()
    inventory = take_inventory(folder / "landing", profile, register)
    load_source(con, inventory, source, IntakeContext.create(profile, register))
    return con


def _codes(con: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    return con.execute("select row_number, value, reason_code from intake.quarantine order by 1, 2").fetchall()


def test_quality_control_stands_in_long_files_too(tmp_path: Path) -> None:
    head = "样品编号,点位编号,采样时间,项目,结果,单位"
    rows = ["S1,A1,2025-04-01 10:00,苯,1,mg/m3", "S1-P,A1,2025-04-01 10:00,苯,1.1,mg/m3", "KB1,,,苯,0.5L,mg/m3"]
    _path(tmp_path, "monitoring/手工监测_202504.csv").write_text("\n".join([head, *rows, "JB1,,,苯,95.2%,%", ""]))
    _path(tmp_path, "monitoring/手工监测_202505.csv").write_text(
        "点位编号,采样时间,项目,结果,单位\nA1,2025-05-01,苯,2,mg/m3\n"
    )
    con = _load(tmp_path, "monitoring")
    assert con.execute("select sample_no, value from raw.monitoring_sample order by 2").fetchall() == [
        ("S1", 1.0), (None, 2.0),
    ]  # fmt: skip
    control = con.execute("select qc_kind, sample_no, value, value_limit, unit from raw.monitoring_quality_control")
    assert sorted(control.fetchall(), key=lambda row: row[1]) == [
        ("加标回收", "JB1", 95.2, None, "%"), ("空白", "KB1", None, 0.5, "mg/m3"),
        ("平行样", "S1-P", 1.1, None, "mg/m3"),
    ]  # fmt: skip
    assert _codes(con) == []


def test_a_laboratory_report_keeps_units_of_headers_and_cells(tmp_path: Path) -> None:
    rows = [
        ["检测机构：示例检测"], ["样品编号", "点位编号", "采样时间", "苯", "非甲烷总烃"],
        ["", "", "", "μg/m³", "mg/m³（以碳计）"],
        ["S1", "A1", "2025-03-05 9:30", "2mg/m3", "1.1"], ["S2", "A1", "2025-03-05 24:00", "3kg", "0.9"],
        ["JB1", "", "", "95.2%", "102"], ["样品编号", "点位编号", "采样时间", "苯", "非甲烷总烃"],
        ["", "", "", "μg/m³", "mg/m³（以碳计）"], ["S3", "A1", "2025-03-06", "4", "0.8"],
    ]  # fmt: skip
    _xlsx(tmp_path, "monitoring/手工监测_202503.xlsx", "环境空气", rows, ["A2:A3", "B2:B3", "C2:C3"])
    con = _load(tmp_path, "monitoring")
    assert con.execute("select sample_no, value, unit from raw.monitoring_sample order by 1, 3").fetchall() == [
        ("S1", 1.1, "mg/m3"), ("S1", 2000.0, "ug/m3"), ("S2", 0.9, "mg/m3"), ("S3", 0.8, "mg/m3"), ("S3", 4.0, "ug/m3"),
    ]  # fmt: skip
    control = con.execute("select value, unit from raw.monitoring_quality_control order by 1").fetchall()
    assert control == [(95.2, "%"), (102.0, "%")]
    assert _codes(con) == [(5, "3kg", "UNIT-UNKNOWN")]
    skipped = con.execute("select row_number, reason_code from intake.skipped order by 1").fetchall()
    assert skipped == [(7, "SKIP-HEADER"), (8, "SKIP-HEADER")]


@pytest.mark.parametrize(("unit", "factor"), [("t", 1.0), ("kg", 0.001), ("吨", 1.0), ("t/a", 1.0)])
def test_releases_are_tonnes_whatever_the_header_says(tmp_path: Path, unit: str, factor: float) -> None:
    head = ["许可证编号", "污染物", f"实际排放量（{unit}）", "核算方法", "报告期"]
    rows = [head, [PERMIT, "苯", 1500, "自动监测", "2025年"], [PERMIT, "甲苯", "2t", "自动监测", "2025年"]]
    _xlsx(tmp_path, "permit/执行报告_2025.xlsx", "实际排放量", rows)
    con = _load(tmp_path, "permit")
    assert con.execute("select quantity, unit from raw.permit_release order by _row").fetchall() == [
        (pytest.approx(1500 * factor), "t"), (2.0, "t"),
    ]  # fmt: skip


@pytest.mark.parametrize(("unit", "tonnes"), [("t/a", 1000.0), ("kg/a", 1.0), ("千克", 1.0)])
def test_yearly_limits_follow_the_unit_of_their_common_head(tmp_path: Path, unit: str, tonnes: float) -> None:
    rows = [
        ["许可证编号", "排放口编号", "污染物种类", f"许可年排放量限值（{unit}）", "", "执行标准"],
        ["", "", "", "第一年", "第二年", ""], [PERMIT, "DA001", "苯", 1000, "2t", "GB"],
    ]  # fmt: skip
    _xlsx(tmp_path, "permit/许可排放限值.xlsx", "x", rows, ["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2"])
    con = _load(tmp_path, "permit")
    assert con.execute("select year_no, annual_limit_t from raw.permit_limit order by 1").fetchall() == [
        (1, pytest.approx(tonnes)), (2, 2.0),
    ]  # fmt: skip


def test_the_five_ticks_may_stand_under_one_head(tmp_path: Path) -> None:
    rows = [
        ["环境监管重点单位名录"], ["序号", "单位名称", "统一社会信用代码", "类别"],
        ["", "", "", "水环境", "大气环境", "土壤污染监管", "地下水污染防治", "环境风险管控"],
        [1, "示例甲", CODE, "√", "", "√", "", "√"],
    ]  # fmt: skip
    merged = ["A1:H1", "A2:A3", "B2:B3", "C2:C3", "D2:H2"]
    _xlsx(tmp_path, "key_unit/环境监管重点单位名录_2025.xlsx", "名录", rows, merged)
    con = _load(tmp_path, "key_unit")
    ticks = con.execute("select water, air, soil, groundwater, risk from raw.key_unit_entry").fetchall()
    assert [tuple(bool(tick) for tick in row) for row in ticks] == [(True, False, True, False, True)]
    assert con.execute("select records_read from intake.source_file").fetchall() == [(1,)]
