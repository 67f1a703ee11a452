"""D04 prints what the marts say: totals by level, bounds apart, drivers as shares, cards with what is known.

Does not belong here: the equations (tests/dbt/test_risk_equations.py), the draws (tests/kernels), rules of single
steps (unit tests beside the models).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from ehpilot.register import Register
from tests.dbt_exposure.monitoring_records import all_records, sample
from tests.dbt_inventory.hand_made import HandMade, run_dbt
from tests.dbt_inventory.records import BENZENE

TRICHLOROETHYLENE, ARSENIC, TETRABROMOBISPHENOL = "79-01-6", "7440-38-2", "79-94-7"


@pytest.fixture(scope="module")
def d04(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """D04 over the monitoring records: a school within 1 km of a soil site, a home farther off, drinking water."""
    folder = tmp_path_factory.mktemp("d04")
    made = HandMade(folder / "warehouse.duckdb", Register.load())
    all_records(made)
    for site, medium, latitude in (("D1", "饮用水", 29.95), ("T1", "土壤", 29.951)):
        made.add(
            "monitoring_site", site_id=site, medium=medium, site_role="敏感点", longitude=121.85, latitude=latitude
        )
    for day in (1, 2, 3, 4):
        at = f"2025-06-0{day} 09:00"
        sample(made, 2, "D1", at, BENZENE, 0.5 + day / 10, medium="饮用水", unit="ug/L")
        sample(made, 2, "D1", at, TRICHLOROETHYLENE, None, medium="饮用水", unit="ug/L", below=0.2)
        sample(made, 2, "D1", at, TETRABROMOBISPHENOL, 0.01 * day, medium="饮用水", unit="ug/L")
        sample(made, 2, "T1", at, ARSENIC, 8.0 + day, medium="土壤", unit="mg/kg")
    for name, kind, people, latitude in (("校", "学校", 300.0, 29.953), ("宅", "居民区", 900.0, 29.99)):
        made.add(
            "receptor_place", name=name, receptor_kind=kind, longitude=121.85, latitude=latitude, population=people
        )
    made.close()
    run_dbt(
        made.path,
        folder / "target",
        "--select",
        "+path:models/report/d04",
        "+soil_screening",
        "--indirect-selection",
        "empty",
    )
    with duckdb.connect(str(made.path), read_only=True) as connection:
        yield connection


def one(connection: duckdb.DuckDBPyConnection, sql: str) -> tuple[Any, ...]:
    row = connection.execute(sql).fetchone()
    assert row is not None
    return row


def test_every_sensitive_place_has_one_row_and_the_summary_counts_them(d04: duckdb.DuckDBPyConnection) -> None:
    places = one(
        d04,
        "select count(distinct place_id) from exposure.health_risk_total "
        "where place_kind = 'receptor' and population_group = 'resident_life'",
    )
    assert places == one(d04, "select count(*) from report.d04_receptor")
    counts = one(d04, "select high_count + attention_count + acceptable_count + unknown_count from report.d04_summary")
    assert counts == places == one(d04, "select receptor_count from report.d04_summary") and places[0] > 0


def test_soil_reaches_a_kilometre_and_water_the_whole_area(d04: duckdb.DuckDBPyConnection) -> None:
    media = d04.execute(
        "select receptor.name, list_sort(array_agg(distinct medium)) from exposure.health_risk as risk "
        "join core.dim_receptor as receptor on receptor.receptor_id = risk.place_id group by receptor.name order by 1"
    ).fetchall()
    assert media == [("宅", ["drinking_water"]), ("校", ["drinking_water", "soil"])]


def test_totals_are_the_sums_of_the_rows_that_are_no_bound(d04: duckdb.DuckDBPyConnection) -> None:
    wrong = d04.execute(
        "select total.place_id, total.population_group, total.cancer_risk, summed.cancer_risk "
        "from exposure.health_risk_total as total join (select place_id, population_group, "
        "sum(cancer_risk) as cancer_risk, sum(hazard_quotient) as hazard from exposure.health_risk "
        "where not is_bounding "
        "group by all) as summed using (place_id, population_group) "
        "where abs(total.cancer_risk - summed.cancer_risk) > 1e-12 "
        "or abs(total.hazard_index - summed.hazard) > 1e-9 * summed.hazard"
    ).fetchall()
    assert wrong == []


def test_a_bound_is_printed_apart_and_never_a_zero(d04: duckdb.DuckDBPyConnection) -> None:
    assert one(d04, "select count(*) from exposure.health_risk where is_bounding and cancer_risk_p95 is not null") == (
        0,
    )
    bound = one(d04, "select count(distinct pollutant_id || medium) from exposure.health_risk where is_bounding")
    assert bound[0] > 0
    assert one(d04, "select count(*) from exposure.health_risk where cancer_risk = 0 or hazard_quotient = 0") == (0,)


def test_every_value_used_is_printed_and_every_property_is_counted(d04: duckdb.DuckDBPyConnection) -> None:
    used = one(
        d04,
        "select count(*) from (select cancer_value_id from exposure.health_risk where cancer_value_id is not null "
        "union select reference_value_id from exposure.health_risk where reference_value_id is not null)",
    )
    assert used == one(d04, "select count(distinct toxicity_value_id) from report.d04_toxicity") and used[0] > 0
    assert one(d04, "select count(*) from report.d04_property where known_count > pollutant_count") == (0,)


def test_hj25_and_the_standard_agree_where_no_vapour_counts(d04: duckdb.DuckDBPyConnection) -> None:
    """Twenty-two values of GB 36600-2018 by the toxicity of this edition, within 1.3 %; other values of the standard
    rest on other toxicity, on background or on vapours."""
    wanted = (
        "50-32-8", "56-55-3", "53-70-3", "205-99-2", "193-39-5", "120-83-2", "51-28-5", "117-84-0", "60-51-5",
        "115-29-7", "85-68-7",
    )  # fmt: skip
    found = d04.execute(
        "select level_mg_kg / gb36600_mg_kg from exposure.soil_screening where pollutant_id in "
        f"{wanted} and not leaves_out_vapour"
    ).fetchall()
    assert len(found) == 22
    assert [ratio for (ratio,) in found if abs(ratio - 1) > 0.013] == []


def test_sources_are_printed_in_chinese_and_keep_their_status(d04: duckdb.DuckDBPyConnection) -> None:
    found = dict(d04.execute("select parameter_id, source_ref || ' ' || verified from report.d04_dose").fetchall())
    assert found["dose.hj25_body_weight.resident_adult.6-100"] == "HJ 25.3-2019 附录G 待核"
    assert found["dose.adaf.resident_life.0-2"].endswith("已核对"), "the status of the row, not of the word for it"
    words = d04.execute("select distinct source_cn from report.document_source where source_ref like 'EPA IRIS%'")
    assert ("EPA IRIS",) in words.fetchall()


def test_factors_name_their_population(d04: duckdb.DuckDBPyConnection) -> None:
    assert one(d04, "select count(*) from report.d04_factor where group_cn is null") == (0,)


def test_a_place_whose_air_nobody_knows_is_not_called_acceptable(d04: duckdb.DuckDBPyConnection) -> None:
    """No weather and no air results here: what is drunk and touched alone may be bad, but never good enough."""
    assert (
        one(d04, "select count(*) from exposure.health_risk where place_kind = 'receptor' and route = 'inhalation'")[0]
        == 0
    )
    levels = d04.execute(
        "select distinct risk_level from exposure.health_risk_total where place_kind = 'receptor'"
    ).fetchall()
    assert levels and {level for (level,) in levels} <= {"unknown", "attention", "high"}
    assert one(d04, "select acceptable_count from report.d04_summary") == (0,)


def test_what_is_left_out_says_how_it_is_judged_instead(d04: duckdb.DuckDBPyConnection) -> None:
    treatments = {word for (word,) in d04.execute("select distinct treatment from report.d04_unknown").fetchall()}
    assert treatments <= {"只列上界", "按环境空气质量标准评价，见监测报告", "合计指标，组分另行评价", "按未知计数"}
    counted = one(
        d04, "select unknown_toxicity_count - criteria_count - sum_count from report.d04_summary, report.d04_conclusion"
    )
    assert counted[0] >= 0


def test_the_people_of_the_ranges_are_those_of_the_cells(d04: duckdb.DuckDBPyConnection) -> None:
    people = one(
        d04,
        "select coalesce(sum(cell.population), 0) from exposure.health_risk_total as total "
        "join core.dim_grid_cell as cell on cell.cell_id = total.place_id where population_group = 'resident_life'",
    )
    assert one(d04, "select coalesce(sum(population), 0) from report.d04_distribution") == pytest.approx(people)


def test_a_substance_without_toxicity_has_a_row_and_no_risk_and_is_printed(d04: duckdb.DuckDBPyConnection) -> None:
    """Tetrabromobisphenol A in the drinking water: no authority's value is in the reference tables."""
    rows = d04.execute(
        "select distinct cancer_risk, hazard_quotient, reason_codes from exposure.health_risk "
        "where pollutant_id = ? and route = 'oral'", [TETRABROMOBISPHENOL],
    ).fetchall()  # fmt: skip
    assert rows == [(None, None, ["NO-TOXICITY-VALUE"])]
    (least,) = one(
        d04, "select min(unknown_toxicity_count) from exposure.health_risk_total where place_kind = 'receptor'"
    )
    assert least >= 1
    printed = d04.execute(
        "select reason, treatment, bound_cancer_risk from report.d04_unknown where pollutant_id = ?",
        [TETRABROMOBISPHENOL],
    ).fetchall()
    assert printed == [("没有可采用的毒性值", "按未知计数", None)]


def test_a_place_without_a_level_of_air_is_counted(d04: duckdb.DuckDBPyConnection) -> None:
    """No outlet releases anything and no site is a background: what is breathed is unknown at both places."""
    assert one(d04, "select air_unknown_count from report.d04_summary") == (2,)
    known = one(
        d04, "select count(inhalation_cancer_risk) from exposure.health_risk_total where place_kind = 'receptor'"
    )
    assert known == (0,)
    assert one(d04, "select min(confidence), max(confidence), count(source_name) from report.d04_receptor") == (
        "不评",
        "不评",
        0,
    )
    assert one(d04, "select confidence_text, share_text from report.d04_conclusion") == (
        "空气途径未知，各敏感点都不评可信度",
        "空气没有模拟结果，企业的贡献未知",
    )


def test_a_substance_without_any_toxicity_value_says_how_it_is_judged(d04: duckdb.DuckDBPyConnection) -> None:
    unknown = "from report.d04_hazard where cancer_state <> '是' and hazard_state <> '是'"
    assert one(d04, f"select count(*) {unknown}")[0] > 0
    assert one(d04, f"select count(*) {unknown} and remark is null") == (0,)
    remark = f"select remark from report.d04_hazard where pollutant_id = '{TETRABROMOBISPHENOL}'"
    assert one(d04, remark) == ("按未知计数",)


def test_substances_with_a_value_by_another_route_are_counted_apart(d04: duckdb.DuckDBPyConnection) -> None:
    counted = one(
        d04,
        "select count(distinct pollutant_id) from report.d04_hazard "
        "where cancer_state <> '是' and hazard_state <> '是' "
        "and pollutant_id in (select pollutant_id from report.d04_unknown where reason = '没有可采用的毒性值')",
    )
    assert counted == one(d04, "select unknown_toxicity_count from report.d04_summary") and counted[0] > 0
    assert one(d04, "select unknown_toxicity_count + partly_unknown_count from report.d04_summary") == one(
        d04, "select count(distinct pollutant_id) from report.d04_unknown where reason = '没有可采用的毒性值'"
    )
