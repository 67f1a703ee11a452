"""入企调查 workbooks of one legal entity with several sites, read by the national forms."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from ehpilot.kernels.identity import credit_code_check_character
from ehpilot.landing.intake import check
from ehpilot.profile import load_profile
from ehpilot.register import Register

FIRST_17 = "91990299100000005"
CODE = FIRST_17 + credit_code_check_character(FIRST_17)


def _workbook(landing: Path, name: str, site_no: str, tonnes: float, file_name: str = "") -> None:
    """A workbook of one site: its profile, one material, one release."""
    folder = landing / "site_survey"
    folder.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(folder / f"入企调查_{file_name or name}.xlsx") as book:
        facts = [("企业名称", name), ("统一社会信用代码", CODE), ("调查年份", "2025")]
        facts += [("许可证编号", f"{CODE}{site_no}P")] if site_no else []
        releases = [("工艺环节", "污染物", "排放形式", "排放量", "计量单位"), ("反应", "苯", "无组织", tonnes, "吨")]
        materials = [("名称", "CAS号", "年用量", "计量单位"), ("苯", "71-43-2", tonnes, "吨")]
        for title, rows in (("企业概况", facts), ("原辅材料", materials), ("产排污环节", releases)):
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)


@pytest.fixture(autouse=True)
def _keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "keys").mkdir()
    monkeypatch.setenv("EHPILOT_KEY_DIR", str(tmp_path / "keys"))


@pytest.mark.parametrize("numbers", [("001", "002"), ("", "")])
def test_workbooks_of_two_sites_do_not_contradict_each_other(tmp_path: Path, numbers: tuple[str, str]) -> None:
    """Same code, year, material and process, different figures: two sites, not one record entered twice."""
    for name, site_no, tonnes in zip(("示例东厂", "示例西厂"), numbers, (0.5, 0.7), strict=True):
        _workbook(tmp_path / "landing", name, site_no, tonnes)
    report = check(tmp_path / "landing", load_profile("national"), Register.load()).to_json()
    assert report["reasons"] == {}
    assert [(file["read"], file["loaded"]) for file in report["files"]] == [(3, 3), (3, 3)]


def test_one_site_entered_twice_with_other_figures_is_a_conflict(tmp_path: Path) -> None:
    _workbook(tmp_path / "landing", "示例东厂", "001", 0.5)
    _workbook(tmp_path / "landing", "示例东厂", "001", 0.7, "示例东厂_补")
    report = check(tmp_path / "landing", load_profile("national"), Register.load()).to_json()
    assert report["reasons"] == {"DUP-DIFF": 4}
