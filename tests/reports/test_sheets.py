"""A whole list on one table: A3 pages in Word, columns that hold codes, workbook formats that show what is printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from docx.shared import Mm

from ehpilot.reporting import finish_docx
from ehpilot.reporting.markdown import separator
from ehpilot.reporting.project import PROJECT
from ehpilot.reporting.workbook import _pattern

CREDIT_CODE, PERMIT_NO = "91990003900000217Q", "91990003900000217Q001R"


def test_a_sheet_is_an_a3_page_and_the_pages_around_it_are_not(tmp_path: Path) -> None:
    document = Document(str(PROJECT / "_brand" / "reference_report.docx"))
    style = finish_docx.WIDE_MARK
    document.add_paragraph("前")
    document.add_paragraph(style=style).add_run("A3").font.hidden = True
    document.add_paragraph("清单")
    document.add_paragraph(style=style).add_run("A3").font.hidden = True
    document.add_paragraph("后")
    path = tmp_path / "sheet.docx"
    document.save(str(path))
    finish_docx.finish(path)
    made = Document(str(path))
    assert [(round(s.page_width / Mm(1)), round(s.page_height / Mm(1))) for s in made.sections] == [
        (210, 297), (420, 297), (210, 297)
    ]  # fmt: skip
    assert all("A3" not in paragraph.text for paragraph in made.paragraphs)


def test_a_code_has_a_column_that_holds_it_however_many_columns_there_are() -> None:
    texts = ["示例企业名称有限公司", CREDIT_CODE, PERMIT_NO, *["较长的一段说明文字" * 6] * 12]
    line = separator([["名称", "信用代码", "许可证编号", *["说明"] * 12], texts], [False] * 15)
    lengths = [len(mark) for mark in line.strip("|").split("|")]
    half_widths = [300 * length / sum(lengths) for length in lengths]  # an A3 line in letters of 6.5 points
    assert half_widths[1] >= len(CREDIT_CODE) and half_widths[2] >= len(PERMIT_NO)


@pytest.mark.parametrize(
    ("text", "value", "pattern"),
    [("<0.1", 0.04, '[<0.1]"<0.1";0.0'), (">99.9", 99.98, '[>99.9]">99.9";0.0'), (">99", 99.86, '[>99]">99";0'),
     ("304000", 304269.3, "0.00E+00"), ("1720", 1720.2, "0"), ("25.5", 25.456, "0.0"), ("0", 0.0, "0")],
)  # fmt: skip
def test_a_workbook_shows_the_digits_that_are_printed(text: str, value: float, pattern: str) -> None:
    assert _pattern(text, value) == pattern
