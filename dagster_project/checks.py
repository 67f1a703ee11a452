"""Gates as blocking asset checks: one op a gate, ``gate_raw`` or ``gate_2_inventory``, two checks a table with a suite.

Does not belong here: rules (``expectations/``) and how they run (``ehpilot.gates``).
"""

from collections.abc import Iterator

import dagster as dg

from assets.dbt import in_order
from assets.run import BuildRun
from ehpilot.gates import GateResult, suites_by_gate
from ehpilot.register import Register

ERRORS, WARNINGS = "expectations", "expectations_warning"


def gate_checks(register: Register) -> list[dg.AssetChecksDefinition]:
    """A check op for every gate that has suites."""
    return [_gate(gate, [suite.table for suite in suites]) for gate, suites in suites_by_gate(register).items()]


def _gate(gate: str, tables: list[str]) -> dg.AssetChecksDefinition:
    specs = []
    for table in tables:
        key = dg.AssetKey(table.split("."))
        specs.append(dg.AssetCheckSpec(ERRORS, asset=key, blocking=True, description=f"{gate} gate, error level"))
        specs.append(dg.AssetCheckSpec(WARNINGS, asset=key, description=f"{gate} gate, warnings"))

    # A part of the graph can be run alone (--select, one asset in the UI): then only its checks are told.
    @dg.multi_asset_check(name=f"gate_{gate}", specs=specs, can_subset=True, op_tags=in_order(gate))
    def check(context: dg.AssetCheckExecutionContext, run: BuildRun) -> Iterator[dg.AssetCheckResult]:
        result = run.build.judge(gate)
        wanted = {(key.asset_key, key.name) for key in context.selected_asset_check_keys}
        for found in (found for table in tables for found in _results(table, result)):
            if (found.asset_key, found.check_name) in wanted:
                yield found

    return check


def _results(table: str, result: GateResult) -> Iterator[dg.AssetCheckResult]:
    outcomes = result.of_table(table)
    key = dg.AssetKey(table.split("."))
    for name, severity in ((ERRORS, "error"), (WARNINGS, "warning")):
        broken = [o for o in outcomes if o.severity == severity and not o.passed]
        metadata = {
            o.rule: f"{o.message_cn} / {o.message_en} ({o.failing_rows}/{o.rows}) {o.samples[:3]}" for o in broken
        }
        yield dg.AssetCheckResult(
            asset_key=key,
            check_name=name,
            passed=not broken,
            severity=dg.AssetCheckSeverity.ERROR if severity == "error" else dg.AssetCheckSeverity.WARN,
            metadata={"rules": sum(1 for o in outcomes if o.severity == severity), **metadata},
        )
