"""``ehpilot forms --blank``: empty workbooks land as their own forms, filled ones become an edition.

Does not belong here: how forms read files (tests/landing). Everything that is filled in is fiction and says so.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from ehpilot.kernels.identity import credit_code_check_character
from ehpilot.landing.forms import load_forms
from ehpilot.profile import load_profile
from ehpilot.project import PROJECT_ROOT
from ehpilot.register import Register
from ehpilot.scaffold.blank_forms import KINDS, BlankColumn, BlankSheet, BlankWorkbook, blank_workbooks, first_words
from tests.area import Area, said

YEAR = 2025
NAME = "虚构甲化工有限公司（虚构）"
CODE = (body := "9199000020260101X") + credit_code_check_character(body)
# What the fiction says where the kind alone does not; other cells by kind.
CELLS = {
    "统一社会信用代码": CODE, "许可证编号": f"{CODE}001P", "排放口编号": "DA001", "污染物": "苯", "企业": NAME,
    "企业名称": NAME, "单位名称": NAME, "经度": 121.8, "纬度": 29.9, "所属园区": "青峙", "年份": YEAR,
    "成果编号": "D01", "行业代码": "2651", "街道": "虚构街道", "层": "虚构层", "权重": 100, "年龄": 40, "对象": NAME,
    "指标编号": "I1", "选项数": 4,
    "区域": "宁波经济技术开发区", "进度": 50, "平均时间": "year", "标记": "正常", "码色": "绿", "介质": "环境空气",
}  # fmt: skip
BY_KIND = {
    "number": 1, "integer": 1, "percent": 10, "measurement": 0.02, "date": "2025-06-01",
    "timestamp": "2025-06-01 08:00",
    "period": "2025", "date_range_start": "2025-01-01至2025-12-31", "date_range_end": "2025-01-01至2025-12-31",
    "longitude": 121.8, "latitude": 29.9, "credit_code": CODE, "permit_no": f"{CODE}001P", "cas_no": "71-43-2",
    "pollutant": "苯", "unit": "t", "name": "虚构1", "text": "虚构", "personal": "虚构",
}  # fmt: skip
KIND_OF = {words: kind for kind, words in KINDS.items()}


@pytest.fixture(scope="module")
def books() -> list[BlankWorkbook]:
    forms = load_forms(load_profile("beilun").form_dirs)
    return blank_workbooks(forms, Register.load().raw_tables, YEAR)[0]


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbooks of beilun as the command writes them. Tests must not change them."""
    folder = tmp_path_factory.mktemp("blank") / "landing"
    made = said("forms", "--blank", "--to", str(folder), "--profile", "beilun", "--year", str(YEAR))
    assert made.returncode == 0, made.stderr
    return folder


def test_empty_workbooks_are_known_by_their_own_forms(blank: Path, books: list[BlankWorkbook]) -> None:
    checked = said("check", "--profile", "beilun", "--landing", str(blank), "--format", "json")
    found = json.loads(checked.stdout)
    assert {row["path"]: row["form"] for row in found["files"]} == {f"{b.source}/{b.file}": b.form_id for b in books}
    # an empty matrix is none, and the sheet of an enterprise without its name is no record: both say so
    asked = {"indicator/专家判断矩阵_1.xlsx", "site_survey/入企调查工作簿.xlsx"}
    assert {row["path"] for row in found["files"] if row["quarantined"]} == asked
    assert all(row["loaded"] == row["skipped"] == 0 for row in found["files"])


def test_a_workbook_has_lists_units_and_notes(blank: Path) -> None:
    book = openpyxl.load_workbook(blank / "pilot" / "工作机制.xlsx")
    page = book["工作机制"]
    assert [cell.value for cell in page[1]][:2] == ["类型*", "日期*"]
    lists = [str(one.formula1) for one in page.data_validations.dataValidation if "A2" in one.sqref]
    assert lists and {cell.value for cell in book["字典"]["A"]} == set(first_words()["mechanism_kind"])
    assert book["填表说明"]["A2"].value == "填报单位：试点工作专班"
    money = openpyxl.load_workbook(blank / "pilot" / "经费.xlsx")["经费"]
    assert "预算(元)" in [cell.value for cell in money[1]]


def test_a_workbook_that_may_be_filled_in_is_not_written_over(blank: Path) -> None:
    again = said("forms", "--blank", "--to", str(blank), "--profile", "beilun", "--year", str(YEAR))
    assert again.returncode == 2 and "may be filled in" in again.stderr
    assert said("forms", "--blank").returncode == 2


def test_without_a_profile_it_is_the_area_of_the_build_folder(tmp_path: Path) -> None:
    nowhere = said("forms", "--out", str(tmp_path), "--format", "json")
    national = said("forms", "--profile", "national", "--format", "json")
    assert nowhere.returncode == 0 and nowhere.stdout == national.stdout


def test_a_folder_a_unit(tmp_path: Path) -> None:
    made = said(
        "forms", "--blank", "--to", str(tmp_path), "--profile", "beilun", "--by-unit", "--unit", "素养调查组",
        "--format", "json", "--year", str(YEAR),
    )  # fmt: skip
    files = [Path(row["file"]).relative_to(tmp_path).parts[:2] for row in json.loads(made.stdout)]
    assert set(files) == {("素养调查组", "literacy")} and len(files) == 5


def _cell(column: BlankColumn) -> object:
    if column.header in CELLS:
        return CELLS[column.header]
    if column.header.endswith(("年份", "年度", "象年")):
        return YEAR
    if column.header.endswith(("(度)", "(分)", "(秒)")):
        degrees = 121 if "经" in column.header else 29
        return {"度": degrees, "分": 48, "秒": 0}[column.header[-2]]
    return column.choices[0] if column.choices else BY_KIND[KIND_OF[column.kind]]


def _fill(page: openpyxl.worksheet.worksheet.Worksheet, sheet: BlankSheet, source: str) -> None:
    """One row a sheet; where each item has a column of its own, one item more."""
    if sheet.layout == "label_value":
        for row, column in enumerate(sheet.columns, 1):
            page.cell(row, 2, _cell(column))
    elif sheet.layout == "matrix":
        for one in range(2, len(sheet.names) + 2):
            for other in range(2, len(sheet.names) + 2):
                page.cell(one, other, 1)
    else:
        top = len(sheet.labels) + 1
        for number, column in enumerate(sheet.columns, 1):
            page.cell(top + sheet.header_rows, number, _cell(column))
        if any("每个项目一列" in remark for remark in sheet.remarks):
            own = len(sheet.columns) + 1
            for row, text in enumerate(("苯", "mg/m3")[: sheet.header_rows] if source == "monitoring" else ("虚构项",)):
                page.cell(top + row, own, text)
            page.cell(top + sheet.header_rows, own, 0.02)


@pytest.mark.slow
def test_filled_workbooks_of_beilun_become_an_edition(
    blank: Path, books: list[BlankWorkbook], tmp_path: Path, key_folder: Path
) -> None:
    """A row a sheet, all fiction, in a profile that says so: the real area's edition never holds any of it."""
    landing = Path(shutil.copytree(blank, tmp_path / "landing"))
    for book in books:
        path = landing / book.source / book.file
        workbook = openpyxl.load_workbook(path)
        for sheet in book.sheets:
            _fill(workbook[sheet.name], sheet, book.source)
        workbook.save(path)
    profile = tmp_path / "beilun_fiction"
    shutil.copytree(PROJECT_ROOT / "profiles" / "beilun", profile)
    text = (profile / "area.yml").read_text(encoding="utf-8")
    text = text.replace("is_fictional: false", "is_fictional: true").replace("name: beilun\n", "name: beilun_fiction\n")
    text = text.replace("name_cn: 宁波经济技术开发区\n", "name_cn: 宁波经济技术开发区（虚构填报）\n", 1)
    (profile / "area.yml").write_text(text, encoding="utf-8")
    area = Area(landing, tmp_path / "truth", tmp_path / "out", str(profile))
    result = area.build("--no-reports", "--as-of", "2026-06-30")
    assert result.returncode == 0, result.stdout + result.stderr
    read = {row["path"]: row for row in area.sql("select path, form_id, records_loaded from meta.source_file")}
    assert {path: row["form_id"] for path, row in read.items()} == {f"{b.source}/{b.file}": b.form_id for b in books}
    empty = [path for path, row in read.items() if not row["records_loaded"]]
    assert empty == []
    assert area.sql("select is_fictional from meta.edition") == [{"is_fictional": True}]
    assert area.sql("select count(*) as n from inventory.emission")[0]["n"] > 0
