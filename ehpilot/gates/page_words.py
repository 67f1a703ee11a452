"""What the quality page calls tables, columns, codes and ids.

Words come from declarations and seeds, so that they are there when a gate breaks before anything was built: a column's
code set is the one its ``known_code`` test or, of a raw column, its ``words`` names. Names of ids come from the tables
that an edition or the warehouse has by then.

Does not belong here: the page (``page``), the words themselves (dbt seeds and YAML, ``expectations/words.yml``).
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from ehpilot.gates.suite import computed_words
from ehpilot.register import Register

_PLACES = {"path": "文件", "_file_no": "文件号", "_sheet": "工作表", "_row": "行"}  # of a failing row
_DIGITS = 12
_MONTH, _MONTH_SIGNS = "month", len("2026-03")  # a month is kept as its first day
_CODE_TESTS = ("known_code", "known_codes")
# Names of ids, by the columns that hold them. A number that an office gives (indicator, station) stays beside it.
_NAMES = (
    (("enterprise_id",), "select enterprise_id, name from core.dim_enterprise"),
    (("receptor_id",), "select receptor_id, name from core.dim_receptor"),
    (("process_id",), "select process_id, name_cn from core.dim_process"),
    (("area_id", "park_id", "parent_id"), "select area_id, name_cn from core.dim_area"),
    (("indicator_id",), "select indicator_id, indicator_id || ' ' || name_cn from green_index.indicator"),
    (
        ("site_id",),
        "select unnest([site_id, site_id[3:]]), unnest([name, site_id[3:] || ' ' || name]) "
        "from core.dim_monitoring_site",
    ),
    (
        ("outlet_id",),
        "select outlet.outlet_id, concat_ws(' · ', enterprise.name, "
        "coalesce(outlet.outlet_name, split_part(outlet.outlet_id, ':', 2))) from core.dim_outlet as outlet "
        "left join core.dim_enterprise as enterprise on enterprise.enterprise_id = outlet.enterprise_id",
    ),
)


@dataclass(frozen=True)
class PageWords:
    """``labels`` of tables (``schema.table``) and columns (``schema.table.column``, ``column``); ``code_sets`` of
    columns, by the same names; ``codes`` by code set and code; ``names`` of ids by column."""

    labels: Mapping[str, str] = field(default_factory=dict)
    code_sets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    codes: Mapping[tuple[str, str], str] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def table(self, table: str) -> str:
        """What a row of the table is."""
        return self.labels.get(table, table)

    def head(self, table: str, column: str) -> str:
        """Head over the values of a column."""
        declared = self.labels.get(f"{table}.{column}") or self.labels.get(column)
        return _PLACES.get(column) or declared or computed_words().get(column, column)

    def value(self, table: str, column: str, value: Any) -> str:
        """A value of a failing row as people write it: codes and ids in words, days without midnight, numbers without
        what binary arithmetic leaves behind them (0.09996000000000001)."""
        if isinstance(value, list):
            return "、".join(self.value(table, column, item) for item in value)
        if value is None or isinstance(value, bool):
            return "" if value is None else "是" if value else "否"
        if isinstance(value, float) and math.isfinite(value):
            return number(value)
        text = str(value).removesuffix(" 00:00:00")
        if column == _MONTH:
            return text[:_MONTH_SIGNS]
        return self.names.get(column, {}).get(text) or self._word(table, column, text)

    def _word(self, table: str, column: str, code: str) -> str:
        """The word of a code. A column that declares no set has the word on which the sets of its namesakes agree."""
        sets = self.code_sets.get(f"{table}.{column}") or (*self.code_sets.get(column, ()), column)
        words = {self.codes[one, code] for one in sets if (one, code) in self.codes}
        return words.pop() if len(words) == 1 else code


def number(value: float) -> str:
    """A number in full, without the noise of binary arithmetic."""
    return f"{Decimal(f'{value:.{_DIGITS}g}').normalize():f}"


def page_words(
    register: Register, seeds: Path, substances: Mapping[str, str], con: duckdb.DuckDBPyConnection | None
) -> PageWords:
    """Words of this project. ``seeds`` is the folder of dbt's seeds, ``substances`` names of pollutant ids, ``con`` a
    database that may hold the tables of ``core``."""
    names = {"pollutant_id": dict(substances)} | ({} if con is None else _names(con))
    return PageWords(register.words, code_sets(register), _codes(seeds / "crosswalks"), names)


def code_sets(register: Register) -> dict[str, tuple[str, ...]]:
    """Code sets by ``schema.table.column``, and of all columns of a name by ``column``."""
    declared = {**dict(_tested(register.manifest)), **dict(_worded(register))}
    by_name: dict[str, set[str]] = {}
    for place, code_set in declared.items():
        by_name.setdefault(place.rpartition(".")[2], set()).add(code_set)
    found = {place: (code_set,) for place, code_set in declared.items()}
    return {name: tuple(sorted(sets)) for name, sets in by_name.items()} | found


def _tested(manifest: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for node in manifest["nodes"].values():
        test = node.get("test_metadata") or {}
        model = manifest["nodes"].get(node.get("attached_node") or "")
        if test.get("name") in _CODE_TESTS and model is not None:
            table = f"{model['schema']}.{model.get('alias') or model['name']}"
            yield f"{table}.{node['column_name']}", test["kwargs"]["code_set"]


def _worded(register: Register) -> Iterable[tuple[str, str]]:
    for table in register.raw_tables.values():
        for column in table.columns:
            if words := column.meta.get("words"):
                yield f"raw.{table.name}.{column.name}", words


def _codes(folder: Path) -> dict[tuple[str, str], str]:
    labels = {(row["code_set"], row["code"]): row["label_cn"] for row in _rows(folder / "code_label.csv")}
    reasons = {("reason_code", row["reason_code"]): row["label_cn"] for row in _rows(folder / "reason_code.csv")}
    return {key: label for key, label in (reasons | labels).items() if label}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _names(con: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Names by column of ids, of the tables that are there."""
    found: dict[str, dict[str, str]] = {}
    for columns, query in _NAMES:
        try:
            names = {key: name for key, name in con.execute(query).fetchall() if name}
        except duckdb.CatalogException:
            continue
        found |= dict.fromkeys(columns, names)
    return found
