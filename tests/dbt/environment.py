"""Rows of the tiny warehouse for places, people and monitoring: a zone, a park, receptors, sites, a grid.

Does not belong here: the two fictional sites and their claims (``warehouse``), what is asserted (``test_environment``).
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyproj

from tests.dbt.warehouse import insert, record

METRIC = "EPSG:4550"
CORNER = (374000.0, 3299000.0)  # lower left of the zone, metres; 121.70 E, 29.80 N
ZONE_M = 4000.0
PEOPLE_A_CELL = (15.0, 70.0, 15.0)
_to_degrees = pyproj.Transformer.from_crs(METRIC, "EPSG:4490", always_xy=True)


def degrees(x: float, y: float) -> tuple[float, float]:
    """Longitude and latitude of a point given in metres from the zone's corner."""
    return _to_degrees.transform(CORNER[0] + x, CORNER[1] + y)


def square(x: float, y: float, side: float) -> str:
    """WKT in degrees of a square given in metres from the zone's corner."""
    corners = [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)]
    return "POLYGON((" + ", ".join("{} {}".format(*degrees(*corner)) for corner in corners) + "))"


def fill(path: Path) -> None:
    """Profile areas, a street from a landing file, receptors, a population grid of 1 km cells, sites and samples."""
    with duckdb.connect(str(path)) as con:
        for area_id, kind, name, outline in (
            ("zone", "area", "某试点区（虚构）", square(0, 0, ZONE_M)),
            ("park-a", "park", "甲园区（虚构）", square(0, 0, 1000)),
            ("park-b", "park", "乙园区（虚构）", None),
        ):
            insert(
                con,
                "intake.area",
                {
                    "area_id": area_id,
                    "area_kind": kind,
                    "name_cn": name,
                    "aliases": ["临港"] if area_id == "park-b" else [],
                    "parent_id": None if kind == "area" else "zone",
                    "geometry_wkt": outline,
                    "file": "areas.geojson",
                },
            )
        for key, value in (("crs_metric", METRIC), ("grid_m", "500"), ("zone_id", "zone")):
            insert(
                con,
                "intake.profile_parameter",
                {
                    "parameter_id": f"profile.{key}",
                    "value": value,
                    "source_ref": "area.yml",
                    "verified": "own",
                },
            )
        for row, (kind, name, outline) in enumerate(
            [
                ("园区", "临港", square(3000, 0, 1000)),
                ("街道", "某街道", square(0, 0, 2000)),
                ("街道", "无边界街道", None),
            ],
            1,
        ):
            record(
                con, "raw.geography_feature", row, {"feature_kind": kind, "name": name, "geometry": outline}, file_no=5
            )
        _places(con)
        _monitoring(con)


def _places(con: duckdb.DuckDBPyConnection) -> None:
    for row, (name, kind, x, y, flags) in enumerate(
        [
            ("园区小学", "学校", 500, 500, ()),
            ("街道幼儿园", "幼儿园", 1500, 1500, ("XY-SWAPPED",)),
            ("区外村", "村庄", None, None, ("XY-OUTSIDE",)),
            ("将来医院", "医院", 500, 500, ("DATE-AFTER-AS-OF",)),
        ],
        2,
    ):
        longitude, latitude = degrees(x, y) if x else (None, None)
        record(
            con,
            "raw.receptor_place",
            row,
            {
                "name": name,
                "receptor_kind": kind,
                "longitude": longitude,
                "latitude": latitude,
                "population": 300.0,
            },
            file_no=6,
            flags=flags,
        )
    under_15, middle, over_65 = PEOPLE_A_CELL
    for row, (column, line) in enumerate(((c, r) for c in range(4) for r in range(3)), 2):
        longitude, latitude = degrees(500 + 1000 * column, 500 + 1000 * line)
        record(
            con,
            "raw.receptor_population_cell",
            row,
            {
                "record_year": 2020,
                "longitude": longitude,
                "latitude": latitude,
                "cell_size_m": 1000.0,
                "population_under_15": under_15,
                "population_15_64": middle,
                "population_65_up": over_65,
            },
            file_no=7,
        )


def _monitoring(con: duckdb.DuckDBPyConnection) -> None:
    longitude, latitude = degrees(500, 500)
    record(
        con,
        "raw.monitoring_site",
        2,
        {
            "site_id": "P1",
            "site_name": "甲厂排口",
            "medium": "废气",
            "site_role": "污染源",
            "in_use": "是",
            "outlet_no": "DA001",
            "permit_no": "91330206MA00000011001P",
            "longitude": longitude,
            "latitude": latitude,
        },
        file_no=8,
    )
    record(
        con,
        "raw.monitoring_sample",
        2,
        {
            "site_id": "P9",
            "site_name": "未列点",
            "medium": "地表水",
            "pollutant_id": "71-43-2",
            "value": 0.002,
            "unit": "mg/L",
            "value_text": "0.002",
            "value_qualifier": "",
            "sample_no": "W1",
        },
        file_no=9,
        field="苯",
    )
