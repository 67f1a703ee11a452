"""Plumes of sources in the hours of a station, ready for the compiled loops.

Hours lie in groups of one stability and like speed, within each by direction, so that those which reach a place are one
piece of each group; a group's widest plume says how wide that piece is. Rises are ``plume``'s.

Belongs here: what of an hour and a source does not depend on the place. Does not belong here: tables, emissions, sums
(``hourly_plume``), the loops over places (``compiled_plume``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from ehpilot.kernels import compiled_plume as loops
from ehpilot.kernels import plume
from ehpilot.kernels import plume_arrays as arrays
from ehpilot.kernels.dispersion import Source
from ehpilot.kernels.meteorology import STABILITIES

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

SPEED_STEPS_M_S = np.array([1.0, 2.0, 4.0])


@dataclass(frozen=True)
class Station:
    """Hours of one station that have a direction, by stability, step of speed and the direction the wind blows to;
    ``moment``: the number of each among the hours of all stations."""

    stability: Indices
    speed_m_s: Floats
    temperature_k: Floats
    moment: Indices
    hours: arrays.Hours
    groups: arrays.Groups

    def some(self, which: Indices) -> Station:
        """Some of its hours (rising), in the same groups, of which some may be empty."""
        hours = arrays.Hours(*(_padded(column[which]) for column in self.hours))
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
    half_degree = np.floor(towards * (arrays.CELLS / arrays.TURN)).astype(np.int64)
    cell = group * arrays.CELLS + np.minimum(half_degree, arrays.CELLS - 1)
    cells = np.searchsorted(cell, found[:, None] * arrays.CELLS + np.arange(arrays.CELLS + 1))
    groups = arrays.Groups(found // (len(SPEED_STEPS_M_S) + 1) - 1, cells)
    columns = (np.sin(towards), np.cos(towards), np.where(np.isnan(lid), arrays.NO_LID_M, lid))
    hours = arrays.Hours(*(_padded(column) for column in columns))
    return Station(stability, speed_m_s, temperature_k, moment[order], hours, groups)


def _padded(column: Floats) -> Floats:
    return np.append(column, np.ones(arrays.LANES))


class Plumes:
    """Plumes of some sources in the hours of one station; ``bounds`` of the groups of hours stand after ``rise``."""

    def __init__(self, sources: list[Source], station: Station, urban: bool):
        self.sources, self.station, self.stacks = sources, station, _stacks(sources, urban)
        self.bounds = arrays.Bounds(*np.empty((4, len(sources), len(station.groups.stability))))
        area = np.array([[source.is_area] for source in sources])
        width, height = (np.array([[getattr(s, name)] for s in sources]) for name in ("width_m", "height_m"))
        table_y, table_z = (plume.URBAN_Y, plume.URBAN_Z) if urban else (plume.RURAL_Y, plume.RURAL_Z)
        self.spread = arrays.Spread(
            plume.curves(table_y, table_z),
            plume.virtual_distance_m(np.where(area, width, 0.0) / 4.3, table_y),
            plume.virtual_distance_m(np.where(area, height, 0.0) / 2.15, table_z),
        )

    def rise(self, rises: arrays.Rises) -> arrays.Rises:
        """Rises in all hours of the station, set in ``rises`` (of as many sources or more)."""
        self._set(rises, self.station)
        loops.set_bounds(self.bounds, rises, self.station.groups, self.station.hours.lid_m)
        return rises

    def add(self, total: Floats, rates: Floats, distance_m: Floats, bearing_rad: Floats, rises: arrays.Rises) -> None:
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
        rises = room_for_rises(len(self.sources), few)
        self._set(rises, few)
        loops.add_sources(total, ones, distance_m, bearing_rad, few.hours, rises, few.groups, self.bounds, self.spread)
        return total

    def _set(self, rises: arrays.Rises, station: Station) -> None:
        start = np.searchsorted(station.stability, np.arange(1, STABILITIES + 2))
        loops.set_rises(rises, self.stacks, start, station.speed_m_s, station.temperature_k, station.hours.lid_m)


def room_for_rises(sources: int, station: Station) -> arrays.Rises:
    """Arrays for the rises of so many sources in the hours of a station."""
    return arrays.Rises(*np.ones((4, sources, len(station.moment) + arrays.LANES)))


def _stacks(sources: list[Source], urban: bool) -> arrays.Stacks:
    """An area does not rise, nor does a stack of unknown size or speed."""
    columns = np.array([[s.release_m, s.diameter_m, s.velocity_m_s, s.temperature_k] for s in sources]).reshape(-1, 4)
    release, diameter, velocity, gas_k = columns.T
    rising = ~np.array([source.is_area for source in sources], bool) & (diameter > 0) & (velocity > 0)
    return arrays.Stacks(
        release,
        np.where(rising, diameter, 0.0),
        np.where(rising, velocity, 0.0),
        np.where(gas_k > 0, gas_k, 0.0),
        plume.wind_at_height_m_s(1.0, release[:, None], np.arange(1, STABILITIES + 1), urban),
    )


def _sparse(rates: Floats) -> arrays.Rates:
    matrix = csr_array(rates)
    return arrays.Rates(matrix.indptr.astype(np.int64), matrix.indices.astype(np.int64), matrix.data)
