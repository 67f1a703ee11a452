"""What stands beside the marts: data package, front page, report index; read with other eyes than wrote them."""

from __future__ import annotations

import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import frictionless
import openpyxl
import pyarrow.parquet as pq
import pytest

from ehpilot.landing.folder.decisions import read_decisions
from ehpilot.publish import edition as publishing
from ehpilot.publish.row_heights import LINE_PT, lines_needed
from ehpilot.reading import edition as reading
from ehpilot.reading.documents import DocumentResult
from tests.publish.editions import copy, publish
from tests.publish.tiny_warehouse import FACTS, SCRIPT, make_warehouse


class Page(HTMLParser):
    """Tags, attributes and text of a page."""

    def __init__(self, text: str):
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.fixture
def page(out: Path) -> Page:
    return Page((reading.find(out) / "index.html").read_text(encoding="utf-8"))


def test_the_data_package_is_valid_and_fits_the_files(out: Path) -> None:
    folder = reading.find(out)
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    report = frictionless.Package.from_descriptor(descriptor, basepath=str(folder)).validate()
    assert report.valid, report.flatten(["name", "type", "note"])
    assert descriptor["title"].startswith("演示数据（虚构）云帆港示范区")
    assert "Fictional demonstration data: Yunfan Port (fictional), environment" in descriptor["title"]
    assert descriptor["licenses"] == [
        {"name": "CC0-1.0", "title": "CC0 1.0", "path": "https://creativecommons.org/publicdomain/zero/1.0/"}
    ]
    for resource in descriptor["resources"]:
        path = folder / resource["path"]
        assert resource["bytes"] == path.stat().st_size
        assert resource["hash"] == "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()
        fields = [field["name"] for field in resource["schema"]["fields"]]
        assert fields == pq.read_schema(path).names
        assert all(field["description"] for field in resource["schema"]["fields"])
        assert set(resource["schema"]["primaryKey"]) <= set(fields)
    listed = {resource["path"] for resource in descriptor["resources"]}
    assert listed == {path.relative_to(folder).as_posix() for path in folder.rglob("*.parquet")}


def test_a_profile_without_licence_says_that_none_was_stated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for key in ("name", "title", "path"):
        monkeypatch.delitem(FACTS, f"data_licence_{key}")
    folder = publish(tmp_path, with_documents=False)
    (licence,) = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["licenses"]
    assert licence["name"] == "notspecified" and "not stated" in licence["title"] and "path" not in licence


def test_proposed_decisions_can_be_dropped_into_the_landing_folder(out: Path, page: Page) -> None:
    path = reading.find(out) / "evidence" / "proposed_decisions.csv"
    taken = read_decisions(path, 1, None)
    assert (taken.error, taken.refusals, taken.read) == (None, [], 2)
    assert [(d.kind, d.object_id, d.decided) for d in taken.decisions] == [
        ("merge", "key_unit:name:甲,化工", "E1-001"),
        ("winner", "permit_site:A|1", "permit/b.xlsx"),
    ]
    assert ("a", {"href": "evidence/proposed_decisions.csv"}) in page.tags
    assert any("permit_site:A|1 → permit/b.xlsx" in text for text in page.texts)


def test_the_inspectors_workbook_repeats_the_books_and_writes_no_formula(out: Path) -> None:
    folder = reading.find(out)
    book = openpyxl.load_workbook(folder / "evidence" / "台账.xlsx")
    assert book.sheetnames == ["来源文件", "隔离记录", "检查结果", "采用参数", "缺口", "决定"]
    with reading.open_marts(folder) as connection:
        files = connection.execute("select file_no, path from meta.source_file order by 1").fetchall()
    sheet = book["来源文件"]
    assert [(row[0].value, row[1].value) for row in sheet.iter_rows(min_row=4)] == files, "numbers are numbers"
    assert sheet["D4"].value == "有效", "codes in words"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == (
        9,
        "landscape",
        0,
    )
    left_out = [[cell.value for cell in row] for row in book["隔离记录"].iter_rows(min_row=3)]
    assert left_out[0][0] == "文件"
    assert left_out[1][:3] == ["permit/排污单位基本信息.xlsx", "Sheet1", 9], "path and row of each"
    parameters = [[cell.value for cell in row] for row in book["采用参数"].iter_rows(min_row=4)]
    assert parameters[0][:2] == ["排气筒直径", 1.5]
    checks = [[cell.value for cell in row] for row in book["检查结果"].iter_rows(min_row=3)]
    assert checks[0][1] == "数据表", "a rule alone does not say of what it speaks"
    for page in book:
        for row in page.iter_rows(min_row=3):
            texts = {cell.column_letter: cell.value for cell in row if isinstance(cell.value, str)}
            widths = {letter: page.column_dimensions[letter].width for letter in texts}
            needed = max((lines_needed(text, widths[letter]) for letter, text in texts.items()), default=1)
            assert page.row_dimensions[row[0].row].height >= LINE_PT * needed, (page.title, row[0].row)
    assert "演示数据（虚构）" in sheet["A1"].value
    assert '<a href="evidence/台账.xlsx">台账</a>' in (folder / "index.html").read_text(encoding="utf-8")
    kinds = {cell.data_type for page in book for row in page.iter_rows() for cell in row if cell.value is not None}
    assert kinds <= {"s", "n", "d"}


def test_an_altered_file_makes_the_data_package_invalid(tmp_path: Path) -> None:
    folder = publish(tmp_path, with_documents=False)
    path = folder / "parquet" / "meta" / "gap.parquet"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1] + b"0")
    report = frictionless.Package.from_descriptor(str(folder / "datapackage.json")).validate()
    assert not report.valid
    assert [task.name for task in report.tasks if not task.valid] == ["meta.gap"]


def test_fields_carry_type_chinese_title_and_unit(out: Path) -> None:
    descriptor = json.loads((reading.find(out) / "datapackage.json").read_text(encoding="utf-8"))
    resource = next(item for item in descriptor["resources"] if item["title"] == "report.d01_pollutant")
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    assert (fields["emission_t"]["type"], fields["emission_t"]["title"], fields["emission_t"]["unit"]) == (
        "number", "排放量", "t",
    )  # fmt: skip
    assert (fields["row_no"]["type"], fields["enterprises"]["type"]) == ("integer", "array")


def test_the_front_page_is_offline_and_escapes_what_files_said(page: Page, out: Path) -> None:
    assert not [tag for tag, _ in page.tags if tag in ("script", "link", "img", "iframe", "object")]
    addresses = [attrs.get("href") or attrs.get("src") for _, attrs in page.tags if "href" in attrs or "src" in attrs]
    assert addresses
    for address in addresses:
        assert address.startswith("#") or (reading.find(out) / address).is_file(), address
    assert f"permit/{SCRIPT}.xlsx" in page.texts


def test_the_front_page_says_what_a_clerk_needs(page: Page) -> None:
    text = re.sub(r"\s+", " ", " ".join(page.texts))
    for words in (
        "演示数据（虚构）", "云帆港示范区", "第2版", "2026-09-30", "与第1版相比", "一个生产场所",
        "名录版本未登记", "经纬度无法识别", "排放量不应为负", "waits", "排污单位基本信息.xlsx", "清单",
    ):  # fmt: skip
        assert words in text, words
    assert "was used" not in text, "a decision that was used waits for nobody"
    assert not re.search(r"\b(?:core|inventory|report)\.\w+", text), "names of tables are for queries"
    heads = [attrs["id"] for tag, attrs in page.tags if tag == "h2"]
    assert heads == ["decide", "changes", "missing", "reports", "files", "tables", "run"], "hashes last"


def test_a_file_whose_records_do_not_add_up_is_marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.publish import tiny_warehouse as tiny

    original = tiny.rows

    def unbalanced(*arguments: object) -> dict:
        content = original(*arguments)
        content["meta.source_file"][0][5] = 6
        return content

    assert "不平" not in (publish(tmp_path, with_documents=False) / "index.html").read_text(encoding="utf-8")
    monkeypatch.setattr(tiny, "rows", unbalanced)
    assert "不平" in (publish(tmp_path, with_documents=False) / "index.html").read_text(encoding="utf-8")


def test_the_first_edition_says_so(out: Path) -> None:
    assert "这是第一个版次" in (reading.find(out, 1) / "index.html").read_text(encoding="utf-8")


def test_a_pruned_predecessor_is_said_to_be_gone(tmp_path: Path) -> None:
    import shutil

    shutil.rmtree(publish(tmp_path, with_documents=False).rename(tmp_path / "away"))
    (tmp_path / "editions" / "latest").unlink()
    building = publishing.begin(tmp_path, 2)
    copy(make_warehouse(tmp_path / "warehouse.duckdb", 2), building)
    folder = publishing.seal(building)
    assert "已不在此处" in (folder / "index.html").read_text(encoding="utf-8")


def test_the_report_index_lists_documents_with_hash_and_state(out: Path) -> None:
    folder = reading.find(out)
    index = json.loads((folder / "reports" / "index.json").read_text(encoding="utf-8"))
    assert index["edition_no"] == 2
    (entry,) = index["documents"]
    assert (entry["document_id"], entry["format"], entry["state"]) == ("D01", "html", "draft")
    assert entry["sha256"] == hashlib.sha256((folder / entry["path"]).read_bytes()).hexdigest()
    assert entry["gaps"] == ["本期无数据：名录版本未登记"]


def test_a_broken_document_is_listed_and_the_edition_is_sealed(tmp_path: Path) -> None:
    building = publishing.begin(tmp_path, 1)
    copy(make_warehouse(tmp_path / "warehouse.duckdb"), building)
    broken = DocumentResult("D01", "清单", "html", None, "failed", "模板有误")
    folder = publishing.seal(building, documents=[broken])
    entry = json.loads((folder / "reports" / "index.json").read_text(encoding="utf-8"))["documents"][0]
    assert (entry["state"], entry["path"], entry["reason"]) == ("failed", None, "模板有误")
    assert "模板有误" in (folder / "index.html").read_text(encoding="utf-8")


def test_the_quality_page_is_linked_where_there_is_one(tmp_path: Path) -> None:
    building = publishing.begin(tmp_path, 1)
    copy(make_warehouse(tmp_path / "warehouse.duckdb"), building)
    (building / "quality").mkdir()
    (building / "quality" / "index.html").write_text("<!doctype html>", encoding="utf-8")
    folder = publishing.seal(building)
    assert 'href="quality/index.html"' in (folder / "index.html").read_text(encoding="utf-8")
