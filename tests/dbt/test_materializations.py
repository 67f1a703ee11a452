"""How the project's macros make a model: its contract is held, its comments stand on it, what fails is told.

Does not belong here: contracts of the marts (``test_contract``), models that are views of months (tests/pipeline).
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ehpilot.manifest import dbt_environment, invoke
from ehpilot.project import DBT_DIR

PROJECT = """
name: ehpilot
profile: ehpilot
models: {+materialized: table, +persist_docs: {relation: true, columns: true}}
"""
QUERY = "select 'a' as name, 1.5::double as share, [{'key': 1}] as _origin -- the last line of a query may be a comment"
TYPES = {"name": "varchar", "share": "double", "_origin": "struct(key integer)[]"}
# model → types that its contract states for the same query
CONTRACTS = {
    "as_made": TYPES, "alias": TYPES | {"share": "float8"}, "other_type": TYPES | {"share": "integer"},
    "other_struct": TYPES | {"_origin": "struct(key varchar)[]"}, "one_more": TYPES | {"kept": "varchar"},
    "one_less": {"name": "varchar", "share": "double"},
}  # fmt: skip


def _columns(types: dict[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "data_type": kind, "description": f"{name}'s / 值"} for name, kind in types.items()]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of one query under six contracts, with the macros of ours that make models."""
    folder = tmp_path_factory.mktemp("contracts")
    (folder / "dbt_project.yml").write_text(PROJECT, encoding="utf-8")
    shutil.copy(DBT_DIR / "profiles.yml", folder)
    (folder / "macros").mkdir()
    shutil.copy(DBT_DIR / "macros" / "materializations.sql", folder / "macros")
    (folder / "models").mkdir()
    models = []
    for name, types in CONTRACTS.items():
        (folder / "models" / f"{name}.sql").write_text(QUERY, encoding="utf-8")
        contract = {"contract": {"enforced": True}}
        models.append({"name": name, "description": "it's one row", "columns": _columns(types), "config": contract})
    (folder / "models" / "models.yml").write_text(json.dumps({"version": 2, "models": models}), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def outcome(project: Path) -> dict[str, tuple[str, str]]:
    """Status and message of each model."""
    kept = dict(os.environ)
    os.environ.update(dbt_environment(project / "warehouse.duckdb"))
    try:
        with (project / "words.log").open("w", encoding="utf-8") as words:
            done: Any = invoke(["build", "--no-write-json"], project, project / "target", words)
    finally:
        os.environ.clear()
        os.environ.update(kept)
    return {result.node.name: (str(result.status), str(result.message)) for result in done.result.results}


def test_a_query_that_keeps_its_contract_is_made(outcome: dict[str, tuple[str, str]]) -> None:
    """Also where the contract writes a type in another way than DuckDB."""
    assert {name: status for name, (status, _) in outcome.items() if status == "success"} == {
        "as_made": "success", "alias": "success",
    }  # fmt: skip


@pytest.mark.parametrize("model", ["other_type", "other_struct", "one_more", "one_less"])
def test_a_query_that_breaks_its_contract_is_refused_in_dbts_words(
    model: str, outcome: dict[str, tuple[str, str]], project: Path
) -> None:
    status, message = outcome[model]
    assert status == "error" and "contract" in message
    assert model in (project / "words.log").read_text(encoding="utf-8"), "what failed is told"


def test_comments_stand_on_table_and_columns(outcome: dict[str, tuple[str, str]], project: Path) -> None:
    with duckdb.connect(str(project / "warehouse.duckdb"), read_only=True) as con:
        tables = con.execute("select table_name, comment from duckdb_tables() order by 1").fetchall()
        columns = con.execute(
            "select column_name, comment from duckdb_columns() where table_name = 'as_made' order by column_index"
        ).fetchall()
    assert tables == [("alias", "it's one row"), ("as_made", "it's one row")]
    assert columns == [(name, f"{name}'s / 值") for name in TYPES]
