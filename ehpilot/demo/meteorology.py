"""meteorology/: hourly weather of 2025, the months of 2026, and a leap day.

Belongs here: the csv of the zone's station and its dirt.
Does not belong here: how the weather is drawn (air.py).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from ehpilot.demo import air
from ehpilot.demo.files import Table, write_csv
from ehpilot.demo.ledger import Ledger
from ehpilot.demo.world import World

HEADER = ["站号", "时间", "风向(°)", "风速(m/s)", "气温(℃)", "总云量"]
DERIVED = ["稳定度", "混合层高度(m)"]  # which the station adds in every other month of 2026
MIXING_M = {"A": 1500, "B": 1300, "C": 1000, "D": 700, "E": 300, "F": 150}
STATION = "99001"


def write(world: World, ledger: Ledger, out: Path) -> None:
    """Write the year, the months after it and, in another encoding, the last days of February 2024."""
    weather = air.weather(world)
    gaps = set(world.rng("meteorology gaps").choice(air.HOURS, 80, replace=False).tolist())
    table = _hours(ledger, "meteorology/地面气象_2025.csv", weather, range(air.YEAR_HOURS), gaps)
    _spoil(table, world.rng("meteorology"))
    write_csv(out, table)
    for year, month in world.months(2026):
        first, last = (int((datetime(*day, 1) - weather.moments[0]).days * 24)
                       for day in ((year, month), (year + month // 12, month % 12 + 1)))  # fmt: skip
        path = f"meteorology/地面气象_{year}{month:02d}.csv"
        write_csv(out, _hours(ledger, path, weather, range(first, last), gaps, month % 2 == 0))
    for number, share in enumerate(weather.rose):
        ledger.fact("wind_rose", station_id=STATION, sector=number, share=float(share))
    leap = Table(ledger, "meteorology/地面气象_2024闰日.csv", "", HEADER)
    for hour in range(48):
        moment = datetime(2024, 2, 28) + timedelta(hours=hour)
        leap.add([STATION, moment.strftime("%Y/%m/%d %H:%M"), int(weather.direction_deg[hour]), "3.2", "8.5", 5])
    write_csv(out, leap, "utf-16")


def _hours(
    ledger: Ledger, path: str, weather: air.Weather, hours: range, gaps: set[int], is_classed: bool = False
) -> Table:
    table = Table(ledger, path, "", [*HEADER, *DERIVED] if is_classed else HEADER)
    for hour in hours:
        if hour in gaps:
            continue
        calm = weather.speed_m_s[hour] < 0.3
        direction = 0 if calm else int(weather.direction_deg[hour])
        row = table.add([
            STATION, weather.moments[hour].strftime("%Y-%m-%d %H:00"), direction, f"{weather.speed_m_s[hour]:.1f}",
            f"{weather.temperature_c[hour]:.1f}", int(weather.cloud_tenth[hour]),
        ])  # fmt: skip
        if is_classed:
            letter = stability(float(weather.speed_m_s[hour]), float(weather.cloud_tenth[hour]), hour % 24)
            row.cells += [letter, MIXING_M[letter]]
    return table


def stability(speed_m_s: float, cloud_tenth: float, clock: int) -> str:
    """Pasquill's class by wind, cloud and hour of the day (Turner 1970, table 3-1, with the sun's height by the
    hour)."""
    column = 0 if speed_m_s < 2 else 1 if speed_m_s < 3 else 2 if speed_m_s < 5 else 3 if speed_m_s < 6 else 4
    if cloud_tenth >= 9:
        return "D"
    if not 6 <= clock < 18:
        return ("FFEDD" if cloud_tenth < 4 else "EEDDD")[column]
    strength = 2 if 10 <= clock < 15 else 1
    strength -= cloud_tenth >= 6 and strength > 0
    return ("BCCDD", "ABBCD", "AABCC")[strength][column]


def _spoil(table: Table, rng: np.random.Generator) -> None:
    for column, value, code, what in (
        ("风向(°)", "-99", "MISSING-MARK", "missing mark"),
        ("风速(m/s)", "--", "MISSING-MARK", "missing mark"),
        ("气温(℃)", "——", "MISSING-MARK", "missing mark"),
    ):
        table.flag_any(rng, column, value, code, what)
    for column, value, code, what in (
        ("风向(°)", "725", "NUMBER-PHYSICAL", "a direction beyond 360°"),
        ("风速(m/s)", "-3.0", "NUMBER-NEGATIVE", "negative speed"),
        ("气温(℃)", "冷", "NUMBER", "word for a number"),
        ("时间", "2025-02-29 05:00", "DATE", "29 February of a common year"),
    ):
        table.spoil_any(rng, column, value, code, what)
