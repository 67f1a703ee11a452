"""Intervals of emissions and totals, and releases above the permit (records.py, emission_records.py)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.dbt_inventory.emission_records import ABOVE, BENZENE
from tests.dbt_inventory.records import ONE, TOTALS


def test_an_interval_follows_the_grade_of_the_winning_claim(ask: Any) -> None:
    ((low, tonnes, high, quality),) = ask(
        """select emission_low_t, emission_t, emission_high_t, quality from inventory.emission
           where enterprise_id = ? and pollutant_id = ? and year = 2025""",
        ONE + "-001",
        BENZENE,
    )
    assert quality == "A"
    assert (low, high) == pytest.approx((0.8 * tonnes, 1.2 * tonnes))


def test_every_emission_lies_inside_its_interval(ask: Any) -> None:
    assert ask(
        """select count(*) from inventory.emission
           where emission_low_t is null or emission_high_t is null or emission_low_t > emission_t
              or emission_high_t < emission_t or (emission_t > 0 and emission_low_t <= 0)"""
    ) == [(0,)]


def test_outlets_of_one_laboratory_err_together(ask: Any) -> None:
    ((tonnes, width, groups, leading, form),) = ask(
        """select emission_t, half_width, error_group_count, leading_error_group, interval_form
           from inventory.emission_total
           where scope_kind = 'enterprise' and scope_id = ? and pollutant_id = ? and year = 2025""",
        TOTALS + "-001",
        BENZENE,
    )
    assert (tonnes, groups, leading, form) == (2.0, 1, f"manual_monitoring|{TOTALS}-001", "normal")
    assert width == pytest.approx(0.4), "not 0.4 / √2"


def test_a_sum_of_one_row_has_the_interval_of_the_row(ask: Any) -> None:
    rows = ask(
        """select total.emission_low_t, total.emission_high_t,
                  emission.emission_low_t, emission.emission_high_t, quality
           from inventory.emission_total as total
           join inventory.emission on total.scope_kind = 'enterprise' and total.scope_id = emission.enterprise_id
             and total.medium = emission.medium and total.pollutant_id = emission.pollutant_id
             and total.year = emission.year
           where total.row_count = 1 and total.emission_t > 0"""
    )
    assert {row[4] for row in rows} >= {"A", "B", "D", "E"}
    for low, high, row_low, row_high, _ in rows:
        assert (low, high) == pytest.approx((row_low, row_high))


def test_the_ends_of_a_release_to_a_medium_are_those_of_its_total(ask: Any) -> None:
    assert ask(
        """select count(*), count(case when abs(low_kg - total.emission_low_t * 1000) > 1e-9 then 1 end)
           from intermediate.int_inventory__site_releases_weighted as release
           join inventory.emission_total as total
             on total.scope_kind = 'enterprise' and total.scope_id = release.enterprise_id and total.year = 2025
             and total.medium = release.medium and total.pollutant_id = release.pollutant_id"""
    ) == ask("select count(*), 0 from intermediate.int_inventory__site_releases_weighted where low_kg is not null")


def test_sites_of_the_zone_err_apart(ask: Any) -> None:
    rows = ask(
        """select emission_t, half_width from inventory.emission_total
           where scope_kind = 'enterprise' and pollutant_id = ? and year = 2025 and medium = 'air'
             and split_part(leading_error_group, '|', 1) in ('automatic', 'manual_monitoring', 'mass_balance')""",
        BENZENE,
    )
    ((tonnes, width, sites),) = ask(
        """select emission_t, half_width, len(enterprise_ids) from inventory.emission_total
           where scope_kind = 'zone' and pollutant_id = ? and year = 2025 and medium = 'air'""",
        BENZENE,
    )
    assert tonnes == pytest.approx(
        ask(
            """select sum(emission_t) from inventory.emission
               where pollutant_id = ? and year = 2025 and medium = 'air'""",
            BENZENE,
        )[0][0]
    )
    assert width < max(row[1] for row in rows) + 2.0
    assert sites > len(rows) - 1


def test_scopes_sum_to_the_same(ask: Any) -> None:
    assert ask(
        """select count(*) from (
             select medium, pollutant_id, year, max(t) - min(t) as gap from (
               select scope_kind, medium, pollutant_id, year, sum(emission_t) as t
               from inventory.emission_total group by all)
             group by all having gap > 1e-9)"""
    ) == [(0,)]


def test_actual_above_permitted_is_listed(ask: Any) -> None:
    found = ask(
        """select replace(outlet_id, enterprise_id || ':', ''), permitted_t, emission_t, exceedance_t, ratio,
                  is_certain, len(outlet_ids)
           from inventory.permit_exceedance where enterprise_id = ? order by 1""",
        ABOVE + "-001",
    )
    assert found == [
        ("DA001", 1.5, 3.0, 1.5, 2.0, True, 1),
        ("site", 5.0, 6.0, 1.0, pytest.approx(1.2), False, 2),
    ], "an outlet at its limit is not above it; the site's limit meets the sum of its outlets"


def test_a_permit_is_never_an_emission(ask: Any) -> None:
    assert ask("select sum(emission_t) from inventory.emission where enterprise_id = ?", ABOVE + "-001") == [(26.0,)]
    ratios = ask(
        """select permit_ratio from inventory.emission where enterprise_id = ? order by outlet_id, pollutant_id""",
        ABOVE + "-001",
    )
    assert ratios == [(2.0,), (None,), (1.0,)]
