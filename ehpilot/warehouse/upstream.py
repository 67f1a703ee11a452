"""What a run of a part reads and nobody has made yet: a part builds on an earlier run.

Does not belong here: the order of a build (``ehpilot.runs``), which assets a run selects (``assets``).
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from ehpilot.errors import UsageError
from ehpilot.register import Register


def require_upstream(con: duckdb.DuckDBPyConnection, register: Register, tables: Iterable[str]) -> None:
    """Raise UsageError that names what these models (``schema.name``) read, that is not among them and not in the
    working database."""
    nodes = {**register.manifest["nodes"], **register.manifest["sources"]}
    relation = {
        key: f"{node['schema']}.{node.get('alias') or node.get('identifier')}"
        for key, node in nodes.items() if node["resource_type"] in ("model", "seed", "source")
    }  # fmt: skip
    made = set(tables)
    parents = register.manifest["parent_map"]
    wanted = {relation[p] for key, t in relation.items() if t in made for p in parents.get(key, []) if p in relation}
    there = {f"{schema}.{table}" for schema, table in con.execute(
        "select table_schema, table_name from information_schema.tables").fetchall()}  # fmt: skip
    missing = sorted(wanted - made - there)
    if missing:
        names = ", ".join(missing[:5]) + (" …" if len(missing) > 5 else "")
        raise UsageError(
            f"not there yet: {names}; materialize what stands before it, or the whole job, first / "
            f"上游尚未生成：{names}；请先生成上游资产或运行整个任务"
        )
