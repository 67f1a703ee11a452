"""What an office looks at: pages, fonts, header rows, numbers, contents, in every format, read with other libraries."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pypdf
import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from ehpilot.reading.documents import DocumentResult
from ehpilot.reporting import finish_docx
from ehpilot.reporting.finish_docx import WIDE_SIDES_MM
from ehpilot.reporting.press import Press
from ehpilot.reporting.project import PROJECT
from ehpilot.reporting.reference_documents import FORMS, MARGINS_MM, looks
from tests.reports.conftest import HOSTILE

CONTROL = re.compile(r"[\x00-\x1f]")


def visible(text: str) -> str:
    """Text without white space and control characters, as extraction by any library gives it."""
    return re.sub(r"\s+", "", CONTROL.sub("", text)).replace("\u200b", "")


def test_names_tables_and_gaps_are_those_of_the_document(results: list[DocumentResult]) -> None:
    assert {(r.path.name if r.path else r.reason) for r in results} == {
        f"D01_云帆港示范区（虚构）环境健康风险污染物清单.{end}" for end in ("html", "docx", "pdf", "xlsx")
    }
    assert results[0].tables == ("report.d01_pollutant", "report.d01_list_version")
    assert results[0].gaps == ("本期无数据：名录版本未登记",)


@pytest.mark.parametrize("format", ["html", "docx", "pdf"])
def test_every_format_says_the_same(made: dict[str, Path], format: str) -> None:
    text = visible(text_of(made[format]))
    for words in (
        "演示数据（虚构）", "云帆港示范区（虚构）“环境健康”风险污染物/清单", "报送版", "牵头单位（虚构）",
        "数据截止日：2026年9月30日", "版次：第1版", "目录", "一、编制依据", "（一）名录", "HJ1111-2020",
        "表1污染物清单", "图1", "见表1、表2、图1和式1",
        "本期无数据：名录版本未登记", "排放量（t）", "5.512",
        "二噁英、䓛、苯并[a]芘",
        "数据说明", "数据依据", "D01_云帆港示范区（虚构）环境健康风险污染物清单_证据附录", "本文件写明的数据缺口1项",
        "未经核对的参数1项",
    ):  # fmt: skip
        assert visible(words) in text, words
    for words in ("run-1", "in7777777777", "report.d01_pollutant", "lategate"):
        assert words not in text, f"{words}: of the annex"
    assert "?@" not in text
    assert "{{<var" not in text
    assert ("只在文字处理文件里" in text) == (format == "docx")


@pytest.mark.parametrize("format", ["html", "docx", "pdf"])
def test_the_annex_is_a_file_of_its_own(results: list[DocumentResult], format: str) -> None:
    annexes = {path.suffix[1:]: path for result in results for path in result.annexes}
    assert set(annexes) == {"html", "docx", "pdf", "xlsx"}
    assert {path.stem for path in annexes.values()} == {"D01_云帆港示范区（虚构）环境健康风险污染物清单_证据附录"}
    assert {path.parent for path in annexes.values()} == {result.path.parent for result in results if result.path}
    text = visible(text_of(annexes[format]))
    for words in (
        "演示数据（虚构）", "环境健康”风险污染物/清单证据附录", "run-1", "in7777777777", "report.d01_pollutant",
        "经纬度无法识别", "排放量不应为负", "memory", "排气筒直径", "名录版本未登记",
    ):  # fmt: skip
        assert visible(words) in text, words


def test_the_annex_is_a_workbook_too(results: list[DocumentResult]) -> None:
    (path,) = (path for result in results for path in result.annexes if path.suffix == ".xlsx")
    book = openpyxl.load_workbook(path)
    assert {"版次与运行记录", "表与数据表对照", "数据缺口"} <= set(book.sheetnames)
    rows = list(book["表与数据表对照"].iter_rows(min_row=5, values_only=True))
    assert rows[0] == ("表1", "环境健康风险污染物清单", "report.d01_pollutant", 1 + len(HOSTILE))
    assert all(len(row) == 4 and isinstance(row[3], int) for row in rows)


def test_a_document_without_workbook_has_one_of_its_annex(press: Press, edition: Path, tmp_path: Path) -> None:
    html, docx = press.render("D01", edition, tmp_path, ["html", "docx"])
    assert (html.reason, docx.reason) == ("", "")
    assert [path.suffix for path in (*html.annexes, *docx.annexes)] == [".html", ".xlsx", ".docx"]
    assert all(path.is_file() for path in (*html.annexes, *docx.annexes))


@pytest.mark.parametrize("format", ["html", "docx", "pdf"])
def test_hostile_texts_are_only_texts(made: dict[str, Path], format: str) -> None:
    text = visible(text_of(made[format]))
    assert [item for item in HOSTILE if visible(item) not in text] == []


def text_of(path: Path) -> str:
    """All text of a file."""
    if path.suffix == ".pdf":
        return "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    if path.suffix == ".docx":
        document = Document(str(path))
        return "".join(t.text or "" for t in document.element.body.iter(qn("w:t"), qn("m:t")))
    from lxml import html

    tree = html.fromstring(path.read_bytes())
    for script in tree.xpath("//script|//style"):
        script.drop_tree()
    return tree.text_content()


def test_docx_pages_fonts_and_tables(made: dict[str, Path]) -> None:
    document = Document(str(made["docx"]))
    upright = [s for s in document.sections if s.page_width < s.page_height]
    turned = [s for s in document.sections if s.page_width > s.page_height]
    assert len(document.sections) == 3
    assert len(turned) == 1
    for section in upright:
        assert {name: round(getattr(section, name).mm) for name in MARGINS_MM} == MARGINS_MM
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert round(turned[0].left_margin.mm) == round(turned[0].right_margin.mm) == WIDE_SIDES_MM
    assert round(turned[0].top_margin.mm) == MARGINS_MM["left_margin"], "the binding edge is on top"
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert "演示数据（虚构）" in document.sections[0].header.paragraphs[0].text
    assert all(section.header.is_linked_to_previous for section in list(document.sections)[1:])
    entries = [p.text for p in document.paragraphs if p.style.name.lower() in ("toc 1", "toc 2")]
    assert entries[:2] == ["一、编制依据", "（一）名录"]
    assert "横页开始" not in text_of(made["docx"])
    used = {p.style.name for p in document.paragraphs}
    assert used <= {style.name for style in Document(str(PROJECT / "_brand/reference_report.docx")).styles}


@pytest.mark.parametrize("form", FORMS)
def test_the_reference_documents_name_the_official_fonts(form: str) -> None:
    document = Document(str(PROJECT / "_brand" / f"reference_{form}.docx"))
    for name, look in looks(form).items():
        properties = document.styles[name].element.rPr
        assert properties.find(qn("w:rFonts")).get(qn("w:eastAsia")) == look.font, name
        assert document.styles[name].font.size.pt == look.size, name
    assert document.settings.odd_and_even_pages_header_footer
    assert document.sections[0].even_page_footer.paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.LEFT
    assert document.sections[0].footer.paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert document.sections[0].footer.paragraphs[0].text.replace(" ", "").startswith("—")


def test_pdf_is_tagged_with_bookmarks_and_embedded_fonts(made: dict[str, Path]) -> None:
    reader = pypdf.PdfReader(made["pdf"])
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    titles = [item.title for item in reader.outline if not isinstance(item, list)]
    assert titles == ["一、编制依据", "附　数据依据"]
    assert reader.metadata.title == "环境健康风险污染物清单"
    assert all("演示数据（虚构）" in page.extract_text() for page in reader.pages)
    turned = [page for page in reader.pages if page.mediabox.width > page.mediabox.height]
    assert 1 <= len(turned) < len(reader.pages)
    fonts = [font for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)


def test_pdf_pages_have_the_margins_of_an_official_document(made: dict[str, Path]) -> None:
    """What stands on upright pages begins inside the type area and at its edges; head and page number are outside."""
    top, bottom, left, right = (MARGINS_MM[f"{side}_margin"] for side in ("top", "bottom", "left", "right"))
    begun: list[tuple[float, float]] = []
    for page in pypdf.PdfReader(made["pdf"]).pages:
        if page.mediabox.width < page.mediabox.height:
            places = [(x, 297 - y) for x, y in places_mm(page)]
            begun += [(x, y) for x, y in places if top - 3 < y < 297 - bottom + 3]
    assert min(x for x, _ in begun) == pytest.approx(left, abs=1), "pandoc's own margin would be 31.75 mm"
    assert max(x for x, _ in begun) <= 210 - right
    assert min(y for _, y in begun) == pytest.approx(top, abs=6), "the base line of a page's first line"
    assert max(y for _, y in begun) <= 297 - bottom


def places_mm(page: pypdf.PageObject) -> list[tuple[float, float]]:
    """Where pieces of text begin on a page, from its lower left corner."""
    found = []

    def visit(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        if text.strip():
            x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            found.append((x / 72 * 25.4, y / 72 * 25.4))

    page.extract_text(visitor_text=visit)
    return found


def test_pdf_figures_say_what_they_show(made: dict[str, Path]) -> None:
    found = alternatives(pypdf.PdfReader(made["pdf"]).trailer["/Root"]["/StructTreeRoot"])
    assert "横条图，数值见清单" in found


def alternatives(node: Any) -> list[str]:
    """Alternative texts of a PDF's structure tree."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if not isinstance(node, dict):
        return [text for child in node for text in alternatives(child)] if isinstance(node, list) else []
    below = alternatives(node["/K"]) if "/K" in node else []
    return [str(node["/Alt"]), *below] if "/Alt" in node else below


def test_files_carry_their_title(made: dict[str, Path], results: list[DocumentResult]) -> None:
    for path in [made["docx"], *(p for r in results for p in r.annexes if p.suffix == ".docx")]:
        assert Document(str(path)).core_properties.title.startswith("云帆港示范区（虚构）")
    assert "<title>环境健康风险污染物清单</title>" in made["html"].read_text(encoding="utf-8")


def test_html_stands_alone_and_is_accessible(made: dict[str, Path]) -> None:
    from lxml import html

    text = made["html"].read_text(encoding="utf-8")
    tree = html.fromstring(text)
    assert tree.get("lang") == "zh-CN"
    assert not re.findall(r"""(?:src|href)=["'](?:https?:)?//|url\(\s*["']?http|@import""", text)
    assert all(cell.get("scope") == "col" for cell in tree.xpath("//th"))
    assert all(image.get("alt") for image in tree.xpath("//img"))
    assert len(tree.xpath("//nav[@role='doc-toc']//a")) >= 3
    identifiers = set(tree.xpath("//@id"))
    assert {href[1:] for href in tree.xpath("//a/@href")} <= identifiers
    captions = [caption.text_content().strip() for caption in tree.xpath("//table/caption")]
    assert [caption[:3].replace("\xa0", " ") for caption in captions] == ["表 1", "表 2"]


def test_html_numbers_carry_their_exact_value_and_origin(made: dict[str, Path], edition: Path) -> None:
    from lxml import html

    tree = html.fromstring(made["html"].read_text(encoding="utf-8"))
    (origin,) = tree.xpath("//th//span[@data-table='report.d01_pollutant']")
    assert origin.get("data-columns").split() == ["row_no", "pollutant_id", "name_cn", "emission_t", "enterprises"]
    assert "inventory.emission" in origin.get("data-trace")
    table = origin.xpath("ancestor::table")[0]
    printed = [row[3].text_content() for row in table.xpath("./tbody/tr")]
    exact = [row[3].xpath("./span/@data-exact") for row in table.xpath("./tbody/tr")]
    with duckdb.connect(str(edition / "marts.duckdb"), read_only=True) as connection:
        values = connection.execute("select emission_t from report.d01_pollutant order by row_no").fetchall()
    stated = [float(e[0] if e else p) for e, p in zip(exact, printed, strict=True)]
    assert stated == [value for (value,) in values]
    assert table.xpath("./tbody/tr[1]//span/@data-key") == ['{"row_no": "1"}']


def test_xlsx_is_a_workbook_that_prints(made: dict[str, Path]) -> None:
    book = openpyxl.load_workbook(made["xlsx"])
    assert book.sheetnames == ["环境健康风险污染物清单", "编制依据"]
    sheet = book.worksheets[0]
    assert "云帆港示范区（虚构）" in sheet["A1"].value
    assert "版次：第1版" in sheet["A2"].value
    assert "演示数据（虚构）" in sheet["A3"].value
    assert sheet.freeze_panes == "C5"
    assert sheet.auto_filter.ref == f"A4:E{4 + 1 + len(HOSTILE)}"
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet["D5"].number_format == "0.000", "a number looks as it is printed and keeps its digits"
    long = max(range(5, 6 + len(HOSTILE)), key=lambda row: len(str(sheet.cell(row, 5).value)))
    needed = len(str(sheet.cell(long, 5).value)) / sheet.column_dimensions["E"].width
    assert needed <= 1 or sheet.row_dimensions[long].height >= 13 * needed, "a long cell is not cut"
    assert {"A1:E1", "A2:E2", "A3:E3"} <= {str(area) for area in sheet.merged_cells.ranges}
    width = sum(sheet.column_dimensions[letter].width for letter in "ABCDE")
    assert sheet.row_dimensions[1].height >= 22 * len(sheet["A1"].value) * 2 * 1.6 // width
    assert [cell.value for cell in sheet[5]][3] == 5.512345
    assert {cell.data_type for row in sheet.iter_rows(min_row=4) for cell in row} <= {"s", "n"}
    names = [sheet.cell(row, 3).value for row in range(6, 6 + len(HOSTILE))]
    assert [visible(name) for name in names] == [visible(text) for text in HOSTILE]
    assert book.worksheets[1]["A4"].value == "本期无数据：名录版本未登记"
    with zipfile.ZipFile(made["xlsx"]) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_a_table_inside_quartos_table_of_one_cell_gets_its_header_row(tmp_path: Path) -> None:
    document = Document(str(PROJECT / "_brand/reference_report.docx"))
    cell = document.add_table(1, 1).rows[0].cells[0]
    cell.paragraphs[0].text = "表 1　题"
    inner = cell.add_table(3, 2)
    inner.rows[0].cells[0].text = "列"
    document.save(str(tmp_path / "x.docx"))
    finish_docx.finish(tmp_path / "x.docx")
    finished = Document(str(tmp_path / "x.docx"))
    assert [(len(t.rows), len(t.columns)) for t in finished.tables[-1:]] == [(3, 2)]
    assert finished.tables[-1].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert "表 1　题" in [p.text for p in finished.paragraphs]


def test_callouts_of_quarto_have_no_grid_and_hold_up_nothing(tmp_path: Path) -> None:
    document = Document()
    callout = document.add_table(1, 2)
    callout._tbl.remove(callout._tbl.tblGrid)
    table = document.add_table(2, 2)
    paragraph = table.rows[1].cells[0].paragraphs[0]
    for align in ("right", "center"):  # Quarto writes a cell's properties twice
        properties = OxmlElement("w:pPr")
        alignment = OxmlElement("w:jc")
        alignment.set(qn("w:val"), align)
        properties.append(alignment)
        paragraph._p.append(properties)
    document.save(str(tmp_path / "x.docx"))
    finish_docx.finish(tmp_path / "x.docx")
    finished = Document(str(tmp_path / "x.docx"))
    assert finished.tables[1].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    (properties,) = finished.tables[1].rows[1].cells[0].paragraphs[0]._p.findall(qn("w:pPr"))
    assert [jc.get(qn("w:val")) for jc in properties.findall(qn("w:jc"))] == ["right"]


def test_captions_of_quarto_get_their_styles_back(tmp_path: Path) -> None:
    document = Document(str(PROJECT / "_brand/reference_report.docx"))
    for words in ("表 1　清单", "图 2　分布"):
        cell = document.add_table(1, 1).rows[0].cells[0]
        cell.paragraphs[0].text = words
        cell.add_table(2, 2)
    document.save(str(tmp_path / "x.docx"))
    finish_docx.finish(tmp_path / "x.docx")
    styles = {p.text: p.style.name for p in Document(str(tmp_path / "x.docx")).paragraphs}
    assert (styles["表 1　清单"], styles["图 2　分布"]) == ("Table Caption", "Image Caption")


def test_superscripts_come_from_one_font(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph().add_run("约1.2×10⁻⁴ kg/m³。")
    document.save(str(tmp_path / "x.docx"))
    finish_docx.finish(tmp_path / "x.docx")
    (paragraph,) = Document(str(tmp_path / "x.docx")).paragraphs
    assert paragraph.text == "约1.2×10⁻⁴ kg/m³。"
    fonts = {run.text: run._r.rPr.rFonts.get(qn("w:eastAsia")) for run in paragraph.runs if run._r.rPr is not None}
    assert fonts == {"⁻⁴": "Times New Roman", "³": "Times New Roman"}
