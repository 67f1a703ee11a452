"""Literacy: points, validity, weighting, estimates and the target by hand."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from ehpilot.kernels import literacy, literacy_scoring, survey

PARAMETERS = pa.table(
    {
        "parameter_id": [
            "literacy.least_seconds", "literacy.threshold_share", "literacy.strict_share", "literacy.trim_times_median",
            "literacy.least_n", "literacy.most_cv", "target.literacy_share",
        ],
        "value": [180.0, 0.7, 0.8, 5.0, 30.0, 0.3, 0.35],
    }
)  # fmt: skip
QUESTIONS = pa.table(
    {
        "year": [2025.0] * 4,
        "question_no": ["Q1", "Q2", "Q3", "Q4"],
        "dimension": ["concept", "concept", "knowledge", "knowledge"],
        "question_kind": ["single", "single", "multiple", "single"],
        "answer": ["A", "B", "ABD", "C"],
        "points": [1.0, 1.0, 2.0, 1.0],
    }
)
POPULATION = pa.table(
    {
        "year": [np.nan] * 5,
        "variable": ["sex", "sex", "age_band", "age_band", "other"],
        "category": ["男", "女", "15-44", "45-69", "x"],
        "people": [5200.0, 4800.0, 6000.0, 4000.0, 1.0],
    }
)


def respondents(count: int = 80, **changed: object) -> pa.Table:
    """Eight clusters in two strata, men and women, young and old in turn."""
    number = np.arange(count)
    columns = {
        "year": np.full(count, 2025.0),
        "questionnaire_no": [f"n{k:03d}" for k in number],
        "street": [f"s{k % 2}" for k in number // 10],
        "stratum": [f"h{k % 2}" for k in number // 10],
        "psu": [f"p{k}" for k in number // 10],
        "weight": np.full(count, 100.0),
        "sex": ["男" if k % 2 else "女" for k in number],
        "age_a": np.where(number % 3 == 0, 50.0, 30.0),
        "education": ["高中"] * count,
        "urban_rural": ["城"] * count,
        "duration_s": np.full(count, 400.0),
    }
    return pa.table(columns | changed)  # type: ignore[arg-type]


def answers(given: dict[str, tuple[str, str, str, str]]) -> pa.Table:
    """Letters of the four items by respondent."""
    rows = [(who, f"Q{k + 1}", letters) for who, four in given.items() for k, letters in enumerate(four)]
    who, what, letters = zip(*rows, strict=True)
    return pa.table({"year": [2025.0] * len(rows), "questionnaire_no": who, "question_no": what, "answer": letters})


RIGHT, HALF = ("A", "B", "ADB", "C"), ("A", "A", "AB", "C")


def test_points_by_hand() -> None:
    found = literacy_scoring.score(respondents(2), answers({"n000": RIGHT, "n001": HALF}), QUESTIONS, 180.0)
    assert found.dimensions == ["concept", "knowledge", "total"]
    assert found.share == pytest.approx(np.array([[1, 1, 1], [0.5, 1 / 3, 2 / 5]]))


def test_letters_may_be_written_in_many_ways_and_an_empty_answer_is_wrong() -> None:
    assert literacy_scoring.points(["b a", "", "AC"], ["AB", "A", "ABC"], np.ones(3)).tolist() == [0, 0, 0]
    spaced = literacy_scoring.score(respondents(1), answers({"n000": (" a ", "B", "A、B、D", "")}), QUESTIONS, 180.0)
    assert spaced.share[0] == pytest.approx([1, 2 / 3, 4 / 5])


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"age_a": [14.0]}, "AGE"),
        ({"age_a": [69.5]}, ""),
        ({"age_a": [70.0]}, "AGE"),
        ({"age_a": [np.nan]}, "AGE"),
        ({"weight": [0.0]}, "WEIGHT"),
        ({"duration_s": [179.0]}, "SPEED"),
        ({"duration_s": [np.nan]}, ""),
    ],
)
def test_who_is_not_valid(changed: dict, reason: str) -> None:
    found = literacy_scoring.score(respondents(1, **changed), answers({"n000": RIGHT}), QUESTIONS, 180.0)
    assert found.reasons == [reason]


def test_one_letter_all_along_is_no_answer() -> None:
    names = [f"Q{k}" for k in range(10)]
    asked = pa.table(
        {
            "year": [2025.0] * 10, "question_no": names, "dimension": ["concept"] * 10,
            "question_kind": ["single"] * 10, "answer": ["A"] * 10, "points": [1.0] * 10,
        }
    )  # fmt: skip
    given = pa.table(
        {"year": [2025.0] * 10, "questionnaire_no": ["n000"] * 10, "question_no": names, "answer": ["C"] * 10}
    )
    assert literacy_scoring.score(respondents(1), given, asked, 180.0).reasons == ["STRAIGHT-LINE"]
    assert literacy_scoring.score(respondents(1), given.slice(0, 9), asked, 180.0).reasons == [""]


def test_ages_in_bands() -> None:
    assert [literacy.age_band(age, ["15-24", "25-34岁"]) for age in (15, 24.9, 25, 40)] == [
        "15-24",
        "15-24",
        "25-34岁",
        "",
    ]


def estimated(literate: int, **changed: object) -> dict[tuple[str, str, str], dict]:
    """Rows by dimension and group where the first ``literate`` of every ten answer rightly."""
    given = {f"n{k:03d}": RIGHT if k % 10 < literate else HALF for k in range(80)}
    table = literacy.estimate(respondents(80, **changed), answers(given), QUESTIONS, POPULATION, PARAMETERS)
    return {(row["dimension"], row["group_kind"], row["group_value"]): row for row in table.to_pylist()}


def test_a_survey_with_raked_weights() -> None:
    found = estimated(5)
    row = found[("total", "all", "all")]
    assert row["n"] == 80 and row["weighting"] == "raked" and row["respondents"] == 80
    labels = literacy._labels(respondents(), ["15-44", "45-69"])
    plain = survey.make_design(
        np.full(80, 100.0), respondents()["stratum"].to_pylist(), respondents()["psu"].to_pylist()
    )
    design, _ = literacy.weighted(
        plain, labels, {"sex": {"男": 5200.0, "女": 4800.0}, "age_band": {"15-44": 6000.0, "45-69": 4000.0}}, 5.0
    )
    assert design.weights[[k % 2 == 1 for k in range(80)]].sum() == pytest.approx(5200, rel=1e-6)
    expected = design.weights[[k % 10 < 5 for k in range(80)]].sum() / 10000
    assert row["estimate"] == pytest.approx(expected) and row["ci_low"] < expected < row["ci_high"]
    assert (
        row["target_result"] in ("met", "point_only") and found[("total", "sex", "男")]["target_result"] == "not_tested"
    )


def test_the_target_is_met_by_the_lower_bound_only() -> None:
    assert estimated(9)[("total", "all", "all")]["target_result"] == "met"
    assert estimated(2)[("total", "all", "all")]["target_result"] == "not_met"


def test_the_stricter_threshold_stands_beside() -> None:
    found = estimated(5)
    assert found[("total", "all_strict", "all")]["threshold"] == 0.8
    assert ("total", "sex_strict", "男") not in found


def test_thin_cells_are_suppressed_and_invalid_ones_do_not_count() -> None:
    few = ["s9" if k < 29 else "s0" for k in range(80)]
    found = estimated(5, street=few)
    assert found[("total", "street", "s9")]["is_suppressed"] and not found[("total", "street", "s0")]["is_suppressed"]
    fast = estimated(5, duration_s=np.where(np.arange(80) < 10, 60.0, 400.0))
    assert fast[("total", "all", "all")]["n"] == 70 and fast[("total", "all", "all")]["respondents"] == 80


def test_a_category_without_respondents_and_margins_that_contradict() -> None:
    design = survey.make_design(np.ones(4), np.zeros(4), np.arange(4))
    labels = {"sex": ["男", "男", "女", "女"], "street": ["a", "a", "b", "b"]}
    made, how = literacy.weighted(design, labels, {"sex": {"男": 10.0, "女": 10.0, "其他": 5.0}}, 5.0)
    assert how == "raked_partly" and made.weights.sum() == pytest.approx(25.0)
    same, how = literacy.weighted(design, labels, {"sex": {"男": 3.0, "女": 1.0}, "street": {"a": 1.0, "b": 3.0}}, 5.0)
    assert how == "not_converged" and same is design
    assert literacy.weighted(design, labels, {}, 5.0)[1] == "base"


def test_an_unknown_category_keeps_its_share() -> None:
    design = survey.make_design(np.ones(4), np.zeros(4), np.arange(4))
    made, how = literacy.weighted(design, {"sex": ["男", "女", "女", ""]}, {"sex": {"男": 50.0, "女": 50.0}}, 5.0)
    assert how == "raked" and made.weights == pytest.approx([37.5, 18.75, 18.75, 25.0])


def test_nobody_gives_nothing_and_persons_have_reasons_only() -> None:
    nobody = respondents().slice(0, 0)
    assert literacy.estimate(nobody, answers({"n000": RIGHT}), QUESTIONS, POPULATION, PARAMETERS).num_rows == 0
    reasons = literacy_scoring.validity(
        respondents(2, duration_s=[10.0, 500.0]), answers({"n000": RIGHT}), QUESTIONS, PARAMETERS
    )
    assert reasons.to_pylist() == [
        {"year": 2025, "questionnaire_no": "n000", "reason": "SPEED"},
        {"year": 2025, "questionnaire_no": "n001", "reason": None},
    ]
    assert literacy_scoring.validity(nobody, answers({"n000": RIGHT}), QUESTIONS, PARAMETERS).num_rows == 0


DRAW = pa.table(
    {
        "point_id": [f"id{k}" for k in range(8)],
        "street": [f"s{k % 2}" for k in range(8)],
        "village": [f"p{k}" for k in range(8)],
        "inclusion_probability": [0.5] * 8,
        "persons": [100.0 * (k + 1) for k in range(8)],
    }
)


def estimated_of(people: pa.Table, draw: pa.Table | None = None, population: pa.Table = POPULATION) -> pa.Table:
    given = {f"n{k:03d}": RIGHT if k % 10 < 5 else HALF for k in range(80)}
    return literacy.estimate(people, answers(given), QUESTIONS, population, PARAMETERS, draw)


def test_weights_are_those_of_the_draw_where_everybody_is_of_a_drawn_point() -> None:
    row = estimated_of(respondents(), DRAW, POPULATION.slice(0, 0)).to_pylist()[0]
    assert (row["weight_basis"], row["weighting"]) == ("draw", "base")
    # equal weights in the file against persons/(π·10): 20, 40 … 160 of a mean of 90
    assert row["weight_difference"] == pytest.approx(90 / 20 - 1)
    whole = [r for r in estimated_of(respondents(), DRAW).to_pylist() if r["group_kind"] == "all"]
    assert {r["weight_basis"] for r in whole} == {"draw"}
    other = estimated_of(respondents(psu=["elsewhere"] * 80), DRAW).to_pylist()[0]
    assert other["weight_basis"] == "file" and np.isnan(other["weight_difference"])
    assert estimated_of(respondents(psu=["id3"] * 80), DRAW).to_pylist()[0]["weight_basis"] == "draw", "by its id"


def test_an_empty_cell_is_named() -> None:
    more = pa.concat_tables(
        [POPULATION, pa.table({"year": [np.nan], "variable": ["sex"], "category": ["其他"], "people": [5.0]})]
    )
    row = estimated_of(respondents(), None, more).to_pylist()[0]
    assert (row["weighting"], row["empty_cells"]) == ("raked_partly", "sex=其他")
    assert estimated_of(respondents()).to_pylist()[0]["empty_cells"] is None


def test_a_psu_alone_in_its_stratum_is_counted_and_gives_an_error_all_the_same() -> None:
    strata = ["alone" if k < 10 else "h" for k in range(80)]
    row = estimated_of(respondents(stratum=strata)).to_pylist()[0]
    assert row["lonely_strata"] == 1 and row["standard_error"] > 0 and row["degrees_of_freedom"] == 6


def test_a_change_is_told_against_the_survey_before() -> None:
    two = pa.concat_tables([respondents(), respondents(year=np.full(80, 2026.0))])
    rows = [
        (year, f"n{k:03d}", f"Q{item + 1}", letters)
        for year, literate in ((2025.0, 3), (2026.0, 9))
        for k in range(80)
        for item, letters in enumerate(RIGHT if k % 10 < literate else HALF)
    ]
    given = pa.table(
        dict(zip(("year", "questionnaire_no", "question_no", "answer"), zip(*rows, strict=True), strict=True))
    )
    items = QUESTIONS.set_column(0, "year", pa.array([np.nan] * 4))
    found = literacy.estimate(two, given, items, POPULATION, PARAMETERS).to_pylist()
    first, second = (
        next(r for r in found if (r["year"], r["dimension"], r["group_kind"]) == (year, "total", "all"))
        for year in (2025, 2026)
    )
    assert np.isnan(first["change"]) and second["change"] == pytest.approx(second["estimate"] - first["estimate"])
    assert second["change_low"] > 0 and second["change_p"] < 0.01


def test_the_fit_is_that_of_the_weights_before_raking() -> None:
    given = answers({f"n{k:03d}": RIGHT for k in range(80)})
    found = literacy.fit(respondents(), given, QUESTIONS, POPULATION, PARAMETERS).to_pylist()
    men = next(row for row in found if row["category"] == "男")
    assert (men["n"], men["share"], men["population_share"]) == (40, pytest.approx(0.5), pytest.approx(0.52))
    young = next(row for row in found if row["category"] == "15-44")
    assert np.isnan(men["p_value"]) and 0 < young["p_value"] <= 1, "every cluster is half men: no error to test with"
    assert {row["variable"] for row in found} == {"sex", "age_band"}


@pytest.mark.parametrize(
    ("stated", "rows"),
    [
        ([np.nan, np.nan], [0, 1]),
        ([np.nan, 2026.0], [1]),
        ([np.nan, 2025.0], [0]),
        ([2024.0, 2027.0], [0]),
        ([2027.0, 2028.0], [0]),
        ([], []),
    ],
)
def test_which_bank_holds_for_the_survey_of_2026(stated: list[float], rows: list[int]) -> None:
    table = pa.table({"year": pa.array(stated, pa.float64()), "row": list(range(len(stated)))})
    assert literacy_scoring.holding_in(table, 2026)["row"].to_pylist() == rows


@pytest.mark.parametrize(
    ("printed", "form", "options", "bank"),
    [("A", "A", 4, "A"), ("A", "B", 4, "B"), ("D", "B", 4, "A"), ("ABD", "C", 5, "ACD"), ("B", "D", 2, "B")],
)
def test_letters_of_a_turned_form(printed: str, form: str, options: int, bank: str) -> None:
    assert literacy_scoring.turned_back(printed, form, options) == bank


def test_letters_that_cannot_be_read_back_make_the_questionnaire_invalid() -> None:
    asked = QUESTIONS.append_column("option_count", pa.array([4.0, 4.0, 5.0, np.nan]))
    people = respondents(2, questionnaire_form=["", "B"])
    found = literacy_scoring.score(people, answers({"n000": RIGHT, "n001": RIGHT}), asked, 180.0)
    assert found.reasons == ["", "FORM"]
    known = QUESTIONS.append_column("option_count", pa.array([4.0, 4.0, 5.0, 4.0]))
    turned = ("D", "A", "CAE", "B")  # what form B prints for A, B, ABD, C
    read = literacy_scoring.score(people, answers({"n000": RIGHT, "n001": turned}), known, 180.0)
    assert read.reasons == ["", ""] and read.share[1] == pytest.approx([1, 1, 1])
