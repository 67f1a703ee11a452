"""monitoring/: the items by which rivers and the sea are classed, a year in one long csv.

Belongs here: 手工监测_水质类别_2025.csv, sampled monthly in rivers and four times at sea.
Does not belong here: substances of the works in the same waters (monitoring_lab.py), who sampled where (network.py).
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from ehpilot.demo import network
from ehpilot.demo.files import Table, write_csv
from ehpilot.demo.ledger import Ledger
from ehpilot.demo.monitoring_lab import result_text
from ehpilot.demo.monitoring_long import LONG
from ehpilot.demo.world import World

# pollutant_id: (name as written, detection limit mg/L, usual mg/L). Usual values lie below class III of rivers and
# class II of the sea; inorganic nitrogen and phosphate of the sea lie at it, as off this coast in public bulletins.
Items = dict[str, tuple[str, float, float]]
RIVER: Items = {
    "DO": ("溶解氧", 0.1, 7.6), "CODMN": ("高锰酸盐指数", 0.5, 3.9), "NH3-N": ("氨氮", 0.025, 0.48),
    "TP": ("总磷", 0.01, 0.12),
}  # fmt: skip
SEA: Items = {
    "DO": ("溶解氧", 0.1, 7.2), "COD": ("化学需氧量", 0.15, 1.4), "DIN": ("无机氮", 0.005, 0.28),
    "PO4-P": ("活性磷酸盐", 0.001, 0.024),
}  # fmt: skip
MEDIA: dict[str, tuple[Items, tuple[int, ...]]] = {
    "地表水": (RIVER, tuple(range(1, 13))), "海水": (SEA, (3, 6, 8, 10)),
}  # fmt: skip
YEAR = 2025


def write(world: World, ledger: Ledger, out: Path) -> None:
    """Write the year's results of all river and sea points."""
    path = f"monitoring/手工监测_水质类别_{YEAR}.csv"
    rng = world.rng(path)
    table = Table(ledger, path, "", LONG)
    for point in network.points(world):
        items, months = MEDIA.get(point.medium, ({}, ()))
        own = {code: float(rng.lognormal(0, 0.15)) for code in items}
        for month in months:
            moment = datetime(YEAR, month, 6, 9)
            for code, (name, limit, usual) in items.items():
                # oxygen varies with the season by far less than what is washed in
                true = usual * own[code] ** (0.3 if code == "DO" else 1.0)
                true *= float(rng.lognormal(0, 0.08 if code == "DO" else 0.3))
                text, is_nondetect = result_text(rng, true, limit)
                row = table.add([point.point_id, f"{moment:%Y-%m-%d %H:%M}", name, text, "mg/L", f"{limit:g}", None])
                ledger.fact(
                    "monitoring_results", path=path, sheet="", row=row.number, sample_no="", site_id=point.point_id,
                    sampled_at=moment.isoformat(sep=" "), pollutant_id=code, true_value=true, unit="mg/L",
                    is_nondetect=is_nondetect,
                )  # fmt: skip
    write_csv(out, table, "utf-8-sig")
