"""Long-term dilution of every source at every place: the sector average of the Gaussian plume over a year's weather.

    χ/Q = Σ over classes of f(sector, class) / u · 16 / (2π x) · V        s/m³

f from the joint frequency, interpolated between the centres of the two sectors that the place lies between; u at the
height of release; V the plume's share a metre at the ground (``plume``), of variance σz² + (rise/3.5)²; x the distance,
at least ``dispersion.minimum_distance_m`` and, of an area, half its width. An area is a volume from the ground
to its height (centre at half of it) whose σz begins at height/2.15 (virtual distance); its width is spread by the
sector. Linear in the emission: one factor serves all pollutants.

Sources: ISC3 User's Guide II (EPA-454/B-95-003b), 1.2.2 (sector average, smoothing) and 1.2.3 (volume and area
sources); NRC Regulatory Guide 1.111, C.1.c: χ/Q = 2.032 Σ f/(u σz x) exp(−H²/2σz²).

How. All of it but f is a function of the distance alone: a source is computed at nodes of ln x, 16 sectors each, and
every place reads between them. So the cost is that of the nodes, not of places × classes of weather.

Belongs here: factors over arrays, in blocks, on all cores; a source does not depend on another, so neither blocks nor
cores change a bit. Does not belong here: emissions, concentrations, hourly peaks (``hourly_plume``).
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ehpilot.kernels import compiled_plume as loops
from ehpilot.kernels import plume
from ehpilot.kernels.columns import doubles, ordered, texts, values_by
from ehpilot.kernels.meteorology import SECTORS, STABILITIES
from ehpilot.kernels.plume_arrays import NO_LID_M

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
Found = tuple[NDArray[np.int32], Floats, Floats]  # places within reach of a source, their distance and factor

PLACES_AT_A_TIME = 8192
NODE_STEP = 0.01  # of ln x: between nodes the cubic is within 1e-6, next to the end of a gradual rise within 2e-3
SMALLEST, NEGLIGIBLE = 1e-290, 1e-280  # s/m³: what has a logarithm, and what counts


@dataclass(frozen=True)
class Weather:
    """Classes of a station's weather: stability 1 to 6, wind at 10 m, air temperature, lid (NaN: none), and the share
    of each in every sector (classes × 16)."""

    stability: Indices
    speed_m_s: Floats
    temperature_k: Floats
    lid_m: Floats
    share: Floats


@dataclass(frozen=True)
class Source:
    """A point (a stack; ``width_m`` NaN) or an area. ``height_m`` of the stack's top or of the area's upper edge."""

    height_m: float
    diameter_m: float
    velocity_m_s: float
    temperature_k: float
    width_m: float

    @property
    def is_area(self) -> bool:
        """Whether it is an area and no stack."""
        return not np.isnan(self.width_m)

    @property
    def release_m(self) -> float:
        """Height of a stack's top, of an area's centre."""
        return self.height_m / 2.0 if self.is_area else self.height_m


def annual_factors(sources: pa.Table, places: pa.Table, frequencies: pa.Table, parameters: pa.Table) -> pa.Table:
    """One row a source and place within ``dispersion.cut_off_m`` of each other, by ``outlet_id``, ``place_id``:
    ``met_station``, ``met_year``, ``distance_m`` (as it is, before the floor) and ``chi_over_q_s_m3`` (≥ 0).

    ``sources``: ``outlet_id``, ``x_m``, ``y_m``, ``height_m``, ``diameter_m``, ``velocity_m_s``, ``temperature_k``,
    ``width_m`` (NaN: a stack), ``station_id`` (null or unknown to ``frequencies``: no row); ``places``: ``place_id``,
    ``x_m``, ``y_m``; coordinates in metres, none missing. ``frequencies``: as ``meteorology.join_frequencies`` gives
    them, whole. ``parameters``: ``dispersion.cut_off_m``, ``dispersion.minimum_distance_m``, ``dispersion.is_urban`` (1
    or 0). Sources and places may be given in blocks.
    """
    chosen = values_by(parameters, "parameter_id")
    of_station = weather_of_stations(frequencies)
    rows = ordered(sources, "outlet_id")
    rows = rows.filter(pc.is_in(rows["station_id"], pa.array(list(of_station), pa.string())))
    receptors = ordered(places, "place_id")
    east, north = doubles(receptors, "x_m"), doubles(receptors, "y_m")
    stations, described = texts(rows, "station_id"), sources_of(rows)
    x, y = doubles(rows, "x_m"), doubles(rows, "y_m")
    floor = chosen["dispersion.minimum_distance_m"]

    def one(number: int) -> Found:
        across, along = east - x[number], north - y[number]
        distance = np.sqrt(across * across + along * along)
        near = np.flatnonzero(distance <= chosen["dispersion.cut_off_m"])
        if len(near) < len(distance):
            across, along, distance = across[near], along[near], distance[near]
        source, weather = described[number], of_station[stations[number]]
        nodes = _nodes(floor, float(distance.max(initial=floor)))
        table = in_sectors(source, weather, nodes, floor, chosen["dispersion.is_urban"] > 0)
        return near.astype(np.int32), distance, _read_off(table, nodes, across, along, distance)

    years = dict(zip(texts(frequencies, "station_id"), texts(frequencies, "met_year"), strict=True))
    ids, names = receptors["place_id"].combine_chunks(), texts(rows, "outlet_id")
    with ThreadPoolExecutor(workers()) as pool:
        found = pool.map(one, range(rows.num_rows))
        parts = [
            _rows((name, station, years[station]), ids, part)
            for name, station, part in zip(names, stations, found, strict=True)
        ]
    return pa.concat_tables(parts) if parts else _rows(("", "", ""), ids, (np.empty(0, np.int32), *np.empty((2, 0))))


def in_sectors(source: Source, weather: Weather, distance_m: Floats, floor_m: float, urban: bool = False) -> Floats:
    """χ/Q in s/m³ on the axis of each sector of wind (16, from north clockwise), downwind of a source at distances."""
    wind = plume.wind_at_height_m_s(weather.speed_m_s, source.release_m, weather.stability, urban)
    table_y, table_z = (plume.URBAN_Y, plume.URBAN_Z) if urban else (plume.RURAL_Y, plume.RURAL_Z)
    rise, upwind, floor = _start(source, weather, wind, table_z, floor_m)
    share = np.where(plume.is_above_lid(rise, weather.lid_m), 0.0, 1.0 / wind)[:, None] * weather.share
    lid = np.where(np.isnan(weather.lid_m), NO_LID_M, weather.lid_m)
    x = np.maximum(distance_m, floor)
    result = np.zeros((SECTORS, len(x)))
    loops.add_classes(
        result, x, share, weather.stability - 1, rise.release_m, rise.gradual, rise.final_m, lid,
        plume.curves(table_y, table_z), upwind,
    )  # fmt: skip
    return result * (SECTORS / (2.0 * np.pi)) / x


def _nodes(nearest_m: float, furthest_m: float) -> Floats:
    """Distances at which a source is computed, evenly spaced in their logarithm, two beyond the furthest place, so that
    what a place reads does not depend on the others."""
    steps = int(np.log(max(furthest_m / nearest_m, 1.0)) / NODE_STEP) + 4
    return np.asarray(nearest_m * np.exp(NODE_STEP * np.arange(steps)))


def _read_off(table: Floats, nodes: Floats, across_m: Floats, along_m: Floats, distance_m: Floats) -> Floats:
    """χ/Q at places from that at the nodes: cubic in the logarithms along the distance, linear between two sectors."""
    cubic = np.empty((*table.shape, 4))
    loops.log_cubics(cubic, table, SMALLEST)
    found = np.empty(len(distance_m))
    for first in range(0, len(found), PLACES_AT_A_TIME):
        part = slice(first, first + PLACES_AT_A_TIME)
        steps = np.log(np.maximum(distance_m[part], nodes[0]))
        steps -= np.log(nodes[0])
        steps /= NODE_STEP
        turns = np.arctan2(across_m[part], along_m[part])
        turns *= SECTORS / (2.0 * np.pi)
        turns += 1.5 * SECTORS  # the wind comes from the other side; never negative
        loops.read_off(found[part], cubic, steps, turns)
    return np.where(found > NEGLIGIBLE, found, 0.0)


def _start(
    source: Source, weather: Weather, wind: Floats, table_z: Floats, floor_m: float
) -> tuple[plume.Rise, Floats, float]:
    """Rise (classes), virtual distance upwind (stabilities) and least distance of a source."""
    if source.is_area:
        flat = np.zeros(len(wind))
        upwind = plume.virtual_distance_m(np.full(STABILITIES, source.height_m / 2.15), table_z)
        return plume.Rise(flat + source.release_m, flat, flat), upwind, max(floor_m, source.width_m / 2.0)
    rise = plume.plume_rise(
        source.height_m, source.diameter_m, source.velocity_m_s, source.temperature_k, wind, weather.temperature_k,
        weather.stability,
    )  # fmt: skip
    return rise, np.zeros(STABILITIES), floor_m


def weather_of_stations(frequencies: pa.Table) -> dict[str, Weather]:
    """Classes of weather of each station of a table of joint frequencies, classes by stability and speed."""
    rows = ordered(frequencies, "station_id", "stability_class", "speed_class", "sector")
    names = np.array(texts(rows, "station_id"), object)
    return {name: _weather(rows.filter(pa.array(names == name))) for name in sorted(set(names))}


def _weather(rows: pa.Table) -> Weather:
    stability, speed = (rows[name].to_numpy().astype(np.int64) for name in ("stability_class", "speed_class"))
    _, first, place = np.unique(stability * 100 + speed, return_index=True, return_inverse=True)
    share = np.zeros((len(first), SECTORS))
    share[place, rows["sector"].to_numpy().astype(np.int64)] = doubles(rows, "share")
    wind, air, lid = (doubles(rows, name)[first] for name in ("speed_m_s", "temperature_k", "mixing_height_m"))
    return Weather(stability[first], wind, air, lid, share)


def sources_of(rows: pa.Table) -> list[Source]:
    """The sources of a table, in its order."""
    columns = (doubles(rows, name) for name in ("height_m", "diameter_m", "velocity_m_s", "temperature_k", "width_m"))
    return [Source(*values) for values in zip(*columns, strict=True)]


def workers() -> int:
    """Threads at once: the processors that this process may use. NumPy's loops run beside each other."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _rows(of_source: tuple[str, str, str], ids: pa.Array, found: Found) -> pa.Table:
    """Rows of a source (outlet, station, year of its weather); texts as dictionaries, so that they are held once."""
    near, distance, factor = found
    first = np.zeros(len(near), np.int32)
    outlet, station, year = (pa.DictionaryArray.from_arrays(first, pa.array([text])) for text in of_source)
    return pa.table({
        "outlet_id": outlet, "place_id": pa.DictionaryArray.from_arrays(near, ids), "met_station": station,
        "met_year": year, "distance_m": distance, "chi_over_q_s_m3": factor,
    })  # fmt: skip
