"""Rules over the graph of models: layers, traces, the list of origins. Does not belong here: columns and types."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ehpilot.project import DBT_DIR
from ehpilot.register import PUBLIC_SCHEMAS, Register

MARTS = tuple(schema for schema in PUBLIC_SCHEMAS if schema not in ("meta", "report"))
# what a layer may read, by the layer of the node it reads
MAY_READ = {
    "staging": {"raw", "intake"},
    # a step between two marts (a kernel in Python) reads the first of them; dbt refuses circles
    "intermediate": {"staging", "seeds", "intermediate", "marts"},
    "marts": {"staging", "seeds", "intermediate", "marts"},
    "meta": {"intake", "seeds", "intermediate", "marts", "meta"},
    "report": {"marts", "meta", "report"},
}
# the one fact of the running build (as-of date, assessment year) that any layer may read
BUILD = "source.ehpilot.intake.build"
# words of codes and of parameters: what a document prints for a code is a seed's label, so report tables may read these
LABELS = {f"seed.ehpilot.{seed}" for seed in ("code_label", "parameter", "change_reason")}


def layer(node: dict[str, Any]) -> str:
    """Layer of a node: a mart's schema counts as `marts`."""
    return "marts" if node["schema"] in MARTS else node["schema"]


def test_models_read_only_the_layers_below(register: Register) -> None:
    manifest = register.manifest
    nodes = {**manifest["nodes"], **manifest["sources"]}
    breaches = []
    for node in manifest["nodes"].values():
        if node["resource_type"] != "model":
            continue
        for parent_id in node["depends_on"]["nodes"]:
            parent = nodes[parent_id]
            if parent_id in LABELS and layer(node) == "report":
                continue
            if parent_id != BUILD and layer(parent) not in MAY_READ[layer(node)]:
                breaches.append(f"{node['name']} ({layer(node)}) reads {parent['name']} ({layer(parent)})")
    assert breaches == []


def test_names_say_the_layer(register: Register) -> None:
    patterns = {
        "staging": r"stg_[a-z_]+__[a-z_]+",
        "intermediate": r"int_[a-z_]+__[a-z_0-9]+",
        "report": r"(d\d\d|annual|evaluation|dossier|document)_[a-z_]+",
    }
    wrong = [
        node["name"]
        for node in register.manifest["nodes"].values()
        if node["resource_type"] == "model"
        and layer(node) in patterns
        and not re.fullmatch(patterns[layer(node)], node["name"])
    ]
    assert wrong == []


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
    "proposals": "int_intake__proposals_united",
    "reasons": "document_reason",
}


@pytest.mark.parametrize("mark", UNIONS)
def test_a_marked_model_is_a_parent_of_the_table_that_unites_its_kind(register: Register, mark: str) -> None:
    nodes = register.manifest["nodes"]
    union = nodes[f"model.ehpilot.{UNIONS[mark]}"]
    marked = {key for key, node in nodes.items() if node["config"].get("meta", {}).get(mark)}
    assert marked and marked <= set(union["depends_on"]["nodes"])
    assert f"marked_models('{mark}')" in union["raw_code"]


def test_raw_and_intake_tables_are_tied_to_their_assets(register: Register) -> None:
    loose = [
        node["name"]
        for node in register.manifest["sources"].values()
        if node["config"]["meta"].get("dagster", {}).get("asset_key") != [node["schema"], node["identifier"]]
    ]
    assert loose == []


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
        for node in register.manifest["nodes"].values()
        if node["resource_type"] == "model"
        and re.search(r"\bcase\s+when\b|\bover\s*\(", node["raw_code"], re.IGNORECASE)
        and node["name"] not in tested
        and not (DBT_DIR.parent / node["config"]["meta"].get("tested_by", "no such file")).is_file()
    ]
    assert bare == []


def _sensitivity(node: dict[str, Any], column: str) -> str:
    """Mark of a column, that of its table where it has none; not said is not public."""
    own = node["columns"][column].get("config", {}).get("meta", {}).get("sensitivity")
    return str(own or node["config"]["meta"].get("sensitivity", "government"))


def test_what_names_an_enterprise_is_no_more_public_in_a_document_than_in_its_mart(register: Register) -> None:
    nodes = {n["name"]: n for n in register.manifest["nodes"].values() if n["resource_type"] == "model"}
    mart = nodes["dim_enterprise"]
    reports = [node for node in nodes.values() if layer(node) == "report"]
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
