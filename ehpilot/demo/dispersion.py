"""dispersion/: factors that an institute computed for a few outlets, as a table and as AERMOD's text files.

Belongs here: 扩散系数_2025.csv, PLOTFILE and POSTFILE texts of AERMOD's layout, the list of their source groups.
Does not belong here: how the air of the demo dilutes (air.py).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from pyproj import Transformer

from ehpilot.demo import air, place, receptor
from ehpilot.demo.files import Table, write_csv
from ehpilot.demo.ledger import Ledger
from ehpilot.demo.world import World

FACTOR = ["许可证编号", "排放口编号", "经度", "纬度", "平均时间", "系数", "单位"]
GROUP = ["结果文件", "源组", "许可证编号", "排放口编号", "排放速率(g/s)", "气象年", "坐标投影"]
PROJECTION = "EPSG:4550"
FOLDER = "dispersion"
HEAD = """* AERMOD ( 23132):  DEMO, FICTITIOUS                                                          01/10/26
* AERMET ( 23132):                                                                             10:00:00
* MODELING OPTIONS USED:   NonDFAULT  CONC  FLAT  FLGPOL  RURAL
*         {what} VALUES FOR SOURCE GROUP: {group:<8}
*         FOR A TOTAL OF {count:5d} RECEPTORS.
*         FORMAT: (3(1X,F13.5),3(1X,F8.2),2X,A6,2X,A8,2X,I8.8,2X,A8)
*        X             Y      AVERAGE CONC    ZELEV    ZHILL    ZFLAG    AVE     GRP       {last}     NET ID
* ____________  ____________  ____________   ______   ______   ______  ______  ________  ________  ________
"""
LINE = (
    " {x:13.5f} {y:13.5f} {value:13.5f} {zero:8.2f} {zero:8.2f} {flag:8.2f}"
    "  {average:>6}  {group:<8}  {last}  {net:<8}\n"
)


@cache
def _to_metres() -> Transformer:
    return Transformer.from_crs("EPSG:4490", PROJECTION, always_xy=True)


def write(world: World, ledger: Ledger, out: Path) -> None:
    """Write a table for two outlets and text files for two more, of plants that have a permit."""
    sites = [site for site in world.those("permit") if site.kind.is_synthetic and site.status == "operating"]
    chosen = [(site, site.outlets[0]) for site in sites[:4]]
    places = np.array([(one.x_m, one.y_m) for one in receptor.receptors(world)])
    matrix, columns = air.dilution(world, air.weather(world).rose, places)
    factors = {(site.number, outlet.number): matrix[:, columns.index((site.number, outlet.number))]
               for site, outlet in chosen}  # fmt: skip
    table = Table(ledger, f"{FOLDER}/扩散系数_2025.csv", "", FACTOR)
    for number, (site, outlet) in enumerate(chosen[:2]):
        unit, scale = (("s/m3", 1e-6), ("µg/m3 per g/s", 1.0))[number]
        for (x, y), value in zip(places, factors[site.number, outlet.number], strict=True):
            longitude, latitude = place.to_degrees(x, y)
            table.add([
                site.permit_no, outlet.number, f"{longitude:.6f}", f"{latitude:.6f}", "year", f"{value * scale:.4g}",
                unit,
            ])  # fmt: skip
    write_csv(out, table, "utf-8-sig")
    groups = Table(ledger, f"{FOLDER}/源组对照.csv", "", GROUP)
    for number, (site, outlet) in enumerate(chosen[2:], 1):
        run = f"AERMOD_S{number:03d}_2025"
        groups.add([f"{run}.plt", f"S{number:03d}", site.permit_no, outlet.number, 1, 2025, PROJECTION])
        lines = [(x, y, value) for (x, y), value in zip(places, factors[site.number, outlet.number], strict=True)]
        _text(ledger, out, f"{run}.plt", f"S{number:03d}", "PERIOD", [("00008680", *line) for line in lines])
    if chosen[2:]:
        site, outlet = chosen[2]
        groups.add(["AERMOD_S001_1H", "S001", site.permit_no, outlet.number, 1, 2025, PROJECTION])
        _text(ledger, out, "AERMOD_S001_1H.pst", "S001", "1-HR", _hours(world, outlet.number, site.number, places))
    write_csv(out, groups)


def _hours(world: World, outlet_no: str, number: int, places: np.ndarray) -> list[tuple[str, float, float, float]]:
    """The concentration of 1 g/s at the first places in each hour of a summer day, named by the hour's end."""
    weather = air.weather(world)
    outlet = next(o for site in world.sites if site.number == number for o in site.outlets if o.number == outlet_no)
    first = (31 + 28 + 31 + 30 + 31 + 30) * 24
    series = []
    for x, y in places[:6]:
        value = np.zeros(air.HOURS)
        factor, hours = air.plume(weather, outlet.x_m - x, outlet.y_m - y, outlet.height_m, outlet.width_m)
        value[hours] = factor
        series.append(value[first : first + 24])
    return [
        (f"250701{hour + 1:02d}", float(x), float(y), float(values[hour]))
        for hour in range(24)
        for (x, y), values in zip(places[:6], series, strict=True)
    ]


def _text(
    ledger: Ledger, out: Path, name: str, group: str, average: str, lines: list[tuple[str, float, float, float]]
) -> None:
    """One result file; receptors of no network have a blank NET ID."""
    what = "PLOT FILE OF PERIOD" if average == "PERIOD" else f"POST/PLOT FILE OF CONCURRENT {average}"
    last = "NUM HRS" if average == "PERIOD" else "  DATE "
    text = HEAD.format(what=what, group=group, count=len({line[1:3] for line in lines}), last=last)
    for mark, x_m, y_m, value in lines:
        x, y = _to_metres().transform(*place.to_degrees(x_m, y_m))
        text += LINE.format(x=x, y=y, value=value, zero=0.0, flag=1.5, average=average, group=group, last=mark, net="")
    target = out / FOLDER / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(text.encode("ascii"))
    ledger.count(f"{FOLDER}/{name}").read += len(lines)
