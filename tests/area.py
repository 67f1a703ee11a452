"""A built area as tests see it: its folders, its commands, its rows.

Does not belong here: fixtures (``conftest.py``), assertions.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import pytest

from ehpilot.cli import exits, main
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

    def says(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """The same in this process (:func:`said`)."""
        return said(*arguments, "--out", str(self.out))

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


class _Ended(BaseException):
    """The exit of a command that runs in this process."""

    def __init__(self, code: int):
        self.code = code


def said(*arguments: str) -> subprocess.CompletedProcess[str]:
    """What a command says and its exit code, as :func:`ehpilot`, in this process: a process of its own costs one to
    three seconds of imports. For tests whose subject is neither the process nor its environment."""

    def end(code: int) -> NoReturn:
        raise _Ended(code)

    kept, out, err = dict(os.environ), io.StringIO(), io.StringIO()
    try:
        with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            patch.setattr(exits, "_leave", end)
            patch.setitem(exits._chosen, "lang", exits._chosen["lang"])
            patch.setattr(sys, "argv", ["ehpilot", *arguments])
            patch.chdir(ROOT)
            main.main()
    except _Ended as ended:
        return subprocess.CompletedProcess(list(arguments), ended.code, out.getvalue(), err.getvalue())
    finally:
        os.environ.clear()
        os.environ.update(kept)
    raise AssertionError("a command ends by an exit code")
