"""Open Chinese data: encodings, scripts, markup in cells, tables without header, offset coordinates."""

from __future__ import annotations

import math
import re
from collections import Counter
from pathlib import Path

import duckdb
import pytest
from scipy import stats

from tests.area import Area
from tests.real.conftest import warehouse
from tests.real.recount import rows, script, table

pytestmark = pytest.mark.slow

NINGXIA = "cn_ningxia_enterprise"


@pytest.fixture(scope="module")
def raw(zhejiang_open: Area) -> duckdb.DuckDBPyConnection:
    return warehouse(zhejiang_open)


def test_ningxia_and_wuxi_are_not_outside_their_own_areas(zhejiang_open: Area, raw: duckdb.DuckDBPyConnection) -> None:
    for name in ("permit_site", "key_unit_entry"):
        query = f"select count(*) from raw.{name} where list_contains(_flags, 'XY-OUTSIDE')"
        assert raw.execute(query).fetchone() == (0,), name
    assert zhejiang_open.sql("select * from core.dim_enterprise where location_quality = 'outside'") == []
    codes = {row["reason_code"] for row in zhejiang_open.sql("select distinct reason_code from meta.quarantine")}
    assert not [code for code in codes if code.startswith("XY-")]


def test_ningxia_permits_are_loaded_or_told_why_not(zhejiang_open: Area, real: Path) -> None:
    firms = script(real / NINGXIA / "DataAll.js")
    quarantined = zhejiang_open.sql(
        "select record_id, reason_code, field from meta.quarantine join meta.source_file using (file_no) "
        "where path = 'permit/DataAll.js'"
    )
    without_permit = [row for row in quarantined if (row["reason_code"], row["field"]) == ("REQUIRED-EMPTY", "许可证")]
    sites = zhejiang_open.sql("select permit_no from core.dim_enterprise where in_permit")
    assert len(sites) + len({row["record_id"] for row in quarantined}) == len(firms) == 220
    assert len(without_permit) == sum(1 for firm in firms if not firm["许可证"].strip("- "))
    assert {site["permit_no"] for site in sites} <= {firm["许可证"].strip().upper() for firm in firms}


def test_the_gbk_file_has_the_names_of_the_utf8_file(raw: duckdb.DuckDBPyConnection, real: Path) -> None:
    names = "select distinct facility_id from raw.indicator_screening where publisher = ?"
    short = {name for (name,) in raw.execute(names, ["宁夏企业画像 Result_All"]).fetchall()}
    told = {
        firm["enterpriseName"].strip() for firm in script(real / NINGXIA / "Result_All_eng_numeric.json", "gb18030")
    }
    assert len(short) == len(told) == 220
    long = {name for (name,) in raw.execute(names, ["宁夏企业画像 DataAll"]).fetchall()}
    assert len(short & long) > 200


def test_ningxia_enterprises_are_no_blank_and_have_no_grade(zhejiang_open: Area) -> None:
    """Their permits name mercury or benzene and nobody states a quantity: 资料不足, whatever others graded them."""
    rows = zhejiang_open.sql("select grade, to_next_grade, score, reason_codes from risk_grade.source_grade")
    assert len(rows) > 60
    assert all(row["grade"] is None and row["score"] is None for row in rows)
    assert all(row["to_next_grade"].startswith("资料不足") for row in rows)
    assert all("UNKNOWN-LOAD" in row["reason_codes"] for row in rows)
    present = zhejiang_open.sql(
        "select name_cn, is_emitted, is_permitted, emission_score from inventory.risk_pollutant where is_risk_pollutant"
    )
    assert {"汞", "砷", "苯"} <= {row["name_cn"] for row in present}
    assert all(row["is_permitted"] and not row["is_emitted"] and row["emission_score"] is None for row in present)


def test_what_ningxia_states_can_be_compared(raw: duckdb.DuckDBPyConnection) -> None:
    """Limits, medians and shares of exceedance by outlet against the grade that others gave (1 good, 4 bad): the grade
    rests on other things too."""
    series = raw.execute(
        "select facility_id, outlet_no, pollutant_name, max(value) filter (where measure = 'median') as middle, "
        "max(value) filter (where measure = 'standard') as limit_value, "
        "max(value) filter (where measure = 'exceed') as exceeded "
        "from raw.indicator_screening where publisher = '宁夏企业排放口趋势' group by all"
    ).fetchall()
    assert len({(name, outlet) for name, outlet, *_ in series}) > 390
    assert sum(limit is not None for *_, limit, _ in series) > 1000
    assert sum(middle is not None and limit is not None and middle > limit for *_, middle, limit, _ in series) < 20
    worst: dict[str, float] = {}
    for name, *_, exceeded in series:
        worst[name] = max(worst.get(name, 0.0), exceeded or 0.0)
    levels = dict(
        raw.execute(
            "select facility_id, value from raw.indicator_screening "
            "where publisher = '宁夏企业画像 DataAll' and measure = 'level'"
        ).fetchall()
    )
    assert Counter(levels.values()) == {2: 137, 3: 45, 1: 26, 4: 12}
    pairs = [(levels[name], share) for name, share in worst.items() if name in levels]
    agreement = float(stats.spearmanr(*zip(*pairs, strict=True)).statistic)
    assert len(pairs) > 210 and 0.05 < agreement < 0.3


def test_a_file_of_totals_only_is_refused_and_listed(zhejiang_open: Area) -> None:
    (file,) = zhejiang_open.sql("select * from meta.source_file where path = 'indicator/GroupProfile.js'")
    assert (file["status"], file["records_read"], file["records_quarantined"]) == ("refused", 1, 1)


def test_surface_water_values_are_the_raw_ones(raw: duckdb.DuckDBPyConnection, real: Path) -> None:
    """A cell shows a rounded number; its title holds the number as measured."""
    (path,) = (real / "cn_surface_water_realtime").glob("*.json")
    cells = [cell for row in script(path)["tbody"] for cell in row[5:]]
    titles = [float(found.group(1)) for cell in cells if (found := re.search(r"原始值：([-\d.eE+]+)", cell or ""))]
    query = "select value from raw.monitoring_sample where network = '国家地表水自动站' and value is not null"
    landed = [value for (value,) in raw.execute(query).fetchall()]
    assert len(titles) == len(landed) > 1500
    assert math.fsum(landed) == pytest.approx(math.fsum(titles), rel=1e-12)


def test_the_printed_table_says_its_river_once(raw: duckdb.DuckDBPyConnection) -> None:
    query = (
        "select remark, count(distinct site_id), count(value) from raw.monitoring_sample where network = ? group by 1"
    )
    found = {
        river: (sites, values) for river, sites, values in raw.execute(query, ["浙江省水质自动监测月报"]).fetchall()
    }
    assert found == {"钱塘江": (6, 23), "京杭运河": (3, 11)}


@pytest.mark.parametrize("city", ["宁波", "舟山"])
def test_daily_air_without_a_header_stands_in_the_right_columns(
    raw: duckdb.DuckDBPyConnection, real: Path, city: str
) -> None:
    body = rows(real / f"cn_ningbo_air_daily/daily_{city}.csv")
    query = (
        "select pollutant_id, count(value), sum(value) from raw.monitoring_sample "
        "where network = '城市空气质量日报' and averaging_time = '24h' and site_id = ? group by 1"
    )
    found = {pollutant: (n, total) for pollutant, n, total in raw.execute(query, [city]).fetchall()}
    for place, pollutant in enumerate(["PM2.5", "PM10", "SO2", "CO", "NO2", "O3"], start=5):
        numbers = [float(row[place]) for row in body]
        count, total = found[_id(pollutant)]
        assert (count, total) == (len(numbers), pytest.approx(math.fsum(numbers), rel=1e-12)), pollutant


@pytest.mark.parametrize(("city", "area_id"), [("宁波", "ningbo"), ("舟山", "zhoushan")])
def test_a_city_has_the_indicators_that_its_series_can_give(
    zhejiang_open: Area, real: Path, city: str, area_id: str
) -> None:
    """PM2.5 and the share of days 优 or 良 of the three whole years; December 2013 and January 2017 are no year.
    Ozone's column states no averaging time of ours: Q3 is a gap, and the days are judged by the grade each states."""
    years: dict[int, list[float]] = {}
    good: dict[int, list[bool]] = {}
    for row in rows(real / f"cn_ningbo_air_daily/daily_{city}.csv"):
        years.setdefault(int(row[1][:4]), []).append(float(row[5]))
        good.setdefault(int(row[1][:4]), []).append(row[4] in ("优", "良"))
    found = zhejiang_open.sql(
        f"select indicator_id, year, value, origin from green_index.indicator_value where area_id = '{area_id}'"
    )
    assert {row["indicator_id"] for row in found} == {"Q1", "Q2"} and {row["origin"] for row in found} == {"computed"}
    expected = {year: math.fsum(values) / len(values) for year, values in years.items() if len(values) >= 324}
    assert set(expected) == {2014, 2015, 2016}
    assert {row["year"]: row["value"] for row in found if row["indicator_id"] == "Q2"} == pytest.approx(expected)
    days = {year: 100.0 * sum(good[year]) / len(good[year]) for year in expected}
    assert {row["year"]: row["value"] for row in found if row["indicator_id"] == "Q1"} == pytest.approx(days)
    levels = zhejiang_open.sql(f"select distinct level from green_index.annual_index where area_id = '{area_id}'")
    assert levels == [{"level": "not_rated"}]


def test_what_the_index_lacks_is_a_stated_gap(zhejiang_open: Area) -> None:
    """Population and product are denominators: no indicator is made of them alone."""
    gaps = {
        row["gap_id"]: row["missing"]
        for row in zhejiang_open.sql("select gap_id, missing from meta.gap where gap_id like 'INDICATOR%'")
    }
    known = zhejiang_open.sql("select distinct indicator_id as id from green_index.indicator_value")
    listed = zhejiang_open.sql("select indicator_id as id from green_index.indicator")
    lacking = {row["id"] for row in listed} - {row["id"] for row in known}
    assert {f"INDICATOR:{name}" for name in lacking} <= gaps.keys() and not {"Q1", "Q2"} & lacking
    assert "46" in gaps["INDICATOR-OTHER:population_year_end"] and "46" in gaps["INDICATOR-OTHER:gdp"]


def _id(name: str) -> str:
    return {"SO2": "7446-09-5", "CO": "630-08-0", "NO2": "10102-44-0", "O3": "10028-15-6"}.get(name, name)


@pytest.mark.parametrize(
    ("city", "repeated"), [("宁波", 45), ("舟山", 12), ("绍兴", 20), ("台州", 15), ("嘉兴", 8), ("杭州", 22)]
)
def test_repeated_hours_are_skipped_once(zhejiang_open: Area, real: Path, city: str, repeated: int) -> None:
    body = table(real / f"cn_ningbo_air_hourly/{city}.csv")
    keys = Counter((row["Date"], row["Hour"], row["WatchPoint"]) for row in body)
    assert len(body) - len(keys) == repeated
    (file,) = zhejiang_open.sql(f"select * from meta.source_file where path = 'monitoring/{city}.csv'")
    assert (file["records_loaded"], file["records_skipped"]) == (7 * len(keys), 7 * repeated)


def test_every_county_of_the_code_list_is_an_area(zhejiang_open: Area, real: Path) -> None:
    counties = {row["code"]: row["name"] for row in table(real / "cn_ningbo_geo/areas_zhejiang.csv")}
    areas = zhejiang_open.sql("select area_id, name_cn from core.dim_area where area_kind = 'city'")
    assert len(counties) == 90
    assert counties.items() <= {area["area_id"]: area["name_cn"] for area in areas}.items()


def test_boundaries_are_moved_back_from_gcj02(zhejiang_open: Area, real: Path) -> None:
    """The offset of GCJ-02 round Ningbo is some 400 m to 600 m."""
    features = script(real / "cn_ningbo_geo/admin_boundary_ningbo_zhoushan.geojson")["features"]
    areas = zhejiang_open.sql(
        "select area_id, name_cn, geometry_wkt from core.dim_area where area_kind = 'city' and geometry_wkt is not null"
    )
    assert len(areas) == len(features) == 13
    stored = {area["name_cn"]: area["geometry_wkt"] for area in areas}
    for feature in features:
        longitudes, latitudes = zip(*_points(feature["geometry"]["coordinates"]), strict=True)
        numbers = [
            tuple(map(float, pair)) for pair in re.findall(r"([\d.]+) ([\d.]+)", stored[feature["properties"]["name"]])
        ]
        west, south = min(x for x, _ in numbers) - min(longitudes), min(y for _, y in numbers) - min(latitudes)
        metres = math.hypot(west * 111_320 * math.cos(math.radians(30)), south * 111_320)
        assert 300 < metres < 800, feature["properties"]["name"]


def _points(coordinates: list) -> list[tuple[float, float]]:
    if isinstance(coordinates[0], int | float):
        return [(coordinates[0], coordinates[1])]
    return [point for part in coordinates for point in _points(part)]


def test_population_and_product_are_those_of_the_yearbook(raw: duckdb.DuckDBPyConnection, real: Path) -> None:
    (path,) = (real / "cn_ningbo_socio").glob("*.csv")
    header, *body = rows(path)
    query = "select year, value from raw.indicator_value where indicator_id = ? order by year"
    for place, indicator in ((1, "population_year_end"), (2, "gdp")):
        stated = [(int(row[0]), float(row[place])) for row in body]
        assert raw.execute(query, [indicator]).fetchall() == stated, header[place]


def test_the_hourly_snapshot_takes_zero_as_missing(raw: duckdb.DuckDBPyConnection, real: Path) -> None:
    (path,) = (real / "cn_ningbo_air_hourly").glob("*.json.gz")
    stations = script(path)
    assert len(stations) == 1529
    present = sum(1 for station in stations if station["pm10"] and station["time_point"] == "2016-01-09T07:00:00Z")
    query = (
        "select count(value) from raw.monitoring_station_hour where pollutant_id = 'PM10' and averaging_time = '1h' "
        "and sampled_at = '2016-01-09 06:00:00'"
    )
    assert raw.execute(query).fetchone() == (present,)


def test_sites_with_coordinates_lie_in_the_area(zhejiang_open: Area) -> None:
    sites = zhejiang_open.sql("select * from core.dim_monitoring_site where longitude is not null")
    assert len(sites) >= 31
    outside = [s for s in sites if not (117.9 <= s["longitude"] <= 123.6 and 27.0 <= s["latitude"] <= 31.3)]
    assert outside == []
