"""Compiled inner loops of the plume: sources at places over the hours of a station, and over classes of weather.

The equations are those of ``plume`` (its docstring has the sources), written so that a compiler computes several hours
at once: no branch inside a loop, exponential, logarithm and cosine as polynomials of our own. Sums are not reordered
and nothing is contracted (no fastmath), so that processors of any width give the same bits; NumPy's and the C library's
functions do not promise that. Compiled code is kept beside this file, else in the user's cache folder, else compiled in
each process. Its store sees changes of this file only and names classes by their module: all stands in one file, which
is renamed when a class of ``plume_arrays`` moves.

Does not belong here: tables, which sources and places (``hourly_plume``, ``dispersion``), ``plume``'s equations.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numba import njit

from ehpilot.kernels.plume import GRADIENT_K_M, GRAVITY_M_S2, INDUCED
from ehpilot.kernels.plume_arrays import CELLS, LANES, TURN

SIGMAS = 4.0  # beyond, a plume adds 3e-4 of its axis
STEEPEST = math.sin(math.radians(80.0)) ** 2  # of the angle between the wind and the way to a place
TOUCHED = 40.0  # variances: the image under the lid adds e^-20 where 2 lid (lid - height) is as much
THIN = 0.09  # (σz / lid)²: below it one image counts, above it the Fourier series of all is short
LOG2_E, LN2_HIGH, LN2_LOW = 1.4426950408889634, 6.93147180369123816490e-01, 1.90821492927058770002e-10
ROUNDING = 6755399441055744.0  # 1.5 · 2^52: what is added to it loses its fraction
LN_55 = math.log(55.0)  # of the buoyancy flux at which Briggs' formulas change


def _compiled(function: Callable[..., Any]) -> Any:
    try:
        return njit(nogil=True, error_model="numpy", cache=True)(function)
    except RuntimeError:  # no folder for compiled code can be written
        return njit(nogil=True, error_model="numpy")(function)


_inline = njit(inline="always", error_model="numpy")


@_inline
def _exp(x):  # type: ignore[no-untyped-def]
    """e^x within 3 ulp, x = k ln 2 + r and Taylor's series in r, summed in pairs (Estrin); 0 below -700."""
    bounded = max(x, -700.0)
    shifted = bounded * LOG2_E + ROUNDING
    k = shifted - ROUNDING
    r = (bounded - k * LN2_HIGH) - k * LN2_LOW
    r2 = r * r
    r4 = r2 * r2
    low = (1.0 + r) + r2 * (0.5 + r * (1.0 / 6.0))
    middle = (1.0 / 24.0 + r * (1.0 / 120.0)) + r2 * (1.0 / 720.0 + r * (1.0 / 5040.0))
    high = (1.0 / 40320.0 + r * (1.0 / 362880.0)) + r2 * (1.0 / 3628800.0 + r * (1.0 / 39916800.0))
    p = low + r4 * (middle + r4 * (high + r4 * (1.0 / 479001600.0)))
    power = np.int64((np.float64(shifted).view(np.int64) + np.int64(1023)) << np.int64(52)).view(np.float64)
    return p * power if x > -700.0 else 0.0


@_inline
def _log(x):  # type: ignore[no-untyped-def]
    """ln x of a normal positive number: exponent and mantissa, 2 artanh((m - 1)/(m + 1)) by its series."""
    bits = np.float64(x).view(np.int64)
    k = (bits - np.int64(0x3FE6A09E667F3BCD)) >> np.int64(52)  # mantissa from √½ to √2
    m = np.int64(bits - (k << np.int64(52))).view(np.float64)
    s = (m - 1.0) / (m + 1.0)
    z = s * s
    z2 = z * z
    z4 = z2 * z2
    low = (1.0 + z * (1.0 / 3.0)) + z2 * (1.0 / 5.0 + z * (1.0 / 7.0))
    middle = (1.0 / 9.0 + z * (1.0 / 11.0)) + z2 * (1.0 / 13.0 + z * (1.0 / 15.0))
    high = (1.0 / 17.0 + z * (1.0 / 19.0)) + z2 * (1.0 / 21.0)
    return np.float64(k) * LN2_HIGH + (2.0 * s * (low + z4 * (middle + z4 * high)) + np.float64(k) * LN2_LOW)


@_inline
def _cosine_of_half_turns(h):  # type: ignore[no-untyped-def]
    """cos(π h) for 0 ≤ h ≤ 1 within 1e-14, as -sin(π (h - ½)) by Taylor's series."""
    t = math.pi * (h - 0.5)
    z = t * t
    z2 = z * z
    z4 = z2 * z2
    low = (1.0 - z * (1.0 / 6.0)) + z2 * (1.0 / 120.0 - z * (1.0 / 5040.0))
    middle = (1.0 / 362880.0 - z * (1.0 / 39916800.0)) + z2 * (1.0 / 6227020800.0 - z * (1.0 / 1307674368000.0))
    high = 1.0 / 355687428096000.0 - z * (1.0 / 121645100408832000.0)
    return -t * (low + z4 * (middle + z4 * high))


@_inline
def _fourier_series(w, c1):  # type: ignore[no-untyped-def]
    """1 + 2 Σ w^(n²) cos nφ for n to 7 from w and cos φ."""
    c2 = 2.0 * c1 * c1 - 1.0
    c3, c4 = 2.0 * c1 * c2 - c1, 2.0 * c2 * c2 - 1.0
    c5, c6 = 2.0 * c1 * c4 - c3, 2.0 * c3 * c3 - 1.0
    c7 = 2.0 * c1 * c6 - c5
    w4 = (w * w) * (w * w)
    w9, w16 = w4 * w4 * w, (w4 * w4) * (w4 * w4)
    w36 = w16 * w16 * w4
    return 1.0 + 2.0 * (w * c1 + w4 * c2 + w9 * c3 + w16 * c4 + w16 * w9 * c5 + w36 * c6 + w36 * (w9 * w4) * c7)


@_inline
def _layer(height, variance, upward, lid, per_lid):  # type: ignore[no-untyped-def]
    """Images of a plume at the ground (``upward``: -1/2σz²): itself and that under the lid below ``THIN`` (another adds
    below 3e-10), else all as a Fourier series, in 1/lid (its eighth term is below 1e-10)."""
    thickness = variance * (per_lid * per_lid)
    thin, image = thickness < THIN, 2.0 * lid - height
    first = _exp(height * height * upward if thin else -0.5 * math.pi * math.pi * thickness)
    series = _fourier_series(first, _cosine_of_half_turns(height * per_lid))
    return first + _exp(image * image * upward) if thin else series


@_compiled
def rise_at(risen, sine, cosine, gradual, east_m, north_m):  # type: ignore[no-untyped-def]
    """Lower the final rise to the gradual one in each hour at a place so far east and north."""
    for k in range(len(risen)):
        x = north_m * cosine[k] + east_m * sine[k]
        risen[k] = min(gradual[k] * _exp(_log(x * x) / 3.0), risen[k])


@_inline
def _sizes(x, induced, curve, sideways_m, upwards_m):  # type: ignore[no-untyped-def]
    """Numerators and denominators of σy² and σz², with the part that the rise induces: one division serves both."""
    across, upward = x + sideways_m, x + upwards_m
    below_y = 1.0 + curve[1] * across
    below_z = (1.0 + curve[4] * upward) * (1.0 + curve[5] * upward)
    above_y = curve[0] * across * (curve[0] * across) + induced * below_y
    above_z = curve[2] * upward * (curve[2] * upward) * (1.0 + curve[3] * upward) + induced * below_z
    return above_y, below_y, above_z, below_z


@_compiled
def free_plume(chi, sine, cosine, weight, release, risen, east_m, north_m, curve, sideways_m, upwards_m):  # type: ignore[no-untyped-def]
    """χ/Q (s/m³) in each hour where no lid is near."""
    curve = (curve[0], curve[1], curve[2], curve[3], curve[4], curve[5])
    for k in range(len(chi)):
        x = north_m * cosine[k] + east_m * sine[k]
        y = east_m * cosine[k] - north_m * sine[k]
        height, induced = release[k] + risen[k], risen[k] * risen[k] / (INDUCED * INDUCED)
        above_y, below_y, above_z, below_z = _sizes(x, induced, curve, sideways_m, upwards_m)
        both = 1.0 / (above_y * above_z)
        exponent = -0.5 * (y * y * below_y * above_z + height * height * below_z * above_y) * both
        chi[k] = weight[k] * _exp(exponent) * math.sqrt(below_y * below_z * both)


@_compiled
def lidded_plume(chi, sine, cosine, weight, release, risen, lid, east_m, north_m, curve, sideways_m, upwards_m):  # type: ignore[no-untyped-def]
    """χ/Q (s/m³) in each hour under its lid."""
    curve = (curve[0], curve[1], curve[2], curve[3], curve[4], curve[5])
    for k in range(len(chi)):
        x = north_m * cosine[k] + east_m * sine[k]
        y = east_m * cosine[k] - north_m * sine[k]
        height, induced = min(release[k] + risen[k], lid[k]), risen[k] * risen[k] / (INDUCED * INDUCED)
        above_y, below_y, above_z, below_z = _sizes(x, induced, curve, sideways_m, upwards_m)
        both, per_lid = 1.0 / (above_y * above_z), 1.0 / lid[k]
        layer = _layer(height, above_z / below_z, -0.5 * below_z * above_y * both, lid[k], per_lid)
        thin = above_z / below_z * (per_lid * per_lid) < THIN
        size = below_y * below_z * both if thin else 0.5 * math.pi * per_lid * per_lid * below_y * above_z * both
        chi[k] = weight[k] * _exp(-0.5 * y * y * below_y * above_z * both) * layer * math.sqrt(size)


@_inline
def _logarithms(wind, air_k, gas_k, diameter, velocity):  # type: ignore[no-untyped-def]
    """Of the buoyancy flux and the wind; the gas's density over that of air; rise of a jet. No flux is a tiny one."""
    ratio = air_k / gas_k if gas_k > 0.0 else 1.0
    flux = max(GRAVITY_M_S2 * velocity * (diameter * diameter / 4.0) * (1.0 - ratio), 1e-300)
    return _log(flux), _log(wind), ratio, 3.0 * diameter * velocity / wind


@_compiled
def rise_in_neutral_air(gradual, final, wind, air_k, gas_k, diameter, velocity):  # type: ignore[no-untyped-def]
    """``plume.plume_rise`` in stabilities A to D, powers by logarithms."""
    for k in range(len(wind)):
        ln_flux, _, _, thrown = _logarithms(wind[k], air_k[k], gas_k, diameter, velocity)
        small = ln_flux < LN_55
        buoyant = (21.425 if small else 38.71) * _exp(ln_flux * (0.75 if small else 0.6)) / wind[k]
        gradual[k] = 1.6 * _exp(ln_flux / 3.0) / wind[k] if buoyant >= thrown else np.inf
        final[k] = max(buoyant, thrown)


@_compiled
def rise_in_stable_air(gradual, final, wind, air_k, gas_k, diameter, velocity, gradient):  # type: ignore[no-untyped-def]
    """``plume.plume_rise`` in stabilities E and F of a gradient of potential temperature."""
    for k in range(len(wind)):
        ln_flux, ln_wind, ratio, thrown = _logarithms(wind[k], air_k[k], gas_k, diameter, velocity)
        ln_s = _log(GRAVITY_M_S2 * gradient / air_k[k])
        buoyant = 2.6 * _exp((ln_flux - ln_wind - ln_s) / 3.0)
        ln_momentum = _log(velocity * diameter * (velocity * diameter) * ratio / 4.0)
        thrown = min(1.5 * _exp((ln_momentum - ln_wind - ln_s / 2.0) / 3.0), thrown)
        gradual[k] = 1.6 * _exp(ln_flux / 3.0) / wind[k] if buoyant >= thrown else np.inf
        final[k] = max(buoyant, thrown)


@_compiled
def end_of_rise(weight, release, final, lid_m, height, diameter, velocity):  # type: ignore[no-untyped-def]
    """From winds in ``weight`` to 1/(π u), 0 above the lid (``plume.is_above_lid``), and the height after downwash."""
    for k in range(len(weight)):
        here = max(height + min(2.0 * diameter * (velocity / weight[k] - 1.5), 0.0), 0.0)
        release[k] = here
        weight[k] = 1.0 / (math.pi * weight[k]) if here + final[k] <= lid_m[k] else 0.0


@_compiled
def set_rises(rises, stacks, start, speed_m_s, air_k, lid_m):  # type: ignore[no-untyped-def]
    """Set all rises; hours of stability s begin at ``start[s]``. Loops have few columns: of more the compiler does not
    see that they lie apart, and takes one hour at a time."""
    for i in range(len(stacks.height_m)):
        diameter, velocity, gas_k = stacks.diameter_m[i], stacks.velocity_m_s[i], stacks.temperature_k[i]
        for s in range(len(start) - 1):
            a, b, gradient = start[s], start[s + 1], GRADIENT_K_M[s]
            wind, gradual, final = rises.weight_s_m[i, a:b], rises.gradual[i, a:b], rises.final_m[i, a:b]
            wind[:] = stacks.profile[i, s] * speed_m_s[a:b]
            if diameter == 0.0:
                gradual[:], final[:] = 0.0, 0.0
            elif gradient > 0.0:
                rise_in_stable_air(gradual, final, wind, air_k[a:b], gas_k, diameter, velocity, gradient)
            else:
                rise_in_neutral_air(gradual, final, wind, air_k[a:b], gas_k, diameter, velocity)
            end_of_rise(wind, rises.release_m[i, a:b], final, lid_m[a:b], stacks.height_m[i], diameter, velocity)


@_compiled
def set_bounds(bounds, rises, groups, lid_m):  # type: ignore[no-untyped-def]
    """Set the bounds of the sources' groups."""
    for i in range(len(bounds.steepest)):
        for g in range(len(groups.stability)):
            steepest, highest, reach, room = 0.0, 0.0, 0.0, np.inf
            for k in range(groups.cells[g, 0], groups.cells[g, CELLS]):
                gradual, final = rises.gradual[i, k], rises.final_m[i, k]
                steepest, highest = max(steepest, gradual), max(highest, final)
                if 0.0 < gradual < np.inf:
                    reach = max(reach, (final / gradual) ** 3)
                if rises.weight_s_m[i, k] > 0.0:
                    room = min(room, 2.0 * lid_m[k] * (lid_m[k] - rises.release_m[i, k] - final))
            bounds.steepest[i, g], bounds.highest_m[i, g] = steepest, highest
            bounds.reach_m2[i, g], bounds.room_m2[i, g] = reach, room


@_compiled
def reach_of_group(r, slope, curve, sideways_m, upwards_m, bounds, i, g):  # type: ignore[no-untyped-def]
    """Half the angle of the wind's directions that bring the plume to a distance (``slope``: r^⅔), whether it may still
    rise there, whether it may touch the lid; of a source and group of hours."""
    rise = min(bounds.steepest[i, g] * slope, bounds.highest_m[i, g]) / INDUCED
    x = r + sideways_m
    wide = SIGMAS * SIGMAS / (r * r) * (curve[0] * x * (curve[0] * x) / (1.0 + curve[1] * x) + rise * rise)
    x = r + upwards_m
    high = curve[2] * x * (curve[2] * x) * (1.0 + curve[3] * x) / ((1.0 + curve[4] * x) * (1.0 + curve[5] * x))
    wide = min(wide, STEEPEST)
    half = math.asin(math.sqrt(wide))
    is_lidded = bounds.room_m2[i, g] < TOUCHED * (high + rise * rise)
    return half, r * r * (1.0 - wide) < bounds.reach_m2[i, g], is_lidded


@_compiled
def pieces_of_window(pieces, count, cells, bearing_rad, half_rad):  # type: ignore[no-untyped-def]
    """Write first and last + 1 of the hours within a window of a circle, in whole cells; returns the rows written."""
    low = math.floor((bearing_rad - half_rad) * (CELLS / TURN))
    up = math.ceil((bearing_rad + half_rad) * (CELLS / TURN))
    for turn in (-CELLS, 0, CELLS):
        a, b = cells[min(max(low + turn, 0), CELLS)], cells[min(max(up + turn, 0), CELLS)]
        if a < b:
            pieces[count, 0], pieces[count, 1] = a, b
            count += 1
    return count


@_compiled
def gather(into, column, pieces, count):  # type: ignore[no-untyped-def]
    """Lay pieces of a column one after another, in whole ``LANES`` (what a piece brings too much the next one covers),
    so that no hour is left to be copied or computed alone; returns them, to a whole number of lanes."""
    at = 0
    for piece in range(count):
        first, size = pieces[piece, 0], pieces[piece, 1] - pieces[piece, 0]
        whole = (size + LANES - 1) // LANES * LANES
        some, here = column[first : first + whole], into[at : at + whole]
        for k in range(whole):
            here[k] = some[k]
        at += size
    return into[: (at + LANES - 1) // LANES * LANES]


@_compiled
def spread_out(total, chi, pieces, count, rate):  # type: ignore[no-untyped-def]
    """Add χ/Q times a rate to the pieces of a row of hours."""
    at = 0
    for piece in range(count):
        into = total[pieces[piece, 0] : pieces[piece, 1]]
        for k in range(len(into)):
            into[k] += rate * chi[at + k]
        at += len(into)


@_compiled
def add_source(total, rates, i, p, r, bearing, hours, rises, groups, bounds, spread, buffers, pieces):  # type: ignore[no-untyped-def]
    """Add one source's concentrations at one place."""
    east, north, slope = r * math.sin(bearing), r * math.cos(bearing), _exp(_log(r * r) / 3.0)
    g = 0
    while g < len(groups.stability):
        s, count, is_rising, is_lidded = groups.stability[g], 0, False, False
        curve, sideways, upwards = spread.curves[s], spread.sideways_m[i, s], spread.upwards_m[i, s]
        while g < len(groups.stability) and groups.stability[g] == s:
            half, rising, lidded = reach_of_group(r, slope, curve, sideways, upwards, bounds, i, g)
            is_rising, is_lidded = is_rising or rising, is_lidded or lidded
            count = pieces_of_window(pieces, count, groups.cells[g], bearing, half)
            g += 1
        if count == 0:
            continue
        sine = gather(buffers[0], hours.sine, pieces, count)
        cosine = gather(buffers[1], hours.cosine, pieces, count)
        weight = gather(buffers[2], rises.weight_s_m[i], pieces, count)
        release = gather(buffers[3], rises.release_m[i], pieces, count)
        risen = gather(buffers[4], rises.final_m[i], pieces, count)
        chi = buffers[5, : len(sine)]
        if is_rising:
            rise_at(risen, sine, cosine, gather(buffers[6], rises.gradual[i], pieces, count), east, north)
        if is_lidded:
            lid = gather(buffers[7], hours.lid_m, pieces, count)
            lidded_plume(chi, sine, cosine, weight, release, risen, lid, east, north, curve, sideways, upwards)
        else:
            free_plume(chi, sine, cosine, weight, release, risen, east, north, curve, sideways, upwards)
        for k in range(rates.start[i], rates.start[i + 1]):
            spread_out(total[p, rates.column[k]], chi, pieces, count, rates.value[k])


@_compiled
def add_sources(total, rates, distance_m, bearing_rad, hours, rises, groups, bounds, spread):  # type: ignore[no-untyped-def]
    """Add to ``total`` (places × pollutants × hours) χ/Q times ``rates``, sources in their order. Hours whose axis
    passes a place by more than four σy of their group's widest plume (and half a degree) add nothing. ``distance_m``
    and ``bearing_rad`` (0 to 2π) of sources × places, distances above 0; NaN: the source does not reach the place."""
    buffers = np.ones((8, len(hours.sine) + LANES))
    pieces = np.empty((3 * len(groups.stability), 2), np.int64)
    for i in range(distance_m.shape[0]):
        for p in range(distance_m.shape[1]):
            r, bearing = distance_m[i, p], bearing_rad[i, p]
            if r > 0.0:
                add_source(total, rates, i, p, r, bearing, hours, rises, groups, bounds, spread, buffers, pieces)


@_compiled
def sector_density(density, x_m, release_m, gradual, final_m, lid_m, curve, upwards_m):  # type: ignore[no-untyped-def]
    """Share of a plume per metre of height at the ground, at distances downwind, for one class of weather; ``lid_m`` is
    above the plume's end (``NO_LID_M``: none)."""
    curve = (curve[0], curve[1], curve[2], curve[3], curve[4], curve[5])
    per_lid = 1.0 / lid_m
    for k in range(len(x_m)):
        risen = min(gradual * _exp(_log(x_m[k] * x_m[k]) / 3.0), final_m)
        height, induced = release_m + risen, risen * risen / (INDUCED * INDUCED)
        _, _, above, below = _sizes(x_m[k], induced, curve, 0.0, upwards_m)
        variance = above / below
        layer = _layer(height, variance, -0.5 * below / above, lid_m, per_lid)
        thin = variance * (per_lid * per_lid) < THIN
        density[k] = layer * (math.sqrt(2.0 / math.pi * below / above) if thin else per_lid)


@_compiled
def add_classes(result, x_m, share, stability, release_m, gradual, final_m, lid_m, curves, upwards_m):  # type: ignore[no-untyped-def]
    """Add to ``result`` (sectors × distances) the density of every class of weather times its share of each sector
    (classes × sectors), classes in their order. Classes of no share are passed over."""
    density = np.empty(len(x_m))
    for c in range(len(stability)):
        s = stability[c]
        if share[c].sum() > 0.0:
            sector_density(density, x_m, release_m[c], gradual[c], final_m[c], lid_m[c], curves[s], upwards_m[s])
            for sector in range(len(result)):
                into, part = result[sector], share[c, sector]
                for k in range(len(x_m)):
                    into[k] += part * density[k]


@_compiled
def log_cubics(cubic, table, smallest):  # type: ignore[no-untyped-def]
    """Set ``cubic`` (rows × nodes × 4) to the coefficients of the cubic through the logarithms of four neighbours in a
    row of ``table`` (Lagrange), in the part of a step beyond each node; not at the first and the last two of a row."""
    count = table.shape[1]
    value = np.empty(count)
    for row in range(len(table)):
        for k in range(count):
            value[k] = _log(max(table[row, k], smallest))
        for k in range(1, count - 2):
            before, at, after, beyond = value[k - 1], value[k], value[k + 1], value[k + 2]
            third, second = (beyond - before) / 6.0 + (at - after) / 2.0, (before + after) / 2.0 - at
            cubic[row, k, 0], cubic[row, k, 1] = at, after - at - second - third
            cubic[row, k, 2], cubic[row, k, 3] = second, third


@_compiled
def read_off(found, cubic, steps, turns):  # type: ignore[no-untyped-def]
    """Values at places from ``log_cubics`` of sixteen sectors: ``steps`` of the place from the first node, ``turns`` in
    sectors (≥ 0), between two of which the values are linear."""
    one, two, part = np.empty((3, len(found)))
    for k in range(len(found)):
        node = min(max(int(steps[k]), 1), cubic.shape[1] - 3)
        low = int(turns[k])
        u, part[k] = steps[k] - node, turns[k] - low
        a, b = cubic[low & 15, node], cubic[(low + 1) & 15, node]
        one[k] = a[0] + u * (a[1] + u * (a[2] + u * a[3]))
        two[k] = b[0] + u * (b[1] + u * (b[2] + u * b[3]))
    for k in range(len(found)):
        found[k] = (1.0 - part[k]) * _exp(one[k]) + part[k] * _exp(two[k])
