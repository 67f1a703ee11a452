"""Real Quarto over a copy of the project, so that nothing is written beside the sources.

Each format is a run of its own (Quarto executes cells once a format). Does not belong here: the subset, which the
embedded engine checks for both.
"""

from __future__ import annotations

import json
import os
import re
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
from ehpilot.reporting.engine.source import Source, read
from ehpilot.reporting.project import MADE, front_matter, with_front_matter

TIMEOUT_S = 600
FOLDER_ENV = "EHPILOT_PRESS_FOLDER"
_LAST_CELL = f"""

```{{python}}
#| include: false
import os as _os
{last_cell(f"_os.environ[{FOLDER_ENV!r}]")}
```
"""
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_CAUSE = re.compile(r"^(?:ERROR: )?(\w*(?:Error|Exception|Interrupt)\b.*|The papermill package is required.*)")
_RULE = re.compile(r"^-{10,}$")
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
            self._prepare(path)

    def _prepare(self, path: Path) -> None:
        """Add the last cell, and the PDF's title: Quarto takes it from a title block, which stands in the body here."""
        meta = front_matter(path)
        header = path.with_suffix(".title.typ")
        title = json.dumps(str(meta.get("title-meta", "")), ensure_ascii=False)
        header.write_text(f"#set document(title: {title})\n", encoding="utf-8")
        typst = meta.setdefault("format", {}).setdefault("typst", {})
        own = typst.get("include-in-header", [])
        typst["include-in-header"] = [header.name, *([own] if isinstance(own, str) else own)]
        path.write_text(with_front_matter(path, meta) + _LAST_CELL, encoding="utf-8")

    @cached_property
    def name(self) -> str:
        """Engine and version."""
        result = subprocess.run([self.program, "--version"], capture_output=True, text=True, timeout=60, check=False)
        return f"Quarto {result.stdout.strip()}"

    def execute(
        self, path: Path, folder: Path, environment: Mapping[str, str], parameters: Mapping[str, str]
    ) -> Executed:
        """Check the document against the subset and render the first format, with which comes what was printed."""
        source = read(path)
        env = {**os.environ, **environment, "DO_NOT_TRACK": "1", "QUARTO_PYTHON": sys.executable,
               FOLDER_ENV: str(folder)}  # fmt: skip
        if self.picture_cache:
            env["MPLCONFIGDIR"] = str(self.picture_cache)
        # Quoted: Quarto reads the value as YAML, where a code of digits would be a number.
        given = [part for name, value in parameters.items() for part in ("-P", f"{name}:{json.dumps(value)}")]

        first = folder / "first.html"
        self._render(source, first, given, env)

        def write(target: Path) -> None:
            if target.suffix == ".html":
                shutil.copyfile(first, target)
            else:
                self._render(source, target, given, env)

        return Executed(read_printed(folder), write)

    def _render(self, source: Source, target: Path, arguments: list[str], env: dict[str, str]) -> None:
        with self._lock:  # two runs over one project write the same files
            self._run(source, target, arguments, env)

    def _run(self, source: Source, target: Path, arguments: list[str], env: dict[str, str]) -> None:
        name = source.path.name
        command = [self.program, "render", name, "--to", _FORMATS[target.suffix], *arguments]
        try:
            result = subprocess.run(
                command, cwd=self.project, env=env, capture_output=True, text=True, timeout=TIMEOUT_S, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise BuildError(f"{name}: quarto took longer than {TIMEOUT_S} s") from error
        made = self.project / "_output" / f"{Path(name).stem}{target.suffix}"
        if result.returncode or not made.exists():
            raise BuildError(told(source, result.stderr + result.stdout) or f"{name}: quarto: {result.returncode}")
        if "Unable to resolve crossref" in result.stderr + result.stdout:
            made.unlink()
            raise BuildError(f"{name}: unresolved reference")
        shutil.move(made, target)

    def close(self) -> None:
        """Remove the copy."""
        self._folder.cleanup()


def told(source: Source, output: str) -> str:
    """What Quarto printed as one line of file, line and cause; empty where it names none.

    Of a failed cell it prints the code between two rules, then the traceback, whose last line is the cause: “An error
    occurred …” and “WARN: Error encountered …” say neither.
    """
    lines = _COLOUR.sub("", output).splitlines()
    causes = [found[1].strip() for line in lines if (found := _CAUSE.match(line.strip()))]
    others = [line.strip() for line in lines if re.match(r"(ERROR|\[error\])", line.strip())]
    if not causes and not others:
        return ""
    rules = [number for number, line in enumerate(lines) if _RULE.match(line.strip())]
    code = "\n".join(lines[rules[0] + 1 : rules[1]]).strip() if len(rules) > 1 else ""
    cell = next((cell for cell in source.cells if code and cell.code.strip() in code), None)
    place = f"{cell.file}:{cell.line}" if cell else source.path.name
    return f"{place}: quarto: {causes[-1] if causes else others[0]}"
