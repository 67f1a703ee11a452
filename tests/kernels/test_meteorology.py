"""Joint frequencies: sectors, rounded directions, calms, representative values."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehpilot.kernels import meteorology

PARAMETERS = pa.table({"parameter_id": ["dispersion.calm_speed"], "value": [0.5]})


def hours(direction: list[float], speed: list[float], **more: list) -> pa.Table:
    count = len(direction)
    base = {
        "station_id": ["a"] * count,
        "met_year": ["2025"] * count,
        "observed_at": np.arange(count).astype("datetime64[h]").astype("datetime64[us]"),
        "wind_direction_deg": np.array(direction, float),
        "wind_speed_m_s": np.array(speed, float),
        "stability_class": pa.array([4] * count, pa.int32()),
        "temperature_k": [290.0] * count,
        "mixing_height_m": [600.0] * count,
    }
    return pa.table(base | more)


def rose(table: pa.Table) -> np.ndarray:
    return np.bincount(table["sector"].to_numpy(), table["share"].to_numpy(), 16)


def test_sectors_are_centred_and_north_wraps() -> None:
    shares = meteorology.sector_shares([0.0, 11.0, 348.9, 348.6, 33.7, 33.8])
    assert np.argmax(shares, axis=1).tolist() == [0, 0, 0, 15, 1, 2]


def test_directions_in_tens_of_degrees_are_spread_over_the_sectors_they_touch() -> None:
    """10° is 5 to 15: 6.25 of it in north (to 11.25°), 3.75 in NNE; a whole circle of tens is an even rose."""
    assert meteorology.sector_shares([10.0])[0, :2] == pytest.approx([0.625, 0.375])
    assert meteorology.sector_shares(np.arange(10.0, 370.0, 10.0)).mean(axis=0) == pytest.approx(np.full(16, 1 / 16))
    assert meteorology.sector_shares([10.0, 11.0])[0, 0] == 1.0, "a file with whole degrees is not spread"


def test_calms_follow_the_light_winds_and_blow_with_the_threshold() -> None:
    found = meteorology.join_frequencies(hours([90, 180, 180, 270, np.nan], [1.0, 1.0, 1.5, 9.0, 0.1]), PARAMETERS)
    calm = found.filter(pa.compute.equal(found["speed_class"], 0))
    assert calm["sector"].to_pylist() == [4, 8]
    assert calm["share"].to_pylist() == pytest.approx([1 / 15, 2 / 15])
    assert set(calm["speed_m_s"].to_pylist()) == {0.5}
    assert found["hours_calm"][0].as_py() == 1 and found["hours_used"][0].as_py() == 5


def test_a_year_of_calms_has_an_even_rose() -> None:
    found = meteorology.join_frequencies(hours([np.nan] * 3, [0.0, 0.1, 0.2]), PARAMETERS)
    assert rose(found) == pytest.approx(np.full(16, 1 / 16))


def test_calms_without_light_winds_follow_all_winds() -> None:
    assert rose(meteorology.join_frequencies(hours([45.0, np.nan], [6.0, 0.0]), PARAMETERS))[2] == 1.0


def test_hours_without_speed_or_direction_are_left_out_and_counted() -> None:
    found = meteorology.join_frequencies(hours([90, np.nan, 90], [np.nan, 3.0, 3.0]), PARAMETERS)
    assert found["hours_left_out"].to_pylist() == [2] and found["share"].to_pylist() == [1.0]
    assert meteorology.join_frequencies(hours([90.0], [np.nan]), PARAMETERS).num_rows == 0
    assert meteorology.join_frequencies(hours([], []), PARAMETERS).num_rows == 0


def test_a_class_is_represented_by_the_harmonic_mean_of_its_speeds() -> None:
    found = meteorology.join_frequencies(
        hours([90, 270, 90], [2.0, 3.0, 9.0], mixing_height_m=[400.0, 600.0, np.nan]), PARAMETERS
    )
    second = found.filter(pa.compute.equal(found["speed_class"], 2))
    assert second["speed_m_s"].to_pylist() == pytest.approx([2.4, 2.4])
    assert second["mixing_height_m"].to_pylist() == [500.0, 500.0]
    assert np.isnan(found.filter(pa.compute.equal(found["speed_class"], 5))["mixing_height_m"][0].as_py())


@given(
    st.lists(st.tuples(st.integers(0, 359), st.floats(0.0, 20.0), st.integers(1, 6)), min_size=1, max_size=60),
    st.integers(0, 15),
)
def test_shares_sum_to_one_and_turn_with_the_wind(records: list[tuple[int, float, int]], turn: int) -> None:
    direction, speed, classes = (list(column) for column in zip(*records, strict=True))
    classed = {"stability_class": pa.array(classes, pa.int32())}
    found = meteorology.join_frequencies(hours(direction, speed, **classed), PARAMETERS)
    assert sum(found["share"].to_pylist()) == pytest.approx(1.0)
    exact = [d + 0.1 for d in direction]  # whole tens would be spread by another amount
    turned = [(d + 22.5 * turn) % 360 for d in exact]
    before = rose(meteorology.join_frequencies(hours(exact, speed, **classed), PARAMETERS))
    after = rose(meteorology.join_frequencies(hours(turned, speed, **classed), PARAMETERS))
    assert after == pytest.approx(np.roll(before, turn), abs=1e-12)


def test_rows_in_another_order_and_two_stations() -> None:
    one = hours([90, 180, 270], [1.0, 2.0, 0.0])
    two = hours([0.0], [5.0], station_id=["b"], met_year=["all"])
    both = pa.concat_tables([two, one])
    found = meteorology.join_frequencies(both, PARAMETERS)
    assert found.equals(meteorology.join_frequencies(both.take([3, 1, 0, 2]), PARAMETERS))
    assert set(found["station_id"].to_pylist()) == {"a", "b"} and found["met_year"].to_pylist()[-1] == "all"


def test_a_temperature_below_zero_kelvin_is_none() -> None:
    table = hours([10.5] * 3, [3.0] * 3, temperature_k=[-10.0, 280.0, 0.0])
    assert np.isnan(meteorology.temperatures_k(table)).tolist() == [True, False, True]
    assert set(meteorology.join_frequencies(table, PARAMETERS)["temperature_k"].to_pylist()) == {280.0}


@pytest.mark.parametrize("direction", [[np.nan], [10.0, np.inf], 10.0])
def test_an_unknown_direction_is_no_north_wind(direction: list[float] | float) -> None:
    with pytest.raises(ValueError, match="direction"):
        meteorology.sector_shares(direction)
