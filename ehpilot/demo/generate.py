"""The one entrance of the demo generator.

Belongs here: order of the source modules.
Does not belong here: anything that makes a row.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ehpilot.demo import (
    census,
    dispersion,
    geography,
    hostile,
    indices,
    lists,
    meteorology,
    monitoring_begun,
    monitoring_lab,
    monitoring_long,
    monitoring_plan,
    monitoring_series,
    oversight,
    permit,
    permit_report,
    pilot_work,
    procedure,
    project,
    receptor,
    site_survey,
    surveys,
    truth,
    water_class,
    world,
)
from ehpilot.demo.ledger import Ledger

SOURCES = (
    permit_report,  # first: permits allow by what plants report
    permit,
    census,
    lists,
    site_survey,
    geography,
    receptor,
    meteorology,
    monitoring_lab,
    monitoring_long,
    monitoring_begun,
    water_class,
    monitoring_series,
    monitoring_plan,
    dispersion,
    surveys,
    indices,
    oversight,
    pilot_work,
    procedure,
    project,
    hostile,
)

MOST_SCALE = 100.0


def generate(
    out: Path,
    truth_folder: Path,
    seed: int = 20260301,
    scale: float = 1.0,
    as_of: date = world.AS_OF,
    *,
    is_hostile: bool = False,
) -> Ledger:
    """Write a fictional landing folder and the truth about it.

    Args:
        out: folder that gets the landing files; made if missing, files of the same name replaced.
        truth_folder: folder that gets the csv tables of true values, spoilt records and expected counts.
        seed: the same seed, scale and date give byte-identical files.
        scale: 1 means about 265 sites; smaller for tests, up to 100.
        as_of: the day the folder is of, 2026-06-30 to 2026-12-31. A later one adds files and changes none.
        is_hostile: also names and files that nobody sends by mistake.

    Returns:
        The ledger that was written to ``truth_folder``.

    Raises:
        ValueError: scale or date outside its range.
    """
    if not 0 < scale <= MOST_SCALE:
        raise ValueError(f"scale must be above 0 and at most {MOST_SCALE:g} / 规模须大于 0，不超过 {MOST_SCALE:g}")
    if not world.EARLIEST <= as_of <= world.LATEST:
        raise ValueError(
            f"the demo's time runs from {world.EARLIEST} to {world.LATEST}; {as_of} is outside of it / "
            f"演示数据的截止日期须在 {world.EARLIEST} 至 {world.LATEST} 之间"
        )
    out, truth_folder = Path(out), Path(truth_folder)
    out.mkdir(parents=True, exist_ok=True)
    area = world.build(seed, scale, as_of, is_hostile=is_hostile)
    ledger = Ledger(truth_folder)
    truth.write_world(area, ledger)
    for source in SOURCES:
        source.write(area, ledger, out)
    ledger.write()
    return ledger
