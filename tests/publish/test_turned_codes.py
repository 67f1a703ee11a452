"""Sentences on codes that turned. Not here: the page they stand on (test_browser)."""

from __future__ import annotations

import duckdb
import pytest

from ehpilot.publish.turned_codes import sentences

LABELS = {
    ("colour", code): f"{word}码" for code, word in zip(("red", "yellow", "green", "grey"), "红黄绿灰", strict=True)
}


@pytest.fixture
def edition() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("""
        create schema risk_grade;
        create table risk_grade.code_history as
            select 1 as edition_no, date '2026-08-31' as as_of union all select 2, date '2026-09-30';
        create table risk_grade.risk_code as select * from (values
            ('yellow', 'red', 'worse'), ('yellow', 'red', 'worse'), ('green', 'yellow', 'worse'),
            ('red', 'yellow', 'milder'), ('grey', 'yellow', 'new'), ('red', 'red', 'same'), (null, 'green', 'new')
        ) as code(previous_colour, colour, change_reason);
        create table risk_grade.problem as
            select * from (values ('a', 'escalated'), ('b', 'closed')) as p(problem_id, status);
        create table risk_grade.problem_event as select * from (values
            ('a', 'detected', date '2026-08-31', null), ('b', 'detected', date '2026-09-30', null),
            ('b', 'closed', date '2026-09-30', null), ('a', 'closed', date '2026-09-30', 'NO-EVIDENCE')
        ) as e(problem_id, event, event_at, refusal);
    """)
    return connection


def test_turned_codes_and_problems_since_the_edition_before(edition: duckdb.DuckDBPyConnection) -> None:
    assert sentences(edition, LABELS) == [
        "风险码：变差 3 家（黄码变红码 2 家、绿码变黄码 1 家），好转 1 家（红码变黄码 1 家），"
        "转灰或者由灰转出 1 家（灰码变黄码 1 家）。",
        "问题：新发现 1 项，销号 1 项；目前逾期升级的 1 项。",
    ]


def test_a_first_edition_has_none(edition: duckdb.DuckDBPyConnection) -> None:
    edition.execute("delete from risk_grade.code_history where edition_no = 2")
    assert sentences(edition, LABELS) == []


def test_an_edition_without_codes_has_none() -> None:
    assert sentences(duckdb.connect(), LABELS) == []
