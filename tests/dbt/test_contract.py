"""Public tables are what the contract says: names, types, keys, words. Does not belong here: values of single marts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from ehpilot.register import PUBLIC_SCHEMAS, Register
from tests.dbt.conftest import DbtRun

CONTRACT: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "marts_contract.yml").read_text(encoding="utf-8")
)
# What is built: each of these tables of the contract must exist and fit.
BUILT_SCHEMAS = ("core", "meta")
BUILT_INVENTORY = (
    "emission_claim", "emission", "activity", "chemical_use", "treatment", "enterprise_match",
    "enterprise_dossier", "risk_source_change", "risk_pollutant", "risk_source", "pollution_source",
    "source_conflict",
)  # fmt: skip
BUILT_PILOT = ("task", "deliverable", "funding", "result_use", "opinion")
EXPECTED = [
    (schema, table)
    for schema, tables in CONTRACT.items()
    for table in tables
    if schema in BUILT_SCHEMAS
    or (schema == "inventory" and table in BUILT_INVENTORY)
    or (schema == "pilot" and table in BUILT_PILOT)
]


def test_whole_project_builds_and_its_tests_pass(dbt_run: DbtRun) -> None:
    assert dbt_run.failures == []
    assert dbt_run.success


@pytest.mark.parametrize(("schema", "table"), EXPECTED, ids=lambda value: str(value))
def test_table_fits_the_contract(marts: duckdb.DuckDBPyConnection, schema: str, table: str) -> None:
    wanted = CONTRACT[schema][table]
    found = dict(
        marts.execute(
            "select column_name, lower(data_type) from duckdb_columns() where schema_name = ? and table_name = ?",
            [schema, table],
        ).fetchall()
    )
    missing_or_other = {name: found.get(name) for name, kind in wanted["columns"].items() if found.get(name) != kind}
    assert missing_or_other == {}
    keys = marts.execute(
        "select constraint_column_names from duckdb_constraints() "
        "where schema_name = ? and table_name = ? and constraint_type = 'PRIMARY KEY'",
        [schema, table],
    ).fetchall()
    assert keys == [(wanted["key"],)]


def test_contract_tables_that_exist_are_checked(register: Register) -> None:
    """A table of the contract that someone has built by now must be among the checked ones."""
    built = {(table.schema, table.name) for table in register.public_tables.values()}
    promised = {(schema, table) for schema, tables in CONTRACT.items() for table in tables}
    assert built & promised == set(EXPECTED)


def test_every_public_table_states_grain_label_and_key(register: Register) -> None:
    faults = []
    for name, table in register.public_tables.items():
        if not table.description.startswith("一行 =") or "One row" not in table.description:
            faults.append(f"{name}: description does not begin with its grain in both languages")
        if not table.key:
            faults.append(f"{name}: no primary key")
        if not table.meta.get("label"):
            faults.append(f"{name}: no label")
        for column in table.columns:
            if not column.meta.get("label"):
                faults.append(f"{name}.{column.name}: no label")
            if " / " not in column.description:
                faults.append(f"{name}.{column.name}: description is not “中文 / English”")
    assert faults == []


def test_comments_reach_the_database(marts: duckdb.DuckDBPyConnection) -> None:
    bare = marts.execute(
        "select schema_name || '.' || table_name || '.' || column_name from duckdb_columns() "
        f"where schema_name in {PUBLIC_SCHEMAS} and comment is null"
    ).fetchall()
    assert bare == []


def test_contracts_are_enforced(dbt_run: DbtRun) -> None:
    loose = [
        node["name"]
        for node in dbt_run.manifest["nodes"].values()
        if node["resource_type"] == "model"
        and node["schema"] in PUBLIC_SCHEMAS
        and not (node["config"]["contract"]["enforced"] and node["config"]["materialized"] == _stored_as(node))
    ]
    assert loose == []


def _stored_as(node: dict[str, Any]) -> str:
    """Series are views that the publisher writes out by month; everything else is a table."""
    return "view" if node["config"]["meta"].get("series") else "table"
