"""site_survey/: one workbook an enterprise, and the confirmation sheets that came back.

Belongs here: the eight sheets of the survey, the twenty questions, the corrections.
Does not belong here: the scoring of the questions (a dbt seed).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from ehpilot.demo import names
from ehpilot.demo.claims import Errors
from ehpilot.demo.files import Row, Table, write_workbook
from ehpilot.demo.industry import substances
from ehpilot.demo.ledger import Ledger
from ehpilot.demo.world import Site, World

YEAR = 2025
QUESTIONS = (
    "是否建立环境健康风险管理制度并明确责任部门",
    "是否配备专职或兼职环境健康管理人员",
    "是否开展过厂区及周边环境健康风险评估",
    "是否建立有毒有害物质清单并每年更新",
    "是否掌握所用化学物质的 CAS 号与危害信息",
    "是否对重点管控新污染物采取替代、减量或禁用措施",
    "是否开展清洁生产审核并落实方案",
    "储罐、装卸区和管廊是否有防渗漏与围堰",
    "是否按期开展泄漏检测与修复（LDAR）",
    "挥发性有机物废气是否密闭收集",
    "治理设施是否与生产设施同步运行并有台账",
    "废水是否分质收集、雨污分流",
    "是否按自行监测方案开展监测并公开",
    "是否监测特征污染物和新污染物",
    "是否开展地下水和土壤定期监测",
    "是否开展工作场所职业病危害因素检测",
    "是否组织员工职业健康检查并建立档案",
    "是否制定突发环境事件应急预案并演练",
    "厂界与敏感点之间是否满足防护距离要求",
    "是否向周边公众公开环境健康信息或开放设施",
)
PROCESS = ["装置", "工艺单元", "产能", "计量单位"]
MATERIAL = ["名称", "CAS号", "年用量", "计量单位", "最大存量"]
PRODUCT = ["名称", "CAS号", "年产量", "计量单位", "最大存量"]
RELEASE = [
    "工艺环节", "污染物", "排放形式", "产生量", "治理工艺", "去除率", "排放量", "计量单位", "排放去向", "对应排放口",
]  # fmt: skip
TREATMENT = ["设施编号", "设施名称", "治理工艺", "对应排放口", "运行小时", "投运率", "去除率"]
NEW = ["名称", "CAS号", "用途"]


def write(world: World, ledger: Ledger, out: Path) -> None:
    """Write all workbooks of the survey."""
    rng = world.rng("site_survey")
    errors = Errors(world, "site_survey")
    for site in world.those("site_survey"):
        short = site.name.removesuffix("（虚构）")
        _workbook(world, ledger, out, rng, site, f"site_survey/入企调查_{short}.xlsx", errors)
    _corrections(world, ledger, out)


def _workbook(
    world: World, ledger: Ledger, out: Path, rng: np.random.Generator, site: Site, path: str, errors: Errors
) -> None:
    spoilt = world.scale >= 0.5
    sheets = [
        _profile(ledger, rng, site, path), *_technical(ledger, rng, site, path, errors),
        _answers(ledger, rng, site, path), _new_pollutants(ledger, site, path),
    ]  # fmt: skip
    if spoilt and site.number % 11 == 3:
        _spoil(sheets, rng, site.number)
    if site.number % 7 == 2:
        sheets = [sheets[0], *reversed(sheets[1:])]
    write_workbook(out, path, sheets)


def _profile(ledger: Ledger, rng: np.random.Generator, site: Site, path: str) -> Table:
    table = Table(ledger, path, "企业概况", (), [["入企调查表（演示数据，虚构）"]])
    start = date(int(rng.integers(1992, 2020)), int(rng.integers(1, 13)), int(rng.integers(1, 29)))
    ways = (start, start.strftime("%Y/%m/%d"), f"{start.year}年{start.month}月{start.day}日", start.strftime("%Y%m%d"))
    hours = float(site.hours_h_a)
    pairs: list[tuple[str, object]] = [
        ("企业名称", site.name), ("统一社会信用代码", site.credit_code), ("调查年份", YEAR),
        ("曾用名", site.former_name or "无"), ("联系人", names.person(site.number)),
        ("电话", names.telephone(site.number)), ("职工人数", site.employees),
        ("投产日期", ways[site.number % 4]), ("年运行小时", hours),
    ]  # fmt: skip
    row = table.add(list(pairs[0]))
    for pair in pairs[1:]:
        table.add(list(pair), records=0)
    ledger.fact(
        "survey_profiles", path=path, row=row.number, credit_code=site.credit_code, name=site.name,
        production_start=start.isoformat(), run_hours_h_a=hours, employees=site.employees,
    )  # fmt: skip
    return table


def _technical(ledger: Ledger, rng: np.random.Generator, site: Site, path: str, errors: Errors) -> list[Table]:
    process, material, product, release, treatment = (
        Table(ledger, path, name, header)
        for name, header in (
            ("生产工艺", PROCESS), ("原辅材料", MATERIAL), ("主要产品", PRODUCT), ("产排污环节", RELEASE),
            ("治理设施", TREATMENT),
        )
    )  # fmt: skip
    made = site.made_t(YEAR)
    process.add([f"{site.kind.trade}装置", site.kind.unit_name, site.capacity_t, "吨/年"])
    for name, cas, share in site.kind.materials:
        used = float(f"{made * share:.5g}")
        material.add([name, cas or None, used, "吨", float(f"{used / 24:.3g}")])
    product.add([site.kind.product[0], site.kind.product[2] or None, float(f"{made:.6g}"), "吨", None])
    stacks = [outlet for outlet in site.outlets if outlet.outlet_kind == "stack"]
    technology = "SCR脱硝" if site.kind.is_fired else "RTO蓄热燃烧"
    for number, outlet in enumerate(stacks, 1):
        treatment.add([
            f"TA{number:03d}", f"{number}号废气治理设施", technology, outlet.number, float(site.hours_h_a), "98%",
            f"{rng.uniform(60, 97):.1f}%",
        ])  # fmt: skip
    _survey_releases(ledger, rng, site, release, errors)
    return [process, material, product, release, treatment]


def _survey_releases(ledger: Ledger, rng: np.random.Generator, site: Site, table: Table, errors: Errors) -> None:
    known = substances()
    copies = rng.random() < 0.6  # the plant writes again what it told the permit platform
    told = site.reported_t.get(YEAR, {}) if copies else {}
    for outlet_no, medium, code in site.emission_t:
        true = site.year_t((outlet_no, medium, code), YEAR)
        own = true * errors.ratio(rng, site, (outlet_no, medium, code), "unstated")
        claimed = float(f"{told.get((outlet_no, medium, code), own):.4g}")
        in_kg = claimed < 0.1
        removal = round(float(rng.uniform(40, 95)), 0)
        form = "无组织" if outlet_no == "MF001" else "有组织" if medium == "air" else "废水"
        stage = "密封点泄漏" if form == "无组织" else site.kind.unit_name if medium == "air" else "污水处理"
        factor = 1000 if in_kg else 1
        treatment = {"无组织": "LDAR", "废水": "生化处理"}.get(form, "吸附浓缩")
        row = table.add([
            stage, known[code].name_cn, form, float(f"{claimed * factor / (1 - removal / 100):.4g}"),
            treatment, f"{removal:.0f}%", float(f"{claimed * factor:.6g}"), "千克" if in_kg else "吨",
            "废水处理后排放" if medium == "water" else "大气", outlet_no,
        ])  # fmt: skip
        ledger.fact(
            "claims", path=table.path, sheet=table.sheet, row=row.number, enterprise_id=site.enterprise_id,
            outlet_no=outlet_no, medium=medium, pollutant_id=code, period=str(YEAR), source="site_survey",
            method="", claimed_t=claimed, true_t=true,
        )  # fmt: skip


def _answers(ledger: Ledger, rng: np.random.Generator, site: Site, path: str) -> Table:
    table = Table(ledger, path, "环境健康管理", (), [["环境健康管理调查（是/否/部分/不适用）"]])
    quality = float(rng.beta(4, 2))
    for number, question in enumerate(QUESTIONS, 1):
        answer = str(rng.choice(["是", "部分", "否", "不适用"], p=_shares(quality)))
        table.add([f"{number}. {question}" if site.number % 2 else question, answer])
        ledger.fact(
            "management_answers", credit_code=site.credit_code, enterprise_id=site.enterprise_id, question_no=number,
            answer=answer, true_quality=quality,
        )  # fmt: skip
    return table


def _shares(quality: float) -> list[float]:
    rest = 0.95 - 0.9 * quality
    return [0.9 * quality, rest * 0.4, rest * 0.6, 0.05]


def _new_pollutants(ledger: Ledger, site: Site, path: str) -> Table:
    table = Table(ledger, path, "特征新污染物", NEW)
    known = substances()
    codes = dict.fromkeys(
        [cas for _, cas, _ in site.kind.materials] + [code for code, _ in site.kind.air + site.kind.water]
    )
    for code in codes:
        if code in known and known[code].is_new:
            table.add([known[code].name_cn, code, "原辅材料或副产"])
    return table


def _spoil(sheets: list[Table], rng: np.random.Generator, number: int) -> None:
    """One or two spoilt records in one workbook of eleven."""
    by_name = {table.sheet: table for table in sheets}
    release = by_name["产排污环节"]
    choices = (
        (release, "污染物", "虚构助剂乙", "POLLUTANT-UNKNOWN", "pollutant in no alias list"),
        (release, "排放量", -2.0, "NUMBER-NEGATIVE", "negative emission"),
        (release, "计量单位", "示例桶", "UNIT-UNKNOWN", "unit in no table"),
        (by_name["原辅材料"], "CAS号", "71-43-9", "CAS-CHECK", "wrong check digit of a CAS"),
        (by_name["原辅材料"], "年用量", "不详", "NUMBER", "word for a number"),
        (by_name["主要产品"], "名称", None, "REQUIRED-EMPTY", "name left empty"),
        (by_name["生产工艺"], "产能", "5000～8000", "NUMBER-RANGE", "a range"),
    )
    table, column, value, code, what = choices[(number // 11) % len(choices)]
    table.spoil_any(rng, column, value, code, what)
    other = release.pick(rng, lambda row: isinstance(row.cells[6], float))
    if other:
        _as_text(release, other)


def _as_text(table: Table, row: Row) -> None:
    value = row.cells[table.column("排放量")]
    table.vary(
        row, "排放量", f"{value:.6g}".replace(".", "．") if "." in f"{value:.6g}" else f"{value:,.0f}", "odd number"
    )


def _corrections(world: World, ledger: Ledger, out: Path) -> None:
    """核对表 that the program wrote and enterprises filled in."""
    for site in world.those("site_survey")[: max(1, round(4 * world.scale))]:
        short = site.name.removesuffix("（虚构）")
        path = f"site_survey/核对表_{short}.xlsx"
        head = [
            ["企业核对表（演示数据，虚构）"], ["企业名称", site.name], ["统一社会信用代码", site.credit_code],
            ["许可证编号", site.permit_no], ["版次", "第1版"], ["核对日期", "2026-02-11"],
            ["核对人", names.person(site.number)],
        ]  # fmt: skip
        table = Table(ledger, path, "核对表", ["字段", "原值", "更正值", "附证"], head)
        table.add(["职工人数", site.employees, site.employees + 5, "社保清单（虚构）"])
        table.add(["曾用名", "", site.former_name or "无", ""])
        write_workbook(out, path, [table])
