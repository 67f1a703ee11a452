"""The Gaussian plume: spread by stability, rise, reflections at the ground and under a lid.

σ: Briggs 1973 as in Gifford 1976 (Nuclear Safety 17, 68), open country and urban, for 100 m to 10 km. Rise: Briggs
(1969, 1971, 1975) as in the ISC3 User's Guide II (EPA-454/B-95-003b), 1.1.4: the larger of buoyant and momentum rise
(their crossover), buoyant rise gradual up to its final distance. Stack-tip downwash, buoyancy-induced dispersion: the
same, 1.1.4.1 (eq. 1-7) and 1.1.5.3. Wind: power law, 1.1.3, exponents of table 1-1. Mirror images under the lid: 1.1.6.

Not in it, and printed with every result: terrain (flat ground), wakes of buildings, fumigation at the coast, chemistry,
deposition. Ground-level receptors only.

``sigma_m``, ``rise_at_m``, ``ground_density_per_m`` and ``plume_s_m3`` are the equations as printed; the build computes
them in compiled loops (``plume_loops``), which tests hold against these.

Belongs here: arrays of one plume. Does not belong here: frequencies, sums over sources (``dispersion``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Classes = NDArray[np.int64]

GRAVITY_M_S2 = 9.80665
WIND_HEIGHT_M = 10.0
# a, b, c of σ = a x (1 + b x)^c, rows: classes A to F
RURAL_Y = np.array([(a, 1e-4, -0.5) for a in (0.22, 0.16, 0.11, 0.08, 0.06, 0.04)])
RURAL_Z = np.array([
    (0.20, 0.0, 0.0), (0.12, 0.0, 0.0), (0.08, 2e-4, -0.5),
    (0.06, 1.5e-3, -0.5), (0.03, 3e-4, -1.0), (0.016, 3e-4, -1.0),
])  # fmt: skip
URBAN_Y = np.array([(a, 4e-4, -0.5) for a in (0.32, 0.32, 0.22, 0.16, 0.11, 0.11)])
URBAN_Z = np.array([
    (0.24, 1e-3, 0.5), (0.24, 1e-3, 0.5), (0.20, 0.0, 0.0),
    (0.14, 3e-4, -0.5), (0.08, 1.5e-3, -0.5), (0.08, 1.5e-3, -0.5),
])  # fmt: skip
EXPONENT = {False: np.array([0.07, 0.07, 0.10, 0.15, 0.35, 0.55]), True: np.array([0.15, 0.15, 0.20, 0.25, 0.30, 0.30])}
GRADIENT_K_M = np.array([0.0, 0.0, 0.0, 0.0, 0.020, 0.035])  # of potential temperature, ISC3 defaults for E and F
INDUCED = 3.5  # Pasquill 1976: buoyancy-induced σ = rise / 3.5
FURTHEST_M = 1.0e7  # the virtual distance of a spread that a curve never reaches
NEWTON_STEPS = 8


def sigma_squared_m2(distance_m: ArrayLike, coefficients: Floats) -> Floats:
    """σ² at a distance; ``coefficients``: a, b, c in the last axis. 2c is a whole number, so no root is drawn."""
    a, b, c = np.moveaxis(np.asarray(coefficients, float), -1, 0)
    x = np.asarray(distance_m, float)
    near, far = 1.0 + b * x, np.square(a * x)
    halves = np.unique(2.0 * c)
    if len(halves) == 1:
        return np.asarray(far * near ** int(halves[0]))
    return np.asarray(far * np.power(near, 2.0 * c))


def sigma_m(distance_m: ArrayLike, stability: ArrayLike, axis: str, urban: bool = False) -> Floats:
    """σ in m of axis ``y`` or ``z`` at a distance for classes 1 to 6. Raises ``ValueError`` for another axis or
    class."""
    if axis not in ("y", "z"):
        raise ValueError(f"axis {axis!r} is neither y nor z")
    tables = {("y", False): RURAL_Y, ("z", False): RURAL_Z, ("y", True): URBAN_Y, ("z", True): URBAN_Z}
    return np.sqrt(sigma_squared_m2(distance_m, tables[axis, urban][_row(stability)]))


def _row(stability: ArrayLike) -> Classes:
    """Row of the tables of a class; a class of 0 would read the last row. Whole numbers may come as floats."""
    classes = np.asarray(stability)
    if not np.isin(classes, np.arange(1, len(EXPONENT[False]) + 1)).all():
        raise ValueError("stability classes are 1 (A) to 6 (F)")
    return np.asarray(classes, np.int64) - 1


def curves(table_y: Floats, table_z: Floats) -> Floats:
    """The curves of σ without powers, as ``plume_arrays.Spread`` has them: c is 0, ½, -½ or -1."""
    b, c = table_z[:, 1], table_z[:, 2]
    powers = (np.where(c > 0, b, 0.0), np.where(c < 0, b, 0.0), np.where(c < -0.5, b, 0.0))
    return np.stack([table_y[:, 0], table_y[:, 1], table_z[:, 0], *powers], axis=1)


def virtual_distance_m(sigma_0_m: ArrayLike, coefficients: Floats) -> Floats:
    """Distance upwind of a source of size at which a point source would have spread to σ0; 0 for a point and
    ``FURTHEST_M`` where the curve never reaches σ0. σ = a x (1 + b x)^c solved for x: c 0 and -1 are linear in x, -½ is
    a quadratic, ½ a cubic by Newton's steps from above."""
    a, b, c = np.moveaxis(np.asarray(coefficients, float), -1, 0)
    sigma = np.asarray(sigma_0_m, float)
    start = sigma / a
    root = start.copy() + np.zeros(np.broadcast(start, b).shape)
    for _ in range(NEWTON_STEPS):
        root = root - (np.square(a * root) * (1.0 + b * root) - np.square(sigma)) / np.maximum(
            np.square(a) * root * (2.0 + 3.0 * b * root), 1e-300
        )
    with np.errstate(divide="ignore", invalid="ignore"):
        rational = np.where(a > b * sigma, sigma / (a - b * sigma), FURTHEST_M)
    quadratic = (b * np.square(start) + np.sqrt(np.square(b) * start**4 + 4.0 * np.square(start))) / 2.0
    found = np.select([c == -0.5, c == -1.0, c == 0.5], [quadratic, rational, root], start)
    return np.where(sigma > 0, np.minimum(found, FURTHEST_M), 0.0)


def wind_at_height_m_s(speed_m_s: ArrayLike, height_m: ArrayLike, stability: ArrayLike, urban: bool = False) -> Floats:
    """Wind at the height of release from that at 10 m (stability 1 to 6); below 10 m that at 10 m."""
    ratio = np.maximum(np.asarray(height_m, float), WIND_HEIGHT_M) / WIND_HEIGHT_M
    return np.asarray(speed_m_s, float) * np.power(ratio, EXPONENT[urban][_row(stability)])


@dataclass(frozen=True)
class Rise:
    """Rise of plumes: min(``gradual`` · x^⅔, ``final_m``) over ``release_m``, the height of release after downwash.
    ``gradual`` is infinite where momentum rules: its rise is complete at once."""

    release_m: Floats
    gradual: Floats
    final_m: Floats


def buoyancy_flux_m4_s3(velocity_m_s: ArrayLike, diameter_m: ArrayLike, density_ratio: ArrayLike) -> Floats:
    """Briggs' F = g v (d²/4)(1 − ρs/ρa); the ratio of densities is Ta/Ts for gases of one molar mass. Never below 0."""
    area = np.square(np.asarray(diameter_m, float)) / 4.0
    return np.maximum(GRAVITY_M_S2 * np.asarray(velocity_m_s, float) * area * (1.0 - np.asarray(density_ratio)), 0.0)


def plume_rise(
    height_m: ArrayLike,
    diameter_m: ArrayLike,
    velocity_m_s: ArrayLike,
    temperature_k: ArrayLike,
    wind_m_s: Floats,
    air_k: Floats,
    stability: ArrayLike,
) -> Rise:
    """Rise of stacks' plumes, element by element (arguments broadcast). NaN of diameter or velocity: no rise. Of
    temperature NaN, or a figure that is no temperature in K (0 or less): that of the air, so no buoyancy. ``wind_m_s``
    (> 0) at the height of the stack, ``air_k`` > 0, ``stability`` 1 to 6."""
    diameter, velocity = np.asarray(diameter_m, float), np.asarray(velocity_m_s, float)
    known = (diameter > 0) & (velocity > 0)
    diameter, velocity = np.where(known, diameter, 0.0), np.where(known, velocity, 0.0)
    gas_k = np.where(np.asarray(temperature_k, float) > 0, temperature_k, air_k)
    flux = buoyancy_flux_m4_s3(velocity, diameter, air_k / gas_k)
    jet = 3.0 * diameter * velocity / wind_m_s
    gradient = GRADIENT_K_M[_row(stability)]
    if np.all(gradient == 0):
        buoyant, thrown = _neutral_rise_m(flux, wind_m_s), jet
    else:
        momentum = np.square(velocity * diameter) * air_k / (4.0 * gas_k)
        s = GRAVITY_M_S2 * np.where(gradient > 0, gradient, 1.0) / air_k
        buoyant = np.where(gradient > 0, 2.6 * np.cbrt(flux / (wind_m_s * s)), _neutral_rise_m(flux, wind_m_s))
        stable_jet = np.minimum(1.5 * np.cbrt(momentum / (wind_m_s * np.sqrt(s))), jet)
        thrown = np.where(gradient > 0, stable_jet, jet)
    wash = np.where(known, np.minimum(2.0 * diameter * (velocity / wind_m_s - 1.5), 0.0), 0.0)
    return Rise(
        np.maximum(height_m + wash, 0.0),
        np.where(buoyant >= thrown, 1.6 * np.cbrt(flux) / wind_m_s, np.inf),
        np.maximum(buoyant, thrown),
    )


def _neutral_rise_m(flux_m4_s3: Floats, wind_m_s: Floats) -> Floats:
    """Final buoyant rise in unstable and neutral air; F^¾ and F^⅗ by their logarithm, faster than a power."""
    with np.errstate(divide="ignore"):
        logarithm = np.log(flux_m4_s3)
    small = flux_m4_s3 < 55.0
    power = np.exp(logarithm * np.where(small, 0.75, 0.6))
    return np.asarray(np.where(small, 21.425, 38.71) * power / wind_m_s)


def rise_at_m(rise: Rise, distance_m: Floats) -> Floats:
    """Rise at distances downwind (> 0), broadcast against the rise."""
    return np.minimum(rise.gradual * np.cbrt(np.square(distance_m)), rise.final_m)


def is_above_lid(rise: Rise, lid_m: ArrayLike) -> NDArray[np.bool_]:
    """Whether a plume ends above the lid (NaN: none): it breaks through and adds nothing at the ground, anywhere."""
    return np.asarray(rise.release_m + rise.final_m > np.asarray(lid_m, float))


def ground_density_per_m(variance_m2: ArrayLike, height_m: ArrayLike, lid_m: ArrayLike) -> Floats:
    """Share of a plume per metre of height at the ground (arguments broadcast): the mirror images at the ground and
    under the lid, all of them. NaN of ``lid_m``: no lid. Nothing above the lid; a plume that has filled the layer
    (σ > 1.6 lid) is evenly mixed, which the sum of images comes to by itself.

    Where σ is up to 0.7 of the lid the images up to the second are summed, beyond it the same sum is taken as its
    Fourier series (Jacobi's theta function), whose third term is below 1e-9.
    """
    variance, height, lid = np.broadcast_arrays(
        *(np.atleast_1d(np.asarray(part, float)) for part in (variance_m2, height_m, lid_m))
    )
    density = np.asarray(np.exp(-0.5 * np.square(height) / variance) * np.sqrt(2.0 / np.pi) / np.sqrt(variance))
    with np.errstate(invalid="ignore"):
        touched = 2.0 * lid * (lid - height) < 40.0 * variance
    density[touched] = _under_lid(variance[touched], height[touched], lid[touched])
    return density.reshape(np.broadcast_shapes(*(np.shape(part) for part in (variance_m2, height_m, lid_m))))


def _under_lid(variance_m2: Floats, height_m: Floats, lid_m: Floats) -> Floats:
    ratio, height = variance_m2 / np.square(lid_m), height_m / lid_m
    narrow = ratio < 0.49
    found = np.empty(len(ratio))
    r, h = ratio[narrow], height[narrow]
    images = sum(np.exp(-0.5 * np.square(2.0 * n + h) / r) for n in (-2, -1, 0, 1, 2))
    found[narrow] = np.sqrt(2.0 / np.pi) / np.sqrt(r) * images
    r, h = ratio[~narrow], height[~narrow]
    cosine = np.cos(np.pi * h)
    wave = np.exp(-0.5 * np.pi**2 * r)
    found[~narrow] = 1.0 + 2.0 * (wave * cosine + wave**4 * (2.0 * np.square(cosine) - 1.0))
    return np.where(height > 1.0, 0.0, found) / lid_m


def plume_s_m3(
    wind_m_s: ArrayLike, sigma_y_m: ArrayLike, density_per_m: ArrayLike, across_m: ArrayLike = 0.0
) -> Floats:
    """Hourly mean concentration per emission (s/m³) at the ground, ``across_m`` off the axis (Turner 1970, eq. 3.2)."""
    sigma = np.asarray(sigma_y_m, float)
    lateral = np.exp(-0.5 * np.square(np.asarray(across_m, float) / sigma)) / (np.sqrt(2.0 * np.pi) * sigma)
    return lateral * np.asarray(density_per_m, float) / np.asarray(wind_m_s, float)
