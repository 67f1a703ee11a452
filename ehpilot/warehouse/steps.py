"""Steps of a build that run in its second process: one source of the intake, into a database of its own; then dbt's
layers, the gates, the copying into an edition, all over one connection to the warehouse.

The file is open in one process at a time. It stays open here from step to step, as each closing folds it together,
until the build's own process wants it (:func:`let_go`).

Does not belong here: how dbt is run (``dbt_run``), how a gate judges (``gates``), how an edition is written
(``publish``), the process (``second_process``).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from ehpilot import gates
from ehpilot.landing import apart
from ehpilot.landing.folder.inventory import Inventory
from ehpilot.landing.intake import IntakeContext, LoadReport
from ehpilot.project import DBT_DIR
from ehpilot.publish import confirmation_sheets
from ehpilot.publish.edition import publish_marts
from ehpilot.publish.marts import PublishedTable
from ehpilot.register import Register
from ehpilot.warehouse import dbt_run

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS = (
    "select database_name, schema_name, table_name, column_name, data_type from duckdb_columns() where not internal"
)
_OPEN: dict[Path, duckdb.DuckDBPyConnection] = {}


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


def warm_up() -> None:
    """Import what the steps need and parse the dbt project."""
    dbt_run.prepare(DBT_DIR)
    gates.prepare()


def build_layer(
    send: Callable[[Any], None], warehouse: Path, work: Path, layer: str, arguments: list[str], stamp: RunStamp
) -> LayerResult:
    """``dbt build`` of one layer; sends first the columns that the warehouse has, then each node as it ends.

    dbt's words stand in ``work/dbt_<layer>.log``. Results of tests are recorded beside those of the gates.
    """
    con = _opened(warehouse)
    send(con.execute(_COLUMNS).fetchall())
    done = dbt_run.build(DBT_DIR, con, warehouse, arguments, work / f"dbt_{layer}.log", work / "dbt" / layer, send)
    gate = f"dbt:{layer}"
    tests = gates.dbt_outcomes({"results": done.results}, Register.load().manifest, gate, con=con)
    gates.record_outcomes(con, tests, stamp.run_id, stamp.started_at, replace_gate=gate)
    return LayerResult(done.success, done.error, tests)


def judge(_send: Callable[[Any], None], warehouse: Path, gate: str, stamp: RunStamp) -> gates.GateResult:
    """One gate over the warehouse."""
    return gates.run_gate(_opened(warehouse), gate, stamp.run_id, stamp.started_at)


def load_apart(
    _send: Callable[[Any], None], database: Path, inventory: Inventory, source: str, context: IntakeContext
) -> LoadReport:
    """One source of the landing folder into a database of its own."""
    return apart.load_apart(database, inventory, source, context)


def judge_frame(
    _send: Callable[[Any], None], frame: pd.DataFrame, suite: gates.Suite, gate: str, hidden: frozenset[str]
) -> gates.SuiteResult:
    """One suite over rows that are handed over; the warehouse is not needed."""
    return gates.run_suite(frame, suite, gate, hidden)


def publish(
    send: Callable[[Any], None], warehouse: Path, building: Path, facts: dict[str, str], edition_no: int,
    as_of: datetime.date,
) -> list[PublishedTable]:  # fmt: skip
    """Copy the public tables into the edition under construction; sends first what its confirmation sheets say."""
    con, register = _opened(warehouse), Register.load()
    send(confirmation_sheets.read_all(con, edition_no, as_of))
    return publish_marts(con, building, register.tables.values(), register.documents.values(), facts)


def let_go(_send: Callable[[Any], None]) -> None:
    """Close the warehouse."""
    while _OPEN:
        _OPEN.popitem()[1].close()


def _opened(warehouse: Path) -> duckdb.DuckDBPyConnection:
    if warehouse not in _OPEN:
        let_go(lambda _nothing: None)
        _OPEN[warehouse] = dbt_run.open_warehouse(warehouse)
    return _OPEN[warehouse]
