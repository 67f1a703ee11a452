"""The tables of D02 and of the dossiers against the marts they print."""

from __future__ import annotations

from typing import Any


def test_rows_are_numbered_in_print_order_by_rank(ask: Any) -> None:
    rows = ask("select row_no, rank from report.d02_source order by row_no")
    assert [number for number, _ in rows] == list(range(1, len(rows) + 1))
    ranks = [rank for _, rank in rows]
    known = [rank for rank in ranks if rank is not None]
    assert known == sorted(known) and ranks[: len(known)] == known, "sources without a rank stand last"


def test_list_dossiers_and_cards_have_the_rows_of_the_mart(ask: Any) -> None:
    ((sources, high),) = ask("select count(*), count(*) filter (where band = 'high') from inventory.risk_source")
    assert sources > 0
    assert ask("select count(*) from report.d02_source") == [(sources,)]
    assert ask("select count(*), count(distinct dossier_no) from report.dossier_index") == [(sources, sources)]
    assert ask("select count(*) from report.d02_card") == [(high,)]
    assert ask("select sum(source_count) from report.d02_park") == [(sources,)]
    assert ask("select sum(source_count) from report.d02_park_industry") == [(sources,)]


def test_every_code_of_a_reason_has_a_word(ask: Any) -> None:
    used = {code for (codes,) in ask("select reason_codes from inventory.risk_source") for code in codes}
    named = {code for (code,) in ask("select code from seeds.code_label where code_set = 'source_reason'")}
    assert used and used <= named
    words = dict(ask("select code, label_cn from seeds.code_label where code_set = 'source_reason'"))
    for reasons, codes in ask(
        "select p.reasons, r.reason_codes from report.d02_source p join inventory.risk_source r using (enterprise_id)"
    ):
        assert reasons == "、".join(words[code] for code in sorted(codes))


def test_a_source_without_a_band_is_not_called_low(ask: Any) -> None:
    joined = "report.d02_source join inventory.risk_source using (enterprise_id)"
    found = ask(f"select distinct grade from {joined} where band is null")
    assert found in ([], [("未评（资料不足）",)])


def test_the_funnel_ends_at_the_list(ask: Any) -> None:
    kept = [row[0] for row in ask("select kept from report.d02_funnel order by row_no")]
    removed = [row[0] for row in ask("select removed from report.d02_funnel order by row_no")]
    assert kept == sorted(kept, reverse=True)
    assert all(before - taken == after for before, taken, after in zip(kept, removed[1:], kept[1:], strict=False))
    assert ask("select count(*) from inventory.risk_source") == [(kept[1],)]


def test_an_empty_field_of_a_dossier_says_what_it_is(ask: Any) -> None:
    assert ask("select count(*) from report.dossier_content where value is null") == [(0,)]
    assert ask("select count(*) from report.dossier_content") == ask(
        "select count(*) from inventory.enterprise_dossier join inventory.risk_source using (enterprise_id)"
    )


def test_a_first_edition_has_no_changes(ask: Any) -> None:
    assert ask("select count(*) from report.document_change") == [(0,)]


def test_conflicts_print_what_was_not_taken_once(ask: Any) -> None:
    rows = ask("select enterprise_id, attribute, source, chosen_source, other_source from report.d02_conflict")
    assert len({row[:3] for row in rows}) == len(rows)
    assert all(chosen != other for _, _, _, chosen, other in rows)
    listed = {site for (site,) in ask("select enterprise_id from inventory.risk_source")}
    assert {row[0] for row in rows} <= listed
    plain = ask("select attribute, item from report.d02_conflict where item = attribute")
    assert plain == [], "every attribute has a word"


def test_every_rule_of_a_choice_has_a_word(ask: Any) -> None:
    used = {rule for (rule,) in ask("select distinct rule from inventory.source_conflict where rule is not null")}
    named = {code for (code,) in ask("select code from seeds.code_label where code_set = 'choice_rule'")}
    assert used and used <= named
    assert all("-" not in rule for (rule,) in ask("select rule from report.d02_conflict"))


def test_the_face_sheet_of_a_dossier_agrees_with_the_list(ask: Any) -> None:
    sources = "select enterprise_id from inventory.risk_source"
    assert ask(f"select enterprise_id from report.dossier_place where is_site except {sources}") == []
    # Of the assessment year, substance by substance, what the emission account says of the site.
    wrong = ask(
        "select s.enterprise_id, s.pollutant_id from report.dossier_substance s "
        "left join (select scope_id, pollutant_id, sum(emission_t) * 1000 as kg from inventory.emission_total "
        "where scope_kind = 'enterprise' and medium = 'air' and year = (select assessment_year from meta.edition) "
        "group by all) t on t.scope_id = s.enterprise_id and t.pollutant_id = s.pollutant_id "
        "where s.emission_air_kg is distinct from t.kg"
    )
    assert ask("select count(*) > 0 from report.dossier_substance") == [(True,)] and wrong == []
    # The distance of the nearest receptor is the one that the list prints.
    distances = ask(
        "select p.distance_m, r.nearest_receptor_m from report.dossier_place p join inventory.risk_source r "
        "on r.enterprise_id = p.enterprise_id and p.place_id = 'R:' || r.nearest_receptor_id"
    )
    assert distances and all(abs(printed - listed) < 1e-3 for printed, listed in distances)


def test_the_text_counts_the_checks_of_which_only_failures_are_listed(ask: Any) -> None:
    printed = ask(
        "select complete_rule_count, complete_failing_count, quality_rule_count, quality_failing_count "
        "from report.d02_summary"
    )
    counted = [
        ask(f"select count(*), count(*) filter (where has_failing) from report.{table}")[0]
        for table in ("d02_completeness", "d02_quality")
    ]
    assert printed == [(*counted[0], *counted[1])] and counted[0][0] > counted[0][1]
    assert ask("select count(*) from report.d02_quality where has_failing <> (passing_pct < 100)") == [(0,)]
