"""What the public version of a document may print: columns and rows by their sensitivity, small numbers suppressed.

Columns are public only where the register says so. Rows of a table with a column ``_sensitivity`` are public only
where it says so. The rules for small numbers are rows of ``meta.disclosure_rule`` (seed disclosure_limit).

Does not belong here: personal data, which end at intake; deciding a sensitivity (the register).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import duckdb

from ehpilot.reporting import report_table
from ehpilot.reporting.catalogue import catalogue
from ehpilot.reporting.report_table import ROW_SENSITIVITY, Cell, ReportTable

PUBLIC = "public"
_KEPT = 4  # connections whose rules are remembered: editions never change
WITHHELD = "不公开"
NO_TABLE = "公开版不列此表。"
_WORDS = {"government": "政务", "enterprise": "企业", "personal": "个人"}


@dataclass(frozen=True)
class DisclosureRule:
    """Numbers of ``column`` above 0 and below ``threshold`` are printed as ``replacement``, and the columns in
    ``hides``, which would give them away, as ``WITHHELD``. ``scope`` is ``all`` or ``public``."""

    column: str
    threshold: float
    scope: str
    replacement: str
    hides: tuple[str, ...] = ()

    def holds_for(self, value: Any) -> bool:
        """True for a number that must not be printed."""
        return isinstance(value, int | float) and 0 < value < self.threshold


@lru_cache(maxsize=_KEPT)
def read_rules(connection: duckdb.DuckDBPyConnection, is_public: bool) -> Mapping[str, DisclosureRule]:
    """Rules that hold for a version of a document, by column name; none where the edition has no such table."""
    if "meta.disclosure_rule" not in catalogue(connection).columns:
        return {}
    rows = connection.execute(
        "select column_name, threshold, scope, replacement, hides from meta.disclosure_rule order by column_name"
    ).fetchall()
    rules = [DisclosureRule(c, t, s, r or "—", tuple((h or "").split())) for c, t, s, r, h in rows]
    return {rule.column: rule for rule in rules if is_public or rule.scope == "all"}


def suppressed(table: ReportTable, rules: Mapping[str, DisclosureRule]) -> ReportTable:
    """The table with small numbers replaced, and a note that says so where there were any."""
    names = [column.name for column in table.columns]
    active = [rules[column] for column in names if column in rules]
    rows, count = [], 0
    for row in table.rows:
        cells = list(row)
        for rule in active:
            if not rule.holds_for(row[names.index(rule.column)].value):
                continue
            count += 1
            for column in rule.hides:
                if column in names and row[names.index(column)].value is not None:
                    cells[names.index(column)] = Cell(WITHHELD, None)
            cells[names.index(rule.column)] = Cell(rule.replacement, None)
        rows.append(tuple(cells))
    if not count:
        return table
    note = f"有{count}处小数量按披露规则不予列出。"
    return replace(table, rows=tuple(rows), notes=(*table.notes, note))


def public_part(table: ReportTable, row_marks: list[Any] | None) -> ReportTable:
    """Public columns and rows only; a note names the columns and counts the rows that were left out.

    ``row_marks`` are the rows' own sensitivities (column ``_sensitivity``), None where the table has no such column.
    """
    keep = [n for n, column in enumerate(table.columns) if column.sensitivity == PUBLIC]
    left_out = [column for n, column in enumerate(table.columns) if n not in keep]
    rows = list(zip(table.keys, table.rows, row_marks or [PUBLIC] * len(table.rows), strict=True))
    shown = [(key, row) for key, row, mark in rows if mark == PUBLIC]
    notes = list(table.notes)
    if left_out:
        kinds = "、".join(sorted({_WORDS.get(column.sensitivity, column.sensitivity) for column in left_out}))
        notes.append(f"公开版略去非公开栏目（{kinds}）：{'、'.join(column.label for column in left_out)}。")
    if len(shown) < len(rows):
        notes.append(f"公开版略去非公开记录{len(rows) - len(shown)}条。")
    gap = table.gap
    if not keep or (rows and not shown):
        gap = NO_TABLE
    return replace(
        table,
        columns=tuple(table.columns[n] for n in keep),
        keys=tuple(key for key, _ in shown),
        rows=tuple(tuple(row[n] for n in keep) for _, row in shown),
        gap=gap,
        notes=tuple(notes),
    )


def disclosed(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: Sequence[str] | None = None,
    where: Mapping[str, Any] | None = None,
    order: Sequence[str] | None = None,
    top: int | None = None,
    is_public: bool = False,
) -> ReportTable:
    """A table as a version of a document may print it: small numbers suppressed, the public one cut to its part."""
    found = report_table.report_table(connection, table, columns, where, order, top)
    rules = read_rules(connection, is_public)
    printed = [column.name for column in found.columns]
    # A rule holds also where its own column is not printed beside those that it hides.
    unseen = [rule.column for rule in rules.values() if rule.column not in printed
              and rule.column in report_table.declared_columns(connection, found.table)
              and set(rule.hides) & set(printed)]  # fmt: skip
    if unseen:
        found = report_table.report_table(connection, table, [*printed, *unseen], where, order, top)
    found = suppressed(found, rules)
    found = replace(found, columns=found.columns[: len(printed)], rows=tuple(r[: len(printed)] for r in found.rows))
    if not is_public:
        return found
    marks = None
    if ROW_SENSITIVITY in report_table.declared_columns(connection, found.table):
        marks = [row[ROW_SENSITIVITY] for row in report_table.records(connection, table, where, order, top)]
    return public_part(found, marks)


def suppressed_records(
    connection: duckdb.DuckDBPyConnection, rows: Sequence[Mapping[str, Any]], is_public: bool
) -> list[dict[str, Any]]:
    """Raw rows of a table (figures) without the values that a version may not show: null in their place."""
    rules = read_rules(connection, is_public).values()
    found = []
    for row in rows:
        hidden = {name for rule in rules if rule.holds_for(row.get(rule.column)) for name in (rule.column, *rule.hides)}
        found.append({name: None if name in hidden else value for name, value in row.items()})
    return found
