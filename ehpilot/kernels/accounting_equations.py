"""A factor with treatment: what an activity emits behind a device.

排放源统计调查产排污核算方法和系数手册 (2021): G = A·R and E = G(1 - η k), k the share of running time in which the
device really works. Monitoring, mass balances and amounts before a device are reckoned by the models, in SQL
(``int_emission_factor__outlets_sampled``, ``…__outlets_recorded``, ``…__balances_closed``,
``…__outlet_emissions_united``).

Does not belong here: which method rules (seed ``accounting_method``, ``inventory.emission_claim``), formulas of
equipment (``tank_losses``, ``loading_losses``, ``leak_emissions``, ``flare_emissions``, ``wastewater_emissions``)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = NDArray[np.float64] | float


def with_treatment_kg(activity: Numbers, factor: Numbers, efficiency: Numbers, run_share: Numbers) -> Floats:
    """A EF (1 - η k) in the mass unit of the factor; η and k 0-1. ``ValueError`` outside: a negative efficiency is an
    error of the file, not a device that makes the substance."""
    eta, k = np.asarray(efficiency, float), np.asarray(run_share, float)
    if ((eta < 0) | (eta > 1) | (k < 0) | (k > 1)).any():
        raise ValueError("efficiency and share of running time are between 0 and 1")
    return np.asarray(np.asarray(activity, float) * np.asarray(factor, float) * (1.0 - eta * k))
