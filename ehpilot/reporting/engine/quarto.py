"""Real Quarto over a copy of the project, so that nothing is written beside the sources.

Each format is a run of its own (Quarto executes cells once a format). Does not belong here: the subset, which the
embedded engine checks for both.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path

from ehpilot.errors import BuildError
from ehpilot.reporting.engine.source import read
from ehpilot.reporting.project import MADE

TIMEOUT_S = 600
_FORMATS = {".html": "html", ".docx": "docx", ".pdf": "typst"}


class QuartoEngine:
    """``quarto render`` for each format."""

    def __init__(self, project: Path, program: str, picture_cache: Path | None = None):
        self.program = program
        self.picture_cache = picture_cache
        self._lock = threading.Lock()
        self._folder = tempfile.TemporaryDirectory(prefix="ehpilot-quarto-")
        self.project = Path(self._folder.name) / "project"
        shutil.copytree(project, self.project, ignore=shutil.ignore_patterns(*MADE, "*_files", "*.quarto_ipynb"))

    @cached_property
    def name(self) -> str:
        """Engine and version."""
        result = subprocess.run([self.program, "--version"], capture_output=True, text=True, timeout=60, check=False)
        return f"Quarto {result.stdout.strip()}"

    def execute(
        self, path: Path, folder: Path, environment: Mapping[str, str], parameters: Mapping[str, str]
    ) -> Callable[[Path], None]:
        """Check the document against the subset; returns what renders one format."""
        read(path)
        env = {**os.environ, **environment, "DO_NOT_TRACK": "1", "QUARTO_PYTHON": sys.executable}
        if self.picture_cache:
            env["MPLCONFIGDIR"] = str(self.picture_cache)
        # Quoted: Quarto reads the value as YAML, where a code of digits would be a number.
        given = [part for name, value in parameters.items() for part in ("-P", f"{name}:{json.dumps(value)}")]

        def write(target: Path) -> None:
            self._render(path.name, target, [*given], env)

        # The record of what was printed comes with the first format; the press needs it before any other.
        first = folder / "first.html"
        write(first)
        return lambda target: shutil.copyfile(first, target) if target.suffix == ".html" else write(target)

    def _render(self, name: str, target: Path, arguments: list[str], env: dict[str, str]) -> None:
        with self._lock:  # two runs over one project write the same files
            self._run(name, target, arguments, env)

    def _run(self, name: str, target: Path, arguments: list[str], env: dict[str, str]) -> None:
        command = [self.program, "render", name, "--to", _FORMATS[target.suffix], *arguments]
        try:
            result = subprocess.run(
                command, cwd=self.project, env=env, capture_output=True, text=True, timeout=TIMEOUT_S, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise BuildError(f"{name}: quarto took longer than {TIMEOUT_S} s") from error
        made = self.project / "_output" / f"{Path(name).stem}{target.suffix}"
        if result.returncode or not made.exists():
            lines = [line for line in (result.stderr + result.stdout).splitlines() if "rror" in line]
            raise BuildError(f"{name}: quarto: {lines[0].strip() if lines else result.returncode}")
        if "Unable to resolve crossref" in result.stderr + result.stdout:
            made.unlink()
            raise BuildError(f"{name}: unresolved reference")
        shutil.move(made, target)

    def close(self) -> None:
        """Remove the copy."""
        self._folder.cleanup()
