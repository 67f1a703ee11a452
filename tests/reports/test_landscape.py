"""Landscape parts: which are turned, what stands between two of them; no page of theirs holds a few rows alone.

The rules stand in quarto_reports/_brand (press.lua, report.typ). Does not belong here: sheets on A3 (test_sheets).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypandoc
import pypdf
import pytest
import typst
from docx import Document

from ehpilot.reporting.engine import pages, tables
from ehpilot.reporting.markdown import plain_table
from ehpilot.reporting.project import PROJECT

HEAD = (PROJECT / "_brand/report.typ").read_text(encoding="utf-8")
FILTER = f"--lua-filter={PROJECT / '_brand/press.lua'}"


def table(columns: int, rows: int) -> str:
    return plain_table([f"列{n}" for n in range(columns)], [["值"] * columns] * rows)


def wide(content: str) -> str:
    return f"::: {{.wide}}\n\n{content}\n\n:::\n\n"


def parts(text: str, kind: str) -> int:
    """How many landscape parts a text has in a format."""
    made = pypandoc.convert_text(text, kind, format="markdown", extra_args=[FILTER])
    return made.count("#press-wide(") if kind == "typst" else made.count("横页标记") // 2


def as_openxml(text: str, tmp_path: Path) -> int:
    pypandoc.convert_text(text, "docx", format="markdown", outputfile=str(tmp_path / "x.docx"), extra_args=[FILTER])
    body = Document(str(tmp_path / "x.docx")).element.body
    return sum("横页标记" in str(p.style) for p in body.iterchildren() if p.tag.endswith("}p")) // 2


TALL = "\n\n".join(["一段较长的文字。" * 40] * 4)
BETWEEN = "## （二）小节\n\n见下表。\n\n" + table(1, 1)


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        (wide(table(8, 3)), 1),
        (wide(table(1, 1)), 0),
        (wide(table(1, 1) + "\n\n" + table(8, 3)), 1),
        (wide("![图](x.png)"), 1),
        (wide(table(8, 3)) + BETWEEN + "\n\n" + wide(table(8, 3)), 1),
        (wide(table(8, 3)) + TALL + "\n\n" + wide(table(8, 3)), 2),
        (wide(table(8, 3)) + wide(table(8, 3)), 2),
        (wide(table(8, 3)) + BETWEEN, 1),
        (wide(table(8, 3)) + "::: {.press-new-page}\n:::\n\n" + wide(table(8, 3)), 2),
    ],
    ids=["wide", "nothing to print", "one of two", "picture", "short between", "long between", "beside each other",
         "last", "new page"],
)  # fmt: skip
def test_what_is_turned_is_the_same_in_word_and_pdf(text: str, turned: int, tmp_path: Path) -> None:
    """“本期无数据” needs no landscape page; a few lines between two landscape parts stay with them."""
    assert parts(text, "typst") == turned
    assert as_openxml(text, tmp_path) == turned


@pytest.mark.parametrize("before", ["正文。\n\n# 一、标题\n\n## （一）小标题\n\n", "# 一、标题\n\n## （一）小标题\n\n"])
def test_headings_go_with_the_landscape_table_that_they_head(before: str, tmp_path: Path) -> None:
    text = before + wide(table(8, 3))
    made = pypandoc.convert_text(text, "typst", format="markdown", extra_args=[FILTER])
    assert made.index("#press-wide(") < made.index(")[\n") < made.index("= 一、标题") < made.index("== （一）小标题")
    assert as_openxml(text, tmp_path) == 1
    styles = [str(p._p.style) for p in Document(str(tmp_path / "x.docx")).paragraphs]
    assert styles.index("横页标记") < styles.index("Heading1") < styles.index("Heading2")


def test_a_lifted_table_says_how_large_it_is() -> None:
    """Filters see its place only: they would take it for one without columns and rows."""
    _, (found,) = tables.lift(table(8, 3))
    stub = tables.stub(0, found)
    assert dict(stub["c"][0][2]) == {"press-table": "0", "press-columns": "8", "press-rows": "3"}


def estimated(source: Path) -> bytes:
    """One layout, whose forms are estimates: what real Quarto makes."""
    return typst.compile(str(source))


ENGINES = pytest.mark.parametrize("compiled", [estimated, pages.compile_pdf], ids=["estimated", "measured"])


def filled(rows: int, tmp_path: Path, compiled: Callable[[Path], bytes]) -> list[float]:
    """Lowest line of each landscape page, as a share of its height."""
    cells = ",".join(["[甲乙丙丁]"] * rows * 11)
    head = ",".join(f"[列{n}]" for n in range(11))
    grid = f"table(columns: 11, table.header({head}), {cells})"
    body = f"#press-wide[= 标题\n#figure(align(center)[#{grid}], kind: table, caption: [表 1])]"
    (tmp_path / "x.typ").write_text(HEAD + body, encoding="utf-8")
    (tmp_path / "x.pdf").write_bytes(compiled(tmp_path / "x.typ"))
    found = []
    for page in pypdf.PdfReader(tmp_path / "x.pdf").pages:
        lows: list[float] = []

        def visit(text: str, cm: list[float], tm: list[float], *_: object, lows: list[float] = lows) -> None:
            if "甲" in text or "乙" in text:
                lows.append(tm[5] * cm[3] + cm[5])

        page.extract_text(visitor_text=visit)
        height = float(page.mediabox.height)
        found.append(1 - min(lows) / height if lows else 0.0)
    return found


def lowest(page: pypdf.PageObject) -> float:
    """Lowest line of text above the foot, as a share of the room between head and foot."""
    lows: list[float] = []
    foot, height = 90, float(page.mediabox.height)

    def visit(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        place = tm[5] * cm[3] + cm[5]
        if text.strip() and foot < place < height - 90:
            lows.append(place)

    page.extract_text(visitor_text=visit)
    return (height - 105 - min(lows)) / (height - 205) if lows else 0.0


def upright_pages(text: str, tmp_path: Path, compiled: Callable[[Path], bytes] = estimated) -> list[float]:
    """How far each upright page is filled."""
    made = pypandoc.convert_text(text, "typst", format="markdown", extra_args=[FILTER])
    page = '#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm))\n'
    figures = "#let horizontalrule = none\n"
    (tmp_path / "x.typ").write_text(HEAD + page + figures + "#set text(size: 12pt)\n" + made, encoding="utf-8")
    (tmp_path / "x.pdf").write_bytes(compiled(tmp_path / "x.typ"))
    made = pypdf.PdfReader(tmp_path / "x.pdf").pages
    return [lowest(page) for page in made if page.mediabox.height > page.mediabox.width]


SECTION = "# 一、章\n\n" + "\n\n".join(["这是一段不长不短的文字，说明情况和要求。" * 4] * 12) + "\n\n"
SHORT = "## （一）小节\n\n结果见下表。\n\n"


@ENGINES
@pytest.mark.parametrize(
    ("rows", "last"), [(2, ""), (10, SHORT), (18, ""), (18, SHORT), (26, ""), (30, SHORT), (42, ""), (50, SHORT)]
)
def test_no_upright_page_before_a_landscape_part_is_nearly_empty(
    rows: int, last: str, compiled: Callable[[Path], bytes], tmp_path: Path
) -> None:
    """Whatever the length of what leads to it, text, rows and a short section behind them."""
    text = SECTION + "## （一）表\n\n" + table(4, rows) + "\n\n" + last + wide(table(12, 20))
    assert min(upright_pages(text, tmp_path, compiled)) > (0.4 if compiled is pages.compile_pdf else 0.3)


REFERENCES = "# 参考文献\n\n" + "\n".join(f"{n}. 《某种标准的名称》（GB 1{n:03}-2020）" for n in range(1, 22)) + "\n\n"
OF_TWO_TABLES = wide(table(12, 20)) + "\n\n各行见下表。\n\n" + table(4, 60) + "\n\n" + SHORT + wide(table(12, 20))


@pytest.mark.parametrize(
    "text", [SECTION + REFERENCES + wide(table(12, 20)), OF_TWO_TABLES], ids=["a list behind the text", "rows at first"]
)
def test_what_an_estimate_does_not_see_is_measured(text: str, tmp_path: Path) -> None:
    """A last section may have a page for itself; what stands before the first heading of a run is a part of it."""
    assert min(upright_pages(text, tmp_path, pages.compile_pdf)) > 0.4


def test_a_form_is_tried_where_it_is_expected_to_do() -> None:
    """Lengths are linear in the distance of the rows: of two that were laid out follow the others."""
    forms = [pages.Form("", distance) for distance in (4, 3, 2, 5, 6)]
    assert pages.Part(forms, {0: 1.3}, may_be_one=True).next == 1, "nothing to expect from: in their order"
    assert pages.Part(forms, {0: 1.3, 1: 1.15}, may_be_one=True).next == 4, "1.45 does not do for sure, 1.6 does"
    assert pages.Part(forms, {0: 1.3, 1: 1.15, 4: 1.6}, may_be_one=True).next is None
    assert pages.Part(forms, {0: 0.2}, may_be_one=True).next is None, "a page of its own, however short"
    assert pages.Part(forms, {0: 0.2}).next == 1, "what leads to a part is no page of its own"
    long = pages.Part(forms, {0: 5.8}, may_be_one=True)
    assert long.next == 1, "a long part may save a page"
    assert pages.Part(forms, {0: 5.8, 1: 5.3}, may_be_one=True).next == 2, "the next one does: 4.8 pages"
    assert pages.Part(forms, {0: 5.8, 1: 5.3, 2: 4.8}, may_be_one=True).best == 2
    assert pages.Part(forms, {0: 1.1, 1: 1.05, 2: 1.0, 3: 1.2, 4: 1.3}, may_be_one=True).best == 2, "saves a page"


@ENGINES
@pytest.mark.parametrize("rows", [20, 40, 44, 66, 96, 100])
def test_the_last_page_of_a_landscape_list_holds_more_than_a_few_rows(
    rows: int, compiled: Callable[[Path], bytes], tmp_path: Path
) -> None:
    *_, last = filled(rows, tmp_path, compiled)
    assert last > 0.4, "rows stand closer or wider apart where a few of them would be left"
