"""From answers of the workers' survey to estimates by job and sex."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from ehpilot.kernels import survey
from ehpilot.kernels.exposure_factors import SCHEMA, estimate_factors

PARAMETERS = pa.table({"parameter_id": ["exposure_survey.outlier_share"], "value": [0.1]})
FIELDS = pa.schema(
    [
        ("person_id", pa.string()), ("parameter", pa.string()), ("value", pa.float64()), ("outlier_scale", pa.string()),
        ("weight", pa.float64()), ("stratum", pa.string()), ("psu", pa.string()), ("job", pa.string()),
        ("sex", pa.string()),
    ]
)  # fmt: skip


def answers(rows: list[dict[str, Any]]) -> pa.Table:
    usual = {"parameter": "w", "outlier_scale": "none", "weight": 1.0, "stratum": "s", "job": "j", "sex": "male"}
    table = pa.Table.from_pylist(
        [usual | {"person_id": f"p{number:03}", "psu": f"u{number}"} | row for number, row in enumerate(rows)], FIELDS
    )
    place = table.schema.get_field_index("value")
    return table.set_column(place, "value", table["value"].fill_null(np.nan))


def by_domain(table: pa.Table) -> dict[tuple[str, ...], dict[str, Any]]:
    return {
        tuple(row[key] for key in ("parameter", "stratum_kind", "job", "sex")): row
        for row in estimate_factors(table, PARAMETERS).to_pylist()
    }


def test_domains_are_all_jobs_and_jobs_by_sex_as_in_one_sample() -> None:
    rows = [
        {"value": value, "job": job, "sex": sex, "weight": weight, "psu": psu}
        for value, job, sex, weight, psu in [
            (60.0, "a", "male", 2.0, "u1"), (70.0, "a", "male", 1.0, "u2"), (50.0, "a", "female", 1.0, "u1"),
            (80.0, "b", "male", 1.0, "u3"), (90.0, None, None, 1.0, "u3"),
        ]
    ]  # fmt: skip
    found = by_domain(answers(rows))
    assert list(found) == [
        ("w", "all", None, None), ("w", "job", "a", None),
        ("w", "job_sex", "a", "female"), ("w", "job_sex", "a", "male"),
        ("w", "job", "b", None), ("w", "job_sex", "b", "male"),
    ]  # fmt: skip
    design = survey.make_design([2, 1, 1, 1, 1], ["s"] * 5, ["u1", "u2", "u1", "u3", "u3"])
    men = survey.mean([60, 70, 50, 80, 90], design, [True, True, False, False, False])
    row = found["w", "job_sex", "a", "male"]
    assert (row["n"], row["mean"], row["standard_error"]) == (
        2,
        pytest.approx(190 / 3),
        pytest.approx(men.standard_error),
    )
    assert found["w", "all", None, None]["degrees_of_freedom"] == 2


def test_an_outlier_is_counted_and_kept() -> None:
    values = [*np.linspace(60, 80, 40), 500.0]
    row = by_domain(answers([{"value": value, "outlier_scale": "log"} for value in values]))["w", "all", None, None]
    assert (row["outlier_count"], row["straggler_count"], row["n"]) == (1, 0, 41)
    assert row["mean"] == pytest.approx(np.mean(values))


def test_incomplete_designs_have_a_stated_rule_and_a_code() -> None:
    plain = [{"value": float(value)} for value in range(4)]
    unweighted = by_domain(answers([row | {"weight": None} for row in plain]))["w", "all", None, None]
    assert (unweighted["mean"], unweighted["reason_codes"]) == (1.5, ["SURVEY-UNWEIGHTED"])
    some = by_domain(answers([*plain, {"value": 100.0, "weight": None}]))["w", "all", None, None]
    assert (some["mean"], some["n"], some["unweighted_count"]) == (1.5, 4, 1)
    no_psu = by_domain(answers([row | {"psu": None} for row in plain]))["w", "all", None, None]
    assert (no_psu["degrees_of_freedom"], no_psu["reason_codes"]) == (3, ["SURVEY-NO-PSU"])
    lonely = by_domain(answers([*plain, {"value": 9.0, "stratum": "t"}]))["w", "all", None, None]
    assert (lonely["degrees_of_freedom"], lonely["reason_codes"]) == (3, ["SURVEY-LONELY-PSU"])
    one = by_domain(answers([row | {"psu": "u"} for row in plain]))["w", "all", None, None]
    assert one["mean"] == 1.5 and np.isnan(one["standard_error"])


def test_who_does_not_answer_stays_in_the_design() -> None:
    rows = [{"value": value} for value in (1.0, 3.0, None)]
    row = by_domain(answers(rows))["w", "all", None, None]
    assert (row["n"], row["mean"], row["degrees_of_freedom"]) == (2, 2.0, 1)
    silent = by_domain(answers([{"value": None}, {"value": None}]))["w", "all", None, None]
    assert silent["n"] == 0 and np.isnan(silent["mean"])


def test_rows_in_another_order_and_nothing_at_all() -> None:
    rng = np.random.default_rng(3)
    table = answers(
        [
            {"value": float(rng.normal()), "parameter": "wx"[n % 2], "job": "ab"[n % 3 // 2], "psu": f"u{n % 7}"}
            for n in range(60)
        ]
    )
    mixed = table.take(rng.permutation(60))
    assert estimate_factors(mixed, PARAMETERS).equals(estimate_factors(table, PARAMETERS))
    assert estimate_factors(table.slice(0, 0), PARAMETERS).equals(SCHEMA.empty_table())
