"""Environmental health literacy of residents from a sample survey: scores, quality, weights, estimates, the target.

Basis: 公民环境与健康素养测评技术指南（试行）(2017).

A person is literate, in a dimension or in total, from a share of the points on (``literacy.threshold_share``, a marked
parameter until an expert confirms it). Weights: those of the draw where every respondent is of a point that was drawn
(``survey_sampling.design_weights``), else those of the file; raked to the population's margins, trimmed at
``literacy.trim_times_median`` times the median and raked again; where raking does not converge the weights before it
stand and the result says so. Errors by Taylor linearisation with raking in the variance, logit intervals with t,
domains by zero-out (all in ``survey``); the target is tested one-sided (``target_results``).

A cell with fewer than ``literacy.least_n`` persons or a coefficient of variation above ``literacy.most_cv`` is
suppressed. Does not belong here: who is literate and valid (``literacy_scoring``), drawing points
(``survey_sampling``), the text of questions."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ehpilot.kernels import survey, survey_fit, survey_sampling, target_results
from ehpilot.kernels.columns import doubles, ordered, texts, values_by
from ehpilot.kernels.literacy_scoring import TOTAL, Scored, holding_in, of_year, score

Floats = NDArray[np.float64]

TRIM_ROUNDS = 10
GROUPS = ("street", "sex", "age_band", "education", "urban_rural")


def age_band(age: float, bands: list[str]) -> str:
    """The band of the population table (``15-24``) that holds an age in completed years, '' where none does."""
    for band in bands:
        ends = re.findall(r"\d+", band)
        if len(ends) == 2 and int(ends[0]) <= int(age) <= int(ends[1]):
            return band
    return ""


def weighted(
    design: survey.Design,
    labels: dict[str, list[str]],
    population: dict[str, dict[str, float]],
    most_times_median: float,
) -> tuple[survey.Design, str]:
    """Design raked to the margins that both the sample and the population have, trimmed and raked again, with how it
    was weighted: ``raked``, ``raked_partly`` (a category without a respondent was left out), ``base`` (no margins),
    ``not_converged`` (the weights given stand). Units of an unknown category keep their share of a margin."""
    margins, totals, is_whole = [], [], True
    people = max((sum(part.values()) for part in population.values()), default=0.0)
    for variable, wanted in sorted(population.items()):
        if variable not in labels:
            continue
        found = labels[variable]
        seen = sorted(category for category in wanted if category in set(found))
        is_whole = is_whole and len(seen) == len(wanted)
        outside = np.array([category not in seen for category in found], dtype=bool)
        if not seen:
            continue
        unknown = float(design.weights[outside].sum() / design.weights.sum())
        scale = people * (1.0 - unknown) / sum(wanted[category] for category in seen)
        total = [wanted[category] * scale for category in seen] + ([people * unknown] if outside.any() else [])
        place = {category: number for number, category in enumerate(seen)}
        margins.append(np.array([place.get(category, len(seen)) for category in found]))
        totals.append(np.array(total))
    if not margins:
        return design, "base"
    made, converged = survey.raked(design, list(margins), list(totals))
    for _ in range(TRIM_ROUNDS):
        cut = survey.trimmed(made.weights, most_times_median)
        if not converged or np.allclose(cut, made.weights, rtol=1e-9):
            break
        made, converged = survey.raked(replace(design, weights=cut), list(margins), list(totals))
    if not converged:
        return design, "not_converged"
    return made, "raked" if is_whole else "raked_partly"


def empty_cells(labels: dict[str, list[str]], population: dict[str, dict[str, float]]) -> list[str]:
    """Categories of the population without a respondent, ``variable=category``: raking leaves them out."""
    return [
        f"{variable}={category}"
        for variable, wanted in sorted(population.items())
        for category in sorted(set(wanted) - set(labels.get(variable, wanted)))
    ]


def _base_weights(part: pa.Table, draw: pa.Table | None) -> tuple[Floats, str, float]:
    """Weights before raking, where they come from (draw or file), and by how much those of the file differ from them at
    most, both scaled to the same sum (NaN: not comparable)."""
    stated = doubles(part, "weight")
    if draw is None or not draw.num_rows:
        return stated, "file", np.nan
    villages = dict(
        zip(zip(texts(draw, "street"), texts(draw, "village"), strict=True), texts(draw, "point_id"), strict=True)
    )
    known = set(texts(draw, "point_id"))
    points = [
        psu if psu in known else villages.get((street, psu), "")
        for street, psu in zip(texts(part, "street"), texts(part, "psu"), strict=True)
    ]
    if not all(points):
        return stated, "file", np.nan
    chance = dict(zip(texts(draw, "point_id"), doubles(draw, "inclusion_probability"), strict=True))
    people = dict(zip(texts(draw, "point_id"), doubles(draw, "persons"), strict=True))
    made = survey_sampling.design_weights(points, chance, people)
    ratio = stated / stated.sum() * made.sum() / made
    return made, "draw", float(np.abs(ratio - 1.0).max())


def estimate(
    respondents: pa.Table, answers: pa.Table, questions: pa.Table, population: pa.Table, parameters: pa.Table,
    draw: pa.Table | None = None,
) -> pa.Table:  # fmt: skip
    """One row a survey year × dimension × group: share of literate residents with its error, interval and design
    effect.

    ``respondents``: ``year`` and the columns of ``score`` with ``street, stratum, psu, sex, education, urban_rural``;
    ``answers``, ``questions`` with ``year``; ``population``: ``year`` (NaN: all years), ``variable`` (one of
    ``GROUPS``), ``category``, ``people``; ``parameters``: those of the module's head and ``target.literacy_share``
    (NaN: no target); ``draw``: ``point_id, street, village, inclusion_probability, persons`` of the points drawn. The
    change is against the survey before, with its t interval."""
    limits = values_by(parameters, "parameter_id")
    rows: list[dict] = []
    years = sorted({int(year) for year in doubles(respondents, "year") if not np.isnan(year)})
    for year in years:
        of = ordered(of_year(respondents, year), "questionnaire_no")
        found = score(of, of_year(answers, year), holding_in(questions, year), limits["literacy.least_seconds"])
        valid = np.array([not reason for reason in found.reasons], dtype=bool)
        if not valid.any():
            continue
        people = _margins(population, year)
        part = of.filter(pa.array(valid))
        labels = _labels(part, sorted(people.get("age_band", {})))
        base, basis, apart = _base_weights(part, draw)
        plain = survey.make_design(base, texts(part, "stratum"), texts(part, "psu"))
        design, how = weighted(plain, labels, people, limits["literacy.trim_times_median"])
        made = _year_rows(year, found, valid, labels, design, how, limits)
        missing = ";".join(empty_cells(labels, people)) or None
        rows += [row | {"weight_basis": basis, "weight_difference": apart, "empty_cells": missing} for row in made]
    _add_changes(rows)
    return pa.Table.from_pylist(rows, RESULT)


def _add_changes(rows: list[dict]) -> None:
    """Change of each cell against the survey before, where neither is suppressed."""
    before: dict[tuple[str, str, str], dict] = {}
    for row in rows:
        cell = (row["dimension"], row["group_kind"], row["group_value"])
        last = before.get(cell)
        change = (np.nan,) * 4
        if last and not last["is_suppressed"] and not row["is_suppressed"]:
            change = survey.difference(_as_estimate(last), _as_estimate(row))
        row |= dict(zip(("change", "change_low", "change_high", "change_p"), change, strict=True))
        before[cell] = row


def _as_estimate(row: dict) -> survey.Estimate:
    names = ("n", "estimate", "standard_error", "degrees_of_freedom", "design_effect")
    return survey.Estimate(*(row[name] for name in names))


def fit(
    respondents: pa.Table, answers: pa.Table, questions: pa.Table, population: pa.Table, parameters: pa.Table,
    draw: pa.Table | None = None,
) -> pa.Table:  # fmt: skip
    """One row a survey year × margin × category: how the valid respondents of each survey, with their weights before
    raking, fit the population (``survey_fit``). Tables as for ``estimate``."""
    limits = values_by(parameters, "parameter_id")
    rows: list[dict] = []
    for year in sorted({int(year) for year in doubles(respondents, "year") if not np.isnan(year)}):
        of = ordered(of_year(respondents, year), "questionnaire_no")
        found = score(of, of_year(answers, year), holding_in(questions, year), limits["literacy.least_seconds"])
        part = of.filter(pa.array([not reason for reason in found.reasons]))
        people = _margins(population, year)
        if not part.num_rows:
            continue
        labels = _labels(part, sorted(people.get("age_band", {})))
        design = survey.make_design(_base_weights(part, draw)[0], texts(part, "stratum"), texts(part, "psu"))
        for variable, wanted in sorted(people.items()):
            one = survey_fit.goodness_of_fit(design, labels[variable], wanted)
            shares = zip(one.categories, one.persons, one.share, one.population_share, strict=True)
            rows += [
                dict(
                    zip(
                        FIT.names,
                        (year, variable, *cell, one.statistic, one.degrees_of_freedom, one.p_value),
                        strict=True,
                    )
                )
                for cell in shares
            ]
    return pa.Table.from_pylist(rows, FIT)


def _year_rows(
    year: int, found: Scored, valid: NDArray[np.bool_], labels: dict[str, list[str]], design: survey.Design, how: str,
    limits: dict[str, float],
) -> list[dict]:  # fmt: skip
    groups = [("all", "all", np.ones(int(valid.sum()), dtype=bool))]
    for kind in GROUPS:
        groups += [
            (kind, value, np.array([label == value for label in labels[kind]], dtype=bool))
            for value in sorted(set(labels[kind]) - {""})
        ]
    rows = []
    for number, dimension in enumerate(found.dimensions):
        for name, share in (("", limits["literacy.threshold_share"]), ("_strict", limits["literacy.strict_share"])):
            literate = (found.share[valid, number] >= share - 1e-9).astype(float)
            for kind, value, inside in groups if not name else groups[:1]:
                row = _estimated(literate, design, inside, limits, dimension == TOTAL and kind == "all")
                rows.append(
                    {
                        "year": year,
                        "dimension": dimension,
                        "group_kind": kind + name,
                        "group_value": value,
                        "threshold": share,
                    }
                    | {"weighting": how, "lonely_strata": design.lonely_strata, "respondents": int(valid.size)}
                    | row
                )
    return rows


def _estimated(
    literate: Floats, design: survey.Design, inside: NDArray[np.bool_], limits: dict[str, float], is_tested: bool
) -> dict:
    found = survey.mean(literate, design, inside)
    low, high = survey.logit_interval(found)
    bound = target_results.lower_bound([found.value], [found.standard_error], [found.degrees_of_freedom])
    aim = limits.get("target.literacy_share", np.nan) if is_tested else np.nan
    spread = found.standard_error / found.value if found.value > 0 else np.nan
    is_thin = found.n < limits["literacy.least_n"] or spread > limits["literacy.most_cv"]
    return {
        "n": found.n,
        "estimate": found.value,
        "standard_error": found.standard_error,
        "ci_low": low,
        "ci_high": high,
        "design_effect": found.design_effect,
        "lower_bound": float(bound[0]),
        "degrees_of_freedom": found.degrees_of_freedom,
        "target_result": target_results.results([found.value], bound, [aim])[0],
        "is_suppressed": bool(is_thin),
    }


RESULT = pa.schema(
    [
        ("year", pa.int32()),
        *[(name, pa.string()) for name in ("dimension", "group_kind", "group_value")],
        ("n", pa.int32()),
        *[(name, pa.float64()) for name in ("estimate", "standard_error", "ci_low", "ci_high", "design_effect")],
        ("threshold", pa.float64()),
        ("target_result", pa.string()),
        ("is_suppressed", pa.bool_()),
        ("lower_bound", pa.float64()),
        ("weighting", pa.string()),
        ("lonely_strata", pa.int32()),
        ("respondents", pa.int32()),
        ("degrees_of_freedom", pa.int32()),
        ("weight_basis", pa.string()),
        ("weight_difference", pa.float64()),
        ("empty_cells", pa.string()),
        *[(name, pa.float64()) for name in ("change", "change_low", "change_high", "change_p")],
    ]
)
FIT = pa.schema(
    [
        ("year", pa.int32()),
        ("variable", pa.string()),
        ("category", pa.string()),
        ("n", pa.int32()),
        ("share", pa.float64()),
        ("population_share", pa.float64()),
        ("statistic", pa.float64()),
        ("degrees_of_freedom", pa.int32()),
        ("p_value", pa.float64()),
    ]
)


def _margins(population: pa.Table, year: int) -> dict[str, dict[str, float]]:
    rows = holding_in(population, year)
    found: dict[str, dict[str, float]] = {}
    for variable, category, people in zip(
        texts(rows, "variable"), texts(rows, "category"), doubles(rows, "people"), strict=True
    ):
        if variable in GROUPS and people > 0:
            found.setdefault(variable, {})[category] = people
    return found


def _labels(part: pa.Table, bands: list[str]) -> dict[str, list[str]]:
    ages = [age_band(age, bands) if not np.isnan(age) else "" for age in doubles(part, "age_a")]
    return {name: ages if name == "age_band" else texts(part, name) for name in GROUPS}
