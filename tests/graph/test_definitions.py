"""The Dagster graph as a data engineer meets it."""

from __future__ import annotations

import itertools
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import dagster as dg
import pytest

from assets.dbt import OPTIONS, refuse_after_a_broken_gate
from assets.run import BuildArguments
from dagster_project.assemble import build_defs
from ehpilot.gates import GateResult, Outcome
from ehpilot.manifest import dbt_environment, invoke, parsed
from ehpilot.project import DBT_DIR, PROJECT_ROOT
from ehpilot.register import Register


@pytest.fixture(scope="module")
def defs(tmp_path_factory: pytest.TempPathFactory) -> dg.Definitions:
    """Definitions over an empty build folder; nothing runs."""
    out = tmp_path_factory.mktemp("graph")
    return build_defs(BuildArguments(profile="demo", landing=str(out), out=str(out / "out")))


def test_definitions_stay_short() -> None:
    assert len((PROJECT_ROOT / "dagster_project" / "definitions.py").read_text(encoding="utf-8").splitlines()) <= 60


def test_every_raw_and_public_table_is_an_asset(defs: dg.Definitions) -> None:
    register = Register.load()
    keys = {key.to_user_string() for key in defs.resolve_asset_graph().get_all_asset_keys()}
    wanted = {f"raw/{name}" for name in register.raw_tables}
    wanted |= {f"{table.schema}/{table.name}" for table in register.public_tables.values()}
    assert wanted - keys == set()


def test_raw_assets_say_what_they_are(defs: dg.Definitions) -> None:
    graph = defs.resolve_asset_graph()
    for name in Register.load().raw_tables:
        node = graph.get(dg.AssetKey(["raw", name]))
        assert node.group_name == "raw"
        assert node.owners and node.description and node.kinds == {"python", "duckdb"}
        assert node.metadata["dagster/column_schema"].columns


def test_models_say_what_they_are_and_whose(defs: dg.Definitions) -> None:
    graph = defs.resolve_asset_graph()
    nodes = [node for node in Register.load().manifest["nodes"].values() if node["resource_type"] in ("model", "seed")]
    bare = [
        (node["schema"], node["alias"])
        for node in nodes
        if not (found := graph.get(dg.AssetKey([node["schema"], node["alias"]]))).owners or not found.description
    ]
    assert bare == []


def test_every_asset_has_group_kinds_owner_and_description(defs: dg.Definitions) -> None:
    graph = defs.resolve_asset_graph()
    nodes = [graph.get(key) for key in graph.get_all_asset_keys()]
    bare = [
        node.key.to_user_string()
        for node in nodes
        if node.group_name in (None, "default") or not (node.kinds and node.owners and node.description)
    ]
    assert bare == []


def test_gates_block_before_the_next_stage(defs: dg.Definitions) -> None:
    graph = defs.resolve_asset_graph()
    blocking = {key.asset_key.path[0] for key in graph.asset_check_keys if graph.get_check_spec(key).blocking}
    assert {"raw", "intake", "staging", "core", "inventory"} <= blocking


def test_a_stage_is_one_step_and_a_gate_another(defs: dg.Definitions) -> None:
    register = Register.load()
    steps = {node.name for node in defs.resolve_job_def("build").nodes}
    assert {f"dbt_{stage}" for stage in register.stages} == {name for name in steps if name.startswith("dbt_")}
    gates = {"intake", "raw"} | set(register.stages)
    found = {name.removeprefix("gate_") for name in steps if name.startswith("gate_")}
    assert {"intake", "raw", "1_staging", "2_inventory"} <= found <= gates


def test_steps_run_in_the_order_of_the_stages(defs: dg.Definitions) -> None:
    """Of steps that could run, that of the earliest stage does: its gate is heard before the next stage begins."""
    nodes = {node.name: node for node in defs.resolve_job_def("build").nodes}
    priority = {name: int(nodes[name].tags.get("dagster/priority", 0)) for name in nodes}
    stages = list(Register.load().stages)
    for earlier, later in itertools.pairwise(stages):
        assert priority[f"dbt_{earlier}"] > priority[f"dbt_{later}"]
        assert priority.get(f"gate_{earlier}", priority[f"dbt_{earlier}"]) > priority[f"dbt_{later}"]


def test_no_stage_is_built_after_a_broken_gate() -> None:
    facts = {"gate": "2_inventory", "table": "inventory.emission", "rule": "r", "failing_rows": 1}
    broken = Outcome(**facts, severity="error", passed=False, message_cn="", message_en="")
    warned = Outcome(**facts, severity="warning", passed=False, message_cn="", message_en="")
    found: list[Any] = [GateResult("1_staging", []), warned, GateResult("2_inventory", [warned])]
    run = SimpleNamespace(build=SimpleNamespace(gate_results=found))
    refuse_after_a_broken_gate(run)
    found.append(GateResult("2_inventory", [warned, broken]))
    with pytest.raises(dg.Failure, match="gate 2_inventory is broken"):
        refuse_after_a_broken_gate(run)


def test_every_test_is_run_once_when_all_that_it_reads_is_there(
    defs: dg.Definitions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By dbt's own choice: no test falls between two stages."""
    for name, value in dbt_environment(tmp_path / "warehouse.duckdb").items():
        monkeypatch.setenv(name, value)
    nodes = {node.name: node for node in defs.resolve_job_def("build").nodes}
    ran: Counter[str] = Counter()
    for stage in Register.load().stages:
        select = ["--select", nodes[f"dbt_{stage}"].tags["dagster_dbt/select"]]
        words = ["ls", "--resource-type", "test", "--output", "name", *OPTIONS[:2], *select]
        with (tmp_path / "words").open("w") as said:
            ran.update(invoke(words, DBT_DIR, tmp_path, said, parsed(DBT_DIR)).result)
    tests = [node for node in Register.load().manifest["nodes"].values() if node["resource_type"] == "test"]
    assert ran == Counter({node["name"]: 1 for node in tests})


def test_nothing_starts_by_itself(defs: dg.Definitions) -> None:
    repository = defs.get_repository_def()
    assert {s.name for s in repository.schedule_defs} == {"monthly_edition", "yearly_edition"}
    assert all(s.default_status == dg.DefaultScheduleStatus.STOPPED for s in repository.schedule_defs)
    assert all(s.default_status == dg.DefaultSensorStatus.STOPPED for s in repository.sensor_defs)


def test_schedules_run_by_the_clock_of_the_area(tmp_path) -> None:
    abroad = build_defs(BuildArguments(profile="gulf_coast", landing=str(tmp_path), out=str(tmp_path / "out")))
    assert {s.execution_timezone for s in abroad.get_repository_def().schedule_defs} == {"America/Chicago"}


def test_sensor_asks_once_a_change(defs: dg.Definitions, tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dagster_project.automation import landing_folder_sensor

    monkeypatch.setenv("EHPILOT_LANDING", str(tmp_path))
    (tmp_path / "a.csv").write_text("1")
    first = landing_folder_sensor(dg.build_sensor_context(cursor=None))
    assert len(first.run_requests) == 1
    again = landing_folder_sensor(dg.build_sensor_context(cursor=first.cursor))
    assert not again.run_requests
    (tmp_path / "b.csv").write_text("2")
    added = landing_folder_sensor(dg.build_sensor_context(cursor=first.cursor))
    assert len(added.run_requests) == 1
    (tmp_path / "b.csv").unlink()
    back = landing_folder_sensor(dg.build_sensor_context(cursor=added.cursor))
    assert back.cursor == first.cursor
    assert [request.run_key for request in back.run_requests] == [None], "a key used before would never run again"


def test_one_job_one_process(defs: dg.Definitions) -> None:
    assert defs.resolve_job_def("build").executor_def.name == "in_process"
