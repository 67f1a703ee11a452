"""Who is literate: scores of the answers of a literacy survey, and which questionnaires are valid.

An item is right when the letters chosen are those of the key; a questionnaire of another form (B, C …) has its options
turned, and its letters are turned back first. Valid: resident of 15 to 69 years with a weight, of a form whose letters
can be read, who took at least ``literacy.least_seconds`` and did not give one and the same letter to ten single-choice
items or more. Basis: 公民环境与健康素养测评技术指南（试行）(2017).

Does not belong here: weights and estimates (``literacy``), the text of questions."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ehpilot.kernels.columns import doubles, ordered, texts, texts_or_null, values_by

Floats = NDArray[np.float64]

TOTAL = "total"
AGES = (15.0, 69.0)
STRAIGHT_ITEMS = 10


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


def turned_back(letters: str, form: str, options: float) -> str:
    """Letters of the item bank for those printed on a form: on form A they are the same, on form B option A of the
    paper is option B of the bank, and so on round (``turned`` is the other way). Items of two options are not turned.
    ``ValueError`` where the form is no letter or the number of options is unknown."""
    shift = (ord(form.upper()) - ord("A")) if len(form) == 1 and form.isascii() and form.isalpha() else -1
    if shift == 0 or (shift > 0 and options == 2):
        return letters
    if shift < 0 or not options > 2:
        raise ValueError(f"form {form!r} of an item with {options:g} options")
    count = int(options)
    return "".join(sorted(chr(ord("A") + (ord(letter) - ord("A") + shift) % count) for letter in letters.upper()))


def score(respondents: pa.Table, answers: pa.Table, questions: pa.Table, least_seconds: float) -> Scored:
    """Shares of points of the respondents of one survey, in the order of their rows.

    ``respondents``: ``questionnaire_no, age_a, weight, duration_s`` and, where forms differ, ``questionnaire_form``;
    ``answers``: ``questionnaire_no, question_no, answer``; ``questions``: ``question_no, dimension, question_kind``
    (single or another word), ``answer, points``, ``option_count`` where forms differ. An item without an answer counts
    as wrong."""
    names = texts(respondents, "questionnaire_no")
    row = {name: number for number, name in enumerate(names)}
    asked = texts(questions, "question_no")
    place = {name: number for number, name in enumerate(asked)}
    dimension, worth = texts(questions, "dimension"), doubles(questions, "points")
    key, is_single = texts(questions, "answer"), [kind == "single" for kind in texts(questions, "question_kind")]
    cells, unread = _read_letters(respondents, answers, questions, row, place)
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
    return Scored([*kinds, TOTAL], share, _reasons(respondents, straight, unread, least_seconds))


def _read_letters(
    respondents: pa.Table, answers: pa.Table, questions: pa.Table, row: dict[str, int], place: dict[str, int]
) -> tuple[list[tuple[int, int, str]], set[int]]:
    """Cells (person, item, letters of the bank), and the persons whose letters cannot be read back."""
    names = ("questionnaire_no", "question_no", "answer")
    forms = texts(respondents, "questionnaire_form") if "questionnaire_form" in respondents.column_names else []
    counts = doubles(questions, "option_count") if "option_count" in questions.column_names else np.empty(0)
    cells, unread = [], set()
    for who, what, given in zip(*(texts(answers, name) for name in names), strict=True):
        if who not in row or what not in place:
            continue
        person, item, letters = row[who], place[what], re.sub(r"[^A-Za-z]", "", given)
        if forms and forms[person] and letters:
            try:
                letters = turned_back(letters, forms[person].strip(), counts[item] if counts.size else np.nan)
            except ValueError:
                unread.add(person)
        cells.append((person, item, letters))
    return cells, unread


def _reasons(respondents: pa.Table, straight: list[bool], unread: set[int], least_seconds: float) -> list[str]:
    age, weight, seconds = (doubles(respondents, name) for name in ("age_a", "weight", "duration_s"))
    found = np.full(respondents.num_rows, "", dtype=object)
    for code, bad in reversed(
        [
            ("AGE", ~((age >= AGES[0]) & (age < AGES[1] + 1.0))),
            ("WEIGHT", ~(weight > 0)),
            ("FORM", np.array([number in unread for number in range(respondents.num_rows)], dtype=bool)),
            ("SPEED", seconds < least_seconds),
            ("STRAIGHT-LINE", np.array(straight, dtype=bool)),
        ]
    ):
        found[bad] = code
    return [str(code) for code in found]


def of_year(table: pa.Table, year: int) -> pa.Table:
    """Rows of a survey year and those without one."""
    years = doubles(table, "year")
    return table.filter(pa.array((years == year) | np.isnan(years)))


def holding_in(table: pa.Table, year: int) -> pa.Table:
    """Rows of a bank or of a population that hold for a survey year: its own, else those without a year, else those of
    the nearest year before it, else of the first."""
    years = doubles(table, "year")
    known = np.unique(years[~np.isnan(years)])
    if year in known or np.isnan(years).any():
        chosen = years == year if year in known else np.isnan(years)
    else:
        before = known[known < year]
        chosen = years == (before[-1] if before.size else known[0]) if known.size else np.zeros(len(years), bool)
    return table.filter(pa.array(chosen, pa.bool_()))


def validity(respondents: pa.Table, answers: pa.Table, questions: pa.Table, parameters: pa.Table) -> pa.Table:
    """One row a respondent: ``year, questionnaire_no, reason`` why it is not valid (null where it is). No score, so
    that no person stands in the warehouse with a result."""
    limit = values_by(parameters, "parameter_id")["literacy.least_seconds"]
    parts = []
    for year in sorted({int(year) for year in doubles(respondents, "year") if not np.isnan(year)}):
        of = ordered(of_year(respondents, year), "questionnaire_no")
        found = score(of, of_year(answers, year), holding_in(questions, year), limit)
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
