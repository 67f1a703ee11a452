"""Vector files (GeoJSON, GeoPackage, Shapefile) as grids: properties as texts, geometry as WKT in EPSG:4490.

Belongs here: layers, their coordinate systems, the map offsets undone on geometry. Does not belong here: what an area
or a street is (forms, dbt).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from ehpilot.kernels.geo import bd09_to_wgs84, gcj02_to_wgs84
from ehpilot.landing.grid import HEAD_ROWS, FileRefused, Grid, head_of, table_of
from ehpilot.landing.readers.cell_text import text_column
from ehpilot.landing.readers.options import ReadOptions
from ehpilot.landing.readers.shapefile import dbf_encoding, shapefile_in
from ehpilot.landing.readers.sniffed import Sniffed
from ehpilot.landing.readers.text_scan import recode

TARGET_CRS = 4490
WKT_DECIMALS = 9  # 0.1 mm
GEOMETRY = "geometry"
_UNDO: dict[str, Callable[..., tuple[Any, Any]]] = {"GCJ-02": gcj02_to_wgs84, "BD-09": bd09_to_wgs84}


def open_layers(con: duckdb.DuckDBPyConnection, path: Path, sniffed: Sniffed, options: ReadOptions) -> Iterator[Grid]:
    """One grid a layer; row number = index of the feature from 1. ``options['crs']``: GCJ-02 or BD-09 is undone.

    A file without a coordinate system is taken as EPSG:4490. ``FileRefused`` FILE-TRUNCATED: GDAL can't read it.
    """
    import pyogrio

    with TemporaryDirectory(prefix="ehpilot_geo_") as folder:
        plain = path
        if sniffed.kind == "geojson" and (sniffed.is_gzip or sniffed.encoding != "utf-8"):
            plain = Path(folder) / "data.geojson"
            recode(path, sniffed.is_gzip, sniffed.encoding, plain)
        if sniffed.kind == "shp":
            plain = shapefile_in(path, Path(folder))
        try:
            layers = [str(name) for name, _ in pyogrio.list_layers(plain)]
        except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
            raise FileRefused("FILE-TRUNCATED", "图形文件不完整或无法识别，请重新导出") from error
        for layer in layers:
            yield _layer_grid(con, plain, layer, layers, sniffed, options)


def _layer_grid(
    con: duckdb.DuckDBPyConnection, path: Path, layer: str, named: list[str], sniffed: Sniffed, options: ReadOptions
) -> Grid:
    import pyogrio
    import shapely

    try:
        encoding = dbf_encoding(path / f"{layer}.dbf") if sniffed.kind == "shp" else None
        meta, _, geometry, fields = pyogrio.raw.read(path, layer=layer, force_2d=True, encoding=encoding)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, RuntimeError) as error:
        raise FileRefused("FILE-TRUNCATED", "图形文件不完整或无法识别，请重新导出") from error
    shapes = shapely.from_wkb(geometry) if geometry is not None else np.array([], dtype=object)
    source_crs = str(meta.get("crs") or "")
    shapes = to_cgcs2000(shapes, source_crs, options.get("crs"))
    wkt = (
        shapely.to_wkt(shapes, rounding_precision=WKT_DECIMALS, trim=True)
        if len(shapes)
        else np.array([], dtype=object)
    )
    columns = [text_column(_cells(values)) for values in fields]
    columns.append(text_column([None if text is None else str(text) for text in wkt]))
    names: list[str | None] = [*(str(name) for name in meta["fields"]), GEOMETRY]
    table = table_of(columns, pa.array(np.arange(1, len(wkt) + 1), pa.int64()))
    return Grid(
        con, sniffed.kind, layer if sniffed.kind == "gpkg" or len(named) > 1 else "", table.num_rows, len(names),
        [names, *head_of(table, HEAD_ROWS - 1)], list(range(0, min(table.num_rows, HEAD_ROWS - 1) + 1)),
        header_is_given=True, source_crs=source_crs, encoding=sniffed.encoding, _table=lambda: table,
    )  # fmt: skip


def _cells(values: np.ndarray) -> list[Any]:
    """Python cells of a field: NaN and NaT are empty, dates ISO."""
    if np.issubdtype(values.dtype, np.datetime64):
        return ["" if np.isnat(value) else str(value).replace("T", " ") for value in values]
    if np.issubdtype(values.dtype, np.floating):
        return ["" if value != value else float(value) for value in values]
    return ["" if value is None else value.item() if isinstance(value, np.generic) else value for value in values]


def to_cgcs2000(shapes: Any, source_crs: str, offset: str | None = None) -> Any:
    """Shapes in EPSG:4490 degrees; ``offset`` GCJ-02 or BD-09 says that the file's degrees are a web map's."""
    import shapely
    from pyproj import CRS, Transformer
    from pyproj.exceptions import CRSError

    if len(shapes) == 0:
        return shapes
    if offset in _UNDO:
        undo = _UNDO[offset]
        return shapely.transform(shapes, lambda xy: np.column_stack(undo(xy[:, 0], xy[:, 1])))
    try:
        crs = CRS.from_user_input(source_crs) if source_crs else CRS.from_epsg(TARGET_CRS)
    except CRSError as error:
        raise FileRefused("FILE-TYPE", "图形文件的坐标系无法识别") from error
    if crs.to_epsg() in (4326, TARGET_CRS) or crs.equals(CRS.from_epsg(4326), ignore_axis_order=True):
        return shapes
    transformer = Transformer.from_crs(crs, TARGET_CRS, always_xy=True)
    return shapely.transform(shapes, lambda xy: np.column_stack(transformer.transform(xy[:, 0], xy[:, 1])))
