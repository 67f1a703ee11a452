"""The inventory of the demo recounted from its claims and reference values by other means (pandas, geodesics).

Belongs here: the equations of screening and accounting once more, written without the models and kernels. Does not
belong here: hand-made cases (``tests/dbt_inventory``).
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable

import duckdb
import numpy as np
import pandas as pd
import pytest

from ehpilot.project import DBT_DIR
from tests.area import Area

TIER = {
    "automatic": 1,
    "manual_monitoring": 2,
    "mass_balance": 3,
    "formula": 4,
    "factor": 5,
    "analogy": 6,
    "reported": 7,
}
KEY = ["enterprise_id", "outlet_id", "medium", "pollutant_id", "year"]
BARRED = (
    "HELD-LEGAL-ENTITY", "SHARED-OUT", "UNIT-SLIP", "PERIOD-COVERED", "VALUE-MISSING", "UNIT-NOT-MASS",
    "WORKSHOP-UPSTREAM", "LEAKS-PART", "STAGE-PART", "BALANCE-METERING",
)  # fmt: skip

Read = Callable[[str], pd.DataFrame]


@pytest.fixture(scope="module")
def read(demo: Area) -> Read:
    """``read(table)`` → frame of a table of the demo's first edition."""
    path = demo.latest / "marts.duckdb"

    def table(name: str) -> pd.DataFrame:
        with duckdb.connect(str(path), read_only=True) as con:
            return con.execute(f"select * from {name}").df()

    return table


def _seed(name: str) -> list[dict[str, str]]:
    with (DBT_DIR / "seeds" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _half_widths_and_means() -> tuple[dict[str, float], dict[str, float]]:
    """U of each grade, and the mean over the value: 1, but for a value that is a median known to a factor."""
    width, mean = {}, {}
    for row in _seed("methods/emission_uncertainty"):
        variance = (math.log(float(row["span_factor"] or 1)) / 1.96) ** 2
        width[row["quality"]] = 1.96 * math.sqrt(math.expm1(variance)) if variance else float(row["half_width"])
        mean[row["quality"]] = math.exp(variance / 2)
    return width, mean


def _ends(half_width: float) -> tuple[float, float]:
    if half_width / 1.96 <= 0.3:
        return 1 - half_width, 1 + half_width
    variance = math.log(1 + (half_width / 1.96) ** 2)
    return tuple(math.exp(-variance / 2 + side * 1.96 * math.sqrt(variance)) for side in (-1, 1))  # type: ignore


def test_the_best_complete_method_wins_and_outlets_never_stand_beside_their_site(read: Read) -> None:
    claims = read("inventory.emission_claim")
    eligible = claims[~claims["rule"].isin(BARRED)].assign(
        cost=lambda c: c["method"].map(TIER) + 100 * (c["month_count"] < 12),
        kind=lambda c: c["outlet_id"].str.split(":").str[1],
    )
    best = eligible.sort_values("cost").groupby(KEY, as_index=False).first()
    expected = set()
    for _, group in best.groupby(["enterprise_id", "medium", "pollutant_id", "year"]):
        named = group[~group["kind"].isin(["site", "fugitive", "unknown"])]
        ways = {"outlet": named, "unknown": group[group["kind"] == "unknown"], "site": group[group["kind"] == "site"]}
        cost = {
            way: 100 * (rows["month_count"] < 12).any() + rows["method"].map(TIER).max() if len(rows) else 999
            for way, rows in ways.items()
        }
        fugitive = group[group["kind"] == "fugitive"]
        if cost["site"] < min(cost["outlet"], cost["unknown"]):
            kept = ways["site"]
        else:
            kept = pd.concat([ways["outlet" if cost["outlet"] <= cost["unknown"] else "unknown"], fugitive])
        expected |= set(kept[KEY].itertuples(index=False, name=None))
    winners = claims[claims["is_winner"]]
    assert set(winners[KEY].itertuples(index=False, name=None)) == expected
    assert set(read("inventory.emission")[KEY].itertuples(index=False, name=None)) == expected


def test_intervals_of_rows_and_of_totals_whose_terms_share_errors(read: Read) -> None:
    width, mean = _half_widths_and_means()
    rows = read("inventory.emission")
    low, high = zip(*(_ends(width[quality]) for quality in rows["quality"]), strict=True)
    rows["mean"] = rows["emission_t"] * rows["quality"].map(mean)
    # stages of one outlet add up with an interval of their sum
    winners = read("inventory.emission_claim").query("is_winner").groupby(KEY).size()
    single = winners.loc[list(rows[KEY].itertuples(index=False, name=None))].to_numpy() == 1
    assert single.any()
    assert np.allclose(rows["emission_low_t"][single], (rows["mean"] * low)[single])
    assert np.allclose(rows["emission_high_t"][single], (rows["mean"] * high)[single])
    sites = read("core.dim_enterprise")[["enterprise_id", "park_id", "industry_code"]]
    shared = {row["method"]: row["errors_shared_by"] for row in _seed("methods/emission_correlation")}
    rows = rows.merge(sites, on="enterprise_id")
    source = {
        "site": rows["enterprise_id"],
        "industry": rows["industry_code"].fillna(""),
        "all": pd.Series("", rows.index),
    }
    rows["group"] = [f"{m}|{source[shared[m]][i]}" for i, m in rows["method"].items()]
    rows["error"] = rows["quality"].map(width) * rows["mean"]
    totals = read("inventory.emission_total").set_index(["scope_kind", "scope_id", "medium", "pollutant_id", "year"])
    for kind, column in (("enterprise", "enterprise_id"), ("park", "park_id")):
        for key, terms in rows.fillna({"park_id": "unknown"}).groupby([column, "medium", "pollutant_id", "year"]):
            found, value = totals.loc[(kind, *key)], terms["emission_t"].sum()
            assert found["emission_t"] == pytest.approx(value)
            if value > 0:
                centre = terms["mean"].sum()
                half_width = math.sqrt((terms.groupby("group")["error"].sum() ** 2).sum()) / centre
                low_end, high_end = (centre * end for end in _ends(half_width))
                ends = [min(low_end, value), max(high_end, value)]
                assert [found["half_width"], found["emission_low_t"], found["emission_high_t"]] == pytest.approx(
                    [half_width, *ends]
                )


def _two_digits(weight: float) -> float:
    """Two significant figures, halves up, as a shopkeeper rounds."""
    step = 10.0 ** (math.floor(math.log10(weight) + 1e-12) - 1)
    return round(math.floor(weight / step + 0.5 + 1e-9) * step, 12)


def test_toxicity_weights_of_every_chosen_value(read: Read) -> None:
    weak = {r["cas_no"] for r in _seed("chemicals/evidence_class") if r["class"] in ("C", "D", "E")
            and r["verified"] != "doubtful"}  # fmt: skip
    values = read("core.toxicity_value").query("is_chosen")
    weights = read("core.toxicity_weight").set_index("pollutant_id")
    checked = 0
    for pollutant, rows in values.groupby("pollutant_id"):
        lenders = rows.query("use_class == 'cancer'")["transferred_from"].fillna(pollutant)
        divisor, inhaled, eaten = (10 if set(lenders) & weak else 1), [], []
        for row in rows.itertuples():
            if (row.value_type, row.unit) == ("IUR", "(ug/m3)-1"):
                inhaled.append(row.value * 1000 / 2.8e-7 / divisor)
            elif (row.value_type, row.unit) == ("SF", "(mg/(kg.d))-1"):
                eaten.append(row.value / 1e-6 / divisor)
            elif (row.use_class, row.route, row.unit) == ("chronic", "inhalation", "mg/m3"):
                inhaled.append(3.5 / row.value)
            elif (row.use_class, row.route, row.unit) == ("chronic", "oral", "mg/(kg.d)"):
                eaten.append(1 / row.value)
        if inhaled or eaten:
            both = [max(_two_digits(w) for w in own or other) for own, other in ((inhaled, eaten), (eaten, inhaled))]
            found = weights.loc[pollutant]
            assert [found["inhalation_weight"], found["oral_weight"]] == pytest.approx(both), pollutant
            checked += 1
    assert checked > 100


def test_sources_and_pollutants_are_scored_ranked_and_cut(read: Read) -> None:
    pollutants = read("inventory.risk_pollutant")
    criteria = (
        pollutants[["hazard_score", "emission_score", "exposure_score", "detection_score"]].astype(float).to_numpy()
    )
    weights, known = np.array([0.35, 0.25, 0.25, 0.15]), ~np.isnan(criteria)
    total = known @ weights
    scored = (total >= 0.6 - 1e-9) & known[:, 0] & pollutants["is_present"].to_numpy(bool)
    score = np.where(scored, np.nansum(criteria * weights, axis=1) / np.maximum(total, 1e-9), np.nan)
    assert np.allclose(pollutants["score"].astype(float), score, equal_nan=True)
    member = pollutants["is_present"] & (pollutants["is_listed"] | (score >= 3.0))
    assert (member == pollutants["is_risk_pollutant"]).all()
    ranked = pollutants[member & scored].sort_values(
        ["score", "hazard_score", "exposure_sum", "pollutant_id"], ascending=[False, False, False, True]
    )
    assert ranked["rank"].tolist() == list(range(1, len(ranked) + 1))
    assert pollutants["rank"].notna().sum() == len(ranked)
    assert (pollutants["is_high_risk"] == (pollutants["rank"] <= 16).fillna(False)).all()
    sources = read("inventory.risk_source")
    value, of_all_media = sources["toxicity_people"], sources["toxicity_weighted_kg"] * sources["population_within_3km"]
    to_water = sources["reason_codes"].map(lambda codes: "UNKNOWN-RECEIVING-BODY" in codes)
    assert np.allclose(value[~to_water], of_all_media[~to_water], equal_nan=True)
    assert (value[to_water] < of_all_media[to_water])[value[to_water].notna()].all()
    known_values = value.dropna().to_numpy()
    percentile = [np.nan if np.isnan(v) else 100 * (known_values < v).sum() / (len(known_values) - 1) for v in value]
    assert np.allclose(sources["score"].astype(float), percentile, equal_nan=True)
    floor = np.where(sources["is_incomplete"], "medium", "low")
    band = np.select([sources["score"] >= 80, sources["score"] >= 50], ["high", "medium"], floor)
    assert (sources["band"] == band)[sources["score"].notna()].all()
    assert sources["band"].isna().equals(sources["score"].isna()), "unknown is not low"
