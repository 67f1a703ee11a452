"""Label–value and matrix sheets: small, read cell by cell into ready records.

Belongs here: where the value of a label stands, labels as records, square tables of names.
Does not belong here: tables with a header row (:mod:`ehpilot.landing.header`), values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from ehpilot.landing.forms import Form, PartForm, normalise, without_bracket
from ehpilot.landing.grid import Grid, Merge
from ehpilot.landing.header import Mapping
from ehpilot.landing.reading import FORMULA_MARK, Reading, is_empty, mark_formulas

_HEADER_WORDS = frozenset(
    ("问题", "题目", "指标", "项目", "内容", "检查内容", "管理内容", "调查内容", "回答", "答案", "结果", "情况", "选项")
)


@dataclass
class _Cells:
    """A small sheet as rows of (column, text), blanks left out, spread merges given once."""

    rows: list[tuple[int, list[tuple[int, str]]]]

    @classmethod
    def of(cls, grid: Grid) -> _Cells:
        table, _ = mark_formulas(grid.rows(), grid.formulas_without_value, 1 << 20)
        numbers = table.column("row_number").to_pylist()
        columns = [table.column(i).to_pylist() for i in range(1, table.num_columns)]
        rows = []
        for index, number in enumerate(numbers):
            cells = [(c, t) for c, column in enumerate(columns) if (t := column[index]) is not None and t.strip()]
            rows.append((number, cells))
        return cls(rows)


def ready_reading(form: Form, number: int, part: PartForm, grid: Grid) -> Reading | None:
    """Records of a label–value or matrix sheet, or None where it is none."""
    if grid.is_large or is_empty(grid):
        return None
    cells = _Cells.of(grid)
    if part.layout == "matrix":
        records = list(_matrix_records(part, cells))
    elif part.rows_long is not None:
        records = list(_label_records(part, cells))
    else:
        record = _label_record(part, cells, grid.merged)
        records = [record] if record else []
    if not records:
        return None
    return _as_reading(form, number, part, grid, records)


def _as_reading(form: Form, number: int, part: PartForm, grid: Grid, records: list[_Record]) -> Reading:
    names = list(dict.fromkeys(name for record in records for name in record.texts))
    names += [name for name in part.columns if name not in names and part.columns[name].aliases is not None]
    columns = {"row_number": pa.array([record.row for record in records], pa.int64())}
    for index, name in enumerate(names):
        columns[f"c{index}"] = pa.array([record.texts.get(name) for record in records], pa.string())
    columns[f"c{len(names)}"] = pa.array([record.field for record in records], pa.string())
    headers: dict[str, str] = {}
    own_rows: dict[str, int] = {}
    for record in records:
        headers |= record.labels
        own_rows |= record.rows
    cells = {name: (i,) for i, name in enumerate(names)}
    mapping = Mapping(0, 0, len(names) + 1, cells, headers, own_rows=own_rows)
    has_formula = any(text == FORMULA_MARK for record in records for text in record.texts.values())
    table = pa.table(columns)
    return Reading(form, part, number, grid.name, mapping, table=table, is_ready=True, has_formula=has_formula)


@dataclass
class _Record:
    row: int
    texts: dict[str, str | None]
    labels: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    field: str = ""


def _label_record(part: PartForm, cells: _Cells, merged: Sequence[Merge]) -> _Record | None:
    """One record of a label–value sheet: the value stands in the next filled cell to the right of its label."""
    aliases = {name: _Aliases(column.aliases) for name, column in part.columns.items() if column.aliases}
    record: _Record | None = None
    for number, row in cells.rows:
        for position, (index, text) in enumerate(row):
            for name, wanted in aliases.items():
                if not wanted.fit(text) or (record is not None and name in record.texts):
                    continue
                record = record or _Record(number, {})
                record.labels[name] = " ".join(text.split()).rstrip(":：")
                record.rows[name] = number
                record.texts[name] = _value_beside(row, position, index, number, aliases.values(), merged)
    if record is None:
        return None
    required = [name for name, column in part.columns.items() if column.required and column.aliases]
    return record if any(name in record.texts for name in required or record.texts) else None


def _value_beside(
    row: list[tuple[int, str]],
    position: int,
    index: int,
    number: int,
    labels: Iterable[_Aliases],
    merged: Sequence[Merge],
) -> str | None:
    after_label = next((m[3] + 1 for m in merged if m[0] <= number <= m[2] and m[1] <= index <= m[3]), index + 1)
    for column, text in row[position + 1 :]:
        if column < after_label:
            continue
        return None if any(label.fit(text) for label in labels) else text
    return None


class _Aliases:
    def __init__(self, aliases: Sequence[str]):
        self.exact = {normalise(alias).rstrip(":") for alias in aliases}
        self.bare = {without_bracket(alias) for alias in self.exact} | self.exact

    def fit(self, text: str) -> bool:
        plain = normalise(text).rstrip(":")
        return plain in self.exact or without_bracket(plain) in self.bare


def _label_records(part: PartForm, cells: _Cells) -> Iterator[_Record]:
    """Every label a record: the label is the first cell of a row that is no bare number, the value the next cell."""
    assert part.rows_long is not None
    name_to, value_to = part.rows_long.name_to, part.rows_long.value_to
    others = [_Aliases(column.aliases) for column in part.columns.values() if column.aliases]
    started = False
    for number, row in cells.rows:
        texts = [text for _, text in row]
        first = row[0][0] if row else 0
        if texts and re.fullmatch(r"\s*\(?\d+\s*[.、)]?\s*", texts[0]) and len(texts) > 1:
            texts = texts[1:]
        if not texts or any(alias.fit(texts[0]) for alias in others):
            continue
        if len(texts) == 1 and (not started or first > 1):
            continue  # a title, or a line that stands alone
        if not started and _looks_like_header(texts):
            continue
        started = True
        value = texts[1] if len(texts) > 1 else None
        label = " ".join(texts[0].split())
        yield _Record(number, {name_to: texts[0], value_to: value}, field=label)


def _looks_like_header(texts: Sequence[str]) -> bool:
    return {normalise(text) for text in texts[:2]} <= _HEADER_WORDS


def _matrix_records(part: PartForm, cells: _Cells) -> Iterator[_Record]:
    """A square table: names in one row and again in the first column; each filled cell is a record."""
    assert part.matrix is not None
    found = _matrix_head(cells)
    if found is None:
        return
    head_row, names = found
    by_name = {normalise(name): name for name in names.values()}
    for number, row in cells.rows:
        if number <= head_row or not row:
            continue
        name = by_name.get(normalise(row[0][1]))
        if name is None:
            continue
        for column, text in row[1:]:
            if column in names:
                place = {part.matrix.row_to: row[0][1], part.matrix.column_to: names[column]}
                yield _Record(number, {**place, part.matrix.value_to: text}, field=names[column])


def _matrix_head(cells: _Cells) -> tuple[int, dict[int, str]] | None:
    """Row number and column → name of the first row whose names all stand in the first column too."""
    filled = [(number, row) for number, row in cells.rows if row]
    if not filled:
        return None
    first = min(row[0][0] for _, row in filled)
    in_first_column = {normalise(row[0][1]) for _, row in filled if row[0][0] == first}
    for number, row in filled:
        names = {column: text for column, text in row if column > first and normalise(text) in in_first_column}
        if len(names) >= 2 and len({normalise(text) for text in names.values()}) == len(names):
            return number, names
    return None
