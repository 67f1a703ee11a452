"""Every rule of expectations/: fires on its bad example, silent on its good one; its query fits the register."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import duckdb
import pytest

from ehpilot.errors import BuildError
from ehpilot.gates import EXPECTATIONS_DIR, Suite, load_suites, run_gate, run_suite, suites_by_gate
from ehpilot.gates.frame import example_frame, read_frame
from ehpilot.gates.run import HIDDEN_TEXT
from ehpilot.gates.suite import computed_words
from ehpilot.register import Register

SCHEMAS = sorted(path.name for path in EXPECTATIONS_DIR.iterdir() if path.is_dir())
SUITES = [suite for schema in SCHEMAS for suite in load_suites(schema)]
RULES = [pytest.param(suite, rule, id=f"{suite.table}.{rule.name}") for suite in SUITES for rule in suite.rules]


def outcome_of(suite: Suite, rule, rows):
    """Of the rule alone: the others of its suite have rows of their own."""
    alone = replace(suite, rules=(rule,))
    (outcome,) = run_suite(example_frame(alone, rows), alone).outcomes
    assert outcome.rule == rule.name
    return outcome


@pytest.mark.parametrize(("suite", "rule"), RULES)
def test_rule_fires_on_a_bad_row(suite, rule):
    outcome = outcome_of(suite, rule, rule.bad)
    assert not outcome.passed
    assert "could not be evaluated" not in outcome.note
    assert outcome.failing_rows is None or outcome.failing_rows > 0


@pytest.mark.parametrize(("suite", "rule"), RULES)
def test_rule_is_silent_on_a_good_row(suite, rule):
    outcome = outcome_of(suite, rule, rule.good)
    assert outcome.passed
    assert outcome.unknown_rows in (0, None), "a good example must be judged, not skipped"


@pytest.fixture(scope="module")
def register():
    from ehpilot.register import Register

    return Register.load()


def test_every_suite_is_judged_by_the_gate_of_the_stage_that_makes_its_table(register):
    gates = suites_by_gate(register)
    gate_of = {suite.table: gate for gate, suites in gates.items() for suite in suites}
    assert sorted(gate_of) == sorted(suite.table for suite in SUITES)
    assert (gate_of["raw.permit_site"], gate_of["intake.source_file"]) == ("raw", "intake")
    assert gate_of["staging.stg_permit__releases"] == "1_staging"
    assert gate_of["core.dim_enterprise"] == gate_of["inventory.emission"] == "2_inventory"
    assert list(gates)[:3] == ["intake", "raw", "1_staging"], "in the order of the build"


@pytest.mark.parametrize("table", ["inventory.emision", "raw.permit_sites", "elsewhere.thing"])
def test_a_suite_of_no_table_is_refused(register, tmp_path, table):
    """Nothing would ever run it."""
    schema, name = table.split(".")
    text = (EXPECTATIONS_DIR / "inventory" / "emission.yml").read_text(encoding="utf-8")
    (tmp_path / schema).mkdir()
    (tmp_path / schema / f"{name}.yml").write_text(text.replace("inventory.emission", table), encoding="utf-8")
    with pytest.raises(BuildError, match=f"{table} is no table of the register"):
        suites_by_gate(register, tmp_path)


@pytest.fixture(scope="module")
def empty_warehouse(register):
    """Empty tables with the columns the register declares."""
    record = "_record_id varchar, _file_no integer, _sheet varchar, _row bigint, _field varchar, _flags varchar[], "
    record += "_cells varchar, _loaded_at timestamp"
    with duckdb.connect() as con:
        con.execute("create schema intake; create schema raw; create schema core; create schema inventory")
        con.execute(
            "create table intake.source_file (file_no integer, path varchar, status varchar, records_read bigint, "
            "records_loaded bigint, records_quarantined bigint, records_skipped bigint, superseded_by integer)"
        )
        for table in register.raw_tables.values():
            columns = ", ".join(f"{c.name} {c.data_type}" for c in table.columns)
            con.execute(f"create table raw.{table.name} ({columns}, {record})")
        for name, table in register.public_tables.items():
            if table.schema in ("core", "inventory"):
                con.execute(f"create table {name} ({', '.join(f'{c.name} {c.data_type}' for c in table.columns)})")
        yield con


@pytest.mark.parametrize(
    "suite", [s for s in SUITES if s.schema in ("intake", "raw", "core", "inventory")], ids=lambda s: s.table
)
def test_the_query_of_a_suite_fits_the_tables(suite, empty_warehouse):
    frame = read_frame(empty_warehouse, suite)
    assert [name for name in frame.columns if not name.startswith("_rule_")] == list(suite.columns)


def test_no_suite_reads_a_hashed_identity(register):
    for suite in (s for s in SUITES if s.schema == "raw"):
        table = register.raw_tables[suite.table.removeprefix("raw.")]
        assert not {c.name for c in table.columns if c.kind == "personal"} & set(suite.columns), suite.table


def test_what_a_person_answered_is_not_shown(empty_warehouse):
    empty_warehouse.execute(
        "insert into raw.exposure_survey_person (questionnaire_no, age_a, service_a) values ('Q1', 30, 25)"
    )
    result = run_gate(empty_warehouse, "raw", "run", datetime(2026, 1, 1))
    (outcome,) = [o for o in result.warnings if o.rule == "service_within_working_life"]
    assert (outcome.failing_rows, outcome.samples[0]["age_a"]) == (1, HIDDEN_TEXT)
    assert "_row" in outcome.samples[0]


def test_columns_of_failing_rows_have_chinese_names() -> None:
    """Above failing rows the quality page prints a declared name, or one of ``words.yml`` where a rule computes it."""
    words, places = {**computed_words(), **Register.load().words}, {"path", "_file_no", "_sheet", "_row"}
    nameless = {
        (suite.table, column)
        for suite in SUITES
        for column in suite.columns
        if column not in places and not (words.get(f"{suite.table}.{column}") or words.get(column))
    }
    assert nameless == set()
