"""Effluents in water: full mixing, decay on the way, length of mixing, and the far field of an outfall in the sea.

    river   C = (Qe Ce + Qu Cu) / (Qe + Qu) · 2^(−t / T½)                      at every place downstream
    sea     C = Ce / (Sa · Sf) · 2^(−t / T½)                                   on the axis of the plume

Sa: the initial dilution that the body's register states; Sf: Brooks' far field, a line as wide as the diluted effluent,
carried by the current and spread by an eddy diffusivity that grows with the 4/3 power of the width.

Sources: HJ 2.3-2018 appendix E (full mixing, length of mixing, one-dimensional decay where α = k E/u² ≤ 0.027); HJ/T
2.3-93 (Taylor's lateral mixing); N. H. Brooks, Diffusion of sewage effluent in an ocean current, Proc. 1st Int. Conf.
on Waste Disposal in the Marine Environment, Pergamon 1960, 246–267; H. B. Fischer et al., Mixing in Inland and Coastal
Waters, Academic Press 1979, 5.1 and 10.4. The clauses are from memory.

``dilute_reaches`` gives dilution and time of travel; full mixing with what a stream brings along and decay are the
equations as printed, which the SQL of a substance follows (``int_exposure__water_contributions_diluted``).

Not in it, and printed with the results: tides that turn, shores that the plume leans on, settling, uptake by sediment.
Belongs here: arrays of outfalls and places. Does not belong here: which outlet reaches which place; biota (a factor).
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray
from scipy.special import erf

from ehpilot.kernels.columns import doubles, ordered, texts, values_by

Floats = NDArray[np.float64]

GRAVITY_M_S2 = 9.80665
DAY_S = 86400.0
UG_L_PER_G_M3 = 1000.0
GROWTH = ("constant", "linear", "four_thirds")  # of the diffusivity with the width of the field: power 0, 1, 4/3


def full_mix_concentration(
    effluent: ArrayLike, effluent_m3_s: ArrayLike, upstream: ArrayLike, upstream_m3_s: ArrayLike
) -> Floats:
    """Concentration where an effluent has mixed with all of a stream (HJ 2.3-2018 E.2); any unit, the same for both."""
    released, carried = np.asarray(effluent_m3_s, float), np.asarray(upstream_m3_s, float)
    mass = np.asarray(effluent, float) * released + np.asarray(upstream, float) * carried
    return np.asarray(mass / (released + carried))


def remaining_share(travel_time_d: ArrayLike, half_life_d: ArrayLike) -> Floats:
    """What first-order decay leaves after a time: 2^(−t/T½) = exp(−k t), k = ln 2 / T½. NaN of the half-life (none is
    known) or of the time: nothing decays, the higher concentration stands. ``ValueError`` on a time below 0 or a
    half-life that is not above 0."""
    time, half_life = np.asarray(travel_time_d, float), np.asarray(half_life_d, float)
    if (time < 0).any() or (half_life <= 0).any():
        raise ValueError("a time of travel is at least 0 and a half-life above 0")
    with np.errstate(invalid="ignore"):
        left = np.exp2(-time / half_life)
    return np.where(np.isnan(left), 1.0, left)


def shear_velocity_m_s(velocity_m_s: ArrayLike, depth_m: ArrayLike, manning_n: ArrayLike) -> Floats:
    """u* = √(g H I) with the slope I that Manning's formula gives a wide channel: u* = u n √g / H^(1/6)."""
    speed, roughness = np.asarray(velocity_m_s, float), np.asarray(manning_n, float)
    return np.asarray(speed * roughness * np.sqrt(GRAVITY_M_S2) / np.power(np.asarray(depth_m, float), 1.0 / 6.0))


def lateral_mixing_m2_s(depth_m: ArrayLike, width_m: ArrayLike, shear_velocity_m_s: ArrayLike) -> Floats:
    """Taylor's lateral mixing of a river, Ey = (0.058 H + 0.0065 B) u* (HJ/T 2.3-93; HJ 2.3-2018 E; B/H ≤ 100)."""
    length_m = 0.058 * np.asarray(depth_m, float) + 0.0065 * np.asarray(width_m, float)
    return np.asarray(length_m * np.asarray(shear_velocity_m_s, float))


def mixing_length_m(
    width_m: ArrayLike, velocity_m_s: ArrayLike, lateral_m2_s: ArrayLike, from_bank_m: ArrayLike = 0.0
) -> Floats:
    """Length on which an effluent spreads over the width of a river, HJ 2.3-2018 eq. E.1:
    L = (0.11 + 0.7 √(0.5 − a/B − 1.1 (0.5 − a/B)²)) u B² / Ey; ``from_bank_m`` a, at most half the width."""
    width = np.asarray(width_m, float)
    off_middle = 0.5 - np.asarray(from_bank_m, float) / width
    share = 0.11 + 0.7 * np.sqrt(np.maximum(off_middle - 1.1 * np.square(off_middle), 0.0))
    return np.asarray(share * np.asarray(velocity_m_s, float) * np.square(width) / np.asarray(lateral_m2_s, float))


def field_width_m(
    effluent_m3_s: ArrayLike, initial_dilution: ArrayLike, velocity_m_s: ArrayLike, thickness_m: ArrayLike
) -> Floats:
    """Width of the field that an effluent is after its initial dilution, by what flows through it: b = Q S / (u h)."""
    face_m2_s = np.asarray(velocity_m_s, float) * np.asarray(thickness_m, float)
    return np.asarray(np.asarray(effluent_m3_s, float) * np.asarray(initial_dilution, float) / face_m2_s)


def far_field_dilution(
    distance_m: ArrayLike,
    width_m: ArrayLike,
    velocity_m_s: ArrayLike,
    spread_m2_3_s: ArrayLike,
    growth: str = "four_thirds",
) -> Floats:
    """Brooks' dilution Sf ≥ 1 on the axis of the field of an outfall, ``distance_m`` behind its initial dilution.

    1/Sf = erf √(1.5 / s), β = 12 E0/(u b), E0 = ``spread_m2_3_s`` · b^(4/3); s by the growth of the diffusivity E with
    the width of the field: constant s = 2 β x/b; linear s = (1 + β x/b)² − 1; four_thirds s = (1 + ⅔ β x/b)³ − 1.
    At no distance 1. ``width_m``, ``velocity_m_s`` > 0. Raises ``ValueError`` for another growth.
    """
    if growth not in GROWTH:
        raise ValueError(f"growth {growth!r} is none of {', '.join(GROWTH)}")
    width = np.asarray(width_m, float)
    beta = 12.0 * np.asarray(spread_m2_3_s, float) * np.cbrt(width) / np.asarray(velocity_m_s, float)
    reach = beta * np.maximum(np.asarray(distance_m, float), 0.0) / width
    if growth == "constant":
        s = 2.0 * reach
    elif growth == "linear":
        s = np.square(1.0 + reach) - 1.0
    else:
        s = np.power(1.0 + reach / 1.5, 3.0) - 1.0
    with np.errstate(divide="ignore"):
        return np.asarray(1.0 / erf(np.sqrt(1.5 / s)))


def dilute_reaches(reaches: pa.Table, parameters: pa.Table) -> pa.Table:
    """What one gram a second of each outlet adds at each place of its body of water, before decay. One row an outlet
    and place, by ``outlet_id``, ``place_id``: ``water_body``, ``ug_l_per_g_s`` (NaN: unknown), ``travel_time_d`` (NaN:
    unknown), ``mixing_length_m`` (rivers; NaN: unknown) and ``is_mixed`` (null: unknown, and the sea).

    ``reaches``: ``outlet_id``, ``place_id``, ``water_body``, ``low_flow_m3_s``, ``mixed_flow_m3_s`` (rivers, else NaN),
    ``initial_dilution``, ``velocity_m_s``, ``depth_m``, ``effluent_m3_s``, ``distance_m``. A sea whose current, depth
    or distance is unknown dilutes by its initial dilution alone. ``parameters``: ``water.field_depth_share`` (thickness
    of the diluted field over the depth), ``water.lateral_spread`` (m^⅔/s), ``water.manning_n``. Rows do not depend on
    each other.
    """
    rows = ordered(reaches, "outlet_id", "place_id")
    chosen = values_by(parameters, "parameter_id")
    low, mixed, initial, speed, depth, effluent, distance = (
        np.where(values > 0, values, np.nan)
        for values in (
            doubles(rows, name)
            for name in (
                "low_flow_m3_s", "mixed_flow_m3_s", "initial_dilution", "velocity_m_s", "depth_m", "effluent_m3_s",
                "distance_m",
            )
        )
    )  # fmt: skip
    field = field_width_m(effluent, initial, speed, chosen["water.field_depth_share"] * depth)
    far = far_field_dilution(distance, field, speed, chosen["water.lateral_spread"])
    sea = UG_L_PER_G_M3 / (effluent * initial * np.where(np.isnan(far), 1.0, far))
    width = low / (speed * depth)
    lateral = lateral_mixing_m2_s(depth, width, shear_velocity_m_s(speed, depth, chosen["water.manning_n"]))
    length = mixing_length_m(width, speed, lateral)
    known = ~np.isnan(length) & ~np.isnan(distance)
    return pa.table({
        "outlet_id": pa.array(texts(rows, "outlet_id"), pa.string()),
        "place_id": pa.array(texts(rows, "place_id"), pa.string()),
        "water_body": pa.array(texts(rows, "water_body"), pa.string()),
        "ug_l_per_g_s": np.where(np.isnan(mixed), sea, UG_L_PER_G_M3 / mixed),
        "travel_time_d": distance / speed / DAY_S,
        "mixing_length_m": length,
        "is_mixed": pa.array(distance >= length, pa.bool_(), mask=~known),
    })  # fmt: skip
