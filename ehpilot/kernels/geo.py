"""Coordinates: the Chinese map offsets undone, CGCS2000 to metres, distances.

Standards and sources: CGCS2000 = EPSG:4490, 3-degree Gauss-Krueger zone 41 around 123°E = EPSG:4550 (EPSG registry
through PROJ). GCJ-02 has no published standard; the formulas are the ones that all open implementations share
(eviltransform, coord-convert). BD-09 is Baidu's shift on top of GCJ-02, formulas from the same sources. WGS-84 and
CGCS2000 differ by centimetres and are taken as one here.

Belongs here: pure array functions, degrees and metres. Does not belong here: reading coordinates as people write them
(``ehpilot.landing.values.coordinates``), geometry files.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    from pyproj import Transformer

GCJ_SEMI_MAJOR_AXIS_M = 6378245.0  # Krasovsky 1940, used by the offset formulas
GCJ_ECCENTRICITY_SQUARED = 0.00669342162296594323
BAIDU_ANGLE = np.pi * 3000.0 / 180.0
EARTH_RADIUS_M = 6371008.8  # mean radius of the GRS80 ellipsoid
GCJ_BOUNDS = (72.004, 0.8293, 137.8347, 55.8271)  # outside China the offset is not applied

Floats = NDArray[np.float64]


def _offset_deg(longitude: Floats, latitude: Floats) -> tuple[Floats, Floats]:
    """Shift from WGS-84 to GCJ-02 at a WGS-84 place, in degrees; zero outside ``GCJ_BOUNDS``."""
    x, y = longitude - 105.0, latitude - 35.0
    root = np.sqrt(np.abs(x))
    waves = (20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + waves
    north += (20.0 * np.sin(y * np.pi) + 40.0 * np.sin(y / 3.0 * np.pi)) * 2.0 / 3.0
    north += (160.0 * np.sin(y / 12.0 * np.pi) + 320.0 * np.sin(y * np.pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + waves
    east += (20.0 * np.sin(x * np.pi) + 40.0 * np.sin(x / 3.0 * np.pi)) * 2.0 / 3.0
    east += (150.0 * np.sin(x / 12.0 * np.pi) + 300.0 * np.sin(x / 30.0 * np.pi)) * 2.0 / 3.0
    phi = np.radians(latitude)
    magic = 1.0 - GCJ_ECCENTRICITY_SQUARED * np.sin(phi) ** 2
    meridian = GCJ_SEMI_MAJOR_AXIS_M * (1.0 - GCJ_ECCENTRICITY_SQUARED) / magic**1.5
    parallel = GCJ_SEMI_MAJOR_AXIS_M / np.sqrt(magic) * np.cos(phi)
    west, south, east_bound, north_bound = GCJ_BOUNDS
    inside = (longitude >= west) & (longitude <= east_bound) & (latitude >= south) & (latitude <= north_bound)
    # one coordinate alone is no place: both are unknown then
    beyond = np.where(np.isnan(longitude + latitude), np.nan, 0.0)
    return np.where(inside, np.degrees(east / parallel), beyond), np.where(inside, np.degrees(north / meridian), beyond)


def wgs84_to_gcj02(longitude: ArrayLike, latitude: ArrayLike) -> tuple[Floats, Floats]:
    """WGS-84 degrees to GCJ-02 degrees (the offset of Chinese web maps, 100 to 700 m); both NaN where one is."""
    lon, lat = np.asarray(longitude, dtype=float), np.asarray(latitude, dtype=float)
    east, north = _offset_deg(lon, lat)
    return lon + east, lat + north


def gcj02_to_wgs84(longitude: ArrayLike, latitude: ArrayLike, iterations: int = 10) -> tuple[Floats, Floats]:
    """GCJ-02 degrees to WGS-84 degrees, by fixed-point iteration; the round trip is better than 1 mm inside China."""
    lon, lat = np.asarray(longitude, dtype=float), np.asarray(latitude, dtype=float)
    guess_lon, guess_lat = lon, lat
    for _ in range(iterations):
        east, north = _offset_deg(guess_lon, guess_lat)
        guess_lon, guess_lat = lon - east, lat - north
    return guess_lon, guess_lat


def gcj02_to_bd09(longitude: ArrayLike, latitude: ArrayLike) -> tuple[Floats, Floats]:
    """GCJ-02 degrees to BD-09 (Baidu) degrees."""
    lon, lat = np.asarray(longitude, dtype=float), np.asarray(latitude, dtype=float)
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * BAIDU_ANGLE)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * BAIDU_ANGLE)
    return radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006


def bd09_to_gcj02(longitude: ArrayLike, latitude: ArrayLike, iterations: int = 10) -> tuple[Floats, Floats]:
    """BD-09 degrees to GCJ-02 degrees, by fixed-point iteration on the forward formula."""
    lon, lat = np.asarray(longitude, dtype=float), np.asarray(latitude, dtype=float)
    guess_lon, guess_lat = lon - 0.0065, lat - 0.006
    for _ in range(iterations):
        forward_lon, forward_lat = gcj02_to_bd09(guess_lon, guess_lat)
        guess_lon, guess_lat = guess_lon + lon - forward_lon, guess_lat + lat - forward_lat
    return guess_lon, guess_lat


def bd09_to_wgs84(longitude: ArrayLike, latitude: ArrayLike) -> tuple[Floats, Floats]:
    """BD-09 degrees to WGS-84 degrees."""
    return gcj02_to_wgs84(*bd09_to_gcj02(longitude, latitude))


@lru_cache(maxsize=16)
def _transformer(source: int, target: int) -> Transformer:
    from pyproj import Transformer

    return Transformer.from_crs(source, target, always_xy=True)


def project(longitude: ArrayLike, latitude: ArrayLike, epsg: int = 4550) -> tuple[Floats, Floats]:
    """CGCS2000 degrees (EPSG:4490) to east and north in metres of a projected system (default EPSG:4550)."""
    east, north = _transformer(4490, epsg).transform(np.asarray(longitude, float), np.asarray(latitude, float))
    return np.asarray(east), np.asarray(north)


def unproject(east_m: ArrayLike, north_m: ArrayLike, epsg: int = 4550) -> tuple[Floats, Floats]:
    """Metres of a projected system (default EPSG:4550) to CGCS2000 degrees (EPSG:4490)."""
    longitude, latitude = _transformer(epsg, 4490).transform(np.asarray(east_m, float), np.asarray(north_m, float))
    return np.asarray(longitude), np.asarray(latitude)


def great_circle_distance_m(
    longitude_1: ArrayLike, latitude_1: ArrayLike, longitude_2: ArrayLike, latitude_2: ArrayLike
) -> Floats:
    """Haversine distance in metres of points in degrees on the mean sphere, within 0.6 % of the ellipsoid; NaN where a
    coordinate is NaN."""
    lon_1, lat_1, lon_2, lat_2 = (
        np.radians(np.asarray(a, dtype=float)) for a in (longitude_1, latitude_1, longitude_2, latitude_2)
    )
    half = np.sin((lat_2 - lat_1) / 2.0) ** 2 + np.cos(lat_1) * np.cos(lat_2) * np.sin((lon_2 - lon_1) / 2.0) ** 2
    return 2.0 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
