"""Vapour that is displaced when trucks, rail cars and ships are loaded: EPA AP-42, section 5.2, equation 1.

    L_L = 12.46 S P M/T (1 - η/100)   lb per 1000 US gal, P psia, T °R
    E   = S p M/(R T) V (1 - η/100)   the same in SI: kg, kPa, K, m³, R = 8.3145

Saturation factors S by carrier and mode stand in the seed ``loading_saturation``. Does not belong here: vapour pressure
(``tank_losses.vapour_pressure_kpa``), tanks.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = NDArray[np.float64] | float

US_CONSTANT = 12.46  # lb °R/(psia lb/lbmol 1000 gal)
GAS_CONSTANT = 8.31446261815324  # J/(mol K) = kPa m3/(kmol K)


def loss_lb_per_1000gal(
    saturation: Numbers,
    pressure_psia: Numbers,
    molar_mass: Numbers,
    temperature_r: Numbers,
    efficiency: Numbers,
) -> Floats:
    """Loss of 1000 US gal loaded, in lb; ``efficiency`` in %, collection times control."""
    plain = US_CONSTANT * np.asarray(saturation, float) * pressure_psia * np.asarray(molar_mass, float) / temperature_r
    return np.asarray(plain * (1.0 - np.asarray(efficiency, float) / 100.0))


def loading_kg(
    saturation: Numbers,
    pressure_kpa: Numbers,
    molar_mass_g_mol: Numbers,
    temperature_k: Numbers,
    volume_m3: Numbers,
    efficiency: Numbers,
) -> Floats:
    """Loss in kg of a volume loaded; ``efficiency`` in %, 0-100: ``ValueError`` outside."""
    eta = np.asarray(efficiency, float)
    if ((eta < 0) | (eta > 100)).any():
        raise ValueError("a recovery efficiency is between 0 and 100 %")
    density = np.asarray(pressure_kpa, float) * molar_mass_g_mol / (GAS_CONSTANT * np.asarray(temperature_k, float))
    return np.asarray(np.asarray(saturation, float) * density * volume_m3 * (1.0 - eta / 100.0))
