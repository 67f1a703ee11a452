"""Claims of leak detection, and claims of a legal entity that a clerk's decision shares out (emission_records.py)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.dbt_inventory.emission_records import BENZENE, BUTADIENE, COVERED, LEAKS, SHARED, TOLUENE


def test_leaks_of_all_plants_are_one_fugitive_claim_by_formula(ask: Any) -> None:
    found = ask(
        """select outlet_id, medium, pollutant_id, method, emission_t, quality, is_winner
           from inventory.emission_claim where source = 'monitoring' and enterprise_id = ?""",
        LEAKS + "-001",
    )
    assert found == [(LEAKS + "-001:fugitive", "air", "TVOC", "formula", 2.0, "C", True)]
    cells = ask(
        """select o.source_table, o.field, o.cell_text from inventory.emission_claim, unnest(_origin) as x(o)
           where source = 'monitoring' and enterprise_id = ? order by 3""",
        LEAKS + "-001",
    )
    assert cells == [("monitoring_leak", "emission_t", "0.5"), ("monitoring_leak", "emission_t", "1.5")]


def test_leaks_do_not_replace_a_figure_of_all_fugitive_releases(ask: Any) -> None:
    found = ask(
        "select source, is_winner, rule from inventory.emission_claim "
        "where enterprise_id = ? and pollutant_id = 'TVOC' order by source",
        COVERED + "-001",
    )
    assert found == [("monitoring", False, "LEAKS-PART"), ("permit", True, "ONLY-CLAIM")]


def test_leaks_that_nobody_else_states_contradict_no_stack(ask: Any) -> None:
    """0.01 t of the seals beside 5 t of a stack are two parts of one release, not two figures of it."""
    about = (COVERED + "-001", TOLUENE)
    claims = "select source, is_winner, rule from inventory.emission_claim where enterprise_id = ? and pollutant_id = ?"
    assert sorted(ask(claims, *about)) == [("monitoring", True, "ONLY-CLAIM"), ("permit", True, "ONLY-CLAIM")]
    conflicts = "select source from inventory.source_conflict where enterprise_id = ? and pollutant_id = ?"
    assert ask(conflicts, *about) == []


def test_a_held_claim_is_shared_out_as_decided(ask: Any) -> None:
    found = ask(
        """select enterprise_id, outlet_id, emission_t, is_winner, rule from inventory.emission_claim
           where enterprise_id like ? and pollutant_id = ? order by 1""",
        SHARED + "%",
        BENZENE,
    )
    assert [row[:4] for row in found] == [
        (f"{SHARED}-{number}", f"{SHARED}-{number}:fugitive", tonnes, wins)
        for number, tonnes, wins in (("000", 8.0, False), ("001", 2.0, True), ("002", 6.0, True))
    ]
    assert found[0][4] == "SHARED-OUT"


def test_a_claim_may_be_named_by_what_it_is_about(ask: Any) -> None:
    found = ask(
        "select emission_t from inventory.emission where enterprise_id like ? and pollutant_id = ? order by 1",
        SHARED + "%",
        TOLUENE,
    )
    assert [row[0] for row in found] == pytest.approx([0.4, 3.6])


def test_decisions_that_cannot_be_followed_say_why_and_change_nothing(ask: Any) -> None:
    found = dict(ask("select decision_id, min(reason_code) from inventory.emission_share group by 1"))
    assert found == {
        "D-S1": None,
        "D-S2": "SHARE-SUM",
        "D-S3": "SHARE-SITE",
        "D-S4": "DECISION-OBJECT",
        "D-S5": "SHARE-NEWER",
        "D-S6": None,
        "D-S7": "SHARE-SUM",
    }
    assert ask(
        "select rule, is_winner from inventory.emission_claim where enterprise_id like ? and pollutant_id = ?",
        SHARED + "%",
        BUTADIENE,
    ) == [("HELD-LEGAL-ENTITY", False)]


def test_a_part_of_a_claim_traces_to_its_cell_and_to_the_decision(ask: Any) -> None:
    found = ask(
        """select o.source_table, o.role, o.cell_text from inventory.emission_claim, unnest(_origin) as x(o)
           where enterprise_id = ? and pollutant_id = ? order by 1""",
        SHARED + "-001",
        BENZENE,
    )
    assert found == [
        ("decisions", "decision", f"{SHARED}-001=0.25;{SHARED}-002=0.75"),
        ("site_survey_release", "value", "8.0"),
    ]


def test_nothing_is_made_or_lost_by_sharing(ask: Any) -> None:
    held = ask("select claim_id, emission_t from inventory.emission_claim where rule = 'SHARED-OUT'")
    for claim_id, tonnes in held:
        ((shares,),) = ask("select sum(share) from inventory.emission_share where is_used and claim_id = ?", claim_id)
        assert shares == pytest.approx(1, abs=1e-6)
        assert tonnes > 0
    assert len(held) == 2
