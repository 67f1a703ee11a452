"""Grades of all sources of an edition from Arrow tables: loads, classes, grade, chances, what the next grade takes.

The chances are a Monte Carlo over the 95 % intervals of the releases (as ``source_ranking`` draws them), over a
log-normal factor of each source's χ/Q, and over the management score between “every open question is a no” and “a yes”.
Vetoes and cuts stand still: they are facts and choices of the edition. Same seed and rows, same result.

Belongs here: from tables to arrays and back, the draws. Does not belong here: the matrix and its rules
(``source_grading``), choosing of facts, words.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ehpilot.kernels import source_grading as grading
from ehpilot.kernels.columns import doubles, flags, ordered, places_or_null, seed_of, texts, values_by
from ehpilot.kernels.source_ranking import log_normal_of_interval
from ehpilot.kernels.uncertainty import Z_95

Floats = NDArray[np.float64]

BLOCK_SOURCES = 1000  # bounds the memory: three doubles a draw and source
CUTS = ("grading.hl_cut_1", "grading.hl_cut_2", "grading.hl_cut_3", "grading.rc_cut_1", "grading.rc_cut_2")


def propose_cuts(sources: pa.Table) -> pa.Table:
    """The five cuts that these sources would make: ``parameter_id``, ``value`` (NaN where no source has a load).
    ``sources``: ``hazard_load`` [kg/a x weight], ``receptor_load`` [person s/m3]."""
    with np.errstate(divide="ignore", invalid="ignore"):
        hazard = np.log10(grading.proposed_cuts(doubles(sources, "hazard_load"), grading.HAZARD_QUANTILES))
    receptor = grading.proposed_cuts(doubles(sources, "receptor_load"), grading.RECEPTOR_QUANTILES)
    return pa.table({"parameter_id": list(CUTS), "value": np.concatenate([hazard, receptor])})


def grade_sources(sources: pa.Table, releases: pa.Table, parameters: pa.Table, build: pa.Table) -> pa.Table:
    """One row a source, by ``enterprise_id``.

    ``sources``: ``enterprise_id``, ``hazard_load`` [kg/a x weight, NaN unknown], ``receptor_load`` [person s/m3],
    ``receptor_factor`` (95 % of its error within this factor, >= 1), ``management_score`` with ``management_low`` and
    ``management_high`` (0-100, NaN unknown), ``veto_cancer_risk``, ``veto_hazard_index``, marks
    ``is_carcinogen_unmonitored``, ``is_confidence_low``, ``is_incomplete``. ``releases``: as ``source_ranking`` takes
    them, ``weighted_kg`` in place of ``toxicity_people``. ``parameters``: ``grading.*`` with all five cuts,
    ``screening.spread_factor``; ``build``: ``seed``. Where a cut is unknown no source has a grade.
    """
    rows = ordered(sources, "enterprise_id")
    chosen = values_by(parameters, "parameter_id")
    if any(np.isnan(chosen[cut]) for cut in CUTS):
        return _without_grades(rows)
    rules = _rules(chosen)
    hazard, receptor = doubles(rows, "hazard_load"), doubles(rows, "receptor_load")
    steps = _steps(doubles(rows, "management_score"), rules)
    floors = _floors(rows, rules)
    chances = grading.grade_probabilities(_drawn_grades(rows, releases, chosen, rules, floors, seed_of(build)))
    with np.errstate(divide="ignore"):
        hazard_class = grading.classes(np.log10(hazard), rules.hazard_cuts)
    receptor_class = grading.classes(receptor, rules.receptor_cuts)
    return pa.table(
        {
            "enterprise_id": rows["enterprise_id"],
            "hazard_class": places_or_null(hazard_class),
            "receptor_class": places_or_null(receptor_class),
            "base_grade": places_or_null(grading.base_grades(hazard_class, receptor_class)),
            "management_step": pa.array(steps, pa.int32()),
            "floor_grade": pa.array(floors, pa.int32()),
            "grade": places_or_null(grading.grades(hazard, receptor, steps, floors, rules)),
            **{f"probability_{number + 1}": chances[:, number] for number in range(grading.MILDEST)},
            "reduction_share": grading.reduction_to_next(hazard, receptor, steps, floors, rules),
            "is_stable_20": grading.stays_at(hazard, receptor, steps, floors, rules, 0.2),
        }
    )


def grade_scenarios(sources: pa.Table, scenarios: pa.Table, parameters: pa.Table) -> pa.Table:
    """Grade of each source with another load: ``scenario_id``, ``enterprise_id``, ``grade_after``, by both.

    ``sources``, ``parameters``: as in :func:`grade_sources`; ``scenarios``: ``scenario_id``, ``enterprise_id``,
    ``hazard_load_after`` [kg/a x weight]. All but the load stays as it is: receptors, management and vetoes.
    """
    chosen = values_by(parameters, "parameter_id")
    asked = ordered(scenarios, "scenario_id", "enterprise_id")
    keys = {"scenario_id": asked["scenario_id"], "enterprise_id": asked["enterprise_id"]}
    if any(np.isnan(chosen[cut]) for cut in CUTS):
        return pa.table({**keys, "grade_after": pa.nulls(asked.num_rows, pa.int32())})
    rules = _rules(chosen)
    place = pc.index_in(asked["enterprise_id"], sources["enterprise_id"])
    rows = sources.take(place)
    grades = grading.grades(
        doubles(asked, "hazard_load_after"),
        doubles(rows, "receptor_load"),
        _steps(doubles(rows, "management_score"), rules),
        _floors(rows, rules),
        rules,
    )
    return pa.table({**keys, "grade_after": places_or_null(grades)})


def _floors(rows: pa.Table, rules: grading.Rules) -> NDArray[np.int64]:
    return grading.veto_floors(
        doubles(rows, "veto_cancer_risk"),
        doubles(rows, "veto_hazard_index"),
        flags(rows, "is_carcinogen_unmonitored"),
        flags(rows, "is_confidence_low"),
        flags(rows, "is_incomplete"),
        rules,
    )


def _rules(chosen: dict[str, float]) -> grading.Rules:
    return grading.Rules(
        hazard_cuts=[chosen[name] for name in CUTS[:3]],
        receptor_cuts=[chosen[name] for name in CUTS[3:]],
        worse_below=chosen["grading.management_worse_below"],
        milder_from=chosen["grading.management_milder_from"],
        red_cancer_risk=chosen["grading.veto_cr_red"],
        red_hazard_index=chosen["grading.veto_hi_red"],
        orange_cancer_risk=chosen["grading.veto_cr_orange"],
        orange_hazard_index=chosen["grading.veto_hi_orange"],
    )


def _steps(score: Floats, rules: grading.Rules) -> NDArray[np.int64]:
    return grading.management_steps(score, rules.worse_below, rules.milder_from)


def _drawn_grades(
    rows: pa.Table, releases: pa.Table, chosen: dict[str, float], rules: grading.Rules, floors: NDArray, seed: int
) -> NDArray[np.int8]:
    """Grades (draws, n) of all sources, a block of them at a time."""
    drawn = _releases_of(rows, releases, chosen["screening.spread_factor"])
    hazard, receptor = doubles(rows, "hazard_load"), doubles(rows, "receptor_load")
    sigma = np.log(np.fmax(np.nan_to_num(doubles(rows, "receptor_factor"), nan=1.0), 1.0)) / Z_95
    low, high = doubles(rows, "management_low"), doubles(rows, "management_high")
    names = texts(rows, "enterprise_id")
    draws = int(chosen["grading.draws"])
    found = np.empty((draws, len(names)), dtype=np.int8)
    for start in range(0, len(names), BLOCK_SOURCES):
        block = range(start, min(start + BLOCK_SOURCES, len(names)))
        load, reach, score = (np.empty((draws, len(block))) for _ in range(3))
        for place, row in enumerate(block):
            random = _random(seed, names[row])
            load[:, place] = _drawn_load(drawn, row, draws, seed, random) if not np.isnan(hazard[row]) else np.nan
            reach[:, place] = receptor[row] * np.exp(sigma[row] * random.standard_normal(draws))
            score[:, place] = low[row] + (high[row] - low[row]) * random.random(draws)
        part = slice(block.start, block.stop)
        found[:, part] = grading.grades(load, reach, _steps(score, rules), floors[None, part], rules)
    return found


@dataclass(frozen=True)
class _Releases:
    """Releases by site: those of row i are ``first[i]`` to ``first[i + 1]``."""

    first: NDArray[np.int64]
    median: Floats
    spread: Floats
    group: list[str]
    shared: Floats


def _releases_of(rows: pa.Table, releases: pa.Table, spread_factor: float) -> _Releases:
    drawn = ordered(releases, "enterprise_id", "pollutant_id", "medium")
    drawn = drawn.filter(pc.is_in(drawn["enterprise_id"], rows["enterprise_id"]))
    owner = pc.index_in(drawn["enterprise_id"], rows["enterprise_id"]).to_numpy()
    median, spread = log_normal_of_interval(
        doubles(drawn, "emission_kg"),
        doubles(drawn, "low_kg"),
        doubles(drawn, "high_kg"),
        np.full(drawn.num_rows, spread_factor),
    )
    shared = np.nan_to_num(doubles(drawn, "leading_error_share"))
    group = texts(drawn, "leading_error_group")
    return _Releases(
        first=np.searchsorted(owner, np.arange(rows.num_rows + 1)),
        median=np.nan_to_num(doubles(drawn, "weighted_kg")) * median,
        spread=spread,
        group=group,
        shared=np.where([name != "" for name in group], shared, 0.0) if group else shared,
    )


def _drawn_load(releases: _Releases, row: int, draws: int, seed: int, random: np.random.Generator) -> Floats:
    """``draws`` hazard loads of one source: its own errors by its own stream, shared ones by the error group's."""
    part = slice(releases.first[row], releases.first[row + 1])
    shared, names = releases.shared[part], releases.group[part]
    error = random.standard_normal((draws, len(names))) * np.sqrt(1.0 - shared)
    for place, name in enumerate(names):
        if shared[place] > 0:
            error[:, place] += np.sqrt(shared[place]) * _random(seed, f"group:{name}").standard_normal(draws)
    return np.exp(error * releases.spread[part]) @ releases.median[part]


def _random(seed: int, name: str) -> np.random.Generator:
    """The stream of one source or group: the same whoever else is graded, so that a new source changes nobody's
    chances."""
    digest = hashlib.sha256(name.encode()).digest()
    return np.random.Generator(np.random.PCG64([seed, int.from_bytes(digest[:8], "big")]))


def _without_grades(rows: pa.Table) -> pa.Table:
    nothing = pa.nulls(rows.num_rows, pa.int32())
    unknown = np.full(rows.num_rows, np.nan)
    whole = ("hazard_class", "receptor_class", "base_grade", "management_step", "floor_grade", "grade")
    numbers = ("probability_1", "probability_2", "probability_3", "probability_4", "reduction_share")
    return pa.table(
        {
            "enterprise_id": rows["enterprise_id"],
            **dict.fromkeys(whole, nothing),
            **dict.fromkeys(numbers, unknown),
            "is_stable_20": pa.nulls(rows.num_rows, pa.bool_()),
        }
    )
