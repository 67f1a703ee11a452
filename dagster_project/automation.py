"""The job, its schedules and the sensor on the landing folder; all off until someone turns them on.

Does not belong here: assets and what they do.
"""

import hashlib
import os
from pathlib import Path

import dagster as dg

from assets.months import BY_MONTH

BUILD_JOB = dg.define_asset_job(
    "build",
    selection=dg.AssetSelection.all() - dg.AssetSelection.tag(*BY_MONTH),
    description="登陆文件 → 版次。Landing files to a sealed edition.",
    executor_def=dg.in_process_executor,
)


def schedules(time_zone: str) -> list[dg.ScheduleDefinition]:
    """A build a month and one a year, by the clock of the area."""
    return [
        dg.ScheduleDefinition(
            name=f"{name}_edition", job=BUILD_JOB, cron_schedule=cron, execution_timezone=time_zone, description=words
        )
        for name, cron, words in (
            ("monthly", "0 3 5 * *", "每月5日3时出一版。An edition at 3 o'clock of the 5th of every month."),
            ("yearly", "0 3 10 1 *", "每年1月10日3时出一版。An edition at 3 o'clock of 10 January of every year."),
        )
    ]


@dg.sensor(
    job=BUILD_JOB,
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.STOPPED,
    description="登陆目录有文件新增、改动或移走时构建。A build when files of the landing folder came, changed or went.",
)
def landing_folder_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult:
    """Ask for a build when names, sizes or times of the landing files changed; contents are hashed by the build."""
    fingerprint = _fingerprint(Path(os.environ.get("EHPILOT_LANDING", "build/demo/landing")))
    if fingerprint == context.cursor:
        return dg.SensorResult(skip_reason="landing folder unchanged")
    # No run key: Dagster would never run again for a folder that is put back as it was.
    return dg.SensorResult(run_requests=[dg.RunRequest()], cursor=fingerprint)


def _fingerprint(landing: Path) -> str:
    digest = hashlib.sha256()
    files = sorted(path for path in landing.rglob("*") if path.is_file() and not path.name.startswith((".", "~$")))
    for path in files:
        facts = path.stat()
        digest.update(f"{path.relative_to(landing)}|{facts.st_size}|{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
