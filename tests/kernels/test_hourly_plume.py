"""Hourly plumes of all sources at a place: one by hand, their sum, their mean over a turn of the wind, inputs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ehpilot.kernels import compiled_plume as loops
from ehpilot.kernels import dispersion, hourly_plume, plume, station_plumes

NAN = np.nan
PARAMETERS = {
    "dispersion.cut_off_m": 10_000.0, "dispersion.minimum_distance_m": 100.0, "dispersion.calm_speed": 0.5,
    "dispersion.is_urban": 0.0,
}  # fmt: skip

IMPORTED = pa.table({"outlet_id": ["s1"], "place_id": ["p"], "chi_over_q_s_m3": [1e-5]})


def peaks(
    hours: list[tuple[float, float, int]], emissions: list[tuple[str, str, str, float]] | None = None,
    places: list[tuple[str, float, float]] | None = None,
) -> pa.Table:  # fmt: skip
    """Peaks for hours (direction from, speed, stability), with stacks s1 at the origin and s2 400 m north of it."""
    return hourly_plume.hourly_peaks(*tables(hours, emissions, places))


def tables(
    hours: list[tuple[float, float, int]], emissions: list[tuple[str, str, str, float]] | None = None,
    places: list[tuple[str, float, float]] | None = None, sources: dict[str, list[Any]] | None = None,
    stations: tuple[str, ...] = ("a",), imported: pa.Table | None = None,
) -> tuple[pa.Table, ...]:  # fmt: skip
    """What ``peaks`` hands in; each station has all hours."""
    direction, speed, stability = (list(column) for column in zip(*hours, strict=True)) if hours else ([], [], [])
    count, times = len(hours), len(stations)
    rows = emissions or [("s1", "e1", "x", 2.0)]
    at = places or [("p", 1000.0, 0.0)]
    moments = np.arange(count).astype("datetime64[h]").astype("datetime64[us]")
    return (
        pa.table({
            "outlet_id": ["s1", "s2"], "x_m": [0.0, 0.0], "y_m": [0.0, 400.0], "height_m": [30.0, 30.0],
            "diameter_m": [NAN, NAN], "velocity_m_s": [NAN, NAN], "temperature_k": [NAN, NAN], "width_m": [NAN, NAN],
            "station_id": ["a", "a"],
        } | (sources or {})),
        pa.table({
            "place_id": [p for p, _, _ in at], "x_m": [x for _, x, _ in at], "y_m": [y for _, _, y in at],
        }),
        pa.table({
            "station_id": pa.array([name for name in stations for _ in range(count)], pa.string()),
            "observed_at": np.tile(moments, times), "wind_direction_deg": np.tile(np.array(direction, float), times),
            "wind_speed_m_s": np.tile(np.array(speed, float), times),
            "stability_class": pa.array(list(stability) * times, pa.int32()),
            "temperature_k": np.full(count * times, 290.0), "mixing_height_m": np.full(count * times, NAN),
        }),
        pa.table({
            "outlet_id": [r[0] for r in rows], "enterprise_id": [r[1] for r in rows],
            "pollutant_id": [r[2] for r in rows], "emission_g_s": [r[3] for r in rows],
        }),
        IMPORTED[:0] if imported is None else imported,
        pa.table({"parameter_id": list(PARAMETERS), "value": list(PARAMETERS.values())}),
    )  # fmt: skip


def by_hand(q: float, x: float, y: float, speed: float) -> float:
    """µg/m³ at the ground, class D, height 30 m."""
    wind, sigma_z = speed * 3.0**0.15, plume.sigma_m(x, [4], "z")[0]
    sigma_y = plume.sigma_m(x, [4], "y")[0]
    return float(
        q * 1e6 / (np.pi * wind * sigma_y * sigma_z) * np.exp(-0.5 * (y / sigma_y) ** 2 - 0.5 * (30 / sigma_z) ** 2)
    )


def test_an_hour_by_hand_on_the_axis_and_beside_it() -> None:
    """Wind from the west; then 5° off: x = r cos 5°, y = r sin 5°. The largest is the first."""
    found = peaks([(265.0, 4.0, 4), (270.0, 4.0, 4), (270.0, 5.0, 4)])
    assert found["max_1h_ug_m3"].to_pylist() == pytest.approx([by_hand(2.0, 1000.0, 0.0, 4.0)], rel=1e-9)
    assert found["observed_at"][0].as_py().hour == 1 and found["driver_enterprise_id"].to_pylist() == ["e1"]
    turn = np.radians(5.0)
    beside = peaks([(265.0, 4.0, 4)])["max_1h_ug_m3"][0].as_py()
    assert beside == pytest.approx(by_hand(2.0, 1000 * np.cos(turn), 1000 * np.sin(turn), 4.0), rel=1e-9)


def test_sources_add_up_and_the_largest_in_that_hour_drives() -> None:
    rows = [("s1", "e1", "x", 2.0), ("s2", "e2", "x", 1.9), ("s2", "e2", "y", 5.0)]
    place = [("p", 5000.0, 200.0)]
    both = peaks([(270.0, 4.0, 4)], rows, place)
    assert both["pollutant_id"].to_pylist() == ["x", "y"]
    one = by_hand(1.0, 5000.0, 200.0, 4.0)  # both lie 200 m beside the axis; s1's and s2's bearings turn it a little
    assert both["max_1h_ug_m3"].to_pylist() == pytest.approx([3.9 * one, 5.0 * one], rel=0.02)
    assert both["driver_enterprise_id"].to_pylist() == ["e1", "e2"]
    turned = peaks([(272.0, 4.0, 4)], rows, place)
    assert turned["driver_enterprise_id"][0].as_py() in ("e1", "e2")
    halves = peaks([(270.0, 4.0, 4)], [("s1", "e1", "x", 1.0), ("s1", "e9", "x", 1.0)])
    assert halves["max_1h_ug_m3"] == peaks([(270.0, 4.0, 4)])["max_1h_ug_m3"]


@given(st.floats(1e-3, 1e3), st.floats(0.0, 359.0), st.floats(0.6, 12.0), st.integers(1, 6))
def test_peaks_are_linear_in_the_emission(factor: float, direction: float, speed: float, stability: int) -> None:
    hours = [(direction, speed, stability), (direction + 7.0, speed, stability)]
    one = peaks(hours, [("s1", "e1", "x", 2.0), ("s2", "e2", "x", 3.0)])["max_1h_ug_m3"].to_numpy()
    more = peaks(hours, [("s1", "e1", "x", 2.0 * factor), ("s2", "e2", "x", 3.0 * factor)])["max_1h_ug_m3"].to_numpy()
    assert more == pytest.approx(factor * one, rel=1e-12)


def test_sources_of_two_stations_add_up_in_the_same_hour() -> None:
    """The same weather under two names of a station gives what one station gives."""
    rows = [("s1", "e1", "x", 2.0), ("s2", "e2", "x", 1.9)]
    place = [("p", 5000.0, 200.0)]
    one = peaks([(270.0, 4.0, 4), (268.0, 3.0, 4)], rows, place)
    both = hourly_plume.hourly_peaks(
        *tables([(270.0, 4.0, 4), (268.0, 3.0, 4)], rows, place, {"station_id": ["a", "b"]}, ("a", "b"))
    )
    assert both["max_1h_ug_m3"].to_pylist() == pytest.approx(one["max_1h_ug_m3"].to_pylist(), rel=1e-12)
    assert both["observed_at"] == one["observed_at"]


def test_hours_without_direction_and_wind_the_other_way_bring_nothing() -> None:
    found = peaks([(NAN, 3.0, 4), (90.0, 3.0, 4), (0.0, 3.0, 4)])
    assert found["max_1h_ug_m3"].to_pylist() == [0.0] and found["driver_enterprise_id"].to_pylist() == [None]
    assert found["is_calm"].to_pylist() == [False]


def test_a_calm_blows_as_the_last_wind_did_with_the_threshold() -> None:
    """From the west, then still with no direction, then with a direction that is a word: both are calms of 0.5 m/s."""
    for calm in [(NAN, 0.2, 4), (90.0, 0.0, 4), (270.0, 0.3, 4)]:
        found = peaks([(270.0, 4.0, 4), calm])
        assert found["max_1h_ug_m3"].to_pylist() == pytest.approx([by_hand(2.0, 1000.0, 0.0, 0.5)], rel=1e-9)
        assert found["is_calm"].to_pylist() == [True] and found["observed_at"][0].as_py().hour == 1
    stated = peaks([(270.0, 4.0, 4), (90.0, 0.3, 4)])  # a calm that has a direction keeps it
    assert stated["is_calm"].to_pylist() == [False]
    first = peaks([(NAN, 0.2, 4), (NAN, 3.0, 4)])  # no wind before it: left out
    assert first["max_1h_ug_m3"].to_pylist() == [0.0]


def test_an_imported_hour_stands_in_place_of_our_own_and_adds_up_with_the_others() -> None:
    """2 g/s at 1e-5 s/m³ are 20 µg/m³ in whatever hour; the other stack has its own hours."""
    rows = [("s1", "e1", "x", 2.0), ("s2", "e2", "x", 2.0), ("s2", "e2", "y", 1.0)]
    hours = [(270.0, 4.0, 4), (0.0, 4.0, 4)]
    own = hourly_plume.hourly_peaks(*tables(hours, rows[1:], [("p", 1000.0, 400.0)]))
    both = hourly_plume.hourly_peaks(*tables(hours, rows, [("p", 1000.0, 400.0)], imported=IMPORTED))
    assert both["max_1h_ug_m3"][0].as_py() == pytest.approx(own["max_1h_ug_m3"][0].as_py() + 20.0)
    assert both["max_1h_ug_m3"][1] == own["max_1h_ug_m3"][1]
    assert both["driver_enterprise_id"].to_pylist() == ["e2", "e2"]


def test_an_imported_hour_needs_neither_weather_nor_a_place_of_the_outlet() -> None:
    found = hourly_plume.hourly_peaks(*tables([], places=[("p", NAN, NAN), ("q", NAN, NAN)], imported=IMPORTED))
    assert found.to_pylist() == [
        {"place_id": "p", "pollutant_id": "x", "max_1h_ug_m3": pytest.approx(20.0), "observed_at": None,
         "is_calm": False, "driver_enterprise_id": "e1"}
    ]  # fmt: skip


def test_a_place_on_top_of_a_stack_is_finite_and_a_far_one_has_no_row() -> None:
    found = peaks([(270.0, 4.0, 1)], places=[("near", 0.0, 0.0), ("far", 30_000.0, 0.0)])
    assert found["place_id"].to_pylist() == ["near"] and np.isfinite(found["max_1h_ug_m3"].to_numpy()).all()


def arriving(
    sources: list[dispersion.Source], hours: dict[str, Any], r_m: float, bearing_rad: float, urban: bool = False
) -> np.ndarray:
    """χ/Q of each source in each hour at one place."""
    count = len(hours["stability"])
    station = station_plumes.station_of(**hours, moment=np.arange(count))
    plumes = station_plumes.Plumes(sources, station, urban)
    at = np.full((len(sources), 1), r_m), np.full((len(sources), 1), bearing_rad)
    total = np.zeros((1, len(sources), count))
    plumes.add(total, np.eye(len(sources)), *at, plumes.rise(station_plumes.room_for_rises(len(sources), station)))
    assert np.array_equal(total, plumes.factors_at(np.arange(count), *at), equal_nan=True)
    found = np.empty((len(sources), count))
    found[:, station.moment] = total[0]
    return found


SOURCES = [
    dispersion.Source(40.0, 1.2, 10.0, 380.0, NAN), dispersion.Source(10.0, NAN, NAN, NAN, 150.0),
    dispersion.Source(60.0, 2.5, 18.0, 420.0, NAN), dispersion.Source(15.0, 0.6, 2.0, 290.0, NAN),
]  # fmt: skip


@pytest.mark.parametrize("stability", range(1, 7))
def test_the_mean_over_a_turn_of_the_wind_is_the_sector_average(stability: int) -> None:
    """3,600 directions, a hot stack and an area: the two kernels agree within 4 %."""
    count = np.full(3600, 1.0)
    hours = {
        "stability": np.full(3600, stability), "speed_m_s": 3.0 * count, "temperature_k": 290.0 * count,
        "towards_rad": np.radians(np.arange(3600) / 10.0), "lid_m": NAN * count,
    }  # fmt: skip
    mean = arriving(SOURCES[:2], hours, 2500.0, 1.0).mean(axis=1)
    weather = dispersion.Weather(
        np.array([stability]), np.array([3.0]), np.array([290.0]), np.array([NAN]), np.full((1, 16), 1 / 16)
    )
    floor = PARAMETERS["dispersion.minimum_distance_m"]
    expected = [dispersion.in_sectors(source, weather, np.array([2500.0]), floor)[0, 0] for source in SOURCES[:2]]
    assert mean == pytest.approx(expected, rel=0.04)


@given(st.floats(100.0, 30_000.0), st.floats(0.0, 6.28), st.integers(0, 2**32 - 1), st.booleans())
@settings(max_examples=60, deadline=None)
def test_the_compiled_loops_are_the_equations_of_plume(r_m: float, bearing: float, seed: int, urban: bool) -> None:
    """300 hours of any weather: hours within four σy are those of ``plume``, the others add what lies beyond them or
    nothing."""
    draw = np.random.default_rng(seed)
    n = 300
    lid = np.where(draw.random(n) < 0.3, NAN, draw.uniform(60, 2500, n))
    hours = {
        "stability": draw.integers(1, 7, n), "speed_m_s": draw.uniform(0.5, 12, n), "lid_m": lid,
        "temperature_k": draw.uniform(255, 310, n), "towards_rad": (bearing + draw.normal(0, 0.4, n)) % (2 * np.pi),
    }  # fmt: skip
    found = arriving(SOURCES, hours, r_m, bearing, urban)
    turn = hours["towards_rad"] - bearing
    x, y = r_m * np.cos(turn), r_m * np.sin(turn)
    for source, chi in zip(SOURCES, found, strict=True):
        expected, sigmas = plume_by_numpy(source, hours, np.abs(x), y, urban)
        inside = (x > 0.2 * r_m) & (np.abs(y) < 4.0 * sigmas)
        assert chi[inside] == pytest.approx(expected[inside], rel=2e-9, abs=1e-60)
        outside = (chi == 0.0) | np.isclose(chi, expected, rtol=2e-9, atol=1e-60)
        assert outside.all()


@given(st.floats(0.2, 6.0), st.floats(0.3, 40.0), st.floats(250.0, 900.0), st.integers(0, 2**32 - 1))
@settings(max_examples=40, deadline=None)
def test_the_compiled_rises_are_those_of_plume(diameter: float, velocity: float, gas_k: float, seed: int) -> None:
    """Stacks hot, cold, of the air's own temperature, without a diameter, and an area; both formulas of Briggs."""
    draw = np.random.default_rng(seed)
    n = 200
    air, lid = draw.uniform(250, 310, n), np.where(draw.random(n) < 0.3, NAN, draw.uniform(40, 1500, n))
    columns = draw.integers(1, 7, n), draw.uniform(0.5, 15, n), draw.uniform(0, 6.28, n), air, lid
    station = station_plumes.station_of(*columns, np.arange(n))
    sources = [dispersion.Source(45.0, *size, NAN) for size in (
        (diameter, velocity, gas_k), (diameter, velocity, NAN), (diameter, velocity, -5.0), (NAN, velocity, gas_k)
    )]  # fmt: skip
    sources.append(dispersion.Source(30.0, diameter, velocity, gas_k, 90.0))
    found = station_plumes.Plumes(sources, station, False).rise(station_plumes.room_for_rises(5, station))
    for number, source in enumerate(sources):
        wind = plume.wind_at_height_m_s(station.speed_m_s, source.release_m, station.stability)
        if source.is_area:
            rise = plume.Rise(np.full(n, 15.0), np.zeros(n), np.zeros(n))
        else:
            stack = source.height_m, source.diameter_m, source.velocity_m_s, source.temperature_k
            rise = plume.plume_rise(*stack, wind, station.temperature_k, station.stability)
        weight = np.where(plume.is_above_lid(rise, station.hours.lid_m[:n]), 0.0, 1.0 / (np.pi * wind))
        for column, expected in zip(found, (weight, rise.release_m, rise.gradual, rise.final_m), strict=True):
            assert column[number, :n] == pytest.approx(expected, rel=1e-12)


def plume_by_numpy(
    source: dispersion.Source, hours: dict[str, Any], x: np.ndarray, y: np.ndarray, urban: bool
) -> tuple[np.ndarray, np.ndarray]:
    """χ/Q and σy of each hour by ``plume``."""
    stability, lid = hours["stability"], hours["lid_m"]
    wind = plume.wind_at_height_m_s(hours["speed_m_s"], source.release_m, stability, urban)
    tables = (plume.URBAN_Y, plume.URBAN_Z) if urban else (plume.RURAL_Y, plume.RURAL_Z)
    curve_y, curve_z = (table[stability - 1] for table in tables)
    if source.is_area:
        release, risen, above = source.height_m / 2.0, np.zeros(len(x)), source.height_m / 2.0 > lid
        x_y = x + plume.virtual_distance_m(source.width_m / 4.3, curve_y)
        x_z = x + plume.virtual_distance_m(source.height_m / 2.15, curve_z)
    else:
        rise = plume.plume_rise(
            source.height_m, source.diameter_m, source.velocity_m_s, source.temperature_k, wind,
            hours["temperature_k"], stability,
        )  # fmt: skip
        release, risen, above = rise.release_m, plume.rise_at_m(rise, x), plume.is_above_lid(rise, lid)
        x_y = x_z = x
    induced = np.square(risen / plume.INDUCED)
    sigma_y = np.sqrt(plume.sigma_squared_m2(x_y, curve_y) + induced)
    density = plume.ground_density_per_m(plume.sigma_squared_m2(x_z, curve_z) + induced, release + risen, lid)
    return plume.plume_s_m3(wind, sigma_y, np.where(above, 0.0, density), y), sigma_y


@given(st.lists(st.floats(0.0, 6.28), min_size=1, max_size=30), st.floats(0.0, 6.28), st.floats(0.0, 1.3))
def test_windows_on_a_circle(items: list[float], middle: float, half: float) -> None:
    """All hours inside, none a cell beyond, none twice."""
    towards = np.array(items)
    flat = np.full(len(items), 3.0)
    station = station_plumes.station_of(
        np.full(len(items), 4), flat, towards, 290.0 * flat, flat, np.arange(len(items))
    )
    pieces = np.empty((3, 2), np.int64)
    count = loops.pieces_of_window(pieces, 0, station.groups.cells[0], middle, half)
    which = [int(station.moment[k]) for a, b in pieces[:count] for k in range(a, b)]
    apart = np.abs((towards - middle + np.pi) % (2 * np.pi) - np.pi)
    inside, outside = set(np.flatnonzero(apart < half - 1e-9)), set(np.flatnonzero(apart > half + 1.001 * np.pi / 360))
    assert inside <= set(which) and not outside & set(which)
    assert len(which) == len(set(which))


@given(st.floats(-600.0, 600.0), st.floats(1e-300, 1e300), st.floats(0.0, 1.0))
def test_functions_of_the_loops_are_those_of_numpy(x: float, positive: float, h: float) -> None:
    assert loops._exp(x) == pytest.approx(np.exp(x), rel=1e-14)
    assert loops._log(positive) == pytest.approx(np.log(positive), rel=1e-14, abs=1e-16)
    assert loops._cosine_of_half_turns(h) == pytest.approx(np.cos(np.pi * h), abs=1e-13)
    assert loops._exp(-701.0) == 0.0


def test_order_threads_and_blocks_change_no_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = np.random.default_rng(5)
    hours = [(float(d), float(u), int(s)) for d, u, s in zip(
        draw.integers(0, 360, 400), draw.uniform(0, 9, 400), draw.integers(1, 7, 400), strict=True)]  # fmt: skip
    rows = [("s1", "e1", "x", 2.0), ("s2", "e2", "x", 1.0)]
    places = [(f"p{n}", *draw.uniform(-3000, 3000, 2)) for n in range(12)]
    whole = peaks(hours, rows, places)
    for threads in (1, 2, 8):
        monkeypatch.setattr(hourly_plume, "workers", lambda threads=threads: threads)
        assert peaks(hours, rows, places).equals(whole)
    monkeypatch.setattr(hourly_plume, "workers", lambda: 1)
    monkeypatch.setattr(hourly_plume, "SOURCES_AT_A_TIME", 1)
    monkeypatch.setattr(hourly_plume, "BYTES_AT_A_TIME", 1)
    assert peaks(hours, rows[::-1], places[::-1]).equals(whole)


def test_nothing_at_all() -> None:
    assert peaks([]).num_rows == 0
