"""The plain D01 tables against the inventory they are made of, and the register of deliverables."""

from __future__ import annotations

from typing import Any

import pytest

from ehpilot.register import Register
from tests.dbt_inventory.records import BENZENE


def test_emissions_of_the_list_are_those_of_the_assessment_year(ask: Any) -> None:
    ((air, water, sites),) = ask(
        """select emission_air_kg, emission_water_kg, enterprise_count
           from report.d01_pollutant where pollutant_id = ?""",
        BENZENE,
    )
    # tonnes to air: 1 (quarters) + 2 + 2 (two sites) + 2 (outlets) + 0.045359237 + 0.090718474 (pounds); 0.2 to water
    assert air == pytest.approx(7136.077711)
    assert water == pytest.approx(200.0)
    # six sites emit it in 2025, two more used it in the survey of 2024
    assert sites == 8


def test_by_park_adds_up_to_the_list(ask: Any) -> None:
    parts = ask("select sum(emission_air_kg) from report.d01_pollutant_park where pollutant_id = ?", BENZENE)
    assert parts[0][0] == pytest.approx(7136.077711)


def test_rows_are_numbered_in_print_order(ask: Any) -> None:
    numbers = [number for (number,) in ask("select row_no from report.d01_pollutant order by row_no")]
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_draft_list_is_marked_and_decides_nothing(ask: Any) -> None:
    found = dict(ask("select list_code, decides from report.d01_list_version"))
    assert found["PCC2025D"] != "是" and found["TAP2018"] == "是"
    ((names,),) = ask("select list_names from report.d01_pollutant where pollutant_id = ?", BENZENE)
    assert "（第二批）（草案或不完整，仅供参考）" in names


def test_gaps_say_what_is_missing_and_how_often(ask: Any) -> None:
    gaps = dict(ask("select gap_id, item_count from report.d01_gap"))
    assert gaps["HELD-LEGAL-ENTITY"] == 1
    assert gaps["PARTIAL-YEAR"] == 1
    assert gaps["VALUE-MISSING"] == 1
    assert "EXPOSURE-SURROGATE" in gaps, "the exposure score is a surrogate until concentrations are modelled"


def test_nineteen_deliverables_with_title_date_and_lead() -> None:
    deliverables = Register.load().deliverables
    assert list(deliverables) == [f"D{number:02d}" for number in range(1, 20)]
    d15 = deliverables["D15"]
    assert d15.title == "{zone_formal}关于“两山环境健康”奖励基金的通知"
    assert str(d15.meta["due"]) == "2027-11-30" and d15.meta["lead"] == "environment_bureau"
    assert deliverables["D13"].meta["lead"] == "development_reform_bureau"
    assert set(deliverables["D01"].reads) == {
        "report.d01_pollutant",
        "report.d01_list_version",
        "report.d01_gap",
        "report.d01_pollutant_park",
    }
