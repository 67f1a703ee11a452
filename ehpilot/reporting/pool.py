"""Documents rendered on all cores: a press in each worker process, asked for one document at a time.

    with PressPool(picture_cache=folder) as pool:
        waiting = [pool.submit(order) for order in orders]
        results = [future.result() for future in waiting]

A worker keeps its press, so that it starts one kernel and opens an edition once, whatever the number of documents.
What comes out is the same files, byte for byte, as from a press in this process.

Does not belong here: which documents there are and in which order they begin (``ehpilot.runs.documents``), how workers
start and end (``ehpilot.executors``).
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from ehpilot.errors import BuildError
from ehpilot.executors import InProcessExecutor, break_off, cores, executor
from ehpilot.reading.documents import DocumentResult
from ehpilot.reporting.press import shared
from ehpilot.reporting.project import PROJECT

ENDING_S = 10.0  # a kernel whose worker was broken off is gone by then


@dataclass(frozen=True)
class Order:
    """One document to render: the arguments of ``Press.render``."""

    document_id: str
    edition: Path
    to: Path
    formats: Sequence[str]
    public: bool = False
    parameters: Mapping[str, str] = field(default_factory=dict)
    stem: str = ""


class PressPool:
    """Presses side by side, begun with the first order; with one worker, this process's own."""

    def __init__(self, project: Path = PROJECT, picture_cache: Path | None = None, workers: int | None = None):
        self.project, self.picture_cache = project, picture_cache
        self.workers = cores() if workers is None else workers
        self._executor: Executor | None = None
        # Temporary files of the workers: they are gone with the pool, also where a worker was broken off.
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def submit(self, order: Order) -> Future[list[DocumentResult]]:
        """Begin a document; orders are begun as they come. The future's errors are those of ``Press.render``; a
        document that can't be made is a result."""
        if self._executor is None:
            self._start()
        assert self._executor is not None
        return self._executor.submit(_render, order, self.project, self.picture_cache)

    def _start(self) -> None:
        if self.workers < 2:
            self._executor = InProcessExecutor()
            return
        self._folder = tempfile.TemporaryDirectory(prefix="ehpilot-presses-", ignore_cleanup_errors=True)
        name = self._folder.name  # where this process is killed, its workers clear it
        self._executor = executor(self.workers, partial(_prepare, name), partial(_clear, name))

    def close(self) -> None:
        """End the presses once all orders are done."""
        self._end(lambda pool: pool.shutdown())

    def stop(self) -> None:
        """End the presses in the middle of their work."""
        self._end(break_off)

    def _end(self, end: Callable[[Executor], None]) -> None:
        pool, self._executor = self._executor, None
        if pool is not None:
            end(pool)
        if isinstance(pool, InProcessExecutor):
            shared(self.project, self.picture_cache).close()
        if self._folder is not None:
            _clear(self._folder.name)
            self._folder.cleanup()

    def __enter__(self) -> PressPool:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.close()
        else:
            self.stop()


def wait_for(rendering: Future[list[DocumentResult]]) -> list[DocumentResult]:
    """The results of an order. Raises what its press raised, BuildError where its process died."""
    try:
        return rendering.result()
    except BrokenProcessPool as error:
        raise BuildError(
            "a process that renders documents died; was memory short? / 渲染文件的进程已终止，是否内存不足？"
        ) from error


def _clear(folder: str) -> None:
    """Remove the folder, again while another worker or a kernel that was broken off writes into it as it ends."""
    until = time.monotonic() + ENDING_S
    while Path(folder).exists() and time.monotonic() < until:
        shutil.rmtree(folder, ignore_errors=True)
        time.sleep(0.05)


def _prepare(folder: str) -> None:
    tempfile.tempdir = folder
    os.environ.update(TMPDIR=folder, JUPYTER_RUNTIME_DIR=folder)


def _render(order: Order, project: Path, picture_cache: Path | None) -> list[DocumentResult]:
    arguments = (order.document_id, order.edition, order.to, order.formats, order.public)
    return shared(project, picture_cache).render(*arguments, order.parameters, order.stem)
