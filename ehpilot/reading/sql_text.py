"""SQL text for names, literals and row keys that the readers and the publisher share.

Does not belong here: queries. Row keys follow marts.yml: key values in the contract's order joined by ``|``, with
``|`` and ``\\`` escaped by ``\\``; null is the empty text.
"""

from __future__ import annotations

from collections.abc import Iterable


def name(*parts: str) -> str:
    """Quoted, dotted identifier: ``name("core", "dim_area")`` → ``"core"."dim_area"``."""
    return ".".join('"' + part.replace('"', '""') + '"' for part in parts)


def literal(text: object) -> str:
    """Quoted text literal."""
    return "'" + str(text).replace("'", "''") + "'"


def row_key(key: Iterable[str], alias: str = "") -> str:
    """SQL expression of the row key of a table with these key columns, optionally under a table alias."""
    prefix = f"{alias}." if alias else ""
    values = [
        rf"replace(replace(coalesce(cast({prefix}{name(column)} as varchar), ''), '\', '\\'), '|', '\|')"
        for column in key
    ]
    return " || '|' || ".join(values) if values else "''"
