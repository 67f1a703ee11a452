"""Jobs against limits, with the seeds as they stand: each figure can be checked by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.dbt_inventory.records import BENZENE, BUTADIENE, ONE, TOLUENE
from tests.dbt_occupational.conftest import BISPHENOL, CHLORINE, LEAD

PLACE = f"W:{ONE}-001:聚合车间"


def row(ask: Any, job: str, pollutant: str, *columns: str, place: str = PLACE) -> tuple[Any, ...]:
    found = ask(
        f"select {', '.join(columns)} from exposure.occupational where place_id = ? and job = ? and pollutant_id = ?",
        place, job, pollutant,
    )  # fmt: skip
    assert len(found) == 1
    return found[0]


def test_a_twelve_hour_job_has_half_the_limit(ask: Any) -> None:
    """8/12 × 12/16 = 0.5 lies below 40/56 × 112/128 = 0.625; 0.6 of 3 × 0.5 is 0.4; tests of 2024 do not count."""
    columns = "n", "headcount", "twa_mg_m3", "pc_twa_mg_m3", "shift_hours", "week_hours", "oel_reduction_factor"
    assert row(ask, "巡检工", BENZENE, *columns) == (1, 12, 0.6, 3.0, 12.0, 56.0, 0.5)
    assert row(ask, "巡检工", BENZENE, "exposure_ratio", "peak_ratio", "is_over_action_level", "notations") == (
        pytest.approx(0.4), pytest.approx(0.4), False, ["G1", "皮"],
    )  # fmt: skip


def test_who_works_round_the_clock_has_no_ratio_and_says_why(ask: Any) -> None:
    rows = ask(
        "select exposure_ratio, oel_reduction_factor, is_over_action_level, "
        "list_contains(reason_codes, 'SHIFT-WHOLE-DAY') from exposure.occupational where job = '值守员'"
    )
    assert rows == [(None, 0.0, None, True)]


def test_gbz298_and_epa_stand_side_by_side(ask: Any) -> None:
    """HR 5 (G1) and ER 2 (0.4): √10 = 3.16, class 3. EPA: 600 µg/m³ × 8/24 × 250 × ED/25,550 × 7.8e-6 with the
    job's own years, mean of 36 answers."""
    grades = row(ask, "巡检工", BENZENE, "hazard_grade", "exposure_grade", "gbz298_class")
    assert grades == (5, 2, 3)
    duration, risk, quotient = row(ask, "巡检工", BENZENE, "exposure_duration_a", "cancer_risk", "hazard_quotient")
    ((mean,),) = ask("select sum((1 + i % 2) * (i % 10)) / sum(1 + i % 2) from (select unnest(range(36)) as i)")
    assert duration == pytest.approx(mean)
    (unit_risk,), = ask(
        "select value from core.toxicity_value where pollutant_id = ? and route = 'inhalation' "
        "and use_class = 'cancer' and list_contains(chosen_for, 'worker')", BENZENE,
    )  # fmt: skip
    assert risk == pytest.approx(600 * 8 / 24 * 250 * duration / 25_550 * unit_risk)
    assert quotient == pytest.approx(0.6 * 8 / 24 * 250 / 365 / 0.03)


def test_the_limit_of_the_day_counts(ask: Any) -> None:
    """In 2021 benzene had 6 and 10 mg/m³; the week of 四班三运转 lowers PC-TWA by 40/42 × 126/128."""
    assert row(ask, "装卸工", BENZENE, "tested_year", "pc_twa_mg_m3", "pc_stel_mg_m3", "oel_reduction_factor") == (
        2021, 6.0, 10.0, pytest.approx(0.9375),
    )  # fmt: skip


def test_a_non_detect_has_a_bound_and_no_value(ask: Any) -> None:
    found = row(
        ask, "巡检工", BUTADIENE, "twa_mg_m3", "exposure_ratio", "cancer_risk", "is_over_action_level", "reason_codes"
    )
    assert found == (None, None, None, False, ["TWA-NONDETECT"])
    upper, grade = row(ask, "巡检工", BUTADIENE, "exposure_ratio_upper", "exposure_grade")
    assert upper == pytest.approx(0.02 / (5 * 0.5)) and grade == 1


def test_form_unknown_mac_and_doubtful_limits(ask: Any) -> None:
    assert row(ask, "装卸工", LEAD, "pc_twa_mg_m3", "peak_ratio") == (0.03, pytest.approx(0.02 / 0.03))
    assert row(ask, "装卸工", CHLORINE, "ratio_basis", "exposure_ratio", "pc_twa_mg_m3") == (
        "MAC",
        pytest.approx(0.4),
        None,
    )
    codes = row(ask, "化验员", BISPHENOL, "reason_codes")[0]
    assert {"OEL-UNKNOWN", "SHIFT-UNKNOWN"} <= set(codes)
    assert ("OEL:80-05-7",) in ask("select gap_id from intermediate.int_exposure__occupational_gaps_found")


def test_ppm_at_twenty_degrees_and_a_workshop_of_no_known_site(ask: Any) -> None:
    assert row(ask, "化验员", BENZENE, "twa_mg_m3")[0] == pytest.approx(78.11 / 24.055, rel=1e-3)
    found = ask("select place_id, enterprise_id from exposure.occupational where enterprise_id is null")
    assert len(found) == 1 and found[0][0].startswith("W:") and found[0][0].endswith(":聚合车间")


def test_like_effects_add_up(ask: Any) -> None:
    """Benzene 0.4 and toluene 20 / (50 × 0.5) = 0.8 act on the nervous system, butadiene below its limit too."""
    found = ask(
        "select pollutant_ids, additive_ratio, additive_ratio_upper, unknown_limit_count "
        "from exposure.occupational_mixture "
        "where place_id = ? and job = '巡检工' and effect_group = 'central_nervous'", PLACE,
    )  # fmt: skip
    ids, ratio, upper, unknown = found[0]
    assert {BENZENE, TOLUENE} <= set(ids)
    assert ratio == pytest.approx(1.2) and upper >= ratio and unknown == 0


def test_every_row_says_where_it_came_from(ask: Any) -> None:
    sources = {table for (table,) in ask("select distinct unnest(_origin).source_table from exposure.occupational")}
    assert sources == {"monitoring_workplace", "receptor_job", "seed.occupational_limit"}


def test_rules_used_are_listed_with_their_status(ask: Any) -> None:
    found = dict(ask("select parameter_id, verified from intermediate.int_exposure__occupational_parameters_listed"))
    assert found["occupational_rule.OEL-ACTION"] == "yes" and found["occupational_rule.ZT298-RATIO-2"] == "memory"
