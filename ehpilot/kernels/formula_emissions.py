"""Emissions by formula of what firms state of their plant: tanks, loading, flares, waste water, cooling water, leaks.

Puts the equations of ``tank_losses``, ``loading_losses``, ``flare_emissions``, ``wastewater_emissions`` and
``leak_emissions`` to landed records.
What a record does not state and no default of the equation's source covers makes ``INPUTS-MISSING``: then the next tier
of methods rules and nothing is guessed. A liquid that boils at its temperature stands under pressure, and none of the
equations holds (``PRESSURE-VESSEL``); an efficiency or share outside of 0-1 (``EFFICIENCY-RANGE``) and an amount below
nothing (``QUANTITY-NEGATIVE``) are errors of the file.

Taken where AP-42 7.1 has no data of a floating roof: welded deck, average-fitting seal (external roof: mechanical shoe,
internal: vapour-mounted, primary only), light rust, one access hatch, gauge float, vacuum breaker and sample port, and
legs by the diameter, N = 5 + D/10 + D²/600 with D in ft (table 7.1-15). The fittings of an external roof (pontoons)
feel the wind (equation 2-15). Guide poles are not counted: no form states them, so a roof with one loses more.

Does not belong here: words of roofs, paints, carriers and seals, constants of substances (SQL, seeds)."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ehpilot.kernels import flare_emissions, leak_emissions, loading_losses, tank_losses, wastewater_emissions
from ehpilot.kernels.columns import doubles, ordered, texts, texts_or_null, values_by

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]

MISSING, BOILING, RANGE = "INPUTS-MISSING", "PRESSURE-VESSEL", "EFFICIENCY-RANGE"
NEGATIVE = "QUANTITY-NEGATIVE"
EXTERNAL_SEAL = "rim_average_welded_mechanical_shoe_seal_primary_only_"
INTERNAL_SEAL = "rim_average_welded_vapor_mounted_seal_primary_only_"
INTERNAL_LEG = "fit_deck_leg_ifr_type_adjustable_"
EXTERNAL_LEG = "fit_deck_leg_efr_type_pontoon_area_adjustable_ungasketed_"
SINGLE_FITTINGS = (
    "fit_access_hatch_bolted_cover_gasketed_",
    "fit_gauge_float_well_automatic_gauge_unbolted_cover_ungasketed_",
    "fit_vacuum_breaker_weighted_mechanical_actuation_gasketed_",
)
INTERNAL_PORT = "fit_gauge_hatch_sample_port_slit_fabric_seal_10_open_area_"
EXTERNAL_PORT = "fit_gauge_hatch_sample_port_weighted_mechanical_actuation_gasketed_"


def compute(
    tanks: pa.Table, loadings: pa.Table, flares: pa.Table, waste_waters: pa.Table, cooling_waters: pa.Table,
    leaks: pa.Table, constants: pa.Table, parameters: pa.Table,
) -> pa.Table:  # fmt: skip
    """``form``, ``record_id``, ``pollutant_id``, ``emission_kg`` (of the year; NaN where not known) and ``reason_code``
    of every row of the six forms, a row being a record and a substance. ``waste_waters``: ``load_kg``,
    ``fraction_measured``, ``fraction_emitted``; ``cooling_waters``: ``volume_m3``, ``factor_kg_m3``. ``constants``:
    seed tank_constant; ``parameters``: ``tank.…``, ``leak.instrument_limit``."""
    values, limits = values_by(constants, "param_id"), values_by(parameters, "parameter_id")
    parts = [
        ("tank", tanks, *_tanks(tanks, values, limits)),
        ("loading", loadings, *_loadings(loadings, limits)),
        ("flare", flares, *_flares(flares)),
        ("waste_water", waste_waters, *_waste_waters(waste_waters)),
        ("cooling_water", cooling_waters, *_cooling_waters(cooling_waters)),
    ]
    leaks = ordered(leaks, "seal", "pollutant_id", "day", "record_id")
    parts.append(("leak", leaks, *_leaks(leaks, limits)))
    return pa.concat_tables(
        pa.table(
            {
                "form": pa.array([form] * rows.num_rows, pa.string()),
                "record_id": pa.array(texts(rows, "record_id"), pa.string()),
                "pollutant_id": pa.array(texts(rows, "pollutant_id"), pa.string()),
                "emission_kg": pa.array(emission, pa.float64()),
                "reason_code": texts_or_null(reasons),
            }
        )
        for form, rows, emission, reasons in parts
    )


def _judged(emission: Floats, amount: Floats, boils: Marks, bad_share: Marks) -> tuple[Floats, list[str]]:
    """Emission where nothing speaks against it, and why not elsewhere."""
    code = np.where(np.isnan(emission), MISSING, "")
    for mark, reason in ((boils, BOILING), (bad_share, RANGE), (amount < 0, NEGATIVE)):
        code = np.where(mark, reason, code)
    return np.where(code == "", emission, np.nan), [str(text) for text in code]


def _liquid(rows: pa.Table) -> tank_losses.Liquid:
    names = ("molar_mass_g_mol", "antoine_a", "antoine_b", "antoine_c", "density_kg_m3")
    return tank_losses.Liquid(*(doubles(rows, name) for name in names))


def _boils(liquid: tank_losses.Liquid, celsius: Floats, air_kpa: float) -> Marks:
    with np.errstate(invalid="ignore"):
        return tank_losses.vapour_pressure_kpa(liquid.a, liquid.b, liquid.c, celsius) >= air_kpa


def _tanks(rows: pa.Table, values: dict[str, float], limits: dict[str, float]) -> tuple[Floats, list[str]]:
    site = tank_losses.Site(
        limits["tank.ambient_c"], limits["tank.ambient_range_k"], limits["tank.insolation_w_m2"],
        limits["tank.atmosphere_kpa"], limits["tank.wind_m_s"],
    )  # fmt: skip
    roof, liquid = np.array(texts(rows, "roof"), dtype=object), _liquid(rows)
    is_external, is_fixed = roof == "external_floating", roof == "fixed_roof"
    diameter, height, turnover = (doubles(rows, name) for name in ("diameter_m", "height_m", "turnover_t"))
    stated = {"absorptance": doubles(rows, "absorptance"), "storage_c": doubles(rows, "storage_c")}
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        surface = np.where(
            is_fixed,
            tank_losses.fixed_surface_c(diameter, height, site, **stated),
            tank_losses.floating_surface_c(diameter, height, site, is_external=is_external, **stated),
        )
        fixed = tank_losses.fixed_roof(
            diameter, height, turnover, liquid, site, roof_slope=values["roof_slope_default"],
            vent_range_kpa=(values["vent_pressure_default"] - values["vent_vacuum_default"]) * tank_losses.KPA_PER_PSI,
            **stated,
        )  # fmt: skip
        floating = _floating(rows, is_external, liquid, site, values, surface)
        # what boils is told also where the paint or the height is not: the bulk as stated
        boils = _boils(liquid, surface, site.atmosphere_kpa) | _boils(liquid, stated["storage_c"], site.atmosphere_kpa)
    emission = np.where(
        is_fixed, fixed[0] + fixed[1], np.where((roof == "internal_floating") | is_external, floating, np.nan)
    )
    return _judged(emission, turnover, boils | (roof == "pressure"), np.zeros(rows.num_rows, dtype=bool))


def _floating(
    rows: pa.Table, is_external: Marks, liquid: tank_losses.Liquid, site: tank_losses.Site,
    values: dict[str, float], surface_c: Floats,
) -> Floats:  # fmt: skip
    """Loss in kg/a of floating roofs with the fittings of the module's head."""
    diameter = doubles(rows, "diameter_m")
    feet = diameter / tank_losses.M_PER_FT
    legs = np.round(5.0 + feet / 10.0 + np.square(feet) / 600.0)
    seal = [
        np.where(is_external, values[EXTERNAL_SEAL + part], values[INTERNAL_SEAL + part])
        for part in ("kra", "krb", "n")
    ]

    def fittings(leg: str, port: str, wind_m_s: float) -> Floats:
        """Sum of the factors of all fittings in lbmol/a."""
        factor = {
            name: tank_losses.fitting_factor(
                values[f"{name}kfa"], values[f"{name}kfb"], values[f"{name}m"], wind_m_s / tank_losses.M_S_PER_MPH
            )
            for name in (*SINGLE_FITTINGS, port, leg)
        }
        return np.asarray(sum(factor[name] for name in (*SINGLE_FITTINGS, port)) + legs * factor[leg])

    outside = fittings(EXTERNAL_LEG, EXTERNAL_PORT, site.wind_m_s)
    standing, withdrawn = tank_losses.floating_roof(
        diameter, doubles(rows, "turnover_t"), liquid, site, surface_c=surface_c, k_ra=seal[0], k_rb=seal[1],
        exponent=seal[2], clingage=values["cling_other_light_rust"],
        fittings=np.where(is_external, outside, fittings(INTERNAL_LEG, INTERNAL_PORT, 0.0)),
        is_external=np.asarray(is_external, dtype=np.float64),
    )  # fmt: skip
    return standing + withdrawn


def _loadings(rows: pa.Table, limits: dict[str, float]) -> tuple[Floats, list[str]]:
    liquid, kelvin, recovery = _liquid(rows), doubles(rows, "temperature_k"), doubles(rows, "recovery_efficiency")
    bad = (recovery < 0) | (recovery > 1)
    with np.errstate(invalid="ignore", over="ignore"):
        pressure = tank_losses.vapour_pressure_kpa(liquid.a, liquid.b, liquid.c, kelvin - 273.15)
        emission = loading_losses.loading_kg(
            doubles(rows, "saturation_factor"), pressure, liquid.molar_mass, kelvin,
            doubles(rows, "loaded_t") * 1000.0 / liquid.density_kg_m3, np.where(bad, np.nan, recovery) * 100.0,
        )  # fmt: skip
    return _judged(emission, doubles(rows, "loaded_t"), pressure >= limits["tank.atmosphere_kpa"], bad)


def _flares(rows: pa.Table) -> tuple[Floats, list[str]]:
    burned, share = doubles(rows, "combustion_efficiency"), doubles(rows, "mole_fraction")
    bad = (burned < 0) | (burned > 1) | (share < 0) | (share > 1)
    emission = flare_emissions.unburned_kg(
        doubles(rows, "gas_m3"), share, doubles(rows, "molar_mass_g_mol"), np.where(bad, np.nan, burned)
    )
    return _judged(emission, doubles(rows, "gas_m3"), np.zeros(rows.num_rows, dtype=bool), bad)


def _waste_waters(rows: pa.Table) -> tuple[Floats, list[str]]:
    load, measured = doubles(rows, "load_kg"), doubles(rows, "fraction_measured")
    emitted = doubles(rows, "fraction_emitted")
    bad = (measured < 0) | (measured > 1) | (emitted < 0) | (emitted > 1)
    emission = wastewater_emissions.fraction_emitted_kg(
        load, np.where(bad, np.nan, measured), np.where(bad, np.nan, emitted)
    )
    return _judged(emission, load, np.zeros(rows.num_rows, dtype=bool), bad)


def _cooling_waters(rows: pa.Table) -> tuple[Floats, list[str]]:
    volume, nothing = doubles(rows, "volume_m3"), np.zeros(rows.num_rows, dtype=bool)
    return _judged(wastewater_emissions.by_volume_kg(volume, doubles(rows, "factor_kg_m3")), volume, nothing, nothing)


def _leaks(rows: pa.Table, limits: dict[str, float]) -> tuple[Floats, list[str]]:
    """Rows ordered by seal and substance. A kind of seal without a correlation has its average rate; after a repair the
    rate of a seal that does not leak."""
    zero, average, share = (doubles(rows, name) for name in ("default_zero", "average_factor", "mass_share"))
    limit = limits["leak.instrument_limit"]
    # the pegged rate is of this limit and no other; EPA-453/R-95-017 has them for 10,000 and 100,000
    name = f"pegged_{limit:.0f}"
    pegged = doubles(rows, name) if name in rows.column_names else np.full(rows.num_rows, np.nan)
    rate = leak_emissions.rate_kg_h(
        doubles(rows, "net_reading"),
        zero,
        doubles(rows, "correlation_a"),
        doubles(rows, "correlation_b"),
        pegged,
        limit,
    )
    rate = np.where(np.isnan(rate), average, rate)
    year = doubles(rows, "year")
    series = np.array(
        [f"{seal}|{code}" for seal, code in zip(texts(rows, "seal"), texts(rows, "pollutant_id"), strict=True)]
    )
    before, after = np.full(year.size, np.nan), np.full(year.size, np.nan)
    for one in np.unique(year[~np.isnan(year)]):
        part = year == one
        start = float(np.datetime64(f"{int(one)}-01-01", "D").astype(int))
        end = float(np.datetime64(f"{int(one) + 1}-01-01", "D").astype(int))
        before[part], after[part] = leak_emissions.hours_of_readings(
            doubles(rows, "day")[part], doubles(rows, "repaired_day")[part], series[part], start, end,
            doubles(rows, "run_hours_h")[part],
        )  # fmt: skip
    mended = np.where(after > 0, after * np.where(np.isnan(zero), 0.0, zero), 0.0)
    nothing = np.zeros(rows.num_rows, dtype=bool)
    return _judged((rate * before + mended) * share, before, nothing, (share < 0) | (share > 1))
