"""The process beside a build's: answers, what it tells, errors, deaths; its in-process twin; who has the database open.

Does not belong here: dbt, gates (``tests/pipeline``).
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ehpilot.errors import BuildError, UsageError
from ehpilot.executors import IN_PROCESS
from ehpilot.warehouse import connection
from ehpilot.warehouse.connection import Warehouse
from ehpilot.warehouse.helper import Helper

ROOT = Path(__file__).resolve().parents[2]


def nothing() -> None:
    """No preparation."""


def count(last: int, tell: Callable[[Any], None]) -> int:
    """Tell the numbers up to ``last``; returns their sum."""
    for number in range(last + 1):
        tell(number)
    return sum(range(last + 1))


def tell_and_refuse(tell: Callable[[Any], None]) -> None:
    """One word, then an error."""
    tell("one")
    raise UsageError("so not")


class LocalError(Exception):
    """An error that can't be made again from its words."""

    def __init__(self, one: int, two: int):
        super().__init__(f"{one} and {two}")


def refuse_in_its_own_way() -> None:
    """An error that does not pickle."""
    raise LocalError(1, 2)


def die() -> None:
    """As the system ends who takes too much memory."""
    os.kill(os.getpid(), signal.SIGKILL)


def tell_and_die(tell: Callable[[Any], None]) -> None:
    """One word, then the end."""
    tell("one")
    die()


def say_where(path: str) -> None:
    """Leave the process's number in a file, then work for long."""
    Path(path).write_text(str(os.getpid()))
    time.sleep(600)


@pytest.fixture
def helper() -> Iterator[Helper]:
    """A process, ended after the test."""
    started = Helper(nothing)
    yield started
    started.end()


@pytest.fixture
def twin(monkeypatch: pytest.MonkeyPatch) -> Helper:
    """The same face in this process."""
    monkeypatch.setenv(IN_PROCESS, "1")
    return Helper(nothing)


def followed(running: Iterator[Any]) -> tuple[list[Any], Any]:
    """What was told, and the answer."""
    told = []
    while True:
        try:
            told.append(next(running))
        except StopIteration as end:
            return told, end.value


@pytest.mark.parametrize("kind", ["helper", "twin"])
def test_what_is_told_comes_in_order_and_the_answer_at_the_end(kind: str, request: pytest.FixtureRequest) -> None:
    worker: Helper = request.getfixturevalue(kind)
    assert followed(worker.follow(count, 3)) == ([0, 1, 2, 3], 6)
    assert followed(worker.follow(count, 30_000))[1] == sum(range(30_001)), "more than a pipe holds"
    assert (worker.answer(worker.submit(os.getpid)) == os.getpid()) == (kind == "twin")


@pytest.mark.parametrize("kind", ["helper", "twin"])
def test_errors_come_back_as_they_are_and_it_goes_on(kind: str, request: pytest.FixtureRequest) -> None:
    worker: Helper = request.getfixturevalue(kind)
    running = worker.follow(tell_and_refuse)
    assert next(running) == "one"
    with pytest.raises(UsageError, match="so not") as raised:
        next(running)
    assert raised.value.__cause__ is None, "a user is told the error, not where it arose"
    with pytest.raises(BuildError, match="LocalError: 1 and 2"):
        worker.answer(worker.submit(refuse_in_its_own_way))
    assert followed(worker.follow(count, 1)) == ([0, 1], 1)


def test_what_cannot_be_sent_is_an_error_and_no_endless_wait(helper: Helper) -> None:
    with pytest.raises(Exception, match="pickle"):
        followed(helper.follow(lambda tell: tell(1)))


def test_its_death_is_one_clear_error(helper: Helper) -> None:
    running = helper.follow(tell_and_die)
    assert next(running) == "one"
    with pytest.raises(BuildError, match="died"):
        next(running)
    with pytest.raises(BuildError, match="died"):
        helper.submit(nothing)


def test_it_can_be_ended_in_the_middle_of_its_work(helper: Helper, tmp_path: Path) -> None:
    helper.submit(say_where, str(tmp_path / "pid"))
    child = until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text())
    helper.end()
    until(lambda: not Path(f"/proc/{child}").exists())


def test_it_ends_with_its_parent_even_in_the_middle_of_its_work(tmp_path: Path) -> None:
    script = f"""
    from ehpilot.warehouse.helper import Helper
    from tests.graph.test_helper import nothing, say_where

    if __name__ == "__main__":
        helper = Helper(nothing)
        helper.answer(helper.submit(say_where, {str(tmp_path / "pid")!r}))
    """
    main = tmp_path / "main.py"
    main.write_text(textwrap.dedent(script))
    parent = subprocess.Popen([sys.executable, str(main)], env={**os.environ, "PYTHONPATH": str(ROOT)})
    child = until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text())
    parent.kill()
    parent.wait()
    until(lambda: not Path(f"/proc/{child}").exists())


def rows(con: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """Rows of ``numbers``, and the process that counted them."""
    counted = con.execute("select count(*) from numbers").fetchone()
    assert counted is not None
    return counted[0], os.getpid()


def add_long(con: duckdb.DuckDBPyConnection, path: str) -> None:
    """A row more, then no end."""
    con.execute("insert into numbers values (0)")
    say_where(path)


@pytest.fixture
def warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Warehouse]:
    """A database with one table of three rows, open here; its helper imports no dbt."""
    monkeypatch.setattr(connection.steps, "prepare", nothing)
    made = Warehouse(tmp_path / "warehouse.duckdb", tmp_path / "spill")
    made.open().execute("create table numbers as select * from range(3) t(n)")
    yield made
    made.end()


@pytest.mark.parametrize("in_process", ["0", "1"])
def test_the_database_goes_to_who_wants_it_and_back(
    warehouse: Warehouse, in_process: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(IN_PROCESS, in_process)
    count_there, pid = warehouse.run(rows)
    assert (count_there, pid == os.getpid()) == (3, in_process == "1")
    warehouse.open().execute("insert into numbers values (7)")
    assert warehouse.run(rows) == (4, pid), "the same helper sees what was written here"
    warehouse.close()
    with duckdb.connect(str(warehouse.file), read_only=True) as free:
        assert rows(free)[0] == 4
    assert rows(warehouse.open())[0] == 4


def test_work_that_nobody_waits_for_is_broken_off(warehouse: Warehouse, tmp_path: Path) -> None:
    warehouse.submit(add_long, str(tmp_path / "pid"))
    child = until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text())
    warehouse.end()
    until(lambda: not Path(f"/proc/{child}").exists())
    assert warehouse.run(rows)[1] not in (int(child), os.getpid()), "the next work has a new one"


def test_another_program_that_has_it_open_is_named(warehouse: Warehouse) -> None:
    warehouse.close()
    script = "import duckdb, sys; con = duckdb.connect(sys.argv[1]); print('open', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", script, str(warehouse.file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(UsageError, match="in use by another program"):
            warehouse.open()
        other.communicate("\n")
    assert rows(warehouse.open())[0] == 3


def until(condition: Callable[[], Any]) -> Any:
    """What the condition gives once it is true; it never comes true within a minute: fail."""
    for _ in range(600):
        if found := condition():
            return found
        time.sleep(0.1)
    raise AssertionError("waited a minute")
