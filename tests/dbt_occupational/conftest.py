"""One dbt run over hand-made records of jobs, tests of workplace air and a survey, read by all tests of this folder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from ehpilot.register import Register
from tests.dbt_inventory.hand_made import HandMade, run_dbt
from tests.dbt_inventory.records import BENZENE, BUTADIENE, ONE, TOLUENE, intake, permit, release

LEAD, CHLORINE, BISPHENOL = "7439-92-1", "7782-50-5", "80-05-7"
INVENTED = "999999-99-4"  # in no list of limits


def jobs(made: HandMade) -> None:
    """Staff of one workshop: a 12 h job, a job of a pattern of shifts, a job without hours."""
    here = {"record_year": 2025, "enterprise_name": "甲化工有限公司", "credit_code": ONE, "workshop": "聚合车间"}
    made.add("receptor_job", **here, job="巡检工", headcount=12, shift_hours_h=12, shifts="三班两运转")
    made.add("receptor_job", **here, job="装卸工", headcount=6, shift_hours_h=8, shifts="四班三运转")
    made.add("receptor_job", **here, job="化验员", headcount=3)


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
    test("化验员", TOLUENE, 5.0, 6.0, credit_code=None, enterprise_name="不知名厂")


def answers(made: HandMade) -> None:
    """Forty answers of two jobs in four plants of two strata; one person of 300 kg."""
    for number in range(40):
        made.add(
            "exposure_survey_person", file_no=2, survey_year=2025, questionnaire_no=f"Q{number}",
            enterprise_name="甲化工有限公司", job="巡检工" if number < 36 else "装卸工",
            sex="男" if number % 4 else "女", age_a=30.0, weight_kg=300.0 if number == 7 else 60.0 + number % 5,
            work_hours_h_d=8.0, service_a=float(number % 10), breathing="中", water_ml_d=None if number else 1500.0,
            weight=1.0 + number % 2, stratum="甲" if number < 20 else "乙", psu=f"P{number % 2}",
        )  # fmt: skip


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """Read-only connection to the built warehouse."""
    folder = tmp_path_factory.mktemp("occupational")
    made = HandMade(folder / "warehouse.duckdb", Register.load())
    intake(made)
    release(made, permit(made, ONE, "甲化工有限公司", longitude=121.85, latitude=29.95), BENZENE, 1.0, "自动监测")
    jobs(made)
    workplaces(made)
    answers(made)
    made.close()
    run_dbt(
        made.path, folder / "target", "--select", "+path:models/marts/exposure/occupational",
        "+int_exposure__occupational_gaps_found", "+int_exposure__occupational_parameters_listed",
        "--indirect-selection", "buildable",
    )  # fmt: skip
    with duckdb.connect(str(made.path), read_only=True) as connection:
        yield connection


@pytest.fixture
def ask(warehouse: duckdb.DuckDBPyConnection) -> Any:
    """``ask(sql, *values)`` → list of tuples."""
    return lambda sql, *values: warehouse.execute(sql, list(values)).fetchall()
