"""The true state of the fictional area: enterprises, sites, outlets, activity and emissions.

Belongs here: what is so, before anybody writes it into a file.
Does not belong here: files, headers and dirt (the source modules), recipes (industry.py), air (air.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from ehpilot.demo import names, place
from ehpilot.demo.industry import Kind, kinds, substances

QUARTERS = tuple(f"{year}Q{quarter}" for year in (2024, 2025) for quarter in (1, 2, 3, 4))
YEARS = (2024, 2025)
METHODS = ("自动监测", "手工监测", "物料衡算", "产排污系数")
METHOD_SPREAD = {"自动监测": 0.05, "手工监测": 0.15, "物料衡算": 0.2, "产排污系数": 0.4}


@dataclass
class Outlet:
    """A release point of a site; ``kind`` as in the permit form, ``outlet_kind`` as in vocabulary.yml."""

    number: str
    name: str
    kind: str
    outlet_kind: str
    x_m: float
    y_m: float
    height_m: float = 0.0
    diameter_m: float = 0.0
    temperature_c: float = 20.0
    velocity_m_s: float = 0.0
    width_m: float = 0.0
    flow_m3_h: float = 0.0
    destination: str = ""
    water_body: str = ""


@dataclass
class Site:
    """One production site. ``cases`` names what is special about it, for tests and truth."""

    number: int
    kind: Kind
    credit_code: str
    permit_suffix: str
    name: str
    park_id: str
    x_m: float
    y_m: float
    capacity_t: float
    employees: int
    former_name: str = ""
    old_code: str = ""
    status: str = "operating"
    cases: list[str] = field(default_factory=list)
    sources: set[str] = field(default_factory=set)
    outlets: list[Outlet] = field(default_factory=list)
    load: np.ndarray = field(default_factory=lambda: np.ones(8))
    method: str = "产排污系数"
    # (outlet no., medium, pollutant_id) → tonnes in each of the eight quarters
    emission_t: dict[tuple[str, str, str], np.ndarray] = field(default_factory=dict)

    @property
    def permit_no(self) -> str:
        """Permit number: credit code, three digits, a letter."""
        return self.credit_code + self.permit_suffix

    @property
    def enterprise_id(self) -> str:
        """The id that the warehouse must find: credit code and the permit's three digits."""
        return f"{self.credit_code}-{self.permit_suffix[:3]}"

    @property
    def activity_t(self) -> np.ndarray:
        """Product made in each of the eight quarters, tonnes."""
        return self.capacity_t / 4 * self.load

    @property
    def handles_listed(self) -> bool:
        """Makes, uses or emits a listed or new pollutant."""
        known = substances()
        codes = [code for code, _ in self.kind.air + self.kind.water] + [m[1] for m in self.kind.materials]
        return any(code in known and known[code].is_listed for code in codes)

    @property
    def degrees(self) -> tuple[float, float]:
        """Longitude and latitude."""
        return place.to_degrees(self.x_m, self.y_m)

    def year_t(self, key: tuple[str, str, str], year: int) -> float:
        """True emission of one outlet and pollutant in 2024 or 2025, t/a."""
        start = 4 * (year - YEARS[0])
        return float(self.emission_t[key][start : start + 4].sum())


@dataclass
class World:
    """The whole fictional area."""

    seed: int
    scale: float
    sites: list[Site]
    factors: list[dict[str, object]]

    def rng(self, subject: str) -> np.random.Generator:
        """A random stream of its own for each subject, so that one module's draws never move another's."""
        return np.random.default_rng([self.seed, *subject.encode()])

    def those(self, source: str) -> list[Site]:
        """Sites that a source knows."""
        return [site for site in self.sites if source in site.sources]

    @cached_property
    def active(self) -> list[Site]:
        """Sites that still operate."""
        return [site for site in self.sites if site.status == "operating"]


def build(seed: int, scale: float) -> World:
    """Make the world of a seed; ``scale`` 1 has 260 sites."""
    world = World(seed, scale, [], [])
    rng = world.rng("world")
    chosen = [kind for kind in kinds() for _ in range(max(1, round(kind.count * scale)))]
    for number, kind in enumerate(chosen):
        world.sites.append(_site(rng, number, kind))
    _cases(world)
    for site in world.sites:
        _outlets(rng, site)
    _emissions(world, rng)
    _sources(world, rng)
    return world


def _site(rng: np.random.Generator, number: int, kind: Kind) -> Site:
    shapes = place.parks()
    outside = 0.04 if kind.is_synthetic else 0.3
    park_id = "" if rng.random() < outside else str(rng.choice(list(shapes), p=[0.4, 0.35, 0.25]))
    left, low, right, high = shapes[park_id].bounds if park_id else (-7500, -4500, 7500, 800)
    while True:
        x, y = float(rng.uniform(left, right)), float(rng.uniform(low, high))
        if place.park_of(x, y) == park_id and place.land().buffer(-100).covers(place.Point(x, y)):
            break
    capacity = kind.capacity_t * float(rng.lognormal(0, 0.5))
    site = Site(
        number, kind, names.credit_code(number + 1, park_id), "001" + str(rng.choice(list("PVUQR"))),
        names.company(number, kind.trade), park_id, round(x, 1), round(y, 1), float(f"{capacity:.3g}"),
        int(20 + capacity**0.45 * rng.uniform(0.5, 1.5)),
    )  # fmt: skip
    season = np.array([0.88, 1.0, 1.05, 0.98] * 2)
    growth = np.repeat([1.0, float(rng.uniform(0.92, 1.1))], 4)
    site.load = np.clip(season * growth * rng.uniform(0.72, 0.95) * rng.lognormal(0, 0.05, 8), 0.3, 1.15)
    site.method = str(rng.choice(METHODS, p=[0.15, 0.45, 0.15, 0.25] if kind.is_synthetic else [0.1, 0.35, 0.1, 0.45]))
    return site


def _cases(world: World) -> None:
    """Give some sites the histories that make matching hard."""
    sites = [s for s in world.sites if not s.kind.is_synthetic]
    if len(sites) < 12:
        return
    order = world.rng("cases").permutation(len(sites))
    take = iter(sites[int(i)] for i in order)
    some = max(1, round(3 * world.scale))
    for _ in range(some):  # two sites under one credit code
        first, second = next(take), next(take)
        second.credit_code, second.name, second.permit_suffix = first.credit_code, first.name, "002P"
        first.cases.append("two_sites_one_code")
        second.cases.append("two_sites_one_code")
    for _ in range(some):  # one enterprise under two codes
        site = next(take)
        site.old_code = names.credit_code(5000 + site.number, site.park_id)
        site.cases.append("two_codes")
    for _ in range(2 * some):
        site = next(take)
        site.former_name = names.company(300 + site.number, site.kind.trade)
        site.cases.append("renamed")
    for _ in range(some):  # merged into another, known to the census only
        gone, heir = next(take), next(take)
        gone.status, heir.former_name = "merged", gone.name
        gone.cases.append(f"merged_into:{heir.credit_code}-{heir.permit_suffix[:3]}")
        heir.cases.append("took_over")
    for _ in range(3 * some):
        site = next(take)
        site.status = "stopped"
        site.cases.append("stopped")
    for _ in range(some):  # two enterprises in one permit: the second has no permit of its own
        host, guest = next(take), next(take)
        guest.park_id, guest.x_m, guest.y_m = host.park_id, host.x_m + 30, host.y_m + 20
        host.cases.append(f"permit_shared_with:{guest.credit_code}")
        guest.cases.append(f"in_permit_of:{host.credit_code}-{host.permit_suffix[:3]}")


def _outlets(rng: np.random.Generator, site: Site) -> None:
    big = site.capacity_t > 50000
    for index in range(1 + big + (rng.random() < 0.4)):
        dx, dy = rng.uniform(-120, 120, 2)
        velocity, diameter = round(float(rng.uniform(6, 18)), 1), round(float(rng.uniform(0.4, 1.4 + big)), 2)
        warm = site.kind.kind_id in ("power", "waste", "refinery", "olefin")
        temperature = float(rng.integers(90, 160)) if warm else float(rng.integers(18, 60))
        area = np.pi * diameter**2 / 4
        flow = area * velocity * 3600 * 273.15 / (273.15 + temperature) * 0.95
        site.outlets.append(
            Outlet(
                f"DA{index + 1:03d}", f"{site.kind.unit_name}{index + 1}号排气筒", "有组织", "stack",
                site.x_m + dx, site.y_m + dy, float(rng.integers(15, 46 + 35 * warm)), diameter, temperature,
                velocity, 0.0, round(float(flow), 0), "大气", "",
            )
        )  # fmt: skip
    width = round(float(rng.uniform(60, 350)), 0)
    site.outlets.append(
        Outlet("MF001", "厂区无组织", "无组织", "fugitive", site.x_m, site.y_m, 8.0, 0, 20.0, 0, width, 0, "大气")
    )
    if site.kind.water:
        body = f"虚构{'甲乙丙'[int(rng.integers(3))]}河" if rng.random() < 0.4 else "虚构湾近岸海域"
        flow = round(float(rng.uniform(200, 3000)), 0)
        site.outlets.append(
            Outlet("DW001", "废水总排口", "废水总排口", "waste_water", site.x_m + 60, site.y_m + 150, 0, 0, 20.0, 0, 0,
                   flow / 24, "进入城市污水处理厂" if rng.random() < 0.5 else "直接进入江河湖库等水环境", body)
        )  # fmt: skip
    if rng.random() < 0.5:
        site.outlets.append(Outlet("YS001", "雨水排放口", "雨水", "rain_water", site.x_m - 60, site.y_m + 160))


def _emissions(world: World, rng: np.random.Generator) -> None:
    """True factors: kind × pollutant, a spread between plants (GSD 1.6) and one between quarters (GSD 1.2)."""
    for kind in kinds():
        for medium, recipe in (("air", kind.air), ("water", kind.water)):
            for code, grams in recipe:
                world.factors.append(
                    {"kind_id": kind.kind_id, "industry_code": kind.industry_code, "product": kind.product[0],
                     "medium": medium, "pollutant_id": code, "factor_geometric_mean_g_t": grams,
                     "gsd_between_plants": 1.6, "gsd_within_plant": 1.2, "fugitive_share": kind.fugitive_share}
                )  # fmt: skip
    for site in world.sites:
        stacks = [outlet for outlet in site.outlets if outlet.outlet_kind == "stack"]
        shares = rng.dirichlet(np.full(len(stacks), 4.0))
        for code, grams in site.kind.air:
            quarters = site.activity_t * grams * 1e-6 * rng.lognormal(0, np.log(1.6))
            quarters = quarters * rng.lognormal(0, np.log(1.2), 8)
            for stack, share in zip(stacks, shares, strict=True):
                site.emission_t[stack.number, "air", code] = quarters * (1 - site.kind.fugitive_share) * share
            site.emission_t["MF001", "air", code] = quarters * site.kind.fugitive_share
        for code, grams in site.kind.water:
            quarters = site.activity_t * grams * 1e-6 * rng.lognormal(0, np.log(1.6))
            site.emission_t["DW001", "water", code] = quarters * rng.lognormal(0, np.log(1.2), 8)


def _sources(world: World, rng: np.random.Generator) -> None:
    """Which authority knows which site. A stopped or merged one is in the census, perhaps in an old permit."""
    by_code: dict[str, list[Site]] = {}
    for site in world.sites:
        by_code.setdefault(site.credit_code, []).append(site)
    for site in world.sites:
        guest = any(case.startswith("in_permit_of") for case in site.cases)
        gone = site.status != "operating"
        listed = site.handles_listed
        if not guest and site.status != "merged" and (listed or rng.random() < 0.75):
            site.sources.add("permit")
        if gone or rng.random() < 0.8:
            site.sources.add("census")
        if not gone and rng.random() < (0.6 if listed else 0.15):
            site.sources.add("key_unit")
        if not gone and listed and rng.random() < 0.92:
            site.sources.add("chemical_survey")
        surveyed = any("site_survey" in other.sources for other in by_code[site.credit_code])
        if not gone and (listed or guest) and not surveyed:  # one workbook an enterprise, not a site
            site.sources.add("site_survey")
        if not site.sources:
            site.sources.add("census")
