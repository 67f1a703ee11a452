"""Write the page of each risk code into ``codes/`` of a building edition: what an enterprise and an inspector see.

Colour, reasons, validity, QR, what would make it milder, the problems with their deadlines, warnings, measures. Every
figure is a cell of a table; the QR is the signed short form of ``code_files``, which must have written it before.

Does not belong here: signatures, colours, letters (``notices``).
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import duckdb

from ehpilot.publish.pages import write_page
from ehpilot.reading.code_signature import GRADE_WORDS
from ehpilot.reading.code_verify import FOLDER
from ehpilot.reading.edition import code_labels, has_table, open_marts

CODES = "risk_grade.risk_code"
# list of the page: table, query over it
LISTS = {
    "problems": (
        "risk_grade.problem",
        "select enterprise_id, problem_id, severity, object_cn, description, status, found_at, due, overdue_days, "
        "closed_at from {} order by status = 'closed', due, problem_id",
    ),
    "warnings": (
        "risk_grade.early_warning",
        "select enterprise_id, advice, colour_to, distance_to_downgrade, unit from {} order by rule_id",
    ),
    "measures": (
        "risk_grade.enterprise_measure",
        "select given.enterprise_id, measure.measure, given.due, given.trigger from {} as given "
        "join risk_grade.control_measure as measure using (measure_id) order by given.due, measure_id",
    ),
}


def write_code_pages(building: Path, *, is_fictional: bool) -> list[Path]:
    """One page a code; returns the files, none where there is no code."""
    with open_marts(building) as connection:
        if not has_table(connection, CODES):
            return []
        codes = _rows(
            connection,
            "select code.enterprise_id, payload, code.as_of, code.unknown_facts, grade.to_next_grade "
            f"from {CODES} as code left join risk_grade.source_grade as grade using (enterprise_id) "
            "order by code.enterprise_id",
        )
        lists = {
            name: _by_site(_rows(connection, query.format(table)) if has_table(connection, table) else [])
            for name, (table, query) in LISTS.items()
        }
        labels = code_labels(connection)
    paths = []
    for code in codes:
        site = code["enterprise_id"]
        payload = json.loads(code["payload"])
        of_site = {name: rows.get(site, []) for name, rows in lists.items()}
        title = f"{payload['name']} 环境健康风险码"
        path = building / FOLDER / f"{site}.html"
        paths.append(
            write_page(
                path,
                "code.html.j2",
                title=title,
                code=code,
                payload=payload,
                labels=labels,
                grades=GRADE_WORDS,
                is_fictional=is_fictional,
                **of_site,
            )
        )
    return paths


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    found = connection.execute(query)
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _by_site(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    sites: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        sites[row["enterprise_id"]].append(row)
    return sites
