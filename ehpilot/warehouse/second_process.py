"""A second Python process beside a build's own, for what takes seconds to import: dbt and Great Expectations.

It imports them while the build's process reads the landing files on the other core. What it is asked it does in the
order of the asking, and what it finds is told while it goes on. One a process, started on first use, and gone when that
process is, however it ends: it may hold the warehouse.

Does not belong here: what is run in it (``ehpilot.warehouse.steps``).
"""

from __future__ import annotations

import atexit
import contextlib
import itertools
import multiprocessing.util
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Generator
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from typing import Any

from ehpilot.errors import BuildError

PATIENCE_S = 2.0
_BEGIN = "import sys; from ehpilot.warehouse.second_process import serve; serve(int(sys.argv[1]))"
_SHARED: list[_SecondProcess] = []


def start(warm_up: Callable[[], None]) -> None:
    """Begin the process now, with ``warm_up`` as its first work, so that it is ready when it is asked."""
    if not is_running():
        _SHARED[:] = [_SecondProcess(warm_up)]


def is_running() -> bool:
    """True while there is one; what it held is free once it is gone."""
    return bool(_SHARED) and _SHARED[0].is_alive


def stop_if_busy() -> None:
    """End it if it is in the middle of some work that nobody will wait for."""
    if is_running() and _SHARED[0].is_busy:
        _SHARED[0].stop()


def run(function: Callable[..., Any], *arguments: Any) -> Generator[Any, None, Any]:
    """Ask for ``function(send, *arguments)``; it is done there after all that was asked before. What comes back yields
    what it sends meanwhile, then returns what it returns or raises what it raises; it may be read at any time or never.
    Function, arguments, and all that comes back must pickle.

    Raises BuildError where the process died.
    """
    start(_nothing)
    return _SHARED[0].ask(function, arguments)


def call(function: Callable[..., Any], *arguments: Any) -> Any:
    """What ``function(send, *arguments)`` returns there; what it sends meanwhile is not looked at."""
    return later(function, *arguments)()


def later(function: Callable[..., Any], *arguments: Any) -> Callable[[], Any]:
    """As :func:`call`, begun now and waited for when what comes back is called."""
    return partial(answer, run(function, *arguments))


def answer(running: Generator[Any, None, Any]) -> Any:
    """The value that a :func:`run` ends with."""
    while True:
        try:
            next(running)
        except StopIteration as end:
            return end.value


class _SecondProcess:
    def __init__(self, warm_up: Callable[[], None]) -> None:
        ours, theirs = socket.socketpair()
        # A new interpreter that imports no more than it is asked: not the script that this process began with.
        self._process = subprocess.Popen(
            [sys.executable, "-c", _BEGIN, str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path)},
        )
        theirs.close()  # else its end would not be seen here
        self._connection = Connection(ours.detach())
        self._connection.send(warm_up)
        self._tickets = itertools.count()
        self._asked = self._done = 0
        self._inboxes: dict[int, queue.SimpleQueue[tuple[str, Any]]] = {}
        # Here as there, what comes is taken out of the pipe at once: nobody waits until the other listens.
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        atexit.register(self.end)

    @property
    def is_alive(self) -> bool:
        return self._listener.is_alive() and self._process.poll() is None

    @property
    def is_busy(self) -> bool:
        return self._asked > self._done

    def ask(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Generator[Any, None, Any]:
        """Send one piece of work; what comes back for it."""
        ticket = next(self._tickets)
        self._inboxes[ticket] = queue.SimpleQueue()
        self._asked += 1
        try:
            self._connection.send((ticket, function, arguments, dict(os.environ), Path.cwd()))
        except ConnectionError as error:
            raise self._death() from error
        return self._told(ticket)

    def _told(self, ticket: int) -> Generator[Any, None, Any]:
        try:
            while True:
                kind, content = self._inboxes[ticket].get()
                if kind != "sent":
                    break
                yield content
        except BaseException:  # the work is of no more use to who asked: interrupted, or failed with what was sent
            self.stop()
            raise
        del self._inboxes[ticket]
        if kind == "returned":
            return content
        if kind == "died":
            raise self._death()
        error, report = content
        error.__context__ = _TracebackThereError(report)
        raise error

    def _listen(self) -> None:
        with contextlib.suppress(Exception):
            while True:
                ticket, kind, content = self._connection.recv()
                self._done += kind != "sent"
                self._inboxes[ticket].put((kind, content))
        self._process.kill()  # it is gone, or said what can't be read
        for inbox in list(self._inboxes.values()):
            inbox.put(("died", None))

    def _death(self) -> BuildError:
        code = self._process.wait()
        return BuildError(
            f"the process of dbt and the gates died (exit {code}); was memory short? / "
            f"运行 dbt 与质量闸的进程已终止（退出码 {code}），是否内存不足？"
        )

    def end(self) -> None:
        """Let it put its things away."""
        with contextlib.suppress(OSError):
            self._connection.send(None)
        self._wait_or_kill()

    def stop(self) -> None:
        """End it in the middle of its work."""
        atexit.unregister(self.end)
        self._process.terminate()
        self._wait_or_kill()
        self._listener.join()
        self._connection.close()

    def _wait_or_kill(self) -> None:
        try:
            self._process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class _TracebackThereError(Exception):
    """Where an error arose in the second process; the context of the error that is raised here."""


def _nothing() -> None:
    """No warm-up: what is run imports what it needs."""


def serve(descriptor: int) -> None:
    """The second process: what it is asked over the socket, till the end of either."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the build's to answer; this process ends with it
    signal.signal(signal.SIGTERM, lambda *_: _leave(1))
    connection = Connection(descriptor)
    warm_up = connection.recv()
    asked: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_take_in, args=(connection, asked), daemon=True).start()
    with contextlib.suppress(Exception):  # what is wrong is said by the work that needs it
        warm_up()
    lock = threading.Lock()
    while (work := asked.get()) is not None:
        ticket, function, arguments, environment, folder = work
        os.environ.clear()
        os.environ.update(environment)
        os.chdir(folder)

        def send(content: Any, ticket: int = ticket) -> None:
            with lock:  # dbt's threads send side by side
                connection.send((ticket, "sent", content))

        try:
            connection.send((ticket, "returned", function(send, *arguments)))
        except Exception as error:
            connection.send((ticket, "raised", (_portable(error), traceback.format_exc())))
    _leave(0)


def _take_in(connection: Connection, asked: queue.SimpleQueue[Any]) -> None:
    """Take what is asked out of the pipe at once, so that who asks need not wait; end with the parent, in the middle of
    a query, too, for the file it holds is waited for."""
    with contextlib.suppress(EOFError, OSError):
        while True:
            asked.put(connection.recv())
    _leave(1)


def _leave(code: int) -> None:
    """End without the second that Python takes to put dbt and its manifest away."""
    multiprocessing.util._exit_function()  # locks of the system are given back
    os._exit(code)


def _portable(error: Exception) -> Exception:
    """The error itself, or its words where it can't be sent."""
    try:
        ForkingPickler.loads(ForkingPickler.dumps(error))
    except Exception:
        return BuildError(f"{type(error).__name__}: {error}")
    return error
