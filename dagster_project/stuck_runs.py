"""Runs of the Dagster records whose process is gone: marked cancelled, so that they block nothing.

Does not belong here: editions and locks (``ehpilot.reading.doctor``).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dagster as dg

from dagster_project.execute import open_instance
from ehpilot.workspace import Workspace

UNFINISHED = [dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.CANCELING]


def clear_stuck_runs(out: Path) -> list[dict[str, Any]]:
    """Cancel runs that claim to run while nobody holds the writer's lock. Returns facts for ``doctor``."""
    workspace = Workspace(out)
    rows: list[dict[str, Any]] = []
    if workspace.lock_owner() is not None:
        return rows
    with open_instance(workspace) as instance:
        for run in instance.get_runs(filters=dg.RunsFilter(statuses=UNFINISHED)):
            instance.report_run_canceled(run, message="its process is gone")
            rows.append({
                "what": "dagster run", "state": "ok", "path": str(workspace.dagster_home),
                "detail": f"run {run.run_id} was left by a dead process; marked cancelled", "advice": "",
            })  # fmt: skip
    return rows
