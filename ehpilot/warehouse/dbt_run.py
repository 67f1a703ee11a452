"""dbt in this process: the project parsed once, then as many invocations as the graph has gates.

A process an invocation would import dbt, read its stored parse and start its logs again each time, several seconds of
processor time that build nothing. The database is open before an invocation and stays open after it: dbt's own
connections close, the last holder (:func:`open_warehouse`) folds the file together once.

Does not belong here: which models an invocation builds and what becomes of its messages (``assets.dbt``); the typed
view of the manifest (``register``).
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import duckdb

from ehpilot.errors import BuildError
from ehpilot.reading.sql_text import name

if TYPE_CHECKING:
    from dbt.cli.main import dbtRunnerResult
    from dbt.contracts.graph.manifest import Manifest
    from dbt_common.events.base_types import EventMsg

# Messages that say how one node ended; the rest is a log of what dbt does.
_NODE_ENDS = ("LogSeedResult", "LogModelResult", "LogTestResult")
# dbt's stored parse holds for one connection only. All warehouses have this name, and a manifest holds no more of a
# database than its name, so one parse serves them all.
_ANY_WAREHOUSE = Path("warehouse.duckdb")
_OF_ONE_RUN = ("EHPILOT_THREADS", "EHPILOT_DBT_THREADS", "EHPILOT_MEMORY_LIMIT")


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
    _parsed(dbt_dir, _fingerprint(dbt_dir))


def open_warehouse(warehouse: Path, **others: str) -> duckdb.DuckDBPyConnection:
    """The database with the settings of ``dbt/profiles.yml``: DuckDB opens a file beside dbt only with equal ones.
    ``others``: settings of who has it open while dbt has not."""
    settings = {
        "preserve_insertion_order": True,
        "threads": int(os.environ.get("EHPILOT_THREADS", "2")),
        "memory_limit": os.environ.get("EHPILOT_MEMORY_LIMIT", "4GB"),
        "checkpoint_threshold": "1GB",
    }
    return duckdb.connect(str(warehouse), config=settings | others)


def build(
    dbt_dir: Path, con: duckdb.DuckDBPyConnection, warehouse: Path, arguments: Sequence[str], log: Path, target: Path,
    ended: Callable[[DbtNode], None],
) -> DbtRun:  # fmt: skip
    """``dbt build`` with ``arguments`` into ``warehouse``, which ``con`` (:func:`open_warehouse`) has open.

    ``ended`` is told each node as it ends, from dbt's threads; dbt's words go to ``log``, compiled SQL to ``target``.
    Raises BuildError when the project can't be parsed; a model or test that fails is a result.
    """
    manifest = _parsed(dbt_dir, _fingerprint(dbt_dir))
    os.environ.update(dbt_environment(warehouse))
    with log.open("w", encoding="utf-8") as words:
        outcome = _invoke(
            ["build", "--no-write-json", *arguments], dbt_dir, target, words, manifest,
            lambda event: _tell(event, manifest, con, ended),
        )  # fmt: skip
    results = [_plain(result) for result in getattr(outcome.result, "results", None) or []]
    return DbtRun(outcome.success, "" if outcome.success else _error(outcome), results)


def manifest_file(dbt_dir: Path) -> Path:
    """Path of a manifest that fits the dbt files as they are now; parses only where something changed.

    Raises BuildError in the parser's own words.
    """
    fingerprint = _fingerprint(dbt_dir)
    if not _is_current(dbt_dir, fingerprint):
        _parsed.cache_clear()
        _parsed(dbt_dir, fingerprint)
    return _target(dbt_dir) / "manifest.json"


def dbt_environment(warehouse: Path) -> dict[str, str]:
    """Environment of every dbt invocation: telemetry off, database and extension by path."""
    return dict(os.environ) | {
        "DO_NOT_TRACK": "1", "DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "DAGSTER_DISABLE_TELEMETRY": "1",
        "EHPILOT_SPATIAL": str(spatial_extension()), "EHPILOT_DB": str(warehouse),
    }  # fmt: skip


def spatial_extension() -> Path:
    """Path of DuckDB's spatial extension as shipped in its wheel (never downloaded)."""
    import duckdb
    import duckdb_extension_spatial

    folder = Path(duckdb_extension_spatial.__file__).parent / "extensions"
    return folder / f"v{duckdb.__version__}" / "spatial.duckdb_extension"


@lru_cache(maxsize=1)
def _parsed(dbt_dir: Path, fingerprint: str) -> Manifest:
    """The parsed project; dbt reads its stored parse where files are as they were. Writes the manifest if it is old."""
    target = _target(dbt_dir)
    target.mkdir(parents=True, exist_ok=True)
    kept = dict(os.environ)
    with (target / "manifest.lock").open("w") as lock, (target / "parse.log").open("w", encoding="utf-8") as log:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two processes may ask at once; half a manifest is none
        is_current = _is_current(dbt_dir, fingerprint)
        os.environ.update(dbt_environment(_ANY_WAREHOUSE))
        for setting in _OF_ONE_RUN:
            os.environ.pop(setting, None)
        try:
            outcome = _invoke(["parse", "--no-write-json" if is_current else "--write-json"], dbt_dir, target, log)
        finally:
            os.environ.clear()
            os.environ.update(kept)
        if not outcome.success:
            raise BuildError(f"dbt parse failed: {_error(outcome)}")
        if not is_current:
            (target / "manifest.stamp").write_text(fingerprint, encoding="utf-8")
    return outcome.result


def _invoke(
    arguments: list[str], dbt_dir: Path, target: Path, words: TextIO, manifest: Manifest | None = None,
    told: Callable[[EventMsg], None] | None = None,
) -> dbtRunnerResult:  # fmt: skip
    from dbt.cli.main import dbtRunner

    places = {
        "--project-dir": dbt_dir, "--profiles-dir": dbt_dir, "--target-path": target, "--log-path": target,
        "--log-level-file": "none",
    }  # fmt: skip
    options = [str(word) for pair in places.items() for word in pair]
    try:
        with contextlib.redirect_stdout(words):
            return dbtRunner(manifest=manifest, callbacks=[told] if told else []).invoke([
                "--no-version-check", *arguments, *options,
            ])  # fmt: skip
    finally:
        _let_go()


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
        is_view = node.get_materialization() == "view"
        rows = None if is_view else cursor.execute(f"select count(*) from {relation}").fetchone()[0]
    is_sql = event.info.name == "LogModelResult" and node.language == "sql"
    ended(DbtNode(message, columns, node.compiled_code if is_sql else None, rows))


def _let_go() -> None:
    """Close the adapter's connections: dbt keeps some open after an invocation."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.adapters.factory import reset_adapters

    with contextlib.suppress(Exception):  # no database was opened: parse, or an error before
        DuckDBConnectionManager.env().close()
    DuckDBConnectionManager.close_all_connections()
    reset_adapters()


def _plain(result: Any) -> dict[str, Any]:
    return {
        "unique_id": result.node.unique_id, "status": str(result.status), "failures": result.failures,
        "message": result.message, "compiled_code": getattr(result.node, "compiled_code", None),
    }  # fmt: skip


def _error(outcome: dbtRunnerResult) -> str:
    """The exception of an invocation, or what the nodes that failed say of themselves."""
    if outcome.exception is not None:
        return str(outcome.exception)
    failed = [item for item in getattr(outcome.result, "results", None) or [] if str(item.status) in ("error", "fail")]
    return "; ".join(f"{item.node.name}: {' '.join(str(item.message).split())}" for item in failed[:5])


def _target(dbt_dir: Path) -> Path:
    """Where dbt keeps its parse."""
    return dbt_dir / "target"


def _is_current(dbt_dir: Path, fingerprint: str) -> bool:
    manifest, stamp = _target(dbt_dir) / "manifest.json", _target(dbt_dir) / "manifest.stamp"
    return manifest.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == fingerprint


def _fingerprint(dbt_dir: Path) -> str:
    """Hash of names, sizes and times of all files that dbt parses."""
    digest = hashlib.sha256()
    for part in ("models", "macros", "seeds", "tests", "dbt_project.yml", "profiles.yml"):
        root = dbt_dir / part
        files = [root] if root.is_file() else sorted(path for path in root.rglob("*") if path.is_file())
        for path in files:
            facts = path.stat()
            digest.update(f"{path.relative_to(dbt_dir)}|{facts.st_size}|{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
