"""monitoring/: what is measured today, and readings of single sealing points.

Belongs here: 现行监测方案.xlsx, LDAR检测明细_2025.xlsx.
Does not belong here: results (monitoring_lab.py …), the yearly LDAR summary (monitoring_long.py).
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np

from ehpilot.demo import network
from ehpilot.demo.dirt import note_rows
from ehpilot.demo.files import Table, write_workbook
from ehpilot.demo.industry import substances
from ehpilot.demo.ledger import Ledger
from ehpilot.demo.monitoring_lab import LABORATORY, MEDIA
from ehpilot.demo.monitoring_long import written_code
from ehpilot.demo.monitoring_series import STATION_ITEMS, STATIONS
from ehpilot.demo.world import Site, World

PLAN = ["点位编号", "项目", "频次", "方法", "实施单位", "起", "止"]
READING = [
    "企业", "统一社会信用代码", "装置", "密封点编号", "密封点类型", "介质状态", "检测日期",
    "净检测值(µmol/mol)", "修复日期", "运行小时", "污染物组分(%)",
]  # fmt: skip
STATION_UNIT = "虚构市生态环境监测站（虚构）"
MOST_ITEMS = 6  # of a point's items that the scheme writes out one by one
POINTS_OF_A_SITE = 40
LEAK_PPM = 2000.0  # above which a gas or light liquid leaks, HJ 1230-2021


def write(world: World, ledger: Ledger, out: Path) -> None:
    """Write the two workbooks."""
    _plan(world, ledger, out)
    _readings(world, ledger, out)


def _plan(world: World, ledger: Ledger, out: Path) -> None:
    rng = world.rng("monitoring plan")
    known = substances()
    table = Table(ledger, "monitoring/现行监测方案.xlsx", "监测方案", PLAN, [["现行监测方案（演示数据，虚构）"]])
    for station in STATIONS:
        for code in STATION_ITEMS:
            table.add([station, known[code].name_cn, "连续", "自动监测", STATION_UNIT, date(2023, 1, 1), None])
    for point in network.points(world):
        if point.medium not in MEDIA:
            continue
        items, months = MEDIA[point.medium]
        frequency = {12: "每月1次", 4: "每季度1次", 2: "每半年1次", 1: "每年1次"}[len(months)]
        unit = STATION_UNIT if point.network == "现有网络" else LABORATORY
        for number, code in enumerate(list(items)[:MOST_ITEMS]):
            ended: date | str | None = "至今" if number % 2 else None
            if point.role == "背景" and number == 5:
                ended = date(2025, 12, 31)
            table.add([point.point_id, known[code].name_cn, frequency, None, unit, date(2024, 1, 1), ended])
    for column, value, code, what in (
        ("起", "前年", "DATE", "words for a date"), ("频次", None, "REQUIRED-EMPTY", "frequency left empty"),
    ):  # fmt: skip
        table.spoil_any(rng, column, value, code, what)
    note_rows(table, note="注：方案以年度为准")
    write_workbook(out, table.path, [table])


def _readings(world: World, ledger: Ledger, out: Path) -> None:
    rng = world.rng("leak readings")
    table = Table(
        ledger, "monitoring/LDAR检测明细_2025.xlsx", "检测明细", READING, [["密封点检测明细（演示数据，虚构）"]]
    )
    for site in world.those("permit"):
        if site.gives_details and site.status == "operating":
            _of_site(table, site, rng)
    table.spoil_any(rng, "净检测值(µmol/mol)", "超量程", "NUMBER", "word for a number")
    table.spoil_any(rng, "密封点编号", None, "REQUIRED-EMPTY", "number left empty")
    if table.rows:
        write_workbook(out, table.path, [table])
    else:
        ledger.forget(table.path)


def _of_site(table: Table, site: Site, rng: np.random.Generator) -> None:
    known = substances()
    codes = [code for code, _ in site.kind.air if known[code].is_cas][:3]
    shares = np.round(100 * rng.dirichlet(np.ones(len(codes))), 1)
    composition = ";".join(f"{known[code].name_cn} {share:g}" for code, share in zip(codes, shares, strict=True))
    for number in range(1, POINTS_OF_A_SITE + 1):
        value = float(f"{rng.lognormal(np.log(8), 2.2):.4g}")
        tested = date(2025, 1 + number % 12, 1 + site.number % 27)
        table.add([
            site.name, written_code(site), f"{site.kind.trade}装置{site.permit_suffix[:3]}",
            f"M{site.number:03d}-{number:04d}", ("阀门", "法兰", "泵", "连接件", "泄压设备")[number % 5],
            ("气体/蒸气", "轻液", "重液")[number % 3], tested, value if value >= 1 else "<1",
            tested + timedelta(days=9) if value > LEAK_PPM else None, site.hours_h_a, composition,
        ])  # fmt: skip
