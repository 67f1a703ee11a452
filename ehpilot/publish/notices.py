"""Write ``notices/`` of a building edition: one page a letter that is due, by enterprise, and a list of all.

The words are cells of ``risk_grade.notice``; what nobody knows is a blank for the pen. A page is A4, offline, without
script, and is no decision before somebody signs it.

Does not belong here: which letters are due and what they say (dbt, ``kernels.notice_text``).
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from ehpilot.publish.file_names import safe_name
from ehpilot.publish.pages import write_page
from ehpilot.reading.edition import code_labels, has_table, open_marts

FOLDER = "notices"
TABLE = "risk_grade.notice"
INDEX = "index.html"


def write_notices_of(building: Path, issuer: str, *, is_fictional: bool) -> list[Path]:
    """Write the folder from the building edition's own tables; none where no letter is due. Returns the files."""
    with open_marts(building) as connection:
        if not has_table(connection, TABLE):
            return []
        names = ("notice_id", "kind", "enterprise_id", "name", "as_of", "title", "body", "unfilled")
        rows = connection.execute(
            "select notice_id, kind, notice.enterprise_id, site.name, as_of, title, body, unfilled "
            f"from {TABLE} as notice left join core.dim_enterprise as site using (enterprise_id) "
            "order by notice.enterprise_id, notice_id"
        ).fetchall()
        labels = code_labels(connection)
    notices = [dict(zip(names, row, strict=True)) for row in rows]
    if not notices:
        return []
    paths = []
    for notice in notices:
        notice["file"] = f"{safe_name(notice['enterprise_id'])}/{safe_name(notice['notice_id'])}.html"
        notice["kind_cn"] = labels.get(("notice_kind", notice["kind"]), notice["kind"])
        paths.append(_letter(building / FOLDER / notice["file"], notice, issuer, is_fictional))
    facts: dict[str, Any] = {"notices": notices, "issuer": issuer, "is_fictional": is_fictional}
    return [*paths, write_page(building / FOLDER / INDEX, "notices.html.j2", title="函件清单", **facts)]


def _letter(path: Path, notice: dict[str, Any], issuer: str, is_fictional: bool) -> Path:
    day: dt.date = notice["as_of"]
    date = f"{day.year}年{day.month}月{day.day}日"
    paragraphs = notice["body"].split("\n")
    facts = {"notice": notice, "paragraphs": paragraphs, "issuer": issuer, "date": date, "is_fictional": is_fictional}
    return write_page(path, "notice.html.j2", title=notice["title"], **facts)
