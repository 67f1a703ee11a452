"""Projects and a plan at the sensitive places, and the tables of D11: each figure can be checked by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.dbt_inventory.records import BENZENE, STYRENE
from tests.dbt_occupational.conftest import ACRYLONITRILE, PFOS

PER_YEAR = 1e6 / (8760 * 3600)  # t/a → g/s
TERMS = "baseline", "increment", "replaced", "reduction", "under_construction", "cumulative"


def scenario(ask: Any, project: str, group: str = "resident_life") -> list[dict[str, Any]]:
    columns = [f"{term}_{outcome}" for outcome in ("cancer_risk", "hazard_index") for term in TERMS]
    found = ask(
        f"select place_id, verdict, {', '.join(columns)} from exposure.project_scenario "
        "where project_id = ? and population_group = ? order by 1", project, group,
    )  # fmt: skip
    return [dict(zip(["place_id", "verdict", *columns], row, strict=True)) for row in found]


def test_the_increment_is_dilution_times_release_times_unit_risk(ask: Any) -> None:
    ((place, factor, level, risk),) = ask(
        "select max_place_id, chi_over_q_s_m3, max_increment_ug_m3, max_increment_cancer_risk "
        "from exposure.project_source where project_id = 'XM1' and pollutant_id = ?", BENZENE,
    )  # fmt: skip
    ((dose, potency),) = ask(
        "select lifetime, cancer_potency from intermediate.int_exposure__project_unit_risks_computed "
        "where population_group = 'resident_life' and pollutant_id = ?", BENZENE,
    )  # fmt: skip
    assert place.startswith("R:") and factor > 0
    assert level == pytest.approx(factor * 2.0 * PER_YEAR * 1e6)
    assert risk == pytest.approx(level * dose * potency)


def test_six_terms_add_up_at_every_sensitive_place(ask: Any) -> None:
    """XM1 adds 2, replaces 0.5, takes back 0.25 t of benzene; XM2, under construction, adds 1 t from the same stack."""
    rows = scenario(ask, "XM1")
    assert len(rows) == 2 and all(row["place_id"].startswith("R:") for row in rows)
    for row in rows:
        increment = row["increment_cancer_risk"]
        assert row["replaced_cancer_risk"] == pytest.approx(increment / 4)
        assert row["reduction_cancer_risk"] == pytest.approx(increment / 8)
        assert row["under_construction_cancer_risk"] == pytest.approx(increment / 2)
        for outcome in ("cancer_risk", "hazard_index"):
            base, plus, less, cut, others, total = (row[f"{term}_{outcome}"] for term in TERMS)
            assert total == pytest.approx(base + plus - less - cut + others)
    built = scenario(ask, "XM2")
    assert all(row["under_construction_cancer_risk"] == 0 for row in built)


def test_the_baseline_is_the_total_of_the_place(ask: Any) -> None:
    rows = scenario(ask, "XM1")
    assert rows
    for row in rows:
        ((risk, index),) = ask(
            "select cancer_risk, hazard_index from exposure.health_risk_total "
            "where place_id = ? and population_group = 'resident_life'", row["place_id"],
        )  # fmt: skip
        assert (row["baseline_cancer_risk"], row["baseline_hazard_index"]) == (risk, index)


def test_a_plan_is_judged_at_cells_and_is_worse_with_more_emission(ask: Any) -> None:
    rows = scenario(ask, "GH1:近期")
    assert {row["place_id"][:2] for row in rows} == {"R:", "C:"}
    order = ["not_assessed", "acceptable", "attention", "unacceptable"]
    project = {row["place_id"]: row for row in scenario(ask, "XM1")}
    for row in rows:
        if row["place_id"] in project:
            assert order.index(row["verdict"]) >= order.index(project[row["place_id"]]["verdict"])


def test_pupils_are_judged_at_the_school_only(ask: Any) -> None:
    assert len(scenario(ask, "XM1", "student")) == 1


def test_a_banned_pollutant_is_refused_and_the_rest_has_its_steps(ask: Any) -> None:
    steps = dict(ask("select pollutant_id, steps from exposure.project_pollutant where project_id = 'XM1'"))
    assert steps[PFOS] == ["REFUSE"]
    assert {"COMPLY-AND-PERMIT", "MONITOR-AND-PREDICT"} <= set(steps[BENZENE])
    ((industry,),) = ask("select distinct opinion_industry from exposure.project_pollutant where project_id = 'XM1'")
    assert industry == "石化"


def test_the_chapter_is_filled_for_the_proposed_project(ask: Any) -> None:
    assert ask("select project_id from report.d11_project where is_chapter") == [("XM1",)]
    ((name, places, refused),) = ask("select chapter_name, place_count, refused_count from report.d11_summary")
    assert (name, places, refused) == ("扩建项目", 2, 1)


def test_the_worked_example_leads_from_tonnes_to_risk(ask: Any) -> None:
    steps = dict(ask("select row_no, result from report.d11_step"))
    assert steps[1] == pytest.approx(2.0 * PER_YEAR)
    assert steps[3] == pytest.approx(steps[2] * steps[1] * 1e6)
    ((potency,),) = ask(
        "select unit_risk_per_ug_m3 from exposure.project_source where project_id = 'XM1' and pollutant_id = ?", BENZENE
    )
    assert steps[5] == pytest.approx(steps[4] * potency, rel=1e-6)


def test_the_plan_has_layout_zones_priorities_and_admission(ask: Any) -> None:
    ((plot, rank, driver),) = ask("select plot, layout_rank, driver from report.d11_plot")
    assert (plot, rank, driver) == ("A-01", 1, "苯")
    assert sum(people for (people,) in ask("select population from report.d11_zone")) == pytest.approx(200)
    found = ask("select pollutant, cancer_share_pct, priority from report.d11_priority where increment_air_t > 0")
    assert found == [("苯", pytest.approx(100.0), "列入")]
    ((admission, risk),) = ask("select admission, max_cancer_risk from report.d11_admission")
    assert admission == ("限制" if risk > 1e-5 else "有条件准入" if risk > 1e-6 else "准入")


def test_what_a_plan_releases_to_water_is_compared_by_its_oral_toxicity(ask: Any) -> None:
    """Tonnes times the weight of core.toxicity_weight; what has no weight stays open."""
    weight = dict(ask("select pollutant_id, oral_weight from core.toxicity_weight"))
    tonnes = {BENZENE: 1.0, STYRENE: 2.0, ACRYLONITRILE: 1.0}
    whole = sum(tonnes[pollutant] * weight[pollutant] for pollutant in tonnes)
    found = {row[0]: row[1:] for row in ask(
        "select pollutant_id, increment_water_t, water_share_pct, priority from report.d11_priority"
    )}  # fmt: skip
    for pollutant, amount in tonnes.items():
        assert found[pollutant][:2] == (amount, pytest.approx(100 * amount * weight[pollutant] / whole))
    assert found[ACRYLONITRILE][1] > 90 and found[ACRYLONITRILE][2] == "列入"
    assert found[STYRENE][1] < 10 and found[STYRENE][2] == "不列入"
    assert found["COD"] == (9.0, None, "毒性未知，待补")


def test_every_project_says_where_it_came_from(ask: Any) -> None:
    sources = {table for (table,) in ask("select distinct unnest(_origin).source_table from exposure.project")}
    assert sources == {"project_project", "project_release", "project_plan_release"}
