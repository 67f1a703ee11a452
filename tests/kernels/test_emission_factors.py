"""Factors of cells by hand, the interval that rules, reasons, unit and order, coverage, and the speed asked for."""

from __future__ import annotations

import time

import numpy as np
import pyarrow as pa
import pytest

from ehpilot.kernels import cluster_bootstrap, emission_factors, factor_pairs, factor_rating, lognormal_mean
from ehpilot.kernels.emission_factors import CELL, derive

PARAMETERS = pa.table(
    {
        "parameter_id": [
            "factor_least_load", "factor_bootstrap_draws", "factor_rating_a_ratio", "factor_quality_a",
            "factor_quality_b", "factor_fqi_high", "factor_fqi_moderate", "factor_least_enterprises",
            "factor_most_share",
        ],
        "value": [0.75, 500.0, 2.0, 100.0, 75.0, 0.3, 0.58, 3.0, 0.8],
    }
)  # fmt: skip
BUILD = pa.table({"seed": pa.array([7], pa.int32())})


def pairs(rows: list[dict]) -> pa.Table:
    """Pairs with what a row does not say: one cell, automatic, quality A, full load."""
    plain = dict.fromkeys(CELL, "x") | {
        "enterprise_id": "e1", "period": "2025Q1", "emission_kg": np.nan, "emission_limit_kg": np.nan, "activity": 10.0,
        "activity_unit": "t", "load_share": 0.9, "qc_level": "A", "method": "automatic",
    }  # fmt: skip
    return pa.Table.from_pylist([plain | row for row in rows])


def one(rows: list[dict]) -> dict:
    """The only cell."""
    found = derive(pairs(rows), PARAMETERS, BUILD).to_pylist()
    assert len(found) == 1
    return found[0]


def plants(count: int, quarters: int = 4, seed: int = 1, tau: float = 0.5, sigma: float = 0.4) -> list[dict]:
    """Pairs of plants about a geometric mean of 1 kg/t."""
    draw = np.random.default_rng(seed)
    level = draw.normal(0.0, tau, count)
    return [
        {
            "enterprise_id": f"e{p:02d}",
            "period": f"2025Q{q}",
            "emission_kg": 10.0 * float(np.exp(level[p] + draw.normal(0, sigma))),
        }
        for p in range(count)
        for q in range(1, quarters + 1)
    ]


def test_rows_without_output_have_no_say_in_the_unit() -> None:
    rows = [{"emission_kg": 10.0, "activity": np.nan, "activity_unit": None, "period": f"2026Q{q}"} for q in (1, 2, 3)]
    table = pairs([*rows, {"emission_kg": 10.0}])
    assert factor_pairs.reasons(table, [0, 0, 0, 0], 0.75) == ["ACTIVITY-UNKNOWN"] * 3 + [""]


def test_two_plants_by_hand() -> None:
    found = one([{"emission_kg": 10.0}, {"emission_kg": 40.0, "activity": 20.0, "enterprise_id": "e2"}])
    assert found["factor_activity_weighted"] == pytest.approx(50 / 30)
    s2 = np.log(2) ** 2 / 2
    assert found["factor"] == pytest.approx(np.exp(np.log(2) / 2 + s2 / 2)) and found["method"] == "lognormal_mean"
    assert (
        found["gsd"] == pytest.approx(np.exp(s2**0.5))
        and found["interval_method"] == "none"
        and np.isnan(found["ci_low"])
    )
    assert found["rating"] == "D" and not found["is_published"] and found["suppression_reason"] == "FEW-ENTERPRISES"
    assert found["largest_activity_share"] == pytest.approx(2 / 3)


def test_from_three_plants_on_the_plants_rule() -> None:
    found = one(plants(5))
    assert found["interval_method"] == "knapp_hartung_modified" and found["rating"] == "B" and found["is_published"]
    assert found["ci_low"] < found["factor"] < found["ci_high"] and found["prediction_low"] < found["ci_low"]
    assert found["weighted_low"] <= found["factor_activity_weighted"] <= found["weighted_high"]


def test_one_plant_with_many_quarters_has_coxs_interval_and_is_held_back() -> None:
    found = one(plants(1, quarters=8))
    assert (
        found["interval_method"] == "cox_t"
        and found["n_enterprises"] == 1
        and found["suppression_reason"] == "FEW-ENTERPRISES"
    )


def test_one_measurement_a_plant_puts_all_spread_between_plants() -> None:
    rows = plants(6, quarters=1)
    y = np.log([row["emission_kg"] / 10 for row in rows])
    found = one(rows)
    assert found["tau_squared"] == pytest.approx(y.var(ddof=1), rel=1e-4)
    low, high = lognormal_mean.cox_interval([y.mean()], [y.std(ddof=1)], [6])
    assert [found["ci_low"], found["ci_high"]] == pytest.approx([low[0], high[0]], rel=1e-4), "Cox over plants"


def coverage(count: int, tau_squared: float, sigma: float, quarters: int) -> tuple[float, float]:
    """How often the interval of the factor holds the mean over plants and periods, exp((τ² + σ²)/2), and that of a
    further plant its mean over periods, in 1,000 cells."""
    cells = 1000
    draw = np.random.default_rng([count, int(100 * tau_squared)])
    level = draw.normal(0.0, np.sqrt(tau_squared), (cells, count, 1))
    log_factor = (level + draw.normal(0.0, sigma, (cells, count, quarters))).reshape(-1)
    cell = np.repeat(np.arange(cells), count * quarters)
    plant = np.repeat(np.arange(cells * count), quarters)
    chosen = emission_factors.UsablePairs(
        cell,
        plant,
        np.repeat(np.arange(cells), count),
        log_factor,
        np.zeros(cell.size, bool),
        np.ones(cell.size),
        cells,
    )
    found = emission_factors._values(chosen, lognormal_mean.fit(log_factor, chosen.below, cell, cells))
    true = np.exp((tau_squared + sigma**2) / 2)
    further = np.exp(draw.normal(0.0, np.sqrt(tau_squared), cells) + sigma**2 / 2)
    mean = np.mean((found["ci_low"] <= true) & (true <= found["ci_high"]))
    ahead = np.mean((found["prediction_low"] <= further) & (further <= found["prediction_high"]))
    return float(mean), float(ahead)


@pytest.mark.parametrize("count", [3, 5, 10, 20])
@pytest.mark.parametrize("tau_squared", [0.25, 0.6])
def test_the_interval_of_the_factor_covers_the_mean_over_plants_and_periods(count: int, tau_squared: float) -> None:
    """Eight quarters a plant, s 0.5 within. With the spread held the interval would cover 92 to 94 % at τ² 0.6 (0.918
    at 20 plants)."""
    mean, ahead = coverage(count, tau_squared, 0.5, 8)
    assert 0.93 <= mean <= 0.98 and ahead >= 0.94, "a further plant's mean over its periods"


@pytest.mark.parametrize("count", [3, 5, 10, 20])
def test_the_manual_says_where_the_interval_is_safe_and_where_short(count: int) -> None:
    """Plants that hardly differ (a quarter of the variance of their means lies between them): on the safe side. All
    spread widely (s 1 within, τ² 2.25): short, and one letter worse."""
    safe, _ = coverage(count, 0.25 / 8 / 3, 0.5, 8)
    assert safe >= 0.95 and (count > 3 or safe >= 0.99)
    short, _ = coverage(count, 2.25, 1.0, 4)
    assert 0.87 <= short <= 0.96
    wide, narrow = (one(plants(count, tau=tau, sigma=0.7, seed=5)) for tau in (3.0, 0.1))
    assert wide["gsd"] > np.e > narrow["gsd"] and wide["rating"] > narrow["rating"]


@pytest.mark.parametrize("count", [4, 20])
def test_what_a_further_plant_may_have_is_never_narrower_than_the_mean(count: int) -> None:
    """Plants that do not differ, measured twice: the error of the spread is the most of the interval of the mean."""
    for seed in range(12):
        found = one(plants(count, quarters=2, seed=seed, tau=0.0, sigma=1.0))
        assert found["prediction_high"] / found["prediction_low"] >= found["ci_high"] / found["ci_low"] * (1 - 1e-12)


def test_a_plant_that_has_almost_all_activity_keeps_the_cell_from_being_printed() -> None:
    rows = plants(4)
    for row in rows:
        row["activity"] = 1000.0 if row["enterprise_id"] == "e00" else 10.0
    assert one(rows)["suppression_reason"] == "DOMINATED"


def test_non_detects_stay_and_are_counted() -> None:
    rows = plants(4)
    for row in rows[:4]:
        row["emission_limit_kg"], row["emission_kg"] = row["emission_kg"], np.nan
    found, all_seen = one(rows), one(plants(4))
    assert found["nondetect_rate"] == pytest.approx(0.25) and found["n_observations"] == 16
    assert found["factor_activity_weighted"] < all_seen["factor_activity_weighted"]
    nothing = one([{"emission_limit_kg": 1.0, "enterprise_id": f"e{k}"} for k in range(4)])
    assert np.isnan(nothing["factor"]) and np.isnan(nothing["factor_activity_weighted"]) and nothing["rating"] is None
    assert nothing["suppression_reason"] == "NO-DETECT" and not nothing["is_published"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"activity": 0.0, "emission_kg": 1.0}, "ACTIVITY-ZERO"),
        ({"activity": -5.0, "emission_kg": 1.0}, "ACTIVITY-NEGATIVE"),
        ({"activity": np.nan, "emission_kg": 1.0}, "ACTIVITY-UNKNOWN"),
        ({"emission_kg": -1.0}, "EMISSION-NEGATIVE"),
        ({}, "EMISSION-UNKNOWN"),
        ({"emission_kg": 0.0}, "EMISSION-ZERO"),
        ({"emission_kg": 1.0, "activity_unit": "m3"}, "UNIT-MIXED"),
        ({"emission_kg": 1.0, "load_share": 0.74}, "LOAD-LOW"),
        ({"emission_kg": 1.0, "qc_level": "C"}, "QC-LEVEL"),
        ({"emission_kg": 1.0, "method": "factor"}, "METHOD-NOT-MEASURED"),
        ({"emission_kg": 1.0, "load_share": 0.75}, ""),
        ({"emission_kg": 1.0, "load_share": np.nan}, ""),
        ({"emission_limit_kg": 1.0}, ""),
    ],
)
def test_reasons(row: dict, code: str) -> None:
    table = pairs([{"emission_kg": 1.0}, {"emission_kg": 1.0}, row])
    assert factor_pairs.reasons(table, [0, 0, 0], 0.75) == ["", "", code]


def test_a_cell_of_refused_pairs_has_no_value() -> None:
    found = one([{"emission_kg": 1.0, "qc_level": "C"}])
    assert (
        found["n_observations"] == 0
        and found["n_refused"] == 1
        and np.isnan(found["factor"])
        and not found["is_published"]
    )


def test_an_outlier_is_flagged_and_not_dropped() -> None:
    rows = [*plants(1, quarters=8, sigma=0.1), {"emission_kg": 1e5, "enterprise_id": "e00", "period": "2026Q1"}]
    found = one(rows)
    assert found["n_outliers"] == 1 and found["n_observations"] == 9


def test_scale_order_and_company_do_not_matter() -> None:
    rows = plants(5)
    table = derive(pairs(rows), PARAMETERS, BUILD)
    scaled = derive(pairs([row | {"emission_kg": row["emission_kg"] * 1000.0} for row in rows]), PARAMETERS, BUILD)
    for name in ("factor", "ci_low", "ci_high", "prediction_high", "factor_activity_weighted", "weighted_low"):
        assert scaled[name][0].as_py() == pytest.approx(1000.0 * table[name][0].as_py(), rel=1e-9)
    beside = rows + [row | {"pollutant_id": "a"} for row in plants(4, seed=2)]
    again = derive(pairs(beside[::-1]), PARAMETERS, BUILD).to_pylist()
    assert [row["pollutant_id"] for row in again] == ["a", "x"] and str(again[1]) == str(table.to_pylist()[0])
    assert derive(pairs(rows).slice(0, 0), PARAMETERS, BUILD).num_rows == 0


def test_ratings_are_a_function_of_the_data() -> None:
    low, high = np.ones(7), np.array([1.9, 2.1, 3, 3, 3, 3, 1.5])
    letters = factor_rating.ratings(
        [10, 10, 5, 3, 2, 5, 12], low, high, [0, 0, 0, 0, 0, 1, 0], [0, 0, 0, 0, 0, 0, 1], 2.0
    )
    assert letters == ["A", "B", "B", "C", "D", "D", "B"]
    index = factor_rating.factor_quality_index([100, 75, np.nan], [16, 3, 4])
    assert index[:2] == pytest.approx([0.25, 100 / 75 / 3**0.5]) and np.isnan(index[2])
    assert factor_rating.representativeness(index, 0.3, 0.58) == ["high", "poor", "not_assessed"]
    assert factor_rating.suppression([3, 2, 3, 3], [0.8, 0.5, 0.81, 0.4], 3, 0.8) == [
        "",
        "FEW-ENTERPRISES",
        "DOMINATED",
        "",
    ]


def test_the_bootstrap_by_all_draws_of_three_plants() -> None:
    """Ends lie among the 10 ratios that three plants can give, and equal plants have no width."""
    e, a = np.array([1.0, 4.0, 9.0]), np.array([1.0, 2.0, 3.0])
    low, high = cluster_bootstrap.ratio_interval(e, a, [0, 0, 0], 1, draws=4000, seed=1)
    assert low[0] == pytest.approx(1.0) and high[0] == pytest.approx(3.0)
    same = cluster_bootstrap.ratio_interval([2.0] * 4, [1.0] * 4, [0] * 4, 2, draws=100, seed=1)
    assert same[0][0] == same[1][0] == 2.0 and np.isnan(same[0][1])
    alone = cluster_bootstrap.ratio_interval(e, a, [0, 0, 0], 1, draws=500, seed=3)
    beside = cluster_bootstrap.ratio_interval(
        [*e, 5, 6, 7, 8], [*a, 1, 1, 1, 1], [0, 0, 0, 1, 1, 1, 1], 2, draws=500, seed=3
    )
    assert alone[0][0] == beside[0][0], "what else is there does not change a cell"


def test_five_hundred_cells_eight_quarters_fifty_pollutants_in_time() -> None:
    """Issue: under 20 s; here a tenth of the cells, so under 2 s with room for a slow machine."""
    draw = np.random.default_rng(1)
    cells, quarters, pollutants, size = 50, 8, 50, 4
    n = cells * quarters * pollutants * size
    number = np.arange(n)
    table = pa.table(
        {name: pa.array(["x"] * n) for name in CELL if name not in ("process_id", "pollutant_id")}
        | {
            "process_id": [f"p{k}" for k in number % cells],
            "pollutant_id": [f"s{k}" for k in number // cells % pollutants],
            "enterprise_id": [f"e{k}" for k in number // (cells * pollutants) % size],
            "period": [f"2025Q{k}" for k in number // (cells * pollutants * size)],
            "emission_kg": draw.lognormal(0, 0.6, n),
            "emission_limit_kg": np.full(n, np.nan),
            "activity": np.full(n, 10.0),
            "activity_unit": pa.array(["t"] * n),
            "load_share": np.full(n, 0.9),
            "qc_level": pa.array(["A"] * n),
            "method": pa.array(["automatic"] * n),
        }
    )
    start = time.process_time()
    found = derive(table, PARAMETERS, BUILD)
    assert found.num_rows == cells * pollutants and time.process_time() - start < 2.0
