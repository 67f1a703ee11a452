"""A document that is rendered once a row of an index table: the dossiers of the enterprises.

Asked for again of the same edition, those whose rows, text and form are as they were are copied. Each prints the number
and date of its edition, so nothing is taken across editions.

Does not belong here: rendering one of them (``press``), what a dossier says (dossier.qmd).
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import jinja2

from ehpilot.reading import edition as reading
from ehpilot.reading.documents import DocumentResult
from ehpilot.reporting import edition as head
from ehpilot.reporting import report_table
from ehpilot.reporting.press import WRITERS, Press, make_folder
from ehpilot.reporting.project import PROJECT, source_hash

INDEX_TABLE = "report.dossier_index"
PREFIX = "report.dossier_"
KEY_COLUMN = "enterprise_id"
AHEAD = 4  # documents whose cells have run and whose files are not written yet
KEYS_FILE = "keys.json"

_environment = jinja2.Environment(
    loader=jinja2.PackageLoader("ehpilot.reporting", "templates"), autoescape=True, undefined=jinja2.StrictUndefined,
    trim_blocks=True, lstrip_blocks=True,
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One dossier to make: its number (file name), enterprise, and the hash of all that it prints."""

    dossier_no: str
    enterprise_id: str
    name: str
    content: str


def render_series(
    press: Press,
    document_id: str,
    edition: Path,
    to: Path,
    formats: Sequence[str] = ("html", "docx"),
    previous: Path | None = None,
) -> list[DocumentResult]:
    """Files ``<to>/<dossier_no>.<format>`` and ``<to>/index.html``; returns the index and whatever failed.

    ``previous`` is a folder of dossiers made before, from which unchanged ones are taken.
    """
    with reading.open_marts(edition) as connection:
        known = head.read_document(connection, document_id)
        entries = _entries(connection, edition, document_id, press.project)
    make_folder(to)
    earlier = _keys(previous)
    wanted = [entry for entry in entries if not _taken_over(entry, previous, earlier, to, formats)]
    failed = [r for r in _made(press, document_id, edition, to, formats, wanted) if r.state == "failed"]
    keys = {entry.dossier_no: entry.content for entry in entries}
    (to / KEYS_FILE).write_text(json.dumps(keys, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    facts = reading.info(edition)
    page = _environment.get_template("dossier_index.html.j2").render(
        title=known.title, zone=head.zone_name(facts), mark=head.FICTION_MARK if facts.is_fictional else "",
        entries=entries, formats=formats, made={path.name for path in to.iterdir()},
    )  # fmt: skip
    index = to / "index.html"
    index.write_text(page, encoding="utf-8")
    gaps = () if entries else ("本期无数据：没有列入清单的风险源",)
    return [
        DocumentResult(document_id, known.title, "html", index.resolve(), gaps=gaps, tables=(INDEX_TABLE,)), *failed,
    ]  # fmt: skip


def _made(
    press: Press, document_id: str, edition: Path, to: Path, formats: Sequence[str], entries: Sequence[Entry]
) -> Iterator[DocumentResult]:
    """Files of each entry: cells of the next one run while the files of those before it are written."""
    waiting: deque[Future[list[DocumentResult]]] = deque()
    with ThreadPoolExecutor(WRITERS) as pool:
        for entry in entries:
            parameters = {KEY_COLUMN: entry.enterprise_id}
            started = press.start(document_id, edition, to, formats, parameters=parameters, stem=entry.dossier_no)
            waiting.append(pool.submit(started.write))
            if len(waiting) > AHEAD:
                yield from waiting.popleft().result()
        for made in waiting:
            yield from made.result()


def _entries(
    connection: duckdb.DuckDBPyConnection, edition: Path, document_id: str, project: Path = PROJECT
) -> list[Entry]:
    if not reading.has_table(connection, INDEX_TABLE):
        return []
    printed: dict[Any, list[str]] = defaultdict(list)
    for table in reading.table_names(connection):
        if table.startswith(PREFIX) and KEY_COLUMN in reading.columns_of(connection, table):
            for row in report_table.records(connection, table):
                row.pop("row_no", None)  # its place in the list is not printed in a dossier
                printed[row[KEY_COLUMN]].append(f"{table}|{row!r}")
    facts = reading.info(edition)
    common = f"{source_hash(project, document_id)}|{facts.run_id}"
    return [
        Entry(
            _file_name(row["dossier_no"] or row[KEY_COLUMN]), row[KEY_COLUMN], row["name"] or "—",
            hashlib.sha256("\n".join([common, *printed[row[KEY_COLUMN]]]).encode()).hexdigest(),
        )
        for row in report_table.records(connection, INDEX_TABLE)
    ]  # fmt: skip


def _file_name(text: str) -> str:
    """A number as a file name: no separators, nothing hidden."""
    return "".join(letter if letter.isalnum() or letter in "-_" else "_" for letter in text)


def _keys(previous: Path | None) -> dict[str, str]:
    path = previous / KEYS_FILE if previous else None
    return json.loads(path.read_text(encoding="utf-8")) if path and path.is_file() else {}


def _taken_over(
    entry: Entry, previous: Path | None, earlier: dict[str, str], to: Path, formats: Sequence[str]
) -> bool:  # fmt: skip
    if previous is None or earlier.get(entry.dossier_no) != entry.content:
        return False
    files = [previous / f"{entry.dossier_no}.{format}" for format in formats]
    if not all(file.is_file() for file in files):
        return False
    for file in files:
        shutil.copyfile(file, to / file.name)
    return True
