"""A series: a document that is rendered once a row of a table, one file a row and an index of them.

Which table, and what its files are called, is declared by ``meta.per`` of the document's exposure. Asked for again of
the same edition, those whose row, text and form are as they were are copied. Each prints the number and date of its
edition, so nothing is taken across editions.

Does not belong here: rendering one of them (``press``), side by side (``pool``), what one says (its .qmd file), hourly
series (``ehpilot.reading.series``).
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import jinja2

from ehpilot.errors import BuildError
from ehpilot.reading import edition as reading
from ehpilot.reading.documents import DocumentResult
from ehpilot.reporting import document_head as head
from ehpilot.reporting import report_table
from ehpilot.reporting.catalogue import Column, catalogue
from ehpilot.reporting.pool import Order, PressPool, wait_for
from ehpilot.reporting.press import make_folder
from ehpilot.reporting.project import PROJECT, source_hash

KEYS_FILE = "keys.json"

_environment = jinja2.Environment(
    loader=jinja2.PackageLoader("ehpilot.reporting", "templates"), autoescape=True, undefined=jinja2.StrictUndefined,
    trim_blocks=True, lstrip_blocks=True,
)  # fmt: skip


@dataclass(frozen=True)
class DocumentSeries:
    """What ``meta.per`` declares: a document for each row of ``table``, in its print order.

    ``key`` is the column that tells the rows apart and the parameter of the .qmd file; ``number`` the column whose
    text is the file's name; ``name`` the column of what it is about; ``folder`` where the files stand beside
    ``reports/``; ``noun`` what one of them is called; ``empty`` why there are none where the table has no rows.
    """

    document_id: str
    table: str
    key: str
    number: str
    name: str
    folder: str
    noun: str
    empty: str

    @classmethod
    def declared(cls, document_id: str, meta: Mapping[str, Any]) -> DocumentSeries | None:
        """The series that a document's ``meta`` declares, None without. Raises BuildError naming what is missing."""
        if not meta.get("per"):
            return None
        wanted = {item.name for item in fields(cls)} - {"document_id"}
        stated = dict(meta["per"])
        if set(stated) != wanted:
            wrong = ", ".join(sorted(set(stated) ^ wanted))
            raise BuildError(f"{document_id}: meta.per must state {', '.join(sorted(wanted))}; look at {wrong}")
        return cls(document_id, **stated)


@dataclass(frozen=True)
class Entry:
    """One document to make: its number (file name), key and name, and the hash of what decides its files."""

    number: str
    key: Any
    name: str
    content: str


@dataclass(frozen=True)
class StartedSeries:
    """A series whose documents are being rendered."""

    series: DocumentSeries
    edition: Path
    to: Path
    formats: Sequence[str]
    entries: Sequence[Entry]
    rendering: Sequence[Future[list[DocumentResult]]]

    def results(self) -> list[DocumentResult]:
        """Wait for all of them and write the index; returns the index and whatever failed."""
        failed = [result for made in self.rendering for result in wait_for(made) if result.state == "failed"]
        keys = {entry.number: entry.content for entry in self.entries}
        (self.to / KEYS_FILE).write_text(json.dumps(keys, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        with reading.open_marts(self.edition) as connection:
            title = head.read_document(connection, self.series.document_id).title
            columns = catalogue(connection).columns.get(self.series.table, {})
        facts = reading.info(self.edition)
        page = _environment.get_template("series_index.html.j2").render(
            title=title, zone=head.zone_name(facts), mark=reading.FICTION_MARK if facts.is_fictional else "",
            number_label=_label(columns, self.series.number), name_label=_label(columns, self.series.name),
            noun=self.series.noun, empty=self.series.empty,
            entries=self.entries, formats=self.formats, made={path.name for path in self.to.iterdir()},
        )  # fmt: skip
        index = self.to / "index.html"
        index.write_text(page, encoding="utf-8")
        gaps = () if self.entries else (f"本期无数据：{self.series.empty}",)
        tables = (self.series.table,)
        made = DocumentResult(self.series.document_id, title, "html", index.resolve(), gaps=gaps, tables=tables)
        return [made, *failed]


def start_series(
    pool: PressPool,
    series: DocumentSeries,
    edition: Path,
    to: Path,
    formats: Sequence[str],
    previous: Path | None = None,
    tell: Callable[[int, int], None] | None = None,
) -> StartedSeries:
    """Begin the files ``<to>/<number>.<format>``; :meth:`StartedSeries.results` waits for them.

    ``previous`` is a folder of documents made before, from which unchanged ones are taken. ``tell`` gets how many of
    how many are made as each is done, in any thread. Raises UsageError for a folder that can't be written.
    """
    entries = _entries(series, edition, pool.project)
    make_folder(to)
    earlier = _keys(previous)
    wanted = [entry for entry in entries if not _taken_over(entry, previous, earlier, to, formats)]
    done = iter(range(len(entries) - len(wanted) + 1, len(entries) + 1))

    def count(_: object) -> None:
        if tell is not None:
            tell(next(done), len(entries))

    rendering = []
    for entry in wanted:
        parameters = {series.key: str(entry.key)}
        order = Order(series.document_id, edition, to, formats, parameters=parameters, stem=entry.number)
        rendering.append(pool.submit(order))
        rendering[-1].add_done_callback(count)
    return StartedSeries(series, edition, to, formats, entries, rendering)


def _entries(series: DocumentSeries, edition: Path, project: Path = PROJECT) -> list[Entry]:
    with reading.open_marts(edition) as connection:
        if not reading.has_table(connection, series.table):
            return []
        rows = report_table.records(connection, series.table)
    # Of one run: whatever else a document prints is the same as before.
    common = f"{source_hash(project, series.document_id)}|{reading.info(edition).run_id}"
    return [
        Entry(
            _file_name(str(row[series.number] or row[series.key])), row[series.key], row[series.name] or "—",
            hashlib.sha256(f"{common}|{row!r}".encode()).hexdigest(),
        )
        for row in rows
    ]  # fmt: skip


def _label(columns: Mapping[str, Column], name: str) -> str:
    return columns[name].label if name in columns else name


def _file_name(text: str) -> str:
    """A number as a file name: no separators, nothing hidden."""
    return "".join(letter if letter.isalnum() or letter in "-_" else "_" for letter in text)


def _keys(previous: Path | None) -> dict[str, str]:
    path = previous / KEYS_FILE if previous else None
    return json.loads(path.read_text(encoding="utf-8")) if path and path.is_file() else {}


def _taken_over(
    entry: Entry, previous: Path | None, earlier: dict[str, str], to: Path, formats: Sequence[str]
) -> bool:  # fmt: skip
    if previous is None or earlier.get(entry.number) != entry.content:
        return False
    files = [previous / f"{entry.number}.{format}" for format in formats]
    if not all(file.is_file() for file in files):
        return False
    for file in files:
        shutil.copyfile(file, to / file.name)
    return True
