"""Who is making a folder: a small file with process id and start time, so that a dead owner is told from a living one.

Does not belong here: the build lock of ``work/`` (the kernel releases that one by itself).
"""

from __future__ import annotations

import json
import os
from pathlib import Path

OWNER_FILE = ".owner.json"


def write(folder: Path) -> None:
    """Name this process as the owner of ``folder``."""
    facts = {"pid": os.getpid(), "started": _started(os.getpid())}
    (folder / OWNER_FILE).write_text(json.dumps(facts), encoding="utf-8")


def remove(folder: Path) -> None:
    """Remove the owner file."""
    (folder / OWNER_FILE).unlink(missing_ok=True)


def living(folder: Path) -> int | None:
    """Process id of another living owner of ``folder``; None if it is dead, unknown, or this process.

    A process id that was given to another process since is told by its start time.
    """
    try:
        facts = json.loads((folder / OWNER_FILE).read_text(encoding="utf-8"))
        pid, started = int(facts["pid"]), facts.get("started")
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if pid == os.getpid() or not alive(pid):
        return None
    now = _started(pid)
    return None if started and now and started != now else pid


def alive(pid: int) -> bool:
    """True if a process with this id exists and is no zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return _state(pid) != "Z"


def _stat_fields(pid: int) -> list[str]:
    try:
        # The second field is the program's name in brackets and may hold blanks.
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return []


def _started(pid: int) -> str:
    """Start time of a process in clock ticks since boot; empty where /proc does not exist."""
    fields = _stat_fields(pid)
    return fields[19] if len(fields) > 19 else ""


def _state(pid: int) -> str:
    fields = _stat_fields(pid)
    return fields[0] if fields else ""
