"""monitoring/: long csv results, LDAR, and measurements of workplace air.

Belongs here: 手工监测_YYYYMM.csv, LDAR_2025.xlsx, 职业卫生检测_YYYY.xlsx and their dirt.
Does not belong here: the wide reports (monitoring_lab.py), hourly series (monitoring_series.py).
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np

from ehpilot.demo import names, network
from ehpilot.demo.claims import log_spread
from ehpilot.demo.dirt import note_rows
from ehpilot.demo.files import Row, Table, write_csv, write_workbook
from ehpilot.demo.industry import substances
from ehpilot.demo.ledger import Ledger
from ehpilot.demo.monitoring_lab import LABORATORY, result_text
from ehpilot.demo.receptor import JOBS
from ehpilot.demo.world import Site, World

LONG = ["点位编号", "采样时间", "项目", "结果", "单位", "检出限", "方法"]
LDAR = ["企业", "统一社会信用代码", "装置", "密封点数", "泄漏点数", "检测值分布", "修复及时率", "核算排放量(t/a)"]
WORK = ["企业", "统一社会信用代码", "车间", "岗位", "物质", "C-TWA", "C-STEL", "计量单位", "采样时间", "检测机构"]
# occupational limits (PC-TWA, mg/m3) only to give the invented values a plausible size
USUAL_MG_M3 = {
    "71-43-2": 3.0, "108-88-3": 50.0, "100-42-5": 50.0, "106-99-0": 5.0, "107-13-1": 1.0, "75-01-4": 10.0,
    "107-06-2": 7.0, "75-09-2": 200.0, "67-66-3": 20.0, "79-01-6": 30.0, "127-18-4": 200.0, "1330-20-7": 50.0,
    "75-21-8": 2.0, "108-95-2": 10.0, "62-53-3": 3.0, "106-89-8": 1.0,
}  # fmt: skip


def write(world: World, ledger: Ledger, out: Path) -> None:
    """Write two long csv files, the LDAR list and the workplace measurements of two years."""
    found = [point for point in network.points(world) if point.medium == "环境空气"]
    _long(world, ledger, out, found, "monitoring/手工监测_202503.csv", datetime(2025, 3, 18), "utf-8-sig")
    _long(world, ledger, out, found, "monitoring/手工监测_202509.csv", datetime(2025, 9, 18), "gb18030")
    _leaks(world, ledger, out)
    for year in (2024, 2025):
        _workplaces(world, ledger, out, year)


def _long(
    world: World, ledger: Ledger, out: Path, found: list[network.Point], path: str, day: datetime, encoding: str
) -> None:
    rng = world.rng(path)
    known = substances()
    table = Table(ledger, path, "", LONG)
    for number, point in enumerate(found):
        moment = day.replace(hour=9 + number % 8)
        for code, (unit, limit, _) in network.AIR_ITEMS.items():
            true = point.mean[code] * float(rng.lognormal(0, 0.4))
            text, is_nondetect = result_text(rng, true, limit)
            substance = known[code]
            name = (substance.name_cn, substance.name_en, code)[number % 3]
            row = table.add([point.point_id, f"{moment:%Y-%m-%d %H:%M}", name, text, unit, f"{limit:g}", "HJ 759-2023"])
            ledger.fact(
                "monitoring_results", path=path, sheet="", row=row.number, sample_no="", site_id=point.point_id,
                sampled_at=moment.isoformat(sep=" "), pollutant_id=code, true_value=true, unit=unit,
                is_nondetect=is_nondetect,
            )  # fmt: skip
    if len(table.rows) > 100:
        _spoil_long(table, rng)
    write_csv(out, table, encoding)


def _spoil_long(table: Table, rng: np.random.Generator) -> None:
    def measured(row: Row) -> bool:
        return isinstance(row.cells[3], float) and row.cells[3] < 1e5

    row = table.pick(rng, measured)
    if row:
        table.flag(row, "检出限", f"{row.cells[3] * 3:g}", "LOD-ABOVE-VALUE", "value below its own detection limit")
    for column, value, code, what in (
        ("项目", "示例气体八号", "POLLUTANT-UNKNOWN", "pollutant in no alias list"),
        ("单位", "示例单位", "UNIT-UNKNOWN", "unit in no table"),
        ("结果", "-0.8", "NUMBER-NEGATIVE", "negative concentration"),
        ("结果", "5e9", "NUMBER-PHYSICAL", "concentration beyond physical sense"),
        ("采样时间", "2025-13-45", "DATE", "no date"),
    ):
        table.spoil_any(rng, column, value, code, what, where=measured)
    row = table.pick(rng, measured)
    if row:
        moment = str(row.cells[1])
        table.vary(row, "采样时间", moment.replace("-", ""), "date without separators")
        table.ledger.variants.pop()  # 20250318 09:00 is read as the same moment; kept only as dirt
    table.skip([], "SKIP-BLANK", "blank line")
    first = table.pick(rng, measured)
    if first:
        table.spoil(first, "", None, "DUP-DIFF", "same sample, other value")
        cells = list(first.cells)
        cells[3] = float(f"{first.cells[3] * 1.7:.3g}")
        table.spoil(table.add(cells), "", None, "DUP-DIFF", "same sample, other value")
    row = table.pick(rng, measured)
    if row:
        row.touched = True
        table.duplicate(table.add(list(row.cells)))
    row = table.pick(rng)
    if row:
        table.spoil(row, "", None, "FIELD-COUNT", "a comma inside an unquoted name")
        row.cells.insert(2, "二氯甲烷")


def written_code(site: Site) -> str | None:
    """The code that laboratories write beside a name: in two of three sheets, always where a code has two sites."""
    return site.credit_code if site.number % 3 or "two_sites_one_code" in site.cases else None


def _leaks(world: World, ledger: Ledger, out: Path) -> None:
    rng = world.rng("ldar")
    path = "monitoring/LDAR_2025.xlsx"
    table = Table(ledger, path, "LDAR", LDAR, [["2025年度泄漏检测与修复汇总（演示数据，虚构）"]])
    for site in world.active:
        if not site.handles_listed or "permit" not in site.sources or site.capacity_t < 5000:
            continue
        points = int(site.capacity_t**0.5 * rng.uniform(20, 60))
        share = float(rng.beta(1.2, 120))
        leaking = int(points * share)
        true = site.year_t(("MF001", "air", "NMHC"), 2025) * 0.6 if ("MF001", "air", "NMHC") in site.emission_t else 0.0
        repaired = round(float(rng.beta(20, 2)) * 100, 1)
        text = f"<500:{points - leaking};500~10000:{leaking - leaking // 10};>10000:{leaking // 10}"
        table.add([
            site.name, written_code(site), f"{site.kind.trade}装置{site.permit_suffix[:3]}", points, leaking, text,
            f"{repaired}%", float(f"{true * rng.lognormal(0, log_spread('formula')):.4g}"),
        ])  # fmt: skip
        ledger.fact(
            "leaks", enterprise_id=site.enterprise_id, year=2025, seal_points=points, leak_points=leaking,
            timely_repair_pct=repaired, true_leak_emission_t=true,
        )  # fmt: skip
    table.spoil_any(rng, "修复及时率", "130%", "NUMBER-PHYSICAL", "share above 100 %")
    table.spoil_any(rng, "泄漏点数", "-4", "NUMBER-NEGATIVE", "negative count")
    note_rows(table, total=["合计", "", "", 999999, 999, "", "", 123.4])
    write_workbook(out, path, [table])


def _workplaces(world: World, ledger: Ledger, out: Path, year: int) -> None:
    rng = world.rng(f"workplace {year}")
    known = substances()
    path = f"monitoring/职业卫生检测_{year}.xlsx"
    table = Table(ledger, path, "检测结果", WORK, [[f"{year}年职业病危害因素检测汇总（演示数据，虚构）"]])
    for site in world.those("site_survey"):
        codes = [code for code, _ in site.kind.air if code in USUAL_MG_M3]
        for job in JOBS[: 2 + site.number % 4][:2]:
            for code in codes[:2]:
                true = USUAL_MG_M3[code] * float(rng.lognormal(-2.6, 0.9))
                limit = USUAL_MG_M3[code] * 0.01
                twa, is_nondetect = result_text(rng, true, limit)
                stel = float(f"{true * rng.uniform(1.2, 2.5):.3g}") if not is_nondetect else f"<{limit:g}"
                moment = datetime(year, 1 + site.number % 12, 1 + site.number % 27, 10)
                row = table.add([
                    site.name, written_code(site), f"{site.kind.trade}车间", job, known[code].name_cn, twa, stel,
                    "mg/m3", f"{moment:%Y-%m-%d %H:%M}", LABORATORY,
                ])  # fmt: skip
                ledger.fact(
                    "workplace_results", path=path, row=row.number, credit_code=site.credit_code, job=job,
                    pollutant_id=code, year=year, true_twa_mg_m3=true, is_nondetect=is_nondetect,
                )  # fmt: skip
    for column, value, code, what in (
        ("物质", "虚构粉尘", "POLLUTANT-UNKNOWN", "substance in no alias list"),
        ("C-TWA", "超标", "NUMBER", "word for a number"),
        ("岗位", None, "REQUIRED-EMPTY", "job left empty"),
        (
            "统一社会信用代码",
            names.broken_credit_code(names.credit_code(77, "")),
            "CODE-CHECK",
            "wrong check character",
        ),
    ):
        table.spoil_any(rng, column, value, code, what)
    note_rows(table, note="注：C-TWA为时间加权平均浓度")
    write_workbook(out, path, [table])
