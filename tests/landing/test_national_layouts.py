"""Every layout of the landing folder as it is printed: each column of it finds its place in the form.

Does not belong here: values and rows (tests of the intake), the files of the demo (tests/pipeline).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from ehpilot.landing.forms import PartForm, load_forms
from ehpilot.landing.layout.header import find_header
from ehpilot.landing.layout.mapping import Mapping, NoHeader
from ehpilot.profile import PROFILES_DIR
from ehpilot.project import read_yaml

FORMS = {form.form_id: form for form in load_forms([PROFILES_DIR / "national" / "forms"])}

LAYOUTS = [
    (layout["form"], layout["table"], layout["columns"])
    for layout in read_yaml((Path(__file__).parent / "national_layouts.yml").read_text(encoding="utf-8"))
]


def _part(form_id: str, table: str) -> PartForm:
    return next(part for part in FORMS[form_id].parts if part.table == table)


def _sheet(part: PartForm, columns: list[str]) -> list[list[str]]:
    """A title, the header in the form's number of rows (merged cells spread), and one row of body."""
    levels = [column.split("^") for column in columns]
    header = [[(level + level[-1:])[depth] for level in levels] for depth in range(max(part.header.rows, 1))]
    title = ["某某表（样张）"] + [""] * (len(columns) - 1)
    return [title, *header, ["甲"] * len(columns)]


def _mapped(part: PartForm, columns: list[str]) -> Mapping:
    rows = _sheet(part, columns)
    found = find_header(part, rows, list(range(1, len(rows) + 1)), given=False)
    assert not isinstance(found, NoHeader), f"required columns not found: {found.missing}"
    return found


@pytest.mark.parametrize(("form_id", "table", "columns"), LAYOUTS)
def test_every_column_of_the_layout_has_its_place(form_id: str, table: str, columns: list[str]) -> None:
    part = _part(form_id, table)
    found = _mapped(part, columns)
    lost = [title for index, title in enumerate(found.titles) if index not in found.claimed]
    assert lost == []
    assert found.first_row == 2


@pytest.mark.parametrize(("form_id", "table", "columns"), LAYOUTS)
def test_order_blanks_and_width_of_the_headers_do_not_matter(form_id: str, table: str, columns: list[str]) -> None:
    """Offices turn columns round, break lines inside a header and use full-width brackets."""
    part = _part(form_id, table)
    plain = columns
    odd = [text.replace("(", "（").replace(")", "）").replace("名称", "名\n称") + " " for text in reversed(plain)]
    straight, turned = _mapped(part, plain), _mapped(part, odd)
    last = len(plain) - 1
    assert {name: tuple(last - i for i in cells) for name, cells in turned.cells.items()} == straight.cells


def test_permit_limits_have_five_years_under_one_head() -> None:
    part = _part("permit_limit_national", "permit_limit")
    layout = next(columns for form_id, _, columns in LAYOUTS if form_id == "permit_limit_national")
    wide = _mapped(part, layout).wide
    assert [cell.order for cell in wide] == [1, 2, 3, 4, 5]
    assert "第一年" in wide[0].header and "第五年" in wide[4].header


def test_laboratory_sheets_take_pollutant_and_unit_from_two_header_rows() -> None:
    part = _part("monitoring_lab_national", "monitoring_sample")
    found = _mapped(part, ["样品编号", "点位编号", "采样时间", "标干流量(m3/h)", "苯^mg/m3", "1,3-丁二烯^μg/m3"])
    assert [(cell.name, cell.unit) for cell in found.wide] == [("苯", "mg/m3"), ("1,3-丁二烯", "μg/m3")]
    assert found.cells["flow_m3_h"] == (3,)


def test_station_files_take_the_unit_from_the_bracket() -> None:
    part = _part("monitoring_station_national", "monitoring_station_hour")
    found = _mapped(part, ["站点", "时间", "PM2.5(μg/m3)", "间,对-二甲苯(ppb)"])
    assert [(cell.name, cell.unit) for cell in found.wide] == [("PM2.5", "μg/m3"), ("间,对-二甲苯", "ppb")]


def test_a_file_without_a_required_column_has_no_header() -> None:
    part = _part("receptor_place_national", "receptor_place")
    rows = [["名称", "类型", "经度", "人数"], ["甲", "学校", "121.8", "10"]]
    found = find_header(part, rows, [1, 2], given=False)
    assert isinstance(found, NoHeader) and found.missing == ("latitude",)
