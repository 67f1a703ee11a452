"""The tables of a sheet: one below the other, each with a head of its own, and blocks printed side by side.

Belongs here: finding further heads among the rows under the first, telling a head said once more from another one,
cutting a head into blocks. Does not belong here: what a head's columns mean (:mod:`ehpilot.landing.layout.header`),
the rows themselves (:mod:`ehpilot.landing.layout.sheets`).

A row with two or more known header texts and no number is a head. If no part of the form can read it, every row under
it is lost to this form: never is it read by the head above.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ehpilot.landing.forms import PartForm, normalise, without_bracket
from ehpilot.landing.grid import Merge
from ehpilot.landing.layout.header import MAX_HEIGHT, Row, header_at, one_line
from ehpilot.landing.layout.mapping import Mapping, NoHeader
from ehpilot.landing.layout.notes import is_note

MOST_TITLE_ROWS = 6  # rows above a further head that may say something of its table
_NUMBER = re.compile(r"[+-]?[\d.,]+")
_NAME_PREFIX = '^[\\s"*\\x{feff}]*'
END = 1 << 62


@dataclass(frozen=True)
class Region:
    """One table of a sheet. Rows as a person counts: ``first_row`` of the titles above its head, ``body_row``, and
    ``last_row`` (inclusive); grid columns ``left`` to ``right`` (exclusive). ``mappings``: by number of the form's
    part, indexes counted from ``left``; none where no part can read the table. ``titles``: texts above the head.
    """

    first_row: int
    head_row: int
    body_row: int
    last_row: int = END
    left: int = 0
    right: int | None = None
    mappings: dict[int, Mapping] = field(default_factory=dict)
    titles: tuple[tuple[str | None, ...], ...] = ()
    missing: tuple[str, ...] = ()
    is_first_block: bool = True


def split_blocks(
    part: PartForm, mapping: Mapping, levels: Sequence[Row], numbers: Sequence[int]
) -> list[tuple[int, int, Mapping]]:
    """(left, right, mapping) of each block where a head says its columns more than once; one block where it does not.

    Args:
        levels: the rows of the head, merged ranges spread.
    """
    whole = [(0, mapping.width, mapping)]
    titles = [normalise(title) for title in mapping.titles]
    claimed = sorted(index for group in mapping.cells.values() for index in group)
    for anchor in claimed[:3]:
        starts = [index for index, title in enumerate(titles) if title and title == titles[anchor]]
        if len(starts) < 2 or starts[0] != anchor:
            continue
        first = next((index for index, title in enumerate(titles) if title), anchor)
        step = anchor - first if titles.count(titles[first]) == len(starts) else 0
        lefts = [start - step for start in starts]
        blocks = []
        for left, right in zip(lefts, [*lefts[1:], mapping.width], strict=True):
            found = header_at(part, [row[left:right] for row in levels], numbers)
            if isinstance(found, NoHeader) or len(found.cells) < 2:
                break
            blocks.append((left, right, found))
        if len(blocks) == len(lefts):
            return blocks
    return whole


def known_names(parts: Iterable[PartForm], mappings: Iterable[Mapping]) -> frozenset[str]:
    """Header texts by which a head among the rows is known, normalised and without brackets."""
    names: list[str] = []
    for part in parts:
        for column in part.columns.values():
            names += [*(column.aliases or ()), *(column.compose_dms or ()), *(column.join or ())]
    for mapping in mappings:
        names += [title.rsplit("/", 1)[-1] for title in mapping.titles]
    normal = {without_bracket(normalise(name)) for name in names}
    return frozenset(name for name in normal if name and not _NUMBER.fullmatch(name))


def further_heads(
    parts: dict[int, PartForm], first: dict[int, Mapping], table: pa.Table, merged: Sequence[Merge]
) -> list[Region]:
    """The heads among the rows under the first one, in order, with the rows of their tables.

    Args:
        parts: parts of the form that take the sheet, by number.
        first: mappings of the first head.
        table: all rows of the sheet: row_number, c0 …
    """
    names = known_names(parts.values(), first.values())
    start = min(mapping.body_row for mapping in first.values())
    regions: list[Region] = []
    current, taken_until = first, start - 1
    for position in _candidates(table, names, start):
        rows, numbers = _window(table, position, merged)
        if numbers[0] <= taken_until or not _is_head(rows[0], names):
            continue
        found = {number: header_at(part, rows, numbers, merged) for number, part in parts.items()}
        mappings = {number: mapping for number, mapping in found.items() if isinstance(mapping, Mapping)}
        if mappings and all(_same(mapping, current.get(number)) for number, mapping in mappings.items()):
            taken_until = max(mapping.last_row for mapping in mappings.values())
            continue
        if mappings and all(_says_less(parts[n], mapping, current.get(n)) for n, mapping in mappings.items()):
            mappings = {n: _moved(current[n], mapping) for n, mapping in mappings.items()}
        if not mappings and (_repeats(rows[0], current) or not _is_mostly_known(rows[0], names)):
            continue
        region = _region(table, position, numbers, mappings, taken_until)
        if not mappings:
            misses = [miss for miss in found.values() if isinstance(miss, NoHeader)]
            region = replace(region, missing=max(misses, key=lambda miss: miss.matched).missing if misses else ())
        if regions:
            regions[-1] = replace(regions[-1], last_row=region.first_row - 1)
        regions.append(region)
        current, taken_until = mappings, region.body_row - 1
    return regions


def _region(
    table: pa.Table, position: int, numbers: Sequence[int], mappings: dict[int, Mapping], taken_until: int
) -> Region:
    body = max((mapping.body_row for mapping in mappings.values()), default=numbers[0] + 1)
    titles: list[tuple[str | None, ...]] = []
    top = position
    while top > 0 and len(titles) < MOST_TITLE_ROWS:
        number = table.column(0)[top - 1].as_py()
        row = _row(table, top - 1)
        filled = [one_line(cell) for cell in row if one_line(cell)]
        if number <= taken_until or (len(filled) > 1 and not all(re.search("[:：]", text) for text in filled)):
            break
        titles.insert(0, tuple(row))
        top -= 1
    while titles and not any(one_line(cell) for cell in titles[0]):  # blank rows close the table above
        titles.pop(0)
        top += 1
    first_row = table.column(0)[top].as_py()
    return Region(first_row, numbers[0], body, mappings=mappings, titles=tuple(titles))


def _row(table: pa.Table, position: int) -> list[str | None]:
    return [table.column(index)[position].as_py() for index in range(1, table.num_columns)]


def _candidates(table: pa.Table, names: Iterable[str], first_row: int) -> list[int]:
    """Positions of rows in which two cells begin like header texts."""
    alternatives = "|".join("\\s*".join(map(re.escape, name)) for name in sorted(names, key=len, reverse=True))
    if not alternatives or not table.num_rows:
        return []
    counts = np.zeros(table.num_rows, dtype=np.int32)
    for column in table.columns[1:]:
        begins = pc.match_substring_regex(column, f"(?i){_NAME_PREFIX}(?:{alternatives})")
        counts += pc.fill_null(begins, False).to_numpy().astype(np.int32)
    numbers = table.column(0).to_numpy()
    return np.flatnonzero((counts >= 2) & (numbers >= first_row)).tolist()


def _window(table: pa.Table, position: int, merged: Sequence[Merge]) -> tuple[list[list[str | None]], list[int]]:
    """The rows from a position on that could be a head, merged ranges spread, and their numbers."""
    end = min(position + MAX_HEIGHT + 1, table.num_rows)
    rows = [_row(table, index) for index in range(position, end)]
    numbers = table.column(0).slice(position, end - position).to_pylist()
    where = {number: index for index, number in enumerate(numbers)}
    for top, left, bottom, right in merged:
        if top not in where or left >= len(rows[0]):
            continue
        text = rows[where[top]][left]
        for number in range(top, bottom + 1):
            for column in range(left, min(right + 1, len(rows[0]))):
                if number in where:
                    rows[where[number]][column] = text
    return rows, numbers


def _is_head(row: Row, names: frozenset[str]) -> bool:
    texts = [one_line(cell) for cell in row if one_line(cell)]
    known = {without_bracket(normalise(text)) for text in texts} & names
    return len(known) > 1 and not any(_NUMBER.fullmatch(text) for text in texts)


def _is_mostly_known(row: Row, names: frozenset[str]) -> bool:
    texts = [without_bracket(normalise(one_line(cell))) for cell in row if one_line(cell)]
    return 2 * sum(1 for text in texts if text in names) >= len(texts)


def _same(one: Mapping, other: Mapping | None) -> bool:
    """True where two heads say the same, wherever they stand."""
    return other is not None and replace(one, first_row=0, last_row=0, repeat=()) == replace(
        other, first_row=0, last_row=0, repeat=()
    )


def _says_less(part: PartForm, one: Mapping, other: Mapping | None) -> bool:
    """True where a head only says some columns of the one above once more: the others go on. Not of wide columns, where
    what is left out may be another substance."""
    if other is None or part.wide is not None:
        return False
    return all(not title or title == above for title, above in zip(one.titles, other.titles, strict=False)) and len(
        one.titles
    ) <= len(other.titles)


def _moved(mapping: Mapping, head: Mapping) -> Mapping:
    """The columns of one head under the rows of another."""
    return replace(mapping, first_row=head.first_row, last_row=head.last_row, repeat=(*mapping.repeat, *head.repeat))


def _repeats(row: Row, current: dict[int, Mapping]) -> bool:
    """True where a row is a level of the current head said once more."""
    texts = [one_line(cell) for cell in row]
    for mapping in current.values():
        for pattern in mapping.repeat:
            if all(
                cell.index < len(texts)
                and (texts[cell.index] == cell.text or (cell.may_be_blank and not texts[cell.index]))
                for cell in pattern
            ):
                return True
    return False


def rows_above(table: pa.Table, region: Region, part: PartForm) -> list[tuple[int, str]]:
    """(row number, skip code) of the titles and the head of a further table."""
    inside = [(position, number) for position, number in enumerate(table.column(0).to_pylist())
              if region.first_row <= number < region.body_row]  # fmt: skip
    found = []
    for position, number in inside:
        texts = [text for text in _row(table, position) if one_line(text)]
        code = "SKIP-HEADER" if number >= region.head_row else "SKIP-NOTE" if texts else "SKIP-BLANK"
        found.append((number, code))
    return found


def lost_rows(table: pa.Table, region: Region, part: PartForm) -> list[tuple[int, str, str]]:
    """(row number, code, text) of every row of a table that no part can read."""
    found: list[tuple[int, str, str]] = []
    for position, number in enumerate(table.column(0).to_pylist()):
        if not region.body_row <= number <= region.last_row:
            continue
        texts = [one_line(text) for text in _row(table, position) if one_line(text)]
        if not texts:
            found.append((number, "SKIP-BLANK", ""))
            continue
        code = "SKIP-NOTE" if is_note(part, texts[0]) else "NO-HEADER"
        found.append((number, code, " ".join(texts)))
    while found and found[-1][1] == "SKIP-BLANK":
        found.pop()
    return found
