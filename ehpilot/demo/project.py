"""project/: projects and a plan whose EIA needs a health chapter.

Belongs here: 建设项目.xlsx (an extension that replaces old plant, one under construction, a new one), 规划.xlsx.
Does not belong here: what they would cause (the warehouse), factors of dispersion (dispersion.py).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ehpilot.demo import names, place
from ehpilot.demo.files import Table, write_workbook
from ehpilot.demo.industry import Kind, kinds, substances
from ehpilot.demo.ledger import Ledger
from ehpilot.demo.world import Site, World

PROJECT = [
    "项目编号", "项目名称", "建设单位", "统一社会信用代码", "所属园区", "行业代码", "阶段", "环评批复文号",
    "预计投产日期",
]  # fmt: skip
RELEASE = [
    "项目编号", "排放口编号", "类型", "经度", "纬度", "排气筒高度(m)", "出口内径(m)", "排气温度(℃)", "烟气流速(m/s)",
    "面源宽度(m)", "污染物", "介质", "新增排放量(t/a)", "以新带老削减量(t/a)", "区域削减量(t/a)", "来源",
]  # fmt: skip
PLAN = [
    "规划编号", "规划名称", "地块", "经度", "纬度", "面积(km2)", "产业", "规模", "污染物", "介质", "情景",
    "排放量(t/a)",
]  # fmt: skip
PARK = "park_yi"  # all in one park, so that their loads add up at the same places
SCENARIOS = (("近期2030", 0.5), ("远期2035", 1.0))


def write(world: World, ledger: Ledger, out: Path) -> None:
    """Write the two workbooks."""
    _projects(world, ledger, out)
    _plan(ledger, out)


def _kind(kind_id: str) -> Kind:
    return next(kind for kind in kinds() if kind.kind_id == kind_id)


def _projects(world: World, ledger: Ledger, out: Path) -> None:
    rng = world.rng("projects")
    path = "project/建设项目.xlsx"
    title = ["建设项目清单（演示数据，虚构）"]
    listed, releases = Table(ledger, path, "项目", PROJECT, [title]), Table(ledger, path, "排放", RELEASE, [title])
    here = [site for site in world.active if site.kind.is_synthetic and site.park_id == PARK]
    old = here[0] if here else next(site for site in world.active if site.kind.is_synthetic)
    listed.add([
        "XM2026-01", f"{old.name}{old.kind.trade}扩建项目", old.name, old.credit_code, names.PARK_NAMES[PARK],
        old.kind.industry_code, "拟建", None, "2027年12月31日",
    ])  # fmt: skip
    _releases(ledger, releases, "XM2026-01", old.kind, 0.5 * old.capacity_t, rng, old)
    firms = (("epoxy", "在建", "虚构环建〔2025〕18号"), ("phenolic", "拟建", None))
    for number, (kind_id, stage, approval) in enumerate(firms, 2):
        kind, identity = _kind(kind_id), f"XM2026-{number:02d}"
        name = names.company(300_000 + number, kind.trade)
        listed.add([
            identity, f"{name}新建项目", name, names.credit_code(6_000_000 + number, PARK), names.PARK_NAMES[PARK],
            kind.industry_code, stage, approval, "2026-12-31" if approval else "2028-06-30",
        ])  # fmt: skip
        _releases(ledger, releases, identity, kind, kind.capacity_t, rng)
    releases.spoil_any(rng, "新增排放量(t/a)", "少量", "NUMBER", "word for a number")
    write_workbook(out, path, [listed, releases])


def _releases(
    ledger: Ledger, table: Table, project_id: str, kind: Kind, capacity_t: float, rng: np.random.Generator,
    old: Site | None = None,
) -> None:  # fmt: skip
    """Stack, fugitive and waste water releases by the recipe; an extension takes a part of the old plant's back."""
    shape = place.parks()[PARK]
    x, y = (old.x_m + 150, old.y_m - 100) if old else _inside(rng, shape)
    outlets: dict[str, tuple[str, list[float | None]]] = {
        "DA101": ("有组织", [35.0, 0.8, 45.0, 12.0, None]), "MF101": ("无组织", [8.0, None, None, None, 120.0]),
        "DW101": ("废水总排口", [None] * 5),
    }  # fmt: skip
    loads = [("DA101", "废气", code, grams * (1 - kind.fugitive_share_of(code))) for code, grams in kind.air]
    loads += [("MF101", "废气", code, grams * kind.fugitive_share_of(code)) for code, grams in kind.air]
    loads += [("DW101", "废水", code, grams) for code, grams in kind.water]
    for outlet_no, medium, code, grams in loads:
        if grams == 0:
            continue
        added = float(f"{grams * capacity_t * 1e-6:.4g}")
        word, mouth = outlets[outlet_no]
        longitude, latitude = place.to_degrees(x, y)
        row = table.add([
            project_id, outlet_no, word, round(longitude, 6), round(latitude, 6), *mouth, substances()[code].name_cn,
            medium, added, float(f"{0.3 * added:.3g}") if old else None,
            float(f"{0.1 * added:.3g}") if code == "NMHC" else None, "产污系数（虚构）",
        ])  # fmt: skip
        ledger.fact(
            "project_releases", row=row.number, project_id=project_id, outlet_no=outlet_no, pollutant_id=code,
            medium=medium, increment_t=added,
        )  # fmt: skip


def _inside(rng: np.random.Generator, shape: place.Polygon) -> tuple[float, float]:
    left, low, right, high = shape.bounds
    while True:
        x, y = float(rng.uniform(left, right)), float(rng.uniform(low, high))
        if shape.buffer(-200).covers(place.Point(x, y)):
            return x, y


def _plan(ledger: Ledger, out: Path) -> None:
    path = "project/规划.xlsx"
    table = Table(ledger, path, "规划", PLAN, [["规划环评排放情景表（演示数据，虚构）"]])
    left, low, right, _ = place.parks()[PARK].bounds
    plots = (("abs", "A-01", 0.3), ("pc", "A-02", 0.4), ("coating", "B-01", 0.25), ("agent", "B-02", 0.2))
    for number, (kind_id, plot, size) in enumerate(plots):
        kind = _kind(kind_id)
        x, y = left + (right - left) * (0.2 + 0.2 * number), low + 800.0
        longitude, latitude = place.to_degrees(x, y)
        for scenario, share in SCENARIOS:
            for medium, recipe in (("废气", kind.air), ("废水", kind.water)):
                for code, grams in recipe:
                    emitted = float(f"{grams * kind.capacity_t * share * 1e-6:.4g}")
                    table.add([
                        "GH2026-01", f"{names.PARK_NAMES[PARK]}产业发展规划（虚构）", plot, round(longitude, 6),
                        round(latitude, 6), size, kind.trade, f"{kind.capacity_t * share:g} t/a",
                        substances()[code].name_cn, medium, scenario, emitted,
                    ])  # fmt: skip
    write_workbook(out, path, [table])
