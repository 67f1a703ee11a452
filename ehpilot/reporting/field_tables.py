"""A file of many fields laid out as a person would: a table a subject, an item a line, a field a column.

The rows are those of a table that has one row a field (``section, block, block_label, item_no, field_no, field, value,
plain_value, unit, source, value_date, state``). Source, date and state are marks: numbers of a list of sources, a star
at what is computed. Every value is printed once, in its table, in a form or in a note.

Does not belong here: which fields there are (dbt), Markdown of tables (``markdown``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from ehpilot.reading.chinese import unit_text
from ehpilot.reporting.markdown import (
    Block,
    display_width,
    form_table,
    inert,
    pipe_table,
    row_key,
    span,
)
from ehpilot.reporting.numbers import NOTHING, chinese_numeral, with_powers

COMPUTED, CONFIRMED = "推算", "核实"  # words of the states that have a mark
STATE_MARKS = {COMPUTED: "*", CONFIRMED: "#"}
_FORM_FIELDS = 7  # an item that stands alone is a form from so many fields on, else a line of its section's summary
_FORM_PAIRS = 2
_LONG = 44  # half-width characters; a longer text has no room in a form and stands above it
_SUMMARY = ("事项", "内容", "来源")
_SAME_FROM = 3  # lines from which a value that all share is a note and no column

Row = Mapping[str, Any]


@dataclass
class SourceList:
    """Sources by number, in the order in which they are first used."""

    numbers: dict[tuple[str, str], int] = field(default_factory=dict)

    def mark(self, rows: Sequence[Row]) -> str:
        """Numbers of the sources of these rows; empty for what has none."""
        used = dict.fromkeys(
            (str(row["source"]), str(row["value_date"] or "")) for row in rows if row["source"] and _is_stated(row)
        )
        return "、".join(str(self.numbers.setdefault(source, len(self.numbers) + 1)) for source in used)

    def words(self) -> str:
        """The sources that the numbers point to; the folder of those that follow each other is said once."""
        runs = groupby(self.numbers.items(), key=lambda item: _folder(item[0][0]))
        return "；".join(self._run(folder, list(run)) for folder, run in runs)

    @staticmethod
    def _run(folder: str, run: Sequence[tuple[tuple[str, str], int]]) -> str:
        is_alone = len(run) == 1 or not folder
        words = [
            f"{number} {source if is_alone else source.removeprefix(folder)}" + (f"，{day}" if day else "")
            for (source, day), number in run
        ]
        return "；".join(words) if is_alone else f"{folder}（{'；'.join(words)}）"


def _folder(source: str) -> str:
    """“环境监测：monitoring/” of “环境监测：monitoring/手工监测.xlsx”; empty where a source is no file of a folder."""
    head, slash, _ = source.rpartition("/")
    return head + slash


def _is_stated(row: Row) -> bool:
    return row["plain_value"] is not None


@dataclass(frozen=True)
class FieldTables:
    """Sections of field rows of ``table`` (whose key columns are ``keys``), as Markdown."""

    table: str
    keys: Sequence[str]
    sources: SourceList = field(default_factory=SourceList)
    is_traced: bool = True

    def sections(self, rows: Sequence[Row], level: int = 2) -> Block:
        """Sections that have items under headings （一）（二）…, then what has none, and the sources.

        ``rows`` in print order."""
        parts, absent, number = [], [], 0
        for section, members in _grouped(rows, "section"):
            tables, empty = self._blocks(members)
            if tables:
                number += 1
                parts.append(f"{'#' * level} （{chinese_numeral(number)}）{inert(section)} {{#section-{number}}}")
                parts += [*tables, *([_note("；".join(empty) + "。")] if empty else [])]
            else:
                absent += empty
        if absent:
            parts.append(f"{'#' * level} （{chinese_numeral(number + 1)}）没有条目的部分 {{#section-{number + 1}}}")
            parts.append(_note("；".join(absent) + "。"))
        if self.sources.numbers:
            parts.append(_note(f"**来源和日期**：{inert(self.sources.words())}。"))
        return Block("\n\n".join(parts) + "\n")

    def _blocks(self, rows: Sequence[Row]) -> tuple[list[str], list[str]]:
        """Tables of a section's subjects, and in words the subjects that have no item.

        Subjects of one small item that follow each other are the lines of one summary."""
        parts, absent = [], []
        blocks = _grouped(rows, "block_label")
        lines: list[tuple[str, Sequence[Row]]] = []
        for label, members in blocks:
            if len(members) == 1 and not (_is_stated(members[0]) and members[0]["unit"]):
                mark = self.sources.mark(members)
                value = self._value(members[0], str(members[0]["value"]))
                absent.append(f"{inert(label)}：{value}" + (f"（来源：{mark}）" if mark else ""))
                continue
            items = [list(item) for _, item in groupby(members, key=lambda row: row["item_no"])]
            if len(items) == 1 and len(members) < _FORM_FIELDS:
                lines.append((label, members))
                continue
            parts += self._summary(lines)
            lines = []
            parts += self._items(f"{label}。" if len(blocks) > 1 else "", items)
        return [*parts, *self._summary(lines)], absent

    def _summary(self, lines: Sequence[tuple[str, Sequence[Row]]]) -> list[str]:
        """A line a subject: its fields by name, and at the end the names of those that have no value."""
        printed, ready = [list(_SUMMARY)], []
        for label, item in lines:
            stated = [row for row in item if _is_stated(row)]
            without = _without(item)
            texts = [f"{row['field']} {_printed(row)}" for row in stated] + without
            values = [self._named(row) for row in stated] + [inert(text) for text in without]
            mark = self.sources.mark(item) or NOTHING
            printed.append([label, "；".join(texts), mark])
            ready.append([f"**{inert(label)}**", "；".join(values), mark])
        return [pipe_table(list(_SUMMARY), ready, [False] * 3, printed)] if lines else []

    def _items(self, title: str, items: Sequence[Sequence[Row]]) -> list[str]:
        fields = {row["field"]: row["field_no"] for item in items for row in item}
        names = sorted(fields, key=lambda name: fields[name])
        cells = [{row["field"]: row for row in item} for item in items]
        if len(items) == 1 and len(names) >= _FORM_FIELDS:
            return self._form(title, items[0])
        empty = [name for name in names if not any(_is_stated(cell[name]) for cell in cells if name in cell)]
        same = [name for name in names[1:] if name not in empty and self._is_same(cells, name)]
        columns = [_Column.of(name, cells) for name in names if name not in empty and name not in same]
        notes = [f"各行相同：{'，'.join(self._named(cells[0][name]) for name in same)}。" if same else ""]
        notes.append(f"各行均缺：{inert('、'.join(empty))}。" if empty else "")
        marks = [self.sources.mark(item) for item in items]
        head = [column.header for column in columns]
        has_one_source = len(set(marks)) == 1
        if has_one_source and marks[0]:
            notes.append(f"来源：{marks[0]}。")
        printed, ready = [head + ([] if has_one_source else ["来源"])], []
        for cell, mark in zip(cells, marks, strict=True):
            texts = [column.text(cell.get(column.name)) for column in columns]
            tail = [] if has_one_source else [mark or NOTHING]
            values = [self._value(cell.get(c.name), text) for c, text in zip(columns, texts, strict=True)]
            printed.append([*texts, *tail])
            ready.append([*values, *tail])
        numeric = [column.is_numeric for column in columns] + ([] if has_one_source else [False])
        parts = [_note(_bold(title) + "".join(notes))] if title or any(notes) else []
        return [*parts, pipe_table([inert(text) for text in printed[0]], ready, numeric, printed)]

    def _form(self, title: str, item: Sequence[Row]) -> list[str]:
        long = [row for row in item if display_width(str(row["value"])) > _LONG]
        short = [row for row in item if row not in long]
        labels = [f"**{inert(row['field'])}**" for row in short]
        widest = max((display_width(row["field"]) for row in short), default=0)
        mark = self.sources.mark(item)
        note = _bold(title) + (f"来源：{mark}。" if mark else "") + "".join(f"{self._named(row)}。" for row in long)
        parts = [_note(note)] if note else []
        return [*parts, form_table(labels, [self._value(row, _printed(row)) for row in short], _FORM_PAIRS, widest)]

    def _is_same(self, cells: Sequence[Mapping[str, Row]], name: str) -> bool:
        if len(cells) < _SAME_FROM or not all(name in cell for cell in cells):
            return False
        return len({(cell[name]["value"], cell[name]["state"]) for cell in cells}) == 1

    def _named(self, row: Row) -> str:
        return f"{inert(row['field'])} {self._value(row, _printed(row))}"

    def _value(self, row: Row | None, text: str) -> str:
        if row is None or not self.is_traced or not _is_stated(row):
            return inert(text)
        key = row_key({name: row[name] for name in self.keys})
        return span(inert(text), "figure", {"table": self.table, "key": key, "column": "value"})


@dataclass(frozen=True)
class _Column:
    """A field as a column: the unit stands once in the head where all lines have the same, so does the star."""

    name: str
    unit: str
    state: str

    @classmethod
    def of(cls, name: str, cells: Sequence[Mapping[str, Row]]) -> _Column:
        stated = [cell[name] for cell in cells if name in cell and _is_stated(cell[name])]
        units, states = Counter(row["unit"] or "" for row in stated), Counter(row["state"] for row in stated)
        return cls(name, *(next(iter(found)) if len(found) == 1 else "" for found in (units, states)))

    @property
    def header(self) -> str:
        """Label with what all its cells share."""
        return self.name + (f"（{unit_text(self.unit)}）" if self.unit else "") + STATE_MARKS.get(self.state, "")

    @property
    def is_numeric(self) -> bool:
        """True for columns of numbers: those whose head names a unit."""
        return bool(self.unit)

    def text(self, row: Row | None) -> str:
        """The cell without what its head says already."""
        if row is None or not _is_stated(row):
            return NOTHING
        value = with_powers(str(row["plain_value"])) if self.unit else _value_text(row)
        return value if self.state else value + STATE_MARKS.get(row["state"], "")


def _without(item: Sequence[Row]) -> list[str]:
    """Fields without a value by their state: “缺：内径、高度”."""
    states = dict.fromkeys(str(row["value"]) for row in item if not _is_stated(row))
    return [
        f"{state}：{'、'.join(row['field'] for row in item if not _is_stated(row) and row['value'] == state)}"
        for state in states
    ]


def _printed(row: Row) -> str:
    """The value with its unit and the mark of its state."""
    return _value_text(row) + (STATE_MARKS.get(row["state"], "") if _is_stated(row) else "")


def _value_text(row: Row) -> str:
    text, unit = str(row["value"]), str(row["unit"] or "")
    if unit and _is_stated(row) and text.endswith(unit):
        number = text.removesuffix(unit)
        return with_powers(number.rstrip()) + " " * number.endswith(" ") + unit_text(unit)
    return with_powers(text)


def _bold(title: str) -> str:
    return f"**{inert(title)}**" if title else ""


def _note(markdown: str) -> str:
    return '::: {custom-style="注"}\n' + markdown + "\n:::"


def _grouped(rows: Sequence[Row], column: str) -> list[tuple[str, list[Row]]]:
    return [(str(name), list(members)) for name, members in groupby(rows, key=lambda row: row[column])]
