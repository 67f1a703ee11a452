"""geo/: what of an edition has a place, for GIS programs: one GeoPackage of layers, and each layer as GeoParquet.

Coordinates are EPSG:4490 (CGCS2000). Cells are squares of the metric system of the profile, zones the union of their
cells. Columns are those of the marts; a list of codes is one text, since a GeoPackage has no lists.

Does not belong here: the interactive map (``offline_map``), which values a place has (dbt).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from ehpilot.reading.edition import has_table, open_marts

if TYPE_CHECKING:
    import geopandas

FOLDER = "geo"
FILE = "edition.gpkg"
CRS = "EPSG:4490"
# Layers: the query of each, whose column ``place`` says where it is, and what it needs.
_POINTS = {
    "source": (
        ("core.dim_enterprise", "risk_grade.source_grade"),
        "select enterprise.enterprise_id, enterprise.name, enterprise.industry_code, enterprise.park_id, graded.as_of, "
        "graded.grade, graded.score, graded.reason_codes, graded.data_confidence, enterprise.longitude, "
        "enterprise.latitude from risk_grade.source_grade as graded inner join core.dim_enterprise as enterprise "
        "using (enterprise_id)",
    ),
    "receptor": (
        ("core.dim_receptor",),
        "select receptor_id, name, receptor_kind, population, longitude, latitude from core.dim_receptor",
    ),
    "monitoring_site": (
        ("core.dim_monitoring_site",),
        "select site_id, name, medium, site_role, enterprise_id, longitude, latitude from core.dim_monitoring_site",
    ),
}
_SHAPES = {
    "area": (
        ("core.dim_area",),
        "select area_id, area_kind, name_cn, parent_id, area_km2, geometry_wkt from core.dim_area",
    ),
    "map_feature": (
        ("core.map_feature",),
        "select feature_id, feature_kind, name_cn, geometry_wkt from core.map_feature",
    ),
}
_CELLS = (
    "select cell.cell_id, graded.as_of, graded.grade, graded.zone_kind, graded.zone_id, graded.score, "
    "graded.hazard_score, graded.exposure_score, graded.vulnerability_score, graded.cancer_risk, graded.hazard_index, "
    "graded.population, graded.reason_codes, cell.x_m, cell.y_m, cell.size_m "
    "from core.dim_grid_cell as cell inner join risk_grade.zone_grade as graded using (cell_id)"
)


def write_geographic(edition: Path) -> list[Path]:
    """Write ``geo/`` of the edition from its own tables; returns the files. A layer without a row is not written."""
    with open_marts(edition) as connection:
        layers = _read(connection)
    layers = {name: frame for name, frame in layers.items() if len(frame)}
    if not layers:
        return []
    import pyogrio

    folder = edition / FOLDER
    folder.mkdir(exist_ok=True)
    package = folder / FILE
    package.unlink(missing_ok=True)
    # The time of writing would stand in the file: the same edition is the same bytes.
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "1970-01-01T00:00:00.000Z"})
    files = [package]
    for name, frame in sorted(layers.items()):
        pyogrio.write_dataframe(frame, package, layer=name, driver="GPKG")
        files.append(folder / f"{name}.parquet")
        frame.to_parquet(files[-1], compression="zstd", index=False)
    return files


def _read(connection: duckdb.DuckDBPyConnection) -> dict[str, geopandas.GeoDataFrame]:
    import geopandas
    import shapely

    layers: dict[str, geopandas.GeoDataFrame] = {}
    for name, (needed, query) in _POINTS.items():
        if all(has_table(connection, table) for table in needed):
            frame = _rows(connection, f"{query} where longitude is not null and latitude is not null order by 1")
            points = shapely.points(frame.pop("longitude"), frame.pop("latitude"))
            layers[name] = geopandas.GeoDataFrame(frame, geometry=points, crs=CRS)
    for name, (needed, query) in _SHAPES.items():
        if all(has_table(connection, table) for table in needed):
            frame = _rows(connection, f"{query} where geometry_wkt is not null order by 1")
            layers[name] = geopandas.GeoDataFrame(frame, geometry=shapely.from_wkt(frame.pop("geometry_wkt")), crs=CRS)
    if has_table(connection, "risk_grade.zone_grade"):
        layers |= _cells_and_zones(connection)
    return layers


def _cells_and_zones(connection: duckdb.DuckDBPyConnection) -> dict[str, geopandas.GeoDataFrame]:
    import geopandas
    import shapely

    facts = dict(connection.execute("select name, value from meta.edition_fact").fetchall())
    frame = _rows(connection, f"{_CELLS} order by 1")
    east, north, half = frame.pop("x_m"), frame.pop("y_m"), frame.pop("size_m") / 2
    squares = shapely.box(east - half, north - half, east + half, north + half)
    cells = geopandas.GeoDataFrame(frame, geometry=squares, crs=facts["crs_metric"])
    zones = cells.dissolve(by="zone_id", as_index=False)[["zone_id", "geometry"]]
    zone_facts = _rows(
        connection, "select zone_id, zone_kind, name_cn, cell_count, population, grade from risk_grade.zone"
    )
    zones = zones.merge(zone_facts, on="zone_id").sort_values("zone_id", ignore_index=True)
    return {"grid_cell": cells.to_crs(CRS), "zone": zones.to_crs(CRS)}


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> Any:
    frame = connection.execute(query).df()
    kinds = dict(zip(frame.columns, _types(connection, query), strict=True))
    for column in (name for name, kind in kinds.items() if kind.endswith("[]")):
        frame[column] = [None if value is None else "; ".join(map(str, value)) for value in frame[column]]
    return frame


def _types(connection: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    return [str(kind) for _, kind, *_ in connection.execute(f"describe {query}").fetchall()]
