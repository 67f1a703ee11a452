"""The dbt project parsed: its manifest, kept between runs and made anew where a file changed; dbt's runner.

Does not belong here: which models a run builds (``warehouse.dbt_run``), the typed view of the manifest (``register``).
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import hashlib
import json
import os
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, cast

from ehpilot.errors import BuildError
from ehpilot.executors import memory_limit
from ehpilot.project import DBT_DIR, read_yaml

if TYPE_CHECKING:
    from dbt.cli.main import dbtRunnerResult
    from dbt.contracts.graph.manifest import Manifest
    from dbt_common.events.base_types import EventMsg

# dbt's stored parse holds for one connection only. All warehouses have this name, and a manifest holds no more of a
# database than its name, so one parse serves them all.
_ANY_WAREHOUSE = Path("warehouse.duckdb")
# marks by which models join a table that unites them (macro marked_models): origin → meta.origin and so on
_MARKS = ("origin", "parameters", "gaps", "proposals", "reasons")
_HAS_MARK = re.compile(rf"\b({'|'.join(_MARKS)}):")
_OF_ONE_RUN = ("EHPILOT_THREADS", "EHPILOT_DBT_THREADS", "EHPILOT_MEMORY_LIMIT")


def manifest_file(dbt_dir: Path) -> Path:
    """Path of a manifest that fits the dbt files as they are now; parses only where something changed.

    Raises BuildError in the parser's own words.
    """
    fingerprint = _fingerprint(dbt_dir)
    if not _is_current(dbt_dir, fingerprint):
        _parsed.cache_clear()
        _parsed(dbt_dir, fingerprint)
    return _target(dbt_dir) / "manifest.json"


def parsed(dbt_dir: Path) -> Manifest:
    """The project as dbt holds it, parsed where something changed."""
    return _parsed(dbt_dir, _fingerprint(dbt_dir))


def dbt_environment(warehouse: Path, dbt_dir: Path = DBT_DIR) -> dict[str, str]:
    """Environment of every dbt invocation: telemetry off, database and extension by path, marked models by name."""
    return dict(os.environ) | {
        "DO_NOT_TRACK": "1", "DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "DAGSTER_DISABLE_TELEMETRY": "1",
        "EHPILOT_SPATIAL": str(spatial_extension()), "EHPILOT_DB": str(warehouse),
        "EHPILOT_MEMORY_LIMIT": memory_limit(),
        "EHPILOT_MARKS": _marks_of(dbt_dir, _fingerprint(dbt_dir)),
        # which test a model waits for, by fewer edges: the same order, found in a tenth of the time
        "DBT_USE_FAST_TEST_EDGES": "1",
    }  # fmt: skip


@lru_cache(maxsize=1)
def _marks_of(dbt_dir: Path, fingerprint: str) -> str:
    """Marks and names of raw tables of the project as it is now, as dbt takes them; the YAML is read once a process."""
    return json.dumps(marks(dbt_dir) | {"raw": raw_names(dbt_dir)})


def marks(dbt_dir: Path) -> dict[str, list[str]]:
    """Names of the models that the YAML marks ``config.meta.<mark>``, by mark, sorted.

    dbt has to know the parents of a table that unites models before it reads any YAML; this is how it learns them.
    """
    found: dict[str, list[str]] = {mark: [] for mark in _MARKS}
    for path in sorted((dbt_dir / "models").rglob("*.yml")):
        text = path.read_text(encoding="utf-8")
        if not _HAS_MARK.search(text):  # most files: spare reading them as YAML
            continue
        for model in (read_yaml(text) or {}).get("models") or []:
            meta = (model.get("config") or {}).get("meta") or {}
            for mark in _MARKS:
                if meta.get(mark):
                    found[mark].append(model["name"])
    return {mark: sorted(names) for mark, names in found.items()}


def raw_names(dbt_dir: Path) -> list[str]:
    """``source.table`` of the raw tables that the sources YAML declares, sorted: dbt learns them as the marks."""
    return sorted(
        f"{source['name']}.{table['name']}"
        for path in (dbt_dir / "models").rglob("*__sources.yml")
        for source in read_yaml(path.read_text(encoding="utf-8"))["sources"]
        if source.get("schema") == "raw"
        for table in source["tables"]
    )


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
        os.environ.update(dbt_environment(_ANY_WAREHOUSE, dbt_dir))
        for setting in _OF_ONE_RUN:
            os.environ.pop(setting, None)
        try:
            outcome = invoke(["parse", "--no-write-json" if is_current else "--write-json"], dbt_dir, target, log)
        finally:
            os.environ.clear()
            os.environ.update(kept)
        if not outcome.success:
            raise BuildError(f"dbt parse failed: {error_of(outcome)}")
        if not is_current:
            (target / "manifest.stamp").write_text(fingerprint, encoding="utf-8")
    # A parsed project is millions of objects that live as long as the process; dbt makes enough cyclic garbage a node
    # for the collector to walk through all of them again and again, a fifth of an invocation's processor time.
    gc.freeze()
    return cast("Manifest", outcome.result)


def invoke(
    arguments: list[str], dbt_dir: Path, target: Path, words: TextIO, manifest: Manifest | None = None,
    told: Callable[[EventMsg], None] | None = None,
) -> dbtRunnerResult:  # fmt: skip
    """One invocation of dbt in this process; what it prints goes to ``words``, its messages to ``told``."""
    from dbt.cli.main import dbtRunner

    _spare_what_nobody_asks()

    def write(event: Any) -> None:
        if event.info.level != "debug":
            words.write(f"{event.info.ts.ToDatetime():%H:%M:%S}  {event.info.msg}\n")

    places = {
        "--project-dir": dbt_dir, "--profiles-dir": dbt_dir, "--target-path": target, "--log-path": target,
        "--log-level": "none", "--log-level-file": "none",  # their lines are made of every message, shown or not
    }  # fmt: skip
    # it need not know the tables of schemas that the invocation writes nothing into
    options = [*(str(word) for pair in places.items() for word in pair), "--cache-selected-only"]
    try:
        with contextlib.redirect_stdout(words):
            return dbtRunner(manifest=manifest, callbacks=[write, *([told] if told else [])]).invoke([
                "--no-version-check", *arguments, *options,
            ])  # fmt: skip
    finally:
        _let_go()


@lru_cache(maxsize=1)
def _spare_what_nobody_asks() -> None:
    """Take work of no use here out of dbt, once a process; what it makes of the models is the same."""
    _spare_look_ups()
    _spare_the_graph()
    _spare_messages()


def _spare_look_ups() -> None:
    from dbt.adapters.base.impl import BaseAdapter
    from dbt.adapters.duckdb.impl import DuckDBAdapter
    from dbt.adapters.reference_keys import _ReferenceKey, lowercase
    from dbt_common.exceptions import DbtRuntimeError

    # The adapter looks through the constraints of all tables before each model that has a key, for foreign keys that
    # point to it: 20 ms a model in a whole warehouse. No model declares one (tests/dbt/test_manifest.py).
    DuckDBAdapter._is_foreign_key_target = lambda self, model: False  # type: ignore[method-assign]

    # Whether a model's table is there dbt finds by going through all tables of its schema; its cache is kept by name.
    def get_relation(self: Any, database: str, schema: str, identifier: str) -> Any:
        if not self._schema_is_cached(database, schema):
            return BaseAdapter.get_relation(self, database, schema, identifier)
        found = self.cache.relations.get(_ReferenceKey(lowercase(database), lowercase(schema), lowercase(identifier)))
        return found and found.inner

    # The columns of a table it asks by a macro, for which it first gathers all macros there are: a fifth of the time
    # of a unit test.
    def get_columns_in_relation(self: Any, relation: Any) -> list[Any]:
        try:
            _, cursor = self.connections.add_select_query(f"describe {relation.render()}")
        except DbtRuntimeError as error:
            if "does not exist" in str(error).lower():  # as the adapter's own
                return []
            raise
        return [self.Column(column, kind) for column, kind, *_ in cursor.fetchall()]

    DuckDBAdapter.get_relation = get_relation  # type: ignore[method-assign]
    DuckDBAdapter.get_columns_in_relation = get_columns_in_relation  # type: ignore[method-assign]


def _spare_the_graph() -> None:
    """An invocation first searches the whole graph for a circle, edge by edge, and sums it up twice for diagnosis:
    half of the time of an invocation that builds little."""
    from dbt.compilation import Linker
    from networkx import is_directed_acyclic_graph

    search = Linker.find_cycles

    def find_cycles(self: Any) -> str | None:
        return None if is_directed_acyclic_graph(self.graph) else search(self)

    Linker.find_cycles = find_cycles  # type: ignore[method-assign]
    Linker.get_graph_summary = lambda self, manifest: {}  # type: ignore[method-assign]


def _spare_messages() -> None:
    """Some thirty messages a node are for a log of debugging, which is not written (``--log-level-file none``): they
    are not sent, and their facts become protocol buffers only where somebody asks for them."""
    from dbt_common.events.base_types import BaseEvent, EventLevel
    from dbt_common.events.event_manager import EventManager

    send, make, ask = EventManager.fire_event, BaseEvent.__init__, BaseEvent.__getattr__

    def fire_event(self: Any, e: Any, level: Any = None, *rest: Any, **others: Any) -> None:
        if (level or e.level_tag()) != EventLevel.DEBUG:
            send(self, e, level, *rest, **others)

    def begin(self: Any, *words: Any, **facts: Any) -> None:
        if self.level_tag() == EventLevel.DEBUG:
            vars(self)["unread"] = (words, facts)
        else:
            make(self, *words, **facts)

    def read(self: Any, key: str) -> Any:
        if "unread" not in vars(self):
            return ask(self, key)
        words, facts = vars(self).pop("unread")
        make(self, *words, **facts)
        return getattr(self, key)

    EventManager.fire_event = fire_event  # type: ignore[method-assign]
    BaseEvent.__init__, BaseEvent.__getattr__ = begin, read  # type: ignore[method-assign]


def _let_go() -> None:
    """Close the adapter's connections: dbt keeps some open after an invocation."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.adapters.factory import reset_adapters

    with contextlib.suppress(Exception):  # no database was opened: parse, or an error before
        DuckDBConnectionManager.env().close()
    DuckDBConnectionManager.close_all_connections()
    reset_adapters()


def error_of(outcome: dbtRunnerResult) -> str:
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
