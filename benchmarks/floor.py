"""The floor under ``make demo``: as many empty models as ours in three dbt invocations, one gate, nothing else.

Run as ``python -m benchmarks.floor FOLDER MODELS``. Does not belong here: anything of the warehouse.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

LAYERS = ("staging", "marts", "report")


def write_project(folder: Path, models: int) -> None:
    """A dbt project of ``models`` empty tables in three layers."""
    shutil.rmtree(folder, ignore_errors=True)
    for layer in LAYERS:
        (folder / "models" / layer).mkdir(parents=True)
    (folder / "dbt_project.yml").write_text(
        "name: floor\nversion: '1.0.0'\nprofile: floor\nflags: {send_anonymous_usage_stats: false}\n"
        "models: {floor: {+materialized: table}}\n"
    )
    (folder / "profiles.yml").write_text(
        f"floor: {{target: dev, outputs: {{dev: {{type: duckdb, path: '{folder / 'floor.duckdb'}', threads: 2}}}}}}\n"
    )
    for number in range(models):
        layer = LAYERS[number % 3]
        (folder / "models" / layer / f"m{number}.sql").write_text("select 1 as id where false\n")


def run(folder: Path) -> None:
    """Import of dagster and its dbt bridge, three ``dbt build`` processes, one Great Expectations import and gate."""
    import dagster  # noqa: F401  (the floor pays for the same imports)
    import dagster_dbt  # noqa: F401

    dbt = str(Path(sys.executable).parent / "dbt")
    for layer in LAYERS:
        command = [dbt, "build", "--quiet", "--project-dir", str(folder), "--profiles-dir", str(folder)]
        subprocess.run(
            [*command, "--select", f"path:models/{layer}"], check=True, env=dict(os.environ, DO_NOT_TRACK="1")
        )
    gate()


def gate() -> None:
    """One Great Expectations import and one rule on one row."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx
    import pandas as pd

    context = gx.get_context(mode="ephemeral")
    batch = context.data_sources.add_pandas("p").add_dataframe_asset("a").add_batch_definition_whole_dataframe("b")
    suite = gx.ExpectationSuite(name="s", expectations=[gx.expectations.ExpectColumnValuesToNotBeNull(column="x")])
    result = batch.get_batch(batch_parameters={"dataframe": pd.DataFrame({"x": [1]})}).validate(suite)
    if not result.success:
        raise SystemExit("the floor's gate failed")


if __name__ == "__main__":
    run(Path(sys.argv[1]))
