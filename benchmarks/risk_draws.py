"""Monte Carlo of risks against NumPy's generator: as many standard normals as rows are drawn.

Run as ``python -m benchmarks.risk_draws make|draw|normals FOLDER``. A row is the risk of a group at a place from one
substance; each is drawn 10,000 times, with six emission errors a substance, one of dispersion, one of each toxicity
value and one of exposure, and summed to organs and totals. Limit of the issue: at least half of the generator's
throughput. Does not belong here: correctness (tests/kernels/test_risk_draws.py).
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ehpilot.kernels import risk_draws

PLACES, GROUPS, SUBSTANCES, SOURCES, ERRORS, DRAWS = 500, 3, 60, 6, 150, 10_000
ORGANS = ("liver", "kidney", "respiratory", "nervous", "developmental;reproductive", "blood;immune", "eye", "thyroid")
PARAMETERS = {
    "screening.spread_factor": 10.0, "risk.draws": float(DRAWS), "risk.dispersion_log_sd": 0.35,
    "risk.cancer_potency_log_sd": 0.59, "risk.reference_value_log_sd": 0.59, "risk.cancer_low": 1e-6,
    "risk.cancer_attention": 1e-5, "risk.cancer_high": 1e-4, "risk.hazard_index_attention": 1.0,
    "risk.sensitivity_least_share": 0.01,
}  # fmt: skip


def make(folder: Path) -> None:
    """Rows and parts as Parquet files; half of the substances have a cancer risk."""
    folder.mkdir(parents=True, exist_ok=True)
    draw = np.random.default_rng(20260301)
    place, group, substance = (
        axis.ravel() for axis in np.meshgrid(range(PLACES), range(GROUPS), range(SUBSTANCES), indexing="ij")
    )
    count = place.size
    cancer = np.where(substance % 2 == 0, draw.lognormal(-14, 1, count), np.nan)
    rows = pa.table(
        {
            "place_id": [f"C:{number:05d}" for number in place],
            "population_group": [f"group_{number}" for number in group],
            "pollutant_id": [f"P{number:02d}" for number in substance],
            "medium": ["ambient_air"] * count,
            "route": ["inhalation"] * count,
            "linear_cancer_risk": cancer,
            "hazard_quotient": draw.lognormal(-5, 1, count),
            "target_organs": [ORGANS[number % len(ORGANS)] for number in substance],
            "is_detailed": place < 50,
        }
    )
    place, substance, source = (
        axis.ravel() for axis in np.meshgrid(range(PLACES), range(SUBSTANCES), range(SOURCES), indexing="ij")
    )
    parts = pa.table(
        {
            "place_id": [f"C:{number:05d}" for number in place],
            "medium": ["ambient_air"] * place.size,
            "pollutant_id": [f"P{number:02d}" for number in substance],
            "input": [f"emission:{number}" for number in (substance * 7 + source) % ERRORS],
            "concentration": draw.lognormal(0, 1, place.size),
            "low_ratio": np.full(place.size, 0.4),
            "high_ratio": np.full(place.size, 2.5),
            "is_modelled": np.full(place.size, True),
        }
    )
    pq.write_table(rows, folder / "rows.parquet")
    pq.write_table(parts, folder / "parts.parquet")


def draw(folder: Path) -> None:
    """The kernel over all rows."""
    exposure = {"medium": "ambient_air", "route": "inhalation", "input": "time", "exponent": 1.0, "log_sd": 0.2}
    pairs = pa.schema([("input", pa.string()), ("other", pa.string()), ("rank_correlation", pa.float64())])
    risk_draws.draw_risks(
        pq.read_table(folder / "rows.parquet"),
        pq.read_table(folder / "parts.parquet"),
        pa.Table.from_pylist([exposure]),
        pairs.empty_table(),
        pa.table({"parameter_id": list(PARAMETERS), "value": list(PARAMETERS.values())}),
        pa.table({"seed": [1]}),
    )


def normals(_folder: Path) -> None:
    """The floor: one standard normal a row and draw, in blocks that stay in the cache."""
    random = np.random.Generator(np.random.PCG64(1))
    block = np.empty(100_000)
    for _ in range(PLACES * GROUPS * SUBSTANCES * DRAWS // block.size):
        random.standard_normal(out=block)


if __name__ == "__main__":
    {"make": make, "draw": draw, "normals": normals}[sys.argv[1]](Path(sys.argv[2]))
