"""A gate: all suites of a stage over the warehouse, results recorded, failing rows named by file and row.

Belongs here: which suites a gate has, ``intake.check_result``, the masking of personal columns.
Does not belong here: Dagster (the wiring turns a GateResult into asset checks), the rules, dbt's own tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from ehpilot.errors import BuildError
from ehpilot.gates.frame import read_frame
from ehpilot.gates.outcome import Outcome
from ehpilot.gates.run import SuiteResult, run_suite
from ehpilot.gates.suite import EXPECTATIONS_DIR, Suite, load_suites
from ehpilot.register import Register

if TYPE_CHECKING:
    import pandas as pd

# What files become is judged before the first stage of models: these gates are schemas, all others stages.
SCHEMA_GATES = ("intake", "raw")

_HAS_RESULTS = "select 1 from duckdb_tables() where schema_name = 'intake' and table_name = 'check_result'"
_ROW = ("run_id", "gate", "check_name", "severity", "passed", "failing_rows", "checked_at", "message_cn")


@dataclass(frozen=True)
class GateResult:
    """What a gate found. ``skipped`` names suites whose tables this build did not make."""

    gate: str
    outcomes: list[Outcome]
    skipped: list[str] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        """True where no error-level rule was broken."""
        return not self.errors

    @property
    def errors(self) -> list[Outcome]:
        """Broken error-level rules: they block."""
        return [outcome for outcome in self.outcomes if outcome.blocks]

    @property
    def warnings(self) -> list[Outcome]:
        """Broken warning-level rules: recorded, they block nothing."""
        return [o for o in self.outcomes if not o.passed and o.severity == "warning"]

    def of_table(self, table: str) -> list[Outcome]:
        """Outcomes of one table (``schema.name``)."""
        return [outcome for outcome in self.outcomes if outcome.table == table]


def run_gate(
    con: duckdb.DuckDBPyConnection,
    gate: str,
    run_id: str,
    checked_at: datetime,
    *,
    root: Path = EXPECTATIONS_DIR,
    personal: Iterable[str] | None = None,
    judged: Mapping[str, SuiteResult] | None = None,
) -> GateResult:
    """Run all suites of ``gate`` (``intake``, ``raw`` or the key of a stage), append to ``intake.check_result`` and
    return the findings. Raises BuildError for a suite whose table is not in the register.

    ``con`` is the writer's connection. ``personal`` names columns never shown; by default those the register marks
    personal. Running a gate again under the same ``run_id`` replaces its earlier results. A suite whose table does not
    exist is skipped and named in the result: a build of a part has not made it. ``judged``: results by table of suites
    that were run already (:func:`run_frames`).
    """
    done = judged or {}
    outcomes: list[Outcome] = []
    skipped: list[str] = []
    for suite, hidden in _suites_of(gate, root, personal):
        try:
            result = done.get(suite.table) or run_suite(read_frame(con, suite), suite, gate, hidden)
        except duckdb.CatalogException:
            skipped.append(suite.table)
            continue
        outcomes.extend(_with_paths(con, result.outcomes))
    record_outcomes(con, outcomes, run_id, checked_at, replace_gate=gate)
    return GateResult(gate, outcomes, skipped)


@dataclass(frozen=True)
class SuiteFrame:
    """A suite with what it judges: what can be judged without the database."""

    gate: str
    suite: Suite
    hidden: frozenset[str]
    frame: pd.DataFrame


def read_frames(con: duckdb.DuckDBPyConnection, gate: str, tables: Iterable[str]) -> list[SuiteFrame]:
    """Frames of the suites of ``gate`` over ``tables`` (``schema.name``), which exist."""
    wanted = set(tables)
    return [
        SuiteFrame(gate, suite, hidden, read_frame(con, suite))
        for suite, hidden in _suites_of(gate)
        if suite.table in wanted
    ]


def run_frames(frames: Iterable[SuiteFrame]) -> dict[str, SuiteResult]:
    """Judge frames; results by table, for :func:`run_gate`."""
    return {item.suite.table: run_suite(item.frame, item.suite, item.gate, item.hidden) for item in frames}


def _suites_of(
    gate: str, root: Path = EXPECTATIONS_DIR, personal: Iterable[str] | None = None
) -> list[tuple[Suite, frozenset[str]]]:
    """Suites of a gate with the columns that each may not show, as :func:`run_suite` takes them; arguments as of
    :func:`run_gate`."""
    hidden = _personal_columns() if personal is None else {"": frozenset(personal)}
    suites = load_suites(gate, root) if gate in SCHEMA_GATES else suites_by_gate(_register(), root).get(gate, [])
    return [(suite, _hidden_of(suite.table, hidden)) for suite in suites]


def suites_by_gate(register: Register, root: Path = EXPECTATIONS_DIR) -> dict[str, list[Suite]]:
    """All suites under ``root`` by gate, the gates in the order of the build.

    Raises BuildError for a suite whose table is not in the register: it would never run.
    """
    found: dict[str, list[Suite]] = {gate: [] for gate in (*SCHEMA_GATES, *register.stages)}
    for folder in sorted(path for path in root.iterdir() if path.is_dir()):
        for suite in load_suites(folder.name, root):
            found[_gate_of(suite, register)].append(suite)
    return {gate: suites for gate, suites in found.items() if suites}


def _gate_of(suite: Suite, register: Register) -> str:
    known = {"intake": register.intake_tables, "raw": register.raw_tables}.get(suite.schema)
    if known is not None and suite.table.split(".")[1] in known:
        return suite.schema
    if known is None and suite.table in register.tables:
        return register.tables[suite.table].stage.key
    raise BuildError(f"{suite.path}: {suite.table} is no table of the register / 登记册中没有表 {suite.table}")


def record_outcomes(
    con: duckdb.DuckDBPyConnection,
    outcomes: Iterable[Outcome],
    run_id: str,
    checked_at: datetime,
    *,
    replace_gate: str | None = None,
) -> None:
    """Append outcomes to ``intake.check_result``; of ``replace_gate`` the earlier rows of this run go first.

    dbt tests are recorded by the same call, with outcomes from ``dbt_outcomes`` (their gate is ``dbt:<step>``).
    """
    if not con.execute(_HAS_RESULTS).fetchone():
        _create_results(con)
    if replace_gate is not None:
        con.execute("delete from intake.check_result where run_id = ? and gate = ?", [run_id, replace_gate])
    rows = [
        [run_id, o.gate, o.check_name, o.severity, o.passed, o.failing_rows, checked_at, o.message_cn] for o in outcomes
    ]
    if rows:
        places = ", ".join("?" * len(_ROW))
        con.executemany(f"insert into intake.check_result ({', '.join(_ROW)}) values ({places})", rows)


def _create_results(con: duckdb.DuckDBPyConnection) -> None:
    from ehpilot.register import Register

    table = Register.load().intake_tables["check_result"]
    con.execute("create schema if not exists intake")
    con.execute(f"create table intake.check_result ({table.columns_sql})")


@lru_cache(maxsize=1)
def _register() -> Register:
    """The register of this process: a gate runs after the stage whose models were parsed."""
    return Register.load()


def _personal_columns() -> dict[str, frozenset[str]]:
    """Personal columns by raw table; under '' those with hashed identities, for every table that has such a name."""
    tables = _register().raw_tables.values()
    found = {
        f"raw.{t.name}": frozenset(c.name for c in t.columns if c.kind == "personal" or c.sensitivity == "personal")
        for t in tables
    }
    found[""] = frozenset(c.name for t in tables for c in t.columns if c.kind == "personal")
    return found


def _hidden_of(table: str, personal: dict[str, frozenset[str]]) -> frozenset[str]:
    """Columns of ``table`` that are never shown. A staging model hides what any raw table of its source hides."""
    hidden = personal.get("", frozenset()) | personal.get(table, frozenset())
    if table.startswith("staging.stg_"):
        source = table.removeprefix("staging.stg_").split("__")[0]
        for raw_table, columns in personal.items():
            if raw_table.startswith(f"raw.{source}_"):
                hidden |= columns
    return hidden


def _with_paths(con: duckdb.DuckDBPyConnection, outcomes: list[Outcome]) -> list[Outcome]:
    """Samples that carry ``_file_no`` also name the file: a clerk knows paths, not numbers."""
    numbers = {s["_file_no"] for o in outcomes for s in o.samples if s.get("_file_no") is not None}
    if not numbers:
        return outcomes
    try:
        found = con.execute("select file_no, path from intake.source_file").fetchall()
    except duckdb.CatalogException:
        return outcomes
    path = dict(found)
    named = []
    for outcome in outcomes:
        samples = [{**s, "path": path.get(s["_file_no"])} if "_file_no" in s else s for s in outcome.samples]
        named.append(replace(outcome, samples=samples))
    return named
