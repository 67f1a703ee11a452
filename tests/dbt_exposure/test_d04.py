"""D04 prints what the marts say: totals by level, bounds apart, drivers as shares, cards with what is known.

Does not belong here: the equations (tests/dbt/test_risk_equations.py), the draws (tests/kernels), rules of single steps
(unit tests beside the models).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from ehpilot.register import Register
from tests.dbt_exposure.monitoring_records import all_records
from tests.dbt_inventory.hand_made import HandMade, run_dbt


@pytest.fixture(scope="module")
def d04(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """D04 over the monitoring records, with a school beside a soil site and a home far from all sites."""
    folder = tmp_path_factory.mktemp("d04")
    made = HandMade(folder / "warehouse.duckdb", Register.load())
    all_records(made)
    for name, kind, people, latitude in (("校", "学校", 300, 28.5), ("宅", "居民区", 900, 28.6)):
        made.add("receptor_place", name=name, receptor_kind=kind, longitude=122.5, latitude=latitude, population=people)
    made.close()
    run_dbt(made.path, folder / "target", "--select", "+path:models/report/d04", "--indirect-selection", "empty")
    with duckdb.connect(str(made.path), read_only=True) as connection:
        yield connection


def one(connection: duckdb.DuckDBPyConnection, sql: str) -> tuple[Any, ...]:
    row = connection.execute(sql).fetchone()
    assert row is not None
    return row


def test_every_sensitive_place_has_one_row_and_the_summary_counts_them(d04: duckdb.DuckDBPyConnection) -> None:
    places = one(
        d04,
        "select count(distinct place_id) from exposure.health_risk_total "
        "where place_kind = 'receptor' and population_group = 'resident_life'",
    )
    assert places == one(d04, "select count(*) from report.d04_receptor")
    counts = one(d04, "select high_count + attention_count + acceptable_count + unknown_count from report.d04_summary")
    assert counts == places == one(d04, "select receptor_count from report.d04_summary") and places[0] > 0


def test_totals_are_the_sums_of_the_rows_that_are_no_bound(d04: duckdb.DuckDBPyConnection) -> None:
    wrong = d04.execute(
        "select total.place_id, total.population_group, total.cancer_risk, summed.cancer_risk "
        "from exposure.health_risk_total as total join (select place_id, population_group, "
        "sum(cancer_risk) as cancer_risk, sum(hazard_quotient) as hazard from exposure.health_risk "
        "where not is_bounding "
        "group by all) as summed using (place_id, population_group) "
        "where abs(total.cancer_risk - summed.cancer_risk) > 1e-12 "
        "or abs(total.hazard_index - summed.hazard) > 1e-9 * summed.hazard"
    ).fetchall()
    assert wrong == []


def test_a_bound_is_printed_apart_and_never_a_zero(d04: duckdb.DuckDBPyConnection) -> None:
    assert one(d04, "select count(*) from exposure.health_risk where is_bounding and cancer_risk_p95 is not null") == (
        0,
    )
    bound = one(d04, "select count(distinct pollutant_id || medium) from exposure.health_risk where is_bounding")
    assert bound[0] > 0
    assert one(d04, "select count(*) from exposure.health_risk where cancer_risk = 0 or hazard_quotient = 0") == (0,)


def test_every_value_used_is_printed_and_every_property_is_counted(d04: duckdb.DuckDBPyConnection) -> None:
    used = one(
        d04,
        "select count(*) from (select cancer_value_id from exposure.health_risk where cancer_value_id is not null "
        "union select reference_value_id from exposure.health_risk where reference_value_id is not null)",
    )
    assert used == one(d04, "select count(distinct toxicity_value_id) from report.d04_toxicity") and used[0] > 0
    assert one(d04, "select count(*) from report.d04_property where known_count > pollutant_count") == (0,)
