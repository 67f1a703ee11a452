"""Microbial class of a bathing water by percentiles.

Directive 2006/7/EC, Annex II: counts are taken as log-normal, percentiles of the log10 counts are 10^(µ + 1.65 σ)
(95th) and 10^(µ + 1.282 σ) (90th), σ with n - 1; a result below the detection limit counts as the limit. Annex I,
coastal and transitional waters (cfu/100 mL): intestinal enterococci excellent 100, good 200 by the 95th, sufficient 185
by the 90th; Escherichia coli 250, 500 and 500. The class is the worse of the two. Annex IV asks for at least 16 samples
of a season set; with fewer there is no class.

Does not belong here: the limits (seed ``scoring_rule``), points of a beach (``rule_scoring``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray

from ehpilot.kernels.columns import doubles, ordered, texts, values_by

Floats = NDArray[np.float64]

# factors as the Directive prints them, not exact quantiles of the normal
FACTOR_95, FACTOR_90 = 1.65, 1.282
CLASSES = ("excellent", "good", "sufficient", "poor")
MICROBES = ("enterococci", "ecoli")
SEASONS = 4  # Article 4(2): data of the season and the three before it


@dataclass(frozen=True)
class Percentiles:
    """Number of samples that count, and 95th and 90th percentile in the unit of the counts (NaN below two samples)."""

    count: int
    p95: float
    p90: float


def percentiles(counts: ArrayLike, limits: ArrayLike) -> Percentiles:
    """Percentiles of counts (n,) in cfu/100 mL; a count below its detection limit is NaN and its limit stands in
    ``limits`` (n,). A row with neither, or with one that is not above 0, is no sample: a count of 0 has a limit."""
    value = np.asarray(counts, dtype=np.float64)
    taken = np.where(np.isnan(value), np.asarray(limits, dtype=np.float64), value)
    taken = taken[np.nan_to_num(taken) > 0]
    if taken.size < 2:
        return Percentiles(int(taken.size), np.nan, np.nan)
    logs = np.log10(taken)
    mean, deviation = logs.mean(), logs.std(ddof=1)
    return Percentiles(
        int(taken.size), float(10 ** (mean + FACTOR_95 * deviation)), float(10 ** (mean + FACTOR_90 * deviation))
    )


def microbe_class(found: Percentiles, excellent: float, good: float, sufficient: float, minimum_samples: int) -> str:
    """Class of one indicator: excellent and good by the 95th, sufficient by the 90th percentile, else poor; '' with
    fewer samples than asked for."""
    if found.count < minimum_samples or np.isnan(found.p95):
        return ""
    if found.p95 <= excellent:
        return CLASSES[0]
    if found.p95 <= good:
        return CLASSES[1]
    return CLASSES[2] if found.p90 <= sufficient else CLASSES[3]


def worse_class(classes: list[str]) -> str:
    """The worse of the known classes, '' where none is known or one is missing: a water is judged by both."""
    if not classes or not all(classes):
        return ""
    return max(classes, key=CLASSES.index)


def measure(samples: pa.Table, rules: pa.Table, parameters: pa.Table) -> pa.Table:
    """Facts of each beach and year as rows ``beach_id, year, fact, value, value_text``: 95th and 90th percentile of
    both microbes, number of samples (the smaller of the two) and the class, over the season and up to three before it.

    ``samples``: ``beach_id, year, microbe`` (``MICROBES``), ``value`` (NaN below the limit), ``value_limit``;
    ``rules``: seed ``scoring_rule``, from which the limits of the classes are read; ``parameters``:
    ``beach.minimum_samples``."""
    rows = ordered(samples, "beach_id", "year")
    beach, year, microbe = np.array(texts(rows, "beach_id")), doubles(rows, "year"), np.array(texts(rows, "microbe"))
    value, limit = doubles(rows, "value"), doubles(rows, "value_limit")
    least = int(values_by(parameters, "parameter_id")["beach.minimum_samples"])
    bounds = {name: _bounds(rules, name) for name in MICROBES}
    found: list[tuple[str, int, str, float, str | None]] = []
    for name, season in sorted({(str(b), int(y)) for b, y in zip(beach, year, strict=True)}):
        inside = (beach == name) & (year <= season) & (year > season - SEASONS)
        of = {
            kind: percentiles(value[inside & (microbe == kind)], limit[inside & (microbe == kind)]) for kind in MICROBES
        }
        classes = [microbe_class(of[kind], *bounds[kind], minimum_samples=least) for kind in MICROBES]
        for kind in MICROBES:
            found.append((name, season, f"{kind}_p95", of[kind].p95, None))
            found.append((name, season, f"{kind}_p90", of[kind].p90, None))
        found.append((name, season, "water_sample_count", float(min(part.count for part in of.values())), None))
        found.append((name, season, "microbe_class", np.nan, worse_class(classes) or None))
    columns: list[tuple] = list(zip(*found, strict=True)) if found else [()] * 5
    types = (pa.string(), pa.int32(), pa.string(), pa.float64(), pa.string())
    names = ("beach_id", "year", "fact", "value", "value_text")
    return pa.table(
        {key: pa.array(list(column), kind) for key, column, kind in zip(names, columns, types, strict=True)}
    )


def _bounds(rules: pa.Table, microbe: str) -> tuple[float, float, float]:
    """Upper limits of excellent and good (95th percentile) and of sufficient (90th) as the beach's rules state them."""
    tops: dict[str, list[float]] = {"p95": [], "p90": []}
    for row in rules.to_pylist():
        part = str(row["fact"]).removeprefix(f"{microbe}_")
        if row["rule_set"] == "beach" and row["fact"].startswith(microbe) and part in tops and row["bound_high"]:
            tops[part].append(float(row["bound_high"]))
    excellent, good = sorted(tops["p95"])[:2]
    return excellent, good, tops["p90"][0]
