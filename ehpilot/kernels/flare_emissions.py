"""What a flare does not burn.

By composition: E = V y M/22.414 (1 - DE), V gas flared in m³ at the standard state (0 °C, 101.325 kPa), y mole
fraction, M in g/mol, E in kg; a destruction efficiency DE of 0.98 only while pilot, heating value and exit velocity
meet 40 CFR 63.11(b), else a lower one (seed ``flare_factor``). By heat input: E = V LHV EF/1000 with LHV in MJ/m³ and
EF in kg/GJ (AP-42 section 13.5), for NOx, CO and VOC, not for single substances.

The inventory calls ``unburned_kg``. Heat input and the rule of 40 CFR 63.11(b) stand for themselves, held by tests: no
landing form tells of heating value, exit velocity or assistance.

Does not belong here: the efficiencies and limits themselves (seed).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = NDArray[np.float64] | float

MOLAR_VOLUME = 22.414  # m3/kmol at 0 °C and 101.325 kPa


def unburned_kg(volume_m3: Numbers, mole_fraction: Numbers, molar_mass: Numbers, destruction: Numbers) -> Floats:
    """Unburned part in kg. ``destruction`` 0-1; ``ValueError`` outside."""
    efficiency = np.asarray(destruction, float)
    if ((efficiency < 0) | (efficiency > 1)).any():
        raise ValueError("a destruction efficiency is between 0 and 1")
    mass = np.asarray(volume_m3, float) * mole_fraction * np.asarray(molar_mass, float) / MOLAR_VOLUME
    return np.asarray(mass * (1.0 - efficiency))


def by_heat_input_kg(volume_m3: Numbers, heating_value_mj_m3: Numbers, factor_kg_gj: Numbers) -> Floats:
    """Emission in kg by heat input."""
    return np.asarray(volume_m3, float) * heating_value_mj_m3 * np.asarray(factor_kg_gj, float) * 1e-3


def highest_velocity_m_s(heating_value_mj_m3: Numbers, is_air_assisted: Numbers) -> Floats:
    """Highest exit velocity in m/s that 40 CFR 63.11(b)(7) and (8) allow: log10 V = (H_T + 28.8)/31.7, at most 122, for
    steam- assisted and non-assisted flares (18.3 holds in any case); 8.71 + 0.708 H_T for air-assisted ones."""
    heat = np.asarray(heating_value_mj_m3, float)
    steam = np.clip(10.0 ** ((heat + 28.8) / 31.7), 18.3, 122.0)
    return np.where(np.asarray(is_air_assisted, bool), 8.71 + 0.708 * heat, steam)


def meets_rule(
    heating_value_mj_m3: Numbers, velocity_m_s: Numbers, is_assisted: Numbers, is_air_assisted: Numbers
) -> NDArray[np.bool_]:
    """Whether a burning flare may count on 98 %: net heating value at least 11.2 MJ/m³ (assisted) or 7.45 (not), exit
    velocity below the highest. An unknown value does not meet it."""
    heat = np.asarray(heating_value_mj_m3, float)
    least = np.where(np.asarray(is_assisted, bool) | np.asarray(is_air_assisted, bool), 11.2, 7.45)
    return (heat >= least) & (np.asarray(velocity_m_s, float) < highest_velocity_m_s(heat, is_air_assisted))
