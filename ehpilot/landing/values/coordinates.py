"""Longitude and latitude in any notation, and the repair of pairs.

Belongs here: reading one angle; swapped, zero and outside pairs; the map offsets GCJ-02 and BD-09 undone as the form or
the column 坐标系 says. Does not belong here: the offset formulas (``kernels.geo``), geometry files.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray

from ehpilot.kernels.geo import bd09_to_wgs84, gcj02_to_wgs84
from ehpilot.landing.values.cell_value import MISSING, NOTHING, CellValue, Rules, compact, plain_text, shown, visible

Bounds = tuple[float, float, float, float]

CRS_NAMES = {
    "CGCS2000": ("cgcs2000", "2000", "国家2000", "2000国家大地坐标系", "epsg:4490", "4490", "大地2000", "国家大地2000"),
    "WGS84": ("wgs84", "wgs-84", "wgs1984", "epsg:4326", "4326", "gps"),
    "GCJ-02": ("gcj02", "gcj-02", "火星坐标", "火星坐标系", "高德", "高德坐标", "腾讯", "gcj"),
    "BD-09": ("bd09", "bd-09", "百度", "百度坐标", "百度坐标系", "bd09ll"),
}
_CRS = {alias: name for name, aliases in CRS_NAMES.items() for alias in aliases}

_SIGNS = str.maketrans({
    "º": "°", "˚": "°", "゜": "°", "◦": "°", "度": "°", "分": "′", "’": "′", "'": "′", "‘": "′", "`": "′", "´": "′",
    "′": "′", "＇": "′", "ʹ": "′", "ʼ": "′",
    "秒": "″", "“": "″", "”": "″", '"': "″", "″": "″", "＂": "″", "〃": "″", "ʺ": "″", "：": ":",
})  # fmt: skip
_HEMISPHERE = re.compile(r"东经|西经|北纬|南纬|经度|纬度|[EWNS]|[::=]", re.I)
_NUMBER = r"(\d+(?:\.\d+)?)"
_DMS = re.compile(rf"{_NUMBER}\s*°\s*(?:{_NUMBER}\s*′\s*(?:{_NUMBER}\s*(?:″|′′)?)?)?")
_SPLIT = re.compile(rf"{_NUMBER}[\s:]+{_NUMBER}(?:[\s:]+{_NUMBER})?")
_DASHED = re.compile(rf"{_NUMBER}-{_NUMBER}-{_NUMBER}")
_DECIMAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)")


def parse_angle(text: str, rules: Rules) -> CellValue:
    """Reads one longitude or latitude as decimal degrees. Error: XY-FORMAT.

    A latitude up to 180 passes here: the pair may be swapped, which ``place_points`` mends.
    """
    raw = plain_text(text, rules.html)
    if not visible(raw):
        return NOTHING
    if rules.is_missing(raw):
        return MISSING
    # before NFKC, which turns ″ into two ′ and º into o
    body = unicodedata.normalize("NFKC", visible(raw).translate(_SIGNS).replace("″", "\x01"))
    body = body.replace("\x01", "″").replace("′′", "″").replace("−", "-").replace("，", ",")
    negative = bool(re.search(r"西经|南纬|[WS]", body, re.I))
    body = re.sub(r"\s+", " ", _HEMISPHERE.sub(lambda m: ":" if m[0] == ":" else " ", body)).strip(" :,;。、()")
    degrees = _degrees(body)
    if degrees is None:
        return CellValue(error="XY-FORMAT", message=f"坐标{shown(text)}无法识别")
    if abs(degrees) > 180.0:
        metres = "，像是以米计的平面坐标，请转为经纬度" if _is_in_metres(abs(degrees)) else ""
        return CellValue(error="XY-FORMAT", message=f"坐标{shown(text)}超过180度{metres}")
    return CellValue(value=-abs(degrees) if negative else degrees)


def _is_in_metres(number: float) -> bool:
    """True for numbers of a plane, not for degrees, minutes and seconds run together (1223036)."""
    minute, second = int(number) // 100 % 100, int(number) % 100
    return number > 10_000 and (number != int(number) or minute >= 60 or second >= 60 or number >= 1_810_000)


def _degrees(body: str) -> float | None:
    if _DECIMAL.fullmatch(body):
        return float(body)
    sign = -1.0 if body.startswith("-") else 1.0
    bare = body.lstrip("+-").strip()
    match = _DMS.fullmatch(bare) or _SPLIT.fullmatch(bare) or _DASHED.fullmatch(bare)
    if not match:
        return None
    degree, minute, second = (float(g or 0) for g in match.groups())
    if minute >= 60.0 or second > 60.0:
        return None
    # decimal degrees in a column of degrees leave minutes and seconds empty or 0
    if (degree != int(degree) and (minute or second)) or (minute != int(minute) and second):
        return None
    return sign * (degree + minute / 60.0 + second / 3600.0)


def parse_crs(text: str, rules: Rules) -> CellValue:
    """Reads the name of a coordinate system: CGCS2000, WGS84, GCJ-02 or BD-09. Error: XY-FORMAT."""
    if not visible(text):
        return NOTHING
    if rules.is_missing(text):
        return MISSING
    name = _CRS.get(re.sub(r"坐标系?$", "", compact(text).lower())) or _CRS.get(compact(text).lower())
    if name:
        return CellValue(value=name)
    return CellValue(error="XY-FORMAT", message=f"坐标系{shown(text)}无法识别（应为CGCS2000、WGS84、GCJ-02或BD-09）")


def _inside(longitude: NDArray[np.float64], latitude: NDArray[np.float64], bounds: Bounds | None) -> NDArray[np.bool_]:
    if bounds is None:
        return (np.abs(longitude) <= 180.0) & (np.abs(latitude) <= 90.0)
    west, south, east, north = bounds
    return (longitude >= west) & (longitude <= east) & (latitude >= south) & (latitude <= north)


def place_points(
    longitude: ArrayLike,
    latitude: ArrayLike,
    crs: str | Sequence[str | None] = "CGCS2000",
    bounds: Bounds | None = None,
) -> pa.Table:
    """Repairs pairs of coordinates, in decimal degrees of ``crs`` (one name or one a pair); NaN = none given.

    Columns: longitude, latitude (CGCS2000; null where there is no usable place), flags (list of XY-SWAPPED, XY-ZERO,
    XY-OUTSIDE, XY-OFFSET). ``bounds``: west, south, east, north of the area in degrees; None switches that test off.
    """
    lon, lat = np.array(longitude, dtype=float), np.array(latitude, dtype=float)
    given = ~(np.isnan(lon) | np.isnan(lat))
    zero = given & ((lon == 0.0) | (lat == 0.0))
    with np.errstate(invalid="ignore"):
        usable = given & ~zero
        swapped = usable & ~_inside(lon, lat, bounds) & _inside(lat, lon, bounds)
        lon, lat = np.where(swapped, lat, lon), np.where(swapped, lon, lat)
        names = np.full(len(lon), crs) if isinstance(crs, str) else np.array([c or "CGCS2000" for c in crs])
        offset = np.zeros(len(lon), dtype=bool)
        for name, undo in (("GCJ-02", gcj02_to_wgs84), ("BD-09", bd09_to_wgs84)):
            rows = usable & (names == name)
            if rows.any():
                lon[rows], lat[rows] = undo(lon[rows], lat[rows])
                offset |= rows
        outside = usable & ~_inside(lon, lat, bounds)
    swapped &= ~outside
    offset &= ~outside
    lost = zero | outside | ~given
    flags = np.empty(len(lon), dtype=object)
    codes = (("XY-SWAPPED", swapped), ("XY-ZERO", zero), ("XY-OUTSIDE", outside), ("XY-OFFSET", offset))
    flags[:] = [[] for _ in range(len(lon))]
    for code, rows in codes:
        for i in np.flatnonzero(rows):
            flags[i].append(code)
    return pa.table({
        "longitude": pa.array(lon, mask=lost), "latitude": pa.array(lat, mask=lost),
        "flags": pa.array(list(flags), pa.list_(pa.string())),
    })  # fmt: skip
