"""permit/: what some firms add to their execution report of 2025: tanks, loading, flares, mass balances.

Belongs here: these four sheets.
Does not belong here: the sheets that every firm hands in (permit_report.py).
"""

from __future__ import annotations

import numpy as np

from ehpilot.demo.files import Table
from ehpilot.demo.ledger import Ledger
from ehpilot.demo.world import Site, World

TANK = [
    "许可证编号", "储罐编号", "罐型", "直径(m)", "高度(m)", "物料", "年周转量(t)", "储存温度(℃)", "涂层颜色",
]  # fmt: skip
LOADING = ["许可证编号", "装卸方式", "物料", "年装载量(t)", "温度(℃)", "回收效率(%)"]
FLARE = ["许可证编号", "火炬编号", "年燃烧气量(m3)", "组分(%)", "燃烧效率(%)"]
BALANCE = [
    "许可证编号", "装置", "物料", "投入(t)", "产品带出(t)", "废水带出(t)", "固废带出(t)", "回收(t)", "销毁(t)",
    "报告期",
]  # fmt: skip
SHEETS = (("储罐", TANK), ("装卸", LOADING), ("火炬", FLARE), ("物料衡算", BALANCE))
YEAR = 2025


def tables(world: World, ledger: Ledger, path: str, title: list[str]) -> list[Table]:
    """The four sheets, as the reporting sites that have such plant fill them."""
    rng = world.rng("permit plant")
    made = {name: Table(ledger, path, name, header, [title]) for name, header in SHEETS}
    for site in world.those("permit"):
        if site.status != "operating":
            continue
        if site.gives_details or (site.kind.is_chemical and site.number % 2 == 0) or site.kind.kind_id == "store":
            _tanks(made["储罐"], site, rng)
        if site.kind.kind_id in ("store", "refinery", "port") or site.gives_details:
            _loadings(made["装卸"], site, rng)
        if site.kind.is_large_scale:
            _flare(made["火炬"], site, rng)
        if site.gives_details:
            _balance(made["物料衡算"], site, rng)
    return [table for table in made.values() if table.rows]


def _tanks(table: Table, site: Site, rng: np.random.Generator) -> None:
    for number, (name, _, share) in enumerate(site.kind.materials[:3], 1):
        turnover = site.made_t(YEAR) * share
        diameter = round(float(np.clip((turnover / 12) ** (1 / 3), 4, 60)), 1)
        table.add([
            site.permit_no, f"V{number:03d}", ("固定顶罐", "内浮顶罐", "外浮顶罐")[int(rng.integers(3))], diameter,
            round(diameter * float(rng.uniform(0.6, 1.1)), 1), name, float(f"{turnover:.4g}"),
            "常温" if rng.random() < 0.6 else float(rng.integers(15, 40)), str(rng.choice(["白色", "银灰色"])),
        ])  # fmt: skip
        if table.rows[-1].cells[7] == "常温":
            table.flag(table.rows[-1], "", None, "ASSUMED", "ambient temperature in words")


def _loadings(table: Table, site: Site, rng: np.random.Generator) -> None:
    name, _, share = site.kind.materials[0]
    for mode, part in (("汽车底部装载", 0.6), ("船舶装载", 0.4)):
        table.add([
            site.permit_no, mode, name, float(f"{site.made_t(YEAR) * share * part:.4g}"), float(rng.integers(15, 35)),
            round(float(rng.uniform(80, 98)), 1),
        ])  # fmt: skip


def _flare(table: Table, site: Site, rng: np.random.Generator) -> None:
    table.add([
        site.permit_no, "HJ001", float(f"{site.made_t(YEAR) * rng.uniform(0.5, 2):.4g}"),
        "甲烷 60;乙烯 20;丙烯 12;其他 8", round(float(rng.uniform(96, 99)), 1),
    ])  # fmt: skip


def _balance(table: Table, site: Site, rng: np.random.Generator) -> None:
    """What goes in comes out again: the rest to air is the true emission of the substance."""
    for name, code, share in site.kind.materials:
        air = sum(site.year_t(key, YEAR) for key in site.emission_t if key[1:] == ("air", code))
        if not code or not air:
            continue
        put_in = site.made_t(YEAR) * share
        water = sum(site.year_t(key, YEAR) for key in site.emission_t if key[1:] == ("water", code))
        waste, recovered, destroyed = (put_in * float(rng.uniform(0.0005, 0.004)) for _ in range(3))
        product = put_in - air - water - waste - recovered - destroyed
        amounts = (put_in, product, water, waste, recovered, destroyed)
        table.add([
            site.permit_no, f"{site.kind.trade}装置{site.permit_suffix[:3]}", name,
            *(float(f"{amount:.9g}") for amount in amounts), f"{YEAR}年",
        ])  # fmt: skip
        table.ledger.fact(
            "mass_balances", permit_no=site.permit_no, pollutant_id=code, year=YEAR, true_air_t=air, true_water_t=water
        )
