"""What an edition declares of its tables: columns with label, unit and sensitivity, keys, titles; read once an edition.

A document asks for dozens of tables, a series of documents for the same ones again, and each question to DuckDB's own
catalogue goes through all its tables. Editions never change, so one answer holds for a connection.

Does not belong here: rows (``report_table``), where rows come from (``lineage``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import duckdb

from ehpilot.reading import edition as reading
from ehpilot.reading.chinese import unit_text
from ehpilot.register import table_label
from ehpilot.reporting.numbers import cell_text, plain_number

_KEPT_CONNECTIONS = 2  # the document's own, and the one that a workbook is written from


@dataclass(frozen=True)
class Column:
    """A column as declared: Chinese label, unit, printed decimals or significant digits, sensitivity, DuckDB type."""

    name: str
    data_type: str
    label: str
    unit: str = ""
    decimals: int | None = None
    sensitivity: str = "government"
    significant: int | None = None

    @property
    def header(self) -> str:
        """Label with its unit."""
        return f"{self.label}（{unit_text(self.unit)}）" if self.unit else self.label

    def printed(self, value: Any) -> str:
        """A value of this column as documents print it. A text column that declares digits holds numbers of several
        units as text (parameters): each is printed as a number, not rounded."""
        if self.significant and not self.is_numeric and (value is None or isinstance(value, str)):
            return plain_number(value)
        return cell_text(value, self.decimals, self.significant, is_share=self.unit == "%")

    @property
    def is_numeric(self) -> bool:
        """True for columns that are set right-aligned."""
        return self.data_type.split("(")[0] in {
            "DOUBLE", "FLOAT", "INTEGER", "BIGINT", "SMALLINT", "TINYINT", "DECIMAL", "HUGEINT", "UBIGINT", "UINTEGER",
        }  # fmt: skip


@dataclass(frozen=True)
class Catalogue:
    """Columns and primary key by ``schema.table``; titles where one is declared."""

    columns: Mapping[str, Mapping[str, Column]]
    keys: Mapping[str, tuple[str, ...]]
    titles: Mapping[str, str]

    def title(self, table: str) -> str:
        """Declared label, else the thing that a row is (“一行 = 一个污染物。” → 污染物), else the table's name."""
        return self.titles.get(table) or table


@lru_cache(maxsize=_KEPT_CONNECTIONS)
def catalogue(connection: duckdb.DuckDBPyConnection) -> Catalogue:
    """The catalogue of the current database of a connection to an edition."""
    columns = _columns(connection)
    rows = connection.execute(
        "select schema_name || '.' || table_name, constraint_column_names from duckdb_constraints() "
        "where constraint_type = 'PRIMARY KEY' and database_name = current_database()"
    ).fetchall()
    titles = {}
    if "meta.table_trace" in columns:
        for table, label, text in connection.execute(
            "select table_name, label, description from meta.table_trace"
        ).fetchall():
            titles[table] = table_label(label, text or "")
    return Catalogue(columns, {table: tuple(key) for table, key in rows}, titles)


def _columns(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, Column]]:
    known = connection.execute(
        "select schema_name || '.' || table_name, column_name, data_type, comment from duckdb_columns() "
        "where database_name = current_database() order by schema_name, table_name, column_index"
    ).fetchall()
    stated = {}
    if reading.has_table(connection, "meta.table_column"):
        # Editions made before columns could declare significant digits have no such column.
        has_significant = any(row[:2] == ("meta.table_column", "significant") for row in known)
        rows = connection.execute(
            "select table_name, column_name, label, unit, decimals, sensitivity, "
            f"{'significant' if has_significant else 'null'} from meta.table_column"
        ).fetchall()
        stated = {(table, column): rest for table, column, *rest in rows}
    found: dict[str, dict[str, Column]] = defaultdict(dict)
    for table, column, data_type, comment in known:
        label, unit, decimals, sensitivity, significant = stated.get((table, column)) or (None,) * 5
        found[table][column] = Column(
            column,
            data_type,
            label or _chinese(comment) or column,
            unit or "",
            decimals,
            sensitivity or "government",
            significant,
        )
    return dict(found)


def _chinese(text: str | None) -> str:
    return (text or "").split(" / ", 1)[0].strip().rstrip("。")
