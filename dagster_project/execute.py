"""A build run in this process: what ``ehpilot build`` calls.

Does not belong here: printing, exit codes (``ehpilot.cli``).
"""

from __future__ import annotations

import json
import logging
import os
from dataclasses import dataclass
from typing import Any

import dagster as dg

from assets.run import SEALED, Run
from dagster_project.assemble import build_defs
from ehpilot.errors import UsageError
from ehpilot.workspace import Workspace

DAGSTER_YAML = """telemetry: {enabled: false}
nux: {enabled: false}
concurrency: {runs: {max_concurrent_runs: 1}}
run_monitoring: {enabled: true, free_slots_after_run_end_seconds: 60}
event_log_storage:
  module: dagster_project.run_records
  class: KeptEventLog
  config: {base_dir: %s}
"""
# By these the UI knows the job of a run that it has not started itself: the code that `ehpilot ui` serves.
REPOSITORY_TAG = ".dagster/repository"
REPOSITORY = "__repository__@dagster_project.definitions"
# A build on a terminal prints there; Dagster would send it through a file that two processes follow.
PRINTS_HERE = """compute_logs: {module: dagster._core.storage.noop_compute_log_manager, class: NoOpComputeLogManager}
"""


@dataclass(frozen=True)
class RunResult:
    """Outcome of one run; ``failures`` = (step or check, reason). A failed error-level check stops what is after it.

    ``usage`` is what the user must mend where a step met wrong input or a wrong environment, else empty.
    """

    success: bool
    failures: list[tuple[str, str]]
    usage: str = ""


def execute(run: Run, selection: str | None = None) -> RunResult:
    """Run the build job in this process under the instance of the build folder; a selection seals no edition.

    Raises UsageError for a selection that is none or that fits nothing.
    """
    instance = open_instance(run.build.workspace, prints_here=True)
    defs = build_defs(run)
    job = defs.resolve_job_def("build")
    keys = selected(selection, defs) if selection else None
    # What dagster-dbt says of its selection is for Dagster's log; some library prints whatever reaches the root logger.
    logging.getLogger("dagster").propagate = False
    with instance:
        result = job.execute_in_process(
            instance=instance,
            raise_on_error=False,
            run_id=run.build.run_id,
            tags={REPOSITORY_TAG: REPOSITORY},
            asset_selection=keys,
            run_config={"loggers": {"progress": {}}},
        )
    return outcome(result)


def selected(selection: str, defs: dg.Definitions) -> list[dg.AssetKey]:
    """Assets of a Dagster selection and those that are made with them in one step, without the step that would seal
    what was made of a part."""
    try:
        wanted = dg.AssetSelection.from_string(selection).required_multi_asset_neighbors()
        job = defs.resolve_job_def("build")
        found = wanted.resolve(defs.resolve_asset_graph()) & set(job.asset_layer.selected_asset_keys)
    except dg.DagsterError as error:
        raise UsageError(
            f"--select {selection!r} is no asset selection; for example 'key:\"core/dim_enterprise\"+' / "
            f"--select {selection!r} 不是资产选择式，写法如 'key:\"core/dim_enterprise\"+'"
        ) from error
    keys = sorted(key for key in found if key != SEALED)
    if not keys:
        raise UsageError(f"--select {selection!r} fits no asset that it could build / 没有符合 {selection!r} 的资产")
    return keys


def outcome(result: dg.ExecuteInProcessResult) -> RunResult:
    """What a finished run says of itself."""
    failed = [event for event in result.all_events if event.is_step_failure]
    failures = [(event.step_key or "", _reason(event)) for event in failed]
    errors = [error for event in failed if (error := _innermost(event)) is not None]
    usage = next((_words(error) for error in errors if error.cls_name == "UsageError"), "")
    checks = [
        e for e in result.get_asset_check_evaluations() if not e.passed and e.severity == dg.AssetCheckSeverity.ERROR
    ]
    failures += [(f"{e.asset_key.to_user_string()}:{e.check_name}", _finding(e)) for e in checks]
    return RunResult(success=result.success and not failures, failures=failures, usage=usage)


def open_instance(workspace: Workspace, prints_here: bool = False) -> dg.DagsterInstance:
    """Dagster's records of this build folder (``work/dagster``), telemetry off. ``prints_here``: what a run of this
    process prints is not kept for the UI."""
    home = workspace.dagster_home
    home.mkdir(parents=True, exist_ok=True)
    events = json.dumps(str(home.resolve() / "history" / "runs"), ensure_ascii=False)
    (home / "dagster.yaml").write_text(DAGSTER_YAML % events, encoding="utf-8")
    (home / "terminal.yaml").write_text(DAGSTER_YAML % events + PRINTS_HERE, encoding="utf-8")
    os.environ["DAGSTER_HOME"] = str(home)
    return dg.DagsterInstance.from_config(str(home), "terminal.yaml" if prints_here else "dagster.yaml")


def _reason(event: Any) -> str:
    """The innermost error of a failed step, one line."""
    error = _innermost(event)
    return " ".join((error.message if error else "").split())[:600]


def _innermost(event: Any) -> Any:
    """The error that a failed step began with, as Dagster keeps it; None where it kept none."""
    error = event.step_failure_data.error
    while error is not None and error.cause is not None:
        error = error.cause
    return error


def _words(error: Any) -> str:
    """An error's message without the name of its class, one line."""
    return " ".join(error.message.partition(": ")[2].split())


def _finding(evaluation: dg.AssetCheckEvaluation) -> str:
    """What a failed check says of itself, one line."""
    facts = "; ".join(f"{name}: {value.value}" for name, value in evaluation.metadata.items())
    return " ".join(facts.split())[:600]
