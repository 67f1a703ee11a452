"""Sites found by name, the clerk's queue, and decisions that are followed or refused."""

from __future__ import annotations

from typing import Any

from tests.dbt_inventory.records import CYCLE_ONE, CYCLE_TWO, NAMED


def match(ask: Any, source: str, key: str) -> tuple[Any, ...]:
    """Site, status, rule, decision and candidate of a source key."""
    (found,) = ask(
        """select enterprise_id, status, rule, decision_id, candidate_id
           from inventory.enterprise_match where source = ? and source_key = ?""",
        source,
        key,
    )
    return found


def test_a_list_entry_without_a_code_is_found_by_its_legal_name(ask: Any) -> None:
    found = match(ask, "key_unit", "name:示例新料有限公司")
    assert found == (NAMED + "-001", "automatic", "LEGAL-NAME", None, None)
    assert ask("select in_key_unit_list from core.dim_enterprise where enterprise_id = ?", NAMED + "-001") == [(True,)]


def test_a_name_alike_waits_for_the_clerk_with_a_ready_decision_row(ask: Any) -> None:
    site, status, rule, _, candidate = match(ask, "key_unit", "name:示例新料股份有限公司")
    assert (status, rule, candidate) == ("queue", "CORE-NAME", NAMED + "-001")
    assert site.startswith("X")
    proposed = ask(
        "select kind, object, value from intermediate.int_inventory__decisions_proposed where value = ?", NAMED + "-001"
    )
    assert proposed == [("merge", "key_unit:name:示例新料股份有限公司", NAMED + "-001")]


def test_a_merge_is_followed_and_traced_to_the_decision(ask: Any) -> None:
    assert match(ask, "site_survey", "name:示例旧料厂") == (NAMED + "-001", "decided", "DECISION", "D-1", None)
    roles = ask(
        """select o.role, o.cell_text from inventory.enterprise_match, unnest(_origin) as x(o)
           where source_key = 'name:示例旧料厂' and o.role = 'decision'"""
    )
    assert roles == [("decision", NAMED + "-001")]
    assert ask("select employees from core.dim_enterprise where enterprise_id = ?", NAMED + "-001") == [(50,)]


def test_supervision_finds_a_site_or_none_and_makes_none(ask: Any) -> None:
    assert match(ask, "supervision", "name:示例新料有限公司") == (NAMED + "-001", "automatic", "LEGAL-NAME", None, None)
    assert match(ask, "supervision", "name:无人知晓厂") == (None, "queue", "NOT-FOUND", None, None)
    assert match(ask, "procedure", "name:无人知晓厂") == (None, "queue", "NOT-FOUND", None, None)
    assert ask("select count(*) from core.dim_enterprise where name = '无人知晓厂'") == [(0,)]
    cells = ask(
        """select o.source_table, o.cell_text from inventory.enterprise_match, unnest(_origin) as x(o)
           where source = 'supervision' order by 2"""
    )
    assert cells == [("supervision_problem", "无人知晓厂"), ("supervision_problem", "示例新料有限公司")]


def test_refused_decisions_say_why_and_change_nothing(ask: Any) -> None:
    found = ask(
        "select decision_id, is_used, reason_code from meta.decision where decision_id similar to 'D-[0-9]' order by 1"
    )
    assert found == [
        ("D-1", True, None),
        ("D-2", False, "DECISION-CYCLE"),
        ("D-3", False, "DECISION-CYCLE"),
        ("D-4", False, "DECISION-OBJECT"),
    ]
    for code in (CYCLE_ONE, CYCLE_TWO):
        assert match(ask, "census", code)[0] == code + "-001"
