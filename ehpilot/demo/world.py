"""The true state of the fictional area: enterprises, sites, outlets, activity and emissions.

Belongs here: what is so, before anybody writes it into a file.
Does not belong here: files, headers and dirt (the source modules), recipes (industry.py), air (air.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from ehpilot.demo import limits, names, place
from ehpilot.demo.industry import LATER, Kind, kinds, substances

# The world runs to the end of 2026 whatever the as-of date is, so that a later folder changes nothing of an earlier.
QUARTERS = tuple(f"{year}Q{quarter}" for year in (2024, 2025, 2026) for quarter in (1, 2, 3, 4))
YEARS = (2024, 2025)  # for which plants have reported
AS_OF = date(2026, 10, 31)
EARLIEST, LATEST = date(2026, 6, 30), date(2026, 12, 31)
METHODS = ("automatic", "manual", "balance", "factor")


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
    load: np.ndarray = field(default_factory=lambda: np.ones(len(QUARTERS)))
    hours_h_a: float = 8000.0
    method: str = "factor"
    # (outlet no., medium, pollutant_id) → tonnes in each of the quarters
    emission_t: dict[tuple[str, str, str], np.ndarray] = field(default_factory=dict)
    # year → the same key → what the site told the permit platform, t/a
    reported_t: dict[int, dict[tuple[str, str, str], float]] = field(default_factory=dict)

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
        """Product made in each of the quarters, tonnes."""
        return self.capacity_t / 4 * self.load

    @property
    def gives_details(self) -> bool:
        """One of three plants a product that measure before treatment and state loading and leaks."""
        return self.kind.is_synthetic and self.number % 8 < 3

    @property
    def gives_balance(self) -> bool:
        """One of the plants of synthetic materials (GB/T 4754 class 265) that state mass balances: more than half, so
        that a few a product are left where meters tell the rest of some plants only."""
        return self.kind.industry_code.startswith("265") and self.number % 8 < 5

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
        """True emission of one outlet and pollutant in a year, t/a."""
        return float(self.emission_t[key][quarters_of(year)].sum())

    def made_t(self, year: int) -> float:
        """Product made in a year, tonnes."""
        return float(self.activity_t[quarters_of(year)].sum())


@dataclass
class World:
    """The whole fictional area."""

    seed: int
    scale: float
    sites: list[Site]
    factors: list[dict[str, object]]
    as_of: date = AS_OF
    is_hostile: bool = False

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

    def months(self, start: int = 2025) -> list[tuple[int, int]]:
        """(year, month) of the whole months from January of a year to the as-of date."""
        end = self.as_of + timedelta(days=1)
        last = 12 * end.year + end.month - 1  # the first month that is not over
        return [(index // 12, index % 12 + 1) for index in range(12 * start, last)]


def quarters_of(year: int) -> slice:
    """Where a year's quarters stand in the series of the world."""
    first = 4 * (year - YEARS[0])
    return slice(first, first + 4)


def build(seed: int, scale: float, as_of: date = AS_OF, *, is_hostile: bool = False) -> World:
    """Make the world of a seed; ``scale`` 1 has about 270 sites."""
    world = World(seed, scale, [], [], as_of, is_hostile)
    first, later = world.rng("world"), world.rng("world, later kinds")

    def stream(kind: Kind) -> np.random.Generator:
        return later if kind.kind_id in LATER else first

    chosen = [kind for kind in kinds() for _ in range(max(1, round(kind.count * scale)))]
    for number, kind in enumerate(chosen):
        world.sites.append(_site(stream(kind), number, kind))
    _cases(world)
    for site in world.sites:
        _outlets(stream(site.kind), site)
    _emissions(world, stream)
    for site in world.sites:
        _sized(stream(site.kind), site)
    _sources(world, stream)
    return world


def _site(rng: np.random.Generator, number: int, kind: Kind) -> Site:
    shapes = place.parks()
    outside = 0.0 if kind.is_chemical else 0.3
    park_id = "" if rng.random() < outside else str(rng.choice(list(shapes), p=[0.4, 0.35, 0.25]))
    left, low, right, high = shapes[park_id].bounds if park_id else (-7500, -4500, 7500, 800)
    if kind.is_large_scale:
        low = shapes[park_id].centroid.y
    while True:
        x, y = float(rng.uniform(left, right)), float(rng.uniform(low, high))
        if place.park_of(x, y) == park_id and place.inland().covers(place.Point(x, y)):
            break
    capacity = kind.capacity_t * float(rng.lognormal(0, 0.5))
    site = Site(
        number, kind, names.credit_code(number + 1, park_id), "001" + str(rng.choice(list("PVUQR"))),
        names.company(number, kind.trade), park_id, round(x, 1), round(y, 1), float(f"{capacity:.3g}"),
        int(20 + capacity**0.45 * rng.uniform(0.5, 1.5)),
    )  # fmt: skip
    count = len(QUARTERS)
    season = np.tile([0.88, 1.0, 1.05, 0.98], count // 4)
    growth = np.repeat(np.cumprod([1.0, *rng.uniform(0.92, 1.1, count // 4 - 1)]), 4)
    site.load = np.clip(season * growth * rng.uniform(0.72, 0.95) * rng.lognormal(0, 0.05, count), 0.3, 1.15)
    site.hours_h_a = round(min(8600.0, kind.hours_h_a * float(rng.normal(1, 0.04))))
    site.method = str(rng.choice(METHODS, p=[0.15, 0.45, 0.15, 0.25] if kind.is_synthetic else [0.1, 0.35, 0.1, 0.45]))
    if kind.is_fired:
        site.method = "automatic"
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
        site.old_code = names.credit_code(5_000_000 + site.number, site.park_id)
        site.cases.append("two_codes")
    for _ in range(2 * some):
        site = next(take)
        site.former_name = names.company(site.number, site.kind.trade, is_former=True)
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
    """Outlets without flow and mouth: those follow from what they must carry (``_sized``)."""
    big = site.capacity_t > 50000
    fired = site.kind.is_fired
    for index in range(1 + big + 3 * site.kind.is_large_scale + (rng.random() < 0.4)):
        dx, dy = rng.uniform(-120, 120, 2)
        site.outlets.append(
            Outlet(
                f"DA{index + 1:03d}", f"{site.kind.unit_name}{index + 1}号排气筒", "有组织", "stack",
                site.x_m + dx, site.y_m + dy, float(rng.integers(15, 46 + 35 * fired)),
                temperature_c=float(rng.integers(90, 160) if fired else rng.integers(18, 60)),
                velocity_m_s=round(float(rng.uniform(8, 16)), 1), destination="大气",
            )
        )  # fmt: skip
    width = round(float(rng.uniform(60, 350)), 0)
    site.outlets.append(
        Outlet("MF001", "厂区无组织", "无组织", "fugitive", site.x_m, site.y_m, 8.0, width_m=width, destination="大气")
    )
    if site.kind.water:
        body = f"虚构{'甲乙丙'[int(rng.integers(3))]}河" if rng.random() < 0.4 else "虚构湾近岸海域"
        destination = "进入城市污水处理厂" if rng.random() < 0.5 else "直接进入江河湖库等水环境"
        if body.endswith("海域") and destination.startswith("直接"):
            destination = "直接进入海域"
        site.outlets.append(
            Outlet("DW001", "废水总排口", "废水总排口", "waste_water", site.x_m + 60, site.y_m + 150,
                   destination=destination, water_body=body)
        )  # fmt: skip
    if rng.random() < 0.5:
        site.outlets.append(Outlet("YS001", "雨水排放口", "雨水", "rain_water", site.x_m - 60, site.y_m + 160))


def _sized(rng: np.random.Generator, site: Site) -> None:
    """Flow and mouth of the outlets, as designed: the pollutant nearest to its limit runs at a fair part of it."""
    fired = site.kind.is_fired
    for outlet in site.outlets:
        medium = {"stack": "air", "waste_water": "water"}.get(outlet.outlet_kind)
        if medium is None:
            continue
        part = float(rng.lognormal(np.log(0.6), 0.12) if fired else rng.lognormal(np.log(0.38), 0.4))
        needed = 800.0 if medium == "air" else 2.0  # m3/h
        for (outlet_no, _, code), quarters in site.emission_t.items():
            limit = limits.limit(site.kind.kind_id, medium, code)
            if outlet_no == outlet.number and limit is not None:
                grams_h = float(quarters[quarters_of(2025)].sum()) * 1e6 / site.hours_h_a
                milligrams = 1e9 if code == "DIOXIN-TEQ" else 1e3  # of dioxins the limit is in ng
                needed = max(needed, grams_h * milligrams / (limit * part) / (1.0 if medium == "air" else 1000.0))
        outlet.flow_m3_h = float(f"{needed:.4g}")
        if medium == "air":
            hot = needed * (273.15 + outlet.temperature_c) / 273.15 / 0.95
            outlet.diameter_m = round(float(np.sqrt(4 * hot / 3600 / outlet.velocity_m_s / np.pi)), 2)


def _emissions(world: World, stream: Callable[[Kind], np.random.Generator]) -> None:
    """True factors: kind × pollutant, a spread between plants (GSD 1.6) and one between quarters (GSD 1.2)."""
    for kind in kinds():
        for medium, recipe in (("air", kind.air), ("water", kind.water)):
            for code, grams in recipe:
                world.factors.append(
                    {"kind_id": kind.kind_id, "industry_code": kind.industry_code, "product": kind.product[0],
                     "medium": medium, "pollutant_id": code, "factor_geometric_mean_g_t": grams,
                     "gsd_between_plants": 1.6, "gsd_within_plant": 1.2,
                     "fugitive_share": kind.fugitive_share_of(code) if medium == "air" else 0.0}
                )  # fmt: skip
    for site in world.sites:
        rng = stream(site.kind)
        stacks = [outlet for outlet in site.outlets if outlet.outlet_kind == "stack"]
        shares = rng.dirichlet(np.full(len(stacks), 4.0))
        for code, grams in site.kind.air:
            quarters = site.activity_t * grams * 1e-6 * rng.lognormal(0, np.log(1.6))
            quarters = quarters * rng.lognormal(0, np.log(1.2), len(QUARTERS))
            fugitive = site.kind.fugitive_share_of(code)
            for stack, share in zip(stacks, shares, strict=True):
                site.emission_t[stack.number, "air", code] = quarters * (1 - fugitive) * share
            if fugitive:
                site.emission_t["MF001", "air", code] = quarters * fugitive
        for code, grams in site.kind.water:
            quarters = site.activity_t * grams * 1e-6 * rng.lognormal(0, np.log(1.6))
            site.emission_t["DW001", "water", code] = quarters * rng.lognormal(0, np.log(1.2), len(QUARTERS))


def _sources(world: World, stream: Callable[[Kind], np.random.Generator]) -> None:
    """Which authority knows which site. A stopped or merged one is in the census, perhaps in an old permit."""
    by_code: dict[str, list[Site]] = {}
    for site in world.sites:
        by_code.setdefault(site.credit_code, []).append(site)
    for site in world.sites:
        rng = stream(site.kind)
        guest = any(case.startswith("in_permit_of") for case in site.cases)
        gone = site.status != "operating"
        listed = site.handles_listed
        twin = "two_sites_one_code" in site.cases  # both with a permit, and the code alone in the census: what is hard
        if not guest and site.status != "merged" and (listed or twin or rng.random() < 0.75):
            site.sources.add("permit")
        if gone or twin or rng.random() < 0.8:
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
