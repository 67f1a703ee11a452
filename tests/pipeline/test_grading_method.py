"""D07 of the demo: what its tables print can be computed again from the edition's own tables and the kernel."""

from __future__ import annotations

import math

import pytest

from ehpilot.kernels import source_grading
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
    assert [step["row_no"] for step in steps] == [1, 2, 3, 4, 5, 6, 7]
    assert steps[-1]["result"] == GRADE[graded["grade"]]
    assert steps[3]["result"] == GRADE[graded["base_grade"]]
    assert steps[1]["result"].startswith(f"{math.log10(graded['hazard_load_kg']):.4g}"[:4])


def test_no_source_is_milder_than_its_floor(demo: Area) -> None:
    assert demo.sql("select 1 as n from risk_grade.source_grade where grade > floor_grade") == []


def test_shares_of_the_stability_table_are_of_their_totals(demo: Area) -> None:
    rows = demo.sql("select changed, total, changed_pct, unit from report.d07_stability")
    assert {row["unit"] for row in rows} == {"个", "人"}
    for row in rows:
        assert 0 <= row["changed"] <= row["total"]
        assert row["changed_pct"] == pytest.approx(100 * row["changed"] / row["total"])
