"""The outlines of a profile's zone, parks and other areas, and the 3 km rings round the parks.

Belongs here: geometry files of the profile → rows of ``intake.area`` (WKT in EPSG:4490, area in km²).
Does not belong here: geography that arrives as landing files (source ``geography``).
"""

from __future__ import annotations

from typing import Any

from ehpilot.errors import UsageError
from ehpilot.kernels.geo import bd09_to_wgs84, gcj02_to_wgs84
from ehpilot.profile import Area, Profile

RING_M = 3000.0
CRS_GEOGRAPHIC = "EPSG:4490"


def area_rows(profile: Profile) -> list[dict[str, Any]]:
    """Rows of ``intake.area`` by column (geometry in WKT, EPSG:4490; area in km²), rings included, in the profile's
    order.

    An area without an outline has null geometry and area: unknown, not zero.
    """
    rows = []
    for area in profile.all_areas:
        outline = _outline(profile, area)
        file = area.geometry.file if area.geometry else None
        rows.append(
            _row(profile, area.area_id, area.area_kind, area.name_cn, list(area.aliases), area.parent_id, outline, file)
        )
        if area.area_kind == "park" and outline is not None:
            ring = _ring(profile, outline)
            name = f"{area.name_cn}周边3公里"
            rows.append(_row(profile, f"{area.area_id}-ring3km", "park_ring_3km", name, [], area.area_id, ring, file))
    return [{**row, "area_no": number} for number, row in enumerate(rows, start=1)]


def _row(
    profile: Profile,
    area_id: str,
    kind: str,
    name: str,
    aliases: list[str],
    parent: str | None,
    outline: Any,
    file: str | None,
) -> dict[str, Any]:
    import geopandas

    wkt, km2 = None, None
    if outline is not None:
        metric = geopandas.GeoSeries([outline], crs=CRS_GEOGRAPHIC).to_crs(profile.crs_metric)
        wkt, km2 = outline.wkt, float(metric.area.iloc[0]) / 1e6
    return {
        "area_id": area_id, "area_kind": kind, "name_cn": name, "aliases": aliases, "parent_id": parent,
        "geometry_wkt": wkt, "file": file, "area_km2": km2,
    }  # fmt: skip


def _ring(profile: Profile, outline: Any) -> Any:
    """The park and what lies within 3 km of it, less the park."""
    import geopandas

    metric = geopandas.GeoSeries([outline], crs=CRS_GEOGRAPHIC).to_crs(profile.crs_metric)
    ring = metric.buffer(RING_M).difference(metric)
    return ring.to_crs(CRS_GEOGRAPHIC).iloc[0]


def _outline(profile: Profile, area: Area) -> Any:
    """Outline in EPSG:4490, GCJ-02/BD-09 undone where the profile says so."""
    if area.geometry is None:
        return None
    import geopandas
    import shapely

    found = [folder / area.geometry.file for folder in profile.folders if (folder / area.geometry.file).is_file()]
    if not found:
        raise UsageError(f"profile {profile.name}: geometry file {area.geometry.file} of {area.area_id} does not exist")
    frame = geopandas.read_file(found[0])
    for column, value in area.geometry.where.items():
        frame = frame[frame[column].astype(str) == value]
    if frame.empty:
        raise UsageError(f"profile {profile.name}: no feature {area.geometry.where} in {area.geometry.file}")
    outline = frame.to_crs(CRS_GEOGRAPHIC).union_all()
    if area.geometry.crs in ("GCJ-02", "BD-09"):
        outline = shapely.transform(outline, lambda xy: _undo_offset(xy, area.geometry.crs))
    return outline


def _undo_offset(xy: Any, crs: str) -> Any:
    import numpy as np

    undo = gcj02_to_wgs84 if crs == "GCJ-02" else bd09_to_wgs84
    return np.column_stack(undo(xy[:, 0], xy[:, 1]))
