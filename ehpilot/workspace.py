"""The build folder ``--out``: its paths, and the lock that keeps it to one writer.

Belongs here: where things stand under ``--out``, and who may write. Does not belong here: what is written.
"""

from __future__ import annotations

import contextlib
import datetime
import fcntl
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ehpilot.errors import UsageError

LOOK_S = 0.5  # a reader that asks who holds the lock (doctor) has it for a moment; that is no other build


class Workspace:
    """Paths under a build folder."""

    def __init__(self, out: Path):
        self.out = out.resolve()
        self.work = self.out / "work"
        self.warehouse = self.work / "warehouse.duckdb"
        self.lock_file = self.work / "warehouse.lock"
        self.dagster_home = self.work / "dagster"
        self.read_files = self.work / "read_files"
        self.editions = self.out / "editions"
        self.releases = self.out / "releases"
        self.ledger = self.out / "ledger" / "ledger.jsonl"

    def make(self) -> Workspace:
        """Create the folders; UsageError where the place is not writable."""
        try:
            for folder in (self.work, self.editions, self.dagster_home):
                folder.mkdir(parents=True, exist_ok=True)
            probe = self.work / f".probe.{os.getpid()}"
            probe.write_text("", encoding="utf-8")
            probe.unlink()
        except OSError as error:
            why = error.strerror or error
            raise UsageError(
                f"cannot write to {self.out}: {why}; choose another --out / 无法写入 {self.out}（{why}），请另选 --out"
            ) from error
        return self

    def lock_owner(self) -> dict[str, Any] | None:
        """Who holds the lock now (pid, started_at), or None when it is free."""
        if not self.lock_file.exists():
            return None
        with self.lock_file.open("r+", encoding="utf-8") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                with contextlib.suppress(ValueError):
                    return json.loads(self.lock_file.read_text(encoding="utf-8"))
                return {"pid": None, "started_at": None}
            fcntl.flock(handle, fcntl.LOCK_UN)
        return None

    @contextlib.contextmanager
    def writer(self, wait_s: float = 0.0) -> Iterator[None]:
        """Hold the writer's lock; the kernel frees it when the process dies, however it dies.

        Raises UsageError that names pid and start time of the other build after ``wait_s`` seconds.
        """
        self.make()
        deadline = time.monotonic() + max(wait_s, LOOK_S)
        with self.lock_file.open("a+", encoding="utf-8") as handle:
            while True:
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() >= deadline:
                        raise UsageError(self._locked_message()) from None
                    time.sleep(0.1)
            handle.seek(0)
            handle.truncate()
            now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
            handle.write(json.dumps({"pid": os.getpid(), "started_at": now}))
            handle.flush()
            try:
                yield
            finally:
                fcntl.flock(handle, fcntl.LOCK_UN)

    def _locked_message(self) -> str:
        owner = self.lock_owner() or {}
        pid, started = owner.get("pid"), owner.get("started_at")
        return (
            f"another build is writing to {self.out} (pid {pid}, started {started}); "
            "wait for it, or give --wait SECONDS / "
            f"另一构建正在写入 {self.out}（pid {pid}，始于 {started}），请等待或给出 --wait 秒数"
        )
