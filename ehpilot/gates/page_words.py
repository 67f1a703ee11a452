"""What the quality page calls tables, columns, codes and ids.

Words come from declarations and seeds, so that they are there when a gate breaks before anything was built: a column's
code set is the one its ``known_code`` test or, of a raw column, its ``words`` names. Names of ids come from the tables
that an edition or the warehouse has by then; an id that none of them names is no word and stays in the tables.

Does not belong here: the page (``page``), which table names an id (``id_names``), the words themselves (dbt seeds and
YAML, ``expectations/words.yml``).
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

from ehpilot.gates import id_names
from ehpilot.gates.gate import GateResult
from ehpilot.gates.id_names import Facts
from ehpilot.gates.outcome import Outcome
from ehpilot.gates.suite import computed_words
from ehpilot.reading.chinese import chinese_unit, unit_text
from ehpilot.register import Register

_PLACES = {"path": "文件", "_file_no": "文件号", "_sheet": "工作表", "_row": "行"}  # of a failing row
_DIGITS, _DIGITS_COMPUTED = 12, 6  # of a number that a file states, of one that was computed
_MONTH, _MONTH_SIGNS = "month", len("2026-03")  # a month is kept as its first day
_CODE_TESTS = ("known_code", "known_codes")
_OWN_NUMBERS = {"enterprise_id", "pollutant_id", "deliverable_id", "indicator_id"}  # that an office or registry gives
_PLAIN = {"all": "全部", "measured": "实测", "unknown": "不详"}  # of columns that take more than their codes
_FILED = ("raw.", "staging.")  # as its files say it
UNNAMED = "（无名称）"


@dataclass(frozen=True)
class PageWords:
    """``labels`` of tables (``schema.table``) and columns (``schema.table.column``, ``column``); ``units`` and
    ``code_sets`` of columns, by the same names; ``codes`` by code set and code; ``names`` of ids by column;
    ``described``: by column and id the facts (column, value) that tell a row which has no name."""

    labels: Mapping[str, str] = field(default_factory=dict)
    code_sets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    codes: Mapping[tuple[str, str], str] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    described: Mapping[str, Mapping[str, Facts]] = field(default_factory=dict)

    def table(self, table: str) -> str:
        """What a row of the table is."""
        return self.labels.get(table, table)

    def head(self, table: str, column: str) -> str:
        """Head over the values of a column, with its unit."""
        own, others = self.labels.get(f"{table}.{column}", column), self.labels.get(column)
        declared = own if own != column else others  # a book of the intake names none, its published table does
        label = _PLACES.get(column) or declared or computed_words().get(column, column)
        label = label.partition("，")[0]  # what a description says besides the name
        unit = self.units.get(f"{table}.{column}", self.units.get(column, ""))
        return label if unit in label else f"{label}（{unit}）"

    def value(self, table: str, column: str, value: Any) -> str:
        """A value of a failing row as people write it: codes and ids in words, days without midnight, numbers without
        what binary arithmetic leaves behind them (0.09996000000000001)."""
        if isinstance(value, list):
            return "、".join(self.value(table, column, item) for item in value)
        if value is None or isinstance(value, bool):
            return "" if value is None else "是" if value else "否"
        if isinstance(value, float) and math.isfinite(value):
            return number(value, _DIGITS if table.startswith(_FILED) else _DIGITS_COMPUTED)
        text = str(value).removesuffix(" 00:00:00")
        if column == _MONTH:
            return text[:_MONTH_SIGNS]
        if name := self.names.get(column, {}).get(text):
            return name
        if facts := self.described.get(column, {}).get(text):
            return " · ".join(self.value(table, part, fact) for part, fact in facts)
        is_own = column in _OWN_NUMBERS or table.startswith(_FILED)
        return UNNAMED if column.endswith("_id") and text.isascii() and not is_own else self._word(table, column, text)

    def _word(self, table: str, column: str, code: str) -> str:
        """The word of a code. A column that declares no set has the word on which the sets of its namesakes agree."""
        sets = self.code_sets.get(f"{table}.{column}") or (*self.code_sets.get(column, ()), column)
        words = {self.codes[one, code] for one in sets if (one, code) in self.codes}
        plain = code if table.startswith(_FILED) else _PLAIN.get(code, code)
        return words.pop() if len(words) == 1 else plain


def number(value: float, digits: int = _DIGITS) -> str:
    """A number in full, without the noise of binary arithmetic."""
    return f"{Decimal(f'{value + 0.0:.{digits}g}').normalize():f}"  # a zero below zero is a zero


def page_words(
    register: Register,
    seeds: Path,
    substances: Mapping[str, str],
    con: duckdb.DuckDBPyConnection | None,
    results: Iterable[GateResult | Outcome] = (),
) -> PageWords:
    """Words of this project. ``seeds`` is the folder of dbt's seeds, ``substances`` names of pollutant ids, ``con`` a
    database that may hold the tables of ``core``; ``results`` are those whose failing rows are to be told."""
    named = {} if con is None else id_names.names(con)
    described = {} if con is None else id_names.facts(con, _shown(results))
    named["pollutant_id"] = {**substances, "*": "该类各物质"}
    return PageWords(register.words, code_sets(register), _codes(seeds), named, _units(register), described)


def _shown(results: Iterable[GateResult | Outcome]) -> dict[str, set[str]]:
    """Ids in failing rows by column."""
    found: dict[str, set[str]] = {}
    for result in results:
        for outcome in result.outcomes if isinstance(result, GateResult) else [result]:
            for sample in outcome.samples:
                for column, value in sample.items():
                    if column.endswith("_id") and value is not None:
                        found.setdefault(column, set()).add(str(value))
    return found


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


def _units(register: Register) -> dict[str, str]:
    """Units by ``schema.table.column``, and by the bare name where all columns of that name have the same."""
    found = {f"raw.{table.name}.{column.name}": str(column.meta.get("unit") or "")
             for table in register.raw_tables.values() for column in table.columns}  # fmt: skip
    found |= {f"{name}.{column.name}": str(column.meta.get("unit") or "")
              for name, table in register.tables.items() for column in table.columns}  # fmt: skip
    by_name: dict[str, set[str]] = {}
    for place, unit in found.items():
        by_name.setdefault(place.rpartition(".")[2], set()).add(unit)
    bare = {name: next(iter(units)) for name, units in by_name.items() if len(units) == 1}
    return {place: printed for place, unit in {**bare, **found}.items() if (printed := unit_text(chinese_unit(unit)))}


def _codes(seeds: Path) -> dict[tuple[str, str], str]:
    codes = seeds / "crosswalks"
    labels = {(row["code_set"], row["code"]): row["label_cn"] for row in _rows(codes / "code_label.csv")}
    reasons = {("reason_code", row["reason_code"]): row["label_cn"] for row in _rows(codes / "reason_code.csv")}
    phrases = {
        ("pollutant_class", row["phrase"]): row["phrase_cn"] for row in _rows(seeds / "accounting/manual_phrase.csv")
    }
    return {key: label for key, label in (phrases | reasons | labels).items() if label}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
