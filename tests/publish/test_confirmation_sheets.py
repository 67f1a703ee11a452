"""The confirmation sheet on paper: it fits A4 across, its rows hold their texts, conclusion and stamp have a place.

Does not belong here: what is asked, and the sheet that comes back (``tests/pipeline/test_dossier``).
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl

from ehpilot.publish import confirmation_sheets as sheets
from ehpilot.publish.row_heights import LINE_PT, lines_needed

A4_ACROSS_MM, MARGINS_MM, CHARACTER_MM = 297, 2 * 12.7, 1.95  # a half-width character of ten points, as Excel counts


def test_a_sheet_prints_on_a4_with_conclusion_and_stamp(tmp_path: Path) -> None:
    long = "说明很长的一个值" * 12
    lines = (
        ("1 企业基本信息", "职工人数", "320", "人", "排污许可", "2025-01-01", "", "", "f1"),
        ("1 企业基本信息", "备注", long, "", "污染源普查", "2025-01-01", "", "", "f2"),
    )
    head = ("某某厂（虚构）", "91990001900000065F", "9199001V", "E1-001", "第1版", "2026-03-31", "", "")
    path = sheets.write(
        tmp_path / "核对表_E1-001.xlsx",
        sheets.Sheet("E1-001", "某某厂（虚构）", head, lines),
        dt.date(2026, 3, 31),
        True,
    )
    book = openpyxl.load_workbook(path)
    page = book[sheets.SHEET]
    assert (page.page_setup.paperSize, page.page_setup.orientation, page.page_setup.fitToHeight) == (9, "landscape", 0)
    across = sum(sheets.WIDTHS[: sheets.PRINTED]) * CHARACTER_MM
    assert (A4_ACROSS_MM - MARGINS_MM) / across > 0.85, "letters stay readable"
    rows = {page.cell(row, 9).value: row for row in range(1, page.max_row + 1)}
    assert page.row_dimensions[rows["f2"]].height > 5 * 13 > 2 * page.row_dimensions[rows["f1"]].height
    texts = {cell.value for row in page.iter_rows() for cell in row}
    assert {"核对结论", "□ 同意　　□ 有异议，见更正值", "企业（盖章）"} <= texts
    labels = {page.cell(row, 1).value: row for row in range(1, 12)}
    assert {*sheets.LABELS, "栏目"} <= set(labels), "above the table, as the form reads them"
    assert page.row_dimensions[labels["核对人"]].height >= 60, "room for the stamp"
    assert str(page.print_area).endswith(f"$A$1:$H${page.max_row}"), "字段编号 is for the machine that reads the file"
    code, merged = labels["统一社会信用代码"], {str(area) for area in page.merged_cells.ranges}
    assert f"B{code}:C{code}" in merged and page.row_dimensions[code].height < 2 * LINE_PT, "a code stands in one line"
    guide = book["说明"]
    assert (guide.page_setup.paperSize, guide.page_setup.fitToHeight) == (9, 0)
    for row in range(3, guide.max_row + 1):
        needed = lines_needed(guide.cell(row, 1).value, guide.column_dimensions["A"].width * 10 / 11)
        assert guide.row_dimensions[row].height >= LINE_PT * needed
