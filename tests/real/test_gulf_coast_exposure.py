"""Texas and Louisiana from releases to grades: what the model says against what was measured and what RSEI published.

RSEI's score rests on its own wind, stacks and people; ours takes the same releases, stacks and toxicity, three weather
stations and people at the centres of postal areas. Does not belong here: what was landed (test_gulf_coast), the model
itself (tests/kernels).
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from scipy import stats

from tests.area import Area
from tests.real.recount import table

pytestmark = pytest.mark.slow

RSEI = "us_gulf_rsei/rsei_facility_chemical_tx_la.csv"
BUTADIENE = "106-99-0"
# two-digit weights that RSEI gives to a pound that is inhaled, of substances whose other routes have no larger one
INHALED = {"50-00-0": 46_000, "106-99-0": 110_000, "107-06-2": 93_000, "79-01-6": 15_000}
RELEASED = ("65. ON-SITE RELEASE TOTAL", "68. POTW - TOTAL TRANSFERS", "88. OFF-SITE RELEASE TOTAL",
            "104. OFF-SITE TREATED TOTAL")  # fmt: skip
AIR = ("51. 5.1 - FUGITIVE AIR", "52. 5.2 - STACK AIR")


@pytest.fixture(scope="module")
def rsei(real: Path) -> list[dict[str, str]]:
    return [{**row, "id": _id(row["CAS"])} for row in table(real / RSEI)]


def _id(digits: str) -> str:
    return digits if digits.startswith("N") else f"{digits[:-3]}-{digits[-3:-1]}-{digits[-1]}"


def _number(text: str | None) -> float:
    return float(text) if text not in (None, "", "NA") else 0.0


def _by_facility(rsei: list[dict[str, str]], pollutant: str | None = None) -> dict[str, float]:
    """RSEI's cancer score of 2020 by facility."""
    found: dict[str, float] = {}
    for row in rsei:
        if pollutant in (None, row["id"]):
            found[row["FacilityID"]] = found.get(row["FacilityID"], 0.0) + _number(row["CScore_2020"])
    return found


def test_shares_to_the_air_are_those_of_the_files(real: Path, rsei: list[dict[str, str]]) -> None:
    """Illinois reports by medium; where RSEI's hazard of the Gulf leaves less to breathe, that is the share."""
    air: dict[str, float] = {}
    released: dict[str, float] = {}
    reports: dict[str, int] = {}
    for path in sorted((real / "us_illinois_tri").glob("tri_*.csv.gz")):
        for row in table(path):
            if row["49. FORM TYPE"] != "A":
                code = _id(row["40. CAS#"].lstrip("0").replace("-", ""))
                air[code] = air.get(code, 0.0) + sum(_number(row[name]) for name in AIR)
                released[code] = released.get(code, 0.0) + sum(_number(row[name]) for name in RELEASED)
                reports[code] = reports.get(code, 0) + 1
    seed = table(Path(__file__).parents[2] / "dbt/seeds/methods/unstated_medium_share.csv")
    assert {row["pollutant_id"] for row in seed} == {
        row["id"] for row in rsei if reports.get(row["id"], 0) >= 8 and released[row["id"]] > 0
    }
    for row in seed:
        code = row["pollutant_id"]
        share = air[code] / released[code]
        if code in INHALED:
            share = min(share, _breathed_at_most(rsei, code))
        assert float(row["share"]) == pytest.approx(share, rel=0.01), code


def _breathed_at_most(rsei: list[dict[str, str]], code: str) -> float:
    """Published hazard of 2016 to 2020 over the inhalation weight of all pounds released."""
    rows = [row for row in rsei if row["id"] == code]
    hazard = sum(_number(row[f"Hazard_{year}"]) for row in rows for year in range(2016, 2021))
    pounds = sum(_number(row[f"PoundsReleased_{year}"]) for row in rows for year in range(2016, 2021))
    return hazard / INHALED[code] / pounds


def test_every_facility_has_its_stack_and_its_weather(gulf_coast: Area) -> None:
    (found,) = gulf_coast.sql(
        "select count(distinct outlet_id) as stacks, count(distinct place_id) as places, "
        "min(chi_over_q_s_m3) as least, max(chi_over_q_s_m3) as largest from exposure.dispersion_factor"
    )
    assert found["stacks"] > 250 and found["places"] > 7000
    assert found["least"] >= 0 and found["largest"] < 1e-3
    assert gulf_coast.sql("select * from exposure.dispersion_factor where outlet_id not like '%:stack'") == []


def test_a_substance_without_a_share_is_an_upper_bound_and_no_level(gulf_coast: Area) -> None:
    rows = gulf_coast.sql(
        "select pollutant_id, count(concentration) as levels, count(concentration_high) as bounds, "
        "max(concentration) as level, max(concentration_high) as bound "
        "from exposure.modelled_concentration group by pollutant_id"
    )
    found = {row["pollutant_id"]: row for row in rows}
    assert len(found) == 23
    assert all(row["bounds"] > 0 for row in rows)
    for code in ("56-23-5", "79-00-5", "1332-21-4"):  # carbon tetrachloride, 1,1,2-trichloroethane, asbestos
        assert found[code]["levels"] == 0, code
    assert all(row["level"] <= row["bound"] for row in rows if row["level"] is not None)


def test_modelled_butadiene_is_as_high_as_measured_in_the_area(gulf_coast: Area) -> None:
    """The hourly columns have no key to the sites, so only means over all of them can be compared: ten sites of the
    network modelled for 2020, the columns of 2016 that have three quarters of the hours."""
    (modelled,) = gulf_coast.sql(
        "select count(*) as n, avg(concentration) as mean, median(concentration) as middle "
        f"from exposure.modelled_concentration where place_kind = 'site' and pollutant_id = '{BUTADIENE}'"
    )
    (measured,) = gulf_coast.sql(
        "select count(*) as n, avg(mean) as mean, median(mean) as middle "
        "from exposure.monitoring_summary "
        f"where pollutant_id = '{BUTADIENE}' and averaging_time = '1h' and period = '2016' and n >= 6570"
    )
    assert (modelled["n"], measured["n"]) == (10, 12)
    assert 0.5 < modelled["mean"] / measured["mean"] < 2
    assert 0.5 < modelled["middle"] / measured["middle"] < 2


def test_facilities_order_by_people_and_wind_as_rseis_score_does(gulf_coast: Area, rsei: list[dict[str, str]]) -> None:
    """Butadiene nearly all goes to the air, so that nothing but wind, stack and people is compared."""
    rows = gulf_coast.sql(
        "select e.enterprise_id, sum(f.chi_over_q_s_m3 * r.population) * max(e.emission_t) as load "
        "from exposure.dispersion_factor f join core.dim_receptor r on r.receptor_id = f.place_id "
        "join inventory.emission e on e.outlet_id = f.outlet_id "
        f"where e.pollutant_id = '{BUTADIENE}' and e.year = 2020 and r.population > 0 group by e.enterprise_id"
    )
    score = _by_facility(rsei, BUTADIENE)
    pairs = [(row["load"], score[row["enterprise_id"]]) for row in rows if score.get(row["enterprise_id"], 0) > 0]
    assert len(pairs) > 80
    assert stats.spearmanr(*zip(*pairs, strict=True)).statistic > 0.88


def test_burden_and_drivers(gulf_coast: Area) -> None:
    (burden,) = gulf_coast.sql("select * from exposure.population_burden where population_group = 'resident_life'")
    assert burden["area_id"] == "gulf_coast" and 13e6 < burden["population"] < 15e6
    assert 1e-7 < burden["mean_cancer_risk"] < 1e-5
    expected = (burden["population"] - burden["population_cancer_unknown"]) * burden["mean_cancer_risk"] / 70
    assert burden["excess_cases_per_year"] == pytest.approx(expected, rel=1e-6)
    rows = gulf_coast.sql(
        "select k.pollutant_id, sum(k.cancer_risk * r.population) / 70 as cases from exposure.health_risk k "
        "join core.dim_receptor r on r.receptor_id = k.place_id "
        "where k.population_group = 'resident_life' and k.cancer_risk is not null group by 1 order by 2 desc"
    )
    assert [row["pollutant_id"] for row in rows[:2]] == [BUTADIENE, "107-06-2"], "as RSEI's score orders them"
    assert rows[0]["cases"] > 0.3 * sum(row["cases"] for row in rows)
    negative = gulf_coast.sql("select * from exposure.health_risk_total where cancer_risk < 0 or hazard_index < 0")
    assert negative == []


def test_grades_rest_on_the_wind_and_not_on_a_ring(gulf_coast: Area, rsei: list[dict[str, str]]) -> None:
    rows = gulf_coast.sql(
        "select g.enterprise_id, e.name, g.grade, g.receptor_basis, g.score, g.to_next_grade "
        "from risk_grade.source_grade g join core.dim_enterprise e using (enterprise_id)"
    )
    graded = [row for row in rows if row["grade"] is not None]
    assert len(rows) == 233 and len(graded) > 220
    assert {row["receptor_basis"] for row in graded} == {"dispersion"}
    assert all(row["to_next_grade"].startswith("资料不足") for row in rows if row["grade"] is None)
    red = {row["name"] for row in graded if row["grade"] == 1}
    assert {"LYONDELL CHEMICAL CO", "TPC GROUP LLC", "OXY VINYLS LP LA PORTE VCM PLANT"} <= red and len(red) < 20
    score = _by_facility(rsei)
    pairs = [(row["score"], score[row["enterprise_id"]]) for row in graded if score.get(row["enterprise_id"], 0) > 0]
    assert stats.spearmanr(*zip(*pairs, strict=True)).statistic > 0.6


def test_graded_facilities_and_cells_are_mapped(gulf_coast: Area) -> None:
    """The interactive map and the GeoPackage hold what is graded and has a place."""
    assert (gulf_coast.latest / "map" / "index.html").is_file()
    (counts,) = gulf_coast.sql(
        "select (select count(*) from risk_grade.source_grade g join core.dim_enterprise e using (enterprise_id) "
        "where e.longitude is not null) as sources, (select count(*) from risk_grade.zone_grade) as cells"
    )
    with closing(sqlite3.connect(gulf_coast.latest / "geo" / "edition.gpkg")) as package:
        for layer, number in (("source", counts["sources"]), ("grid_cell", counts["cells"])):
            assert package.execute(f"select count(*) from {layer}").fetchone()[0] == number > 200


def test_cells_of_the_box_are_graded_only_where_people_do_not_decide(gulf_coast: Area) -> None:
    """No file says how many live in a cell, so a cell is red by its risk or low by its risk, else without a grade."""
    rows = gulf_coast.sql(
        "select grade, count(*) as n, min(cancer_risk) as least, max(cancer_risk) as largest, "
        "count(population) as known from risk_grade.zone_grade group by grade"
    )
    found = {row["grade"]: row for row in rows}
    assert sum(row["n"] for row in rows) == 13_578 and all(row["known"] == 0 for row in rows)
    assert set(found) == {1, 4, None}
    assert found[1]["least"] >= 1e-4 and found[4]["largest"] < 1e-5 and found[None]["n"] > 5000
