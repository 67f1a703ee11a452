"""receptor/: sensitive places, population cells, jobs in plants.

Belongs here: the three receptor files and their dirt.
Does not belong here: what is measured at these places (monitoring.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ehpilot.demo import names, place, population
from ehpilot.demo.dirt import note_rows, spoil_texts
from ehpilot.demo.files import Table, write_csv, write_workbook
from ehpilot.demo.ledger import Ledger
from ehpilot.demo.world import World

PLACE = ["名称", "类型", "经度", "纬度", "人数", "坐标系"]
CELL = ["经度", "纬度", "边长m", "0-14岁", "15-64岁", "65岁以上"]
JOB = ["企业", "统一社会信用代码", "车间", "岗位", "人数", "每班小时", "班次", "防护用品"]
KINDS = (("居民区", 20), ("学校", 10), ("幼儿园", 6), ("医院", 4), ("养老", 4))
SYSTEMS = ("CGCS2000", "CGCS2000", "WGS84", "GCJ-02", "BD-09")
JOBS = ("巡检工", "操作工", "分析工", "装卸工", "维修工")


@dataclass(frozen=True)
class Receptor:
    """A sensitive place."""

    name: str
    kind: str
    x_m: float
    y_m: float
    people: int


def receptors(world: World) -> list[Receptor]:
    """Sensitive places where people live, with no more heads than the cells around them can hold."""
    rng = world.rng("receptors")
    peopled = [cell for cell in population.cells(world.seed) if cell.people >= 400]
    weights = np.array([cell.people for cell in peopled], float)
    homes = rng.choice(len(peopled), KINDS[0][1], replace=False, p=weights / weights.sum())
    found = []
    for kind, count in KINDS:
        for number in range(count):
            index = homes[number] if kind == "居民区" else rng.choice(len(peopled), p=weights / weights.sum())
            cell = peopled[int(index)]
            x, y = cell.x_m + float(rng.uniform(-200, 200)), cell.y_m + float(rng.uniform(-200, 200))
            label = f"示例{kind.removesuffix('区')}{names.STEMS[number % 10]}{number + 1}号（虚构）"
            found.append(Receptor(label, kind, round(x, 1), round(y, 1), _heads(world, rng, kind, cell)))
    return found


def _heads(world: World, rng: np.random.Generator, kind: str, cell: population.Cell) -> int:
    """People of a place: a quarter's residents are part of its cell, pupils and the old part of those around."""
    if kind == "居民区":
        return int(cell.people * rng.uniform(0.4, 0.9))
    around = population.near(world.seed, cell.x_m, cell.y_m, 1500)
    children, old = sum(c.under_15 for c in around), sum(c.over_64 for c in around)
    most = {"学校": 0.3 * children, "幼儿园": 0.06 * children, "医院": 900.0, "养老": 0.04 * old}[kind]
    usual = {"学校": 1100, "幼儿园": 240, "医院": 450, "养老": 130}[kind]
    return max(30, int(min(most, usual * rng.lognormal(0, 0.3))))


def write(world: World, ledger: Ledger, out: Path) -> None:
    """Write the three files."""
    rng = world.rng("receptor files")
    _places(world, ledger, out, rng)
    _cells(world, ledger, out, rng)
    _jobs(world, ledger, out, rng)


def _places(world: World, ledger: Ledger, out: Path, rng: np.random.Generator) -> None:
    path = "receptor/敏感点.xlsx"
    table = Table(ledger, path, "敏感点", PLACE)
    for number, receptor in enumerate(receptors(world)):
        longitude, latitude = place.to_degrees(receptor.x_m, receptor.y_m)
        system = SYSTEMS[number % len(SYSTEMS)]
        east, north = longitude, latitude
        if system == "GCJ-02":
            east, north = place.to_gcj02(longitude, latitude)
        elif system == "BD-09":
            east, north = place.to_bd09(longitude, latitude)
        row = table.add([receptor.name, receptor.kind, round(east, 6), round(north, 6), receptor.people, system])
        if system in ("GCJ-02", "BD-09"):
            table.flag(row, "", None, "XY-OFFSET", f"{system} as the column says")
        ledger.fact(
            "receptors", row=row.number, name=receptor.name, kind=receptor.kind, longitude=round(longitude, 6),
            latitude=round(latitude, 6), people=receptor.people, coordinate_system=system,
        )  # fmt: skip
    spoilt = table.pick(rng)
    if spoilt:
        spoilt.cells[2], spoilt.cells[3] = spoilt.cells[3], spoilt.cells[2]
        table.flag(spoilt, "", None, "XY-SWAPPED", "longitude and latitude swapped")
    spoilt = table.pick(rng)
    if spoilt:
        spoilt.cells[3] = 0
        table.flag(spoilt, "经度", 0, "XY-ZERO", "place 0, 0")
    spoilt = table.pick(rng)
    if spoilt:
        spoilt.cells[2], spoilt.cells[3] = 113.2, 23.1
        table.flag(spoilt, "", None, "XY-OUTSIDE", "place far outside the area")
    for column, value, code, what in (
        ("人数", "约两千", "NUMBER", "number in words"), ("人数", -3, "NUMBER-NEGATIVE", "negative head count"),
        ("类型", None, "REQUIRED-EMPTY", "kind left empty"), ("纬度", "不详", "XY-FORMAT", "word for a coordinate"),
    ):  # fmt: skip
        table.spoil_any(rng, column, value, code, what)
    spoil_texts(world, table, "名称")
    note_rows(table, total=["合计", "", "", "", 99999, ""])
    write_workbook(out, path, [table])


def _cells(world: World, ledger: Ledger, out: Path, rng: np.random.Generator) -> None:
    table = Table(ledger, "receptor/人口网格.csv", "", CELL)
    for cell in population.cells(world.seed):
        longitude, latitude = place.to_degrees(cell.x_m, cell.y_m)
        table.add([
            f"{longitude:.6f}", f"{latitude:.6f}", population.CELL_M, cell.under_15, cell.from_15_to_64, cell.over_64,
        ])  # fmt: skip
        ledger.fact(
            "population_cells", x_m=cell.x_m, y_m=cell.y_m, population_under_15=cell.under_15,
            population_15_64=cell.from_15_to_64, population_65_up=cell.over_64,
        )  # fmt: skip
    table.spoil_any(rng, "边长m", "", "REQUIRED-EMPTY", "size left empty")
    table.spoil_any(rng, "65岁以上", "-7", "NUMBER-NEGATIVE", "negative head count")
    write_csv(out, table, "utf-8-sig")


def _jobs(world: World, ledger: Ledger, out: Path, rng: np.random.Generator) -> None:
    path = "receptor/用工情况.xlsx"
    table = Table(ledger, path, "用工情况", JOB, [["企业用工情况表（演示数据，虚构）"]])
    for site in world.those("site_survey"):
        for job in JOBS[: 2 + site.number % 4]:
            people = max(2, int(site.employees * rng.uniform(0.05, 0.25)))
            table.add([
                site.name, site.credit_code, f"{site.kind.trade}车间", job, people, 8 if people % 3 else 12,
                "四班三运转" if site.number % 2 else "三班两运转", str(rng.choice(["防毒面具", "口罩、手套", "无"])),
            ])  # fmt: skip
    table.spoil_any(rng, "人数", "若干", "NUMBER", "word for a number")
    table.spoil_any(rng, "岗位", None, "REQUIRED-EMPTY", "job left empty")
    write_workbook(out, path, [table])
