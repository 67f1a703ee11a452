"""Long-term dilution: against a numerical integration of the hourly plume, by class and kind of source; laws; inputs.

Does not belong here: the plume itself (test_plume.py), frequencies (test_meteorology.py).
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ehpilot.kernels import dispersion, plume
from ehpilot.kernels.dispersion import Source, Weather

NAN = np.nan
STACK = Source(60.0, 1.5, 12.0, 400.0, NAN)
COLD = Source(25.0, NAN, NAN, NAN, NAN)
AREA = Source(10.0, NAN, NAN, NAN, 120.0)
KINDS = {"stack": STACK, "stack without rise": COLD, "area": AREA}
EVEN = np.full((1, 16), 1.0 / 16.0)


def sector_average(
    source: Source,
    weather: Weather,
    distance_m: np.ndarray,
    bearing_deg: np.ndarray,
    floor_m: float,
    urban: bool = False,
) -> np.ndarray:
    """χ/Q without nodes: the formula at each place's own distance, linear between the axes of two sectors."""
    table = dispersion.in_sectors(source, weather, distance_m, floor_m, urban)
    place = ((bearing_deg + 180.0) % 360.0) / 22.5
    low, each = place.astype(int), np.arange(len(place))
    part = place - low
    return table[low % 16, each] * (1 - part) + table[(low + 1) % 16, each] * part


def one_class(stability: int, speed: float = 3.0, lid: float = NAN, share: np.ndarray = EVEN) -> Weather:
    return Weather(np.array([stability]), np.array([speed]), np.array([288.0]), np.array([lid]), share)


def integrated(source: Source, weather: Weather, radius_m: float, urban: bool) -> float:
    """Mean of the hourly plume at a ring of ``radius_m`` over all directions of the wind, by the trapezoid rule; every
    term worked out here once more, from the plume's own x and y."""
    stability = int(weather.stability[0])
    wind = plume.wind_at_height_m_s(weather.speed_m_s, source.release_m, weather.stability, urban)
    table_y, table_z = (plume.URBAN_Y, plume.URBAN_Z) if urban else (plume.RURAL_Y, plume.RURAL_Z)
    y_row, z_row = table_y[stability - 1][None, :], table_z[stability - 1][None, :]
    angle = np.radians(np.linspace(-80.0, 80.0, 40_001))
    x, y = radius_m * np.cos(angle), radius_m * np.sin(angle)
    if source.is_area:
        height, rise = np.full(x.shape, source.height_m / 2), np.zeros(x.shape)
        sideways = plume.virtual_distance_m(np.array([source.width_m / 4.3]), y_row)
        upwards = plume.virtual_distance_m(np.array([source.height_m / 2.15]), z_row)
    else:
        risen = plume.plume_rise(
            source.height_m, source.diameter_m, source.velocity_m_s, source.temperature_k, wind, weather.temperature_k,
            weather.stability,
        )  # fmt: skip
        rise = plume.rise_at_m(risen, x)
        height, sideways, upwards = risen.release_m + rise, np.zeros(1), np.zeros(1)
    induced = np.square(rise / 3.5)
    sigma_y = np.sqrt(plume.sigma_squared_m2(x + sideways, y_row) + induced)
    variance = plume.sigma_squared_m2(x + upwards, z_row) + induced
    hourly = plume.plume_s_m3(wind, sigma_y, plume.ground_density_per_m(variance, height, weather.lid_m), y)
    return float(np.trapezoid(hourly, angle) / (2.0 * np.pi))


@pytest.mark.parametrize("urban", [False, True])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("stability", range(1, 7))
@pytest.mark.parametrize("distance", [500.0, 2000.0, 8000.0])
def test_sector_average_is_the_mean_of_the_hourly_plume(
    stability: int, kind: str, urban: bool, distance: float
) -> None:
    """Within 5 % wherever the plume has come down to more than a millionth of its largest value."""
    lid = {1: 1600.0, 2: 1200.0, 3: 800.0, 4: 560.0}.get(stability, NAN)
    source, weather = KINDS[kind], one_class(stability, lid=lid)
    found = sector_average(source, weather, np.array([distance]), np.array([77.0]), 100.0, urban)[0]
    expected = integrated(source, weather, distance, urban)
    if expected > 1e-12:
        assert found == pytest.approx(expected, rel=0.05)
    else:
        assert found < 1e-11


def test_the_formula_by_hand() -> None:
    """2.032 f/(u σz x) exp(−H²/2σz²), NRC Regulatory Guide 1.111: D, H 30, u 3 at 10 m, one sector, its axis."""
    share = np.zeros((1, 16))
    share[0, 4] = 0.2  # from the east
    wind = 3.0 * 3.0**0.15
    sigma = 0.06 * 2000 / np.sqrt(1 + 0.0015 * 2000)
    found = sector_average(
        Source(30.0, NAN, NAN, NAN, NAN), one_class(4, share=share), np.array([2000.0]), np.array([270.0]), 100.0
    )
    assert found == pytest.approx(2.0318 * 0.2 / (wind * sigma * 2000) * np.exp(-900 / (2 * sigma**2)), rel=1e-4)


def test_between_two_sectors_a_place_has_of_both() -> None:
    share = np.zeros((1, 16))
    share[0, 0] = 1.0  # from the north, so towards 180°
    bearing = np.array([180.0, 180.0 + 22.5 * 0.25, 180.0 + 22.5, 180.0 - 22.5 * 0.5, 0.0])
    found = sector_average(COLD, one_class(4, share=share), np.full(5, 1000.0), bearing, 100.0)
    assert found / found[0] == pytest.approx([1.0, 0.75, 0.0, 0.5, 0.0])


@pytest.mark.parametrize("stability", range(1, 7))
def test_all_of_the_emission_crosses_a_ring(stability: int) -> None:
    """∮ ∫ u χ dz = Q: the ground value over its share per metre is the whole of the plume."""
    ring = np.linspace(0.0, 360.0, 721)[:-1]
    share = np.arange(1.0, 17.0)[None, :] / 136.0
    weather = one_class(stability, lid=NAN, share=share)
    found = sector_average(COLD, weather, np.full(720, 3000.0), ring, 100.0)
    wind = plume.wind_at_height_m_s(weather.speed_m_s, 25.0, weather.stability)[0]
    variance = plume.sigma_squared_m2(np.array([3000.0]), plume.RURAL_Z[stability - 1])
    density = plume.ground_density_per_m(variance, np.array([25.0]), NAN)[0]
    assert found.mean() * 2 * np.pi * 3000.0 * wind / density == pytest.approx(1.0, rel=1e-9)


@given(st.integers(0, 15), st.integers(0, 359), st.integers(1, 6))
@settings(max_examples=40)
def test_turning_the_rose_turns_the_factors(turn: int, bearing: int, stability: int) -> None:
    share = np.random.default_rng(1).random((1, 16))
    at = np.array([float(bearing)])
    before = sector_average(STACK, one_class(stability, share=share), np.array([900.0]), at, 100.0)
    turned = one_class(stability, share=np.roll(share, turn, axis=1))
    after = sector_average(STACK, turned, np.array([900.0]), at + 22.5 * turn, 100.0)
    assert after == pytest.approx(before, rel=1e-9)


def test_a_place_on_top_of_a_stack_is_set_to_the_least_distance() -> None:
    """Also one inside an area, whose least distance is half its width."""
    distance = np.array([0.0, 50.0, 100.0, 101.0])
    near = sector_average(COLD, one_class(1), distance, np.zeros(4), 100.0)
    assert near[0] == near[1] == near[2] and near[3] != near[2] and np.isfinite(near).all()
    wide = sector_average(Source(10.0, NAN, NAN, NAN, 600.0), one_class(4), np.array([0.0, 300.0]), np.zeros(2), 100.0)
    assert wide[0] == wide[1]


@pytest.mark.parametrize("source", [STACK, COLD, AREA, Source(150.0, 4.0, 20.0, 420.0, NAN)])
def test_reading_between_nodes_is_the_formula(source: Source) -> None:
    """Within 2e-3 next to the end of a gradual rise (a kink), within 1e-4 at 99 of 100 places."""
    draw = np.random.default_rng(7)
    classes = np.repeat(np.arange(1, 7), 3)
    lid = np.array([1600.0, 1200.0, 800.0, 560.0, NAN, NAN])[classes - 1]
    weather = Weather(classes, np.tile([1.2, 3.5, 8.0], 6), np.full(18, 288.0), lid, draw.random((18, 16)))
    distance, bearing = np.exp(draw.uniform(np.log(100), np.log(15_000), 3000)), draw.uniform(0, 360, 3000)
    nodes = dispersion._nodes(100.0, distance.max())
    table = dispersion.in_sectors(source, weather, nodes, 100.0)
    angle = np.radians(bearing)
    found = dispersion._read_off(table, nodes, distance * np.sin(angle), distance * np.cos(angle), distance)
    expected = sector_average(source, weather, distance, bearing, 100.0)
    arrived = expected > 1e-4 * expected.max()
    apart = np.abs(found / expected - 1.0)[arrived]
    assert apart.max() < 2e-3 and np.quantile(apart, 0.99) < 1e-4


def tables(places: int = 30) -> dict[str, pa.Table]:
    draw = np.random.default_rng(3)
    return {
        "sources": pa.table({
            "outlet_id": ["s1", "s2", "s3"], "x_m": [0.0, 500.0, 0.0], "y_m": [0.0, -200.0, 0.0],
            "height_m": [60.0, 10.0, 20.0],
            "diameter_m": [1.5, NAN, NAN], "velocity_m_s": [12.0, NAN, NAN], "temperature_k": [400.0, NAN, NAN],
            "width_m": [NAN, 120.0, NAN], "station_id": ["a", "a", "unheard of"],
        }),
        "places": pa.table({
            "place_id": [f"p{n:03d}" for n in range(places)], "x_m": draw.uniform(-4000, 4000, places),
            "y_m": draw.uniform(-4000, 4000, places),
        }),
        "frequencies": pa.table({
            "station_id": ["a"] * 3, "met_year": ["2025"] * 3, "sector": pa.array([0, 4, 4], pa.int32()),
            "stability_class": pa.array([4, 4, 6], pa.int32()), "speed_class": pa.array([3, 3, 1], pa.int32()),
            "share": [0.3, 0.3, 0.4], "speed_m_s": [4.0, 4.0, 1.0], "temperature_k": [290.0, 290.0, 280.0],
            "mixing_height_m": [560.0, 560.0, NAN],
        }),
        "parameters": pa.table({
            "parameter_id": ["dispersion.cut_off_m", "dispersion.minimum_distance_m", "dispersion.is_urban"],
            "value": [3000.0, 100.0, 0.0],
        }),
    }  # fmt: skip


def test_factors_are_rows_within_the_cut_off_of_sources_with_weather() -> None:
    given_tables = tables()
    found = dispersion.annual_factors(**given_tables)
    assert set(found["outlet_id"].to_pylist()) == {"s1", "s2"}, "no weather, no row"
    x, y = (given_tables["places"][name].to_numpy() for name in ("x_m", "y_m"))
    near = np.hypot(x, y) <= 3000.0
    assert found.filter(pa.compute.equal(found["outlet_id"].cast(pa.string()), "s1")).num_rows == near.sum() < 30
    assert np.all(found["chi_over_q_s_m3"].to_numpy() >= 0) and found["met_year"].to_pylist()[0] == "2025"


def test_rows_in_another_order_blocks_and_threads_change_no_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    given_tables = tables(2500)
    whole = dispersion.annual_factors(**given_tables)
    turned = {name: table.take(np.arange(table.num_rows)[::-1]) for name, table in given_tables.items()}
    monkeypatch.setattr(dispersion, "workers", lambda: 1)
    monkeypatch.setattr(dispersion, "PLACES_AT_A_TIME", 7)
    again = dispersion.annual_factors(**turned)
    columns = ("outlet_id", "place_id", "distance_m", "chi_over_q_s_m3")
    assert all(whole[name].to_pylist() == again[name].to_pylist() for name in columns)


def test_a_factor_does_not_depend_on_the_other_places() -> None:
    given_tables = tables(200)
    whole = dispersion.annual_factors(**given_tables)
    part = dispersion.annual_factors(**(given_tables | {"places": given_tables["places"].slice(50, 20)}))
    values = dict(
        zip(
            zip(whole["outlet_id"].to_pylist(), whole["place_id"].to_pylist(), strict=True),
            whole["chi_over_q_s_m3"].to_pylist(),
            strict=True,
        )
    )
    assert part.num_rows and all(
        values[outlet, place] == value
        for outlet, place, value in zip(
            part["outlet_id"].to_pylist(),
            part["place_id"].to_pylist(),
            part["chi_over_q_s_m3"].to_pylist(),
            strict=True,
        )
    )


def test_two_half_sources_are_one() -> None:
    """χ/Q does not know the emission: concentrations are linear in it, whichever way it is split over equal outlets."""
    given_tables = tables()
    double = given_tables | {"sources": pa.concat_tables([
        given_tables["sources"].slice(0, 1),
        given_tables["sources"].slice(0, 1).set_column(0, "outlet_id", pa.array(["s0"])),
    ])}  # fmt: skip
    one = dispersion.annual_factors(**given_tables)
    two = dispersion.annual_factors(**double)["chi_over_q_s_m3"].to_numpy()
    single = one.filter(pa.compute.equal(one["outlet_id"].cast(pa.string()), "s1"))["chi_over_q_s_m3"].to_numpy()
    assert np.array_equal(0.5 * two[: len(single)] + 0.5 * two[len(single) :], single)


def test_nothing_at_all() -> None:
    given_tables = tables()
    for name in ("sources", "places", "frequencies"):
        assert dispersion.annual_factors(**(given_tables | {name: given_tables[name].slice(0, 0)})).num_rows == 0
