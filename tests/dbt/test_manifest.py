"""Rules over the graph of models: stages, traces, the list of origins. Does not belong here: columns and types."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ehpilot.errors import BuildError
from ehpilot.project import DBT_DIR
from ehpilot.register import PUBLIC_SCHEMAS, STAGES, Register

STAGING, META, REPORT = STAGES[0].number, 8, STAGES[-1].number
# the one fact of the running build (as-of date, assessment year) that any stage may read
BUILD = "source.ehpilot.intake.build"
# words of codes and of parameters: what a document prints for a code is a seed's label, so report tables may read these
LABELS = {
    f"seed.ehpilot.{seed}" for seed in ("code_label", "parameter", "change_reason", "source_citation", "manual_phrase")
}


def _models(register: Register) -> list[dict[str, Any]]:
    return [node for node in register.manifest["nodes"].values() if node["resource_type"] == "model"]


def _stages(register: Register) -> dict[str, int]:
    """Number of the stage that makes a model or loads a seed, by the node's id."""
    return {table.unique_id: table.stage.number for table in register.tables.values()}


def test_models_read_their_own_stage_and_earlier_ones(register: Register) -> None:
    stage = _stages(register)
    breaches = [
        f"{node['name']} (stage {stage[node['unique_id']]}) reads {parent} (stage {stage[parent]})"
        for node in _models(register)
        for parent in node["depends_on"]["nodes"]
        if stage.get(parent, 0) > stage[node["unique_id"]]
    ]
    assert breaches == []


def test_files_are_read_by_staging_and_the_books_by_the_record(register: Register) -> None:
    stage, sources = _stages(register), register.manifest["sources"]
    readers = {"raw": {STAGING}, "intake": {STAGING, META}}
    breaches = [
        f"{node['name']} reads {parent}"
        for node in _models(register)
        for parent in node["depends_on"]["nodes"]
        if parent in sources and parent != BUILD
        if stage[node["unique_id"]] not in readers[sources[parent]["schema"]]
    ]
    assert breaches == []


def test_staging_reads_files_only_and_documents_read_what_is_published(register: Register) -> None:
    """So every printed number can be followed in the edition alone."""
    stage, nodes = _stages(register), register.manifest["nodes"]
    breaches = []
    for node in _models(register):
        parents = [parent for parent in node["depends_on"]["nodes"] if parent in nodes]
        if stage[node["unique_id"]] == STAGING:
            breaches += [f"{node['name']} reads {parent}" for parent in parents]
        if stage[node["unique_id"]] == REPORT:
            unpublished = [p for p in parents if nodes[p]["schema"] not in PUBLIC_SCHEMAS and p not in LABELS]
            breaches += [f"{node['name']} reads {parent}" for parent in unpublished]
    assert breaches == []


def test_every_stage_has_a_number_a_name_and_words() -> None:
    assert [stage.number for stage in STAGES] == list(range(1, len(STAGES) + 1))
    assert len({stage.key for stage in STAGES}) == len({stage.label for stage in STAGES}) == len(STAGES) < 10
    assert all(re.fullmatch(r"[a-z_]+", stage.name) for stage in STAGES)
    assert all(re.search(r"[\u4e00-\u9fff]", stage.label) for stage in STAGES)


@pytest.mark.parametrize("stage", [None, "10_afterwards", 2, "inventory"])
def test_a_model_of_no_stage_or_an_unknown_one_is_refused(stage: Any) -> None:
    node = {
        "resource_type": "model",
        "schema": "core",
        "name": "dim_thing",
        "columns": {},
        "unique_id": "model.x.dim_thing",
        "original_file_path": "models/marts/core/dim_thing.sql",
        "config": {"meta": {"stage": stage} if stage else {}},
    }
    with pytest.raises(BuildError, match=r"dim_thing\.sql: meta\.stage .* 1_staging, 2_inventory"):
        _ = Register({"nodes": {"model.x.dim_thing": node}, "sources": {}}).stages


def test_a_stage_without_models_is_no_step(register: Register) -> None:
    named = {stage.key for stage in STAGES}
    assert set(register.stages) <= named and all(register.stages.values())
    assert list(register.stages) == sorted(register.stages)


def test_names_say_the_layer_and_a_step_says_its_mart(register: Register) -> None:
    patterns = {
        "staging": r"stg_[a-z_]+__[a-z_]+",
        "intermediate": r"int_[a-z_]+__[a-z_0-9]+",
        "report": r"(d\d\d|annual|evaluation|dossier|document)_[a-z_]+",
    }
    wrong = [
        node["name"]
        for node in _models(register)
        if node["schema"] in patterns and not re.fullmatch(patterns[node["schema"]], node["name"])
    ]
    for node in _models(register):
        if node["schema"] == "intermediate":
            mart = node["original_file_path"].split("/")[2]
            if mart not in PUBLIC_SCHEMAS or not node["name"].startswith(f"int_{mart}__"):
                wrong.append(node["original_file_path"])
    assert wrong == []


def test_yaml_of_steps_is_named_after_its_folder() -> None:
    steps = DBT_DIR / "models" / "intermediate"
    named = {
        "_".join(("", *path.parent.relative_to(steps).parts)) + "__models.yml": path for path in steps.rglob("*.yml")
    }
    assert {name: path.name for name, path in named.items()} == {name: name for name in named}
    assert len(named) == len(list(steps.rglob("*.yml")))


def test_folders_and_yaml_can_be_taken_in_at_a_look() -> None:
    files = [path for path in (DBT_DIR / "models").rglob("*.*") if path.is_file()]
    folders = Counter(path.parent.relative_to(DBT_DIR / "models") for path in files)
    assert {folder: count for folder, count in folders.items() if count > 25 and folder != Path("report")} == {}
    # deliverables.yml is one list whose lines are traced
    lines = {path.name: len(path.read_text("utf-8").splitlines()) for path in files if path.suffix == ".yml"}
    assert {name: count for name, count in lines.items() if count > 400 and name != "deliverables.yml"} == {}


def test_every_public_table_declares_where_it_comes_from(register: Register) -> None:
    """Exactly one of: own `_origin`, a trace to other tables, or bookkeeping of the build. A table with `_origin`
    may trace single columns (counts, sums of others) as well, if it names them."""
    faults = []
    for name, table in register.public_tables.items():
        whole_rows = [trace for trace in table.trace if not (table.has_origin and trace.get("columns"))]
        declared = [table.has_origin, bool(whole_rows), bool(table.meta.get("bookkeeping"))]
        if sum(declared) != 1:
            faults.append(f"{name}: origin {declared[0]}, trace {declared[1]}, bookkeeping {declared[2]}")
        if table.has_origin != any(column.name == "_origin" for column in table.columns):
            faults.append(f"{name}: column _origin and the mark origin: true must go together")
    assert faults == []


def test_traces_name_tables_and_columns_that_exist(register: Register) -> None:
    tables = register.public_tables
    faults = []
    for name, table in tables.items():
        ours = {column.name for column in table.columns}
        for trace in table.trace:
            if "row_of" in trace:
                faults += [f"{name}: row_of {column}" for column in trace["row_of"].values() if column not in ours]
                continue
            other = tables.get(trace.get("table", ""))
            if other is None:
                faults.append(f"{name}: traces to {trace.get('table')}, which is no public table")
                continue
            theirs = {column.name for column in other.columns}
            if not trace.get("on"):
                faults.append(f'{name}: trace without "on" (an unquoted on: is the boolean true in YAML)')
                continue
            for their_column, our_column in trace["on"].items():
                if their_column not in theirs or our_column not in ours:
                    faults.append(f"{name}: {their_column} = {our_column} joins columns that do not exist")
            if trace.get("weight") and trace["weight"] not in theirs:
                faults.append(f"{name}: weight {trace['weight']} is no column of {trace['table']}")
    assert faults == []


UNIONS = {
    "origin": "origin",
    "parameters": "parameter_used",
    "gaps": "gap",
    "proposals": "int_meta__proposals_united",
    "reasons": "document_reason",
}


@pytest.mark.parametrize("mark", UNIONS)
def test_a_marked_model_is_a_parent_of_the_table_that_unites_its_kind(register: Register, mark: str) -> None:
    nodes = register.manifest["nodes"]
    union = nodes[f"model.ehpilot.{UNIONS[mark]}"]
    marked = {key for key, node in nodes.items() if node["config"].get("meta", {}).get(mark)}
    assert marked and marked <= set(union["depends_on"]["nodes"])
    assert f"marked_models('{mark}')" in union["raw_code"]


def test_gaps_are_about_tables_that_there_are(register: Register) -> None:
    """A gap about a table that nobody has stands in no document."""
    models = [node for node in register.manifest["nodes"].values() if node["resource_type"] == "model"]
    tables = {f"{node['schema']}.{node['alias']}" for node in models}
    marks = {node["name"]: node["config"].get("meta", {}).get("gaps") for node in models}
    about = {name: mark for name, mark in marks.items() if isinstance(mark, list)}
    assert about and {name: mark for name, mark in about.items() if not set(mark) <= tables} == {}
    assert {mark for mark in marks.values() if mark and not isinstance(mark, list)} <= {"told", True}


def test_all_raw_tables_are_parents_of_the_count_of_flags(register: Register) -> None:
    node = register.manifest["nodes"]["model.ehpilot.stg_intake__records_flagged"]
    sources = register.manifest["sources"]
    read = {sources[parent]["identifier"] for parent in node["depends_on"]["nodes"]}
    assert read == set(register.raw_tables)


@pytest.mark.parametrize("limit", [150])
def test_models_stay_readable(limit: int) -> None:
    long_ones = {
        path.name: lines
        for path in (DBT_DIR / "models").rglob("*.sql")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > limit
    }
    assert long_ones == {}


def test_branches_and_windows_have_unit_tests(register: Register) -> None:
    """Every model with a `case when` or a window function has a unit test, or names the pytest file that tests it (a
    model that reads the graph cannot be run on given rows)."""
    tested = {unit["model"] for unit in register.manifest.get("unit_tests", {}).values()}
    bare = [
        node["name"]
        for node in _models(register)
        if re.search(r"\bcase\s+when\b|\bover\s*\(", node["raw_code"], re.IGNORECASE)
        and node["name"] not in tested
        and not (DBT_DIR.parent / node["config"]["meta"].get("tested_by", "no such file")).is_file()
    ]
    assert bare == []


def _sensitivity(node: dict[str, Any], column: str) -> str:
    """Mark of a column, that of its table where it has none; not said is not public."""
    own = node["columns"][column].get("config", {}).get("meta", {}).get("sensitivity")
    return str(own or node["config"]["meta"].get("sensitivity", "government"))


def test_what_names_an_enterprise_is_no_more_public_in_a_document_than_in_its_mart(register: Register) -> None:
    nodes = {node["name"]: node for node in _models(register)}
    mart = nodes["dim_enterprise"]
    reports = [node for node in nodes.values() if node["schema"] == "report"]
    not_public = {c for c in mart["columns"] if _sensitivity(mart, c) != "public"}
    assert {"name", "credit_code", "permit_no"} <= not_public
    of_sites = [n for n in reports if n["columns"].keys() & {"enterprise_id", "credit_code", "permit_no"}]
    # as a document words them
    worded = not_public | {"enterprise_name", "park_name", "industry", "management_class"}
    too_public = [
        f"{node['name']}.{column}"
        for node in of_sites
        for column in node["columns"]
        if column in worded and _sensitivity(node, column) == "public"
    ]
    assert of_sites and too_public == []


def test_no_model_declares_a_foreign_key(register: Register) -> None:
    """``ehpilot.manifest.invoke`` spares the adapter looking for them before each model."""
    declared = [
        node["name"]
        for node in _models(register)
        for owner in (node, *node["columns"].values())
        for constraint in owner.get("constraints") or []
        if constraint["type"] == "foreign_key"
    ]
    assert declared == []
