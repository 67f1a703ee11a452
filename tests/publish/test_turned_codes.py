"""Sentences on codes that turned. Not here: the page they stand on (test_browser)."""

from __future__ import annotations

import duckdb
import pytest

from ehpilot.publish.turned_codes import sentences

LABELS = {
    ("colour", code): f"{word}码" for code, word in zip(("red", "yellow", "green", "grey"), "红黄绿灰", strict=True)
} | {("code_turn", "better"): "变轻", ("code_turn", "worse"): "变差", ("code_turn", "grey"): "转灰或者由灰转出"}


@pytest.fixture
def edition() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("""
        create schema risk_grade;
        create table risk_grade.code_history as select * from (values
            (1, date '2026-08-31', 'red', 'yellow', 'worse'), (2, date '2026-09-30', 'yellow', 'red', 'worse'),
            (2, date '2026-09-30', 'yellow', 'red', 'worse'), (2, date '2026-09-30', 'green', 'yellow', 'worse'),
            (2, date '2026-09-30', 'red', 'yellow', 'better'), (2, date '2026-09-30', 'grey', 'yellow', 'grey'),
            (2, date '2026-09-30', 'red', 'red', null), (2, date '2026-09-30', null, 'green', null)
        ) as code(edition_no, as_of, previous_colour, colour, turn);
        create table risk_grade.problem as
            select * from (values ('a', 'escalated'), ('b', 'closed')) as p(problem_id, status);
        create schema report;
        create table report.d09_summary as select 2 as overdue_count;
        create table risk_grade.problem_event as select * from (values
            ('a', 'detected', date '2026-08-31', null), ('b', 'detected', date '2026-09-30', null),
            ('b', 'closed', date '2026-09-30', null), ('a', 'closed', date '2026-09-30', 'NO-EVIDENCE')
        ) as e(problem_id, event, event_at, refusal);
    """)
    return connection


def test_turned_codes_and_problems_since_the_edition_before(edition: duckdb.DuckDBPyConnection) -> None:
    assert sentences(edition, LABELS) == [
        "风险码：变轻 1 家（红码变黄码 1 家），变差 3 家（黄码变红码 2 家、绿码变黄码 1 家），"
        "转灰或者由灰转出 1 家（灰码变黄码 1 家）。",
        "问题：新发现 1 项，销号 1 项；目前逾期未销号 2 项，其中已升级督办 1 项。",
    ]


def test_a_first_edition_has_none(edition: duckdb.DuckDBPyConnection) -> None:
    edition.execute("delete from risk_grade.code_history where edition_no = 2")
    assert sentences(edition, LABELS) == []


def test_an_edition_without_codes_has_none() -> None:
    assert sentences(duckdb.connect(), LABELS) == []
