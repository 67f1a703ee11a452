"""The process beside a build's: answers, errors, deaths. Does not belong here: dbt, gates (``tests/pipeline``)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ehpilot.errors import BuildError, UsageError
from ehpilot.warehouse import second_process

ROOT = Path(__file__).resolve().parents[2]


def count(send: Callable[[Any], None], last: int) -> int:
    """Send the numbers up to ``last``; returns their sum."""
    for number in range(last + 1):
        send(number)
    return sum(range(last + 1))


def where(_send: Callable[[Any], None]) -> tuple[int, str, str]:
    """Process, folder, and a word of the environment."""
    return os.getpid(), str(Path.cwd()), os.environ.get("EHPILOT_WORD", "")


def refuse(_send: Callable[[Any], None]) -> None:
    """An error with its words."""
    raise UsageError("so not")


class LocalError(Exception):
    """An error that can't be made again from its words."""

    def __init__(self, one: int, two: int):
        super().__init__(f"{one} and {two}")


def refuse_in_its_own_way(_send: Callable[[Any], None]) -> None:
    """An error that does not pickle."""
    raise LocalError(1, 2)


def die(_send: Callable[[Any], None]) -> None:
    """As the system ends who takes too much memory."""
    os.kill(os.getpid(), signal.SIGKILL)


def test_what_is_sent_comes_while_it_runs_and_the_answer_at_the_end() -> None:
    running = second_process.run(count, 3)
    assert [next(running) for _ in range(4)] == [0, 1, 2, 3]
    assert second_process.answer(running) == 6
    assert second_process.call(count, 4) == 10


def test_it_is_another_process_in_the_same_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EHPILOT_WORD", "now")
    pid, folder, word = second_process.call(where)
    assert pid != os.getpid()
    assert (Path(folder), word) == (tmp_path.resolve(), "now")
    assert second_process.call(where)[0] == pid, "one process, kept"


def test_errors_come_back_as_they_are_and_it_goes_on() -> None:
    pid = second_process.call(where)[0]
    with pytest.raises(UsageError, match="so not") as raised:
        second_process.call(refuse)
    assert "in refuse" in str(raised.value.__context__), "where it arose is kept for who looks"
    with pytest.raises(BuildError, match="LocalError: 1 and 2"):
        second_process.call(refuse_in_its_own_way)
    assert second_process.call(where)[0] == pid


def test_its_death_is_a_clear_error_and_the_next_work_has_a_new_one() -> None:
    pid = second_process.call(where)[0]
    with pytest.raises(BuildError, match="died"):
        second_process.call(die)
    assert second_process.call(where)[0] != pid


def test_work_that_is_left_alone_does_not_answer_for_the_next() -> None:
    running = second_process.run(count, 5)
    next(running)
    running.close()
    assert second_process.call(count, 2) == 3


def test_work_is_done_in_order_and_read_in_any() -> None:
    first, second = second_process.run(count, 30_000), second_process.run(count, 2)
    assert second_process.answer(second) == 3
    assert list(first) == list(range(30_001)), "more than a pipe holds, and nobody read it meanwhile"


def test_work_that_nobody_waits_for_can_be_broken_off() -> None:
    pid = second_process.call(where)[0]
    second_process.stop_if_busy()
    assert second_process.call(where)[0] == pid, "it was idle"
    second_process.run(sleep)
    second_process.stop_if_busy()
    assert not second_process.is_running()
    assert second_process.call(where)[0] != pid


def test_it_ends_with_its_parent_even_in_the_middle_of_its_work(tmp_path: Path) -> None:
    script = f"""
    import time
    from pathlib import Path
    from ehpilot.warehouse import second_process
    from tests.graph.test_second_process import sleep, where

    pid = second_process.call(where)[0]  # no guard: the script is not run again there
    running = second_process.run(sleep)
    Path({str(tmp_path / "pid")!r}).write_text(str(pid))
    next(running)
    """
    main = tmp_path / "main.py"
    main.write_text(textwrap.dedent(script))
    parent = subprocess.Popen([sys.executable, str(main)], env={**os.environ, "PYTHONPATH": str(ROOT)})
    until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text())
    child = int((tmp_path / "pid").read_text())
    parent.kill()
    parent.wait()
    until(lambda: not Path(f"/proc/{child}").exists())


def sleep(_send: Callable[[Any], None]) -> None:
    """Long."""
    time.sleep(600)


def until(condition: Callable[[], Any]) -> None:
    """Wait for a condition; it never comes true within a minute: fail."""
    for _ in range(600):
        if condition():
            return
        time.sleep(0.1)
    raise AssertionError("waited a minute")
