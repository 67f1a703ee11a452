"""Cards: heading, form and note of one row stay on one page. Not here: what cards hold (documents/)."""

from __future__ import annotations

from pathlib import Path

import pypandoc
import pypdf
import typst

from ehpilot.reporting.markdown import form_table
from ehpilot.reporting.project import PROJECT

HEAD = (PROJECT / "_brand/report.typ").read_text(encoding="utf-8")
FILTER = f"--lua-filter={PROJECT / '_brand/press.lua'}"


def card(number: int) -> str:
    """A card behind as many lines as its number, so that page ends fall everywhere in cards."""
    form = form_table([f"项{n}" for n in range(12)], ["值"] * 12, 2, 4)
    lines = "行\n\n" * number
    return f'{lines}### 卡片{number}\n\n{form}\n\n::: {{custom-style="注"}}\n理由{number}。\n:::\n\n'


def test_the_note_of_a_card_stands_on_the_page_of_its_form(tmp_path: Path) -> None:
    text = "".join(card(number) for number in range(20))
    source = pypandoc.convert_text(text, "typst", format="markdown", extra_args=[FILTER])
    path = tmp_path / "cards.typ"
    path.write_text(HEAD + source, encoding="utf-8")
    pages = ["".join(page.extract_text().split()) for page in pypdf.PdfReader(_compiled(path)).pages]
    assert len(pages) > 5
    for number in range(20):
        (place,) = [page for page in pages if f"理由{number}。" in page]
        assert f"卡片{number}项目" in place


def test_forms_one_behind_the_other_do_not_pull_each_other(tmp_path: Path) -> None:
    text = "".join(f"### 表{number}\n\n{form_table(['项'] * 12, ['值'] * 12, 2, 4)}\n\n" for number in range(12))
    source = pypandoc.convert_text(text, "typst", format="markdown", extra_args=[FILTER])
    (tmp_path / "forms.typ").write_text(HEAD + source, encoding="utf-8")
    first, *_ = pypdf.PdfReader(_compiled(tmp_path / "forms.typ")).pages
    assert "".join(first.extract_text().split()).count("项目内容项目内容") > 2


def _compiled(path: Path) -> Path:
    target = path.with_suffix(".pdf")
    target.write_bytes(typst.compile(str(path), format="pdf"))
    return target
