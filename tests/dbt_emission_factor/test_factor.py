"""From samples to a factor over four plants whose figures can be reckoned by hand; formulas as claims of a stage."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from tests.dbt_emission_factor.conftest import CODES, FORMALDEHYDE, LEVELS, PHENOL, TOLUENE

FIRST, SECOND = (f"{code}-001" for code in CODES[:2])


def test_a_pair_is_concentration_times_flow_times_hours_over_output(ask: Any) -> None:
    """1 mg/m3 × 1,000 m3/h × 2,000 h = 2 kg of 100 t."""
    rows = ask(
        "select period, emission_kg, activity, factor, unit, process_id, technology_id, reason_code "
        "from emission_factor.pair where enterprise_id = ? and pollutant_id = ? and stage = 'production' "
        "and control_state = 'controlled' order by period", FIRST, PHENOL,
    )  # fmt: skip
    assert rows[0] == ("2025Q1", pytest.approx(2.0), 100.0, pytest.approx(0.02), "kg/t", "PF", "rto", None)
    assert [row[-1] for row in rows] == [None, None, None, "LOAD-LOW"]


def test_the_factor_is_the_mean_of_a_plant_by_random_effects(ask: Any) -> None:
    """Every plant is the same in all quarters: all spread is between plants, the interval Cox's over plants."""
    ((factor, low, high, plants, pairs, rating, published, method),) = ask(
        "select factor, ci_low, ci_high, n_enterprises, n_observations, rating, is_published, interval_method "
        "from emission_factor.factor where pollutant_id = ? and control_state = 'controlled' and stage = 'production'",
        PHENOL,
    )  # fmt: skip
    logs = np.log(0.02 * np.array(LEVELS))
    spread = float(logs.var(ddof=1))
    assert (plants, pairs, published, method) == (4, 12, True, "knapp_hartung_modified")
    assert factor == pytest.approx(float(np.exp(logs.mean() + spread / 2)), rel=1e-5)
    half = stats.t.ppf(0.975, 3) * np.sqrt(spread / 4 + spread**2 / (2 * 5))
    assert (low, high) == pytest.approx(tuple(np.exp(logs.mean() + spread / 2 + np.array([-half, half]))), rel=1e-5)
    assert rating == "C"


def test_what_is_produced_is_measured_at_the_inlet_else_computed_back(ask: Any) -> None:
    found = dict(
        ask(
            "select enterprise_id, any_value(struct_pack(f := factor, b := is_back_calculated)) "
            "from emission_factor.pair where pollutant_id = ? and stage = 'production' "
            "and control_state = 'uncontrolled' and period = '2025Q1' group by 1", PHENOL,
        )
    )  # fmt: skip
    assert found[FIRST] == {"f": pytest.approx(0.4), "b": False}
    assert found[SECOND] == {"f": pytest.approx(0.4), "b": True}
    ((text,),) = ask(
        "select applicability from emission_factor.factor where pollutant_id = ? and control_state = 'uncontrolled' "
        "and stage = 'production'", PHENOL,
    )  # fmt: skip
    assert "反算" in text


def test_plants_that_never_detect_make_no_factor_and_say_so(ask: Any) -> None:
    rows = ask(
        "select factor, n_observations, nondetect_rate, suppression_reason, is_published from emission_factor.factor "
        "where pollutant_id = ? and control_state = 'controlled'", FORMALDEHYDE,
    )  # fmt: skip
    assert rows == [(None, 12, 1.0, "NO-DETECT", False)]


def test_a_balance_is_of_the_whole_unit_and_checks_the_stacks(ask: Any) -> None:
    """1,000 - 950 - 1 - 4 - 5 - 9 = 31 t of 400 t: 77.5 kg/t. One plant: not published."""
    ((factor, reason),) = ask(
        "select factor, suppression_reason from emission_factor.factor "
        "where stage is null and control_state = 'controlled' and pollutant_id = ?", PHENOL,
    )  # fmt: skip
    assert factor == pytest.approx(77.5) and reason == "FEW-ENTERPRISES"
    ((share, n),) = ask(
        "select balance_share, n from emission_factor.validation where process_id = 'PF' and pollutant_id = ?", PHENOL
    )
    ((stack,),) = ask(
        "select factor from emission_factor.factor where pollutant_id = ? and control_state = 'controlled' "
        "and stage = 'production'", PHENOL,
    )  # fmt: skip
    assert share == pytest.approx(stack / 77.5) and n == 8, "four plants released, four produced"


def test_tanks_add_up_to_a_claim_of_storage_unless_a_register_states_all_fugitive_releases(ask: Any) -> None:
    tanks = ask(
        "select object_no, emission_t, reason_code from inventory.formula_emission "
        "where enterprise_id = ? and stage = 'storage' order by 1",
        FIRST,
    )
    assert [row[0] for row in tanks] == ["V001", "V002"] and tanks[0][1] == tanks[1][1] > 0
    claims = ask(
        "select enterprise_id, stage, method, process_id, is_winner, rule, emission_t from inventory.emission_claim "
        "where pollutant_id = ? order by 1, stage nulls last", TOLUENE,
    )  # fmt: skip
    assert claims[0] == (FIRST, "storage", "formula", "PF", True, "ONLY-CLAIM", pytest.approx(2 * tanks[0][1]))
    assert [row[1:6] for row in claims[1:]] == [
        ("storage", "formula", "PF", False, "STAGE-PART"), (None, "factor", "PF", True, "ONLY-CLAIM"),
    ]  # fmt: skip
    emissions = dict(
        ask("select enterprise_id, emission_t from inventory.emission where pollutant_id = ? and year = 2025", TOLUENE)
    )
    assert emissions == {FIRST: pytest.approx(2 * tanks[0][1]), SECOND: pytest.approx(0.7)}


def test_the_last_release_stands_among_what_was_published_before(ask: Any) -> None:
    rows = ask(
        "select factor_id, factor, factor_low, factor_high from emission_factor.reference_factor "
        "where origin_kind = 'released'"
    )
    assert rows == [("released:last", 0.5, 0.2, 1.1)]


def test_every_factor_finds_its_pairs_and_every_pair_its_cells(ask: Any) -> None:
    ((lost,),) = ask(
        "select count(*) from (select unnest(pair_ids) as pair_id from emission_factor.factor) "
        "where pair_id not in (select pair_id from emission_factor.pair)"
    )
    ((bare,),) = ask("select count(*) from emission_factor.pair where len(_origin) = 0")
    assert (lost, bare) == (0, 0)
