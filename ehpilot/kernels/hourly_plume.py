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

How. Places take the sources in their order, some sources at a time, on all cores; a place does not depend on another,
so that neither blocks nor cores change a bit. Who drives a largest hour is computed again for that hour alone.

Belongs here: sums and largest hours over arrays. Does not belong here: plumes (``station_plumes``), benchmarks, which
places count.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ehpilot.kernels.columns import doubles, ordered, texts, values_by
from ehpilot.kernels.dispersion import sources_of, workers
from ehpilot.kernels.meteorology import STANDARD_TEMPERATURE_K, temperatures_k
from ehpilot.kernels.plume_arrays import Rises
from ehpilot.kernels.station_plumes import Plumes, Station, room_for_rises, station_of

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
Groups = list[tuple[Indices, Plumes]]

SOURCES_AT_A_TIME = 32
CHUNKS = 4  # of places for each thread
BYTES_AT_A_TIME = 250_000_000  # of concentrations of places, pollutants and hours


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
    area = _Area(sources, hours, emissions, chosen)
    receptors = ordered(places, "place_id")
    names, east, north = texts(receptors, "place_id"), doubles(receptors, "x_m"), doubles(receptors, "y_m")
    steady = area.steady(imported, names)
    with ThreadPoolExecutor(workers()) as pool:
        parts = [
            area.peaks(names[part], east[part], north[part], steady[:, part], pool)
            for part in area.parts(len(names) or 1)
        ]
    return pa.concat_tables(parts)


class _Area:
    """Sources, hours and emissions of one area, ready to be asked for places."""

    def __init__(self, sources: pa.Table, hours: pa.Table, emissions: pa.Table, chosen: dict[str, float]):
        self.chosen = chosen
        released = ordered(emissions, "enterprise_id", "outlet_id", "pollutant_id")
        self.outlets = {name: place for place, name in enumerate(sorted(set(texts(released, "outlet_id"))))}
        self._read_rates(released)
        classed = ordered(hours, "station_id", "observed_at")
        # an hour is the same for all stations: their sources add up in it
        self.moments, moment = np.unique(classed["observed_at"].to_numpy(), return_inverse=True)
        self.is_calm = np.zeros(max(len(self.moments), 1), bool)
        stations = sorted(set(texts(hours, "station_id")))
        rows = ordered(sources, "outlet_id")
        rows = rows.filter(
            pc.and_(
                pc.is_in(rows["outlet_id"], pa.array(list(self.outlets), pa.string())),
                pc.is_in(rows["station_id"], pa.array(stations, pa.string())),
            )
        )
        self.x_m, self.y_m = doubles(rows, "x_m"), doubles(rows, "y_m")
        self.outlet = np.array([self.outlets[name] for name in texts(rows, "outlet_id")], np.int64)
        described, station_ids = sources_of(rows), np.array(texts(rows, "station_id"), object)
        self.plumes: list[tuple[Station, Groups]] = []
        for name in stations:
            station = self._station(classed, name, moment)
            own = np.flatnonzero(station_ids == name)
            groups = [own[first : first + SOURCES_AT_A_TIME] for first in range(0, len(own), SOURCES_AT_A_TIME)]
            urban = chosen["dispersion.is_urban"] > 0
            plumes = [(part, Plumes([described[number] for number in part], station, urban)) for part in groups]
            self.plumes.append((station, plumes))

    def _read_rates(self, released: pa.Table) -> None:
        """Rates of the outlets (outlets × pollutants) and whose they are."""
        self.pollutants = sorted(set(texts(released, "pollutant_id")))
        column = {name: place for place, name in enumerate(self.pollutants)}
        self.rate_g_s = np.zeros((len(self.outlets), len(self.pollutants)))
        self.enterprises = sorted(set(texts(released, "enterprise_id")))
        self.enterprise = np.zeros(len(self.outlets), np.int64)
        for outlet, owner, pollutant, rate in zip(
            texts(released, "outlet_id"), texts(released, "enterprise_id"), texts(released, "pollutant_id"),
            doubles(released, "emission_g_s"), strict=True,
        ):  # fmt: skip
            self.rate_g_s[self.outlets[outlet], column[pollutant]] += rate
            self.enterprise[self.outlets[outlet]] = self.enterprises.index(owner)

    def _station(self, rows: pa.Table, station: str, moment: Indices) -> Station:
        """The station's hours that have a direction."""
        own = np.flatnonzero(np.array(texts(rows, "station_id"), object) == station)
        speed, direction = doubles(rows, "wind_speed_m_s")[own], doubles(rows, "wind_direction_deg")[own]
        calm = speed < self.chosen["dispersion.calm_speed"]
        direction = _directions(speed, direction, calm)
        usable = ~np.isnan(speed) & ~np.isnan(direction)
        self.is_calm[moment[own[usable & calm]]] = True
        towards = np.radians((direction + 180.0) % 360.0)
        air, lid = temperatures_k(rows)[own], doubles(rows, "mixing_height_m")[own]
        air = np.where(np.isnan(air), np.nanmean(air) if (~np.isnan(air)).any() else STANDARD_TEMPERATURE_K, air)
        stability = np.asarray(rows["stability_class"].to_numpy(), np.int64)[own]
        blowing = np.maximum(speed, self.chosen["dispersion.calm_speed"])
        air, lid, moment = air[usable], lid[usable], moment[own[usable]]
        return station_of(stability[usable], blowing[usable], towards[usable], air, lid, moment)

    def steady(self, imported: pa.Table, place_ids: list[str]) -> Floats:
        """Factors of one hour from elsewhere (s/m³), outlets × places; NaN where there is none."""
        place = {name: number for number, name in enumerate(place_ids)}
        found = np.full((len(self.outlets), len(place_ids)), np.nan)
        for name, outlet, factor in zip(
            texts(imported, "place_id"), texts(imported, "outlet_id"), doubles(imported, "chi_over_q_s_m3"), strict=True
        ):
            if outlet in self.outlets and name in place:
                found[self.outlets[outlet], place[name]] = factor
        return found

    def parts(self, places: int) -> Iterator[slice]:
        """Parts of the places whose concentrations are held at a time."""
        hours = len(self.moments) + max((len(station.moment) for station, _ in self.plumes), default=0)
        at_once = max(BYTES_AT_A_TIME // (8 * (hours + 1) * max(len(self.pollutants), 1)), 1)
        return (slice(first, first + at_once) for first in range(0, places, at_once))

    def peaks(self, place_ids: list[str], x_m: Floats, y_m: Floats, steady: Floats, pool: Executor) -> pa.Table:
        """Largest hour of each pollutant at some places."""
        across, along = x_m - self.x_m[:, None], y_m - self.y_m[:, None]
        distance = np.hypot(across, along)
        given = ~np.isnan(steady)
        near = (distance <= self.chosen["dispersion.cut_off_m"]) & ~given[self.outlet]
        r = np.where(near, np.maximum(distance, self.chosen["dispersion.minimum_distance_m"]), np.nan)
        bearing = np.arctan2(across, along) % (2.0 * np.pi)
        emits = (self.rate_g_s > 0).astype(np.int64)
        reached = (near.T.astype(np.int64) @ emits[self.outlet] + given.T.astype(np.int64) @ emits) > 0
        always = np.where(given, steady, 0.0).T
        concentration = self._concentrations(r, bearing, always, pool)
        hour = np.argmax(concentration, axis=2)
        peak = np.take_along_axis(concentration, hour[:, :, None], axis=2)[:, :, 0]
        driver = self._drivers(r, bearing, always, hour, pool)
        place, pollutant = np.nonzero(reached)
        hours, timed = hour[place, pollutant], len(self.moments) > 0
        moment = self.moments[hours] if timed else np.full(len(hours), np.datetime64("NaT", "us"))
        driven = driver[place, pollutant]
        return pa.table({
            "place_id": pa.array([place_ids[p] for p in place], pa.string()),
            "pollutant_id": pa.array([self.pollutants[p] for p in pollutant], pa.string()),
            "max_1h_ug_m3": peak[place, pollutant],
            "observed_at": pa.array(moment, pa.timestamp("us")),
            "is_calm": pa.array(self.is_calm[hours], pa.bool_()),
            "driver_enterprise_id": pa.array([self.enterprises[d] if d >= 0 else None for d in driven], pa.string()),
        })  # fmt: skip

    def _concentrations(self, r_m: Floats, bearing_rad: Floats, always_s_m3: Floats, pool: Executor) -> Floats:
        """µg/m³, places × pollutants × hours; without weather one hour of the steady factors."""
        places = r_m.shape[1]
        total = np.zeros((places, len(self.pollutants), max(len(self.moments), 1)))
        total += (always_s_m3 @ self.rate_g_s)[:, :, None]
        threads = workers()
        chunks = [part for part in np.array_split(np.arange(places), CHUNKS * threads) if len(part)]
        for station, groups in self.plumes:
            own = np.zeros((places, len(self.pollutants), len(station.moment)))
            room = [room_for_rises(SOURCES_AT_A_TIME, station) for _ in groups[:threads]]
            for first in range(0, len(groups), threads):
                some = groups[first : first + threads]
                rises = list(pool.map(lambda group, into: group[1].rise(into), some, room))

                def add(chunk: Indices, some: Groups = some, rises: list[Rises] = rises, own: Floats = own) -> None:
                    part = slice(chunk[0], chunk[-1] + 1)
                    for (numbers, plumes), rise in zip(some, rises, strict=True):
                        distance, bearing = (
                            np.ascontiguousarray(column[numbers, part]) for column in (r_m, bearing_rad)
                        )
                        plumes.add(own[part], self.rate_g_s[self.outlet[numbers]], distance, bearing, rise)

                list(pool.map(add, chunks))
            total[:, :, station.moment] += own
        total *= 1e6
        return total

    def _drivers(self, r_m: Floats, bearing_rad: Floats, always_s_m3: Floats, hour: Indices, pool: Executor) -> Indices:
        """Enterprise whose outlets add most to each place and pollutant in its hour; -1 where nothing arrives."""
        added = np.zeros((*hour.shape, max(len(self.enterprises), 1)))
        for outlet, owner in enumerate(self.enterprise):
            added[:, :, owner] += always_s_m3[:, outlet, None] * self.rate_g_s[outlet]
        place = np.arange(len(hour))[:, None]
        for station, groups in self.plumes:
            which = np.flatnonzero(np.isin(station.moment, hour))
            column = np.full(max(len(self.moments), 1), -1)
            column[station.moment[which]] = np.arange(len(which))
            at = column[hour]

            def factors(group: tuple[Indices, Plumes], which: Indices = which) -> Floats:
                return group[1].factors_at(which, r_m[group[0]], bearing_rad[group[0]])

            for (numbers, _), chi in zip(groups, pool.map(factors, groups), strict=True):
                for number, outlet in enumerate(self.outlet[numbers]):
                    arriving = np.where(at >= 0, chi[place, number, at], 0.0) if len(which) else 0.0
                    added[:, :, self.enterprise[outlet]] += arriving * self.rate_g_s[outlet]
        return np.where(added.max(axis=2) > 0, np.argmax(added, axis=2), -1)


def _directions(speed_m_s: Floats, direction_deg: Floats, calm: NDArray[np.bool_]) -> Floats:
    """Direction of each hour of a station in the order of time: as stated; of a calm without one that of the last wind
    before it, NaN where there was none. A direction beside a speed of 0 is a word for calm and no direction."""
    stated = np.where(calm & ~(speed_m_s > 0), np.nan, direction_deg)
    blowing = ~np.isnan(stated) & ~calm
    last = np.maximum.accumulate(np.where(blowing, np.arange(len(stated)), -1))
    before = np.where(last >= 0, stated[last], np.nan) if len(stated) else stated
    return np.where(calm & np.isnan(stated), before, stated)
