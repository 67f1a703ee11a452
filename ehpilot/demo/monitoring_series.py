"""monitoring/: hourly series: automatic stations, on-line chromatograph, on-line outlets.

Belongs here: 自动站_YYYYMM.csv, VOCs在线_YYYYMM.csv, 在线监测_YYYYMM.csv with gaps, flags and missing marks.
Does not belong here: samples (monitoring_lab.py, monitoring_long.py).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from ehpilot.demo import air, place
from ehpilot.demo.files import Table, write_csv
from ehpilot.demo.industry import substances
from ehpilot.demo.ledger import Ledger
from ehpilot.demo.world import Site, World, quarters_of

# pollutant_id: (unit, typical level, share of a plume from the nearest park)
STATION_ITEMS = {
    "7446-09-5": ("μg/m3", 8.0, 0.3), "10102-44-0": ("μg/m3", 32.0, 0.2), "PM10": ("μg/m3", 52.0, 0.1),
    "PM2.5": ("μg/m3", 29.0, 0.1), "10028-15-6": ("μg/m3", 88.0, 0.0), "630-08-0": ("mg/m3", 0.7, 0.1),
}  # fmt: skip
STATIONS = {"ZD01": "park_jia", "ZD02": "park_yi", "ZD03": ""}
CHROMATOGRAPH = "ZD02"
# pollutant_id: background, ppb
CHROMATOGRAPH_ITEMS = {
    "74-85-1": 1.1, "71-43-2": 0.2, "108-88-3": 0.35, "100-41-4": 0.06, "100-42-5": 0.01, "106-99-0": 0.01,
    "107-13-1": 0.0, "75-01-4": 0.002, "107-06-2": 0.08, "75-09-2": 0.25, "67-66-3": 0.04, "79-01-6": 0.01,
}  # fmt: skip
CHROMATOGRAPH_LIMIT_PPB = 0.05
MOLAR_VOLUME_L = 24.04  # at 20 ℃
MOST_ONLINE = 60  # outlets on line at any scale, so that a month's file stays small
ONLINE = ["许可证编号", "排放口编号", "时间", "烟气流量(m3/h)", "污染物", "实测浓度(mg/m3)", "折算浓度(mg/m3)", "标记"]
START = datetime(air.YEAR, 1, 1)


def station_place(station: str) -> tuple[float, float]:
    """Where a station stands, metres: 800 m south of its park, or far inland."""
    park = STATIONS[station]
    shape = place.parks()[park] if park else place.land()
    return shape.centroid.x, shape.bounds[1] - 800 if park else -5000.0


def write(world: World, ledger: Ledger, out: Path) -> None:
    """Write each series from January 2025 to the as-of date, one file a month."""
    weather = air.weather(world)
    bearing = _bearings()
    levels = {station: _station_levels(world, weather, station, bearing[station]) for station in STATIONS}
    gas = _chromatograph_levels(world, weather)
    online = _online_outlets(world)
    for station, direction in bearing.items():
        ledger.fact("station_plumes", station=station, source_direction_deg=direction, plume_half_width_deg=30.0)
    for year, month in world.months():
        first = (datetime(year, month, 1) - START).days * 24
        last = (datetime(year + month // 12, month % 12 + 1, 1) - START).days * 24
        _station_file(world, ledger, out, levels, (year, month), first, last)
        _chromatograph_file(world, ledger, out, gas, (year, month), first, last)
        _online_file(world, ledger, out, online, (year, month), first, last)


def _bearings() -> dict[str, float]:
    """Direction from which a station gets the plume of its park (stations stand south of the parks)."""
    shapes = place.parks()
    result = {}
    for number, (station, park) in enumerate(STATIONS.items()):
        result[station] = 15.0 * (number - 1) % 360 if park in shapes else 0.0
    return result


def _plume(weather: air.Weather, direction: float) -> np.ndarray:
    turn = np.abs((weather.direction_deg - direction + 180) % 360 - 180)
    return np.exp(-((turn / 30.0) ** 2)) * 3.0 / np.maximum(weather.speed_m_s, 0.5)


def _station_levels(world: World, weather: air.Weather, station: str, direction: float) -> dict[str, np.ndarray]:
    rng = world.rng(f"station {station}")
    hour = np.arange(air.HOURS)
    clock, day = hour % 24, hour // 24
    winter = 0.5 + 0.5 * np.cos(2 * np.pi * (day - 15) / 365)
    result = {}
    for code, (_, level, plume) in STATION_ITEMS.items():
        daily = 1 + 0.25 * np.sin(2 * np.pi * (clock - (9 if code == "10028-15-6" else 14)) / 24)
        season = 1.25 - 0.5 * winter if code == "10028-15-6" else 0.75 + 0.5 * winter
        series = level * daily * season * rng.lognormal(0, 0.25, air.HOURS)
        result[code] = series + level * plume * _plume(weather, direction)
    return result


def _chromatograph_levels(world: World, weather: air.Weather) -> dict[str, np.ndarray]:
    """What the plants around the station cause hour by hour, over a background that breathes; ppb."""
    rng = world.rng("chromatograph")
    caused = air.hourly(world, weather, *station_place(CHROMATOGRAPH), tuple(CHROMATOGRAPH_ITEMS))
    result = {}
    for code, background in CHROMATOGRAPH_ITEMS.items():
        mass = substances()[code].molar_mass_g_mol
        assert mass is not None
        plume = caused[code] * rng.lognormal(0, 0.5, air.HOURS) * MOLAR_VOLUME_L / mass
        result[code] = background * rng.lognormal(0, 0.45, air.HOURS) + plume
    return result


def hour_ending(hour: int, style: int) -> str:
    """Text of the hour that begins ``hour`` hours after START, named by its end; midnight as 24:00 in one style."""
    moment = START + timedelta(hours=hour + 1)
    if style == 1 and moment.hour == 0:
        return f"{moment - timedelta(days=1):%Y-%m-%d} 24:00"
    return f"{moment:%Y/%m/%d %H:%M}" if style == 2 else f"{moment:%Y-%m-%d %H:%M}"


def _station_file(
    world: World, ledger: Ledger, out: Path, levels: dict[str, dict[str, np.ndarray]], when: tuple[int, int],
    first: int, last: int,
) -> None:  # fmt: skip
    year, month = when
    rng = world.rng(f"station file {year}-{month}")
    known = substances()
    codes = list(STATION_ITEMS)
    header = ["站点", "时间", *(f"{known[code].name_cn}({STATION_ITEMS[code][0]})" for code in codes)]
    table = Table(ledger, f"monitoring/自动站_{year}{month:02d}.csv", "", header)
    for station, series in levels.items():
        block = np.array([series[code][first:last] for code in codes]).T
        texts = [[f"{v:.2f}" if j == 5 else f"{v:.0f}" for j, v in enumerate(line)] for line in block.tolist()]
        gaps = rng.random(last - first) < 0.004
        for offset, cells in enumerate(texts):
            if not gaps[offset]:
                table.add([station, hour_ending(first + offset, month % 3), *cells], records=len(codes))
    _flags(table, rng, len(codes), len(table.rows) * len(codes) // 500)
    table.spoil_any(rng, table.name(3), "3000000000", "NUMBER-PHYSICAL", "beyond physical sense", records=1)
    if month == 2:
        table.spoil_any(rng, "时间", f"{year}-02-29 08:00", "DATE", "29 February of a common year")
    if month == 5:
        table.skip(header, "SKIP-HEADER", "header again in mid-file")
    write_csv(out, table, ("utf-8", "gb18030", "utf-8-sig")[month % 3])


def _flags(table: Table, rng: np.random.Generator, items: int, count: int) -> None:
    """Suffix flags and missing marks in single cells; empty cells are no records."""
    rows = rng.choice(len(table.rows), count, replace=False)
    for number, index in enumerate(rows.tolist()):
        row = table.rows[index]
        place_ = 2 + int(rng.integers(items))
        column = table.name(place_)
        kind = number % 5
        if kind < 2 and row.cells[place_].startswith("<"):
            kind = 3  # the instrument marks the validity of numbers
        if kind == 0:
            table.flag(row, column, f"{row.cells[place_]}(H)", "FLAGGED", "validity in doubt (H)", records=1)
        elif kind == 1:
            table.flag(row, column, f"{row.cells[place_]}(M)", "FLAGGED", "maintenance (M)", records=1)
        elif kind == 2:
            table.flag(row, column, "-99", "MISSING-MARK", "missing mark", records=1)
        elif kind == 3:
            table.flag(row, column, "--", "MISSING-MARK", "missing mark", records=1)
        else:
            row.cells[place_] = ""
            row.records -= 1
            row.touched = True
            table.ledger.count(table.path).read -= 1


def _chromatograph_file(
    world: World, ledger: Ledger, out: Path, gas: dict[str, np.ndarray], when: tuple[int, int], first: int, last: int
) -> None:
    year, month = when
    rng = world.rng(f"chromatograph file {year}-{month}")
    known = substances()
    codes = list(gas)
    header = ["站点", "时间", *(f"{known[code].name_cn}(ppb)" for code in codes)]
    table = Table(ledger, f"monitoring/VOCs在线_{year}{month:02d}.csv", "", header)
    block = np.array([gas[code][first:last] for code in codes]).T.tolist()
    down = rng.random(last - first) < 0.02
    for offset, line in enumerate(block):
        if not down[offset]:
            limit = CHROMATOGRAPH_LIMIT_PPB
            cells = [f"{value:.3f}" if value >= limit else f"<{limit:g}" for value in line]
            table.add([CHROMATOGRAPH, hour_ending(first + offset, 0), *cells], records=len(codes))
    _flags(table, rng, len(codes), 40)
    write_csv(out, table)


def _online_outlets(world: World) -> list[tuple[Site, str, str]]:
    """Outlets with on-line monitoring: the first stack of sites that report by their instruments."""
    wanted = ("NOX", "NMHC", "7446-09-5")
    found = []
    for site in world.active:
        if site.method == "automatic" and "permit" in site.sources:
            code = next((c for c in wanted if ("DA001", "air", c) in site.emission_t), None)
            if code:
                found.append((site, "DA001", code))
    return found[: min(MOST_ONLINE, max(2, round(5 * world.scale)))]


def _online_file(
    world: World, ledger: Ledger, out: Path, outlets: list[tuple[Site, str, str]], when: tuple[int, int],
    first: int, last: int,
) -> None:  # fmt: skip
    year, month = when
    rng = world.rng(f"online {year}-{month}")
    known = substances()
    table = Table(ledger, f"monitoring/在线监测_{year}{month:02d}.csv", "", ONLINE)
    quarter = quarters_of(year).start + (month - 1) // 3
    size = last - first
    for site, outlet_no, code in outlets:
        outlet = next(o for o in site.outlets if o.number == outlet_no)
        flow = outlet.flow_m3_h * rng.normal(1, 0.06, size)
        mean = site.emission_t[outlet_no, "air", code][quarter] * 1e9 / (outlet.flow_m3_h * site.hours_h_a / 4)
        spread = 0.15 if site.kind.is_fired else 0.3
        values = mean * rng.lognormal(-(spread**2) / 2, spread, size)
        state = rng.choice(["正常", "校准", "故障"], size, p=[0.989, 0.006, 0.005])
        stopped = _stop(rng, size, site.hours_h_a)
        state[stopped], flow[stopped], values[stopped] = "停产", 0.0, 0.0
        missing = rng.random(size) < 0.003
        name = known[code].name_cn
        for offset in range(size):
            if missing[offset]:
                continue
            row = table.add([
                site.permit_no, outlet_no, hour_ending(first + offset, 0), f"{flow[offset]:.0f}", name,
                f"{values[offset]:.4g}", f"{values[offset] * 1.08:.4g}", state[offset],
            ])  # fmt: skip
            if state[offset] != "正常":
                table.flag(row, "", None, "FLAGGED", f"hour marked {state[offset]}")
        ledger.fact(
            "online_outlets", enterprise_id=site.enterprise_id, outlet_no=outlet_no, pollutant_id=code, month=month,
            year=year, true_mean_mg_m3=float(mean), hours_written=int(size - missing.sum()),
        )  # fmt: skip
    _spoil_online(table, rng, year, month)
    write_csv(out, table, "gb18030" if month % 2 else "utf-8")


def _stop(rng: np.random.Generator, size: int, hours_h_a: float) -> slice:
    """The hours of a month, in one piece, in which a plant that runs ``hours_h_a`` stands still."""
    length = round(size * (1 - hours_h_a / air.YEAR_HOURS))
    start = int(rng.integers(size - length + 1))
    return slice(start, start + length)


def _spoil_online(table: Table, rng: np.random.Generator, year: int, month: int) -> None:
    for column, value, code, what in (
        ("实测浓度(mg/m3)", "4000000000", "NUMBER-PHYSICAL", "beyond physical sense"),
        ("烟气流量(m3/h)", "-500", "NUMBER-NEGATIVE", "negative flow"),
        ("污染物", "示例因子", "POLLUTANT-UNKNOWN", "pollutant in no alias list"),
        ("时间", f"{year}-{month:02d}-40 01:00", "DATE", "no date"),
    ):
        table.spoil_any(rng, column, value, code, what)
    row = table.pick(rng)
    if row:
        table.spoil(row, "", None, "FIELD-COUNT", "row breaks off")
        del row.cells[4:]
    if month == 4:
        table.skip([], "SKIP-BLANK", "blank line")
        row = table.pick(rng)
        if row:
            row.touched = True
            table.duplicate(table.add(list(row.cells)))
