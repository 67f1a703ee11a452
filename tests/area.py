"""A built area as tests see it: its folders, its commands, its rows.

Does not belong here: fixtures (``conftest.py``), assertions.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ehpilot.reading import query as reading
from ehpilot.reading.edition import find
from ehpilot.reading.query import format_result

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Area:
    """A built area: where its files, truth and editions are."""

    landing: Path
    truth: Path
    out: Path
    profile: str = "demo"

    @property
    def latest(self) -> Path:
        """Folder of the newest edition."""
        return (self.out / "editions" / "latest").resolve()

    def run(self, *arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """An ``ehpilot`` command over this area's build folder."""
        return ehpilot(*arguments, "--out", str(self.out), env=env)

    def build(self, *arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """``ehpilot build`` of this area."""
        return self.run("build", "--profile", self.profile, "--landing", str(self.landing), *arguments, env=env)

    def sql(self, query: str) -> list[dict[str, Any]]:
        """Rows of a query over the newest edition, as ``ehpilot sql --format json`` gives them, without a process a
        query."""
        return json.loads(format_result(reading.query(query, find(self.out, None)), "json"))


def ehpilot(*arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user does."""
    command = [sys.executable, "-m", "ehpilot.cli", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, env={**os.environ, **(env or {})}, check=False
    )
