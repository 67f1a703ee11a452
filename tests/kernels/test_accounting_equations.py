"""Tanks, loading, leaks, flares, waste water and plain equations against the worked examples of the reference folder.

``data/accounting_worked_example.csv``: printed detail reports of TANKS 4.09D, AP-42's own example and the like, each
with its source; rows marked own are arithmetic by hand. Tolerances are those of the printed digits. Does not belong
here: monitoring and balances, which are SQL (the balance of the folder is a unit test of its model)."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ehpilot.kernels import (
    accounting_equations,
    flare_emissions,
    leak_emissions,
    loading_losses,
    tank_losses,
    wastewater_emissions,
)

with (Path(__file__).parent / "data" / "accounting_worked_example.csv").open(encoding="utf-8", newline="") as file:
    CASES = {row["case_id"]: row for row in csv.DictReader(file)}


def case(name: str) -> tuple[dict, dict, float]:
    """Inputs, printed results and tolerance of one worked example."""
    row = CASES[name]
    return json.loads(row["inputs"]), json.loads(row["printed_result"]), float(row["tolerance_rel"])


def test_the_dome_of_the_printed_tank() -> None:
    given_, printed, tolerance = case("tank_dome_outage")
    roof = tank_losses.roof_outage_dome(given_["dome_radius_ft"], given_["D_ft"] / 2)
    outage = tank_losses.vapour_space_outage(given_["HS_ft"], given_["HL_ft"], roof)
    found = [float(roof), float(outage), float(tank_losses.vapour_space_volume(given_["D_ft"], outage))]
    assert found == pytest.approx([printed["H_RO_ft"], printed["H_VO_ft"], printed["V_V_ft3"]], rel=tolerance)


def test_losses_of_the_printed_diesel_tank() -> None:
    """From its own temperatures and vapour pressures; the working loss there is the form of 2006, L_W = 0.0010 M P Q
    K_N K_P, which is that of 2020 at 520 °R within the rounding of the constant."""
    given_, printed, tolerance = case("tank_diesel_losses")
    pressure = [float(np.interp(t, [50, 60], [0.0045, 0.0065])) for t in (59.80, 55.88, 63.73)]
    expansion = tank_losses.expansion_factor(
        given_["dT_V_R"], given_["T_LA_R"], pressure[2] - pressure[1], given_["dP_B_psi"], 14.4, pressure[0]
    )
    saturation = tank_losses.saturation_factor(pressure[0], given_["H_VO_ft"])
    density = tank_losses.vapour_density(given_["M_V"], pressure[0], given_["T_LA_R"])
    standing = tank_losses.standing_loss(given_["V_V_ft3"], density, expansion, saturation)
    assert [float(saturation), float(standing)] == pytest.approx([printed["K_S"], printed["L_S_lb"]], rel=2 * tolerance)
    assert float(expansion) == pytest.approx(printed["K_E"], abs=1e-4)
    barrels = given_["Q_gal_a"] / 42
    assert 0.0010 * given_["M_V"] * pressure[0] * barrels == pytest.approx(printed["L_W_lb"], rel=tolerance)
    working = tank_losses.working_loss(
        barrels * tank_losses.FT3_PER_BBL, tank_losses.turnover_factor(given_["N"]), given_["K_P"], density
    )
    assert float(working) == pytest.approx(printed["L_W_lb"], rel=0.01)


def test_turnovers() -> None:
    found = tank_losses.turnover_factor([10, 36, 60, 180, np.nan])
    assert found == pytest.approx([1, 1, 240 / 360, 360 / 1080, np.nan], nan_ok=True)


def test_a_floating_roof_by_hand() -> None:
    """P* of 5 psia under 14.7: 0.3401/(1 + √0.6599)² = 0.10358; rim seal (5.8 + 0.3·10^2.1)·20·0.10358·80 lb/a."""
    function = float(tank_losses.pressure_function(5.0, 14.7))
    assert function == pytest.approx((5 / 14.7) / (1 + (1 - 5 / 14.7) ** 0.5) ** 2)
    loss = float(tank_losses.rim_seal_loss(5.8, 0.3, 10.0, 2.1, 20.0, function, 80.0))
    assert loss == pytest.approx((5.8 + 0.3 * 10**2.1) * 20 * function * 80)
    assert float(tank_losses.withdrawal_loss(1e6, 0.0015, 6.0, 100.0)) == pytest.approx(0.943 * 1e6 * 0.0015 * 6 / 100)
    assert np.isnan(tank_losses.pressure_function(15.0, 14.7)), "it boils"


SITE = tank_losses.Site(ambient_c=17.0, ambient_range_k=8.0, insolation_w_m2=150.0, atmosphere_kpa=101.3, wind_m_s=3.0)
BENZENE = tank_losses.Liquid(*(np.array([x]) for x in (78.11, 5.98523, 1184.24, 217.572, 876.0)))


def losses(diameter: float = 10.0, throughput: float = 5000.0, absorptance: float = 0.25) -> tuple[float, float]:
    """Standing and working loss of a benzene tank in kg/a."""
    found = tank_losses.fixed_roof(
        [diameter], [10.0], [throughput], BENZENE, SITE,
        absorptance=absorptance, roof_slope=0.0625, vent_range_kpa=0.41, storage_c=[np.nan],
    )  # fmt: skip
    return float(found[0][0]), float(found[1][0])


def test_a_whole_tank_is_of_the_right_size_and_answers_to_its_inputs() -> None:
    """5,000 t/a of benzene at about 18 °C (8.9 kPa): saturated vapour over the volume filled is 5,708 m³ · 0.287
    kg/m³."""
    standing, working = losses()
    assert working == pytest.approx(5000 / 0.876 * 8.9e3 * 78.11e-3 / (8.3145 * 291), rel=0.06)
    assert 0.1 < standing / working < 2.0
    assert losses(diameter=12.0)[0] > standing and losses(absorptance=0.9)[0] > 1.3 * standing
    assert losses(throughput=10_000.0)[1] == pytest.approx(2 * working, rel=1e-9) and losses(throughput=0.0)[1] == 0.0


def test_a_liquid_that_boils_has_no_figure() -> None:
    butadiene = tank_losses.Liquid(*(np.array([x]) for x in (54.09, 5.97, 930.5, 238.85, 620.0)))
    found = tank_losses.fixed_roof(
        [10.0], [10.0], [100.0], butadiene, SITE, absorptance=0.2, roof_slope=0.06, vent_range_kpa=0.4, storage_c=[30.0]
    )
    assert np.isnan(found[0]).all() and np.isnan(found[1]).all()


def test_a_floating_roof_loses_far_less_than_a_fixed_one() -> None:
    options = {"surface_c": [18.0], "k_ra": 0.6, "k_rb": 0.4, "exponent": 1.0, "fittings": 100.0, "clingage": 0.0015}
    inside = tank_losses.floating_roof([10.0], [5000.0], BENZENE, SITE, is_external=False, **options)
    outside = tank_losses.floating_roof([10.0], [5000.0], BENZENE, SITE, is_external=True, **options)
    assert sum(float(part[0]) for part in inside) < 0.3 * sum(losses()) and outside[0][0] > inside[0][0]
    assert outside[1][0] == inside[1][0]


def test_loading_example_of_ap42() -> None:
    given_, printed, tolerance = case("loading_gasoline_truck")
    loss = float(
        loading_losses.loss_lb_per_1000gal(given_["S"], given_["P_psia"], given_["M"], given_["T_R"], given_["eta"])
    )
    assert loss == pytest.approx(printed["L_L_lb_per_1000gal"], rel=tolerance)
    assert loss * given_["volume_gal"] / 1000 == pytest.approx(printed["total_lb"], rel=tolerance)
    si = loading_losses.loading_kg(
        given_["S"],
        given_["P_psia"] * 6.894757,
        given_["M"],
        given_["T_R"] / 1.8,
        given_["volume_gal"] * 3.785411784e-3,
        given_["eta"],
    )
    assert float(si) / 0.45359237 == pytest.approx(loss * given_["volume_gal"] / 1000, rel=5e-4)
    with pytest.raises(ValueError, match="recovery"):
        loading_losses.loading_kg(1, 1, 1, 300, 1, [-5.0])


def test_leaks_of_the_worked_examples() -> None:
    given_, printed, tolerance = case("ldar_socmi_gas_valve")
    rate = leak_emissions.rate_kg_h(given_["SV"], 6.6e-7, given_["a"], given_["b"], 0.024, 10_000.0)
    assert float(rate) == pytest.approx(printed["kg_h"], rel=tolerance)
    given_, printed, tolerance = case("ldar_zero_and_pegged")
    rates = leak_emissions.rate_kg_h(
        [0, 100_000], given_["default_zero"], 1.9e-5, 0.824, given_["pegged_100000"], 100_000
    )
    assert rates * given_["hours"] == pytest.approx([printed["kg_a_zero"], printed["kg_a_pegged"]], rel=tolerance)


def test_readings_at_the_edges() -> None:
    rates = leak_emissions.rate_kg_h([-3, 0.99, 1.0, 9_999, 10_000, np.nan], 6.6e-7, 1.87e-6, 0.873, 0.024, 10_000)
    assert rates[:2] == pytest.approx([6.6e-7] * 2) and rates[2] == pytest.approx(1.87e-6) and rates[4] == 0.024
    assert rates[3] == pytest.approx(1.87e-6 * 9_999**0.873) and np.isnan(rates[5])
    unknown_peg = leak_emissions.rate_kg_h([20_000], 6.6e-7, 1.87e-6, 0.873, np.nan, 10_000)
    assert unknown_peg[0] == pytest.approx(1.87e-6 * 20_000**0.873)


def test_hours_of_readings_fill_the_year_once() -> None:
    """Two rounds on days 100 and 300 of a seal, one of another; the first is repaired on day 110."""
    found, after = leak_emissions.hours_of_readings(
        [100, 300, 50], [110, np.nan, np.nan], [1, 1, 2], 0, 365, [8760] * 3
    )
    assert found / 24 == pytest.approx([110, 165, 365]) and after / 24 == pytest.approx([90, 0, 0])
    assert (found + after)[:2].sum() == pytest.approx(8760)
    before, late = leak_emissions.hours_of_readings([100], [-5], [1], 0, 365, [1000])
    assert before[0] == 0 and late[0] == pytest.approx(1000), "repaired before the period began"


def test_the_flare_example_and_its_rule() -> None:
    given_, printed, tolerance = case("flare_propylene")
    found = flare_emissions.unburned_kg(given_["V_m3"], given_["y"], given_["M"], given_["DE"])
    assert float(found) == pytest.approx(printed["kg"], rel=tolerance)
    assert float(flare_emissions.by_heat_input_kg(1000, 40, 0.02923)) == pytest.approx(1.1692)
    rule = flare_emissions.meets_rule([20, 10, 20, np.nan], [30, 10, 40, 10], [1, 1, 1, 1], [0, 0, 0, 0])
    assert rule.tolist() == [True, False, False, False], "10^((20 + 28.8)/31.7) = 34.6 m/s"
    assert flare_emissions.highest_velocity_m_s([20, 60], [1, 0]) == pytest.approx([8.71 + 0.708 * 20, 122])
    with pytest.raises(ValueError, match="destruction"):
        flare_emissions.unburned_kg(1, 1, 1, 98.0)


def test_waste_water_examples() -> None:
    given_, printed, tolerance = case("wastewater_fe")
    found = wastewater_emissions.fraction_emitted_kg(given_["load_kg"], given_["fm"], given_["fe"])
    assert float(found) == pytest.approx(printed["air_kg"], rel=tolerance)
    k = float(wastewater_emissions.overall_coefficient_m_s(5e-6, 5e-3, 557.0, 298.15))
    assert k == pytest.approx(1 / (1 / 5e-6 + 1 / (5e-3 * 557 / (8.314462618 * 298.15)))) and k < 5e-6
    assert float(wastewater_emissions.two_film_kg(1e-5, 100, 2, 10)) == pytest.approx(1e-5 * 100 * 2 * 36_000 / 1000)
    assert float(wastewater_emissions.by_volume_kg(1000, 7.19e-4)) == pytest.approx(0.719)
    with pytest.raises(ValueError, match="fractions"):
        wastewater_emissions.fraction_emitted_kg(1, 1.2, 0.5)


def test_factor_examples() -> None:
    given_, printed, tolerance = case("k_factor")
    found = accounting_equations.with_treatment_kg(given_["A_t"], given_["EF_kg_t"], given_["eta"], given_["k"])
    assert float(found) == pytest.approx(printed["kg"], rel=tolerance)
    given_, printed, tolerance = case("factor_heater_nox")
    pounds = given_["EF_lb_MMBtu"] * given_["throughput_MMBtu_h"]
    assert [pounds, pounds * given_["hours"] / 2000] == pytest.approx(
        [printed["lb_h"], printed["ton_a"]], rel=tolerance
    )
    with pytest.raises(ValueError, match="efficiency"):
        accounting_equations.with_treatment_kg(1, 1, -0.1, 1)


@settings(max_examples=50, deadline=None)
@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.001, 1e6))
def test_treatment_never_adds(eta: float, k: float, activity: float) -> None:
    assert 0 <= float(accounting_equations.with_treatment_kg(activity, 2.0, eta, k)) <= 2 * activity
