"""What the compiled loops of the plume take: sources, hours of a station, groups of them, emissions.

Belongs here: names, shapes and units of arrays. Does not belong here: how they are made (``station_plumes``), what is
computed of them (``compiled_plume``).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

TURN = 2.0 * np.pi
CELLS = 720  # of directions
LANES = 32  # hours that a processor may take at once
NO_LID_M = 1.0e7


class Hours(NamedTuple):
    """Hours of a station: sine and cosine of the direction the wind blows to; lids in m (``NO_LID_M``: none). ``LANES``
    more items of any value end each column."""

    sine: Floats
    cosine: Floats
    lid_m: Floats


class Rises(NamedTuple):
    """Sources × hours: 1/(π u), 0 where a plume breaks through the lid; and its rise as ``plume.Rise``. ``LANES`` more
    items of any value end each row."""

    weight_s_m: Floats
    release_m: Floats
    gradual: Floats
    final_m: Floats


class Groups(NamedTuple):
    """Groups of hours of one stability (0 to 5, rising) and like speed. ``cells``: groups × (``CELLS`` + 1), the first
    hour that blows to each half degree or beyond it."""

    stability: Indices
    cells: Indices


class Rates(NamedTuple):
    """Emissions, sources × pollutants, as a sparse matrix: source i has ``column[start[i] : start[i + 1]]``."""

    start: Indices
    column: Indices
    value: Floats


class Bounds(NamedTuple):
    """Sources × groups: the largest ``gradual`` and ``final_m``, the furthest square distance at which a rise ends, the
    least 2 lid (lid - height)."""

    steepest: Floats
    highest_m: Floats
    reach_m2: Floats
    room_m2: Floats


class Spread(NamedTuple):
    """σy² = (ay x)²/(1 + by x), σz² = (az x)² (1 + n x)/((1 + d x)(1 + e x)): columns ay, by, az, n, d, e, a row a
    stability; virtual distances, sources × stabilities."""

    curves: Floats
    sideways_m: Floats
    upwards_m: Floats


class Stacks(NamedTuple):
    """Sources, one item each: height of release; diameter and velocity, both above 0 or both 0 (no rise); temperature
    of the gas, 0 where it is that of the air. ``profile``, sources × stabilities: wind there over that at 10 m."""

    height_m: Floats
    diameter_m: Floats
    velocity_m_s: Floats
    temperature_k: Floats
    profile: Floats
