"""Differences of two editions as a person reads them: which object, which column, what changed, in words.

Names of enterprises and pollutants come from ``core``, labels of tables and columns from ``meta``, of the newer edition
first. Does not belong here: finding the differences (``ehpilot.reading.diff``).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ehpilot.reading.edition import columns_of, has_table, open_marts

COLUMNS = ("对象", "表", "变化", "栏目", "原值", "现值")
CHANGES = {"added": "新增", "removed": "移出", "changed": "变更"}
NAMES = {"enterprise_id": ("core.dim_enterprise", "name"), "pollutant_id": ("core.dim_pollutant", "name_cn")}


class Words:
    """Names and labels that two editions know."""

    def __init__(self, old: Path, new: Path):
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
            if has_table(con, "meta.table_trace"):
                self.tables |= dict(con.execute("select table_name, label from meta.table_trace").fetchall())
            if has_table(con, "meta.table_column"):
                rows = con.execute("select table_name, column_name, label from meta.table_column").fetchall()
                self.columns |= {(table, column): label for table, column, label in rows if label}

    def object_of(self, ids: Mapping[str, Any], key: str | None) -> str:
        """“甲厂（E1） · 2025”: the named ids of a row, then what else its key says; the key where nothing is named."""
        parts = [f"{self.names.get(ids[column], '')}（{ids[column]}）" for column in NAMES if ids.get(column)]
        rest = [str(value) for column, value in ids.items() if column not in NAMES and value is not None]
        return " · ".join([*parts, *rest]) or (key or "")

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
