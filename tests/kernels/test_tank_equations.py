"""Every equation of AP-42 7.1 (June 2020) that the seed prints against the function that computes it.

``tank_equation.csv`` holds a transcription of the section's text by another hand (a public calculator, see its
``source``); here it is evaluated as it stands, so that a coefficient mistyped in either shows. Which equations have no
function of their own is written down below, with the reason."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable

import numpy as np
import pytest

from ehpilot.kernels import tank_losses as tank
from ehpilot.project import DBT_DIR

with (DBT_DIR / "seeds" / "accounting" / "tank_equation.csv").open(encoding="utf-8", newline="") as file:
    EQUATIONS = {row["equation_id"]: row for row in csv.DictReader(file)}

# plausible values of every symbol, in the units of the section
VALUES = {
    "V_V": 396.0, "W_V": 0.012, "K_E": 0.07, "K_S": 0.9, "D": 40.0, "H_VO": 12.5, "dT_V": 30.0, "T_LA": 525.0,
    "dP_V": 0.6, "dP_B": 0.06, "P_A": 14.6, "P_VA": 1.7, "H_S": 30.0, "dT_A": 14.0, "a_R": 0.25, "a_S": 0.34,
    "I": 1300.0, "L": 30.0, "H_L": 15.0, "H_RO": 0.42, "S_R": 0.0625, "R_S": 20.0, "H_R": 5.36, "R_R": 40.0,
    "M_V": 78.1, "T_V": 526.0, "A": 6.906, "B": 1211.0, "C": 220.79, "t": 18.0, "T_AA": 520.0, "T_B": 523.0,
    "V_Q": 9.0e4, "K_N": 0.6, "K_P": 1.0, "K_B": 0.98, "N": 60.0, "P_I": 0.1, "P_BP": 0.5, "K_RA": 5.8, "K_RB": 0.3,
    "v": 8.0, "n": 2.1, "P_S": 0.03, "K_C": 1.0, "F_F": 120.0, "K_FA": 6.2, "K_FB": 1.2, "m": 0.94, "K_D": 0.14,
    "S_D": 0.2, "Q": 5.0e4, "C_S": 0.0015, "W_L": 7.3, "N_C": 1.0, "F_C": 1.1,
}  # fmt: skip
MMHG = 101.325 / 760  # kPa; the seed's constants are for mmHg, the function's for kPa


def at(*names: str) -> list[float]:
    """Values of symbols."""
    return [VALUES[name] for name in names]


SHAPE = VALUES["H_S"] / VALUES["D"]
KERNELS: dict[str, Callable[[], object]] = {
    "1-2": lambda: tank.standing_loss(*at("V_V", "W_V", "K_E", "K_S")),
    "1-3": lambda: tank.vapour_space_volume(*at("D", "H_VO")),
    "1-5": lambda: tank.expansion_factor(*at("dT_V", "T_LA", "dP_V", "dP_B", "P_A", "P_VA")),
    "1-6": lambda: tank.vapour_temperature_range(SHAPE, *at("dT_A", "a_R", "a_S", "I")),
    "1-14": lambda: tank.effective_diameter(*at("L", "D")),
    "1-15": lambda: tank.effective_height(*at("D")),
    "1-16": lambda: tank.vapour_space_outage(*at("H_S", "H_L", "H_RO")),
    "1-17": lambda: tank.roof_outage_cone(VALUES["H_R"] / VALUES["R_S"], VALUES["R_S"]),
    "1-21": lambda: tank.saturation_factor(*at("P_VA", "H_VO")),
    "1-22": lambda: tank.vapour_density(*at("M_V", "P_VA", "T_V")),
    "1-26": lambda: (
        tank.vapour_pressure_kpa(VALUES["A"] + np.log10(MMHG), *at("B", "C", "t")) / MMHG * 14.7 / 760  # psia by 1-26
    ),
    "1-27": lambda: tank.surface_temperature(SHAPE, *at("T_AA", "T_B", "a_R", "a_S", "I")),
    "1-31": lambda: tank.bulk_temperature(*at("T_AA", "a_S", "I")),
    "1-32": lambda: tank.vapour_temperature(SHAPE, *at("T_AA", "T_B", "a_R", "a_S", "I")),
    "1-35": lambda: tank.working_loss(*at("V_Q", "K_N", "K_P", "W_V", "K_B")),
    "1-35n": lambda: tank.turnover_factor(VALUES["N"]),
    "1-41": lambda: tank.vent_setting_correction(0.1, 0.5, 14.6, 0.99, 1.7),
    "2-3": lambda: tank.rim_seal_loss(*at("K_RA", "K_RB", "v", "n", "D", "P_S", "M_V", "K_C")),
    "2-4": lambda: tank.pressure_function(*at("P_VA", "P_A")),
    "2-5": lambda: tank.internal_surface_temperature(SHAPE, *at("T_AA", "T_B", "a_R", "a_S", "I")),
    "2-7": lambda: tank.pontoon_surface_temperature(*at("T_AA", "T_B", "a_R", "I")),
    "2-8": lambda: tank.pontoon_bulk_temperature(SHAPE, *at("T_AA", "a_R", "a_S", "I")),
    "2-13": lambda: tank.deck_fitting_loss(*at("F_F", "P_S", "M_V", "K_C")),
    "2-15": lambda: tank.fitting_factor(*at("K_FA", "K_FB", "m", "v")),
    "2-18": lambda: tank.deck_seam_loss(*at("K_D", "S_D", "D", "P_S", "M_V", "K_C")),
    "2-19": lambda: tank.withdrawal_loss(*at("Q", "C_S", "W_L", "D", "N_C", "F_C")),
}
ELSEWHERE = {
    # differences and ends of ranges, steps within fixed_roof and the roof's height within both roof outages
    "1-9", "1-10", "1-11", "fig 7.1-17", "1-36", "1-18", "1-19", "1-20",
    # simplified to H_S/D = 0.5: the full form stands
    "1-7", "1-28", "1-33",
    # insulated shells and double-deck roofs: no form tells of them
    "1-8", "1-29", "1-34", "2-10", "2-11",
    # a sum over substances: tested below
    "1-23",
}  # fmt: skip


def printed(name: str, **other: float) -> float:
    """Value of the seed's right-hand side."""
    formula = EQUATIONS[name]["equation"].split(" = ", 1)[1].replace("^", "**")
    assert re.fullmatch(r"[\w\s+\-*/().,]+", formula), formula
    return float(eval(formula, {"__builtins__": {}, "pi": np.pi, "sqrt": np.sqrt}, VALUES | other))


@pytest.mark.parametrize("name", sorted(KERNELS))
def test_the_function_is_the_printed_equation(name: str) -> None:
    other = {"K_N": 0.99} if name == "1-41" else {}
    assert float(KERNELS[name]()) == pytest.approx(printed(name, **other), rel=1e-12)  # type: ignore[arg-type]


def test_every_equation_has_its_function_or_a_reason_why_not() -> None:
    assert set(KERNELS) | ELSEWHERE == set(EQUATIONS) and not set(KERNELS) & ELSEWHERE


def test_the_dome_by_its_two_equations() -> None:
    height = printed("1-20")
    assert float(tank.roof_outage_dome(*at("R_R", "R_S"))) == pytest.approx(printed("1-19", H_R=height), rel=1e-12)


def test_the_simplified_forms_are_the_full_ones_at_half_height() -> None:
    """1-7, 1-28 and 1-33 round the coefficients of the full forms at H_S/D = 0.5: a check of both."""
    alpha = 0.25
    values = {"a": alpha, "H_S": 20.0}
    sun = VALUES["I"]
    assert float(tank.vapour_temperature_range(0.5, VALUES["dT_A"], alpha, alpha, sun)) == pytest.approx(
        printed("1-7", **values), rel=0.05
    )
    full = float(tank.surface_temperature(0.5, *at("T_AA", "T_B"), alpha, alpha, sun))
    assert full == pytest.approx(printed("1-28", **values), abs=0.4)
    full = float(tank.vapour_temperature(0.5, *at("T_AA", "T_B"), alpha, alpha, sun))
    assert full == pytest.approx(printed("1-33", **values), abs=0.5)


def test_a_vent_that_opens_late_holds_vapour_back_and_the_usual_one_does_not() -> None:
    found = tank.vent_setting_correction(0.0, [0.03, 0.5, 2.0], 14.7, 0.5, 3.0)
    assert found[0] == 1.0, "K_N (P_BP + P_A)/P_A is below 1"
    late = tank.vent_setting_correction(0.0, [0.03, 0.5, 2.0], 14.7, 1.0, 3.0)
    assert late[0] < 1.0 and (np.diff(late) < 0).all()


def test_the_liquid_of_the_denver_example_by_hand() -> None:
    """Mixture of AP-42's example 1 (2812 lb benzene, 258 toluene, 101 cyclohexane) by Raoult with vapour pressures at
    about 11.5 °C of 0.98, 0.27 and 1.0 psia: moles 36.0, 2.80 and 1.20 of 40.0, so P = 0.931 psia, M = 78.3."""
    moles = np.array([2812 / 78.11, 258 / 92.14, 101 / 84.16])
    fraction, pressure = moles / moles.sum(), np.array([0.98, 0.27, 1.0])
    total = 0.9 * 0.98 + 0.07 * 0.27 + 0.03 * 1.0
    assert float(tank.mixture_pressure(fraction, pressure)) == pytest.approx(total, rel=2e-3)
    mass = (0.9 * 0.98 * 78.11 + 0.07 * 0.27 * 92.14 + 0.03 * 84.16) / total
    assert float(tank.mixture_molar_mass(fraction, pressure, [78.11, 92.14, 84.16])) == pytest.approx(mass, rel=2e-3)
    two = tank.mixture_pressure([[1.0, 0.0], [0.0, 1.0]], [5.0, 7.0])
    assert two.tolist() == [5.0, 7.0], "many liquids at once"
