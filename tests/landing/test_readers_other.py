"""JSON, vector and weather files as grids: records, parents' facts, coordinate systems, line numbers."""

import gzip
import json

import duckdb
import geopandas
import pytest
import shapely

from ehpilot.kernels.geo import great_circle_distance_m, wgs84_to_gcj02
from ehpilot.landing.folder.sniff import sniff
from ehpilot.landing.grid import FileRefused
from ehpilot.landing.readers.choose import open_grids
from ehpilot.landing.readers.csv_text import EPW_COLUMNS, EPW_MISSING
from ehpilot.landing.values.kinds import parse_distinct


def grids(path, **options):
    con = duckdb.connect()
    found = sniff(path)
    assert found.error == "", found.message
    return list(open_grids(con, path, found, options))


def records(path, **options):
    """Records of the first grid as dictionaries, with their row number."""
    grid = grids(path, **options)[0]
    assert grid.header_is_given
    rows = grid.connection.execute(f"select * from {grid.load()}").fetchall()
    return [
        {"row": row[0], **{k: v for k, v in zip(grid.head[0], row[1:], strict=True) if v is not None}} for row in rows
    ]


def test_a_list_of_objects(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(
        '[{"id": 1, "名称": "甲", "ok": true}, {"id": 2.50, "x": {"y": 3.0}, "l": [1, 2], "n": null}]', "utf-8"
    )
    assert records(path) == [
        {"row": 1, "id": "1", "名称": "甲", "ok": "TRUE"}, {"row": 2, "id": "2.5", "x.y": "3", "l": "[1, 2]"}
    ]  # fmt: skip


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-8-sig"])
def test_a_script_with_a_variable(tmp_path, codec):
    path = tmp_path / "a.js"
    path.write_bytes('\nvar Data = [\n{"企业":"甲公司"}\n,{"企业":"乙公司"}];\n'.encode(codec))
    assert [r["企业"] for r in records(path)] == ["甲公司", "乙公司"]


def test_records_at_a_path_carry_their_parents_facts(tmp_path):
    document = [{"name": "甲", "outlets": [{"outlet": "1#", "pollutants": [{"p": "苯", "v": 1}, {"p": "甲苯"}]}]},
                {"name": "乙", "outlets": [{"outlet": "2#", "pollutants": [], "note": "x"}]},
                {"name": "丙", "outlets": [{"outlet": "3#", "pollutants": [{"p": "苯", "name": "own"}]}]}]  # fmt: skip
    path = tmp_path / "a.json"
    path.write_text(json.dumps(document), "utf-8")
    assert records(path, json={"path": "outlets[].pollutants[]"}) == [
        {"row": 1, "name": "甲", "outlet": "1#", "p": "苯", "v": "1"}, {"row": 2, "name": "甲", "outlet": "1#",
        "p": "甲苯"},
        {"row": 3, "name": "own", "outlet": "3#", "p": "苯"},
    ]  # fmt: skip


def test_head_and_body_arrays_with_html(tmp_path):
    document = {"result": 1, "thead": ["断面", "总磷<br/><span class='unit'>(mg/L)</span>"],
                "tbody": [["甲", "<span title='原始值：0.167'>0.17</span>"], ["乙", "--"]]}  # fmt: skip
    path = tmp_path / "a.json"
    path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    found = records(path, json={"thead": "thead", "tbody": "tbody"})
    assert found[1] == {"row": 2, "断面": "乙", "总磷(mg/L)": "--"}
    assert parse_distinct("measurement", [found[0]["总磷(mg/L)"]]).column("value").to_pylist() == [0.167]


@pytest.mark.parametrize(("text", "code"), [
    ('[{"a": 1}, {"a"', "FILE-TRUNCATED"), ('[{"a": 1}] and more', "FILE-TYPE"), ("[]", "NO-HEADER"), ('{"a": {}',
    "FILE-TRUNCATED"),
])  # fmt: skip
def test_broken_json(tmp_path, text, code):
    path = tmp_path / "a.json"
    path.write_text(text, "utf-8")
    with pytest.raises(FileRefused) as refusal:
        grids(path)
    assert refusal.value.code == code


def test_json_nested_to_exhaustion_is_refused(tmp_path):
    path = tmp_path / "a.json"
    path.write_text("[" * 100_000, "utf-8")
    with pytest.raises(FileRefused):
        grids(path)


def frame(crs="EPSG:4490"):
    polygon = shapely.Polygon([(121.80, 29.90), (121.90, 29.90), (121.90, 29.95), (121.80, 29.90)])
    data = {"名称": ["一号园区（虚构）", None], "n": [1, 2]}
    return geopandas.GeoDataFrame(data, geometry=[polygon, shapely.Point(121.8, 29.9)], crs="EPSG:4490").to_crs(crs)


@pytest.mark.parametrize(
    ("name", "crs"),
    [("a.geojson", "EPSG:4326"), ("a.gpkg", "EPSG:4550"), ("a.gpkg", "EPSG:4490"), ("a.gpkg", "EPSG:3857")],
)
def test_any_coordinate_system_becomes_cgcs2000(tmp_path, name, crs):
    path = tmp_path / name
    frame(crs).to_file(path)
    found = records(path)
    assert [(r["row"], r.get("名称"), r["n"]) for r in found] == [(1, "一号园区（虚构）", "1"), (2, None, "2")]
    point = shapely.from_wkt(found[1]["geometry"])
    assert great_circle_distance_m(121.8, 29.9, point.x, point.y) < 0.1


def test_a_web_maps_offset_is_undone_on_geometry(tmp_path):
    longitude, latitude = wgs84_to_gcj02(121.8, 29.9)
    path = tmp_path / "a.geojson"
    geopandas.GeoDataFrame({"n": [1]}, geometry=[shapely.Point(longitude, latitude)], crs="EPSG:4326").to_file(path)
    point = shapely.from_wkt(records(path, crs="GCJ-02")[0]["geometry"])
    assert great_circle_distance_m(121.8, 29.9, point.x, point.y) < 1.0


def test_layers_are_grids(tmp_path):
    path = tmp_path / "a.gpkg"
    frame().to_file(path, layer="街道")
    frame().to_file(path, layer="园区")
    assert {grid.name for grid in grids(path)} == {"街道", "园区"}


def test_a_geojson_of_gbk_in_gzip(tmp_path):
    text = json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"名称": "甲"},
                       "geometry": {"type": "Point", "coordinates": [121.8, 29.9]}}]}, ensure_ascii=False)  # fmt: skip
    path = tmp_path / "a.geojson.gz"
    path.write_bytes(gzip.compress(text.encode("gb18030")))
    assert records(path) == [{"row": 1, "名称": "甲", "geometry": "POINT (121.8 29.9)"}]


def test_a_broken_geojson(tmp_path):
    path = tmp_path / "a.geojson"
    path.write_text('{"type": "FeatureCollection", "features": [{"type": "Feature", "prop', "utf-8")
    with pytest.raises(FileRefused) as refusal:
        grids(path)
    assert refusal.value.code == "FILE-TRUNCATED"


def epw_text(hours):
    header = ["LOCATION,Fiction,Zhejiang,CHN,CSWD,584770,30.03,122.10,8.0,35.7", "DESIGN CONDITIONS,0",
        "TYPICAL/EXTREME PERIODS,0",
              "GROUND TEMPERATURES,0", "HOLIDAYS/DAYLIGHT SAVINGS,No,0,0,0", "COMMENTS 1,x, with a comma",
              "COMMENTS 2,",
              "DATA PERIODS,1,1,Data,Sunday,1/1,12/31"]  # fmt: skip
    rest = ",".join(["0"] * (len(EPW_COLUMNS) - 7))
    return "\n".join(header + [f"2005,1,1,{hour},0,?9?9,{value},{rest}" for hour, value in hours]) + "\n"


def test_weather_lines_have_their_line_number_and_the_beginning_of_their_hour(tmp_path):
    path = tmp_path / "a.epw"
    path.write_text(epw_text([(1, "2.1"), (24, "99.9")]), "utf-8")
    found = records(path)
    assert [(r["row"], r["observed_at"], r["temperature_c"]) for r in found] == [
        (9, "2005-01-01 00:00:00", "2.1"), (10, "2005-01-01 23:00:00", "99.9")
    ]  # fmt: skip
    assert (found[0]["latitude"], found[0]["longitude"], found[0]["station_id"]) == ("30.03", "122.10", "584770")
    assert grids(path)[0].missing_marks["temperature_c"] == EPW_MISSING["temperature_c"] == ["99.9"]


def test_a_short_weather_line_is_a_reject(tmp_path):
    path = tmp_path / "a.epw"
    path.write_text(epw_text([(1, "2.1")]) + "2005,1,1,2,0\n", "utf-8")
    grid = grids(path)[0]
    grid.load()
    assert [(r["row_number"], r["code"]) for r in grid.rejects.to_pylist()] == [(10, "FIELD-COUNT")]
