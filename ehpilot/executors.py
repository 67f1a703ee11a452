"""Work beside this process: the standard library's process pool, and a twin with the same face that works here.

Belongs here: how workers start, how many, that they end with whoever started them, how much of the machine a build may
take, how seldom garbage is collected. Does not belong here: what they do. What goes in is configuration and paths, what
comes out is a small value; both must be picklable.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import suppress
from multiprocessing.connection import wait
from typing import Any

import psutil

IN_PROCESS = "EHPILOT_IN_PROCESS"  # set to 1: everything in this process, for debugging and tests
_GONE_S = 5  # a killed process of which nobody takes notice stays listed: no longer waited for
_HALTED = threading.Event()  # in a worker whose parent is gone: its work stands still


class InProcessExecutor(Executor):
    """Does at once, in this process, what is submitted; an error is the future's."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Call ``fn`` now; returns a future that is done."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def collect_seldom() -> None:
    """Have the garbage collector look for cycles after 50,000 new objects instead of 700: a build is imports,
    definitions and a parsed project, which stay, and it would walk through all of them some hundred times."""
    gc.set_threshold(50_000)


def executor(
    workers: int, prepare: Callable[[], object] | None = None, orphaned: Callable[[], object] | None = None
) -> Executor:
    """``workers`` fresh processes, each of which calls ``prepare`` first; the twin where ``$EHPILOT_IN_PROCESS`` is 1.

    A worker ends with its parent, however that ends, after a last call of ``orphaned``; an interrupt of the terminal
    it leaves to its parent.
    """
    if os.environ.get(IN_PROCESS) == "1":
        return InProcessExecutor()
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(prepare, orphaned))


def break_off(pool: Executor) -> None:
    """End a pool in the middle of its work, which nobody will wait for; its workers, and what these began, are gone on
    return."""
    workers = list((getattr(pool, "_processes", None) or {}).values())  # Python 3.14 has kill_workers() for this
    pool.shutdown(wait=False, cancel_futures=True)
    begun = [process for worker in workers for process in _halted(worker.pid)]
    for worker in workers:
        worker.kill()
    _kill(begun)
    for worker in workers:
        worker.join()


def _halted(worker: int) -> list[psutil.Process]:
    """All processes below a worker, which is halted first: it begins no more."""
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(worker)
        process.suspend()
        return process.children(recursive=True)
    return []


def _kill(processes: list[psutil.Process]) -> None:
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(processes, timeout=_GONE_S)


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _begin(prepare: Callable[[], object] | None, orphaned: Callable[[], object] | None) -> None:
    collect_seldom()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGUSR1, _stand_still)
    threading.Thread(target=_end_with_parent, args=(orphaned,), daemon=True).start()
    if prepare is not None:
        prepare()


def _end_with_parent(orphaned: Callable[[], object] | None) -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        try:
            # Nothing that it does or has begun writes any more when what it leaves behind is cleared.
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGUSR1)
            _HALTED.wait(_GONE_S)
            _kill(psutil.Process().children(recursive=True))
            if orphaned is not None:
                orphaned()
        finally:
            os._exit(1)


def _stand_still(*_: object) -> None:
    _HALTED.set()
    threading.Event().wait()


def memory_limit() -> str:
    """What DuckDB may hold in memory, in its own words: ``$EHPILOT_MEMORY_LIMIT``, else half of this machine's memory
    and at least 4 GB. The indexes of large tables (χ/Q of thousands of outlets) can't be put aside on disk."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else 0
    return os.environ.get("EHPILOT_MEMORY_LIMIT") or f"{max(4, round(total / 2 / 2**30))}GB"
