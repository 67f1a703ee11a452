"""Monitoring statistics of the small demo area against its truth and against the Parquet files of its hours.

Does not belong here: rules by hand (tests/dbt_exposure), estimators (tests/kernels).
"""

from __future__ import annotations

import csv
from statistics import median

import pytest

from tests.area import Area

FACTOR = {"μg/m³": 1.0, "mg/m³": 1000.0, "μg/L": 1.0, "mg/L": 1000.0, "ng/L": 0.001, "mg/kg": 1.0, "μg/kg": 0.001}


def test_means_of_a_year_lie_about_the_true_ones(demo: Area) -> None:
    """A result is the true mean times season, spread and error of measurement, whose mean is about 1.1."""
    with (demo.truth / "environment_means.csv").open(encoding="utf-8", newline="") as file:
        truth = {(row["site_id"], row["pollutant_id"]): row for row in csv.DictReader(file)}
    rows = demo.sql(
        "select substr(site_id, 3) as site, pollutant_id, statistic_method, mean from exposure.monitoring_summary "
        "where period = '2025' and averaging_time in ('1h', 'grab') and medium not in ('waste_gas', 'waste_water')"
    )
    ratios: dict[str, list[float]] = {}
    for row in rows:
        true = truth.get((row["site"], row["pollutant_id"]))
        unit = None if true is None else true["unit"].replace("ug", "μg").replace("m3", "m³")
        if true is not None and row["mean"] is not None and unit in FACTOR:
            ratios.setdefault(row["statistic_method"], []).append(
                row["mean"] / (float(true["true_mean"]) * FACTOR[unit])
            )
    assert {"arithmetic", "half_limit", "kaplan_meier", "ros"} <= set(ratios)
    for method, found in ratios.items():
        assert 0.85 < median(found) < 1.4, f"{method}: {median(found)}"


def test_days_are_the_means_of_their_hours(demo: Area) -> None:
    wrong = demo.sql(
        """
        with hour as (
            select site_id, pollutant_id, cast(sampled_at as date) as day, avg(value) as mean, count(value) as n
            from exposure.monitoring_hourly where not is_nondetect
            group by 1, 2, 3 having count(value) = count(*)
        )
        select count(*) as n, max(abs(hour.mean / result.value - 1)) as worst
        from hour
        join exposure.monitoring_result as result
            on result.site_id = hour.site_id and result.pollutant_id = hour.pollutant_id
            and result.averaging_time = '24h' and cast(result.sampled_at as date) = hour.day
            and result.hour_count = hour.n
        where hour.mean > 0
        """
    )[0]
    assert wrong["n"] > 1000 and wrong["worst"] == pytest.approx(0, abs=1e-9)


def test_every_sample_has_one_method_that_counts_and_every_episode_its_hours(demo: Area) -> None:
    assert demo.sql(
        "select count(*) as n from (select 1 from exposure.censored_estimate "
        "group by site_id, pollutant_id, period, averaging_time having count(*) filter (where is_preferred) <> 1)"
    ) == [{"n": 0}]
    assert demo.sql(
        "select count(*) as n from exposure.exceedance where hours is not null "
        "and abs(date_diff('hour', started_at, ended_at) - hours) > 0"
    ) == [{"n": 0}]
    lost = demo.sql(
        "select (select sum(recorded_hours) from exposure.monitoring_capture) - "
        "(select count(*) from exposure.monitoring_hourly where pollutant_id is not null) as n"
    )
    assert lost == [{"n": 0}]
