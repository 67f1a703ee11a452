"""Write ``notices/`` of a building edition: one page a letter that is due, by enterprise, and a list of all.

The words are cells of ``risk_grade.notice``; what nobody knows is a blank for the pen. A page is A4, offline, without
script, and is no decision before somebody signs it.

Does not belong here: which letters are due and what they say (dbt, ``kernels.notice_text``), their Word files
(``reporting.letters``), which stand beside the pages.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from ehpilot.publish.file_names import safe_name
from ehpilot.publish.pages import write_page
from ehpilot.reading.edition import code_labels, has_table, open_marts

FOLDER = "notices"
TABLE = "risk_grade.notice"
LISTED = "risk_grade.notice_problem"
LISTED_HEAD = ("序号", "问题", "对象", "整改期限", "逾期天数", "依据", "应报材料")
INDEX = "index.html"
WORD = ".docx"


@dataclass(frozen=True)
class Notice:
    """A letter that is due."""

    notice_id: str
    kind_cn: str
    enterprise_id: str
    name: str | None
    dated: dt.date
    title: str
    body: str
    unfilled: list[str]
    number: str = ""  # of its problem, where the letter does not say it
    rows: list[tuple[str, ...]] = field(default_factory=list)  # of the table of problems (LISTED_HEAD)

    @property
    def folder(self) -> str:
        """Its folder in the edition."""
        return f"{FOLDER}/{safe_name(self.enterprise_id)}"

    @property
    def stem(self) -> str:
        """Name of its files without the ending."""
        return safe_name(self.notice_id)

    @property
    def paragraphs(self) -> list[str]:
        """The addressee, then the text."""
        return self.body.split("\n")

    @property
    def table_after(self) -> int:
        """After how many paragraphs the table of problems stands: that which speaks of it."""
        return next((place for place, text in enumerate(self.paragraphs, 1) if "见下表" in text), len(self.paragraphs))

    @property
    def date_cn(self) -> str:
        """The day it is dated, as letters write it."""
        return f"{self.dated.year}年{self.dated.month}月{self.dated.day}日"

    @property
    def unfilled_cn(self) -> str:
        """What must be filled in before it is signed; empty where nothing is left."""
        left = f"待填：{len(self.unfilled)} 处留空（{'、'.join(self.unfilled)}），签发前补齐。"
        return left if self.unfilled else ""

    @property
    def number_cn(self) -> str:
        """By which number an appeal names the problem; empty where the letter says it or lists several."""
        return f"提出申诉、报送材料时，请注明问题编号{self.number}。" if self.number else ""

    @property
    def draft_cn(self) -> str:
        """That it is a draft."""
        return "本件由数据仓库按版次数据代拟，编号签发时编排；未经签发、盖章不具有效力。"


def due_notices(building: Path) -> list[Notice]:
    """The letters of an edition, by enterprise; none where it has no such table."""
    with open_marts(building) as connection:
        if not has_table(connection, TABLE):
            return []
        rows = connection.execute(
            "select notice_id, kind, notice.enterprise_id, site.name, dated, title, body, unfilled, object_id "
            f"from {TABLE} as notice left join core.dim_enterprise as site using (enterprise_id) "
            "order by notice.enterprise_id, notice_id"
        ).fetchall()
        listed = _listed(connection)
        labels = code_labels(connection)
    notices = []
    for notice_id, kind, enterprise_id, name, dated, title, body, unfilled, object_id in rows:
        kind_cn = labels.get(("notice_kind", kind), kind)
        blanks = [labels.get(("notice_variable", variable), variable) for variable in unfilled or ()]
        number = object_id if kind == "problem" and object_id not in title else ""
        table = listed.get(notice_id, [])
        notices.append(Notice(notice_id, kind_cn, enterprise_id, name, dated, title, body, blanks, number, table))
    return notices


def _listed(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[str, ...]]]:
    """Rows of the tables of problems by letter, as printed."""
    rows = connection.execute(
        "select notice_id, row_no, fact_cn, object_cn, due, overdue_days, legal_basis, evidence_wanted "
        f"from {LISTED} order by notice_id, row_no"
    ).fetchall()
    found: dict[str, list[tuple[str, ...]]] = {}
    for notice_id, *cells in rows:
        found.setdefault(notice_id, []).append(tuple("—" if cell is None else str(cell) for cell in cells))
    return found


def write_notices_of(building: Path, issuer: str, *, is_fictional: bool) -> list[Path]:
    """Write the folder from the building edition's own tables; none where no letter is due. Returns the files."""
    notices = due_notices(building)
    if not notices:
        return []
    paths = [_letter(building, notice, issuer, is_fictional) for notice in notices]
    listed = [{"of": notice, "file": f"{Path(notice.folder).name}/{notice.stem}"} for notice in notices]
    facts: dict[str, Any] = {"listed": listed, "word": WORD, "issuer": issuer, "is_fictional": is_fictional}
    return [*paths, write_page(building / FOLDER / INDEX, "notices.html.j2", title="函件清单", **facts)]


def _letter(building: Path, notice: Notice, issuer: str, is_fictional: bool) -> Path:
    path = building / notice.folder / f"{notice.stem}.html"
    facts = {"notice": notice, "head": LISTED_HEAD, "issuer": issuer, "is_fictional": is_fictional}
    return write_page(path, "notice.html.j2", title=notice.title, **facts)
