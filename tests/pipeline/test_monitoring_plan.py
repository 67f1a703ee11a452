"""D05 of the demo: what it prints of sites, items, costs, chains and quarters adds up to the marts."""

from __future__ import annotations

import pytest

from tests.area import Area


def one(area: Area, query: str) -> dict[str, object]:
    (row,) = area.sql(query)
    return dict(row)


def test_every_site_of_the_network_is_listed_once_and_no_candidate(demo: Area) -> None:
    told = one(
        demo,
        "select count(*) as n, count(distinct site_no) filter (where site_no <> '—') as numbers, "
        "count(*) filter (where site_no <> '—') as numbered from report.d05_site",
    )
    kept = one(demo, "select count(*) as n from exposure.monitoring_network where action is not null")
    assert told["n"] == kept["n"]
    assert told["numbers"] == told["numbered"], "two sites of one number could not be told apart on paper"


def test_what_becomes_of_the_sites_adds_up_in_each_medium(demo: Area) -> None:
    rows = demo.sql("select * from report.d05_medium")
    assert rows
    for row in rows:
        added = row["kept_count"] + row["added_count"] + row["moved_count"]
        assert row["planned_count"] == added, row["medium"]
        assert row["existing_count"] >= row["kept_count"] + row["stopped_count"]
        if row["cost_wan"] is None or row["current_cost_wan"] is None:
            assert row["difference_wan"] is None and row["unpriced_count"] > 0, "unknown is not 0"
            continue
        assert row["difference_wan"] == pytest.approx(row["cost_wan"] - row["current_cost_wan"])


def test_costs_are_those_of_the_plan_in_every_table(demo: Area) -> None:
    sums = "sum(cost_yuan_a) / 1e4 as cost, sum(current_cost_yuan_a) / 1e4 as today"
    mart = one(demo, f"select {sums} from exposure.monitoring_plan")
    for table in ("d05_change", "d05_budget", "d05_plan", "d05_site", "d05_summary"):
        told = one(demo, f"select sum(cost_wan) as cost, sum(current_cost_wan) as today from report.{table}")
        assert told["cost"] == pytest.approx(mart["cost"]), table
        assert told["today"] == pytest.approx(mart["today"]), table


def test_each_item_stands_in_one_line_of_the_plan(demo: Area) -> None:
    told = one(demo, "select sum(item_count) as n from report.d05_plan")
    assert told["n"] == one(demo, "select count(*) as n from exposure.monitoring_plan")["n"]
    assert one(demo, "select count(*) as n from report.d05_plan where site_no is null")["n"] == 0


def test_unknown_costs_are_counted_and_not_zero(demo: Area) -> None:
    unknown = "frequency is not null and cost_yuan_a is null"
    counted = one(demo, f"select count(*) as n from exposure.monitoring_plan where {unknown}")["n"]
    assert counted == one(demo, "select unpriced_count as n from report.d05_summary")["n"]
    assert counted == one(demo, "select sum(unpriced_count) as n from report.d05_budget")["n"]
    for table in ("d05_site", "d05_medium", "d05_change", "d05_budget"):
        rows = f"report.{table} where item_count > 0 and unpriced_count = item_count"
        assert not demo.sql(f"select cost_wan from {rows} and cost_wan is not null"), f"{table}: unknown is not 0"


def test_a_chain_broken_for_a_red_or_orange_source_is_listed_first_with_its_missing_links(demo: Area) -> None:
    rows = demo.sql("select enterprise_id, is_complete, state from report.d05_chain order by row_no")
    asked = one(demo, "select count(*) as n from risk_grade.source_grade where grade <= 2")
    assert len(rows) == asked["n"] > 0
    assert [row["is_complete"] for row in rows] == sorted(row["is_complete"] for row in rows)
    for row in rows:
        gaps = demo.sql(f"select gap_id from meta.gap where gap_id like 'CHAIN:{row['enterprise_id']}:%'")
        assert row["state"].count("、") + 1 == len(gaps) if gaps else row["state"] == "完整"


def test_the_choice_of_sites_is_told_as_it_was_made(demo: Area) -> None:
    """Ties and the distance are those of the sites that took part; a site of another medium has none."""
    chosen = one(
        demo,
        "select bool_and(is_choice_unique) as is_unique, max(mean_distance_m) as metres, max(optimality_gap) as gap "
        "from exposure.monitoring_network where place_id is not null",
    )
    told = one(demo, "select uniqueness, mean_distance_km, gap_pct from report.d05_summary")
    assert told["uniqueness"].startswith("最优解唯一" if chosen["is_unique"] else "最优解不唯一")
    assert told["mean_distance_km"] == pytest.approx(chosen["metres"] / 1000) and 0 < chosen["metres"] < 3000
    assert told["gap_pct"] == pytest.approx(100 * chosen["gap"])


def test_marginal_gains_add_up_to_what_is_covered(demo: Area) -> None:
    rows = demo.sql("select gain_pct, covered_pct from report.d05_gain order by row_no")
    assert rows
    added = 0.0
    for row in rows:
        added += row["gain_pct"]
        assert row["covered_pct"] == pytest.approx(added)
    assert one(demo, "select covered_pct from report.d05_summary")["covered_pct"] == pytest.approx(added)


def test_quarters_add_up_to_the_completion_of_all_items(demo: Area) -> None:
    sums = "sum(planned) as planned, sum(done) as done, sum(valid) as valid, sum(late) as late"
    assert one(demo, f"select {sums} from report.d05_completion") == one(
        demo, f"select {sums} from exposure.monitoring_completion"
    )


def test_items_of_a_site_that_moves_go_on_in_its_place_at_least_as_often(demo: Area) -> None:
    rows = demo.sql(
        "select old.site_id, old.pollutant_id, old.current_frequency, new.frequency "
        "from exposure.monitoring_plan as old "
        "inner join exposure.monitoring_network as network on network.site_id = old.site_id "
        "left join exposure.monitoring_plan as new "
        "on new.site_id = network.moved_site_id and new.pollutant_id = old.pollutant_id "
        "where network.is_existing and network.action = 'move' and old.current_frequency is not null"
    )
    often = ["continuous", "month", "quarter", "half_year", "year"]
    assert rows
    for row in rows:
        assert often.index(row["frequency"]) <= often.index(row["current_frequency"]), row


def test_what_is_named_as_no_longer_measured_is_of_sites_that_stop(demo: Area) -> None:
    rows = demo.sql("select action, dropped_pollutants from report.d05_redundancy where dropped_pollutants is not null")
    assert {row["action"] for row in rows} <= {"停用"}


def test_the_source_of_a_chain_is_watched_in_the_medium_of_its_load(demo: Area) -> None:
    rows = demo.sql(
        "select distinct chain.medium as way, site.medium from exposure.monitoring_chain as chain "
        "inner join exposure.monitoring_network as site using (site_id) where chain.chain_role = 'source'"
    )
    assert rows
    for row in rows:
        assert (row["way"] == "water") == (row["medium"] == "waste_water"), row


def test_only_windows_that_have_ended_are_due(demo: Area) -> None:
    (totals,) = demo.sql(
        "select sum(planned - done - late) as open, max(period) as last from exposure.monitoring_completion"
    )
    (edition,) = demo.sql("select year(as_of) || 'Q' || quarter(as_of) as quarter from meta.edition")
    assert totals["open"] == 0 and totals["last"] <= edition["quarter"]


def test_every_alarm_is_printed_and_its_level_counted(demo: Area) -> None:
    count = one(demo, "select count(*) as n from exposure.monitoring_alarm")["n"]
    assert one(demo, "select count(*) as n from report.d05_alarm")["n"] == count
    assert one(demo, "select sum(alarm_count) as n from report.d05_level")["n"] == count
