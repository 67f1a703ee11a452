"""The one entrance of the demo generator.

Belongs here: order of the source modules.
Does not belong here: anything that makes a row.
"""

from __future__ import annotations

from pathlib import Path

from ehpilot.demo import (
    census,
    geography,
    hostile,
    indices,
    lists,
    meteorology,
    monitoring_lab,
    monitoring_long,
    monitoring_series,
    oversight,
    permit,
    permit_report,
    receptor,
    site_survey,
    surveys,
    truth,
    world,
)
from ehpilot.demo.ledger import Ledger

SOURCES = (
    permit,
    permit_report,
    census,
    lists,
    site_survey,
    geography,
    receptor,
    meteorology,
    monitoring_lab,
    monitoring_long,
    monitoring_series,
    surveys,
    indices,
    oversight,
    hostile,
)


def generate(out: Path, truth_folder: Path, seed: int = 20260301, scale: float = 1.0) -> Ledger:
    """Write a fictional landing folder and the truth about it.

    Args:
        out: folder that gets the landing files; made if missing, files of the same name replaced.
        truth_folder: folder that gets the csv tables of true values, spoilt records and expected counts.
        seed: the same seed and scale give byte-identical files.
        scale: 1 means about 260 sites; smaller for tests.

    Returns:
        The ledger that was written to ``truth_folder``.

    Raises:
        ValueError: scale is not positive.
    """
    if scale <= 0:
        raise ValueError("scale must be positive")
    out, truth_folder = Path(out), Path(truth_folder)
    out.mkdir(parents=True, exist_ok=True)
    area = world.build(seed, scale)
    ledger = Ledger()
    truth.write_world(area, ledger)
    for source in SOURCES:
        source.write(area, ledger, out)
    ledger.write(truth_folder)
    return ledger
