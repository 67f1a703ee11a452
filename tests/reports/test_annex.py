"""The evidence annex: only what a document rests on, in Chinese; sections of a table; tables past the filters."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pytest
from docx import Document as WordDocument
from lxml import html

from ehpilot.reporting.annex import Annex
from ehpilot.reporting.document_view import Document
from ehpilot.reporting.engine import pandoc, tables
from ehpilot.reporting.engine.source import read_project
from ehpilot.reporting.lineage import rests_on
from ehpilot.reporting.numbers import chinese_numeral, plain_number
from ehpilot.reporting.project import PROJECT
from ehpilot.reporting.report_table import gap_of

PARAMETERS = [
    ("molar", "inventory.emission", "22.0", "L/mol", "GB 1-2020 第3条 / clause three", "memory", "摩尔体积"),
    ("above", "inventory.emission_claim", "0.35", "1", "own: a choice", "own", "取舍界值"),
    ("beside", "core.dim_enterprise", "1", "1", "GB 2-2020", "memory", "旁"),
    ("checked", "inventory.emission", "1", "1", "GB 3-2020", "yes", "已核"),
    ("conversion", "ppb to ug/m3", "1000000000000.0", "1", "GB 4-2020", "memory", "换算系数"),
]
GAPS = [
    ("g2", "隔离记录 / quarantined records: XY-FORMAT", "2 条记录未采用 / records left out", "合计可能偏低 / too low"),
    ("g3", "文件 / file permit/a b.xlsx", "未能读入 / could not be read", "—"),
    ("g4", "report.other_table", "别的文件的表", "—"),
]


@pytest.fixture
def copied(edition: Path, tmp_path: Path) -> Path:
    """A folder with marts that a test may change."""
    shutil.copy(edition / "marts.duckdb", tmp_path / "marts.duckdb")
    (tmp_path / "marts.duckdb").chmod(0o644)
    with duckdb.connect(str(tmp_path / "marts.duckdb")) as connection:
        connection.execute("delete from meta.parameter_used")
        connection.executemany("insert into meta.parameter_used values (?, ?, ?, ?, ?, ?, ?)", PARAMETERS)
        connection.executemany("insert into meta.gap values (?, ?, ?, ?)", GAPS)
    return tmp_path


def rows_below(text: str, heading: str) -> list[list[str]]:
    """Cells of the tables below a heading of the annex, header and separator rows left out."""
    part = text[text.index(heading) :].split("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("| ")]
    return [[html.fromstring(f"<p>{cell}</p>").text_content() for cell in line[2:-2].split(" | ")] for line in lines]


def annex_of(document: Document) -> str:
    """The annex over what a document has printed so far."""
    return Annex(document.connection, document.facts, document.printed, "x", document.public).markdown()


def test_only_parameters_below_the_documents_tables_are_listed_by_name(copied: Path) -> None:
    document = Document("D01", copied)
    document.table("d01_pollutant")
    listed = rows_below(annex_of(document), "未经核对的参数")
    assert listed[1:] == [
        ["换算系数", "1×10¹²", "—", "GB 4-2020", "memory"], ["摩尔体积", "22", "L/mol", "GB 1-2020 第3条", "memory"],
    ]  # fmt: skip
    own = rows_below(annex_of(document), "本项目选定的参数")
    assert own[1:] == [["取舍界值", "0.35", "—"]], "no source to check, value only"


def test_a_document_that_reads_nothing_lists_no_tables_parameters(copied: Path) -> None:
    listed = rows_below(annex_of(Document("D01", copied)), "未经核对的参数")
    assert [row[0] for row in listed[1:]] == ["换算系数"]


def test_gaps_are_said_in_chinese_and_without_those_of_other_documents(copied: Path) -> None:
    document = Document("D01", copied)
    document.table("d01_list_version")
    gaps = rows_below(annex_of(document), "数据缺口")
    assert [row[1:] for row in gaps[1:]] == [
        ["本文件", "1", "名录版本未登记", "—"], ["隔离记录 XY-FORMAT", "1", "2 条记录未采用", "合计可能偏低"],
        ["文件 permit/a b.xlsx", "1", "未能读入", "—"],
    ]  # fmt: skip


def test_only_gaps_of_what_a_document_rests_on_are_its_own(copied: Path) -> None:
    """By table, by the landing folder that its rows came from, by document; a gap about nothing in particular is
    everybody's, and a document that prints the list of gaps has them all."""
    about = {
        "below": ["inventory.emission_claim"], "beside": ["pilot.expert"], "folder": ["source:permit"],
        "other folder": ["source:beach"], "own": ["document:D01"], "other": ["document:D16", "pilot.expert"],
        "all": [],
    }  # fmt: skip
    with duckdb.connect(str(copied / "marts.duckdb")) as connection:
        connection.execute("delete from meta.gap")
        connection.execute("alter table meta.gap add column about varchar[]")
        rows = [(f"K:{name}", name, "缺", "—", tables) for name, tables in about.items()]
        connection.executemany("insert into meta.gap values (?, ?, ?, ?, ?)", rows)
    document = Document("D01", copied)
    document.table("d01_pollutant")
    annex = Annex(document.connection, document.facts, document.printed)
    assert {row[1] for row in annex.gaps()} == {"below", "folder", "own", "all"}
    assert annex.registered_gaps == len(about)
    document.printed.looked_into.add("meta.gap")
    assert len(Annex(document.connection, document.facts, document.printed).gaps()) == len(about)


def test_gaps_that_say_the_same_stand_once(copied: Path) -> None:
    """Hundreds of results without a detect would fill pages with one sentence."""
    with duckdb.connect(str(copied / "marts.duckdb")) as connection:
        alike = [(f"ND:{n}", f"监测结果 S:A{n} 107-13-1", "全部未检出", "不能说明不超标") for n in range(9)]
        connection.executemany("insert into meta.gap values (?, ?, ?, ?)", alike)
    document = Document("D01", copied)
    document.table("d01_pollutant")
    found = [row for row in rows_below(annex_of(document), "数据缺口") if row[3:] == ["全部未检出", "不能说明不超标"]]
    assert [row[1:3] for row in found] == [["监测结果等（逐项见版次数据的缺口表）", "9"]]


def test_the_page_counts_what_the_annex_lists(copied: Path) -> None:
    document = Document("D01", copied)
    document.table("d01_pollutant")
    document.table("d01_list_version")
    page = dict(rows_below("## 页\n" + str(document.evidence()), "页")[1:])
    text = annex_of(document)
    gaps = [row for row in rows_below(text, "数据缺口")[1:] if row[1] != "本文件"]
    items = sum(int(row[2]) for row in gaps)
    assert page["本文件所据数据的缺口"] == f"{items}项，相同的合并为{len(gaps)}条，见证据附录"
    assert page["本版次登记的全部数据缺口"] == "2项", "but for the table of another document"
    assert page["本文件写明的数据缺口"] == "1项"
    assert page["未经核对的参数"] == f"{len(rows_below(text, '未经核对的参数')) - 1}项"
    assert page["证据附录"].startswith("D01_") and "_证据附录，" in page["证据附录"]
    short = html.fromstring(str(document.evidence(short=True))).text_content()
    assert "缺口1项（名录版本未登记），未经核对的参数2项" in short and "证据附录" not in short


def test_a_table_rests_on_all_tables_above_it(copied: Path) -> None:
    with duckdb.connect(str(copied / "marts.duckdb"), read_only=True) as connection:
        found = rests_on(connection, ["report.d01_pollutant"])
    assert {"report.d01_pollutant", "inventory.emission", "inventory.emission_claim"} <= found
    assert "meta.gap" not in found


def test_a_table_of_several_documents_rests_on_what_the_document_s_own_rows_come_from() -> None:
    """Rows of D1 and D2 come from facts, and each fact names its own table."""
    declared = {
        "report.document_score": [{"table": "pilot.result", "on": {"rule": "rule"}}],
        "pilot.result": [{"table": "pilot.fact", "on": {"rule": "rule"}}],
        "pilot.fact": [{"row_of": {"table": "parent", "key": "key"}}],
        "pilot.venue": [], "risk_grade.code": [{"table": "risk_grade.grade", "on": {"id": "id"}}],
    }  # fmt: skip
    with duckdb.connect() as connection:
        connection.execute("create schema report; create schema pilot; create schema meta; create schema risk_grade")
        connection.execute(
            "create table report.document_score as from (values ('D1', 'a'), ('D2', 'b')) t(document_id, rule)"
        )
        connection.execute("create table pilot.result as from (values ('a'), ('b')) t(rule)")
        connection.execute(
            "create table pilot.fact as from (values ('a', 'pilot.venue'), ('b', 'risk_grade.code')) t(rule, parent)"
        )
        connection.execute("create table meta.table_trace (table_name varchar, trace varchar)")
        rows = [(table, json.dumps(links)) for table, links in declared.items()]
        connection.executemany("insert into meta.table_trace values (?, ?)", rows)
        on_the_way = {"report.document_score", "pilot.result", "pilot.fact"}
        assert rests_on(connection, ["report.document_score"], "D1") == {*on_the_way, "pilot.venue"}
        found = rests_on(connection, ["report.document_score"], "D2")
        assert found == {*on_the_way, "risk_grade.code", "risk_grade.grade"}
        assert rests_on(connection, ["report.document_score"]) == found | {"pilot.venue"}, "of all documents"


def test_numerals_and_numbers_that_stand_as_text() -> None:
    assert [chinese_numeral(n) for n in (1, 10, 11, 20, 35)] == ["一", "十", "十一", "二十", "三十五"]
    printed = {"80.0": "80", "1e-06": "1×10⁻⁶", "24.465": "24.465", "1000000000000.0": "1×10¹²", "0": "0",
               "0.35": "0.35", "EPSG:4550": "EPSG:4550", None: "—", "nan": "—"}  # fmt: skip
    assert {text: plain_number(text) for text in printed} == printed


@pytest.mark.parametrize("ending", ["html", "docx"])
def test_lifted_tables_print_what_pandocs_own_reading_prints(edition: Path, tmp_path: Path, ending: str) -> None:
    """Once lifted past reader and filters, once read by pandoc with the rest."""
    document = Document("D01", edition)
    text = f"::: {{#tbl-a .press-float}}\n\n{document.table('d01_pollutant')}\n\n题\n\n:::\n\n见[@tbl-a]。\n"
    meta, settings = {"title-meta": "题", "pagetitle": "题"}, read_project(PROJECT)
    made = []
    for name, keep in (("lifted", tables.lift), ("whole", lambda given: (given, []))):
        folder = tmp_path / name
        folder.mkdir()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(tables, "lift", keep)
            pandoc.read(text, folder / "x.json")
        pandoc.convert(folder / "x.json", folder / f"x.{ending}", meta, settings, PROJECT)
        made.append(folder / f"x.{ending}")
    if ending == "html":
        assert made[0].read_text(encoding="utf-8") == made[1].read_text(encoding="utf-8")
        return
    lifted, whole = (WordDocument(str(path)) for path in made)
    assert [[c.text for c in row.cells] for t in lifted.tables for row in t.rows] == [
        [c.text for c in row.cells] for t in whole.tables for row in t.rows
    ]
    assert [p.text for p in lifted.paragraphs] == [p.text for p in whole.paragraphs]
    widths = [[column.width for column in table.columns] for table in lifted.tables]
    assert widths == [[column.width for column in table.columns] for table in whole.tables]


def test_the_public_annex_counts_by_kind_and_names_nothing(copied: Path) -> None:
    with duckdb.connect(str(copied / "marts.duckdb")) as connection:
        connection.execute("insert into meta.gap values ('PLACE:E1-001', '企业 E1-001（某厂）', '没有坐标', '不上图')")
        connection.execute("insert into meta.gap values ('PLACE:E2-001', '企业 E2-001（某厂）', '没有坐标', '不上图')")
    document = Document("D01", copied, public=True)
    text = annex_of(document)
    assert ["PLACE", "2"] in rows_below(text, "数据缺口")
    assert ["参数", "1"] in rows_below(text, "未经核对的参数")
    for word in ("某厂", "E1-001", "run-1", "in7777777777", "report.", "permit/", "摩尔体积"):
        assert word not in text
    assert "某厂" in annex_of(Document("D01", copied))


def test_nothing_that_happened_lacks_no_data() -> None:
    """A table is empty because a file is missing, which is a gap, or because there was nothing to record."""
    with duckdb.connect() as connection:
        connection.execute("create schema meta")
        connection.execute(
            "create table meta.gap as from (values "
            "('a', 'report.change', '没有变化', '无影响'), ('b', 'report.use', '未报送 / not handed in', '从略'), "
            "('c', 'report.both', '没有变化', '无影响'), ('d', 'report.both', '未报送', null)"
            ") t(gap_id, subject, missing, effect)"
        )
        told = {table: gap_of(connection, f"report.{table}") for table in ("change", "use", "both", "other")}
    assert told == {
        "change": "没有变化。", "use": "本期无数据：未报送", "both": "本期无数据：没有变化；未报送",
        "other": "本期无数据：没有符合条件的记录",
    }  # fmt: skip
