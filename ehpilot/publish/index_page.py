"""index.html: the front page of an edition. What a clerk must decide, what changed in words, what is missing, where
things stand; the build's own record last.

Self-contained and offline; every text from files is escaped. Does not belong here: figures of the marts (documents
print those), gates' details (the quality page).
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import duckdb
from jinja2 import Environment, PackageLoader, StrictUndefined

from ehpilot.publish import board_page, evidence_workbook, proposed_decisions, report_index, turned_codes
from ehpilot.publish.decision_words import DecisionWords
from ehpilot.publish.description import DESCRIPTION_TABLES
from ehpilot.reading import edition as reading
from ehpilot.reading import sums
from ehpilot.reading.chinese import chinese, chinese_subject
from ehpilot.reading.diff import summary
from ehpilot.reading.gaps import NO_EFFECT, together
from ehpilot.reading.gate_words import gate_label
from ehpilot.reading.rows import only_row
from ehpilot.reading.series import rows_of, series_files
from ehpilot.reading.sql_text import name
from ehpilot.register import table_label

FILE = "index.html"
QUALITY_PAGES = ("quality/index.html", "quality.html")
OTHER_PARTS = {
    board_page.FILE: "试点进展看板",
    "confirmation_sheets": "企业核对表",
    "coefficients": "系数手册发布文件",
    "map/index.html": "地图",
    "supervision/index.html": "分级监管清单",
    "notices/index.html": "函件",
    evidence_workbook.FILE: "台账",
}
FORMAT_WORDS = {"html": "网页", "docx": "文字处理", "pdf": "版式", "xlsx": "表格"}
LISTED = 200  # rows of any list on the page; the marts hold all of them
RELEASE_ATTRIBUTE = "emission_t"  # first part of a conflict's attribute where it is an emission, not one of a site
# gaps of a first edition: that there is none to compare with is said once, under what changed
_FIRST = "gap_id like '%:previous_edition' or gap_id like '%:FIRST-EDITION'"
_LIKENESS = re.compile(r"^([A-Z][A-Z+-]*) (\d\.\d+)$")  # of a proposal: by which rule, and how alike

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
        labels = reading.code_labels(connection)
        tables = _tables(connection, building)
        lists = {
            "files": _files(connection),
            "gaps": _gaps(connection, {table["name"]: table["label"] for table in tables}),
            "warnings": _warnings(connection),
            "decide": _decisions(connection, labels),
            "turned": turned_codes.sentences(connection, labels),
            "changed": _rows(
                connection, "report.document_change", "distinct name, change, detail, reason",
                "order by name nulls last, change nulls last, detail nulls last",
            ),
        }  # fmt: skip
    reports = report_index.read(building)
    quality = next((page for page in QUALITY_PAGES if (building / page).is_file()), None)
    return {
        "facts": facts,
        "zone": facts.facts.get("zone_name") or facts.facts.get("profile_name") or facts.profile,
        "changes": changes(building, facts.previous_edition, {table["name"]: table["label"] for table in tables}),
        "documents": _documents(reports),
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


def _documents(reports: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Documents with their files and annexes, each with the word of its format; what failed with its reason."""
    found: dict[str, dict[str, Any]] = {}
    for entry in reports:
        one = found.setdefault(
            entry["document_id"],
            {"title": entry["title"], "files": [], "annexes": [], "failed": [], "gaps": entry["gaps"],
             "state": {"draft": "待批准", "approved": "已批准"}.get(entry["state"], "")},
        )  # fmt: skip
        if entry["path"]:
            one["files"].append((entry["path"], FORMAT_WORDS[entry["format"]]))
        else:
            one["failed"].append((FORMAT_WORDS[entry["format"]], entry["reason"]))
        one["annexes"] += [(path, FORMAT_WORDS[Path(path).suffix[1:]]) for path in entry.get("annexes", {})]
    return list(found.values())


def _series(reports: list[dict[str, Any]]) -> dict[str, str]:
    """Index pages of documents that are one file a row, with their titles: each has a folder of its own."""
    paths = {entry["path"]: entry["title"] for entry in reports if entry["path"]}
    return {path: title for path, title in paths.items() if Path(path).name == FILE}


def changes(building: Path, previous: int | None, words: dict[str, str]) -> dict[str, Any]:
    """Row counts by table against the previous edition: ``state`` is ``first``, ``gone`` or ``compared``. ``words`` are
    the names of tables."""
    if previous is None:
        return {"state": "first", "number": None, "tables": []}
    path = building.parent / reading.folder_name(previous)
    if not (path / sums.SUMS_FILE).is_file():
        return {"state": "gone", "number": previous, "tables": []}
    tables = [{**row, "label": words.get(row["table"], row["table"])} for row in summary(path, building)]
    return {"state": "compared", "number": previous, "tables": tables}


def _tables(connection: duckdb.DuckDBPyConnection, building: Path) -> list[dict[str, Any]]:
    """Tables of the marts with their Parquet file, and series with the folder of their months."""
    described = {table: (title, "") for table, title in DESCRIPTION_TABLES.items()}
    if reading.has_table(connection, "meta.table_trace"):
        rows = connection.execute("select table_name, label, description from meta.table_trace").fetchall()
        described |= {table: (label, description) for table, label, description in rows}
    places = {table: (name(*table.split(".", 1)), f"parquet/{table.replace('.', '/')}.parquet")
              for table in reading.table_names(connection)}  # fmt: skip
    for table, files in series_files(building).items():
        places[table] = (rows_of(files), f"parquet/{table.replace('.', '/')}/")
    found = []
    for table, (relation, path) in sorted(places.items()):
        rows = only_row(connection, f"select count(*) from {relation}")[0]
        label, description = described.get(table) or ("", "")
        words = {"label": table_label(label, description) or table, "description": chinese(description)}
        found.append({"name": table, "rows": rows, "path": path, **words})
    return found


def _rows(connection: duckdb.DuckDBPyConnection, table: str, columns: str, rest: str = "") -> list[dict[str, Any]]:
    """Rows of a table as dictionaries; none if the edition has no such table."""
    if not reading.has_table(connection, table):
        return []
    cursor = connection.execute(f"select {columns} from {table} {rest}")
    names = [item[0] for item in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _gaps(connection: duckdb.DuckDBPyConnection, words: dict[str, str]) -> list[dict[str, Any]]:
    rows = _rows(connection, "meta.gap", "subject, missing, effect", f"where not ({_FIRST}) order by gap_id nulls last")
    stated = [
        (words.get(row["subject"].partition(":")[0]) or chinese_subject(row["subject"]),
         (chinese(row["missing"]), chinese(row["effect"])))
        for row in rows
    ]  # fmt: skip
    lacking = (item for item in stated if item[1][1] != NO_EFFECT)
    return [
        {"subject": subject, "missing": missing, "effect": effect}
        for subject, (missing, effect) in together(lacking, is_weighed=True)
    ]


def _warnings(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    known = reading.columns_of(connection, "meta.check_result")
    message = "coalesce(message_cn, check_name)" if "message_cn" in known else "check_name"
    rows = _rows(
        connection, "meta.check_result", f"gate, {message} as message, severity, failing_rows",
        "where not passed order by severity nulls last, gate nulls last, check_name nulls last",
    )  # fmt: skip
    return [{**row, "gate": gate_label(row["gate"])} for row in rows]


def _files(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    columns = (
        "file_no, path, source, status, records_read, records_loaded, records_quarantined, records_skipped, "
        "coalesce(records_read, 0) = coalesce(records_loaded, 0) + coalesce(records_quarantined, 0) "
        "+ coalesce(records_skipped, 0) as balanced"
    )
    return _rows(connection, "meta.source_file", columns, "order by path nulls last, file_no nulls last")


def _decisions(
    connection: duckdb.DuckDBPyConnection, labels: dict[tuple[str, str], str]
) -> dict[str, list[dict[str, Any]]]:
    """What waits for a clerk: quarantine by reason, conflicts, proposals in use, decisions that nothing used."""
    quarantine = _rows(
        connection, "meta.quarantine",
        "reason_code, count(distinct coalesce(record_id, quarantine_id)) as records, "
        "count(distinct file_no) as files, min(message) as example",
        "group by reason_code order by records desc nulls last, reason_code nulls last",
    )  # fmt: skip
    unused = _rows(
        connection, "meta.decision", "decision_id, kind, object_id, decided, reason",
        "where not coalesce(is_used, false) order by decision_id nulls last",
    )  # fmt: skip
    words = DecisionWords.read(connection, labels)
    return {
        "quarantine": [{**row, "example": chinese(row["example"])} for row in quarantine],
        "conflicts": _conflicts(connection, labels),
        "proposals": _proposals(connection, labels, words),
        "unused": [
            {**row, "object": words.object_of(str(row["object_id"])), "value": words.value_of(str(row["decided"]))}
            for row in unused
        ],
    }


def _conflicts(connection: duckdb.DuckDBPyConnection, labels: dict[tuple[str, str], str]) -> list[dict[str, Any]]:
    """Conflicts by what they are about: an attribute of the site, or emissions as one."""
    rows = _rows(connection, "inventory.source_conflict", "distinct attribute, enterprise_id")
    objects: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        first = str(row["attribute"]).split("|", 1)[0]
        word = "排放量" if first == RELEASE_ATTRIBUTE else labels.get(("site_attribute", first), first)
        objects[word].append(row["enterprise_id"])
    found = [
        {"attribute": word, "records": len(sites), "enterprises": len(set(sites))} for word, sites in objects.items()
    ]
    return sorted(found, key=lambda row: (-row["records"], row["attribute"]))


def _proposals(
    connection: duckdb.DuckDBPyConnection, labels: dict[tuple[str, str], str], words: DecisionWords
) -> list[dict[str, Any]]:
    """Proposed decisions with source and site in words; how alike the two are."""
    rows = _rows(
        connection, "meta.proposed_decision", "kind, object, value, reason",
        "order by kind nulls last, object nulls last, decision_id nulls last",
    )  # fmt: skip
    for row in rows:
        row["object"], row["value"] = words.object_of(str(row["object"])), words.value_of(str(row["value"]))
        alike = _LIKENESS.match(row["reason"] or "")
        row["reason"] = chinese(row["reason"])
        if alike:
            rules = [labels.get(("match_rule", rule), rule) for rule in alike[1].split("+")]
            row["reason"] = f"{'、'.join(rules)}，相似程度{alike[2]}"
    return rows
