"""The plain equations of accounting: monitoring, mass balance, factors with treatment.

HJ 884-2018 (污染源源强核算技术指南 准则) for the order and forms; 排放源统计调查产排污核算方法和系数手册 (2021) for
G = A·R and E = G(1 - η k), k the share of running time in which the device really works.

``with_treatment_kg`` is what ``ehpilot account`` reckons with. The other three are the arithmetic as published: the models
state it in SQL (``int_emission_factor__outlets_sampled``, ``…__outlets_recorded``, ``…__outlet_emissions_united``,
``…__balances_closed``), and only tests call them, to hold it to worked examples.

Does not belong here: which method rules (seed ``accounting_method``, ``inventory.emission_claim``), formulas of
equipment (``tank_losses``, ``loading_losses``, ``leak_emissions``, ``flare_emissions``, ``wastewater_emissions``)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = NDArray[np.float64] | float


@dataclass(frozen=True)
class Balance:
    """Emission (n,) in t, closure gap as a share of the input, and marks: ``is_negative`` (more came out than went in,
    no emission), ``is_loose`` (gap above the limit: outputs are measured too coarsely to say what is left)."""

    emission_t: Floats
    gap_share: Floats
    is_negative: NDArray[np.bool_]
    is_loose: NDArray[np.bool_]


def by_monitoring_kg(concentration_mg_m3: Numbers, flow_m3_h: Numbers, hours: Numbers, load: Numbers = 1.0) -> Floats:
    """C Q t·1e-6 in kg, times load of the period over load during the test."""
    return np.asarray(concentration_mg_m3, float) * flow_m3_h * np.asarray(hours, float) * 1e-6 * load


def with_treatment_kg(activity: Numbers, factor: Numbers, efficiency: Numbers, run_share: Numbers) -> Floats:
    """A EF (1 - η k) in the mass unit of the factor; η and k 0-1. ``ValueError`` outside: a negative efficiency is an
    error of the file, not a device that makes the substance."""
    eta, k = np.asarray(efficiency, float), np.asarray(run_share, float)
    if ((eta < 0) | (eta > 1) | (k < 0) | (k > 1)).any():
        raise ValueError("efficiency and share of running time are between 0 and 1")
    return np.asarray(np.asarray(activity, float) * np.asarray(factor, float) * (1.0 - eta * k))


def generated_from_emitted(emitted: Numbers, efficiency: Numbers, run_share: Numbers) -> Floats:
    """What was produced before a device, E/(1 - η k); NaN where the device takes everything, since then nothing can be
    told."""
    passed = 1.0 - np.asarray(efficiency, float) * np.asarray(run_share, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(passed > 0, np.asarray(emitted, float) / passed, np.nan)


def balance(
    input_t: Numbers, product_t: Numbers, water_t: Numbers, waste_t: Numbers, recovered_t: Numbers,
    destroyed_t: Numbers, loose_above: float,
) -> Balance:  # fmt: skip
    """Input less product, waste water, waste, recovered and destroyed, all in t. An output that is not known (NaN)
    makes the emission unknown. ``loose_above``: share of the input above which the gap is loose (methods.md c1:
    0.1)."""
    given = np.asarray(input_t, float)
    rest = (
        given
        - np.asarray(product_t, float)
        - water_t
        - np.asarray(waste_t, float)
        - recovered_t
        - np.asarray(destroyed_t)
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        share = rest / given
    negative = rest < 0
    return Balance(np.where(negative, np.nan, rest), share, negative, np.abs(share) > loose_above)
