"""permit/: exports of the permit platform: sites, outlets, limits.

Belongs here: the three permit tables and their dirt.
Does not belong here: execution reports (permit_report.py).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ehpilot.demo import limits, names, place
from ehpilot.demo.dirt import hide, note_rows, spoil_places, spoil_texts
from ehpilot.demo.files import Header, Row, Table, write_workbook
from ehpilot.demo.industry import substances
from ehpilot.demo.ledger import Ledger, UsedPermit
from ehpilot.demo.world import YEARS, Outlet, Site, World

SITE_HEADER: list[Header] = [
    "许可证编号", "单位名称", "统一社会信用代码", "行业类别", "生产经营场所地址",
    "经度", "纬度", "所属园区", "有效期限", "管理类别", "状态",
]  # fmt: skip
OUTLET_HEADER: list[Header] = [
    "许可证编号", "排放口编号", "排放口名称", "类型", "经度", "纬度", "排气筒高度(m)", "出口内径(m)",
    "排气温度(℃)", "烟气流速(m/s)", "面源宽度(m)", "排放去向", "受纳水体",
    "对应装置", "产污环节",
]  # fmt: skip
LIMIT_HEADER: list[Header] = [
    "许可证编号", "排放口编号", "污染物种类", "许可排放浓度限值", "许可排放速率限值",
    ("许可年排放量限值(t/a)", "第一年"), ("许可年排放量限值(t/a)", "第二年"), ("许可年排放量限值(t/a)", "第三年"),
    ("许可年排放量限值(t/a)", "第四年"), ("许可年排放量限值(t/a)", "第五年"), "执行标准",
]  # fmt: skip
YEARLY = ("NMHC", "NOX", "7446-09-5", "TSP")  # what every outlet and the whole site has a yearly amount for
MAIN = ("DA001", "DW001")  # 主要排放口
USED = (np.log(0.5), 0.35)  # of a plant's permitted amounts: mean and spread of the logarithm


def write(world: World, ledger: Ledger, out: Path) -> None:
    """Write the three workbooks."""
    rng = world.rng("permit")
    _sites(world, ledger, out, rng)
    _outlets(world, ledger, out, rng)
    _limits(world, ledger, out, rng)


def park_text(site: Site, rng: np.random.Generator) -> str:
    """The park as clerks write it: its name or one of its other names."""
    if not site.park_id:
        return ""
    return str(rng.choice([names.PARK_NAMES[site.park_id]] * 3 + names.PARK_ALIASES[site.park_id]))


def place_texts(longitude: float, latitude: float, way: int) -> tuple[object, object]:
    """A coordinate pair in one of the notations of the platform; all are right to 1 m."""
    if way == 1:
        return place.degrees_minutes_seconds(longitude), place.degrees_minutes_seconds(latitude)
    if way == 2:
        return place.degrees_minutes_seconds(longitude, "度分秒"), place.degrees_minutes_seconds(latitude, "度分秒")
    if way == 3:
        return f"{longitude:.6f}", f"{latitude:.6f}"
    return round(longitude, 6), round(latitude, 6)


def _sites(world: World, ledger: Ledger, out: Path, rng: np.random.Generator) -> None:
    path = "permit/排污单位基本信息.xlsx"
    table = Table(
        ledger, path, "排污单位基本信息", SITE_HEADER, [["排污单位基本信息表（演示数据，虚构）"]], two_rows=True
    )
    for site in world.those("permit"):
        longitude, latitude = place_texts(*site.degrees, int(rng.choice([0, 0, 0, 1, 1, 2, 3])))
        start = int(rng.integers(2022, 2026))
        month = int(rng.integers(1, 13))
        table.add([
            site.permit_no, site.name, site.credit_code, f"{site.kind.industry_code} {site.kind.industry_name}",
            f"{names.CITY_NAME}{park_text(site, rng) or '示例南街道'}{site.number + 1}号", longitude, latitude,
            park_text(site, rng), f"{start}-{month:02d}-01至{start + 5 - (month == 1)}-{(month - 2) % 12 + 1:02d}-28",
            "重点管理" if site.handles_listed else str(rng.choice(["简化管理", "登记管理"])),
            "注销" if site.status == "stopped" else "有效",
        ])  # fmt: skip
    _spoil_sites(table, rng)
    if len(table.rows) >= 60:
        spoil_texts(world, table, "单位名称")
    write_workbook(out, path, [table])


def _spoil_sites(table: Table, rng: np.random.Generator) -> None:
    if len(table.rows) < 60:
        return
    spoil_places(table, rng, "经度", "纬度")
    row = _decimal_free(table, rng)
    code = str(row.cells[2])
    table.spoil(row, "统一社会信用代码", names.broken_credit_code(code), "CODE-CHECK", "wrong check character")
    row = _decimal_free(table, rng)
    table.flag(row, "统一社会信用代码", str(row.cells[2])[8:17], "CODE-OLD", "nine-digit organisation code")
    row = _decimal_free(table, rng)
    table.vary(row, "统一社会信用代码", names.full_width(str(row.cells[2])), "full-width letters and digits")
    row = _decimal_free(table, rng)
    table.vary(row, "统一社会信用代码", f" {row.cells[2]}\n", "blank before and line break after")
    row = _decimal_free(table, rng)
    table.vary(row, "单位名称", str(row.cells[1])[:4] + "\n" + str(row.cells[1])[4:], "line break inside")
    row = _decimal_free(table, rng)
    table.spoil(row, "单位名称", None, "REQUIRED-EMPTY", "name left empty")
    row = _decimal_free(table, rng)
    table.spoil(row, "许可证编号", None, "REQUIRED-EMPTY", "permit number left empty")
    hide(table, rng, 2)
    first = _decimal_free(table, rng)
    table.spoil(first, "", None, "DUP-DIFF", "same permit, other name")
    cells = list(first.cells)
    cells[1] = f"{cells[1]}（更名前）"
    table.spoil(table.add(cells), "", None, "DUP-DIFF", "same permit, other name")
    table.duplicate(table.add(list(_decimal_free(table, rng).cells)))
    note_rows(table, total=["合计", f"{len(table.rows)}家"], note="注：本表由演示程序生成，全部虚构")


def _decimal_free(table: Table, rng: np.random.Generator) -> Row:
    row = table.pick(rng)
    assert row is not None
    row.touched = True
    return row


def _outlets(world: World, ledger: Ledger, out: Path, rng: np.random.Generator) -> None:
    path = "permit/排放口基本信息.xlsx"
    table = Table(
        ledger, path, "排放口基本信息", OUTLET_HEADER, [["排放口基本信息表（演示数据，虚构）"]], two_rows=True
    )
    for site in world.those("permit"):
        for outlet in site.outlets:
            table.add(_outlet_cells(site, outlet, int(rng.choice([0, 0, 0, 1, 2]))))
    if len(table.rows) > 100:
        _spoil_outlets(table, rng)
    write_workbook(out, path, [table])


def _outlet_cells(site: Site, outlet: Outlet, way: int) -> list[object]:
    longitude, latitude = place_texts(*place.to_degrees(outlet.x_m, outlet.y_m), way)
    is_stack = outlet.outlet_kind == "stack"
    return [
        site.permit_no, outlet.number, outlet.name, outlet.kind, longitude, latitude,
        outlet.height_m if outlet.height_m else None, outlet.diameter_m if is_stack else None,
        outlet.temperature_c if is_stack else None, outlet.velocity_m_s if is_stack else None,
        outlet.width_m if outlet.width_m else None, outlet.destination, outlet.water_body,
        f"{site.kind.trade}装置{site.permit_suffix[:3]}" if outlet.outlet_kind != "rain_water" else None,
        site.kind.unit_name if is_stack else None,
    ]  # fmt: skip


def _spoil_outlets(table: Table, rng: np.random.Generator) -> None:
    spoil_places(table, rng, "经度", "纬度")

    def is_stack(row: Row) -> bool:
        return row.cells[3] == "有组织"

    for _ in range(6):
        table.flag_any(rng, "排气温度(℃)", "常温", "ASSUMED", "常温 stands for 20 ℃", where=is_stack)
    for column, value, code, what in (
        ("排气筒高度(m)", "约三十", "NUMBER", "a number in words"),
        ("排气筒高度(m)", "15～25", "NUMBER-RANGE", "a range"),
        ("出口内径(m)", -0.6, "NUMBER-NEGATIVE", "negative diameter"),
        ("排气筒高度(m)", 4500.0, "NUMBER-PHYSICAL", "a stack of 4.5 km"),
        ("排放口编号", None, "REQUIRED-EMPTY", "outlet number left empty"),
    ):
        table.spoil_any(rng, column, value, code, what, where=is_stack)
    for column, write_as, what in (
        ("排气筒高度(m)", lambda v: f"{v:g}米", "unit in the cell"),
        ("排气筒高度(m)", lambda v: names.full_width(f"{v:g}"), "full-width digits"),
        ("烟气流速(m/s)", lambda v: f"{v:g} ", "number as text with a blank"),
    ):
        row = table.pick(rng, is_stack)
        if row:
            table.vary(row, column, write_as(row.cells[table.column(column)]), what)
    hide(table, rng, 3)
    note_rows(table, total=["合计", f"{len(table.rows)}个"], note="填表说明：经纬度为CGCS2000坐标")


def _limits(world: World, ledger: Ledger, out: Path, rng: np.random.Generator) -> None:
    path = "permit/许可排放限值.xlsx"
    table = Table(ledger, path, "许可排放限值", LIMIT_HEADER, [["许可排放限值表（演示数据，虚构）"]], two_rows=True)
    sites = [site for site in world.those("permit") if site.status == "operating"]
    allowed = {site.number: _allowed(site, rng) for site in sites}
    for block in ("主要排放口", "一般排放口", "全厂合计"):
        table.skip([block], "SKIP-NOTE", "banner of a block")
        for site in sites:
            for cells in _limit_rows(site, block, allowed[site.number]):
                table.add(cells, records=5)
                permitted = cells[5]
                if isinstance(permitted, float):
                    ledger.fact(
                        "permitted", enterprise_id=site.enterprise_id, outlet_no=cells[1] or "", block=block,
                        pollutant=cells[2], annual_limit_t=permitted,
                    )  # fmt: skip
    for site in sites:
        for (outlet_no, medium, code), permitted in allowed[site.number].items():
            if _is_yearly(outlet_no, code):
                share = site.reported_t[YEARS[-1]][outlet_no, medium, code] / permitted
                ledger.used_permits.append(UsedPermit(site.enterprise_id, outlet_no, medium, code, share))
    if len(table.rows) > 100:
        _spoil_limits(table, rng)
    write_workbook(out, path, [table])


def _allowed(site: Site, rng: np.random.Generator) -> dict[tuple[str, str, str], float]:
    """Yearly amounts, t: the most that the plant reports, by the share of its ceiling that it uses; permit and report
    are computed by one method. A permit is of the plant as designed: most plants use 30 to 80 % of it, one in forty
    more than all."""
    used = rng.lognormal(*USED)
    most = {key: max(year[key] for year in site.reported_t.values()) for key in site.emission_t}
    return {key: float(f"{value / used * rng.lognormal(0, 0.1):.3g}") for key, value in most.items()}


def _is_yearly(outlet_no: str, code: str) -> bool:
    return code in YEARLY or outlet_no in MAIN


def _limit_rows(site: Site, block: str, allowed: dict[tuple[str, str, str], float]) -> list[list[object]]:
    known = substances()
    rows: list[list[object]] = []
    totals: dict[str, float] = {}
    for (outlet_no, medium, code), permitted in allowed.items():
        if medium == "air":
            totals[code] = totals.get(code, 0.0) + permitted
        main = outlet_no in MAIN
        if block == "全厂合计" or main != (block == "主要排放口"):
            continue
        limit = limits.limit(site.kind.kind_id, medium, code) if outlet_no != "MF001" else None
        unit = "mg/L" if medium == "water" else ("ngTEQ/m3" if code == "DIOXIN-TEQ" else "mg/Nm3")
        concentration = "/" if limit is None else f"{limit:g}{unit}"
        years: list[object] = [permitted] * 5 if _is_yearly(outlet_no, code) else ["/"] * 5
        rate = f"{permitted * 1000 / site.hours_h_a:.3g}kg/h" if medium == "air" and main else "/"
        standard = limits.standard(site.kind.kind_id, medium)
        rows.append([site.permit_no, outlet_no, known[code].name_cn, concentration, rate, *years, standard])
    if block == "全厂合计":
        for code in YEARLY:
            if code in totals:
                total = float(f"{totals[code] * 0.95:.4g}")
                rows.append([site.permit_no, "/", known[code].name_cn, "/", "/", *[total] * 5, "/"])
    return rows


def _spoil_limits(table: Table, rng: np.random.Generator) -> None:
    def numbered(row: Row) -> bool:
        return row.records == 5 and isinstance(row.cells[5], float) and row.cells[1] != "/"

    for column, value, code, what, records in (
        ("污染物种类", "示例未知物质九号", "POLLUTANT-UNKNOWN", "pollutant in no alias list", 5),
        ("污染物种类", None, "REQUIRED-EMPTY", "pollutant left empty", 5),
        ("第二年", -1.5, "NUMBER-NEGATIVE", "negative permitted amount", 1),
        ("第三年", "待定", "NUMBER", "not a number", 1),
        ("许可排放浓度限值", "15 mg/斗", "UNIT-UNKNOWN", "unit in no table", 5),
    ):
        table.spoil_any(rng, column, value, code, what, records=records, where=numbered)
    row = table.pick(rng, numbered)
    if row:
        table.vary(row, "第一年", f"{row.cells[5]:,.4f}", "thousands separator and number as text")
    note_rows(table, total=None, note="注：“/”表示未作要求")
