"""One dbt run over hand-made records of jobs, workplace air, a survey, projects and a plan, read by all tests of this
folder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from ehpilot.register import Register
from tests.dbt_inventory.hand_made import HandMade, run_dbt
from tests.dbt_inventory.records import BENZENE, BUTADIENE, ONE, STYRENE, TOLUENE, intake, permit, release

ZONE = "POLYGON ((121.84 29.94, 121.9 29.94, 121.9 29.96, 121.84 29.96, 121.84 29.94))"
LEAD, CHLORINE, BISPHENOL, PFOS = "7439-92-1", "7782-50-5", "80-05-7", "1763-23-1"
ACRYLONITRILE = "107-13-1"


def jobs(made: HandMade) -> None:
    """Staff of one workshop: a 12 h job, a job of a pattern of shifts, a job without hours."""
    here = {"record_year": 2025, "enterprise_name": "甲化工有限公司", "credit_code": ONE, "workshop": "聚合车间"}
    made.add("receptor_job", **here, job="巡检工", headcount=12, shift_hours_h=12, shifts="三班两运转")
    made.add("receptor_job", **here, job="装卸工", headcount=6, shift_hours_h=8, shifts="四班三运转")
    made.add("receptor_job", **here, job="化验员", headcount=3)
    made.add("receptor_job", **here, job="值守员", headcount=1, shift_hours_h=24)


def workplaces(made: HandMade) -> None:
    """Tests of 2025 and of an earlier year."""
    here = {"record_year": 2025, "enterprise_name": "甲化工有限公司", "credit_code": ONE, "workshop": "聚合车间"}

    def test(job: str, pollutant: str, twa: float | None, stel: float | None, **more: Any) -> None:
        row = {
            "job": job,
            "pollutant_id": pollutant,
            "twa": twa,
            "twa_qualifier": "",
            "stel": stel,
            "stel_qualifier": "",
        }
        made.add(
            "monitoring_workplace", **here | row | {"unit": "mg/m3", "sampled_at": dt.datetime(2025, 6, 1, 9)} | more
        )

    test("巡检工", BENZENE, 0.6, 1.2)
    test("巡检工", BENZENE, 9.0, 9.0, sampled_at=dt.datetime(2024, 6, 1, 9))
    test("巡检工", TOLUENE, 20.0, 40.0)
    test("巡检工", BUTADIENE, None, None, twa_qualifier="<", twa_limit=0.02, stel_qualifier="<", stel_limit=0.02)
    test("装卸工", BENZENE, 1.0, 2.0, sampled_at=dt.datetime(2021, 6, 1, 9), record_year=2021)
    test("装卸工", LEAD, 0.01, 0.02)
    test("装卸工", CHLORINE, 0.2, 0.4)
    test("化验员", BISPHENOL, 1.0, 2.0)
    test("化验员", BENZENE, 1.0, 2.0, unit="ppm")
    test("值守员", STYRENE, 1.0, 2.0)
    test("化验员", TOLUENE, 5.0, 6.0, credit_code=None, enterprise_name="不知名厂")


def answers(made: HandMade) -> None:
    """Forty answers of two jobs in plants of three strata, of which the last has one plant; one person of 300 kg."""
    for number in range(40):
        made.add(
            "exposure_survey_person", file_no=2, survey_year=2025, questionnaire_no=f"Q{number}",
            enterprise_name="甲化工有限公司", job="巡检工" if number < 36 else "装卸工",
            sex="男" if number % 4 else "女", age_a=30.0, weight_kg=300.0 if number == 7 else 60.0 + number % 5,
            work_hours_h_d=8.0, service_a=float(number % 10), breathing="中", water_ml_d=None if number else 1500.0,
            weight=1.0 + number % 2, stratum="甲" if number < 20 else "乙" if number < 38 else "丙",
            psu=f"P{number % 2}" if number < 38 else "P0",
        )  # fmt: skip


def around(made: HandMade) -> None:
    """A school, a home, two inhabited cells, and a day of steady west wind in neutral air."""
    for name, kind, x in (("虚构学校", "学校", 121.86), ("虚构小区", "居民区", 121.87)):
        made.add("receptor_place", name=name, receptor_kind=kind, longitude=x, latitude=29.95, population=900.0)
    for x in (121.865, 121.875):
        made.add(
            "receptor_population_cell", record_year=2025, longitude=x, latitude=29.95, cell_size_m=500.0,
            population_under_15=10.0, population_15_64=80.0, population_65_up=10.0,
        )  # fmt: skip
    for hour in range(24):
        made.add(
            "meteorology_hour", station_id="M1", observed_at=dt.datetime(2025, 7, 1, hour), wind_direction_deg=270.0,
            wind_speed_m_s=3.0, temperature_c=25.0, cloud_cover_tenth=10.0, longitude=121.85, latitude=29.95,
        )  # fmt: skip


def projects(made: HandMade) -> None:
    """An extension that replaces old plant, a project under construction, a plan of one plot in one scenario."""
    listed = {"developer": "甲化工有限公司", "park": "甲园区", "industry_code": "C2651"}
    made.add("project_project", project_id="XM1", name="扩建项目", stage="拟建", **listed)
    made.add("project_project", project_id="XM2", name="在建项目", stage="在建", approval_no="1号", **listed)
    here = {"outlet_no": "DA1", "outlet_kind": "有组织", "longitude": 121.85, "latitude": 29.95, "height_m": 20.0}
    air = {"diameter_m": 0.5, "temperature_c": 25.0, "velocity_m_s": 5.0, "medium": "废气"}
    made.add(
        "project_release", project_id="XM1", pollutant_id=BENZENE, increment_t=2.0, replaced_t=0.5, reduction_t=0.25,
        **here, **air,
    )  # fmt: skip
    made.add("project_release", project_id="XM1", pollutant_id="NMHC", increment_t=9.0, **here, **air)
    made.add("project_release", project_id="XM1", pollutant_id=PFOS, increment_t=0.001, **here, **air)
    made.add("project_release", project_id="XM2", pollutant_id=BENZENE, increment_t=1.0, **here, **air)
    plan = {"plan_id": "GH1", "name": "虚构规划", "plot": "A-01", "longitude": 121.85, "latitude": 29.95}
    for medium, pollutant, tonnes in (
        ("废气", BENZENE, 200.0), ("废水", BENZENE, 1.0), ("废水", STYRENE, 2.0), ("废水", ACRYLONITRILE, 1.0),
        ("废水", "COD", 9.0),
    ):  # fmt: skip
        made.add(
            "project_plan_release", area_km2=0.25, industry="合成树脂", pollutant_id=pollutant, medium=medium,
            scenario="近期", emission_t=tonnes, **plan,
        )  # fmt: skip


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """Read-only connection to the built warehouse."""
    folder = tmp_path_factory.mktemp("occupational")
    made = HandMade(folder / "warehouse.duckdb", Register.load())
    intake(made)
    made.con.execute("update intake.area set geometry_wkt = ? where area_id = 'zone'", [ZONE])
    permit_no = permit(made, ONE, "甲化工有限公司", longitude=121.85, latitude=29.95)
    made.add("permit_outlet", permit_no=permit_no, outlet_no="DA001", outlet_kind="有组织", height_m=20.0)
    release(made, permit_no, BENZENE, 1.0, "自动监测", outlet_no="DA001")
    jobs(made)
    workplaces(made)
    answers(made)
    around(made)
    projects(made)
    made.close()
    run_dbt(
        made.path, folder / "target", "--select", "+path:models/marts/exposure/occupational", "+path:models/report/d11",
        "+int_exposure__occupational_gaps_found", "+int_exposure__occupational_parameters_listed",
        "--indirect-selection", "buildable",
    )  # fmt: skip
    with duckdb.connect(str(made.path), read_only=True) as connection:
        yield connection
