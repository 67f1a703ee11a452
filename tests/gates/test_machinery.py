"""What the wiring and the record rely on: blocking, counting, naming rows, unknown rows, empty tables, masking.

Suites are written in the test; the rules of the repository are judged in test_rules.py.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb
import pytest
import yaml

from ehpilot.errors import BuildError
from ehpilot.gates import load_suite, load_suites, quality_page, run_gate
from ehpilot.gates.run import HIDDEN_TEXT

AT = datetime(2026, 1, 2, 3, 4, 5)


def rule(name: str = "removal", severity: str = "error", **changes) -> dict:
    made = {
        "rule": name,
        "type": "row_condition",
        "kwargs": {"condition": "emitted <= generated"},
        "severity": severity,
        "message_cn": "排放量不应大于产生量",
        "message_en": "Emitted must not exceed generated",
        "good": {"generated": 2, "emitted": 1},
        "bad": {"generated": 1, "emitted": 2},
    }
    return {**made, **changes}


@pytest.fixture
def folder(tmp_path: Path):
    """Writes one suite over raw.thing with the given rules and returns the root of expectations."""

    def write(*rules: dict) -> Path:
        suite = {
            "table": "raw.thing",
            "label": "某表",
            "columns": {"name": "varchar", "generated": "double", "emitted": "double", "_file_no": "integer"},
            "key": ["name"],
            "rules": list(rules),
        }
        path = tmp_path / "expectations" / "raw" / "thing.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(suite, allow_unicode=True), encoding="utf-8")
        return tmp_path / "expectations"

    return write


@pytest.fixture
def con():
    with duckdb.connect() as connection:
        connection.execute("create schema raw; create schema intake")
        connection.execute("create table intake.source_file as select 7 as file_no, 'census/G102_废水.csv' as path")
        connection.execute(
            "create table raw.thing "
            "(name varchar, generated double, emitted double, _file_no integer, _flags varchar[])"
        )
        yield connection


def test_an_error_rule_blocks_and_names_the_rows(con, folder):
    con.execute("insert into raw.thing values ('甲', 2, 1, 7, []), ('乙', 1, 3, 7, []), ('丙', null, 3, 7, [])")
    result = run_gate(con, "raw", "run-1", AT, root=folder(rule()), personal=())
    (outcome,) = result.errors
    assert not result.passed
    assert (outcome.rows, outcome.failing_rows, outcome.unknown_rows) == (3, 1, 1)
    assert outcome.samples == [
        {"name": "乙", "generated": 1.0, "emitted": 3.0, "_file_no": 7, "path": "census/G102_废水.csv"}
    ]


def test_a_warning_is_recorded_and_does_not_block(con, folder):
    con.execute("insert into raw.thing values ('乙', 1, 3, 7, [])")
    result = run_gate(con, "raw", "run-1", AT, root=folder(rule(severity="warning")), personal=())
    assert result.passed
    assert [o.check_name for o in result.warnings] == ["raw.thing.removal"]
    row = con.execute("select * exclude (message_cn) from intake.check_result").fetchall()
    assert row == [("run-1", "raw", "raw.thing.removal", "warning", False, 1, AT)]


def test_a_record_dated_after_the_as_of_date_is_not_judged(con, folder):
    con.execute("insert into raw.thing values ('乙', 1, 3, 7, ['DATE-AFTER-AS-OF']), ('甲', 2, 1, 7, null)")
    (outcome,) = run_gate(con, "raw", "run-1", AT, root=folder(rule()), personal=()).outcomes
    assert (outcome.passed, outcome.rows) == (True, 1)


def test_mostly_lets_a_small_share_pass_but_counts_it(con, folder):
    con.execute("insert into raw.thing select '甲', 2, 1, 7, [] from range(9)")
    con.execute("insert into raw.thing values ('乙', 1, 3, 7, [])")
    root = folder(rule(kwargs={"condition": "emitted <= generated", "mostly": 0.9}))
    (outcome,) = run_gate(con, "raw", "run-1", AT, root=root, personal=()).outcomes
    assert outcome.passed
    assert outcome.failing_rows == 1


@pytest.mark.parametrize(("rows", "severity"), [(19, "warning"), (20, "error")])
def test_a_share_of_few_rows_warns_and_does_not_block(con, folder, rows, severity):
    """One odd record of a handful must not keep an edition from being published."""
    con.execute(
        "insert into raw.thing select '甲', 2, case when range < 5 then 3 else 1 end, 7, [] from range(?)", [rows]
    )
    con.execute("insert into raw.thing values ('丙', null, 3, 7, [])")
    root = folder(
        rule(kwargs={"condition": "emitted <= generated", "mostly": 0.9}),
        rule("mean", type="expect_column_mean_to_be_between", kwargs={"column": "generated", "min_value": 3}),
    )
    result = run_gate(con, "raw", "run-1", AT, root=root, personal=())
    share, mean = result.outcomes
    assert (share.passed, share.severity, share.failing_rows) == (False, severity, 5)
    assert ("too few" in share.note) == (severity == "warning")
    assert (mean.passed, result.passed) == (False, False), "20 rows are judged by their mean"
    assert mean.severity == "error"


def test_where_limits_a_rule_to_the_rows_it_speaks_of(con, folder):
    con.execute("insert into raw.thing values ('乙', 1, 3, 7, []), ('甲', 2, 1, 7, [])")
    root = folder(rule(kwargs={"condition": "emitted <= generated", "where": "name <> '乙'"}))
    (outcome,) = run_gate(con, "raw", "run-1", AT, root=root, personal=()).outcomes
    assert (outcome.passed, outcome.unknown_rows) == (True, 1)


def test_an_empty_table_passes_with_a_note(con, folder):
    (outcome,) = run_gate(con, "raw", "run-1", AT, root=folder(rule()), personal=()).outcomes
    assert outcome.passed
    assert outcome.rows == 0
    assert "空表" in outcome.note


def test_a_table_that_was_not_built_is_named(con, folder):
    root = folder(rule())
    con.execute("drop table raw.thing")
    result = run_gate(con, "raw", "run-1", AT, root=root, personal=())
    assert result.skipped == ["raw.thing"]
    assert con.execute("select count(*) from intake.check_result").fetchone() == (0,)


def test_a_second_run_of_a_gate_replaces_its_results(con, folder):
    root = folder(rule())
    for _ in range(2):
        run_gate(con, "raw", "run-1", AT, root=root, personal=())
    run_gate(con, "raw", "run-2", AT, root=root, personal=())
    assert con.execute("select run_id, count(*) from intake.check_result group by 1 order by 1").fetchall() == [
        ("run-1", 1),
        ("run-2", 1),
    ]


def test_personal_columns_are_never_shown(con, folder, tmp_path):
    con.execute("insert into raw.thing values ('张某某', 1, 3, 7, [])")
    result = run_gate(con, "raw", "run-1", AT, root=folder(rule()), personal=["name"])
    assert result.errors[0].samples[0]["name"] == HIDDEN_TEXT
    page = quality_page([result], tmp_path / "quality.html").read_text(encoding="utf-8")
    assert "张某某" not in page


def test_a_rule_about_the_whole_table_has_no_failing_rows(con, folder):
    con.execute("insert into raw.thing values ('甲', 2, 1, 7, [])")
    count = rule(type="expect_table_row_count_to_be_between", kwargs={"min_value": 2})
    (outcome,) = run_gate(con, "raw", "run-1", AT, root=folder(count), personal=()).errors
    assert outcome.failing_rows is None
    assert outcome.observed == "1"


def test_a_rule_that_cannot_be_evaluated_is_broken_not_passed(con, folder):
    con.execute("insert into raw.thing values ('甲', 2, 1, 7, [])")
    mean = rule(type="expect_column_mean_to_be_between", kwargs={"column": "name", "min_value": 2})
    (outcome,) = run_gate(con, "raw", "run-1", AT, root=folder(mean), personal=()).errors
    assert "could not be evaluated" in outcome.note


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"type": "expect_column_values_to_be_unique"}, "unknown type"),
        ({"severity": "fatal"}, "severity"),
        ({"good": {"nothing": 1}}, "not in columns"),
        ({"kwargs": {}}, "condition"),
        ({"rule": "Removal Rate"}, "snake_case"),
    ],
)
def test_a_wrong_suite_is_refused_with_file_and_rule(folder, changes, complaint):
    root = folder(rule(**changes))
    with pytest.raises(BuildError, match=complaint):
        load_suite(root / "raw" / "thing.yml")


def test_a_schema_without_folder_has_no_suites(tmp_path):
    assert load_suites("core", tmp_path) == []
