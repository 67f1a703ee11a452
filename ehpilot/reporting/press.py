"""The press: one document of an edition in the formats asked for, by the engine that this machine has.

    with Press() as press:
        results = press.render("D01", edition, to, ("html", "docx", "pdf", "xlsx"))

A document that can't be made is returned as failed with its reason; the others are not held up. Cells run once a
document, whatever the number of formats. Beside each stands its evidence annex, without which it is not made; those of
a series have none.

Does not belong here: the engines (``engine``), what is done to a file of one format (``finish_*``, ``workbook``),
which documents exist (the register), work on several
cores (``pool``).
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path

import duckdb

from ehpilot.errors import BuildError, UsageError
from ehpilot.reading import edition as reading
from ehpilot.reading.documents import DocumentResult
from ehpilot.reporting import disclosure, finish_docx, finish_html, report_table, workbook
from ehpilot.reporting import document_head as head
from ehpilot.reporting.annex import TITLE, WORD, Annex
from ehpilot.reporting.annex_document import DOCUMENT_ENV, PRINTED_ENV
from ehpilot.reporting.document_view import EDITION_ENV, ENGINE_ENV, PUBLIC_ENV
from ehpilot.reporting.engine import CHOICE_ENV, Engine, choose
from ehpilot.reporting.engine.embedded import EmbeddedEngine
from ehpilot.reporting.engine.executed import Executed
from ehpilot.reporting.fonts import NoChineseFontError
from ehpilot.reporting.numbers import chinese_date
from ehpilot.reporting.open_edition import OpenEdition, state_of
from ehpilot.reporting.printed import TABLE, WORKBOOK, PrintedTable
from ehpilot.reporting.project import ANNEX, PROJECT, documents

FORMATS = ("html", "docx", "pdf", "xlsx")
WRITERS = 2  # more would only wait for each other on the two cores that an office's machine has
_MENDABLE = (UsageError, BuildError, duckdb.Error, OSError)


class Press:
    """Renders documents of one project; keeps its engine's kernel until :meth:`close`."""

    def __init__(self, project: Path = PROJECT, picture_cache: Path | None = None):
        self.project = project
        self.picture_cache = picture_cache
        self._engine: Engine | None = None
        self._series_engine: Engine | None = None
        self._opened: OpenEdition | None = None
        self._heads: dict[str, head.DocumentHead] = {}  # of the open edition

    @property
    def engine(self) -> Engine:
        """The engine, chosen at the first document."""
        if self._engine is None:
            if self.picture_cache:
                self.picture_cache.mkdir(parents=True, exist_ok=True)
            self._engine = choose(self.project, self.picture_cache)
        return self._engine

    @property
    def series_engine(self) -> Engine:
        """The engine of a series of many small documents: the embedded one unless Quarto is asked for by name, as a
        run of Quarto a file would take a quarter of an hour for a hundred of them."""
        if isinstance(self.engine, EmbeddedEngine) or os.environ.get(CHOICE_ENV) == "quarto":
            return self.engine
        if self._series_engine is None:
            self._series_engine = EmbeddedEngine(self.project, self.picture_cache)
        return self._series_engine

    def render(
        self,
        document_id: str,
        edition: Path | str | None,
        to: Path,
        formats: Sequence[str] = FORMATS[:3],
        public: bool = False,
        parameters: Mapping[str, str] | None = None,
        stem: str = "",
    ) -> list[DocumentResult]:
        """Files of a document in ``to``, one result a format. Raises UsageError without an edition or for a folder
        that can't be written.

        ``parameters`` make it one of a series, ``stem`` replaces the official file name.
        """
        folder = head.find_edition(edition).resolve()
        make_folder(to)
        known = head.DocumentHead(document_id, document_id, "", ())
        with tempfile.TemporaryDirectory(prefix="ehpilot-press-") as work:
            try:
                opened = self._open(folder)
                known = self._head(opened, document_id)
                job = _Job(self, known, opened, Path(work), public, dict(parameters or {}))
            except _MENDABLE as error:
                return [_failed(known, format, error) for format in formats]
            name = stem or head.file_stem(known, public)
            with ThreadPoolExecutor(WRITERS) as pool:  # pandoc and Typst work outside of Python
                return list(pool.map(lambda format: job.write(format, to / f"{name}.{format}", formats), formats))

    def _open(self, folder: Path) -> OpenEdition:
        """The edition, kept open for the documents that follow."""
        if self._opened is None or self._opened.state != state_of(folder):
            self._let_go()
            self._opened = OpenEdition(folder)
        return self._opened

    def _let_go(self) -> None:
        if self._opened is not None:
            self._opened.connection.close()
        self._opened = None
        self._heads.clear()

    def _head(self, opened: OpenEdition, document_id: str) -> head.DocumentHead:
        """The head of a document, read once for a series."""
        if document_id not in self._heads:
            self._heads[document_id] = head.read_document(opened.connection, document_id)
        return self._heads[document_id]

    def close(self) -> None:
        """Stop the engines and close the edition."""
        self._let_go()
        for engine in (self._engine, self._series_engine):
            if engine is not None:
                engine.close()
        self._engine = self._series_engine = None

    def __enter__(self) -> Press:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Job:
    """One document whose cells have run, and those of its annex, in a temporary folder. Raises what the engine
    raises."""

    def __init__(
        self, press: Press, known: head.DocumentHead, opened: OpenEdition, work: Path, public: bool,
        parameters: dict[str, str],
    ):  # fmt: skip
        self.head, self.opened, self.facts, self.work, self.public = known, opened, opened.facts, work, public
        found = documents(press.project)
        if known.document_id not in found:
            raise UsageError(f"{known.document_id}: no .qmd file in {press.project.name}/ / 没有 .qmd 文件")
        self.engine = press.series_engine if parameters else press.engine
        environment = {EDITION_ENV: str(opened.folder), PUBLIC_ENV: "1" if public else "0"}
        environment[ENGINE_ENV] = self.engine.name
        self.executed = self.engine.execute(found[known.document_id], work, environment, parameters)
        self.annex: Executed | None = None
        if not parameters:
            folder, printed = work / "annex", work / "annex_of.json"
            folder.mkdir()
            printed.write_text(self.executed.printed.to_json(), encoding="utf-8")
            environment.update({DOCUMENT_ENV: known.document_id, PRINTED_ENV: str(printed)})
            self.annex = self.engine.execute(press.project / ANNEX, folder, environment, {})

    @property
    def mark(self) -> str:
        return reading.FICTION_MARK if self.facts.is_fictional else ""

    def write(self, format: str, target: Path, formats: Sequence[str]) -> DocumentResult:
        """One file and its annex; never half of one. The workbook of the annex comes with the first of ``formats``
        where it is not one of them."""
        printed = self.executed.printed
        result = DocumentResult(
            self.head.document_id, self.head.title, format, None, gaps=tuple(printed.gaps), tables=printed.table_names
        )
        try:
            made = self._written(self.executed, format, self.head.title, self.work)
            annexes = self._annexes(format, formats)
            shutil.move(made, target)
            annexes = [Path(shutil.move(annex, target.parent / annex.name)) for annex in annexes]
        except NoChineseFontError as error:
            return replace(result, state="gap", reason=str(error), gaps=(*result.gaps, f"本期无数据：{error}"))
        except _MENDABLE as error:
            return replace(result, state="failed", reason=_first_line(error))
        return replace(result, path=target.resolve(), annexes=tuple(annex.resolve() for annex in annexes))

    def _annexes(self, format: str, formats: Sequence[str]) -> list[Path]:
        if self.annex is None:
            return []
        wanted = [format, "xlsx"] if format == formats[0] and "xlsx" not in formats else [format]
        stem = head.file_stem(self.head, self.public, WORD)
        made = [self._written(self.annex, one, self.head.title + TITLE, self.work / "annex") for one in wanted]
        return [path.rename(path.with_name(f"{stem}{path.suffix}")) for path in made]

    def _written(self, executed: Executed, format: str, title: str, folder: Path) -> Path:
        made = folder / f"made.{format}"
        if format == "xlsx":
            self._workbook(made, title, is_annex=executed is self.annex)
            return made
        executed.write(made)
        if format == "docx":
            finish_docx.finish(made, self.mark, title, executed.printed.title_head)
        elif format == "html":
            finish_html.finish(made)
        return made

    def _workbook(self, made: Path, title: str, is_annex: bool) -> None:
        printed = self.executed.printed
        with self.opened.lock:
            if is_annex:
                annex = Annex(self.opened.connection, self.facts, printed, self.engine.name, self.public)
                tables = [part.table() for part in annex.parts()]
            else:
                tables = [self._table(item) for item in printed.tables if item.form in (TABLE, WORKBOOK)]
        if not tables:
            raise BuildError(f"{self.head.document_id}: prints no table that a workbook could hold")
        facts = self.facts
        sheet_head = workbook.SheetHead(
            title, self.head.issuing_unit, chinese_date(facts.as_of), f"第{facts.edition_no}版",
            "公开版" if self.public else "报送版", self.mark,
        )  # fmt: skip
        workbook.write(made, sheet_head, tables)

    def _table(self, item: PrintedTable) -> report_table.ReportTable:
        arguments = (item.columns, item.where, item.order or None, item.top)
        return disclosure.disclosed(self.opened.connection, item.table, *arguments, is_public=self.public)


def make_folder(to: Path) -> None:
    """Make a folder for documents. Raises UsageError where it can't be."""
    try:
        to.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{to}: cannot be written ({error.strerror}) / 无法写入") from error


def _failed(known: head.DocumentHead, format: str, error: Exception) -> DocumentResult:
    return DocumentResult(known.document_id, known.title, format, None, "failed", _first_line(error))


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


@cache
def shared(project: Path = PROJECT, picture_cache: Path | None = None) -> Press:
    """The press of this process: its documents share one kernel, which ends with the process."""
    return Press(project, picture_cache)
