"""Ranking of risk sources: percentiles, ties, intervals by seed. Not here: bands and codes (a dbt unit test)."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehpilot.kernels import source_ranking
from ehpilot.kernels.uncertainty import interval_factors


def test_percentile_is_the_share_of_smaller_ones_and_unknown_is_no_low() -> None:
    found = source_ranking.percentile_score([0, 0, 0, 7, 9, np.nan])
    assert np.isnan(found[5]) and found[:5].tolist() == [0, 0, 0, 75, 100]
    assert source_ranking.percentile_score([3.0, np.nan])[0] == 100
    assert source_ranking.percentile_score([np.nan, 0.0])[1] == 0, "the only site, and nothing near it"
    assert np.isnan(source_ranking.percentile_score([np.nan])).all()


@given(st.lists(st.floats(0, 1e12), min_size=2, max_size=30))
def test_percentile_rises_with_the_value(values: list[float]) -> None:
    found = source_ranking.percentile_score(values)
    order = np.argsort(values, kind="stable")
    assert (np.diff(found[order]) >= 0).all() and found.max() <= 100


def test_spread_of_an_interval_of_the_default_and_of_nothing() -> None:
    median, spread = source_ranking.log_normal_of_interval(
        [10, 10, 0, np.nan], [5, np.nan, 0, 1], [20, np.nan, 0, 2], [3, 3, 3, 3]
    )
    assert spread == pytest.approx([np.log(4) / 3.92, np.log(3) / 1.96, 0, 0])
    assert median == pytest.approx([1, 1, 1, 1])


def test_the_interval_that_uncertainty_makes_gives_its_spread_back() -> None:
    """Both kernels take one width for 95 %: σ² = ln(1 + (U/1.96)²)."""
    low, high = interval_factors([2.0])
    assert source_ranking.log_normal_of_interval([1.0], low, high, [1.0])[1] == pytest.approx(
        np.log1p((2.0 / 1.96) ** 2) ** 0.5, rel=1e-12
    )


def test_draws_lie_inside_the_stated_interval() -> None:
    """A grade E release of 3 t, 0.15–15 t: 95 % of its draws lie there, not between 0.3 and 30 t about the mean."""
    median, spread = source_ranking.log_normal_of_interval([3.0], [0.1505], [15.044], [10.0])
    drawn = 3.0 * median[0] * np.exp(np.random.default_rng(3).standard_normal(200_000) * spread[0])
    assert np.quantile(drawn, [0.025, 0.975]) == pytest.approx([0.1505, 15.044], rel=0.03)


def _intervals(seed: int, spread: float) -> tuple[np.ndarray, np.ndarray]:
    value = np.array([100.0, 90.0, 1.0, np.nan, 0.0])
    return source_ranking.rank_intervals(
        [0, 0, 1, 2, 3], [60.0, 40.0, 90.0, 1.0, 5.0], [spread] * 5, value, [-1] * 5, [0.0] * 5, draws=500, seed=seed
    )


def test_rank_intervals_hold_the_rank_and_close_ones_overlap() -> None:
    low, high = _intervals(1, 0.5)
    assert low.tolist() == [1, 1, 3, -1, 4] and high.tolist() == [2, 2, 3, -1, 4]
    certain = _intervals(1, 0.0)
    assert certain[0].tolist() == certain[1].tolist() == [1, 2, 3, -1, 4]


def test_intervals_depend_on_the_seed_only() -> None:
    rng = np.random.default_rng(2)
    value = rng.lognormal(0, 1, 60)
    arguments = (np.arange(60), value, np.full(60, 0.8), value, np.full(60, -1), np.zeros(60))
    runs = [source_ranking.rank_intervals(*arguments, draws=120, seed=seed) for seed in (1, 1, 2)]
    assert np.array_equal(runs[0], runs[1]) and not np.array_equal(runs[0], runs[2])


def test_sites_that_share_one_factor_keep_their_order_and_a_part_of_it_less() -> None:
    """Two sites close together over one factor: its error moves both, so it cannot swap them."""
    arguments = ([0, 1], [100.0, 90.0], [0.8, 0.8], [100.0, 90.0])
    found = {
        share: [
            end.tolist() for end in source_ranking.rank_intervals(*arguments, [5, 5], [share] * 2, draws=300, seed=1)
        ]
        for share in (0.0, 0.5, 1.0)
    }
    assert found[1.0] == [[1, 2], [1, 2]]
    assert found[0.0] == found[0.5] == [[1, 1], [2, 2]]
    apart = source_ranking.rank_intervals(*arguments, [5, 6], [1.0, 1.0], draws=300, seed=1)
    assert [end.tolist() for end in apart] == [[1, 1], [2, 2]], "another factor is another error"


def test_without_a_ranked_site_there_is_no_interval() -> None:
    low, high = source_ranking.rank_intervals([], [], [], [np.nan, np.nan], [], [], draws=10, seed=1)
    assert low.tolist() == high.tolist() == [-1, -1]


def _ranked(releases: list[tuple[str, str, float, float | None, float | None]], seed: int | None = 4) -> pa.Table:
    """Sites a to d, of which d is unknown and c releases nothing that counts."""
    sites = pa.table({"enterprise_id": ["d", "b", "a", "c"], "toxicity_people": [None, 90.0, 100.0, 0.0]})
    sites = sites.append_column("toxicity_weighted_kg", pa.array([5.0, 9.0, 10.0, 0.0]))
    site, pollutant, kg, low, high = (list(column) for column in zip(*releases, strict=True))
    stated = pa.table(
        {
            "enterprise_id": site, "pollutant_id": pollutant, "medium": ["air"] * len(site), "emission_kg": kg,
            "low_kg": pa.array(low, pa.float64()), "high_kg": pa.array(high, pa.float64()), "toxicity_people": kg,
            "leading_error_group": pa.array(["factor|2614"] * len(site), pa.string()),
            "leading_error_share": pa.array([None] * len(site), pa.float64()),
        }
    )  # fmt: skip
    parameters = pa.table(
        {"parameter_id": ["screening.spread_factor", "screening.source_draws"], "value": [10.0, 400.0]}
    )
    return source_ranking.rank_sources(sites, stated, parameters, pa.table({"seed": pa.array([seed], pa.int64())}))


RELEASES = [("a", "x", 60.0, 30.0, 120.0), ("a", "y", 40.0, None, None), ("b", "x", 90.0, 45.0, 180.0)]


def test_sites_as_a_table_are_ranked_and_an_unknown_one_is_not() -> None:
    found = _ranked(RELEASES).to_pylist()
    assert [row["enterprise_id"] for row in found] == ["a", "b", "c", "d"]
    assert [row["rank"] for row in found] == [1, 2, 3, None]
    assert [row["score"] for row in found[:3]] == [100, 50, 0] and np.isnan(found[3]["score"])
    assert (found[0]["rank_low"], found[0]["rank_high"]) == (1, 2)
    assert (found[3]["rank_low"], found[3]["rank_high"]) == (None, None)


def test_equal_values_rank_by_weighted_mass_and_then_by_id() -> None:
    ids = ["a", "b", "c", "d"]
    sites = pa.table({"enterprise_id": ids, "toxicity_people": [0.0] * 4, "toxicity_weighted_kg": [1, None, 9, 1.0]})
    none = {
        name: pa.array([], pa.string()) for name in ("enterprise_id", "pollutant_id", "medium", "leading_error_group")
    }
    names = ("emission_kg", "low_kg", "high_kg", "toxicity_people", "leading_error_share")
    releases = pa.table(none | {name: pa.array([], pa.float64()) for name in names})
    parameters = pa.table(
        {"parameter_id": ["screening.spread_factor", "screening.source_draws"], "value": [10.0, 50.0]}
    )
    found = source_ranking.rank_sources(sites, releases, parameters, pa.table({"seed": [1]})).to_pylist()
    assert [(row["enterprise_id"], row["rank"]) for row in found] == [("a", 2), ("b", 4), ("c", 1), ("d", 3)]


def test_neither_order_nor_releases_of_others_change_the_ranks() -> None:
    expected = repr(_ranked(RELEASES).to_pylist())
    assert repr(_ranked(RELEASES[::-1]).to_pylist()) == expected
    assert repr(_ranked([("0", "x", 1e9, None, None), *RELEASES]).to_pylist()) == expected
    unseeded, zero = (repr(_ranked(RELEASES, seed=seed).to_pylist()) for seed in (None, 0))
    assert unseeded == zero, "a build without a seed draws as with 0"
