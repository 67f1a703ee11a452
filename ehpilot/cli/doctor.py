"""``ehpilot doctor``: what is locked, stuck, left over or missing.

Dagster is imported only where its records are to be cleared. Does not belong here: what is looked at
(``ehpilot.reading.doctor``).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ehpilot.cli.options import DEFAULT_OUT, Format, Out, key_folder
from ehpilot.cli.output import emit


def doctor(
    out: Out = DEFAULT_OUT,
    repair: Annotated[
        bool, typer.Option("--repair/--no-repair", help="清理死进程的残留 / clear what dead runs left")
    ] = True,
    format: Format = "table",
) -> None:
    """什么被锁、卡住、缺失。What is locked, stuck, missing; clears what dead runs left."""
    from ehpilot.reading.doctor import facts
    from ehpilot.reading.edition import require_folder

    rows = facts(Path(out))
    if repair and (Path(out) / "work" / "dagster").is_dir():
        from dagster_project.stuck_runs import clear_stuck_runs

        rows += clear_stuck_runs(Path(out))
    emit(rows, format)
    require_folder(out)
    key_folder()
    if any(row.get("state") == "problem" for row in rows):
        raise typer.Exit(1)
