"""monitoring/: the list of points and the monthly reports of the laboratory (wide workbooks).

Belongs here: 点位表, 手工监测_YYYYMM.xlsx with all media, quality control and detection limits.
Does not belong here: long csv (monitoring_long.py), hourly series (monitoring_series.py).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from ehpilot.demo import limits as permits
from ehpilot.demo import names, network, place
from ehpilot.demo.files import Row, Table, write_workbook
from ehpilot.demo.industry import substances
from ehpilot.demo.ledger import Ledger, OverLimit
from ehpilot.demo.monitoring_series import STATIONS, station_place
from ehpilot.demo.network import AIR_ITEMS, SOLID_ITEMS, WATER_ITEMS, Point
from ehpilot.demo.world import Site, World, quarters_of

POINT = [
    "点位编号", "点位名称", "介质", "点位类型", "所属网络", "许可证编号", "对应排放口", "水体",
    "经度", "纬度", "是否在用",
]  # fmt: skip
LABORATORY = "示例检测技术有限公司（虚构）"
KEYS = ["样品编号", "点位编号", "采样时间"]
MONTHLY, QUARTERLY = tuple(range(1, 13)), (2, 5, 8, 11)
MEDIA: dict[str, tuple[dict[str, tuple[str, float, float]], tuple[int, ...]]] = {
    "环境空气": (AIR_ITEMS, MONTHLY), "无组织": (AIR_ITEMS, MONTHLY), "地表水": (WATER_ITEMS, MONTHLY),
    "海水": (WATER_ITEMS, (3, 6, 8, 10)), "地下水": (WATER_ITEMS, (4, 10)), "饮用水": (WATER_ITEMS, QUARTERLY),
    "土壤": (SOLID_ITEMS, (5,)), "沉积物": (SOLID_ITEMS, (8,)), "水产品": (SOLID_ITEMS, (9,)),
}  # fmt: skip


def write(world: World, ledger: Ledger, out: Path) -> None:
    """Write the list of points, four quarterly reports of 2024 and a monthly one from January 2025 on."""
    found = network.points(world)
    _point_list(world, ledger, out, found)
    for point in found:
        for code, mean in point.mean.items():
            ledger.fact(
                "environment_means", site_id=point.point_id, medium=point.medium, pollutant_id=code, year=2025,
                true_mean=mean, unit=_items(point.medium)[code][0], background=_items(point.medium)[code][2],
            )  # fmt: skip
    for month in QUARTERLY:
        _report(world, ledger, out, found, 2024, month, {})
    slopes = {code: float(world.rng(f"trend {code}").normal(-0.006, 0.006)) for code in AIR_ITEMS | WATER_ITEMS}
    for code, slope in slopes.items():
        ledger.fact("environment_trends", pollutant_id=code, log_slope_a_month=slope, even_in="2025-07")
    for year, month in world.months():
        _report(world, ledger, out, found, year, month, slopes)


def _items(medium: str) -> dict[str, tuple[str, float, float]]:
    return MEDIA[medium][0]


def _point_list(world: World, ledger: Ledger, out: Path, found: list[Point]) -> None:
    rng = world.rng("point list")
    path = "monitoring/点位表.xlsx"
    table = Table(ledger, path, "点位表", POINT)
    for point in found:
        longitude, latitude = place.to_degrees(point.x_m, point.y_m)
        table.add([
            point.point_id, point.name, point.medium, point.role, point.network,
            point.site.permit_no if point.site and "permit" in point.site.sources else None,
            point.outlet.number if point.outlet else None, point.water_body or None, round(longitude, 6),
            round(latitude, 6), "是",
        ])  # fmt: skip
        ledger.fact(
            "monitoring_sites", site_id=point.point_id, medium=point.medium, role=network.ROLES[point.role],
            longitude=round(longitude, 6), latitude=round(latitude, 6),
            enterprise_id=point.site.enterprise_id if point.site else "",
        )  # fmt: skip
    for station, park in STATIONS.items():
        longitude, latitude = place.to_degrees(*station_place(station))
        role = "园区" if park else "背景"
        table.add([
            station, f"自动站{station[-2:]}", "环境空气", role, "自动站网络", None, None, None, round(longitude, 6),
            round(latitude, 6), "是",
        ])  # fmt: skip
        ledger.fact(
            "monitoring_sites", site_id=station, medium="环境空气", role=network.ROLES[role],
            longitude=round(longitude, 6), latitude=round(latitude, 6), enterprise_id="",
        )  # fmt: skip
    row = table.pick(rng, lambda r: str(r.cells[0]).startswith(("A", "S", "W")))
    if row:
        row.cells[8], row.cells[9] = row.cells[9], row.cells[8]
        table.flag(row, "", None, "XY-SWAPPED", "longitude and latitude swapped")
    row = table.add(["Z99", "已拆除测点", None, "园区", "现有网络", None, None, None, 122.5, 28.5, "否"])
    table.spoil(row, "", None, "REQUIRED-EMPTY", "medium left empty")
    write_workbook(out, path, [table])


def _report(
    world: World, ledger: Ledger, out: Path, found: list[Point], year: int, month: int, slopes: dict[str, float]
) -> None:
    rng = world.rng(f"lab {year}-{month}")
    path = f"monitoring/手工监测_{year}{month:02d}.xlsx"
    tables: list[Table] = []
    if year > 2024:
        drift = {code: float(np.exp(slope * (12 * (year - 2025) + month - 7))) for code, slope in slopes.items()}
        for medium, (items, months) in MEDIA.items():
            chosen = [point for point in found if point.medium == medium]
            if month in months and chosen:
                tables.append(_environment(ledger, rng, path, medium, items, chosen, year, month, drift))
    if month in QUARTERLY:
        for medium in ("废气", "废水"):
            chosen = [point for point in found if point.medium == medium]
            if chosen:
                tables.append(_sources(ledger, rng, path, medium, chosen, year, month))
    if year == 2025 and world.scale >= 0.5:
        _spoil(tables, rng, month)
    if month % 3 == 0:
        tables.reverse()
    write_workbook(out, path, tables)


def _table(
    ledger: Ledger, path: str, medium: str, keys: list[str], items: dict[str, str], year: int, month: int
) -> Table:
    known = substances()
    preamble: list[list[Any]] = [
        [f"{year}年{month}月{medium}检测报告（演示数据，虚构）"],
        [f"委托单位：{names.ISSUING_UNIT}", None, None, f"检测机构：{LABORATORY}"],
        ["CMA 编号", "虚构990000000001", None, "采样日期", f"{year}-{month:02d}-05至{year}-{month:02d}-25"],
    ]  # fmt: skip
    return Table(
        ledger, path, medium, [*keys, *(known[code].name_cn for code in items)], preamble,
        sub_header=[*[None] * len(keys), *items.values()],
    )  # fmt: skip


def result_text(rng: np.random.Generator, true: float, limit: float) -> tuple[Any, bool]:
    """A measured value as a laboratory writes it, and whether it is a non-detect."""
    measured = true * float(rng.lognormal(0, 0.08))
    if measured < limit:
        return str(rng.choice([f"<{limit:g}", f"{limit:g}L", "ND", "未检出"])), True
    value = float(f"{measured:.3g}")
    way = rng.random()
    if way < 0.75:
        return value, False
    if way < 0.9:
        return f"{value:g}", False
    power = int(np.floor(np.log10(value)))
    return (f"{value / 10**power:.3g}×10{power}" if way < 0.95 and power < 0 else f"{value:.2E}"), False


def _environment(
    ledger: Ledger, rng: np.random.Generator, path: str, medium: str, items: dict[str, tuple[str, float, float]],
    chosen: list[Point], year: int, month: int, drift: dict[str, float],
) -> Table:  # fmt: skip
    """One sample a point; ``drift`` is what a year and a half change of a substance's mean in mid-2025."""
    table = _table(ledger, path, medium, KEYS, {code: item[0] for code, item in items.items()}, year, month)
    season = {code: float(rng.lognormal(0, 0.25)) for code in items}
    for number, point in enumerate(chosen):
        moment = datetime(year, month, 5 + number % 20, 8 + number % 9, 15 * (number % 4))
        sample = f"{point.point_id}-{year % 100}{month:02d}01"
        cells: list[Any] = [sample, point.point_id, time_cell(moment, number + month)]
        trues = []
        for code, (unit, limit, _) in items.items():
            true = (
                point.mean[code]
                * drift.get(code, 1.0)
                * season[code]
                * float(rng.lognormal(0, 0.4 if unit != "mg/kg" else 0.1))
            )
            text, is_nondetect = result_text(rng, true, limit)
            cells.append(text)
            trues.append((code, unit, true, is_nondetect))
        row = table.add(cells, records=len(items))
        _note_results(table, row, sample, point, moment, trues)
    _quality_control(table, rng, [limit for _, limit, _ in items.values()], len(KEYS), year, month)
    return table


def _note_results(
    table: Table, row: Row, sample: str, point: Point, moment: datetime, trues: list[tuple[str, str, float, bool]]
) -> None:
    """True values behind one row: (pollutant_id, unit, value, is a non-detect) of each cell."""
    for code, unit, true, is_nondetect in trues:
        table.ledger.fact(
            "monitoring_results", path=table.path, sheet=table.sheet, row=row.number, sample_no=sample,
            site_id=point.point_id, sampled_at=moment.isoformat(sep=" "), pollutant_id=code, true_value=true,
            unit=unit, is_nondetect=is_nondetect,
        )  # fmt: skip


def time_cell(moment: datetime, way: int) -> Any:
    """A time in one of the ways that reports use."""
    if way % 7 == 5:
        return (moment - datetime(1899, 12, 30)) / timedelta(days=1)  # a serial number that lost its format
    if way % 7 == 3:
        return f"{moment:%Y/%m/%d %H:%M}"
    if way % 7 == 1:
        return f"{moment.year}年{moment.month}月{moment.day}日 {moment:%H:%M}"
    return moment if way % 2 else f"{moment:%Y-%m-%d %H:%M}"


def _quality_control(
    table: Table, rng: np.random.Generator, limits: list[float], keys: int, year: int, month: int
) -> None:
    """Parallel sample, blank, recovery, the row of detection limits, notes and signatures."""
    blanks = [None] * (keys - 3)
    first = table.rows[0]
    pair: list[Any] = []
    for cell, limit in zip(first.cells[keys:], limits, strict=True):
        if cell is None:
            pair.append(None)
            continue
        deviation = rng.normal(1, 0.06) if isinstance(cell, float) else 0.97
        second = float(f"{_number(cell) * deviation:.3g}")
        pair.append(second if second >= limit else "ND")
    count = sum(cell is not None for cell in pair)
    table.add([f"{first.cells[0]}-P", first.cells[1], first.cells[2], *blanks, *pair], records=count)
    stamp = f"{year}{month:02d}"
    table.add([f"{stamp}-KB1", None, None, *blanks, *["ND"] * len(limits)], records=len(limits))
    recovery = [float(round(rng.normal(98, 8), 1)) for _ in limits]
    table.add([f"{stamp}-JB1", None, None, *blanks, *recovery], records=len(limits))
    table.add(["检出限", None, None, *blanks, *limits], records=len(limits))
    for row in table.rows[-4:]:
        row.touched = True
    table.skip([], "SKIP-BLANK", "blank row")
    table.skip(["注：ND表示未检出"], "SKIP-NOTE", "note below the table")
    table.skip(["编制：测试人丁卯", None, "审核：测试人戊辰"], "SKIP-NOTE", "signature below the table")


def _number(cell: Any) -> float:
    """Number of a result as a laboratory writes it (1.2, 1.2E-3, 1.2×10-3); 0 of a non-detect or no result."""
    try:
        return float(str(cell).replace("×10", "E"))
    except ValueError:
        return 0.0


def _sources(
    ledger: Ledger, rng: np.random.Generator, path: str, medium: str, chosen: list[Point], year: int, month: int
) -> Table:
    """Stacks or waste water: one sample a point and quarter, paired with the quarter's activity."""
    quarter = quarters_of(year).start + (month - 1) // 3
    gas = medium == "废气"
    of = "air" if gas else "water"
    codes = sorted(
        {
            code
            for p in chosen
            if p.site and p.outlet
            for (o, m, code) in p.site.emission_t
            if m == of and o == p.outlet.number
        }
    )
    keys = [*KEYS, "标干流量(m3/h)", "含氧量(%)", "生产负荷(%)"] if gas else [*KEYS, "流量(m3/d)", "生产负荷(%)"]
    units = {code: ("ng/m3" if code == "DIOXIN-TEQ" else "mg/m3") if gas else "mg/L" for code in codes}
    table = _table(ledger, path, medium, keys, units, year, month)
    limits = {code: _source_limit(code, gas) for code in codes}
    outlets = [point for point in chosen if point.role != "治理设施进口"]
    for number, point in enumerate(outlets):
        site, outlet = point.site, point.outlet
        assert site is not None and outlet is not None
        load = float(np.clip(site.load[quarter] * rng.normal(1, 0.03), 0.3, 1.2))
        flow = float(f"{outlet.flow_m3_h * rng.normal(1, 0.05):.4g}")
        moment = datetime(year, month, 3 + number % 24, 9 + number % 7, 0)
        sample = f"{point.point_id}-{year % 100}{month:02d}01"
        head: list[Any] = [sample, point.point_id, time_cell(moment, number)]
        load_text = round(load * 100, 1)
        if gas:
            head += [flow, round(float(rng.uniform(17.5, 20.2)), 1), load_text]
        else:
            flow = float(f"{flow * 24:.4g}")
            head += [flow, load_text]
        hours = site.hours_h_a / 4
        volume = flow * hours if gas else flow * hours / 24
        cells, trues = _outlet_results(rng, site, outlet.number, of, quarter, volume, units, limits)
        row = table.add([*head, *cells], records=len(trues))
        _note_results(table, row, sample, point, moment, trues)
        allowed = [permits.limit(site.kind.kind_id, of, code) for code in units]
        if any(most is not None and _number(cell) > most for cell, most in zip(cells, allowed, strict=True)):
            rule_id = "PR-EX01" if gas else "PR-EX02"
            ledger.over_limit.append(OverLimit(rule_id, site.enterprise_id, point.point_id, moment.date()))
        for inlet in chosen:
            if inlet.role == "治理设施进口" and inlet.outlet is outlet:
                _inlet(table, inlet, moment, head, trues, limits)
    _quality_control(table, rng, list(limits.values()), len(keys), year, month)
    return table


def _outlet_results(
    rng: np.random.Generator, site: Site, outlet_no: str, of: str, quarter: int, volume_m3: float,
    units: dict[str, str], limits: dict[str, float],
) -> tuple[list[Any], list[tuple[str, str, float, bool]]]:  # fmt: skip
    """Cells of a sample of an outlet, None for what it does not emit, and what is true of the others."""
    cells: list[Any] = []
    trues = []
    spread = 0.12 if site.kind.is_fired else 0.45  # of the hours of a quarter, of which a sample sees one
    for code, unit in units.items():
        values = site.emission_t.get((outlet_no, of, code))
        if values is None:
            cells.append(None)
            continue
        scale = 1e15 if code == "DIOXIN-TEQ" else 1e9 if of == "air" else 1e6
        true = float(values[quarter]) * scale / volume_m3 * float(rng.lognormal(-(spread**2) / 2, spread))
        text, is_nondetect = result_text(rng, true, limits[code])
        cells.append(text)
        trues.append((code, unit, true, is_nondetect))
    return cells, trues


def _inlet(
    table: Table, point: Point, moment: datetime, head: list[Any], behind: list[tuple[str, str, float, bool]],
    limits: dict[str, float],
) -> None:  # fmt: skip
    """The sample before treatment, taken with the one behind it: same hour, flow and load; a share of what comes in
    passes, nearly the same at all times."""
    sample = f"{point.point_id}-{moment:%y%m}01"
    rng = np.random.default_rng([*sample.encode()])
    passes = 0.05 + 0.25 * float(np.random.default_rng([*point.point_id.encode()]).random())
    cells: list[Any] = []
    trues = []
    known = {code: (unit, true) for code, unit, true, _ in behind}
    for code in limits:
        if code not in known:
            cells.append(None)
            continue
        unit, true = known[code]
        before = true / passes * float(rng.lognormal(0, 0.1))
        text, is_nondetect = result_text(rng, before, limits[code])
        cells.append(text)
        trues.append((code, unit, before, is_nondetect))
    row = table.add([sample, point.point_id, *head[2:], *cells], records=len(trues))
    _note_results(table, row, sample, point, moment, trues)


def _source_limit(code: str, gas: bool) -> float:
    if not gas:
        return 0.0005
    return {"NMHC": 0.07, "NOX": 3.0, "7446-09-5": 3.0, "TSP": 1.0, "DIOXIN-TEQ": 0.001}.get(code, 0.005)


def _spoil(tables: list[Table], rng: np.random.Generator, month: int) -> None:
    """A few spoilt cells and keys a month, another kind each month."""
    table = next(t for t in tables if t.sheet == "环境空气")
    column = table.name(len(KEYS) + month % len(AIR_ITEMS))
    row = _row(table, rng)
    table.flag(row, column, "——", "MISSING-MARK", "missing mark", records=1)
    row = _row(table, rng)
    table.spoil(row, column, "2000000000", "NUMBER-PHYSICAL", "concentration beyond physical sense", records=1)
    row = _row(table, rng)
    table.spoil(row, column, "样品破损", "NUMBER", "words for a number", records=1)
    row = _row(table, rng)
    kind = month % 6
    if kind == 0:
        table.spoil(row, "采样时间", "2025年2月29日", "DATE", "29 February of a common year")
    elif kind == 1:
        table.flag(row, "采样时间", f"2027-{month:02d}-09 09:00", "DATE-AFTER-AS-OF", "date in the future")
    elif kind == 2:
        table.spoil(row, "点位编号", None, "REQUIRED-EMPTY", "point left empty")
    elif kind == 3:
        table.spoil(row, "采样时间", "上午", "DATE", "no date")
    elif kind == 4:
        row.hidden = True
        table.flag(row, "", None, "HIDDEN-ROW", "hidden row")
    else:
        table.spoil(row, "样品编号", None, "REQUIRED-EMPTY", "sample number left empty")
    row = _row(table, rng)
    table.spoil(row, column, -1.5, "NUMBER-NEGATIVE", "negative concentration", records=1)
    boundary = next((t for t in tables if t.sheet == "无组织"), None)
    if boundary and month == 6:
        _hide_column(boundary, len(KEYS) + 1)


def _hide_column(table: Table, place_: int) -> None:
    """Hide a column of values: its cells are records like any other, loaded and flagged."""
    table.hidden_columns.append(place_)
    for row in table.rows:
        if len(row.cells) > place_ and row.cells[place_] is not None:
            table.flag(row, "", None, "HIDDEN-ROW", f"hidden column {table.name(place_)}", records=1)


def _row(table: Table, rng: np.random.Generator) -> Row:
    row = table.pick(rng)
    assert row is not None
    row.touched = True
    return row
