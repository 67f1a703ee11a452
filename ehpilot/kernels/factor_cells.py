"""The cells of the coefficient manual: pairs judged, cells pooled where a test allows it, one factor a cell.

A cell has everything in common that ``emission_factors.CELL`` names. Plants of one process often differ in scale and
technology, so that hardly a cell has three of them. A *family* is all cells that differ in these two only; it also
gets one cell for all (both null, ``is_pooled``) unless its cells differ: a one-way analysis of variance between them on
plant means of ln gives p below ``factor_pooling_p`` and the largest geometric mean is more than ``factor_pooling_fold``
times the smallest (methods.md c5; IPCC 2006, volume 1, chapter 2: stratify where strata differ).

Does not belong here: which pairs there are (SQL), the estimators (``emission_factors`` and below)."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ehpilot.kernels import emission_factors, factor_pairs, plant_effects
from ehpilot.kernels.columns import doubles, flags, ordered, texts, texts_or_null, values_by
from ehpilot.kernels.emission_factors import CELL

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

POOLED_OVER = ("scale_class", "technology_id")
FAMILY = tuple(name for name in CELL if name not in POOLED_OVER)


def judge(pairs: pa.Table, parameters: pa.Table) -> pa.Table:
    """``pairs`` (columns of ``emission_factors.derive``) in order, with ``factor`` (kg per unit of activity, NaN below
    the limit or unknown), ``reason_code`` (null: counts), ``is_used`` and ``is_outlier`` (on logs within the cell)."""
    rows = ordered(pairs, *CELL, "enterprise_id", "period")
    keys, cell = emission_factors.numbered(rows, CELL)
    reasons = factor_pairs.reasons(rows, cell, values_by(parameters, "parameter_id")["factor_least_load"])
    is_used = np.array([not code for code in reasons], dtype=bool)
    emission, limit, activity = (doubles(rows, name) for name in ("emission_kg", "emission_limit_kg", "activity"))
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.where(activity > 0, emission / activity, np.nan)
        level = np.log(np.where(np.isnan(emission), limit, emission) / activity)
    outlier = np.zeros(rows.num_rows, dtype=bool)
    outlier[is_used] = factor_pairs.is_outlier(level[is_used], cell[is_used], keys.num_rows)
    for name, values in (
        ("factor", pa.array(factor)),
        ("reason_code", texts_or_null(reasons)),
        ("is_used", pa.array(is_used)),
        ("is_outlier", pa.array(outlier)),
    ):
        rows = rows.append_column(name, values)
    return rows


def derive_cells(pairs: pa.Table, parameters: pa.Table, build: pa.Table) -> pa.Table:
    """Factors of all cells of judged pairs, pooled ones among them: the columns of ``emission_factors.derive`` with
    ``is_pooled``, ``pooling_p``, ``pooling_fold`` (of the family; NaN where it has one cell) and ``pair_ids``, the
    pairs that count."""
    limits = values_by(parameters, "parameter_id")
    names, family = _families(pairs)
    p, fold = _pooling(pairs, family, len(names))
    differ = (np.nan_to_num(p, nan=1.0) < limits["factor_pooling_p"]) & (fold > limits["factor_pooling_fold"])
    may_pool = ~np.isnan(fold) & ~differ
    pooled = pairs
    for name in POOLED_OVER:
        nothing = pa.array([None] * pairs.num_rows, pa.string())
        pooled = pooled.set_column(pooled.schema.get_field_index(name), name, nothing)
    parts = []
    for part, is_pooled in ((pairs, False), (pooled.filter(pa.array(may_pool[family])), True)):
        cells = emission_factors.derive(part, parameters, build)
        cells = cells.append_column("is_pooled", pa.array(np.full(cells.num_rows, is_pooled)))
        parts.append(cells.append_column("pair_ids", _pair_ids(part)))
    found = pa.concat_tables(parts)
    place = np.array([names[key] for key in _keys(found)], dtype=np.int64)
    found = found.append_column("pooling_p", pa.array(p[place])).append_column("pooling_fold", pa.array(fold[place]))
    return ordered(found, *CELL)


def _keys(rows: pa.Table) -> list[tuple[str, ...]]:
    return list(zip(*(texts(rows, name) for name in FAMILY), strict=True))


def _families(pairs: pa.Table) -> tuple[dict[tuple[str, ...], int], Integers]:
    """Numbers of the families by their keys, and the number of each pair's."""
    keys = _keys(pairs)
    names = {key: place for place, key in enumerate(sorted(set(keys)))}
    return names, np.array([names[key] for key in keys], dtype=np.int64)


def _pooling(pairs: pa.Table, family: Integers, families: int) -> tuple[Floats, Floats]:
    """p of the test between the cells of each family and the fold between them; NaN where fewer than two cells have a
    plant that was detected."""
    is_used = flags(pairs, "is_used")
    label = pa.array([f"{number:09d}" for number in family[is_used]], pa.string())  # sorts as the numbers do
    rows = pairs.filter(pa.array(is_used)).append_column("family", label)
    rows = ordered(rows, "family", *POOLED_OVER, "enterprise_id", "period")
    cells, cell = emission_factors.numbered(rows, ("family", *POOLED_OVER))
    usable = emission_factors.usable_pairs(rows, cell, flags(rows, "is_used"), cells.num_rows)
    plants = emission_factors.plant_means(usable)
    family_of_cell = np.array([int(text) for text in texts(cells, "family")], dtype=np.int64)
    p, fold = plant_effects.pooling_test(plants.mean, plants.cell, family_of_cell[plants.cell], families)
    seen = np.bincount(family_of_cell[np.unique(plants.cell)], minlength=families)
    return np.where(seen > 1, p, np.nan), np.where(seen > 1, fold, np.nan)


def _pair_ids(pairs: pa.Table) -> pa.Array:
    """Lists of the pairs that count, one a cell in the order of ``emission_factors.derive``."""
    rows = ordered(pairs, *CELL, "enterprise_id", "period")
    _, cell = emission_factors.numbered(rows, CELL)
    used, ids = flags(rows, "is_used"), texts(rows, "pair_id")
    lists: list[list[str]] = [[] for _ in range(int(cell.max(initial=-1)) + 1)]
    for place, is_used, pair_id in zip(cell.tolist(), used.tolist(), ids, strict=True):
        if is_used:
            lists[place].append(pair_id)
    return pa.array([sorted(ids) for ids in lists], pa.list_(pa.string()))
