"""Formulas on landed records: each against its equation, what is missing, boils or is out of range, order, nothing."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from ehpilot.kernels import flare_emissions, formula_emissions, leak_emissions, loading_losses, tank_losses
from ehpilot.project import DBT_DIR

SEED = DBT_DIR / "seeds" / "accounting" / "tank_constant.csv"
PARAMETERS = pa.table(
    {
        "parameter_id": [
            "tank.ambient_c", "tank.ambient_range_k", "tank.insolation_w_m2", "tank.atmosphere_kpa", "tank.wind_m_s",
            "leak.instrument_limit",
        ],
        "value": [17.5, 7.5, 145.0, 101.3, 3.0, 1e5],
    }
)  # fmt: skip
BENZENE = {"molar_mass_g_mol": 78.11, "antoine_a": 5.98523, "antoine_b": 1184.24, "antoine_c": 217.572}
TANK = BENZENE | {
    "record_id": "t", "pollutant_id": "71-43-2", "roof": "fixed_roof", "diameter_m": 12.0, "height_m": 10.0,
    "turnover_t": 5000.0, "storage_c": np.nan, "absorptance": 0.25, "density_kg_m3": 877.0,
}  # fmt: skip
LOADING = BENZENE | {
    "record_id": "l", "pollutant_id": "71-43-2", "saturation_factor": 0.6, "temperature_k": 293.15,
    "recovery_efficiency": 0.95, "loaded_t": 8770.0, "density_kg_m3": 877.0,
}  # fmt: skip
FLARE = {
    "record_id": "f", "pollutant_id": "74-85-1", "gas_m3": 1e6, "mole_fraction": 0.2, "molar_mass_g_mol": 28.05,
    "combustion_efficiency": 0.98,
}  # fmt: skip
WASTE_WATER = {
    "record_id": "w", "pollutant_id": "71-43-2", "load_kg": 500.0, "fraction_measured": 1.0, "fraction_emitted": 0.8,
}  # fmt: skip
COOLING_WATER = {"record_id": "c", "pollutant_id": "TVOC", "volume_m3": 1e6, "factor_kg_m3": 7.19e-4}
LEAK = {
    "record_id": "r1", "pollutant_id": "71-43-2", "seal": "P-1", "year": 2025.0, "day": 20_100.0,
    "repaired_day": np.nan, "run_hours_h": 8000.0, "net_reading": 500.0, "default_zero": 4.9e-7,
    "correlation_a": 6.41e-6, "correlation_b": 0.797, "pegged_100000": 0.15, "average_factor": 0.00403,
    "mass_share": 0.5,
}  # fmt: skip


def constants() -> pa.Table:
    """The seed as the model gives it."""
    with Path(SEED).open(encoding="utf-8", newline="") as file:
        found = [(row["param_id"], float(row["value"] or "nan")) for row in csv.DictReader(file)]
    return pa.table({"param_id": [name for name, _ in found], "value": [value for _, value in found]})


def run(tanks=(), loadings=(), flares=(), leaks=(), waste_waters=(), cooling_waters=()) -> list[dict]:
    """Results of records that differ from the plain ones as said."""
    forms = [
        pa.Table.from_pylist([plain | row for row in rows] or [plain]).slice(0, len(rows))
        for plain, rows in (
            (TANK, tanks),
            (LOADING, loadings),
            (FLARE, flares),
            (WASTE_WATER, waste_waters),
            (COOLING_WATER, cooling_waters),
            (LEAK, leaks),
        )
    ]
    return formula_emissions.compute(*forms, constants(), PARAMETERS).to_pylist()


def test_each_form_is_its_equation() -> None:
    tank, loading, flare, leak = run([{}], [{}], [{}], [{}])
    liquid = tank_losses.Liquid(*(np.array([value]) for value in (78.11, 5.98523, 1184.24, 217.572, 877.0)))
    site = tank_losses.Site(17.5, 7.5, 145.0, 101.3, 3.0)
    expected = tank_losses.fixed_roof(
        np.array([12.0]), np.array([10.0]), np.array([5000.0]), liquid, site, absorptance=np.array([0.25]),
        roof_slope=0.0625, vent_range_kpa=0.06 * tank_losses.KPA_PER_PSI, storage_c=np.array([np.nan]),
    )  # fmt: skip
    assert tank["emission_kg"] == pytest.approx(float(expected[0][0] + expected[1][0]), rel=1e-6)
    pressure = float(tank_losses.vapour_pressure_kpa(5.98523, 1184.24, 217.572, 20.0))
    assert loading["emission_kg"] == pytest.approx(
        float(loading_losses.loading_kg(0.6, pressure, 78.11, 293.15, 10_000.0, 95.0))
    )
    assert flare["emission_kg"] == pytest.approx(float(flare_emissions.unburned_kg(1e6, 0.2, 28.05, 0.98)))
    rate = float(leak_emissions.rate_kg_h(500.0, 4.9e-7, 6.41e-6, 0.797, 0.15, 1e5))
    assert leak["emission_kg"] == pytest.approx(rate * 8000.0 * 0.5)
    assert [row["reason_code"] for row in (tank, loading, flare, leak)] == [None] * 4


def test_a_floating_roof_loses_less_and_wind_counts_outside_only() -> None:
    fixed, inside, outside = run([{}, {"roof": "internal_floating"}, {"roof": "external_floating"}])
    assert fixed["emission_kg"] > inside["emission_kg"] > 0
    assert outside["emission_kg"] > 0
    calm = PARAMETERS.set_column(1, "value", pa.array([17.5, 7.5, 145.0, 101.3, 0.0, 1e5]))
    rows = pa.Table.from_pylist([TANK | {"roof": roof} for roof in ("internal_floating", "external_floating")])
    nothing = [
        pa.Table.from_pylist([plain]).slice(0, 0) for plain in (LOADING, FLARE, WASTE_WATER, COOLING_WATER, LEAK)
    ]
    still = formula_emissions.compute(rows, *nothing, constants(), calm).to_pylist()
    assert still[0]["emission_kg"] == inside["emission_kg"] and still[1]["emission_kg"] < outside["emission_kg"]


def test_a_floating_roof_takes_the_surface_and_the_fittings_that_ap42_gives_it() -> None:
    """Equation 2-5 with the bulk of 1-31 inside, 2-7 with that of 2-8 outside, where the fittings feel 0.7 of the wind
    (2-15): access hatch 1.6, gauge float 14 + 5.4 u^1.1, vacuum breaker 6.2 + 1.2 u^0.94, sample port 12 or
    0.47 + 0.02 u^0.97, legs 7.9 or 2 + 0.37 u^0.91 each; 39.37 ft have 12 of them."""
    inside, outside, stated = run(
        [{"roof": "internal_floating"}, {"roof": "external_floating"}, {"roof": "external_floating", "storage_c": 30.0}]
    )
    sun, ambient = 145.0 * 7.6082, (17.5 + 273.15) * 1.8
    shape, feet, heat = 10.0 / 12.0, 12.0 / 0.3048, 0.25 * sun
    bulk = ambient + 0.003 * heat
    under = ((2.86 * shape + 1.43) * ambient + (3.52 * shape + 3.79) * bulk + (0.027 + 0.017 * shape) * heat) / (
        6.38 * shape + 5.22
    )
    pontoon = ambient + (0.71 + 0.485 * shape) * heat / (170 * shape + 57)
    open_air = 0.7 * ambient + 0.3 * pontoon + 0.008 * heat
    warm = 0.7 * ambient + 0.3 * (30.0 + 273.15) * 1.8 + 0.008 * heat
    wind = 3.0 / 0.44704
    u = 0.7 * wind
    within = 1.6 + 14.0 + 6.2 + 12.0 + 12 * 7.9
    without = 1.6 + 14.0 + 5.4 * u**1.1 + 6.2 + 1.2 * u**0.94 + 0.47 + 0.02 * u**0.97 + 12 * (2.0 + 0.37 * u**0.91)
    barrels, pounds = 5000 * 1000 / 877.0 / 0.158987294928, 877.0 / 0.45359237 * 0.158987294928 / 42
    withdrawn = 0.943 * barrels * 0.0015 * pounds / feet
    for row, rankine, seal, fittings in (
        (inside, under, 6.7, within),
        (outside, open_air, 5.8 + 0.3 * wind**2.1, without),
        (stated, warm, 5.8 + 0.3 * wind**2.1, without),
    ):
        ratio = 10 ** (5.98523 - 1184.24 / (rankine / 1.8 - 273.15 + 217.572)) / 101.3
        function = ratio / (1 + (1 - ratio) ** 0.5) ** 2
        pounds_a = (seal * feet + fittings) * function * 78.11 + withdrawn
        assert row["emission_kg"] == pytest.approx(pounds_a * 0.45359237, rel=1e-9)


def test_a_floating_roof_without_its_height_takes_that_of_the_simplified_forms() -> None:
    unknown, half = run(
        [{"roof": "internal_floating", "height_m": np.nan}, {"roof": "internal_floating", "height_m": 6.0}]
    )
    assert unknown["emission_kg"] == pytest.approx(half["emission_kg"], rel=1e-12)


def test_a_pegged_reading_takes_the_rate_of_the_instruments_own_limit() -> None:
    """Light-liquid valves: 0.036 kg/h at 10,000, 0.15 at 100,000; 50,000 has none, so the correlation goes on."""
    rows = [
        LEAK | {"record_id": f"r{number}", "seal": f"P-{number}", "net_reading": reading, "mass_share": 1.0}
        | {"pegged_10000": 0.036, "pegged_50000": np.nan}
        for number, reading in enumerate((9_999.0, 60_000.0, 100_000.0))
    ]  # fmt: skip
    nothing = [
        pa.Table.from_pylist([plain]).slice(0, 0) for plain in (TANK, LOADING, FLARE, WASTE_WATER, COOLING_WATER)
    ]
    rates = {}
    for limit in (1e4, 5e4, 1e5):
        parameters = PARAMETERS.set_column(1, "value", pa.array([17.5, 7.5, 145.0, 101.3, 3.0, limit]))
        found = formula_emissions.compute(*nothing, pa.Table.from_pylist(rows), constants(), parameters)
        rates[limit] = [value / 8000.0 for value in found.column("emission_kg").to_pylist()]
    correlated = [6.41e-6 * reading**0.797 for reading in (9_999.0, 60_000.0, 100_000.0)]
    assert rates[1e4] == pytest.approx([correlated[0], 0.036, 0.036])
    assert rates[5e4] == pytest.approx(correlated)
    assert rates[1e5] == pytest.approx([*correlated[:2], 0.15])


def test_what_a_firm_does_not_state_is_missing_and_never_guessed() -> None:
    found = run(
        [{"diameter_m": np.nan}, {"roof": None}, {"density_kg_m3": np.nan}, {"antoine_a": np.nan}],
        [{"recovery_efficiency": np.nan}, {"saturation_factor": np.nan}],
        [{"combustion_efficiency": np.nan}, {"molar_mass_g_mol": np.nan}],
        [{"run_hours_h": np.nan}, {"mass_share": np.nan, "record_id": "r2", "seal": "P-2"}],
    )
    assert {row["reason_code"] for row in found} == {"INPUTS-MISSING"} and len(found) == 10
    assert all(np.isnan(row["emission_kg"]) for row in found)


def test_what_boils_is_no_tank_and_an_impossible_efficiency_is_an_error() -> None:
    vinyl_chloride = {"antoine_a": 5.99348, "antoine_b": 895.539, "antoine_c": 238.334}
    found = run(
        [vinyl_chloride, {"roof": "pressure"}, vinyl_chloride | {"storage_c": 20.0, "absorptance": np.nan}],
        [vinyl_chloride, {"recovery_efficiency": -0.1}, {"recovery_efficiency": 1.2}],
        [{"combustion_efficiency": 1.5}],
    )
    codes = [row["reason_code"] for row in found]
    assert codes == ["PRESSURE-VESSEL"] * 4 + ["EFFICIENCY-RANGE"] * 3


def test_a_repair_ends_a_leak_and_a_seal_without_correlation_has_its_average() -> None:
    whole, mended, average = run(
        leaks=[
            {},
            {"record_id": "r2", "seal": "P-2", "repaired_day": 20_110.0},
            {"record_id": "r3", "seal": "P-3", "correlation_a": np.nan, "correlation_b": np.nan},
        ]
    )
    assert mended["emission_kg"] < whole["emission_kg"]
    assert average["emission_kg"] == pytest.approx(0.00403 * 8000.0 * 0.5)


def test_two_readings_share_the_year_at_their_middle_and_order_changes_nothing() -> None:
    rows = [{}, {"record_id": "r2", "day": 20_200.0, "net_reading": 50.0}]
    found = {row["record_id"]: row["emission_kg"] for row in run(leaks=rows)}
    turned = {row["record_id"]: row["emission_kg"] for row in run(leaks=rows[::-1])}
    assert found == turned
    share = (20_150.0 - 20_089.0) / 365.0  # 1 January 2025 is day 20,089
    rate = float(leak_emissions.rate_kg_h(500.0, 4.9e-7, 6.41e-6, 0.797, 0.15, 1e5))
    assert found["r1"] == pytest.approx(rate * 8000.0 * share * 0.5)


def test_waste_water_gives_off_a_share_of_its_load_and_cooling_water_a_mass_a_volume() -> None:
    """500 kg of benzene, f_e 0.8 (40 CFR 63 subpart G table 34); 6 lb per 10^6 US gallons (AP-42 table 5.1-3)."""
    waste, cooling = run(waste_waters=[{}], cooling_waters=[{"volume_m3": 3785.411784, "factor_kg_m3": 7.1897e-4}])
    assert (waste["form"], waste["emission_kg"]) == ("waste_water", pytest.approx(400.0))
    assert (cooling["form"], cooling["emission_kg"]) == ("cooling_water", pytest.approx(6 * 0.45359237, rel=1e-4))


def test_waters_without_inputs_or_with_impossible_ones_say_why() -> None:
    found = run(
        [{"turnover_t": -1.0}], [{"loaded_t": -1.0}], [{"gas_m3": -1.0}], [{"run_hours_h": -1.0}],
        [{"load_kg": np.nan}, {"fraction_emitted": np.nan}, {"fraction_emitted": 1.2}, {"load_kg": -1.0}],
        [{"volume_m3": np.nan}, {"volume_m3": -5.0}, {"volume_m3": 0.0}],
    )  # fmt: skip
    codes = {(row["form"], index): row["reason_code"] for index, row in enumerate(found)}
    assert list(codes.values()) == [
        "QUANTITY-NEGATIVE", "QUANTITY-NEGATIVE", "QUANTITY-NEGATIVE", "INPUTS-MISSING", "INPUTS-MISSING",
        "EFFICIENCY-RANGE", "QUANTITY-NEGATIVE", "INPUTS-MISSING", "QUANTITY-NEGATIVE", None, "QUANTITY-NEGATIVE",
    ]  # fmt: skip
    assert [row["emission_kg"] for row in found if row["reason_code"] is None] == [0.0]


def test_nothing_gives_nothing() -> None:
    assert run() == []
