"""Mass balances as claims of a site to air, against its outlets; and why one is none."""

from __future__ import annotations

from typing import Any

import pytest

from tests.dbt_emission_factor.conftest import BALANCED, CODES, METHANOL, PHENOL
from tests.dbt_inventory.records import BENZENE, BUTADIENE, STYRENE

FIRST, SECOND, SITE = (f"{code}-001" for code in (*CODES[:2], BALANCED))


def claims(ask: Any, site: str, pollutant: str) -> dict[tuple[str, str], tuple[Any, ...]]:
    """Claims to air outside of the stages by (outlet, method) → (t, quality, winner, rule)."""
    rows = ask(
        "select split_part(outlet_id, ':', 2), method, emission_t, quality, is_winner, rule "
        "from inventory.emission_claim "
        "where enterprise_id = ? and pollutant_id = ? and medium = 'air' and stage is null", site, pollutant,
    )  # fmt: skip
    return {row[:2]: row[2:] for row in rows}


def test_a_balance_goes_before_outlets_by_factor_and_never_stands_beside_them(ask: Any) -> None:
    """100 - 93 - 2.5 - 1.2 - 1.8 - 1.0 = 0.5 t, of grade C: 125 % each way in the log-normal of that mean."""
    found = claims(ask, SITE, BENZENE)
    assert found[("site", "mass_balance")] == (pytest.approx(0.5), "C", True, "ONLY-CLAIM")
    assert found[("DA001", "factor")] == (0.2, "D", False, "SITE-TOTAL")
    rows = ask(
        "select outlet_id, emission_t, emission_low_t, emission_high_t, method, claim_count from inventory.emission "
        "where enterprise_id = ? and pollutant_id = ? and medium = 'air'", SITE, BENZENE,
    )  # fmt: skip
    ((outlet, tonnes, low, high, method, count),) = rows
    assert (outlet, method, count) == (f"{SITE}:site", "mass_balance", 1)
    assert tonnes == pytest.approx(0.5) and 0 < low < 0.25 and high > 1.0


def test_monitored_outlets_go_before_a_balance(ask: Any) -> None:
    found = claims(ask, SITE, STYRENE)
    assert found[("DA001", "manual_monitoring")] == (0.3, "B", True, "ONLY-CLAIM")
    assert found[("site", "mass_balance")] == (pytest.approx(0.5), "C", False, "OUTLET-SUM")


def test_a_balance_that_is_open_or_of_a_part_of_the_site_leaves_it_to_the_next_method(ask: Any) -> None:
    for pollutant in (METHANOL, BUTADIENE):
        assert [key for key in claims(ask, SITE, pollutant)] == [("DA001", "factor")], pollutant
    gaps = dict(ask("select gap_id, missing from intermediate.int_inventory__balance_gaps_found"))
    assert gaps[f"BALANCE:{SITE}:BALANCE-OPEN"].startswith("闭合差超过上限（1种物质）")
    assert gaps[f"BALANCE:{SITE}:BALANCE-INPUT"].startswith("投入与原辅料用量不符（1种物质）")
    assert gaps[f"BALANCE:{SECOND}:INPUTS-MISSING"].startswith("缺输入（1种物质）")
    assert gaps["BALANCE:INPUTS-MISSING"].startswith("2家企业没有提供输入（适用本手册的4家）")


def test_a_rest_within_the_error_of_the_meters_is_an_order_of_size_where_nothing_else_is_known(ask: Any) -> None:
    """1 t of 1,000 t: meters of 0.2 % leave 2.8 t open."""
    ((rest, error, reason),) = ask(
        "select emission_t, metering_error_t, reason_code from intermediate.int_inventory__balances_judged "
        "where enterprise_id = ? and pollutant_id = ?", FIRST, PHENOL,
    )  # fmt: skip
    assert rest == pytest.approx(1.0) and reason == "BALANCE-METERING"
    assert error == pytest.approx(0.002 * (1000**2 + 980**2 + 1 + 16 + 25 + 81) ** 0.5)
    # the last published manual knows phenol of this site
    barred = (pytest.approx(1.0), "E", False, "BALANCE-METERING")
    assert claims(ask, FIRST, PHENOL) == {("site", "mass_balance"): barred}
    alone = (pytest.approx(0.1), "E", True, "ONLY-CLAIM")
    assert claims(ask, SITE, PHENOL) == {("site", "mass_balance"): alone}
    gaps = dict(ask("select gap_id, effect from intermediate.int_inventory__balance_gaps_found"))
    assert gaps[f"BALANCE:{SITE}:BALANCE-METERING"].startswith("只知量级（E级）")


def test_a_claim_by_balance_names_the_cells_that_it_was_reckoned_from(ask: Any) -> None:
    (origin,) = ask(
        "select o.source_table, o.field, o.column_name from inventory.emission_claim, unnest(_origin) as x(o) "
        "where enterprise_id = ? and pollutant_id = ? and method = 'mass_balance'", SITE, BENZENE,
    )  # fmt: skip
    assert origin == ("permit_balance", "input_t", "emission_t")


def test_no_factor_comes_from_a_claim_or_from_what_meters_cannot_tell_from_nothing(ask: Any) -> None:
    """Pairs read the balance itself; one within the error of its meters is level C and makes no factor."""
    rows = ask(
        "select method, qc_level, emission_kg, is_used from emission_factor.pair "
        "where enterprise_id = ? and pollutant_id = ? and stage is null and control_state = 'controlled'",
        FIRST,
        PHENOL,
    )
    assert rows == [("mass_balance", "C", pytest.approx(1000.0), False)]
