"""Map offsets: round trips below one metre, known sizes, projection against PROJ's own figures."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehpilot.kernels.geo import (
    bd09_to_gcj02,
    bd09_to_wgs84,
    gcj02_to_bd09,
    gcj02_to_wgs84,
    great_circle_distance_m,
    project,
    unproject,
    wgs84_to_gcj02,
)

in_china = st.tuples(st.floats(75.0, 134.0), st.floats(4.0, 53.0))


@given(in_china)
def test_gcj02_round_trip_is_below_a_metre(place):
    back = gcj02_to_wgs84(*wgs84_to_gcj02(*place))
    assert great_circle_distance_m(*place, *back) < 1.0


@given(in_china)
def test_bd09_round_trip_is_below_a_metre(place):
    shifted = gcj02_to_bd09(*wgs84_to_gcj02(*place))
    assert great_circle_distance_m(*place, *bd09_to_wgs84(*shifted)) < 1.0
    assert great_circle_distance_m(*bd09_to_gcj02(*shifted), *wgs84_to_gcj02(*place)) < 1.0


@given(in_china)
def test_the_offset_has_the_size_that_is_known_of_it(place):
    assert 20.0 < great_circle_distance_m(*place, *wgs84_to_gcj02(*place)) < 1500.0


def test_a_published_pair_of_points():
    # Tiananmen, as open converters document it: WGS-84 (116.39123, 39.907) ~ GCJ-02 (116.39748, 39.9084)
    longitude, latitude = wgs84_to_gcj02(116.39123, 39.907)
    assert longitude == pytest.approx(116.39748, abs=2e-4)
    assert latitude == pytest.approx(39.9084, abs=2e-4)


@pytest.mark.parametrize(
    ("wgs84", "gcj02"),
    [
        ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
        ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
        ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
    ],
    ids=["Shanghai", "Shenzhen", "Beijing"],
)
def test_gcj02_agrees_with_the_published_vectors(wgs84: tuple[float, float], gcj02: tuple[float, float]) -> None:
    """Test vectors of googollee/eviltransform (the same in its Go, C, C#, Python and Rust suites)."""
    assert np.array(wgs84_to_gcj02(*wgs84)) == pytest.approx(gcj02, abs=1e-9)
    assert np.array(gcj02_to_wgs84(*gcj02)) == pytest.approx(wgs84, abs=1e-9)


def test_bd09_agrees_with_the_published_vectors() -> None:
    """Test vectors of wandergis/coordtransform at (116.404, 39.915). Its way back is one step of the iteration here."""
    assert np.array(gcj02_to_bd09(116.404, 39.915)) == pytest.approx((116.41036949371029, 39.92133699351021), abs=1e-9)
    back = np.array(bd09_to_gcj02(116.404, 39.915))
    assert back == pytest.approx((116.39762729119315, 39.90865673957631), abs=1e-6)
    assert np.array(gcj02_to_bd09(*back)) == pytest.approx((116.404, 39.915), abs=1e-9)


def test_distance_agrees_with_the_published_one() -> None:
    """Shanghai to Beijing: 1,078,164 m on a sphere of 6,378,137 m (test of eviltransform)."""
    found = great_circle_distance_m(121.531541859215, 31.17530398364597, 116.38404722455657, 39.91334545536069)
    assert found == pytest.approx(1_078_164.0 * 6_371_008.8 / 6_378_137.0, abs=1.0)


def test_outside_china_nothing_is_shifted():
    longitude, latitude = wgs84_to_gcj02([-95.1], [29.7])
    assert (longitude[0], latitude[0]) == (-95.1, 29.7)


def test_projection_to_the_zone_of_beilun():
    east, north = project([123.0, 121.85], [29.93, 29.93])
    assert east[0] == pytest.approx(500_000.0, abs=0.01)  # central meridian of EPSG:4550
    assert east[1] < 400_000.0
    assert north[0] == pytest.approx(3_312_000.0, rel=1e-3)


@given(st.floats(121.5, 124.5), st.floats(28.0, 32.0))
def test_projection_round_trip(longitude, latitude):
    back = unproject(*project(longitude, latitude))
    assert great_circle_distance_m(longitude, latitude, *back) < 0.01


def test_projected_distance_agrees_with_the_great_circle():
    east, north = project([121.80, 121.90], [29.90, 29.95])
    flat = np.hypot(*np.diff([east, north], axis=1)[:, 0])
    assert flat == pytest.approx(float(great_circle_distance_m(121.80, 29.90, 121.90, 29.95)), rel=0.006)


def test_distance_of_one_degree_of_latitude():
    assert great_circle_distance_m(121.0, 29.0, 121.0, 30.0) == pytest.approx(111_195.0, abs=5.0)


def test_from_nashville_to_los_angeles() -> None:
    """BNA to LAX, the task of Rosetta Code: 2886.44 km with a radius of 6371 km."""
    found = great_circle_distance_m(-86.67, 36.12, -118.40, 33.94)
    assert found == pytest.approx(2_886_444.4 * 6_371_008.8 / 6_371_000.0, abs=0.1)


def test_half_a_place_is_none():
    for shifted in (wgs84_to_gcj02, gcj02_to_wgs84, bd09_to_wgs84):
        longitude, latitude = shifted([np.nan, 121.0], [30.0, np.nan])
        assert np.isnan(longitude).all() and np.isnan(latitude).all()
