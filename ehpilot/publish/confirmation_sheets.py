"""核对表: one pre-filled workbook a site, to confirm or correct what the edition says of it.

The enterprise is asked only for fields that it can know (``is_confirmable`` of ``inventory.enterprise_dossier``), each
with what is on file. A filled sheet goes back to ``landing/site_survey/`` as it is; the form ``site_survey_correction``
reads it, and the column 字段编号 says which cell of which dossier a line speaks of.

Does not belong here: what is asked (seed ``dossier_block_field``), reading it and what it changes (forms, dbt models).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter

from ehpilot.publish.row_heights import LINE_PT, height_pt, lines_needed
from ehpilot.reading.edition import FICTION_MARK

FOLDER = "confirmation_sheets"
TABLES = ("core.dim_enterprise", "inventory.enterprise_dossier")  # that :func:`read_all` reads
SHEET = "核对表"
HEADER = ("栏目", "字段", "原值", "单位", "来源", "数据日期", "更正值", "附证", "字段编号")
WIDTHS = (24, 14, 22, 7, 26, 11, 22, 20, 9)  # characters: an A4 page across at nine tenths, 字段编号 left out
PRINTED = len(HEADER) - 1  # columns on paper: 字段编号 is for the machine that reads the file
FILLED_IN = ("更正值", "附证")
GUIDE = (
    "一、本表由数据仓库按本版次预填，只列企业能够核对的字段；其余已有来源的内容不再填报。",
    "二、原值无误的，“更正值”留空；有误的，在“更正值”中填写正确的值（单位同“单位”栏），并在“附证”中写明证明材料。",
    "三、填写“核对日期”和“核对人”，勾选“核对结论”后，原名原格式交回，打印一份盖章留存；请勿增删行列，勿改“字段编号”。",
    "四、交回后，更正值在下一版次中采用，状态记为“核实”；未能采用的在档案第18章列明原因。",
)
LABELS = ("企业名称", "统一社会信用代码", "排污许可证编号", "档案编号", "版次", "数据截止日", "核对日期", "核对人")
EMPTY_LABELS = ("核对日期", "核对人")
# Beside those two, for the printed sheet: columns of the label and of what is filled in.
BESIDE = {"核对日期": ("核对结论", "□ 同意　　□ 有异议，见更正值"), "核对人": ("企业（盖章）", "")}
BESIDE_LABEL, BESIDE_VALUE = (3, 4), (5, 7)
HEAD_VALUE = (1, 2)  # columns of what stands beside a label: an 18-digit code is not broken
GUIDE_WIDTH = 84  # characters: an A4 page upright
STAMP_PT = 64  # height of the row with the stamp


@dataclass(frozen=True)
class Sheet:
    """What one workbook says: the site, its line values in the order of ``HEADER`` (更正值 and 附证 empty)."""

    enterprise_id: str
    name: str
    head: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


def read_all(connection: duckdb.DuckDBPyConnection, edition_no: int, as_of: dt.date) -> list[Sheet]:
    """What the workbooks of an edition say, from the tables of the connection's current database."""
    return list(_sheets(connection, edition_no, as_of))


def write_all(edition: Path, sheets: Iterable[Sheet], as_of: dt.date, is_fictional: bool) -> list[Path]:
    """Write the workbooks into the ``confirmation_sheets/`` of an edition being built; returns their paths.

    Bytes repeat: the workbook's date is the edition's as-of date.
    """
    folder = Path(edition) / FOLDER
    folder.mkdir(exist_ok=True)
    return [write(folder / f"核对表_{sheet.enterprise_id}.xlsx", sheet, as_of, is_fictional) for sheet in sheets]


def _sheets(connection: duckdb.DuckDBPyConnection, edition_no: int, as_of: dt.date) -> Iterator[Sheet]:
    rows = connection.execute(
        """
        with item as (
            select
                *,
                -- the item by its fields that are not asked (outlet, medium, pollutant), else by the first
                coalesce(
                    string_agg(plain_value, ' ' order by field_no) filter (not is_confirmable and field_no <= 3)
                        over (partition by enterprise_id, section_no, item_no),
                    first(plain_value order by field_no) over (partition by enterprise_id, section_no, item_no)
                ) as item_name
            from inventory.enterprise_dossier
        )
        select
            site.enterprise_id, site.name, site.credit_code, site.permit_no,
            item.section_no || ' ' || item.section || case when item.block = 'site' then ''
                else '·' || item.block_label || coalesce(' ' || item.item_name, '') end as section,
            item.field, item.plain_value, item.unit, item.source, item.value_date, item.field_id
        from item
        join core.dim_enterprise as site using (enterprise_id)
        where item.is_confirmable
        order by site.enterprise_id, item.section_no, item.item_no, item.field_no, item.field
        """
    ).fetchall()
    for (enterprise_id, name, credit_code, permit_no), found in groupby(rows, key=lambda row: row[:4]):
        head = (name, credit_code, permit_no, enterprise_id, f"第{edition_no}版", as_of, "", "")
        lines = [_line(*row[4:]) for row in found]
        yield Sheet(enterprise_id, _text(name), tuple(_text(value) for value in head), tuple(lines))


def _line(
    section: str,
    field: str,
    value: str | None,
    unit: str | None,
    source: str | None,
    day: dt.date | None,
    field_id: str,
) -> tuple[str, ...]:
    return tuple(_text(item) for item in (section, field, value, unit, source, day, "", "", field_id))


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def write(path: Path, sheet: Sheet, as_of: dt.date | None, is_fictional: bool) -> Path:
    """Write one workbook. Every cell is a string, so that no value can be a formula."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(str(path), options) as workbook:
        day = as_of or dt.date(1980, 1, 1)
        workbook.set_properties(
            {"title": f"企业核对表 {sheet.name}", "created": dt.datetime(day.year, day.month, day.day)}
        )
        formats = _formats(workbook)
        _guide(workbook.add_worksheet("说明"), sheet, formats, is_fictional)
        _table(workbook.add_worksheet(SHEET), sheet, formats, is_fictional)
        workbook.worksheets()[1].activate()
    return path


def _formats(workbook: xlsxwriter.Workbook) -> dict[str, Any]:
    cell = {
        "font_name": "宋体",
        "font_size": 10,
        "valign": "vcenter",
        "text_wrap": True,
        "border": 1,
        "num_format": "@",
    }
    return {
        "title": workbook.add_format({"font_name": "黑体", "font_size": 16}),
        "mark": workbook.add_format({"font_name": "宋体", "font_size": 10, "bold": True, "font_color": "#9C0006"}),
        "plain": workbook.add_format({"font_name": "宋体", "font_size": 11, "text_wrap": True, "valign": "top"}),
        "header": workbook.add_format({**cell, "font_name": "黑体", "align": "center", "bg_color": "#F2F2F2"}),
        "cell": workbook.add_format(cell),
        "open": workbook.add_format({**cell, "locked": False, "bg_color": "#FFFBE6"}),
        "small": workbook.add_format({**cell, "font_size": 7, "font_color": "#808080"}),
    }


def _guide(sheet: Any, content: Sheet, formats: dict[str, Any], is_fictional: bool) -> None:
    sheet.set_column(0, 0, GUIDE_WIDTH)
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, f"企业核对表：{content.name}", formats["title"])
    if is_fictional:
        sheet.write_string(1, 0, FICTION_MARK, formats["mark"])
    for number, line in enumerate(GUIDE, start=2):
        sheet.set_row(number, LINE_PT * 1.2 * lines_needed(line, GUIDE_WIDTH * 10 / 11))  # letters of eleven points
        sheet.write_string(number, 0, line, formats["plain"])


def _table(sheet: Any, content: Sheet, formats: dict[str, Any], is_fictional: bool) -> None:
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, "企业核对表" + (f"　{FICTION_MARK}" if is_fictional else ""), formats["title"])
    for row, (label, value) in enumerate(zip(LABELS, content.head, strict=True), start=1):
        sheet.write_string(row, 0, label, formats["header"])
        sheet.merge_range(
            row, HEAD_VALUE[0], row, HEAD_VALUE[1], value, formats["open" if label in EMPTY_LABELS else "cell"]
        )
        if label in BESIDE:
            beside, text = BESIDE[label]
            sheet.merge_range(row, BESIDE_LABEL[0], row, BESIDE_LABEL[1], beside, formats["header"])
            sheet.merge_range(row, BESIDE_VALUE[0], row, BESIDE_VALUE[1], text, formats["open"])
            sheet.set_row(row, LINE_PT * 2 if text else STAMP_PT)
        else:
            sheet.set_row(row, height_pt((value,), (sum(WIDTHS[HEAD_VALUE[0] : HEAD_VALUE[1] + 1]),)))
    top = len(LABELS) + 1
    _lines(sheet, top, HEADER, ["header"] * len(HEADER), formats)
    styles = ["open" if name in FILLED_IN else "small" if name == "字段编号" else "cell" for name in HEADER]
    for row, line in enumerate(content.lines, start=top + 1):
        _lines(sheet, row, line, styles, formats)
        sheet.set_row(row, height_pt(line[:PRINTED], WIDTHS[:PRINTED]))
    sheet.freeze_panes(top + 1, 2)
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, top + len(content.lines), PRINTED - 1)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.repeat_rows(top)
    sheet.set_footer("&L" + content.head[4] + "&R第 &P 页 共 &N 页")


def _lines(sheet: Any, row: int, values: Sequence[str], styles: Sequence[str], formats: dict[str, Any]) -> None:
    for column, (value, style) in enumerate(zip(values, styles, strict=True)):
        # an empty cell stays a cell, so that its format (unlocked, coloured) is there to be filled in
        if value:
            sheet.write_string(row, column, value, formats[style])
        else:
            sheet.write_blank(row, column, None, formats[style])
