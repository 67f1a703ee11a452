"""Environmental health literacy of residents from a sample survey: scores, quality, weights, estimates, the target.

Basis: 公民环境与健康素养测评技术指南（试行）(2017).

An item is right when the letters chosen are those of the key. A person is literate,
in a dimension or in total, from a share of the points on (``literacy.threshold_share``, a marked parameter until an
expert confirms it).

Valid: resident of 15 to 69 years with a weight, who took at least ``literacy.least_seconds`` and did not give one and
the same letter to ten single-choice items or more. Weights: those of the file, raked to the population's margins,
trimmed at ``literacy.trim_times_median`` times the median and raked again; where raking does not converge the file's
weights stand and the result says so. Errors by Taylor linearisation with raking in the variance, logit intervals with
t, domains by zero-out (all in ``survey``); the target is tested one-sided (``target_test``).

A cell with fewer than ``literacy.least_n`` persons or a coefficient of variation above ``literacy.most_cv`` is
suppressed. Does not belong here: drawing points (``survey_sampling``), the text of questions."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ehpilot.kernels import survey, target_test
from ehpilot.kernels.columns import doubles, ordered, texts, texts_or_null, values_by

Floats = NDArray[np.float64]

TOTAL = "total"
AGES = (15.0, 69.0)
STRAIGHT_ITEMS = 10
TRIM_ROUNDS = 10
GROUPS = ("street", "sex", "age_band", "education", "urban_rural")


@dataclass(frozen=True)
class Scored:
    """m respondents in order: share of points (m, d) by dimension (the last is the total, NaN where nothing was asked),
    why a respondent is not valid ('' where valid)."""

    dimensions: list[str]
    share: Floats
    reasons: list[str]


def points(chosen: list[str], key: list[str], worth: Floats) -> Floats:
    """Points (n,) of answers: all where the set of letters equals the key's, else 0; an empty answer is 0."""
    right = [bool(given) and set(given.upper()) == set(true.upper()) for given, true in zip(chosen, key, strict=True)]
    return np.where(right, worth, 0.0)


def score(respondents: pa.Table, answers: pa.Table, questions: pa.Table, least_seconds: float) -> Scored:
    """Shares of points of the respondents of one survey, in the order of their rows.

    ``respondents``: ``questionnaire_no, age_a, weight, duration_s``; ``answers``: ``questionnaire_no, question_no,
    answer``; ``questions``: ``question_no, dimension, question_kind`` (single or another word), ``answer, points``. An
    item without an answer counts as wrong."""
    names = texts(respondents, "questionnaire_no")
    row = {name: number for number, name in enumerate(names)}
    asked = texts(questions, "question_no")
    place = {name: number for number, name in enumerate(asked)}
    dimension, worth = texts(questions, "dimension"), doubles(questions, "points")
    key, is_single = texts(questions, "answer"), [kind == "single" for kind in texts(questions, "question_kind")]
    cells = [
        (row[who], place[what], re.sub(r"[^A-Za-z]", "", given))
        for who, what, given in zip(
            *(texts(answers, n) for n in ("questionnaire_no", "question_no", "answer")), strict=True
        )
        if who in row and what in place
    ]
    won = np.zeros((len(names), len(asked)))
    letters: list[set[str]] = [set() for _ in names]
    singles = np.zeros(len(names), dtype=np.int64)
    if cells:
        who, what, given = (list(part) for part in zip(*cells, strict=True))
        won[who, what] = points(given, [key[k] for k in what], worth[what])
        for person, item, letter in cells:
            if is_single[item] and letter:
                letters[person].add(letter.upper())
                singles[person] += 1
    kinds = sorted(set(dimension))
    full = [worth[[name == kind for name in dimension]].sum() for kind in kinds]
    share = np.column_stack(
        [
            won[:, [name == kind for name in dimension]].sum(axis=1) / whole
            for kind, whole in zip(kinds, full, strict=True)
        ]
        + [won.sum(axis=1) / worth.sum() if worth.sum() > 0 else np.full(len(names), np.nan)]
    )
    straight = [
        bool(len(found) == 1 and count >= STRAIGHT_ITEMS) for found, count in zip(letters, singles, strict=True)
    ]
    return Scored([*kinds, TOTAL], share, _reasons(respondents, straight, least_seconds))


def _reasons(respondents: pa.Table, straight: list[bool], least_seconds: float) -> list[str]:
    age, weight, seconds = (doubles(respondents, name) for name in ("age_a", "weight", "duration_s"))
    found = np.full(respondents.num_rows, "", dtype=object)
    for code, bad in reversed(
        [
            ("AGE", ~((age >= AGES[0]) & (age < AGES[1] + 1.0))),
            ("WEIGHT", ~(weight > 0)),
            ("SPEED", seconds < least_seconds),
            ("STRAIGHT-LINE", np.array(straight, dtype=bool)),
        ]
    ):
        found[bad] = code
    return [str(code) for code in found]


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
        made, converged = survey.raked(survey.Design(cut, *_rest(design)), list(margins), list(totals))
    if not converged:
        return design, "not_converged"
    return made, "raked" if is_whole else "raked_partly"


def _rest(design: survey.Design) -> tuple:
    return design.psu, design.stratum_of_psu, design.sampled_share_of_psu


def estimate(
    respondents: pa.Table, answers: pa.Table, questions: pa.Table, population: pa.Table, parameters: pa.Table
) -> pa.Table:
    """One row a survey year × dimension × group: share of literate residents with its error, interval and design
    effect.

    ``respondents``: ``year`` and the columns of ``score`` with ``street, stratum, psu, sex, education, urban_rural``;
    ``answers``, ``questions`` with ``year``; ``population``: ``year`` (NaN: all years), ``variable`` (one of
    ``GROUPS``), ``category``, ``people``; ``parameters``: those of the module's head and ``target.literacy_share``
    (NaN: no target)."""
    limits = values_by(parameters, "parameter_id")
    rows: list[dict] = []
    years = sorted({int(year) for year in doubles(respondents, "year") if not np.isnan(year)})
    for year in years:
        of = ordered(_of_year(respondents, year), "questionnaire_no")
        found = score(of, _of_year(answers, year), _of_year(questions, year), limits["literacy.least_seconds"])
        valid = np.array([not reason for reason in found.reasons], dtype=bool)
        if not valid.any():
            continue
        people = _margins(population, year)
        part = of.filter(pa.array(valid))
        labels = _labels(part, sorted(people.get("age_band", {})))
        plain = survey.make_design(doubles(part, "weight"), texts(part, "stratum"), texts(part, "psu"))
        design, how = weighted(plain, labels, people, limits["literacy.trim_times_median"])
        rows += _year_rows(year, found, valid, labels, design, how, limits)
    return pa.Table.from_pylist(rows, RESULT)


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
    bound = target_test.lower_bound([found.value], [found.standard_error], [found.degrees_of_freedom])
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
        "target_result": target_test.results([found.value], bound, [aim])[0],
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
    ]
)


def _of_year(table: pa.Table, year: int) -> pa.Table:
    years = doubles(table, "year")
    return table.filter(pa.array((years == year) | np.isnan(years)))


def _margins(population: pa.Table, year: int) -> dict[str, dict[str, float]]:
    rows = _of_year(population, year)
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


def validity(respondents: pa.Table, answers: pa.Table, questions: pa.Table, parameters: pa.Table) -> pa.Table:
    """One row a respondent: ``year, questionnaire_no, reason`` why it is not valid (null where it is). No score, so
    that no person stands in the warehouse with a result."""
    limit = values_by(parameters, "parameter_id")["literacy.least_seconds"]
    parts = []
    for year in sorted({int(year) for year in doubles(respondents, "year") if not np.isnan(year)}):
        of = ordered(_of_year(respondents, year), "questionnaire_no")
        found = score(of, _of_year(answers, year), _of_year(questions, year), limit)
        parts.append(
            pa.table(
                {
                    "year": pa.array([year] * of.num_rows, pa.int32()),
                    "questionnaire_no": of["questionnaire_no"],
                    "reason": texts_or_null(list(found.reasons)),
                }
            )
        )
    empty = pa.schema([("year", pa.int32()), ("questionnaire_no", pa.string()), ("reason", pa.string())])
    return pa.concat_tables(parts) if parts else empty.empty_table()
