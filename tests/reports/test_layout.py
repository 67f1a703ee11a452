"""What an office would not sign: broken titles and units, forms that jump, empty columns, wrong headings."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
from docx import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Pt

from ehpilot.reporting import finish_docx, workbook
from ehpilot.reporting.catalogue import Column
from ehpilot.reporting.document_view import Document
from ehpilot.reporting.front_page import FrontPage, _whole_title
from ehpilot.reporting.markdown import form_table, pipe_table, separator
from ehpilot.reporting.numbers import with_unit
from ehpilot.reporting.project import PROJECT, lying_tables
from ehpilot.reporting.reference_documents import FORMS
from ehpilot.reporting.report_table import Cell, ReportTable, report_table, without_empty
from tests.reports.test_subset import prose


def shares(table: str) -> list[float]:
    """Share of the line that each column of a pipe table has."""
    dashes = [len(mark) for mark in table.splitlines()[1].strip("|").split("|")]
    return [length / sum(dashes) for length in dashes]


def test_forms_stand_in_the_same_columns_whatever_they_hold() -> None:
    short = form_table(["甲", "乙"], ["1", "2"], 2, 10)
    long = form_table(["甲", "乙"], ["很长的文字" * 20, "2"], 2, 10)
    assert short.splitlines()[1] == long.splitlines()[1]
    odd = form_table(["甲", "乙", "丙"], ["1", "2", "3"], 2, 10).splitlines()
    assert odd[-1].count("|") == odd[0].count("|") == 5


def test_a_short_word_a_code_and_a_unit_fit_their_columns() -> None:
    """Half-width characters of a line: 98 at nine points, of which the sides of a cell take two."""
    headers = ["名录代码", "名录名称", "大气排放量（kg/a）", "核实"]
    rows = [["PCC2025D", "优先控制化学品名录（第三批）（征求意见稿）" * 3, "—", "已核对"]]
    printed = [headers, *rows]
    code, _, amount, checked = (share * 98 - 2 for share in shares(pipe_table(headers, rows, [False] * 4, printed)))
    assert code >= 8 * 1.2, "capital letters are wide"
    assert amount >= len("（kg/a）") + 2, "the unit of a header is not broken"
    assert checked >= 6


def test_numbers_of_a_table_of_many_columns_do_not_run_into_one_another() -> None:
    """An A4 landscape page holds 220 half-width characters at 6.5 points; a number, not broken, needs its column."""
    headers = ["工艺单元", *(f"系数{n}" for n in range(13)), "适用说明"]
    rows = [["ABS树脂（乳液接枝-本体SAN掺混法）", *["5.41×10⁻⁴"] * 13, "全装置的逸散与排放，不与分环节系数相加"]] * 3
    found = shares(pipe_table(headers, rows, [False, *[True] * 13, False], [headers, *rows]))
    assert min(share * 220 - 2 for share in found[1:14]) >= len("5.41×10⁻⁴")


def test_days_side_by_side_do_not_run_into_one_another_on_an_upright_page() -> None:
    headers = ["序号", "成果", "评估标准", "完成值", "对照标准", "时限", "完成日期", "按期情况", "佐证"]
    row = ["11", "石化行业环境健康风险评估技术方法", "35%以上", "2026年44.3%（70%合格线），单侧下限41.4%", "按填报完成",
           "2027-03-31", "2026-02-20", "逾期未完成", "D11佐证材料.pdf"]  # fmt: skip
    found = shares(pipe_table(headers, [row] * 3, [True, *[False] * 8], [headers, *[row] * 3]))
    assert min(share * 98 for share in found[5:7]) >= 11.5, "ten characters and the sides of the cell"
    assert min(found) * 98 >= 4


def test_long_texts_take_the_room_that_short_columns_leave() -> None:
    """Nine short columns and the reasons of a grade: the rows are as low as the line allows, and no other is broken."""
    headers = ["序号", "企业名称", "园区", "等级", "分级理由", "时限", "监管方式", "检查"]
    reasons = "危害负荷三级、受体二级；" * 10
    row = ["1", "示例甲乙丙丁化工有限公司", "乙湾园区", "橙", reasons, "2027-08-31", "重点监管", "2"]
    printed = [headers, *[row] * 20]
    widths = [share * 98 - 2 for share in shares(pipe_table(headers, printed[1:], [False] * 8, printed))]
    assert widths[4] > 25 and widths[4] == max(widths), "the reasons"
    assert all(width >= 8 for width in (widths[2], widths[6])) and widths[5] >= 10, "short cells stand whole"
    line = separator(printed, [False] * 8, is_lying=True).strip("|").split("|")
    assert len(line[4]) / sum(map(len, line)) > widths[4] / 98 + 0.15, "what a landscape page has more is the reasons'"
    outlier = [headers, *[[*row[:4], "无", *row[5:]]] * 19, row]
    assert max(shares(pipe_table(headers, outlier[1:], [False] * 8, outlier))) < 0.3, "one long text starves nobody"


def test_tables_of_landscape_pages_are_known_from_the_text() -> None:
    assert {"d08_source", "d08_task", "d08_card"} <= lying_tables("D08")
    assert not {"d08_grade", "d08_kind", "d08_scenario"} & lying_tables("D08")
    assert lying_tables("D00") == frozenset(), "a document without a text"


def test_a_unit_in_letters_stands_apart_from_its_number() -> None:
    assert [with_unit("51.9", unit) for unit in ("t/a", "种", "%", "°", "")] == ["51.9 t/a", "51.9种", "51.9%", "51.9°",
                                                                              "51.9"]  # fmt: skip


def test_optional_columns_without_anything_are_left_out_with_a_note(edition: Path) -> None:
    document = Document("D01", edition)
    found = report_table(document.connection, "d01_pollutant", ["row_no", "name_cn", "emission_t"])
    assert without_empty(found, ["emission_t"]) == found, "a column with a value stays"
    nothing = type(found.rows[0][0])("—", None)
    empty = type(found)(**{**vars(found), "rows": tuple((*row[:2], nothing) for row in found.rows)})
    left = without_empty(empty, ["emission_t"])
    assert [column.name for column in left.columns] == ["row_no", "name_cn"]
    assert left.notes == ("各行均无数据的栏目未列：排放量。",)
    assert without_empty(empty, []) == empty, "only columns that are said to be optional"


def test_a_long_title_is_broken_after_the_zone_and_stays_one_text(tmp_path: Path) -> None:
    document = WordDocument(str(PROJECT / "_brand/reference_report.docx"))
    for sample in document.paragraphs:
        sample._p.getparent().remove(sample._p)
    zone, rest = "虚构市示范经济技术开发区（虚构）", "环境健康风险源清单"
    title = document.add_paragraph(zone + rest, style="Title")
    other = document.add_paragraph("正文")
    document.save(str(tmp_path / "x.docx"))
    finish_docx.finish(tmp_path / "x.docx", title_head=zone)
    finished = WordDocument(str(tmp_path / "x.docx"))
    broken = next(p for p in finished.paragraphs if p.style.name == "Title")
    assert broken.text == zone + rest
    section = finished.sections[0]
    line = section.page_width - section.left_margin - section.right_margin
    room = line - broken.paragraph_format.left_indent - broken.paragraph_format.right_indent
    letter = Pt(22)
    assert len(zone) * letter <= room < (len(zone) + 1) * letter
    assert title.text and other.text


@pytest.mark.parametrize("name", ["d01_risk_pollutant_list", "d02_risk_source_list"])
def test_lists_have_a_cover_notice_as_an_official_letter(name: str) -> None:
    text = (PROJECT / f"{name}.qmd").read_text(encoding="utf-8")
    assert text.index("_cover_notice.qmd") < text.index("doc.cover()"), "the letter stands before what it sends"
    notice = (PROJECT / "_shared/_cover_notice.qmd").read_text(encoding="utf-8")
    assert notice.index("doc.letter_head()") < notice.index("doc.notice_title()") < notice.index("doc.letter_foot()")
    assert "附件：" in notice


@pytest.mark.parametrize("name", ["d14_fund_award_rules", "d15_fund_notice"])
def test_papers_of_the_fund_are_official_letters(name: str) -> None:
    """GB/T 9704: head with the red line, title, addressee, 附件说明, signature and 版记; a notice has no cover."""
    text = (PROJECT / f"{name}.qmd").read_text(encoding="utf-8")
    title = "doc.notice_title()" if name.startswith("d14") else "doc.letter_title()"
    marks = ["doc.letter_head()", title, "主送机关", "附件：", "doc.letter_foot()"]
    assert [text.index(mark) for mark in marks] == sorted(text.index(mark) for mark in marks)
    assert ("doc.cover(" in text) == name.startswith("d14"), "what is sent has a cover, a letter has none"


def test_the_plan_of_graded_control_is_sent_out_by_a_letter() -> None:
    """Its title, addressee and passage are those of the seed; the plan itself follows with its own cover."""
    text = (PROJECT / "d08_graded_control_plan.qmd").read_text(encoding="utf-8")
    marks = [
        "doc.letter_head()",
        "doc.notice_title()",
        "D08-02",
        "D08-03",
        "附件：",
        "doc.letter_foot()",
        "doc.cover()",
    ]
    assert [text.index(mark) for mark in marks] == sorted(text.index(mark) for mark in marks)


@pytest.mark.parametrize("is_fictional", [True, False])
def test_a_letter_has_the_parts_of_gb_t_9704(is_fictional: bool) -> None:
    page = FrontPage()
    page.facts = SimpleNamespace(is_fictional=is_fictional, facts={"zone_name": "虚构区"}, profile="demo")
    page.head = SimpleNamespace(issuing_unit="虚构局", title="虚构区关于某事的通知", document_id="D15")
    page.printed = SimpleNamespace(title_head="")
    parts = [str(part) for part in (page.letter_head(), page.letter_title(), page.letter_foot())]
    whole = "\n".join(parts)
    styles = re.findall(r'custom-style="([^"]+)"', whole)
    known = {style.name for style in WordDocument(str(PROJECT / "_brand/reference_gongwen.docx")).styles}
    assert set(styles) <= known and {"公文机关", "公文版头", "公文标题", "公文落款", "版记"} <= set(styles)
    for line in ("虚构局文件", "发文字号", "成文日期", "印章", "公开方式", "抄送", "印发日期", "未经签发"):
        assert line in whole, f"GB/T 9704: {line}"
    assert ("演示标记" in styles) == is_fictional and page.printed.title_head == "虚构区"


def test_a_quoted_name_is_not_parted_from_its_mark() -> None:
    page = FrontPage()
    page.facts = SimpleNamespace(is_fictional=True, facts={"zone_name": "虚构区"}, profile="demo")
    page.head = SimpleNamespace(issuing_unit="虚构局", title="“两山环境健康”奖励基金奖补细则", document_id="D14")
    page.printed = SimpleNamespace(title_head="")
    parts = re.findall(r"\[(.+?)\]\{\.press-part\}", str(page.notice_title()))
    assert parts == ["关于印发《“两山环境健康”", "奖励基金奖补细则》的通知"]


def test_the_title_of_a_letter_is_broken_after_the_zone(tmp_path: Path) -> None:
    document = WordDocument(str(PROJECT / "_brand/reference_gongwen.docx"))
    zone, rest = "虚构市示范经济技术开发区（虚构）", "关于开展“两山环境健康”奖励基金申报工作的通知"
    document.add_paragraph(zone + rest, style="公文标题")
    document.save(str(tmp_path / "x.docx"))
    finish_docx.finish(tmp_path / "x.docx", title_head=zone)
    lines = [p.text for p in WordDocument(str(tmp_path / "x.docx")).paragraphs if p.style.name == "公文标题"]
    assert lines == [f"{zone}\n{rest}"]


def test_the_number_of_a_letter_stands_above_a_red_line() -> None:
    for form in FORMS:
        styles = WordDocument(str(PROJECT / f"_brand/reference_{form}.docx")).styles
        line = styles["公文版头"].element.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))
        assert line.get(qn("w:color")) == "FF0000" and str(styles["公文机关"].font.color.rgb) == "FF0000"


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("环境健康宣传专区", ["关于印发《环境健康宣传专区》的通知"]),
        ("环境健康科学传播专家团队", ["关于印发", "《环境健康科学传播专家团队》的通知"]),
        ("环境健康治理设施公众开放模范企业", ["关于印发", "《环境健康治理设施公众开放模范企业》", "的通知"]),
    ],
)
def test_a_letter_breaks_its_title_by_phrase(title: str, lines: list[str]) -> None:
    """Twenty letters of the title's size make a line; none begins with 》 or ends with 《."""
    assert _whole_title(title) == lines


def test_each_paper_of_the_questionnaire_begins_on_a_page_of_its_own() -> None:
    text = (PROJECT / "literacy_questionnaire.qmd").read_text(encoding="utf-8")
    for form in "ABCD":
        before, after = text.split(f"# {form}卷\n")
        assert before.rstrip().endswith("{{< pagebreak >}}") and "问卷编号：" in after.split("```")[0], form


def test_headings_count_as_official_letters_do() -> None:
    """一、 at the first level, （一） at the second; numbers 1. stand at the third (cards). Rules count chapters."""
    uncounted = re.compile(r"# (摘要|附|检测机构与资质$|参考文献$|(填写)?说明$|[A-D]卷$)")
    counted = re.compile(r"# ([一二三四五六七八九十]+、|第[一二三四五六七八九十]+章\u3000)")
    for path in PROJECT.glob("[!_]*.qmd"):
        for line in prose(path):
            if line.startswith("# ") and not uncounted.match(line):
                assert counted.match(line), (path.name, line)
            if line.startswith("## "):
                assert re.match(r"## （[一二三四五六七八九十]+）", line), (path.name, line)
        assert not re.search(r"doc\.cards\([^)]*level=2", path.read_text(encoding="utf-8")), path.name


OUTLINES = {
    "d01_risk_pollutant_list": ["编制依据", "范围与数据来源", "筛选程序与指标", "清单", "重点关注污染物说明",
                                "未纳入物质及理由", "不确定性", "与上期对比", "附表"],
    "d02_risk_source_list": ["总则", "数据来源与融合", "筛查与判定", "清单总表", "分园区分行业分析", "高风险源简况",
                             "数据完整度与冲突", "动态更新规则", "变更", "附件　一企一档"],
    "annual_summary": ["做法", "成效", "问题", "下一步"],
    "self_evaluation": ["工作开展", "任务完成", "指标完成", "成效与案例", "创新点", "问题", "下步", "自评结论",
                        "附　台账目录"],
}  # fmt: skip


@pytest.mark.parametrize("name", OUTLINES)
def test_every_heading_of_the_outline_is_there_in_order(name: str) -> None:
    text = (PROJECT / f"{name}.qmd").read_text(encoding="utf-8")
    headings = [
        re.sub(r"^[一二三四五六七八九十]+、", "", line[2:]) for line in text.splitlines() if line.startswith("# ")
    ]
    assert [heading for heading in headings if heading in OUTLINES[name]] == OUTLINES[name]


def test_rows_of_a_workbook_are_as_high_as_their_texts(tmp_path: Path) -> None:
    text = "列入有毒有害大气污染物名录；" * 12
    columns = (Column("a", "VARCHAR", "说明"), Column("b", "INTEGER", "数", "种"))
    table = ReportTable(
        "report.x", "表", columns, ({}, {}), ((Cell(text, text), Cell("1", 1)), (Cell("短", "短"), Cell("2", 2)))
    )
    workbook.write(tmp_path / "x.xlsx", workbook.SheetHead("题", "单位", "日期", "第1版", "报送版"), [table])
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets[0]
    lines = len(text) * 2 / sheet.column_dimensions["A"].width
    assert sheet.row_dimensions[5].height >= 13 * lines > 26
    assert sheet.row_dimensions[6].height is None
    assert sheet.column_dimensions["B"].width >= len("数（种）") + 2, "a header breaks before its unit"
