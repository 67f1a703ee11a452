"""Papers of projects, platforms, procedures, schemes and details as clerks write them: units, marks, dates, keys.

Does not belong here: that every column has its place (test_national_layouts.py), AERMOD's texts (test_aermod.py).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest
import xlsxwriter

from ehpilot.demo import names
from ehpilot.landing.books.accounting import create_intake_tables
from ehpilot.landing.folder.inventory import take_inventory
from ehpilot.landing.intake import IntakeContext, load_source
from ehpilot.profile import load_profile
from ehpilot.register import Register

CODE = names.credit_code(1, "park_jia")
PERMIT = f"{CODE}001P"
NAME = "示例甲子聚酯有限公司（虚构）"
TANK = "许可证编号 储罐编号 罐型 直径(m) 高度(m) 物料 年周转量(t) 储存温度(℃) 涂层颜色"
BALANCE = "许可证编号 装置 物料 投入(t) 产品带出(t) 废水带出(t) 固废带出(t) 回收(t) 销毁(t) 报告期"
PROJECT = "项目编号 项目名称 建设单位 统一社会信用代码 所属园区 行业代码 阶段 环评批复文号 预计投产日期"
PLAN = "规划编号 规划名称 地块 经度 纬度 面积(km2) 产业 规模 污染物 介质 情景 排放量(t/a)"
READING = (
    "企业 统一社会信用代码 装置 密封点编号 密封点类型 介质状态 检测日期 净检测值({}) 修复日期 运行小时 污染物组分(%)"
)
Sheets = dict[str, Sequence[Sequence[Any]]]


class Office:
    """A landing folder that is filled by hand and loaded a source at a time."""

    def __init__(self, folder: Path) -> None:
        self.landing = folder / "landing"
        self.con = duckdb.connect()
        self.register, self.profile = Register.load(), load_profile("demo")
        create_intake_tables(self.con, self.register)

    def xlsx(self, name: str, sheets: Sheets) -> None:
        path = self.landing / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
            for sheet, rows in sheets.items():
                page = book.add_worksheet(sheet)
                for number, row in enumerate(rows):
                    page.write_row(number, 0, row)

    def csv(self, name: str, text: str, encoding: str = "utf-8") -> None:
        path = self.landing / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode(encoding))

    def load(self, source: str) -> None:
        inventory = take_inventory(self.landing, self.profile, self.register)
        load_source(self.con, inventory, source, IntakeContext.create(self.profile, self.register))

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.con.execute(sql).fetchall()

    def faults(self) -> list[tuple[Any, ...]]:
        return self.rows("select field, value, reason_code from intake.quarantine order by all")


@pytest.fixture
def office(tmp_path: Path, key_folder: Path) -> Office:
    return Office(tmp_path)


def test_what_firms_add_to_their_report(office: Office) -> None:
    office.xlsx("permit/执行报告_2025.xlsx", {
        "储罐": [TANK.split(),
               [PERMIT, "V001", "内浮顶罐", 12.5, "11米", "苯乙烯", "1,200", "常温", "白色"]],
        "装卸": [["许可证编号", "装卸方式", "物料", "年装载量(kg)", "温度(℃)", "回收效率(%)"],
               [PERMIT, "船舶装载", "苯乙烯", 500000, "/", "95%"]],
        "火炬": [["许可证编号", "火炬编号", "年燃烧气量(m3)", "组分(%)", "燃烧效率(%)"],
               [PERMIT, "HJ001", "1.2×10⁶", "乙烯 20;甲烷 80", 98]],
        "物料衡算": [BALANCE.split(),
                 [PERMIT, "一期", "苯乙烯", 100, 98, 0.1, "--", 1, 0.5, "2025年"]],
        "主要产品产量": [["许可证编号", "装置", "名称", "计量单位", "数量", "报告期"],
                   [PERMIT, "一期", "聚苯乙烯", "吨", 98, "2025年"],
                   [PERMIT, "二期", "聚苯乙烯", "吨", 99, "2025年"]],
    })  # fmt: skip
    office.load("permit")
    assert office.faults() == []
    assert office.rows("select record_year, height_m, turnover_t, temperature_c, _flags from raw.permit_tank") == [
        (2025, 11.0, 1200.0, 20.0, ["ASSUMED"])
    ]
    assert office.rows("select loaded_t, temperature_c, recovery_efficiency_pct from raw.permit_loading") == [
        (500.0, None, 95.0)
    ]
    assert office.rows("select gas_m3, combustion_efficiency_pct from raw.permit_flare") == [(1.2e6, 98.0)]
    assert office.rows("select input_t, waste_t, destroyed_t, period from raw.permit_balance") == [
        (100.0, None, 0.5, "2025")
    ]
    assert office.rows("select plant, quantity from raw.permit_product order by plant") == [
        ("一期", 98.0),
        ("二期", 99.0),
    ]


def test_a_scheme_that_goes_on_has_no_end(office: Office) -> None:
    head = ["点位编号", "项目", "频次", "方法", "实施单位", "起", "止"]
    office.xlsx("monitoring/现行监测方案.xlsx", {"方案": [
        head, ["A01", "苯", "每月1次", "HJ 759-2023", "示例站", "2024-01-01", "至今"],
        ["A01", "苯", "每季1次", "", "示例站", dt.date(2023, 1, 1), dt.date(2023, 12, 31)],
        ["A01", "挥发性有机物（57项）", "每月1次", "", "示例站", "2024年1月1日", ""],
    ]})  # fmt: skip
    office.load("monitoring")
    assert office.faults() == []
    assert office.rows("select item, valid_from, valid_to from raw.monitoring_plan order by all") == [
        ("挥发性有机物（57项）", dt.date(2024, 1, 1), None), ("苯", dt.date(2023, 1, 1), dt.date(2023, 12, 31)),
        ("苯", dt.date(2024, 1, 1), None),
    ]  # fmt: skip


@pytest.mark.parametrize(("unit", "factor"), [("µmol/mol", 1.0), ("ppm", 1.0), ("%", 1.0)])
def test_readings_of_points_below_the_instrument_are_non_detects(office: Office, unit: str, factor: float) -> None:
    office.xlsx("monitoring/LDAR检测明细_2025.xlsx", {"明细": [
        READING.format(unit).split(),
        [NAME, CODE, "一期", "M-1", "阀门", "轻液", "2025-03-01", 2500, "2025-03-09", 8000, "苯乙烯 60"],
        [NAME, CODE, "一期", "M-2", "法兰", "轻液", "2025-03-01", "<1", "", 8000, ""],
    ]})  # fmt: skip
    office.load("monitoring")
    read = office.rows(
        "select net_reading, net_reading_qualifier, unit from raw.monitoring_leak_reading order by seal_point_no"
    )
    if unit == "%":  # no mole fraction of the unit table: never read as ppm
        assert all(value is None or found != "ppm" for value, _, found in read)
    else:
        assert read == [(2500.0 * factor, "", "ppm"), (None, "<", "ppm")]
    assert office.rows("select count(*) from raw.monitoring_leak") == [(0,)]


def test_projects_and_plans_keep_places_and_loads(office: Office) -> None:
    release = ["项目编号", "排放口编号", "类型", "经度", "纬度", "排气筒高度(m)", "污染物", "介质", "新增排放量(kg/a)",
               "以新带老削减量(t/a)", "区域削减量(t/a)", "来源"]  # fmt: skip
    office.xlsx("project/建设项目.xlsx", {
        "项目": [PROJECT.split(),
               ["XM1", "扩建（虚构）", NAME, CODE, "甲港园区", "C2653", "在建", "/", "2027年6月30日"]],
        "排放": [release,
               ["XM1", "DA101", "有组织", "122°30′00″", "28°30′00″", 35, "苯乙烯", "废气", 450, 0.2, "/", "设计"]],
    })  # fmt: skip
    office.xlsx("project/规划.xlsx", {"规划": [
        PLAN.split(),
        ["GH1", "规划（虚构）", "A-01", 122.5, 28.5, 0.4, "树脂", "10万吨", "苯乙烯", "废气", "近期", 3.2],
        ["GH1", "规划（虚构）", "A-01", 122.5, 28.5, 0.4, "树脂", "20万吨", "苯乙烯", "废气", "远期", 6.4],
    ]})  # fmt: skip
    office.load("project")
    assert office.faults() == []
    assert office.rows("select industry_code, approval_no, due_production_on from raw.project_project") == [
        ("C2653", None, dt.date(2027, 6, 30))
    ]
    columns = "longitude, latitude, pollutant_id, increment_t, replaced_t, reduction_t"
    assert office.rows(f"select {columns} from raw.project_release") == [
        (122.5, 28.5, "100-42-5", pytest.approx(0.45), 0.2, None)
    ]
    assert office.rows("select scenario, emission_t from raw.project_plan_release order by 2") == [
        ("近期", 3.2), ("远期", 6.4)
    ]  # fmt: skip


def test_procedures_and_files_of_platforms(office: Office) -> None:
    office.xlsx("procedure/环保手续.xlsx", {"手续": [
        ["企业", "统一社会信用代码", "种类", "文号", "日期", "有效期", "内容"],
        [NAME, CODE, "应急预案", "990000-2025-001-M", "2025-03-01", "2025-03-01至2028-02-28", ""],
        [NAME, CODE, "环评", "甲环建〔2020〕1号", "2020.5.6", "长期", "扩建"],
        [NAME, "", "信访", "", dt.date(2026, 5, 1), "", "异味"],
    ]})  # fmt: skip
    office.csv("platform/绿码.csv", "平台编号,码色,时间,原因\nP1,红码,2026-03-01 24:00,超标\n", "gb18030")
    office.csv(
        "platform/预警记录.csv",
        "站点,时间,指标,值,限值,级别,处置\nZD01,2026-03-01 08:00,苯,12,10,二级,已处置\n,2026-03-01 08:00,苯,1,1,,\n",
    )
    office.csv("platform/接收回执.csv", "包编号,接收时间,结果,说明\nB1,2026/3/1 8:00,成功,\n")
    office.xlsx("platform/企业对照.xlsx", {"对照": [
        ["平台", "平台编号", "统一社会信用代码", "许可证编号", "企业名称"], ["甲平台", "P1", CODE, PERMIT, NAME],
    ]})  # fmt: skip
    office.load("procedure")
    office.load("platform")
    assert [fault[2] for fault in office.faults()] == ["REQUIRED-EMPTY"]
    assert office.rows("select procedure_kind, dated_on, valid_until from raw.procedure_record order by 2") == [
        ("环评", dt.date(2020, 5, 6), None), ("应急预案", dt.date(2025, 3, 1), dt.date(2028, 2, 28)),
        ("信访", dt.date(2026, 5, 1), None),
    ]  # fmt: skip
    assert office.rows("select coded_at from raw.platform_code") == [(dt.datetime(2026, 3, 2),)]
    assert office.rows("select value, limit_value from raw.platform_warning") == [(12.0, 10.0)]
    assert office.rows("select permit_no from raw.platform_enterprise") == [(PERMIT,)]


def test_the_frame_is_no_sampling_report_and_a_fact_of_scoring_none_of_supervision(office: Office) -> None:
    office.csv("literacy/抽样框.csv", "村居,街道,类别,户数,15–69岁人数\n示例村,示例东街道,农村,300,640\n")
    office.csv("literacy/抽样.csv", "街道,抽样,应答,复核\n示例东街道,100,92,6\n")
    office.csv("literacy/抽样_2026.csv", "街道,抽样,应答,复核\n示例东街道,80,75,5\n")
    fact = ["对象类型", "对象编号", "事实", "数值", "单位", "日期", "佐证"]
    office.xlsx(
        "pilot/评分事实.xlsx", {"事实": [fact, ["奖补申报", "JB001", "spread_count", 3, "家", "2026-03-01", "材料"]]}
    )
    office.xlsx("pilot/宣传活动.xlsx", {"活动": [["类型", "日期", "主题", "学时", "人数", "前测", "后测"],
                                         ["培训", "2026-03-01", "毒理", 4, 30, 55, 72.5]]})  # fmt: skip
    for source in ("literacy", "pilot"):
        office.load(source)
    assert office.faults() == []
    assert office.rows("select village, households, people_15_69 from raw.literacy_frame") == [("示例村", 300, 640)]
    sampled = office.rows("select survey_year, street, responded from raw.literacy_sampling order by responded")
    assert sampled == [(2026, "示例东街道", 75), (None, "示例东街道", 92)]
    assert office.rows("select object_id, value, unit from raw.pilot_fact") == [("JB001", 3.0, "家")]
    assert office.rows("select class_hours, score_after from raw.pilot_campaign") == [(4.0, 72.5)]
