"""Markdown that documents are made of: inert text, inline values, pipe tables with their origin.

Data are untrusted: every character that Markdown, HTML, Typst, Quarto shortcodes or a template could read as a mark
becomes a character reference, which pandoc turns back into the plain character in every format.

Does not belong here: choosing rows and rounding (``tables``, ``numbers``), layout (``quarto_reports/_brand``).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

_SPACES = re.compile(r"\s+")
_NO_LETTER = re.compile(r"[^\w ]|_")  # what is neither alphanumeric nor a space
_INDEX = re.compile(r"(?<=\w)&#95;(\w+)")  # of a symbol, in inert text
_POWER_OF = re.compile(r"(?<=\w)&#94;(\w+)")
_REMEMBERED = 20_000  # texts whose form and width are kept: sources, labels and states repeat by the hundred
_CODE = re.compile(r"[0-9A-Z]{15,22}")  # credit codes, permit numbers: never broken, however narrow the page
_WORD = re.compile(r"[\x21-\x7e]+")
_DAY, _DAY_WIDTH = re.compile(r"\d{4}-\d{2}-\d{2}"), 10
_UNIT = re.compile(r"（[^（）]*）$")  # at the end of a header; not broken
_NARROWEST = 5  # half-width characters; no column is narrower
_INSET = 2  # half-width characters that the two sides of a cell take
_SPARE = 1  # half-width characters: the letters of a page are no whole parts of its line
_WHOLE_WORD = 11  # words (numbers, dates) up to this length are not broken
_WHOLE_CELL = 10  # cells up to this width stand in one line
_FEW_LONG = 2  # times its mean: a column asks for no more, else a single long text starves the others
_HALVINGS = 30  # steps that find the number of lines
_PORTRAIT = 98  # half-width characters that a line of a portrait page holds in the letters of a table
_PORTRAIT_SMALL = 117  # in the smaller letters of a table of many columns
_MANY_COLUMNS = 9  # from one more on the letters are smaller (report.typ, finish_docx)
# that a landscape page holds, by the fewest columns that have such letters (report.typ, finish_docx)
_LANDSCAPE = ((15, 215), (10, 188), (0, 150))
_SHEET = 300  # of an A3 page, for tables that no A4 page holds
_ROOM = (
    1.25  # of what the columns need at least, where that is more than a portrait page; such stand on landscape pages
)
_LINE = 160  # the separator line is longer than pandoc's --columns, so that its widths count
_WIDEST_LABEL = 18  # of a form
_SHORT = 12  # columns of texts up to this width are centred, as printed lists have them


def inert(text: object) -> str:
    """Text that is printed as it stands and never read as a mark; one line, without control characters."""
    return _inert(str(text))


@lru_cache(maxsize=_REMEMBERED)
def _inert(text: str) -> str:
    return _NO_LETTER.sub(_inert_letter, _SPACES.sub(" ", text).strip())


def _inert_letter(found: re.Match[str]) -> str:
    letter = found[0]
    if ord(letter) < 128:
        return f"&#{ord(letter)};" if letter.isprintable() else ""
    # Surrogates and control or unassigned characters are no characters of XML; direction marks may hide a text.
    return "" if unicodedata.category(letter) in ("Cc", "Cs", "Cn", "Cf", "Co") else letter


def equation(text: object) -> str:
    """Inert text of an equation, its indices lowered and its powers raised: L_S, SV^b."""
    return _POWER_OF.sub(r"^\1^", _INDEX.sub(r"~\1~", inert(text)))


@dataclass(frozen=True)
class Inline:
    """A value in running text. ``table``, ``key`` and ``column`` say which cell it is; empty for texts of no cell."""

    text: str
    table: str = ""
    key: str = ""
    column: str = ""

    def __str__(self) -> str:
        return self.text

    def _repr_markdown_(self) -> str:
        """What both engines put into the sentence."""
        if not self.table:
            return inert(self.text)
        facts = {"table": self.table, "key": self.key, "column": self.column}
        return span(inert(self.text), "figure", facts)


@dataclass(frozen=True)
class Block:
    """Markdown of one or more blocks, as the result of a cell."""

    text: str

    def _repr_markdown_(self) -> str:
        """The Markdown itself."""
        return self.text

    def __str__(self) -> str:
        return self.text


def span(content: str, css_class: str, facts: dict[str, str]) -> str:
    """A bracketed span with data attributes; DOCX and PDF drop the attributes."""
    attributes = " ".join(f'data-{name}="{attribute(value)}"' for name, value in facts.items())
    return f"[{content}]{{.{css_class} {attributes}}}"


def attribute(value: str) -> str:
    """Text inside a quoted attribute: character references for all marks, also the quote itself."""
    return inert(value)


def row_key(key: dict[str, object]) -> str:
    """The key of a row as ``ehpilot trace`` takes it, as JSON for the page's script."""
    return json.dumps({name: str(value) for name, value in key.items()}, ensure_ascii=False, sort_keys=False)


def form_table(labels: Sequence[str], cells: Sequence[str], pairs: int, widest: int) -> str:
    """A form of ready Markdown cells: ``pairs`` of a label and a cell in a line. All forms of a document that have the
    same ``widest`` label (half-width characters) stand in the same columns, whatever their cells hold."""
    missing = -len(labels) % pairs
    parts = [*zip(labels, cells, strict=True), *[("", "")] * missing]
    lines = [parts[start : start + pairs] for start in range(0, len(parts), pairs)]
    label = min(widest, _WIDEST_LABEL) + _INSET
    widths = [label, _PORTRAIT // pairs - label] * pairs
    marks = [":" + "-" * round(width * _LINE / _PORTRAIT) for width in widths]
    text = ["| " + " | ".join(["项目", "内容"] * pairs) + " |", "|" + "|".join(marks) + "|"]
    text += ["| " + " | ".join(part for line_part in line for part in line_part) + " |" for line in lines]
    return "\n".join(text) + "\n"


def pipe_table(
    headers: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[bool], printed: Sequence[Sequence[str]]
) -> str:
    """A pipe table of ready Markdown cells; ``printed`` are the bare texts (headers first) that give the widths."""
    return ruled_table(headers, rows, separator(printed, numeric))


def separator(printed: Sequence[Sequence[str]], numeric: Sequence[bool], is_lying: bool = False) -> str:
    """The separator line that gives the columns of a table of these bare texts (headers first) width and alignment;
    ``is_lying`` on a landscape page."""
    widths = _dashes(printed, numeric, is_lying)
    marks = [
        _mark(width, right, max((display_width(row[number]) for row in printed[1:]), default=0))
        for number, (width, right) in enumerate(zip(widths, numeric, strict=True))
    ]
    return "|" + "|".join(marks) + "|"


def ruled_table(headers: Sequence[str], rows: Sequence[Sequence[str]], line: str) -> str:
    """A pipe table of ready Markdown cells under a separator ``line``, as tables share that shall look alike."""
    lines = ["| " + " | ".join(headers) + " |", line]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _mark(width: int, is_numeric: bool, widest: int) -> str:
    """Separator of a column: numbers to the right, short texts in the middle, long ones to the left."""
    if is_numeric:
        return "-" * (width - 1) + ":"
    return ":" + "-" * (width - 2) + ":" if widest <= _SHORT else ":" + "-" * (width - 1)


def _dashes(printed: Sequence[Sequence[str]], numeric: Sequence[bool], is_lying: bool) -> list[int]:
    """Length of each separator. A column gets what its longest word, short cell or number needs, and as much more as
    makes the rows low: where the texts do not all fit in one line, each has the same number of lines at most.
    """
    least, sizes = [], []
    for number, is_numeric in enumerate(numeric):
        header, *texts = [row[number] for row in printed]
        widths = [_print_width(text) for text in texts] or [0]
        words = max((_widest_word(text) for text in texts), default=0)
        title = display_width(header)
        whole = max(widths) if is_numeric or max(widths) <= _WHOLE_CELL else 0
        unit = display_width(found[0]) if (found := _UNIT.search(header)) else 0
        code = max((_widest_code(text) for text in texts), default=0)
        need = max(min(max(words, whole, unit), _WHOLE_WORD), min(_WHOLE_CELL, max(widths)), min(title, 8) // 2 + 2)
        least.append(max(_NARROWEST, max(need, code) + _INSET))
        usual = min(max(widths), _FEW_LONG * sum(widths) / len(widths))
        sizes.append(max(usual, min(title, _WHOLE_CELL - _INSET)))
    line: float = _SHEET
    upright = _PORTRAIT_SMALL if len(least) > _MANY_COLUMNS else _PORTRAIT
    landscape = next(width for columns, width in _LANDSCAPE if len(least) >= columns)
    if sum(least) <= landscape:
        is_upright = sum(least) <= upright and not is_lying
        line = upright if is_upright else landscape if is_lying else min(sum(least) * _ROOM, landscape)
    grown = _low_rows(least, sizes, line)
    if not is_lying and upright < sum(least) <= upright * _ROOM:
        grown = _with_whole_dates(grown, printed, (_DAY_WIDTH + _INSET) / upright)
    return [max(3, round(width * _LINE / sum(grown))) for width in grown]


def _low_rows(least: Sequence[float], sizes: Sequence[float], line: float) -> list[float]:
    """Widths of columns whose texts of these sizes stand in as few lines each as a ``line`` has room for."""

    def widths(lines: float) -> list[float]:
        return [max(m, size / lines + _INSET) + _SPARE for m, size in zip(least, sizes, strict=True)]

    few, many = 1.0, max([1.0, *sizes])  # so many lines that every column is as narrow as it may be
    if sum(widths(few)) <= line:
        return widths(few)
    for _ in range(_HALVINGS):
        middle = (few + many) / 2
        few, many = (few, middle) if sum(widths(middle)) <= line else (middle, many)
    return widths(many)


def _with_whole_dates(widths: Sequence[float], printed: Sequence[Sequence[str]], share: float) -> list[float]:
    """Widths with at least this share of the line for columns of days, of a table that may stand upright though its
    columns ask for a little more: other words break there, days would run into the next column."""
    total = sum(widths)
    days = [any(_DAY.fullmatch(row[number]) for row in printed[1:]) for number in range(len(widths))]
    narrow = [is_day and width < share * total for width, is_day in zip(widths, days, strict=True)]
    rest = sum(width for width, is_narrow in zip(widths, narrow, strict=True) if not is_narrow)
    left = total * (1 - share * sum(narrow)) / (rest or 1)
    return [share * total if one else width * left for width, one in zip(widths, narrow, strict=True)]


@lru_cache(maxsize=_REMEMBERED)
def _widest_word(text: str) -> int:
    return max((_print_width(word) for word in _WORD.findall(text)), default=0)


@lru_cache(maxsize=_REMEMBERED)
def _widest_code(text: str) -> int:
    return max((_print_width(code) for code in _CODE.findall(text)), default=0)


@lru_cache(maxsize=_REMEMBERED)
def _print_width(text: str) -> int:
    """Width in half-width characters as printed: capital letters are wider than others, the sign of multiplication is
    as wide as a Chinese one."""
    return display_width(text) + text.count("×") + ceil(0.35 * sum("A" <= letter <= "Z" for letter in text))


@lru_cache(maxsize=_REMEMBERED)
def display_width(text: str) -> int:
    """Width in half-width characters: Chinese characters count two."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def plain_table(headers: Sequence[str], rows: Sequence[Sequence[object]], blank: str = "—") -> str:
    """A pipe table of texts without an origin (annexes of the press itself); ``blank`` stands in empty cells."""
    texts = [[blank if cell is None or cell == "" else str(cell) for cell in row] for row in rows]
    cells = [[inert(cell) for cell in row] for row in texts]
    return pipe_table([inert(h) for h in headers], cells, [False] * len(headers), [list(headers), *texts])


def title_block(parts: Sequence[str], style: str = "Title") -> str:
    """A title in parts that are not broken where they fit a line; its text is all of them."""
    spans = "".join(f"[{inert(part)}]{{.press-part}}" for part in parts if part)
    return f'::: {{custom-style="{style}"}}\n{spans}\n:::'


def styled_block(style: str, text: str) -> str:
    """A paragraph in one of the styles of the reference document."""
    return f'::: {{custom-style="{style}"}}\n{inert(text)}\n:::'
