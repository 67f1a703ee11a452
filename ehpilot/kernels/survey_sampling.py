"""Drawing the points of a survey: strata, allocation, probability proportional to size (PPS), replacements.

Allocation: Neyman's with equal spread, that is proportional to the size of the strata, in whole points by largest
remainder, with a least number each (Kish, Survey Sampling, 1965, 3.4).
Within a stratum systematic PPS (Madow, Annals of Mathematical Statistics 20, 1949, 333-354; Särndal, Swensson and
Wretman, Model Assisted Survey Sampling, 1992, 3.6.2): units in the order of the frame, one random start, step =
size/points; the inclusion probability of a unit is exactly π_i = n M_i/ΣM. Units that would have π ≥ 1 are taken with
certainty and the rest is drawn among the others, again and again until none is left (same, 3.6.3).

Replacements are drawn in the same way out of what is left of the stratum after the points; they stand in for points
that drop out and are no larger sample. Same seed and frame, same draw.

Does not belong here: raking and trimming of weights (``survey``), which village is in which stratum (the frame),
households and persons within a point.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from ehpilot.kernels.columns import doubles, ordered, seed_of, texts, values_by

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def proportional_allocation(size: ArrayLike, available: ArrayLike, points: int, least: int) -> Integers:
    """Points (h,) of each stratum in proportion to ``size`` (h,) > 0, but at least ``least`` and never more than the
    units it has (``available`` (h,)); fractions by largest remainder, equal remainders to the stratum that comes first.
    ``ValueError`` where ``points`` do not suffice or are more than there are units."""
    share, units = np.asarray(size, dtype=np.float64), np.asarray(available, dtype=np.int64)
    low = np.minimum(least, units)
    if points < low.sum() or points > units.sum():
        raise ValueError(
            f"{points} points for {units.size} strata: between {int(low.sum())} and {int(units.sum())} are possible"
        )
    quota, free = np.zeros(units.size), np.ones(units.size, dtype=bool)
    while free.any():
        quota[free] = (points - quota[~free].sum()) * share[free] / share[free].sum()
        bound = free & (quota < low) if (free & (quota < low)).any() else free & (quota > units)
        if not bound.any():
            break
        quota[bound] = np.clip(quota, low, units)[bound]
        free &= ~bound
    given = np.floor(quota + 1e-9).astype(np.int64)
    while given.sum() < points:
        remainder = np.where(given < units, np.round(quota - given, 9), -np.inf)
        given[int(np.argmax(remainder))] += 1
    return given


def inclusion_probabilities(size: ArrayLike, points: int) -> Floats:
    """π (n,) of units of ``size`` (n,) > 0 when ``points`` of them are drawn PPS without replacement; they sum to
    ``points``. Units of certainty have 1. ``ValueError`` on a size that is not above 0 or more points than units."""
    measure = np.asarray(size, dtype=np.float64)
    if not (measure > 0).all() or points > measure.size:
        raise ValueError("every unit needs a size above 0, and there must be as many units as points")
    certain = np.zeros(measure.size, dtype=bool)
    probability = np.ones(measure.size)
    while points > certain.sum():
        rest = ~certain
        probability[rest] = (points - certain.sum()) * measure[rest] / measure[rest].sum()
        over = rest & (probability >= 1.0)
        if not over.any():
            return probability
        certain |= over
        probability[over] = 1.0
    return np.where(certain, 1.0, 0.0)


def systematic_draw(probability: ArrayLike, start: float) -> Integers:
    """Numbers of the units drawn, in the order of the frame: unit i when the running sum of π passes start + k, k = 0,
    1, …; ``start`` in [0, 1). Units with π = 1 are always in."""
    chance = np.asarray(probability, dtype=np.float64)
    certain = chance >= 1.0
    running = np.cumsum(np.where(certain, 0.0, chance))
    points = round(float(running[-1])) if running.size else 0
    # rounding of the sum must not lose or add a point
    marks = np.minimum(start + np.arange(points), np.nextafter(running[-1], 0)) if points else np.empty(0)
    drawn = np.searchsorted(running, marks, side="right")
    return np.sort(np.concatenate([np.flatnonzero(certain), drawn])).astype(np.int64)


def draw_points(
    size: ArrayLike, stratum: ArrayLike, *, points: int, least: int, replacements: int, seed: int
) -> tuple[Floats, Integers, NDArray[np.bool_]]:
    """Draw over all strata of a frame of n units in fixed order: ``size`` (n,) > 0, ``stratum`` (n,) labels;
    ``replacements``: wanted in each stratum, fewer where it has no more units.

    Gives π (n,) of the first draw, the number of the draw (n,): 1 … within the stratum, points first and replacements
    after them, 0 where not drawn; and marks of replacements."""
    measure, label = np.asarray(size, dtype=np.float64), np.asarray(stratum)
    names, place = np.unique(label, return_inverse=True)
    total = np.bincount(place, measure, minlength=names.size)
    allocated = proportional_allocation(total, np.bincount(place, minlength=names.size), points, least)
    random = np.random.Generator(np.random.PCG64(seed))
    probability, number = np.zeros(measure.size), np.zeros(measure.size, dtype=np.int64)
    spare = np.zeros(measure.size, dtype=bool)
    for one in range(names.size):
        units = np.flatnonzero(place == one)
        first, second = random.random(2)
        if not allocated[one]:
            continue
        probability[units] = inclusion_probabilities(measure[units], int(allocated[one]))
        drawn = units[systematic_draw(probability[units], first)]
        number[drawn] = np.arange(1, drawn.size + 1)
        rest = np.setdiff1d(units, drawn)
        wanted = min(replacements, rest.size)
        if wanted:
            extra = rest[systematic_draw(inclusion_probabilities(measure[rest], wanted), second)]
            number[extra] = drawn.size + np.arange(1, extra.size + 1)
            spare[extra] = True
    return probability, number, spare


def design_weights(point: ArrayLike, probability: dict[str, float], persons: dict[str, float]) -> Floats:
    """Weights (m,) of respondents out of a draw: persons of the respondent's point over its inclusion probability and
    its number of respondents, w = M_i/(π_i m_i). With points drawn PPS and as many respondents each all weights of a
    stratum are equal; who did not answer is made up for within the point. ``KeyError`` for a point that was not drawn.
    """
    label = np.asarray(point, dtype=object)
    names, place, count = np.unique(label.astype(str), return_inverse=True, return_counts=True)
    each = np.array([persons[name] / probability[name] for name in names.tolist()]) / count
    return np.asarray(each[place], dtype=np.float64)


def sample_size(
    share: float, half_width: float, *, design_effect: float, response_rate: float, confidence: float = 0.95
) -> int:
    """Persons to be drawn so that a share is known to ± ``half_width``: deff z² p(1-p)/d²/response, rounded up (Kish
    1965, 2.6). ``ValueError`` where an argument is out of its range."""
    if not (0 < share < 1 and half_width > 0 and design_effect > 0 and 0 < response_rate <= 1 and 0 < confidence < 1):
        raise ValueError("share and confidence between 0 and 1, half width, design effect and response rate above 0")
    z = float(stats.norm.ppf(0.5 + confidence / 2.0))
    return int(np.ceil(design_effect * z**2 * share * (1.0 - share) / half_width**2 / response_rate - 1e-9))


def plan_samples(last: pa.Table, parameters: pa.Table) -> pa.Table:
    """Persons to be drawn for the next survey under two sets of assumptions: ``plan`` (parameters
    ``literacy.plan_share``, ``…_half_width``, ``…_design_effect``, ``…_response``) and ``last_survey`` (share, design
    effect, not below 1, and response that the last one showed; ``last``: ``estimate, design_effect, response_share``,
    one row or none; what it does not know is the plan's). ``persons_of_point``: by the ``literacy.points`` wanted."""
    limits = values_by(parameters, "parameter_id")
    planned = {
        "share": limits["literacy.plan_share"],
        "half_width": limits["literacy.plan_half_width"],
        "design_effect": limits["literacy.plan_design_effect"],
        "response": limits["literacy.plan_response"],
    }
    sets = [("plan", planned)]
    if last.num_rows:
        seen = {
            "share": doubles(last, "estimate")[0],
            "design_effect": max(doubles(last, "design_effect")[0], 1.0),
            "response": doubles(last, "response_share")[0],
        }
        sets.append(("last_survey", planned | {name: float(x) for name, x in seen.items() if 0 < x < np.inf}))
    rows = []
    for basis, one in sets:
        persons = sample_size(
            one["share"], one["half_width"], design_effect=one["design_effect"], response_rate=one["response"]
        )
        rows.append(
            {"basis": basis, **one, "persons": persons, "persons_of_point": persons / limits["literacy.points"]}
        )
    return pa.Table.from_pylist(rows, PLAN)


PLAN = pa.schema(
    [
        ("basis", pa.string()),
        *[(name, pa.float64()) for name in ("share", "half_width", "design_effect", "response")],
        ("persons", pa.int32()),
        ("persons_of_point", pa.float64()),
    ]
)


def draw_frame(frame: pa.Table, parameters: pa.Table, build: pa.Table) -> pa.Table:
    """The points of a survey out of a frame of villages: one row a point or replacement, by stratum and draw.

    ``frame``: ``point_id, stratum`` and ``persons`` (size; a village without a size above 0 cannot be drawn and is left
    out). ``parameters``: ``literacy.points``, ``literacy.least_points``, ``literacy.replacements``; ``build``:
    ``seed``. Gives ``point_id, stratum, inclusion_probability, draw_no, is_replacement``; nothing where the frame is
    smaller than the draw."""
    rows = ordered(frame, "stratum", "point_id")
    size = doubles(rows, "persons")
    rows, size = rows.filter(pa.array(size > 0)), size[size > 0]
    wanted = values_by(parameters, "parameter_id")
    chance, number, spare = np.zeros(0), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=bool)
    points = min(int(wanted["literacy.points"]), size.size)
    if size.size:
        chance, number, spare = draw_points(
            size,
            np.array(texts(rows, "stratum")),
            points=points,
            least=min(int(wanted["literacy.least_points"]), points // max(len(set(texts(rows, "stratum"))), 1)),
            replacements=int(wanted["literacy.replacements"]),
            seed=seed_of(build),
        )
    drawn = np.flatnonzero(number > 0)
    drawn = drawn[np.lexsort([number[drawn], np.array(texts(rows, "stratum"), dtype=object)[drawn].astype(str)])]
    part = rows.take(drawn)
    return pa.table(
        {
            "point_id": part["point_id"],
            "stratum": part["stratum"],
            "inclusion_probability": chance[drawn],
            "draw_no": pa.array(number[drawn].astype(np.int32), pa.int32()),
            "is_replacement": spare[drawn],
        }
    )
