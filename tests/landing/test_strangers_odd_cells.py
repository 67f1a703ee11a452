"""Odd but legal cells and heads in papers of the national forms: each is read as a person would, or is a fault.

Does not belong here: faults of whole files (test_strangers_files), what a sheet says beside its cells
(test_strangers_variants).
"""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from ehpilot.landing.values.kinds import fast_sql, parse_distinct
from tests.landing.test_strangers_variants import CODE, PERMIT, Folder, _keys, folder

__all__ = ["_keys", "folder"]

TREATMENT = ["许可证编号", "设施编号", "技术", "对应排放口", "运行小时", "投运率", "去除率"]


def test_codes_of_full_width_are_those_of_half_width(folder: Folder) -> None:
    folder.xlsx("permit/排污单位基本信息.xlsx", "S", [
        ["许可证编号", "单位名称", "统一社会信用代码", "行业类别", "经度", "纬度"],
        [PERMIT, "虚构（甲）公司", CODE, "Ｃ２６５１ 初级形态塑料（树脂）制造", "121.8", "29.9"],
    ])  # fmt: skip
    folder.xlsx("permit/许可排放限值.xlsx", "S", [
        ["许可证编号", "排放口编号", "污染物种类", "许可排放浓度限值", "许可排放速率限值", "第一年"],
        [PERMIT, "ＤＡ００１", "苯", "≤4mg/m3", "<0.5kg/h", 1.2], [PERMIT, "DA002", "苯", "≥4mg/m3", "", 1.2],
    ])  # fmt: skip
    folder.load("permit")
    site = folder.rows("select name, industry_code, industry_name from raw.permit_site")
    assert site == [("虚构（甲）公司", "C2651", "C2651 初级形态塑料（树脂）制造")]
    limits = folder.rows("select outlet_no, concentration_limit, rate_limit from raw.permit_limit")
    assert limits == [("DA001", 4.0, 0.5)]
    assert folder.faults() == [(3, "NUMBER-RANGE")], "a lower bound is no upper limit"


@pytest.mark.parametrize(("text", "read"), [
    ("ＤＡ００１", "DA001"), ("ＷＴ－００１", "WT-001"), ("Ｂ", "B"), ("甲１号，乙（２）", "甲1号，乙（2）"),
    ("（甲）：乙", "（甲）：乙"), ("DA001", "DA001"),
])  # fmt: skip
def test_only_letters_and_digits_change_their_width(text: str, read: str) -> None:
    assert parse_distinct("text", [text]).column("value").to_pylist() == [read]


def test_plain_texts_of_full_width_take_the_careful_way(folder: Folder) -> None:
    texts = ["ＤＡ００１", "DA００１", "甲１", "DA001", "甲（一）"]
    quick = fast_sql("text", "t")
    found = folder.rows(f"select {quick} from (select unnest({texts}) as t)")
    assert found == [(None,), (None,), (None,), ("DA001",), ("甲（一）",)]


def test_a_rate_without_a_per_cent_sign_up_to_one_is_a_share(folder: Folder) -> None:
    folder.xlsx("permit/执行报告_2025.xlsx", "治理设施", [
        TREATMENT, [PERMIT, "TA001", "RTO", "DA001", 8000, "98%", 0.6],
        [PERMIT, "TA002", "RTO", "DA001", 8000, 1, "95"],
        [PERMIT, "TA003", "RTO", "DA001", 8000, 0.07, 0], [PERMIT, "TA004", "RTO", "DA001", 8000, "", "0.9%"],
    ])  # fmt: skip
    folder.load("permit")
    found = folder.rows(
        "select run_rate_pct, removal_efficiency_pct, 'ASSUMED' in _flags from raw.permit_treatment order by all"
    )
    assert found == [(7.0, 0.0, True), (98.0, 60.0, True), (100.0, 95.0, True), (None, 0.9, False)]


def test_a_rate_under_a_per_cent_sign_is_what_it_says(folder: Folder) -> None:
    folder.csv("census/G103_废气.csv", [
        "统一社会信用代码,排放口编号,污染物名称,产生量,排放量,计量单位,核算方法,治理工艺,去除率(%)",
        f"{CODE},DA001,氮氧化物,1,0.9,吨,监测,无,0.9",
    ])  # fmt: skip
    folder.load("census")
    assert folder.rows("select removal_efficiency_pct, _flags from raw.census_release") == [(0.9, [])]


def test_both_halves_of_a_validity_under_one_head(folder: Folder) -> None:
    folder.xlsx("permit/排污单位基本信息.xlsx", "S", [
        ["序号", "许可证编号", "单位名称", "统一社会信用代码", "中心坐标", "", "有效期限", "", "管理类别"],
        ["", "", "", "", "经度", "纬度", "起", "止", ""],
        [1, PERMIT, "虚构甲公司", CODE, "121.8", "29.9", "2023/5/1", "2028年4月30日", "重点"], ["共1家"],
    ], merged=["E1:F1", "G1:H1"])  # fmt: skip
    folder.load("permit")
    found = folder.rows("select valid_from, valid_to from raw.permit_site")
    assert found == [(datetime.date(2023, 5, 1), datetime.date(2028, 4, 30))]
    assert (folder.faults(), folder.skips()) == ([], [(4, "SKIP-TOTAL")])


def test_decimal_degrees_in_the_column_of_degrees(folder: Folder) -> None:
    folder.csv("census/G101-1_单位基本情况.csv", [
        "统一社会信用代码,单位详细名称,行业代码,经度(度),经度(分),经度(秒),纬度(度),纬度(分),纬度(秒)",
        f"{CODE},虚构甲公司,２６５１,121.856,,,29.93,0,-",
    ])  # fmt: skip
    folder.load("census")
    found = folder.rows("select industry_code, longitude, latitude from raw.census_site")
    assert found == [("2651", 121.856, 29.93)]


@pytest.mark.parametrize("text", ["121.5°30′", "121.5°0′3″", "121°51.5′30″"])
def test_two_fractions_of_an_angle_contradict(text: str) -> None:
    assert parse_distinct("longitude", [text]).column("error").to_pylist() == ["XY-FORMAT"]


UNITS = {"mg/l": "mg/L", "ug/l": "ug/L", "mg/m3": "mg/m3"}


@pytest.mark.parametrize(("text", "limit", "unit"), [
    ("<0.5mg/L", 0.5, "mg/L"), ("≤ 0.05 ug/L", 0.05, "ug/L"), ("<0.5L", 0.5, ""), ("＜0.5 (L)", 0.5, ""),
    ("<1.2×10-3 mg/L", 0.0012, "mg/L"),
])  # fmt: skip
def test_the_litre_of_a_unit_is_no_mark_of_a_limit(text: str, limit: float, unit: str) -> None:
    options = {"unit_aliases": UNITS, "unit_beside": True}
    found = parse_distinct("measurement", [text], options).to_pylist()[0]
    assert (found["value"], found["limit_value"], found["unit"], found["error"]) == (None, limit, unit, "")


@pytest.mark.parametrize(("text", "value", "error"), [
    ("1.2x10-3mg/m3", 0.0012, ""), ("1.2×10-3 mg/m3", 0.0012, ""), ("5×10-6~8×10-6", None, "NUMBER-RANGE"),
    ("10-20mg/m3", None, "NUMBER-RANGE"), ("10-20", None, "NUMBER-RANGE"),
])  # fmt: skip
def test_the_hyphen_of_a_power_makes_no_range(text: str, value: float | None, error: str) -> None:
    options = {"unit_aliases": UNITS, "unit_beside": True}
    found = parse_distinct("measurement", [text], options).to_pylist()[0]
    assert (found["value"], found["error"]) == (value, error)


@pytest.mark.parametrize("text", ["…", "……", "－－", "——", "--"])
def test_marks_of_nothing(text: str) -> None:
    assert parse_distinct("number", [text]).column("flag").to_pylist() == ["MISSING-MARK"]


@pytest.mark.parametrize(("text", "period"), [
    ("2025年1月1日至2025年12月31日", "2025"), ("2025-01-01至2025-03-31", "2025Q1"), ("20250401-20250630", "2025Q2"),
    ("2025年7月至2025年9月", "2025Q3"), ("2024.02.01-2024.02.29", "2024-02"), ("2025-01至2025-12", "2025"),
    ("2025-01-15至2025-03-31", None), ("2024-01-01至2025-12-31", None), ("2024年1月至2025年3月", None),
    ("2025-01-01~2025-06-30", None), ("2025-02-30至2025-03-31", None),
])  # fmt: skip
def test_a_report_period_by_its_two_ends(text: str, period: str | None) -> None:
    found = parse_distinct("period", [text]).to_pylist()[0]
    assert (found["value"], found["error"]) == (period, "" if period else "DATE")


def test_a_scheme_that_begins_with_a_month(folder: Folder) -> None:
    folder.xlsx("monitoring/现行监测方案.xlsx", "S", [
        ["点位编号", "项目", "频次", "实施单位", "起", "止"], ["A", "苯", "每月一次", "虚构站", "2025-02", "2026年6月"],
        ["A", "甲苯", "每月一次", "虚构站", "2025年", "至今"],
    ])  # fmt: skip
    folder.load("monitoring")
    days = folder.rows("select valid_from, valid_to from raw.monitoring_plan order by item")
    day = datetime.date
    assert sorted(days, key=str) == [(day(2025, 1, 1), None), (day(2025, 2, 1), day(2026, 6, 30))]


LEAK = ["企业", "统一社会信用代码", "装置", "密封点数", "泄漏点数", "核算排放量"]


@pytest.mark.parametrize(("path", "title", "year"), [
    ("LDAR.xlsx", "2024年度LDAR汇总表", 2024), ("LDAR.xlsx", "2024年LDAR汇总（2024年度）", 2024),
    ("2023年/LDAR.xlsx", "LDAR汇总表", 2023), ("2023/甲/LDAR.xlsx", "2024年LDAR汇总表", 2024),
    ("LDAR.xlsx", "填报日期：2026年1月3日", None), ("LDAR.xlsx", "2023年和2024年LDAR", None),
    ("LDAR.xlsx", "LDAR汇总", None), ("LDAR_2025.xlsx", "2024年LDAR汇总表", 2025),
])  # fmt: skip
def test_a_year_that_the_name_does_not_say(folder: Folder, path: str, title: str, year: int | None) -> None:
    folder.xlsx(f"monitoring/{path}", "S", [[title], LEAK, ["虚构甲", CODE, "1#", 100, 3, 1.5]])
    folder.load("monitoring")
    assert folder.rows("select record_year, emission_t from raw.monitoring_leak") == [(year, 1.5)]


def test_a_title_of_another_year_than_the_name(folder: Folder) -> None:
    folder.xlsx("monitoring/LDAR_2025.xlsx", "S", [
        ["2024年度LDAR汇总表"], LEAK, ["虚构甲", CODE, "1#", 100, 3, 1.5],
    ])  # fmt: skip
    folder.load("monitoring")
    assert [code for _, code in folder.faults()] == ["YEAR-AMBIGUOUS"]


def test_a_list_of_places_may_give_ages(folder: Folder) -> None:
    folder.xlsx("receptor/敏感点.xlsx", "S", [
        ["名称", "类型", "经度", "纬度", "人数", "0～14岁", "15—64岁", "65岁及以上"],
        ["虚构小学", "学校", "121.8", "29.9", "1,200人", 1100, 100, "—"],
    ])  # fmt: skip
    folder.load("receptor")
    found = folder.rows(
        "select population, population_under_15, population_15_64, population_65_up from raw.receptor_place"
    )
    assert found == [(1200.0, 1100.0, 100.0, None)]


def test_a_file_outside_the_sources_has_none(folder: Folder, tmp_path: Path) -> None:
    from ehpilot.landing.folder.inventory import take_inventory
    from tests.landing.test_strangers_variants import _national

    folder.csv("其他/x.csv", ["a,b"])
    folder.csv("y.csv", ["a,b"])
    files = take_inventory(folder.landing, *_national()).files
    assert [(file.path, file.source, file.status) for file in files] == [
        ("y.csv", "", "refused"), ("其他/x.csv", "", "refused"),
    ]  # fmt: skip


def test_a_survey_weight_that_is_no_weight_is_a_fault_of_its_line(folder: Folder) -> None:
    """Quarantined, so that one line does not stop a build at the gate."""
    folder.csv("literacy/居民环境健康素养调查_2025.csv", [
        "问卷编号,街道,层,PSU,权重,性别,年龄,教育,城乡,用时s,Q01", "A1,甲街道,城,P1,1.5,男,30,大专,城,600,B",
        "A2,甲街道,城,P1,0,男,31,大专,城,600,B", "A3,甲街道,城,P2,-1,女,32,大专,城,600,B",
    ])  # fmt: skip
    folder.load("literacy")
    assert folder.rows("select weight from raw.literacy_respondent") == [(1.5,)]
    assert sorted(folder.faults()) == [(3, "NUMBER-PHYSICAL"), (4, "NUMBER-NEGATIVE")]
