"""Makes the Word reference documents of the project: 公文 (GB/T 9704-2012), 技术报告 and, tighter, 档案.

    python -m ehpilot.reporting.reference_documents

Fonts are only named, never embedded: the reader's office has them. Margins: 天头 37, 订口 28, below 35, right 26 mm
(type area 156 × 225 mm). Line spacing of body text in 公文 is exactly 28 pt; paragraphs that hold pictures or tables
must not be exact (Word would cut them to one line).

Does not belong here: what is done to a rendered document (``finish_docx``).
"""

from __future__ import annotations

import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from ehpilot.reporting.project import PROJECT

LATIN = "Times New Roman"
MARGINS_MM = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
FORMS = ("report", "gongwen", "dossier")
BODY_STYLES = ("Normal", "Body Text", "First Paragraph")
OWN_STYLES = ("落款", "Callout", "演示标记", "注", "横页标记", "公文标题", "主送机关", "公文正文", "公文落款",
              "公文字号", "公文机关", "公文版头", "版记")  # fmt: skip
SIGNATURE_INSET_PT = 64  # 成文日期 and 署名 of an official letter end four letters before the edge
CENTER, LEFT, RIGHT, JUSTIFY = (
    WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY,
)  # fmt: skip


@dataclass(frozen=True)
class Look:
    """A paragraph style: East-Asian font, size in points, alignment, first-line indent in characters, spacing."""

    font: str
    size: float
    align: Any = LEFT
    indent: int = 0
    exact: float = 0
    before: float = 0
    after: float = 0
    bold: bool = False
    colour: str = "000000"


def looks(form: str) -> dict[str, Look]:
    """Styles of a form (one of ``FORMS``) by Word's names."""
    found = _looks(form == "gongwen")
    if form == "dossier":  # looked things up in, not read: smaller and tighter, as its PDF
        found |= dict.fromkeys(BODY_STYLES, Look("宋体", 10.5, JUSTIFY, 2, exact=17))
        found |= {f"Heading {n + 1}": Look("黑体", (14, 11, 10.5, 10.5)[n], before=6, after=3, bold=True)
                  for n in range(4)}  # fmt: skip
        found |= {"Compact": Look("宋体", 8), "注": Look("宋体", 8, before=2, after=3)}
        found |= {"Table Caption": Look("黑体", 9, CENTER, before=4, after=2)}
    return found


def _looks(is_gongwen: bool) -> dict[str, Look]:
    body = Look("仿宋_GB2312", 16, JUSTIFY, 2, exact=28) if is_gongwen else Look("宋体", 12, JUSTIFY, 2, exact=22)
    size = body.size
    head = ("黑体", "楷体_GB2312", "仿宋_GB2312", "仿宋_GB2312") if is_gongwen else ("黑体",) * 4
    sizes = (16, 16, 16, 16) if is_gongwen else (16, 14, 12, 12)
    gap = 0 if is_gongwen else 6
    found = dict.fromkeys(BODY_STYLES, body)
    found |= {
        f"Heading {n + 1}": Look(head[n], sizes[n], LEFT, 2 if is_gongwen else 0, before=gap * 2, after=gap,
                                 bold=not is_gongwen or n == 2)
        for n in range(4)
    }  # fmt: skip
    found |= {
        "Title": Look("方正小标宋简体" if is_gongwen else "黑体", 22, CENTER, before=24, after=12, bold=not is_gongwen),
        "Subtitle": Look("楷体_GB2312", 14, CENTER),
        "Author": Look(body.font, 14, CENTER, before=12),
        "Date": Look(body.font, 12, CENTER),
        "Compact": Look("宋体", 9 if not is_gongwen else 10.5),
        "Table Caption": Look("黑体", 10.5, CENTER, before=6, after=3),
        "Image Caption": Look("黑体", 10.5, CENTER, before=3, after=6),
        "Captioned Figure": Look("宋体", 10.5, CENTER),
        "Footnote Text": Look("宋体", 9),
        "TOC Heading": Look("黑体", 16, CENTER, before=12, after=12),
        "落款": Look(body.font, size, RIGHT, exact=28),
        "Callout": Look("楷体_GB2312", 12, JUSTIFY, 2),
        "演示标记": Look("黑体", 14, CENTER, colour="9C0006"),
        "注": Look("宋体", 9, LEFT, before=2, after=6),
        "横页标记": Look("宋体", 9),
        # The cover notice of a list is an official letter, whatever form the list has.
        "公文标题": Look("方正小标宋简体", 22, CENTER, before=28, after=28),
        "主送机关": Look("仿宋_GB2312", 16, JUSTIFY, exact=28),
        "公文正文": Look("仿宋_GB2312", 16, JUSTIFY, 2, exact=28),
        "公文落款": Look("仿宋_GB2312", 16, RIGHT, exact=28),
        "公文字号": Look("仿宋_GB2312", 16, CENTER, exact=28),
        # The head of a letter: who issues it, in red, and its number above a red line (GB/T 9704, 7.2).
        "公文机关": Look("方正小标宋简体", 26, CENTER, before=28, after=28, colour="FF0000"),
        "公文版头": Look("仿宋_GB2312", 16, CENTER, exact=28),
        "版记": Look("仿宋_GB2312", 14, JUSTIFY, exact=28),
    }
    return found


def make(target: Path, form: str) -> None:
    """Write the reference document of a form, starting from pandoc's own so that all of its styles exist."""
    import pypandoc

    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / "base.docx"
        command = [pypandoc.get_pandoc_path(), "-o", str(base), "--print-default-data-file", "reference.docx"]
        subprocess.run(command, check=True, timeout=60)
        document = Document(str(base))
    is_gongwen = form == "gongwen"
    for name, look in looks(form).items():
        _style(document, name, look)
    for level in (1, 2, 3):
        _toc_style(document, level, "仿宋_GB2312" if is_gongwen else "宋体")
    _table_style(document, is_gongwen)
    for section in document.sections:
        section.page_width, section.page_height = Mm(210), Mm(297)
        for side, width in MARGINS_MM.items():
            setattr(section, side, Mm(width))
        section.header_distance, section.footer_distance = Mm(25), Mm(22)
    _page_numbers(document)
    document.core_properties.author = ""
    document.core_properties.title = ""
    document.save(str(target))
    stop_clock(target)


def stop_clock(path: Path) -> None:
    """Give the parts of the file the earliest date of a zip entry: the same document is the same bytes at any time."""
    with ZipFile(path) as made:
        parts = [(name, made.read(name)) for name in made.namelist()]
    with ZipFile(path, "w") as file:
        for name, content in parts:
            file.writestr(ZipInfo(name), content, ZIP_DEFLATED)


def _style(document: Any, name: str, look: Look) -> None:
    styles = document.styles
    known = [style.name for style in styles]
    style = styles[name] if name in known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if name in OWN_STYLES:
        style.base_style = styles["Normal"]
    _fonts(style, look.font)
    style.font.size, style.font.bold, style.font.italic = Pt(look.size), look.bold, False
    style.font.color.rgb = RGBColor.from_string(look.colour)
    paragraph = style.paragraph_format
    paragraph.alignment = look.align
    paragraph.space_before, paragraph.space_after = Pt(look.before), Pt(look.after)
    paragraph.line_spacing_rule = WD_LINE_SPACING.EXACTLY if look.exact else WD_LINE_SPACING.SINGLE
    if look.exact:
        paragraph.line_spacing = Pt(look.exact)
    indent = paragraph.element.get_or_add_pPr().get_or_add_ind()
    for attribute in list(indent.attrib):
        del indent.attrib[attribute]
    indent.set(qn("w:firstLineChars"), str(look.indent * 100))
    indent.set(qn("w:firstLine"), str(int(look.indent * look.size * 20)))
    if name.startswith("Heading"):
        paragraph.keep_with_next = True
    if name == "Table Caption":
        paragraph.keep_with_next = True
    if name == "版记":
        _lines(paragraph.element.get_or_add_pPr(), ("top", "bottom"), 8, "000000")
    if name == "公文版头":
        _lines(paragraph.element.get_or_add_pPr(), ("bottom",), 12, "FF0000")
    if name == "公文落款":
        indent.set(qn("w:right"), str(SIGNATURE_INSET_PT * 20))
    if name == "Callout":
        _bar(paragraph.element.get_or_add_pPr())


def _bar(properties: Any) -> None:
    """A bar at the left and a grey ground, as HTML and PDF have them; schema order: before spacing and indent."""
    borders, ground = OxmlElement("w:pBdr"), OxmlElement("w:shd")
    borders.append(_line("left", 16, "1F4E79"))
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "F5F5F5")):
        ground.set(qn(f"w:{name}"), value)
    spacing = properties.find(qn("w:spacing"))
    spacing.addprevious(borders)
    spacing.addprevious(ground)


def _lines(properties: Any, sides: tuple[str, ...], eighths: int, colour: str) -> None:
    """Lines at the sides named; paragraphs of the style that follow each other stand between the same two."""
    borders = OxmlElement("w:pBdr")
    for side in sides:
        borders.append(_line(side, eighths, colour))
    properties.find(qn("w:spacing")).addprevious(borders)


def _fonts(style: Any, east_asian: str) -> None:
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    if fonts is not None:
        properties.remove(fonts)
    fonts = OxmlElement("w:rFonts")
    for attribute, font in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", east_asian)):
        fonts.set(qn(f"w:{attribute}"), font)
    properties.insert(0, fonts)


def _toc_style(document: Any, level: int, font: str) -> None:
    _style(document, f"TOC {level}", Look(font, 12, LEFT))
    style = document.styles[f"TOC {level}"]
    style.paragraph_format.left_indent = Pt(24 * (level - 1))
    style.paragraph_format.space_after = Pt(1)  # forty entries on a page


def _table_style(document: Any, is_gongwen: bool) -> None:
    """pandoc's style "Table": full grid in annexes of 公文, three lines in reports."""
    element = document.styles["Table"].element
    for old in [*element.findall(qn("w:tblPr")), *element.findall(qn("w:tblStylePr"))]:
        element.remove(old)
    properties = OxmlElement("w:tblPr")
    borders = OxmlElement("w:tblBorders")
    sides = ("top", "left", "bottom", "right", "insideH", "insideV") if is_gongwen else ("top", "bottom", "insideH")
    for side in sides:
        thick = {"top": 12, "bottom": 12}.get(side, 2) if not is_gongwen else 4
        borders.append(_line(side, thick, "BFBFBF" if side == "insideH" and not is_gongwen else "000000"))
    properties.append(borders)
    properties.append(_cell_margins())
    element.append(properties)
    first_row = OxmlElement("w:tblStylePr")
    first_row.set(qn("w:type"), "firstRow")
    run = OxmlElement("w:rPr")
    run.append(OxmlElement("w:b"))
    cell = OxmlElement("w:tcPr")
    lines = OxmlElement("w:tcBorders")
    lines.append(_line("bottom", 6, "000000"))
    cell.append(lines)
    first_row.extend([run, cell])
    element.append(first_row)


def _line(side: str, eighths_pt: int, colour: str) -> Any:
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(eighths_pt)), ("space", "0"), ("color", colour)):
        line.set(qn(f"w:{name}"), value)
    return line


def _cell_margins() -> Any:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "60")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    return margins


def _page_numbers(document: Any) -> None:
    """“— 1 —” as GB/T 9704 has it: odd pages right, even pages left, one letter in from the edge."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, align in ((section.footer, RIGHT), (section.even_page_footer, LEFT)):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = align
        if align == LEFT:
            paragraph.paragraph_format.left_indent = Pt(14)
        if align == RIGHT:
            paragraph.paragraph_format.right_indent = Pt(14)
        _run(paragraph, "— ")
        for kind in ("begin", None, "end"):
            run = _run(paragraph, "")
            if kind:
                mark = OxmlElement("w:fldChar")
                mark.set(qn("w:fldCharType"), kind)
            else:
                mark = OxmlElement("w:instrText")
                mark.text = " PAGE "
            run._r.append(mark)
        _run(paragraph, " —")


def _run(paragraph: Any, text: str) -> Any:
    run = paragraph.add_run(text)
    run.font.size = Pt(14)
    run.font.name = "宋体"
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    return run


if __name__ == "__main__":
    for form in FORMS:
        make(PROJECT / "_brand" / f"reference_{form}.docx", form)
