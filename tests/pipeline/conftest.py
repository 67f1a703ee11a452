"""The second edition that tests of this folder share: files came, went and changed, and a confirmation sheet came back.

Does not belong here: assertions.
"""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.area import Area

CHANGED_HOURS = "VOCs在线_202507.csv"
CORRECTED = {"职工人数": "4321", "排放量": "12.5"}


def fill(sheet: Path, corrections: dict[str, str], to: Path) -> str:
    """Fill 更正值 of the first line of each field, as an enterprise does; returns the dossier number."""
    book = openpyxl.load_workbook(sheet)
    page = book["核对表"]
    labels = {page.cell(row, 1).value: row for row in range(1, 12)}
    page.cell(labels["核对日期"], 2).value = "2026-03-15"
    page.cell(labels["核对人"], 2).value = "某某"
    header = [cell.value for cell in page[labels["栏目"]]]
    field, corrected = header.index("字段") + 1, header.index("更正值") + 1
    left = dict(corrections)
    for row in range(labels["栏目"] + 1, page.max_row + 1):
        value = left.pop(page.cell(row, field).value, None)
        if value is not None:
            page.cell(row, corrected).value = value
    assert left == {}
    to.mkdir(exist_ok=True)
    book.save(to / sheet.name)
    return str(page.cell(labels["档案编号"], 2).value)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What looks at the second edition is slow: it costs another whole build."""
    for item in items:
        if "changed" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def changed(second_edition: Area) -> Area:
    """The area after files came, went and changed and one sheet was returned, built again."""
    landing = second_edition.landing
    census = landing / "census" / "G101-1_单位基本情况.csv"
    lines = census.read_bytes().splitlines(keepends=True)
    census.write_bytes(b"".join(lines[:-1]))
    station = landing / "monitoring" / CHANGED_HOURS
    station.write_bytes(b"".join(station.read_bytes().splitlines(keepends=True)[:-1]))
    (landing / "beach" / "无关文件.bin").write_bytes(bytes(range(256)) * 8)
    for path in (landing / "key_unit").iterdir():
        path.unlink()
    fill(first_sheet(second_edition), CORRECTED, landing / "site_survey")
    refused = second_edition.build()
    assert (refused.returncode, "key_unit" in refused.stderr) == (2, True), refused.stderr  # a source is gone
    result = second_edition.build("--accept-shrink")
    assert result.returncode == 0, result.stdout + result.stderr
    return second_edition


def first_sheet(area: Area) -> Path:
    """The confirmation sheet of the first edition's highest risk source that states a release and no returned sheet."""
    site = area.sql(
        "select source.enterprise_id from inventory.risk_source as source "
        "where exists (select 1 from inventory.enterprise_dossier d where d.enterprise_id = source.enterprise_id "
        "and d.field = '排放量' and d.is_confirmable) and not exists (select 1 from inventory.enterprise_dossier d "
        "where d.enterprise_id = source.enterprise_id and d.section_no = 18 and d.state = 'reported') "
        "order by source.rank nulls last, source.enterprise_id limit 1"
    )[0]["enterprise_id"]
    return area.out / "editions" / "0001" / "confirmation_sheets" / f"核对表_{site}.xlsx"
