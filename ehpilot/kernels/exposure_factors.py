"""Exposure factors of workers from their survey: means, percentiles and marks of outliers by job and sex.

A survey of exposure factors (HJ 877-2017) gives one answer a person and factor. Each factor is estimated for all
workers, by job, and by job and sex, as domains of one complex sample (``survey``); values that stand out are marked
(``outliers``, GB/T 4883) and counted, and all of them stay in the estimates.

Rules for incomplete designs: where nobody has a weight all count alike (SURVEY-UNWEIGHTED); where some have none
those are left out and counted; who names no PSU is one of their own (SURVEY-NO-PSU); a stratum with one PSU is
centred at the grand mean (SURVEY-LONELY-PSU); a sample of one PSU has no standard error.

Belongs here: from answers to estimates of domains. Does not belong here: which column of a form a factor is, national
values, the choice between them (SQL models), the statistics themselves (``survey``, ``outliers``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ehpilot.kernels import survey
from ehpilot.kernels.columns import doubles, ordered, texts, values_by
from ehpilot.kernels.outliers import OUTLIER, STRAGGLER, grubbs_marks

SHARES = (0.05, 0.5, 0.95)
Marks = NDArray[np.bool_]

SCHEMA = pa.schema(
    [
        ("parameter", pa.string()), ("stratum_kind", pa.string()), ("job", pa.string()), ("sex", pa.string()),
        ("n", pa.int32()), ("mean", pa.float64()), ("standard_error", pa.float64()), ("mean_low", pa.float64()),
        ("mean_high", pa.float64()), ("p05", pa.float64()), ("p50", pa.float64()), ("p95", pa.float64()),
        ("degrees_of_freedom", pa.int32()), ("design_effect", pa.float64()), ("unweighted_count", pa.int32()),
        ("straggler_count", pa.int32()), ("outlier_count", pa.int32()), ("reason_codes", pa.list_(pa.string())),
    ]
)  # fmt: skip


def estimate_factors(answers: pa.Table, parameters: pa.Table) -> pa.Table:
    """One row a factor and domain, by ``parameter``, ``stratum_kind`` (all, job, job_sex), ``job``, ``sex``.

    ``answers``: one row a person and factor: ``person_id``, ``parameter``, ``value`` (unit of the factor, NaN = no
    answer), ``outlier_scale`` (linear, log, none), ``weight`` (NaN or not positive = none), ``stratum``, ``psu``,
    ``job``, ``sex`` (null = not stated). ``parameters``: ``exposure_survey.outlier_share``, the largest share of the
    answers that the repeated test may mark. Estimates are NaN where nobody in the domain answers. Rows of one factor
    must not be parted.
    """
    share = values_by(parameters, "parameter_id")["exposure_survey.outlier_share"]
    rows: list[dict[str, Any]] = []
    for factor in sorted(set(texts(answers, "parameter"))):
        people = ordered(answers.filter(pc.equal(answers["parameter"], factor)), "person_id")
        rows += _estimates_of_factor(factor, people, share)
    return pa.Table.from_pylist(rows, SCHEMA)


def _estimates_of_factor(factor: str, people: pa.Table, share: float) -> list[dict[str, Any]]:
    weight = doubles(people, "weight")
    weighted = weight > 0
    codes = []
    if not weighted.any():
        weight, weighted = np.ones(len(weight)), np.ones(len(weight), dtype=bool)
        codes.append("SURVEY-UNWEIGHTED")
    value = doubles(people, "value")
    marks = grubbs_marks(value, texts(people, "outlier_scale", "none")[0], share)
    names = zip(texts(people, "psu"), texts(people, "person_id"), strict=True)
    psus = [name or f"\0{person}" for name, person in names]
    if any(name.startswith("\0") for name in psus):
        codes.append("SURVEY-NO-PSU")
    kept = people.filter(pa.array(weighted))
    design = survey.make_design(weight[weighted], texts(kept, "stratum"), np.asarray(psus)[weighted])
    if design.lonely_strata and len(design.stratum_of_psu) > 1:
        codes.append("SURVEY-LONELY-PSU")
    found = []
    for kind, job, sex, inside in _domains(people):
        told = inside & ~np.isnan(value)
        found.append(
            {"parameter": factor, "stratum_kind": kind, "job": job, "sex": sex}
            | _estimate(value[weighted], design, inside[weighted])
            | {
                "unweighted_count": int((told & ~weighted).sum()),
                "straggler_count": int((marks[told] == STRAGGLER).sum()),
                "outlier_count": int((marks[told] == OUTLIER).sum()),
                "reason_codes": sorted(codes),
            }
        )
    return found


def _estimate(value: NDArray[np.float64], design: survey.Design, inside: Marks) -> dict[str, Any]:
    found = survey.mean(value, design, inside)
    low, high = survey.interval(found)
    p05, p50, p95 = survey.quantiles(value, SHARES, design, inside).tolist()
    return {
        "n": found.n, "mean": found.value, "standard_error": found.standard_error, "mean_low": low, "mean_high": high,
        "p05": p05, "p50": p50, "p95": p95, "degrees_of_freedom": found.degrees_of_freedom,
        "design_effect": found.design_effect,
    }  # fmt: skip


def _domains(people: pa.Table) -> Iterator[tuple[str, str | None, str | None, Marks]]:
    """Kind, job, sex and members: all, each stated job, each stated job and sex that occurs."""
    yield "all", None, None, np.ones(people.num_rows, dtype=bool)
    job, sex = np.asarray(texts(people, "job"), dtype=object), np.asarray(texts(people, "sex"), dtype=object)
    for name in sorted({name for name in job if name}):
        yield "job", name, None, np.asarray(job == name)
        for code in sorted({code for code in sex[job == name] if code}):
            yield "job_sex", name, code, np.asarray((job == name) & (sex == code))
