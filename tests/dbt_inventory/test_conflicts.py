"""What registers say of one site where they differ, and which of them is followed."""

from __future__ import annotations

from typing import Any

from tests.dbt_inventory.records import BENZENE, CONTRADICTED, NAMED, ONE, SLIP, STYRENE


def conflict(ask: Any, site: str, attribute: str) -> list[tuple[Any, ...]]:
    """Source, value, chosen and class of one attribute."""
    return ask(
        """select source, value, chosen, conflict_class from inventory.source_conflict
           where enterprise_id = ? and attribute = ? order by source""",
        site,
        attribute,
    )


def test_the_newer_count_of_employees_beats_the_better_register(ask: Any) -> None:
    """4 × 0.5^(9/3) of the census of 2017 against 3 × 0.5^(1/3) of the survey of 2025."""
    assert conflict(ask, ONE + "-001", "employees") == []  # 180 and 200: |ln| = .105 agrees
    assert ask("select employees from core.dim_enterprise where enterprise_id = ?", ONE + "-001") == [(200,)]


def test_places_and_industries_that_differ_are_shown(ask: Any) -> None:
    places = conflict(ask, ONE + "-001", "place")
    assert [(source, chosen, word) for source, _, chosen, word in places] == [
        ("census", False, "block"),
        ("permit", True, "agree"),
    ]
    assert conflict(ask, ONE + "-001", "industry_code") == [
        ("census", "2659", False, "differ"),
        ("permit", "2651", True, "agree"),
    ]


def test_only_places_have_a_distance(ask: Any) -> None:
    """A register without a place is not half the earth away from the chosen one."""
    rows = ask("select attribute, distance_m from inventory.source_conflict")
    far = [metres for attribute, metres in rows if attribute == "place"]
    assert far and all(0 <= metres < 1_000_000 for metres in far)
    assert {metres for attribute, metres in rows if attribute != "place"} == {None}


def test_a_coarser_code_of_an_industry_is_no_conflict(ask: Any) -> None:
    """A list names 2614 and 2651: the permit's 2651 is among them; 265 alone would agree as well."""
    assert conflict(ask, NAMED + "-001", "industry_code") == []


def test_two_registers_that_contradict_each_other_in_everything(ask: Any) -> None:
    rows = ask(
        "select attribute, source, rule from inventory.source_conflict where enterprise_id = ? order by 1, 2",
        CONTRADICTED + "-001",
    )
    assert [row for row in rows if row[1] == "census"] == [
        ("industry_code", "census", "REGISTERS-CONTRADICT"),
        ("name", "census", "REGISTERS-CONTRADICT"),
        ("place", "census", "REGISTERS-CONTRADICT"),
    ]
    assert {row[2] for row in rows if row[1] == "permit"} == {"SURVIVORSHIP"}
    assert ask("select name from core.dim_enterprise where enterprise_id = ?", CONTRADICTED + "-001") == [
        ("示例对立有限公司",)
    ]


def test_a_figure_a_thousand_times_the_others_is_a_unit_slip(ask: Any) -> None:
    rows = conflict(ask, SLIP + "-001", f"emission_t|{BENZENE}|air|2024")
    assert [(source, chosen, word) for source, _, chosen, word in rows] == [
        ("chemical_survey", True, "agree"),
        ("permit", False, "unit_slip"),
    ]


def test_a_stated_zero_against_a_figure_is_a_conflict(ask: Any) -> None:
    assert conflict(ask, SLIP + "-001", f"emission_t|{STYRENE}|air|2024") == [
        ("chemical_survey", "0.5", False, "block"),
        ("permit", "0.0", True, "agree"),
    ]


def test_every_value_names_its_cells(ask: Any) -> None:
    bare = ask(
        """select count(*) from inventory.source_conflict
           where pollutant_id is null
             and (len(_origin) = 0 or not list_has_any([o.column_name for o in _origin], ['value']))"""
    )
    assert bare == [(0,)]
