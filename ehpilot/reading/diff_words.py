"""Differences of two editions as a person reads them: which object, which column, what changed, in words.

Names of enterprises and pollutants come from ``core``, labels of tables, columns and codes from ``meta``, of the newer
edition first. An id says nothing to a person: it stands beside the words only where it is asked for.

Does not belong here: finding the differences (``ehpilot.reading.diff``).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ehpilot.reading.edition import code_labels, columns_of, has_table, open_marts

SUMMARY = {"label": "表", "table": "表名（--table）", "added": "新增行", "removed": "移出行", "changed": "变更行"}
COLUMNS = ("对象", "表", "变化", "栏目", "原值", "现值")
CHANGES = {"added": "新增", "removed": "移出", "changed": "变更"}
NAMES = {"enterprise_id": ("core.dim_enterprise", "name"), "pollutant_id": ("core.dim_pollutant", "name_cn")}
# columns that tell rows apart whose key is an id that no one reads, the most telling first
TELLING = (
    "name_cn", "name", "subject", "title", "category", "outlet_name", "medium", "source", "year", "period", "found_at",
    "held_at", "sampled_at", "applied_at", "due",
)  # fmt: skip
_IDS = ("_id", "_key", "_sha256")


def is_id(column: str) -> bool:
    """True for a column whose values are ids."""
    return column.endswith(_IDS)


class Words:
    """Names and labels that two editions know; with ``ids`` an object's ids stand beside its words."""

    def __init__(self, old: Path, new: Path, ids: bool = False):
        self.ids = ids
        self.codes: dict[tuple[str, str], str] = {}
        self.names: dict[str, str] = {}
        self.tables: dict[str, str] = {}
        self.columns: dict[tuple[str, str], str] = {}
        for edition in (old, new):
            self._learn(edition)

    def _learn(self, edition: Path) -> None:
        with open_marts(edition) as con:
            for key, (table, column) in NAMES.items():
                if {key, column} <= set(columns_of(con, table)):
                    self.names |= dict(con.execute(f"select {key}, {column} from {table}").fetchall())
            self.codes |= code_labels(con)
            if has_table(con, "meta.table_trace"):
                self.tables |= dict(con.execute("select table_name, label from meta.table_trace").fetchall())
            if has_table(con, "meta.table_column"):
                rows = con.execute("select table_name, column_name, label from meta.table_column").fetchall()
                self.columns |= {(table, column): label for table, column, label in rows if label}

    def object_of(self, ids: Mapping[str, Any], key: str | None) -> str:
        """“甲厂 · 苯 · 2025”: what a row is about by name, then what else tells it from others, or the key; with ids
        “甲厂（E1） · 苯（71-43-2） · 2025”."""
        parts = [self._named(str(ids[column])) for column in NAMES if ids.get(column)]
        rest = [
            self._coded(column, str(value))
            for column, value in ids.items()
            if column not in NAMES and value is not None and (self.ids or not is_id(column))
        ]
        return " · ".join([*parts, *rest]) or (key or "")

    def _named(self, identity: str) -> str:
        name = self.names.get(identity)
        return f"{name or ''}（{identity}）" if self.ids else name or identity

    def _coded(self, column: str, value: str) -> str:
        """The word of a code, of a code set called as the column or as the column of something."""
        sets = sorted({code_set for code_set, code in self.codes if code == value})
        fitting = [one for one in sets if one == column or one.startswith(f"{column}_of_")]
        return self.codes[fitting[0], value] if fitting else value

    def summary_line(self, counts: Mapping[str, Any]) -> dict[str, Any]:
        """Counts of one table under the heads of ``SUMMARY``."""
        facts = {**counts, "label": self.tables.get(counts["table"]) or counts["table"]}
        return {head: facts[name] for name, head in SUMMARY.items()}

    def line(self, difference: Mapping[str, Any]) -> dict[str, str]:
        """One difference under the heads ``COLUMNS``; a whole row or table has no column and no values."""
        table, column = difference["table"], difference["column"]
        values = (
            difference["object"],
            self.tables.get(table) or table,
            CHANGES[difference["change"]],
            self.columns.get((table, column), column) if column else "",
            _text(difference["old"]),
            _text(difference["new"]),
        )
        return dict(zip(COLUMNS, values, strict=True))


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(map(str, value))
    return "" if value is None else {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value)
