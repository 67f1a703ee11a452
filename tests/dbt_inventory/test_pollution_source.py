"""The basic table of pollution sources and what lies round a site (records.py, emission_records.py)."""

from __future__ import annotations

from typing import Any

import pytest
from pyproj import Geod

from tests.dbt_inventory.emission_records import ABOVE, COVERED, LEAKS, SUMS
from tests.dbt_inventory.records import ONE


def source(ask: Any, site: str, columns: str) -> tuple[Any, ...]:
    """Columns of one site."""
    return ask(f"select {columns} from inventory.pollution_source where enterprise_id = ?", site)[0]


def test_the_nearest_sensitive_place_is_no_population_point(ask: Any) -> None:
    receptor, metres = source(ask, LEAKS + "-001", "nearest_receptor_id, nearest_receptor_m")
    assert ask("select name from core.dim_receptor where receptor_id = ?", receptor) == [("虚构小学",)]
    assert metres == pytest.approx(Geod(ellps="GRS80").inv(121.85, 29.95, 121.85, 29.967)[2], rel=1e-6)


def test_people_are_counted_once_by_the_grid(ask: Any) -> None:
    rings = "population_within_1km, population_within_3km, population_within_5km"
    assert source(ask, LEAKS + "-001", rings) == (40.0, 100.0, 100.0), "neither pupils nor the population point add"
    assert source(ask, COVERED + "-001", rings) == (None, None, None), "no population data near: unknown, not zero"
    assert source(ask, ABOVE + "-001", rings + ", nearest_receptor_m, has_place") == (None,) * 4 + (False,)


def test_totals_hold_substances_and_no_groups(ask: Any) -> None:
    assert source(ask, ABOVE + "-001", "total_air_t, total_water_t, pollutant_count, outlet_count") == (6.0, None, 2, 2)


def test_a_member_and_the_sum_that_holds_it_count_once(ask: Any) -> None:
    """10 t of xylenes hold 4 t of o-xylene, 3 t of TSP hold the finer fractions; PAH is a group."""
    assert source(ask, SUMS + "-001", "total_air_t")[0] == pytest.approx(13.0 + 0.001 + 2e-6, rel=1e-9)


def test_every_site_is_one_source_with_its_registers(ask: Any) -> None:
    assert ask("select count(*) from inventory.pollution_source") == ask("select count(*) from core.dim_enterprise")
    assert set(source(ask, ONE + "-001", "sources")[0]) >= {"permit", "census", "site_survey", "chemical_survey"}
    assert ask("select min(completeness) > 0, max(completeness) < 1 from inventory.pollution_source") == [(True, True)]


def test_rings_trace_to_the_rows_of_the_population_file(ask: Any) -> None:
    found = ask(
        """select distinct o.source_table, o.first_row, o.last_row
           from inventory.pollution_source, unnest(_origin) as x(o)
           where enterprise_id = ? and o.column_name = 'population_within_3km'""",
        LEAKS + "-001",
    )
    assert found == [("receptor_population_cell", 4, 5)]
