"""Areas, receptors, monitoring sites and grid cells of the core: what a map, a distance and a table by area rely on."""

from __future__ import annotations

import duckdb
import pytest

from tests.dbt.environment import PEOPLE_A_CELL, ZONE_M


def rows(marts: duckdb.DuckDBPyConnection, query: str) -> list[tuple]:
    return marts.execute(query).fetchall()


def test_areas_have_their_size_and_an_unknown_outline_has_none(marts):
    size = dict(rows(marts, "select name_cn, area_km2 from core.dim_area"))
    assert size["某试点区（虚构）"] == pytest.approx((ZONE_M / 1000) ** 2, rel=1e-6)
    assert size["无边界街道"] is None


def test_a_park_named_by_the_profile_takes_the_outline_of_the_landing_file(marts):
    (found,) = rows(marts, "select area_km2, len(_origin) from core.dim_area where area_id = 'park-b'")
    assert found[0] == pytest.approx(1.0, rel=1e-6)
    files = rows(
        marts, "select distinct o.file_no from (select unnest(_origin) o from core.dim_area where area_id = 'park-b')"
    )
    assert (5,) in files


def test_a_ring_is_three_kilometres_wide_without_the_park(marts):
    # round a square of 1 km: four strips of 3 km² and a full circle of 3 km radius at the corners
    (ring,) = rows(marts, "select area_km2 from core.dim_area where area_id = 'park-a-ring3km'")
    assert ring[0] == pytest.approx(12 + 9 * 3.14159, rel=0.01)


def test_receptors_lie_in_their_narrowest_area_and_future_ones_are_not_used(marts):
    found = rows(
        marts, "select name, receptor_kind, area_id, location_quality from core.dim_receptor order by receptor_id"
    )
    street = rows(marts, "select area_id from core.dim_area where name_cn = '某街道'")[0][0]
    assert set(found) == {
        ("园区小学", "school", "park-a", "reported"),
        ("街道幼儿园", "kindergarten", street, "swapped_repaired"),
        ("区外村", "residential", None, "outside"),
    }


def test_sites_are_linked_to_outlets_and_unlisted_ones_kept(marts):
    found = rows(
        marts,
        "select site_id, medium, site_role, enterprise_id, outlet_id, area_id, is_active, is_listed "
        "from core.dim_monitoring_site order by site_id",
    )
    assert found == [
        ("S:P1", "waste_gas", "source", "91330206MA00000011-001", "91330206MA00000011-001:DA001", "park-a", True, True),
        ("S:P9", "surface_water", None, None, None, None, None, False),
    ]


def test_the_grid_covers_the_zone_and_keeps_every_person(marts):
    cells, size, people, children, aged = rows(
        marts,
        "select count(*), min(size_m), sum(population), sum(population_under_15), sum(population_65_up) "
        "from core.dim_grid_cell",
    )[0]
    assert (cells, size) == ((ZONE_M / 500) ** 2, 500)
    assert people == pytest.approx(12 * sum(PEOPLE_A_CELL), rel=1e-9)
    assert children == pytest.approx(12 * PEOPLE_A_CELL[0], rel=1e-9)
    assert aged == pytest.approx(12 * PEOPLE_A_CELL[2], rel=1e-9)


def test_cells_without_a_population_cell_are_unknown_not_empty(marts):
    (unknown,) = rows(marts, "select count(*) from core.dim_grid_cell where population is null")
    assert unknown[0] == 16  # the northern kilometre of the zone has no population grid


def test_a_grid_cell_names_the_population_cells_it_is_made_of(marts):
    found = rows(
        marts,
        "select distinct o.source_table, o.column_name from (select unnest(_origin) o from core.dim_grid_cell "
        "where population is not null)",
    )
    assert ("receptor_population_cell", "population") in found
    assert ("intake.profile_parameter", "size_m") in found
