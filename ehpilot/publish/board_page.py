"""board/index.html: the progress of the pilot on one sheet, as an office hangs it on the wall (A3 across).

The nineteen deliverables by the plan's six ones with standard, what is achieved, date and light, and the documents that
this edition holds of each; what is urged; money by task; mechanisms, opinions and uses of results in numbers. Every
figure is a cell of the tables that the annual summary prints. Does not belong here: the rules of lights and risks
(``pilot.deliverable``, ``report.annual_deliverable``), the front page (``index_page``).
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb

from ehpilot.publish import report_index
from ehpilot.publish.pages import write_page
from ehpilot.reading import edition as reading

FILE = "board/index.html"
DELIVERABLES = "report.annual_deliverable"
COLOURS = {"红灯": "red", "黄灯": "yellow", "绿灯": "green"}
FORMATS = {"html": "网页", "docx": "文字处理", "pdf": "版式", "xlsx": "表格"}


def write(building: Path) -> Path | None:
    """Write the page of a building edition; None where it has no deliverables."""
    facts = reading.info(building)
    with reading.open_marts(building) as connection:
        if not reading.has_table(connection, DELIVERABLES):
            return None
        deliverables = _rows(connection, f"select * from {DELIVERABLES} order by row_no")
        urged = _rows(connection, "select * from report.annual_supervision order by row_no")
        tasks = _rows(connection, "select * from report.annual_task where budget_10k_yuan is not null order by task_no")
        overview = _rows(connection, "select * from report.annual_overview")
    if not deliverables:
        return None
    documents: dict[str, list[tuple[str, str]]] = {}
    for entry in report_index.read(building):
        if entry["path"]:
            found = documents.setdefault(entry["document_id"], [])
            found.append((f"../{entry['path']}", FORMATS.get(entry["format"], entry["format"])))
    groups = [(name, list(rows)) for name, rows in groupby(deliverables, key=lambda row: row["one_of_six"])]
    lights = [(word, sum(row["light"] == word for row in deliverables)) for word in COLOURS]
    return write_page(
        building / FILE, "board.html.j2", title="试点进展看板", is_fictional=facts.is_fictional,
        zone=facts.facts.get("zone_name") or facts.profile, edition_no=facts.edition_no, as_of=facts.as_of,
        groups=groups, lights=lights, colours=COLOURS, urged=urged, tasks=tasks, overview=(overview or [{}])[0],
        documents=documents,
    )  # fmt: skip


def _rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    cursor = connection.execute(sql)
    names = [item[0] for item in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
