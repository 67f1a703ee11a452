"""Rows of an edition's ``meta`` tables that the evidence annex of a document is made from.

Does not belong here: choosing among them and laying them out (``annex``), which tables a document rests on
(``lineage``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb

from ehpilot.reading import edition as reading


@dataclass(frozen=True)
class Evidence:
    """What the evidence annex prints: lists of dictionaries as they stand in the edition's meta tables."""

    files: list[dict[str, Any]]
    warnings: list[dict[str, Any]]
    unverified: list[dict[str, Any]]
    gaps: list[dict[str, Any]]
    quarantine: list[dict[str, Any]]
    cited: dict[str, str]  # sources of parameters as documents cite them


def read_evidence(connection: duckdb.DuckDBPyConnection) -> Evidence:
    """Rows of the evidence annex; a table that the edition lacks gives an empty list."""
    return Evidence(
        files=_rows(
            connection, "meta.source_file",
            "file_no, path, source, status, records_read, records_loaded, records_quarantined, records_skipped",
            "order by path nulls last, file_no nulls last",
        ),
        warnings=_rows(
            connection, "meta.check_result", "gate, check_name, severity, failing_rows, message_cn",
            "where not passed order by severity nulls last, gate nulls last, check_name nulls last",
        ),
        unverified=_rows(
            connection, "meta.parameter_used", "parameter_id, label_cn, used_by, value, unit, source_ref, verified",
            "where verified is distinct from 'yes' order by parameter_id nulls last, used_by nulls last",
        ),
        gaps=_rows(connection, "meta.gap", "gap_id, subject, missing, effect, about", "order by gap_id nulls last"),
        quarantine=_rows(
            connection, "meta.quarantine", "reason_code, count(distinct coalesce(record_id, quarantine_id)) as records",
            "group by reason_code order by reason_code nulls last",
        ),
        cited=reading.citations(connection),
    )  # fmt: skip


_LATER = ("message_cn", "label_cn", "about")  # columns that editions of older versions lack


def _rows(connection: duckdb.DuckDBPyConnection, table: str, columns: str, rest: str) -> list[dict[str, Any]]:
    if not reading.has_table(connection, table):
        return []
    known = reading.columns_of(connection, table)
    for column in _LATER:
        columns = columns if column in known else columns.replace(column, f"null as {column}")
    cursor = connection.execute(f"select {columns} from {table} {rest}")
    names = [item[0] for item in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
