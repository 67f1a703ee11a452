"""``ehpilot ui``: Dagster's own pages over the same graph.

Dagster is imported when it runs; its servers end with this process (``ehpilot.cli.guarded``).

Does not belong here: what the pages show (``assets``, ``dagster_project``).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from ehpilot.cli.guarded import run_guarded
from ehpilot.cli.options import DEFAULT_OUT, Landing, Out, ProfileName, key_folder


def ui(
    profile: ProfileName, landing: Landing, out: Out = DEFAULT_OUT, port: Annotated[int, typer.Option("--port")] = 3000
) -> None:
    """在本机打开 Dagster 界面。The Dagster UI on 127.0.0.1 over the same assets."""
    from dagster_project.execute import open_instance
    from ehpilot.project import PROJECT_ROOT
    from ehpilot.runs.build import Build

    key_folder()
    job = Build(profile, landing, out)
    open_instance(job.workspace.make())
    env = dict(
        os.environ, EHPILOT_PROFILE=str(profile), EHPILOT_LANDING=str(landing.resolve()), EHPILOT_OUT=str(out.resolve())
    )
    command = [str(Path(sys.executable).parent / "dagster"), "dev", "-m", "dagster_project.definitions"]
    command += ["-h", "127.0.0.1", "-p", str(port), "-d", str(PROJECT_ROOT)]
    raise typer.Exit(run_guarded(command, env, PROJECT_ROOT))
