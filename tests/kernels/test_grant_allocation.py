"""Awards under a budget by hand, ties, caps, and the knapsack against all subsets."""

from __future__ import annotations

import itertools

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ehpilot.kernels.grant_allocation import Applications, Limits, allocate, cut_off, full_amounts, knapsack, rank_order

FREE = Limits(budget_yuan=100_000, track_share=1.0, applicant_share=1.0, floor_yuan=0)


def applications(score: list, amount: list, **changed: object) -> Applications:
    """Applications of different applicants in one track, filed one after the other."""
    size = len(score)
    options = {
        "track": np.zeros(size, int), "applicant": np.arange(size), "filed": np.arange(size, dtype=float),
        "ties": np.zeros((size, 0)),
    } | changed  # fmt: skip
    return Applications(np.array(score, float), np.array(amount), **{k: np.asarray(v) for k, v in options.items()})  # type: ignore[arg-type]


def test_best_first_until_the_budget_is_used() -> None:
    some = applications([80, 90, 85], [60_000, 50_000, 30_000])
    assert cut_off(some, FREE).tolist() == [20_000, 50_000, 30_000], "the last gets what is left"
    assert cut_off(some, Limits(100_000, 1, 1, 25_000)).tolist() == [0, 50_000, 30_000], (
        "unless that is below the floor"
    )


def test_one_that_does_not_fit_does_not_stop_the_next() -> None:
    some = applications([90, 85, 80], [90_000, 50_000, 10_000])
    assert cut_off(some, Limits(100_000, 1, 1, 10_000)).tolist() == [90_000, 10_000, 0]
    assert cut_off(some, Limits(100_000, 1, 1, 20_000)).tolist() == [90_000, 0, 0]


def test_equal_scores_go_to_the_tie_breakers_and_then_to_the_earlier_file() -> None:
    equal = applications([80, 80, 80], [60_000] * 3, filed=[3.0, 1.0, 2.0])
    assert rank_order(equal).tolist() == [1, 2, 0] and cut_off(equal, FREE).tolist() == [0, 60_000, 40_000]
    told = applications([80, 80, 80], [60_000] * 3, filed=[3.0, 1.0, 2.0], ties=[[20.0, 0.0], [10.0, 0.0], [20.0, 5.0]])
    assert rank_order(told).tolist() == [2, 0, 1]
    same_day = applications([80, 80], [60_000] * 2, filed=[1.0, 1.0])
    assert rank_order(same_day).tolist() == [0, 1], "then the id: order of the rows"


def test_tracks_and_applicants_have_their_share() -> None:
    some = applications([90, 85, 80], [30_000, 30_000, 30_000], track=[0, 0, 1])
    assert cut_off(some, Limits(100_000, 0.4, 1.0, 0)).tolist() == [30_000, 10_000, 30_000]
    twice = applications([90, 85, 80], [10_000, 10_000, 10_000], applicant=[0, 0, 1])
    assert cut_off(twice, Limits(100_000, 1.0, 0.15, 0)).tolist() == [10_000, 5_000, 10_000]


def test_amounts_take_the_least_cap_and_never_more() -> None:
    found = full_amounts(
        [100_000, 100_000, np.nan, 33],
        [50_000, np.nan, 50_000, np.nan],
        [np.nan, 150_001, np.nan, 30],
        request_share=1,
        cost_share=0.1,
    )
    assert found.tolist() == [50_000, 15_000, 0, 3]
    with pytest.raises(ValueError, match="at least 0"):
        full_amounts([-1.0], [np.nan], [np.nan], request_share=1, cost_share=1)


def test_no_money_no_award_and_nobody_no_award() -> None:
    assert cut_off(applications([90], [10]), Limits(0, 1, 1, 0)).tolist() == [0]
    assert knapsack(applications([90], [10]), Limits(0, 1, 1, 0)).tolist() == [0]
    assert cut_off(applications([], []), FREE).tolist() == [] == knapsack(applications([], []), FREE).tolist()


def test_knapsack_finds_more_score_than_the_cut_off() -> None:
    some = applications([90, 80, 79], [100_000, 50_000, 50_000])
    assert cut_off(some, FREE).tolist() == [100_000, 0, 0] and knapsack(some, FREE).tolist() == [0, 50_000, 50_000]


def test_knapsack_cuts_an_amount_down_to_what_an_applicant_may_get() -> None:
    """A request of 90,000 under a limit of 15 % asks for 15,000 and does not fall out; a limit below the floor pays
    nobody, and of two files of one applicant only one gets that much."""
    some = applications([90, 80, 70], [90_000, 10_000, 60_000])
    assert knapsack(some, Limits(100_000, 1.0, 0.15, 1_000)).tolist() == [15_000, 10_000, 15_000]
    assert knapsack(some, Limits(100_000, 1.0, 0.15, 16_000)).tolist() == [0, 0, 0]
    twice = applications([90, 80], [90_000, 20_000], applicant=[0, 0])
    assert knapsack(twice, Limits(100_000, 1.0, 0.15, 1_000)).tolist() == [15_000, 0]


def test_knapsack_gives_equal_scores_to_the_earlier_file() -> None:
    equal = applications([80, 80, 80], [50_000] * 3, filed=[3.0, 1.0, 2.0])
    assert knapsack(equal, FREE).tolist() == [0, 50_000, 50_000]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_knapsack_is_as_good_as_the_best_of_all_subsets(seed: int) -> None:
    draw = np.random.default_rng(seed)
    size = 7
    some = applications(
        draw.integers(60, 100, size).tolist(), (draw.integers(1, 40, size) * 1_000).tolist(),
        track=draw.integers(0, 2, size), applicant=draw.integers(0, 5, size),
    )  # fmt: skip
    limits = Limits(80_000, 0.6, 0.45, 3_000)
    asked = np.minimum(some.amount_yuan, 36_000)

    def allowed(chosen: tuple[int, ...]) -> bool:
        part = np.array(chosen, int)
        amount = asked[part]
        return bool(
            amount.sum() <= 80_000
            and (amount >= 3_000).all()
            and all(amount[some.track[part] == one].sum() <= 48_000 for one in range(2))
            and all(amount[some.applicant[part] == one].sum() <= 36_000 for one in range(5))
        )

    best = max(
        some.score[list(chosen)].sum() if chosen else 0.0
        for count in range(size + 1)
        for chosen in itertools.combinations(range(size), count)
        if allowed(chosen)
    )
    award = knapsack(some, limits)
    chosen = np.flatnonzero(award)
    assert allowed(tuple(chosen)) and some.score[chosen].sum() == pytest.approx(best)
    assert award[chosen].tolist() == asked[chosen].tolist()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_the_cut_off_never_passes_a_limit(seed: int) -> None:
    draw = np.random.default_rng(seed)
    some = applications(
        draw.uniform(0, 100, 12).tolist(),
        draw.integers(0, 60_000, 12).tolist(),
        track=draw.integers(0, 3, 12),
        applicant=draw.integers(0, 6, 12),
    )
    award = cut_off(some, Limits(100_000, 0.4, 0.15, 1_000))
    assert award.sum() <= 100_000 and (award <= some.amount_yuan).all()
    assert (np.bincount(some.track, award) <= 40_000).all() and (np.bincount(some.applicant, award) <= 15_000).all()
    assert (award[award > 0] >= 1_000).all()


PARAMETERS = pa.table({"parameter_id": ["fund.floor_yuan"], "value": [1000.0]})
AS_IS = {
    "budget_factor": 1.0, "level_factor": 1.0, "score_least": None, "track_share": None, "applicant_share": None,
    "cost_share": None,
}  # fmt: skip


def scenarios(**more: dict) -> pa.Table:
    """Both rules as they are, and further scenarios by name."""
    plain = {"cut_off": {"allocation": "cut_off"}, "knapsack": {"allocation": "knapsack"}}
    rows = [
        {"scenario": name, "scenario_no": number, "allocation": "cut_off"} | AS_IS | row
        for number, (name, row) in enumerate((plain | more).items(), 1)
    ]
    kinds = [("scenario", pa.string()), ("scenario_no", pa.int32()), ("allocation", pa.string())]
    return pa.Table.from_pylist(rows, pa.schema([*kinds, *((name, pa.float64()) for name in AS_IS)]))


PLAIN = {
    "year": 2026,
    "track": "t",
    "applicant_key": "",
    "filed_day": 1.0,
    "score": 80.0,
    "tie_1": 0.0,
    "tie_2": 0.0,
    "is_eligible": True,
    "level_yuan": 50_000.0,
    "asked_yuan": 60_000.0,
    "cost_yuan": float("nan"),
    "budget_yuan": 100_000.0,
    "request_share": 1.0,
    "cost_share": 0.5,
    "track_share": 1.0,
    "applicant_share": 1.0,
}


def table(rows: list[dict]) -> pa.Table:
    """Applications as the model gives them; each of its own applicant."""
    full = [PLAIN | {"applicant_key": row["application_id"]} | row for row in rows]
    kinds = {str: pa.string(), float: pa.float64(), bool: pa.bool_(), int: pa.int32()}
    fields = [("application_id", pa.string()), *((name, kinds[type(value)]) for name, value in PLAIN.items())]
    return pa.Table.from_pylist(full, pa.schema(fields))


def awards(rows: list[dict], **more: dict) -> dict[tuple[str, str], dict]:
    """Rows by scenario and application; ``more`` scenarios beside both rules."""
    found = allocate(table(rows), scenarios(**more), PARAMETERS).to_pylist()
    return {(row["scenario"], row["application_id"]): row for row in found}


def test_a_table_of_applications_with_its_reasons() -> None:
    found = awards(
        [
            {"application_id": "a", "filed_day": 3.0},
            {"application_id": "b", "filed_day": 2.0},
            {"application_id": "c", "cost_yuan": 30_000.0, "score": 70.0},
            {"application_id": "d", "is_eligible": False},
            {"application_id": "e", "year": 2027},
        ]
    )
    assert [found["cut_off", name]["award_yuan"] for name in "abcde"] == [50_000, 50_000, 0, 0, 0]
    assert [found["cut_off", name]["place"] for name in "abcd"] == [2, 1, 3, None]
    assert found["cut_off", "c"]["amount_yuan"] == 15_000 and "余额" in found["cut_off", "c"]["reason"]
    assert "资格" in found["cut_off", "d"]["reason"] and "余额" in found["cut_off", "e"]["reason"], (
        "2026 used the budget"
    )
    assert found["knapsack", "a"]["award_yuan"] == found["knapsack", "b"]["award_yuan"] == 50_000


def test_an_unknown_budget_leaves_awards_unknown_and_nobody_gives_nothing() -> None:
    found = awards(
        [{"application_id": "a", "budget_yuan": float("nan")}, {"application_id": "b", "is_eligible": False}]
    )
    assert np.isnan(found["cut_off", "a"]["award_yuan"]) and found["cut_off", "a"]["reason"] == "预算未知"
    assert found["cut_off", "b"]["award_yuan"] == 0.0
    assert allocate(table([]), scenarios(), PARAMETERS).num_rows == 0


def test_another_rule_is_tried_on_the_same_applications() -> None:
    """Two full awards of 50,000 use the budget; half the budget pays one, half the levels pay both in part, a higher
    bar leaves one out, a cap of 20 % on audited cost acts on that alone."""
    rows = [
        {"application_id": "a", "score": 90.0},
        {"application_id": "b", "score": 70.0, "cost_yuan": 120_000.0},
    ]
    found = awards(
        rows,
        half={"budget_factor": 0.5},
        low={"level_factor": 0.5},
        bar={"score_least": 75.0},
        own={"cost_share": 0.2},
        one={"applicant_share": 0.1},
    )
    given = {
        name: [found[name, who]["award_yuan"] for who in "ab"]
        for name in ("cut_off", "half", "low", "bar", "own", "one")
    }
    assert given == {
        "cut_off": [50_000, 50_000], "half": [50_000, 0], "low": [25_000, 25_000], "bar": [50_000, 0],
        "own": [50_000, 24_000], "one": [10_000, 10_000],
    }  # fmt: skip
    assert found["bar", "b"]["place"] is None and found["half", "b"]["fault"] == "BUDGET-EXCEEDED"
    assert found["one", "a"]["fault"] == "BUDGET-EXCEEDED" and found["cut_off", "a"]["fault"] is None


def test_an_application_of_no_day_comes_after_the_years() -> None:
    rows = [{"application_id": "a", "score": 90.0}, {"application_id": "b", "score": 70.0}]
    dated, undated = table(rows[1:]), table(rows[:1])
    undated = undated.set_column(undated.schema.get_field_index("year"), "year", pa.array([None], pa.int32()))
    found = allocate(pa.concat_tables([undated, dated]), scenarios(), PARAMETERS).to_pylist()
    told = {(row["scenario"], row["application_id"]): (row["award_yuan"], row["place"]) for row in found}
    assert told["cut_off", "b"] == (50_000, 1) and told["cut_off", "a"] == (50_000, 1)
    poor = table([row | {"budget_yuan": 60_000.0} for row in rows])
    poor = poor.set_column(poor.schema.get_field_index("year"), "year", pa.array([None, 2026], pa.int32()))
    award = {
        row["application_id"]: row["award_yuan"] for row in allocate(poor, scenarios(), PARAMETERS).to_pylist()[:2]
    }
    assert award == {"a": 10_000, "b": 50_000}
