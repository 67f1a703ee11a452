"""Which site a record belongs to, and what is known of the site."""

from __future__ import annotations

from typing import Any

from tests.dbt_inventory.records import GONE, HEIR, LATE, NOPERMIT, ONE, TWO


def test_all_registers_meet_on_one_site(ask: Any) -> None:
    found = ask(
        "select source, enterprise_id, rule from inventory.enterprise_match where enterprise_id = ? "
        "order by source, rule",
        ONE + "-001",
    )
    assert found == [
        ("census", ONE + "-001", "CODE-ONE-SITE"),
        ("chemical_survey", ONE + "-001", "CODE-ONE-SITE"),
        ("key_unit", ONE + "-001", "OLD-CODE-ONE-SITE"),
        ("permit", ONE + "-001", "PERMIT-NO"),
        ("procedure", ONE + "-001", "CODE-ONE-SITE"),
        ("procedure", ONE + "-001", "LEGAL-NAME"),
        ("site_survey", ONE + "-001", "CODE-ONE-SITE"),
    ]


def test_a_code_with_two_sites_is_held_and_is_no_site(ask: Any) -> None:
    held = ask("select enterprise_id, status from inventory.enterprise_match where source_key = ?", TWO)
    assert held == [(TWO + "-000", "held")]
    sites = ask("select enterprise_id from core.dim_enterprise where credit_code = ? order by 1", TWO)
    assert sites == [(TWO + "-001",), (TWO + "-002",)]
    for table in ("inventory.emission", "inventory.pollution_source", "inventory.risk_source"):
        assert ask(f"select count(*) from {table} where enterprise_id like '%-000'") == [(0,)], table


def test_a_survey_workbook_with_a_permit_number_belongs_to_that_site(ask: Any) -> None:
    used = ask("select enterprise_id, quantity_t from inventory.chemical_use where enterprise_id like ? || '%'", TWO)
    assert used == [(TWO + "-002", 20.0)]
    plants = ask(
        "select enterprise_id from inventory.enterprise_dossier where field_code = 'plant' and value = '西装置'"
    )
    assert plants == [(TWO + "-002",)]


def test_a_site_without_permit_gets_001_and_one_without_code_an_x_id(ask: Any) -> None:
    assert ask("select enterprise_id from core.dim_enterprise where name = '丙厂'") == [(NOPERMIT + "-001",)]
    ((x_id, in_list, in_survey),) = ask(
        """select enterprise_id, in_key_unit_list, in_chemical_survey
           from core.dim_enterprise where name like '丁%北%'"""
    )
    assert len(x_id) == 22 and x_id.endswith("-001")
    assert in_list and in_survey, "two spellings of one name are one enterprise"


def test_a_foreign_facility_keeps_its_id(ask: Any) -> None:
    ((code, industry, quality),) = ask(
        """select credit_code, industry_code, location_quality
           from core.dim_enterprise where enterprise_id = '60501XMPLF1'"""
    )
    assert code is None and industry == "325211"
    assert quality == "outside"


def test_the_newest_permit_wins_and_gaps_are_filled_by_the_next_register(ask: Any) -> None:
    ((name, status, industry, park, employees, longitude, former),) = ask(
        """select name, status, industry_code, park_id, employees, longitude, former_names
           from core.dim_enterprise where enterprise_id = ?""",
        ONE + "-001",
    )
    assert (name, status, industry) == ("甲化工有限公司", "operating", "2651")
    assert park == "park_jia", "台塑 is an alias of the park"
    assert employees == 200, "the permit says none, the census of 2017 is older than the site survey of 2025"
    assert longitude == 121.85
    assert former == ["甲化学厂", "老甲厂"]


def test_a_park_is_found_by_place_where_no_register_names_it(ask: Any) -> None:
    ((park, quality),) = ask(
        "select park_id, location_quality from core.dim_enterprise where enterprise_id = ?", NOPERMIT + "-001"
    )
    assert (park, quality) == ("park_jia", "swapped_repaired")


def test_records_dated_after_as_of_are_not_used(ask: Any) -> None:
    assert ask("select count(*) from core.dim_enterprise where credit_code = ?", LATE) == [(0,)]
    assert ask("select count(*) from inventory.emission_claim where year = 2026") == [(0,)]


def test_every_attribute_names_its_cell(ask: Any) -> None:
    cells = ask(
        """select o.column_name, o.source_table, o.first_row, o.cell_text
           from core.dim_enterprise, unnest(_origin) as x(o) where enterprise_id = ?""",
        ONE + "-001",
    )
    assert ("name", "permit_site", 4, "甲化工有限公司") in cells
    assert ("employees", "site_survey_profile", 4, "200") in cells
    assert ("park_id", "permit_site", 4, "台塑") in cells
    assert ("former_names", "permit_site", 5, "甲化学厂") in cells
    assert ("former_names", "site_survey_profile", 4, "甲化学厂；老甲厂") in cells


def test_outlets_of_permits_and_of_releases(ask: Any) -> None:
    ((kind, temperature, assumed, active),) = ask(
        "select outlet_kind, temperature_k, is_temperature_assumed, is_active from core.dim_outlet where outlet_id = ?",
        ONE + "-001:DA001",
    )
    assert (kind, temperature, assumed, active) == ("stack", 293.15, True, True)
    orphans = ask(
        "select count(*) from inventory.emission_claim where outlet_id not in (select outlet_id from core.dim_outlet)"
    )
    assert orphans == [(0,)]


def test_a_firm_whose_name_another_states_as_its_former_one_is_merged(ask: Any) -> None:
    """No register states its status; the other firm's statement is newer, and alone in claiming the name."""
    ((status, cells),) = ask(
        """select status, list_transform(list_filter(_origin, o -> o.column_name = 'status'), o -> o.cell_text)
           from core.dim_enterprise where enterprise_id = ?""",
        GONE + "-001",
    )
    assert status == "merged" and "示例并走(虚构)厂；丙厂" in cells
    assert ask("select former_names from core.dim_enterprise where enterprise_id = ?", HEIR + "-001") == [
        (["丙厂", "示例并走(虚构)厂"],)
    ]
    assert ask("select status from core.dim_enterprise where enterprise_id = ?", NOPERMIT + "-001") == [("not_rated",)]
