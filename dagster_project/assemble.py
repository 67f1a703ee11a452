"""Definitions put together in one function, so that tests can build their own.

Does not belong here: decisions about single assets.
"""

from __future__ import annotations

import os

import dagster as dg

from assets.dbt import dbt_stages
from assets.months import months_assets
from assets.publish import publish_assets
from assets.raw import raw_assets
from assets.reports import report_assets, report_keys
from assets.run import BuildArguments, Run
from dagster_project.automation import BUILD_JOB, landing_folder_sensor, schedules
from dagster_project.checks import gate_checks
from dagster_project.progress import progress_logger
from dagster_project.translator import StageTranslator
from ehpilot.register import Register


def build_defs(run: Run | BuildArguments | None = None, register: Register | None = None) -> dg.Definitions:
    """All assets, checks, jobs and automation. ``run`` defaults to the EHPILOT_* environment (``ehpilot ui``)."""
    run = run or arguments_from_environment()
    register = register or Register.load()
    assets: list[dg.AssetsDefinition] = [
        *raw_assets(register),
        *dbt_stages(register, StageTranslator()),
        *report_assets(register),
        *publish_assets(register, report_keys(register)),
        *months_assets(register),
    ]
    return dg.Definitions(
        assets=assets,
        asset_checks=gate_checks(register),
        jobs=[BUILD_JOB],
        schedules=schedules(run.time_zone),
        sensors=[landing_folder_sensor],
        resources={"run": run},
        loggers={"progress": progress_logger, "console": dg.colored_console_logger},
        executor=dg.in_process_executor,
    )


def arguments_from_environment() -> BuildArguments:
    """Arguments of the build as ``ehpilot ui`` hands them to the Dagster processes."""
    return BuildArguments(
        profile=os.environ.get("EHPILOT_PROFILE", "demo"),
        landing=os.environ.get("EHPILOT_LANDING", "build/demo/landing"),
        out=os.environ.get("EHPILOT_OUT", "build/demo/out"),
    )
