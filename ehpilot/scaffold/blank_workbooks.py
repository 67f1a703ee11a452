"""The empty workbooks on disk: a landing folder that each unit fills in and hands back as it is.

Does not belong here: what stands in them (``blank_forms``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from ehpilot.errors import UsageError
from ehpilot.reading.edition import FICTION_MARK
from ehpilot.scaffold.blank_forms import BlankSheet, BlankWorkbook

NOTES, WORDS = "填表说明", "字典"  # sheets that the intake passes by
LISTED_ROWS = 2000  # rows below the header that a drop-down list reaches
CREATED = dt.datetime(2025, 1, 1)  # the same bytes whenever they are written
HEAD = {"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter", "bg_color": "#E8EEF4"}


def write_all(
    folder: Path, workbooks: Sequence[BlankWorkbook], area: str, is_fictional: bool, by_unit: bool
) -> list[Path]:
    """Write the workbooks to ``folder/<source>/``, or ``folder/<unit>/<source>/`` with ``by_unit``; gives their paths.

    Raises UsageError, before anything is written, where one of the files exists: it may be filled in.
    """
    places = [
        folder.joinpath(*([book.unit] if by_unit else []), book.source, book.file) for book in workbooks
    ]  # fmt: skip
    taken = [path for path in places if path.exists()]
    if taken:
        raise UsageError(
            f"{taken[0]} exists and may be filled in; choose another --to / {taken[0]} 已存在，可能已填写，请另选 --to"
        )
    for path, book in zip(places, workbooks, strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, book, area, is_fictional)
    return places


def _write(path: Path, book: BlankWorkbook, area: str, is_fictional: bool) -> None:
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        workbook.set_properties({"title": book.label, "company": book.unit, "created": CREATED})
        head = workbook.add_format(HEAD)
        pages = [(workbook.add_worksheet(sheet.name), sheet) for sheet in book.sheets]
        lists = _lists(workbook, book)
        for page, sheet in pages:
            _write_sheet(page, sheet, head, lists)
        _write_notes(workbook.add_worksheet(NOTES), book, area, is_fictional, head)


def _lists(workbook: xlsxwriter.Workbook, book: BlankWorkbook) -> dict[tuple[str, ...], str]:
    """The words of every list in a hidden sheet; the range of each."""
    wanted = dict.fromkeys(column.choices for sheet in book.sheets for column in sheet.columns if column.choices)
    if not wanted:
        return {}
    page, ranges = workbook.add_worksheet(WORDS), {}
    for number, choices in enumerate(wanted):
        page.write_column(0, number, choices)
        letters = xlsxwriter.utility.xl_col_to_name(number)
        ranges[choices] = f"={WORDS}!${letters}$1:${letters}${len(choices)}"
    page.hide()
    return ranges


def _write_sheet(
    page: xlsxwriter.worksheet.Worksheet, sheet: BlankSheet, head: object, lists: dict[tuple[str, ...], str]
) -> None:
    if sheet.layout == "label_value":
        for row, column in enumerate(sheet.columns):
            page.write(row, 0, column.title, head)
            if column.choices:
                page.data_validation(row, 1, row, 1, _list(lists[column.choices]))
        page.set_column(0, 0, 30)
        page.set_column(1, 1, 50)
        return
    for number, name in enumerate(sheet.names, 1):
        page.write(0, number, name, head)
        page.write(number, 0, name, head)
    for row, label in enumerate(sheet.labels):
        page.write(row, 0, f"{label}：")
    first, last = len(sheet.labels), len(sheet.labels) + sheet.header_rows - 1
    for number, column in enumerate(sheet.columns):
        if last > first:
            page.merge_range(first, number, last, number, column.title, head)
        else:
            page.write(first, number, column.title, head)
        page.set_column(number, number, max(10, min(2 * len(column.title) + 2, 30)))
        if column.choices:
            page.data_validation(last + 1, number, last + LISTED_ROWS, number, _list(lists[column.choices]))
    page.freeze_panes(last + 1, 0)


def _list(words: str) -> dict[str, str]:
    """A drop-down list that warns of another word and lets it stand: files know more words than the first of each."""
    told = {"error_title": "不在列表中", "error_message": "可以保留，入库时按用词表识别"}
    return {"validate": "list", "source": words, "error_type": "warning", **told}


def _write_notes(
    page: xlsxwriter.worksheet.Worksheet, book: BlankWorkbook, area: str, is_fictional: bool, head: object
) -> None:
    lines = [
        f"{area} {book.label}",
        *([FICTION_MARK] if is_fictional else []),
        f"填报单位：{book.unit}",
        f"填好后原名放入登陆目录 {book.source}/，不改表头，不加合并单元格；带*的列必填，没有数据的格留空。",
    ]
    for row, line in enumerate(lines):
        page.write(row, 0, line)
    row = len(lines) + 1
    page.write_row(row, 0, ("工作表", "列", "必填", "填什么", "计量单位", "说明", "可选用词"), head)
    for sheet in book.sheets:
        for column in sheet.columns:
            row += 1
            told = (column.header, "必填" if column.is_required else "", column.kind, column.unit or "", column.note)
            page.write_row(row, 0, (sheet.name, *told, "、".join(column.choices)))
        for remark in sheet.remarks:
            row += 1
            page.write_row(row, 0, (sheet.name, "", "", remark))
    for number, width in enumerate((16, 20, 6, 36, 10, 36, 40)):
        page.set_column(number, number, width)
