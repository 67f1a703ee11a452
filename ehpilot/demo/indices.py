"""beach/ and indicator/: beach quality, green-index values, judgements of experts.

Belongs here: these workbooks and their dirt.
Does not belong here: weights and scores computed from them (kernels).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from ehpilot.demo import names
from ehpilot.demo.files import Table, write_workbook
from ehpilot.demo.ledger import Ledger
from ehpilot.demo.world import World

BEACHES = {"虚构金沙滩（虚构）": 0.85, "虚构月牙滩（虚构）": 0.6, "虚构渔港滩（虚构）": 0.3}
MEASURES = (
    ("自然", "滩面宽度", "m", 45.0, 1), ("自然", "坡度", "°", 4.0, -1), ("自然", "中值粒径", "mm", 0.3, 1),
    ("环境", "垃圾密度", "个/100m", 12.0, -1), ("环境", "石油类", "mg/L", 0.02, -1),
    ("环境", "微塑料", "个/kg", 60.0, -1),
    ("健康", "肠球菌", "CFU/100mL", 40.0, -1), ("健康", "大肠杆菌", "CFU/100mL", 90.0, -1),
    ("社会友好", "公众满意度", "%", 85.0, 1), ("社会友好", "卫生间数", "个", 3.0, 1),
    ("健康", "粪大肠菌群", "个/L", 500.0, -1), ("环境", "水温", "℃", 26.0, 0),
)  # fmt: skip
# id: (name, unit, level in 2023, step a year for the better, department); levels are those that stations, points, lists
# and open days of this world come to in 2025, so that what was filed before continues as what is computed then
INDICATORS = {
    "Q1": ("空气优良天数比例", "%", 98.6, 0.6, "生态环境局"),
    "Q2": ("PM2.5年均浓度", "μg/m3", 32.0, -0.8, "生态环境局"),
    "Q3": ("臭氧第90百分位", "μg/m3", 146.0, -2.0, "生态环境局"), "Q5": ("优良水体比例", "%", 69.0, 1.5, "生态环境局"),
    "R5": ("LDAR修复及时率", "%", 88.0, 0.9, "生态环境局"),
    "M4": ("环评含环境健康专章比例", "%", 35.0, 12.0, "行政审批局"),
    "I1": ("单位产值能耗", "tce/万元", 0.62, -0.02, "统计局"),
    "I2": ("单位产值水耗", "m3/万元", 9.5, -0.3, "统计局"), "I4": ("绿色工厂比例", "%", 22.0, 4.0, "经信局"),
    "I5": ("研发投入占比", "%", 2.6, 0.2, "统计局"), "P2": ("开放设施年接待人次", "人次", 370.0, 45.0, "生态环境局"),
    "P3": ("每万人投诉量", "件/万人", 6.5, -0.7, "信访局"), "P4": ("生态环境满意度", "%", 86.0, 1.0, "统计局"),
    "P5": ("信息公开及时率", "%", 93.0, 1.0, "生态环境局"),
}  # fmt: skip
OF_THE_ZONE = frozenset({"Q1", "Q2", "Q3", "Q5", "P4"})  # city stations, control points, the province's survey
# incidents of the general class (weight 1) in each park, in the order of the parks; the zone has their sum
INCIDENTS = {2023: (1, 0, 1), 2024: (0, 1, 0), 2025: (0, 0, 1)}
LAYERS = {
    "准则层": ["环境质量", "风险防控", "管理创新", "产业发展", "公众参与"],
    "风险防控": ["R1", "R2", "R3", "R4", "R5", "R6", "R7"],
}
TRUE_WEIGHTS = {"准则层": (0.30, 0.30, 0.16, 0.12, 0.12), "风险防控": (0.25, 0.2, 0.12, 0.15, 0.1, 0.1, 0.08)}


def write(world: World, ledger: Ledger, out: Path) -> None:
    """Write beaches and indicators of three years and the matrices of six experts."""
    for year in (2024, 2025):
        _beaches(world, ledger, out, year)
    for year in (2023, 2024, 2025):
        _indicators(world, ledger, out, year)
    for layer, weights in TRUE_WEIGHTS.items():
        for item, weight in zip(LAYERS[layer], weights, strict=True):
            ledger.fact("ahp_weights", layer=layer, item=item, true_weight=weight)
    for expert in range(1, 7):
        _judgements(world, ledger, out, expert)


def _beaches(world: World, ledger: Ledger, out: Path, year: int) -> None:
    rng = world.rng(f"beach {year}")
    path = f"beach/沙滩质量_{year}.xlsx"
    table = Table(
        ledger, path, "沙滩质量", ["沙滩", "日期", "维度", "指标", "数值", "单位"], [["沙滩质量监测（演示数据，虚构）"]]
    )
    for beach, quality in BEACHES.items():
        ledger.fact("beaches", beach=beach, year=year, true_quality=quality)
        for dimension, name, unit, level, better in MEASURES:
            for month in (6, 7, 8, 9):
                for day in (4, 11, 18, 25) if dimension == "健康" or name == "水温" else (15,):
                    tilt = (quality - 0.6) * better * (2.5 if dimension == "健康" else 1.0)
                    spread = 0.7 if dimension == "健康" else 0.03 if name == "水温" else 0.1
                    value = level * float(np.exp(tilt + rng.normal(0, spread)))
                    value = {6: 22.5, 7: 27.0, 8: 29.0, 9: 25.0}[month] + value - level if name == "水温" else value
                    value = min(value, 100.0) if unit == "%" else value
                    text: object = "<10" if dimension == "健康" and value < 10 else float(f"{value:.3g}")
                    when: object = date(year, month, day) if month % 2 else f"{year}年{month}月{day}日"
                    table.add([beach, when, dimension, name, text, unit])
    table.spoil_any(rng, "数值", "偏高", "NUMBER", "word for a number")
    table.spoil_any(rng, "日期", f"{year}-06-31", "DATE", "31 June")
    write_workbook(out, path, [table])


def _indicators(world: World, ledger: Ledger, out: Path, year: int) -> None:
    rng = world.rng(f"indicator {year}")
    path = f"indicator/绿色指数指标_{year}.xlsx"
    table = Table(
        ledger,
        path,
        "指标值",
        ["指标编号", "区域", "年份", "数值", "单位", "部门"],
        [["绿色指数指标（演示数据，虚构）"]],
    )
    areas = {
        "全区": 1.0,
        **{name: factor for name, factor in zip(names.PARK_NAMES.values(), (1.03, 1.0, 0.96), strict=True)},
    }
    for area, count in zip(areas, (sum(INCIDENTS[year]), *INCIDENTS[year]), strict=True):
        table.add(["R7", area, year, count, "起/年", "应急管理局"])
        ledger.fact("indicator_values", indicator_id="R7", area=area, year=year, value=float(count), unit="起/年")
    for identity, (_, unit, level, step, department) in INDICATORS.items():
        for area, factor in areas.items():
            if area != "全区" and identity in OF_THE_ZONE:
                continue
            value = level * (factor if step > 0 else 2 - factor) + step * (year - 2023) + rng.normal(0, abs(step) * 0.1)
            value = min(value, 100.0) if unit == "%" else value
            value = float(f"{value:.4g}")
            table.add([identity, area, year, value, unit, department])
            ledger.fact("indicator_values", indicator_id=identity, area=area, year=year, value=value, unit=unit)
    table.flag_any(rng, "数值", "——", "MISSING-MARK", "missing mark")
    table.spoil_any(rng, "区域", None, "REQUIRED-EMPTY", "area left empty")
    write_workbook(out, path, [table])


def _judgements(world: World, ledger: Ledger, out: Path, expert: int) -> None:
    """One matrix a layer; expert 6 contradicts himself (consistency ratio above 0.1)."""
    rng = world.rng(f"expert {expert}")
    path = f"indicator/专家判断矩阵_{expert}.xlsx"
    tables = []
    for layer, items in LAYERS.items():
        weights = np.array(TRUE_WEIGHTS[layer])
        table = Table(ledger, path, layer, ["", *items])
        size = len(items)
        grid: list[list[object]] = [[1] * size for _ in range(size)]
        for i in range(size):
            for j in range(i + 1, size):
                ratio = weights[i] / weights[j] * float(rng.lognormal(0, 1.3 if expert == 6 else 0.15))
                step = int(np.clip(round(max(ratio, 1 / ratio)), 1, 9))
                fraction = f"1/{step}" if (i + j + expert) % 2 else round(1 / step, 3)
                one: object = step
                grid[i][j], grid[j][i] = (one, fraction) if ratio >= 1 else (fraction, one)
        for item, line in zip(items, grid, strict=True):
            table.add([item, *(1 if cell in ("1/1", 1.0) else cell for cell in line)], records=size)
        tables.append(table)
    write_workbook(out, path, tables)
