"""geo/: layers, places and words of an edition in GIS formats, opened by other programs than wrote them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import duckdb
import pytest

from ehpilot.publish.geographic import write_geographic
from tests.publish.test_offline_map import edition


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition with its geo/ folder."""
    folder = edition(tmp_path_factory.mktemp("geo") / "0001", 1)
    assert write_geographic(folder)
    return folder


def test_the_package_has_every_layer_with_its_rows(made: Path) -> None:
    with sqlite3.connect(made / "geo" / "edition.gpkg") as package:
        layers = dict(package.execute("select table_name, srs_id from gpkg_contents").fetchall())
        counts = {layer: package.execute(f"select count(*) from {layer}").fetchone()[0] for layer in layers}
    assert counts == {
        "area": 2,
        "grid_cell": 4,
        "map_feature": 1,
        "monitoring_site": 1,
        "receptor": 1,
        "source": 2,
        "zone": 1,
    }
    assert set(layers.values()) == {4490}


def test_reason_codes_are_one_text_and_an_unknown_grade_is_null(made: Path) -> None:
    with sqlite3.connect(made / "geo" / "edition.gpkg") as package:
        rows = package.execute("select enterprise_id, grade, reason_codes from source order by 1").fetchall()
    assert rows == [("E1", 2, "GR-HL1"), ("E2", None, "")]


def test_a_zone_is_the_union_of_its_cells(made: Path) -> None:
    with duckdb.connect() as con:
        for name, rows in (("grid_cell", 4), ("zone", 1)):
            assert con.execute(f"select count(*) from '{made}/geo/{name}.parquet'").fetchall() == [(rows,)]
    import geopandas

    cells, zones = (geopandas.read_parquet(made / "geo" / f"{name}.parquet") for name in ("grid_cell", "zone"))
    metric = "EPSG:4550"
    assert zones.to_crs(metric).area.sum() == pytest.approx(4 * 500.0**2, rel=1e-6)
    assert cells.to_crs(metric).area.sum() == pytest.approx(zones.to_crs(metric).area.sum(), rel=1e-9)


def test_the_same_edition_is_the_same_bytes(made: Path) -> None:
    before = {file.name: file.read_bytes() for file in (made / "geo").iterdir()}
    write_geographic(made)
    assert {file.name: file.read_bytes() for file in (made / "geo").iterdir()} == before


def test_an_edition_without_places_has_no_folder(tmp_path: Path) -> None:
    empty = tmp_path / "0001"
    empty.mkdir()
    with duckdb.connect(str(empty / "marts.duckdb")) as con:
        con.execute("create schema meta")
    assert write_geographic(empty) == []
    assert not (empty / "geo").exists()
