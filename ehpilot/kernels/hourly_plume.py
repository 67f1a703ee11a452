"""Hourly concentrations of all sources together at a place, and their largest hour.

The hourly plume of ``plume`` for every hour of weather, with the emission spread evenly over the year (no upsets, no
start-ups: what a file does not state is not modelled). Distance downwind and across from the wind of the hour; hours
whose axis passes the place by more than four σy add nothing. A place nearer than the floor is set to it, in its own
direction.

Calms (below the threshold): a screening must not miss stagnant air, so that a calm blows with the threshold's speed, in
the direction that the file states for it (with a speed above 0), else in that of the last hour of its station with wind
(PCRAMMET User's Guide, EPA-454/B-96-001, sets calms so; ISC3 then leaves them out, we do not). Calms before the first
wind and hours of wind without a direction are left out. Results that rest on a calm say so.

Factors of one hour that were computed elsewhere stand in place of our hours for their outlet and place. They are each
outlet's own largest hour, so they are added as if it came in every hour: an upper estimate where outlets have theirs at
different times.

Belongs here: sums and largest hours over arrays, place by place on all cores; a place does not depend on another. Does
not belong here: benchmarks, which places count.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy.sparse import csr_array

from ehpilot.kernels import plume
from ehpilot.kernels.columns import doubles, ordered, texts, values_by
from ehpilot.kernels.dispersion import Source, sources_of, workers
from ehpilot.kernels.meteorology import STABILITIES, STANDARD_TEMPERATURE_K

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

SIGMAS = 4.0  # beyond, the plume adds 3e-4 of its axis
WIDEST_RAD = np.radians(80.0)
SOURCES_AT_A_TIME = 256


@dataclass(frozen=True)
class Hours:
    """Hours of one station with wind and of one stability, sorted by the direction the wind blows to (radians, 0 to
    2π); ``number`` of the hour among those of all stations."""

    stability: int
    towards_rad: Floats
    sine: Floats
    cosine: Floats
    speed_m_s: Floats
    temperature_k: Floats
    lid_m: Floats
    number: Indices


def hourly_peaks(
    sources: pa.Table,
    places: pa.Table,
    hours: pa.Table,
    emissions: pa.Table,
    imported: pa.Table,
    parameters: pa.Table,
) -> pa.Table:
    """One row a place and pollutant that any source in reach emits, by ``place_id``, ``pollutant_id``:
    ``max_1h_ug_m3``, ``observed_at`` of the first such hour (null where there is no weather), ``is_calm``, whether it
    was a calm, and ``driver_enterprise_id``, whose outlets add most in it (equal ones: the first id). Places without a
    source in reach and without an imported factor have no row.

    ``sources``: as ``dispersion.annual_factors``; ``places``: ``place_id``, ``x_m``, ``y_m``; ``hours``: as
    ``stability.classify_hours`` gives them; ``emissions``: ``outlet_id``, ``enterprise_id``, ``pollutant_id``,
    ``emission_g_s`` (> 0); ``imported``: ``outlet_id``, ``place_id``, ``chi_over_q_s_m3`` of one hour, one row a pair.
    ``parameters``: ``dispersion.cut_off_m``, ``dispersion.minimum_distance_m``,
    ``dispersion.calm_speed``, ``dispersion.is_urban``. Hours and sources must not be parted; places may be.
    """
    chosen = values_by(parameters, "parameter_id")
    model = _Model(sources, hours, emissions, imported, chosen)
    receptors = ordered(places, "place_id")
    east, north = doubles(receptors, "x_m"), doubles(receptors, "y_m")
    with ThreadPoolExecutor(workers()) as pool:
        parts = list(pool.map(model.peaks_at, texts(receptors, "place_id"), east, north))
    return pa.concat_tables(parts) if parts else model.peaks_at("", np.nan, np.nan)


class _Model:
    """Sources, hours and emissions of one area, ready to be asked for places."""

    def __init__(
        self, sources: pa.Table, hours: pa.Table, emissions: pa.Table, imported: pa.Table, chosen: dict[str, float]
    ):
        self.chosen = chosen
        released = ordered(emissions, "enterprise_id", "outlet_id", "pollutant_id")
        outlets = {name: place for place, name in enumerate(sorted(set(texts(released, "outlet_id"))))}
        stations = sorted(set(texts(hours, "station_id")))
        rows = ordered(sources, "outlet_id")
        rows = rows.filter(
            pc.and_(
                pc.is_in(rows["outlet_id"], pa.array(list(outlets), pa.string())),
                pc.is_in(rows["station_id"], pa.array(stations, pa.string())),
            )
        )
        self.columns, self.x_m, self.y_m = _Columns.of(sources_of(rows)), doubles(rows, "x_m"), doubles(rows, "y_m")
        self.outlet = np.array([outlets[name] for name in texts(rows, "outlet_id")], np.int64)
        urban = chosen["dispersion.is_urban"] > 0
        self.spread = {number: _Spread.of(self.columns, number, urban) for number in range(1, STABILITIES + 1)}
        self.station = np.array([stations.index(name) for name in texts(rows, "station_id")], np.int64)
        classed = ordered(hours, "station_id", "observed_at")
        # an hour is the same for all stations: their sources add up in it
        self.moments, hour = np.unique(classed["observed_at"].to_numpy(), return_inverse=True)
        self.is_calm = np.zeros(len(self.moments), bool)
        self.hours = [self._of_station(classed, name, hour) for name in stations]
        self._read_rates(released, outlets)
        self.imported: dict[str, list[tuple[int, float]]] = {}
        elsewhere = ordered(imported, "place_id", "outlet_id")
        for place, outlet, factor in zip(
            texts(elsewhere, "place_id"), texts(elsewhere, "outlet_id"), doubles(elsewhere, "chi_over_q_s_m3"),
            strict=True,
        ):  # fmt: skip
            if outlet in outlets:
                self.imported.setdefault(place, []).append((outlets[outlet], float(factor)))

    def _read_rates(self, released: pa.Table, outlets: dict[str, int]) -> None:
        """Rates of the outlets (outlets × pollutants) and whose they are."""
        self.pollutants = sorted(set(texts(released, "pollutant_id")))
        column = {name: place for place, name in enumerate(self.pollutants)}
        self.rate_g_s = np.zeros((len(outlets), len(self.pollutants)))
        self.enterprises = sorted(set(texts(released, "enterprise_id")))
        self.enterprise = np.zeros(len(outlets), np.int64)
        for outlet, owner, pollutant, rate in zip(
            texts(released, "outlet_id"), texts(released, "enterprise_id"), texts(released, "pollutant_id"),
            doubles(released, "emission_g_s"), strict=True,
        ):  # fmt: skip
            self.rate_g_s[outlets[outlet], column[pollutant]] += rate
            self.enterprise[outlets[outlet]] = self.enterprises.index(owner)

    def _of_station(self, rows: pa.Table, station: str, hour: Indices) -> list[Hours]:
        """The station's hours that have a direction, a set for each stability."""
        own = np.flatnonzero(np.array(texts(rows, "station_id"), object) == station)
        speed, direction = doubles(rows, "wind_speed_m_s")[own], doubles(rows, "wind_direction_deg")[own]
        calm = speed < self.chosen["dispersion.calm_speed"]
        direction = _directions(speed, direction, calm)
        usable = ~np.isnan(speed) & ~np.isnan(direction)
        speed = np.maximum(speed, self.chosen["dispersion.calm_speed"])
        self.is_calm[hour[own[usable & calm]]] = True
        towards = np.radians((direction + 180.0) % 360.0)
        air, lid = doubles(rows, "temperature_k")[own], doubles(rows, "mixing_height_m")[own]
        air = np.where(np.isnan(air), np.nanmean(air) if (~np.isnan(air)).any() else STANDARD_TEMPERATURE_K, air)
        stability = np.asarray(rows["stability_class"].to_numpy(), np.int64)[own]
        found = []
        for class_no in range(1, STABILITIES + 1):
            numbers = np.flatnonzero(usable & (stability == class_no))
            numbers = numbers[np.argsort(towards[numbers], kind="stable")]
            angle = towards[numbers]
            found.append(
                Hours(
                    class_no, angle, np.sin(angle), np.cos(angle), speed[numbers], air[numbers], lid[numbers],
                    hour[own[numbers]],
                )
            )  # fmt: skip
        return found

    def peaks_at(self, place_id: str, x_m: float, y_m: float) -> pa.Table:
        """Largest hour of each pollutant at one place."""
        across, along = x_m - self.x_m, y_m - self.y_m
        distance = np.hypot(across, along)
        elsewhere = self.imported.get(place_id, [])
        given = np.array([outlet for outlet, _ in elsewhere], np.int64)
        near = np.flatnonzero((distance <= self.chosen["dispersion.cut_off_m"]) & ~np.isin(self.outlet, given))
        outlet = np.concatenate([self.outlet[near], given])
        bearing = np.arctan2(across, along) % (2.0 * np.pi)
        factor = self.factors(near, distance[near], bearing[near], np.array([value for _, value in elsewhere]))
        reached = np.flatnonzero((self.rate_g_s[outlet] > 0).any(axis=0))
        concentration = factor @ self.rate_g_s[np.ix_(outlet, reached)] * 1e6
        hour = np.argmax(concentration, axis=0) if len(reached) else np.empty(0, np.int64)
        drivers = [self._driver(factor, outlet, int(h), int(p)) for h, p in zip(hour, reached, strict=True)]
        timed = len(self.moments) > 0
        moment = self.moments[hour] if timed else np.full(len(hour), np.datetime64("NaT", "us"))
        return pa.table({
            "place_id": pa.array([place_id] * len(reached), pa.string()),
            "pollutant_id": pa.array([self.pollutants[p] for p in reached], pa.string()),
            "max_1h_ug_m3": concentration[hour, np.arange(len(reached))],
            "observed_at": pa.array(moment, pa.timestamp("us")),
            "is_calm": pa.array(self.is_calm[hour] if timed else np.zeros(len(hour), bool), pa.bool_()),
            "driver_enterprise_id": pa.array(drivers, pa.string()),
        })  # fmt: skip

    def _driver(self, factor: csr_array, outlet: Indices, hour: int, pollutant: int) -> str | None:
        """Enterprise whose outlets add most in an hour; none where nothing arrives in any."""
        row = factor[[hour], :].toarray()[0] * self.rate_g_s[outlet, pollutant]
        added = np.bincount(self.enterprise[outlet], row, len(self.enterprises))
        return self.enterprises[int(np.argmax(added))] if added.max(initial=0.0) > 0 else None

    def factors(self, near: Indices, distance_m: Floats, bearing_rad: Floats, steady_s_m3: Floats) -> csr_array:
        """χ/Q (s/m³) of each hour and source at a place, hours × (sources near it, then those of steady factors, the
        same in every hour); not held where the plume passes by. Without weather one row of the steady ones."""
        values, hour, column = [np.empty(0)], [np.empty(0, np.int64)], [np.empty(0, np.int64)]
        r = np.maximum(distance_m, self.chosen["dispersion.minimum_distance_m"])
        for station, classes in enumerate(self.hours):
            own = np.flatnonzero(self.station[near] == station)
            for first in range(0, len(own), SOURCES_AT_A_TIME):
                part = own[first : first + SOURCES_AT_A_TIME]
                sources = self.columns.take(near[part])
                for hours in classes:
                    spread = self.spread[hours.stability].take(near[part])
                    of, which, chi = _arriving(sources, spread, r[part], bearing_rad[part], hours)
                    values.append(chi)
                    hour.append(hours.number[which])
                    column.append(part[of])
        size = (max(len(self.moments), 1), len(near) + len(steady_s_m3))
        values.append(np.tile(steady_s_m3, size[0]))
        hour.append(np.repeat(np.arange(size[0]), len(steady_s_m3)))
        column.append(np.tile(len(near) + np.arange(len(steady_s_m3)), size[0]))
        return csr_array((np.concatenate(values), (np.concatenate(hour), np.concatenate(column))), shape=size)


@dataclass(frozen=True)
class _Spread:
    """What a stability makes of some sources: rows of the curves of σ, virtual distances of areas, and the wind at the
    height of release over that at 10 m."""

    row_y: Floats
    row_z: Floats
    sideways_m: Floats
    upwards_m: Floats
    profile: Floats

    @classmethod
    def of(cls, sources: _Columns, stability: int, urban: bool) -> _Spread:
        """For one stability."""
        table_y, table_z = (plume.URBAN_Y, plume.URBAN_Z) if urban else (plume.RURAL_Y, plume.RURAL_Z)
        row_y, row_z = table_y[stability - 1], table_z[stability - 1]
        area = ~np.isnan(sources.width_m)
        return cls(
            row_y,
            row_z,
            plume.virtual_distance_m(np.where(area, sources.width_m, 0.0) / 4.3, row_y),
            plume.virtual_distance_m(np.where(area, sources.height_m, 0.0) / 2.15, row_z),
            plume.wind_at_height_m_s(1.0, sources.height_m, stability, urban),
        )

    def take(self, which: Indices) -> _Spread:
        """That of some of the sources."""
        columns = (column[which] for column in (self.sideways_m, self.upwards_m, self.profile))
        return _Spread(self.row_y, self.row_z, *columns)


@dataclass(frozen=True)
class _Columns:
    """Sources as arrays of one length."""

    height_m: Floats
    diameter_m: Floats
    velocity_m_s: Floats
    temperature_k: Floats
    width_m: Floats

    @classmethod
    def of(cls, sources: list[Source]) -> _Columns:
        """The attributes of a list of sources."""
        names = ("height_m", "diameter_m", "velocity_m_s", "temperature_k", "width_m")
        return cls(*(np.array([getattr(source, name) for source in sources]) for name in names))

    def take(self, which: Indices) -> _Columns:
        """Some of them."""
        height, diameter, velocity, temperature, width = (
            column[which]
            for column in (self.height_m, self.diameter_m, self.velocity_m_s, self.temperature_k, self.width_m)
        )
        return _Columns(height, diameter, velocity, temperature, width)


def _directions(speed_m_s: Floats, direction_deg: Floats, calm: NDArray[np.bool_]) -> Floats:
    """Direction of each hour of a station in the order of time: as stated; of a calm without one that of the last wind
    before it, NaN where there was none. A direction beside a speed of 0 is a word for calm and no direction."""
    stated = np.where(calm & ~(speed_m_s > 0), np.nan, direction_deg)
    blowing = ~np.isnan(stated) & ~calm
    last = np.maximum.accumulate(np.where(blowing, np.arange(len(stated)), -1))
    before = np.where(last >= 0, stated[last], np.nan) if len(stated) else stated
    return np.where(calm & np.isnan(stated), before, stated)


def _arriving(
    sources: _Columns, spread: _Spread, r_m: Floats, bearing_rad: Floats, hours: Hours
) -> tuple[Indices, Indices, Floats]:
    """Which source and which hour of the set reach a place, and χ/Q in s/m³ then."""
    if not len(hours.number) or not len(r_m):
        return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0)
    everyone = np.arange(len(r_m))
    usual = _rise(
        sources, everyone, spread.profile * hours.speed_m_s.mean(), hours.temperature_k.mean(), hours.stability
    )
    widest = plume.sigma_squared_m2(r_m + spread.sideways_m, spread.row_y)
    widest += np.square(plume.rise_at_m(usual, r_m) / plume.INDUCED)
    half = np.minimum(np.arctan(SIGMAS * np.sqrt(widest) / r_m), WIDEST_RAD)
    of, which = _windows(hours.towards_rad, bearing_rad - half, bearing_rad + half)
    east, north = (r_m * np.sin(bearing_rad))[of], (r_m * np.cos(bearing_rad))[of]
    along, across = hours.sine[which], hours.cosine[which]
    x, y = north * across + east * along, east * across - north * along
    wind = spread.profile[of] * hours.speed_m_s[which]
    lid = hours.lid_m[which]
    rise = _rise(sources, of, wind, hours.temperature_k[which], hours.stability)
    risen = plume.rise_at_m(rise, x)
    induced = np.square(risen / plume.INDUCED)
    sigma_y = np.sqrt(plume.sigma_squared_m2(x + spread.sideways_m[of], spread.row_y) + induced)
    variance = plume.sigma_squared_m2(x + spread.upwards_m[of], spread.row_z) + induced
    density = plume.ground_density_per_m(variance, rise.release_m + risen, lid)
    density[plume.is_above_lid(rise, lid)] = 0.0
    return of, which, plume.plume_s_m3(wind, sigma_y, density, y)


def _rise(sources: _Columns, of: Indices, wind_m_s: Floats, air_k: Floats, stability: int) -> plume.Rise:
    """Rise of the plumes of some sources; an area's centre is at half its height and does not rise."""
    area = ~np.isnan(sources.width_m)[of]
    height = np.where(area, sources.height_m[of] / 2.0, sources.height_m[of])
    diameter = np.where(area, np.nan, sources.diameter_m[of])
    return plume.plume_rise(
        height, diameter, sources.velocity_m_s[of], sources.temperature_k[of], wind_m_s, air_k, stability
    )


def _windows(rising: Floats, low: Floats, high: Floats) -> tuple[Indices, Indices]:
    """Pairs (window, item) of items of a circle (0 to 2π, rising) that lie within windows of less than a turn."""
    around = np.concatenate([rising - 2.0 * np.pi, rising, rising + 2.0 * np.pi])
    first, last = np.searchsorted(around, low, "left"), np.searchsorted(around, high, "right")
    counts = last - first
    of = np.repeat(np.arange(len(low)), counts)
    within = np.arange(len(of)) - np.repeat(np.cumsum(counts) - counts, counts)
    return of, (first[of] + within) % len(rising)
