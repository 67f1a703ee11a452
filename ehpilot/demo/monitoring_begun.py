"""monitoring/: what plants began to measure in September 2026, after a rule found that nobody measured it.

Belongs here: 点位表_202609.xlsx, 手工监测_YYYYMM_自行.csv of the months from then on: stacks, waste water and boundary
of plants that emit a carcinogen of a list and computed it by factors or balances until then.
Does not belong here: the points that stood before (network.py), the laboratory's reports (monitoring_lab.py).
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from ehpilot.demo import network, place
from ehpilot.demo.files import Table, write_csv, write_workbook
from ehpilot.demo.industry import substances
from ehpilot.demo.ledger import Ledger
from ehpilot.demo.monitoring_lab import POINT, result_text
from ehpilot.demo.monitoring_long import LONG
from ehpilot.demo.network import Point
from ehpilot.demo.world import Site, World, quarters_of

BEGUN = date(2026, 9, 15)
# class 1 of IARC, on a list: unit, detection limit and method in waste gas and in waste water
CARCINOGENS = {
    "79-01-6": (("mg/m3", 0.3, "HJ 1006-2018"), ("mg/L", 0.0012, "HJ 639-2012")),
    "18540-29-9": (("mg/m3", 0.005, "HJ/T 29-1999"), ("mg/L", 0.004, "GB/T 7467-1987")),
    "50-00-0": (("mg/m3", 0.5, "GB/T 15516-1995"), ("mg/L", 0.05, "HJ 601-2011")),
}


def write(world: World, ledger: Ledger, out: Path) -> None:
    """Write the list of points and a file of results a month, as far as the world's day allows."""
    points = begun(world)
    if world.as_of < BEGUN or not points:
        return
    table = Table(ledger, "monitoring/点位表_202609.xlsx", "点位表", POINT)
    for point in points:
        assert point.site is not None
        longitude, latitude = (round(degrees, 6) for degrees in place.to_degrees(point.x_m, point.y_m))
        table.add([
            point.point_id, point.name, point.medium, point.role, point.network, point.site.permit_no,
            point.outlet.number if point.outlet else None, None, longitude, latitude, "是",
        ])  # fmt: skip
        ledger.fact(
            "monitoring_sites", site_id=point.point_id, medium=point.medium, role=network.ROLES[point.role],
            longitude=longitude, latitude=latitude, enterprise_id=point.site.enterprise_id,
        )  # fmt: skip
    write_workbook(out, table.path, [table])
    for year, month in world.months(BEGUN.year):
        if (year, month) >= (BEGUN.year, BEGUN.month):
            _results(world, ledger, out, points, year, month)


def begun(world: World) -> list[Point]:
    """The points: two of three of the plants that owed them; the third does nothing yet."""
    found: list[Point] = []
    for site in world.active:
        if "permit" in site.sources and site.number % 3 and _owes(site):
            for outlet in site.outlets:
                medium = {"stack": "废气", "waste_water": "废水"}.get(outlet.outlet_kind)
                if medium and _emitted(site, outlet.number):
                    number = f"X{site.number + 1:03d}{outlet.number}"
                    where = (outlet.x_m, outlet.y_m)
                    found.append(Point(number, outlet.name, medium, "污染源", "自行监测", *where, site, outlet))
            where = (site.x_m + 60, site.y_m - 160)
            found.append(Point(f"X{site.number + 1:03d}CJ", "厂界下风向", "无组织", "厂界", "自行监测", *where, site))
    network.add_air_means(world, [point for point in found if point.role == "厂界"])
    return found


def _owes(site: Site) -> bool:
    """Computes what it emits of a listed carcinogen, and has no point of monitoring."""
    is_computed = site.method in ("balance", "factor")
    return is_computed and site.handles_listed and not network.is_monitored(site) and bool(_emitted(site, None))


def _emitted(site: Site, outlet_no: str | None) -> list[str]:
    known = {code for number, _, code in site.emission_t if outlet_no in (number, None)}
    return [code for code in CARCINOGENS if code in known]


def _results(world: World, ledger: Ledger, out: Path, points: list[Point], year: int, month: int) -> None:
    rng = world.rng(f"monitoring begun {year}-{month}")
    table = Table(ledger, f"monitoring/手工监测_{year}{month:02d}_自行.csv", "", LONG)
    quarter = quarters_of(year).start + (month - 1) // 3
    known = substances()
    for number, point in enumerate(points):
        site, outlet = point.site, point.outlet
        assert site is not None
        moment = datetime(year, month, 16 + number % 10, 9 + number % 7)
        if outlet is None:
            measured = [code for code in _emitted(site, None) if code in network.AIR_ITEMS]
        else:
            measured = _emitted(site, outlet.number)
        for code in measured:
            if outlet is None:
                unit, limit, _ = network.AIR_ITEMS[code]
                method, true = "HJ 759-2023", point.mean[code] * float(rng.lognormal(0, 0.4))
            else:
                is_gas = outlet.outlet_kind == "stack"
                unit, limit, method = CARCINOGENS[code][0 if is_gas else 1]
                milligrams = float(site.emission_t[outlet.number, "air" if is_gas else "water", code][quarter]) * 1e9
                volume = outlet.flow_m3_h * site.hours_h_a / 4 * (1 if is_gas else 1000)
                true = milligrams / volume * float(rng.lognormal(-0.1, 0.45))
            text, is_nondetect = result_text(rng, true, limit)
            row = table.add([
                point.point_id, f"{moment:%Y-%m-%d %H:%M}", known[code].name_cn, text, unit, f"{limit:g}", method,
            ])  # fmt: skip
            ledger.fact(
                "monitoring_results", path=table.path, sheet="", row=row.number, sample_no="", site_id=point.point_id,
                sampled_at=moment.isoformat(sep=" "), pollutant_id=code, true_value=true, unit=unit,
                is_nondetect=is_nondetect,
            )  # fmt: skip
    write_csv(out, table, "utf-8-sig")
