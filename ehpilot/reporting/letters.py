"""Write the letters that are due as Word files beside their pages in ``notices/``, in the form of an official letter.

The words are those of the pages (``publish.notices``); the form is that of the project's 公文: its reference document
and what is done to every Word file (``finish_docx``). Some hundred letters an edition: they are written without pandoc.

Does not belong here: which letters are due and what they say (dbt), their pages (``publish.notices``).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from docx import Document
from docx.shared import Mm

from ehpilot.publish.notices import LISTED_HEAD, WORD, Notice, due_notices
from ehpilot.reading.edition import FICTION_MARK
from ehpilot.reporting import finish_docx
from ehpilot.reporting.project import PROJECT

REFERENCE = PROJECT / "_brand" / "reference_gongwen.docx"
_WIDTH = Mm(156)  # of the text block, GB/T 9704
_SHARES = (0.06, 0.26, 0.1, 0.13, 0.09, 0.2, 0.16)  # of its columns (LISTED_HEAD)
_NUMBERED = re.compile(r"(?P<title>.+)（(?P<number>[!-~]+)）")


def write_letters(building: Path, issuer: str, *, is_fictional: bool) -> list[Path]:
    """A .docx a letter, beside its page; none where no letter is due. Returns the files."""
    paths = []
    for notice in due_notices(building):
        path = building / notice.folder / f"{notice.stem}{WORD}"
        path.parent.mkdir(parents=True, exist_ok=True)
        _letter(notice, issuer).save(str(path))
        finish_docx.finish(path, FICTION_MARK if is_fictional else "", notice.title)
        paths.append(path)
    return paths


def _letter(notice: Notice, issuer: str) -> Any:
    document = Document(str(REFERENCE))
    body = document.element.body
    for child in [child for child in body if not child.tag.endswith("}sectPr")]:
        body.remove(child)
    numbered = _NUMBERED.fullmatch(notice.title)
    document.add_paragraph(numbered["title"] if numbered else notice.title, style="公文标题")
    if numbered:
        document.add_paragraph(f"编号：{numbered['number']}", style="公文字号")
    addressee, *paragraphs = notice.paragraphs
    document.add_paragraph(addressee, style="主送机关" if addressee.endswith("：") else "公文正文")
    for place, paragraph in enumerate(paragraphs, 2):
        document.add_paragraph(paragraph, style="公文正文")
        if notice.rows and place == notice.table_after:
            _table(document, notice.rows)
    document.add_paragraph("", style="公文正文")
    signature = document.add_paragraph(issuer, style="公文落款")
    signature.paragraph_format.keep_with_next = True
    document.add_paragraph(notice.date_cn, style="公文落款")
    if notice.unfilled:
        document.add_paragraph(notice.unfilled_cn, style="注")
    document.add_paragraph(notice.number_cn + notice.draft_cn, style="注")
    return document


def _table(document: Any, rows: list[tuple[str, ...]]) -> None:
    """The problems that the letter lists, on a full grid as annexes of official letters are."""
    table = document.add_table(rows=1 + len(rows), cols=len(LISTED_HEAD), style="Table")
    table.autofit = False
    for line, cells in zip(table.rows, (LISTED_HEAD, *rows), strict=True):
        for cell, text, share in zip(line.cells, cells, _SHARES, strict=True):
            cell.width = int(_WIDTH * share)
            cell.paragraphs[0].text = text
            cell.paragraphs[0].style = document.styles["Compact"]
