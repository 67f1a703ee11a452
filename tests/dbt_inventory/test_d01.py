"""The plain D01 tables against the inventory they are made of, and the register of deliverables."""

from __future__ import annotations

from typing import Any

import pytest

from ehpilot.register import Register
from tests.dbt_inventory.emission_records import DIOXINS
from tests.dbt_inventory.records import BENZENE


def test_emissions_of_the_list_are_those_of_the_assessment_year(ask: Any) -> None:
    (printed,) = ask(
        "select emission_air_kg, emission_water_kg from report.d01_pollutant where pollutant_id = ?", BENZENE
    )
    (summed,) = ask(
        """select 1000 * sum(emission_t) filter (where medium = 'air'),
                  1000 * sum(emission_t) filter (where medium = 'water')
           from inventory.emission where pollutant_id = ? and year = 2025 and enterprise_id not like '%-000'""",
        BENZENE,
    )
    assert printed == pytest.approx(summed) and printed[0] > 1000


def test_by_park_adds_up_to_the_list(ask: Any) -> None:
    ((whole,),) = ask("select emission_air_kg from report.d01_pollutant where pollutant_id = ?", BENZENE)
    ((parts,),) = ask("select sum(emission_air_kg) from report.d01_pollutant_park where pollutant_id = ?", BENZENE)
    assert whole > 0 and parts == pytest.approx(whole)


def test_rows_are_numbered_in_print_order_by_rank(ask: Any) -> None:
    rows = ask("select row_no, rank from report.d01_pollutant order by row_no")
    assert [number for number, _ in rows] == list(range(1, len(rows) + 1))
    known = [rank for _, rank in rows if rank is not None]
    assert known == sorted(known) and [rank for _, rank in rows][: len(known)] == known


def test_list_and_left_out_are_the_whole_screening(ask: Any) -> None:
    ((all_rows, listed, high),) = ask(
        """select count(*), count(*) filter (where is_risk_pollutant), count(*) filter (where is_high_risk)
           from inventory.risk_pollutant"""
    )
    assert listed > 0
    assert ask("select count(*) from report.d01_pollutant") == [(listed,)]
    assert ask("select count(*) from report.d01_left_out") == [(all_rows - listed,)]
    assert ask("select count(*) from report.d01_card") == [(high,)]
    kept = [row[0] for row in ask("select kept from report.d01_funnel order by row_no")]
    assert kept[0] == all_rows and kept[2:] == [listed, high]


def test_every_code_of_a_reason_has_a_word(ask: Any) -> None:
    used = {code for (codes,) in ask("select reason_codes from inventory.risk_pollutant") for code in codes}
    named = {code for (code,) in ask("select code from seeds.code_label where code_set = 'screening_reason'")}
    assert used and used <= named
    ((text,),) = ask("select reasons from report.d01_pollutant where pollutant_id = ?", BENZENE)
    ((codes,),) = ask("select reason_codes from inventory.risk_pollutant where pollutant_id = ?", BENZENE)
    words = dict(ask("select code, label_cn from seeds.code_label where code_set = 'screening_reason'"))
    assert text == "、".join(words[code] for code in sorted(codes))


def test_a_draft_list_is_marked_and_decides_nothing(ask: Any) -> None:
    found = dict(ask("select list_code, decides from report.d01_list_version"))
    assert found["PCC2025D"] != "是" and found["TAP2018"] == "是"
    ((names,),) = ask("select list_names from report.d01_pollutant where pollutant_id = ?", BENZENE)
    assert "（第二批）（草案或不完整，仅供参考）" in names


def test_gaps_say_what_is_missing_and_how_often(ask: Any) -> None:
    gaps = dict(ask("select gap_id, item_count from report.document_gap"))
    assert gaps["HELD-LEGAL-ENTITY"] >= 1
    assert gaps["PARTIAL-YEAR"] >= 1
    assert gaps["VALUE-MISSING"] >= 1
    assert gaps["LEAKS-ONLY"] == 1, "total VOC of one site is known from its leaks only"
    assert "SCORE-NOT-BUILT" not in gaps, "the score is built"


def test_a_material_without_a_cas_number_is_a_gap_where_no_name_makes_a_substance_of_it(ask: Any) -> None:
    """苯乙烯 is in the alias list and counts as a use, 石脑油 is not: it stays in the activity and is stated."""
    assert ask("select item_count from report.document_gap where gap_id = 'MATERIAL-NO-CAS'") == [(1,)]
    assert len(ask("select item from inventory.activity where item in ('苯乙烯', '石脑油')")) == 2


def test_the_figures_of_the_text_are_those_of_the_tables(ask: Any) -> None:
    ((listed, high, weights),) = ask(
        """select pollutant_count, high_risk_count, weight_hazard + weight_release + weight_exposure + weight_detection
           from report.d01_summary"""
    )
    assert ask("select count(*), count(*) filter (where is_high_risk) from report.d01_pollutant") == [(listed, high)]
    assert weights == pytest.approx(1.0), "the weights that the text prints are those of the screening"


def test_nineteen_deliverables_with_title_date_and_lead() -> None:
    deliverables = Register.load().deliverables
    assert list(deliverables) == [f"D{number:02d}" for number in range(1, 20)]
    d15 = deliverables["D15"]
    assert d15.title == "{zone_formal}关于“两山环境健康”奖励基金的通知"
    assert str(d15.meta["due"]) == "2027-11-30" and d15.meta["lead"] == "environment_bureau"
    assert deliverables["D13"].meta["lead"] == "development_reform_bureau"
    assert {"report.d01_pollutant", "report.d01_summary", "report.document_change"} <= set(deliverables["D01"].reads)
    assert {"report.d02_source", "report.d02_conflict"} <= set(deliverables["D02"].reads)
    assert set(Register.load().documents) - set(deliverables) == {"S01", "S02", "S03", "S04", "DOSSIER"}


def test_persistence_is_said_by_class_and_bound_and_unknown_where_neither_is_known(ask: Any) -> None:
    rows = ask(
        """select list.persistence, class.code is not null, pollutant.log_kow
           from report.d01_pollutant as list join core.dim_pollutant as pollutant using (pollutant_id)
           left join seeds.screening_class_score as class
             on class.attribute = 'substance_class' and class.code = pollutant.substance_class"""
    )
    ((bound,),) = ask("select min(lower_bound) from seeds.screening_bin where criterion = 'persistent'")
    assert rows
    for said, is_listed, log_kow in rows:
        words = ["持久性"] * is_listed + ["生物累积性"] * (log_kow is not None and log_kow >= bound)
        expected = "；".join(words) or (None if log_kow is None else "未达筛查值")
        assert said == expected


def test_units_of_toxicity_are_printed_as_a_document_has_them(ask: Any) -> None:
    units = {unit for (unit,) in ask("select unit from report.d01_toxicity")}
    assert units <= {"mg/m³", "(μg/m³)⁻¹", "mg/(kg·d)", "(mg/(kg·d))⁻¹"} and "mg/m³" in units


def test_rules_for_small_numbers_name_columns_that_documents_print(ask: Any) -> None:
    rules = ask("select column_name, threshold, scope, hides from meta.disclosure_rule order by column_name")
    assert [rule[0] for rule in rules] == ["enterprise_count", "plus_project_count", "source_count"]
    printed = {name for (name,) in ask("select column_name from duckdb_columns() where schema_name = 'report'")}
    for column, threshold, scope, hides in rules:
        assert threshold >= 3 and scope in ("all", "public")
        assert {column, *hides.split()} <= printed
    # Whatever is public beside the number of enterprises and says how much they emit or use is withheld with it.
    marks = {
        column.name for document in ("d01_pollutant", "d01_card", "d01_left_out")
        for column in Register.load().tables[f"report.{document}"].columns
        if column.meta.get("sensitivity") == "public" and column.name.startswith(("emission_", "use_"))
    }  # fmt: skip
    assert marks and marks <= set(rules[0][3].split())


def test_a_toxicity_value_taken_from_a_parent_says_so(ask: Any) -> None:
    authorities = {text for (text,) in ask("select authority from report.d01_toxicity where pollutant_id = ?", DIOXINS)}
    assert authorities and all("（取自2,3,7,8-四氯二苯并对二噁英）" in text for text in authorities)
    assert ask(
        "select count(*) from report.d01_toxicity where pollutant_id = ? and authority like '%取自%'", BENZENE
    ) == [(0,)]


def test_the_second_view_hides_no_row_and_reaches_its_share(ask: Any) -> None:
    """Polymers count neither in the list nor in the whole, so that the shares printed add up to the last one."""
    rows = ask("select row_no, share_pct, cumulative_pct from report.d01_top_use order by row_no")
    assert [row[0] for row in rows] == list(range(1, len(rows) + 1)) and rows
    assert abs(sum(row[1] for row in rows) - rows[-1][2]) < 1e-6
    share = float(ask("select value from meta.parameter_used where parameter_id = 'screening.top_use_share'")[0][0])
    assert rows[-1][2] >= share * 100 - 1e-9
