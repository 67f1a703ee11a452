"""Where the fictional area lies: metric plane, parks, streets, coast, and offsets of map services.

Belongs here: geometry and conversions of coordinates.
Does not belong here: sites and outlets (world.py), writing geojson (geography.py).

The area lies in open sea about 122.5° E, 28.5° N, so that no real plant stands under a fictional one. Its land
is drawn, its coast runs west to east, the parks lie along it and the villages behind them.
"""

from __future__ import annotations

import math
from functools import cache

from shapely.geometry import Point, Polygon, box

ORIGIN = (122.5, 28.5)
METRES_PER_DEGREE_LAT = 110847.0
METRES_PER_DEGREE_LON = 97922.0  # 111320 · cos 28.5°
_GCJ_A, _GCJ_EE = 6378245.0, 0.00669342162296594323


def to_degrees(x_m: float, y_m: float) -> tuple[float, float]:
    """Longitude and latitude (CGCS2000) of a point of the metric plane."""
    return ORIGIN[0] + x_m / METRES_PER_DEGREE_LON, ORIGIN[1] + y_m / METRES_PER_DEGREE_LAT


@cache
def coast() -> list[tuple[float, float]]:
    """The coastline from west to east, metres."""
    return [(x * 250.0, 3600 + 500 * math.sin(x / 7) + 200 * math.sin(x / 2.3)) for x in range(-34, 35)]


@cache
def land() -> Polygon:
    """The land of the zone."""
    return Polygon([*coast(), (8500, -7000), (-8500, -7000)])


@cache
def parks() -> dict[str, Polygon]:
    """The three parks, on land along the coast."""
    ground = land()
    boxes = {"park_jia": box(-7600, 1300, -3800, 5000), "park_yi": box(-1900, 1000, 1700, 5000),
             "park_bing": box(3700, 1200, 7400, 5000)}  # fmt: skip
    return {name: shape.intersection(ground) for name, shape in boxes.items()}


@cache
def streets() -> dict[str, Polygon]:
    """Four streets that tile the land."""
    ground = land()
    cuts = {
        "street_east": box(3000, -3000, 9000, 6000),
        "street_west": box(-9000, -3000, -3000, 6000),
        "street_south": box(-9000, -8000, 9000, -3000),
        "street_bay": box(-3000, -3000, 3000, 6000),
    }
    return {name: shape.intersection(ground) for name, shape in cuts.items()}


@cache
def inland() -> Polygon:
    """The land without a strip of 100 m along its edge: where plants may stand."""
    return land().buffer(-100)


def villages() -> dict[str, Polygon]:
    """Villages: 2 × 2 km squares behind the parks, named v01 …"""
    ground = land()
    squares = {}
    for row, y in enumerate((-5500, -3300, -1100)):
        for column, x in enumerate((-6500, -3900, -1300, 1300, 3900, 6500)):
            square = box(x - 900, y - 900, x + 900, y + 900)
            squares[f"village_{row * 6 + column + 1:02d}"] = square.intersection(ground)
    return squares


def park_of(x_m: float, y_m: float) -> str:
    """Id of the park that holds a point, '' outside."""
    return next((name for name, shape in parks().items() if shape.covers(Point(x_m, y_m))), "")


def degrees_minutes_seconds(value: float, marks: str = "°′″") -> str:
    """``121°51′23.5″`` or, with marks ``度分秒``, ``121度51分23.5秒``; seconds to 0.01 (0.3 m)."""
    total = round(value * 360000)
    degrees, rest = divmod(total, 360000)
    minutes, seconds = divmod(rest, 6000)
    return f"{degrees}{marks[0]}{minutes:02d}{marks[1]}{seconds / 100:05.2f}{marks[2]}"


def parts(value: float) -> tuple[int, int, float]:
    """Degrees, minutes, seconds (to 0.01) of a value."""
    total = round(value * 360000)
    degrees, rest = divmod(total, 360000)
    minutes, seconds = divmod(rest, 6000)
    return degrees, minutes, seconds / 100


def to_gcj02(longitude: float, latitude: float) -> tuple[float, float]:
    """WGS 84 / CGCS2000 → GCJ-02, by the public formula that map services use."""
    x, y = longitude - 105.0, latitude - 35.0
    waves = (20 * math.sin(6 * x * math.pi) + 20 * math.sin(2 * x * math.pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x)) + waves
    north += (20 * math.sin(y * math.pi) + 40 * math.sin(y / 3 * math.pi)) * 2 / 3
    north += (160 * math.sin(y / 12 * math.pi) + 320 * math.sin(y * math.pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x)) + waves
    east += (20 * math.sin(x * math.pi) + 40 * math.sin(x / 3 * math.pi)) * 2 / 3
    east += (150 * math.sin(x / 12 * math.pi) + 300 * math.sin(x / 30 * math.pi)) * 2 / 3
    angle = math.radians(latitude)
    magic = 1 - _GCJ_EE * math.sin(angle) ** 2
    north = north * 180 / ((_GCJ_A * (1 - _GCJ_EE)) / (magic * math.sqrt(magic)) * math.pi)
    east = east * 180 / (_GCJ_A / math.sqrt(magic) * math.cos(angle) * math.pi)
    return longitude + east, latitude + north


def to_bd09(longitude: float, latitude: float) -> tuple[float, float]:
    """WGS 84 / CGCS2000 → BD-09 (through GCJ-02)."""
    x, y = to_gcj02(longitude, latitude)
    scale = math.pi * 3000 / 180
    radius = math.hypot(x, y) + 0.00002 * math.sin(y * scale)
    angle = math.atan2(y, x) + 0.000003 * math.cos(x * scale)
    return radius * math.cos(angle) + 0.0065, radius * math.sin(angle) + 0.006
