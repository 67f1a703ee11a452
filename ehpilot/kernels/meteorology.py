"""Joint frequency of wind sector, stability and wind speed of a station's hours.

Sixteen sectors, each centred on its direction, north from 348.75 to 11.25 degrees. Directions that a file gives in tens
of degrees are spread over the sectors that their ten degrees touch, so that no sector gets more of the rounding than
another. Wind speeds fall into the six classes of the STAR summaries (bounds at 3, 6, 10, 16, 21 knots); a class is
represented by the harmonic mean of its hours' speeds, since the sector mean goes with 1/u. A calm (below the threshold)
has no direction: it blows with the threshold's speed, and its hours are shared over the sectors as the light winds of
the first class are, without those as all winds are, without any wind evenly.

Sources: ISC3 User's Guide II (EPA-454/B-95-003b), 1.2.1 (STAR summaries); NRC Regulatory Guide 1.111, C.3 (calms by the
light-wind rose).

Belongs here: hours to frequencies. Does not belong here: stability of an hour (``stability``), dilution
(``dispersion``).
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray

from ehpilot.kernels.columns import doubles, ordered, texts, values_by

Floats = NDArray[np.float64]

SECTORS = 16
SECTOR_DEG = 360.0 / SECTORS
KNOT_M_S = 1852.0 / 3600.0
SPEED_BOUNDS_M_S = tuple(knots * KNOT_M_S for knots in (3.0, 6.0, 10.0, 16.0, 21.0))
STABILITIES = 6
ROUNDED_DEG = 10.0
STANDARD_TEMPERATURE_K = 288.15  # ISO 2533, where a station states no temperature at all


def join_frequencies(hours: pa.Table, parameters: pa.Table) -> pa.Table:
    """One row a station, wind sector, stability and speed class with a share above 0, sorted by these: ``station_id``,
    ``met_year``, ``sector`` (0 = from north, clockwise), ``stability_class`` (1 to 6), ``speed_class`` (0 = calm, 1 to
    6), ``share`` of the station's usable hours (they sum to 1), and of the class over all sectors ``speed_m_s``
    (harmonic mean at 10 m), ``temperature_k`` and ``mixing_height_m`` (means; NaN: no lid); of the station
    ``hours_used``, ``hours_calm`` and ``hours_left_out`` (no speed, or wind without a direction).

    ``hours``: ``station_id``, ``met_year``, ``observed_at``, ``wind_direction_deg``, ``wind_speed_m_s``,
    ``stability_class``, ``temperature_k``, ``mixing_height_m``; ``parameters``: ``dispersion.calm_speed`` in m/s. The
    hours of a station must not be parted.
    """
    threshold = values_by(parameters, "parameter_id")["dispersion.calm_speed"]
    rows = ordered(hours, "station_id", "observed_at")
    stations = np.array(texts(rows, "station_id"), object)
    parts = [_of_station(rows.filter(pa.array(stations == name)), threshold) for name in sorted(set(stations))]
    return pa.concat_tables(parts) if parts else _of_station(rows, threshold)


def sector_shares(direction_deg: ArrayLike) -> Floats:
    """Share of each sector in an hour of each direction (n,), n × 16: 1 in the sector that holds it, or, where all
    directions are whole tens of degrees, by the overlap of the ten degrees round it. ``ValueError`` on a direction that
    is no number: such an hour has no sector."""
    stated = np.asarray(direction_deg, float)
    if stated.ndim != 1 or not np.isfinite(stated).all():
        raise ValueError("a direction is a number of degrees")
    direction = stated % 360.0
    if len(direction) and np.all(direction % ROUNDED_DEG == 0.0):
        centres = np.arange(SECTORS) * SECTOR_DEG
        apart = np.abs((direction[:, None] - centres + 180.0) % 360.0 - 180.0)
        overlap = np.clip((SECTOR_DEG + ROUNDED_DEG) / 2.0 - apart, 0.0, ROUNDED_DEG)
        return overlap / ROUNDED_DEG
    shares = np.zeros((len(direction), SECTORS))
    shares[np.arange(len(direction)), np.floor(direction / SECTOR_DEG + 0.5).astype(np.int64) % SECTORS] = 1.0
    return shares


def _of_station(rows: pa.Table, threshold: float) -> pa.Table:
    """Frequencies of one station's hours."""
    speed, direction = doubles(rows, "wind_speed_m_s"), doubles(rows, "wind_direction_deg")
    calm = speed < threshold
    usable = calm | ((speed >= threshold) & ~np.isnan(direction))
    wind = usable & ~calm
    speed_class = np.where(calm, 0, 1 + np.searchsorted(SPEED_BOUNDS_M_S, speed, side="right"))
    stability = np.asarray(rows["stability_class"].to_numpy(), np.int64)
    cell = (stability - 1) * (len(SPEED_BOUNDS_M_S) + 2) + speed_class
    cells = STABILITIES * (len(SPEED_BOUNDS_M_S) + 2)
    shares = np.zeros((len(speed), SECTORS))
    shares[wind] = sector_shares(direction[wind])
    light = wind & (speed_class == 1)
    rose = next((shares[part].mean(axis=0) for part in (light, wind) if part.any()), np.full(SECTORS, 1.0 / SECTORS))
    shares[calm] = rose
    held = np.column_stack([np.bincount(cell[usable], shares[usable, s], cells) for s in range(SECTORS)])
    total = max(int(usable.sum()), 1)
    weight = np.bincount(cell[usable], minlength=cells).astype(float)
    inverse = np.bincount(cell[usable], 1.0 / np.maximum(speed[usable], threshold), cells)
    with np.errstate(invalid="ignore", divide="ignore"):
        representative = weight / inverse
    air = temperatures_k(rows)
    temperature = _mean(cell, air, usable, cells)
    height = _mean(cell, doubles(rows, "mixing_height_m"), usable, cells)
    index, sector = np.nonzero(held)
    year = texts(rows, "met_year")[:1] * len(index)
    return pa.table({
        "station_id": pa.array(texts(rows, "station_id")[:1] * len(index), pa.string()),
        "met_year": pa.array(year, pa.string()),
        "sector": pa.array(sector, pa.int32()),
        "stability_class": pa.array(index // (len(SPEED_BOUNDS_M_S) + 2) + 1, pa.int32()),
        "speed_class": pa.array(index % (len(SPEED_BOUNDS_M_S) + 2), pa.int32()),
        "share": held[index, sector] / total,
        "speed_m_s": representative[index],
        "temperature_k": np.where(np.isnan(temperature), _overall(air), temperature)[index],
        "mixing_height_m": height[index],
        "hours_used": pa.array(np.full(len(index), usable.sum()), pa.int32()),
        "hours_calm": pa.array(np.full(len(index), calm.sum()), pa.int32()),
        "hours_left_out": pa.array(np.full(len(index), (~usable).sum()), pa.int32()),
    })  # fmt: skip


def _mean(cell: NDArray[np.int64], values: Floats, usable: NDArray[np.bool_], cells: int) -> Floats:
    """Mean of the known values of each cell; NaN where it has none."""
    known = usable & ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        return np.bincount(cell[known], values[known], cells) / np.bincount(cell[known], minlength=cells)


def temperatures_k(rows: pa.Table) -> Floats:
    """Air temperature of hours; NaN where none is stated, or what is stated is none (0 K or less)."""
    stated = doubles(rows, "temperature_k")
    return np.where(stated > 0, stated, np.nan)


def _overall(air_k: Floats) -> float:
    """Mean temperature of the station, for classes without one."""
    known = air_k[~np.isnan(air_k)]
    return float(np.mean(known)) if known.size else STANDARD_TEMPERATURE_K
