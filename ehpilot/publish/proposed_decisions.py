"""evidence/proposed_decisions.csv: what a clerk is asked to decide, in the layout of the landing folder's decisions.

A clerk deletes the rows that are not right, fills in role and date and drops the file into ``landing/decisions/``.
Does not belong here: which decisions are proposed (dbt, ``int_<domain>__decisions_proposed``), reading decisions.
"""

from __future__ import annotations

import csv
from pathlib import Path

from ehpilot.landing.folder.decisions import COLUMNS
from ehpilot.reading import edition as reading
from ehpilot.reading.sql_text import name

TABLE = "meta.proposed_decision"
FILE = "evidence/proposed_decisions.csv"


def write(building: Path) -> Path | None:
    """Write the file of a building edition; None when nothing is proposed."""
    with reading.open_marts(building) as connection:
        if not reading.has_table(connection, TABLE):
            return None
        columns = ", ".join(f"cast({name(column)} as varchar)" for column in COLUMNS)
        rows = connection.execute(f"select {columns} from {TABLE} order by kind, object, decision_id").fetchall()
    if not rows:
        return None
    path = building / FILE
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([["" if value is None else value for value in row] for row in rows])
    return path
