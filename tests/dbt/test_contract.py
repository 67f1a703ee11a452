"""Public tables are what the contract says: names, types, keys, words. Does not belong here: values of single marts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from ehpilot.project import read_yaml
from ehpilot.register import PUBLIC_SCHEMAS, Register, label_of
from tests.dbt.conftest import DbtRun

CONTRACT: dict[str, dict[str, Any]] = read_yaml(
    (Path(__file__).parent / "marts_contract.yml").read_text(encoding="utf-8")
)
VOCABULARY: dict[str, Any] = read_yaml((Path(__file__).parent / "vocabulary.yml").read_text(encoding="utf-8"))["codes"]
# columns that bear the name of a code set and mean another one, or no code at all
OTHER_WORDS = {
    "meta.check_result.severity", "exposure.monitoring_plan.change", "pilot.funding.source",
    "risk_grade.problem.source", "emission_factor.abatement.source", "inventory.enterprise_dossier.source",
}  # fmt: skip


def test_whole_project_builds_and_its_tests_pass(dbt_run: DbtRun) -> None:
    assert dbt_run.failures == []
    assert dbt_run.success


def test_code_columns_hold_words_of_the_vocabulary(marts: duckdb.DuckDBPyConnection) -> None:
    """A column with the name of a code set holds its words and null; the lists are closed."""
    built = set(marts.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall())
    faults = {}
    for schema, tables in CONTRACT.items():
        for table, wanted in tables.items():
            for column in wanted["columns"] if (f"{schema}.{table}",) in built else ():
                words = VOCABULARY.get(column)
                if not isinstance(words, list) or f"{schema}.{table}.{column}" in OTHER_WORDS:
                    continue
                known = {"yes" if word is True else word for word in words}
                found = marts.execute(f'select distinct "{column}" from {schema}.{table}').fetchall()
                if other := {word for (word,) in found} - known - {None}:
                    faults[f"{schema}.{table}.{column}"] = sorted(other)
    assert faults == {}


def test_tables_of_the_contract_fit_it(marts: duckdb.DuckDBPyConnection, register: Register) -> None:
    """Every table that the contract names and a model makes has the contract's columns, types and key."""
    promised = {f"{schema}.{table}": wanted for schema, tables in CONTRACT.items() for table, wanted in tables.items()}
    built = sorted(promised.keys() & register.public_tables.keys())
    assert {"core.dim_enterprise", "inventory.emission", "meta.origin"} <= set(built)
    faults = {name: fault for name in built if (fault := _faults(marts, name, promised[name]))}
    assert faults == {}


def _faults(marts: duckdb.DuckDBPyConnection, name: str, wanted: dict[str, Any]) -> dict[str, Any]:
    """Columns that are missing or of another type, and the key where it is another."""
    place = name.split(".")
    found = dict(
        marts.execute(
            "select column_name, lower(data_type) from duckdb_columns() where schema_name = ? and table_name = ?", place
        ).fetchall()
    )
    other: dict[str, Any] = {
        column: found.get(column) for column, kind in wanted["columns"].items() if found.get(column) != kind
    }
    keys = marts.execute(
        "select constraint_column_names from duckdb_constraints() "
        "where schema_name = ? and table_name = ? and constraint_type = 'PRIMARY KEY'",
        place,
    ).fetchall()
    return other if keys == [(wanted["key"],)] else {**other, "key": keys}


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
            if label_of("", column.meta, column.description) in ("", column.description):
                faults.append(
                    f"{name}.{column.name}: no label, and no description in two languages that begins with it"
                )
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
