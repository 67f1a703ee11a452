"""Monte Carlo of risks: closed forms, shared errors, no spread, another seed, unknown values. Equations:
test_risk_equations."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from ehpilot.kernels import risk_draws
from ehpilot.kernels.normal_draws import pearson_of_rank_correlation
from ehpilot.kernels.risk_model import unique_rows

SPREADS = {
    "screening.spread_factor": 10.0,
    "risk.draws": 10000.0,
    "risk.dispersion_log_sd": 0.0,
    "risk.cancer_potency_log_sd": 0.0,
    "risk.reference_value_log_sd": 0.0,
    "risk.cancer_low": 1e-6,
    "risk.cancer_attention": 1e-5,
    "risk.cancer_high": 1e-4,
    "risk.hazard_index_attention": 1.0,
    "risk.sensitivity_least_share": 0.01,
}
ROW = pa.schema(
    [(n, pa.string()) for n in ("place_id", "population_group", "pollutant_id", "medium", "route")]
    + [("linear_cancer_risk", pa.float64()), ("hazard_quotient", pa.float64())]
    + [("target_organs", pa.string()), ("is_detailed", pa.bool_())]
)
PART = pa.schema(
    [(n, pa.string()) for n in ("place_id", "medium", "pollutant_id", "input")]
    + [(n, pa.float64()) for n in ("concentration", "low_ratio", "high_ratio")]
    + [("is_modelled", pa.bool_())]
)
EXPOSURE = pa.schema(
    [(n, pa.string()) for n in ("medium", "route", "input")] + [("exponent", pa.float64()), ("log_sd", pa.float64())]
)
PAIR = pa.schema([("input", pa.string()), ("other", pa.string()), ("rank_correlation", pa.float64())])


def row(
    pollutant: str, cancer: float | None, hazard: float | None, organs: str = "liver", **other: Any
) -> dict[str, Any]:
    return {
        "place_id": "R:a", "population_group": "resident_life", "pollutant_id": pollutant, "medium": "ambient_air",
        "route": "inhalation", "linear_cancer_risk": math.nan if cancer is None else cancer,
        "hazard_quotient": math.nan if hazard is None else hazard, "target_organs": organs, "is_detailed": True,
    } | other  # fmt: skip


def part(
    pollutant: str, name: str, amount: float, log_sd: float, modelled: bool = True, **other: Any
) -> dict[str, Any]:
    """A part whose own error is log-normal with median 1."""
    end = math.exp(1.96 * log_sd)
    return {
        "place_id": "R:a", "medium": "ambient_air", "pollutant_id": pollutant, "input": name, "concentration": amount,
        "low_ratio": 1 / end, "high_ratio": end, "is_modelled": modelled,
    } | other  # fmt: skip


def draw(
    rows: list[dict],
    parts: list[dict],
    exposures: list[dict] | None = None,
    pairs: list[dict] | None = None,
    seed: int = 1,
    **spreads: float,
) -> pa.Table:
    values = SPREADS | {name.replace("__", "."): value for name, value in spreads.items()}
    parameters = pa.table({"parameter_id": list(values), "value": list(values.values())})
    return risk_draws.draw_risks(
        pa.Table.from_pylist(rows, ROW), pa.Table.from_pylist(parts, PART),
        pa.Table.from_pylist(exposures or [], EXPOSURE),
        pa.Table.from_pylist(pairs or [], PAIR), parameters, pa.table({"seed": [seed]}),
    )  # fmt: skip


def pick(found: pa.Table, **wanted: str) -> list[dict]:
    return [line for line in found.to_pylist() if all(line[name] == value for name, value in wanted.items())]


def test_a_product_of_log_normals_has_its_closed_form() -> None:
    spread = {"risk__dispersion_log_sd": 0.3, "risk__cancer_potency_log_sd": 0.5}
    found = draw([row("A", 2e-6, None)], [part("A", "factor|x", 4.0, 0.4)], **spread)
    sigma = math.sqrt(0.3**2 + 0.5**2 + 0.4**2)
    wanted = [2e-6 * math.exp(sigma * norm.ppf(p)) for p in (0.05, 0.5, 0.95)]
    (of_row,), (total,) = pick(found, subject="row"), pick(found, subject="total")
    assert [of_row[p] for p in ("p05", "p95")] == pytest.approx(wanted[::2], rel=1e-12)
    assert [total[p] for p in ("p05", "p50", "p95")] == pytest.approx(wanted, rel=0.005)
    assert total["over_1"] == pytest.approx(norm.cdf(math.log(2) / sigma), abs=0.003)
    assert total["over_3"] == pytest.approx(0, abs=1e-3)


def test_a_row_of_several_parts_is_drawn_as_its_total() -> None:
    """A total of one row takes the same draws, all 10,000 of them."""
    parts = [part("A", f"factor|{number}", 1.0 + number, 0.7) for number in range(5)]
    found = draw([row("A", 2e-6, None)], parts, risk__dispersion_log_sd=0.3, risk__cancer_potency_log_sd=0.5)
    (of_row,), (total,) = pick(found, subject="row"), pick(found, subject="total")
    assert [of_row[p] for p in ("p05", "p95")] == pytest.approx([total["p05"], total["p95"]], rel=1e-12)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 3000), st.integers(0, 2**32 - 1), st.booleans(), st.booleans())
def test_ends_are_the_order_statistics(count: int, seed: int, tied: bool, rising: bool) -> None:
    """Of ties, of few draws, and where the first draws are none like the others."""
    draws = np.random.default_rng(seed).lognormal(0, 1, (3, count))
    draws = np.round(draws) if tied else draws
    draws = np.sort(draws, axis=1) if rising else draws
    assert np.array_equal(risk_draws.ends(draws), risk_draws.order_statistics(draws.copy(), risk_draws.ROW_SHARES))


def test_a_correlated_pair() -> None:
    """Intake up and weight up go together: variance of ln (intake / weight) = .5² + .2² - 2 r .5 .2; both have mean
    1."""
    exposures = [
        {"medium": "ambient_air", "route": "inhalation", "input": "intake", "exponent": 1.0, "log_sd": 0.5},
        {"medium": "ambient_air", "route": "inhalation", "input": "weight", "exponent": -1.0, "log_sd": 0.2},
    ]
    pairs = [{"input": "intake", "other": "weight", "rank_correlation": 0.6}]
    found = draw([row("A", None, 1.0)], [part("A", "x", 1.0, 0.0)], exposures, pairs)
    r = float(pearson_of_rank_correlation(0.6))
    sigma, median = math.sqrt(0.25 + 0.04 - 2 * r * 0.1), math.exp(-0.125 + 0.02)
    for subject, tolerance in (("row", 1e-12), ("total", 0.005)):
        (line,) = pick(found, subject=subject)
        assert line["p95"] == pytest.approx(median * math.exp(sigma * norm.ppf(0.95)), rel=tolerance)


def test_without_spread_all_is_the_value_of_the_macros() -> None:
    rows = [row("A", 3e-6, 0.5), row("B", None, 2.0, "liver;kidney"), row("C", 0.02, None, population_group="student")]
    parts = [part("A", "x", 1.0, 0.0), part("A", "y", 3.0, 0.0), part("B", "y", 2.0, 0.0), part("C", "z", 1.0, 0.0)]
    found = draw(rows, parts)
    for line in found.filter(pa.compute.not_equal(found["subject"], "input")).to_pylist():
        assert len({line[p] for p in ("p05", "p50", "p95") if line[p] is not None}) == 1
    total = {(t["population_group"], t["outcome"]): t for t in pick(found, subject="total")}
    assert total["resident_life", "cancer"]["p50"] == pytest.approx(3e-6, rel=1e-13)
    assert total["resident_life", "noncancer"]["p50"] == pytest.approx(2.5, rel=1e-13)
    assert total["resident_life", "noncancer"]["over_1"] == 1
    assert total["student", "cancer"]["p50"] == pytest.approx(1 - math.exp(-0.02), rel=1e-12)
    organs = {line["organ"]: line["p95"] for line in pick(found, subject="organ")}
    assert organs == pytest.approx({"liver": 2.5, "kidney": 2.0}, rel=1e-13)


def test_rows_that_share_an_error_do_not_average_it_away() -> None:
    """One factor error for ten sources is wider than ten errors, and one toxicity draw a pollutant is one."""
    rows = [row(f"P{i}", 1e-6, None) for i in range(10)]
    shared = draw(rows, [part(f"P{i}", "factor|x", 1.0, 0.8) for i in range(10)])
    own = draw(rows, [part(f"P{i}", f"factor|{i}", 1.0, 0.8) for i in range(10)])
    (one,), (ten,) = (pick(found, subject="total") for found in (shared, own))
    assert one["p95"] == pytest.approx(10e-6 * math.exp(0.8 * norm.ppf(0.95)), rel=0.005)
    assert ten["p95"] < 0.65 * one["p95"]
    twice = [row("A", 1e-6, None), row("A", 1e-6, None, medium="drinking_water", route="oral")]
    parts = [part("A", "x", 1.0, 0.0), part("A", "y", 1.0, 0.0, medium="drinking_water", modelled=False)]
    (total,) = pick(draw(twice, parts, risk__cancer_potency_log_sd=0.7), subject="total")
    assert total["p95"] == pytest.approx(2e-6 * math.exp(0.7 * norm.ppf(0.95)), rel=0.005)


def test_dispersion_moves_modelled_parts_alone() -> None:
    parts = [part("A", "x", 1.0, 0.0), part("A", "background", 1.0, 0.0, modelled=False)]
    (total,) = pick(draw([row("A", 2e-6, None)], parts, risk__dispersion_log_sd=0.5), subject="total")
    assert total["p95"] == pytest.approx(1e-6 * (1 + math.exp(0.5 * norm.ppf(0.95))), rel=0.005)


@pytest.mark.parametrize(("scale", "tolerance"), [(1.0, 0.02), (1.8, 0.05)])
def test_another_seed_gives_the_same_95th_percentile(scale: float, tolerance: float) -> None:
    """Within 2 % where the total's log-sd is up to 0.8, else 5 %: ten seeds against their mean."""
    random = np.random.default_rng(3)
    rows, parts = [], []
    for number in range(30):
        rows.append(row(f"P{number}", float(random.lognormal(-14, 1.5)), None, is_detailed=False))
        for source in range(4):
            parts.append(part(f"P{number}", f"factor|{(number + source) % 17}", float(random.random()), 0.5 * scale))
    spreads = {"risk__dispersion_log_sd": 0.35 * scale, "risk__cancer_potency_log_sd": 0.59 * scale}
    totals = [pick(draw(rows, parts, seed=seed, **spreads), subject="total")[0] for seed in range(10)]
    log_sd = math.log(totals[0]["p95"] / totals[0]["p50"]) / norm.ppf(0.95)
    assert (log_sd <= 0.8) == (scale == 1.0)
    p95 = np.array([total["p95"] for total in totals])
    assert np.abs(p95 / p95.mean() - 1).max() < tolerance


def test_what_the_spread_comes_from() -> None:
    """Variance shares of a product are the squared log-sds over their sum; Spearman's ρ of normals is 6/π
    arcsin(r/2)."""
    found = draw(
        [row("A", 1e-6, None)], [part("A", "x", 1.0, 0.6)], risk__dispersion_log_sd=0.3, risk__cancer_potency_log_sd=0.2
    )
    share = {line["input"]: line for line in pick(found, subject="input")}
    assert set(share) == {"x", "dispersion", "toxicity:A"}
    total = 0.36 + 0.09 + 0.04
    assert share["x"]["variance_share"] == pytest.approx(0.36 / total, abs=0.03)
    r = 0.6 / math.sqrt(total)
    assert share["x"]["rank_correlation"] == pytest.approx(6 / math.pi * math.asin(r / 2), abs=0.02)
    assert sum(line["variance_share"] for line in share.values()) == pytest.approx(1)


def test_sobol_indices_of_the_largest_total() -> None:
    """Of a product of log-normals S1 is (exp σi² - 1) / (exp Σσ² - 1) (Sobol 2001); other totals have none."""
    rows = [row("A", 1e-6, None), row("A", 1e-7, None, place_id="R:b")]
    parts = [part("A", "x", 1.0, 0.6), part("A", "x", 1.0, 0.6, place_id="R:b")]
    found = draw(rows, parts, risk__dispersion_log_sd=0.3)
    index = {(line["place_id"], line["input"]): line["sobol_first"] for line in pick(found, subject="input")}
    whole = math.expm1(0.45)
    assert index["R:a", "x"] == pytest.approx(math.expm1(0.36) / whole, abs=0.02)
    assert index["R:a", "dispersion"] == pytest.approx(math.expm1(0.09) / whole, abs=0.02)
    assert index["R:b", "x"] is None


def test_unknown_toxicity_has_no_percentile_and_no_place_without_parts() -> None:
    rows = [row("A", None, None), row("B", 1e-6, None), row("C", 1e-6, 1.0)]
    found = draw(rows, [part("A", "x", 1.0, 0.1), part("B", "x", 1.0, 0.1)])
    assert {(line["pollutant_id"], line["outcome"]) for line in pick(found, subject="row")} == {("B", "cancer")}
    assert [line["outcome"] for line in pick(found, subject="total")] == ["cancer"]
    assert draw([], []).num_rows == 0


def test_blocks_and_the_order_of_rows_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, parts = [], []
    for place in range(9):
        for pollutant in "ABC":
            rows.append(row(pollutant, 1e-6 * (place + 1), 0.1, place_id=f"C:{place}"))
            parts += [part(pollutant, name, 1.0 + place, 0.5, place_id=f"C:{place}") for name in ("x", "y")]
    whole = draw(rows, parts)
    monkeypatch.setattr(risk_draws, "BLOCK_PLACES", 2)
    assert _sorted(draw(rows[::-1], parts[::-1])) == pytest.approx(_sorted(whole), rel=1e-12)


@pytest.mark.parametrize("cores", [1, 8])
def test_the_bits_do_not_depend_on_the_cores(cores: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row(p, 1e-6 * (n + 1), 0.1, place_id=f"C:{n}") for n in range(6) for p in "AB"]
    parts = [part(p, name, 1.0, 0.5, place_id=f"C:{n}") for n in range(6) for p in "AB" for name in ("x", "y")]
    monkeypatch.setattr(risk_draws, "BLOCK_PLACES", 2)
    whole = draw(rows, parts)
    monkeypatch.setattr("os.cpu_count", lambda: cores)
    found = draw(rows, parts)
    assert found.schema == whole.schema
    for name in whole.column_names:  # a quantile that is unknown is NaN, which equals nothing
        np.testing.assert_array_equal(found[name].to_numpy(), whole[name].to_numpy())


def _sorted(found: pa.Table) -> list[float]:
    keys = [(name, "ascending") for name in found.column_names[:9]]
    return [line["p95"] for line in found.sort_by(keys).to_pylist() if line["subject"] != "input"]


@settings(max_examples=15, deadline=None)
@given(st.floats(1e-9, 1e-4), st.floats(1.1, 50), st.floats(0.0, 1.0))
def test_percentiles_rise_with_the_dose(risk: float, factor: float, log_sd: float) -> None:
    low, high = (
        pick(draw([row("A", value, None)], [part("A", "x", 1.0, log_sd)], risk__draws=256.0), subject="total")[0]
        for value in (risk, risk * factor)
    )
    assert low["p05"] < high["p05"] and low["p95"] < high["p95"] and low["over_1"] <= high["over_1"]


@settings(max_examples=10, deadline=None)
@given(st.floats(1e-6, 1e6))
def test_the_unit_of_the_parts_does_not_matter(unit: float) -> None:
    amounts = [1.0, 3.0]
    one, other = (
        draw([row("A", 1e-6, 0.2)], [part("A", f"x{i}", a * u, 0.4) for i, a in enumerate(amounts)], risk__draws=256.0)
        for u in (1.0, unit)
    )
    assert _sorted(other) == pytest.approx(_sorted(one), rel=1e-9)


def test_distinct_rows_are_numbered_in_their_order() -> None:
    first, number = unique_rows([np.array([2, 1, 2, 1]), np.array([0.5, 0.1, 0.5, 0.2])])
    assert first.tolist() == [1, 3, 0] and number.tolist() == [2, 0, 2, 1]
