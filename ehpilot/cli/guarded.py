"""A program with processes of its own that ends when this process does, however it does.

Between the two stands a guard, in a session of its own, so that neither a terminal nor a service manager reaches it. It
holds one end of a pipe; the kernel closes the other end when this process is gone, killed or not. Then the guard asks
the program to stop, and after ``GRACE_S`` kills whatever is left of its process group.

Belongs here: the guard and the call that starts it; standard library only, as it runs as a program of its own.
Does not belong here: which program (``ehpilot.cli.ui``), work of a build (``ehpilot.executors``).
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

GRACE_S = 6.0  # dagster dev takes two to stop its servers; a service manager waits ten or more
LOOK_S = 0.2
ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


def run_guarded(command: Sequence[str], env: Mapping[str, str], cwd: Path) -> int:
    """Run ``command`` to its end and return its exit code; 0 where SIGTERM, SIGHUP or SIGINT to this process ended it.

    Nothing of the command, nor of what it started in its process group, outlives this call or this process.
    """
    guard = subprocess.Popen(
        [sys.executable, str(Path(__file__).resolve()), *command],
        env=env, cwd=cwd, stdin=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    assert guard.stdin is not None
    lifeline, asked = guard.stdin, []

    def let_go(number: int, _frame: object) -> None:
        asked.append(number)
        lifeline.close()

    before = {number: signal.signal(number, let_go) for number in ENDING}
    try:
        code = guard.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        lifeline.close()
    return 0 if asked else code


def main(command: Sequence[str]) -> int:
    """The guard: ``command`` in a process group of its own, until it ends or the pipe on stdin does."""
    for number in ENDING:
        signal.signal(number, signal.SIG_DFL)  # a shell's background job would hand SIGINT on as ignored
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, process_group=0)
    try:
        while child.poll() is None and not _is_let_go():
            pass
        if child.poll() is None:
            child.send_signal(signal.SIGINT)
            _wait(child, GRACE_S)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
    return child.wait()


def _is_let_go() -> bool:
    """True once the pipe's other end is closed; waits ``LOOK_S`` for it."""
    ready, _, _ = select.select([0], [], [], LOOK_S)
    return bool(ready) and os.read(0, 1) == b""


def _wait(child: subprocess.Popen[bytes], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while child.poll() is None and time.monotonic() < deadline:
        time.sleep(LOOK_S)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
