"""What waste water and cooling water give off to the air.

Fraction emitted: E = L f_m f_e, load L in kg, fractions of 40 CFR 63 subpart G table 34 for a typical open system (seed
``wastewater_volatilisation``). Two films: N = K A C, 1/K = 1/k_l + 1/(k_g K_eq), K_eq = H/(R T) (EPA, Air Emissions
Models for Waste and Wastewater, EPA-453/R-94-080A, chapter 3). Volume factors: E = V EF.

The inventory calls ``fraction_emitted_kg`` and ``by_volume_kg``. The two films stand for themselves, held by tests: no
landing form tells of a basin's surface or of the films' coefficients.

Does not belong here: Henry constants and films' coefficients (inputs), treatment in the water (mass balance).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = NDArray[np.float64] | float

GAS_CONSTANT = 8.31446261815324  # J/(mol K)


def fraction_emitted_kg(load_kg: Numbers, fraction_measured: Numbers, fraction_emitted: Numbers) -> Floats:
    """Emission to air in kg of a load in the water. ``ValueError`` on fractions outside of 0-1."""
    measured, emitted = np.asarray(fraction_measured, float), np.asarray(fraction_emitted, float)
    if ((measured < 0) | (measured > 1) | (emitted < 0) | (emitted > 1)).any():
        raise ValueError("fractions are between 0 and 1")
    return np.asarray(load_kg, float) * measured * emitted


def overall_coefficient_m_s(liquid_m_s: Numbers, gas_m_s: Numbers, henry_pa_m3_mol: Numbers, kelvin: Numbers) -> Floats:
    """Overall coefficient K in m/s of two films in series."""
    partition = np.asarray(henry_pa_m3_mol, float) / (GAS_CONSTANT * np.asarray(kelvin, float))
    return np.asarray(1.0 / (1.0 / np.asarray(liquid_m_s, float) + 1.0 / (np.asarray(gas_m_s, float) * partition)))


def two_film_kg(coefficient_m_s: Numbers, surface_m2: Numbers, concentration_mg_l: Numbers, hours: Numbers) -> Floats:
    """Emission in kg over ``hours``: K A C with C in g/m³ = mg/L."""
    rate_g_s = np.asarray(coefficient_m_s, float) * surface_m2 * np.asarray(concentration_mg_l, float)
    return np.asarray(rate_g_s * np.asarray(hours, float) * 3.6)


def by_volume_kg(volume_m3: Numbers, factor_kg_m3: Numbers) -> Floats:
    """Emission in kg of a volume of waste water or of cooling water circulated."""
    return np.asarray(volume_m3, float) * np.asarray(factor_kg_m3, float)
