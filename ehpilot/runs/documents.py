"""Which documents are begun when: all at once on all cores, documents of one file first, then those of a series.

Used by a build, whose steps each wait for one document, and by ``ehpilot report``. Does not belong here: rendering
(``ehpilot.reporting``), what is taken over from earlier (``ehpilot.runs.rerender``), Dagster.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from functools import cached_property, partial
from pathlib import Path

from ehpilot.reading.documents import DocumentResult
from ehpilot.register import Deliverable, Register
from ehpilot.reporting.document_series import DocumentSeries, start_series
from ehpilot.reporting.pool import Order, PressPool, wait_for
from ehpilot.reporting.project import PROJECT

EVERY_S = 5.0  # between two lines of progress
Waiting = Callable[[], list[DocumentResult]]


def written(register: Register) -> dict[str, Deliverable]:
    """Declared documents that have a text, by id."""
    return {key: item for key, item in register.documents.items() if (PROJECT / item.qmd).is_file()}


def series_of(document: Deliverable) -> DocumentSeries | None:
    """The series that a document is, None for one of one file."""
    return DocumentSeries.declared(document.deliverable_id, document.meta)


def series_last(documents: Iterable[Deliverable]) -> list[Deliverable]:
    """In the order to begin them: the large ones first, and the many small ones fill the cores to the end."""
    return sorted(documents, key=lambda document: (series_of(document) is not None, document.deliverable_id))


def begin_series(
    pool: PressPool, series: DocumentSeries, edition: Path, root: Path, formats: tuple[str, ...]
) -> Waiting:
    """Begin a series under ``root``; those unchanged since the edition was made are taken from it."""
    tell = Progress(series.document_id)
    previous = edition / series.folder if root != edition else None
    return start_series(pool, series, edition, root / series.folder, formats, previous, tell).results


class BuildDocuments:
    """The documents of an edition under construction: begun when the first result is asked for."""

    def __init__(self, documents: Iterable[Deliverable], edition: Path, picture_cache: Path):
        self._documents, self._edition = list(documents), edition
        self._pool = PressPool(picture_cache=picture_cache)

    def results(self, document_id: str) -> list[DocumentResult]:
        """The files of one document, once; what fails is a result, not an error. Raises BuildError where the process
        that made it died."""
        results = self._begun.pop(document_id)()
        if not self._begun:
            self._pool.close()
        return results

    def stop(self) -> None:
        """Break off what is still being rendered."""
        self._pool.stop()

    @cached_property
    def _begun(self) -> dict[str, Waiting]:
        return {item.deliverable_id: self._begin(item) for item in series_last(self._documents)}

    def _begin(self, document: Deliverable) -> Waiting:
        formats, series = tuple(document.meta["formats"]), series_of(document)
        if series is not None:
            return begin_series(self._pool, series, self._edition, self._edition, formats)
        order = Order(document.deliverable_id, self._edition, self._edition / "reports", formats)
        return partial(wait_for, self._pool.submit(order))


class Progress:
    """Lines “DOSSIER 120/548” on the error output, some seconds apart."""

    def __init__(self, name: str):
        self.name = name
        self._next = time.monotonic() + EVERY_S

    def __call__(self, done: int, total: int) -> None:
        """Say how many are done, unless that was said just now."""
        if done == total or time.monotonic() >= self._next:
            self._next = time.monotonic() + EVERY_S
            sys.stderr.write(f"  {self.name} {done}/{total}\n")
            sys.stderr.flush()
