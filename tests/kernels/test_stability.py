"""Stability of an hour: the published tables, the sun, what is stated and what is derived."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from ehpilot.kernels import stability

PARAMETERS = pa.table({
    "parameter_id": [f"dispersion.mixing_height_{letter}" for letter in "abcd"],
    "value": [1600.0, 1200.0, 800.0, 560.0],
})  # fmt: skip
NAN = np.nan


@pytest.mark.parametrize(
    ("speed", "altitude", "night", "cloud", "expected"),
    [
        (1.0, 70.0, False, 0.0, 1),  # strong sun, 0.8 to 1.8 m/s, index 4: A
        (3.0, 50.0, False, 3.0, 2),  # index 3, 2.9 to 3.3 m/s: B
        (4.0, 20.0, False, 5.0, 3),  # index 2: C
        (4.0, 20.0, False, 6.0, 4),  # more than half covered: one class less, index 1: D
        (6.0, 70.0, False, 0.0, 3),  # from 6 m/s, index 4: C
        (1.0, 10.0, False, 7.0, 3),  # not below 1: C
        (1.0, 70.0, False, 10.0, 4),  # overcast: index 0
        (2.0, -20.0, True, 4.0, 6),  # clear night: index -2, F
        (2.0, -20.0, True, 5.0, 5),  # cloudy night: index -1, E
        (5.0, -20.0, True, 0.0, 5),  # 4.9 to 5.4 m/s: E
        (5.7, -20.0, True, 0.0, 4),
        (0.0, -20.0, True, 0.0, 6),  # G is one with F
        (2.0, -20.0, True, NAN, 0),
        (NAN, 20.0, False, 3.0, 0),
    ],
)
def test_turners_method(speed: float, altitude: float, night: bool, cloud: float, expected: int) -> None:
    """EPA-454/R-99-005, tables 6-4 to 6-6."""
    found = stability.turner_class(np.array([speed]), np.array([altitude]), np.array([night]), np.array([cloud]))
    assert found.tolist() == [expected]
    assert stability.turner_class(speed, altitude, night, cloud) == expected, "plain numbers serve as well"


@pytest.mark.parametrize(
    ("speed", "radiation", "expected"),
    [
        (1.0, 700, 1),
        (1.0, 100, 4),
        (2.5, 800, 2),
        (4.0, 950, 2),
        (4.0, 300, 3),
        (5.5, 700, 3),
        (7.0, 600, 4),
        (7.0, 950, 3),
    ],
)
def test_solar_radiation_method(speed: float, radiation: float, expected: int) -> None:
    """EPA-454/R-99-005, table 6-7, daytime."""
    assert stability.radiation_class(np.array([speed]), np.array([float(radiation)])).tolist() == [expected]
    assert stability.radiation_class(np.array([NAN]), np.array([float(radiation)])).tolist() == [0]


def test_the_sun_stands_where_it_does() -> None:
    """Noon at the equinox: 90° − latitude; midsummer at the tropic: the zenith; midnight: below the horizon."""
    moments = np.array(["2025-03-20T12:07", "2025-06-21T12:02", "2025-06-21T00:00"], "datetime64[s]")
    altitude = stability.solar_altitude_deg(moments, [120.0] * 3, [30.0, 23.44, 23.44], [8.0] * 3)
    assert altitude == pytest.approx([60.0, 90.0, -43.1], abs=0.6)
    night = stability.is_night(np.array(["2025-03-20T06:00", "2025-03-20T08:00"], "datetime64[s]"), 120.0, 30.0, 8.0)
    assert night.tolist() == [True, False], "an hour after sunrise is still night"


def hours(**columns: list) -> pa.Table:
    """Hours at noon of June at 30° N, 120° E, with what a test states."""
    count = len(next(iter(columns.values())))
    base = {
        "station_id": ["a"] * count,
        "observed_at": np.array(["2025-06-21T12:00"] * count, "datetime64[us]") + np.arange(count),
        "wind_speed_m_s": [1.0] * count,
        "wind_direction_deg": [90.0] * count,
        "temperature_k": [300.0] * count,
        "cloud_cover_tenth": [NAN] * count,
        "global_radiation_wh_m2": [NAN] * count,
        "stability_word": pa.array([None] * count, pa.string()),
        "mixing_height_m": [NAN] * count,
        "longitude": [120.0] * count,
        "latitude": [30.0] * count,
        "utc_offset_h": [8.0] * count,
    }
    return pa.table(base | columns)


def test_what_is_stated_goes_before_what_is_derived_and_both_are_marked() -> None:
    given = hours(
        stability_word=["F", "a-b", None, None, None],
        global_radiation_wh_m2=[900.0, 900.0, 100.0, NAN, NAN],
        cloud_cover_tenth=[0.0, 0.0, 0.0, 0.0, NAN],
        mixing_height_m=[NAN, 500.0, NAN, NAN, 0.0],
    )
    found = stability.classify_hours(given, PARAMETERS)
    assert found["stability_class"].to_pylist() == [6, 1, 4, 1, 4]
    assert found["stability_origin"].to_pylist() == ["stated", "stated", "radiation", "cloud", "assumed"]
    assert found["mixing_height_m"].to_numpy() == pytest.approx([NAN, 500.0, 560.0, 1600.0, 560.0], nan_ok=True)
    assert found["mixing_height_is_derived"].to_pylist() == [True, False, True, True, True]


def test_order_and_nothing_at_all() -> None:
    given = hours(cloud_cover_tenth=[0.0, 10.0, 5.0])
    turned, straight = (stability.classify_hours(table, PARAMETERS) for table in (given.take([2, 0, 1]), given))
    columns = ["observed_at", "stability_class", "stability_origin", "mixing_height_m"]
    assert turned.select(columns).equals(straight.select(columns))
    assert stability.classify_hours(given.slice(0, 0), PARAMETERS).num_rows == 0


def test_the_sun_of_the_solar_position_algorithm() -> None:
    """Reda and Andreas, Solar Position Algorithm for Solar Radiation Applications (NREL/TP-560-34302, 2008), appendix
    A.5: Golden, Colorado, 17 October 2003, 12:30:30 at UTC-7: altitude without refraction 39.872046°."""
    moment = np.array(["2003-10-17T12:30:30", "NaT"], "datetime64[s]")
    altitude = stability.solar_altitude_deg(moment, -105.1786, 39.742476, -7.0)
    assert altitude == pytest.approx([39.872, NAN], abs=0.01, nan_ok=True)
