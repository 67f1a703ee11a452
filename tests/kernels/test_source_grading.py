"""Grading of sources: matrix, cells, monotony, vetoes, the unknown, chances. Not here: words (dbt unit tests)."""

from __future__ import annotations

import itertools

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehpilot.kernels import source_grade_table
from ehpilot.kernels import source_grading as grading

RULES = grading.Rules([2.0, 4.0, 6.0], [0.01, 1.0], 40, 85, 1e-4, 3, 1e-5, 1)
LOADS = st.floats(0, 1e9)
PEOPLE = st.floats(0, 100)
SCORES = st.floats(0, 100)


def _grade(load: float, reach: float, score: float = 60.0, floor: int = 4) -> int:
    steps = grading.management_steps([score], RULES.worse_below, RULES.milder_from)
    return int(grading.grades([load], [reach], steps, [floor], RULES)[0])


# the matrix as docs/grading.md prints it: rows hazard class 1-4, columns receptor class 1-3
MATRIX = {1: (4, 4, 3), 2: (4, 3, 2), 3: (3, 2, 1), 4: (2, 1, 1)}


@pytest.mark.parametrize(("hazard", "receptor"), itertools.product(range(1, 5), range(1, 4)))
def test_every_cell_of_the_matrix_is_reached_by_loads(hazard: int, receptor: int) -> None:
    load, reach = 10 ** (2 * hazard - 1.0), 0.01 * 100.0 ** (receptor - 1.5)
    assert grading.classes([np.log10(load)], RULES.hazard_cuts).tolist() == [hazard]
    assert grading.classes([reach], RULES.receptor_cuts).tolist() == [receptor]
    assert _grade(load, reach) == MATRIX[hazard][receptor - 1]


@given(LOADS, LOADS, PEOPLE, PEOPLE, SCORES, SCORES, st.integers(1, 4), st.integers(1, 4))
def test_no_input_that_is_worse_makes_a_milder_grade(
    load: float, more: float, reach: float, further: float, score: float, better: float, floor: int, other: int
) -> None:
    (less, more), (near, far), (bad, good) = sorted([load, more]), sorted([reach, further]), sorted([score, better])
    strict, loose = sorted([floor, other])
    assert _grade(more, near, bad, strict) <= _grade(less, near, bad, strict)
    assert _grade(less, far, bad, strict) <= _grade(less, near, bad, strict)
    assert _grade(less, near, bad, strict) <= _grade(less, near, good, strict)
    assert _grade(less, near, bad, strict) <= _grade(less, near, bad, loose)


def test_management_is_one_step_and_an_unknown_score_none() -> None:
    steps = grading.management_steps([39.9, 40, 84.9, 85, np.nan], 40, 85)
    assert steps.tolist() == [-1, 0, 0, 1, 0]
    assert [_grade(1e5, 0.1, score) for score in (0, 60, 100)] == [1, 2, 3]
    assert _grade(1e7, 10, 0) == 1 and _grade(0, 0, 100) == 4, "nothing beyond red and blue"


def test_vetoes_leave_their_grade_and_good_management_lifts_none() -> None:
    nothing, no = [np.nan] * 8, [False] * 8
    risk = [1e-4, 9.9e-5, 1e-5, 9e-6, np.nan, np.nan, np.nan, np.nan]
    index = [np.nan, np.nan, np.nan, np.nan, 3.0, 1.0, 0.99, np.nan]
    assert grading.veto_floors(risk, index, no, no, no, RULES).tolist() == [1, 2, 2, 4, 1, 2, 4, 4]
    unmonitored = [True, False] * 4
    assert grading.veto_floors(nothing, nothing, unmonitored, no, no, RULES).tolist() == [2, 4] * 4
    assert grading.veto_floors(nothing, nothing, no, unmonitored, no, RULES).tolist() == [3, 4] * 4
    assert grading.veto_floors(nothing, nothing, no, no, unmonitored, RULES).tolist() == [3, 4] * 4
    assert _grade(0, 0, 100, floor=2) == 2


def test_unknown_has_no_grade_but_red_decides_alone() -> None:
    steps = [0, 0, 0, 0]
    load, reach = [np.nan, 1e9, np.nan, 0.0], [10, np.nan, np.nan, 0.0]
    assert grading.grades(load, reach, steps, [4, 4, 2, 4], RULES).tolist() == [-1, -1, -1, 4]
    assert grading.grades([np.nan], [np.nan], [1], [1], RULES).tolist() == [1]
    with pytest.raises(ValueError, match="cuts"):
        grading.classes([1.0], [np.nan, 2.0])


def test_the_last_digits_of_a_sum_part_no_equal_sources() -> None:
    """Six sources on one river reach the same people; the cut is the sum of one of them."""
    reach = 1.0248228068276
    noise = np.array([0.0, 4e-16, -4e-16, 1e-10, -1e-10])
    assert grading.classes(reach * (1 + noise), [0.28, reach]).tolist() == [3] * 5
    assert grading.classes([reach * (1 - 1e-6)], [0.28, reach]).tolist() == [2], "what is less is less"


def test_cuts_are_values_of_those_that_have_one() -> None:
    values = [*range(1, 21), 0, 0, 0, np.nan]
    assert grading.proposed_cuts(values, grading.HAZARD_QUANTILES).tolist() == [10, 16, 19]
    assert np.isnan(grading.proposed_cuts([0, np.nan], (0.5, 0.8))).all()


@given(LOADS, PEOPLE, SCORES, st.integers(1, 4))
def test_the_reduction_named_does_reach_the_next_grade(load: float, reach: float, score: float, floor: int) -> None:
    steps = grading.management_steps([score], 40, 85)
    (share,) = grading.reduction_to_next([load], [reach], steps, [floor], RULES)
    now = _grade(load, reach, score, floor)
    if np.isnan(share):
        assert _grade(0.0, reach, score, floor) == now, "no cut of the load helps"
    else:
        assert 0 <= share <= 1 and _grade(load * (1 - share) * (1 - 1e-9), reach, score, floor) > now
        assert share < 1e-9 or _grade(load * (1 - share * 0.999) * (1 + 1e-9), reach, score, floor) == now


def test_what_the_next_grade_takes_by_hand() -> None:
    """10^5 with receptors of class 2 is orange; below 10^4 it is yellow: 90 % must go."""
    share = grading.reduction_to_next([1e5, 1e5, 0.0], [0.1, 0.1, 0.1], [0, 0, 0], [4, 2, 4], RULES)
    assert share[0] == pytest.approx(0.9) and np.isnan(share[1:]).all()


def _tables(names: list[str]) -> tuple[pa.Table, pa.Table, pa.Table, pa.Table]:
    count = len(names)
    sources = pa.table(
        {
            "enterprise_id": names,
            "hazard_load": [1.2e4] * count,
            "receptor_load": [0.1] * count,
            "receptor_factor": [2.0] * count,
            "management_score": [60.0] * count,
            "management_low": [60.0] * count,
            "management_high": [60.0] * count,
            "veto_cancer_risk": [np.nan] * count,
            "veto_hazard_index": [np.nan] * count,
            "is_carcinogen_unmonitored": [False] * count,
            "is_confidence_low": [False] * count,
            "is_incomplete": [False] * count,
        }
    )
    releases = pa.table(
        {
            "enterprise_id": names,
            "pollutant_id": ["71-43-2"] * count,
            "medium": ["air"] * count,
            "emission_kg": [100.0] * count,
            "low_kg": [50.0] * count,
            "high_kg": [200.0] * count,
            "weighted_kg": [1.2e4] * count,
            "leading_error_group": ["factor"] * count,
            "leading_error_share": [0.5] * count,
        }
    )
    values = {
        **dict(zip(source_grade_table.CUTS, (2.0, 4.0, 6.0, 0.01, 1.0), strict=True)),
        "grading.management_worse_below": 40.0,
        "grading.management_milder_from": 85.0,
        "grading.veto_cr_red": 1e-4,
        "grading.veto_hi_red": 3.0,
        "grading.veto_cr_orange": 1e-5,
        "grading.veto_hi_orange": 1.0,
        "grading.draws": 4000.0,
        "screening.spread_factor": 3.0,
    }
    parameters = pa.table({"parameter_id": list(values), "value": list(values.values())})
    return sources, releases, parameters, pa.table({"seed": [7]})


def test_chances_follow_the_distribution_of_the_load() -> None:
    """Load log-normal about 1.2e4 with sigma ln(4)/3.92, cut at 1e4: P(below) = Φ(−ln 1.2/sigma) = 0.303; the
    receptors' factor of 2 crosses no cut within four sigma."""
    found = source_grade_table.grade_sources(*_tables(["A"]))
    row = found.to_pylist()[0]
    assert (row["grade"], row["hazard_class"], row["receptor_class"]) == (2, 3, 2)
    assert row["probability_3"] == pytest.approx(0.303, abs=0.03)
    assert sum(row[f"probability_{grade}"] for grade in range(1, 5)) == pytest.approx(1.0)
    assert row["is_stable_20"] is False, "a fifth less is below the cut"


def test_a_later_source_changes_no_other_ones_grade_or_chances() -> None:
    alone = source_grade_table.grade_sources(*_tables(["B"])).to_pylist()
    among = source_grade_table.grade_sources(*_tables(["A", "B", "C"])).to_pylist()
    assert among[1] == alone[0]
    shuffled = [table.take([2, 0, 1]) if table.num_rows == 3 else table for table in _tables(["A", "B", "C"])]
    assert source_grade_table.grade_sources(*shuffled).to_pylist() == among


def test_without_cuts_there_is_no_grade_and_the_first_run_proposes_them() -> None:
    sources, releases, parameters, build = _tables(["A", "B"])
    unset = parameters.set_column(1, "value", pa.array([np.nan, *parameters["value"].to_pylist()[1:]]))
    assert source_grade_table.grade_sources(sources, releases, unset, build)["grade"].to_pylist() == [None, None]
    proposed = source_grade_table.propose_cuts(sources)
    assert proposed["value"].to_pylist() == pytest.approx([np.log10(1.2e4)] * 3 + [0.1] * 2)
    assert source_grade_table.propose_cuts(sources.slice(0, 0))["value"].to_numpy().shape == (5,)


def test_no_sources_at_all() -> None:
    sources, releases, parameters, build = _tables(["A"])
    found = source_grade_table.grade_sources(sources.slice(0, 0), releases.slice(0, 0), parameters, build)
    assert found.num_rows == 0


def test_a_scenario_changes_the_load_alone() -> None:
    sources, _, parameters, _ = _tables(["A", "B"])
    scenarios = pa.table(
        {"scenario_id": ["S", "S", "T"], "enterprise_id": ["B", "A", "A"], "hazard_load_after": [9e3, 1e7, 1.2e4]}
    )
    found = source_grade_table.grade_scenarios(sources, scenarios, parameters).to_pylist()
    assert [(row["scenario_id"], row["enterprise_id"], row["grade_after"]) for row in found] == [
        ("S", "A", 1), ("S", "B", 3), ("T", "A", 2),
    ]  # fmt: skip
    assert source_grade_table.grade_scenarios(sources, scenarios.slice(0, 0), parameters).num_rows == 0
