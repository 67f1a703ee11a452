"""The index from tables: scores of areas and years, order of rows, missing values, caps, contributions, diagnostics."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from ehpilot.kernels import green_index

INDICATORS = pa.table(
    {
        "indicator_id": ["Q1", "Q2", "R1", "M1", "I1", "P1"],
        "dimension": [
            "environment_quality",
            "environment_quality",
            "risk_prevention",
            "management_innovation",
            "industry_development",
            "public_participation",
        ],
        "direction": ["benefit", "cost", "cost", "benefit", "cost", "benefit"],
        "target": [95.0, 20, 0, 100, 0.3, 35],
        "floor": [80.0, 30, 5, 70, 0.8, 18.8],
        "weight_within": [0.6, 0.4, 1, 1, 1, 1],
        "dimension_weight": [0.3, 0.3, 0.3, 0.2, 0.1, 0.1],
    }
)
PARAMETERS = pa.table(
    {
        "parameter_id": [
            "index.least_coverage",
            "index.least_dimension",
            "index.draws",
            "index.weight_concentration",
            "index.correlation_limit",
            "index.skewness_limit",
            "index.kurtosis_limit",
            "index.least_units",
        ],
        "value": [0.75, 1.0, 200.0, 50.0, 0.9, 2.0, 3.5, 5.0],
    }
)
BUILD = pa.table({"seed": pa.array([3], pa.int32())})
LEVELS = pa.table({"level": ["excellent", "good", "medium", "poor"], "threshold": [90.0, 75.0, 60.0, 0.0]})
NO_CAPS = pa.Table.from_pylist(
    [], pa.schema([("area_id", pa.string()), ("year", pa.int32()), ("scope", pa.string()), ("cap", pa.float64())])
)
ROWS = [
    ("zone", "area", year, name, value)
    for year, step in ((2024, 0.0), (2025, 1.0))
    for name, value in (
        ("Q1", 90 + step),
        ("Q2", 24 - step),
        ("R1", 1.0),
        ("M1", 88 + step),
        ("I1", 0.5),
        ("P1", 25 + step),
    )
] + [
    (area, "park", 2025, name, value)
    for area, good in (("p1", 1.0), ("p2", 0.0))
    for name, value in (
        ("Q1", 84 + 8 * good),
        ("Q2", 28 - 6 * good),
        ("R1", 3 - 2 * good),
        ("M1", 80 + 10 * good),
        ("I1", 0.6),
        ("P1", 22.0),
    )
]


def values(rows: list[tuple] = ROWS) -> pa.Table:
    """Values as the model gives them."""
    names = ("area_id", "rank_group", "year", "indicator_id", "value")
    kinds = (pa.string(), pa.string(), pa.int32(), pa.string(), pa.float64())
    columns = list(zip(*rows, strict=True)) if rows else [()] * 5
    return pa.table([pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)], names=names)


def scored(rows: list[tuple] = ROWS, caps: pa.Table = NO_CAPS) -> dict[tuple[str, int], dict]:
    """Scores by area and year."""
    found = green_index.score(values(rows), INDICATORS, caps, LEVELS, PARAMETERS, BUILD).to_pylist()
    return {(row["area_id"], row["year"]): row for row in found}


def test_a_zone_by_hand() -> None:
    row = scored()[("zone", 2024)]
    environment = 0.6 * (10 / 15 * 100) + 0.4 * 60
    assert row["environment_quality"] == pytest.approx(environment) and row["risk_prevention"] == pytest.approx(80)
    parts = np.array([environment, 80, 60, 60, (25 - 18.8) / 16.2 * 100])
    assert row["index"] == pytest.approx(np.exp(np.log(parts) @ [0.3, 0.3, 0.2, 0.1, 0.1]))
    assert row["level"] == "medium" and row["coverage_share"] == pytest.approx(1.0)
    assert row["index_low"] <= row["index"] <= row["index_high"]


def test_areas_are_ranked_among_their_kind_and_year() -> None:
    found = scored()
    assert [found[key]["rank"] for key in (("p1", 2025), ("p2", 2025), ("zone", 2024), ("zone", 2025))] == [1, 2, 1, 1]
    assert (found[("p1", 2025)]["rank_low"], found[("p1", 2025)]["rank_high"]) == (1, 1)


def test_a_missing_dimension_is_not_rated_and_a_missing_indicator_is_carried() -> None:
    gone = [row for row in ROWS if not (row[0] == "zone" and row[2] == 2025 and row[3] in ("P1", "Q1"))]
    row = scored(gone)[("zone", 2025)]
    assert row["level"] == "not_rated" and np.isnan(row["index"]) and row["rank"] is None
    assert np.isnan(row["environment_quality"]), "0.4 of the weight is too little"
    unknown = [(*row[:4], np.nan) if row[0] == "zone" and row[3] == "Q2" else row for row in ROWS]
    assert np.isnan(scored(unknown)[("zone", 2025)]["environment_quality"]), "0.6 is too little as well"


def test_vetoes_cap_the_index_or_a_dimension() -> None:
    caps = pa.Table.from_pylist(
        [
            {"area_id": "zone", "year": 2025, "scope": "index", "cap": 60.0},
            {"area_id": "zone", "year": 2025, "scope": "index", "cap": 75.0},
            {"area_id": "p1", "year": 2025, "scope": "environment_quality", "cap": 60.0},
            {"area_id": "nowhere", "year": 2025, "scope": "index", "cap": 1.0},
        ],
        NO_CAPS.schema,
    )
    found = scored(caps=caps)
    assert found[("zone", 2025)]["index"] == 60.0 < found[("zone", 2025)]["index_uncapped"]
    assert found[("p1", 2025)]["environment_quality"] == 60.0


def test_rows_in_another_order_make_the_same_table() -> None:
    one, two = (
        green_index.score(values(rows), INDICATORS, NO_CAPS, LEVELS, PARAMETERS, BUILD) for rows in (ROWS, ROWS[::-1])
    )
    assert str(one.to_pylist()) == str(two.to_pylist())
    turned = INDICATORS.take([5, 4, 3, 2, 1, 0])
    assert str(green_index.score(values(), turned, NO_CAPS, LEVELS, PARAMETERS, BUILD).to_pylist()) == str(
        one.to_pylist()
    )


def test_contributions_sum_to_index_and_change() -> None:
    found = green_index.contribute(values(), INDICATORS, PARAMETERS).to_pylist()
    index = scored()
    for key, row in index.items():
        part = [line for line in found if (line["area_id"], line["year"]) == key]
        assert sum(line["contribution"] for line in part) == pytest.approx(row["index_uncapped"])
        change = [line["change_from_last_year"] for line in part]
        if key == ("zone", 2025):
            assert sum(change) == pytest.approx(row["index"] - index[("zone", 2024)]["index"])
        else:
            assert np.isnan(change).all()


def test_diagnostics_of_few_units_refuse_what_has_no_base() -> None:
    found = {row["indicator_id"]: row for row in green_index.diagnose(values(), INDICATORS, PARAMETERS).to_pylist()}
    assert found["Q1"]["entropy_refusal"] == "FEW-UNITS" and np.isnan(found["Q1"]["critic_weight"])
    assert found["Q1"]["correlated_with"] == ["Q2"] and "correlated" in found["Q1"]["flags"]
    assert found["Q1"]["index_change_without"] > 0 and np.isnan(found["R1"]["index_change_without"])
    assert np.isnan(found["Q1"]["effective_weight"]), "four units"


def test_copies_of_the_zone_say_nothing_of_correlation() -> None:
    """Parks that inherit Q1 and Q2 from the zone: of the zone's own two years alone there is no correlation."""
    copied = [
        (*row[:4], row[4] if row[0] == "zone" or row[3] not in ("Q1", "Q2") else {"Q1": 91.0, "Q2": 23.0}[row[3]])
        for row in ROWS
    ]
    table = values(copied)
    marks = [row[0] != "zone" and row[3] in ("Q1", "Q2") for row in copied]
    marked = table.append_column("is_imputed", pa.array(marks))
    plain, own = (
        {row["indicator_id"]: row for row in green_index.diagnose(one, INDICATORS, PARAMETERS).to_pylist()}
        for one in (table, marked)
    )
    assert plain["Q1"]["n"] == 4 and "correlated" in plain["Q1"]["flags"]
    assert own["Q1"]["n"] == 2 and own["Q1"]["correlated_with"] == [] and str(own["M1"]) == str(plain["M1"])
    assert own["Q1"]["index_change_without"] == plain["Q1"]["index_change_without"]


def test_data_weigh_what_all_rated_units_know() -> None:
    """Twelve parks: none knows Q2 (0.4 of its dimension), one does not know M1 and has no index; a thirteenth has one
    indicator. Eleven are left, and the five indicators that all of these know."""
    draw = np.random.default_rng(5)
    usual = {"Q1": (85.0, 1.0), "R1": (1.0, 0.1), "M1": (85.0, 1.0), "I1": (0.4, 0.05), "P1": (22.0, 1.0)}
    rows = [
        (f"p{number:02d}", "park", 2025, name, value + float(draw.uniform(0, 3)) * scale)
        for number in range(12)
        for name, (value, scale) in usual.items()
        if (number, name) != (3, "M1")
    ]
    half = PARAMETERS.set_column(1, "value", pa.array([0.5, *PARAMETERS["value"].to_pylist()[1:]]))
    table = green_index.diagnose(values([*rows, ("p99", "park", 2025, "Q1", 90.0)]), INDICATORS, half)
    found = {row["indicator_id"]: row for row in table.to_pylist()}
    for method in ("entropy", "critic", "combined"):
        weights = {name: row[f"{method}_weight"] for name, row in found.items()}
        assert np.isnan(weights.pop("Q2")) and sum(weights.values()) == pytest.approx(1.0), method
        assert all(weight > 0 for weight in weights.values())
    assert found["Q1"]["entropy_refusal"] is None
    few = green_index.diagnose(values(rows[:20]), INDICATORS, half).to_pylist()
    assert {row["entropy_refusal"] for row in few} == {"FEW-UNITS"}


def test_nothing_gives_nothing() -> None:
    assert green_index.score(values([]), INDICATORS, NO_CAPS, LEVELS, PARAMETERS, BUILD).num_rows == 0
    assert green_index.contribute(values([]), INDICATORS, PARAMETERS).num_rows == 0
    assert green_index.diagnose(values([]), INDICATORS, PARAMETERS)["flags"].to_pylist() == [["no_data"]] * 6
