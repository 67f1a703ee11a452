"""The monitoring points of the fictional area and what is true at them.

Belongs here: points, true annual means in air and water, methods and detection limits.
Does not belong here: reports and files (monitoring*.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ehpilot.demo import air, place, receptor
from ehpilot.demo.industry import LATER
from ehpilot.demo.names import PARK_NAMES
from ehpilot.demo.world import Outlet, Site, World

# pollutant_id: (unit as printed, detection limit in it, background in it)
AIR_ITEMS: dict[str, tuple[str, float, float]] = {
    "71-43-2": ("μg/m3", 0.3, 0.6), "108-88-3": ("μg/m3", 0.3, 1.2), "1330-20-7": ("μg/m3", 0.5, 0.9),
    "100-42-5": ("μg/m3", 0.3, 0.1), "106-99-0": ("μg/m3", 0.2, 0.05), "107-13-1": ("μg/m3", 0.4, 0.02),
    "75-01-4": ("μg/m3", 0.3, 0.03), "107-06-2": ("μg/m3", 0.4, 0.3), "75-09-2": ("μg/m3", 0.5, 1.0),
    "67-66-3": ("μg/m3", 0.4, 0.3), "79-01-6": ("μg/m3", 0.5, 0.1), "127-18-4": ("μg/m3", 0.4, 0.15),
    "75-21-8": ("μg/m3", 0.3, 0.05), "75-07-0": ("μg/m3", 0.4, 1.5), "50-00-0": ("μg/m3", 0.3, 2.5),
    "91-20-3": ("μg/m3", 0.3, 0.05), "NMHC": ("mg/m3", 0.07, 0.3),
}  # fmt: skip
WATER_ITEMS: dict[str, tuple[str, float, float]] = {
    "75-09-2": ("μg/L", 0.5, 0.05), "67-66-3": ("μg/L", 0.4, 0.1), "100-42-5": ("μg/L", 0.6, 0.0),
    "107-13-1": ("μg/L", 2.0, 0.0), "80-05-7": ("ng/L", 5.0, 8.0), "25154-52-3": ("ng/L", 20.0, 30.0),
    "117-81-7": ("μg/L", 0.1, 0.15), "335-67-1": ("ng/L", 0.5, 1.2), "1763-23-1": ("ng/L", 0.5, 0.6),
    "85535-84-8": ("ng/L", 50.0, 20.0), "7439-92-1": ("μg/L", 0.09, 0.3), "7440-38-2": ("μg/L", 0.12, 0.9),
}  # fmt: skip
SOLID_ITEMS: dict[str, tuple[str, float, float]] = {
    "7439-92-1": ("mg/kg", 2.0, 28.0), "7440-38-2": ("mg/kg", 0.2, 8.5), "7440-43-9": ("mg/kg", 0.07, 0.14),
    "7439-97-6": ("mg/kg", 0.002, 0.06), "117-81-7": ("mg/kg", 0.05, 0.08), "1163-19-5": ("μg/kg", 0.5, 1.5),
    "335-67-1": ("μg/kg", 0.5, 0.3), "50-32-8": ("mg/kg", 0.1, 0.04), "85535-84-8": ("μg/kg", 10.0, 15.0),
}  # fmt: skip
# What a waterworks leaves of raw water's content (others: all), what sea food takes up of the sediment's (others: 0.4).
# So low that the carcinogens among them are not found: by the slopes of 2024 and 2025 for arsenic and PFOA any content
# that a laboratory finds would outweigh all that the area's works emit.
LEFT_BY_WATERWORKS = {"7440-38-2": 0.04, "335-67-1": 0.1, "1763-23-1": 0.1}
TAKEN_UP_BY_SEAFOOD = {"7439-92-1": 0.01, "7440-38-2": 0.006, "7440-43-9": 0.3}
ANIMALS = (
    "（缢蛏）",
    "（梭子蟹）",
    "（大黄鱼）",
    "",
)  # caught at the points of sea food; the last does not say
ROLES = {
    "园区": "park", "厂界": "boundary", "敏感点": "sensitive", "背景": "background", "污染源": "source",
    "治理设施进口": "inlet",
}  # fmt: skip


@dataclass
class Point:
    """A monitoring point; ``mean`` is the true annual mean by pollutant in the printed unit of the item."""

    point_id: str
    name: str
    medium: str
    role: str
    network: str
    x_m: float
    y_m: float
    site: Site | None = None
    outlet: Outlet | None = None
    water_body: str = ""
    mean: dict[str, float] = field(default_factory=dict)


def points(world: World) -> list[Point]:
    """All points with their true means."""
    rng = world.rng("network")
    found = _air_points(world, rng) + _water_points(rng) + _solid_points(rng) + _outlet_points(world)
    add_air_means(world, [p for p in found if p.medium in ("环境空气", "无组织")])
    _water_means(world, [p for p in found if p.medium in ("地表水", "海水", "地下水", "饮用水")], rng)
    for point in found:
        if point.medium in ("土壤", "沉积物", "水产品"):
            taken = TAKEN_UP_BY_SEAFOOD if point.medium == "水产品" else dict.fromkeys(SOLID_ITEMS, 1.0)
            point.mean = {
                code: back * taken.get(code, 0.4) * float(rng.lognormal(0.2 if point.role == "园区" else 0, 0.4))
                for code, (_, _, back) in SOLID_ITEMS.items()
            }
    return found


def _air_points(world: World, rng: np.random.Generator) -> list[Point]:
    found: list[Point] = []
    for name, shape in place.parks().items():
        for number in range(2):
            x = shape.centroid.x + (-700, 800)[number]
            index = len(found) + 1
            found.append(
                Point(
                    f"A{index:02d}",
                    f"{PARK_NAMES[name]}测点{number + 1}",
                    "环境空气",
                    "园区",
                    "风险监测",
                    x,
                    shape.centroid.y,
                )
            )
    for number, one in enumerate(receptor.receptors(world)[::4], 1):
        found.append(Point(f"S{number:02d}", one.name, "环境空气", "敏感点", "风险监测", one.x_m, one.y_m))
    for number, (x, y) in enumerate(((-8000, -6700), (8000, -6700)), 1):
        found.append(Point(f"B{number:02d}", f"背景点{number}", "环境空气", "背景", "现有网络", x, y))
    # drawn among the kinds that were first: one more would move every point that is drawn after these
    sites = [site for site in world.active if site.kind.is_synthetic and site.kind.kind_id not in LATER]
    for number, index in enumerate(rng.permutation(len(sites))[:8], 1):
        site = sites[int(index)]
        found.append(
            Point(
                f"C{number:02d}",
                f"厂界下风向{number}",
                "无组织",
                "厂界",
                "风险监测",
                site.x_m + 60,
                site.y_m - 160,
                site,
            )
        )
    return found


def _water_points(rng: np.random.Generator) -> list[Point]:
    found = []
    for medium, letter, count, south in (
        ("地表水", "W", 8, True),
        ("海水", "H", 6, False),
        ("地下水", "G", 6, True),
        ("饮用水", "Y", 3, True),
    ):
        for number in range(1, count + 1):
            x = float(rng.uniform(-7500, 7500))
            y = float(rng.uniform(-5000, 2500)) if south else float(rng.uniform(5200, 7500))
            role = "背景" if number == count else "园区" if south and number % 2 else "敏感点"
            body = (
                f"虚构{'甲乙丙'[number % 3]}河" if medium == "地表水" else "虚构湾近岸海域" if medium == "海水" else ""
            )
            found.append(
                Point(f"{letter}{number:02d}", f"{medium}{number}号", medium, role, "现有网络", x, y, water_body=body)
            )
    return found


def _solid_points(rng: np.random.Generator) -> list[Point]:
    found = []
    for medium, letter, count in (("土壤", "T", 10), ("沉积物", "N", 6), ("水产品", "P", 4)):
        for number in range(1, count + 1):
            x = float(rng.uniform(-7500, 7500))
            y = float(rng.uniform(1500, 3000)) if medium == "土壤" else float(rng.uniform(5000, 7000))
            role = "背景" if number == count else "园区"
            body = "" if medium == "土壤" else "虚构湾近岸海域"
            name = f"{medium}{number}号" + (ANIMALS[number - 1] if medium == "水产品" else "")
            found.append(Point(f"{letter}{number:02d}", name, medium, role, "风险监测", x, y, water_body=body))
    return found


def is_monitored(site: Site) -> bool:
    """Has points at its outlets: class 265, and every fourth other listed site."""
    return "permit" in site.sources and (site.kind.is_synthetic or (site.handles_listed and site.number % 5 == 0))


def _outlet_points(world: World) -> list[Point]:
    """One point a stack and waste water outlet of class 265, and of every fourth other listed site; behind them all the
    inlets of the treatment of stacks at three plants a product."""
    found, inlets = [], []
    gas = water = 0
    for site in world.active:
        if not is_monitored(site):
            continue
        for outlet in site.outlets:
            if outlet.outlet_kind == "stack":
                gas += 1
                name, medium, identity = f"废气{gas}号", "废气", f"FQ{gas:03d}"
            elif outlet.outlet_kind == "waste_water":
                water += 1
                name, medium, identity = f"废水{water}号", "废水", f"FS{water:03d}"
            else:
                continue
            found.append(Point(identity, name, medium, "污染源", "自行监测", outlet.x_m, outlet.y_m, site, outlet))
            if outlet.outlet_kind == "stack" and site.gives_details:
                name, identity = f"废气{gas}号治理设施进口", f"FJ{gas:03d}"
                place_of = (outlet.x_m, outlet.y_m)
                inlets.append(Point(identity, name, "废气", "治理设施进口", "自行监测", *place_of, site, outlet))
    return found + inlets


def add_air_means(world: World, found: list[Point]) -> None:
    """Give points of air their true means."""
    if not found:
        return
    rose = air.weather(world).rose
    where = np.array([(point.x_m, point.y_m) for point in found])
    matrix, columns = air.dilution(world, rose, where)
    means = air.concentrations(world, matrix, columns, list(AIR_ITEMS))
    for index, point in enumerate(found):
        for code, (unit, _, background) in AIR_ITEMS.items():
            added = float(means[code][index]) / (1000 if unit == "mg/m3" else 1)
            point.mean[code] = background + added


def _water_means(world: World, found: list[Point], rng: np.random.Generator) -> None:
    flow = {"虚构甲河": 3.2, "虚构乙河": 0.8, "虚构丙河": 1.9, "虚构湾近岸海域": 400.0}
    for point in found:
        for code, (unit, _, background) in WATER_ITEMS.items():
            added = 0.0
            if point.role != "背景" and point.water_body in flow:
                tonnes = sum(
                    site.year_t(("DW001", "water", code), 2025)
                    for site in world.active
                    if ("DW001", "water", code) in site.emission_t
                    and any(o.water_body == point.water_body for o in site.outlets)
                )
                micrograms_l = tonnes * 1e6 / (flow[point.water_body] * 31.536e6) * 1000
                added = micrograms_l * (1000 if unit == "ng/L" else 1) * 0.3
            left = LEFT_BY_WATERWORKS.get(code, 1.0) if point.medium == "饮用水" else 1.0
            point.mean[code] = (background + added) * left * float(rng.lognormal(0, 0.2))
