"""Tables of D10: only what may be published, nobody named, cases computed, the last release compared."""

from __future__ import annotations

from typing import Any

import pytest

from tests.dbt_emission_factor.conftest import CODES, PHENOL

TABLES = (
    "process", "arising", "method", "factor", "reference", "comparison", "abatement", "option", "technology",
    "reduction", "validation", "case", "sample", "refusal", "withheld", "erratum", "summary",
)  # fmt: skip


def test_no_table_names_an_enterprise(ask: Any) -> None:
    for table in TABLES:
        text = str(ask(f"select * from report.d10_{table}"))
        assert not any(code in text for code in CODES) and "树脂厂" not in text, table


def test_only_published_factors_are_printed_and_the_others_counted_by_reason(ask: Any) -> None:
    printed = {row[0] for row in ask("select factor_id from report.d10_factor")}
    assert printed == {row[0] for row in ask("select factor_id from emission_factor.factor where is_published")}
    assert len(printed) == 2, "phenol released and produced"
    withheld = dict(ask("select reason_code, cell_count from report.d10_withheld"))
    ((count,),) = ask("select count(*) from emission_factor.factor where not is_published")
    assert sum(withheld.values()) == count and {"NO-DETECT", "FEW-ENTERPRISES"} <= set(withheld)


def test_the_cases_are_at_least_three_and_follow_from_the_manual(ask: Any) -> None:
    cases = {row[0]: row[1:] for row in ask("select case_no, emission_kg, low_kg, high_kg from report.d10_case")}
    assert len([value for value, _, _ in cases.values() if value and value > 0]) >= 3 + 7
    ((factor, low, high),) = ask(
        "select factor, prediction_low, prediction_high from emission_factor.factor "
        "where pollutant_id = ? and control_state = 'controlled' and is_published", PHENOL,
    )  # fmt: skip
    assert cases[101] == pytest.approx((10_000 * factor, 10_000 * low, 10_000 * high))


def test_fewer_than_three_plants_are_not_counted_out(ask: Any) -> None:
    plants = {
        (stage, method): count
        for stage, method, count in ask("select stage_code, method_code, plants from report.d10_sample")
    }
    assert plants == {("production", "manual_monitoring"): "4", (None, "mass_balance"): "少于3"}


def test_factors_from_memory_say_so(ask: Any) -> None:
    rows = ask("select verified, count(*) from report.d10_reference group by 1")
    assert dict(rows)["待核"] > 0


def test_what_changed_since_the_last_release_is_listed(ask: Any) -> None:
    changes = {row[0]: row[1] for row in ask("select change, count(*) from report.d10_erratum group by 1")}
    assert changes == {"新增": 2, "撤下": 1}
    told = {row[:3]: row[3] for row in ask("select change, kind, technology, stage || process from report.d10_erratum")}
    assert {words for words in told.values()} == {"生产过程酚醛树脂"}, "in words, and told apart by state of control"
    assert {key[:2] for key in told} == {("新增", "排污"), ("新增", "产污"), ("撤下", "排污")}


def test_reasons_of_refused_pairs_add_up(ask: Any) -> None:
    ((refused,),) = ask("select count(*) from emission_factor.pair where not is_used")
    assert sum(row[0] for row in ask("select pair_count from report.d10_refusal")) == refused > 0
    ((total, used),) = ask("select pair_count, used_count from report.d10_summary")
    assert total - used == refused
