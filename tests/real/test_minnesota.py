"""Metals in the air of Minneapolis through the whole of monitoring: a landing folder in the national long layout made
of the real results, built, and its statistics against the same kernel's over the file itself.

The file marks a non-detect by a column and writes 0; the long layout writes ``<limit``, so the rows are rewritten here.
Does not belong here: the methods (test_monitoring_methods).
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.area import Area

AREA = """
name: minnesota
name_cn: 明尼阿波利斯（公开数据）
name_en: Minneapolis (open data)
is_fictional: false
extends: national
time_zone: America/Chicago
crs_metric: EPSG:32615
grid_m: 1000
bounds: [-93.5, 44.8, -92.9, 45.2]
zone_id: minnesota
areas:
  - {area_id: minnesota, name_cn: 明尼阿波利斯, name_en: Minneapolis, area_kind: area, aliases: [MN]}
parks: []
issuing_unit: null
licence: {name: other-open, title: "Minnesota state data"}
as_of: 2017-12-31
assessment_year: 2016
"""
LEAD = {"Lead LC": "Lead"}  # local conditions: the same metal


@pytest.fixture(scope="module")
def results(real: Path) -> list[dict[str, str]]:
    with (real / "us_mn_air_toxics_nondetect" / "nm_air_data.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def area(results: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Area:
    """The built area."""
    folder = tmp_path_factory.mktemp("minnesota")
    (folder / "minnesota").mkdir()
    (folder / "minnesota" / "area.yml").write_text(AREA, encoding="utf-8")
    monitoring = folder / "landing" / "monitoring"
    monitoring.mkdir(parents=True)
    with (monitoring / "手工监测_201406.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["点位编号", "介质", "采样时间", "平均时间", "项目", "结果", "单位", "检出限"])
        for row in results:
            value = f"<{row['DetectionLimit']}" if row["Censored"] == "TRUE" else row["Result"]
            writer.writerow([
                row["MPCA_SITE_ID"], "环境空气", row["date"], "日均值", LEAD.get(row["Pollutant"], row["Pollutant"]),
                value, "ug/m3", row["DetectionLimit"],
            ])  # fmt: skip
    with (monitoring / "点位表.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["点位编号", "点位名称", "介质", "点位类型", "经度", "纬度", "坐标系", "是否在用"])
        for site in sorted({(r["MPCA_SITE_ID"], r["SITENAME"], r["Longitude"], r["Latitude"]) for r in results}):
            writer.writerow([site[0], site[1], "环境空气", "敏感点", site[2], site[3], "WGS84", "是"])
    built = Area(folder / "landing", folder / "truth", folder / "out", str(folder / "minnesota"))
    done = built.build("--no-reports")
    assert done.returncode == 0, done.stderr
    return built


def test_every_result_is_there_with_its_level(area: Area, results: list[dict[str, str]]) -> None:
    (counted,) = area.sql(
        "select count(*) as n, count(*) filter (where is_nondetect) as nondetects from exposure.monitoring_result"
    )
    (duplicates,) = area.sql("select count(*) as n from meta.skipped where reason_code = 'SKIP-DUPLICATE'")
    (quarantined,) = area.sql("select count(*) as n from meta.quarantine")
    assert counted["n"] + duplicates["n"] + quarantined["n"] == len(results)
    assert counted["nondetects"] / counted["n"] == pytest.approx(0.502, abs=0.01)


def test_the_choice_follows_the_share_of_non_detects(area: Area) -> None:
    rows = area.sql(
        "select n, n_detected, statistic_method, mean, mean_low, mean_high from exposure.monitoring_summary"
    )
    assert len(rows) > 150
    for row in rows:
        share, method = (row["n"] - row["n_detected"]) / row["n"], row["statistic_method"]
        if share == 0:
            assert method == "arithmetic"
        elif share <= 0.15:
            assert method == "half_limit"
        elif share <= 0.5:
            assert method in ("kaplan_meier", "none")
        else:
            assert method in ("kaplan_meier", "ros", "mle", "none")
        if method in ("arithmetic", "half_limit"):
            assert row["mean_low"] * (1 - 1e-9) <= row["mean"] <= row["mean_high"] * (1 + 1e-9)
    assert {row["statistic_method"] for row in rows} >= {"half_limit", "kaplan_meier", "none"}


def test_arsenic_at_its_limit_of_detection_proves_little(area: Area) -> None:
    """A lifetime risk of one in a million is 0.0002 µg/m³ of arsenic, a tenth of what the method sees."""
    rows = area.sql(
        "select distinct is_informative from exposure.monitoring_result "
        "where pollutant_id = '7440-38-2' and is_nondetect"
    )
    assert rows == [{"is_informative": False}]
