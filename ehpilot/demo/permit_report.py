"""permit/: execution reports (执行报告) of 2024 and 2025: releases, products, materials, treatment.

Belongs here: the four sheets of every year's report and their dirt; the claims they make.
Does not belong here: the permit itself (permit.py), tanks, flares and balances (permit_plant.py).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from ehpilot.demo import permit_plant
from ehpilot.demo.claims import Errors, method_of, permit_word
from ehpilot.demo.dirt import hide, note_rows
from ehpilot.demo.files import Formula, Row, Table, write_workbook
from ehpilot.demo.industry import substances
from ehpilot.demo.ledger import Ledger
from ehpilot.demo.world import YEARS, Site, World, quarters_of

RELEASE = ["许可证编号", "排放口编号", "污染物", "实际排放量(t)", "核算方法", "报告期"]
AMOUNT = ["许可证编号", "装置", "名称", "计量单位", "数量", "报告期"]
TREATMENT = ["许可证编号", "设施编号", "技术", "对应排放口", "运行小时", "投运率", "去除率"]
TECHNOLOGIES = (("RTO蓄热燃烧", 0.95), ("活性炭吸附", 0.65), ("冷凝回收", 0.75), ("碱液喷淋", 0.7), ("布袋除尘", 0.98))
FLUE_TECHNOLOGIES = (("SCR脱硝", 0.82), ("石灰石-石膏湿法脱硫", 0.95), ("布袋除尘", 0.99))
SHEETS = (("实际排放量", RELEASE), ("主要产品产量", AMOUNT), ("原辅料用量", AMOUNT), ("治理设施运行", TREATMENT))
IDLE_PCT = 10.0  # most of the plant's time that a treatment facility stands
COOLING_WATER_M3_T = 120.0  # circulated for a tonne of product
QUARTER_WORDS = ("{y}年{q}季度", "{y}Q{q}", "{y}年第{q}季度")


def write(world: World, ledger: Ledger, out: Path) -> None:
    """Write one workbook a year."""
    errors = Errors(world, "permit")
    for year in YEARS:
        _year(world, ledger, out, year, errors)


def _year(world: World, ledger: Ledger, out: Path, year: int, errors: Errors) -> None:
    rng = world.rng(f"permit report {year}")
    path = f"permit/执行报告_{year}.xlsx"
    title = [f"{year}年度排污许可证执行报告汇总（演示数据，虚构）"]
    tables = {name: Table(ledger, path, name, header, [title]) for name, header in SHEETS}
    for site in world.those("permit"):
        if site.status == "operating":
            _releases(ledger, tables["实际排放量"], site, year, rng, errors)
            _amounts(tables["主要产品产量"], tables["原辅料用量"], site, year, rng)
            _treatment(ledger, tables["治理设施运行"], site, year, rng)
    if len(tables["实际排放量"].rows) > 300:
        _spoil(tables, rng, {site.permit_no for site in world.those("site_survey")})
    if year == permit_plant.YEAR:
        tables |= {table.sheet: table for table in permit_plant.tables(world, ledger, path, title)}
    sheets = list(tables.values())
    write_workbook(out, path, sheets if year == 2025 else [sheets[i] for i in (1, 0, 3, 2)])


def quarter_word(year: int, quarter: int, way: int) -> str:
    """A quarter in one of the ways people write it."""
    return QUARTER_WORDS[way % len(QUARTER_WORDS)].format(y=year, q=quarter)


def _releases(ledger: Ledger, table: Table, site: Site, year: int, rng: np.random.Generator, errors: Errors) -> None:
    known = substances()
    way = int(rng.integers(3))
    for (outlet_no, medium, code), quarters in site.emission_t.items():
        method = method_of(site, outlet_no, code)
        word_of_method = permit_word(site, method)
        values = quarters[quarters_of(year)] * errors.ratio(rng, site, (outlet_no, medium, code), method)
        site.reported_t.setdefault(year, {})[outlet_no, medium, code] = float(values.sum())
        pollutant = known[code]
        name = pollutant.name_cn if rng.random() < 0.85 else str(rng.choice([pollutant.name_cn, *pollutant.aliases]))
        periods = (
            [(quarter_word(year, q + 1, way), f"{year}Q{q + 1}", values[q]) for q in range(4)]
            if site.kind.is_synthetic
            else [(f"{year}年", f"{year}", values.sum())]
        )
        if site.kind.is_synthetic and site.number % 13 == 1:  # the year beside its quarters
            periods.append((f"{year}年", f"{year}", sum(float(f"{value:.4g}") for value in values)))
        for word, period, value in periods:
            claimed = float(f"{value:.4g}")
            row = table.add([site.permit_no, outlet_no, name, claimed, word_of_method, word])
            true = quarters[quarters_of(year)].sum() if len(period) == 4 else quarters[_position(period)]
            ledger.fact(
                "claims", path=table.path, sheet=table.sheet, row=row.number, enterprise_id=site.enterprise_id,
                outlet_no=outlet_no, medium=medium, pollutant_id=code, period=period, source="permit",
                method=method, claimed_t=claimed, true_t=float(true),
            )  # fmt: skip


def _position(period: str) -> int:
    return quarters_of(int(period[:4])).start + int(period[5]) - 1


def _amounts(products: Table, materials: Table, site: Site, year: int, rng: np.random.Generator) -> None:
    made = site.activity_t[quarters_of(year)]
    way = int(rng.integers(3))
    plant = f"{site.kind.trade}装置{site.permit_suffix[:3]}"
    if site.kind.is_synthetic:
        parts = [(quarter_word(year, q + 1, way), made[q]) for q in range(4)]
    else:
        parts = [(f"{year}年", made.sum())]
    for word, quantity in parts:
        products.add([site.permit_no, plant, site.kind.product[0], "吨", float(f"{quantity:.6g}"), word])
        for name, _, share in site.kind.materials:
            materials.add([site.permit_no, plant, name, "t", float(f"{quantity * share:.5g}"), word])
        if site.gives_details:
            water = quantity * COOLING_WATER_M3_T
            materials.add([site.permit_no, plant, "循环冷却水", "m3", float(f"{water:.5g}"), word])


def _treatment(ledger: Ledger, table: Table, site: Site, year: int, rng: np.random.Generator) -> None:
    for number, outlet in enumerate([o for o in site.outlets if o.outlet_kind == "stack"], 1):
        choice = TECHNOLOGIES if not site.kind.is_fired else FLUE_TECHNOLOGIES
        technology, efficiency = choice[int(rng.integers(len(choice)))]
        hours = round(site.hours_h_a * float(rng.uniform(0.96, 1.0)), 0)
        share = round(float(np.clip(efficiency * rng.normal(1, 0.05), 0.2, 0.999)), 3)
        run = round(100 - IDLE_PCT * float(rng.uniform()) ** 24, 1)  # one in thirty-five below 95 %
        as_text = rng.random() < 0.5
        table.add([
            site.permit_no, f"TA{number:03d}", technology, outlet.number, hours, f"{run}%" if as_text else run,
            f"{share * 100:.1f}%" if as_text else round(share * 100, 1),
        ])  # fmt: skip
        ledger.fact(
            "treatment", enterprise_id=site.enterprise_id, facility_no=f"TA{number:03d}", outlet_no=outlet.number,
            year=year, technology=technology, removal_efficiency=round(share, 3), run_rate=run / 100,
        )  # fmt: skip


VALUE = "实际排放量(t)"
BAD_CELLS: tuple[tuple[str, Any, str, str], ...] = (
    (VALUE, -0.37, "NUMBER-NEGATIVE", "negative emission"),
    (VALUE, "见附件", "NUMBER", "words for a number"),
    (VALUE, "0.1～0.3", "NUMBER-RANGE", "a range"),
    (VALUE, "≤0.5", "NUMBER-RANGE", "an upper bound where a value is asked"),
    (VALUE, Formula("=SUM(Z1:Z3)", None), "FORMULA-NO-VALUE", "formula without cached value"),
    ("污染物", "恶臭八号", "POLLUTANT-UNKNOWN", "pollutant in no alias list"),
    ("报告期", "上半年", "DATE", "no period"),
    ("报告期", None, "REQUIRED-EMPTY", "period left empty"),
)
NOTATIONS: tuple[tuple[Callable[[float], Any], str], ...] = (
    (lambda v: f"{v:.5g} ", "number as text"),
    (lambda v: f"{v * 1e3:.6g}×10-3", "power of ten in words"),
    (lambda v: f"{v * 1e3:.6g}×10⁻³", "power of ten with raised digits"),
    (lambda v: f"{v:.6E}", "exponent"),
    (lambda v: Formula(f"={v!r}+0", v), "formula with cached value"),
    (lambda v: Formula("='[外部数据（虚构）.xlsx]表1'!$A$1", v), "link to another workbook, not followed"),
)


def _spoil(tables: dict[str, Table], rng: np.random.Generator, surveyed: set[str]) -> None:
    """Bad cells, odd notations, and tonnes that are kilograms where another source can tell."""
    table = tables["实际排放量"]
    place = table.column(VALUE)

    def positive(row: Row) -> bool:
        return isinstance(row.cells[place], float) and row.cells[place] > 0.01

    for column, value, code, what in BAD_CELLS:
        table.spoil_any(rng, column, value, code, what, where=positive)
    for write_as, what in NOTATIONS:
        row = table.pick(rng, positive)
        if row:
            table.vary(row, VALUE, write_as(row.cells[place]), what)
    for _ in range(3):
        row = table.pick(rng, lambda row: positive(row) and row.cells[0] in surveyed)
        if row:
            table.flag(row, VALUE, row.cells[place] * 1000, "UNIT-SLIP", "kilograms written as tonnes")
    hide(table, rng, 2)
    row = table.pick(rng)
    if row:
        row.touched = True
        table.duplicate(table.add(list(row.cells)))
    note_rows(tables["主要产品产量"], total=["合计", "", "", "", 1234567.0, ""])
    note_rows(table, note="填报说明：报告期以自然季度计", signature="审核人：测试人甲子")
    row = tables["治理设施运行"].pick(rng)
    if row:
        tables["治理设施运行"].spoil(row, "运行小时", 9999.0, "NUMBER-PHYSICAL", "more hours than a year has")
