"""Dossiers, confirmation sheets out and back in, and the change list, in the editions of the demo.

Does not belong here: single rules of the models (``tests/dbt_inventory/test_dossier``, unit tests of the models).
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from statistics import median

import openpyxl
import pypdf
import pytest

from ehpilot.publish import confirmation_sheets
from ehpilot.reading import edition as reading
from ehpilot.reading.edition import FICTION_MARK
from ehpilot.reporting.press import Press
from tests.area import Area
from tests.pipeline.conftest import CORRECTED, first_sheet


def test_every_site_has_all_sections_with_source_date_and_state(demo: Area) -> None:
    sites = demo.sql("select count(*) as n from core.dim_enterprise where enterprise_id not like '%-000'")[0]["n"]
    sections = demo.sql(
        "select enterprise_id from inventory.enterprise_dossier group by 1 having count(distinct section_no) = 19"
    )
    assert len(sections) == sites
    wrong = demo.sql(
        "select * from inventory.enterprise_dossier where (value is null) <> (state in ('missing', 'not_built')) "
        "or (state in ('verified', 'reported') and (source is null or value_date is null)) or value_date > "
        "(select as_of from meta.edition) limit 3"
    )
    assert wrong == []


def test_dossier_repeats_what_the_tables_say(demo: Area) -> None:
    """Figures of the emission account, counted both ways."""
    counts = demo.sql(
        "select (select count(*) from inventory.enterprise_dossier where field = '排放量' and block = 'emission' "
        "and state <> 'missing') as printed, (select count(*) from inventory.emission e, meta.edition m "
        "where e.year = m.assessment_year and e.enterprise_id not like '%-000') as kept"
    )[0]
    assert counts["printed"] == counts["kept"] > 100


def test_a_figure_has_the_digits_of_a_statement_and_units_their_signs(demo: Area) -> None:
    """What a formula computed is given to four digits (not 0.90403474971), an exhaust gas in mg/m³ as its limit."""
    long_ones = demo.sql(
        "select plain_value from inventory.enterprise_dossier where field in ('排放量', '各来源对照') "
        "and regexp_matches(plain_value, '[1-9][0-9]*\\.?[0-9]{9,}')"
    )
    assert long_ones == []
    limits = demo.sql(
        "select value from inventory.enterprise_dossier where field = '许可排放浓度限值' and value like '%/%m%'"
    )
    assert limits and all(row["value"].endswith("m³") for row in limits)
    units = demo.sql(
        "select distinct largest.unit from inventory.enterprise_dossier as item "
        "join inventory.enterprise_dossier as largest using (enterprise_id, block, section_no, item_no) "
        "where item.value = '非甲烷总烃' and largest.field = '最大值' and largest.unit is not null"
    )
    assert [row["unit"] for row in units] == ["mg/m3"]


def test_half_of_the_dossiers_have_eight_pages_or_less(demo: Area, tmp_path: Path) -> None:
    """What an inspector takes along; every third of them is enough to know the median."""
    sites = demo.sql("select enterprise_id from report.dossier_index order by dossier_no")[::3]
    with Press() as press:
        for site in sites:
            (made,) = press.render(
                "DOSSIER", demo.latest, tmp_path, ("pdf",), parameters=site, stem=site["enterprise_id"]
            )
            assert made.path is not None, made.reason
    pages = [len(pypdf.PdfReader(path).pages) for path in tmp_path.glob("*.pdf")]
    assert len(pages) == len(sites) > 5
    assert median(pages) <= 8, sorted(pages)


def test_a_cell_of_the_dossier_is_traced_through_its_parent_to_a_file(demo: Area) -> None:
    row = demo.sql(
        "select enterprise_id, section_no, item_no, field from inventory.enterprise_dossier "
        "where field = '排放量' and block = 'emission' and state = 'reported' order by all limit 1"
    )[0]
    key = [f"{name}={value}" for name, value in row.items()]
    result = demo.says("trace", "inventory.enterprise_dossier", *key, "--column", "value", "--format", "json")
    assert result.returncode == 0, result.stderr
    assert "inventory.emission_claim" in result.stdout
    assert '"kind": "file"' in result.stdout


def test_each_site_has_a_prefilled_sheet(demo: Area) -> None:
    folder = demo.latest / confirmation_sheets.FOLDER
    sites = {row["enterprise_id"] for row in demo.sql("select enterprise_id from core.dim_enterprise")}
    assert {path.name for path in folder.iterdir()} == {f"核对表_{site}.xlsx" for site in sites}
    book = openpyxl.load_workbook(first_sheet(demo))
    page = book["核对表"]
    assert FICTION_MARK in page["A1"].value
    assert page.freeze_panes and page.protection.sheet
    texts = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in texts} == {"s"}


def test_sheets_ask_nothing_that_the_enterprise_cannot_know(demo: Area) -> None:
    asked = demo.sql("select distinct section_no from inventory.enterprise_dossier where is_confirmable")
    assert {row["section_no"] for row in asked} <= {1, 3, 4, 5, 6, 7, 8}
    rows = demo.sql("select count(*) as n from inventory.enterprise_dossier where is_confirmable and state = 'derived'")
    assert rows == [{"n": 0}]


def test_first_edition_has_no_changes_and_says_so(demo: Area) -> None:
    assert demo.sql("select count(*) as n from inventory.risk_source_change") == [{"n": 0}]
    assert demo.sql("select count(*) as n from meta.gap where gap_id like '%FIRST-EDITION'") == [{"n": 1}]


@pytest.fixture(scope="module")
def returned(changed: Area) -> str:
    """The site whose sheet came back: the file that lies in the second landing folder under the program's own name."""
    printed = {path.name for path in (changed.out / "editions" / "0001" / confirmation_sheets.FOLDER).iterdir()}
    (name,) = printed & {path.name for path in (changed.landing / "site_survey").iterdir()}
    return name.removeprefix("核对表_").removesuffix(".xlsx")


def test_a_returned_sheet_is_taken_whole(changed: Area, returned: str) -> None:
    files = changed.sql(
        "select status, records_read, records_loaded, records_quarantined from meta.source_file "
        f"where path = 'site_survey/核对表_{returned}.xlsx'"
    )
    assert [row["status"] for row in files] == ["current"]
    assert files[0]["records_loaded"] == files[0]["records_read"] > 10
    lines = changed.sql(
        "select count(*) as n from inventory.enterprise_dossier where section_no = 18 and field = '核对结论' "
        f"and enterprise_id = '{returned}'"
    )
    assert lines[0]["n"] == files[0]["records_loaded"]


def test_a_corrected_value_wins_and_is_verified(changed: Area, returned: str) -> None:
    assert changed.sql(f"select employees from core.dim_enterprise where enterprise_id = '{returned}'") == [
        {"employees": int(CORRECTED["职工人数"])}
    ]
    query = f"from inventory.enterprise_dossier where enterprise_id = '{returned}'"
    rows = changed.sql(f"select value, state, source {query} and field = '职工人数' and section_no = 1")
    assert (rows[0]["value"], rows[0]["state"]) == (f"{CORRECTED['职工人数']} 人", "verified")
    assert rows[0]["source"].endswith(f"核对表_{returned}.xlsx")
    release = changed.sql(
        f"select value, state {query} and field = '排放量' and state = 'verified' and plain_value = '12.5'"
    )
    assert release == [{"value": "12.5 t/a", "state": "verified"}]
    # what was left as printed is confirmed
    assert changed.sql(f"select state {query} and field = '企业名称'") == [{"state": "verified"}]


def test_the_correction_is_in_the_change_list(changed: Area, returned: str) -> None:
    row = changed.sql(
        "select change, reason, detail from inventory.risk_source_change "
        f"where object_kind = 'site' and object_id = '{returned}'"
    )[0]
    assert (row["change"], row["reason"]) == ("changed", "CORRECTED-VALUE")
    assert f"→{CORRECTED['职工人数']}" in row["detail"]
    assert f"核对表_{returned}.xlsx" in row["detail"]


def test_every_change_has_its_reason(changed: Area) -> None:
    """The key unit lists went, so their sites' facts come from elsewhere; a line of the census file went too."""
    rows = changed.sql("select object_kind, object_id, change, detail, reason from inventory.risk_source_change")
    assert {row["object_kind"] for row in rows} >= {"site"}
    assert [row for row in rows if row["reason"] == "NOT-EXPLAINED"] == []
    assert [row for row in rows if row["reason"] != "OTHERS-MOVED" and "依据：" not in row["detail"]] == []


def test_sheets_are_repeatable(demo: Area, tmp_path) -> None:
    info = reading.info(demo.latest)
    with reading.open_marts(demo.latest) as connection:
        sheet = confirmation_sheets.read_all(connection, info.edition_no, info.as_of)[0]
    path = confirmation_sheets.write(tmp_path / "again.xlsx", sheet, info.as_of, info.is_fictional)
    kept = demo.latest / confirmation_sheets.FOLDER / f"核对表_{sheet.enterprise_id}.xlsx"
    assert hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(kept.read_bytes()).digest()
