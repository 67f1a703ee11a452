"""Waters by formula, what the formulas lack, technologies by process and substance, and what they would change."""

from __future__ import annotations

from typing import Any

import pytest

from tests.dbt_emission_factor.conftest import CODES, PHENOL, TOLUENE

FIRST, SECOND = (f"{code}-001" for code in CODES[:2])


def test_cooling_water_is_a_claim_by_factor_of_all_volatile_substances(ask: Any) -> None:
    """2,000,000 m3 at 7.19e-4 kg/m3 (AP-42 table 5.1-3)."""
    rows = ask(
        "select enterprise_id, pollutant_id, stage, method, emission_t from inventory.emission_claim "
        "where stage = 'cooling_water'"
    )
    assert rows == [(FIRST, "TVOC", "cooling_water", "factor", pytest.approx(1.438))]


def test_waste_water_gives_off_a_share_of_what_the_balance_says_it_carries_out(ask: Any) -> None:
    """0.5 t of benzene, f_m 1, f_e 0.8; of phenol no share is known, so its stage has no figure and the gaps say so."""
    rows = ask(
        "select enterprise_id, pollutant_id, emission_t, reason_code from inventory.formula_emission "
        "where stage = 'waste_water' order by 1, 2"
    )
    assert [row for row in rows if row[0] in (FIRST, SECOND)] == [
        (FIRST, PHENOL, None, "INPUTS-MISSING"), (SECOND, PHENOL, None, "INPUTS-MISSING"),
        (SECOND, "71-43-2", pytest.approx(0.4), None),
    ]  # fmt: skip
    gaps = dict(ask("select gap_id, missing from intermediate.int_inventory__formula_gaps_found"))
    assert "缺输入" in gaps[f"FORMULA:{FIRST}:waste_water:INPUTS-MISSING"]
    assert gaps["FORMULA:leaks"].startswith("4家企业没有提供输入")
    assert gaps["FORMULA:waste_water"].startswith("2家企业没有提供输入")


def test_what_leaves_outside_of_stacks_has_the_stage_that_its_figure_speaks_of(ask: Any) -> None:
    """The first site's tanks are storage by formula, what the second states of all its fugitive releases counts as
    leaks; the parts of an outlet are its figure."""
    ((tanks,),) = ask(
        "select sum(emission_t) * 1000 from inventory.formula_emission where enterprise_id = ? and stage = 'storage'",
        FIRST,
    )
    rows = ask(
        "select enterprise_id, stage, is_fugitive, emission_kg from intermediate.int_inventory__emissions_linked "
        "where pollutant_id = ? order by 1", TOLUENE,
    )  # fmt: skip
    assert rows == [(FIRST, "storage", True, pytest.approx(tanks)), (SECOND, "leaks", True, pytest.approx(700.0))]
    ((different,),) = ask(
        "select count(*) from "
        "(select enterprise_id, outlet_id, medium, pollutant_id, sum(emission_kg) / 1000 as linked "
        "from intermediate.int_inventory__emissions_linked group by all) as part full join "
        "(select e.* from inventory.emission as e join intermediate.int_inventory__assessment_year_chosen as build "
        "on build.assessment_year = e.year where e.emission_t > 0) as whole "
        "using (enterprise_id, outlet_id, medium, pollutant_id) "
        "where abs(linked - emission_t) > 1e-9 * emission_t or linked is null or emission_t is null"
    )
    assert different == 0


def test_a_fixed_roof_lets_all_pass(ask: Any) -> None:
    rows = ask(
        "select stage, pass_share, share from intermediate.int_emission_factor__stages_controlled "
        "where enterprise_id = ? and pollutant_id = ?", FIRST, TOLUENE,
    )  # fmt: skip
    assert rows == [("storage", 1.0, pytest.approx(1.0))]


def test_options_have_an_efficiency_between_its_ends_and_never_come_from_the_check_list(ask: Any) -> None:
    ((bad,),) = ask(
        "select count(*) from emission_factor.reduction_option "
        "where not (efficiency_low <= efficiency and efficiency <= efficiency_high)"
    )
    ((listed,),) = ask(
        "select count(*) from emission_factor.reduction_option as o join emission_factor.process_pollutant as p "
        "using (process_id, stage, medium, pollutant_id) where p.is_check_list"
    )
    assert (bad, listed) == (0, 0)


def test_a_measure_is_of_the_same_stage_kind_and_sector(ask: Any) -> None:
    rows = ask(
        "select m.process, o.stage, m.stage, o.measure_stage from "
        "(select *, unnest(measure_ids) as measure_id from emission_factor.reduction_option) as o "
        "join risk_grade.control_measure as m using (measure_id)"
    )
    assert rows and all(row[0] == row[1] and row[2] == row[3] for row in rows)


def test_every_option_finds_the_row_of_its_efficiency(ask: Any) -> None:
    ((lost,),) = ask(
        "select count(*) from emission_factor.reduction_option as o left join emission_factor.abatement as a "
        "on a.technology_id = o.efficiency_technology_id and a.pollutant_class = o.efficiency_class "
        "and a.pollutant_id = o.efficiency_pollutant_id where a.efficiency is distinct from o.efficiency"
    )
    assert lost == 0


def test_a_technology_never_adds_and_a_table_of_few_sources_prints_nothing(ask: Any) -> None:
    ((worse,),) = ask(
        "select count(*) from emission_factor.technology_scenario "
        "where emission_change_kg > 0 or grade_after < grade_before or risk_change_share > 0"
    )
    printed = ask("select min(source_count) from report.d10_technology")[0][0]
    assert worse == 0 and (printed is None or printed >= 3)
