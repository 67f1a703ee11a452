"""Risk pollutants and risk sources over the hand-made records: who is in, who is unknown, what decides nothing.

Does not belong here: the equations (``tests/kernels``), single rules (unit tests beside the models).
"""

from __future__ import annotations

import csv
from typing import Any

import pytest

from ehpilot.project import DBT_DIR
from tests.dbt_inventory.emission_records import COVERED, DIOXINS, ETHYLENE_OXIDE, LEAKS, O_XYLENE, SUMS, XYLENES
from tests.dbt_inventory.records import BENZENE, ONE

DIOXIN_AIR_WEIGHT = 120_000_000_000  # 33 per ug/m3 of 2,3,7,8-TCDD (EPA HEM5) x 1000 / 2.8e-7, two digits
XYLENE_AIR_WEIGHT = 35  # 3.5 / 0.1 mg/m3 (EPA IRIS), the isomers by transfer
BENZENE_AIR_WEIGHT = 28_000  # 7.8e-6 per ug/m3 (EPA IRIS) x 1000 / 2.8e-7, two digits


def seed(path: str) -> list[dict[str, str]]:
    """Rows of a seed."""
    with (DBT_DIR / "seeds" / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_listed_and_emitted_substance_is_in_with_its_codes(ask: Any) -> None:
    ((codes, listed, risk, hazard, air),) = ask(
        "select reason_codes, is_listed, is_risk_pollutant, hazard_score, emission_air_kg "
        "from inventory.risk_pollutant where pollutant_id = ?",
        BENZENE,
    )
    assert listed and risk and "PCC2" in codes
    assert hazard == 5, "IARC group 1"
    ((emitted,),) = ask(
        "select sum(emission_t) * 1000 from inventory.emission where pollutant_id = ? and medium = 'air' "
        "and year = 2025 and enterprise_id not like '%-000'",
        BENZENE,
    )
    assert air == pytest.approx(emitted)


INCLUDED = {"risk_pollutant": "is_risk_pollutant and score is not null", "risk_source": "score is not null"}


@pytest.mark.parametrize("table", INCLUDED)
def test_ranks_run_from_one_without_gaps_over_included_rows(ask: Any, table: str) -> None:
    included = INCLUDED[table]
    places = [place for (place,) in ask(f"select rank from inventory.{table} where {included} order by rank")]
    assert places == list(range(1, len(places) + 1)) and places
    assert ask(f"select count(*) from inventory.{table} where ({included}) <> (rank is not null)") == [(0,)]
    assert ask(f"select count(*) from inventory.{table} where not (rank_low <= rank and rank <= rank_high)") == [(0,)]
    assert ask(f"select count(*) from inventory.{table} where rank_high > ?", len(places)) == [(0,)]


def test_a_risk_pollutant_is_listed_and_present_or_reaches_the_cut(ask: Any) -> None:
    wrong = ask(
        "select pollutant_id from inventory.risk_pollutant "
        "where is_risk_pollutant <> (is_listed and is_present or coalesce(score >= 3.0, false))"
    )
    assert wrong == []


def test_what_is_nowhere_has_no_score(ask: Any) -> None:
    absent = ask(
        "select count(*), count(score), count(hazard_score) from inventory.risk_pollutant where not is_present"
    )
    assert absent[0][0] > 50 and absent[0][1] == 0 and absent[0][2] > 0
    assert ask("select count(*) from inventory.risk_pollutant where is_risk_pollutant and not is_present") == [(0,)]


def test_groups_have_no_row_and_no_weight(ask: Any) -> None:
    groups = ask(
        "select count(*) from inventory.risk_pollutant "
        "where pollutant_id in ('TVOC', 'NMHC', 'COD', 'PM2.5', '7446-09-5')"
    )
    assert groups == [(0,)]
    weighted = ask(
        "select count(*) from intermediate.int_inventory__site_releases_weighted "
        "where pollutant_id = 'TVOC' and weighted_kg is not null"
    )
    assert weighted == [(0,)]


def test_two_grams_of_dioxins_are_a_substance_with_a_weight(ask: Any) -> None:
    ((listed, air, release, weight, weighted),) = ask(
        "select is_risk_pollutant, emission_air_kg, emission_score, inhalation_weight, toxicity_weighted_kg "
        "from inventory.risk_pollutant where pollutant_id = ?",
        DIOXINS,
    )
    assert listed and air == pytest.approx(0.002) and weight == DIOXIN_AIR_WEIGHT
    assert weighted == pytest.approx(0.002 * DIOXIN_AIR_WEIGHT)
    assert release == 3, "0.002 kg of weight 1.2e11 are binned as 240 kg of weight 1e6"


def test_a_unit_of_toxic_equivalents_is_no_mass_of_another_substance(ask: Any) -> None:
    found = ask(
        "select rule, emission_t from inventory.emission_claim where enterprise_id = ? and pollutant_id = ? "
        "and medium = 'water'",
        SUMS + "-001",
        O_XYLENE,
    )
    assert found == [("UNIT-NOT-MASS", None)]


def test_an_isomer_is_netted_against_the_mixture_that_holds_it(ask: Any) -> None:
    rows = ask(
        "select pollutant_id, emission_kg, weighted_kg from intermediate.int_inventory__site_releases_weighted "
        "where enterprise_id = ? and pollutant_id in (?, ?) order by pollutant_id",
        SUMS + "-001",
        XYLENES,
        O_XYLENE,
    )
    assert [row[:2] for row in rows] == [(XYLENES, 10_000.0), (O_XYLENE, 4_000.0)]
    assert [row[2] for row in rows] == [pytest.approx(kg * XYLENE_AIR_WEIGHT) for kg in (6_000, 4_000)]


def test_a_value_lent_by_a_parent_says_so_and_an_own_one_stays(ask: Any) -> None:
    lent = {
        (member, rule): (parent, value)
        for member, rule, parent, value in ask(
            "select pollutant_id, transfer_rule, transferred_from, value from core.toxicity_value "
            "where transferred_from is not null and use_class = 'chronic' and route = 'oral'"
        )
    }
    assert lent[O_XYLENE, "same_value"] == (XYLENES, 0.2)
    assert lent["N078", "as_element"][0] == "7440-43-9"
    assert lent["CP-SC", "same_value"] == ("85535-84-8", 0.03)
    assert ask(
        "select count(*) from core.toxicity_value where transfer_rule = 'read_across' and len(chosen_for) > 0"
    ) == [(0,)]
    borrowed = "select oral_is_borrowed, inhalation_is_borrowed from core.toxicity_weight where pollutant_id in (?, ?)"
    assert ask(borrowed, "7440-48-4", "7440-41-7") == [(False, False)] * 2, "cobalt and beryllium have a real RfD"
    assert ask("select count(*) from core.toxicity_weight where pollutant_id = 'N090'") == [(0,)], "speciate first"


def test_chosen_cancer_values_of_the_screening_hold_no_early_life_adjustment(ask: Any) -> None:
    kinds = ask("select distinct adaf_status from core.toxicity_value where is_chosen and use_class = 'cancer'")
    assert {kind for (kind,) in kinds} == {"not_applicable", "not_included"}
    sets = ask("select list_distinct(flatten(list(chosen_for))) from core.toxicity_value where use_class = 'cancer'")
    assert set(sets[0][0]) == {"resident", "worker"}


def test_a_site_is_weighted_by_hand(ask: Any) -> None:
    ((weighted, air, people, value, band),) = ask(
        "select toxicity_weighted_kg, emission_air_kg, population_within_3km, toxicity_people, band "
        "from inventory.risk_source where enterprise_id = ?",
        ONE + "-001",
    )
    ((benzene_kg,),) = ask(
        "select sum(emission_kg) from intermediate.int_inventory__site_releases_weighted "
        "where enterprise_id = ? and pollutant_id = ? and medium = 'air'",
        ONE + "-001",
        BENZENE,
    )
    assert weighted >= benzene_kg * BENZENE_AIR_WEIGHT and air >= benzene_kg
    ((near,),) = ask(
        "select sum(weighted_kg) from intermediate.int_inventory__site_releases_weighted as release "
        "join inventory.risk_pollutant using (pollutant_id) "
        "where is_risk_pollutant and release.enterprise_id = ? and medium in ('air', 'unspecified')",
        ONE + "-001",
    )
    assert value == pytest.approx(near * people) and near <= weighted and band is not None


def test_a_release_to_water_reaches_nobody_that_is_known(ask: Any) -> None:
    releases = ask(
        "select people_reached, reaches_receiving_body from intermediate.int_inventory__site_releases_weighted "
        "where medium = 'water'"
    )
    assert releases and set(releases) == {(None, True)}
    assert ask(
        "select count(*) from inventory.risk_source "
        "where list_contains(reason_codes, 'UNKNOWN-RECEIVING-BODY') and (not is_incomplete or band = 'low')"
    ) == [(0,)]
    assert ask(
        "select count(*) > 0 from inventory.risk_source where list_contains(reason_codes, 'UNKNOWN-RECEIVING-BODY')"
    ) == [(True,)]


def test_a_site_whose_people_or_place_are_unknown_has_no_band_and_says_so(ask: Any) -> None:
    unknown = ask(
        "select band, score, confidence, reason_codes from inventory.risk_source where population_within_3km is null"
    )
    assert unknown
    assert {(band, score, confidence) for band, score, confidence, _ in unknown} == {(None, None, "low")}
    assert all("UNKNOWN-POPULATION" in codes for *_, codes in unknown)
    assert ask("select count(*) from inventory.risk_source where is_incomplete and band = 'low'") == [(0,)]
    assert ask(
        "select count(*) from inventory.risk_source join risk_grade.source_grade using (enterprise_id) "
        "where is_high_risk <> coalesce(grade <= 2, band = 'high', false)"
    ) == [(0,)]


def test_a_site_without_risk_pollutants_or_held_on_its_legal_entity_is_no_source(ask: Any) -> None:
    assert ask("select count(*) from inventory.risk_source where enterprise_id like '%-000'") == [(0,)]
    of_site = "select count(*) from inventory.risk_source where enterprise_id = ?"
    assert ask(of_site, LEAKS + "-001") == [(0,)], "it releases total VOC only"
    assert ask(of_site, COVERED + "-001") == [(1,)], "its leaks are total VOC, its stack emits toluene"


def test_drafts_and_incomplete_lists_gate_nothing(ask: Any) -> None:
    silent = {row["list_code"] for row in seed("chemicals/regulatory_list_status.csv") if row["decides"] != "true"}
    members: dict[str, set[str]] = {}
    for row in seed("chemicals/regulatory_list.csv"):
        for cas in filter(None, row["cas_no"].split(";")):
            members.setdefault(cas.strip(), set()).add(row["list_code"])
    only_silent = {cas for cas, lists in members.items() if lists <= silent}
    assert only_silent
    listed = {pollutant for (pollutant,) in ask("select pollutant_id from inventory.risk_pollutant where is_listed")}
    assert only_silent & listed == set()


def test_doubtful_toxicity_decides_nothing(ask: Any) -> None:
    doubtful = {
        (row["cas_no"], row["value_type_code"], row["authority"], float(row["value"]))
        for row in seed("chemicals/toxicity.csv")
        if row["verified"] == "doubtful"
    }
    assert {"RfC", "RfD"} <= {kind for _, kind, _, _ in doubtful}
    shipped = ask(
        "select coalesce(transferred_from, pollutant_id), value_type, authority, value from core.toxicity_value"
    )
    assert doubtful & set(shipped) == set()


def test_what_decided_stands_among_the_parameters(ask: Any) -> None:
    chosen = dict(ask("select parameter_id, value from intermediate.int_core__parameter_values_chosen"))
    weights = [chosen[f"screening.weight_{name}"] for name in ("hazard", "release", "exposure", "detection")]
    assert sum(weights) == pytest.approx(1.0)
    assert chosen["screening.cut_score"] == 3.0 and chosen["screening.first_ranks"] == 16


def test_a_foreign_category_that_nobody_reports_is_no_candidate_beside_its_parent(ask: Any) -> None:
    assert ask("select list_codes from core.dim_pollutant where pollutant_id = 'N020'") != [([],)]
    absent = (
        "select pollutant_id from inventory.risk_pollutant inner join core.dim_pollutant using (pollutant_id) "
        "where dim_pollutant.cas_no is null and dim_pollutant.parent_id is not null and not is_present"
    )
    assert ask(absent) == []
    assert len(ask("select 1 from inventory.risk_pollutant where pollutant_id = '7440-38-2'")) == 1


def test_never_found_above_a_high_limit_is_unknown_and_an_unstated_averaging_time_is_counted(ask: Any) -> None:
    ((samples, sites, share),) = ask(
        "select sample_count, informative_site_count, detection_share "
        "from intermediate.int_inventory__detections_counted where pollutant_id = ?",
        ETHYLENE_OXIDE,
    )
    assert (samples, sites, share) == (2, 0, None), "0.3 ug/m3 is about a thousand times the level of 1e-6"
    assert ask("select item_count from inventory.inventory_gap where gap_id = 'AVERAGING-ASSUMED'") == [(3,)]
    ((ratio,),) = ask("select max_ratio_to_standard from inventory.risk_pollutant where pollutant_id = '108-88-3'")
    assert ratio == pytest.approx(20.0 / 200.0), "toluene against the 1 h mean of HJ 2.2-2018 annex D"
