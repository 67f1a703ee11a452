"""Geometries as WKT: what is stored is a place on Earth that later steps can work with.

Belongs here: reading of WKT, swapped axes, plane coordinates told as such, rings that cross themselves. Does not belong
here: files and their coordinate systems (``readers.features``), points of two columns (``coordinates``).
"""

from __future__ import annotations

import re
from typing import Any

from ehpilot.landing.values.cell_value import NOTHING, CellValue, Rules, shown, visible

_WKT = re.compile(r"\s*(?:MULTI)?(?:POINT|LINESTRING|POLYGON)\b|\s*GEOMETRYCOLLECTION\b", re.I)
_AREAS = ("Polygon", "MultiPolygon")


def parse_geometry(text: str, rules: Rules) -> CellValue:
    """Reads a WKT text (EPSG:4490). Axes in the order latitude, longitude are turned (flag XY-SWAPPED) where only that
    is a place on Earth, or the area's. Error: XY-FORMAT."""
    if not visible(text):
        return NOTHING
    shape = _shape(text)
    if shape is None:
        return CellValue(error="XY-FORMAT", message=f"{shown(text)}不是几何图形")
    if _is_on_earth(shape.bounds) and not _is_only_turned_in_area(shape.bounds, rules):
        return CellValue(value=text if shape.is_valid else _wkt(_mended(shape)))
    turned = _turned(shape)
    if _is_on_earth(turned.bounds):
        return CellValue(value=_wkt(turned if turned.is_valid else _mended(turned)), flag="XY-SWAPPED")
    x, y = shape.bounds[:2]
    told = f"坐标（{x:g}，{y:g}）不是经纬度，像是以米计的平面坐标，文件没有坐标系；请带坐标系导出，或转为EPSG:4490"
    return CellValue(error="XY-FORMAT", message=told)


def _shape(text: str) -> Any:
    """The shape of a WKT text in two dimensions; None where it is none, or empty, or without end."""
    import numpy as np
    import shapely

    if not _WKT.match(text):
        return None
    try:
        shape = shapely.force_2d(shapely.from_wkt(text))
    except shapely.errors.ShapelyError:
        return None
    return None if shape.is_empty or not np.isfinite(shape.bounds).all() else shape


def _is_on_earth(bounds: tuple[float, float, float, float]) -> bool:
    west, south, east, north = bounds
    return -180 <= west <= east <= 180 and -90 <= south <= north <= 90


def _is_only_turned_in_area(bounds: tuple[float, float, float, float], rules: Rules) -> bool:
    """True where the shape lies outside of the area and the turned one in it."""
    if rules.bounds is None:
        return False
    west, south, east, north = bounds
    return not _meets((west, south, east, north), rules.bounds) and _meets((south, west, north, east), rules.bounds)


def _meets(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _turned(shape: Any) -> Any:
    import shapely

    return shapely.transform(shape, lambda xy: xy[:, ::-1])


def _mended(shape: Any) -> Any:
    """A valid shape of the same kind: a ring that crosses itself stops every later intersection."""
    import shapely

    valid = shapely.make_valid(shape)
    if shape.geom_type in _AREAS and valid.geom_type not in _AREAS:
        parts = [part for part in shapely.get_parts(valid) if part.geom_type in _AREAS]
        return shapely.union_all(parts) if parts else valid
    return valid


def _wkt(shape: Any) -> str:
    import shapely

    return str(shapely.to_wkt(shape, rounding_precision=9, trim=True))
