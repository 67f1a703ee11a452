"""Matrices of experts as rows: which are accepted, and the weights they give to indicators.

A layer is the matrix of the dimensions or of the indicators of one dimension. Each expert's matrix of a layer is judged
alone: one that compares other items than the layer has, is not square, not positive, not reciprocal or of a consistency
ratio at or above the limit is refused, with the pair that fits worst, and takes no part. The accepted ones are combined
(geometric mean); a layer without any takes the default matrix of the seed ``ahp_matrix``, and the result says so. Final
weight of an indicator = weight of its dimension × weight within it.

Does not belong here: the method (``pairwise_comparison``), words of layers and items (SQL).
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ehpilot.kernels import pairwise_comparison
from ehpilot.kernels.columns import doubles, texts, texts_or_null

Floats = NDArray[np.float64]
Cells = dict[tuple[str, str], float]

DIMENSIONS = "dimension"


def judge(judgements: pa.Table, indicators: pa.Table, random_index: pa.Table, limit: pa.Table) -> pa.Table:
    """One row an expert and layer of ``judgements`` (``expert_no, layer, row_id, column_id, value``): ``is_accepted``,
    ``fault`` (null where accepted), ``consistency_ratio``, ``size``, ``worst_row`` and ``worst_column``.

    ``indicators``: ``indicator_id, dimension``; ``random_index``: ``size, value``; ``limit``: one row, ``threshold``
    that the ratio must stay below. Besides the faults of ``pairwise_comparison``: ``AHP-OTHER-ITEMS`` it does not
    compare exactly the members of a layer (the first item that is strange or missing stands as worst row),
    ``AHP-INCONSISTENT``, ``AHP-TOO-LARGE`` no random index of its size is known."""
    random, most = _random_index(random_index), float(doubles(limit, "threshold")[0])
    members = _members(indicators)
    rows = []
    for (expert, layer), cells in sorted(_matrices(judgements).items()):
        items, matrix = _square(cells)
        strange = sorted(set(items) ^ set(members.get(layer, [])))
        ratio, found = np.nan, pairwise_comparison.fault_of(matrix)
        if strange:
            fault, names = "AHP-OTHER-ITEMS", [strange[0], ""]
        elif found is not None:
            fault, names = found[0], _names(items, found[1])
        else:
            result = pairwise_comparison.priorities(matrix, random.get(len(items), np.nan))
            ratio, names = result.consistency_ratio, _names(items, result.worst_pair)
            fault = "" if ratio < most else "AHP-INCONSISTENT" if ratio >= most else "AHP-TOO-LARGE"
        rows.append((expert, layer, len(items), not fault, fault, ratio, *names))
    expert_no, layer_, size, accepted, faults, ratios, worst_row, worst_column = (
        zip(*rows, strict=True) if rows else [()] * 8
    )
    return pa.table(
        {
            "expert_no": pa.array(expert_no, pa.string()),
            "layer": pa.array(layer_, pa.string()),
            "size": pa.array(size, pa.int32()),
            "is_accepted": pa.array(accepted, pa.bool_()),
            "fault": texts_or_null(list(faults)),
            "consistency_ratio": pa.array(ratios, pa.float64()),
            "worst_row": texts_or_null(list(worst_row)),
            "worst_column": texts_or_null(list(worst_column)),
        }
    )


def weigh(
    judgements: pa.Table, defaults: pa.Table, indicators: pa.Table, random_index: pa.Table, limit: pa.Table
) -> pa.Table:
    """One row an indicator by id: ``weight`` (of all, sum 1), ``weight_within``, ``dimension_weight``,
    ``consistency_ratio`` of its dimension's combined matrix, ``experts`` whose matrices of it count,
    ``dimension_experts`` and ``dimension_ratio`` of the dimensions' matrix, and ``basis`` (experts, default).

    ``defaults``: seed ``ahp_matrix``; ``indicators``: ``indicator_id, dimension``. ``ValueError`` where a layer has no
    matrix or the default does not name its members."""
    random = _random_index(random_index)
    accepted = {
        (row["expert_no"], row["layer"])
        for row in judge(judgements, indicators, random_index, limit).to_pylist()
        if row["is_accepted"]
    }
    stated = {key: cells for key, cells in _matrices(judgements).items() if key in accepted}
    fallback = _defaults(defaults)
    members = _members(indicators)
    dimensions = members.pop(DIMENSIONS)
    across, dimension_ratio, dimension_experts = _layer(DIMENSIONS, dimensions, stated, fallback, random)
    found = []
    for place, dimension in enumerate(dimensions):
        within, ratio, experts = _layer(dimension, members[dimension], stated, fallback, random)
        for name, weight in zip(members[dimension], within, strict=True):
            found.append((name, across[place] * weight, weight, across[place], ratio, experts, dimension_experts))
    found.sort()
    names, weights, within_, shares, ratios, counts, of_dimensions = zip(*found, strict=True)
    return pa.table(
        {
            "indicator_id": pa.array(names, pa.string()),
            "weight": pa.array(weights, pa.float64()),
            "weight_within": pa.array(within_, pa.float64()),
            "dimension_weight": pa.array(shares, pa.float64()),
            "consistency_ratio": pa.array(ratios, pa.float64()),
            "experts": pa.array(counts, pa.int32()),
            "dimension_experts": pa.array(of_dimensions, pa.int32()),
            "dimension_ratio": pa.array([dimension_ratio] * len(names), pa.float64()),
            "basis": pa.array(["experts" if count else "default" for count in counts], pa.string()),
        }
    )


def _layer(
    layer: str,
    items: list[str],
    stated: dict[tuple[str, str], Cells],
    fallback: dict[str, Cells],
    random: dict[int, float],
) -> tuple[Floats, float, int]:
    """Weights of the items of one layer, its consistency ratio and the number of experts (0 = default matrix)."""
    chosen = [_matrix(cells, items) for (_, name), cells in sorted(stated.items()) if name == layer]
    if not chosen and layer not in fallback:
        raise ValueError(f"no matrix for {layer}")
    matrix = pairwise_comparison.combined_judgements(chosen) if chosen else _matrix(fallback[layer], items)
    found = pairwise_comparison.priorities(matrix, random.get(len(items), np.nan))
    return found.weights, found.consistency_ratio, len(chosen)


def _members(indicators: pa.Table) -> dict[str, list[str]]:
    """Items of each layer in order: the dimensions, and the indicators of each."""
    members: dict[str, list[str]] = defaultdict(list)
    for name, dimension in sorted(zip(texts(indicators, "indicator_id"), texts(indicators, "dimension"), strict=True)):
        members[dimension].append(name)
    return {**members, DIMENSIONS: sorted(members)}


def _names(items: list[str], pair: tuple[int, int]) -> list[str]:
    return [items[place] if place >= 0 else "" for place in pair]


def _random_index(table: pa.Table) -> dict[int, float]:
    return {int(size): value for size, value in zip(doubles(table, "size"), doubles(table, "value"), strict=True)}


def _matrices(judgements: pa.Table) -> dict[tuple[str, str], Cells]:
    found: dict[tuple[str, str], Cells] = defaultdict(dict)
    columns = (texts(judgements, name) for name in ("expert_no", "layer", "row_id", "column_id"))
    for expert, layer, row, column, value in zip(*columns, doubles(judgements, "value"), strict=True):
        found[(expert, layer)][(row, column)] = value
    return found


def _defaults(table: pa.Table) -> dict[str, Cells]:
    found: dict[str, Cells] = defaultdict(dict)
    for row in table.to_pylist():
        found[row["matrix_id"]][(row["row_id"], row["col_id"])] = float(Fraction(str(row["value"])))
    return found


def _square(cells: Cells) -> tuple[list[str], Floats]:
    items = sorted({name for pair in cells for name in pair})
    return items, _matrix(cells, items)


def _matrix(cells: Cells, items: list[str]) -> Floats:
    """Matrix in the order of the items, NaN where a cell is missing; the diagonal may be left out."""
    return np.array(
        [[cells.get((row, column), 1.0 if row == column else np.nan) for column in items] for row in items], dtype=float
    )
