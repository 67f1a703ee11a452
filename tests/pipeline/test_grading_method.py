"""D07 of the demo: what its tables print can be computed again from the edition's own tables and the kernel."""

from __future__ import annotations

import math
import re

import pytest

from ehpilot.kernels import source_grading
from ehpilot.reporting.numbers import number_text, plain_number
from tests.area import Area

GRADE = {1: "红", 2: "橙", 3: "黄", 4: "蓝"}


def test_the_matrix_is_the_kernels(demo: Area) -> None:
    rows = demo.sql("select hazard_class, receptor_class, base_grade from risk_grade.grade_matrix")
    assert len(rows) == 12
    for row in rows:
        (expected,) = source_grading.base_grades([row["hazard_class"]], [row["receptor_class"]])
        assert row["base_grade"] == expected


def test_the_printed_matrix_counts_every_source_with_both_classes(demo: Area) -> None:
    cells = demo.sql(
        "select receptor_class_1 as a, receptor_class_2 as b, receptor_class_3 as c from report.d07_matrix"
    )
    printed = sum(int(cell.split("（")[1].rstrip("）")) for row in cells for cell in row.values())
    query = "select count(*) as n from risk_grade.source_grade where hazard_class > 0 and receptor_class > 0"
    assert printed == demo.sql(query)[0]["n"] > 0


def test_a_load_is_the_sum_of_its_printed_parts(demo: Area) -> None:
    parts = demo.sql(
        "select emission_kg, own_share, toxicity_weight, weighted_kg, enterprise_id from report.d07_example_load"
    )
    added = sum(
        row["emission_kg"] * row["own_share"] * row["toxicity_weight"] for row in parts if row["toxicity_weight"]
    )
    query = f"select hazard_load_kg from risk_grade.source_grade where enterprise_id = '{parts[0]['enterprise_id']}'"
    assert added == pytest.approx(demo.sql(query)[0]["hazard_load_kg"], rel=1e-9)


def test_all_loads_of_all_sources_add_up(demo: Area) -> None:
    query = """
        select graded.enterprise_id, graded.hazard_load_kg as stated, sum(load.weighted_kg) as added
        from risk_grade.source_grade as graded
        inner join risk_grade.source_load as load using (enterprise_id)
        where graded.hazard_load_kg > 0 group by all
    """
    rows = demo.sql(query)
    assert len(rows) > 5
    for row in rows:
        assert row["added"] == pytest.approx(row["stated"], rel=1e-9)


def test_the_example_ends_in_the_grade_that_the_source_has(demo: Area) -> None:
    steps = demo.sql("select row_no, step, result, enterprise_id from report.d07_example order by row_no")
    graded = demo.sql(f"select * from risk_grade.source_grade where enterprise_id = '{steps[0]['enterprise_id']}'")[0]
    assert [step["row_no"] for step in steps] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert steps[-1]["result"] == GRADE[graded["grade"]]
    assert steps[4]["result"] == GRADE[graded["base_grade"]]
    assert steps[1]["result"].startswith(f"{math.log10(graded['hazard_load_kg']):.4g}"[:4])


def test_the_receptor_load_of_every_source_is_the_larger_sum_of_its_printed_parts(demo: Area) -> None:
    query = """
        select graded.enterprise_id, graded.receptor_load_person_s_m3 as stated,
            sum(reach.share * reach.people * reach.factor_s_m3) filter (where reach.receptor_basis <> 'water') as air,
            sum(reach.share * reach.people * reach.factor_s_m3) filter (where reach.receptor_basis = 'water') as water
        from risk_grade.source_grade as graded inner join risk_grade.source_reach as reach using (enterprise_id)
        where graded.receptor_load_person_s_m3 > 0 group by all
    """
    rows = demo.sql(query)
    assert len(rows) > 5
    for row in rows:
        # sums of tiny rates (g/s) are kept to 1e-12
        assert max(row["air"] or 0.0, row["water"] or 0.0) == pytest.approx(row["stated"], rel=1e-6)


def test_the_example_s_receptor_load_is_the_larger_sum_of_its_table(demo: Area) -> None:
    parts = demo.sql("select * from report.d07_example_reach")
    query = f"select * from risk_grade.source_grade where enterprise_id = '{parts[0]['enterprise_id']}'"
    ways = {part["receptor_basis"] == "water" for part in parts}
    added = [
        sum(part["share"] * part["people"] * part["factor_s_m3"] for part in parts
            if (part["receptor_basis"] == "water") == way and part["part"])
        for way in ways
    ]  # fmt: skip
    assert max(added) == pytest.approx(demo.sql(query)[0]["receptor_load_person_s_m3"], rel=1e-6)


def test_the_cell_s_example_can_be_computed_from_what_it_prints(demo: Area) -> None:
    steps = demo.sql("select * from report.d07_example_zone order by row_no")
    assert [step["step"] for step in steps] == ["危害分", "暴露分", "脆弱分", "综合分", "等级"]
    hazard, exposure, vulnerability, score = (float(step["result"]) for step in steps[:4])
    people, edge = (float(number) for number in re.findall(r"[\d.]+", steps[1]["inputs"]))
    share, places = (float(number) for number in re.findall(r"[\d.]+", steps[2]["inputs"]))
    assert exposure == pytest.approx(10 * math.log10(1 + people * 250_000 / edge**2) / 4, rel=1e-3)
    assert vulnerability == pytest.approx(min(10.0, 10 * (share + 0.2 * places)), rel=1e-3)
    assert score == pytest.approx(hazard * math.sqrt(exposure * vulnerability) / 10, rel=1e-3)
    cell = demo.sql(f"select * from risk_grade.zone_grade where cell_id = '{steps[0]['cell_id']}'")[0]
    assert (steps[4]["result"], hazard) == (GRADE[cell["grade"]], pytest.approx(cell["hazard_score"], rel=1e-3))


def test_a_cut_has_the_same_digits_wherever_it_is_printed(demo: Area) -> None:
    listed = demo.sql(
        "select parameter_id, value from report.document_parameter "
        "where document_id = 'D07' and parameter_id like 'grading.%_cut_%' order by 1"
    )
    as_parameter = [plain_number(row["value"]) for row in listed]
    digits = demo.sql(
        "select significant from meta.table_column where table_name = 'report.d07_cut' and column_name = 'value'"
    )[0]["significant"]
    cuts = demo.sql("select value from report.d07_cut order by cut_id")
    assert len(as_parameter) == 5
    assert as_parameter == [number_text(row["value"], significant=digits) for row in cuts]
    steps = demo.sql("select inputs from report.d07_example where step in ('危害分档', '受体分档') order by row_no")
    assert [step["inputs"] for step in steps] == [
        f"分档界 {'、'.join(as_parameter[:3])}", f"分档界 {'、'.join(as_parameter[3:])}",
    ]  # fmt: skip


def test_the_questions_weigh_a_hundred(demo: Area) -> None:
    assert demo.sql("select sum(weight) as weight from report.d07_question")[0]["weight"] == 100


def test_no_source_is_milder_than_its_floor(demo: Area) -> None:
    assert demo.sql("select 1 as n from risk_grade.source_grade where grade > floor_grade") == []


def test_shares_of_the_stability_table_are_of_their_totals(demo: Area) -> None:
    rows = demo.sql("select changed, total, changed_pct, unit from report.d07_stability")
    assert {row["unit"] for row in rows} == {"个", "人"}
    for row in rows:
        assert 0 <= row["changed"] <= row["total"]
        assert row["changed_pct"] == pytest.approx(100 * row["changed"] / row["total"])
