"""What risk codes and problems did since the edition before, in sentences for the start page.

Does not belong here: what made a code turn (SQL and the kernel risk_code), changes of lists (report.document_change).
"""

from __future__ import annotations

import duckdb

from ehpilot.reading import edition as reading
from ehpilot.reading.rows import only_row

_TURNED = """
    select turn, previous_colour, colour, count(*)
    from risk_grade.code_history
    where turn is not null and edition_no = (select max(edition_no) from risk_grade.code_history)
    group by all
    order by 4 desc, 2, 3
"""
_HAPPENED = """
    select
        count(distinct case when event.event = 'detected' then event.problem_id end),
        count(distinct case when event.event = 'closed' then event.problem_id end),
        (select overdue_count from report.d09_summary),
        (select count(*) from risk_grade.problem where status = 'escalated')
    from risk_grade.problem_event as event
    where event.refusal is null and event.event_at > (
        select max(as_of) from risk_grade.code_history
        where edition_no < (select max(edition_no) from risk_grade.code_history)
    )
"""


def sentences(connection: duckdb.DuckDBPyConnection, labels: dict[tuple[str, str], str]) -> list[str]:
    """Codes that turned, by colour before and now, and problems found, ended and overdue; ``labels``: words of codes by
    (code set, code). Nothing of an edition without codes or without one before it."""
    tables = ("risk_grade.problem_event", "risk_grade.code_history", "report.d09_summary")
    if not all(reading.has_table(connection, table) for table in tables):
        return []
    if only_row(connection, "select count(distinct edition_no) from risk_grade.code_history")[0] < 2:
        return []
    turned = connection.execute(_TURNED).fetchall()
    found, ended, overdue, escalated = only_row(connection, _HAPPENED)
    parts = [
        _turned(labels[("code_turn", turn)], rows, labels)
        for turn in ("better", "worse", "grey")
        if (rows := [row for row in turned if row[0] == turn]) or turn != "grey"
    ]
    return [
        f"风险码：{'，'.join(parts)}。",
        f"问题：新发现 {found} 项，销号 {ended} 项；目前逾期未销号 {overdue} 项，其中已升级督办 {escalated} 项。",
    ]


def _turned(word: str, rows: list[tuple[str, str, str, int]], labels: dict[tuple[str, str], str]) -> str:
    shown = [f"{labels[('colour', before)]}变{labels[('colour', now)]} {count} 家" for _, before, now, count in rows]
    return f"{word} {sum(row[3] for row in rows)} 家" + (f"（{'、'.join(shown)}）" if shown else "")
