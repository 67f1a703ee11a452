"""A second build takes over months of hours that did not change, and makes what a build without them makes."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from tests.area import Area
from tests.pipeline.conftest import CHANGED_HOURS


def test_months_taken_over_give_the_edition_of_a_full_build(changed: Area, demo: Area, tmp_path: Path) -> None:
    month = f"{CHANGED_HOURS[-10:-6]}-{CHANGED_HOURS[-6:-4]}"
    with duckdb.connect(str(changed.out / "work" / "warehouse.duckdb"), read_only=True) as con:
        anew = con.execute("select model, month from months.plan where not is_kept order by model").fetchall()
        models = [model for (model,) in con.execute("select distinct model from months.plan order by 1").fetchall()]
        own, all_files = (
            con.execute(f"select count(distinct _file_no) from raw.monitoring_station_hour{part}").fetchall()[0][0]
            for part in ("__own", "")
        )
    assert anew == [(model, month) for model in models] and len(models) == 3
    # The build that was refused before it had read the one changed file: this one read none anew.
    assert own == 0 and all_files > 20
    shutil.copytree(demo.out, tmp_path / "out", symlinks=True)
    for folder in ("read_files", "months"):
        shutil.rmtree(tmp_path / "out" / "work" / folder)
    full = Area(changed.landing, changed.truth, tmp_path / "out")
    result = full.build("--accept-shrink", "--no-reports")
    assert result.returncode == 0, result.stdout + result.stderr
    hashes = "select edition_no, content_hash from meta.edition"
    assert full.sql(hashes) == changed.sql(hashes)
