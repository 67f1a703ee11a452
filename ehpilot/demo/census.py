"""census/: the second pollution source census (base year 2017): csv, GB18030, everything quoted.

Belongs here: the five census files and their dirt.
Does not belong here: encodings as such (files.py).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ehpilot.demo import names, place
from ehpilot.demo.claims import CENSUS_WORDS, Errors, method_of
from ehpilot.demo.dirt import note_rows, spoil_texts
from ehpilot.demo.files import Row, Table, write_csv
from ehpilot.demo.industry import substances
from ehpilot.demo.ledger import Ledger
from ehpilot.demo.world import Site, World

SITE = [
    "统一社会信用代码", "单位详细名称", "行业代码", "经度(度)", "经度(分)", "经度(秒)", "纬度(度)", "纬度(分)",
    "纬度(秒)", "职工人数", "工业总产值(千元)", "受纳水体",
]  # fmt: skip
PRODUCT = ["统一社会信用代码", "产品名称", "产品代码", "计量单位", "生产能力", "实际产量"]
MATERIAL = ["统一社会信用代码", "原辅材料名称", "原辅材料代码", "计量单位", "使用量"]
RELEASE = [
    "统一社会信用代码",
    "排放口编号",
    "污染物名称",
    "产生量",
    "排放量",
    "计量单位",
    "核算方法",
    "治理工艺",
    "去除率(%)",
]
UNITS = (("吨", 1.0), ("千克", 1e3), ("克", 1e6))
EARLIER = 1.25  # emission per tonne of product in 2017 against now: control was weaker


def write(world: World, ledger: Ledger, out: Path) -> None:
    """Write the five files."""
    rng = world.rng("census")
    sites = []
    seen: set[str] = set()
    for site in world.those("census"):  # the census counts legal units: one row a code
        if site.credit_code not in seen:
            seen.add(site.credit_code)
            sites.append(site)
    scale = {site.number: float(rng.uniform(0.6, 1.05)) for site in sites}
    _sites(world, ledger, out, rng, sites)
    _amounts(ledger, out, rng, sites, scale)
    errors = Errors(world, "census")
    for medium, path in (("water", "census/G102_废水.csv"), ("air", "census/G103_废气.csv")):
        _releases(ledger, out, rng, sites, scale, medium, path, errors)


def code_2017(site: Site) -> str:
    """The code a site had in 2017: its former one where it has two."""
    return site.old_code or site.credit_code


def grouped(value: float, digits: int = 6) -> str:
    """A number with thousands separators, as the census exports it."""
    number = float(f"{value:.{digits}g}")
    return f"{number:,.0f}" if number == int(number) else f"{number:,}"


def _sites(world: World, ledger: Ledger, out: Path, rng: np.random.Generator, sites: list[Site]) -> None:
    table = Table(ledger, "census/G101-1_单位基本情况.csv", "", SITE)
    for site in sites:
        longitude, latitude = site.degrees
        east, north = place.parts(longitude), place.parts(latitude)
        water = next((o.water_body for o in site.outlets if o.water_body), "-")
        output = site.capacity_t * float(rng.uniform(3, 12))
        table.add([
            code_2017(site), site.former_name or site.name, site.kind.industry_code, *east, *north,
            grouped(site.employees), grouped(output, 5), water,
        ])  # fmt: skip
    if len(table.rows) > 60:
        row = table.pick(rng)
        if row:
            bad = names.broken_credit_code(row.cells[0])
            table.spoil(row, "统一社会信用代码", bad, "CODE-CHECK", "wrong check character")
        for _ in range(4):
            row = table.pick(rng)
            if row:
                table.flag(row, "统一社会信用代码", row.cells[0][8:17], "CODE-OLD", "nine-digit organisation code")
        row = table.pick(rng)
        if row:
            table.spoil(row, "", None, "FIELD-COUNT", "one comma too many")
            row.cells.insert(1, "示例（虚构）")
        row = table.pick(rng)
        if row:
            table.spoil(row, "", None, "FIELD-COUNT", "row breaks off")
            del row.cells[6:]
        row = table.pick(rng)
        if row:
            name = str(row.cells[1])
            table.vary(row, "单位详细名称", name[:3] + "\r\n" + name[3:], "quoted line break")
        table.spoil_any(rng, "单位详细名称", "-", "REQUIRED-EMPTY", "dash for a required name")
        for _ in range(2):
            table.flag_any(rng, "职工人数", "-", "MISSING-MARK", "dash for a missing number")
        table.skip([], "SKIP-BLANK", "blank line")
        table.skip(list(SITE), "SKIP-HEADER", "header again in mid-file")
        row = table.pick(rng)
        if row:
            row.touched = True
            table.duplicate(table.add(list(row.cells)))
        spoil_texts(world, table, "单位详细名称")
    write_csv(out, table, "gb18030", quote_all=True)


def _amounts(ledger: Ledger, out: Path, rng: np.random.Generator, sites: list[Site], scale: dict[int, float]) -> None:
    products = Table(ledger, "census/G101-2_产品产量.csv", "", PRODUCT)
    materials = Table(ledger, "census/G101-3_原辅材料.csv", "", MATERIAL)
    for site in sites:
        made = site.capacity_t * scale[site.number] * 0.8
        products.add([
            code_2017(site), site.kind.product[0], site.kind.product[1], "吨", grouped(site.capacity_t), grouped(made),
        ])  # fmt: skip
        for name, _, share in site.kind.materials:
            materials.add([code_2017(site), name, "/", "吨", grouped(made * share)])
    if len(products.rows) > 60:
        products.spoil_any(rng, "计量单位", "示例斗", "UNIT-UNKNOWN", "unit in no table")
        products.spoil_any(rng, "实际产量", "-1,200", "NUMBER-NEGATIVE", "negative output")
        materials.spoil_any(rng, "使用量", "约1千", "NUMBER", "number in words")
        note_rows(products, total=["合计", "", "", "吨", "", "9,999,999"])
    write_csv(out, products, "gb18030", quote_all=True)
    write_csv(out, materials, "gb18030", quote_all=True)


def _releases(
    ledger: Ledger, out: Path, rng: np.random.Generator, sites: list[Site], scale: dict[int, float], medium: str,
    path: str, errors: Errors,
) -> None:  # fmt: skip
    known = substances()
    table = Table(ledger, path, "", RELEASE)
    for site in sites:
        for outlet_no, of, code in site.emission_t:
            if of != medium:
                continue
            true = site.year_t((outlet_no, of, code), 2024) / site.made_t(2024)
            true *= site.capacity_t * scale[site.number] * 0.8
            method = method_of(site, outlet_no, code)
            claimed = float(f"{true * EARLIER * errors.ratio(rng, site, (outlet_no, of, code), method):.4g}")
            unit, factor = UNITS[0] if claimed >= 1 else UNITS[1] if claimed >= 1e-4 else UNITS[2]
            removal = round(float(rng.uniform(30, 95)), 1)
            treatment = str(rng.choice(["吸附", "焚烧", "吸收", "/"] if of == "air" else ["生化法", "汽提", "/"]))
            row = table.add([
                code_2017(site), outlet_no, known[code].name_cn, grouped(claimed * factor / (1 - removal / 100), 4),
                grouped(claimed * factor, 4), unit, CENSUS_WORDS[method], treatment, removal,
            ])  # fmt: skip
            ledger.fact(
                "claims", path=path, sheet="", row=row.number, enterprise_id=site.enterprise_id, outlet_no=outlet_no,
                medium=medium, pollutant_id=code, period="2017", source="census", method=method, claimed_t=claimed,
                true_t=true * EARLIER,
            )  # fmt: skip
    if len(table.rows) > 100:
        _spoil_releases(table, rng)
    write_csv(out, table, "gb18030", quote_all=True)


def _spoil_releases(table: Table, rng: np.random.Generator) -> None:
    def any_row(row: Row) -> bool:
        return True

    for column, value, code, what in (
        ("排放量", "-3.5", "NUMBER-NEGATIVE", "negative emission"),
        ("计量单位", "示例担", "UNIT-UNKNOWN", "unit in no table"),
        ("计量单位", "", "REQUIRED-EMPTY", "unit left empty"),
        ("污染物名称", "虚构物一", "POLLUTANT-UNKNOWN", "pollutant in no alias list"),
        ("去除率(%)", "120", "NUMBER-PHYSICAL", "removal above 100 %"),
    ):
        table.spoil_any(rng, column, value, code, what, where=any_row)
