"""Long-term factors of many sources at many places against the bare exp() of as many terms.

Run as ``python -m benchmarks.dispersion factors|exp [SOURCES PLACES]``. A term is one source, place and class of
weather: what a loop over the formula would compute; ours computes a source at nodes and reads places between them. The
floor takes the exponential of every term on all cores. Does not belong here: correctness
(tests/kernels/test_dispersion.py).
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyarrow as pa

from ehpilot.kernels import dispersion

SOURCES, PLACES, CLASSES = 1_000, 20_000, 36
EXTENT_M = 12_000.0
BLOCK = 36_864
NAN = np.nan


def factors(sources: int = SOURCES, places: int = PLACES) -> int:
    """The kernel: stacks and areas, six classes of stability by six of speed, no cut-off; returns the rows."""
    draw = np.random.default_rng(20260301)
    area = draw.random(sources) < 0.4
    share = draw.random((CLASSES, 16))
    index, sector = np.nonzero(share)
    stability = np.repeat(np.arange(1, 7), 6)
    found = dispersion.annual_factors(
        pa.table({
            "outlet_id": [f"o{n:05d}" for n in range(sources)], "x_m": draw.uniform(-8000, 8000, sources),
            "y_m": draw.uniform(-8000, 8000, sources), "height_m": np.where(area, 8.0, draw.uniform(15, 80, sources)),
            "diameter_m": np.where(area, NAN, 1.2), "velocity_m_s": np.where(area, NAN, 12.0),
            "temperature_k": np.where(area, NAN, draw.uniform(290, 430, sources)),
            "width_m": np.where(area, 200.0, NAN),
            "station_id": ["a"] * sources,
        }),
        pa.table({
            "place_id": [f"p{n:05d}" for n in range(places)], "x_m": draw.uniform(-EXTENT_M, EXTENT_M, places),
            "y_m": draw.uniform(-EXTENT_M, EXTENT_M, places),
        }),
        pa.table({
            "station_id": ["a"] * len(index), "met_year": ["2025"] * len(index), "sector": pa.array(sector, pa.int32()),
            "stability_class": pa.array(stability[index], pa.int32()),
            "speed_class": pa.array((np.arange(CLASSES) % 6 + 1)[index], pa.int32()),
            "share": share[index, sector] / share.sum(),
            "speed_m_s": np.tile([1.2, 2.4, 4.2, 6.6, 9.4, 12.0], 6)[index],
            "temperature_k": np.full(len(index), 290.0),
            "mixing_height_m": np.array([1600.0, 1200.0, 800.0, 560.0, NAN, NAN])[stability - 1][index],
        }),
        pa.table({
            "parameter_id": ["dispersion.cut_off_m", "dispersion.minimum_distance_m", "dispersion.is_urban"],
            "value": [1e9, 100.0, 0.0],
        }),
    )  # fmt: skip
    return int(found.num_rows)


def exponentials(sources: int = SOURCES, places: int = PLACES) -> None:
    """The floor: exp() of every term, in blocks that a core's cache holds."""
    blocks = sources * places * CLASSES // BLOCK

    def some(count: int) -> None:
        values, out = np.linspace(-20.0, 0.0, BLOCK), np.empty(BLOCK)
        for _ in range(count):
            np.exp(values, out=out)

    threads = dispersion.workers()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(some, [blocks // threads] * threads))


if __name__ == "__main__":
    {"factors": factors, "exp": exponentials}[sys.argv[1]](*(int(number) for number in sys.argv[2:4]))
