"""Metals in the air of Minneapolis, PFAS in a workbook and the calculations of a permit, by the forms of the profile.

Does not belong here: the methods for non-detects (test_monitoring_methods).
"""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import openpyxl
import pytest

from tests.area import Area
from tests.real.conftest import warehouse

pytestmark = pytest.mark.slow

PFOS, PFOA = "1763-23-1", "335-67-1"


@pytest.fixture(scope="module")
def results(real: Path) -> list[dict[str, str]]:
    with (real / "us_mn_air_toxics_nondetect" / "nm_air_data.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def wells(real: Path) -> list[dict[str, object]]:
    """Rows of the sheet of wells that are results of samples of groundwater."""
    book = openpyxl.load_workbook(real / "us_mn_pfas" / "pfas_data.xlsx", read_only=True, data_only=True)
    header, *body = book["gw wells"].iter_rows(values_only=True)
    rows = [dict(zip(header, row, strict=True)) for row in body]
    return [row for row in rows if row["MATRIX_CODE"] == "Wtr-Ground" and row["SAMPLE_TYPE_CODE"] == "Sample"]


@pytest.fixture(scope="module")
def raw(minnesota: Area) -> duckdb.DuckDBPyConnection:
    return warehouse(minnesota)


def test_read_is_loaded_and_quarantined_and_skipped(minnesota: Area) -> None:
    files = minnesota.sql("select * from meta.source_file")
    assert {file["path"].rpartition("/")[2] for file in files} == {
        "nm_air_data.csv",
        "pfas_data.xlsx",
        "emission_calcs.xlsx",
    }
    for file in files:
        parts = file["records_loaded"] + file["records_quarantined"] + file["records_skipped"]
        assert file["records_read"] == parts, file["path"]
        assert file["records_quarantined"] <= 0.02 * file["records_read"], file["path"]


def test_every_metal_is_there_with_its_limit(minnesota: Area, results: list[dict[str, str]]) -> None:
    """A censor mark in a column and 0 as the result: the non-detect is read from its limit."""
    rows = minnesota.sql(
        "select count(*) as n, count(*) filter (where is_nondetect) as nondetects, "
        "count(*) filter (where is_nondetect and value is null and detection_limit > 0) as limited, "
        "sum(value) as total from exposure.monitoring_result where medium = 'ambient_air'"
    )
    censored = [row for row in results if row["Censored"] == "TRUE"]
    (found,) = rows
    assert (found["n"], found["nondetects"], found["limited"]) == (len(results), len(censored), len(censored))
    detected = sum(float(row["Result"]) for row in results if row["Censored"] != "TRUE")
    assert found["total"] == pytest.approx(detected, rel=1e-9)


def test_the_choice_follows_the_share_of_non_detects(minnesota: Area) -> None:
    rows = minnesota.sql(
        "select n, n_detected, statistic_method, mean, mean_low, mean_high from exposure.monitoring_summary "
        "where medium = 'ambient_air'"
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


def test_arsenic_at_its_limit_of_detection_proves_little(minnesota: Area) -> None:
    """A lifetime risk of one in a million is 0.0002 µg/m³ of arsenic, a tenth of what the method sees."""
    rows = minnesota.sql(
        "select distinct is_informative from exposure.monitoring_result "
        "where pollutant_id = '7440-38-2' and is_nondetect"
    )
    assert rows == [{"is_informative": False}]


def test_every_well_is_there_in_micrograms(minnesota: Area, wells: list[dict[str, object]]) -> None:
    """`< 0.3` is below 0.3, eight results are in ng/L, a sulfonate is the acid's."""
    (found,) = minnesota.sql(
        "select count(*) as n, count(*) filter (where is_nondetect) as nondetects, sum(value) as total "
        f"from exposure.monitoring_result where medium = 'groundwater' and pollutant_id in ('{PFOS}', '{PFOA}')"
    )
    (skipped,) = minnesota.sql(
        "select count(*) as n from meta.skipped where sheet = 'gw wells' and reason_code = 'SKIP-DUPLICATE'"
    )
    texts = {
        (row["SYS_SAMPLE_CODE"], row["CHEMICAL_NAME"]): (str(row["REPORT_RESULT_TEXT"]), row["REPORT_RESULT_UNIT"])
        for row in wells
    }
    assert len(texts) <= found["n"] <= len(wells) and skipped["n"] > 0
    assert found["nondetects"] / found["n"] == pytest.approx(
        sum(text.startswith("<") for text, _ in texts.values()) / len(texts), abs=0.01
    )
    total = sum(
        float(text) * (0.001 if unit == "ng/L" else 1.0) for text, unit in texts.values() if not text.startswith("<")
    )
    assert found["total"] == pytest.approx(total, rel=0.01)


def test_all_methods_stand_side_by_side(minnesota: Area) -> None:
    rows = minnesota.sql(
        "select site_id, pollutant_id, period, averaging_time, count(*) as methods, "
        "count(*) filter (where is_preferred) as preferred from exposure.censored_estimate group by all"
    )
    assert len(rows) > 300
    assert {row["preferred"] for row in rows} == {1} and min(row["methods"] for row in rows) >= 5


def test_replicates_of_the_field_judge_their_batch(minnesota: Area) -> None:
    rows = minnesota.sql(
        "select passed, count(*) as n from exposure.quality_control where qc_kind = 'parallel' group by 1"
    )
    assert sum(row["n"] for row in rows) >= 20
    assert {row["passed"] for row in rows} >= {True}


def test_parts_of_one_row_are_records_of_their_own(raw: duckdb.DuckDBPyConnection) -> None:
    """Fish of the lakes: one row, a part a substance."""
    query = "select count(*), count(distinct _record_id) from raw.monitoring_sample"
    records, ids = raw.execute(query).fetchone() or (0, 1)
    assert records == ids
    lake = raw.execute(
        "select count(*) filter (where value_qualifier = '<'), count(distinct pollutant_id) from raw.monitoring_sample "
        "where _sheet = 'fish' and unit = 'ug/kg'"
    ).fetchone()
    assert lake is not None and lake[0] > 100 and lake[1] == 4


def test_a_medium_that_is_none_of_ours_is_counted(minnesota: Area) -> None:
    rows = minnesota.sql("select distinct medium from exposure.monitoring_result")
    assert {row["medium"] for row in rows} >= {
        "ambient_air",
        "groundwater",
        "surface_water",
        "waste_water",
        "biota",
        None,
    }
    assert minnesota.sql("select * from meta.gap where gap_id like '%RESULT-MEDIUM%'") != []


def test_a_permits_factors_times_their_throughput_are_its_potentials(minnesota: Area, real: Path) -> None:
    """Recounted with openpyxl: 108 figures, 106 with a factor, all of which come out again."""
    book = openpyxl.load_workbook(real / "us_mn_emissions" / "emission_calcs.xlsx", data_only=True)
    sheet = book["PTE - Segment Emissions Calcs"]
    stated = {
        (str(sheet.cell(row, 5).value), sheet.cell(row, 8).value): sheet.cell(row, 13).value
        for row in range(6, sheet.max_row + 1)
        if sheet.cell(row, 8).value
    }
    rows = minnesota.sql("select * from emission_factor.permit_calculation")
    assert len(rows) == len(stated) == 108
    for row in rows:
        hourly = stated[row["segment_no"], row["pollutant_name"]]
        assert row["stated_kg_h"] == pytest.approx(hourly * 0.45359237)
    assert sum(1 for row in rows if row["is_consistent"]) == 106
    assert {row["pollutant_name"] for row in rows if row["computed_kg_h"] is None} == {"Total HAP"}
    assert minnesota.sql("select * from emission_factor.factor") == []


def test_no_file_of_the_folder_has_a_release_beside_an_amount_made(real: Path) -> None:
    """What a factor in kg/t would need, and what the two workbooks have instead (docs/real_data.md)."""
    book = openpyxl.load_workbook(real / "us_mn_emissions" / "emission_calcs.xlsx", read_only=True, data_only=True)
    summary = list(book["PTE - EU Summary"].iter_rows(min_row=5, values_only=True))
    assert "Actual Emissions" in summary[0][17]
    assert [row for row in summary[1:] if len(row) > 17 and row[17] not in (None, "")] == []
    segments = book["PTE - Segment Emissions Calcs"].iter_rows(min_row=6, values_only=True)
    assert {row[10] for row in segments if isinstance(row[10], int | float)} == {57}, "one rated heat input"
    (sheet,) = openpyxl.load_workbook(
        real / "us_mn_emissions" / "emissions_2015.xlsx", read_only=True, data_only=True
    ).worksheets
    head, *rows = sheet.iter_rows(values_only=True)
    place = {name: number for number, name in enumerate(head)}
    filled = [(*row, *[None] * (len(head) - len(row))) for row in rows]
    plastics = {row[0] for row in filled if str(row[place["NAICS_CODE"]]).startswith("3252")}
    amounts = {row[0] for row in filled if row[place["UNIT_CODE"]] == "GAL"}
    assert (len(plastics), len(amounts), plastics & amounts) == (3, 421, set())
    assert {
        name
        for row in filled
        if row[place["UNIT_CODE"]] == "GAL"
        for name, value in zip(head[7:], row[7:], strict=True)
        if value is not None
    } == {"SOLV IN COAT"}
