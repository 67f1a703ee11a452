"""key_unit/ and chemical_survey/: the list of key units and the survey of chemicals.

Belongs here: these two workbooks and their dirt.
Does not belong here: surveys inside enterprises (site_survey.py).
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np

from ehpilot.demo import names
from ehpilot.demo.dirt import hide, note_rows, spoil_texts
from ehpilot.demo.files import Row, Table, write_workbook
from ehpilot.demo.industry import SOLVENTS, substances
from ehpilot.demo.ledger import Ledger
from ehpilot.demo.world import Site, World, quarters_of

KEY_UNIT = [
    "序号",
    "单位名称",
    "统一社会信用代码",
    "水环境",
    "大气环境",
    "土壤污染监管",
    "地下水污染防治",
    "环境风险管控",
]
CHEMICAL = [
    "企业名称", "统一社会信用代码", "化学物质名称", "CAS号", "角色", "数量(t)", "用途", "工艺环节",
    "排放去向", "排放量", "计量单位",
]  # fmt: skip


def write(world: World, ledger: Ledger, out: Path) -> None:
    """Write both workbooks."""
    _key_units(world, ledger, out)
    _chemicals(world, ledger, out)


def _key_units(world: World, ledger: Ledger, out: Path) -> None:
    rng = world.rng("key_unit")
    path = "key_unit/环境监管重点单位名录_2025.xlsx"
    table = Table(ledger, path, "重点单位名录", KEY_UNIT, [["2025年环境监管重点单位名录（演示数据，虚构）"]])
    seen: set[str] = set()
    for site in world.those("key_unit"):
        if site.credit_code in seen:
            continue
        seen.add(site.credit_code)
        marks = ["√" if rng.random() < share else None for share in (0.5, 0.8, 0.4, 0.3, 0.6)]
        marks[1] = marks[1] or "√"
        name, code = as_listed(site, len(seen))
        table.add([len(seen), name, code, *marks])
    if len(table.rows) > 40:
        row = table.pick(rng, lambda row: bool(row.cells[2]))
        if row:
            bad = names.broken_credit_code(str(row.cells[2]))
            table.spoil(row, "统一社会信用代码", bad, "CODE-CHECK", "wrong check character")
        table.spoil_any(rng, "单位名称", "  ", "REQUIRED-EMPTY", "blanks for a name")
        row = table.pick(rng)
        if row:
            table.vary(row, "单位名称", f"{row.cells[1]} ", "blank after the name")
        hide(table, rng, 1)
        spoil_texts(world, table, "单位名称")
        note_rows(table, total=["合计", f"{len(seen)}家"], note="注：√表示列入该类名录")
    write_workbook(out, path, [table])


def as_listed(site: Site, number: int) -> tuple[str, str | None]:
    """Name and code as a list has them: every third entry without a code, some of these with the former name or in
    another spelling. A code of two sites stays: a name would not tell which of them is meant.
    """
    if number % 3 or "two_sites_one_code" in site.cases:
        return site.name, site.credit_code
    if site.former_name and "renamed" in site.cases:
        return site.former_name, None
    spelt = site.name.replace("（", "(").replace("）", ")") if number % 2 else site.name
    return spelt, None


def _chemicals(world: World, ledger: Ledger, out: Path) -> None:
    rng = world.rng("chemical_survey")
    path = "chemical_survey/化学物质环境信息统计调查_2024.xlsx"
    table = Table(ledger, path, "统计调查表", CHEMICAL, [["化学物质环境信息统计调查表（2024年度，演示数据，虚构）"]])
    known = substances()
    stated: set[tuple[object, ...]] = set()  # a company states a use at units of one name once, for all its plants
    for site in world.those("chemical_survey"):
        made = site.made_t(2024)
        name, _ = as_listed(site, site.number + 1)
        code = site.old_code or site.credit_code  # the form asks for it
        entries = [(material, cas, made * share, "加工使用") for material, cas, share in site.kind.materials if cas]
        if site.kind.product[2] in known:
            entries.append((site.kind.product[0], site.kind.product[2], made, "生产"))
        for chemical, cas, quantity, role in entries:
            released = site.emission_t.get(("MF001", "air", cas))
            amount = "/" if released is None else float(f"{released[quarters_of(2024)].sum() * 1000:.4g}")
            quantity = float(f"{quantity:.5g}")
            purpose = _purpose(site, cas, quantity / made, role)
            use = (name, code, cas, role, purpose, site.kind.unit_name)
            if use in stated:
                continue
            stated.add(use)
            table.add([
                name, code, chemical, cas, role, quantity, purpose, site.kind.unit_name,
                "废气", amount, "/" if amount == "/" else "千克",
            ])  # fmt: skip
            ledger.fact(
                "chemical_use", enterprise_id=site.enterprise_id, pollutant_id=cas,
                role="produced" if role == "生产" else "used", year=2024, quantity_t=quantity,
            )  # fmt: skip
    if len(table.rows) > 60:
        _spoil_chemicals(table, rng)
    write_workbook(out, path, [table])


def _purpose(site: Site, cas: str, share: float, role: str) -> str:
    if role == "生产":
        return "销售"
    if site.kind.kind_id == "degrease":
        return "清洗剂" if cas == "79-01-6" else "表面处理剂"
    return "溶剂" if cas in SOLVENTS else "原料" if share > 0.05 else "助剂"


def cas_as_date(cas: str) -> date | None:
    """The date that Excel makes of a CAS number such as 6303-10-1; None where it makes none."""
    year, month, day = (int(part) for part in cas.split("-"))
    if not (1900 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= 9):
        return None
    first = date(year, month, 1)
    return first + timedelta(days=day - 1)


def _spoil_chemicals(table: Table, rng: np.random.Generator) -> None:
    def has_cas(row: Row) -> bool:
        return str(row.cells[3]).count("-") == 2

    for _ in range(3):
        row = table.pick(rng, has_cas)
        if row:
            cas = str(row.cells[3])
            table.spoil(row, "CAS号", f"{cas[:-1]}{(int(cas[-1]) + 3) % 10}", "CAS-CHECK", "wrong check digit of a CAS")
    row = table.pick(rng, has_cas)
    if row:
        table.vary(row, "CAS号", names.full_width(str(row.cells[3])), "full-width digits")
    row = table.pick(rng, has_cas)
    if row:
        table.vary(row, "CAS号", f" {row.cells[3]} ", "blanks around a CAS")
    for column, value, code, what in (
        ("数量(t)", -5.0, "NUMBER-NEGATIVE", "negative amount"),
        ("数量(t)", "若干", "NUMBER", "number in words"),
        ("数量(t)", None, "REQUIRED-EMPTY", "amount left empty"),
        ("CAS号", None, "REQUIRED-EMPTY", "CAS left empty"),
        ("企业名称", None, "REQUIRED-EMPTY", "name left empty"),
    ):
        table.spoil_any(rng, column, value, code, what, where=has_cas)
    template = table.pick(rng, has_cas)
    if template:
        template.touched = True
        cells = list(template.cells)
        for cas, name in (("7783-06-4", "硫化氢"), ("7647-01-0", "氯化氢")):
            cells[2], cells[9], cells[10] = name, "/", "/"
            moment = cas_as_date(cas)
            row = table.add([*cells[:3], cas if moment is None else moment, *cells[4:]])
            if moment is not None:
                table.flag(row, "", None, "CAS-REPAIRED", f"CAS {cas} turned into a date")
    hide(table, rng, 2)
    _merge_enterprise(table)
    note_rows(table, note="填表人：测试人乙丑", signature="单位负责人（签字）：测试人丙寅")


def _merge_enterprise(table: Table) -> None:
    """Merge the name and code of one enterprise over its rows."""
    for first, second in zip(table.rows, table.rows[1:], strict=False):
        if not first.touched and not second.touched and first.cells[:2] == second.cells[:2]:
            for place in (0, 1):
                table.merges.append((first.number, place, second.number, place))
                second.cells[place] = None
            first.touched = second.touched = True
            table.ledger.note_variant(
                table.path, table.sheet, second.number, "企业名称", "", first.cells[0], "merged cells, filled down"
            )
            return
