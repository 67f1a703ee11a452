"""One dbt run over a tiny warehouse for the whole suite. Does not belong here: single checks."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from ehpilot.manifest import dbt_environment
from ehpilot.project import DBT_DIR
from ehpilot.register import Register
from tests.dbt import environment, warehouse


@dataclass(frozen=True)
class DbtRun:
    """The finished run: the database file, the manifest and what each node answered."""

    database: Path
    manifest: dict[str, Any]
    success: bool
    failures: list[str]


def refuse_keys_that_are_no_text() -> None:
    """Fail at once on YAML keys such as an unquoted ``on:`` (true in YAML 1.1): dbt would wait for ever."""

    def bad(node: Any, path: str) -> list[str]:
        if isinstance(node, dict):
            return [f"{path}: key {key!r}" for key in node if not isinstance(key, str)] + [
                fault for key, value in node.items() for fault in bad(value, path)
            ]
        return [fault for item in node for fault in bad(item, path)] if isinstance(node, list) else []

    faults = [
        fault
        for path in sorted((DBT_DIR / "models").rglob("*.yml"))
        for fault in bad(yaml.safe_load(path.read_text(encoding="utf-8")), path.name)
    ]
    assert faults == []


@pytest.fixture(scope="session")
def register() -> Register:
    """The register of this checkout."""
    return Register.load()


@pytest.fixture(scope="session")
def dbt_run(tmp_path_factory: pytest.TempPathFactory) -> DbtRun:
    """Seeds, models, tests and unit tests run once, in this process, over two fictional sites."""
    refuse_keys_that_are_no_text()
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    folder = tmp_path_factory.mktemp("dbt")
    database = folder / "warehouse.duckdb"
    warehouse.make_empty(database)
    warehouse.fill(database)
    environment.fill(database)
    before = dict(os.environ)
    os.environ.update(dbt_environment(database))
    try:
        result = dbtRunner().invoke([
            "build", "--project-dir", str(DBT_DIR), "--profiles-dir", str(DBT_DIR), "--quiet",
            "--target-path", str(folder / "target"), "--log-path", str(folder / "logs"),
        ])  # fmt: skip
    finally:
        # dbt keeps the file open after invoke(); nobody else could read it
        DuckDBConnectionManager.close_all_connections()
        os.environ.clear()
        os.environ.update(before)
    if result.exception is not None:
        raise result.exception
    failures = [
        f"{item.node.name}: {item.message}"
        for item in result.result
        if item.status not in ("success", "pass", "no-op", "skipped")
    ]
    manifest = (folder / "target" / "manifest.json").read_text(encoding="utf-8")
    return DbtRun(database, json.loads(manifest), result.success, failures)


@pytest.fixture(scope="session")
def marts(dbt_run: DbtRun) -> Iterator[duckdb.DuckDBPyConnection]:
    """Read-only connection to the finished tiny warehouse."""
    with duckdb.connect(str(dbt_run.database), read_only=True) as con:
        yield con
