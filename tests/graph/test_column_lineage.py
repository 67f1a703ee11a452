"""Column lineage: what the parser reads out of SQL, and what a build shows in Dagster."""

from __future__ import annotations

import duckdb
import pytest
from dagster import AssetKey, DagsterInstance

from ehpilot.register import Register
from ehpilot.warehouse.column_lineage import add_table, column_lineage, warehouse_columns
from tests.area import Area

_COLUMNS = (
    "select database_name, schema_name, table_name, column_name, data_type from duckdb_columns() where not internal"
)


@pytest.fixture
def sources() -> dict[str, list[tuple[str, str, str]]]:
    """Lineage of a query with a common table, a union, a star, a join and a count."""
    with duckdb.connect() as con:
        con.execute("create schema a; create table a.claim (id int, kg double, flag boolean)")
        con.execute("create table a.use (id int, t double); create table a.place (id int, name varchar)")
        return column_lineage(
            """with amount as (select * from a.claim where flag), both_kinds as (
            select id, kg / 1000 as t from amount union all select id, t from a.use)
            select both_kinds.id, sum(both_kinds.t) as t, count(*) as n, max(place.name) as name, 'own' as basis
            from both_kinds left join a.place as place on place.id = both_kinds.id group by all""",
            warehouse_columns(con.execute(_COLUMNS).fetchall()),
        )


def test_values_are_followed_through_common_tables_and_unions(sources) -> None:
    assert sources["t"] == [("a", "claim", "kg"), ("a", "use", "t")]
    assert sources["id"] == [("a", "claim", "id"), ("a", "use", "id")]
    assert sources["name"] == [("a", "place", "name")]


def test_a_table_made_meanwhile_is_known_by_its_new_columns() -> None:
    known = warehouse_columns([("w", "a", "claim", "id", "INTEGER")])
    add_table(known, ("w", "a", "claim"), [("id", "INTEGER"), ("kg", "DOUBLE")])
    add_table(known, ("w", "a", "use"), [("t", "DOUBLE")])
    query = 'select claim.*, t from "w"."a"."claim" as claim cross join "w"."a"."use"'
    assert column_lineage(query, known) == {
        "id": [("a", "claim", "id")], "kg": [("a", "claim", "kg")], "t": [("a", "use", "t")],
    }  # fmt: skip


def test_filters_constants_and_counts_are_no_sources(sources) -> None:
    assert sources["n"] == sources["basis"] == []


def test_a_build_shows_lineage_of_every_sql_model(demo: Area) -> None:
    nodes = Register.load().manifest["nodes"].values()
    models = [node for node in nodes if node["resource_type"] == "model" and node["language"] == "sql"]
    with DagsterInstance.from_config(str(demo.out / "work" / "dagster")) as instance:
        shown = {node["name"]: _lineage(instance, AssetKey([node["schema"], node["alias"]])) for node in models}
    assert [name for name, deps in shown.items() if not deps] == []
    assert shown["emission"]["emission_t"] == {("inventory/emission_claim", "emission_t")}
    matched = ("intermediate/int_inventory__enterprise_matched", "enterprise_id")
    assert matched in shown["dim_enterprise"]["enterprise_id"]
    assert shown["stg_permit__releases"]["pollutant_id"] == {("raw/permit_release", "pollutant_id")}


def _lineage(instance: DagsterInstance, key: AssetKey) -> dict[str, set[tuple[str, str]]]:
    """Sources by column as the newest materialisation of an asset tells them."""
    event = instance.get_latest_materialization_event(key)
    lineage = event.asset_materialization.metadata["dagster/column_lineage"].value
    return {
        column: {(dep.asset_key.to_user_string(), dep.column_name) for dep in deps}
        for column, deps in lineage.deps_by_column.items()
    }
