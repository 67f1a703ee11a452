"""The green index and a beach from files to marts."""

from __future__ import annotations

import math
from typing import Any

import pytest

from tests.dbt_inventory.scoring_records import BEACH


def test_the_expert_who_contradicts_himself_is_refused_and_the_other_counts(ask: Any) -> None:
    rows = ask(
        "select expert_no, is_accepted, fault from green_index.expert_matrix where layer = 'dimension' order by 1"
    )
    assert rows == [("1", True, None), ("2", False, "AHP-INCONSISTENT")]
    assert ask("select distinct round(dimension_weight, 9) from green_index.weight where method = 'ahp'") == [
        (pytest.approx(0.2),)
    ]
    assert ask("select sum(weight) from green_index.weight where is_used") == [(pytest.approx(1.0),)]


def test_weights_without_a_base_are_refused_with_the_reason(ask: Any) -> None:
    assert ask("select count(weight), min(refusal) from green_index.weight where method = 'entropy'") == [
        (0, "FEW-UNITS")
    ]


def test_the_zone_by_hand(ask: Any) -> None:
    """All at their target but PM2.5 (28 between 20 and 30) and M1, which is computed. The file's 9 visits (P2) and 35 %
    (P1) give way to what the pilot's tables hold (1,200 and two thirds, above the targets)."""
    row = ask(
        "select environment_quality, management_innovation, index, index_low, index_high, level, rank "
        "from green_index.annual_index where area_id = 'zone' and year = 2025"
    )
    environment, management, index, low, high, level, rank = row[0]
    q2 = ask("select weight_within from green_index.weight where indicator_id = 'Q2' and method = 'ahp'")[0][0]
    assert environment == pytest.approx(100 - 80 * q2)
    assert index == pytest.approx(math.exp(sum(math.log(x) for x in (environment, 100, management, 100, 100)) / 5))
    assert low <= index <= high and level in ("excellent", "good", "medium") and rank == 1
    assert ask(
        "select value, origin from green_index.indicator_value where indicator_id = 'P2' and area_id = 'zone'"
    ) == [(1200.0, "computed")]


def test_a_year_with_one_indicator_is_not_rated(ask: Any) -> None:
    row = ask(
        "select index, level, rank, coverage_share from green_index.annual_index where area_id = 'zone' and year = 2024"
    )
    assert row[0][:3] == (None, "not_rated", None) and 0 < row[0][3] < 0.1


def test_a_park_takes_the_value_of_the_zone_where_it_has_none(ask: Any) -> None:
    query = "select value, is_imputed, origin from green_index.indicator_value join core.dim_area using (area_id) "
    query += "where year = 2025 and indicator_id = ? and list_contains(aliases, '台塑')"
    assert ask(query, "I1") == [(0.55, False, "reported")] and ask(query, "Q3") == [(130.0, True, "inherited")]
    assert ask("select count(*) from green_index.indicator_value where area_id is null") == [(0,)]


def test_contributions_sum_to_the_index(ask: Any) -> None:
    rows = ask(
        "select sum(contribution), max(index_uncapped) from green_index.contribution join green_index.annual_index "
        "using (area_id, year) where index_uncapped is not null group by area_id, year"
    )
    assert rows and all(total == pytest.approx(index) for total, index in rows)


def test_all_thirty_indicators_stand_with_their_goalposts(ask: Any) -> None:
    assert ask("select count(*), count(target), count(distinct dimension) from green_index.indicator") == [(30, 30, 5)]
    assert ask("select n, flags from green_index.indicator_diagnostic where indicator_id = 'Q4'")[0][0] > 0


def test_a_beach_by_its_rules(ask: Any) -> None:
    rows = ask(
        "select microbe_class, nature, health, score, level_no, unknown_items, season "
        "from green_index.beach_quality where name_cn = ?",
        BEACH,
    )
    ((microbes, nature, health, score, level, unknown, season),) = rows
    assert (microbes, season) == ("excellent", "bathing"), "a count of winter is no bathing water"
    # width 50 m: 80; slope 1:1: 20; the other four are unknown and 0
    assert nature == pytest.approx((80 + 20) / 6) and unknown > 0 and level == 4
    # both microbes 100; the mean of coliforms 1750.5: 80; four of five weeks suitable or fairly so: half the way from
    # 60 % to all; a fifth of the weeks is poor, more than a tenth: 20 are lost
    assert health == pytest.approx((100 + 100 + 80 + 50) / 11 - 20)
    society = 100 / 7
    assert score == pytest.approx((nature + health + society) / 3), "the environment is not rated, the cap of 60 is far"


def test_a_week_of_a_beach_in_the_words_of_the_national_report(ask: Any) -> None:
    """Weeks of counts at their lowest bound are 优; 1,500 coliforms in 32 ℃ water 良 and 较适宜 for both reasons; 2,001
    coliforms 差 and 不适宜. Warm water alone says nothing of the water."""
    query = (
        "select water_class, suitability, cause, water_temperature_c from green_index.beach_week "
        "where name_cn = ? order by week_start"
    )
    weeks = ask(query, BEACH)
    assert weeks == [
        ("excellent", "suitable", None, None), ("excellent", "suitable", None, None),
        ("excellent", "suitable", None, None), ("good", "fairly_suitable", "水温偏高、粪大肠菌群含量较高", 32.0),
        ("poor", "unsuitable", "粪大肠菌群含量较高", 25.0),
    ]  # fmt: skip
    assert ask(query, "无菌数的虚构沙滩") == [(None, None, None, 25.0)]
    told = ask("select week_count, suitable_weeks, poor_weeks, name_cn from report.d13_beach order by name_cn")
    assert (5, 4, 1, BEACH) in told
    assert ask("select count(*) from report.d13_certificate") == [(0,)], "needs a level of a friendly beach"
