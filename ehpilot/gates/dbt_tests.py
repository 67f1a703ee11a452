"""dbt's test results as outcomes, so that one record and one page hold both kinds.

Reads results of nodes in the form of dbt's ``run_results.json`` and the manifest as dicts. Does not belong here:
running dbt, writing ``intake.check_result``.
"""

from __future__ import annotations

from typing import Any

import duckdb

from ehpilot.gates.outcome import MAX_SAMPLES, Outcome
from ehpilot.gates.run import HIDDEN_TEXT, _plain

_FAILED = {"fail", "error", "runtime error"}


def dbt_outcomes(
    run_results: dict[str, Any],
    manifest: dict[str, Any],
    gate: str,
    con: duckdb.DuckDBPyConnection | None = None,
    hidden: frozenset[str] = frozenset(),
) -> list[Outcome]:
    """Outcomes of the data tests and unit tests of one dbt invocation, in the order dbt gives them.

    ``gate`` is written as given (``dbt:staging`` …). With ``con`` the failing rows of data tests are read by running
    the test's compiled query once more; columns in ``hidden`` are never shown.
    """
    nodes = {**manifest.get("nodes", {}), **manifest.get("unit_tests", {})}
    outcomes = []
    for result in run_results.get("results", []):
        node = nodes.get(result["unique_id"])
        if node is not None and node["resource_type"] in ("test", "unit_test") and result["status"] != "skipped":
            outcomes.append(_outcome(result, node, manifest, gate, con, hidden))
    return outcomes


def _outcome(
    result: dict[str, Any],
    node: dict[str, Any],
    manifest: dict[str, Any],
    gate: str,
    con: duckdb.DuckDBPyConnection | None,
    hidden: frozenset[str],
) -> Outcome:
    is_unit = node["resource_type"] == "unit_test"
    severity = "error" if is_unit else str(node["config"].get("severity", "error")).lower()
    status = result["status"]
    passed = status in ("pass", "success")
    broken = status in _FAILED or status == "warn"
    samples = [] if passed or is_unit or con is None else _failing_rows(con, result, hidden)
    text = node.get("description") or node["name"]
    return Outcome(
        gate=gate, table=_table(node, manifest), rule=node["name"], kind="dbt unit test" if is_unit else "dbt test",
        severity="warning" if status == "warn" or severity == "warn" else "error", passed=passed,
        failing_rows=None if is_unit else int(result.get("failures") or 0), message_cn=text, message_en=text,
        note=str(result.get("message") or "") if broken else "", samples=samples,
    )  # fmt: skip


def _table(node: dict[str, Any], manifest: dict[str, Any]) -> str:
    attached = node.get("attached_node")
    candidates = [attached] if attached else [*node.get("depends_on", {}).get("nodes", [])]
    for unique_id in candidates:
        found = manifest.get("nodes", {}).get(unique_id) or manifest.get("sources", {}).get(unique_id)
        if found:
            return f"{found['schema']}.{found.get('alias') or found.get('identifier') or found['name']}"
    return "dbt"


def _failing_rows(
    con: duckdb.DuckDBPyConnection, result: dict[str, Any], hidden: frozenset[str]
) -> list[dict[str, Any]]:
    query = result.get("compiled_code")
    if not query:
        return []
    try:
        cursor = con.execute(f"select * from ({query}) as failing limit {MAX_SAMPLES}")
    except duckdb.Error:
        return []
    names = [column[0] for column in cursor.description]
    rows = cursor.fetchall()
    return [{n: HIDDEN_TEXT if n in hidden else _plain(v) for n, v in zip(names, row, strict=True)} for row in rows]
