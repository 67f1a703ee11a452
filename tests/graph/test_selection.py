"""A part of the graph can be run alone, from the command line and in the UI."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest

from assets.run import BuildArguments
from dagster_project.assemble import build_defs
from dagster_project.execute import selected


@pytest.fixture(scope="module")
def defs(tmp_path_factory: pytest.TempPathFactory) -> dg.Definitions:
    out: Path = tmp_path_factory.mktemp("selection")
    return build_defs(BuildArguments(profile="demo", landing=str(out), out=str(out / "out")))


@pytest.mark.parametrize(
    "selection", ['key:"core/dim_area"', 'key:"raw/permit_site"', 'key:"intake/build"', "group:inventory", "*"]
)
def test_every_selection_makes_a_job(defs: dg.Definitions, selection: str) -> None:
    keys = selected(selection, defs)
    job = defs.resolve_job_def("build").get_subset(asset_selection=frozenset(keys))
    assert set(keys) <= set(job.asset_layer.selected_asset_keys)


def test_what_one_step_makes_is_taken_together(defs: dg.Definitions) -> None:
    keys = selected('key:"raw/permit_site"', defs)
    assert {key.path[0] for key in keys} == {"raw"}
    assert len(keys) > 1
