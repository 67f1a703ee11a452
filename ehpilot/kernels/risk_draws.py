"""Monte Carlo of health risks: percentiles of rows, organs and totals, probabilities, and what the spread comes from.

Method: EPA RAGS part 3A (2001), one-dimensional; the shared errors of ``risk_model``; draws of ``normal_draws``
(scrambled Sobol points in the leading directions, Gaussian copula for rank correlations). Totals are sums of joint
draws, never of percentiles. A row of one part is a log-normal product, whose percentiles have a closed form, exp(m +
z_p σ); it is used. Percentiles of draws are order statistics (the value that a share p of the draws does not exceed).
With every spread at 0 all of them are the values of the macros. Cancer risks above 0.01 take 1 - exp(-x), row by row,
before they are summed.

Sensitivity: Spearman's ρ between total and input over the draws; its part of the variance of ranks is ρ² over the sum
of ρ² of the inputs that the total has. Of the largest total of each group Sobol's indices are given beside it.

Work goes in blocks of places, one BLAS thread each (``ehpilot/__init__``): a block holds (factors + groups) × draws
doubles. Belongs here: drawing and summing. Does not belong here: reading or writing, levels of risk (parameters),
choices.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.special import ndtri

from ehpilot.kernels.columns import seed_of, values_by
from ehpilot.kernels.normal_draws import copula, leading_directions, normal_draws, ranks
from ehpilot.kernels.risk_model import OUTCOMES, RiskModel, assemble
from ehpilot.kernels.sobol_indices import log_normal_sum_indices

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

SHARES = (0.05, 0.50, 0.95)
ROW_SHARES = (0.05, 0.95)
TAIL_SAMPLE, TAIL_SHARE = 1024, 0.075  # draws that say where a tail begins, and how much of them
ONE_HIT_FROM = 0.01  # EPA RAGS A 1989, 8.2.1
SOBOL_DRAWS = 1024  # of the indices, a power of two
BLOCK_PLACES = 64
BLOCK_SIGNATURES = 1500  # x 10,000 draws = 120 MB
LEVELS = {
    "cancer": ("risk.cancer_low", "risk.cancer_attention", "risk.cancer_high"),
    "noncancer": ("risk.hazard_index_attention",),
}
KEY = ("place_id", "population_group", "pollutant_id", "medium", "route")
FOUND = pa.schema(
    [("subject", pa.string()), *((name, pa.string()) for name in (*KEY, "organ", "outcome", "input"))]
    + [(name, pa.float64()) for name in ("p05", "p50", "p95", "over_1", "over_2", "over_3")]
    + [(name, pa.float64()) for name in ("rank_correlation", "variance_share", "sobol_first", "sobol_total")]
)


@dataclass(frozen=True)
class Drawn:
    """What all blocks share: normals (inputs, draws), their Cholesky factor, levels, the cases told apart by
    input."""

    normals: Floats
    factor: Floats
    level: dict[str, Floats]
    detailed: NDArray[np.bool_]  # (cases,)
    leading: dict[str, Whole]  # of the detailed cases those of the largest total of their group, by outcome
    least_share: float
    seed: int


def draw_risks(
    rows: pa.Table, parts: pa.Table, exposures: pa.Table, correlations: pa.Table, parameters: pa.Table, build: pa.Table
) -> pa.Table:
    """One row a ``subject``: ``row`` (percentiles of a row by outcome), ``organ`` and ``total`` (of a place and
    group, with probabilities of exceeding the levels), ``input`` (rank correlation and share of the variance).
    Columns: ``FOUND``.

    ``rows``, ``parts``, ``exposures``: see ``risk_model.assemble``; ``rows.is_detailed``: its place is told apart by
    input; ``correlations``: ``input``, ``other``, ``rank_correlation`` of exposure inputs; ``parameters``:
    ``risk.draws`` and those of ``LEVELS`` and the model; ``build``: ``seed``. Rows come in the order of place, group,
    subject.
    """
    chosen = values_by(parameters, "parameter_id")
    model = assemble(rows, parts, exposures, parameters)
    if not model.case.size:
        return FOUND.empty_table()
    place_of = {name: place for place, name in enumerate(model.inputs)}
    pairs = [
        (place_of[f"exposure:{line['input']}"], place_of[f"exposure:{line['other']}"], line["rank_correlation"])
        for line in sorted(correlations.to_pylist(), key=lambda line: (line["input"], line["other"]))
    ]
    factor = copula(len(model.inputs), pairs)
    directions = leading_directions(model.sensitivity("cancer") @ factor, _importance(model))
    normals = normal_draws(len(model.inputs), int(chosen["risk.draws"]), seed_of(build), directions, factor)
    detailed = np.zeros(int(model.case.max()) + 1, dtype=bool)
    detailed[model.case] = model.rows["is_detailed"].to_numpy().astype(bool)
    level = {outcome: np.array([chosen[name] for name in names]) for outcome, names in LEVELS.items()}
    leading = {outcome: _largest(model, detailed, outcome) for outcome in OUTCOMES}
    least = chosen["risk.sensitivity_least_share"]
    drawn = Drawn(normals, factor, level, detailed, leading, least, seed_of(build))
    # numpy lets go of the interpreter in its loops: two blocks at a time, handed back in their order
    with ThreadPoolExecutor(max_workers=min(2, os.cpu_count() or 1)) as pool:
        tables = list(pool.map(lambda block: _block(model, drawn, block), _blocks(model)))
    return pa.concat_tables(tables)


def _largest(model: RiskModel, detailed: NDArray[np.bool_], outcome: str) -> Whole:
    """Of each group the detailed case of the largest point total, the first of equals."""
    total = np.bincount(model.case, weights=np.nan_to_num(model.value[outcome]), minlength=detailed.size)
    group = np.empty(detailed.size, dtype=object)
    group[model.case] = model.rows["population_group"].to_pylist()
    found = [np.argmax(np.where(detailed & (group == name), total, -1.0)) for name in sorted(set(group[detailed]))]
    return np.array(found, dtype=np.int64)


def _importance(model: RiskModel) -> Floats:
    """(s,) mean share of each signature in the totals of its cases, both outcomes alike."""
    found = np.zeros(model.slot.shape[0])
    for outcome in OUTCOMES:
        part = np.nan_to_num(model.value[outcome])[model.entry_row] * model.share
        case = model.case[model.entry_row]
        total = np.bincount(case, weights=part, minlength=int(model.case.max()) + 1)[case]
        share = np.divide(part, total, out=np.zeros(part.size), where=total > 0)
        found += np.bincount(model.entry_signature, weights=share, minlength=found.size)
    return found


def _blocks(model: RiskModel) -> Iterator[Whole]:
    """Rows of consecutive places, few enough places and signatures to be held at once."""
    starts = np.flatnonzero(np.r_[True, np.diff(model.place) > 0])
    entry: Whole = np.searchsorted(model.entry_row, np.append(starts, model.place.size)).astype(np.int64)
    begin, seen, places = 0, set[int](), 0
    for number in range(starts.size):
        own = set(np.unique(model.entry_signature[entry[number] : entry[number + 1]]).tolist())
        if places and (places == BLOCK_PLACES or len(seen | own) > BLOCK_SIGNATURES):
            yield np.arange(begin, starts[number])
            begin, seen, places = int(starts[number]), set(), 0
        seen, places = seen | own, places + 1
    yield np.arange(begin, model.place.size)


def factors(model: RiskModel, drawn: Drawn, signatures: Whole, outcome: str) -> Floats:
    """(signatures, draws) factors of the point values."""
    found = np.repeat(model.log_median[signatures][:, None], drawn.normals.shape[1], axis=1)
    for slot in range(model.slot.shape[1]):
        coefficient = model.coefficient[outcome][signatures, slot]
        used = np.flatnonzero(coefficient)
        if used.size:
            found[used] += coefficient[used, None] * drawn.normals[model.slot[signatures[used], slot]]
    return np.exp(found, out=found)


def order_statistics(draws: Floats, shares: Sequence[float] = SHARES) -> Floats:
    """(n, shares) the values that 5, 50 and 95 % of the draws (n, draws) do not exceed. The draws are put in another
    order."""
    places = [max(int(np.ceil(share * draws.shape[1])) - 1, 0) for share in shares]
    draws.partition(places, axis=1)
    return draws[:, places].copy()


def ends(draws: Floats) -> Floats:
    """(n, 2) the ``order_statistics`` of ``ROW_SHARES``, found in half of the time: each is looked for among the draws
    beyond a line that the first draws give, where these are enough, else among all."""
    count = draws.shape[1]
    low, high = (max(int(np.ceil(share * count)) - 1, 0) for share in ROW_SHARES)
    first = min(TAIL_SAMPLE, count)
    line = order_statistics(draws[:, :first].copy(), (TAIL_SHARE, 1.0 - TAIL_SHARE))
    found = np.empty((draws.shape[0], 2))
    for row, (below, above), values in zip(draws, line, found, strict=True):
        small, large = row[row <= below], row[row >= above]
        place = large.size - (count - high)
        if low < small.size and place >= 0:
            values[:] = np.partition(small, low)[low], np.partition(large, place)[place]
        else:
            values[:] = order_statistics(row[None, :].copy(), ROW_SHARES)
    return found


def one_hit(linear: Floats) -> Floats:
    """Cancer risk of a linear one."""
    return np.where(linear > ONE_HIT_FROM, -np.expm1(-linear), linear)


def _block(model: RiskModel, drawn: Drawn, rows: Whole) -> pa.Table:
    """Everything about the places of a run of rows."""
    begin, end = np.searchsorted(model.entry_row, [rows[0], rows[-1] + 1])
    cases = np.arange(model.case[rows[0]], model.case[rows[-1]] + 1)
    tables = [FOUND.empty_table()]
    for outcome in OUTCOMES:
        point = model.value[outcome][model.entry_row[begin:end]]
        known = ~np.isnan(point)  # what has no value needs no draws
        entry = np.arange(begin, end)[known]
        if not entry.size:
            continue
        signatures, local = np.unique(model.entry_signature[entry].astype(np.int64), return_inverse=True)
        value = point[known] * model.share[entry]
        factor = factors(model, drawn, signatures, outcome)
        tables.append(_row_percentiles(model, drawn, entry, local, factor, outcome))
        case = model.case[model.entry_row[entry]] - model.case[rows[0]]
        at = case * signatures.size + local
        weight: Floats = np.bincount(at, weights=value, minlength=cases.size * signatures.size).astype(np.float64)
        weight = weight.reshape(cases.size, signatures.size)
        total: Floats = weight @ factor
        if outcome == "cancer":
            _bend(model, entry, local, value, factor, case, total)
        tables.append(_inputs(model, drawn, rows, cases, signatures, weight, total, outcome))
        tables.append(_totals(model, drawn, rows, cases, weight, total, outcome))
        if outcome == "noncancer":
            tables += _organs(model, rows, cases, signatures, weight, factor)
    return pa.concat_tables(tables)


def _bend(
    model: RiskModel, entry: Whole, local: Whole, value: Floats, factor: Floats, case: Whole, total: Floats
) -> None:
    """Take rows that may pass 0.01 in some draw from their linear risk to the one-hit form, within the totals."""
    row = model.entry_row[entry]
    most = np.bincount(row - row[0], weights=value * factor.max(axis=1)[local])
    for high in np.flatnonzero(most > ONE_HIT_FROM) + row[0]:
        own = np.flatnonzero(row == high)
        linear = value[own] @ factor[local[own]]
        total[case[own[0]]] += one_hit(linear) - linear


def _row_percentiles(
    model: RiskModel, drawn: Drawn, entry: Whole, local: Whole, factor: Floats, outcome: str
) -> pa.Table:
    """Percentiles of each row with a known value. Groups of one place share the concentration and so the relative
    percentiles of a pollutant, medium and route."""
    row = model.entry_row[entry]
    rows = np.unique(row).astype(np.int64)
    klass = model.signature_class[model.entry_signature[entry]]
    first = np.searchsorted(row, rows)
    pair = model.place[rows] * (int(klass.max()) + 1) + klass[first]
    _, leader, member = np.unique(pair, return_index=True, return_inverse=True)
    relative = np.empty((leader.size, len(ROW_SHARES)))
    count = np.diff(np.append(first, entry.size))[leader]
    alone = np.flatnonzero(count == 1)
    relative[alone] = _closed_form(model, drawn, model.entry_signature[entry[first[leader[alone]]]], outcome)
    several = np.flatnonzero(count > 1)
    for one in np.unique(klass[first[leader[several]]]):
        of_class = several[klass[first[leader[several]]] == one]
        begin, length = first[leader[of_class]], count[of_class]
        place = np.repeat(np.arange(of_class.size), length)
        at = np.repeat(begin - np.cumsum(length) + length, length) + np.arange(int(length.sum()))
        used, column = np.unique(local[at], return_inverse=True)
        mixture = np.zeros((of_class.size, used.size))
        mixture[place, column] = model.share[entry[at]]
        relative[of_class] = ends(mixture @ factor[used])
    found = model.value[outcome][rows][:, None] * relative[member]
    keys = {name: model.rows[name].take(pa.array(rows)) for name in KEY}
    return _table("row", outcome, rows.size, keys, one_hit(found) if outcome == "cancer" else found)


def _closed_form(model: RiskModel, drawn: Drawn, signatures: Whole, outcome: str) -> Floats:
    """(n, 2) percentiles of log-normal products: exp(m + z σ), σ² = c'Rc with the correlation R of the inputs."""
    used, loading = _loading(model, signatures, outcome)
    correlation = drawn.factor[used] @ drawn.factor[used].T
    spread = np.sqrt(np.einsum("ij,jk,ik->i", loading, correlation, loading))
    return np.exp(model.log_median[signatures][:, None] + spread[:, None] * ndtri(ROW_SHARES))


def _loading(model: RiskModel, signatures: Whole, outcome: str) -> tuple[Whole, Floats]:
    """The inputs of signatures, and (signatures, those inputs) their coefficients of ln factor."""
    used = np.unique(model.slot[signatures])
    loading = np.zeros((signatures.size, used.size))
    at = (np.arange(signatures.size)[:, None], np.searchsorted(used, model.slot[signatures]))
    np.add.at(loading, at, model.coefficient[outcome][signatures])
    return used, loading


def _totals(
    model: RiskModel, drawn: Drawn, rows: Whole, cases: Whole, weight: Floats, total: Floats, outcome: str
) -> pa.Table:
    """Percentiles and probabilities of cases with at least one known row. ``total`` is put in another order."""
    known = np.flatnonzero(weight.sum(axis=1) > 0)
    over = [(total[known] > level).mean(axis=1) for level in drawn.level[outcome]]
    return _table(
        "total", outcome, known.size, _case_keys(model, rows, cases[known]), order_statistics(total[known]), over
    )


def _organs(
    model: RiskModel, rows: Whole, cases: Whole, signatures: Whole, weight: Floats, factor: Floats
) -> list[pa.Table]:
    """Hazard index of each organ: rows whose reference value names it, over all routes and media."""
    tables = []
    acting: dict[str, list[int]] = {}
    for place, signature in enumerate(signatures):
        for organ in model.organs[signature]:
            acting.setdefault(organ, []).append(place)
    for organ in sorted(acting):
        part = weight[:, acting[organ]]
        known = np.flatnonzero(part.sum(axis=1) > 0)
        keys = _case_keys(model, rows, cases[known]) | {"organ": pa.array([organ] * known.size)}
        drawn = order_statistics(part[known] @ factor[acting[organ]])
        tables.append(_table("organ", "noncancer", known.size, keys, drawn))
    return tables


def _inputs(
    model: RiskModel,
    drawn: Drawn,
    rows: Whole,
    cases: Whole,
    signatures: Whole,
    weight: Floats,
    total: Floats,
    outcome: str,
) -> pa.Table:
    """Rank correlation of the totals of the detailed cases with the inputs they have; shares below the least one
    pooled nowhere, they are left out."""
    known = np.flatnonzero(drawn.detailed[cases] & (weight.sum(axis=1) > 0))
    if not known.size:
        return FOUND.empty_table()
    moving = (model.coefficient[outcome][signatures] != 0).astype(float)
    has = np.zeros((known.size, len(model.inputs)), dtype=bool)
    for slot in range(model.slot.shape[1]):
        at = np.flatnonzero(moving[:, slot])
        case, column = np.nonzero(weight[known][:, at] > 0)
        has[case, model.slot[signatures[at[column]], slot]] = True
    used = np.flatnonzero(has.any(axis=0))
    correlation = np.where(has[:, used], ranks(total[known]) @ ranks(drawn.normals[used]).T, 0.0)
    square = np.square(correlation)
    share = square / np.maximum(square.sum(axis=1, keepdims=True), np.finfo(float).tiny)
    case, column = np.nonzero(share >= drawn.least_share)
    keys = _case_keys(model, rows, cases[known[case]]) | {
        "input": pa.array([model.inputs[i] for i in used[column]], pa.string())
    }
    found = _table(
        "input", outcome, case.size, keys, np.empty((case.size, 0)), [], correlation[case, column], share[case, column]
    )
    indices = np.full((2, case.size), np.nan)
    for place in np.flatnonzero(np.isin(cases[known], drawn.leading[outcome])):
        own = np.flatnonzero(case == place)
        of_all = _variance_indices(model, drawn, signatures, weight[known[place]], outcome)
        indices[:, own] = of_all[:, used[column[own]]]
    for name, index in zip(("sobol_first", "sobol_total"), indices, strict=True):
        column_no = FOUND.get_field_index(name)
        found = found.set_column(column_no, name, pa.array(index, mask=np.isnan(index)))
    return found


def _variance_indices(model: RiskModel, drawn: Drawn, signatures: Whole, weight: Floats, outcome: str) -> Floats:
    """(2, inputs) Sobol indices S1 and ST for one total, the inputs taken as independent; 0 for those it has not."""
    has = np.flatnonzero(weight > 0)
    used, loading = _loading(model, signatures[has], outcome)
    median = weight[has] * np.exp(model.log_median[signatures[has]])
    spread = np.zeros((2, len(model.inputs)))
    spread[:, used] = log_normal_sum_indices(median, loading, SOBOL_DRAWS, drawn.seed)
    return spread


def _case_keys(model: RiskModel, rows: Whole, cases: Whole) -> dict[str, pa.ChunkedArray]:
    first = rows[np.searchsorted(model.case[rows], cases)]
    return {name: model.rows[name].take(pa.array(first)) for name in KEY[:2]}


def _table(
    subject: str,
    outcome: str,
    count: int,
    keys: dict,
    percentiles: Floats,
    over: list[Floats] | None = None,
    correlation: Floats | None = None,
    share: Floats | None = None,
) -> pa.Table:
    """Rows of the result; what a subject does not have is null."""
    columns: dict = {"subject": pa.array([subject] * count), "outcome": pa.array([outcome] * count), **keys}
    shown = {len(SHARES): ("p05", "p50", "p95"), len(ROW_SHARES): ("p05", "p95"), 0: ()}[percentiles.shape[1]]
    columns |= {name: percentiles[:, place] for place, name in enumerate(shown)}
    columns |= {f"over_{place}": level for place, level in enumerate(over or [], start=1)}
    columns |= {"rank_correlation": correlation, "variance_share": share}
    given = {name: column for name, column in columns.items() if column is not None}
    return pa.table(
        [
            pa.nulls(count, field.type) if field.name not in given else _cast(given[field.name], field.type)
            for field in FOUND
        ],
        schema=FOUND,
    )


def _cast(column: pa.ChunkedArray | pa.Array | Floats, kind: pa.DataType) -> pa.ChunkedArray | pa.Array:
    return column.cast(kind) if isinstance(column, (pa.Array, pa.ChunkedArray)) else pa.array(column, kind)
