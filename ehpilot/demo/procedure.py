"""procedure/ and platform/: what offices have on file of an enterprise, and files of the platforms that exist.

Belongs here: 环保手续.xlsx, 企业对照.xlsx, 绿码.csv, 预警记录.csv, 接收回执.csv, all up to the middle of 2026, and
环保手续_YYYYMM.xlsx of the months after it: emergency plans that were filed anew.
Does not belong here: permits (permit.py), problems (oversight.py).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np

from ehpilot.demo import oversight
from ehpilot.demo.dirt import note_rows
from ehpilot.demo.files import Table, write_csv, write_workbook
from ehpilot.demo.ledger import Ledger
from ehpilot.demo.monitoring_long import written_code
from ehpilot.demo.monitoring_series import STATIONS
from ehpilot.demo.world import EARLIEST, Site, World

PROCEDURE = ["企业", "统一社会信用代码", "种类", "文号", "日期", "有效期", "内容"]
PLATFORM = "虚构环境健康平台"
CHAPTER_SECTORS = ("25", "261", "263", "2641", "265", "27", "291")  # whose reports owe a health chapter
LAST_WARNING = date(2026, 6, 30)
COLOURS = ("绿码", "绿码", "绿码", "黄码", "橙码", "红码")


def write(world: World, ledger: Ledger, out: Path) -> None:
    """Write the list of procedures and the four files of a platform."""
    _procedures(world, ledger, out)
    _platform(world, ledger, out)


def _procedures(world: World, ledger: Ledger, out: Path) -> None:
    rng = world.rng("procedures")
    plans: list[tuple[Site, date]] = []
    table = Table(ledger, "procedure/环保手续.xlsx", "环保手续", PROCEDURE, [["环保手续汇总表（演示数据，虚构）"]])
    for site in world.active:
        if not site.handles_listed:
            continue
        name, code = site.name, written_code(site)
        approved = date(2010, 1, 1) + timedelta(days=int(rng.integers(3000)))
        number = f"{site.number + 1}号"
        project = f"{site.kind.trade}项目"
        table.add([name, code, "环评批复", f"虚构环建〔{approved.year}〕{number}", approved, None, project])
        if site.number % 4 == 3 and site.kind.industry_code.startswith(CHAPTER_SECTORS):
            has_chapter = site.number % 5 > 1
            ledger.fact("chapters_of_approvals", enterprise_id=site.enterprise_id, has_chapter=has_chapter)
            table.add([
                name, code, "环评批复", f"虚构环建〔2025〕{number}", date(2025, 4 + site.number % 8, 16), None,
                f"{site.kind.trade}技改项目，报告书{'含' if has_chapter else '未设'}环境健康风险评估专章",
            ])  # fmt: skip
        accepted = approved + timedelta(days=int(rng.integers(300, 900)))
        table.add([name, code, "竣工环保验收", f"虚构环验〔{accepted.year}〕{number}", accepted, None, None])
        filed = date(2023, 7, 1) + timedelta(days=int(rng.integers(900)))
        ends = date(filed.year + 3, filed.month, min(filed.day, 28))
        plans.append((site, ends))
        table.add([
            name, code, "应急预案备案", f"990000-{filed.year}-{site.number + 1:04d}-M", filed,
            ends if rng.random() < 0.7 else f"{filed:%Y-%m-%d}至{ends:%Y-%m-%d}", None,
        ])  # fmt: skip
        if site.number % 3 == 0:
            table.add([
                name, code, "清洁生产审核", f"虚构清审〔2025〕{number}", date(2025, 6, 10), "长期", "通过评估验收",
            ])  # fmt: skip
        if site.number % 11 == 0:
            table.add([
                name, code, "行政处罚", f"虚构环罚〔2026〕{number}", date(2026, 3, 12), None, "未按规定运行治理设施",
            ])  # fmt: skip
        if site.number % 17 == 0:
            table.add([name, code, "信访", None, date(2026, 5, 20), None, "反映厂界异味，已办结"])
    for column, value, reason, what in (
        ("日期", "去年", "DATE", "words for a date"), ("种类", None, "REQUIRED-EMPTY", "kind left empty"),
    ):  # fmt: skip
        table.spoil_any(rng, column, value, reason, what)
    note_rows(table, note="注：本表由演示程序生成，全部虚构")
    write_workbook(out, table.path, [table])
    _filed_anew(world, ledger, out, plans)


def _filed_anew(world: World, ledger: Ledger, out: Path, plans: list[tuple[Site, date]]) -> None:
    """Emergency plans are revised every three years: most in the weeks before they end, some late, one in eight not."""
    filed: dict[tuple[int, int], list[tuple[date, Site]]] = {}
    for site, ends in plans:
        day = max(ends + timedelta(days=7 * site.number % 50 - 35), EARLIEST + timedelta(days=1))
        if site.number % 8 and day.year == EARLIEST.year:
            filed.setdefault((day.year, day.month), []).append((day, site))
    for (year, month), found in sorted(filed.items()):
        if (year, month) not in world.months(year):
            continue
        path = f"procedure/环保手续_{year}{month:02d}.xlsx"
        table = Table(ledger, path, "环保手续", PROCEDURE, [[f"{year}年{month}月环保手续（演示数据，虚构）"]])
        for day, site in sorted(found, key=lambda one: (one[0], one[1].number)):
            table.add([
                site.name, written_code(site), "应急预案备案", f"990000-{year}-{site.number + 1:04d}-M", day,
                date(year + 3, month, min(day.day, 28)), None,
            ])  # fmt: skip
        write_workbook(out, path, [table])


def _platform(world: World, ledger: Ledger, out: Path) -> None:
    rng = world.rng("platform")
    listed = Table(
        ledger, "platform/企业对照.xlsx", "企业对照",
        ["平台", "平台编号", "统一社会信用代码", "许可证编号", "企业名称"],
    )  # fmt: skip
    codes = Table(ledger, "platform/绿码.csv", "", ["平台编号", "码色", "时间", "原因"])
    sites = [site for site in world.those("permit") if site.handles_listed and site.status == "operating"]
    for number, site in enumerate(sites, 1):
        identity = f"PT{number:04d}"
        listed.add([PLATFORM, identity, written_code(site), site.permit_no, site.name])
        for month in (3, 6):
            colour = str(rng.choice(COLOURS))
            moment = datetime(2026, month, 5, 8)
            codes.add([identity, colour, f"{moment:%Y-%m-%d %H:%M}", "自动赋码" if colour == "绿码" else "问题未销号"])
            ledger.fact("platform_codes", enterprise_id=site.enterprise_id, month=month, colour=colour)
    write_workbook(out, listed.path, [listed])
    write_csv(out, codes, "utf-8-sig")
    _warnings(world, ledger, out, {site.number: f"PT{number:04d}" for number, site in enumerate(sites, 1)}, rng)
    receipts = Table(ledger, "platform/接收回执.csv", "", ["包编号", "接收时间", "结果", "说明"])
    for number in range(1, 4):
        moment = datetime(2026, 2 * number, 10, 9, 30)
        note = "" if number % 3 else "缺2个字段（虚构）"
        receipts.add([f"BAO-2026-{number:03d}", f"{moment:%Y-%m-%d %H:%M}", "成功" if number % 3 else "退回", note])
    write_csv(out, receipts)


def _warnings(world: World, ledger: Ledger, out: Path, numbers: dict[int, str], rng: np.random.Generator) -> None:
    """Warnings of stations, and of enterprises: those that led to a problem some days later, and false ones."""
    header = ["平台编号", "站点", "时间", "指标", "值", "限值", "级别", "处置"]
    warnings = Table(ledger, "platform/预警记录.csv", "", header)
    levels = ("三级", "二级", "一级")
    for number in range(12):
        moment = datetime(2026, 1 + number % 6, 3 + number, 6 + number)
        station = list(STATIONS)[number % len(STATIONS)]
        warnings.add([
            "", station, f"{moment:%Y-%m-%d %H:%M}", "PM2.5", f"{rng.uniform(76, 130):.0f}", "75", levels[number % 3],
            "已核实（虚构）",
        ])  # fmt: skip
    began = [
        (numbers[problem.site.number], problem.found - timedelta(days=int(rng.integers(6))), "已派发核查（虚构）")
        for problem in oversight.drawn(world)
        if problem.source == "在线预警" and problem.found <= LAST_WARNING and problem.site.number in numbers
    ]
    false = [(identity, LAST_WARNING - timedelta(days=int(rng.integers(150))), "设备校准（虚构）")
             for identity in list(numbers.values())[::7]]  # fmt: skip
    for number, (identity, day, handling) in enumerate(sorted([*began, *false])):
        moment = datetime(day.year, day.month, day.day, int(rng.integers(24)))
        warnings.add([
            identity, "", f"{moment:%Y-%m-%d %H:%M}", "NMHC", f"{rng.uniform(61, 110):.0f}", "60", levels[number % 3],
            handling,
        ])  # fmt: skip
    write_csv(out, warnings, "gb18030")
