"""The press: one document of an edition in the formats asked for, by the engine that this machine has.

    with Press() as press:
        results = press.render("D01", edition, to, ("html", "docx", "pdf", "xlsx"))

A document that can't be made is returned as failed with its reason; the others are not held up. Cells run once a
document, whatever the number of formats.

Does not belong here: the engines (``engine``), what is done to a file of one format (``finish_*``, ``workbook``),
which documents exist (the register).
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from ehpilot.errors import BuildError, UsageError
from ehpilot.reading import edition as reading
from ehpilot.reading.documents import DocumentResult
from ehpilot.reporting import disclosure, finish_docx, finish_html, report_table, workbook
from ehpilot.reporting import edition as head
from ehpilot.reporting.engine import CHOICE_ENV, Engine, choose
from ehpilot.reporting.engine.embedded import EmbeddedEngine
from ehpilot.reporting.fonts import NoChineseFontError
from ehpilot.reporting.numbers import chinese_date
from ehpilot.reporting.project import PROJECT, documents
from ehpilot.reporting.view import EDITION_ENV, ENGINE_ENV, PUBLIC_ENV, RECORD_ENV

FORMATS = ("html", "docx", "pdf", "xlsx")
WRITERS = 2  # more would only wait for each other on the two cores that an office's machine has
PUBLIC_WORD = "（公开版）"
_MENDABLE = (UsageError, BuildError, duckdb.Error, OSError)


@dataclass(frozen=True)
class Executed:
    """A document whose cells have run: its head, and what it printed."""

    head: head.Document
    record: dict[str, Any] = field(default_factory=dict)

    @property
    def tables(self) -> tuple[str, ...]:
        """Tables that it printed, each once, in order."""
        return tuple(dict.fromkeys(item["table"] for item in self.record.get("tables", [])))

    @property
    def gaps(self) -> tuple[str, ...]:
        """Its sentences “本期无数据：…”."""
        return tuple(self.record.get("gaps", []))


class Press:
    """Renders documents of one project; keeps its engine's kernel until :meth:`close`."""

    def __init__(self, project: Path = PROJECT, picture_cache: Path | None = None):
        self.project = project
        self.picture_cache = picture_cache
        self._engine: Engine | None = None
        self._series_engine: Engine | None = None
        self._heads: dict[tuple[Path, int, int, str], tuple[reading.EditionInfo, head.Document]] = {}

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
        run of Quarto a file would take a quarter of an hour for a hundred dossiers."""
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

        ``stem`` replaces the official file name (documents of a series).
        """
        return self.start(document_id, edition, to, formats, public, parameters, stem).write()

    def start(
        self,
        document_id: str,
        edition: Path | str | None,
        to: Path,
        formats: Sequence[str] = FORMATS[:3],
        public: bool = False,
        parameters: Mapping[str, str] | None = None,
        stem: str = "",
    ) -> Started:
        """Run the cells of a document; its files are written by :meth:`Started.write`, in any thread, once.

        Arguments and errors are those of :meth:`render`.
        """
        folder = head.find_edition(edition).resolve()
        make_folder(to)
        known = head.Document(document_id, document_id, "", ())
        work = tempfile.TemporaryDirectory(prefix="ehpilot-press-")
        try:
            facts, known = self._head(folder, document_id)
            job = _Job(self, known, facts, folder, Path(work.name), public, dict(parameters or {}))
            job.execute()
        except _MENDABLE as error:
            return Started(work, [_failed(known, format, error) for format in formats])
        except BaseException:
            work.cleanup()
            raise
        name = stem or head.file_stem(known) + (PUBLIC_WORD if public else "")
        return Started(work, [], job, {format: to / f"{name}.{format}" for format in formats})

    def _head(self, folder: Path, document_id: str) -> tuple[reading.EditionInfo, head.Document]:
        """Facts of an edition and of a document, read once for a series."""
        state = reading.marts_file(folder).stat()
        key = (folder, state.st_ino, state.st_mtime_ns, document_id)
        if key not in self._heads:
            with reading.open_marts(folder) as connection:
                known = head.read_document(connection, document_id)
            self._heads[key] = (reading.info(folder), known)
        return self._heads[key]

    def close(self) -> None:
        """Stop the engines."""
        for engine in (self._engine, self._series_engine):
            if engine is not None:
                engine.close()
        self._engine = self._series_engine = None

    def __enter__(self) -> Press:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass(frozen=True)
class Started:
    """A document whose cells have run, or have failed."""

    work: tempfile.TemporaryDirectory[str]
    failed: list[DocumentResult]
    job: _Job | None = None
    targets: Mapping[str, Path] = field(default_factory=dict)

    def write(self) -> list[DocumentResult]:
        """Its files, a thread a format: pandoc and Typst work outside of Python."""
        with self.work:
            if self.job is None or not self.targets:
                return self.failed
            with ThreadPoolExecutor(WRITERS) as pool:
                return list(pool.map(self.job.write, self.targets, self.targets.values()))


class _Job:
    """One document being rendered, in a temporary folder."""

    def __init__(
        self, press: Press, known: head.Document, facts: reading.EditionInfo, edition: Path, work: Path, public: bool,
        parameters: dict[str, str],
    ):  # fmt: skip
        self.press, self.head, self.facts, self.edition, self.work = press, known, facts, edition, work
        self.public, self.parameters = public, parameters
        self.executed = Executed(known)

    @property
    def mark(self) -> str:
        return head.FICTION_MARK if self.facts.is_fictional else ""

    def execute(self) -> None:
        """Run the cells. Raises what the engine raises."""
        found = documents(self.press.project)
        if self.head.document_id not in found:
            raise UsageError(f"{self.head.document_id}: no .qmd file in {self.press.project.name}/ / 没有 .qmd 文件")
        # Parameters make a document one of a series.
        engine = self.press.series_engine if self.parameters else self.press.engine
        record = self.work / "record.json"
        environment = {
            EDITION_ENV: str(self.edition), PUBLIC_ENV: "1" if self.public else "0", RECORD_ENV: str(record),
            ENGINE_ENV: engine.name,
        }  # fmt: skip
        self._write = engine.execute(found[self.head.document_id], self.work, environment, self.parameters)
        if record.exists():
            self.executed = replace(self.executed, record=json.loads(record.read_text(encoding="utf-8")))

    def write(self, format: str, target: Path) -> DocumentResult:
        """One file; never half of one."""
        made = self.work / f"made.{format}"
        result = DocumentResult(
            self.head.document_id, self.head.title, format, None, gaps=self.executed.gaps, tables=self.executed.tables
        )
        try:
            if format == "xlsx":
                self._workbook(made)
            else:
                self._write(made)
                self._finish(made)
            shutil.move(made, target)
        except NoChineseFontError as error:
            return replace(result, state="gap", reason=str(error), gaps=(*result.gaps, f"本期无数据：{error}"))
        except _MENDABLE as error:
            return replace(result, state="failed", reason=_first_line(error))
        return replace(result, path=target.resolve())

    def _finish(self, made: Path) -> None:
        if made.suffix == ".docx":
            finish_docx.finish(made, self.mark, self.head.title, self.executed.record.get("title_head", ""))
        elif made.suffix == ".html":
            finish_html.finish(made)

    def _workbook(self, made: Path) -> None:
        with reading.open_marts(self.edition) as connection:
            tables = [self._table(connection, item) for item in self.executed.record.get("tables", [])
                      if item["form"] == "table"]  # fmt: skip
        if not tables:
            raise BuildError(f"{self.head.document_id}: prints no table that a workbook could hold")
        facts = self.facts
        sheet_head = workbook.SheetHead(
            self.head.title, self.head.issuing_unit, chinese_date(facts.as_of), f"第{facts.edition_no}版",
            "公开版" if self.public else "报送版", self.mark,
        )  # fmt: skip
        workbook.write(made, sheet_head, tables)

    def _table(self, connection: duckdb.DuckDBPyConnection, item: dict[str, Any]) -> report_table.ReportTable:
        arguments = (item["columns"], item["where"], item["order"] or None, item["top"])
        return disclosure.disclosed(connection, item["table"], *arguments, is_public=self.public)


def make_folder(to: Path) -> None:
    """Make a folder for documents. Raises UsageError where it can't be."""
    try:
        to.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{to}: cannot be written ({error.strerror}) / 无法写入") from error


def _failed(known: head.Document, format: str, error: Exception) -> DocumentResult:
    return DocumentResult(known.document_id, known.title, format, None, "failed", _first_line(error))


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


@cache
def shared(picture_cache: Path | None = None) -> Press:
    """The press of this process: documents of one build share its kernel. Its kernel ends with the process."""
    return Press(picture_cache=picture_cache)
