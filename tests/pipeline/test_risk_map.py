"""D06 of the demo: each graded cell and source is on the plates or counted; classes rise with what is worse."""

from __future__ import annotations

from itertools import pairwise

from tests.area import Area


def test_every_graded_cell_and_source_is_in_the_tables_of_the_plates(demo: Area) -> None:
    (counts,) = demo.sql(
        "select (select count(*) from report.d06_cell) as cells, "
        "(select count(*) from risk_grade.zone_grade) as graded, "
        "(select count(*) from report.d06_source) as sources, (select count(*) from risk_grade.source_grade) as codes"
    )
    assert (counts["cells"], counts["sources"]) == (counts["graded"], counts["codes"])
    assert counts["cells"] > 100


def test_classes_rise_with_what_is_worse(demo: Area) -> None:
    for number, value in (("cancer_no", "cancer_risk"), ("hazard_no", "hazard_index"), ("people_no", "population")):
        rows = demo.sql(
            f"select cell.{number} as class, min(graded.{value}) as low, max(graded.{value}) as high "
            "from report.d06_cell as cell inner join risk_grade.zone_grade as graded using (cell_id) "
            f"where graded.{value} is not null group by 1 order by 1"
        )
        assert None not in [row["class"] for row in rows]
        for milder, worse in pairwise(rows):
            assert milder["high"] <= worse["low"]


def test_what_is_unknown_has_no_class_and_says_so(demo: Area) -> None:
    assert demo.sql("select 1 as n from report.d06_cell where (grade_no is null) <> (grade_word = '资料不足')") == []


def test_the_list_of_plates_counts_what_was_left_out(demo: Area) -> None:
    plates = demo.sql("select row_no, name, shown, left_out from report.d06_plate order by row_no")
    (told,) = demo.sql("select * from report.d06_summary")
    assert [plate["row_no"] for plate in plates] == list(range(1, told["plate_count"] + 1))
    assert (plates[0]["left_out"], plates[0]["shown"] + plates[0]["left_out"]) == (
        told["unplaced_count"],
        told["source_count"],
    )


def test_each_park_with_an_outline_has_its_plate(demo: Area) -> None:
    parks = demo.sql("select name_cn from core.dim_area where area_kind = 'park' and geometry_wkt is not null")
    assert len(parks) == 3
    names = {plate["name"] for plate in demo.sql("select name from report.d06_plate")}
    assert {f"{park['name_cn']}放大图" for park in parks} <= names
