"""A gate: all suites of a layer over the warehouse, results recorded, failing rows named by file and row.

Belongs here: which layers a gate covers, ``intake.check_result``, the masking of personal columns.
Does not belong here: Dagster (the wiring turns a GateResult into asset checks), the rules, dbt's own tests.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import duckdb

from ehpilot.gates.frame import read_frame
from ehpilot.gates.outcome import Outcome
from ehpilot.gates.run import run_suite
from ehpilot.gates.suite import EXPECTATIONS_DIR, Suite, load_suites

# Gate -> schemas whose suites it runs. A schema without a folder in expectations/ has no rules of this kind.
GATES: dict[str, tuple[str, ...]] = {
    "raw": ("intake", "raw"),
    "staging": ("staging",),
    "marts": ("core", "inventory", "exposure", "risk_grade", "emission_factor", "green_index", "pilot", "meta"),
    "report": ("report",),
}

_CHECK_RESULT = (
    "create schema if not exists intake; create table if not exists intake.check_result (run_id varchar, gate varchar, "
    "check_name varchar, severity varchar, passed boolean, failing_rows bigint, checked_at timestamp)"
)


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

    def summary(self, lang: str = "zh") -> str:
        """A few lines for a terminal: which rule, how many rows, the first row."""
        lines = []
        for outcome in self.errors + self.warnings:
            text = outcome.message_cn if lang == "zh" else outcome.message_en
            rows = "" if outcome.failing_rows is None else f" ({outcome.failing_rows}/{outcome.rows})"
            first = f" e.g. {outcome.samples[0]}" if outcome.samples else ""
            lines.append(f"[{outcome.severity}] {outcome.check_name}: {text}{rows}{first}{outcome.note}")
        return "\n".join(lines)


def run_gate(
    con: duckdb.DuckDBPyConnection,
    gate: str,
    run_id: str,
    checked_at: datetime,
    *,
    root: Path = EXPECTATIONS_DIR,
    personal: Iterable[str] | None = None,
) -> GateResult:
    """Run all suites of ``gate`` (a key of GATES, or one schema), append to ``intake.check_result`` and return the
    findings.

    ``con`` is the writer's connection. ``personal`` names columns never shown; by default those the register marks
    personal. Running a gate again under the same ``run_id`` replaces its earlier results. A suite whose table does not
    exist is skipped and named in the result: a build of a part has not made it.
    """
    outcomes: list[Outcome] = []
    skipped: list[str] = []
    for suite, hidden in _suites_of(gate, root, personal):
        try:
            result = run_suite(read_frame(con, suite), suite, gate, hidden)
        except duckdb.CatalogException:
            skipped.append(suite.table)
            continue
        outcomes.extend(_with_paths(con, result.outcomes))
    record_outcomes(con, outcomes, run_id, checked_at, replace_gate=gate)
    return GateResult(gate, outcomes, skipped)


def _suites_of(
    gate: str, root: Path = EXPECTATIONS_DIR, personal: Iterable[str] | None = None
) -> list[tuple[Suite, frozenset[str]]]:
    """Suites of a gate with the columns that each may not show, as :func:`run_suite` takes them; arguments as of
    :func:`run_gate`."""
    hidden = _personal_columns() if personal is None else {"": frozenset(personal)}
    suites = [suite for layer in GATES.get(gate, (gate,)) for suite in load_suites(layer, root)]
    return [(suite, _hidden_of(suite.table, hidden)) for suite in suites]


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
    con.execute(_CHECK_RESULT)
    if replace_gate is not None:
        con.execute("delete from intake.check_result where run_id = ? and gate = ?", [run_id, replace_gate])
    rows = [[run_id, o.gate, o.check_name, o.severity, o.passed, o.failing_rows, checked_at] for o in outcomes]
    if rows:
        con.executemany("insert into intake.check_result values (?, ?, ?, ?, ?, ?, ?)", rows)


def _personal_columns() -> dict[str, frozenset[str]]:
    """Personal columns by raw table; under '' those with hashed identities, for every table that has such a name."""
    from ehpilot.register import Register

    tables = Register.load().raw_tables.values()
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
