"""permit/: what some firms add to their execution report of 2025: tanks, loading, flares, mass balances.

Belongs here: these four sheets.
Does not belong here: the sheets that every firm hands in (permit_report.py).
"""

from __future__ import annotations

import numpy as np

from ehpilot.demo.files import Table
from ehpilot.demo.industry import SOLVENTS
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
METER_ERROR = 0.002  # half width of 95 %, as a share of the flow: meters of trade (OIML R 117-1, class 0.3)
SOLIDS = ("对苯二甲酸", "三氧化二锑", "碳纤维")  # in silos, drums and on bobbins
SOLVENT_SHARES = ((0.002, 0.01), (0.08, 0.2), (0.02, 0.1))  # with the product, to waste, to a recycler


def tables(world: World, ledger: Ledger, path: str, title: list[str]) -> list[Table]:
    """The four sheets, as the reporting sites that have such plant fill them."""
    rng, metered = world.rng("permit plant"), world.rng("mass balances")
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
        if site.gives_balance:
            _balance(made["物料衡算"], site, metered)
    return [table for table in made.values() if table.rows]


def _tanks(table: Table, site: Site, rng: np.random.Generator) -> None:
    liquids = [one for one in site.kind.materials[:3] if one[0] not in SOLIDS]
    for number, (name, _, share) in enumerate(liquids, 1):
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
    """What goes in comes out again, each flow as its meter tells it: the rest to air is the true emission of the
    substance within what the meters leave open."""
    for name, code, share in site.kind.materials:
        air = sum(site.year_t(key, YEAR) for key in site.emission_t if key[1:] == ("air", code))
        if not code or not air:
            continue
        put_in = site.made_t(YEAR) * share
        water = sum(site.year_t(key, YEAR) for key in site.emission_t if key[1:] == ("water", code))
        flows = np.array([put_in, *_outputs(rng, put_in - air - water, water, is_solvent=code in SOLVENTS)])
        stated = [float(f"{flow:.9g}") for flow in flows * rng.normal(1.0, METER_ERROR / 1.96, flows.size)]
        table.add([
            site.permit_no, f"{site.kind.trade}装置{site.permit_suffix[:3]}", name, *stated, f"{YEAR}年",
        ])  # fmt: skip
        table.ledger.fact(
            "mass_balances", permit_no=site.permit_no, pollutant_id=code, year=YEAR, true_air_t=air, true_water_t=water,
            input_t=stated[0], rest_t=stated[0] - sum(stated[1:]),
            metering_error_t=METER_ERROR * float(np.sqrt((np.array(stated) ** 2).sum())),
        )  # fmt: skip


def _outputs(rng: np.random.Generator, left: float, water: float, *, is_solvent: bool) -> tuple[float, ...]:
    """Tonnes with the product, waste water and waste, recovered and destroyed, of what neither air nor water takes.

    A reactant goes into the product but for a part in a thousand or so; of the solvent bought for the one lost hardly
    any is left in the product: most has gone to the oxidiser, the rest to still bottoms and to a recycler."""
    if is_solvent:
        product, waste, recovered = (left * float(rng.uniform(*ends)) for ends in SOLVENT_SHARES)
        return product, water, waste, recovered, left - product - waste - recovered
    waste, recovered, destroyed = (left * float(rng.uniform(0.0005, 0.004)) for _ in range(3))
    return left - waste - recovered - destroyed, water, waste, recovered, destroyed
