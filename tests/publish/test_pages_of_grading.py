"""Letters, pages of codes, supervision list: words of files escaped, blanks told, fiction marked, other readers."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import docx
import duckdb
import openpyxl
import pytest
import zxingcpp
from PIL import Image

from ehpilot.publish import code_pages, code_signature, notices, supervision_list
from ehpilot.reporting import letters as letters_in_word

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AS_OF = dt.date(2026, 3, 31)
NASTY = "<script>alert(1)</script>=cmd"
TABLES = {
    "core.dim_enterprise (enterprise_id varchar, name varchar, park_id varchar)": [
        ("A", NASTY, "p"), ("B", "乙厂", None),
    ],
    "core.dim_area (area_id varchar, name_cn varchar)": [("p", "甲园")],
    "core.dim_pollutant (pollutant_id varchar, name_cn varchar)": [("71-43-2", "苯")],
    "meta.code_label (code_set varchar, code varchar, label_cn varchar, label_en varchar, seed varchar, line bigint)": [
        ("colour", "red", "红码", "red", "code_label", 1), ("colour", "green", "绿码", "green", "code_label", 2),
        ("notice_kind", "problem", "告知单", "notice", "code_label", 3),
        ("inspection_rule", "IR-01", "红码企业检查", "red", "code_label", 4),
        ("inspection_rule", "IR-10", "举报核查", "complaint", "code_label", 5),
        ("notice_kind", "rectify", "督办函", "reminder", "code_label", 6),
    ],
    "risk_grade.notice (notice_id varchar, kind varchar, enterprise_id varchar, dated date, title varchar, "
    "body varchar, unfilled varchar[], object_id varchar)": [
        ("problem-../../x", "problem", "A", AS_OF, "告知单", f"{NASTY}：\n存在问题。", ["due_date_cn"], "PR-0"),
        ("problem-2", "problem", "B", AS_OF, "告知单（WT2）", "乙厂：\n存在问题。", [], "WT2"),
        ("rectify-B", "rectify", "B", AS_OF, "督办函", "乙厂：\n有2项（见下表）。\n逾期的后果。", [], "B"),
    ],
    "risk_grade.notice_problem (notice_id varchar, row_no integer, fact_cn varchar, object_cn varchar, due date, "
    "overdue_days integer, legal_basis varchar, evidence_wanted varchar)": [
        ("rectify-B", 2, NASTY, "排放口", AS_OF, 3, None, "报告"),
        ("rectify-B", 1, "废水超标", "排放口", AS_OF, 9, "《法典》第一条", "复测报告"),
    ],
    "risk_grade.risk_code (enterprise_id varchar, payload varchar, as_of date, unknown_facts varchar[])": [
        ("A", json.dumps({
            "code_id": "A-20260331", "name": NASTY, "colour": "red", "grade": 1, "score": "8.12",
            "valid_from": "2026-03-31", "valid_until": "2026-04-30",
            "zone": "区", "issuer": "局", "appeal_status": "none", "data_as_of": None,
            "reasons": [{"code": "CR-B1", "text": "风险源等级1"}],
        }), AS_OF, ["banned_use"]),
    ],
    "risk_grade.source_grade (enterprise_id varchar, to_next_grade varchar)": [("A", "苯减排 5 kg/a 可降一级")],
    "risk_grade.problem (problem_id varchar, enterprise_id varchar, rule_id varchar, severity varchar, "
    "description varchar, status varchar, found_at date, due date, overdue_days integer, closed_at date, "
    "object_cn varchar, evidence_key varchar, legal_basis varchar, source varchar, must_reach varchar, "
    "evidence_wanted varchar, is_recurrence boolean)": [
        ("P1", "A", "PR-1", "major", "超标：" + NASTY, "issued", AS_OF, AS_OF, 3, None, "排放口", "k", "《法典》第一条",
         "rule", "达标", "监测报告", False),
        ("P2", "A", None, "minor", "旧事", "closed", AS_OF, None, 0, AS_OF, None, None, None, "complaint", None, None,
         True),
    ],
    "risk_grade.problem_event (problem_id varchar, event_no integer, event varchar, event_at date, actor_role varchar, "
    "refusal varchar)": [
        ("P2", 6, "verified", AS_OF, "authority", None), ("P1", 2, "verified", AS_OF, "enterprise", "LOOP-VERIFIER"),
    ],
    "risk_grade.colour_rule (rule_id varchar, condition_cn varchar)": [("CR-B1", "风险源等级1")],
    "risk_grade.supervision_list (enterprise_id varchar, as_of date, grade integer, colour varchar, mode varchar, "
    "inspections_due integer, on_site_max_per_year integer, focus varchar[], must_test varchar[], materials varchar[], "
    "merge_rule varchar, last_inspection date, last_off_site_check date, next_inspection date, "
    "is_left_alone boolean)": [
        ("A", AS_OF, 1, "red", "focused", 12, 4, ["CR-B1", "PR-1"], ["71-43-2"], ["监测报告"], "合并", None, None,
         AS_OF, False),
        ("B", AS_OF, None, "green", "off_site", 0, 0, [], [], [], None, AS_OF, AS_OF, None, True),
    ],
    "risk_grade.inspection_visit (enterprise_id varchar, period varchar, due_by date, causes varchar[], "
    "merged_causes integer, colour varchar, rule_ids varchar[])": [
        ("A", "2026Q2", None, ["例行检查", "举报：异味"], 2, "red", ["IR-01", "IR-10"]),
    ],
}  # fmt: skip


class _Text(HTMLParser):
    """Tags and text of a page, as a browser reads them."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def building(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("edition")
    with duckdb.connect(str(folder / "marts.duckdb")) as connection:
        for table, rows in TABLES.items():
            name = table.split(" (")[0]
            connection.execute(f"create schema if not exists {name.split('.')[0]}; create table {table}")
            connection.executemany(f"insert into {name} values ({', '.join('?' * len(rows[0]))})", rows)
    (folder / "codes").mkdir()
    return folder


def test_letters_are_written_by_enterprise_and_stay_in_their_folder(building: Path) -> None:
    *letters, index = notices.write_notices_of(building, "某局", is_fictional=True)
    assert [path.parent.name for path in letters] == ["A", "B", "B"]
    assert all(path.resolve().is_relative_to((building / "notices").resolve()) for path in letters)
    page = _Text(letters[0])
    assert NASTY in page.text and "script" not in page.tags, "what files bring is text"
    assert "演示数据（虚构）" in page.text and "待填：1 处留空" in page.text and "2026年3月31日" in page.text
    assert "问题编号PR-0" in page.text
    assert "待填" not in _Text(letters[1]).text and "请注明" not in _Text(letters[1]).text, "the title has the number"
    words = letters_in_word.write_letters(building, "某局", is_fictional=True)
    links = re.findall(r'href="([^"]+)"', index.read_text(encoding="utf-8"))
    assert len(links) == 6 and all((index.parent / link).is_file() for link in links)
    assert {index.parent / link for link in links} == {*letters, *words}


def test_a_letter_in_word_says_what_its_page_says_in_the_form_of_an_official_letter(building: Path) -> None:
    path, *_ = letters_in_word.write_letters(building, "某局", is_fictional=True)
    document = docx.Document(str(path))
    (notice, *_) = notices.due_notices(building)
    styles = {paragraph.style.name for paragraph in document.paragraphs}
    assert {"公文标题", "公文正文", "公文落款", "注"} <= styles
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert all(paragraph in text for paragraph in notice.paragraphs) and "待填：1 处留空" in text
    assert [p.text for p in document.paragraphs if p.style.name == "公文落款"] == ["某局", "2026年3月31日"]
    assert "演示数据（虚构）" in document.sections[0].header.paragraphs[0].text
    again = path.read_bytes()
    letters_in_word.write_letters(building, "某局", is_fictional=True)
    assert path.read_bytes() == again


def test_a_letter_lists_the_overdue_problems_of_its_enterprise(building: Path) -> None:
    """The gravest first, between the paragraph that speaks of them and the next, in both files."""
    *_, page, _ = notices.write_notices_of(building, "某局", is_fictional=True)
    text = _Text(page).text
    marks = ["见下表", "逾期天数", "废水超标", NASTY, "逾期的后果"]
    assert [text.index(mark) for mark in marks] == sorted(text.index(mark) for mark in marks)
    *_, path = letters_in_word.write_letters(building, "某局", is_fictional=True)
    document = docx.Document(str(path))
    (table,) = document.tables
    head, first, second = ([cell.text for cell in row.cells] for row in table.rows)
    assert tuple(head) == notices.LISTED_HEAD
    assert first == ["1", "废水超标", "排放口", "2026-03-31", "9", "《法典》第一条", "复测报告"]
    assert second[1] == NASTY and second[5] == "—"
    before, after = table._tbl.getprevious(), table._tbl.getnext()
    assert "见下表" in "".join(before.itertext()) and "逾期的后果" in "".join(after.itertext())


def test_a_code_has_a_page_with_its_problems(building: Path) -> None:
    (path,) = code_pages.write_code_pages(building, is_fictional=False)
    page = _Text(path)
    assert "script" not in page.tags and "演示数据" not in page.text
    for words in (
        "红码",
        "码编号 A-20260331",
        "等级分 8.12",
        "等级 红（等级分 8.12）",
        "风险源等级1",
        "苯减排 5 kg/a 可降一级",
        "P1",
        "2 项",
        "数据日期 未知",
    ):
        assert words in page.text
    assert "CR-B1" not in page.text and "ehpilot" not in page.text, "no ids of rules, no commands"
    assert 'src="A.svg"' in path.read_text(encoding="utf-8")


def test_the_supervision_list_is_read_by_another_library(building: Path) -> None:
    workbook, page = supervision_list.write_list_of(building, is_fictional=True)
    book = openpyxl.load_workbook(workbook)
    assert book.sheetnames == ["分级监管清单", "入企计划", "问题清单"]
    _, head, first, second = book["分级监管清单"].iter_rows(values_only=True)
    row = dict(zip(head, first, strict=True))
    assert (row["企业"], row["园区"], row["码色"], row["其中入企"]) == (NASTY, "甲园", "红码", "4")
    assert (row["检查要点"], row["必测项目"]) == ("风险源等级1；超标", "苯")
    assert (row["现场时需带材料"], row["计划月"]) == ("监测报告", "2026-03")
    left_alone = dict(zip(head, second, strict=True))
    assert left_alone["无事不扰"] == "是" and second[2] == "资料不足"
    assert (left_alone["最近入企"], left_alone["下次检查不晚于"]) == ("2026-03-31", "")
    _, head, *problems = book["问题清单"].iter_rows(values_only=True)
    first, closed = (dict(zip(head, line, strict=True)) for line in problems)
    assert (first["问题编号"], first["整改要求"], first["应交材料"]) == ("P1", "达标", "监测报告")
    assert not first["复核日"], "a refused check is none"
    assert (closed["复核日"], closed["办结日"], closed["是否复发"]) == ("2026-03-31", "2026-03-31", "是")
    assert all(cell.data_type != "f" for line in book["分级监管清单"].iter_rows() for cell in line)
    (visit,) = list(book["入企计划"].iter_rows(values_only=True))[2:]
    assert visit[1].endswith("季度") and row["等级"] in ("红", "橙", "黄", "蓝")
    assert visit[3] == "例行检查；举报：异味" and visit[4] == "2"
    assert visit[6] == "红码企业检查、举报核查"
    assert "演示数据（虚构）" in book["分级监管清单"]["A1"].value and "script" not in _Text(page).tags
    again = workbook.read_bytes()
    supervision_list.write_list_of(building, is_fictional=True)
    assert workbook.read_bytes() == again


def test_an_edition_without_these_tables_has_none_of_them(tmp_path: Path) -> None:
    duckdb.connect(str(tmp_path / "marts.duckdb")).close()
    assert notices.write_notices_of(tmp_path, "局", is_fictional=False) == []
    assert letters_in_word.write_letters(tmp_path, "局", is_fictional=False) == []
    assert code_pages.write_code_pages(tmp_path, is_fictional=False) == []
    assert supervision_list.write_list_of(tmp_path, is_fictional=False) == []


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="chromium is missing: `make system` installs it (root)")
def test_the_qr_on_the_printed_page_is_read_by_another_library(building: Path, tmp_path: Path) -> None:
    text = "EH1:" + "0123456789ABCDEFGHIJ" * 14
    (building / "codes" / "A.svg").write_bytes(code_signature.qr_svg(text, "code"))
    (page,) = code_pages.write_code_pages(building, is_fictional=True)
    picture = tmp_path / "page.png"
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--window-size=1000,1300", f"--screenshot={picture}"]
    command = [str(CHROMIUM), *flags, f"--user-data-dir={tmp_path / 'profile'}", page.as_uri()]
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    assert [found.text for found in zxingcpp.read_barcodes(Image.open(picture))] == [text]
