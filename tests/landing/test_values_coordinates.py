"""Coordinates in every notation, and the repair of pairs; ticks, names and texts."""

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehpilot.kernels.geo import gcj02_to_bd09, great_circle_distance_m, wgs84_to_gcj02
from ehpilot.landing.values.coordinates import place_points
from ehpilot.landing.values.kinds import fast_sql, parse_distinct

AREA = (121.0, 29.0, 123.0, 31.0)


def read(text, kind="longitude", **options):
    return parse_distinct(kind, [text], options).to_pylist()[0]


@pytest.mark.parametrize("text", [
    "121°51′23.5″", "121度51分23.5秒", "121°51'23.5\"", "121°51’23.5”", "121º51′23.5′′", "东经121°51′23.5″",
    "E121°51′23.5″", "121˚51ʹ23.5ʺ", "121゜51′23.5″",
    "121°51´23.5〃", "121-51-23.5", "121°51′23.5″（东经）", "121 51 23.5", "121:51:23.5",
    "１２１°５１′２３．５″", "121° 51′ 23.5″ E",
])  # fmt: skip
def test_degrees_minutes_seconds(text):
    assert read(text)["value"] == pytest.approx(121.85652777777777, abs=1e-12)


@pytest.mark.parametrize(("text", "degrees"), [
    ("121.8565", 121.8565), ("121.8565°", 121.8565), ("N44° 53.637'", 44.89395), ("W95°07'12\"", -95.12), ("-95.12",
    -95.12),
    ("121°51′", 121.85), ("南纬 33°30′", -33.5), ("-33°30′", -33.5),
])  # fmt: skip
def test_other_notations(text, degrees):
    assert read(text)["value"] == pytest.approx(degrees, abs=1e-12)


@pytest.mark.parametrize("text", ["abc", "121°61′", "200", "121°51′75″", "121.5°30′", "121,85,1", "北仑区"])
def test_what_is_no_coordinate(text):
    assert read(text)["error"] == "XY-FORMAT"


@given(st.integers(0, 179), st.integers(0, 59), st.integers(0, 5999))
def test_every_angle_reads_back(degree, minute, centiseconds):
    seconds = centiseconds / 100
    assert read(f"{degree}°{minute}′{seconds}″")["value"] == pytest.approx(
        degree + minute / 60 + seconds / 3600, abs=1e-12
    )


@given(st.floats(-180, 180))
def test_fast_sql_agrees(number):
    with duckdb.connect() as con:
        row = con.execute(f"select {fast_sql('longitude', '$1')}", [repr(number)]).fetchone()
    assert row[0] is None or row[0] == read(repr(number))["value"]


def places(longitude, latitude, crs="CGCS2000", bounds=AREA):
    return place_points([longitude], [latitude], crs, bounds).to_pylist()[0]


def test_a_good_pair_stays_as_it_is():
    assert places(121.8, 29.9) == {"longitude": 121.8, "latitude": 29.9, "flags": []}


def test_swapped_is_repaired_and_flagged():
    assert places(29.9, 121.8) == {"longitude": 121.8, "latitude": 29.9, "flags": ["XY-SWAPPED"]}
    assert places(29.9, 121.8, bounds=None)["flags"] == ["XY-SWAPPED"]


@pytest.mark.parametrize("pair", [(0.0, 0.0), (121.8, 0.0), (0.0, 29.9)])
def test_zero_is_no_place(pair):
    assert places(*pair) == {"longitude": None, "latitude": None, "flags": ["XY-ZERO"]}


def test_outside_the_area_is_no_place():
    assert places(100.0, 30.0) == {"longitude": None, "latitude": None, "flags": ["XY-OUTSIDE"]}
    assert places(100.0, 30.0, bounds=None)["flags"] == []


def test_half_a_pair_is_no_place_and_no_fault():
    assert places(float("nan"), 30.0) == {"longitude": None, "latitude": None, "flags": []}


@given(st.floats(121.1, 122.9), st.floats(29.1, 30.9))
def test_map_offsets_are_undone_to_a_metre(longitude, latitude):
    web = wgs84_to_gcj02(longitude, latitude)
    for crs, pair in (("GCJ-02", web), ("BD-09", gcj02_to_bd09(*web))):
        found = places(float(pair[0]), float(pair[1]), crs)
        assert found["flags"] == ["XY-OFFSET"]
        assert great_circle_distance_m(longitude, latitude, found["longitude"], found["latitude"]) < 1.0


def test_each_row_has_its_own_system():
    table = place_points(
        np.array([121.8, 121.8, 121.8]), np.array([29.9, 29.9, 29.9]), ["CGCS2000", "BD-09", None], AREA
    )
    assert table.column("flags").to_pylist() == [[], ["XY-OFFSET"], []]


@pytest.mark.parametrize(("text", "crs"), [("CGCS2000", "CGCS2000"), ("2000坐标系", "CGCS2000"), ("WGS-84", "WGS84"),
    ("gcj02", "GCJ-02"),
                                           ("百度坐标系", "BD-09"), ("ＢＤ－０９", "BD-09")])  # fmt: skip
def test_names_of_coordinate_systems(text, crs):
    assert read(text, "crs")["value"] == crs


def test_ticks():
    found = parse_distinct("mark", ["√", "✔", "是", "", "×", "否", "/", "也许"])
    assert found.column("value").to_pylist() == [True, True, True, False, False, False, False, None]
    assert found.column("error").to_pylist()[-1] == "MARK"


def test_names_lose_blanks_beside_chinese_but_not_between_latin_words():
    assert read("某某 化工\n有限公司", "name")["value"] == "某某化工有限公司"
    assert read("ADM  DECATUR\nCOMPLEX", "name")["value"] == "ADM DECATUR COMPLEX"
    assert read("（示例）Ａ公司", "name")["value"] == "（示例）A公司", "brackets as written, letters half-width"


@given(
    st.lists(st.text("某A1 （）(),，-—_#·無ﬁ①Ａ\n", max_size=6), min_size=1, max_size=20),
    st.sampled_from([(), ("某",), ("（某）", "A")]),
)
def test_the_fast_sql_of_names_never_disagrees_with_the_parser(texts: list[str], marks: tuple[str, ...]) -> None:
    options = {"missing_marks": marks}
    sql = f"select {fast_sql('name', 'x', options)} from (select unnest($1::varchar[]) as x)"
    with duckdb.connect() as con:
        found = [value for (value,) in con.execute(sql, [texts]).fetchall()]
    for text, value in zip(texts, found, strict=True):
        if value is not None:
            row = parse_distinct("name", [text], options).to_pylist()[0]
            assert (row["value"], row["flag"], row["error"]) == (value, "", "")


def test_the_fast_sql_reads_usual_names() -> None:
    with duckdb.connect() as con:
        texts = "('DA001'), ('示例化工（东区）有限公司'), ('-'), ('某 某')"
        sql = f"select {fast_sql('name', 'x')} from (values {texts}) as t(x)"
        assert con.execute(sql).fetchall() == [("DA001",), ("示例化工（东区）有限公司",), (None,), (None,)]


@pytest.mark.parametrize(
    "text", ["=cmd|'/C calc'!A0", "<script>alert(1)</script>", "x'; drop table t; --", "../../etc"]
)
def test_hostile_texts_are_just_texts(text):
    assert read(text, "text")["value"] == text


def test_texts_are_trimmed_and_a_lone_dash_is_missing():
    assert read("  a b \n", "text")["value"] == "a b"
    assert read("——", "text")["flag"] == "MISSING-MARK"
    with duckdb.connect() as con:
        sql = f"select {fast_sql('text', 'x')} from (values ('a b'), ('——'), (' a'), ('苯')) as t(x)"
        assert con.execute(sql).fetchall() == [("a b",), (None,), (None,), ("苯",)]


def test_geometry():
    assert read("POINT (121.8 29.9)", "geometry")["value"] == "POINT (121.8 29.9)"
    assert read("POINT (121.8", "geometry")["error"] == "XY-FORMAT"
