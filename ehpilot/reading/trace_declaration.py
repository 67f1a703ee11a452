"""Trace declarations of an edition's tables, as the dbt YAML stated them when the edition was made.

Each says: rows of this table come from rows of ``table`` where their columns equal ours. Does not belong here:
following them (``trace``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import duckdb

from ehpilot.reading.edition import has_table


@dataclass(frozen=True)
class Declaration:
    """``on`` maps their column to ours; ``weight`` is their column that orders and shares; ``columns`` are those of
    ours that this link explains (empty: all). With ``row_of`` the row names its parent itself: the columns of ours
    that hold the parent's ``table``, its row ``key`` and, may be, its ``column``."""

    table: str
    on: Mapping[str, str]
    weight: str | None = None
    where: Mapping[str, Any] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    row_of: Mapping[str, str] = field(default_factory=dict)


@lru_cache(maxsize=1)
def read_declarations(connection: duckdb.DuckDBPyConnection) -> Mapping[str, list[Declaration]]:
    """Declarations by table from ``meta.table_trace`` of the current database."""
    if not has_table(connection, "meta.table_trace"):
        return {}
    rows = connection.execute("select table_name, trace from meta.table_trace").fetchall()
    return {table: [_declaration(item) for item in json.loads(text or "[]")] for table, text in rows}


def _declaration(item: Mapping[str, Any]) -> Declaration:
    return Declaration(
        table=item.get("table", ""),
        # YAML 1.1 reads an unquoted key `on` as true; the manifest then says "true".
        on=dict(item.get("on") or item.get("true") or {}),
        weight=item.get("weight"),
        where=dict(item.get("where") or {}),
        columns=tuple(item.get("columns") or ()),
        row_of=dict(item.get("row_of") or {}),
    )
