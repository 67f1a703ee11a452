"""Rows of Word tables fitted to landscape sheets, so that none holds a few rows alone.

Word lays out when it opens a file, so heights are computed here: lines of a table get an exact pitch, which makes a row
as high as its lines whatever the font, and rows are laid on sheets as Word does, heads again on each. Where the last
sheet would be filled by less than a third, rows stand closer together or wider apart.

Does not belong here: turning the pages (``finish_docx``), the PDF (``_brand/report.typ``, press-fitted).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from ehpilot.reporting.markdown import display_width

FILLED = 1 / 3  # of the last sheet, at least
LEAST_ROWS = 20  # of a part: shorter ones are left as they are
TEXT_PT, TEXT_LINE_PT, HEADING_PT = 12.0, 22.0, 34.0  # of a report's Word form
CELL_SIDES_PT, BORDER_PT = 6.0, 0.5
TABLE_PT = 9.0


class Form(NamedTuple):
    """``pitch``: line to line, in letters; ``margin_pt`` above and below a cell's text."""

    pitch: float
    margin_pt: float


# As it is by itself, then closer together, then wider apart.
FORMS = (Form(1.25, 1.0), Form(1.2, 0.5), Form(1.15, 0.0), Form(1.3, 1.5), Form(1.35, 2.5), Form(1.4, 4.0))


class Row(NamedTuple):
    """Lines of a table's row, its letters, and whether it is a head."""

    lines: int
    letter_pt: float
    is_head: bool = False

    def height_pt(self, form: Form) -> float:
        """Height in a form."""
        return self.lines * self.letter_pt * form.pitch + 2 * form.margin_pt + BORDER_PT


def sheets(blocks: Sequence[Row | float], height_pt: float, form: Form) -> tuple[int, float]:
    """How many sheets of ``height_pt`` rows and paragraphs (their heights) take, and how far the last is filled, 0 … 1.
    The head of a table stands on each sheet that it goes on to."""
    count, used, head = 1, 0.0, 0.0
    for block in blocks:
        is_body_row = isinstance(block, Row) and not block.is_head
        height = block.height_pt(form) if isinstance(block, Row) else block
        if not is_body_row and isinstance(block, Row):
            head = height
        if used > 0 and used + height > height_pt:
            count, used = count + 1, head if is_body_row else 0.0
        used += height
    return count, used / height_pt


def best_form(blocks: Sequence[Row | float], height_pt: float) -> Form:
    """The first form whose last sheet is filled enough; where there is none, the first."""

    def is_good(form: Form) -> bool:
        count, filled = sheets(blocks, height_pt, form)
        return count == 1 or filled >= FILLED

    return next(filter(is_good, FORMS), FORMS[0])


def fit(elements: Sequence[Any], width_pt: float, height_pt: float) -> None:
    """Give the tables among ``elements`` (body elements of one landscape part, whose text is ``width_pt`` wide) the
    form in which they fill sheets of ``height_pt``."""
    blocks = [block for element in elements for block in _blocks(element, width_pt)]
    if sum(isinstance(block, Row) for block in blocks) < LEAST_ROWS:
        return
    form = best_form(blocks, height_pt)
    for table in (element for element in elements if element.tag == qn("w:tbl")):
        _set_margins(table, form)
        letter = _letter_pt(table)
        for paragraph in table.iter(qn("w:p")):
            _set_pitch(paragraph, form.pitch * letter)


def _blocks(element: Any, width_pt: float) -> Iterator[Row | float]:
    if element.tag == qn("w:tbl"):
        columns = [int(column.get(qn("w:w"), "0")) for column in element.iter(qn("w:gridCol"))]
        widths = [width_pt * column / (sum(columns) or 1) - CELL_SIDES_PT for column in columns]
        letter = _letter_pt(element)
        for row in element.iterchildren(qn("w:tr")):
            cells = [_text(cell) for cell in row.iterchildren(qn("w:tc"))]
            lines = (
                math.ceil(display_width(text) * letter / 2 / width) for text, width in zip(cells, widths, strict=False)
            )
            yield Row(max(1, *lines), letter, next(row.iter(qn("w:tblHeader")), None) is not None)
    elif element.tag == qn("w:p"):
        is_heading = str(element.style or "").startswith("Heading")
        needed = math.ceil(display_width(_text(element)) * TEXT_PT / 2 / width_pt)
        yield HEADING_PT if is_heading else max(1, needed) * TEXT_LINE_PT


def _text(element: Any) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t")))


def _letter_pt(table: Any) -> float:
    size = next(table.iter(qn("w:sz")), None)
    return TABLE_PT if size is None else int(size.get(qn("w:val"))) / 2


def _set_margins(table: Any, form: Form) -> None:
    """Margins above and below in the table's own properties; those at the sides stay the style's."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:top", "w:bottom"):
        margin = OxmlElement(side)
        margin.set(qn("w:w"), str(round(form.margin_pt * 20)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = table.tblPr.find(qn("w:tblLook"))
    if look is None:
        table.tblPr.append(margins)
    else:
        look.addprevious(margins)


def _set_pitch(paragraph: Any, pitch_pt: float) -> None:
    spacing = paragraph.get_or_add_pPr().get_or_add_spacing()
    spacing.set(qn("w:line"), str(round(pitch_pt * 20)))
    spacing.set(qn("w:lineRule"), "exact")
