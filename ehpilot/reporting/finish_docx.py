"""What is done to a Word file after either engine: landscape pages, header rows, contents entries, fiction mark.

Neither engine does these as an office needs them (Quarto's own landscape loses margins and page numbers). Does not
belong here: styles (``reference_documents``), text.
"""

from __future__ import annotations

import copy
import itertools
import re
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from ehpilot.reporting import fit_docx
from ehpilot.reporting.markdown import display_width
from ehpilot.reporting.reference_documents import LATIN, stop_clock

WIDE_MARK = "横页标记"  # style of the empty paragraphs before and after a landscape part
_SUPERSCRIPT = re.compile("([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_CAPTION = re.compile(r"(表|图)\s*\d+\s")
_CAPTION_STYLES = {"表": "Table Caption", "图": "Image Caption"}
SHEET, A3_MM = "A3", (297, 420)  # word in such a paragraph where the part stands on A3
_NOTE = "注"
_SENDING = "关于印发"  # with which the title of the letter begins that sends a list out
_SMALLER = ((14, 6.5), (9, 7.5))  # more columns than → points
_SHORT_CELLS = ((4, 64), (8, 48))  # a table of up to so many columns and cells (cards, counts) stays on one page,
_SHORT_ROWS = 6  # as does one of so many rows, whatever its columns
_ROW_PROPERTIES, _NO_SPLIT, _HEADER_ROW = qn("w:trPr"), qn("w:cantSplit"), qn("w:tblHeader")
_PROPERTIES, _STYLE, _KEEP_NEXT = qn("w:pPr"), qn("w:pStyle"), qn("w:keepNext")
_PLACES = ("w:top", "w:bottom", "w:left", "w:right")
WIDE_SIDES_MM = 22  # left and right of a landscape page: its tables need the width


def finish(path: Path, mark: str = "", title: str = "", title_head: str = "") -> None:
    """Change a .docx file in place. ``mark`` is printed in the header of every page; a title on the cover that begins
    with ``title_head`` and does not fit a line is broken after it."""
    document = Document(str(path))
    _break_title(document, "Title", title_head)
    if not any(_break_title(document, "公文标题", head) for head in (f"{_SENDING}《{title_head}", title_head)):
        _break_letter_title(document, title_head)
    _one_of_each_property(document)
    _superscripts(document)
    _unwrap_floats(document)
    for table in _gridded(document):
        _header_rows(table)
    _turn_wide_parts(document)
    _fill_contents(document)
    if mark:
        _mark_pages(document, mark)
    document.core_properties.title = title
    document.save(str(path))
    stop_clock(path)


def _break_letter_title(document: Any, title_head: str) -> None:
    """Lines “关于印发”, “《zone”, the rest, or the zone and the rest: of a letter whose title does not fit two lines,
    so that none ends within a name."""
    title = next((p for p in document.paragraphs if p.style.name == "公文标题"), None)
    if title is None or not title_head:
        return
    heads = next((h for h in ((_SENDING, f"《{title_head}"), (title_head,)) if title.text.startswith("".join(h))), None)
    if heads is None:
        return
    lines = (*heads, title.text.removeprefix("".join(heads)))
    for run in title.runs[1:]:
        run._r.getparent().remove(run._r)
    title.runs[0].text = "\n".join(lines)


def _break_title(document: Any, style: str, first: str) -> bool:
    """Draw the title's sides in so far that exactly its first part fits a line; its text stays in one piece. False
    where it does not fit."""
    title = next((p for p in document.paragraphs if p.style.name == style), None)
    if title is None or not first or not title.text.startswith(first):
        return False
    section, letter = document.sections[0], title.style.font.size
    line = section.page_width - section.left_margin - section.right_margin
    head, rest = (display_width(text) * letter // 2 for text in (first, title.text.removeprefix(first)))
    if not rest <= head <= line < head + rest:
        return head + rest <= line
    side = Emu((line - head) // 2 - letter // 8)
    title.paragraph_format.left_indent = title.paragraph_format.right_indent = max(side, Emu(0))
    return True


def _gridded(document: Any) -> list[Any]:
    """Tables that declare their columns. Quarto's callouts are tables that do not, and no tables of data."""
    return [table for table in document.tables if table._tbl.find(qn("w:tblGrid")) is not None]


def _one_of_each_property(document: Any) -> None:
    """Leave each paragraph one block of properties, and that one alignment: Quarto writes both twice into cells, where
    the first is what was asked for and a second is against the form of the file."""
    for paragraph in document.element.body.iter(qn("w:p")):
        first, *more = paragraph.findall(qn("w:pPr")) or [None]
        for properties in more:
            for child in properties:
                if first.find(child.tag) is None:
                    first.append(child)
            paragraph.remove(properties)
        for again in [] if first is None else first.findall(qn("w:jc"))[1:]:
            first.remove(again)


def _superscripts(document: Any) -> None:
    """Set superscript digits and minus in the Latin font: by themselves they fall to the Chinese one, which has some of
    them only."""
    for element in [text for text in document.element.body.iter(qn("w:t")) if _SUPERSCRIPT.search(text.text or "")]:
        run = element.getparent()
        if run.tag != qn("w:r") or len(run.findall(qn("w:t"))) != 1:
            continue
        for part in _SUPERSCRIPT.split(element.text):
            if not part:
                continue
            piece = copy.deepcopy(run)
            text = piece.find(qn("w:t"))
            text.text = part
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            if _SUPERSCRIPT.fullmatch(part):
                fonts = piece.get_or_add_rPr().get_or_add_rFonts()
                for kind in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
                    fonts.set(qn(kind), LATIN)
            run.addprevious(piece)
        run.getparent().remove(run)


def _unwrap_floats(document: Any) -> None:
    """Take tables and pictures out of the table of one cell that Quarto puts around each: in there no header row
    would repeat and no page could break; its captions get the styles that they have lost. pandoc's own files have
    none."""
    for table in [t for t in _gridded(document) if len(t.rows) == 1 and len(t.columns) == 1]:
        cell = table.rows[0].cells[0]._tc
        if cell.find(qn("w:tbl")) is None and next(cell.iter(qn("w:drawing")), None) is None:
            continue
        for paragraph in (Paragraph(p, table) for p in cell.iterchildren(qn("w:p"))):
            if kind := _CAPTION.match(paragraph.text):
                paragraph.style = _CAPTION_STYLES[kind[1]]
        for child in [child for child in cell if child.tag != qn("w:tcPr")]:
            if child.tag != qn("w:p") or len(child):  # the empty paragraph that must end a cell is left behind
                table._tbl.addprevious(child)
        table._tbl.getparent().remove(table._tbl)


def _header_rows(table: Any) -> None:
    """Repeat the first row on every page, bold; no row breaks across pages; smaller letters in wide tables."""
    columns, rows = len(table.columns), table._tbl.tr_lst
    size = next((points for least, points in _SMALLER if columns > least), None)
    for row in rows:
        _row_property(row, _NO_SPLIT)
    if size is not None:
        for run in (run for row in rows for run in row.iter(qn("w:r"))):
            Run(run, table).font.size = Pt(size)
    before = table._tbl.getprevious()
    if before is not None and before.tag == qn("w:p") and before.style == _NOTE:  # what the table is about
        _keep_with_next(before)
    is_short = len(rows) <= _SHORT_ROWS or any(
        columns <= most and columns * len(rows) <= cells for most, cells in _SHORT_CELLS
    )
    following = table._tbl.getnext()
    has_notes = following is not None and following.tag == qn("w:p") and following.style == _NOTE
    kept = len(rows) if has_notes else len(rows) - 1
    for row in rows[: max(1, kept if is_short else 1)]:
        for paragraph in row.iter(qn("w:p")):
            _keep_with_next(paragraph)
    for row in rows[:1]:
        _row_property(row, _HEADER_ROW)
        for element in row.iter(qn("w:r")):
            run = Run(element, table)
            run.font.bold = True
            element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "黑体")


def _keep_with_next(paragraph: Any) -> None:
    properties = paragraph.find(_PROPERTIES)  # as in _row_property: paragraphs of cells are more still
    if properties is None:
        properties = paragraph.get_or_add_pPr()
    if properties.find(_KEEP_NEXT) is None:
        has_style = len(properties) > 0 and properties[0].tag == _STYLE
        properties.insert(1 if has_style else 0, properties.makeelement(_KEEP_NEXT))


def _row_property(row: Any, tag: str) -> None:
    properties = row.find(_ROW_PROPERTIES)  # python-docx's own look-up takes ten times as long, and rows are many
    if properties is None:
        properties = row.get_or_add_trPr()
    if properties.find(tag) is None:
        properties.append(properties.makeelement(tag))


def _turn_wide_parts(document: Any) -> None:
    """Put what stands between two marks on landscape pages, in sections that keep margins, headers and footers."""
    body = document.element.body
    last = body.find(qn("w:sectPr"))
    marks = [p for p in body.iterchildren(qn("w:p")) if p.style == WIDE_MARK]
    for number, paragraph in enumerate(marks):
        section = copy.deepcopy(last)
        if number % 2:
            _turn(section, is_sheet="".join(text.text or "" for text in paragraph.iter(qn("w:t"))) == SHEET)
            fit_docx.fit(_between(marks[number - 1], paragraph), *_room_pt(section))
        _ends_section(paragraph, section)


def _between(first: Any, last: Any) -> list[Any]:
    """Elements after one paragraph and before another one."""
    return list(itertools.takewhile(lambda element: element is not last, first.itersiblings()))


def _room_pt(section: Any) -> tuple[float, float]:
    """Width and height between the margins."""
    size, margin = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    top, bottom, left, right = (int(margin.get(qn(place))) for place in _PLACES)
    width, height = int(size.get(qn("w:w"))), int(size.get(qn("w:h")))
    return (width - left - right) / 20, (height - top - bottom) / 20


def _ends_section(paragraph: Any, section: Any) -> None:
    """Make an (emptied, tiny) paragraph the last one of a section."""
    for child in list(paragraph):
        if child.tag != qn("w:pPr"):
            paragraph.remove(child)
    properties = paragraph.get_or_add_pPr()
    kind = section.find(qn("w:type"))
    if kind is None:
        kind = OxmlElement("w:type")
        references = [child for child in section if child.tag in (qn("w:headerReference"), qn("w:footerReference"))]
        section.insert(len(references), kind)
    kind.set(qn("w:val"), "nextPage")
    for child in section.findall(qn("w:pgNumType")):
        section.remove(child)
    properties.append(section)


def _turn(section: Any, is_sheet: bool) -> None:
    """Swap width and height (of a sheet: A3); the binding edge comes on top, the sides get narrower."""
    size, margin = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    width, height = size.get(qn("w:w")), size.get(qn("w:h"))
    if is_sheet:
        width, height = (str(Mm(side).twips) for side in A3_MM)
    size.set(qn("w:w"), height)
    size.set(qn("w:h"), width)
    size.set(qn("w:orient"), "landscape")
    side = str(Mm(WIDE_SIDES_MM).twips)
    left, right = margin.get(qn("w:left")), margin.get(qn("w:right"))
    for place, value in zip(_PLACES, (left, right, side, side), strict=True):
        margin.set(qn(place), value)
    # Head and number stay inside the narrower margins above and below.
    for place in ("w:header", "w:footer"):
        margin.set(qn(place), str(Mm(13).twips))


def _fill_contents(document: Any) -> None:
    """Entries of the contents field as they stand now; Word puts page numbers to them when it opens the file."""
    field = next(
        (p for p in document.element.body.iterchildren(qn("w:p"))
         if any("TOC " in (code.text or "") for code in p.iter(qn("w:instrText")))),
        None,
    )  # fmt: skip
    headings = [
        (paragraph, int(paragraph.style.name[-1]))
        for paragraph in document.paragraphs
        if paragraph.style.name in ("Heading 1", "Heading 2") and paragraph.text.strip()
    ]
    if field is None or not headings:
        return
    marks = [run for run in field.iterchildren(qn("w:r")) if run.find(qn("w:fldChar")) is not None]
    separate, end = marks[1], marks[-1]
    for run in list(field.iterchildren(qn("w:r")))[list(field.iterchildren(qn("w:r"))).index(separate) + 1 :]:
        if run is not end:
            field.remove(run)
    field.remove(end)
    last = field
    for number, (heading, level) in enumerate(headings):
        paragraph = field if number == 0 else OxmlElement("w:p")
        if number:
            last.addnext(paragraph)
        _entry(paragraph, heading, level)
        last = paragraph
    last.append(end)


def _entry(paragraph: Any, heading: Any, level: int) -> None:
    style = paragraph.get_or_add_pPr().get_or_add_pStyle()
    style.set(qn("w:val"), f"TOC{level}")
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = heading.text
    run.append(text)
    bookmark = heading._p.find(qn("w:bookmarkStart"))
    if bookmark is None:
        bookmark = heading._p.getprevious()
    if bookmark is None or bookmark.tag != qn("w:bookmarkStart"):
        paragraph.append(run)
        return
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), bookmark.get(qn("w:name")))
    link.append(run)
    paragraph.append(link)


def _mark_pages(document: Any, mark: str) -> None:
    section = document.sections[0]
    headers = [section.header]
    if document.settings.odd_and_even_pages_header_footer:
        headers.append(section.even_page_header)
    for header in headers:
        header.is_linked_to_previous = False
        paragraph = header.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.first_line_indent = Pt(0)
        run = paragraph.add_run(mark)
        run.font.size, run.font.color.rgb = Pt(9), RGBColor(0x9C, 0, 6)
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "黑体")
    # Sections copied before the header existed take it over from the first one.
    for later in list(document.sections)[1:]:
        later.header.is_linked_to_previous = True
        if len(headers) > 1:
            later.even_page_header.is_linked_to_previous = True
