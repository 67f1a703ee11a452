"""Header rows are found among titles and merged cells, and wide columns keep name and unit."""

from __future__ import annotations

from typing import Any

import pytest

from ehpilot.landing.forms import PartForm
from ehpilot.landing.layout.header import find_header
from ehpilot.landing.layout.mapping import Mapping, NoHeader
from ehpilot.landing.layout.preamble import read_preamble


def _part(columns: dict[str, Any], **facts: Any) -> PartForm:
    return PartForm.model_validate({"table": "t", "columns": columns, **facts})


def _find(part: PartForm, rows: list[list[str | None]], given: bool = False) -> Mapping | NoHeader:
    return find_header(part, rows, list(range(1, len(rows) + 1)), given)


CODE = {"aliases": ["许可证编号"], "required": True}
NAME = {"aliases": ["单位名称", "企业名称"], "required": True}


def test_header_is_found_below_titles_and_blank_rows() -> None:
    rows = [
        ["某区排污单位名单", None, None],
        [None, None, None],
        ["序号", "企业 名称", "许可证\n编号"],
        ["1", "甲", "x"],
    ]
    found = _find(_part({"code": CODE, "name": NAME}), rows)
    assert isinstance(found, Mapping)
    assert (found.first_row, found.body_row) == (3, 4)
    assert found.cells == {"code": (2,), "name": (1,)}
    assert found.headers == {"code": "许可证 编号", "name": "企业 名称"}


def test_two_rows_are_joined_and_a_title_is_no_level() -> None:
    rows = [
        ["许可排放限值", "许可排放限值", "许可排放限值", "许可排放限值"],
        ["许可证编号", "年限值(t/a)", "年限值(t/a)", "备注"],
        ["许可证编号", "第一年", "第二年", "备注"],
        ["A", "1", "2", None],
    ]
    wide = {"columns": {"regex": "第.年"}, "index_to": "n", "value_to": "v"}
    found = _find(_part({"code": CODE}, header={"rows": 2}, wide=wide), rows)
    assert isinstance(found, Mapping)
    assert found.body_row == 4
    assert [(cell.index, cell.header, cell.order) for cell in found.wide] == [
        (1, "年限值(t/a)/第一年", 1),
        (2, "年限值(t/a)/第二年", 2),
    ]


def test_levels_read_on_as_one_word() -> None:
    rows = [
        ["许可证编号", "排气筒（见图）", "排气筒（见图）"],
        ["许可证编号", "高度（mm）", "坐标"],
        ["A", "45000", "x"],
    ]
    columns = {"code": CODE, "height": {"aliases": ["排气筒高度"]}}
    found = _find(_part(columns, header={"rows": 2}), rows)
    assert isinstance(found, Mapping)
    assert found.cells == {"code": (0,), "height": (1,)}
    assert found.brackets == {"height": "mm"}


def test_a_two_row_form_reads_a_one_row_header() -> None:
    found = _find(_part({"code": CODE, "name": NAME}, header={"rows": 2}), [["许可证编号", "单位名称"], ["A", "甲"]])
    assert isinstance(found, Mapping)
    assert found.body_row == 2


def test_a_title_above_a_one_row_header_of_a_two_row_form_is_no_level() -> None:
    part = _part({"code": CODE, "name": NAME}, header={"rows": 2})
    for rows in (
        [["导出"], ["许可证编号", "单位名称"], ["A", "甲"]],
        [["导出", "导出"], ["许可证编号", "单位名称"], ["A", "甲"]],
    ):
        found = _find(part, rows)
        assert isinstance(found, Mapping)
        assert (found.first_row, found.body_row, found.headers["code"]) == (2, 3, "许可证编号")


def test_rows_above_may_be_shorter_than_the_header() -> None:
    found = _find(
        _part({"code": CODE, "name": NAME}, header={"rows": 2}),
        [["a", "b"], ["序号", "许可证编号", "单位名称"], ["1", "A", "甲"]],
    )
    assert isinstance(found, Mapping)
    assert found.body_row == 3


def test_unit_row_under_the_header_gives_the_units() -> None:
    wide = {"columns": "rest", "ignore": ["备注"], "name_to": "p", "unit_to": "u", "unit_level": 2, "value_to": "v"}
    rows = [["样品编号", "苯", "甲苯(总)", "备注"], [None, "μg/m3", "mg/m3", None], ["S1", "1", "2", ""]]
    found = _find(_part({"no": {"aliases": ["样品编号"], "required": True}}, header={"rows": 2}, wide=wide), rows)
    assert isinstance(found, Mapping)
    assert [(cell.name, cell.unit) for cell in found.wide] == [("苯", "μg/m3"), ("甲苯", "mg/m3")]
    assert found.titles[3] == "备注"


@pytest.mark.parametrize(
    ("second", "body_row"),
    [
        ([None, "μg/m3", "mg/m3"], 3),
        (["单位：", "μg/m3", "mg/m3"], 3),
        (["检出限", "1.4", "0.004"], 2),
        (["S1", "1", "2"], 2),
    ],
)
def test_a_record_under_the_header_is_no_row_of_units(second: list[str | None], body_row: int) -> None:
    wide = {"columns": "rest", "name_to": "p", "unit_to": "u", "unit_level": 2, "value_to": "v"}
    part = _part({"no": {"aliases": ["样品编号"], "required": True}}, header={"rows": 2}, wide=wide)
    found = _find(part, [["样品编号", "苯(μg/m3)", "甲苯(mg/m3)"], second, ["S2", "3", "4"]])
    assert isinstance(found, Mapping)
    assert found.body_row == body_row
    assert [(cell.name, cell.unit) for cell in found.wide] == [("苯", "μg/m3"), ("甲苯", "mg/m3")]


def test_unit_in_the_bracket_is_kept_apart_from_the_name() -> None:
    wide = {"columns": "rest", "name_to": "p", "unit_to": "u", "value_to": "v"}
    rows = [["站点", "PM2.5（μg/m3）", "1,3-丁二烯(ppb)"], ["a", "1", "2"]]
    found = _find(_part({"site": {"aliases": ["站点"], "required": True}}, wide=wide), rows)
    assert isinstance(found, Mapping)
    assert [(cell.name, cell.unit) for cell in found.wide] == [("PM2.5", "μg/m3"), ("1,3-丁二烯", "ppb")]


def test_what_is_missing_is_told_from_the_nearest_row() -> None:
    found = _find(
        _part({"code": CODE, "name": NAME, "year": {"aliases": ["年份"]}}), [["企业名称", "年份"], ["甲", "2025"]]
    )
    assert isinstance(found, NoHeader)
    assert found.missing == ("code",)


def test_headerless_files_go_by_position() -> None:
    found = _find(_part({"a": {"position": 2}, "b": {"position": 4}}, header={"rows": 0}), [["x", "y", "z", "w"]])
    assert isinstance(found, Mapping)
    assert (found.cells, found.body_row) == ({"a": (1,), "b": (3,)}, 1)


def test_a_given_header_is_no_row_of_the_body() -> None:
    found = _find(_part({"a": {"aliases": ["name"], "required": True}}), [["id", "name"], ["1", "x"]], given=True)
    assert isinstance(found, Mapping)
    assert (found.cells, found.body_row, found.repeat) == ({"a": (1,)}, 1, ())


def test_an_exact_alias_beats_one_that_fits_without_its_bracket() -> None:
    rows = [["浓度(标态)", "浓度", "许可证编号"], ["1", "2", "A"]]
    found = _find(_part({"code": CODE, "c": {"aliases": ["浓度"]}}), rows)
    assert isinstance(found, Mapping)
    assert found.cells["c"] == (1,)


def test_labels_above_the_table_give_text_behind_them_or_beside_them() -> None:
    head = [
        ["委托单位：甲局  检测机构：乙公司", None, "CMA编号", None, "2301"],
        ["采样日期:2025-03-01 至 2025-03-02", None, None, None, None],
        ["样品编号", "苯", None, None, None],
    ]
    assert read_preamble(["检测机构"], head, 2)[0] == "乙公司"
    assert read_preamble(["委托方", "委托单位"], head, 2)[0] == "甲局"
    assert read_preamble(["CMA编号"], head, 2)[0] == "2301"
    assert read_preamble(["采样日期"], head, 2)[0] == "2025-03-01 至 2025-03-02"
    assert read_preamble(["报告编号"], head, 2) is None


TICKS = {"code": CODE, "water": {"aliases": ["水环境"]}, "air": {"aliases": ["大气环境"]}}


def test_merged_cells_tell_a_header_of_more_rows_than_the_form_says() -> None:
    rows = [
        ["名录", None, None],
        ["许可证编号", "类别", "类别"],
        ["许可证编号", "水环境", "大气环境"],
        ["A", "√", None],
    ]
    numbers = [1, 2, 3, 4]
    merged = [(1, 0, 1, 2), (2, 0, 3, 0), (2, 1, 2, 2)]
    found = find_header(_part(TICKS), rows, numbers, False, merged)
    assert isinstance(found, Mapping)
    assert (found.first_row, found.body_row) == (2, 4)
    assert found.cells == {"code": (0,), "water": (1,), "air": (2,)}
    assert found.headers["water"] == "类别/水环境"


def test_texts_under_one_head_belong_to_the_header_where_the_required_columns_are_blank() -> None:
    head = ["许可证编号", "类别", "类别"]
    merged = [(1, 1, 1, 2)]
    found = find_header(_part(TICKS), [head, [None, "水环境", "大气环境"], ["A", "√", None]], [1, 2, 3], False, merged)
    assert isinstance(found, Mapping)
    assert (found.body_row, found.cells) == (3, {"code": (0,), "water": (1,), "air": (2,)})
    body = find_header(_part(TICKS), [head, ["A", "√", "√"]], [1, 2], False, merged)
    assert isinstance(body, Mapping)
    assert body.body_row == 2


def test_a_merged_body_cell_below_the_header_is_no_header() -> None:
    rows = [["许可证编号", "水环境"], ["A", "√"], ["A", "√"]]
    found = find_header(_part(TICKS), rows, [1, 2, 3], False, [(2, 0, 3, 0)])
    assert isinstance(found, Mapping)
    assert found.body_row == 2
