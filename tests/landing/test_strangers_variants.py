"""Brothers of the strangers' files in other sources: one kind of fault a test, read by the national forms."""

from __future__ import annotations

import datetime
import functools
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest
import xlsxwriter

from ehpilot.kernels.identity import credit_code_check_character
from ehpilot.landing.folder.inventory import take_inventory
from ehpilot.landing.intake import IntakeContext, load_source
from ehpilot.profile import Profile, load_profile
from ehpilot.register import Register


def _credit_code(number: int) -> str:
    first = f"9199029910{number:07d}"
    return first + credit_code_check_character(first)


CODE = _credit_code(5)
PERMIT = f"{CODE}001P"
RELEASE = ["许可证编号", "排放口编号", "污染物", "实际排放量", "核算方法", "报告期"]
LEAK = ["企业", "统一社会信用代码", "装置", "密封点数", "泄漏点数", "核算排放量"]
Rows = Sequence[Sequence[Any]]


@pytest.fixture(autouse=True)
def _keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "keys").mkdir()
    monkeypatch.setenv("EHPILOT_KEY_DIR", str(tmp_path / "keys"))


@functools.cache
def _national() -> tuple[Profile, Register]:
    return load_profile("national"), Register.load()


class Folder:
    """A landing folder being filled and loaded."""

    def __init__(self, root: Path):
        self.landing, self.con = root / "landing", duckdb.connect()

    def path(self, name: str) -> Path:
        path = self.landing / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def csv(self, name: str, lines: Sequence[str]) -> None:
        self.path(name).write_text("\n".join([*lines, ""]), encoding="utf-8")

    def xlsx(self, name: str, sheet: str, rows: Rows, merged: Sequence[str] = (), from_1904: bool = False) -> None:
        """A cell (number, code) has a number format."""
        with xlsxwriter.Workbook(self.path(name), {"date_1904": from_1904}) as book:
            page = book.add_worksheet(sheet)
            for number, row in enumerate(rows):
                for index, cell in enumerate(row):
                    if isinstance(cell, tuple):
                        page.write_number(number, index, cell[0], book.add_format({"num_format": cell[1]}))
                    elif cell is not None:
                        page.write(number, index, cell)
            for cells in merged:
                page.merge_range(cells, None)

    def load(self, source: str) -> None:
        profile, register = _national()
        inventory = take_inventory(self.landing, profile, register)
        load_source(self.con, inventory, source, IntakeContext.create(profile, register))
        wrong = "records_read <> records_loaded + records_quarantined + records_skipped"
        assert self.rows(f"select path from intake.source_file where {wrong}") == []

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.con.execute(sql).fetchall()

    def faults(self) -> list[tuple[Any, ...]]:
        return self.rows("select row_number, reason_code from intake.quarantine order by file_no, 1, 2")

    def skips(self) -> list[tuple[Any, ...]]:
        return self.rows("select row_number, reason_code from intake.skipped order by file_no, 1")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def _release(outlet: Any, quantity: Any, pollutant: str = "苯", period: Any = "2025年") -> list[Any]:
    return [PERMIT, outlet, pollutant, quantity, "手工监测", period]


@pytest.mark.parametrize(("sheet", "above", "below", "tonnes"), [
    ("实际排放量", [["2025年实际排放量（单位：kg）"]], [], 0.45), ("实际排放量(kg)", [], [], 0.45),
    ("实际排放量kg", [], [], 0.45), ("实际排放量（单位千克）", [], [], 0.45), ("实际排放量DA", [], [], 450.0),
    ("实际排放量", [["x", "", "", "单位", "公斤"]], [], 0.45), ("实际排放量", [], [["注：排放量单位为千克"]], 0.45),
    ("实际排放量", [["填报单位：虚构公司", "", "单位：虚构化工厂"]], [], 450.0),
])  # fmt: skip
def test_a_unit_said_about_a_table(folder: Folder, sheet: str, above: Rows, below: Rows, tonnes: float) -> None:
    folder.xlsx("permit/执行报告_2025.xlsx", sheet, [*above, RELEASE, _release("DA001", 450), *below])
    folder.load("permit")
    assert folder.rows("select quantity, unit from raw.permit_release") == [(pytest.approx(tonnes), "t")]


def test_a_unit_that_nobody_knows_is_no_tonne(folder: Folder) -> None:
    folder.xlsx("permit/执行报告_2025.xlsx", "实际排放量", [["单位：百公斤"], RELEASE, _release("DA001", 450)])
    folder.load("permit")
    assert folder.faults() == [(3, "UNIT-UNKNOWN")]


def test_a_column_of_units_in_other_sources(folder: Folder) -> None:
    folder.xlsx("monitoring/LDAR_2025.xlsx", "S", [
        [*LEAK, "单位"], ["虚构", CODE, "甲", 100, 3, 850, "kg"], ["虚构", CODE, "乙", 100, 3, 1.5, "t"],
    ])  # fmt: skip
    folder.csv("monitoring/在线监测_202503.csv", [
        "统一社会信用代码,排放口编号,时间,污染物,实测浓度,浓度单位",
        f"{CODE},DA001,2025-03-01 01:00,二氧化硫,450,ug/m3",
    ])  # fmt: skip
    folder.csv("monitoring/手工监测_202503.csv", [
        "点位编号,采样时间,项目,结果,单位,检出限,检出限单位", "A,2025-03-01,苯,0.002,mg/L,0.4,ug/L",
    ])  # fmt: skip
    folder.load("monitoring")
    assert folder.rows("select emission_t from raw.monitoring_leak order by plant desc") == [(0.85,), (1.5,)]
    assert folder.rows("select value, unit from raw.monitoring_outlet_hour") == [(pytest.approx(0.45), "mg/m3")]
    limits = folder.rows("select detection_limit, detection_limit_unit, _flags from raw.monitoring_sample")
    assert limits == [(0.4, "ug/L", [])]


def test_units_of_stations_stand_anywhere(folder: Folder) -> None:
    folder.csv("monitoring/自动站_202503.csv", [
        "站点,时间,SO2/(μg·m-3),PM2.5 μg/m3,O3_ug/m3,NO2(ppb),NO2(μg/m3)", "A,2025-03-01 01:00,11,12,13,4,8",
        "A,2025-03-01 02:00,,,,5,",
    ])  # fmt: skip
    folder.load("monitoring")
    assert folder.rows("select value, unit from raw.monitoring_station_hour order by sampled_at, 1") == [
        (8, "ug/m3"), (11, "ug/m3"), (12, "ug/m3"), (13, "ug/m3"), (5, "ppb"),
    ]  # fmt: skip
    assert folder.skips() == [(2, "SKIP-DUPLICATE")]


def test_a_second_table_with_another_order_unit_and_title(folder: Folder) -> None:
    head = ["许可证编号", "单位名称", "排放口编号", "污染物", "实际排放量（kg）", "核算方法", "报告期"]
    folder.xlsx("permit/执行报告_2025.xlsx", "实际排放量", [
        [*RELEASE[:3], "实际排放量(t)", *RELEASE[4:]], _release("DA001", 2.5), [], ["表2"], head,
        [PERMIT, "虚构", "DA002", "苯", 450, "手工监测", "2025年"], ["合计", "", "", "", 450],
    ])  # fmt: skip
    folder.load("permit")
    assert folder.rows("select outlet_no, quantity from raw.permit_release order by 1") == [
        ("DA001", 2.5), ("DA002", pytest.approx(0.45)),
    ]  # fmt: skip
    assert [code for _, code in folder.skips()] == ["SKIP-BLANK", "SKIP-NOTE", "SKIP-HEADER", "SKIP-TOTAL"]


def test_a_second_table_that_no_part_can_read(folder: Folder) -> None:
    folder.xlsx("permit/执行报告_2025.xlsx", "实际排放量", [
        RELEASE, _release("DA001", 2.5), ["许可证编号", "排放口编号", "污染物", "许可量"], [PERMIT, "DA002", "苯", 9],
    ])  # fmt: skip
    folder.load("permit")
    assert folder.rows("select outlet_no from raw.permit_release") == [("DA001",)]
    assert (folder.faults(), folder.skips()) == ([(4, "NO-HEADER")], [(3, "SKIP-HEADER")])


def test_a_second_table_of_another_width_in_a_csv(folder: Folder) -> None:
    head = "统一社会信用代码,排放口编号,污染物名称,产生量,排放量,计量单位"
    folder.csv("census/G103_废气.csv", [
        head, f"{CODE},DA001,二氧化硫,100,20,千克", f"{head},核算方法", f"{CODE},DA002,二氧化硫,100,30,克,监测",
    ])  # fmt: skip
    folder.load("census")
    assert folder.rows("select outlet_no, quantity, unit from raw.census_release order by 1") == [
        ("DA001", 20, "kg"), ("DA002", 30, "g"),
    ]  # fmt: skip


def test_keys_as_a_person_sees_them(folder: Folder) -> None:
    cells = [(12, "0000"), (7, '"W"00'), (1.1, "0.00"), (45717, "d-mmm"), (12, "General"), (45717, "yyyy/m/d")]
    head = ["点位编号", "介质", "点位类型", "经度", "纬度"]
    folder.xlsx("monitoring/点位表.xlsx", "S", [head, *([cell, "环境空气", "园区", 121.9, 29.9] for cell in cells)])
    folder.load("monitoring")
    assert folder.rows("select site_id from raw.monitoring_site order by _row") == [
        ("0012",), ("W07",), ("1.10",), ("3-1",), ("12",),
    ]  # fmt: skip
    assert folder.faults() == [(7, "KEY-DATE")]


def test_amounts_that_a_format_scales_or_gives_a_unit(folder: Folder) -> None:
    cells = [(1234567, "0.0,"), (450, '0.0"kg"'), (450, "#,##0.00")]
    rows = [_release(f"DA{number}", cell) for number, cell in enumerate(cells)]
    folder.xlsx("permit/执行报告_2025.xlsx", "实际排放量", [RELEASE, *rows])
    folder.load("permit")
    assert folder.rows("select quantity from raw.permit_release order by _row") == [(pytest.approx(0.45),), (450,)]
    assert folder.faults() == [(2, "UNIT-UNKNOWN")]


@pytest.mark.parametrize("word", [
    "合计", "小计", "总 计", "共计", "合计：", "废气合计", "本页合计", "合计(t)", "有组织合计", "累计", "其中：合计",
])  # fmt: skip
def test_total_words_are_no_outlets(folder: Folder, word: str) -> None:
    folder.xlsx("permit/执行报告_2025.xlsx", "实际排放量", [RELEASE, _release("DA001", 5), _release(word, 5)])
    folder.load("permit")
    assert folder.rows("select outlet_no from raw.permit_release") == [("DA001",)]
    assert folder.skips() == [(3, "SKIP-TOTAL")]


def test_the_sum_of_xylenes_is_a_pollutant(folder: Folder) -> None:
    folder.xlsx("permit/执行报告_2025.xlsx", "实际排放量", [RELEASE, _release("DA001", 5, "二甲苯合计")])
    folder.load("permit")
    assert folder.skips() == []


def test_merged_amounts_and_merged_rates(folder: Folder) -> None:
    folder.xlsx("receptor/用工情况_2025.xlsx", "S", [
        ["企业", "统一社会信用代码", "车间", "岗位", "人数", "每班时长(h)"], ["虚构", CODE, "一", "A", 30, 8],
        ["虚构", CODE, "一", "B"],
    ], ["E2:E3", "F2:F3"])  # fmt: skip
    folder.load("receptor")
    assert folder.rows("select headcount, shift_hours_h, _flags from raw.receptor_job order by job") == [
        (30, 8, []), (None, 8, ["MERGED-AMOUNT"]),
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "year"), [
    ("LDAR_2025年3月报送_2024年度.xlsx", 2024), ("LDAR_20250318_2024.xlsx", None), ("LDAR_2024.xlsx", 2024),
])  # fmt: skip
def test_years_in_a_name(folder: Folder, name: str, year: int | None) -> None:
    folder.xlsx(f"monitoring/{name}", "S", [LEAK, ["虚构", CODE, "甲", 1, 1, 8]])
    folder.load("monitoring")
    assert folder.rows("select record_year from raw.monitoring_leak") == ([(year,)] if year else [])
    assert folder.faults() == ([] if year else [(0, "YEAR-AMBIGUOUS")])


def test_a_column_of_years_decides(folder: Folder) -> None:
    folder.xlsx("monitoring/LDAR_20250318_2024.xlsx", "S", [
        [*LEAK, "年度"], ["虚构", CODE, "甲", 1, 1, 8, 2024], ["虚构", CODE, "乙", 1, 1, 8, "2023年"],
    ])  # fmt: skip
    folder.load("monitoring")
    assert folder.rows("select record_year from raw.monitoring_leak order by _row") == [(2024,), (2023,)]


def test_signs_of_workplaces(folder: Folder) -> None:
    folder.xlsx("monitoring/职业卫生检测_2025.xlsx", "S", [
        ["企业", "统一社会信用代码", "车间", "岗位", "物质", "检出情况", "C-TWA", "计量单位"],
        ["虚构", CODE, "a", "b", "苯", "未检出", 0.6, "mg/m3"], ["虚构", CODE, "a", "c", "苯", "检出", 0.7, "mg/m3"],
        ["虚构", CODE, "a", "d", "苯", "异常", 0.7, "mg/m3"],
    ])  # fmt: skip
    folder.load("monitoring")
    assert folder.rows("select twa, twa_qualifier, twa_limit from raw.monitoring_workplace order by job") == [
        (None, "ND", 0.6), (0.7, "", None),
    ]  # fmt: skip
    assert folder.faults() == [(4, "NUMBER")]


def test_a_time_with_an_offset_and_a_span_of_time(folder: Folder) -> None:
    times = ["2025-02-28T16:00:00.000Z", "2017  4 11", "2025-03-01T08:00:00-05:00", "2025-03-01 10:00-11:00"]
    folder.csv("monitoring/手工监测_202503.csv", [
        "点位编号,采样时间,项目,结果,单位", *(f"A,{time},苯,1,mg/L" for time in times),
    ])  # fmt: skip
    folder.load("monitoring")
    assert folder.rows("select sampled_at from raw.monitoring_sample order by _row") == [
        (datetime.datetime(2025, 3, 1),), (datetime.datetime(2017, 4, 11),), (datetime.datetime(2025, 3, 1, 21),),
    ]  # fmt: skip
    assert folder.faults() == [(5, "DATE")]


@pytest.mark.parametrize(("ring", "flags", "codes"), [
    ([[29.9, 121.9], [29.9, 121.95], [29.95, 121.95], [29.9, 121.9]], ["XY-SWAPPED"], []),
    ([[500000.0, 3154084.0], [500900.0, 3154084.0], [500900.0, 3155084.0], [500000.0, 3154084.0]], None, ["XY-FORMAT"]),
    ([[121.9, 29.9], [121.95, 29.95], [121.95, 29.9], [121.9, 29.95], [121.9, 29.9]], [], []),
])  # fmt: skip
def test_shapes_that_later_steps_can_use(folder: Folder, ring: Any, flags: Any, codes: list[str]) -> None:
    shape = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "properties": {"名称": "P1", "要素类别": "园区"}, "geometry": shape}
    text = json.dumps({"type": "FeatureCollection", "features": [feature]}, ensure_ascii=False)
    folder.path("geography/园区.geojson").write_text(text, encoding="utf-8")
    folder.load("geography")
    loaded = folder.rows("select _flags from raw.geography_feature")
    assert (loaded, [code for _, code in folder.faults()]) == ([] if flags is None else [(flags,)], codes)


def test_limits_of_a_unit_without_a_number(folder: Folder) -> None:
    folder.xlsx("permit/许可排放限值.xlsx", "S", [
        ["许可证编号", "排放口编号", "污染物种类", "许可排放浓度限值", "许可排放速率限值", "第一年"],
        [PERMIT, "DA001", "苯", "/mg/Nm3", "—kg/h", "/t/a"], [PERMIT, "DA002", "苯", "4mg/Nm3", "0.5", "1.5t/a"],
    ])  # fmt: skip
    folder.load("permit")
    limits = "select concentration_limit, rate_limit, annual_limit_t from raw.permit_limit order by _row"
    assert folder.rows(limits) == [(None, None, None), (4, 0.5, 1.5)]
    assert folder.faults() == []


def test_concentrations_beyond_physical_sense(folder: Folder) -> None:
    rows = [
        ("环境空气", "100", "g/m3"),
        ("废气", "100", "g/m3"),
        ("废水", "2000000", "mg/L"),
        ("土壤", "2000000", "mg/kg"),
    ]
    folder.csv("monitoring/手工监测_202503.csv", [
        "样品编号,点位编号,介质,采样时间,项目,结果,单位",
        *(f"{n},A,{medium},2025-02-28,苯,{value},{unit}" for n, (medium, value, unit) in enumerate(rows)),
    ])  # fmt: skip
    folder.csv("monitoring/自动站_202503.csv", ["站点,时间,苯(μg/m3)", "A,2025-03-01 01:00,1000000000"])
    folder.load("monitoring")
    assert folder.rows("select medium from raw.monitoring_sample") == [("废气",)]
    assert [code for _, code in folder.faults()] == ["NUMBER-PHYSICAL"] * 4


def test_a_file_of_two_encodings_names_the_line(folder: Folder) -> None:
    lines = ["统一社会信用代码,单位详细名称,行业代码", f"{_credit_code(6)},宁波虚构甲化工,2614"]
    odd = f"{_credit_code(7)},宁波虚构乙化工有限公司,2614\n"
    path = folder.path("census/G101-1_单位基本情况.csv")
    path.write_bytes("\n".join([*lines, ""]).encode("gbk") + odd.encode())
    folder.load("census")
    assert folder.rows("select name from raw.census_site") == [("宁波虚构甲化工",)]
    assert folder.faults() == [(3, "ENCODING")]


def test_headers_of_appended_files(folder: Folder) -> None:
    head = "站点,时间,SO2(μg/m3)"
    folder.csv("monitoring/自动站_202503.csv", [
        f"\ufeff{head}", "A,2025-03-01 01:00,11", f"\ufeff{head}", "A,2025-03-01 02:00,12",
    ])  # fmt: skip
    folder.load("monitoring")
    assert folder.rows("select value from raw.monitoring_station_hour order by 1") == [(11,), (12,)]
    assert folder.skips() == [(3, "SKIP-HEADER")]
