"""What people read says no machine's words: no id of a parameter, no name of a table or column, no key, no hash.

Looked at: the text of every document with its annex, the front page and the quality page of the edition, 台账. Names
that files brought are left out of the search: they may hold anything. Does not belong here: the words of one rule
(beside it).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from docx import Document as WordDocument
from docx.oxml.ns import qn
from lxml import html

from ehpilot.reporting.project import documents
from tests.area import Area

NAMES = ("core.dim_enterprise.name", "meta.source_file.path", "core.dim_receptor.name", "core.dim_monitoring_site.name",
         "meta.decision.object_id", "meta.source_file.source")  # fmt: skip
PATH = re.compile(r"\S+\.(?:xlsx?|csv|txt|pdf|geojson|plt|jpg|json|docx|html)\b")
EQUATION = re.compile(r"\w+ = [\x20-\x7e×·⁻⁰¹²³√]+|[a-z_]+\([^()]*\)", re.ASCII)  # its signs: rho_b, max_organ(ΣHQ)
SCHEMAS = "core|emission_factor|exposure|green_index|inventory|intake|meta|pilot|raw|report|risk_grade"
MACHINE = {
    "name of a column or parameter": re.compile(r"(?<![\w/])[a-z]{2,}[0-9]*(?:_[a-z0-9]+)+\b", re.ASCII),
    "name of a table": re.compile(rf"\b(?:{SCHEMAS})\.[a-z_]\w+", re.ASCII),
    "key": re.compile(r"\b[A-Z]:[A-Za-z0-9]+\w*", re.ASCII),
    "hash": re.compile(r"\b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{10,}\b", re.ASCII),
    "English words": re.compile(r"\b(?:from memory|not seen|own choice|recommended|rounded)\b", re.ASCII),
}
QUERY_NAME = "数据表名称（查询用）"  # head of the one column that is there to be typed into a query
# signs of a keyboard beside a Chinese word, and signs of comparison where words stand (“不少于3个”)
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff] ?[(),;:!?]|[(),;:!?] ?[\u4e00-\u9fff]|[≥≤] ?\d+ ?[\u4e00-\u9fff]")
OF_THE_PILOT = ("D12", "D13", "D14", "D15", "D16", "D17", "D18", "D19", "S01", "S02")
RECORD = ("运行编号", "区域档案", "输入文件校验值", "程序版本", "渲染引擎")  # of the build itself, which an annex says
BY_RIGHT = ("英文名", "账本校验码", QUERY_NAME)  # heads of columns that hold English names, a hash, a name to type
ZONE = "区域代号"  # of the profile, a word of the machine's by nature


def _said(text: str) -> dict[str, list[str]]:
    bare = EQUATION.sub("", PATH.sub("", text))
    found = {kind: pattern.findall(bare) for kind, pattern in MACHINE.items()}
    return {kind: words for kind, words in found.items() if words}


@pytest.fixture(scope="module")
def names(demo: Area) -> re.Pattern[str]:
    """Names that files brought, the longest first."""
    found: set[str] = set()
    for name in NAMES:
        table, column = name.rsplit(".", 1)
        found |= {row[column] for row in demo.sql(f"select distinct {column} from {table} where {column} is not null")}
    return re.compile("|".join(re.escape(name) for name in sorted(found, key=len, reverse=True)))


def _tables(path: Path) -> Iterator[list[str]]:
    """Cells of each line of a document's tables, columns that may be English left out. Read from the XML, for
    python-docx walks the whole table for each row."""
    for table in WordDocument(str(path)).element.body.iter(qn("w:tbl")):
        rows = [
            ["".join(text.text or "" for text in cell.iter(qn("w:t"))) for cell in row.iter(qn("w:tc"))]
            for row in table.iter(qn("w:tr"))
        ]
        kept = [n for n, head in enumerate(rows[0]) if not head.startswith(BY_RIGHT)]
        for cells in rows:
            if kept and len(cells) == len(rows[0]):
                yield [cells[n] for n in kept]
            elif kept:  # a line of joined cells
                yield cells


@pytest.mark.parametrize("document", sorted(set(documents()) - {"DOSSIER"}))
def test_a_document_and_its_annex_speak_in_words(demo: Area, names: re.Pattern[str], document: str) -> None:
    broken: dict[str, dict[str, list[str]]] = {}
    paths = sorted(demo.latest.glob(f"reports/{document}_*.docx"))
    assert len(paths) == 2, "a document and its annex"
    for path in paths:
        for cells in _tables(path):
            text = " ".join(cells)
            if cells[0] in RECORD or ZONE in text:
                continue
            if found := _said(names.sub("", text)):
                broken[" ".join(cells)] = found
    assert broken == {}


@pytest.mark.parametrize("document", OF_THE_PILOT)
def test_a_document_is_typeset_as_chinese_is(demo: Area, names: re.Pattern[str], document: str) -> None:
    (path,) = (path for path in demo.latest.glob(f"reports/{document}_*.docx") if "证据附录" not in path.name)
    body = WordDocument(str(path)).element.body
    lines = {"".join(text.text or "" for text in line.iter(qn("w:t"))) for line in body.iter(qn("w:p"))}
    assert [line for line in sorted(lines) if HALF_WIDTH.search(names.sub("", line))] == []


def test_the_front_page_speaks_in_words(demo: Area, names: re.Pattern[str]) -> None:
    page = html.parse(str(demo.latest / "index.html")).getroot()
    text = page.text_content()
    assert text.count("这是第一个版次") == 1 and "首版" not in text, "that nothing can be compared is said once"
    of_the_build = "//section[@aria-labelledby='run'] | //section[@aria-labelledby='files']"
    for away in page.xpath(f"//style | //code | {of_the_build}"):
        away.getparent().remove(away)
    lines = {" ".join(row.text_content().split()) for row in page.xpath("//tr | //li | //p | //dd")}
    broken = {}
    for line in lines:
        if found := _said(names.sub("", line)):
            broken[line] = found
    assert broken == {}


def test_the_quality_page_speaks_in_words(demo: Area, names: re.Pattern[str]) -> None:
    """What failed and all checks; the ids that are told to whom points at a cell are no text of the page."""
    page = html.parse(str(demo.latest / "quality" / "index.html")).getroot()
    lines = {" ".join(row.text_content().split()) for row in page.xpath("//tr | //h3 | //section/p")}
    assert len(lines) > 300
    broken = {line: found for line in lines if (found := _said(names.sub("", line)))}
    assert broken == {}


def test_the_inspectors_workbook_speaks_in_words(demo: Area, names: re.Pattern[str]) -> None:
    book = openpyxl.load_workbook(demo.latest / "evidence" / "台账.xlsx", read_only=True)
    broken = {}
    for title in ("检查结果", "采用参数", "缺口", "决定"):
        for row in book[title].iter_rows(min_row=3, values_only=True):
            text = " ".join(str(value) for value in row if value is not None)
            if found := {} if ZONE in text else _said(names.sub("", text)):
                broken[text] = found
    assert broken == {}
    checks = list(book["检查结果"].iter_rows(min_row=4, values_only=True))
    assert len({row[1] for row in checks if row[0].endswith("（模型）")}) > 50, "of which table a test speaks"
