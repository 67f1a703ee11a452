"""Methods for non-detects over real results: metals in the air of Minneapolis with a limit and a censor mark each,
and PFAS in waste water and surface water written as ``< 5.05``.

The figures are checked by other algorithms than ours: the self-consistent distribution (Turnbull 1976) for
Kaplan–Meier, SciPy's likelihood for the maximum. Does not belong here: published sets (tests/kernels), files through
the intake (the other tests here).
"""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import openpyxl
import pyarrow as pa
import pytest
from scipy import stats

from ehpilot.kernels import censored, censored_fit, monitoring_statistics
from tests.kernels.test_monitoring_statistics import PARAMETERS

Sample = tuple[np.ndarray, np.ndarray]


@pytest.fixture(scope="module")
def metals(real: Path) -> dict[tuple[str, str, str], Sample]:
    """Values or limits and marks by site, metal and year. A non-detect stands in the file as 0."""
    rows = defaultdict(list)
    with (real / "us_mn_air_toxics_nondetect" / "nm_air_data.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            is_detect = row["Censored"] != "TRUE"
            number = float(row["Result"] if is_detect else row["DetectionLimit"])
            rows[row["MPCA_SITE_ID"], row["Pollutant"], row["date"][:4]].append((number, is_detect))
    return {
        key: (np.array([row[0] for row in found]), np.array([row[1] for row in found])) for key, found in rows.items()
    }


def test_every_sample_of_metals_has_all_methods_and_one_that_counts(metals: dict[tuple[str, str, str], Sample]) -> None:
    table = _table(metals)
    found = monitoring_statistics.estimate_means(table, PARAMETERS).to_pylist()
    chosen = [row for row in found if row["is_preferred"]]
    assert len(chosen) == len(metals)
    assert {row["method"] for row in chosen} >= {"half_limit", "kaplan_meier", "none"}
    summary = monitoring_statistics.summarise(table, PARAMETERS).to_pylist()
    assert sum(row["n"] for row in summary) == table.num_rows
    censored_share = 1 - sum(row["n_detected"] for row in summary) / table.num_rows
    assert censored_share == pytest.approx(0.502, abs=0.001), "the data's README counts 50.2 % censored"
    for row in summary:
        if row["statistic_method"] in ("half_limit", "kaplan_meier"):
            assert row["mean_low"] * (1 - 1e-9) <= row["mean"]
        if row["n_detected"] >= 4 and row["n"] >= 8:
            assert row["ucl95"] > row["mean_low"]


def test_kaplan_meier_is_the_self_consistent_distribution(metals: dict[tuple[str, str, str], Sample]) -> None:
    for values, detected in list(metals.values())[::9]:
        found = censored.kaplan_meier(values, detected)
        if found is not None:
            assert found.mean == pytest.approx(_self_consistent_mean(values, detected), rel=1e-6)


def test_no_other_curve_is_likelier(metals: dict[tuple[str, str, str], Sample]) -> None:
    usable = [s for s in metals.values() if np.unique(s[0][s[1]]).size > 1 and (s[0] > 0).all()]
    starts = np.cumsum([0, *(values.size for values, _ in usable)])[:-1]
    fit = censored_fit.fit_lognormal(
        np.concatenate([s[0] for s in usable]), np.concatenate([s[1] for s in usable]), starts
    )
    assert np.isfinite(fit.mean).all() and (fit.standard_error > 0).all()
    for place in range(0, len(usable), 11):
        values, detected = usable[place]
        ours = _likelihood(values, detected, fit.mu[place], fit.sigma[place])
        for shift in (-0.01, 0.01):
            assert ours >= _likelihood(values, detected, fit.mu[place] + shift, fit.sigma[place])
            assert ours >= _likelihood(values, detected, fit.mu[place], fit.sigma[place] * (1 + shift))


def test_pfas_written_as_less_than(real: Path) -> None:
    """Waste water: twelve PFAS of three samples; surface water: PFOS with a limit beside it."""
    book = openpyxl.load_workbook(real / "us_mn_pfas" / "pfas_data.xlsx", read_only=True, data_only=True)
    sheet = book["surface water"]
    samples: dict[tuple[str, str, str], Sample] = {}
    values, detected = [], []
    for row in sheet.iter_rows(min_row=3, max_col=8, values_only=True):
        text = str(row[6] or "").replace(" ", "")
        if text.startswith("<") or text.replace(".", "", 1).isdigit():
            values.append(float(text.lstrip("<")))
            detected.append(not text.startswith("<"))
    assert len(values) > 20 and not all(detected)
    samples["surface water", "PFOS", "2011"] = (np.array(values), np.array(detected))
    (summary,) = monitoring_statistics.summarise(_table(samples), PARAMETERS).to_pylist()
    assert summary["n"] == len(values) and summary["n_detected"] == sum(detected)
    assert summary["mean_low"] <= summary["mean_high"] and summary["max"] == max(
        value for value, is_detect in zip(values, detected, strict=True) if is_detect
    )


def _table(samples: dict[tuple[str, str, str], Sample]) -> pa.Table:
    rows = [
        (key, value if is_detect else np.nan, np.nan if is_detect else value)
        for key, (values, detected) in samples.items()
        for value, is_detect in zip(values.tolist(), detected.tolist(), strict=True)
    ]
    names = {name: [row[0][place] for row in rows] for place, name in enumerate(("site_id", "pollutant_id", "period"))}
    value, limit = pa.array([row[1] for row in rows], pa.float64()), pa.array([row[2] for row in rows], pa.float64())
    return pa.table(names | {"averaging_time": ["24h"] * len(rows), "value": value, "detection_limit": limit})


def _self_consistent_mean(values: np.ndarray, detected: np.ndarray) -> float:
    """Turnbull's equations by iteration: a non-detect is spread over the masses below its limit, or lies at the
    smallest number where there are none."""
    floor = values.min()
    places = np.unique(np.append(values[detected], floor))
    mass = np.full(places.size, 1 / places.size)
    at = np.searchsorted(places, values[detected])
    below = (places[None, :] < values[~detected][:, None]) | (places[None, :] == floor)
    for _ in range(20_000):
        spread = below * mass
        new = np.bincount(at, minlength=places.size) + (spread / spread.sum(axis=1, keepdims=True)).sum(axis=0)
        new = new / values.size
        if np.abs(new - mass).max() < 1e-13:
            break
        mass = new
    return float(np.sum(new * places))


def _likelihood(values: np.ndarray, detected: np.ndarray, mu: float, sigma: float) -> float:
    logs = np.log(values)
    return float(
        stats.norm.logpdf(logs[detected], mu, sigma).sum() + stats.norm.logcdf(logs[~detected], mu, sigma).sum()
    )
