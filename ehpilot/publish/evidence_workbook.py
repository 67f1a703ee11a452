"""evidence/台账.xlsx: what an inspector asks for beside the documents, a sheet each: files, quarantine, checks,
parameters, gaps, decisions.

The sheets are the edition's own ``meta`` tables in key order, in Chinese words: codes by their labels, a file by its
path. Numbers are numbers and dates dates. Does not belong here: what a clerk has still to decide
(``proposed_decisions``), the tables that documents print (``ehpilot.reporting``).
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter

from ehpilot.publish.decision_words import DecisionWords
from ehpilot.publish.row_heights import height_pt
from ehpilot.reading import edition as reading
from ehpilot.reading.chinese import chinese, chinese_subject, chinese_unit
from ehpilot.reading.gate_words import gate_label
from ehpilot.reading.rows import only_row
from ehpilot.reading.sql_text import name

FILE = "evidence/台账.xlsx"
ROWS_OF_A_SHEET = 100_000  # beyond, the table itself is the place to look; the sheet says how many are left out
HEAD_ROWS = 3
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "constant_memory": True}
CODES = {  # code set of the columns that hold codes
    "source": "source", "status": "source_file_status", "reason_code": "reason_code", "severity": "severity_of_check",
    "verified": "verified", "kind": "decision_kind",
}  # fmt: skip
# Of columns that hold words in place of codes.
HEADS = {"path": "文件", "reason_code": "原因", "gate": "环节", "check_name": "数据表"}
OWN = re.compile(r"(?:[a-z]+: )?own\b")  # begins the reason of the project's own choice, which has no source
PROFILE = {"profile": "区域档案", "area.yml": "区域档案"}  # who uses or states a parameter where it is no table
NARROW = 10  # half-width characters of a column, but of these
WIDTHS = {
    "file_no": 7, "path": 36, "source": 12, "file_sha256": 34, "unmapped_columns": 14, "first_seen_at": 12, "sheet": 12,
    "row_number": 8, "field": 18, "value": 18, "reason_code": 20, "message": 36, "gate": 30, "check_name": 30,
    "message_cn": 54, "severity": 14, "label_cn": 42, "source_ref": 34, "verified": 14, "used_by": 30, "subject": 40,
    "missing": 48, "effect": 44, "object_id": 34, "decided": 26, "decided_at": 12, "decided_by_role": 14, "reason": 26,
}  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """A table of the edition: the columns that are printed, in order; those that it lacks are left out. ``path`` is the
    file's, of a table that says its number."""

    title: str
    table: str
    columns: tuple[str, ...]


SHEETS = (
    Sheet("来源文件", "meta.source_file", (
        "file_no", "path", "source", "status", "records_read", "records_loaded", "records_quarantined",
        "records_skipped", "superseded_by", "unmapped_columns", "size_bytes", "first_seen_at", "file_sha256")),
    Sheet("隔离记录", "meta.quarantine", (
        "path", "sheet", "row_number", "field", "value", "reason_code", "message")),
    Sheet("检查结果", "meta.check_result", ("gate", "check_name", "message_cn", "severity", "passed", "failing_rows")),
    Sheet("采用参数", "meta.parameter_used", ("label_cn", "value", "unit", "source_ref", "verified", "used_by")),
    Sheet("缺口", "meta.gap", ("subject", "missing", "effect")),
    Sheet("决定", "meta.decision", (
        "decision_id", "kind", "object_id", "decided", "decided_by_role", "decided_at", "reason", "is_used", "path",
        "row_number")),
)  # fmt: skip


@dataclass(frozen=True)
class _Words:
    """What codes, file numbers and tables are called, and the labels of columns."""

    codes: Mapping[tuple[str, str], str]
    paths: Mapping[int, str]
    tables: Mapping[str, str]
    columns: Mapping[tuple[str, str], str]
    cited: Mapping[str, str]
    decisions: DecisionWords

    @classmethod
    def read(cls, connection: duckdb.DuckDBPyConnection) -> _Words:
        files = connection.execute("select file_no, path from meta.source_file").fetchall()
        tables = connection.execute("select table_name, label from meta.table_trace where label <> ''").fetchall()
        columns = connection.execute("select table_name, column_name, label from meta.table_column").fetchall()
        labels = {(table, column): label for table, column, label in columns}
        codes = reading.code_labels(connection)
        decisions = DecisionWords.read(connection, codes)
        return cls(codes, dict(files), dict(tables) | PROFILE, labels, reading.citations(connection), decisions)

    def header(self, sheet: Sheet, column: str) -> str:
        """Label of a column."""
        if column in HEADS:
            return HEADS[column]
        return self.columns.get((sheet.table, column)) or column

    def value(self, column: str, value: Any) -> Any:
        """A value in words; numbers, dates and texts of files as they are."""
        if value is None:
            return None
        if column in CODES:
            return self.codes.get((CODES[column], value), value)
        if column == "gate":
            return gate_label(value)
        if column == "check_name":
            return self.tables.get(str(value).rpartition(".")[0])
        if column == "used_by":
            return self.tables.get(value, chinese(value))
        if column == "subject":
            return self.tables.get(str(value).partition(":")[0]) or chinese_subject(value)
        if column == "unit":
            return chinese_unit(value) or None
        if column == "source_ref":
            return None if OWN.match(value) else PROFILE.get(value) or self.cited.get(value) or chinese(value)
        if column in ("object_id", "decided"):
            return (self.decisions.object_of if column == "object_id" else self.decisions.value_of)(str(value))
        if column in ("missing", "effect", "message", "reason"):
            return chinese(value)
        if isinstance(value, bool):
            return "是" if value else "否"
        return "、".join(map(str, value)) if isinstance(value, list) else value


def write(building: Path) -> Path:
    """Write the workbook of a building edition; texts stand as texts, never as formulas."""
    path = building / FILE
    path.parent.mkdir(exist_ok=True)
    with reading.open_marts(building) as connection, xlsxwriter.Workbook(str(path), OPTIONS) as workbook:
        workbook.set_properties({"created": dt.datetime(1980, 1, 1)})
        edition = reading.info(building)
        owner = f"{edition.facts.get('zone_formal') or edition.profile}　第 {edition.edition_no} 版"
        owner += f"　{reading.FICTION_MARK}" if edition.is_fictional else ""
        words = _Words.read(connection)
        writer = _Writer(workbook, owner)
        for sheet in SHEETS:
            if reading.has_table(connection, sheet.table):
                columns, rows, count = _content(connection, sheet, words)
                writer.write(sheet.title, [words.header(sheet, column) for column in columns], columns, rows, count)
    return path


def _content(
    connection: duckdb.DuckDBPyConnection, sheet: Sheet, words: _Words
) -> tuple[list[str], Iterable[list[Any]], int]:
    """Columns that there are, rows in words, and how many rows the table has."""
    known = reading.columns_of(connection, sheet.table)
    columns = [column for column in sheet.columns if column in known or (column == "path" and "file_no" in known)]
    asked = [column if column in known else "file_no" for column in columns]
    order = ", ".join(name(column) for column in reading.key_of(connection, sheet.table)) or "all"
    (count,) = only_row(connection, f"select count(*) from {sheet.table}")
    query = f"select {', '.join(name(column) for column in asked)} from {sheet.table} order by {order}"
    found = connection.execute(f"{query} limit {ROWS_OF_A_SHEET}").fetchall()
    rows = (
        [
            words.paths.get(value) if source != column else words.value(column, _number(sheet, column, value))
            for column, source, value in zip(columns, asked, row, strict=True)
        ]
        for row in found
    )
    return columns, rows, count


def _number(sheet: Sheet, column: str, value: Any) -> Any:
    """The value of a parameter, which stands as text in the edition, as the number that it is. What a file held stays
    text."""
    if (sheet.table, column) != ("meta.parameter_used", "value") or value is None:
        return value
    try:
        number = float(value)
    except ValueError:
        return value
    return number if math.isfinite(number) else value


class _Writer:
    """Sheets of one workbook, set up for A4."""

    def __init__(self, workbook: xlsxwriter.Workbook, owner: str):
        self.workbook, self.owner = workbook, owner
        cell = {"font_name": "宋体", "font_size": 10, "valign": "top", "text_wrap": True, "border": 1}
        self.title = workbook.add_format({"font_name": "黑体", "font_size": 14})
        self.head = workbook.add_format({**cell, "font_name": "黑体", "bold": True, "bg_color": "#F2F2F2"})
        self.text = workbook.add_format({**cell, "num_format": "@"})
        self.number = workbook.add_format({**cell, "text_wrap": False, "align": "right", "indent": 1})
        self.date = workbook.add_format({**cell, "num_format": "yyyy-mm-dd"})

    def write(
        self, title: str, headers: Sequence[str], columns: Sequence[str], rows: Iterable[list[Any]], count: int
    ) -> None:
        """One sheet."""
        sheet = self.workbook.add_worksheet(title)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROWS - 1)
        sheet.freeze_panes(HEAD_ROWS, 1)
        sheet.set_footer("&C第 &P 页　共 &N 页")
        widths = [WIDTHS.get(column, NARROW) for column in columns]
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        sheet.write_string(0, 0, f"{self.owner}　{title}", self.title)
        left_out = f"，此处列前 {ROWS_OF_A_SHEET} 行" if count > ROWS_OF_A_SHEET else ""
        sheet.write_string(1, 0, f"共 {count} 行{left_out}")
        sheet.set_row(HEAD_ROWS - 1, height_pt(headers, widths))
        for place, header in enumerate(headers):
            sheet.write_string(HEAD_ROWS - 1, place, header, self.head)
        last = HEAD_ROWS - 1
        for last, row in enumerate(rows, HEAD_ROWS):
            sheet.set_row(last, height_pt((value if isinstance(value, str) else "" for value in row), widths))
            for place, value in enumerate(row):
                self._cell(sheet, last, place, value)
        sheet.autofilter(HEAD_ROWS - 1, 0, last, len(columns) - 1)

    def _cell(self, sheet: Any, row: int, place: int, value: Any) -> None:
        if value is None:
            sheet.write_blank(row, place, None, self.text)
        elif isinstance(value, dt.date):  # a timestamp too: its day
            sheet.write_datetime(row, place, dt.datetime(value.year, value.month, value.day), self.date)
        elif isinstance(value, int | float):
            sheet.write_number(row, place, value, self.number)
        else:
            sheet.write_string(row, place, str(value), self.text)
