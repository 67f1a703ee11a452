"""Texts behind labels above a table: 委托单位：某某中心, or a label and its value in two cells.

Belongs here: finding the value of a label among the head's rows. Does not belong here: the header itself
(:mod:`ehpilot.landing.layout.header`), label–value sheets (:mod:`ehpilot.landing.layout.label_value`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ehpilot.landing.forms import normalise, without_bracket
from ehpilot.landing.layout.header import Row, one_line


def read_preamble(aliases: Sequence[str], rows: Sequence[Row], above: int) -> tuple[str, int] | None:
    """Text that stands behind a label above (else beside) the table: after ``:`` in the cell, else in the next cell.

    Returns the text and the index of its row in ``rows``; None where no label is found.

    Args:
        aliases: labels.
        rows: head of the sheet, merged ranges not spread.
        above: how many of the rows stand above the header; they are searched before the others.
    """
    for first, part in ((0, rows[:above]), (above, rows[above:])):
        for alias in aliases:
            wanted = without_bracket(normalise(alias)) or normalise(alias)
            for index, row in enumerate(part, first):
                found = _beside(wanted, row)
                if found is not None:
                    return found, index
    return None


def _beside(wanted: str, row: Row) -> str | None:
    for index, cell in enumerate(row):
        if not cell:
            continue
        plain = normalise(cell)
        if plain.rstrip(":") == wanted or without_bracket(plain.rstrip(":")) == wanted:
            rest = [one_line(other) for other in row[index + 1 :] if one_line(other)]
            rest = [other for other in rest if normalise(other) != plain]
            return rest[0] if rest else None
        if wanted in plain:
            found = _after_colon(wanted, cell)
            if found:
                return found
    return None


def _after_colon(wanted: str, cell: str) -> str | None:
    """``委托单位：甲  检测机构：乙`` → text behind the wanted label, up to a wide gap or the next ``label:``."""
    for segment in re.split(r"\s{2,}|[\r\n;；]+|\s+(?=[^\s:：]{2,12}[:：])", cell.strip()):
        label, colon, rest = (segment.replace("：", ":")).partition(":")
        if colon and without_bracket(normalise(label)) == wanted and rest.strip():
            return rest.strip()
    return None
