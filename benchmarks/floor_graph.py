"""The floor under ``make demo`` once more, as a Dagster project: the same empty models, dbt invocations and gate, run
as assets with the run's records on disk. Printed beside the floor that the limit is set against: what the stack itself
costs before a model does anything.

Run as ``python -m benchmarks.floor_graph FOLDER`` on a project that ``floor.write_project`` wrote.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import DbtCliResource, dbt_assets

from benchmarks.floor import LAYERS, gate


def run(folder: Path) -> None:
    """One in-process run of three dbt assets, then the gate."""
    (folder / "dagster").mkdir(exist_ok=True)
    os.environ.update(DO_NOT_TRACK="1", DAGSTER_DISABLE_TELEMETRY="1", DAGSTER_HOME=str(folder / "dagster"))
    dbt = DbtCliResource(
        project_dir=str(folder), profiles_dir=str(folder), dbt_executable=str(Path(sys.executable).parent / "dbt")
    )
    dbt.cli(["parse", "--quiet"], target_path=folder / "target").wait()
    job = dg.define_asset_job("build", selection=dg.AssetSelection.all(), executor_def=dg.in_process_executor)
    layers = [_layer(name, folder / "target" / "manifest.json") for name in LAYERS]
    defs = dg.Definitions(assets=layers, jobs=[job], resources={"dbt": dbt})
    with dg.DagsterInstance.get() as instance:
        defs.resolve_job_def("build").execute_in_process(instance=instance)
    gate()


def _layer(name: str, manifest: Path) -> dg.AssetsDefinition:
    @dbt_assets(manifest=manifest, select=f"fqn:floor.{name}", name=name)
    def build(context: dg.AssetExecutionContext, dbt: DbtCliResource) -> Iterator[Any]:
        yield from dbt.cli(["build"], context=context).stream()

    return build


if __name__ == "__main__":
    run(Path(sys.argv[1]).resolve())
