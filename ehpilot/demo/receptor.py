"""receptor/: sensitive places, population cells, jobs in plants.

Belongs here: the three receptor files and their dirt.
Does not belong here: what is measured at these places (monitoring.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ehpilot.demo import names, place
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
    """Sensitive places, most of them within 4 km south of the parks."""
    rng = world.rng("receptors")
    found = []
    centres = [shape.centroid for shape in place.parks().values()]
    for kind, count in KINDS:
        for number in range(count):
            centre = centres[int(rng.integers(3))]
            x = float(np.clip(centre.x + rng.normal(0, 1500), -8200, 8200))
            y = float(np.clip(centre.y - 1500 - rng.gamma(2.0, 900), -6800, 900))
            people = {"居民区": 2500, "学校": 1100, "幼儿园": 240, "医院": 600, "养老": 150}[kind]
            count_people = int(people * rng.lognormal(0, 0.4))
            label = f"示例{kind.removesuffix('区')}{names.STEMS[number % 10]}{number + 1}号（虚构）"
            found.append(Receptor(label, kind, round(x, 1), round(y, 1), count_people))
    return found


def write(world: World, ledger: Ledger, out: Path) -> None:
    """Write the three files."""
    rng = world.rng("receptor files")
    _places(world, ledger, out, rng)
    _cells(ledger, out, rng)
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
        spoilt = table.pick(rng)
        if spoilt:
            table.spoil(spoilt, column, value, code, what)
    spoil_texts(table, rng, "名称")
    note_rows(table, total=["合计", "", "", "", 99999, ""])
    write_workbook(out, path, [table])


def _cells(ledger: Ledger, out: Path, rng: np.random.Generator) -> None:
    table = Table(ledger, "receptor/人口网格.csv", "", CELL)
    ground = place.land()
    parks = place.parks().values()
    for x in range(-8250, 8500, 500):
        for y in range(-6750, 4500, 500):
            point = place.Point(x, y)
            if not ground.covers(point):
                continue
            inside = any(park.covers(point) for park in parks)
            density = 12 if inside else 240 * np.exp(-(((y + 2500) / 2600) ** 2))
            people = int(density * rng.lognormal(0, 0.8))
            young, old = int(people * rng.uniform(0.1, 0.18)), int(people * rng.uniform(0.12, 0.25))
            longitude, latitude = place.to_degrees(x, y)
            table.add([f"{longitude:.6f}", f"{latitude:.6f}", 500, young, people - young - old, old])
            ledger.fact(
                "population_cells", x_m=x, y_m=y, population_under_15=young, population_15_64=people - young - old,
                population_65_up=old,
            )  # fmt: skip
    row = table.pick(rng)
    if row:
        table.spoil(row, "边长m", "", "REQUIRED-EMPTY", "size left empty")
    row = table.pick(rng)
    if row:
        table.spoil(row, "65岁以上", "-7", "NUMBER-NEGATIVE", "negative head count")
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
    row = table.pick(rng)
    if row:
        table.spoil(row, "人数", "若干", "NUMBER", "word for a number")
    row = table.pick(rng)
    if row:
        table.spoil(row, "岗位", None, "REQUIRED-EMPTY", "job left empty")
    write_workbook(out, path, [table])
