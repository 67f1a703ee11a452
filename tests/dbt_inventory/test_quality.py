"""Data quality in the eight official words, over the hand-made records."""

from __future__ import annotations

from typing import Any


def quality(ask: Any, source: str, field: str, dimension: str) -> list[tuple[Any, ...]]:
    """Checked and failing records of one field."""
    return ask(
        """select checked_count, failing_count, passing_share from inventory.data_quality
           where source = ? and field = ? and dimension = ?""",
        source,
        field,
        dimension,
    )


def test_empty_fields_of_a_register_are_counted(ask: Any) -> None:
    ((checked, failing, share),) = quality(ask, "key_unit", "credit_code", "completeness")
    listed, without = ask("select count(*), count(*) - count(credit_code) from raw.key_unit_entry")[0]
    assert (checked, failing) == (listed, without) and without > 0
    assert share == 1 - without / listed


def test_old_records_are_out_of_date(ask: Any) -> None:
    """The census of 2017 as of 2026."""
    ((checked, failing, share),) = quality(ask, "census", "stated_at", "timeliness")
    assert checked == failing > 0 and share == 0


def test_differing_registers_are_inconsistent(ask: Any) -> None:
    ((checked, failing, _),) = quality(ask, "census", "industry_code", "consistency")
    assert (checked, failing) == (2, 2)


def test_flags_of_records_are_counted_by_their_word(ask: Any) -> None:
    """XY-SWAPPED of the census and CODE-OLD of the key unit list."""
    assert quality(ask, "census", "", "accuracy")[0][1] == 1
    assert quality(ask, "key_unit", "", "conformity")[0][1] == 1


def test_unit_slips_are_want_of_coordination(ask: Any) -> None:
    ((_, failing, _),) = quality(ask, "permit", "emission_t", "coordination")
    slips = ask(
        """select count(*) from inventory.source_conflict
           where source = 'permit' and not chosen and conflict_class in ('unit_slip', 'review', 'block')
             and pollutant_id is not null"""
    )
    assert [(failing,)] == slips and failing > 0


def test_no_share_leaves_its_bounds_and_every_word_is_known(ask: Any) -> None:
    assert ask("select count(*) from inventory.data_quality where passing_share not between 0 and 1") == [(0,)]
    words = {word for (word,) in ask("select distinct dimension from inventory.data_quality")}
    assert words == {
        "consistency", "completeness", "coordination", "conformity", "accuracy", "logic", "plausibility", "timeliness",
    }  # fmt: skip


def test_a_table_without_faults_is_said_to_have_none(ask: Any) -> None:
    """Silence is no figure: each register with records has a share in the words asked of all; places in accuracy."""
    rows = ask(
        """select dimension, checked_count, failing_count, passing_share, severity from inventory.data_quality
           where table_name = 'receptor_population_cell' order by 1"""
    )
    words = ("accuracy", "completeness", "conformity", "consistency", "logic", "plausibility")
    assert rows == [(word, 2, 0, 1.0, None) for word in words]
