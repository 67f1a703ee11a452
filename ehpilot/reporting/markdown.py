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

_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"[\x21-\x7e]+")
_NARROWEST = 4  # half-width characters; no column is narrower
_WHOLE_WORD = 10  # words (numbers, dates) up to this length are not broken
_WIDEST = 40  # no column asks for more, else a single long text starves the others
# Longer than pandoc's --columns, so that the widths of the separator line count; what a landscape line holds.
_LINE = 150


def inert(text: object) -> str:
    """Text that is printed as it stands and never read as a mark; one line, without control characters."""
    spaced = _SPACES.sub(" ", str(text)).strip()
    return "".join(_inert_letter(letter) for letter in spaced)


def _inert_letter(letter: str) -> str:
    if letter == " " or letter.isalnum():
        return letter
    if ord(letter) < 128:
        return f"&#{ord(letter)};" if letter.isprintable() else ""
    # Surrogates and control or unassigned characters are no characters of XML; direction marks may hide a text.
    return "" if unicodedata.category(letter) in ("Cc", "Cs", "Cn", "Cf", "Co") else letter


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


def pipe_table(
    headers: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[bool], printed: Sequence[Sequence[str]]
) -> str:
    """A pipe table of ready Markdown cells; ``printed`` are the bare texts, from which column widths are taken."""
    widths = _dashes(printed, len(headers))
    marks = ["-" * (width - 1) + (":" if right else "-") for width, right in zip(widths, numeric, strict=True)]
    lines = ["| " + " | ".join(headers) + " |", "|" + "|".join(marks) + "|"]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _dashes(printed: Sequence[Sequence[str]], columns: int) -> list[int]:
    """Length of each separator: what its longest word needs, and of the rest a share by how much text it holds."""
    least, wanted = [_NARROWEST] * columns, [_NARROWEST] * columns
    for number in range(columns):
        texts = [row[number] for row in printed]
        words = [len(word) for text in texts for word in _WORD.findall(text)]
        widths = [display_width(text) for text in texts]
        least[number] = max(_NARROWEST, min(max(words, default=0) + 1, _WHOLE_WORD), min(max(widths), _WHOLE_WORD - 2))
        mean = sum(widths) / len(widths)
        wanted[number] = max(least[number], min(round((mean + max(widths)) / 2), _WIDEST))
    spare, more = max(_LINE - sum(least), 0), [w - m for w, m in zip(wanted, least, strict=True)]
    grown = [m + spare * extra / (sum(more) or 1) for m, extra in zip(least, more, strict=True)]
    if not any(more):  # nothing asks for more: all in proportion
        grown = [m * max(1.0, _LINE / sum(least)) for m in least]
    return [max(3, round(width)) for width in grown]


def display_width(text: str) -> int:
    """Width in half-width characters: Chinese characters count two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def plain_table(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A pipe table of texts without an origin (annexes of the press itself)."""
    texts = [["—" if cell is None or cell == "" else str(cell) for cell in row] for row in rows]
    cells = [[inert(cell) for cell in row] for row in texts]
    return pipe_table([inert(h) for h in headers], cells, [False] * len(headers), [list(headers), *texts])
