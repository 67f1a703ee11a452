"""Rows of Word tables on landscape sheets: heights by exact pitch, no sheet with a few rows alone.

Sheets were compared with LibreOffice: a list of 139 rows on A3 took the 8 sheets computed, the last filled to 0.90.
"""

from __future__ import annotations

from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from ehpilot.reporting.fit_docx import FILLED, FORMS, Row, best_form, fit, sheets

HEAD = Row(2, 6.5, is_head=True)


def rows(number: int) -> list[Row | float]:
    return [34.0, 22.0, HEAD, *[Row(2, 6.5)] * number]


def test_sheets_hold_whole_rows_and_the_head_again() -> None:
    form = FORMS[0]
    row = HEAD.height_pt(form)
    assert row == pytest.approx(2 * 6.5 * 1.25 + 2 * 1.0 + 0.5)
    assert sheets([HEAD, *[HEAD._replace(is_head=False)] * 9], 10 * row + 0.01, form) == (1, pytest.approx(1, abs=1e-3))
    assert sheets([HEAD, *[HEAD._replace(is_head=False)] * 10], 10 * row + 0.01, form) == (
        2,
        pytest.approx(0.2, abs=1e-3),
    )


@pytest.mark.parametrize("number", range(20, 140, 3))
def test_the_last_sheet_of_a_word_list_holds_more_than_a_few_rows(number: int) -> None:
    count, filled = sheets(rows(number), 689.0, best_form(rows(number), 689.0))
    assert count == 1 or filled >= FILLED


def test_some_list_would_end_with_a_few_rows_if_left_alone() -> None:
    left = [sheets(rows(number), 689.0, FORMS[0]) for number in range(20, 140, 3)]
    assert any(count > 1 and filled < FILLED for count, filled in left)


def word_table(number: int) -> tuple[Any, Any]:
    document = Document()
    table = document.add_table(rows=number, cols=3)
    for cells in table.rows:
        for cell in cells.cells:
            cell.text = "甲"
    return document, table._tbl


def test_rows_of_a_long_table_get_an_exact_pitch_and_those_of_a_short_one_keep_theirs() -> None:
    for number, is_fitted in ((30, True), (5, False)):
        _, table = word_table(number)
        fit([table], 1000.0, 600.0)
        pitches = {spacing.get(qn("w:lineRule")) for spacing in table.iter(qn("w:spacing"))}
        assert pitches == ({"exact"} if is_fitted else set())
        assert (table.tblPr.find(qn("w:tblCellMar")) is not None) == is_fitted
    tags = [child.tag for child in word_table(3)[1].tblPr]
    assert qn("w:tblLook") in tags, "before which the margins stand, as the form of the file asks"
