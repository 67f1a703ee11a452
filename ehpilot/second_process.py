"""A second Python process beside a build's own, for what takes seconds to import: dbt and Great Expectations.

It imports them while the build's process reads the landing files on the other core, and what it finds is told while it
goes on. One a process, started on first use, and gone when that process is, however it ends: it may hold the warehouse.

Does not belong here: what is run in it (``ehpilot.warehouse_steps``).
"""

from __future__ import annotations

import atexit
import contextlib
import multiprocessing
import multiprocessing.util
import os
import signal
import threading
import traceback
from collections.abc import Callable, Generator, Iterator
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from typing import Any

from ehpilot.errors import BuildError

PATIENCE_S = 5.0
_SHARED: list[_SecondProcess] = []


def start(warm_up: Callable[[], None]) -> None:
    """Begin the process now, with ``warm_up`` as its first work, so that it is ready when it is asked."""
    if not (_SHARED and _SHARED[0].is_alive):
        _SHARED[:] = [_SecondProcess(warm_up)]


def run(function: Callable[..., Any], *arguments: Any) -> Generator[Any, None, Any]:
    """Begin ``function(send, *arguments)`` there. What comes back yields what it sends meanwhile, then returns what it
    returns or raises what it raises. Function, arguments, and all that comes back must pickle.

    One at a time: what was begun must be read to its end before the next. Raises BuildError where the process died.
    """
    start(_nothing)
    process = _SHARED[0]
    process.ask(function, arguments)
    return process.told()


def call(function: Callable[..., Any], *arguments: Any) -> Any:
    """What ``function(send, *arguments)`` returns there; what it sends meanwhile is not looked at."""
    return answer(run(function, *arguments))


def answer(running: Generator[Any, None, Any]) -> Any:
    """The value that a :func:`run` ends with."""
    while True:
        try:
            next(running)
        except StopIteration as end:
            return end.value


class _SecondProcess:
    def __init__(self, warm_up: Callable[[], None]) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, warm_up), name="ehpilot-second", daemon=True)
        self._process.start()
        theirs.close()  # else its end would not be seen here
        atexit.register(self.end)

    @property
    def is_alive(self) -> bool:
        return self._process.is_alive()

    def ask(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        """Send one piece of work."""
        with self._dying_is_an_error():
            self._connection.send((function, arguments, dict(os.environ), Path.cwd()))

    def told(self) -> Generator[Any, None, Any]:
        """What comes back for it. Left before the end, the process is of no more use: the next would get the rest."""
        try:
            while True:
                with self._dying_is_an_error():
                    kind, content = self._connection.recv()
                if kind != "sent":
                    break
                yield content
        except BaseException:
            self.stop()
            raise
        if kind == "returned":
            return content
        error, report = content
        error.__context__ = _TracebackThereError(report)
        raise error

    @contextlib.contextmanager
    def _dying_is_an_error(self) -> Iterator[None]:
        try:
            yield
        except (EOFError, ConnectionError) as error:
            self._process.join()
            raise BuildError(
                f"the process of dbt and the gates died (exit {self._process.exitcode}); was memory short? / "
                f"运行 dbt 与质量闸的进程已终止（退出码 {self._process.exitcode}），是否内存不足？"
            ) from error

    def end(self) -> None:
        """Let it put its things away."""
        self._connection.close()
        self._process.join(PATIENCE_S)

    def stop(self) -> None:
        """End it in the middle of its work."""
        atexit.unregister(self.end)
        self._process.kill()
        self._process.join()
        self._connection.close()


class _TracebackThereError(Exception):
    """Where an error arose in the second process; the context of the error that is raised here."""


def _nothing() -> None:
    """No warm-up: what is run imports what it needs."""


def _serve(connection: Connection, warm_up: Callable[[], None]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the build's to answer; this process ends with it
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with contextlib.suppress(Exception):  # what is wrong is said by the work that needs it
        warm_up()
    lock = threading.Lock()

    def send(content: Any) -> None:
        with lock:  # dbt's threads send side by side
            connection.send(("sent", content))

    while True:
        try:
            function, arguments, environment, folder = connection.recv()
        except EOFError:
            multiprocessing.util._exit_function()  # locks of the system are given back
            os._exit(0)  # without the second that Python takes to put dbt and its manifest away
        os.environ.clear()
        os.environ.update(environment)
        os.chdir(folder)
        try:
            answer = ("returned", function(send, *arguments))
        except Exception as error:
            answer = ("raised", (_portable(error), traceback.format_exc()))
        connection.send(answer)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)  # in the middle of a query, too: the file it holds is waited for


def _portable(error: Exception) -> Exception:
    """The error itself, or its words where it can't be sent."""
    try:
        ForkingPickler.loads(ForkingPickler.dumps(error))
    except Exception:
        return BuildError(f"{type(error).__name__}: {error}")
    return error
