"""What lies round a site: its nearest place of a set, and the people within rings of it.

Method. Points become geocentric coordinates on the GRS80 ellipsoid (EPSG method 9602, height 0); a k-d tree searches
them by straight distance, and the chord is turned into the arc of the mean sphere. No map projection is used, so an
area of several zones needs no special case: against the geodesic (Karney 2013, pyproj.Geod) the error is 0.001 % at
1,500 km and less below. A populated place counts by its point (the centre of a grid cell), in or
out; people of a cell that a ring cuts are not shared.

Belongs here: distances and counts over arrays. Does not belong here: which places are sensitive, which layer of people
counts (``int_core__residents_placed``), the names of places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

from ehpilot.kernels.columns import doubles, ordered, texts, texts_or_null, values_by
from ehpilot.kernels.geo import EARTH_RADIUS_M

Floats = NDArray[np.float64]

GRS80_SEMI_MAJOR_AXIS_M = 6378137.0  # GRS80, the ellipsoid of CGCS2000 (EPSG:7019)
GRS80_FLATTENING = 1.0 / 298.257222101
RINGS_M = {"population_within_1km": 1000.0, "population_within_3km": 3000.0, "population_within_5km": 5000.0}
PAIRS_AT_A_TIME = 4_000_000  # pairs of site and populated place held at once: 100 MB


@dataclass(frozen=True)
class Surroundings:
    """One entry a site: index of the nearest place (-1: there is none) with its distance in metres (nan), and the
    people within each ring (sites × radii; nan: no populated place within ``coverage_m``, which is unknown, not zero).
    """

    nearest: NDArray[np.int64]
    nearest_m: Floats
    population: Floats


def site_surroundings(sites: pa.Table, places: pa.Table, residents: pa.Table, parameters: pa.Table) -> pa.Table:
    """One row a site, by ``enterprise_id``: id and distance (m) of its nearest sensitive place, people within
    ``RINGS_M``. Null and NaN where there is no such place, or where nobody is known nearby (``people_within``).

    ``sites``: ``enterprise_id``; ``places``: ``receptor_id``; ``residents``: ``people`` (≥ 0) and ``layer`` (``cell``
    of a grid, or ``point`` for a wide area, then an empty ring says nothing); each with ``longitude`` and
    ``latitude`` in degrees, none missing. ``parameters``: ``population_coverage_m``, at least the widest ring. Sites
    do not depend on each other: they may be given in blocks.
    """
    rows, receptors = ordered(sites, "enterprise_id"), ordered(places, "receptor_id")
    populated = ordered(residents, "longitude", "latitude", "people")
    found = surroundings(
        _degrees(rows),
        _degrees(receptors),
        _degrees(populated),
        doubles(populated, "people"),
        list(RINGS_M.values()),
        values_by(parameters, "parameter_id")["population_coverage_m"],
        empty_is_zero="point" not in texts(populated, "layer"),
    )
    ids = [*texts(receptors, "receptor_id"), ""]
    return pa.table(
        {
            "enterprise_id": rows["enterprise_id"],
            "nearest_receptor_id": texts_or_null([ids[index] for index in found.nearest]),
            "nearest_receptor_m": found.nearest_m,
            **{name: found.population[:, column] for column, name in enumerate(RINGS_M)},
        }
    )


def _degrees(rows: pa.Table) -> Floats:
    """Longitude and latitude as an n × 2 array."""
    return np.column_stack([doubles(rows, "longitude"), doubles(rows, "latitude")])


def geocentric_m(longitude: ArrayLike, latitude: ArrayLike) -> Floats:
    """Degrees to geocentric X, Y, Z in metres on GRS80 at height 0, one row a point (EPSG guidance note 7-2, 4.1.1)."""
    lon, lat = np.radians(np.asarray(longitude, float)), np.radians(np.asarray(latitude, float))
    eccentricity_squared = GRS80_FLATTENING * (2.0 - GRS80_FLATTENING)
    normal = GRS80_SEMI_MAJOR_AXIS_M / np.sqrt(1.0 - eccentricity_squared * np.sin(lat) ** 2)
    x, y = normal * np.cos(lat) * np.cos(lon), normal * np.cos(lat) * np.sin(lon)
    return np.column_stack([x, y, normal * (1.0 - eccentricity_squared) * np.sin(lat)])


def arc_m(chord_m: ArrayLike) -> Floats:
    """Length along the mean sphere of a straight distance through it, metres."""
    return 2.0 * EARTH_RADIUS_M * np.arcsin(np.clip(np.asarray(chord_m, float) / (2.0 * EARTH_RADIUS_M), 0.0, 1.0))


def chord_m(arc: ArrayLike) -> Floats:
    """Straight distance of two points that an arc of the mean sphere parts, metres: the inverse of ``arc_m``."""
    return 2.0 * EARTH_RADIUS_M * np.sin(np.asarray(arc, float) / (2.0 * EARTH_RADIUS_M))


def nearest(sites_m: Floats, places_m: Floats) -> tuple[NDArray[np.int64], Floats]:
    """Index of the nearest place of each site and its distance in metres; of places at one point the first. Both arrays
    are geocentric, n × 3. Without places: -1 and nan.
    """
    if len(places_m) == 0:
        return np.full(len(sites_m), -1, np.int64), np.full(len(sites_m), np.nan)
    points, first = np.unique(places_m, axis=0, return_index=True)
    distance, found = cKDTree(points).query(sites_m)
    return first[found].astype(np.int64), arc_m(distance)


def people_within(
    sites_m: Floats,
    places_m: Floats,
    people: Floats,
    radii_m: Sequence[float],
    coverage_m: float,
    empty_is_zero: bool = True,
) -> Floats:
    """People within each radius (metres, the limit included) of each site, sites × radii. nan where no place lies
    within ``coverage_m``, and, unless ``empty_is_zero``, in a ring without a place: the people of a wide area given at
    one point live round it, so that an empty ring says nothing; a grid's empty ring says that nobody lives there.
    Not n²: the pairs come from a k-d tree, as many as the widest ring holds.
    """
    total = np.full((len(sites_m), len(radii_m)), np.nan)
    if len(places_m) == 0 or len(sites_m) == 0:
        return total
    tree, widest = cKDTree(places_m), float(chord_m(max(radii_m)))
    to_nearest, _ = tree.query(sites_m)
    covered = np.flatnonzero(arc_m(to_nearest) <= coverage_m)
    total[covered] = 0.0
    counts = np.cumsum(tree.query_ball_point(sites_m[covered], widest, return_length=True))
    for part in np.split(covered, np.searchsorted(counts, np.arange(PAIRS_AT_A_TIME, _last(counts), PAIRS_AT_A_TIME))):
        if len(part):
            pairs = cKDTree(sites_m[part]).sparse_distance_matrix(tree, widest, output_type="ndarray")
            for column, radius in enumerate(radii_m):
                inside = pairs["v"] <= chord_m(radius)
                owner = pairs["i"][inside]
                held = np.bincount(owner, weights=people[pairs["j"][inside]], minlength=len(part)).astype(float)
                if not empty_is_zero:
                    held[np.bincount(owner, minlength=len(part)) == 0] = np.nan
                total[part, column] = held
    return total


def _last(counts: NDArray[np.int64]) -> int:
    return int(counts[-1]) if len(counts) else 0


def surroundings(
    site_degrees: Floats,
    receptor_degrees: Floats,
    populated_degrees: Floats,
    people: ArrayLike,
    radii_m: Sequence[float],
    coverage_m: float,
    empty_is_zero: bool = True,
) -> Surroundings:
    """Nearest receptor and ring populations. Points are n × 2 arrays of longitude and latitude in degrees; ``people``
    has one number a populated point, at least 0; ``empty_is_zero`` as in ``people_within``. Sites keep their order.
    ``ValueError`` where people are negative or not numbers, or where ``coverage_m`` is less than the widest ring.
    """
    persons = np.asarray(people, float)
    if not np.all(persons >= 0):
        raise ValueError("people must be numbers of at least 0")
    if coverage_m < max(radii_m):
        raise ValueError("coverage_m must reach as far as the widest ring")
    sites, receptors, populated = (
        geocentric_m(*np.asarray(points, float).reshape(-1, 2).T)
        for points in (site_degrees, receptor_degrees, populated_degrees)
    )
    index, distance = nearest(sites, receptors)
    return Surroundings(index, distance, people_within(sites, populated, persons, radii_m, coverage_m, empty_is_zero))
