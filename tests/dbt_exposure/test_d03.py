"""Printed tables of the monitoring report over the hand-made records: each row can be checked by hand.

Does not belong here: the marts they print (test_monitoring).
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.dbt_inventory.records import BENZENE, ONE


def test_the_item_says_how_often_and_with_what_limit_it_is_measured(ask: Any) -> None:
    rows = ask(
        "select site_count, days_text, result_count, nondetect_count, limit_text, standards from report.d03_item "
        "where medium = 'ambient_air' and pollutant_id = ?", BENZENE,
    )  # fmt: skip
    assert rows == [(1, "12", 13, 2, "0.4", "HJ 2.2-2018")], "two samples of one day in April"


def test_controls_are_counted_with_what_cannot_be_said(ask: Any) -> None:
    rows = ask(
        "select parallel_count, parallel_failed, parallel_open, blank_count, blank_failed, spike_count, spike_failed "
        "from report.d03_control where medium = ''"
    )
    assert rows == [(3, 2, 0, 2, 1, 2, 1)]
    assert ask("select logic_failed from report.d03_control where medium = 'surface_water'") == [(2,)]


def test_levels_and_flags_leave_no_result_out(ask: Any) -> None:
    ((counted,),) = ask("select sum(result_count) from report.d03_level")
    ((there,),) = ask("select count(*) from exposure.monitoring_result where period = '2025'")
    assert counted == there
    flags = dict(ask("select code, result_count from report.d03_flag"))
    assert flags["QC-BLK"] == 2 and flags["QC-LOG"] == 2 and flags["QC-CMP"] == 2


def test_an_outlet_above_its_permit_is_named(ask: Any) -> None:
    rows = ask("select site_no, n, exceedance_count, limit_value, unit_name, max_ratio from report.d03_outlet")
    assert rows == [(f"{ONE}001P:DA001", 24, 4, 60.0, "mg/m³", 1.5)]


def test_concentrations_are_printed_in_the_units_of_the_standards_and_are_those_of_the_marts(ask: Any) -> None:
    """Exhaust gas in mg/m³, COD and oxygen in mg/L, traces in air in μg/m³; the marts keep their canonical units."""
    per_unit = {"ug/m3": 1, "ug/L": 1, "mg/kg": 1, "μg/m³": 1, "mg/m³": 1000, "μg/L": 1, "mg/L": 1000}
    printed = ask(
        "select annex.medium, annex.pollutant_id, annex.unit_name, summary.unit, annex.max, summary.max, "
        "annex.standard_limit, summary.standard_limit from report.d03_annex as annex "
        "join exposure.monitoring_summary as summary using (site_id, pollutant_id, period, averaging_time)"
    )
    for _, _, unit, stored, *pairs in (row for row in printed if row[2] in per_unit):
        for shown, kept in zip(pairs[::2], pairs[1::2], strict=True):
            assert (shown is None) == (kept is None)
            assert shown is None or shown * per_unit[unit] == pytest.approx(kept * per_unit[stored], rel=1e-12)
    units = {(medium, substance): unit for medium, substance, unit, *_ in printed}
    assert {unit for (medium, _), unit in units.items() if medium == "waste_gas"} == {"mg/m³"}
    assert units["ambient_air", BENZENE] == units["ambient_air", "7446-09-5"] == "μg/m³"
    assert units["surface_water", "DO"] == "mg/L"
    shares = ask(
        "select ratio_level / max_ratio, unit_name from report.d03_result "
        "where pollutant_id = ? and medium = 'ambient_air'", BENZENE,
    )  # fmt: skip
    assert shares == [(pytest.approx(110.0), "μg/m³")], "HJ 2.2-2018: benzene 110 μg/m³ in an hour"


def test_the_annex_has_one_row_a_site_and_pollutant_by_days_where_there_are_hours(ask: Any) -> None:
    rows = ask("select averaging_time, n from report.d03_annex where site_no = 'H1' and pollutant_id = '7446-09-5'")
    assert rows == [("24h", 2)]


def test_the_direction_is_that_of_the_highest_mean(ask: Any) -> None:
    """Sectors of fewer than twenty hours point nowhere; the hand-made day has 18 hours of wind."""
    assert ask("select count(*) from report.d03_direction") == [(0,)]
    assert ask("select count(*) from report.d03_rose where pollutant_id = '7446-09-5'") == [(2,)]


def test_the_summary_counts_what_the_tables_print(ask: Any) -> None:
    ((usable, contradictions, parallel),) = ask("select usable_pct, logic_count, parallel_pct from report.d03_summary")
    ((level,),) = ask("select 100.0 * sum(a_count + b_count) / sum(result_count) from report.d03_level")
    assert usable == pytest.approx(level) and contradictions == 2 and parallel == pytest.approx(100 / 3)


def test_a_ratio_says_what_it_is_compared_with(ask: Any) -> None:
    rows = ask("select ratio_basis, judged, ratio_level, averaging_name from report.d03_result "
               "where medium = 'ambient_air' and pollutant_id = ?", BENZENE)  # fmt: skip
    ((basis, judged, level, averaging),) = rows
    assert (basis, judged) == ("HJ 2.2-2018 1小时平均", "compared") and level > 0 and "1小时平均" in averaging
    states = ask("select judged, standards from report.d03_result where side = 'environment'")
    assert all((state == "none") == (standards == "无适用限值") for state, standards in states)


def test_a_limit_that_is_a_least_value_shows_the_value_and_not_the_ratio_of_it(ask: Any) -> None:
    """Of dissolved oxygen the ratio is limit over value: the level printed is a level that was measured."""
    rows = ask(
        "select result.ratio_level, result.min, result.max, result.max_ratio from report.d03_result as result "
        "join core.environmental_limit as limits using (medium, pollutant_id) where limits.operator in ('>', '>=')"
    )
    assert rows
    assert all(low <= level <= high for level, low, high, ratio in rows if ratio is not None)


def test_the_zone_and_its_weather_are_those_of_the_marts(ask: Any) -> None:
    assert ask("select receptor_count from report.d03_zone") == ask("select count(*) from core.dim_receptor")
    assert ask("select park_count from report.d03_zone") == ask(
        "select count(*) from core.dim_area where area_kind = 'park'"
    )
    ((prevailing, share),) = ask("select prevailing, prevailing_pct from report.d03_weather")
    assert (prevailing, share) in ask("select sector_name, share_pct from report.d03_wind")


def test_the_areas_count_exceedances_of_every_averaging_time(ask: Any) -> None:
    """A station's hours above a limit of an hour stand in its area though the annex prints its days."""
    ((printed, ratio),) = ask("select sum(exceedance_count), max(max_ratio) from report.d03_park")
    counted = ask(
        "select sum(exceedance_count), max(max_ratio) from exposure.limit_comparison "
        "where period = '2025' and medium not in ('waste_gas', 'waste_water')"
    )
    assert [(printed, ratio)] == counted and printed > 0
    texts = ask("select exceedance_count, exceedance_text from report.d03_result where exceedance_count is not null")
    parts = [(n, sum(int(part.split("（")[0]) for part in text.split("、"))) for n, text in texts]
    assert parts and all(n == summed for n, summed in parts)
