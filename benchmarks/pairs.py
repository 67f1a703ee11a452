"""Interleaved pairs of commands: A B A B …, medians of wall time, peak memory of the process tree's root.

Does not belong here: what the commands are.
"""

from __future__ import annotations

import os
import platform
import resource
import statistics
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version


@dataclass(frozen=True)
class Pair:
    """A measured subject against its floor. Seconds of wall time, megabytes of peak resident memory."""

    name: str
    subject_s: list[float]
    floor_s: list[float]
    subject_mb: float
    limit: float

    @property
    def ratio(self) -> float:
        """Median of the subject over median of the floor."""
        return statistics.median(self.subject_s) / statistics.median(self.floor_s)

    def line(self) -> str:
        """One row of the report."""
        subject, floor = statistics.median(self.subject_s), statistics.median(self.floor_s)
        return (
            f"| {self.name} | {subject:.2f} | {floor:.2f} | {self.ratio:.2f} | {self.limit:g} | {self.subject_mb:.0f} |"
        )


def measure(
    name: str,
    subject: list[str],
    floor: list[str],
    limit: float,
    rounds: int = 3,
    before_each: Callable[[], None] | None = None,
) -> Pair:
    """Run both commands ``rounds`` times in turn. A command that fails raises CalledProcessError."""
    seconds: dict[str, list[float]] = {"subject": [], "floor": []}
    peak_mb = 0.0
    for _ in range(rounds):
        for role, command in (("subject", subject), ("floor", floor)):
            if before_each is not None:
                before_each()
            took, mb = _timed(command)
            seconds[role].append(took)
            if role == "subject":
                peak_mb = max(peak_mb, mb)
    return Pair(name, seconds["subject"], seconds["floor"], peak_mb, limit)


def _timed(command: list[str]) -> tuple[float, float]:
    """Wall seconds and peak resident megabytes of one process (its own, from wait4)."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    stderr = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise subprocess.CalledProcessError(process.returncode, command, stderr=stderr[-2000:])
    return took, usage.ru_maxrss / 1024


def machine() -> str:
    """What the seconds were measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0))
    return (
        f"{cores} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, DuckDB {version('duckdb')}, load {os.getloadavg()[0]:.1f} at the start"
    )


def own_peak_mb() -> float:
    """Peak resident memory of this process, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
