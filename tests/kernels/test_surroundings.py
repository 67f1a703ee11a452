"""Distances against the geodesic of pyproj (Karney 2013), ring sums against every pair, and the unknown."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from pyproj import Geod

from ehpilot.kernels.surroundings import arc_m, chord_m, geocentric_m, nearest, site_surroundings, surroundings

RINGS = (1000.0, 3000.0, 5000.0)
NOWHERE = np.empty((0, 2))


@pytest.mark.parametrize(
    ("longitudes", "latitudes", "tolerance"),
    [
        ((122.50, 122.55), (28.48, 28.50), 1e-6),  # the demo: 5 km
        ((-95.2, -94.7), (29.7, 29.9), 1e-6),  # one zone of the gulf coast
        ((-106.4, -90.1), (31.8, 30.0), 2e-5),  # El Paso to New Orleans, over three UTM zones
        ((121.85, 121.85), (29.90, 29.93), 1e-6),  # along a meridian
    ],
)
def test_arcs_agree_with_the_geodesic(longitudes: tuple, latitudes: tuple, tolerance: float) -> None:
    a, b = geocentric_m(longitudes, latitudes)
    geodesic = Geod(ellps="GRS80").inv(longitudes[0], latitudes[0], longitudes[1], latitudes[1])[2]
    assert arc_m(np.linalg.norm(a - b)) == pytest.approx(geodesic, rel=tolerance)


def test_an_arc_and_its_chord_are_inverse() -> None:
    assert arc_m(chord_m([0.0, 1000.0, 1.5e6])) == pytest.approx([0.0, 1000.0, 1.5e6], rel=1e-12)


def test_rings_hold_the_people_that_every_pair_gives() -> None:
    draw = np.random.default_rng(7)
    sites, places = (np.column_stack([121.8 + draw.random(n) * 0.2, 29.8 + draw.random(n) * 0.2]) for n in (60, 900))
    people = draw.integers(0, 500, 900).astype(float)
    found = surroundings(sites, places[:30], places, people, RINGS, 10_000.0)
    geod = Geod(ellps="GRS80")
    for site, index, metres, within in zip(sites, found.nearest, found.nearest_m, found.population, strict=True):
        distance = geod.inv(*np.broadcast_arrays(*site, *places.T))[2]
        assert metres == pytest.approx(distance[:30].min(), rel=1e-6)
        assert distance[index] == pytest.approx(distance[:30].min(), rel=1e-6)
        assert within.tolist() == [people[distance <= ring].sum() for ring in RINGS]


def test_pairs_come_in_parts_without_a_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = np.random.default_rng(8)
    places = np.column_stack([121.8 + draw.random(400) * 0.1, 29.8 + draw.random(400) * 0.1])
    whole = surroundings(places, NOWHERE, places, np.arange(400.0), RINGS, 10_000.0).population
    monkeypatch.setattr("ehpilot.kernels.surroundings.PAIRS_AT_A_TIME", 700)
    parts = surroundings(places, NOWHERE, places, np.arange(400.0), RINGS, 10_000.0).population
    assert np.array_equal(whole, parts)


def test_nobody_near_is_zero_and_no_data_near_is_unknown() -> None:
    sites = np.array([[122.0, 29.0], [122.0, 29.07], [122.0, 30.0]])  # on the point, 8 km off, 111 km off
    found = surroundings(sites, NOWHERE, [[122.0, 29.0]], [40.0], RINGS, 10_000.0)
    assert found.population[0].tolist() == [40.0, 40.0, 40.0]
    assert found.population[1].tolist() == [0.0, 0.0, 0.0]
    assert np.isnan(found.population[2]).all()
    assert (found.nearest == -1).all() and np.isnan(found.nearest_m).all()
    assert np.isnan(surroundings(sites, NOWHERE, NOWHERE, [], RINGS, 10_000.0).population).all()


def test_an_empty_ring_of_points_says_nothing() -> None:
    sites = np.array([[122.0, 29.07], [122.0, 29.02]])  # 8 km and 2.2 km off
    found = surroundings(sites, NOWHERE, [[122.0, 29.0]], [40.0], RINGS, 10_000.0, empty_is_zero=False)
    assert np.isnan(found.population[0]).all()
    assert np.isnan(found.population[1][0]) and found.population[1][1:].tolist() == [40.0, 40.0]


def test_of_places_at_one_point_the_first_is_named() -> None:
    places = geocentric_m([122.1, 122.0, 122.0], [29.0, 29.0, 29.0])
    assert nearest(geocentric_m([122.01], [29.0]), places)[0].tolist() == [1]


def test_impossible_input_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 0"):
        surroundings(NOWHERE, NOWHERE, [[122.0, 29.0]], [-1.0], RINGS, 10_000.0)
    with pytest.raises(ValueError, match="widest ring"):
        surroundings(NOWHERE, NOWHERE, NOWHERE, [], RINGS, 4_000.0)


COVERAGE = pa.table({"parameter_id": ["population_coverage_m"], "value": [10_000.0]})


def _points(key: str, ids: list[str], east: list[float]) -> pa.Table:
    """Points along a parallel."""
    latitude = pa.array([29.9] * len(ids), pa.float64())
    columns = {key: pa.array(ids, pa.string()), "longitude": pa.array(east, pa.float64()), "latitude": latitude}
    return pa.table(columns)


def _residents(layer: str, east: list[float]) -> pa.Table:
    table = _points("layer", [layer] * len(east), east)
    return table.append_column("people", pa.array([10.0] * len(east), pa.float64()))


SITES = _points("enterprise_id", ["far", "a", "b"], [125.0, 121.82, 121.80])


def test_sites_as_a_table_have_their_nearest_place_and_people_by_ring() -> None:
    places = _points("receptor_id", ["R:2", "R:1"], [121.85, 121.81])
    found = site_surroundings(SITES, places, _residents("cell", [121.80, 121.825]), COVERAGE).to_pylist()
    assert [row["enterprise_id"] for row in found] == ["a", "b", "far"]
    assert [row["nearest_receptor_id"] for row in found] == ["R:1", "R:1", "R:2"]
    assert found[0]["nearest_receptor_m"] == pytest.approx(966, abs=3)
    assert [found[0][f"population_within_{ring}km"] for ring in (1, 3, 5)] == [10, 20, 20]
    assert np.isnan(found[2]["population_within_5km"]), "nobody is known within the coverage: unknown, not 0"


def test_an_empty_ring_of_a_grid_is_zero_and_of_population_points_unknown() -> None:
    for layer, expected in (("cell", 0.0), ("point", np.nan)):
        found = site_surroundings(SITES, _points("receptor_id", [], []), _residents(layer, [121.82]), COVERAGE)
        row = found.to_pylist()[1]
        assert row["population_within_1km"] == pytest.approx(expected, nan_ok=True)
        assert row["population_within_3km"] == 10
        assert row["nearest_receptor_id"] is None and np.isnan(row["nearest_receptor_m"])


def test_blocks_of_sites_give_what_all_sites_give() -> None:
    draw = np.random.default_rng(8)
    sites = _points("enterprise_id", [f"e{n:02d}" for n in range(40)], list(121.8 + draw.random(40) / 5))
    places = _points("receptor_id", ["R:1", "R:2"], [121.83, 121.9])
    residents = _residents("cell", list(121.8 + draw.random(200) / 5))
    whole = site_surroundings(sites, places, residents, COVERAGE)
    blocks = [site_surroundings(sites.slice(start, 7), places, residents, COVERAGE) for start in range(0, 40, 7)]
    assert pa.concat_tables(blocks).combine_chunks().equals(whole.combine_chunks())
