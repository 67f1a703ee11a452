"""One process beside a build's own: a standard executor of one worker, and a pipe for what it tells while it works.

What is submitted is done in the order of submitting; its answer is a future. Told is what cannot wait for the answer:
dbt's nodes, so that Dagster records them on the other core while dbt goes on. The pipe is the helper's lifeline too: it
ends when it is told to or the other end is gone, in the middle of its work if need be.

Does not belong here: how a worker starts (``ehpilot.executors``), what is done in it (``steps``), the database
(``connection``).
"""

from __future__ import annotations

import contextlib
import multiprocessing.util
import os
import pickle
import threading
from collections import deque
from collections.abc import Callable, Generator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing.connection import Connection, wait
from typing import Any

from ehpilot.errors import BuildError
from ehpilot.executors import InProcessExecutor, executor

PATIENCE_S = 1.0  # between two looks whether the work ended without a word
_END = None  # told when a piece of work has nothing more to tell
_one_teller = threading.Lock()  # dbt tells from its threads


class _SameProcess:
    """The pipe of the in-process twin: what is told waits until it is heard."""

    def __init__(self) -> None:
        self._told: deque[Any] = deque()

    def send(self, item: Any) -> None:
        self._told.append(item)

    def recv(self) -> Any:
        if not self._told:
            raise EOFError
        return self._told.popleft()

    def poll(self, _timeout_s: float = 0.0) -> bool:
        return bool(self._told)

    def close(self) -> None:
        self._told.clear()


_channel: list[Connection | _SameProcess] = []  # in the helper: its end of the pipe


class Helper:
    """Started at once, with ``prepare`` as its first work; what goes wrong there is said by the work that needs it."""

    def __init__(self, prepare: Callable[[], object]) -> None:
        self._ours: Connection | _SameProcess
        self._ours, theirs = multiprocessing.Pipe()
        self._executor = executor(1, partial(_begin, theirs, prepare))
        self.submit(_nothing)  # a process pool starts its worker with the first work
        theirs.close()
        if isinstance(self._executor, InProcessExecutor):
            self._ours.close()
            self._ours = _SameProcess()
            _channel[:] = [self._ours]

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Have ``function(*arguments)`` done there, after all that was submitted before. All of it must pickle."""
        with _told_of_its_death(BrokenProcessPool):
            return self._executor.submit(_answered, function, arguments)

    def answer(self, future: Future[Any]) -> Any:
        """The future's value or error; BuildError where the process died."""
        with _told_of_its_death(BrokenProcessPool):
            try:
                return future.result()
            except Exception as error:  # where it arose there is no cause of its own: a user is told the error
                error.__context__, error.__cause__ = error.__cause__, None
                raise

    def follow(self, function: Callable[..., Any], *arguments: Any) -> Generator[Any, None, Any]:
        """Submit ``function(*arguments, tell)``: yields what it tells, any item that pickles but None, then returns
        its :meth:`answer`."""
        future = self.submit(_telling, function, arguments)
        with contextlib.suppress(EOFError, ConnectionError):  # it died: the future says so as soon as the pool knows
            while not (future.done() and not self._ours.poll()):
                if self._ours.poll(PATIENCE_S):
                    if (item := self._ours.recv()) is _END:
                        break
                    yield item
        return self.answer(future)

    def end(self) -> None:
        """End it, whatever it does, and wait until it is gone."""
        with contextlib.suppress(OSError):
            self._ours.send(_END)
        with contextlib.suppress(EOFError, OSError):
            while True:
                self._ours.recv()
        self._ours.close()
        self._executor.shutdown()


def _telling(function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    try:
        return function(*arguments, _tell)
    finally:
        _tell(_END)


def _tell(item: Any) -> None:
    with _one_teller:
        _channel[0].send(item)


def _begin(channel: Connection, prepare: Callable[[], object]) -> None:
    _channel[:] = [channel]
    threading.Thread(target=_end_with, args=(channel,), daemon=True).start()
    with contextlib.suppress(Exception):
        prepare()


def _end_with(channel: Connection) -> None:
    wait([channel])  # nothing comes but the word to end; it is ready, too, when the other end is gone
    threading.Timer(PATIENCE_S, os._exit, (1,)).start()
    # Gives back named semaphores; Python's own way out takes a second more.
    multiprocessing.util._exit_function()  # type: ignore[attr-defined]
    os._exit(1)


def _answered(function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    """The work itself; an error that can't be sent goes as its words, for it would break the pool."""
    try:
        return function(*arguments)
    except Exception as error:
        try:
            pickle.loads(pickle.dumps(error))
        except Exception:
            raise BuildError(f"{type(error).__name__}: {error}") from None
        raise


@contextlib.contextmanager
def _told_of_its_death(*signs: type[Exception]) -> Generator[None, None, None]:
    try:
        yield
    except signs as error:
        raise BuildError(
            "the process of dbt and the gates died; was memory short? / 运行 dbt 与质量闸的进程已终止，是否内存不足？"
        ) from error


def _nothing() -> None:
    """Work that only starts the process."""
