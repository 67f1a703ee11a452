"""The plume against published cases: Turner's workbook, De Visscher's examples, Briggs' closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehpilot.kernels import plume

D, NO_LID = np.array([4]), np.nan


def concentration_ug_m3(q_g_s: float, height_m: float, wind_m_s: float, x_m: float, y_m: float = 0.0) -> float:
    """Open country, class D, no rise, no lid."""
    variance = plume.sigma_squared_m2(np.array([x_m]), plume.RURAL_Z[3])
    density = plume.ground_density_per_m(variance, np.array([height_m]), NO_LID)
    return float(q_g_s * 1e6 * plume.plume_s_m3(wind_m_s, plume.sigma_m(x_m, D, "y"), density, y_m)[0])


@pytest.mark.parametrize(
    ("q", "height", "wind", "x", "y", "expected"),
    [(100, 90, 7, 1500, 0, 160.3), (100, 90, 7, 1500, 100, 107.5), (5, 30, 2, 1000, 0, 201.14)],
)
def test_plumes_of_de_visscher(q: float, height: float, wind: float, x: float, y: float, expected: float) -> None:
    """De Visscher, Air Dispersion Modeling (Wiley 2014), chapter 6: class D, rural, Briggs' σ; µg/m³ at the ground."""
    assert concentration_ug_m3(q, height, wind, x, y) == pytest.approx(expected, rel=3e-4)


def test_rise_of_de_visscher() -> None:
    """20 m³/s through a radius of 1 m, ρa 1.17, ρs 0.935 kg/m³, u 3 m/s: F = 12.539 m⁴/s³, Δh(1000 m) = 47.589 m."""
    velocity = 20.0 / np.pi
    assert plume.buoyancy_flux_m4_s3(velocity, 2.0, 0.935 / 1.17) == pytest.approx(12.539, rel=1e-4)
    air_k = np.array([293.0])
    gas_k = 293.0 * 1.17 / 0.935
    rise = plume.plume_rise(50.0, 2.0, velocity, gas_k, np.array([3.0]), air_k, D)
    assert plume.rise_at_m(rise, np.array([1000.0])) == pytest.approx(47.589, rel=1e-4)
    assert plume.rise_at_m(rise, np.array([100.0])) == pytest.approx(
        1.6 * 12.539 ** (1 / 3) * 100 ** (2 / 3) / 3, rel=1e-4
    )


@pytest.mark.parametrize(
    ("q", "height", "wind", "sigma_y", "sigma_z", "y", "expected_g_m3"),
    [
        (3.0, 0.0, 7.0, 190.0, 65.0, 0.0, 1.1e-5),  # problem 1: burning dump, overcast night, 3 km
        (80.0, 60.0, 6.0, 36.0, 18.5, 0.0, 3.3e-5),  # problem 2: refinery, overcast morning, 500 m
        (80.0, 60.0, 6.0, 36.0, 18.5, 50.0, 1.3e-5),  # problem 3: the same, 50 m off the axis
    ],
)
def test_problems_of_turners_workbook(
    q: float, height: float, wind: float, sigma_y: float, sigma_z: float, y: float, expected_g_m3: float
) -> None:
    """Turner, Workbook of Atmospheric Dispersion Estimates (AP-26, 1970), chapter 7; σ as read there off the curves."""
    density = plume.ground_density_per_m(np.array([sigma_z**2]), np.array([height]), NO_LID)
    assert q * plume.plume_s_m3(wind, sigma_y, density, y)[0] == pytest.approx(expected_g_m3, rel=0.04)


@pytest.mark.parametrize(
    ("sigma_z", "sigma_y", "expected_g_m3"), [(26.2, 45.9, 1.53e-5), (28.2, 49.0, 1.56e-5), (30.1, 52.2, 1.55e-5)]
)
def test_example_of_fundamentals_of_air_pollution(sigma_z: float, sigma_y: float, expected_g_m3: float) -> None:
    """Boubel, Fox, Turner and Stern, Fundamentals of Air Pollution, 3rd edition (1994), chapter 19 III D, pages 303 to
    305: 0.37 g/s at 40 m, 2 m/s, class B, at 260, 280 and 300 m; σ as printed there."""
    density = plume.ground_density_per_m(np.array([sigma_z**2]), np.array([40.0]), NO_LID)
    assert 0.37 * plume.plume_s_m3(2.0, sigma_y, density)[0] == pytest.approx(expected_g_m3, rel=4e-3)


def test_final_rises_are_those_of_briggs() -> None:
    """Distance of final rise and both closed forms: 49 F^⅝ and 21.425 F^¾/u below 55, 119 F^⅖ and 38.71 F^⅗/u above;
    stable 2.6 (F/(u s))^⅓ at 2.0715 u/√s."""
    for flux, final, distance in ((30.0, 21.425 * 30**0.75, 49 * 30**0.625), (200.0, 38.71 * 200**0.6, 119 * 200**0.4)):
        assert 1.6 * np.cbrt(flux) * distance ** (2 / 3) == pytest.approx(final, rel=2e-4)
        density_ratio = 1.0 - flux / (plume.GRAVITY_M_S2 * 15.0 * 4.0)
        rise = plume.plume_rise(40.0, 4.0, 15.0, 280.0 / density_ratio, np.array([5.0]), np.array([280.0]), D)
        assert rise.final_m == pytest.approx(final / 5.0, rel=1e-6)
    s = plume.GRAVITY_M_S2 * 0.020 / 280.0
    rise = plume.plume_rise(40.0, 2.0, 15.0, 400.0, np.array([4.0]), np.array([280.0]), np.array([5]))
    flux = plume.buoyancy_flux_m4_s3(15.0, 2.0, 0.7)
    assert rise.final_m == pytest.approx(2.6 * np.cbrt(flux / (4.0 * s)), rel=1e-9)
    assert plume.rise_at_m(rise, np.array([2.0715 * 4.0 / np.sqrt(s)])) == pytest.approx(rise.final_m, rel=1e-3)


def test_momentum_rules_a_cold_jet_and_is_complete_at_once() -> None:
    """3 d v/u; a gas of the air's temperature, or colder, has no buoyancy; the crossover is the larger of the two."""
    for gas_k in (280.0, 250.0, np.nan):
        rise = plume.plume_rise(40.0, 2.0, 15.0, gas_k, np.array([5.0]), np.array([280.0]), D)
        assert rise.final_m == pytest.approx(3 * 2 * 15 / 5)
        assert plume.rise_at_m(rise, np.array([1.0])) == pytest.approx(18.0)
    warm = plume.plume_rise(40.0, 2.0, 15.0, 285.0, np.array([5.0]), np.array([280.0]), D)
    flux = plume.buoyancy_flux_m4_s3(15.0, 2.0, 280 / 285)
    assert warm.final_m == pytest.approx(max(18.0, 21.425 * flux**0.75 / 5))


def test_downwash_lowers_a_slow_release_and_no_stack_below_the_ground() -> None:
    slow = plume.plume_rise(20.0, 1.0, 3.0, np.nan, np.array([4.0]), np.array([280.0]), D)
    assert slow.release_m == pytest.approx(20 + 2 * (3 / 4 - 1.5))
    assert plume.plume_rise(1.0, 9.0, 1.0, np.nan, np.array([9.0]), np.array([280.0]), D).release_m == 0.0
    assert plume.plume_rise(20.0, 1.0, 8.0, np.nan, np.array([4.0]), np.array([280.0]), D).release_m == 20.0


def test_unknown_size_or_speed_gives_no_rise() -> None:
    rise = plume.plume_rise(20.0, np.nan, 8.0, 400.0, np.array([4.0, 2.0]), np.array([280.0, 280.0]), np.array([4, 5]))
    assert plume.rise_at_m(rise, np.array([100.0, 5000.0])).tolist() == [0.0, 0.0]


@pytest.mark.parametrize("ratio", [0.05, 0.3, 0.69, 0.71, 1.0, 1.59, 1.61, 5.0])
@pytest.mark.parametrize("height", [0.0, 0.4, 0.99])
def test_images_under_a_lid_are_summed_whole(ratio: float, height: float) -> None:
    """Both forms of the sum against 400 images; evenly mixed beyond 1.6."""
    lid, variance = 800.0, (ratio * 800.0) ** 2
    images = sum(np.exp(-0.5 * (2 * n * lid + height * lid) ** 2 / variance) for n in range(-200, 201))
    expected = np.sqrt(2 / np.pi) / np.sqrt(variance) * images
    found = plume.ground_density_per_m(np.array([variance]), np.array([height * lid]), np.array([lid]))
    assert found == pytest.approx(expected, rel=1e-6, abs=1e-30)
    if ratio > 1.6:
        assert found == pytest.approx(1 / lid, rel=1e-4)


def test_a_plume_above_the_lid_does_not_reach_the_ground() -> None:
    found = plume.ground_density_per_m(np.array([1e6, 1e4]), np.array([900.0, 900.0]), np.array([800.0, np.nan]))
    assert found[0] == 0.0 and found[1] > 0.0


@given(st.floats(1.0, 500.0), st.integers(1, 6), st.booleans())
def test_virtual_distance_undoes_the_spread(sigma: float, stability: int, urban: bool) -> None:
    table = (plume.URBAN_Z if urban else plume.RURAL_Z)[stability - 1]
    furthest = plume.sigma_m(plume.FURTHEST_M, [stability], "z", urban)[0]
    if sigma < 0.9 * furthest:
        distance = plume.virtual_distance_m(np.array([sigma]), table[None, :])
        assert plume.sigma_m(distance, [stability], "z", urban) == pytest.approx(sigma, rel=1e-6)
    assert plume.virtual_distance_m(np.array([0.0]), table[None, :]) == 0.0


def test_spread_grows_with_distance_and_with_instability() -> None:
    """Briggs' curves at 1 km: values of Gifford 1976, table 4, computed by hand."""
    x, classes = np.full(6, 1000.0), np.arange(1, 7)
    assert plume.sigma_m(x, classes, "z") == pytest.approx([200, 120, 73.03, 37.95, 23.08, 12.31], abs=0.01)
    assert plume.sigma_m(x, classes, "y") == pytest.approx([209.76, 152.55, 104.88, 76.28, 57.21, 38.14], abs=0.01)
    assert plume.sigma_m(x, classes, "z", urban=True) == pytest.approx(
        [339.41, 339.41, 200, 122.79, 50.60, 50.60], abs=0.01
    )


def test_single_numbers_are_taken_as_well_as_arrays() -> None:
    """De Visscher's class D case as one would type it in; a lid and heights broadcast."""
    density = plume.ground_density_per_m(plume.sigma_m(1500.0, 4, "z") ** 2, 90.0, np.nan)
    assert float(100e6 * plume.plume_s_m3(7.0, plume.sigma_m(1500.0, 4, "y"), density)) == pytest.approx(
        160.3, rel=1e-3
    )
    assert np.shape(density) == ()
    both = plume.ground_density_per_m(np.array([[1e4], [4e4]]), [50.0, 90.0], 500.0)
    assert both.shape == (2, 2)
    assert both[1, 1] == pytest.approx(float(plume.ground_density_per_m(4e4, 90.0, 500.0)))


@pytest.mark.parametrize("stability", [0, 7, [1, 7], 2.5, np.nan])
def test_a_class_that_is_none_is_refused(stability: float | list[int]) -> None:
    with pytest.raises(ValueError, match="stability classes"):
        plume.sigma_m(1000.0, stability, "z")
    with pytest.raises(ValueError, match="stability classes"):
        plume.wind_at_height_m_s(3.0, 50.0, stability)


def test_classes_may_come_as_floats_or_not_at_all_and_an_axis_is_y_or_z() -> None:
    assert plume.sigma_m([100.0, 200.0], [1.0, 6.0], "y").tolist() == plume.sigma_m([100, 200], [1, 6], "y").tolist()
    assert plume.sigma_m([], [], "z").shape == (0,)
    with pytest.raises(ValueError, match="axis"):
        plume.sigma_m(100.0, 4, "x")


@pytest.mark.parametrize("temperature", [-20.0, 0.0, np.nan])
@pytest.mark.parametrize("stability", [4, 5])
def test_a_temperature_below_zero_kelvin_is_none(temperature: float, stability: int) -> None:
    """No buoyancy: the rise is that of a jet of the air's temperature, finite in neutral and stable air."""
    stack = {
        "height_m": 30.0,
        "diameter_m": 2.0,
        "velocity_m_s": 6.0,
        "air_k": np.array([293.0]),
        "stability": stability,
    }
    rise = plume.plume_rise(temperature_k=temperature, wind_m_s=np.array([3.0]), **stack)
    same = plume.plume_rise(temperature_k=293.0, wind_m_s=np.array([3.0]), **stack)
    assert np.isfinite(rise.final_m).all() and rise.final_m.tolist() == same.final_m.tolist()
