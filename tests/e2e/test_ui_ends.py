"""``ehpilot ui`` leaves no process behind, whatever ends it, and its signal reaches its own process alone."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from ehpilot.cli.guarded import run_guarded
from tests.area import ROOT

ENDS_WITHIN_S = 10
STARTS_WITHIN_S = 240  # two cores that other tests use
# a program with a child that heeds no signal, and the pids of both in a file
STUBBORN = (
    "import os, signal, subprocess, sys, time\n"
    "if len(sys.argv) == 3:\n"
    "    signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
    "else:\n"
    "    subprocess.Popen([sys.executable, __file__, sys.argv[1], 'child'])\n"
    "with open(sys.argv[1], 'a') as file: file.write(f'{os.getpid()}\\n')\n"
    "time.sleep(300)\n"
)


def _processes_of(mark: str) -> set[int]:
    """Processes of this machine whose environment or arguments name ``mark``."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            told = (folder / "environ").read_bytes() + (folder / "cmdline").read_bytes()
            if mark.encode() in told and "\nState:\tZ" not in (folder / "status").read_text():
                found.add(int(folder.name))
        except OSError:  # gone meanwhile, or another user's
            continue
    return found - {os.getpid()}


def _wait_until(happens, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if happens():
            return True
        time.sleep(0.2)
    return bool(happens())


def test_a_program_that_ends_by_itself_gives_its_code(tmp_path: Path) -> None:
    assert run_guarded([sys.executable, "-c", "raise SystemExit(7)"], dict(os.environ), tmp_path) == 7


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGKILL])
def test_a_child_that_heeds_nothing_ends_too(tmp_path: Path, number: signal.Signals) -> None:
    program, pids = tmp_path / "program.py", tmp_path / "pids"
    program.write_text(STUBBORN, encoding="utf-8")
    call = "import os, sys; from pathlib import Path; from ehpilot.cli.guarded import run_guarded; "
    call += f"sys.exit(run_guarded([sys.executable, {str(program)!r}, {str(pids)!r}], dict(os.environ), Path('/')))"
    process = subprocess.Popen([sys.executable, "-c", call], cwd=ROOT)
    assert _wait_until(lambda: pids.exists() and len(pids.read_text().split()) == 2, 60)
    assert len(_processes_of(str(pids))) == 4  # this one, the guard, the program, its child
    process.send_signal(number)
    assert _wait_until(lambda: not _processes_of(str(pids)) - {process.pid}, ENDS_WITHIN_S)
    assert process.wait(ENDS_WITHIN_S) == (0 if number != signal.SIGKILL else -signal.SIGKILL)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_webserver_daemon_and_code_servers_end_with_the_command(
    tmp_path: Path, key_folder: Path, number: signal.Signals
) -> None:
    (tmp_path / "landing").mkdir()
    out, port = tmp_path / "out", _free_port()
    command = [
        "ui",
        "--profile",
        "demo",
        "--landing",
        str(tmp_path / "landing"),
        "--out",
        str(out),
        "--port",
        str(port),
    ]
    process = subprocess.Popen([sys.executable, "-m", "ehpilot.cli", *command], cwd=ROOT, start_new_session=True)

    def answers() -> bool:
        assert process.poll() is None, "it ended by itself"
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/server_info", timeout=2) as answer:
                return answer.status == 200
        except OSError:
            return False

    assert _wait_until(answers, STARTS_WITHIN_S)
    arguments = {pid: Path(f"/proc/{pid}/cmdline").read_bytes() for pid in _processes_of(str(out))}
    for part in (b"dagster_webserver", b"dagster._daemon", b"code-server"):
        assert any(part in text for text in arguments.values()), (part, arguments)
    process.send_signal(number)
    assert _wait_until(lambda: not _processes_of(str(out)) - {process.pid}, ENDS_WITHIN_S)
    assert process.wait(ENDS_WITHIN_S) == (0 if number == signal.SIGTERM else -signal.SIGKILL)
