"""Largest hours of many sources at many places over a year against the bare exp() of as many terms.

Run as ``python -m benchmarks.hourly_plume peaks|exp [SOURCES PLACES]``. A term is one source, place and hour: what a
loop over the formula would compute; ours leaves out the hours whose plume passes by. The floor takes the exponential of
every term on all cores. Does not belong here: correctness (tests/kernels/test_hourly_plume.py).
"""

from __future__ import annotations

import sys

import numpy as np
import pyarrow as pa

from benchmarks import dispersion
from ehpilot.kernels import hourly_plume

SOURCES, PLACES, HOURS = 1_000, 114, 8_760  # 1e9 terms
NAN = np.nan


def peaks(sources: int = SOURCES, places: int = PLACES) -> int:
    """The kernel: stacks and areas of three pollutants, a year of hours, no cut-off; returns the rows."""
    draw = np.random.default_rng(20260302)
    area = draw.random(sources) < 0.4
    outlets = [f"o{n:05d}" for n in range(sources)]
    stability = draw.integers(1, 7, HOURS)
    found = hourly_plume.hourly_peaks(
        pa.table({
            "outlet_id": outlets, "x_m": draw.uniform(-8000, 8000, sources), "y_m": draw.uniform(-8000, 8000, sources),
            "height_m": np.where(area, 8.0, draw.uniform(15, 80, sources)),
            "diameter_m": np.where(area, NAN, 1.2), "velocity_m_s": np.where(area, NAN, 12.0),
            "temperature_k": np.where(area, NAN, draw.uniform(290, 430, sources)),
            "width_m": np.where(area, 200.0, NAN), "station_id": ["a"] * sources,
        }),
        pa.table({
            "place_id": [f"p{n:05d}" for n in range(places)], "x_m": draw.uniform(-12_000, 12_000, places),
            "y_m": draw.uniform(-12_000, 12_000, places),
        }),
        pa.table({
            "station_id": ["a"] * HOURS,
            "observed_at": np.datetime64("2025-01-01", "us") + np.arange(HOURS).astype("timedelta64[h]"),
            "wind_direction_deg": draw.uniform(0, 360, HOURS), "wind_speed_m_s": draw.gamma(2.0, 1.8, HOURS),
            "stability_class": pa.array(stability, pa.int32()), "temperature_k": draw.normal(290, 8, HOURS),
            "mixing_height_m": np.array([1600.0, 1200.0, 800.0, 560.0, NAN, NAN])[stability - 1],
        }),
        pa.table({
            "outlet_id": outlets, "enterprise_id": [f"e{n % 97}" for n in range(sources)],
            "pollutant_id": [f"x{n % 3}" for n in range(sources)], "emission_g_s": draw.lognormal(0, 1, sources),
        }),
        pa.table({"outlet_id": pa.array([], pa.string()), "place_id": pa.array([], pa.string()),
                  "chi_over_q_s_m3": pa.array([], pa.float64())}),
        pa.table({
            "parameter_id": ["dispersion.cut_off_m", "dispersion.minimum_distance_m", "dispersion.is_urban",
                             "dispersion.calm_speed"],
            "value": [1e9, 100.0, 0.0, 0.5],
        }),
    )  # fmt: skip
    return int(found.num_rows)


def exponentials(sources: int = SOURCES, places: int = PLACES) -> None:
    """The floor: exp() of every term."""
    dispersion.exponentials(sources, places * HOURS // dispersion.CLASSES)


if __name__ == "__main__":
    {"peaks": peaks, "exp": exponentials}[sys.argv[1]](*(int(number) for number in sys.argv[2:4]))
