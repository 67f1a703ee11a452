"""A run that goes from the files to the seal begins with an empty warehouse; a run of a part keeps it."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest

from assets.run import INVENTORY, SEALED, BuildArguments, BuildRun
from dagster_project.execute import selected
from ehpilot.errors import UsageError
from ehpilot.runs.build import Build


def _graph(out: Path) -> dg.Definitions:
    """The two ends of the real graph and one table between, over the real resource."""
    seen = []

    @dg.asset(key=INVENTORY)
    def inventory(run: BuildRun) -> None:
        seen.append(run.build.workspace.warehouse.exists())

    @dg.asset(key=["core", "table"], deps=[INVENTORY])
    def table(run: BuildRun) -> None:
        seen.append(run.build.workspace.warehouse.exists())

    @dg.asset(key=SEALED, deps=[table])
    def sealed() -> None: ...

    (out / "landing").mkdir(parents=True)
    run = BuildArguments(profile="demo", landing=str(out / "landing"), out=str(out / "out"))
    job = dg.define_asset_job("build", selection=dg.AssetSelection.all())
    defs = dg.Definitions(assets=[inventory, table, sealed], jobs=[job], resources={"run": run})
    Build("demo", out / "landing", out / "out").workspace.make().warehouse.write_bytes(b"of an earlier build")
    defs.seen = seen
    return defs


@pytest.mark.parametrize(
    ("keys", "is_kept"),
    [
        (None, False),  # ehpilot build, the schedules, the sensor
        ([INVENTORY, dg.AssetKey(["core", "table"]), SEALED], False),  # “Materialize all” in the UI
        ([dg.AssetKey(["core", "table"])], True),
        ([INVENTORY], True),
        ([dg.AssetKey(["core", "table"]), SEALED], True),
    ],
)
def test_only_a_whole_run_throws_the_working_database_away(
    tmp_path: Path, keys: list[dg.AssetKey] | None, is_kept: bool
) -> None:
    defs = _graph(tmp_path)
    result = defs.resolve_job_def("build").execute_in_process(asset_selection=keys)
    assert result.success
    assert set(defs.seen) <= {is_kept}
    assert (tmp_path / "out" / "work" / "warehouse.duckdb").exists() == is_kept


def test_a_selection_seals_nothing_and_a_wrong_one_says_so(tmp_path: Path) -> None:
    defs = _graph(tmp_path)
    assert selected("*", defs) == sorted([INVENTORY, dg.AssetKey(["core", "table"])])
    assert selected('+key:"core/table"', defs) == sorted([INVENTORY, dg.AssetKey(["core", "table"])])
    for wrong in ('key:"core/nothing"', "nope nope(", 'key:"edition/sealed"'):
        with pytest.raises(UsageError, match="--select"):
            selected(wrong, defs)
