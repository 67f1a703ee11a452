"""Dossiers of the hand-made sites: every section, every state, what a returned confirmation sheet changes.

Does not belong here: the sheet as a file (``tests/publish/test_confirmation_sheets``).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.dbt_inventory.emission_records import LEAKS
from tests.dbt_inventory.records import CONFIRMED, NAMED, ONE, TWO

SITE = f"{ONE}-001"
RETURNED = f"{CONFIRMED}-001"
FIELD = (
    "select value, state, source, value_date from inventory.enterprise_dossier where enterprise_id = ? and field = ?"
)


def test_every_site_has_all_sections_and_no_legal_entity(ask: Any) -> None:
    sites = ask("select count(*) from core.dim_enterprise where enterprise_id not like '%-000'")[0][0]
    sections = ask(
        "select enterprise_id, list(distinct section_no order by section_no) "
        "from inventory.enterprise_dossier group by 1"
    )
    assert len(sections) == sites
    assert all(found == list(range(19)) for _, found in sections)


def test_a_value_and_its_state_agree(ask: Any) -> None:
    """A state says whether there is a value; what a register states has its source and date."""
    wrong = ask(
        "select * from inventory.enterprise_dossier where (value is null) <> (state in ('missing', 'not_built')) "
        "or (state in ('verified', 'reported') and (source is null or value_date is null))"
    )
    assert wrong == []


def test_states_of_a_site_in_every_register(ask: Any) -> None:
    def state(field: str) -> list[Any]:
        return [row[:2] for row in ask(FIELD, SITE, field)]

    assert state("企业名称") == [("甲化工有限公司", "reported")]
    assert state("所属园区") == [("甲园区", "reported")]
    assert state("行业名称")[0][1] == "derived"
    assert state("年运行时间") == [(None, "missing")]
    assert state("环评批复文号") == [("甲环建〔2024〕3号", "reported")]
    assert state("风险等级")[0][1] == "missing"  # no load and nobody near: no grade
    assert state("投运率") == [("90%", "reported"), (None, "missing"), (None, "missing")]
    assert state("有效状态")[0] == ("有效", "derived")


def test_procedures_find_their_site_by_code_or_name(ask: Any) -> None:
    assert ask("select enterprise_id, kind, document_no, dated from inventory.procedure order by all") == [
        (SITE, "complaint", "unknown", dt.date(2026, 2, 3)),
        (SITE, "eia", "甲环建〔2024〕3号", dt.date(2024, 5, 6)),
        (f"{NAMED}-001", "penalty", "甲环罚〔2025〕8号", dt.date(2025, 8, 1)),
    ]
    assert [row[0] for row in ask(FIELD, SITE, "种类")] == ["信访"]
    assert ask(FIELD, SITE, "验收文号")[0][:2] == (None, "missing")


def test_numbers_keep_their_text_and_unit(ask: Any) -> None:
    assert [row[0] for row in ask(FIELD, SITE, "排气筒高度")] == ["30 m"]
    assert [row[0] for row in ask(FIELD, SITE, "年产量")] == ["2000 t"]


def test_no_record_is_an_answer_only_where_the_register_was_read(ask: Any) -> None:
    """No supervision file was read here: nothing can be said of problems."""
    assert ask(FIELD, SITE, "问题编号")[0][:2] == (None, "missing")


def test_what_is_computed_says_so_and_a_limit_names_its_own_file(ask: Any) -> None:
    """The interval of a stated figure is computed; its permitted quantity stands in the list of limits."""
    rows = ask(
        "select field_code, state, parent_key from inventory.enterprise_dossier where enterprise_id = ? "
        "and block = 'emission' and parent_key like '%|air|71-43-2|%'",
        SITE,
    )
    states = {field: state for field, state, _ in rows}
    assert states["emission"] == "derived", "four quarters"
    assert states["permitted"] == "reported"
    other = dict(
        ask(
            "select field_code, state from inventory.enterprise_dossier where enterprise_id = ? and block = 'emission'",
            f"{TWO}-001",
        )
    )
    assert (other["emission"], other["emission_range"], other["quality"]) == ("reported", "derived", "derived")
    assert other["permitted"] == "missing"


def test_reasons_and_states_of_matching_are_printed_in_words(ask: Any) -> None:
    assert ask(FIELD, SITE, "判定理由")[0][0].startswith("排放风险污染物")
    assert {row[0] for row in ask(FIELD, SITE, "匹配状态")} == {"自动匹配"}


def test_the_wind_of_the_year_is_that_of_the_station_with_most_hours(ask: Any) -> None:
    """Six of ten hours from the south-east; calm hours have no direction, whatever the file writes."""
    found = {field: ask(FIELD, SITE, field)[0][:2] for field in ("气象站", "主导风向", "主导风向频率", "静风频率")}
    assert found == {
        "气象站": ("虚构站", "derived"), "主导风向": ("东南（SE）", "derived"), "主导风向频率": ("60%", "derived"),
        "静风频率": ("20%", "derived"),
    }  # fmt: skip


def test_stocks_are_listed(ask: Any) -> None:
    assert [row[:2] for row in ask(FIELD, f"{TWO}-002", "最大存量")] == [("1.5 t", "reported")]
    assert [row[:2] for row in ask(FIELD, SITE, "储存物料")] == [(None, "missing")]


def test_corrections_win_and_are_verified(ask: Any) -> None:
    """The returned sheet corrects the employees and confirms the name; a word that is no number changes nothing."""
    assert ask("select employees from core.dim_enterprise where enterprise_id = ?", RETURNED) == [(1212,)]
    value, state, source, value_date = ask(FIELD, RETURNED, "职工人数")[0]
    assert (value, state, str(value_date)) == ("1212 人", "verified", "2026-05-20")
    assert source.startswith("入企调查")
    outcomes = dict(
        ask(
            "select f.value, o.value from inventory.enterprise_dossier f join inventory.enterprise_dossier o "
            "using (enterprise_id, section_no, item_no) where f.section_no = 18 and f.field = '核对字段' "
            "and o.field = '核对结论' and enterprise_id = ?",
            RETURNED,
        )
    )
    assert outcomes == {"职工人数": "已更正，已采用", "企业名称": "同意", "经度": "未能采用：字段或值无法对应"}


def test_an_old_correction_does_not_stand_against_a_newer(ask: Any) -> None:
    assert ask(
        "select count(*) from inventory.enterprise_dossier "
        "where enterprise_id = ? and section_no = 18 and value = '职工人数'",
        RETURNED,
    ) == [(1,)]


def test_corrections_by_a_code_with_two_sites_reach_none(ask: Any) -> None:
    assert ask("select distinct employees from core.dim_enterprise where enterprise_id like ?", f"{TWO}%") == [(None,)]


def test_completeness_is_a_mean_over_fields(ask: Any) -> None:
    measured = "intermediate.int_inventory__dossier_completeness_measured"
    rows = ask(f"select filled_share, filled_count, counted_count from {measured}")
    assert all(0 < share < 1 and filled <= counted for share, filled, counted in rows)
    best = ask(f"select enterprise_id from {measured} order by filled_share desc limit 1")
    assert best == [(SITE,)]


def test_total_voc_known_from_leaks_alone_is_labelled_a_part(ask: Any) -> None:
    names = [value for value, *_ in ask(FIELD, LEAKS + "-001", "核算污染物")]
    assert names == ["总挥发性有机物（仅知泄漏，为部分量）"]
    assert all("部分量" not in value for value, *_ in ask(FIELD, SITE, "核算污染物"))
