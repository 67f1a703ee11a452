"""How high a row of a workbook must be: programs do not fit the rows of a file that they open, and paper cuts what does
not fit.

Does not belong here: what the rows say.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

LINE_PT = 13.5  # of a line in letters of ten points
_WIDE_FROM = 0x2E80  # code points from here on are as wide as two half-width characters


def lines_needed(text: str, width: float) -> int:
    """Lines that a text takes in a column of so many half-width characters, line breaks of its own counted; at least
    one."""
    widths = (sum(1 if ord(letter) < _WIDE_FROM else 2 for letter in line) for line in text.split("\n"))
    return sum(max(math.ceil(needed / (width - 1)), 1) for needed in widths)


def height_pt(texts: Iterable[str], widths: Iterable[float]) -> float:
    """Height of a row with these texts in columns of these widths."""
    return LINE_PT * max((lines_needed(text, width) for text, width in zip(texts, widths, strict=True)), default=1) + 2
