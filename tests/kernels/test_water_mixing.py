"""Mixing in rivers and the far field of outfalls: textbook cases and a numerical solution of the same equation."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.linalg import solve_banded

from ehpilot.kernels import water_mixing as water

PARAMETERS = pa.table({
    "parameter_id": ["water.field_depth_share", "water.lateral_spread", "water.manning_n"],
    "value": [0.5, 4.64e-4, 0.03],
})  # fmt: skip


def test_the_salt_works_of_the_course_book() -> None:
    """环境影响评价技术方法 (EIA engineers' course book), full mixing: 2.83 m³/s of 1,300 mg/L chloride into a river
    13.7 m wide, 0.61 m deep at 0.46 m/s with 100 mg/L: 609 mg/L."""
    river = 13.7 * 0.61 * 0.46
    assert water.full_mix_concentration(1300, 2.83, 100, river) == pytest.approx(609, abs=0.5)


def test_the_phenol_of_the_course_book() -> None:
    """The same, one-dimensional decay: 0.15 m³/s of 30 µg/L phenol into 5.5 m³/s with 0.5 µg/L, u 0.3 m/s, k 0.2 /d:
    1.28 µg/L, 10 km downstream 1.19 µg/L (α = 10 m²/s · k/u² is 2.6e-4, so dispersion along the river is left out)."""
    mixed = water.full_mix_concentration(30, 0.15, 0.5, 5.5)
    assert mixed == pytest.approx(1.28, abs=0.005)
    left = water.remaining_share(10_000 / 0.3 / 86_400, np.log(2) / 0.2)
    assert mixed * left == pytest.approx(1.19, abs=0.005)


def test_coliforms_on_the_way_to_the_beach() -> None:
    """Davis & Masten, Principles of Environmental Engineering, plug flow of an outfall: 0.3 m³/s of 1e5 /mL into a
    current of 600 m³/s, 5,000 m at 0.5 m/s, k 0.3 /h; worked by hand: 49.975 · exp(−0.83333)."""
    left = water.remaining_share(5000 / 0.5 / 86_400, np.log(2) / (0.3 * 24))
    assert water.full_mix_concentration(1e5, 0.3, 0, 599.7) * left == pytest.approx(50.0 * np.exp(-0.3 * 10000 / 3600))


def test_what_has_no_half_life_does_not_decay() -> None:
    assert water.remaining_share([1.0, np.nan, 3.0, 0.0], [np.nan, 2.0, 3.0, 2.0]).tolist() == [1.0, 1.0, 0.5, 1.0]


def test_mixing_length_is_that_of_fischer() -> None:
    """Fischer et al. 1979, eq. 5.10: 0.1 u B²/εt from the middle, four times that from a bank; E.1 rounds them up."""
    middle, bank = (water.mixing_length_m(100.0, 0.5, 0.2, a) for a in (50.0, 0.0))
    assert middle == pytest.approx(0.11 * 0.5 * 1e4 / 0.2)
    assert bank == pytest.approx((0.11 + 0.7 * np.sqrt(0.5 - 1.1 * 0.25)) * 0.5 * 1e4 / 0.2)
    assert 0.4 <= bank / (0.5 * 1e4 / 0.2) <= 0.45


def test_shear_velocity_is_that_of_the_slope_of_manning() -> None:
    """u = R^⅔ I^½ / n gives I; u* = √(g H I)."""
    slope = (0.3 * 0.03 / 1.5 ** (2 / 3)) ** 2
    assert water.shear_velocity_m_s(0.3, 1.5, 0.03) == pytest.approx(np.sqrt(9.80665 * 1.5 * slope))


def axis_dilution(distance_m: float, width_m: float, speed_m_s: float, spread: float, power: float) -> float:
    """u ∂c/∂x = E(x) ∂²c/∂y² for a line of width b, E = E0 (L/b)^power, L = 2 √3 σ: implicit steps on one half."""
    steps, cells = 2000, 3000
    step = distance_m / steps
    sigma2 = width_m**2 / 12.0
    y = np.linspace(0.0, 12.0 * width_m, cells)
    across = y[1] - y[0]
    concentration = np.clip(0.5 + (width_m / 2 - y) / across, 0.0, 1.0)
    first = spread * width_m ** (4 / 3)
    for _ in range(steps):
        diffusivity = first * (np.sqrt(12.0 * sigma2) / width_m) ** power
        middle = first * (np.sqrt(12.0 * (sigma2 + diffusivity * step / speed_m_s)) / width_m) ** power
        sigma2 += 2.0 * middle * step / speed_m_s
        r = middle * step / speed_m_s / across**2
        bands = np.array([np.full(cells, -r), np.full(cells, 1 + 2 * r), np.full(cells, -r)])
        bands[0, 1] = -2 * r  # no flux over the axis
        concentration = solve_banded((1, 1), bands, concentration)
    return float(1.0 / concentration[0])


@pytest.mark.parametrize(("growth", "power"), [("constant", 0.0), ("linear", 1.0), ("four_thirds", 4.0 / 3.0)])
def test_brooks_is_the_numerical_solution(growth: str, power: float) -> None:
    expected = axis_dilution(3000.0, 100.0, 0.25, 4.64e-4, power)
    assert water.far_field_dilution(3000.0, 100.0, 0.25, 4.64e-4, growth) == pytest.approx(expected, rel=5e-3)


def test_far_away_the_width_of_the_outfall_is_forgotten() -> None:
    """c → M / (u h · 0.7236 (8 α x/u)^1.5): the effluent's flow and initial dilution drop out."""
    for dilution in (20.0, 200.0):
        width = water.field_width_m(0.01, dilution, 0.4, 5.0)
        total = 0.01 * dilution * water.far_field_dilution(50_000.0, width, 0.4, 4.64e-4)
        far = 0.4 * 5.0 * np.sqrt(np.pi) / 2 / np.sqrt(1.5) * (8 * 4.64e-4 * 50_000 / 0.4) ** 1.5
        assert total == pytest.approx(far, rel=0.02)


@given(st.floats(0, 1e5), st.floats(0.1, 1e3), st.floats(0.01, 3), st.floats(1e-5, 1e-2), st.sampled_from(water.GROWTH))
def test_dilution_grows_with_distance_from_one(x: float, b: float, u: float, spread: float, growth: str) -> None:
    near, far = water.far_field_dilution([x, 2 * x + 1], b, u, spread, growth)
    assert 1.0 <= near <= far


def test_another_growth_is_refused() -> None:
    with pytest.raises(ValueError, match="fivefold"):
        water.far_field_dilution(1.0, 1.0, 1.0, 1.0, "fivefold")


def reach(**columns: object) -> dict[str, object]:
    """A reach of the sea, 1 km from an outlet of 0.02 m³/s."""
    return {
        "outlet_id": "o", "place_id": "S:1", "water_body": "湾", "low_flow_m3_s": np.nan, "mixed_flow_m3_s": np.nan,
        "initial_dilution": 50.0, "velocity_m_s": 0.4, "depth_m": 10.0, "effluent_m3_s": 0.02, "distance_m": 1000.0,
        **columns,
    }  # fmt: skip


def test_reaches_by_hand() -> None:
    rows = [
        reach(),
        reach(place_id="S:2", velocity_m_s=np.nan),  # no current known: the initial dilution alone
        reach(place_id="S:3", effluent_m3_s=np.nan),  # no flow of the effluent: unknown, not zero
        reach(place_id="S:4", low_flow_m3_s=3.0, mixed_flow_m3_s=3.02, velocity_m_s=0.5, depth_m=1.5),
        reach(place_id="S:5", low_flow_m3_s=3.0, mixed_flow_m3_s=4.0, distance_m=np.nan),
        reach(place_id="S:6", low_flow_m3_s=0.0, distance_m=-1.0, depth_m=-2.0),  # no numbers of a body of water
    ]  # fmt: skip
    found = water.dilute_reaches(pa.Table.from_pylist(rows[::-1]), PARAMETERS).to_pylist()
    assert [row["place_id"] for row in found] == [f"S:{n}" for n in range(1, 7)]
    brooks = float(water.far_field_dilution(1000.0, 0.02 * 50 / (0.4 * 5.0), 0.4, 4.64e-4))
    assert found[0]["ug_l_per_g_s"] == pytest.approx(1000 / (0.02 * 50 * brooks))
    assert found[0]["travel_time_d"] == pytest.approx(1000 / 0.4 / 86400)
    assert found[0]["is_mixed"] is None
    assert found[1]["ug_l_per_g_s"] == found[5]["ug_l_per_g_s"] == pytest.approx(1000 / (0.02 * 50))
    assert np.isnan(found[2]["ug_l_per_g_s"])
    assert found[3]["ug_l_per_g_s"] == pytest.approx(1000 / 3.02)
    assert found[3]["is_mixed"] is True and 0 < found[3]["mixing_length_m"] < 1000
    assert found[4]["ug_l_per_g_s"] == 250.0 and found[4]["is_mixed"] is None


def test_no_reach_no_row() -> None:
    nothing = pa.Table.from_pylist([reach()])[:0]
    assert water.dilute_reaches(nothing, PARAMETERS).num_rows == 0


@pytest.mark.parametrize(("time", "half_life"), [(-1.0, 5.0), (1.0, 0.0), (1.0, -5.0)])
def test_nothing_grows_on_its_way(time: float, half_life: float) -> None:
    with pytest.raises(ValueError, match="half-life"):
        water.remaining_share(time, half_life)
