"""dbt's test results as outcomes, so that one record and one page hold both kinds.

Reads results of nodes in the form of dbt's ``run_results.json`` and the manifest as dicts. Does not belong here:
running dbt, writing ``intake.check_result``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import duckdb

from ehpilot.gates.outcome import MAX_SAMPLES, Outcome
from ehpilot.gates.run import HIDDEN_TEXT, _plain
from ehpilot.register import label_of

_DEMANDS = {
    "not_null": "{}不应为空", "unique": "{}不应重复", "compound_unique": "{}不应重复",
    "known_code": "{}应为登记的代码", "known_codes": "{}应为登记的代码",
    "accepted_values": "{}应为规定的取值", "in_range": "{}应在规定的范围内",
    "relationships": "{}应能在所指的表中找到", "relationships_where": "{}应能在所指的表中找到",
}  # fmt: skip
_COUNTED = "Got "  # dbt's “Got 2 results, configured to fail if != 0”: the count stands beside it
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
    labels = _labels(manifest)
    outcomes = []
    for result in run_results.get("results", []):
        node = nodes.get(result["unique_id"])
        if node is not None and node["resource_type"] in ("test", "unit_test") and result["status"] != "skipped":
            outcomes.append(_outcome(result, node, manifest, gate, con, hidden, labels))
    return outcomes


def _outcome(
    result: dict[str, Any],
    node: dict[str, Any],
    manifest: dict[str, Any],
    gate: str,
    con: duckdb.DuckDBPyConnection | None,
    hidden: frozenset[str],
    labels: Mapping[str, str],
) -> Outcome:
    is_unit = node["resource_type"] == "unit_test"
    severity = "error" if is_unit else str(node["config"].get("severity", "error")).lower()
    status = result["status"]
    passed = status in ("pass", "success")
    broken = status in _FAILED or status == "warn"
    samples = [] if passed or is_unit or con is None else _failing_rows(con, result, hidden)
    message_cn, message_en = _words(node, manifest, labels)
    return Outcome(
        gate=gate, table=_table(node, manifest), rule=node["name"], kind="dbt unit test" if is_unit else "dbt test",
        severity="warning" if status == "warn" or severity == "warn" else "error", passed=passed,
        failing_rows=None if is_unit else int(result.get("failures") or 0), message_cn=message_cn,
        message_en=message_en,
        note=_note(str(result.get("message") or "")) if broken else "", samples=samples,
    )  # fmt: skip


def _note(message: str) -> str:
    """Why a test is broken, where not for the rows that it counts: it did not run."""
    said = not message or message.startswith(_COUNTED)
    return "" if said else f"检验未能运行：{message} / test could not run: {message}"


def _labels(manifest: dict[str, Any]) -> dict[str, str]:
    """Chinese labels by column name, the first declared: one name is one quantity everywhere."""
    found: dict[str, str] = {}
    for _, node in sorted(manifest.get("nodes", {}).items()):
        for name, column in node.get("columns", {}).items():
            label = {**column.get("meta", {}), **column.get("config", {}).get("meta", {})}.get("label")
            if label:
                found.setdefault(name, str(label))
    return found


def _words(node: dict[str, Any], manifest: dict[str, Any], labels: Mapping[str, str]) -> tuple[str, str]:
    """What a test demands, in Chinese and English: its own description, else by its kind and the column's label, of a
    step between that declares none the label of that name elsewhere."""
    text = str(node.get("description") or "")
    if text:
        chinese, _, english = text.partition(" / ")
        return chinese, english or chinese
    if node["resource_type"] == "unit_test":
        return "所举例子应得出规定的结果", str(node["name"])
    kind, name = (node.get("test_metadata") or {}).get("name", ""), node.get("column_name") or ""
    model = manifest.get("nodes", {}).get(node.get("attached_node") or "", {})
    column = model.get("columns", {}).get(name, {})
    meta = {**column.get("meta", {}), **column.get("config", {}).get("meta", {})}
    label = label_of(labels.get(name, name), meta, column.get("description", "")) if name else "主键"
    return _DEMANDS.get(kind, "{}应符合本表的规定").format(label), str(node["name"])


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
