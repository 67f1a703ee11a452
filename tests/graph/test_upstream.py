"""A run of a part says which tables it would read and nobody made; it never fails in dbt's words about a catalog."""

from __future__ import annotations

from pathlib import Path

import pytest

from ehpilot.errors import UsageError
from ehpilot.runs.build import Build


def test_a_part_names_the_tables_that_it_misses(tmp_path: Path) -> None:
    (tmp_path / "landing").mkdir()
    build = Build("demo", tmp_path / "landing", tmp_path / "out")
    build.workspace.make()
    with pytest.raises(UsageError, match=r"not there yet: .*inventory\.risk_pollutant"):
        build.require_upstream(["report.d01_left_out", "report.nothing"])
    con = build.warehouse.open()
    con.execute("create schema inventory; create table inventory.risk_pollutant (a integer)")
    with pytest.raises(UsageError) as refused:
        build.require_upstream(["report.d01_left_out"])
    assert "inventory.risk_pollutant" not in str(refused.value)
    build.warehouse.close()


def test_what_is_made_in_the_same_run_is_not_missed(tmp_path: Path) -> None:
    (tmp_path / "landing").mkdir()
    build = Build("demo", tmp_path / "landing", tmp_path / "out")
    build.workspace.make()
    everything = [table.full_name for table in build.register.tables.values()]
    with pytest.raises(UsageError) as refused:
        build.require_upstream(everything)
    assert "report." not in str(refused.value) and "inventory." not in str(refused.value)
    build.warehouse.close()
