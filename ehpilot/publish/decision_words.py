"""What a decision is about and what it decides, in words: a register's entry, a site, a bound.

Does not belong here: which decisions there are (``meta.decision``, ``meta.proposed_decision``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from ehpilot.reading import edition as reading

_LONG_NUMBER = re.compile(r"-?\d+\.\d{6,}")


@dataclass(frozen=True)
class DecisionWords:
    """Names of sites and bounds, and the words of codes."""

    labels: Mapping[tuple[str, str], str]
    sites: Mapping[str, str]
    bounds: Mapping[str, str]

    @classmethod
    def read(cls, connection: duckdb.DuckDBPyConnection, labels: Mapping[tuple[str, str], str]) -> DecisionWords:
        """Those of an edition; without names where it has none."""
        return cls(
            labels,
            _names(connection, "core.dim_enterprise", "enterprise_id", "name"),
            _names(connection, "risk_grade.grade_cut", "cut_id", "name_cn"),
        )

    def object_of(self, text: str) -> str:
        """“census:9199…” → “污染源普查所列“9199…””; a bound or a site by its name; anything else as it is."""
        source, _, rest = text.partition(":")
        if ("source", source) in self.labels:
            return f"{self.labels['source', source]}所列“{rest.rpartition(':')[2].rstrip('|')}”"
        return self.bounds.get(text) or self.sites.get(text) or text

    def value_of(self, text: str) -> str:
        """A site by its name, a number to six digits as a person reads it (the table of decisions to adopt keeps all of
        them), anything else as it is."""
        if _LONG_NUMBER.fullmatch(text):
            return f"{float(text):.6g}"
        return self.sites.get(text) or text


def _names(connection: duckdb.DuckDBPyConnection, table: str, key: str, name: str) -> dict[str, str]:
    if not {key, name} <= set(reading.columns_of(connection, table)):
        return {}
    return dict(connection.execute(f"select {key}, {name} from {table} where {name} is not null").fetchall())
