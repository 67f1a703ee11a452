"""Grading of 10,000 sources × 100 draws and of 100,000 cells, with other grids: ``python -m benchmarks.grading``.

Limit of the issue: 10 s. Prints processor seconds; the inputs are drawn from a seed. Does not belong here: correctness
(tests/kernels/test_source_grading.py, test_zone_grade_table.py).
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pyarrow as pa

from ehpilot.kernels import source_grade_table, zone_grade_table

SOURCES, RELEASES_EACH, DRAWS, CELLS, PLACES = 10_000, 5, 100, 100_000, 5_000


def sources(draw: np.random.Generator) -> tuple[pa.Table, pa.Table, pa.Table, pa.Table]:
    """Sources, releases, parameters, build."""
    ids = [f"E{number:05d}" for number in range(SOURCES)]
    rows = SOURCES * RELEASES_EACH
    nothing, false = np.full(SOURCES, np.nan), np.zeros(SOURCES, dtype=bool)
    table = pa.table(
        {
            "enterprise_id": ids,
            "hazard_load": 10 ** draw.uniform(3, 9, SOURCES),
            "receptor_load": 10 ** draw.uniform(-4, 0, SOURCES),
            "receptor_factor": np.full(SOURCES, 2.0),
            "management_score": draw.uniform(0, 100, SOURCES),
            "management_low": draw.uniform(0, 50, SOURCES),
            "management_high": draw.uniform(50, 100, SOURCES),
            "veto_cancer_risk": nothing,
            "veto_hazard_index": nothing,
            "is_carcinogen_unmonitored": false,
            "is_confidence_low": false,
            "is_incomplete": false,
        }
    )
    releases = pa.table(
        {
            "enterprise_id": np.repeat(ids, RELEASES_EACH),
            "pollutant_id": np.tile(list("abcde"), SOURCES),
            "medium": ["air"] * rows,
            "emission_kg": np.full(rows, 10.0),
            "low_kg": np.full(rows, 5.0),
            "high_kg": np.full(rows, 20.0),
            "weighted_kg": np.full(rows, 1e4),
            "leading_error_group": np.tile(["f1", "f2", "", "", ""], SOURCES),
            "leading_error_share": np.tile([0.5, 0.5, 0.0, 0.0, 0.0], SOURCES),
        }
    )
    values = {
        **dict(zip(source_grade_table.CUTS, (4.0, 6.0, 8.0, 0.01, 0.1), strict=True)),
        "grading.management_worse_below": 40.0,
        "grading.management_milder_from": 85.0,
        "grading.veto_cr_red": 1e-4,
        "grading.veto_hi_red": 3.0,
        "grading.veto_cr_orange": 1e-5,
        "grading.veto_hi_orange": 1.0,
        "grading.draws": float(DRAWS),
        "screening.spread_factor": 3.0,
    }
    return table, releases, pa.table({"parameter_id": [*values], "value": [*values.values()]}), pa.table({"seed": [1]})


def cells(draw: np.random.Generator) -> tuple[pa.Table, pa.Table]:
    """Cells of one grid, sensitive places."""
    side = int(np.ceil(np.sqrt(CELLS)))
    column, line = (axis.ravel()[:CELLS] for axis in np.meshgrid(np.arange(side), np.arange(side)))
    table = pa.table(
        {
            "cell_id": [f"C:{number}" for number in range(CELLS)],
            "x_m": column * 500.0 + 250.0,
            "y_m": line * 500.0 + 250.0,
            "size_m": np.full(CELLS, 500.0),
            "cancer_risk": 10 ** draw.uniform(-8, -4, CELLS),
            "hazard_index": draw.uniform(0, 2, CELLS),
            "population": draw.uniform(0, 3000, CELLS),
            "young_or_old_share": draw.uniform(0, 0.6, CELLS),
        }
    )
    spots = draw.uniform(0, side * 500.0, (2, PLACES))
    return table, pa.table({"x_m": spots[0], "y_m": spots[1]})


def seconds(run: Callable[[], object]) -> float:
    """Processor seconds of one run."""
    start = time.process_time()
    run()
    return time.process_time() - start


if __name__ == "__main__":
    random = np.random.default_rng(20260301)
    graded, zoned = sources(random), cells(random)
    print(f"{SOURCES} sources x {DRAWS} draws: {seconds(lambda: source_grade_table.grade_sources(*graded)):.2f} s")
    print(f"{CELLS} cells: {seconds(lambda: zone_grade_table.grade_cells(*zoned)):.2f} s")
    print(f"the same on four other grids: {seconds(lambda: zone_grade_table.regraded_people(*zoned)):.2f} s")
