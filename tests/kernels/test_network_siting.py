"""The network of an area: footprints, the choice against every other by hand, moves, budget, redundancy. Not here: the
solver's own laws (test_siting)."""

from __future__ import annotations

import itertools

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ehpilot.kernels import network_siting as network

CONSTANTS = {
    "network.reach_m": 3000.0, "network.source_overlap": 0.5, "network.level_factor": 2.0,
    "network.candidate_count": 50.0, "network.budget_yuan_a": 2.0, "network.new_site_yuan_a": 1.0,
    "network.existing_site_yuan_a": 1.0, "network.existing_fixed": 0.0, "network.move_m": 800.0,
    "network.redundancy_r": 0.9, "network.redundancy_least": 3.0,
}  # fmt: skip


def _parameters(**changed: float) -> pa.Table:
    values = CONSTANTS | {f"network.{name}": value for name, value in changed.items()}
    return pa.table({"parameter_id": list(values), "value": list(values.values())})


def _places(rows: list[tuple[str, float, float, float, bool, bool]]) -> pa.Table:
    """Rows of name, x [m], people, risk, is existing, is kept; the existing are sites, the others demand too."""
    name, x, people, risk, existing, kept = zip(*rows, strict=True)
    return pa.table(
        {
            "place_id": list(name), "x_m": list(x), "y_m": [0.0] * len(x), "people": list(people), "risk": list(risk),
            "is_demand": [not mark for mark in existing], "is_candidate": [True] * len(x),
            "is_existing": list(existing), "is_kept": list(kept),
        }
    )  # fmt: skip


def _levels(rows: list[tuple[str, str, float]]) -> pa.Table:
    place, source, level = zip(*rows, strict=True)
    return pa.table({"place_id": list(place), "enterprise_id": list(source), "level": list(level)})


def _by_place(table: pa.Table) -> dict[str, dict[str, object]]:
    return {row["place_id"]: row for row in table.to_pylist()}


def test_a_footprint_is_like_levels_for_a_common_reason_not_a_circle() -> None:
    share = np.array([[1.0, 0.0], [1.0, 0.0], [0.4, 0.6], [1.0, 0.0], [0.5, 0.5]])
    total = np.array([1.0, 2.0, 1.0, 2.1, 1.0])
    xy = np.array([[0.0, 0.0], [100.0, 0.0], [100.0, 0.0], [100.0, 0.0], [3001.0, 0.0]])
    covers = network.footprints(np.arange(5), np.array([0]), share, total, xy, CONSTANTS)
    why = "itself; twice the level; 0.4 of the sources in common; 2.1 times the level; beyond the reach"
    assert covers[:, 0].tolist() == [True, True, False, False, False], why


def test_sites_are_chosen_by_risk_and_the_order_tells_what_each_adds() -> None:
    """Three groups that no site of another sees: the budget of 2 buys the two with the most people × risk."""
    places = _places(
        [("a", 0, 10, 1e-5, False, False), ("b", 10_000, 10, 5e-5, False, False), ("c", 20_000, 10, 4e-5, False, False)]
    )
    levels = _levels([("a", "A", 9.0), ("b", "A", 1.0), ("c", "A", 1.0)])
    rows = _by_place(network.choose_sites(places, levels, _parameters()))
    assert [rows[name]["pick_order"] for name in "abc"] == [None, 1, 2]
    assert rows["b"]["marginal_gain"] == pytest.approx(0.5) and rows["c"]["covered_risk_share"] == pytest.approx(0.9)
    assert rows["b"]["loss_if_stopped"] == pytest.approx(0.5)
    assert not rows["a"]["is_covered"] and rows["a"]["is_coverable"], "left out for want of money, not of a site"
    assert rows["a"]["is_selected_by_emission"], "by emission x people alone the first would be in"
    assert {row["weight_basis"] for row in rows.values()} == {"risk"}


def test_of_equal_cover_the_cheapest_and_of_equal_cost_the_nearest_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of a, b, c (at 0, 400, 1000 m) speak for each other: one site covers all, whatever the budget allows. The
    existing one is cheaper; without it b is nearest by weight: 10 × 400 + 10 × 600 m over 30."""
    rows = [
        ("a", 0.0, 10.0, 1e-5, False, False), ("b", 400.0, 10.0, 1e-5, False, False),
        ("c", 1000.0, 10.0, 1e-5, False, False), ("s", 5000.0, np.nan, np.nan, True, False),
    ]  # fmt: skip
    levels = _levels([("a", "A", 1.0), ("b", "A", 1.0), ("c", "A", 1.0), ("s", "A", 1.0)])
    wide = {"budget_yuan_a": 9.0, "new_site_yuan_a": 2.0}
    near = _by_place(network.choose_sites(_places(rows), levels, _parameters(**wide)))
    assert {name for name, row in near.items() if row["is_selected"]} == {"b"} and near["b"]["is_unique"]
    assert near["b"]["mean_distance_m"] == pytest.approx((400 + 600) / 3)
    assert near["b"]["is_nearest"]
    monkeypatch.setattr(network, "PAIRS_LIMIT", 8)  # nine pairs are too many: it is told
    left = _by_place(network.choose_sites(_places(rows), levels, _parameters(**wide)))
    assert not left["b"]["is_nearest"] and not left["b"]["is_unique"]
    monkeypatch.undo()
    cheap = _by_place(network.choose_sites(_places(rows), levels, _parameters(reach_m=5000.0, **wide)))
    assert {name for name, row in cheap.items() if row["is_selected"]} == {"s"}, "the site that stands costs less"
    assert cheap["s"]["mean_distance_m"] == pytest.approx((5000 + 4600 + 4000) / 3)


def test_before_any_risk_the_weight_is_emission_times_people() -> None:
    places = _places([("a", 0, 10, np.nan, False, False), ("b", 10_000, 100, np.nan, False, False)])
    levels = _levels([("a", "A", 9.0), ("b", "A", 1.0)])
    rows = _by_place(network.choose_sites(places, levels, _parameters(budget_yuan_a=1.0)))
    assert rows["b"]["is_selected"] and not rows["a"]["is_selected"]
    assert rows["b"]["weight_basis"] == "emission" and rows["b"]["covered_risk_share"] == pytest.approx(100 / 190)


def test_existing_sites_stop_move_or_stay() -> None:
    """S1 sees nothing, 500 m from a chosen place: it moves. S2 sees nothing and is far: it stops. S3 is kept."""
    rows = [
        ("c", 0.0, 10.0, 1e-5, False, False), ("s1", 500.0, np.nan, np.nan, True, False),
        ("s2", 50_000.0, np.nan, np.nan, True, False), ("s3", 60_000.0, np.nan, np.nan, True, True),
    ]  # fmt: skip
    levels = _levels([("c", "A", 1.0), ("s1", "B", 1.0)])
    free = _by_place(network.choose_sites(_places(rows), levels, _parameters()))
    assert {name for name, row in free.items() if row["is_selected"]} == {"c", "s3"}
    assert free["s1"]["moved_place_id"] == "c" and free["c"]["moved_place_id"] == "s1"
    assert free["s2"]["moved_place_id"] is None
    fixed = _by_place(network.choose_sites(_places(rows), levels, _parameters(existing_fixed=1.0)))
    assert {name for name, row in fixed.items() if row["is_selected"]} == {"s1", "s2", "s3"}
    assert fixed["c"]["is_over_budget"] and not fixed["c"]["is_covered"], "three sites cost more than the budget of 2"


def test_unknown_places_are_left_out_and_nothing_at_all_gives_nothing() -> None:
    places = _places([("a", 0, np.nan, 1e-5, False, False), ("b", 0, 5, 1e-5, False, False)])
    rows = _by_place(network.choose_sites(places, _levels([("b", "A", 1.0)]), _parameters()))
    assert not rows["a"]["is_coverable"] and rows["b"]["covered_risk_share"] == pytest.approx(1.0)
    empty = network.choose_sites(places.slice(0, 0), _levels([("b", "A", 1.0)]), _parameters())
    assert empty.num_rows == 0 and empty.schema == network.SITES


PLACE = st.tuples(st.integers(0, 4), st.integers(1, 9), st.integers(0, 9))


@settings(max_examples=25, deadline=None)
@given(st.lists(PLACE, min_size=1, max_size=7), st.integers(0, 3))
def test_no_other_choice_covers_more_and_the_order_of_rows_does_not_matter(
    drawn: list[tuple[int, int, int]], number: int
) -> None:
    rows = [(f"p{n}", 1e3 * x, float(people), float(risk), False, False) for n, (x, people, risk) in enumerate(drawn)]
    levels = _levels([(row[0], f"E{n % 2}", 1.0 + n) for n, row in enumerate(rows)])
    parameters = _parameters(budget_yuan_a=float(number))
    places = _places(rows)
    found = network.choose_sites(places, levels, parameters)
    backwards = list(range(len(rows)))[::-1]
    again = network.choose_sites(places.take(backwards), levels.take(backwards), parameters)
    assert str(found.to_pylist()) == str(again.to_pylist())
    weight = np.array([people * risk for _, _, people, risk, *_ in rows])
    if not weight.sum() > 0:
        return
    share = np.eye(2)[[n % 2 for n in range(len(rows))]]
    total, at = np.array([1.0 + n for n in range(len(rows))]), np.array([[row[1], 0.0] for row in rows])
    covers = network.footprints(np.arange(len(rows)), np.arange(len(rows)), share, total, at, CONSTANTS)
    best = max(
        weight[covers[:, list(chosen)].any(axis=1)].sum()
        for count in range(number + 1)
        for chosen in itertools.combinations(range(len(rows)), min(count, len(rows)))
    )
    covered = sum(weight[n] for n, row in enumerate(found.to_pylist()) if row["is_covered"])
    assert covered == pytest.approx(best)


def test_redundant_only_where_every_common_substance_agrees() -> None:
    times = [1, 2, 3, 4]
    series = {
        ("a", "x"): [1.0, 2.0, 3.0, 4.0], ("b", "x"): [2.0, 4.0, 6.0, 8.0], ("c", "x"): [1.0, 2.0, 3.0, 4.0],
        ("a", "y"): [1.0, 2.0, 3.0, 4.0], ("c", "y"): [4.0, 3.0, 2.0, 1.0],
    }  # fmt: skip
    rows = [(*key, time, value) for key, values in series.items() for time, value in zip(times, values, strict=True)]
    site, pollutant, time, value = zip(*rows, strict=True)
    table = pa.table(
        {"site_id": list(site), "pollutant_id": list(pollutant), "sampled_at": list(time), "value": list(value)}
    )
    found = network.redundant_sites(table, _parameters())
    assert [(row["site_id"], row["other_site_id"]) for row in found.to_pylist()] == [
        ("a", "b"), ("b", "a"), ("b", "c"), ("c", "b"),
    ]  # fmt: skip
