"""Plumes of sources in the hours of a station, ready for the compiled loops.

Hours lie in groups of one stability and like speed, within each by direction, so that those which reach a place are one
piece of each group; a group's widest plume says how wide that piece is. Rises are ``plume``'s.

Belongs here: what of an hour and a source does not depend on the place. Does not belong here: tables, emissions, sums
(``hourly_plume``), the loops over places (``plume_loops``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from ehpilot.kernels import plume
from ehpilot.kernels import plume_loops as loops
from ehpilot.kernels.dispersion import Source
from ehpilot.kernels.meteorology import STABILITIES

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

FIRST_STABLE = 5
SPEED_STEPS_M_S = np.array([1.0, 2.0, 4.0])


@dataclass(frozen=True)
class Station:
    """Hours of one station that have a direction, by stability, step of speed and the direction the wind blows to;
    ``moment``: the number of each among the hours of all stations."""

    stability: Indices
    speed_m_s: Floats
    temperature_k: Floats
    moment: Indices
    hours: loops.Hours
    groups: loops.Groups

    def some(self, which: Indices) -> Station:
        """Some of its hours (rising), in the same groups, of which some may be empty."""
        hours = loops.Hours(*(_padded(column[which]) for column in self.hours))
        columns = (self.stability[which], self.speed_m_s[which], self.temperature_k[which], self.moment[which])
        groups = self.groups._replace(cells=np.searchsorted(which, self.groups.cells))
        return Station(*columns, hours, groups)


def station_of(
    stability: Indices, speed_m_s: Floats, towards_rad: Floats, temperature_k: Floats, lid_m: Floats, moment: Indices
) -> Station:
    """A station from its hours: stability 1 to 6, direction 0 to 2π, NaN of ``lid_m``: no lid."""
    group = stability * (len(SPEED_STEPS_M_S) + 1) + np.searchsorted(SPEED_STEPS_M_S, speed_m_s)
    order = np.lexsort((moment, towards_rad, group))
    towards, lid, group = towards_rad[order], lid_m[order], group[order]
    stability, speed_m_s, temperature_k = stability[order], speed_m_s[order], temperature_k[order]
    found = np.unique(group)
    half_degree = np.floor(towards * (loops.CELLS / loops.TURN)).astype(np.int64)
    cell = group * loops.CELLS + np.minimum(half_degree, loops.CELLS - 1)
    cells = np.searchsorted(cell, found[:, None] * loops.CELLS + np.arange(loops.CELLS + 1))
    groups = loops.Groups(found // (len(SPEED_STEPS_M_S) + 1) - 1, cells)
    columns = (np.sin(towards), np.cos(towards), np.where(np.isnan(lid), loops.NO_LID_M, lid))
    hours = loops.Hours(*(_padded(column) for column in columns))
    return Station(stability, speed_m_s, temperature_k, moment[order], hours, groups)


def _padded(column: Floats) -> Floats:
    return np.append(column, np.ones(loops.LANES))


class Plumes:
    """Plumes of some sources in the hours of one station; ``bounds`` of the groups of hours stand after ``rise``."""

    def __init__(self, sources: list[Source], station: Station, urban: bool):
        self.sources, self.station, self.urban = sources, station, urban
        self.bounds = loops.Bounds(*np.empty((4, len(sources), len(station.groups.stability))))
        area = np.array([[source.is_area] for source in sources])
        width, height = (np.array([[getattr(s, name)] for s in sources]) for name in ("width_m", "height_m"))
        table_y, table_z = (plume.URBAN_Y, plume.URBAN_Z) if urban else (plume.RURAL_Y, plume.RURAL_Z)
        self.spread = loops.Spread(
            plume.curves(table_y, table_z),
            plume.virtual_distance_m(np.where(area, width, 0.0) / 4.3, table_y),
            plume.virtual_distance_m(np.where(area, height, 0.0) / 2.15, table_z),
        )

    def rise(self) -> loops.Rises:
        """Rises in all hours of the station."""
        rises = self._rises(self.station)
        loops.set_bounds(self.bounds, rises, self.station.groups, self.station.hours.lid_m)
        return rises

    def add(self, total: Floats, rates: Floats, distance_m: Floats, bearing_rad: Floats, rises: loops.Rises) -> None:
        """Add concentrations to ``total`` (places × pollutants × hours of the station): χ/Q (s/m³) times ``rates``
        (sources × pollutants, ≥ 0). ``distance_m`` (> 0), ``bearing_rad`` (from north, 0 to 2π): sources × places, NaN
        where a source does not reach."""
        hours, groups = self.station.hours, self.station.groups
        sparse = _sparse(rates)
        loops.add_sources(total, sparse, distance_m, bearing_rad, hours, rises, groups, self.bounds, self.spread)

    def factors_at(self, which: Indices, distance_m: Floats, bearing_rad: Floats) -> Floats:
        """χ/Q (s/m³) in some hours of the station (rising): places × sources × hours."""
        few = self.station.some(which)
        total = np.zeros((distance_m.shape[1], len(self.sources), len(which)))
        ones = _sparse(np.eye(len(self.sources)))
        rises = self._rises(few)
        loops.add_sources(total, ones, distance_m, bearing_rad, few.hours, rises, few.groups, self.bounds, self.spread)
        return total

    def _rises(self, station: Station) -> loops.Rises:
        rises = loops.Rises(*np.ones((4, len(self.sources), len(station.moment) + loops.LANES)))
        classes = np.arange(1, STABILITIES + 1)
        stable = int(np.searchsorted(station.stability, FIRST_STABLE))
        parts = (slice(0, stable), slice(stable, len(station.moment)))  # the rise of stable hours takes more computing
        lid = station.hours.lid_m
        for number, source in enumerate(self.sources):
            profile = plume.wind_at_height_m_s(1.0, source.height_m, classes, self.urban)
            wind = profile[station.stability - 1] * station.speed_m_s
            for part in parts:
                rise = _rise(source, wind[part], station.temperature_k[part], station.stability[part])
                above = plume.is_above_lid(rise, lid[part])
                rises.weight_s_m[number, part] = np.where(above, 0.0, 1.0 / (np.pi * wind[part]))
                rises.release_m[number, part], rises.gradual[number, part] = rise.release_m, rise.gradual
                rises.final_m[number, part] = rise.final_m
        return rises


def _rise(source: Source, wind_m_s: Floats, air_k: Floats, stability: Indices) -> plume.Rise:
    """Rise of a source's plume; an area's centre is at half its height and does not rise."""
    if source.is_area:
        flat = np.zeros(wind_m_s.shape)
        return plume.Rise(flat + source.height_m / 2.0, flat, flat)
    return plume.plume_rise(
        source.height_m, source.diameter_m, source.velocity_m_s, source.temperature_k, wind_m_s, air_k, stability
    )


def _sparse(rates: Floats) -> loops.Rates:
    matrix = csr_array(rates)
    return loops.Rates(matrix.indptr.astype(np.int64), matrix.indices.astype(np.int64), matrix.data)
