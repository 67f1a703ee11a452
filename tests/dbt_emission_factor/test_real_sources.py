"""Factors that a permit states, put to its throughput: the sheet comes out again, and nothing is taken as measured."""

from __future__ import annotations

from typing import Any

import pytest


def test_a_stated_factor_times_its_throughput_is_the_stated_potential(ask: Any) -> None:
    """NOx of a heater of 57 MMBtu/h at 100/1020 lb/MMBtu: 5.588 lb/h, 24.476 short tons a year (the real sheet)."""
    rows = {
        row[0]: row[1:]
        for row in ask(
            "select pollutant_name, computed_kg_h, stated_kg_h, potential_t_a, limited_t_a, is_consistent, "
            "factor_kg_per_gj, reference_ratio from emission_factor.permit_calculation"
        )
    }
    computed, stated, year, limited, is_consistent, heat, ratio = rows["NOx"]
    assert computed == pytest.approx(5.588235294 * 0.45359237) == pytest.approx(stated)
    assert year == pytest.approx(24.47647059 * 0.90718474) == pytest.approx(limited) and is_consistent
    assert heat == pytest.approx(0.0421493, rel=1e-5) and ratio == pytest.approx(1.0, rel=1e-4)
    assert rows["SO2"][0] == pytest.approx(1.44 * 0.45359237), "a factor an hour needs no throughput"
    assert rows["CO"][4] is False, "a figure that does not follow is told"
    assert rows["Total HAP"][0] is None and rows["Total HAP"][4] is None


def test_what_a_permit_states_is_no_pair(ask: Any) -> None:
    ((count,),) = ask(
        "select count(*) from emission_factor.pair "
        "where method not in ('automatic', 'manual_monitoring', 'mass_balance') and is_used"
    )
    assert count == 0
