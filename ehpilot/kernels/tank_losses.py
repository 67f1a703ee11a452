"""Evaporation from storage tanks: EPA AP-42, 5th edition, section 7.1 (June 2020).

Each function is one equation of the section, in the units of the section (ft, °R, psia, lb, Btu/(ft² d)), so that it
can be laid beside the text; ``fixed_roof`` and ``floating_roof`` put them together and take and give SI. The equations
are the American Petroleum Institute's; AP-42 prints them, commercial use is restricted. It is the edition of 2020:
TANKS 4.09D has other temperature equations (before 2019) and the form of the working loss of 2006.

All arguments are arrays that broadcast; NaN = unknown and stays unknown. Constants by paint, seal and fitting stand in
the seed ``tank_constant``, vapour pressures in ``antoine``. Equations of horizontal tanks, domed roofs, other vent
settings, bolted decks and mixtures stand for themselves: no landing form tells of these.

Does not belong here: which tank holds what, loading (``loading_losses``), control efficiencies.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = NDArray[np.float64] | float

GAS_CONSTANT = 10.731  # psia ft3/(lbmol °R)
M_PER_FT, KPA_PER_PSI, KG_PER_LB, M3_PER_BBL = 0.3048, 6.894757293168, 0.45359237, 0.158987294928
M_S_PER_MPH = 0.44704
FT3_PER_BBL = 5.614  # as AP-42 rounds it
BTU_FT2_D_PER_W_M2 = 7.6082  # 1 W/m² over a day: 86,400 J / 1,055.06 J/Btu / 10.7639 ft²/m²


def rankine(celsius: Numbers) -> Floats:
    """Temperature in °R of one in °C."""
    return (np.asarray(celsius, float) + 273.15) * 1.8


def vapour_pressure_kpa(a: Numbers, b: Numbers, c: Numbers, celsius: Numbers) -> Floats:
    """Antoine, log10(p/kPa) = a - b/(t + c) with t in °C, as the seed ``antoine`` holds the constants (equation 1-26
    has them for mmHg)."""
    return np.asarray(10.0 ** (np.asarray(a, float) - np.asarray(b, float) / (np.asarray(celsius, float) + c)))


def roof_outage_cone(slope: Numbers, radius_ft: Numbers) -> Floats:
    """Equations 1-17, 1-18: H_RO = S_R R_S / 3 in ft."""
    return np.asarray(slope, float) * np.asarray(radius_ft, float) / 3.0


def roof_outage_dome(dome_radius_ft: Numbers, shell_radius_ft: Numbers) -> Floats:
    """Equations 1-19, 1-20: H_R = R_R - √(R_R² - R_S²), H_RO = H_R (1/2 + (H_R/R_S)²/6) in ft."""
    dome, shell = np.asarray(dome_radius_ft, float), np.asarray(shell_radius_ft, float)
    height = dome - np.sqrt(dome**2 - shell**2)
    return np.asarray(height * (0.5 + (height / shell) ** 2 / 6.0))


def vapour_space_outage(shell_height_ft: Numbers, liquid_height_ft: Numbers, roof_outage_ft: Numbers) -> Floats:
    """Equation 1-16: H_VO = H_S - H_L + H_RO in ft."""
    return np.asarray(shell_height_ft, float) - liquid_height_ft + roof_outage_ft


def vapour_space_volume(diameter_ft: Numbers, outage_ft: Numbers) -> Floats:
    """Equation 1-3: V_V = π/4 D² H_VO in ft³."""
    return np.pi / 4.0 * np.asarray(diameter_ft, float) ** 2 * outage_ft


def vapour_temperature_range(
    shape: Numbers, ambient_range_r: Numbers, roof: Numbers, shell: Numbers, insolation: Numbers
) -> Floats:
    """Equation 1-6, no insulation: ΔT_V in °R; ``shape`` H_S/D, absorptances of roof and shell, insolation Btu/(ft²
    d)."""
    ratio, sun = np.asarray(shape, float), np.asarray(insolation, float)
    base = 2.2 * ratio + 1.9
    heat = 0.042 * np.asarray(roof) * sun + 0.026 * ratio * np.asarray(shell) * sun
    return np.asarray((1.0 - 0.8 / base) * ambient_range_r + heat / base)


def bulk_temperature(ambient_r: Numbers, shell: Numbers, insolation: Numbers) -> Floats:
    """Equation 1-31: T_B = T_AA + 0.003 α_S I in °R, where the liquid's own temperature is not known."""
    return np.asarray(ambient_r, float) + 0.003 * np.asarray(shell, float) * insolation


def surface_temperature(
    shape: Numbers, ambient_r: Numbers, bulk_r: Numbers, roof: Numbers, shell: Numbers, insolation: Numbers
) -> Floats:
    """Equation 1-27, no insulation: T_LA in °R."""
    ratio = np.asarray(shape, float)
    base = 4.4 * ratio + 3.8
    heat = 0.021 * np.asarray(roof) * insolation + 0.013 * ratio * np.asarray(shell) * insolation
    return np.asarray((0.5 - 0.8 / base) * ambient_r + (0.5 + 0.8 / base) * np.asarray(bulk_r, float) + heat / base)


def vapour_temperature(
    shape: Numbers, ambient_r: Numbers, bulk_r: Numbers, roof: Numbers, shell: Numbers, insolation: Numbers
) -> Floats:
    """Equation 1-32, no insulation: T_V in °R."""
    ratio = np.asarray(shape, float)
    heat = 0.021 * np.asarray(roof) * insolation + 0.013 * ratio * np.asarray(shell) * insolation
    return np.asarray(((2.2 * ratio + 1.1) * ambient_r + 0.8 * np.asarray(bulk_r, float) + heat) / (2.2 * ratio + 1.9))


def expansion_factor(
    temperature_range_r: Numbers,
    surface_r: Numbers,
    pressure_range_psi: Numbers,
    vent_range_psi: Numbers,
    atmosphere_psia: Numbers,
    pressure_psia: Numbers,
) -> Floats:
    """Equation 1-5: K_E = ΔT_V/T_LA + (ΔP_V - ΔP_B)/(P_A - P_VA), bounded to 0-1."""
    gas = (np.asarray(pressure_range_psi, float) - vent_range_psi) / (np.asarray(atmosphere_psia) - pressure_psia)
    return np.clip(np.asarray(temperature_range_r, float) / surface_r + gas, 0.0, 1.0)


def saturation_factor(pressure_psia: Numbers, outage_ft: Numbers) -> Floats:
    """Equation 1-21: K_S = 1/(1 + 0.053 P_VA H_VO)."""
    return np.asarray(1.0 / (1.0 + 0.053 * np.asarray(pressure_psia, float) * outage_ft))


def vapour_density(molar_mass: Numbers, pressure_psia: Numbers, vapour_r: Numbers) -> Floats:
    """Equation 1-22: W_V = M_V P_VA/(10.731 T_V) in lb/ft³."""
    return np.asarray(molar_mass, float) * pressure_psia / (GAS_CONSTANT * np.asarray(vapour_r, float))


def standing_loss(volume_ft3: Numbers, density: Numbers, expansion: Numbers, saturation: Numbers) -> Floats:
    """Equation 1-2: L_S = 365 V_V W_V K_E K_S in lb/a."""
    return 365.0 * np.asarray(volume_ft3, float) * density * np.asarray(expansion) * saturation


def turnover_factor(turnovers: Numbers) -> Floats:
    """K_N = (180 + N)/(6 N) above 36 turnovers a year, else 1."""
    number = np.asarray(turnovers, float)
    with np.errstate(divide="ignore"):
        return np.where(number > 36.0, (180.0 + number) / (6.0 * number), np.where(np.isnan(number), np.nan, 1.0))


def working_loss(
    throughput_ft3: Numbers, turnover: Numbers, product: Numbers, density: Numbers, vent: Numbers = 1.0
) -> Floats:
    """Equation 1-35: L_W = V_Q K_N K_P W_V K_B in lb/a."""
    return np.asarray(throughput_ft3, float) * turnover * np.asarray(product, float) * density * np.asarray(vent)


def vent_setting_correction(
    normal_psig: Numbers, setting_psig: Numbers, atmosphere_psia: Numbers, turnover: Numbers, pressure_psia: Numbers
) -> Floats:
    """Equations 1-40, 1-41: K_B = ((P_I + P_A)/K_N - P_VA)/(P_BP + P_A - P_VA) where K_N (P_BP + P_A)/(P_I + P_A) > 1,
    else 1; for vents whose settings span more than 0.06 psi, at the usual ones it is 1."""
    air, factor = np.asarray(atmosphere_psia, float), np.asarray(turnover, float)
    inside, opens = np.asarray(normal_psig, float) + air, np.asarray(setting_psig, float) + air
    corrected = (inside / factor - pressure_psia) / (opens - pressure_psia)
    return np.where(factor * opens / inside > 1.0, corrected, 1.0)


def mixture_pressure(fraction: Numbers, pressure: Numbers) -> Floats:
    """Raoult: P_VA = Σ x_i P_i over the last axis, mole fractions x_i of the liquid, in the unit of ``pressure``."""
    return np.asarray((np.asarray(fraction, float) * pressure).sum(axis=-1))


def mixture_molar_mass(fraction: Numbers, pressure: Numbers, molar_mass: Numbers) -> Floats:
    """Equation 1-23: M_V = Σ M_i P_i x_i/P_VA over the last axis, molar mass of the vapour of a mixture."""
    partial = np.asarray(fraction, float) * pressure
    return np.asarray((partial * molar_mass).sum(axis=-1) / partial.sum(axis=-1))


def effective_diameter(length_ft: Numbers, diameter_ft: Numbers) -> Floats:
    """Equation 1-14: D_E = √(L D/(π/4)) of a horizontal tank, in ft."""
    return np.sqrt(np.asarray(length_ft, float) * diameter_ft / (np.pi / 4.0))


def effective_height(diameter_ft: Numbers) -> Floats:
    """Equation 1-15: H_E = π D/4 of a horizontal tank, in ft; its vapour space outage is half of it (1-16)."""
    return np.pi / 4.0 * np.asarray(diameter_ft, float)


def internal_surface_temperature(
    shape: Numbers, ambient_r: Numbers, bulk_r: Numbers, roof: Numbers, shell: Numbers, insolation: Numbers
) -> Floats:
    """Equation 2-5: T_LA in °R under an internal or domed floating roof; bulk by 1-31 where it is not known."""
    ratio, sun = np.asarray(shape, float), np.asarray(insolation, float)
    heat = 0.027 * np.asarray(roof) * sun + 0.017 * ratio * np.asarray(shell) * sun
    mixed = (2.86 * ratio + 1.43) * ambient_r + (3.52 * ratio + 3.79) * np.asarray(bulk_r, float)
    return np.asarray((mixed + heat) / (6.38 * ratio + 5.22))


def pontoon_surface_temperature(ambient_r: Numbers, bulk_r: Numbers, roof: Numbers, insolation: Numbers) -> Floats:
    """Equation 2-7: T_LA = 0.7 T_AA + 0.3 T_B + 0.008 α_R I in °R, external floating roof with pontoons."""
    heat = 0.008 * np.asarray(roof, float) * insolation
    return np.asarray(0.7 * np.asarray(ambient_r, float) + 0.3 * np.asarray(bulk_r, float) + heat)


def pontoon_bulk_temperature(
    shape: Numbers, ambient_r: Numbers, roof: Numbers, shell: Numbers, insolation: Numbers
) -> Floats:
    """Equation 2-8: T_B in °R under an external floating roof with pontoons, where it is not known."""
    ratio, sun = np.asarray(shape, float), np.asarray(insolation, float)
    heat = 0.71 * np.asarray(roof) * sun + 0.485 * ratio * np.asarray(shell) * sun
    return np.asarray(ambient_r + heat / (170.0 * ratio + 57.0))


def pressure_function(pressure_psia: Numbers, atmosphere_psia: Numbers) -> Floats:
    """Equation 2-4: P* = (P_VA/P_A)/(1 + √(1 - P_VA/P_A))²; NaN where the liquid boils."""
    ratio = np.asarray(pressure_psia, float) / atmosphere_psia
    with np.errstate(invalid="ignore"):
        return np.asarray(ratio / (1.0 + np.sqrt(1.0 - ratio)) ** 2)


def rim_seal_loss(
    k_ra: Numbers, k_rb: Numbers, wind_mph: Numbers, exponent: Numbers, diameter_ft: Numbers,
    function: Numbers, molar_mass: Numbers, product: Numbers = 1.0,
) -> Floats:  # fmt: skip
    """Equation 2-3: L_R = (K_RA + K_RB v^n) D P* M_V K_C in lb/a; wind 0 (a fixed roof above): K_RA, whatever n."""
    wind = np.asarray(wind_mph, float)
    seal = np.asarray(k_ra, float) + np.where(wind == 0, 0.0, np.asarray(k_rb, float) * wind**exponent)
    return np.asarray(seal * diameter_ft * np.asarray(function) * molar_mass * product)


def fitting_factor(k_fa: Numbers, k_fb: Numbers, exponent: Numbers, wind_mph: Numbers) -> Floats:
    """Equation 2-15: K_F = K_FA + K_FB (0.7 v)^m in lbmol/a of one fitting; wind 0 under a fixed roof: K_FA."""
    felt = np.asarray(wind_mph, float)
    gust = np.where(felt > 0, np.where(felt > 0, 0.7 * felt, 1.0) ** np.asarray(exponent, float), 0.0)
    return np.asarray(k_fa + np.asarray(k_fb, float) * gust)


def deck_fitting_loss(fittings: Numbers, function: Numbers, molar_mass: Numbers, product: Numbers = 1.0) -> Floats:
    """Equation 2-13: L_F = F_F P* M_V K_C in lb/a, F_F the sum of the fittings' factors in lbmol/a."""
    return np.asarray(fittings, float) * function * np.asarray(molar_mass, float) * product


def deck_seam_loss(
    seam: Numbers, seam_ft_per_ft2: Numbers, diameter_ft: Numbers, function: Numbers, molar_mass: Numbers,
    product: Numbers = 1.0,
) -> Floats:  # fmt: skip
    """Equation 2-18: L_D = K_D S_D D² P* M_V K_C in lb/a; 0 for a welded deck."""
    return (
        np.asarray(seam, float)
        * seam_ft_per_ft2
        * np.asarray(diameter_ft, float) ** 2
        * function
        * molar_mass
        * product
    )


def withdrawal_loss(
    throughput_bbl: Numbers, clingage: Numbers, liquid_lb_gal: Numbers, diameter_ft: Numbers,
    columns: Numbers = 0.0, column_ft: Numbers = 1.0,
) -> Floats:  # fmt: skip
    """Equation 2-19: L_WD = 0.943 Q C_S W_L/D (1 + N_C F_C/D) in lb/a, Q in bbl/a, C_S in bbl/1000 ft²."""
    diameter = np.asarray(diameter_ft, float)
    film = 0.943 * np.asarray(throughput_bbl, float) * clingage * np.asarray(liquid_lb_gal, float) / diameter
    return np.asarray(film * (1.0 + np.asarray(columns, float) * column_ft / diameter))


@dataclass(frozen=True)
class Site:
    """Climate of the place, scalars: mean and mean daily range of the air temperature, mean insolation, pressure,
    wind."""

    ambient_c: float
    ambient_range_k: float
    insolation_w_m2: float
    atmosphere_kpa: float
    wind_m_s: float = 0.0


@dataclass(frozen=True)
class Liquid:
    """Liquid of each tank, arrays: molar mass in g/mol, Antoine constants (kPa, °C), density in kg/m³."""

    molar_mass: Floats
    a: Floats
    b: Floats
    c: Floats
    density_kg_m3: Floats


def fixed_roof(
    diameter_m: Numbers, height_m: Numbers, throughput_t: Numbers, liquid: Liquid, site: Site, *,
    absorptance: Numbers, roof_slope: float, vent_range_kpa: float, storage_c: Numbers,
) -> tuple[Floats, Floats]:  # fmt: skip
    """Standing and working loss in kg/a of vertical tanks with a cone roof, half full (equation 1-16: no data, H_L =
    H_S/2), no insulation. ``throughput_t`` t/a, ``storage_c`` bulk temperature in °C, NaN = by equation 1-31. Above the
    constants' range of temperature Antoine is extrapolated: the caller tests it. NaN where the liquid boils at its
    surface temperature."""
    d, h = np.asarray(diameter_m, float) / M_PER_FT, np.asarray(height_m, float) / M_PER_FT
    alpha, sun, ambient = (
        np.asarray(absorptance, float),
        site.insolation_w_m2 * BTU_FT2_D_PER_W_M2,
        rankine(site.ambient_c),
    )
    bulk = _known_or(storage_c, bulk_temperature(ambient, alpha, sun))
    surface = surface_temperature(h / d, ambient, bulk, alpha, alpha, sun)
    daily = vapour_temperature_range(h / d, site.ambient_range_k * 1.8, alpha, alpha, sun)
    pressure = [
        vapour_pressure_kpa(liquid.a, liquid.b, liquid.c, (surface + part * daily) / 1.8 - 273.15) / KPA_PER_PSI
        for part in (0.0, 0.25, -0.25)
    ]
    air = site.atmosphere_kpa / KPA_PER_PSI
    outage = vapour_space_outage(h, h / 2.0, roof_outage_cone(roof_slope, d / 2.0))
    density = vapour_density(
        liquid.molar_mass, pressure[0], vapour_temperature(h / d, ambient, bulk, alpha, alpha, sun)
    )
    expansion = expansion_factor(
        daily, surface, pressure[1] - pressure[2], vent_range_kpa / KPA_PER_PSI, air, pressure[0]
    )
    standing = standing_loss(vapour_space_volume(d, outage), density, expansion, saturation_factor(pressure[0], outage))
    net_ft3 = np.asarray(throughput_t, float) * 1000.0 / liquid.density_kg_m3 / M3_PER_BBL * FT3_PER_BBL
    # what moves between the lowest level, one foot, and the highest, one foot below the shell (equations 1-36 to 1-38)
    turnovers = net_ft3 / (np.pi / 4.0 * d**2 * np.maximum(h - 2.0, 1.0))
    working = working_loss(net_ft3, turnover_factor(turnovers), 1.0, density)
    boils = ~(pressure[0] < air)
    return tuple(np.where(boils, np.nan, loss * KG_PER_LB) for loss in (standing, working))  # type: ignore[return-value]


def _known_or(storage_c: Numbers, computed_r: Floats) -> Floats:
    """Bulk temperature in °R: the one stated, in °C, else the computed one."""
    return np.where(np.isnan(storage_c), computed_r, rankine(storage_c))


def fixed_surface_c(
    diameter_m: Numbers, height_m: Numbers, site: Site, *, absorptance: Numbers, storage_c: Numbers
) -> Floats:
    """Temperature of the liquid's surface in °C under a fixed roof (equations 1-27, 1-31)."""
    alpha, sun = np.asarray(absorptance, float), site.insolation_w_m2 * BTU_FT2_D_PER_W_M2
    ambient, shape = rankine(site.ambient_c), np.asarray(height_m, float) / np.asarray(diameter_m, float)
    bulk = _known_or(storage_c, bulk_temperature(ambient, alpha, sun))
    return surface_temperature(shape, ambient, bulk, alpha, alpha, sun) / 1.8 - 273.15


def floating_surface_c(
    diameter_m: Numbers, height_m: Numbers, site: Site, *, absorptance: Numbers, storage_c: Numbers,
    is_external: Numbers,
) -> Floats:  # fmt: skip
    """Temperature of the liquid's surface in °C under a floating roof: internal by equation 2-5 with the bulk of 1-31,
    external (pontoons) by 2-7 with that of 2-8; ``storage_c`` goes before either. Height unknown: H_S/D = 0.5, as the
    simplified forms of the section take it."""
    alpha, sun = np.asarray(absorptance, float), site.insolation_w_m2 * BTU_FT2_D_PER_W_M2
    ambient, shape = rankine(site.ambient_c), np.asarray(height_m, float) / np.asarray(diameter_m, float)
    shape, outside = np.where(np.isnan(shape), 0.5, shape), np.asarray(is_external, bool)
    computed = np.where(
        outside,
        pontoon_bulk_temperature(shape, ambient, alpha, alpha, sun),
        bulk_temperature(ambient, alpha, sun),
    )
    bulk = _known_or(storage_c, computed)
    surface = np.where(
        outside,
        pontoon_surface_temperature(ambient, bulk, alpha, sun),
        internal_surface_temperature(shape, ambient, bulk, alpha, alpha, sun),
    )
    return surface / 1.8 - 273.15


def floating_roof(
    diameter_m: Numbers,
    throughput_t: Numbers,
    liquid: Liquid,
    site: Site,
    *,
    surface_c: Numbers,
    k_ra: Numbers,
    k_rb: Numbers,
    exponent: Numbers,
    fittings: Numbers,
    clingage: Numbers,
    is_external: Numbers,
) -> tuple[Floats, Floats]:
    """Standing (rim seal and fittings, welded deck) and withdrawal loss in kg/a; ``surface_c`` temperature of the
    liquid surface in °C, wind counts on an external roof only."""
    d, external = np.asarray(diameter_m, float) / M_PER_FT, np.asarray(is_external, bool)
    wind = np.where(external, site.wind_m_s / M_S_PER_MPH, 0.0)
    pressure = vapour_pressure_kpa(liquid.a, liquid.b, liquid.c, surface_c) / KPA_PER_PSI
    function = pressure_function(pressure, site.atmosphere_kpa / KPA_PER_PSI)
    standing = rim_seal_loss(k_ra, k_rb, wind, exponent, d, function, liquid.molar_mass)
    standing = standing + deck_fitting_loss(fittings, function, liquid.molar_mass)
    barrels = np.asarray(throughput_t, float) * 1000.0 / liquid.density_kg_m3 / M3_PER_BBL
    pounds_per_gallon = np.asarray(liquid.density_kg_m3, float) / KG_PER_LB * M3_PER_BBL / 42.0
    return standing * KG_PER_LB, withdrawal_loss(barrels, clingage, pounds_per_gallon, d) * KG_PER_LB
