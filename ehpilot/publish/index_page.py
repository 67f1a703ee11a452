"""index.html: the front page of an edition. What changed, what is missing, what a clerk must decide, where things
stand.

Self-contained and offline; every text from files is escaped. Does not belong here: figures of the marts (documents
print those), gates' details (the quality page).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
from jinja2 import Environment, PackageLoader, StrictUndefined

from ehpilot.publish import evidence_workbook, proposed_decisions, report_index
from ehpilot.reading import edition as reading
from ehpilot.reading import sums
from ehpilot.reading.diff import summary
from ehpilot.reading.rows import only_row
from ehpilot.reading.series import rows_of, series_files
from ehpilot.reading.sql_text import name

FILE = "index.html"
QUALITY_PAGES = ("quality/index.html", "quality.html")
OTHER_PARTS = {
    "confirmation_sheets": "企业核对表",
    "map/index.html": "地图",
    evidence_workbook.FILE: "台账",
}
LISTED = 200  # rows of any list on the page; the marts hold all of them

_environment = Environment(
    loader=PackageLoader("ehpilot.publish", "templates"), autoescape=True, undefined=StrictUndefined,
    trim_blocks=True, lstrip_blocks=True,
)  # fmt: skip


def write(building: Path) -> Path:
    """Write index.html of a building edition; returns its path."""
    path = building / FILE
    page = _environment.get_template("edition.html.j2").render(**content(building))
    path.write_text(page, encoding="utf-8")
    return path


def content(building: Path) -> dict[str, Any]:
    """Everything the page shows, as plain values."""
    facts = reading.info(building)
    with reading.open_marts(building) as connection:
        tables = _tables(connection, building)
        labels = reading.code_labels(connection)
        lists = {
            "files": _files(connection),
            "gaps": _rows(connection, "meta.gap", "subject, missing, effect", "order by gap_id nulls last"),
            "warnings": _rows(
                connection, "meta.check_result", "gate, check_name, severity, failing_rows",
                "where not passed order by severity nulls last, gate nulls last, check_name nulls last",
            ),
            "decide": _decisions(connection),
        }  # fmt: skip
    reports = report_index.read(building)
    quality = next((page for page in QUALITY_PAGES if (building / page).is_file()), None)
    return {
        "facts": facts,
        "zone": facts.facts.get("zone_name") or facts.facts.get("profile_name") or facts.profile,
        "changes": changes(building, facts.previous_edition),
        "reports": reports,
        "tables": tables,
        "quality": quality,
        "others": {
            **_series(reports),
            **{path: label for path, label in OTHER_PARTS.items() if (building / path).exists()},
        },
        "proposed_file": proposed_decisions.FILE,
        "listed": LISTED,
        "label": lambda code_set, code: labels.get((code_set, code), code or "—"),
        **lists,
    }


def _series(reports: list[dict[str, Any]]) -> dict[str, str]:
    """Index pages of documents that are one file a row, with their titles: each has a folder of its own."""
    paths = {entry["path"]: entry["title"] for entry in reports if entry["path"]}
    return {path: title for path, title in paths.items() if Path(path).name == FILE}


def changes(building: Path, previous: int | None) -> dict[str, Any]:
    """Row counts by table against the previous edition: ``state`` is ``first``, ``gone`` or ``compared``."""
    if previous is None:
        return {"state": "first", "number": None, "tables": []}
    path = building.parent / reading.folder_name(previous)
    if not (path / sums.SUMS_FILE).is_file():
        return {"state": "gone", "number": previous, "tables": []}
    return {"state": "compared", "number": previous, "tables": summary(path, building)}


def _tables(connection: duckdb.DuckDBPyConnection, building: Path) -> list[dict[str, Any]]:
    """Tables of the marts with their Parquet file, and series with the folder of their months."""
    described = {}
    if reading.has_table(connection, "meta.table_trace"):
        rows = connection.execute("select table_name, description from meta.table_trace").fetchall()
        described = dict(rows)
    places = {table: (name(*table.split(".", 1)), f"parquet/{table.replace('.', '/')}.parquet")
              for table in reading.table_names(connection)}  # fmt: skip
    for table, files in series_files(building).items():
        places[table] = (rows_of(files), f"parquet/{table.replace('.', '/')}/")
    found = []
    for table, (relation, path) in sorted(places.items()):
        rows = only_row(connection, f"select count(*) from {relation}")[0]
        found.append({"name": table, "rows": rows, "path": path, "description": described.get(table) or ""})
    return found


def _rows(connection: duckdb.DuckDBPyConnection, table: str, columns: str, rest: str = "") -> list[dict[str, Any]]:
    """Rows of a table as dictionaries; none if the edition has no such table."""
    if not reading.has_table(connection, table):
        return []
    cursor = connection.execute(f"select {columns} from {table} {rest}")
    names = [item[0] for item in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _files(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    columns = (
        "file_no, path, source, form_id, status, records_read, records_loaded, records_quarantined, records_skipped, "
        "coalesce(records_read, 0) = coalesce(records_loaded, 0) + coalesce(records_quarantined, 0) "
        "+ coalesce(records_skipped, 0) as balanced"
    )
    return _rows(connection, "meta.source_file", columns, "order by path nulls last, file_no nulls last")


def _decisions(connection: duckdb.DuckDBPyConnection) -> dict[str, list[dict[str, Any]]]:
    """What waits for a clerk: quarantine by reason, conflicts, proposals in use, decisions that nothing used."""
    return {
        "quarantine": _rows(
            connection, "meta.quarantine",
            "reason_code, count(distinct coalesce(record_id, quarantine_id)) as records, "
            "count(distinct file_no) as files, min(message) as example",
            "group by reason_code order by records desc nulls last, reason_code nulls last",
        ),
        "conflicts": _rows(
            connection, "inventory.source_conflict",
            "attribute, count(*) as records, count(distinct enterprise_id) as enterprises",
            "group by attribute order by records desc nulls last, attribute nulls last",
        ),
        "proposals": _rows(
            connection, "meta.proposed_decision", "kind, object, value, reason",
            "order by kind nulls last, object nulls last, decision_id nulls last",
        ),
        "unused": _rows(
            connection, "meta.decision", "decision_id, kind, object_id, decided, reason",
            "where not coalesce(is_used, false) order by decision_id nulls last",
        ),
    }  # fmt: skip
