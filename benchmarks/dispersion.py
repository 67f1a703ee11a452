"""Long-term factors of many sources at many places against exp() of as many terms, and against a compiled loop.

Run as ``python -m benchmarks.dispersion factors|exp|loop [SOURCES PLACES]``. A term is one source, place and class of
weather: what a loop over the formula would compute; ours computes a source at nodes and reads places between them. The
floor takes the exponential of every term on all cores; the loop computes every term of the formula on one core, without
rise, lid and calms. Does not belong here: correctness (tests/kernels/test_dispersion.py).
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyarrow as pa
from numba import njit

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


@njit
def _sums(  # pragma: no cover
    sources: np.ndarray, places: np.ndarray, shares: np.ndarray, winds: np.ndarray, curves: np.ndarray
) -> float:
    """Sum over sources, places and classes of f/(u σz x) exp(-H²/2σz²); sources and places: (n, 2) in m."""
    whole = 0.0
    for source in range(sources.shape[0]):
        for place in range(places.shape[0]):
            east, north = places[place, 0] - sources[source, 0], places[place, 1] - sources[source, 1]
            x = max(np.sqrt(east * east + north * north), 100.0)
            for weather in range(shares.size):
                sigma = curves[weather, 0] * x * (1.0 + curves[weather, 1] * x) ** curves[weather, 2]
                whole += shares[weather] / (winds[weather] * sigma * x) * np.exp(-450.0 / (sigma * sigma))
    return whole


def loop(sources: int = SOURCES, places: int = PLACES) -> None:
    """The compiled single loop: Briggs' σz of open country, one height."""
    draw = np.random.default_rng(20260301)
    curves = np.array([
        [0.2, 0.0, 0.0], [0.12, 0.0, 0.0], [0.08, 2e-4, -0.5], [0.06, 1.5e-3, -0.5], [0.03, 3e-4, -1.0],
        [0.016, 3e-4, -1.0],
    ])  # fmt: skip
    places_m = draw.uniform(-EXTENT_M, EXTENT_M, (places, 2))
    winds = np.tile([1.2, 2.4, 4.2, 6.6, 9.4, 12.0], 6)
    shares = np.full(CLASSES, 1.0 / CLASSES)
    _sums(draw.uniform(-8000, 8000, (sources, 2)), places_m, shares, winds, np.repeat(curves, 6, axis=0))


if __name__ == "__main__":
    {"factors": factors, "exp": exponentials, "loop": loop}[sys.argv[1]](*(int(number) for number in sys.argv[2:4]))
