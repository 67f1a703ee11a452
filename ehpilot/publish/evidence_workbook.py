"""evidence/台账.xlsx: what an inspector asks for beside the documents, a sheet each: files, quarantine, checks,
parameters, gaps, decisions.

The sheets are the edition's own ``meta`` tables under their Chinese headings, in key order. Does not belong here:
what a clerk has still to decide (``proposed_decisions``), the tables that documents print (``ehpilot.reporting``).
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import xlsxwriter

from ehpilot.reading import edition as reading
from ehpilot.reading.rows import only_row
from ehpilot.reading.sql_text import name

FILE = "evidence/台账.xlsx"
SHEETS = {
    "来源文件": "meta.source_file",
    "隔离记录": "meta.quarantine",
    "检查结果": "meta.check_result",
    "采用参数": "meta.parameter_used",
    "缺口": "meta.gap",
    "决定": "meta.decision",
}
ROWS_OF_A_SHEET = 100_000  # beyond, the table itself is the place to look; the sheet says how many are left out
HEAD_ROWS = 3
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "constant_memory": True}


def write(building: Path) -> Path:
    """Write the workbook of a building edition; texts stand as texts, never as formulas."""
    path = building / FILE
    path.parent.mkdir(exist_ok=True)
    with reading.open_marts(building) as connection, xlsxwriter.Workbook(str(path), OPTIONS) as workbook:
        workbook.set_properties({"created": dt.datetime(1980, 1, 1)})
        edition = reading.info(building)
        owner = f"{edition.facts.get('zone_formal') or edition.profile}　第 {edition.edition_no} 版"
        owner += "　演示数据（虚构）" if edition.is_fictional else ""
        head = workbook.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "vcenter"})
        for title, table in SHEETS.items():
            if reading.has_table(connection, table):
                _sheet(workbook, title, table, connection, owner, head)
    return path


def _sheet(
    workbook: xlsxwriter.Workbook, title: str, table: str, connection: duckdb.DuckDBPyConnection,
    owner: str, head: xlsxwriter.format.Format,
) -> None:  # fmt: skip
    labels = dict(
        connection.execute(
            "select column_name, label from meta.table_column where table_name = ? order by column_no", [table]
        ).fetchall()
    )
    columns = [column for column in reading.columns_of(connection, table) if not column.startswith("_")]
    texts = ", ".join(f"cast({name(column)} as varchar)" for column in columns)
    order = ", ".join(name(column) for column in reading.key_of(connection, table)) or "all"
    (count,) = only_row(connection, f"select count(*) from {table}")
    rows = connection.execute(f"select {texts} from {table} order by {order} limit {ROWS_OF_A_SHEET}").fetchall()
    sheet = workbook.add_worksheet(title)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.repeat_rows(HEAD_ROWS - 1)
    sheet.freeze_panes(HEAD_ROWS, 1)
    sheet.set_column(0, len(columns) - 1, 18)
    sheet.write_string(0, 0, f"{owner}　{title}（{table}）")
    left_out = f"，此处列前 {ROWS_OF_A_SHEET} 行" if count > ROWS_OF_A_SHEET else ""
    sheet.write_string(1, 0, f"共 {count} 行{left_out}")
    for number, column in enumerate(columns):
        sheet.write_string(HEAD_ROWS - 1, number, labels.get(column) or column, head)
    for number, row in enumerate(rows, HEAD_ROWS):
        for place, text in enumerate(row):
            if text is not None:
                sheet.write_string(number, place, text)
    sheet.autofilter(HEAD_ROWS - 1, 0, HEAD_ROWS - 1 + len(rows), len(columns) - 1)
