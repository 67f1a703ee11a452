"""The two engines behind one call: real Quarto where it is installed, the embedded one elsewhere.

Both render the same .qmd files, written in the subset that ``source`` checks. Does not belong here: what a document
says, and what is done to a rendered file afterwards (``ehpilot.reporting.finish_*``).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from ehpilot.errors import UsageError
from ehpilot.reporting.engine.executed import Executed

CHOICE_ENV = "EHPILOT_ENGINE"


class Engine(Protocol):
    """What the press needs of an engine."""

    @property
    def name(self) -> str:
        """Engine and version, as the annex prints them."""

    def execute(
        self, path: Path, folder: Path, environment: Mapping[str, str], parameters: Mapping[str, str]
    ) -> Executed:
        """Run the cells of a document in ``folder``."""

    def close(self) -> None:
        """End what the engine keeps running."""


def choose(project: Path, picture_cache: Path | None = None) -> Engine:
    """$EHPILOT_ENGINE (quarto | embedded), else Quarto where it is on PATH, else the embedded engine.

    Raises UsageError for another word, or when Quarto is asked for and not there.
    """
    from ehpilot.reporting.engine.embedded import EmbeddedEngine
    from ehpilot.reporting.engine.quarto import QuartoEngine

    wanted = os.environ.get(CHOICE_ENV, "")
    program = shutil.which("quarto")
    if wanted not in ("", "quarto", "embedded"):
        raise UsageError(f"{CHOICE_ENV}={wanted}: say quarto or embedded")
    if wanted == "quarto" and not program:
        raise UsageError(f"{CHOICE_ENV}=quarto, but no quarto is on PATH; install it or unset {CHOICE_ENV}")
    if program and wanted != "embedded":
        return QuartoEngine(project, program, picture_cache)
    return EmbeddedEngine(project, picture_cache)
