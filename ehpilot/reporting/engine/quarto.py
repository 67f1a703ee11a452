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
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from ehpilot.errors import BuildError
from ehpilot.reporting.engine.executed import Executed, last_cell, read_printed
from ehpilot.reporting.engine.source import read
from ehpilot.reporting.project import MADE

TIMEOUT_S = 600
FOLDER_ENV = "EHPILOT_PRESS_FOLDER"
_LAST_CELL = f"""

```{{python}}
#| include: false
import os as _os
{last_cell(f"_os.environ[{FOLDER_ENV!r}]")}
```
"""
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
        for path in self.project.glob("[!_]*.qmd"):
            path.write_text(path.read_text(encoding="utf-8") + _LAST_CELL, encoding="utf-8")

    @cached_property
    def name(self) -> str:
        """Engine and version."""
        result = subprocess.run([self.program, "--version"], capture_output=True, text=True, timeout=60, check=False)
        return f"Quarto {result.stdout.strip()}"

    def execute(
        self, path: Path, folder: Path, environment: Mapping[str, str], parameters: Mapping[str, str]
    ) -> Executed:
        """Check the document against the subset and render the first format, with which comes what was printed."""
        read(path)
        env = {**os.environ, **environment, "DO_NOT_TRACK": "1", "QUARTO_PYTHON": sys.executable,
               FOLDER_ENV: str(folder)}  # fmt: skip
        if self.picture_cache:
            env["MPLCONFIGDIR"] = str(self.picture_cache)
        # Quoted: Quarto reads the value as YAML, where a code of digits would be a number.
        given = [part for name, value in parameters.items() for part in ("-P", f"{name}:{json.dumps(value)}")]

        first = folder / "first.html"
        self._render(path.name, first, given, env)

        def write(target: Path) -> None:
            if target.suffix == ".html":
                shutil.copyfile(first, target)
            else:
                self._render(path.name, target, given, env)

        return Executed(read_printed(folder), write)

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
