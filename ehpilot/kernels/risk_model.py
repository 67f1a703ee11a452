"""Risks of places as sums of log-normal products: who shares which error.

A row is the risk of one group at one place from one pollutant, medium and route, computed by the equations of
dbt/macros/risk.sql. Its concentration is a sum of parts (sources that share an emission error, background, a measured
mean). Row of iteration d = value × Σ_parts share × exp(m + Σ_inputs c z_d), z standard normal, one an input an
iteration:

| input | shared by | factor |
|---|---|---|
| the part's own (``parts.input``: emission factor, background, measurement) | all rows of it | its 95 % interval |
| ``dispersion`` | every modelled part: one wind field, one model | median 1 |
| ``toxicity:<pollutant>`` | all routes, groups and both outcomes of the pollutant | median 1 |
| ``exposure:<input>`` | all rows of its medium and route: one person | mean 1, to the power ``exponent`` |

A *signature* is what decides a factor: part, route, organs. All places share few signatures, so that totals of
thousands of places are matrix products.

Belongs here: from tables to arrays. Does not belong here: drawing (``risk_draws``), the equations (macros), which
value is chosen (SQL). An unknown value (NaN) is left out: it is counted elsewhere, never 0. Valid for positive values
only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ehpilot.kernels.columns import doubles, flags, ordered, texts, values_by
from ehpilot.kernels.source_ranking import log_normal_of_interval

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Small = NDArray[np.int32]  # entries outnumber rows tenfold

OUTCOMES = ("cancer", "noncancer")
PLACE_OF_PART = ("place_id", "medium", "pollutant_id")
MOST_INPUTS = 8  # of one factor: own, dispersion, toxicity and up to five of exposure


@dataclass(frozen=True)
class RiskModel:
    """Arrays over rows (r), entries (e: a row's parts, ordered by row), signatures (s)."""

    rows: pa.Table  # ordered by place and key
    place: Whole  # (r,) number of the place, rising
    case: Whole  # (r,) number of place and group, rising with the place
    value: dict[str, Floats]  # (r,) linear cancer risk; hazard quotient
    entry_row: Small
    entry_signature: Small
    share: Floats  # (e,) of the row's concentration; sums to 1 a row
    inputs: list[str]
    slot: Whole  # (s, MOST_INPUTS) inputs of a signature; unused slots have coefficient 0
    coefficient: dict[str, Floats]  # (s, MOST_INPUTS) of ln factor, by outcome
    log_median: Floats  # (s,)
    signature_class: Whole  # (s,) number of pollutant, medium and route
    organs: list[list[str]]  # (s,) target organs of a signature

    def sensitivity(self, outcome: str) -> Floats:
        """(s, inputs) change of ln factor per standard deviation of each input."""
        found = np.zeros((self.slot.shape[0], len(self.inputs)))
        np.add.at(found, (np.arange(self.slot.shape[0])[:, None], self.slot), self.coefficient[outcome])
        return found


def unique_rows(columns: Sequence[NDArray]) -> tuple[Whole, Whole]:
    """First row and number of each row among the distinct rows of equally long columns; numbers rise with the values,
    the first column leading."""
    order = np.lexsort(tuple(reversed(columns)))
    changed = np.ones(order.size, dtype=bool)
    if order.size > 1:
        changed[1:] = np.any([column[order][1:] != column[order][:-1] for column in columns], axis=0)
    number = np.empty(order.size, dtype=np.int64)
    number[order] = np.cumsum(changed) - 1
    return order[changed], number


def _codes(column: pa.ChunkedArray, known: pa.Array) -> Whole:
    return pc.fill_null(pc.index_in(column, known), -1).to_numpy().astype(np.int64)


def _words(*columns: pa.ChunkedArray) -> pa.Array:
    """Distinct words of columns in order, missing ones left out."""
    every = pa.chunked_array([chunk for column in columns for chunk in column.chunks], pa.string())
    return pc.unique(every.drop_null()).sort()


def assemble(rows: pa.Table, parts: pa.Table, exposures: pa.Table, parameters: pa.Table) -> RiskModel:
    """``rows``: ``place_id``, ``population_group``, ``pollutant_id``, ``medium``, ``route``, ``linear_cancer_risk``
    and ``hazard_quotient`` (NaN: unknown), ``target_organs`` (``;``); ``parts``: ``PLACE_OF_PART``, ``input``,
    ``concentration`` (> 0), ``low_ratio`` and ``high_ratio`` (ends of its 95 % interval over it; NaN: the default
    factor), ``is_modelled``; ``exposures``: ``medium``, ``route``, ``input``, ``exponent``, ``log_sd``. A row without
    parts is left out.
    """
    parts = ordered(parts.filter(pc.greater(parts["concentration"], 0.0)), *PLACE_OF_PART, "input")
    rows = ordered(rows, "place_id", "population_group", "pollutant_id", "medium", "route")
    words = {name: _words(rows[name], parts[name]) for name in PLACE_OF_PART}
    of_part = [_codes(parts[name], words[name]) for name in PLACE_OF_PART]
    of_row = [_codes(rows[name], words[name]) for name in PLACE_OF_PART]
    first, concentration_no = unique_rows([np.concatenate(pair) for pair in zip(of_part, of_row, strict=True)])
    part_no, row_no = concentration_no[: parts.num_rows], concentration_no[parts.num_rows :]
    amount = doubles(parts, "concentration")
    total = np.bincount(part_no, weights=amount, minlength=first.size)
    start = np.searchsorted(part_no, np.arange(first.size + 1))
    kept = np.flatnonzero(np.diff(start)[row_no] > 0)
    rows, row_no = rows.take(kept), row_no[kept]
    of_row = [codes[kept] for codes in of_row]
    count = np.diff(start)[row_no]
    entry_row = np.repeat(np.arange(row_no.size, dtype=np.int32), count)
    # a row's parts are neighbours: its first one, and so many more
    entry_part = np.repeat((start[row_no] - np.cumsum(count) + count).astype(np.int32), count)
    entry_part += np.arange(entry_part.size, dtype=np.int32)
    _, case = unique_rows([of_row[0], _codes(rows["population_group"], _words(rows["population_group"]))])
    signatures = _signatures(rows, parts, exposures, parameters, entry_row, entry_part, of_row[2])
    return RiskModel(
        rows=rows,
        place=of_row[0],
        case=case,
        value={"cancer": doubles(rows, "linear_cancer_risk"), "noncancer": doubles(rows, "hazard_quotient")},
        entry_row=entry_row,
        share=amount[entry_part] / total[part_no[entry_part]] if entry_part.size else np.zeros(0),
        **signatures,
    )


def _signatures(
    rows: pa.Table,
    parts: pa.Table,
    exposures: pa.Table,
    parameters: pa.Table,
    entry_row: Small,
    entry_part: Small,
    pollutant: Whole,
) -> dict[str, Any]:
    """The fields of ``RiskModel`` that say which entry has which factor."""
    chosen = values_by(parameters, "parameter_id")
    median, spread = log_normal_of_interval(
        np.ones(parts.num_rows),
        doubles(parts, "low_ratio"),
        doubles(parts, "high_ratio"),
        np.full(parts.num_rows, chosen["screening.spread_factor"]),
    )
    words = {name: _words(rows[name]) for name in ("medium", "route", "target_organs")}
    of_row = [pollutant, *(_codes(rows[name], known) for name, known in words.items())]
    own = _codes(parts["input"], _words(parts["input"]))
    of_part = [own, median, spread, flags(parts, "is_modelled")]
    # rows and parts are classed before they are joined: entries outnumber both
    _, row_class = unique_rows(of_row)
    first_part, part_class = unique_rows(of_part)
    joined = row_class[entry_row]
    joined *= max(first_part.size, 1)
    joined += part_class[entry_part]
    known = np.unique(joined)
    signature = np.searchsorted(known, joined).astype(np.int32)
    first = np.empty(known.size, dtype=np.int64)
    first[signature[::-1]] = np.arange(signature.size - 1, -1, -1)  # the first entry of each stays
    kept, kept_part = rows.take(pa.array(entry_row[first])), entry_part[first]
    _, signature_class = unique_rows([column[entry_row[first]] for column in of_row[:3]])
    distinct = pa.table(
        {name: kept[name] for name in ("pollutant_id", "medium", "route")}
        | {"input": parts["input"].take(pa.array(kept_part)), "log_sd": spread[kept_part]}
        | {"modelled": of_part[3][kept_part]}
    )
    inputs, slot, coefficient, shift = _loadings(distinct, exposures, chosen)
    return {
        "entry_signature": signature,
        "inputs": inputs,
        "slot": slot,
        "coefficient": coefficient,
        "log_median": np.log(median[kept_part]) + shift,
        "signature_class": signature_class,
        "organs": [text.split(";") if text else [] for text in texts(kept, "target_organs")],
    }


def _loadings(
    signatures: pa.Table, exposures: pa.Table, chosen: dict[str, float]
) -> tuple[list[str], Whole, dict[str, Floats], Floats]:
    """Names of all inputs; of each signature the inputs it has, their coefficients by outcome, and what the exposure
    inputs, whose mean is 1, take off the median of ln."""
    pollutants, own = texts(signatures, "pollutant_id"), texts(signatures, "input")
    lines = ordered(exposures, "medium", "route", "input").to_pylist()
    names = [
        *sorted(set(own)),
        "dispersion",
        *sorted({f"toxicity:{name}" for name in pollutants}),
        *sorted({f"exposure:{line['input']}" for line in lines}),
    ]
    place_of = {name: place for place, name in enumerate(names)}
    slot = np.zeros((signatures.num_rows, MOST_INPUTS), dtype=np.int64)
    shared, shift = np.zeros(slot.shape), np.zeros(signatures.num_rows)
    slot[:, 0], shared[:, 0] = [place_of[name] for name in own], doubles(signatures, "log_sd")
    slot[:, 1] = place_of["dispersion"]
    shared[:, 1] = np.where(flags(signatures, "modelled"), chosen["risk.dispersion_log_sd"], 0.0)
    slot[:, 2] = [place_of[f"toxicity:{name}"] for name in pollutants]
    for number, key in enumerate(zip(texts(signatures, "medium"), texts(signatures, "route"), strict=True)):
        for place, line in enumerate((line for line in lines if (line["medium"], line["route"]) == key), start=3):
            slot[number, place] = place_of[f"exposure:{line['input']}"]
            shared[number, place] = line["exponent"] * line["log_sd"]
            shift[number] -= line["exponent"] * line["log_sd"] ** 2 / 2.0
    coefficient = {}
    for outcome, name in zip(OUTCOMES, ("risk.cancer_potency_log_sd", "risk.reference_value_log_sd"), strict=True):
        coefficient[outcome] = shared.copy()
        coefficient[outcome][:, 2] = chosen[name]
    return names, slot, coefficient, shift
