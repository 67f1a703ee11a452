"""The embedded engine: cells run once in a kept kernel, then pandoc and Typst for every format asked for.

Does not belong here: which document an edition has, file names, finishing (``press``).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path

from ehpilot.reporting.engine import pandoc
from ehpilot.reporting.engine.executed import Executed, read_printed
from ehpilot.reporting.engine.kernel import Kernel
from ehpilot.reporting.engine.source import read, read_project
from ehpilot.reporting.project import PROJECT


class EmbeddedEngine:
    """Renders .qmd files with one kernel, started at the first document."""

    def __init__(self, project: Path = PROJECT, picture_cache: Path | None = None):
        self.project = project
        self.settings = read_project(project)
        self.picture_cache = picture_cache
        self._kernel: Kernel | None = None

    @property
    def name(self) -> str:
        """Engine and versions, as the annex prints them."""
        return _name()

    def execute(
        self, path: Path, folder: Path, environment: Mapping[str, str], parameters: Mapping[str, str]
    ) -> Executed:
        """Run the cells of a document; its formats are written from pandoc's tree, read once."""
        source = read(path)
        if self._kernel is None:
            self._kernel = Kernel(self.picture_cache)
        text = self._kernel.run(source, dict(environment), dict(parameters), folder)
        tree = folder / f"{path.stem}.json"
        pandoc.read(text, tree)
        return Executed(
            read_printed(folder),
            lambda target: pandoc.convert(tree, target, source.meta, self.settings, self.project),
        )

    def close(self) -> None:
        """Stop the kernel."""
        if self._kernel is not None:
            self._kernel.close()
            self._kernel = None


@cache
def _name() -> str:
    import pypandoc

    return f"内置引擎（pandoc {pypandoc.get_pandoc_version()}，typst {version('typst')}）"
