"""From raw monitoring records to quality levels, statistics, comparisons and episodes; each figure can be checked by
hand against monitoring_records.

Does not belong here: estimators (tests/kernels), conversion of units (unit test of int_exposure__results_converted).
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.dbt_exposure.monitoring_records import OZONE, SULFUR_DIOXIDE
from tests.dbt_inventory.records import BENZENE, ONE, STYRENE, TOLUENE


def quality(ask: Any, file_pollutant: str, at: str) -> list[tuple[str, list[str]]]:
    return ask(
        "select qc_level, qc_codes "
        "from exposure.monitoring_result where pollutant_id = ? and sampled_at = cast(? as timestamp)",
        file_pollutant, at,
    )  # fmt: skip


def test_a_bad_pair_flags_its_batch_and_a_good_one_does_not(ask: Any) -> None:
    assert quality(ask, TOLUENE, "2025-04-05 09:00") == [("B", ["QC-DUP"])]
    assert quality(ask, STYRENE, "2025-04-05 09:00") == [("B", ["QC-DUP"])], (
        "2.5 against <1 deviates by 42.9 % at least"
    )
    pairs = ask(
        "select pollutant_id, round(value, 1), passed "
        "from exposure.quality_control where qc_kind = 'parallel' order by 1"
    )
    assert pairs == [(STYRENE, 42.9, False), (TOLUENE, 50.0, False), (BENZENE, 9.1, True)]


def test_a_blank_spoils_what_is_within_five_times_of_it(ask: Any) -> None:
    assert quality(ask, TOLUENE, "2025-06-01 09:00") == [("C", ["QC-BLK"])]
    assert quality(ask, TOLUENE, "2025-06-02 09:00") == [("B", ["QC-BLK"])]
    blanks = ask("select pollutant_id, passed from exposure.quality_control where qc_kind = 'blank' order by 1")
    assert blanks == [(TOLUENE, False), (BENZENE, True)]


def test_a_recovery_out_of_range_flags_its_batch(ask: Any) -> None:
    assert quality(ask, TOLUENE, "2025-07-01 09:00") == [("B", ["QC-SPK"])]
    assert ask("select passed, value from exposure.quality_control where code = 'QC-SPK' order by 2") == [
        (True, 99.0),
        (False, 150.0),
    ]


def test_results_that_contradict_each_other_are_both_flagged(ask: Any) -> None:
    rows = ask(
        "select pollutant_id, qc_level, qc_codes "
        "from exposure.monitoring_result where site_id = 'S:W1' and medium = 'surface_water' order by 1"
    )
    assert [(row[0], row[1], "QC-LOG" in row[2]) for row in rows] == [
        ("BOD5", "B", True),
        ("COD", "B", True),
        ("NH3-N", "A", False),
    ]
    assert ask("select count(*) from exposure.quality_control where code = 'QC-LOG'") == [(2,)]


def test_what_cannot_be_used_is_kept_with_its_reason(ask: Any) -> None:
    rows = ask(
        "select qc_level, qc_codes, value, value_text "
        "from exposure.monitoring_result where pollutant_id = 'X-1' order by sampled_at"
    )
    assert rows == [("C", ["QC-UNIT"], None, "3.0"), ("C", ["FLAGGED"], None, "3.0")]


def test_a_non_detect_proves_something_only_below_limit_and_risk_level(ask: Any) -> None:
    assert ask("select distinct is_informative from exposure.monitoring_result where pollutant_id = '107-13-1'") == [
        (False,)
    ]
    assert ask(
        "select is_informative, detection_limit from exposure.monitoring_result where pollutant_id = 'NH3-N'"
    ) == [(True, 500.0)]
    assert ask("select passed from exposure.quality_control where code = 'QC-LOD' and pollutant_id = '107-13-1'") == [
        (False,)
    ]


def test_twelve_samples_with_two_non_detects(ask: Any) -> None:
    """0.4 twice unseen; 0.6, 0.8 … 1.7 without February and July: Kaplan–Meier, f = 1/6."""
    ((n, detected, method, low, high, largest, limit),) = ask(
        "select n, n_detected, statistic_method, mean_low, mean_high, max, largest_limit "
        "from exposure.monitoring_summary "
        "where site_id = 'S:A1' and pollutant_id = ? and averaging_time = '1h'", BENZENE,
    )  # fmt: skip
    # the pair's first sample (10) of file 3 is the thirteenth
    assert (n, detected, method, largest, limit) == (13, 11, "kaplan_meier", 10.0, 0.4)
    total = sum(0.5 + month / 10 for month in range(1, 13) if month not in (2, 7)) + 10
    assert low == pytest.approx(total / 13) and high == pytest.approx((total + 0.8) / 13)
    methods = ask(
        "select method from exposure.censored_estimate where site_id = 'S:A1' and pollutant_id = ? order by 1", BENZENE
    )
    assert [row[0] for row in methods] == ["arithmetic", "half_limit", "kaplan_meier", "mle", "ros"]


def test_no_detect_at_all_has_bounds_and_no_mean(ask: Any) -> None:
    ((n, method, mean, low, high, ucl, ucl_method),) = ask(
        "select n, statistic_method, mean, mean_low, mean_high, ucl95, ucl_method "
        "from exposure.monitoring_summary where pollutant_id = '107-13-1'"
    )
    assert (n, method, mean, low, high, ucl, ucl_method) == (3, "none", None, 0.0, 5.0, None, "none")
    assert ask(
        "select is_preferred from exposure.censored_estimate where pollutant_id = '107-13-1' and method = 'none'"
    ) == [(True,)]


def test_one_sample_is_its_own_mean_and_limit(ask: Any) -> None:
    rows = ask(
        "select n, mean, ucl95, ucl_method "
        "from exposure.monitoring_summary where site_id = 'S:A1' and pollutant_id = 'PM2.5'"
    )
    assert rows == [(4, 70.0, 70.0, "max_detect")]
    cod = ask("select n, mean, p50, ucl95, ucl_method from exposure.monitoring_summary where pollutant_id = 'COD'")
    assert cod == [(1, 15000.0, 15000.0, 15000.0, "max_detect")]
    ((single, few, undetected),) = ask("select single_count, few_count, undetected_count from report.d03_summary")
    assert (single, few, undetected) == ask(
        "select count(*) filter (where n = 1), count(*) filter (where ucl_name like '%最大%'), "
        "count(*) filter (where n_detected = 0) from report.d03_annex"
    )[0]
    assert single >= 1 and few > single and undetected >= 1


def test_a_year_that_spans_two_versions_of_a_standard_is_judged_part_by_part(ask: Any) -> None:
    """70 µg/m³ of PM2.5: below 75 until 28 February 2026, above 60 from 1 March."""
    parts = ask(
        "select standard_code, limit_value, n, exceedance_count from exposure.limit_comparison "
        "where pollutant_id = 'PM2.5' and averaging_time = '24h' order by valid_from"
    )
    assert parts == [("GB 3095-2012", 75.0, 2, 0), ("GB 3095-2026", 60.0, 2, 2)]
    years = ask(
        "select standard_code, n, exceedance_count, is_complete from exposure.limit_comparison "
        "where pollutant_id = 'PM2.5' and averaging_time = 'year' order by valid_from"
    )
    assert years == [("GB 3095-2012", 2, 1, False), ("GB 3095-2026", 2, 1, False)]
    summary = ask(
        "select standard_code, standard_limit, exceedance_count, round(max_ratio, 4) "
        "from exposure.monitoring_summary where pollutant_id = 'PM2.5'"
    )
    assert summary == [("GB 3095-2026", 60.0, 2, 1.1667)]


def test_a_day_needs_twenty_hours_and_says_when_it_has_not(ask: Any) -> None:
    days = ask(
        "select cast(sampled_at as date)::varchar, value, hour_count, qc_level, qc_codes "
        "from exposure.monitoring_result "
        "where pollutant_id = ? and averaging_time = '24h' order by 1", SULFUR_DIOXIDE,
    )  # fmt: skip
    assert days == [
        ("2025-01-01", 21.5, 24, "A", []), ("2025-01-02", 30.0, 19, "C", ["QC-CMP"]), ("2025-01-03", 5.0, 24, "B",
        ["QC-ND"]),
    ]  # fmt: skip


def test_the_largest_eight_hours_lie_within_the_day(ask: Any) -> None:
    rows = ask(
        "select value, hour_count, qc_level "
        "from exposure.monitoring_result where pollutant_id = ? and averaging_time = '8h_max'",
        OZONE,
    )
    assert rows == [(100.0, 17, "A")]


def test_a_series_stands_for_samples_of_its_hours_and_a_stated_day_for_itself(ask: Any) -> None:
    rows = ask(
        "select averaging_time, n, max "
        "from exposure.monitoring_summary where site_id = 'S:H1' and pollutant_id = ? order by 1",
        SULFUR_DIOXIDE,
    )  # fmt: skip
    assert rows == [("1h", 67, 33.0), ("24h", 2, 21.5)]
    ((compared,),) = ask(
        "select max(n) "
        "from exposure.limit_comparison where site_id = 'S:H1' and pollutant_id = ? and averaging_time = '1h'",
        SULFUR_DIOXIDE,
    )  # fmt: skip
    assert compared == 68
    days = ask(
        "select value, hour_count from exposure.monitoring_result "
        "where site_id = 'S:H1' and pollutant_id = ? and averaging_time = '24h' order by sampled_at", OZONE,
    )  # fmt: skip
    assert [(round(value, 1), hours) for value, hours in days] == [(46.7, 24), (31.0, None)]


def test_hours_are_counted_by_month(ask: Any) -> None:
    rows = ask(
        "select planned_hours, recorded_hours, valid_hours, nondetect_hours "
        "from exposure.monitoring_capture where pollutant_id = ?",
        SULFUR_DIOXIDE,
    )  # fmt: skip
    assert rows == [(744, 68, 67, 12)]
    assert ask(
        "select passed from exposure.quality_control where qc_kind = 'capture' and pollutant_id = ?", SULFUR_DIOXIDE
    ) == [(False,)]


def test_standstill_is_not_planned_where_every_mark_is_known(ask: Any) -> None:
    rows = ask(
        "select pollutant_id, planned_hours, stopped_hours, valid_hours "
        "from exposure.monitoring_capture where source_kind = 'online' order by 1"
    )
    assert rows == [("NMHC", 672, 0, 24), ("NOX", 718, 2, 1), ("PM", 720, None, 0)]
    assert ask(
        "select count(*) from exposure.monitoring_capture where source_kind <> 'online' and stopped_hours >= 0"
    ) == [(0,)]
    share = ask("select value from exposure.quality_control where code = 'QC-CEMS' and pollutant_id = 'NOX'")
    assert share == [(pytest.approx(100 / 718),)]


def test_hours_above_the_permit_are_merged_into_episodes(ask: Any) -> None:
    rows = ask(
        "select enterprise_id, hour(started_at), hour(ended_at), hours, max_ratio "
        "from exposure.exceedance where pollutant_id = 'NMHC' order by 2"
    )
    assert rows == [(f"{ONE}-001", 5, 8, 3.0, 1.5), (f"{ONE}-001", 12, 13, 1.0, 1.5)]
    assert ask("select limit_value, unit from exposure.outlet_limit") == [(60000.0, "ug/m3")]
    days = ask("select n from exposure.limit_comparison where pollutant_id = 'NMHC'")
    assert days == [(24,)], "the day made of the hours is not compared with the permit again"


def test_north_wraps_and_calm_has_no_sector(ask: Any) -> None:
    """18 hours from 10°, in tens: 6.25/10 of each is north, the rest north-north-east; six hours are calm."""
    rows = ask("select sector, n, calm_n from exposure.wind_sector where pollutant_id = ? order by 1", SULFUR_DIOXIDE)
    assert rows == [(0, 11, 6), (1, 7, 6)]
    shares = ask(
        "select sector, sum(share) from intermediate.int_exposure__winds_sectored group by 1 order by 1 nulls last"
    )
    assert shares == [(0, pytest.approx(11.25)), (1, pytest.approx(6.75)), (None, 6.0)]


def test_gaps_are_named(ask: Any) -> None:
    gaps = dict(ask("select gap_id, missing from intermediate.int_exposure__monitoring_gaps_found"))
    assert "SITE-NO-PLACE:S:N1" in gaps and "RESULT-UNIT:S:A1:X-1" in gaps and "NONDETECT-OPEN:S:N1:107-13-1" in gaps
    assert "SITE-NO-PLACE:S:A1" not in gaps
    assert "RESULT-TWO-MEDIA:S:W1" in gaps, "the sediment of W1 is not in the statistics of its water"


def test_sea_food_is_held_against_the_limits_of_its_kind(ask: Any) -> None:
    """Oysters of the sea: lead 1.0 against 1.5 (food) and 0.1 (sea water standard), cadmium 0.3 against 2.0 and 0.2."""
    rows = ask(
        "select pollutant_id, standard_code, standard_class, limit_value, exceedance_count "
        "from exposure.limit_comparison where site_id = 'S:P1' order by 1, 2"
    )
    assert rows == [
        ("7439-92-1", "GB 18421-2001", "第一类", 0.1, 1), ("7439-92-1", "GB 2762-2022", "双壳贝类", 1.5, 0),
        ("7440-43-9", "GB 18421-2001", "第一类", 0.2, 1), ("7440-43-9", "GB 2762-2022", "双壳贝类", 2.0, 0),
    ]  # fmt: skip
    assert ask("select count(*) from exposure.limit_comparison where site_id in ('S:P2', 'S:P3')") == [(0,)]


def test_what_no_form_states_is_a_gap_and_nothing_is_taken_for_it(ask: Any) -> None:
    gaps = dict(ask("select gap_id, missing from intermediate.int_exposure__unstated_gaps_found"))
    assert "没有写明" in gaps["ANIMAL-KIND:S:P2"] and "几种" in gaps["ANIMAL-KIND:S:P3"]
    assert "ANIMAL-KIND:S:P1" not in gaps and "分析日期" in gaps["CONTROL-UNSTATED:waste_gas"]
    assert gaps["REFERENCE-OXYGEN:S:F1"].startswith("报告有实测含氧量")
    assert gaps["REFERENCE-OXYGEN:S:F2"].startswith("没有实测和基准含氧量")
    values = ask("select distinct value from exposure.monitoring_result where site_id in ('S:F1', 'S:F2')")
    assert values == [(20000.0,)], "as measured"


def test_a_river_is_not_held_against_the_limit_of_lakes(ask: Any) -> None:
    """GB 3838-2002 class III: total phosphorus 0.2 mg/L in rivers, 0.05 in lakes and reservoirs; W2 lies on none."""
    rows = ask(
        "select distinct limit_value, n, exceedance_count from exposure.limit_comparison "
        "where pollutant_id = 'TP' and site_id = 'S:W2'"
    )
    assert rows == [(200.0, 2, 1)]
