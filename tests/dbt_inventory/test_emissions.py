"""Claims, winners and the tables beside them, checked by hand against records.py."""

from __future__ import annotations

from typing import Any

import pytest

from tests.dbt_inventory.emission_records import CHANGING
from tests.dbt_inventory.records import (
    BENZENE,
    BUTADIENE,
    CONTRADICTED,
    ONE,
    SLIP,
    STYRENE,
    TOLUENE,
    TOTALS,
    TWO,
    WATER,
)


def claims(ask: Any, site: str, pollutant: str, year: int) -> dict[tuple[str, str, str], tuple[Any, ...]]:
    """Claims of a site by (outlet, source, method, basis) → (t, quality, winner, rule)."""
    rows = ask(
        """select replace(outlet_id, enterprise_id || ':', ''),
                  source, method || '/' || period_basis, emission_t, quality, is_winner, rule
           from inventory.emission_claim where enterprise_id = ? and pollutant_id = ? and year = ?""",
        site,
        pollutant,
        year,
    )
    return {row[:3]: row[3:] for row in rows}


def test_four_quarters_make_a_year_and_beat_a_factor(ask: Any) -> None:
    found = claims(ask, ONE + "-001", BENZENE, 2025)
    assert found[("DA001", "permit", "automatic/sum")] == (1.0, "A", True, "METHOD-TIER")
    assert found[("DA001", "permit", "factor/year")] == (3.0, "D", False, "METHOD-TIER")


def test_a_part_of_a_year_is_marked_and_covered_months_do_not_count_twice(ask: Any) -> None:
    found = claims(ask, ONE + "-001", TOLUENE, 2025)
    tonnes, quality, wins, rule = found[("DA001", "permit", "manual_monitoring/sum")]
    assert tonnes == pytest.approx(0.35, abs=1e-12), "first quarter 0.3 and April 0.05"
    assert (quality, wins, rule) == ("E", True, "PARTIAL-YEAR")
    assert found[("DA001", "permit", "manual_monitoring/covered")][2:] == (False, "PERIOD-COVERED")


def test_quarters_by_two_methods_are_one_year_by_the_weaker(ask: Any) -> None:
    """Each quarter is known: nine months would be too little, and the year is as good as its weakest quarter."""
    found = claims(ask, CHANGING + "-001", BENZENE, 2025)
    assert found[("DA001", "permit", "manual_monitoring/sum")] == (5.0, "B", True, "ONLY-CLAIM")
    assert ("DA001", "permit", "automatic/sum") not in found


def test_parts_that_overlap_or_leave_a_month_out_stay_apart(ask: Any) -> None:
    found = claims(ask, CHANGING + "-001", BENZENE, 2025)
    assert found[("DA002", "permit", "automatic/sum")] == (3.0, "E", True, "PARTIAL-YEAR")
    assert found[("DA002", "permit", "manual_monitoring/sum")] == (1.5, "E", False, "METHOD-TIER")


def test_the_letters_of_an_outlet_number_say_its_medium_where_no_list_does(ask: Any) -> None:
    found = ask(
        """select replace(emission.outlet_id, emission.enterprise_id || ':', ''), medium, outlet_kind
           from inventory.emission join core.dim_outlet using (outlet_id)
           where emission.enterprise_id = ? order by 1""",
        CHANGING + "-001",
    )
    assert found == [
        ("9号", "unspecified", "unknown"), ("DA001", "air", "stack"), ("DA002", "air", "stack"),
        ("DW001", "water", "waste_water"),
    ]  # fmt: skip


def test_units_become_tonnes(ask: Any) -> None:
    assert claims(ask, ONE + "-001", BENZENE, 2017)[("DA001", "census", "manual_monitoring/year")][0] == 1.5
    pounds = claims(ask, "60501XMPLF1", BENZENE, 2025)
    assert pounds[("fugitive", "permit", "reported/year")][0] == pytest.approx(0.045359237)
    assert pounds[("unknown", "permit", "reported/year")][0] == pytest.approx(0.090718474)


def test_whole_site_and_outlets_never_both_count(ask: Any) -> None:
    benzene = claims(ask, TOTALS + "-001", BENZENE, 2025)
    assert benzene[("site", "permit", "factor/year")][2:] == (False, "OUTLET-SUM")
    toluene = claims(ask, TOTALS + "-001", TOLUENE, 2025)
    assert toluene[("site", "permit", "mass_balance/year")][2] is True
    assert toluene[("DA001", "permit", "factor/year")][2:] == (False, "SITE-TOTAL")
    total = ask(
        "select pollutant_id, sum(emission_t) from inventory.emission where enterprise_id = ? group by all order by 1",
        TOTALS + "-001",
    )
    assert total == [(TOLUENE, 5.0), (BENZENE, 2.0)]


def test_a_missing_figure_stays_unknown(ask: Any) -> None:
    assert claims(ask, TOTALS + "-001", BUTADIENE, 2025)[("DA001", "permit", "manual_monitoring/year")][::3] == (
        None,
        "VALUE-MISSING",
    )
    assert ask(
        "select count(*) from inventory.emission where pollutant_id = ? and enterprise_id = ?",
        BUTADIENE,
        TOTALS + "-001",
    ) == [(0,)]


def test_kilograms_entered_as_tonnes_never_win(ask: Any) -> None:
    benzene = claims(ask, SLIP + "-001", BENZENE, 2024)
    assert benzene[("site", "permit", "automatic/year")][2:] == (False, "UNIT-SLIP"), "of two the larger slipped"
    assert benzene[("site", "chemical_survey", "reported/year")][2] is True
    toluene = claims(ask, SLIP + "-001", TOLUENE, 2024)
    assert toluene[("site", "chemical_survey", "reported/slip")][2:] == (False, "UNIT-SLIP"), (
        "two sources agree on the larger"
    )
    assert toluene[("site", "permit", "automatic/year")][2] is True


def test_a_workshop_outlet_is_upstream_of_the_main_one(ask: Any) -> None:
    assert claims(ask, WATER + "-001", BENZENE, 2025)[("DW002", "permit", "manual_monitoring/year")][2:] == (
        False,
        "WORKSHOP-UPSTREAM",
    )
    assert ask("select medium, emission_t from inventory.emission where enterprise_id = ?", WATER + "-001") == [
        ("water", 0.2)
    ]


def test_a_held_claim_never_enters_a_list(ask: Any) -> None:
    assert claims(ask, TWO + "-000", BENZENE, 2025)[("fugitive", "site_survey", "factor/year")][2:] == (
        False,
        "HELD-LEGAL-ENTITY",
    )
    assert ask("select count(*) from inventory.emission where enterprise_id like '%-000'") == [(0,)]


def test_every_record_is_in_exactly_one_claim(ask: Any) -> None:
    in_claims = ask(
        """select o.source_table, o.file_no, o.sheet, o.first_row
           from inventory.emission_claim, unnest(_origin) as x(o)
           -- the parts of a claim that a decision shares out repeat its cells
           where o.column_name = 'emission_t' and len(list_filter(_origin, y -> y.role = 'decision')) = 0"""
    )
    in_files = ask(
        """select 'permit_release', _file_no, _sheet, _row from raw.permit_release
           where not list_contains(_flags, 'DATE-AFTER-AS-OF')
           union all select 'census_release', _file_no, _sheet, _row from raw.census_release
           union all select 'site_survey_release', _file_no, _sheet, _row from raw.site_survey_release
           union all select 'chemical_survey_use', _file_no, _sheet, _row from raw.chemical_survey_use
           where release_quantity is not null
           union all select 'monitoring_leak', _file_no, _sheet, _row from raw.monitoring_leak"""
    )
    assert sorted(in_claims) == sorted(in_files)


def test_a_claim_names_the_cells_of_its_quarters(ask: Any) -> None:
    texts = ask(
        """select o.cell_text, o.field from inventory.emission_claim, unnest(_origin) as x(o)
           where enterprise_id = ? and pollutant_id = ? and method = 'automatic' order by o.first_row""",
        ONE + "-001",
        BENZENE,
    )
    assert texts == [("0.5", "quantity"), ("0.25", "quantity"), ("0.125", "quantity"), ("0.125", "quantity")]


def test_the_permitted_quantity_is_that_of_the_year_and_no_emission(ask: Any) -> None:
    limits = ask(
        "select year, permitted_t from inventory.permitted_emission where enterprise_id = ? order by year", ONE + "-001"
    )
    assert limits == [(2023, 5.0), (2024, 4.5), (2025, 3.5)], (
        "year 1 is the year in which validity begins; the strictest standard"
    )
    ((tonnes, permitted, claim_count),) = ask(
        """select emission_t, permitted_t, claim_count
           from inventory.emission where enterprise_id = ? and pollutant_id = ? and year = 2025""",
        ONE + "-001",
        BENZENE,
    )
    assert (tonnes, permitted, claim_count) == (1.0, 3.5, 2)
    assert ask(
        "select count(*) from inventory.emission where emission_t in (3.5, 4.0, 4.5, 5.0, 99.0) and enterprise_id = ?",
        ONE + "-001",
    ) == [(0,)]


def test_activity_is_one_figure_a_period_in_tonnes(ask: Any) -> None:
    found = ask(
        """select process_id, item_kind, period, quantity, unit, source
           from inventory.activity where item = '聚苯乙烯' order by period"""
    )
    assert found == [
        ("PS", "product", "2017", 1500.0, "t", "census"),
        ("PS", "product", "2025", 2000.0, "t", "permit"),
    ]


def test_a_use_repeated_for_each_way_of_discharge_counts_once(ask: Any) -> None:
    assert ask(
        "select role, quantity_t from inventory.chemical_use where pollutant_id = ? and year = 2024", BUTADIENE
    ) == [("used", 800.0)]
    assert ask("select role from inventory.chemical_use where enterprise_id like 'X%'") == [("unknown",)], (
        "an unknown word is no role"
    )


def test_treatment_facilities_get_a_number_and_shares(ask: Any) -> None:
    found = ask(
        """select facility_no, pollutant_id, removal_efficiency, run_rate
           from inventory.treatment where enterprise_id = ? order by 1""",
        ONE + "-001",
    )
    assert found == [
        ("TA001", "all", 0.97, 0.9),
        ("census-4", BENZENE, 0.95, None),
        ("site_survey-4", "all", None, None),
    ]


def test_a_chemical_without_cas_counts_by_its_name_or_stays_an_activity(ask: Any) -> None:
    site = CONTRADICTED + "-001"
    assert ask("select pollutant_id, quantity_t from inventory.chemical_use where enterprise_id = ?", site) == [
        (STYRENE, 7.0)
    ]
    items = ask("select item from inventory.activity where enterprise_id = ? order by item", site)
    assert items == [("石脑油",), ("苯乙烯",)]
