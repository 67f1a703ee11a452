"""Where a table's header stands and which column of the sheet feeds which raw column.

Belongs here: finding header rows by the aliases of a form part, joining levels, wide columns with name and unit, header
texts for the trace.
Does not belong here: texts above the table (:mod:`ehpilot.landing.layout.preamble`), body rows
(:mod:`ehpilot.landing.rows.records`), reading of files, meaning of units and names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from ehpilot.landing.forms import FromHeader, PartForm, bracket_of, normalise, without_bracket
from ehpilot.landing.grid import Merge
from ehpilot.landing.layout.mapping import Mapping, NoHeader, RepeatedCell, WideCell
from ehpilot.landing.personal import names_a_person

Row = Sequence[str | None]
MAX_HEIGHT = 6  # rows of a header
UNIT_WORDS = ("单位", "计量单位", "unit", "units")  # what may stand before a row of units


@dataclass(frozen=True)
class _Title:
    """Candidates under which one grid column may be called, best first."""

    joined: str
    shown: str
    names: tuple[str, ...]
    levels: tuple[str, ...] = ()

    @property
    def unit(self) -> str | None:
        """What stands in the last bracket of the lowest level that has one."""
        return next((unit for text in reversed(self.levels) if (unit := bracket_of(text))), None)


class _Titles(list[_Title]):
    """The titles of a header, with a look-up of every name: best candidate first, then leftmost column."""

    def __init__(self, titles: Iterable[_Title]):
        super().__init__(titles)
        self.by_name: dict[str, tuple[int, int]] = {}
        for index, title in enumerate(self):
            for depth, name in enumerate(title.names):
                if (depth, index) < self.by_name.get(name, (9, 0)):
                    self.by_name[name] = (depth, index)

    def find(self, aliases: Sequence[str]) -> tuple[int, bool] | None:
        """Grid index of the first alias that fits a title; the flag says that it fits the whole joined title."""
        for alias in aliases:
            wanted = normalise(alias)
            hit = self.by_name.get(wanted) or self.by_name.get(without_bracket(wanted))
            if hit is not None:
                depth, index = hit
                whole = self[index].joined
                return index, self[index].names[depth] in (whole, without_bracket(whole))
        return None


def find_header(
    part: PartForm, rows: Sequence[Row], numbers: Sequence[int], given: bool, merged: Sequence[Merge] = ()
) -> Mapping | NoHeader:
    """Mapping of the best header row among the first ``header.search`` rows.

    Args:
        part: the form part (layout table).
        rows: head of the sheet, merged ranges already spread.
        numbers: row number of each head row, as a person counts.
        given: the format itself names its columns (json, geojson, epw): ``rows[0]`` is the header and no body row.
        merged: merged ranges of the sheet; a header of more rows than the form says is known by them.
    Returns:
        The mapping, or :class:`NoHeader` with the required columns that the best candidate lacks.
    """
    height = 1 if given else part.header.rows
    width = max((len(row) for row in rows), default=0)
    if height == 0:
        return _by_position(part, rows, width)
    nearest = NoHeader(tuple(_required(part)), -1)
    # a declared two-row header that somebody saved with one row is still a header
    for tried in range(height, 0, -1):
        start, nearer = _best_start(part, rows, tried, width, given)
        nearest = nearer if nearer.matched > nearest.matched else nearest
        if start is not None:
            end = _merged_end(part, rows, numbers, start, start + tried, merged)
            start = _below_title(part, rows, start, end)
            return _mapping(part, rows[start:end], numbers[start:end], width, given)
    return nearest


def header_at(
    part: PartForm, rows: Sequence[Row], numbers: Sequence[int], merged: Sequence[Merge] = ()
) -> Mapping | NoHeader:
    """Mapping of the header that begins in the first of these rows, or what it lacks. Arguments as of
    :func:`find_header`."""
    width = max((len(row) for row in rows), default=0)
    nearest = NoHeader(tuple(_required(part)), -1)
    for tried in range(min(part.header.rows, len(rows)), 0, -1):
        start, nearer = _best_start(part, rows[:tried], tried, width, False)
        nearest = nearer if nearer.matched > nearest.matched else nearest
        if start == 0:
            end = _merged_end(part, rows, numbers, 0, tried, merged)
            return _mapping(part, rows[:end], numbers[:end], width, False)
    return nearest


def _below_title(part: PartForm, rows: Sequence[Row], start: int, end: int) -> int:
    """Index of the header's first row without a title above it: a row with one text says nothing of its columns."""
    while end - start > 1 and len({one_line(cell) for cell in rows[start]} - {""}) < 2:
        rest = _titles(rows[start + 1 : end], max(map(len, rows[start + 1 : end])), part)
        if _missing(part, _match(part, rest)):
            break
        start += 1
    return start


def _merged_end(
    part: PartForm, rows: Sequence[Row], numbers: Sequence[int], start: int, end: int, merged: Sequence[Merge]
) -> int:
    """Index behind the header's last row: merged cells that begin in it reach further down, or stand over texts of the
    next row, in which the required columns are blank."""
    inside, wanted = numbers[start:end], end
    for top, left, bottom, right in merged:
        if top not in inside:
            continue
        if bottom > numbers[end - 1]:
            wanted = max(wanted, next((i + 1 for i, number in enumerate(numbers) if number == bottom), end))
        elif right > left and bottom == numbers[end - 1] and end < len(rows):
            below = [one_line(cell) for cell in rows[end]]
            taken = {i for group, _ in _match(part, _titles(rows[start:end], len(below), part)).values() for i in group}
            over = sum(1 for text in below[left : right + 1] if text)
            if over > 1 and not any(text for i, text in enumerate(below) if i in taken and not left <= i <= right):
                wanted = max(wanted, end + 1)
    taller = _titles(rows[start:wanted], max(map(len, rows[start:wanted])), part)
    return end if wanted - start > MAX_HEIGHT or _missing(part, _match(part, taller)) else wanted


def _best_start(
    part: PartForm, rows: Sequence[Row], height: int, width: int, given: bool
) -> tuple[int | None, NoHeader]:
    """Index of the row where the best header of this height begins, and the nearest miss."""
    best: tuple[int, int, int] | None = None
    nearest = NoHeader(tuple(_required(part)), -1)
    last_start = 1 if given else min(part.header.search, len(rows) - height + 1)
    for start in range(max(last_start, 0)):
        if not any(one_line(cell) for cell in rows[start]):
            continue
        found = _match(part, _titles(rows[start : start + height], width, part))
        missing = _missing(part, found)
        if missing or not _holds_units(part, found, rows[start : start + height]):
            nearest = NoHeader(missing, len(found)) if missing and len(found) > nearest.matched else nearest
            continue
        score = sum(2 if exact else 1 for _, exact in found.values()), len(found), -start
        if found and (best is None or score > best):
            best = score
        if _required(part) and all(found[name][1] for name in _required(part)):
            break  # every required column by its whole title: a later row could only be the header once more
    return (None if best is None else -best[2]), nearest


def _holds_units(part: PartForm, found: dict[str, tuple[tuple[int, ...], bool]], levels: Sequence[Row]) -> bool:
    """False where the row that should hold the units has a text of its own in a required column: it is a record."""
    if part.wide is None or part.wide.unit_level != len(levels) or len(levels) < 2:
        return True
    units, above = levels[-1], levels[-2]
    for index in (i for name in _required(part) for i in found[name][0] if i < len(units)):
        text = one_line(units[index])
        if text and text != one_line(above[index]) and normalise(text).rstrip(":") not in UNIT_WORDS:
            return False
    return True


def _required(part: PartForm) -> list[str]:
    return [name for name, column in part.columns.items() if column.is_required_cell]


def _missing(part: PartForm, found: Collection[str]) -> tuple[str, ...]:
    """Required columns that a header lacks; all of ``require_any`` where it has none of them and nothing stands in."""
    lacking = [name for name in _required(part) if name not in found]
    if not any(name in found or part.columns[name].has_fallback for name in part.require_any):
        lacking += part.require_any
    return tuple(lacking)


def one_line(cell: str | None) -> str:
    """A cell's text with runs of white space as one blank; '' for none."""
    return " ".join(cell.split()) if cell else ""


def _titles(levels: Sequence[Row], width: int, part: PartForm) -> _Titles:
    """What each grid column is called: all levels joined, the last level, the levels read on as one word (排气筒 over
    高度), each with and without its last bracket."""
    unit_level = part.wide.unit_level if part.wide else None
    titles = []
    for index in range(width):
        texts: list[str] = []
        for number, level in enumerate(levels, start=1):
            text = one_line(level[index] if index < len(level) else None)
            if text and number != unit_level and (not texts or texts[-1] != text):
                texts.append(text)
        joined = "/".join(normalise(text) for text in texts)
        names = [joined, without_bracket(joined)]
        if len(texts) > 1:
            last = normalise(texts[-1])
            word = "".join(without_bracket(normalise(text)) for text in texts[:-1]) + last
            names += [last, without_bracket(last), word, without_bracket(word)]
        named = tuple(dict.fromkeys(name for name in names if name))
        titles.append(_Title(joined, "/".join(texts), named, tuple(texts)))
    return _Titles(titles)


def _match(part: PartForm, titles: _Titles) -> dict[str, tuple[tuple[int, ...], bool]]:
    found: dict[str, tuple[tuple[int, ...], bool]] = {}
    for name, column in part.columns.items():
        if column.aliases is not None:
            hit = titles.find(column.aliases)
            if hit:
                found[name] = ((hit[0],), hit[1])
        elif column.compose_dms is not None or column.join is not None:
            hits = [titles.find([text]) for text in column.compose_dms or column.join or ()]
            if all(hits):
                found[name] = (tuple(hit[0] for hit in hits if hit), True)
    return found


def _by_position(part: PartForm, rows: Sequence[Row], width: int) -> Mapping:
    cells: dict[str, tuple[int, ...]] = {}
    headers: dict[str, str] = {}
    for name, column in part.columns.items():
        if column.position is not None:
            cells[name] = (column.position - 1,)
            headers[name] = str(column.position)
    width = max([width, *(index + 1 for group in cells.values() for index in group)])
    claimed = frozenset(index for group in cells.values() for index in group)
    return Mapping(1, 0, width, cells, headers, {}, claimed=claimed, titles=("",) * width)


def _mapping(part: PartForm, levels: Sequence[Row], numbers: Sequence[int], width: int, given: bool) -> Mapping:
    everything = _titles(levels, width, part)
    width = max((index + 1 for index, title in enumerate(everything) if title.shown), default=0)
    titles = _Titles(everything[:width])
    cells, headers, brackets = {}, {}, {}
    for name, (indexes, _) in _match(part, titles).items():
        cells[name] = indexes
        headers[name] = "/".join(titles[index].shown for index in indexes)
        unit = bracket_of(titles[indexes[0]].shown)
        if unit:
            brackets[name] = unit
    for name, column in part.columns.items():
        if column.position is not None:
            cells[name] = (column.position - 1,)
            headers[name] = titles[column.position - 1].shown if column.position <= width else str(column.position)
            width = max(width, column.position)
    claimed = {index for group in cells.values() for index in group}
    wide = _wide(part, titles, levels, claimed)
    units = {cell.unit for cell in wide}
    if part.wide is not None and part.wide.unit_to is None and len(units) == 1 and None not in units:
        brackets[part.wide.value_to] = wide[0].unit or ""
    uppers = [None, *levels[:-1]]
    patterns = [_pattern(level, above, width) for level, above in zip(levels, uppers, strict=True)]
    repeat = () if given else tuple(pattern for pattern in patterns if pattern)
    return Mapping(
        first_row=0 if given else numbers[0],
        last_row=0 if given else numbers[-1],
        width=width,
        cells=cells,
        headers=headers,
        brackets=brackets,
        wide=wide,
        repeat=repeat,
        claimed=frozenset(claimed | {cell.index for cell in wide}),
        titles=tuple(title.shown for title in titles),
    )


def _pattern(level: Row, above: Row | None, width: int) -> tuple[RepeatedCell, ...]:
    """Cells by which a repeated header row is known again; a level with fewer than two texts is no pattern."""
    texts = [one_line(cell) for cell in level[:width]]
    upper = [one_line(cell) for cell in above[:width]] if above is not None else []
    upper += [""] * (width - len(upper))
    cells = [
        RepeatedCell(index, text, text == (texts[index - 1] if index else "") or text == upper[index])
        for index, text in enumerate(texts)
        if text
    ]
    return tuple(cells) if len(cells) > 1 and not all(cell.may_be_blank for cell in cells) else ()


def _wide(part: PartForm, titles: _Titles, levels: Sequence[Row], claimed: set[int]) -> tuple[WideCell, ...]:
    if part.wide is None:
        return ()
    chosen = _wide_indexes(part, titles, claimed)
    cells = []
    for order, index in enumerate(chosen, start=1):
        title = titles[index]
        unit = title.unit
        if part.wide.unit_level is not None and part.wide.unit_level <= len(levels):
            level = levels[part.wide.unit_level - 1]
            unit = one_line(level[index] if index < len(level) else None) or unit
        name = _without_shown_bracket(title.shown) if bracket_of(title.shown) else title.shown
        if part.wide.name_pick is not None:
            picked = re.search(part.wide.name_pick, title.shown)
            name = picked.group(1) if picked else name
        constants = tuple((key, str(value)) for key, value in _constants(part, title).items())
        cells.append(WideCell(index, title.shown, name, unit, constants, order))
    return tuple(cells)


def _wide_indexes(part: PartForm, titles: _Titles, claimed: set[int]) -> list[int]:
    wide = part.wide
    assert wide is not None
    ignored = {i for text in wide.ignore if (i := _index(titles, text)) is not None}
    ignored |= {index for index, title in enumerate(titles) if set(title.names) & {normalise(t) for t in wide.ignore}}
    if wide.columns == "rest":
        taken = claimed | ignored | {i for i, title in enumerate(titles) if any(map(names_a_person, title.names))}
        return [i for i, title in enumerate(titles) if title.shown and i not in taken]
    if isinstance(wide.columns, FromHeader):
        pattern = re.compile(wide.columns.regex)
        return [
            i
            for i, title in enumerate(titles)
            if i not in ignored and (pattern.search(title.shown) or any(pattern.search(name) for name in title.names))
        ]
    found = [_index(titles, text) for text in wide.columns]
    return list(dict.fromkeys(index for index in found if index is not None))


def _index(titles: _Titles, text: str) -> int | None:
    hit = titles.find([text])
    return hit[0] if hit else None


def _constants(part: PartForm, title: _Title) -> dict[str, object]:
    assert part.wide is not None
    for text, constants in part.wide.set.items():
        if normalise(text) in title.names or without_bracket(normalise(text)) in title.names:
            return dict(constants)
    return {}


_SHOWN_BRACKET = re.compile(
    r"\s*[(（【〔\[][^()（）【】〔〕\[\]]*(?:[(（][^()（）]*[)）][^()（）]*)*[)）】〕\]]\s*\**$"
)


def _without_shown_bracket(shown: str) -> str:
    """Header text without its last bracket, as printed (case and inner blanks kept)."""
    return _SHOWN_BRACKET.sub("", shown).strip().strip("*").strip()


def distinguished(headers: Sequence[str]) -> list[str]:
    """Header texts made unique by ``#2`` … for ids, where a sheet has one header twice."""
    seen: Counter[str] = Counter()
    named = []
    for header in headers:
        seen[header] += 1
        named.append(header if seen[header] == 1 else f"{header}#{seen[header]}")
    return named
