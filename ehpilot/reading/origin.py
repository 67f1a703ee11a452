"""Origins of rows that stand next to the files: cells of landing files, seed rows, decisions, profile values.

Reads ``meta.origin`` (and ``_origin`` where that has no row), and knows the few meta tables whose rows are records of
files themselves, or declarations of the repository. Does not belong here: going from table to table (``trace``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb

from ehpilot.reading.edition import columns_of

# Rows that a build makes of itself come from no file: the profile it was made for is where they end.
BUILD_TABLES = ("meta.edition", "meta.run", "meta.check_result", "meta.gap")
DOCUMENTS = "dbt/models/deliverables.yml"
KIND_OF_ROLE = {"value": "file", "seed": "seed", "decision": "decision", "profile": "profile"}


@dataclass(frozen=True)
class Origin:
    """One end of a trace. ``row`` is counted as a person sees it (of a series: first to ``last_row``); ``column`` is
    ours, ``field`` the file's header, ``text`` what the file says there (none for a series or a whole file)."""

    kind: str
    path: str | None
    sheet: str | None = None
    row: int | None = None
    field: str | None = None
    text: str | None = None
    column: str | None = None
    last_row: int | None = None


class OriginReader:
    """Origins of rows of one edition, over an open connection to its marts."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, profile: str):
        self.connection = connection
        self.profile = profile
        self.columns = columns_of(connection, "meta.origin")
        self.paths = self._two_columns("meta.source_file", "file_no", "path")
        self.seeds = self._two_columns("meta.seed_file", "seed", "path")
        self.declarations = self._two_columns("meta.table_trace", "table_name", "declared_in")

    def _two_columns(self, table: str, key: str, value: str) -> dict[Any, str]:
        if not {key, value} <= set(columns_of(self.connection, table)):
            return {}
        return dict(self.connection.execute(f"select {key}, {value} from {table}").fetchall())

    def of_row(self, table: str, row: dict[str, Any], column: str | None) -> list[Origin]:
        """Origins of a row (with its ``row key``), or of one column of it; empty where none are recorded."""
        recorded = self._recorded(table, row, column) or self._carried(row, column)
        if recorded:
            return recorded
        own = self._record_of_file(table, row) or self._declared(table, row)
        return own if column is None else [origin for origin in own if origin.column == column]

    def _recorded(self, table: str, row: dict[str, Any], column: str | None) -> list[Origin]:
        if not self.columns:
            return []
        known = "column_name" in self.columns
        if column is not None and not known:
            return []
        query = (
            f"select source_table, file_no, sheet, first_row, last_row, field, cell_text, role, "
            f"{'column_name' if known else 'null'} as column_name from meta.origin "
            "where table_name = ? and row_key = ?"
        )
        values = [table, row["row key"]]
        if column is not None:
            query += " and column_name = ?"
            values.append(column)
        cursor = self.connection.execute(f"{query} order by origin_no nulls last", values)
        names = [item[0] for item in cursor.description]
        return [self._origin(dict(zip(names, values, strict=True))) for values in cursor.fetchall()]

    def _carried(self, row: dict[str, Any], column: str | None) -> list[Origin]:
        """Origins from the row's own ``_origin`` column."""
        carried = [item for item in row.get("_origin") or [] if item]
        return [self._origin(item) for item in carried if column is None or item.get("column_name") == column]

    def _origin(self, item: dict[str, Any]) -> Origin:
        role = item.get("role") or "value"
        source = item.get("source_table") or ""
        first, last = item.get("first_row"), item.get("last_row")
        return Origin(
            kind=KIND_OF_ROLE.get(role, "file"),
            path=self._path(role, source, item.get("file_no")),
            sheet=item.get("sheet"),
            row=first,
            field=item.get("field"),
            text=item.get("cell_text"),
            column=item.get("column_name"),
            last_row=last if first is not None and last is not None and last > first else None,
        )

    def _path(self, role: str, source: str, file_no: int | None) -> str | None:
        if file_no is not None and file_no in self.paths:
            return self.paths[file_no]
        if role == "seed" and "/" in source:  # a declaration of the repository that is no csv
            return source
        if role == "seed":
            seed = source.removeprefix("seed.").removeprefix("seeds.")
            return self.seeds.get(seed, f"{seed}.csv")
        if role == "profile":
            return f"profiles/{self.profile}/area.yml"
        return source or None

    def _record_of_file(self, table: str, row: dict[str, Any]) -> list[Origin]:
        """Rows of meta tables that are themselves records of a file, a decision or the profile."""
        path = self.paths.get(row.get("file_no"))
        if table in ("meta.quarantine", "meta.skipped"):
            # Of a file refused whole (row 0) and of a doubled record the value is a name or a key, no text of the file.
            named = not row.get("row_number") or (row.get("reason_code") or "").startswith("DUP-")
            text = None if named and not row.get("field") else row.get("value")
            return [Origin("file", path, row.get("sheet"), row.get("row_number") or None, row.get("field"), text)]
        if table == "meta.source_file":
            return [Origin("file", row.get("path"))]
        if table == "meta.origin":
            return [self._origin({**row, "column_name": None})]
        if table == "meta.decision":
            return [Origin("decision", path, "", row.get("row_number"), None, row.get("decided"))]
        if table in BUILD_TABLES:
            return [Origin("profile", f"profiles/{self.profile}/area.yml", field="name", text=self.profile)]
        if table == "meta.edition_fact":
            return [Origin("profile", f"profiles/{self.profile}/area.yml", field=row["name"], text=row["value"])]
        return []

    def _declared(self, table: str, row: dict[str, Any]) -> list[Origin]:
        """Rows by which an edition explains itself: declarations of the repository, labels of code words."""
        if table == "meta.code_label":
            path = self.seeds.get(row.get("seed"))
            code = "reason_code" if row.get("seed") == "reason_code" else "code"
            fields = {"code": code, "label_cn": "label_cn", "label_en": "label_en"}
            origins = [
                Origin("seed", path, "", row.get("line"), field, row[column], column)
                for column, field in fields.items()
                if row[column] is not None
            ]
            return origins if path else []
        if table in ("meta.table_trace", "meta.table_column"):
            path = self.declarations.get(row["table_name"])
            return [Origin("seed", path)] if path else []
        if table == "meta.document":
            return [Origin("seed", DOCUMENTS, field="deliverable_id", text=row["document_id"])]
        return [Origin("seed", row["path"])] if table == "meta.seed_file" else []
