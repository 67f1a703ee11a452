"""The intake and the generator's truth say the same of every file, record and value.

Does not belong here: the machinery of the comparison (agreement.py), the intake's own tests (tests/landing).
"""

from __future__ import annotations

import math
import unicodedata
from pathlib import Path

import pytest

from ehpilot.demo import generate
from tests.demo import agreement
from tests.demo.agreement import Books

SCALE = 0.5  # the smallest at which every kind of dirt is there


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("agreement")


@pytest.fixture(scope="module")
def books(truth: Path, key_folder: Path) -> Books:
    generate(truth / "landing", truth, scale=SCALE, is_hostile=True)
    return agreement.load(truth / "landing", truth / "warehouse.duckdb")


def refused(truth: Path) -> set[str]:
    return {path for path, row in agreement.expected_counts(truth).items() if row[4] == "refused"}


def test_every_kind_of_dirt_is_there(truth: Path, books: Books) -> None:
    codes = {row["reason_code"] for row in agreement.truth_rows(truth, "spoilt")}
    wanted = (
        "FILE-TYPE FILE-PASSWORD FILE-TRUNCATED FILE-BOMB FILE-LINK NO-FORM NO-HEADER ENCODING FIELD-COUNT "
        "REQUIRED-EMPTY NUMBER NUMBER-RANGE NUMBER-NEGATIVE NUMBER-PHYSICAL UNIT-UNKNOWN UNIT-SLIP DATE "
        "DATE-AFTER-AS-OF XY-FORMAT XY-SWAPPED XY-ZERO XY-OUTSIDE XY-OFFSET CODE-CHECK CODE-OLD CAS-CHECK "
        "POLLUTANT-UNKNOWN DUP-DIFF LOD-ABOVE-VALUE FLAGGED MISSING-MARK FORMULA-NO-VALUE HIDDEN-ROW DECISION-KIND "
        "DECISION-OBJECT DECISION-CYCLE SKIP-BLANK SKIP-HEADER SKIP-TOTAL SKIP-NOTE SKIP-DUPLICATE"
    )
    assert set(wanted.split()) <= codes


def test_every_raw_table_of_a_chinese_paper_has_records(books: Books) -> None:
    empty = {
        name
        for name in books.register.raw_tables
        if books.con.execute(f'select count(*) from raw."{name}"').fetchone() == (0,)
    }
    # registers, scores and calculations of other countries
    assert empty == {"census_industry", "indicator_screening", "permit_calculation", "permit_production_ratio"}


def test_workers_are_counted_where_their_air_is_measured_and_asked_in_two_units_of_a_stratum(books: Books) -> None:
    alone = books.con.execute(
        "select count(*) from raw.monitoring_workplace as w anti join raw.receptor_job as j "
        "on (j.enterprise_name, j.workshop, j.job) = (w.enterprise_name, w.workshop, w.job)"
    ).fetchone()
    assert alone is not None and alone[0] <= 2 * 4  # a job whose record was spoilt: two substances, two years, two jobs
    units = books.con.execute("select min(n), count(*) from (select count(distinct psu) as n "
                              "from raw.exposure_survey_person group by stratum)").fetchone()  # fmt: skip
    assert units is not None and units[0] >= 2 and units[1] >= 3


def test_projects_lie_in_one_park_and_a_plan_has_plots_and_scenarios(books: Books) -> None:
    parks = books.con.execute("select distinct park from raw.project_project").fetchall()
    assert len(parks) == 1
    assert books.con.execute(
        "select count(*) from raw.project_release as r "
        "anti join raw.project_project as p on p.project_id = r.project_id"
    ).fetchone() == (0,)
    plots = books.con.execute("select count(distinct plot), count(distinct scenario) from raw.project_plan_release")
    assert plots.fetchone() == (4, 2)


def test_counts_of_every_file_agree(truth: Path, books: Books) -> None:
    expected, found = agreement.expected_counts(truth), books.counts()
    assert set(found) == set(expected)
    assert {path: (row, found[path]) for path, row in expected.items() if row != found[path]} == {}


def test_exactly_the_spoilt_records_are_quarantined(truth: Path, books: Books) -> None:
    expected = agreement.spoilt(truth, "quarantined")
    found = {place for place in books.quarantined() if place[0] not in refused(truth)}
    assert found == expected, agreement.differences(expected, found)


def test_refused_files_carry_their_code(truth: Path, books: Books) -> None:
    expected = {
        (row["path"], row["reason_code"])
        for row in agreement.truth_rows(truth, "spoilt")
        if row["disposition"] == "refused"
    }
    found = {(path, code) for path, _, _, code in books.quarantined() if path in refused(truth)}
    assert found == expected


def test_exactly_the_rows_that_are_no_records_are_skipped(truth: Path, books: Books) -> None:
    copies = {path for path, row in agreement.expected_counts(truth).items() if row[4] == "duplicate"}
    expected = agreement.spoilt(truth, "skipped")
    found = {place for place in books.skipped() if place[0] not in copies}
    assert found == expected, agreement.differences(expected, found)


def test_odd_records_are_loaded_and_flagged(truth: Path, books: Books) -> None:
    expected = agreement.spoilt(truth, "loaded_flagged")
    # a slash for "none" is a missing mark that belongs to the forms; it is in thousands of clean rows
    found = {place for place in books.flagged() if place[3] != "MISSING-MARK" or place in expected}
    assert found == expected, agreement.differences(expected, found)


def test_amounts_are_read_as_they_were_meant(truth: Path, books: Books) -> None:
    slips = {
        (row["path"], row["sheet"], row["row"])
        for row in agreement.truth_rows(truth, "spoilt")
        if row["reason_code"] == "UNIT-SLIP"
    }
    tonnes = {"t": 1.0, "kg": 1e-3, "g": 1e-6}
    loaded = {}
    for table, sheet in (("permit_release", "_sheet"), ("census_release", "''"), ("site_survey_release", "_sheet")):
        for path, name, row, quantity, unit in books.con.execute(
            f"select path, {sheet}, _row, quantity, unit from raw.{table} join intake.source_file on file_no = _file_no"
        ).fetchall():
            loaded[path, name, str(row)] = quantity * tonnes[unit]
    seen = 0
    for claim in agreement.truth_rows(truth, "claims"):
        place = (claim["path"], claim["sheet"], claim["row"])
        if place in loaded and place not in slips:
            seen += 1
            assert math.isclose(loaded[place], float(claim["claimed_t"]), rel_tol=2e-3, abs_tol=1e-12), claim
    assert seen > 3000


@pytest.mark.parametrize(
    ("table", "key", "facts", "fact_key"),
    [
        ("permit_site", "permit_no", "sites", "permit_no"),
        ("receptor_place", "name", "receptors", "name"),
        ("monitoring_site", "site_id", "monitoring_sites", "site_id"),
    ],
)
def test_places_are_repaired_to_within_a_few_metres(
    truth: Path, books: Books, table: str, key: str, facts: str, fact_key: str
) -> None:
    true = {
        unicodedata.normalize("NFKC", row[fact_key]): (float(row["longitude"]), float(row["latitude"]))
        for row in agreement.truth_rows(truth, facts)
    }
    rows = books.con.execute(
        f"select {key}, longitude, latitude from raw.{table} where longitude is not null"
    ).fetchall()
    named = [(unicodedata.normalize("NFKC", row[0]), *row[1:]) for row in rows]
    known = [(longitude, latitude, true[name]) for name, longitude, latitude in named if name in true]
    assert len(known) > 30
    for longitude, latitude, (east, north) in known:
        assert abs(longitude - east) < 3e-5 and abs(latitude - north) < 3e-5


def test_results_are_read_near_their_true_value_and_non_detects_as_none(truth: Path, books: Books) -> None:
    rows = books.con.execute(
        "select path, _sheet, _row, pollutant_id, value, value_qualifier from raw.monitoring_sample "
        "join intake.source_file on file_no = _file_no where len(_flags) = 0 or _flags is null"
    ).fetchall()
    loaded = {(path, sheet, str(row), pollutant): (value, mark) for path, sheet, row, pollutant, value, mark in rows}
    seen = 0
    for fact in agreement.truth_rows(truth, "monitoring_results"):
        place = (fact["path"], fact["sheet"], fact["row"], fact["pollutant_id"])
        if place not in loaded:
            continue
        value, mark = loaded[place]
        seen += 1
        if fact["is_nondetect"] == "true":
            assert value is None and mark in ("<", "ND"), (fact, value, mark)
        else:
            assert 0.6 < value / float(fact["true_value"]) < 1.7, (fact, value)
    assert seen > 5000


def test_odd_notations_are_read_as_they_were_meant(truth: Path, books: Books) -> None:
    variants = agreement.truth_rows(truth, "variants")
    assert len(variants) > 20
    for variant in variants:
        found = books.value(variant["path"], variant["sheet"], int(variant["row"]), variant["field"])
        assert _same(found, variant["means"]), (variant, found)


def _same(found: object, meant: str) -> bool:
    if isinstance(found, float | int):
        return math.isclose(float(found), float(meant.rstrip("%")), rel_tol=1e-4)
    plain = unicodedata.normalize("NFKC", meant).replace(" ", "")
    return unicodedata.normalize("NFKC", str(found)).replace(" ", "").startswith(plain)


def test_hours_named_by_their_end_begin_one_hour_earlier(truth: Path, books: Books) -> None:
    first, last = books.con.execute(
        "select min(sampled_at), max(sampled_at) from raw.monitoring_station_hour"
    ).fetchone()  # type: ignore[misc]
    assert str(first) == "2025-01-01 00:00:00" and str(last) == f"{agreement.AS_OF} 23:00:00"


def test_no_name_of_a_person_is_stored_unless_that_person_agreed(truth: Path, books: Books) -> None:
    told = set()
    for schema in ("raw", "intake"):
        for (table,) in books.con.execute(
            "select table_name from information_schema.tables where table_schema = ?", [schema]
        ).fetchall():
            columns = books.con.execute(
                "select column_name from information_schema.columns where table_schema = ? and table_name = ? "
                "and data_type = 'VARCHAR'",
                [schema, table],
            ).fetchall()
            for (column,) in columns:
                if books.con.execute(
                    f'select count(*) from {schema}."{table}" where "{column}" like \'%测试人%\''
                ).fetchone()[0]:  # type: ignore[index]
                    told.add((table, column))
    assert told <= {("pilot_expert", "display_name"), ("pilot_expert", "_cells")}
    open_names = books.con.execute("select display_name is not null, consent from raw.pilot_expert").fetchall()
    assert all(shown == (consent == "是") for shown, consent in open_names)
