"""The workers' survey beside national values, with the seeds as they stand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest


def row(ask: Any, group: str, stratum: str, parameter: str, *columns: str) -> tuple[Any, ...]:
    found = ask(
        f"select {', '.join(columns)} from exposure.exposure_factor "
        "where population_group = ? and stratum = ? and parameter = ?", group, stratum, parameter,
    )  # fmt: skip
    assert len(found) == 1
    return found[0]


def test_the_survey_of_all_workers_stands(ask: Any) -> None:
    weights = [1 + number % 2 for number in range(40)]
    values = [300.0 if number == 7 else 60.0 + number % 5 for number in range(40)]
    mean = sum(w * y for w, y in zip(weights, values, strict=True)) / sum(weights)
    found = row(
        ask, "worker", "all", "body_weight_kg", "n", "mean", "degrees_of_freedom", "outlier_count", "chosen_source"
    )
    assert found == (40, pytest.approx(mean), 2, 1, "survey")


def test_a_stratum_with_one_psu_is_centred_at_the_mean_of_all_psus_and_named(ask: Any) -> None:
    """By hand: totals of the influences of five PSUs; the lonely one deviates from the mean of all five."""
    weight = np.array([1 + number % 2 for number in range(40)], float)
    values = np.array([300.0 if number == 7 else 60.0 + number % 5 for number in range(40)])
    influence = weight * (values - weight @ values / weight.sum()) / weight.sum()
    psu = np.array([2 * (number >= 20) + number % 2 if number < 38 else 4 for number in range(40)])
    totals = np.bincount(psu, influence)
    pairs = sum(2 * ((totals[two] - totals[two].mean()) ** 2).sum() for two in ([0, 1], [2, 3]))
    error = np.sqrt(pairs + (totals[4] - totals.mean()) ** 2)
    found = row(ask, "worker", "all", "body_weight_kg", "standard_error", "degrees_of_freedom", "reason_codes")
    assert found == (pytest.approx(error), 2, ["SURVEY-LONELY-PSU"])


def test_few_answers_leave_the_national_value(ask: Any) -> None:
    """Three women in the second job; women's national body weight was seen, that of all is remembered."""
    found = row(
        ask, "worker", "装卸工/female", "body_weight_kg", "n", "chosen_source", "chosen_value", "national_verified"
    )
    assert found == (1, "national", 54.4, "yes")
    assert row(ask, "worker", "装卸工/female", "body_weight_kg", "mean", "p50", "reason_codes") == (
        None, None, ["SURVEY-LONELY-PSU", "SURVEY-TOO-FEW"],
    )  # fmt: skip
    assert row(ask, "worker", "all", "water_intake_ml_d", "n", "chosen_source", "chosen_value") == (
        1,
        "national",
        1850.0,
    )
    assert row(ask, "worker", "all", "exposure_frequency_d_a", "n", "mean", "chosen_value") == (0, None, 250.0)


def test_breathing_is_the_national_rate_of_the_activity(ask: Any) -> None:
    assert row(ask, "worker", "all", "inhalation_rate_l_min", "mean", "standard_error", "unit") == (21.9, 0.0, "L/min")


def test_other_groups_have_national_values_only(ask: Any) -> None:
    found = row(ask, "resident_adult", "all", "inhalation_rate_m3_d", "n", "mean", "chosen_source", "chosen_value")
    assert found == (None, None, "national", 15.7)
    ((doubtful,),) = ask("select count(*) from exposure.exposure_factor where national_verified = 'doubtful'")
    assert doubtful == 0


def test_rows_come_from_the_survey_and_the_seed(ask: Any) -> None:
    sources = ask(
        "select distinct unnest(_origin).source_table, unnest(_origin).column_name from exposure.exposure_factor"
    )
    assert set(sources) == {("exposure_survey_person", "mean"), ("seed.national_exposure_factor", "national_default")}
