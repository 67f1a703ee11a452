"""Files made after bug reports of strangers (tests/landing/strangers), each read by the national forms to what its
maker meant, or told; the books exact."""

from __future__ import annotations

import datetime
import functools
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ehpilot.landing.folder.inventory import take_inventory
from ehpilot.landing.intake import IntakeContext, create_intake_tables, load_source
from ehpilot.profile import Profile, load_profile
from ehpilot.register import Register

CASES = Path(__file__).parent / "strangers"


@pytest.fixture(autouse=True)
def _keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "keys").mkdir()
    monkeypatch.setenv("EHPILOT_KEY_DIR", str(tmp_path / "keys"))


@functools.cache
def _national() -> tuple[Profile, Register]:
    return load_profile("national"), Register.load()


class Case:
    """One landing folder loaded."""

    def __init__(self, case: str):
        profile, register = _national()
        self.con = duckdb.connect()
        create_intake_tables(self.con, register)
        inventory = take_inventory(CASES / case, profile, register)
        for source in sorted(inventory.sources):
            load_source(self.con, inventory, source, IntakeContext.create(profile, register))
        self.assert_books()

    def assert_books(self) -> None:
        wrong = self.rows(
            "select path from intake.source_file "
            "where records_read <> records_loaded + records_quarantined + records_skipped"
        )
        assert wrong == []

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.con.execute(sql).fetchall()

    def faults(self) -> list[tuple[Any, ...]]:
        return self.rows("select row_number, reason_code from intake.quarantine order by file_no, 1, 2, field")

    def skips(self) -> list[tuple[Any, ...]]:
        return self.rows("select row_number, reason_code from intake.skipped order by file_no, 1, 2")

    def messages(self) -> list[str]:
        return [row[0] for row in self.rows("select message from intake.quarantine order by file_no, row_number")]


def test_old_workbooks_are_read_in_their_code_page() -> None:
    case = Case("biff5-gbk-xls/case15")
    assert case.rows("select name from raw.permit_site") == [("宁波虚构旧格式化工有限公司",)]
    assert case.rows("select count(*) from raw.permit_outlet") == [(3,)]
    assert case.faults() == []


def test_marks_of_the_weather_service() -> None:
    case = Case("cma-weather-codes/case19")
    assert case.rows(
        "select wind_direction_deg, wind_speed_m_s, temperature_c, cloud_cover_tenth from raw.meteorology_hour "
        "order by observed_at"
    ) == [
        (None, 0.2, 4.9, 10), (None, None, 4.5, None), (None, 0, 5.2, 8), (22.5, 3.1, 5.2, 8), (None, 0.1, 5.2, 8),
        (360, 3.1, None, 8), (45, 3.1, 5.0, None), (90, None, 5.0, 8), (45, 2.2, 5.0, 8),
    ]  # fmt: skip
    flagged = case.rows("select _flags from raw.meteorology_hour order by observed_at")
    assert [bool(row[0]) for row in flagged] == [False, True, False, False, False, True, True, True, False]


def test_texts_that_a_portal_wrapped_against_excel() -> None:
    case = Case("csv-equals-quote/case11")
    assert case.rows("select name, industry_code, employees from raw.census_site order by _row") == [
        (f"宁波虚构{letter}十一化工有限公司", "2614", number)
        for letter, number in zip("甲乙丙丁", (120, 130, 140, 150), strict=True)
    ]


def test_lost_letters_are_told() -> None:
    assert Case("damaged-names/case28b").faults() == [(2, "ENCODING"), (3, "ENCODING")]
    half = Case("gbk-half-character/case12")
    assert half.rows("select _row, _flags from raw.census_site order by 1") == [(2, []), (3, ["ENCODING"]), (4, [])]


def test_marks_at_the_end_of_a_file() -> None:
    case = Case("end-of-file-and-sep/case13")
    assert case.rows("select value from raw.monitoring_station_hour order by sampled_at") == [
        (11,),
        (12,),
        (11,),
        (12,),
    ]
    assert (case.faults(), case.skips()) == ([], [])


@pytest.mark.parametrize(("case", "features"), [("case17", 4), ("case17a", 0)])
def test_shapes_in_metres_are_told_and_shapefiles_read(case: str, features: int) -> None:
    found = Case(f"geojson-metres-or-swapped/{case}")
    assert found.rows("select count(*) from raw.geography_feature") == [(features,)]
    codes = found.rows("select reason_code, count(*) from intake.quarantine group by 1 order by 1")
    assert codes == [("FILE-TYPE", 2), ("XY-FORMAT", 1)] if features else [("XY-FORMAT", 1)]
    if features:
        assert ("虚构园区壳",) in found.rows("select name from raw.geography_feature")
        assert sum("KML" in message for message in found.messages()) == 2


def test_markup_under_a_name_of_excel_is_told_with_its_advice() -> None:
    case = Case("html-saved-as-xls/case14")
    assert [code for _, code in case.faults()] == ["FILE-TYPE"] * 4
    assert all("另存为xlsx" in message for message in case.messages())


def test_invisible_marks_go_and_lost_digits_are_told() -> None:
    case = Case("invisible-characters/case23")
    assert case.rows("select quantity_t, cas_no from raw.chemical_survey_use order by _row") == [
        (number, "71-43-2") for number in (12.5, 13.5, 14.5, 15.5, 18.5)
    ]
    assert any("已被Excel丢失" in message for message in case.messages())


def test_a_key_that_became_a_date_is_what_was_typed() -> None:
    case = Case("key-became-date/case05")
    assert case.rows("select outlet_no, _flags from raw.permit_outlet order by _row") == [
        ("3-1", ["SHOWN-AS"]), ("3-2", ["SHOWN-AS"]), ("3-3A", []),
    ]  # fmt: skip
    assert case.rows("select outlet_no from raw.permit_release") == [("3-1",)]


def test_keys_are_what_a_number_format_shows() -> None:
    case = Case("key-number-format/case04")
    assert case.rows("select outlet_no, _flags from raw.permit_outlet order by _row") == [
        ("DA001", ["SHOWN-AS"]), ("DA002", ["SHOWN-AS"]),
    ]  # fmt: skip
    assert case.rows("select count(*) from raw.indicator_value") == [(0,)]
    assert (2, "UNIT-UNKNOWN") in case.faults()


def test_a_merged_amount_counts_once() -> None:
    case = Case("merged-quantity/case27")
    assert case.rows("select outlet_no, quantity, _flags from raw.permit_release order by _row") == [
        ("DA001", 5, []), ("DA002", None, ["MERGED-AMOUNT"]), ("DA003", 1, []),
    ]  # fmt: skip


def test_october_that_lost_its_nought() -> None:
    case = Case("month-2025-10/case06")
    assert case.rows("select period from raw.permit_release order by _row") == [
        ("2025-10",),
        ("2025-12",),
        ("2025-10",),
    ]
    assert case.faults() == [(3, "DATE")]


def test_signs_in_a_column_of_their_own() -> None:
    case = Case("qualifier-column/case22")
    assert case.rows("select value, value_qualifier, value_limit from raw.monitoring_sample order by _row") == [
        (None, "ND", 0.4), (None, "ND", 0.4), (1.2, "", None), (None, "<", 0.4), (None, "ND", 0.4),
    ]  # fmt: skip


def test_a_list_in_two_columns() -> None:
    case = Case("side-by-side-tables/case30")
    assert case.rows("select sequence_no, water, air from raw.key_unit_entry order by 1") == [
        (1, True, None), (2, True, None), (3, None, True), (4, True, None),
    ]  # fmt: skip
    assert case.rows("select records_read from intake.source_file") == [(4,)]


def test_sixty_seconds_and_metres() -> None:
    case = Case("sixty-seconds/case18")
    assert case.rows("select longitude, latitude from raw.receptor_place order by _row limit 1") == [(122.5, 28.5)]
    assert sum("以米计" in message for message in case.messages()) == 2
    assert {code for _, code in case.faults()} == {"XY-FORMAT", "REQUIRED-EMPTY"}


def test_a_second_table_is_read_by_its_own_head() -> None:
    case = Case("stacked-tables/case08")
    below = "select pollutant_id, value, unit from raw.monitoring_sample where _row > 9 order by _row, value"
    assert case.rows(below) == [
        ("107-13-1", 0.5, "mg/m3"), ("100-42-5", 77, "ng/m3"), ("107-13-1", 0.6, "mg/m3"), ("100-42-5", 78, "ng/m3"),
    ]  # fmt: skip
    assert case.faults() == []
    assert case.skips() == [(7, "SKIP-BLANK"), (8, "SKIP-HEADER"), (9, "SKIP-HEADER")]


def test_flags_of_stations_and_summary_rows() -> None:
    case = Case("station-flags-units/case20")
    hours = "select value_text, value, _flags from raw.monitoring_station_hour order by _row, pollutant_id"
    assert case.rows(hours) == [
        ("21", 21, []), ("11(N)", 11, []), ("22(Re)", None, ["FLAGGED"]), ("12(H)", None, ["FLAGGED"]),
        ("23(LSp)", None, ["FLAGGED"]), ("13", 13, []), ("24*", None, ["FLAGGED"]), ("14N", 14, []),
    ]  # fmt: skip
    assert case.skips() == [(6, "SKIP-TOTAL"), (7, "SKIP-TOTAL")]


def test_totals_in_the_outlet_column_are_no_outlets() -> None:
    case = Case("totals-inner-column/case09")
    assert case.rows("select permit_no[:17], sum(quantity) from raw.permit_release where outlet_no is not null "
                     "group by 1 order by 1") == [
        ("91990000900000901", 5), ("91990000900000902", 2.5), ("91990000900000903", 4),
    ]  # fmt: skip
    assert case.rows("select outlet_no, quantity from raw.permit_release where outlet_no is null") == [(None, 4)]
    assert case.rows("select sum(quantity) from raw.census_release") == [(50,)]


def test_two_numbers_in_a_cell_are_no_number() -> None:
    case = Case("two-values-one-cell/case10")
    assert case.rows("select value from raw.monitoring_sample order by 1") == [(1234.5,), (120135.0,)]
    assert case.faults() == [(row, "NUMBER") for row in (2, 3, 4, 7)]


@pytest.mark.parametrize("case", ["unit-column-not-taken/case25e", "unit-stated-above/case25"])
def test_a_unit_said_beside_or_above_is_applied(case: str) -> None:
    assert Case(case).rows("select quantity, unit from raw.permit_release") == [(pytest.approx(0.45), "t")]


def test_times_of_an_interface_are_moved() -> None:
    case = Case("utc-z/case07")
    assert case.rows("select sampled_at from raw.monitoring_station_hour order by 1") == [
        (datetime.datetime(2025, 3, 1, hour),) for hour in range(5)
    ]


def test_writers_of_workbooks() -> None:
    case = Case("workbook-writers-ok/case01")
    days = case.rows("select distinct sample_no, sampled_at from raw.monitoring_sample order by 1")
    assert days == [
        ("K01-0301", datetime.datetime(2025, 3, 5, 9, 30)), ("K01-0302", datetime.datetime(2025, 3, 6, 9, 30)),
        ("K01-0401", datetime.datetime(2025, 4, 5, 9, 30)), ("K01-0501", datetime.datetime(2025, 5, 5)),
    ]  # fmt: skip


def test_the_year_of_a_title_decides_between_two_in_a_name() -> None:
    assert Case("year-in-filename/case26").rows("select survey_year from raw.chemical_survey_use") == [(2024,)]


def test_every_case_is_a_test() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    assert [folder.name for folder in CASES.iterdir() if f"{folder.name}/" not in text] == []
