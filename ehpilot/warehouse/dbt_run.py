"""dbt in this process: the project parsed once, then as many invocations as the graph has gates.

A process an invocation would import dbt, read its stored parse and start its logs again each time, several seconds of
processor time that build nothing. The database is open before an invocation and stays open after it: dbt's own
connections close, the last holder (:func:`open_warehouse`) folds the file together once.

Does not belong here: which models an invocation builds and what becomes of its messages (``assets.dbt``); the typed
view of the manifest (``register``).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from ehpilot.executors import memory_limit
from ehpilot.manifest import dbt_environment, error_of, invoke, parsed
from ehpilot.reading.sql_text import name

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest
    from dbt_common.events.base_types import EventMsg

# Messages that say how one node ended; the rest is a log of what dbt does.
_NODE_ENDS = ("LogSeedResult", "LogModelResult", "LogTestResult")


@dataclass(frozen=True)
class DbtNode:
    """How one node ended: ``message`` as dbt writes it in JSON logs; of a table or view that was made its ``columns``
    (name, type), compiled ``sql`` (None for seeds and Python models), and ``rows`` (None for views)."""

    message: dict[str, Any]
    columns: list[tuple[str, str]] = field(default_factory=list)
    sql: str | None = None
    rows: int | None = None


@dataclass(frozen=True)
class DbtRun:
    """One invocation: ``results`` by node with ``unique_id, status, failures, message, compiled_code``."""

    success: bool
    error: str = ""
    results: list[dict[str, Any]] = field(default_factory=list)


def prepare(dbt_dir: Path) -> None:
    """Import dbt and parse the project, so that the first :func:`build` begins at once."""
    parsed(dbt_dir)


def open_warehouse(warehouse: Path, **others: str) -> duckdb.DuckDBPyConnection:
    """The database with the settings of ``dbt/profiles.yml``: DuckDB opens a file beside dbt only with equal ones.
    ``others``: settings of who has it open while dbt has not."""
    settings: dict[str, str | bool | int | float | list[str]] = {
        "preserve_insertion_order": True,
        "threads": int(os.environ.get("EHPILOT_THREADS", "2")),
        "memory_limit": memory_limit(),
        "checkpoint_threshold": "1GB",
    }
    return duckdb.connect(str(warehouse), config=settings | others)


def build(
    dbt_dir: Path, con: duckdb.DuckDBPyConnection, warehouse: Path, arguments: Sequence[str], log: Path, target: Path,
    ended: Callable[[DbtNode], None] | None = None,
) -> DbtRun:  # fmt: skip
    """``dbt build`` with ``arguments`` into ``warehouse``, which ``con`` (:func:`open_warehouse`) has open.

    ``ended``, if there is one, is told each node as it ends, from dbt's threads; dbt's words go to ``log``, compiled
    SQL to ``target``. Raises BuildError when the project can't be parsed; a model or test that fails is a result.
    """
    manifest = parsed(dbt_dir)
    os.environ.update(dbt_environment(warehouse, dbt_dir))
    with log.open("w", encoding="utf-8") as words:
        outcome = invoke(
            ["build", "--no-write-json", *arguments], dbt_dir, target, words, manifest,
            (lambda event: _tell(event, manifest, con, ended)) if ended else None,
        )  # fmt: skip
    results = [_plain(result) for result in getattr(outcome.result, "results", None) or []]
    return DbtRun(outcome.success, "" if outcome.success else error_of(outcome), results)


def _tell(
    event: EventMsg, manifest: Manifest, con: duckdb.DuckDBPyConnection, ended: Callable[[DbtNode], None]
) -> None:
    if event.info.name not in _NODE_ENDS:
        return
    from dbt_common.events.functions import msg_to_dict

    message = msg_to_dict(event)
    facts = message["data"]["node_info"]
    if event.info.name == "LogTestResult" or facts["node_status"] != "success":
        ended(DbtNode(message))
        return
    node = manifest.nodes[facts["unique_id"]]
    relation = name(node.schema, node.alias)
    with con.cursor() as cursor:
        columns = [(column, kind) for column, kind, *_ in cursor.execute(f"describe {relation}").fetchall()]
        rows = None
        if node.get_materialization() != "view":
            [(rows,)] = cursor.execute(f"select count(*) from {relation}").fetchall()
    is_sql = event.info.name == "LogModelResult" and node.language == "sql"
    ended(DbtNode(message, columns, getattr(node, "compiled_code", None) if is_sql else None, rows))


def _plain(result: Any) -> dict[str, Any]:
    return {
        "unique_id": result.node.unique_id, "status": str(result.status), "failures": result.failures,
        "message": result.message, "compiled_code": getattr(result.node, "compiled_code", None),
    }  # fmt: skip
