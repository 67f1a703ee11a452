"""What a .qmd file calls: the facts, numbers, tables and texts of one edition, as Markdown that both engines read.

    from ehpilot.reporting import document
    doc = document("D01", edition)

Every helper prints cells of the edition and computes none. Whatever comes from data is inert text.

Does not belong here: figures (``figures``), cover and letter (``front_page``), the annex (``annex_document``), what a
document says (its .qmd file).
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from ehpilot.errors import UsageError
from ehpilot.reporting import disclosure, report_table
from ehpilot.reporting import document_head as head
from ehpilot.reporting.annex import WORD, Annex
from ehpilot.reporting.catalogue import catalogue
from ehpilot.reporting.citations import Standards
from ehpilot.reporting.evidence_page import evidence_page
from ehpilot.reporting.field_tables import FieldTables
from ehpilot.reporting.figures import Figures
from ehpilot.reporting.front_page import FrontPage
from ehpilot.reporting.lineage import SHARED
from ehpilot.reporting.markdown import (
    Block,
    Inline,
    display_width,
    equation,
    form_table,
    inert,
    pipe_table,
    row_key,
    ruled_table,
    separator,
    span,
    styled_block,
)
from ehpilot.reporting.numbers import cell_text, chinese_date, with_unit
from ehpilot.reporting.open_edition import OpenEdition, State, state_of
from ehpilot.reporting.printed import RECORD, SECTIONS, WORKBOOK, Printed, PrintedTable
from ehpilot.reporting.project import lying_tables
from ehpilot.reporting.report_table import ReportTable

EDITION_ENV = "EHPILOT_EDITION"
PUBLIC_ENV = "EHPILOT_PUBLIC"
ENGINE_ENV = "EHPILOT_ENGINE_NAME"
NO_NUMBER = "（本期无数据）"
NOT_PUBLIC = "（公开版略）"


def document(document_id: str, edition: str = "", public: bool | None = None) -> Document:
    """The document's view of an edition (a folder; default $EHPILOT_EDITION, else $EHPILOT_OUT/editions/latest).

    ``public`` None: the public version where $EHPILOT_PUBLIC is 1. Raises UsageError without an edition or for a
    document that it does not know.
    """
    is_public = os.environ.get(PUBLIC_ENV) == "1" if public is None else public
    return Document(document_id, head.find_edition(edition or None), is_public)


def hand_over(names: Mapping[str, object], path: Path) -> None:
    """Write what the document among a notebook's names printed, for the press (``Printed.to_json``); the engines call
    this after the last cell."""
    opened = [value for value in names.values() if isinstance(value, Document)]
    path.write_text((opened[-1].printed if opened else Printed()).to_json(), encoding="utf-8")


@lru_cache(maxsize=1)
def _opened(state: State) -> OpenEdition:
    return OpenEdition(state[0])


class Document(FrontPage, Figures):
    """One document over one edition, read-only; documents that follow each other in a kernel share a connection."""

    def __init__(self, document_id: str, folder: Path, public: bool = False):
        opened = _opened(state_of(folder))
        self.connection, self.facts, self.traces = opened.connection, opened.facts, opened.traces
        self.folder = folder
        self.public = public
        self.head = head.read_document(self.connection, document_id)
        self.printed = Printed(document_id=document_id)

    # -- facts of the edition, for running text

    @property
    def title(self) -> Inline:
        """Official title with the zone's name."""
        return Inline(self.head.title)

    @property
    def zone(self) -> Inline:
        """Name of the zone."""
        return Inline(head.zone_name(self.facts))

    @property
    def unit(self) -> Inline:
        """Issuing unit."""
        return Inline(self.head.issuing_unit or "—")

    @property
    def date(self) -> Inline:
        """As-of date in Chinese."""
        return Inline(chinese_date(self.facts.as_of))

    @property
    def edition_no(self) -> Inline:
        """Number of the edition."""
        return Inline(str(self.facts.edition_no))

    @property
    def year(self) -> Inline:
        """Assessment year of the profile, else the year of the as-of date."""
        stated = self.facts.facts.get("assessment_year")
        return Inline(stated or (str(self.facts.as_of.year) if self.facts.as_of else "—"))

    # -- blocks

    def number(
        self, column: str, table: str | None = None, where: Mapping[str, Any] | None = None, unit: bool = True
    ) -> Inline:
        """One cell in running text, rounded, with its unit; “（本期无数据）” where it is null.

        ``table`` defaults to ``report.dNN_summary``, a table of one row. Raises UsageError when not exactly one row
        fits.
        """
        full = report_table.full_name(table or f"{self.head.document_id.lower()}_summary")
        found = self._table(full, [column], where, None, None)
        if not found.columns or found.gap == disclosure.NO_TABLE:
            return Inline(NOT_PUBLIC)
        if len(found.rows) != 1:
            raise UsageError(f"{full}: {len(found.rows)} rows for {where or 'no condition'}, one is needed")
        cell, declared = found.rows[0][0], found.columns[0]
        if cell.value is None and cell.text == "—":
            return Inline(NO_NUMBER)
        text = chinese_date(cell.value) if isinstance(cell.value, dt.date) else cell.text
        if unit and declared.is_numeric and cell.value is not None:
            text = with_unit(text, declared.unit)
        return Inline(text) if self.public else Inline(text, full, row_key(found.keys[0]), column)

    def table(
        self,
        table: str,
        columns: Sequence[str] | None = None,
        where: Mapping[str, Any] | None = None,
        top: int | None = None,
        order: Sequence[str] | None = None,
        optional: Sequence[str] = (),
    ) -> Block:
        """A table with Chinese headers, or the sentence why it has no rows; of ``document_*`` this document's rows.

        See ``report_table`` for the arguments; ``optional`` columns are left out, and a note says so, where no row has
        anything in them.
        """
        where = self._own(table, where)
        found = report_table.without_empty(self._table(table, columns, where, order, top), optional)
        self.printed.tables.append(
            PrintedTable(
                found.table, found.title, len(found.rows), columns=columns, where=dict(where or {}),
                order=list(order or ()), top=top,
            )
        )  # fmt: skip
        if found.gap:
            return self._gap_table(found)
        return Block(self._pipe(found) + _notes(found))

    def workbook(self, table: str, columns: Sequence[str], where: Mapping[str, Any] | None = None) -> Inline:
        """Name and number of rows of a table that stands in the document's workbook and not on its pages."""
        found = self._table(table, columns, where, None, None)
        self.printed.tables.append(
            PrintedTable(found.table, found.title, len(found.rows), WORKBOOK, columns=columns, where=dict(where or {}))
        )
        return Inline(f"“{found.title}”（{len(found.rows)}行）")

    def record(
        self, table: str, where: Mapping[str, Any] | None = None, columns: Sequence[str] | None = None, pairs: int = 2
    ) -> Block:
        """One row as a form: label and value side by side, ``pairs`` of them a line.

        Raises UsageError when more than one row fits.
        """
        found = self._table(table, columns, where, None, None)
        self.printed.tables.append(PrintedTable(found.table, found.title, len(found.rows), RECORD))
        if found.gap:
            return self._gap_table(found)
        if len(found.rows) > 1:
            raise UsageError(f"{found.table}: {len(found.rows)} rows for {where}, a form prints one")
        return Block(self._form(found, 0, pairs) + _notes(found))

    def cards(
        self,
        table: str,
        title: str,
        columns: Sequence[str] | None = None,
        level: int = 3,
        pairs: int = 2,
        where: Mapping[str, Any] | None = None,
        below: Sequence[str] = (),
    ) -> Block:
        """Each row as a heading (column ``title``) and its form; long texts (columns ``below``) as lines under it."""
        found = self._table(table, None if columns is None else [*columns, *below], where, None, None)
        titles = self._table(table, [title], where, None, None).rows  # the same rows, empty where it is not public
        if found.gap:
            return Block(self._gap_sentence(found.gap) + "\n")
        parts = []
        for number, name in enumerate(row[0].text if row else "" for row in titles):
            # An identifier of its own: one made from data could be that of a table.
            card = f"#card-{found.table.split('.')[1].replace('_', '-')}-{number + 1}"
            parts.append(f"{'#' * level} {number + 1}. {inert(name)} {{{card}}}")
            beside = report_table.with_columns(found, lambda column: column.name not in below)
            parts.append(self._form(beside, number, pairs))
            parts += self._lines(report_table.with_columns(found, lambda column: column.name in below), number)
        return Block("\n\n".join(parts) + _notes(found))

    def fields(self, table: str, where: Mapping[str, Any] | None = None, level: int = 2) -> Block:
        """A table of one row a field as sections with a table a subject (``field_tables``); not in a public version."""
        if self.public:
            return Block(NOT_PUBLIC)
        full, rows = report_table.full_name(table), self.rows(table, where)
        known = catalogue(self.connection)
        self.printed.tables.append(PrintedTable(full, known.title(full), len(rows), SECTIONS, where=dict(where or {})))
        if not rows:
            return Block(self._gap_sentence(report_table.gap_of(self.connection, full)) + "\n")
        return FieldTables(full, known.keys.get(full, ())).sections(rows, level)

    def items(self, table: str, column: str, where: Mapping[str, Any] | None = None) -> Block:
        """A bullet list of a text column."""
        found = self._table(table, [column], where, None, None)
        if found.gap:
            return Block(self._gap_sentence(found.gap) + "\n")
        return Block("\n".join(f"- {inert(row[0].text)}" for row in found.rows) + "\n")

    def passages(self, table: str, column: str, title: str, where: Mapping[str, Any] | None = None) -> Block:
        """Each row as paragraphs, the first behind the row's ``title`` in bold: articles."""
        found = self._table(table, [title, column], where, None, None)
        parts = [self._gap_sentence(found.gap)] if found.gap else []
        for name, text in found.rows if len(found.columns) == 2 else ():
            first, *more = (inert(line) for line in text.text.split("\n"))
            parts += [f"**{inert(name.text)}**　{first}", *more]
        return Block("\n\n".join(parts) + "\n")

    def rows(self, table: str, where: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Raw rows, for conditions and loops of the document; print them through the other helpers."""
        self.printed.looked_into.add(report_table.full_name(table))
        return report_table.records(self.connection, table, self._own(table, where))

    def text(self, value: Any) -> Inline:
        """A value of ``rows`` in running text."""
        return Inline(cell_text(value))

    def internal(self, text: str) -> Block:
        """Own words (Markdown) that stand in the version for the authorities only."""
        return Block("" if self.public else text)

    def cite(self, number: str) -> Inline:
        """《title》（number）of a standard in ``_shared/standards.yml``. Raises UsageError for an unknown one."""
        words = Standards.load().words(number)
        self.printed.cited.add(number)
        return Inline(words)

    def references(self) -> Block:
        """Numbered list of the standards cited so far and the works that the document's figures rest on
        (``report.document_reference``): standards by number, then other works."""
        works = [str(row["reference_cn"]) for row in self.rows("document_reference")]
        cited = [Standards.load().words(number) for number in self.printed.cited]
        standards = sorted({*cited, *(work for work in works if work.startswith("《"))}, key=_number_of)
        listed = [*standards, *(work for work in works if not work.startswith("《"))]
        return Block("\n".join(f"{place}. {inert(work)}" for place, work in enumerate(listed, start=1)) + "\n")

    def gap(self, subject: str) -> Inline:
        """“本期无数据：原因” as registered for a subject; nothing where no gap is registered."""
        reasons = report_table.gap_reasons(self.connection, subject)
        if not reasons:
            return Inline("")
        sentence = f"本期无数据：{'；'.join(reasons)}"
        self.printed.state_gap(sentence)
        return Inline(sentence)

    def evidence(self, short: bool = False) -> Block:
        """The page that says what was printed so far rests on, and names the annex beside the document; ``short``: of a
        document of a series, which has none."""
        name = "" if short else head.file_stem(self.head, self.public, WORD)
        return Block(evidence_page(Annex(self.connection, self.facts, self.printed, public=self.public), name))

    # -- inside

    def _table(self, table: str, columns: Any, where: Any, order: Any, top: Any) -> ReportTable:
        self.printed.looked_into.add(report_table.full_name(table))
        own = self._own(table, where)
        return disclosure.disclosed(self.connection, table, columns, own, order, top, is_public=self.public)

    def _own(self, table: str, where: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
        """The condition of ``where``, of a table that several documents have with this document's rows only."""
        if not report_table.full_name(table).startswith(SHARED):
            return where
        return {report_table.OF_DOCUMENT: self.head.document_id, **(where or {})}

    def _pipe(self, found: ReportTable, line: str = "") -> str:
        """A pipe table; a separator ``line`` makes its columns as wide as those of others (default: its own)."""
        facts = {
            "data-table": found.table,
            "data-columns": " ".join(column.name for column in found.columns),
            "data-trace": json.dumps([] if self.public else self._links(found.table), ensure_ascii=False),
        }
        headers = [inert(column.header) for column in found.columns]
        headers[0] = span(headers[0], "origin", {name.removeprefix("data-"): value for name, value in facts.items()})
        rows = [
            [
                self._cell(column.name, cell, key if position == 0 else None)
                for position, (column, cell) in enumerate(zip(found.columns, row, strict=True))
            ]
            for key, row in zip(found.keys, found.rows, strict=True)
        ]
        is_lying = found.table.removeprefix("report.") in lying_tables(self.head.document_id)
        return ruled_table(headers, rows, line or _separator(found, is_lying))

    def _form(self, found: ReportTable, number: int, pairs: int) -> str:
        labels = [column.header for column in found.columns]
        values = [
            self._value(found, number, column.name, cell)
            for column, cell in zip(found.columns, found.rows[number], strict=True)
        ]
        widest = max((display_width(label) for label in labels), default=0)
        return form_table([f"**{inert(label)}**" for label in labels], values, pairs, widest)

    def _lines(self, found: ReportTable, number: int) -> list[str]:
        """Each cell of a row as a paragraph of one note: long texts that a form has no room for."""
        texts = [
            f"**{inert(column.header)}**：{self._value(found, number, column.name, cell)}"
            for column, cell in zip(found.columns, found.rows[number], strict=True)
        ]
        return ['::: {custom-style="注"}\n' + "\n\n".join(texts) + "\n:::"] if texts else []

    # The public version shows no keys, which may be of columns that it leaves out, and no more digits than printed.

    def _value(self, found: ReportTable, number: int, column: str, cell: report_table.Cell) -> str:
        facts = {"table": found.table, "key": row_key(found.keys[number]), "column": column}
        return inert(cell.text) if self.public else span(inert(cell.text), "figure", facts)

    def _cell(self, column: str, cell: report_table.Cell, key: Mapping[str, Any] | None) -> str:
        text = equation(cell.text) if column == "equation" else inert(cell.text)
        facts = {"exact": cell.exact} if cell.exact else {}
        if key:
            facts["key"] = row_key(dict(key))
        return span(text, "cell", facts) if facts and not self.public else text

    def _links(self, table: str) -> list[dict[str, Any]]:
        """Where the rows come from, one level: for the page's origin panel."""
        return [
            {"table": link.table, "on": dict(link.on), "columns": list(link.columns)}
            for link in self.traces.get(table, [])
        ]

    def _gap_table(self, found: ReportTable) -> Block:
        self.printed.state_gap(found.gap)
        return Block(pipe_table(["说明"], [[inert(found.gap)]], [False], [["说明"], [found.gap]]) + _notes(found))

    def _gap_sentence(self, gap: str) -> str:
        self.printed.state_gap(gap)
        return inert(gap)


def _number_of(work: str) -> tuple[str, str]:
    """Standards in the order of their numbers: 《title》（number）."""
    title, _, number = work.rpartition("（")
    return number, title


def _separator(found: ReportTable, is_lying: bool) -> str:
    texts = [[cell.text for cell in row] for row in found.rows]
    printed = [[column.header for column in found.columns], *texts]
    return separator(printed, [column.is_numeric for column in found.columns], is_lying)


def _notes(found: ReportTable) -> str:
    if not found.notes:
        return ""
    return "\n" + styled_block("注", "注：" + "".join(found.notes)) + "\n"
