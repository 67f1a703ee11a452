"""Who has the working database open: nobody, this process, or the helper beside it.

The file can be open in one process at a time, and each closing folds it together; so it stays open where it is until
the other wants it. Nothing else opens the working database but dbt, beside the helper's own connection.

Does not belong here: the helper (``helper``), what is done over a connection (``steps``, ``ehpilot.runs``).
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import duckdb

from ehpilot.errors import BuildError, UsageError
from ehpilot.warehouse import steps
from ehpilot.warehouse.dbt_run import open_warehouse
from ehpilot.warehouse.helper import Helper

MEMORY_HERE = "2GB"
_kept: dict[Path, duckdb.DuckDBPyConnection] = {}  # in the helper: the connection that stays open between steps


class Warehouse:
    """The working database ``file``; what does not fit into memory goes to the folder ``spill``."""

    def __init__(self, file: Path, spill: Path):
        self.file = file
        self._spill = spill
        self._holder: duckdb.DuckDBPyConnection | Helper | None = None
        self._helper: Helper | None = None
        self._last: Future[Any] | None = None

    def open(self) -> duckdb.DuckDBPyConnection:
        """The connection of this process, for whoever asks; :meth:`close` or the next :meth:`submit` closes it.

        Raises UsageError where another program has the file open."""
        if not isinstance(self._holder, duckdb.DuckDBPyConnection):
            self.close()
            try:
                self._holder = open_warehouse(self.file, memory_limit=MEMORY_HERE, temp_directory=str(self._spill))
            except duckdb.IOException as error:
                raise UsageError(
                    f"{self.file}: in use by another program, or no DuckDB file; close it ({error}) / "
                    f"{self.file} 被其他程序占用或不是 DuckDB 文件，请先关闭"
                ) from error
        return self._holder

    def prepare(self) -> Helper:
        """Start the helper, so that it is ready when the first step wants it."""
        if self._helper is None:
            self._helper = Helper(steps.prepare)
        return self._helper

    def beside(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Have ``function(*arguments)``, which needs no database, done in the helper while this process goes on."""
        return self.prepare().submit(function, *arguments)

    def submit(self, step: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Have ``step(connection, *arguments)`` done in the helper, after all that was submitted before."""
        self._last = self._lent_to().submit(_over_kept, self.file, step, *arguments)
        return self._last

    def answer(self, future: Future[Any]) -> Any:
        """What a submitted step returns or raises. BuildError where the helper died."""
        return self.prepare().answer(future)

    def run(self, step: Callable[..., Any], *arguments: Any) -> Any:
        """:meth:`submit`, and wait for the answer."""
        return self.answer(self.submit(step, *arguments))

    def follow(self, step: Callable[..., Any], *arguments: Any) -> Generator[Any, None, Any]:
        """``step(connection, *arguments, tell)`` done in the helper: yields what it tells, then returns its answer. Who
        stops listening breaks it off: it is of no more use."""
        try:
            return (yield from self._lent_to().follow(_over_kept, self.file, step, *arguments))
        except BaseException:
            self._break_off()
            raise

    def close(self) -> None:
        """Let nobody have it open; the file is folded together."""
        holder, self._holder = self._holder, None
        if isinstance(holder, Helper):
            holder.answer(holder.submit(_let_go))
        elif holder is not None:
            holder.close()

    def fold(self) -> None:
        """Let the helper close it while this process goes on; who wants it next waits for that."""
        if isinstance(self._holder, Helper):
            self._holder.submit(_let_go)

    def end(self) -> None:
        """Close it and end the helper; what was submitted and still goes on is broken off."""
        if self._last is None or self._last.done():
            with contextlib.suppress(BuildError):  # the helper is dead, and the error was told
                self.close()
        self._break_off()

    def _lent_to(self) -> Helper:
        helper = self.prepare()
        if self._holder is not helper:
            self.close()
            self._holder = helper
        return helper

    def _break_off(self) -> None:
        helper, self._helper, self._holder, self._last = self._helper, None, None, None
        if helper is not None:
            helper.end()


def _over_kept(file: Path, step: Callable[..., Any], *arguments: Any) -> Any:
    if file not in _kept:
        _let_go()
        _kept[file] = open_warehouse(file)
    return step(_kept[file], *arguments)


def _let_go() -> None:
    while _kept:
        _kept.popitem()[1].close()
