"""One dbt run over a tiny warehouse for the whole suite. Does not belong here: single checks."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ehpilot.project import DBT_DIR, read_yaml
from ehpilot.register import Register
from ehpilot.warehouse import dbt_run as dbt
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
        for fault in bad(read_yaml(path.read_text(encoding="utf-8")), path.name)
    ]
    assert faults == []


@pytest.fixture(scope="session")
def register() -> Register:
    """The register of this checkout."""
    refuse_keys_that_are_no_text()
    return Register.load()


@pytest.fixture(scope="session")
def dbt_run(tmp_path_factory: pytest.TempPathFactory, register: Register) -> DbtRun:
    """Seeds, models, tests and unit tests run once, in this process, over two fictional sites."""
    folder = tmp_path_factory.mktemp("dbt")
    database = folder / "warehouse.duckdb"
    warehouse.make_empty(database)
    warehouse.fill(database)
    environment.fill(database)
    before = dict(os.environ)
    try:
        with dbt.open_warehouse(database) as con:
            done = dbt.build(DBT_DIR, con, database, [], folder / "dbt.log", folder / "target")
    finally:
        os.environ.clear()
        os.environ.update(before)
    failures = [
        f"{item['unique_id']}: {item['message']}"
        for item in done.results
        if item["status"] not in ("success", "pass", "no-op", "skipped")
    ]
    return DbtRun(database, register.manifest, done.success, failures or [done.error] * (not done.success))


@pytest.fixture(scope="session")
def marts(dbt_run: DbtRun) -> Iterator[duckdb.DuckDBPyConnection]:
    """Read-only connection to the finished tiny warehouse."""
    with duckdb.connect(str(dbt_run.database), read_only=True) as con:
        yield con
