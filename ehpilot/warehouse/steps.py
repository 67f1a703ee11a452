"""Steps of a build over the working database that are done in its helper process: dbt's layers, the copying into an
edition. (A gate is a step as it is: ``gates.run_gate``.)

Does not belong here: how dbt is run (``dbt_run``), how an edition is written (``publish``), who has the database open
(``connection``).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from ehpilot import gates
from ehpilot.project import DBT_DIR
from ehpilot.publish.edition import publish_marts
from ehpilot.publish.marts import PublishedTable
from ehpilot.register import Register
from ehpilot.warehouse import dbt_run, months

_COLUMNS = (
    "select database_name, schema_name, table_name, column_name, data_type from duckdb_columns() where not internal"
)


@dataclass(frozen=True)
class RunStamp:
    """Run and time that results of checks are recorded under."""

    run_id: str
    started_at: datetime.datetime


@dataclass(frozen=True)
class LayerResult:
    """One layer built: whether all of it, what went wrong, and the outcomes of its tests."""

    success: bool
    error: str
    tests: list[gates.Outcome]


def prepare() -> None:
    """Import what the steps need and parse the dbt project."""
    dbt_run.prepare(DBT_DIR)
    gates.prepare()


def build_layer(
    con: duckdb.DuckDBPyConnection, warehouse: Path, layer: str, arguments: list[str], stamp: RunStamp,
    tell: Callable[[Any], None],
) -> LayerResult:  # fmt: skip
    """``dbt build`` of one layer; tells first the columns that the warehouse has, then each node as it ends.

    dbt's words stand in ``dbt_<layer>.log`` beside the warehouse. Results of tests are recorded beside those of the
    gates.
    """
    tell(con.execute(_COLUMNS).fetchall())
    work, register = warehouse.parent, Register.load()
    by_month = months.of_stage(register, layer)
    months.plan(con, register.manifest, work, by_month)
    done = dbt_run.build(DBT_DIR, con, warehouse, arguments, work / f"dbt_{layer}.log", work / "dbt" / layer, tell)
    gate = f"dbt:{layer}"
    if done.success:
        months.keep(con, register.manifest, work, by_month)
    tests = gates.dbt_outcomes({"results": done.results}, register.manifest, gate, con=con)
    gates.record_outcomes(con, tests, stamp.run_id, stamp.started_at, replace_gate=gate)
    return LayerResult(done.success, done.error, tests)


def publish(con: duckdb.DuckDBPyConnection, work: Path, building: Path, facts: dict[str, str]) -> list[PublishedTable]:
    """Copy the public tables into the edition under construction."""
    register = Register.load()
    published = publish_marts(con, building, register.tables.values(), register.documents.values(), facts)
    months.note_series(con, register, work, building, published)
    return published
