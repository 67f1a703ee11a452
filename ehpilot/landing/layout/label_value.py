"""Label–value and matrix sheets: small, read cell by cell into records.

Belongs here: where the value of a label stands, labels as records, square tables of names.
Does not belong here: tables with a header row (:mod:`ehpilot.landing.layout.header`), values.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from ehpilot.landing.forms import Form, PartForm, normalise, without_bracket
from ehpilot.landing.grid import Grid, Merge
from ehpilot.landing.layout.header import distinguished
from ehpilot.landing.layout.mapping import Mapping
from ehpilot.landing.layout.notes import is_note
from ehpilot.landing.layout.sheet_part import FORMULA_MARK, SheetPart, Stray, is_empty, mark_formulas
from ehpilot.landing.personal import names_a_person

_HEADER_WORDS = frozenset(
    ("问题", "题目", "指标", "项目", "内容", "检查内容", "管理内容", "调查内容", "回答", "答案", "结果", "情况", "选项",
     "问题内容", "调查问题", "调查项目", "填报内容", "填写", "填写内容", "是/否", "是否")
)  # fmt: skip
_NO_COUNTERPART = "判断矩阵的行“{}”与列“{}”没有一一对应的名称 / a row or column without its counterpart"
_ARITHMETIC = re.compile("权重|归一|排序|特征|一致性|几何平均|行和|列和|合计|平均|乘积|λ|[wcr][ir]?$")
_NUMBER_WORDS = frozenset(("序号", "编号", "题号", "号", "no", "no."))


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


def label_value_part(form: Form, number: int, part: PartForm, grid: Grid) -> SheetPart | None:
    """Records of a label–value or matrix sheet, or None where it is none."""
    if grid.is_large or is_empty(grid):
        return None
    cells = _Cells.of(grid)
    strays: list[Stray] = []
    unmapped: list[str] = []
    if part.layout == "matrix":
        records = list(_matrix_records(part, cells, strays))
    elif part.rows_long is not None:
        records = list(_label_records(part, cells, strays))
    else:
        record = _label_record(part, cells, grid.merged)
        records = [record] if record else []
        unmapped = _other_labels(part, cells) if record else []
    if not records:
        return None
    sheet_part = _as_sheet_part(form, number, part, grid, records)
    sheet_part.strays, sheet_part.unmapped = tuple(strays), tuple(unmapped)
    return sheet_part


def _as_sheet_part(form: Form, number: int, part: PartForm, grid: Grid, records: list[_Record]) -> SheetPart:
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
    cells: dict[str, tuple[int, ...]] = {name: (i,) for i, name in enumerate(names)}
    mapping = Mapping(0, 0, len(names) + 1, cells, headers, own_rows=own_rows)
    has_formula = any(text == FORMULA_MARK for record in records for text in record.texts.values())
    table = pa.table(columns)
    return SheetPart(form, part, number, grid.name, mapping, table=table, holds_records=True, has_formula=has_formula)


@dataclass
class _Record:
    row: int
    texts: dict[str, str | None]
    labels: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    field: str = ""


def _label_record(part: PartForm, cells: _Cells, merged: Sequence[Merge]) -> _Record | None:
    """One record of a label–value sheet: the value stands in the next filled cell to the right of its label, or behind
    a colon in the label's own cell."""
    aliases = {name: _Aliases(column.aliases) for name, column in part.columns.items() if column.aliases}
    record: _Record | None = None
    for number, row in cells.rows:
        for position, (index, text) in enumerate(row):
            for name, wanted in aliases.items():
                stated = wanted.stated(text)
                if stated is None or (record is not None and name in record.texts):
                    continue
                record = record or _Record(number, {})
                label, value = stated
                record.labels[name] = " ".join(label.split()).rstrip(":：")
                record.rows[name] = number
                record.texts[name] = value or _value_beside(row, position, index, number, aliases.values(), merged)
    if record is None:
        return None
    required = [name for name, column in part.columns.items() if column.required and column.aliases]
    return record if any(name in record.texts for name in required or record.texts) else None


def _other_labels(part: PartForm, cells: _Cells) -> list[str]:
    """Labels that the form does not take: cells with a value beside them, in columns where labels stand."""
    aliases = [_Aliases(column.aliases) for column in part.columns.values() if column.aliases]
    known = [[(c, t, any(alias.stated(t) for alias in aliases)) for c, t in row] for _, row in cells.rows]
    columns = {column for row in known for column, _, is_label in row if is_label}
    found = []
    for row in known:
        for (column, text, is_label), (next_column, _, next_is_label) in itertools.pairwise(row):
            if column in columns and not is_label and next_column not in columns and not next_is_label:
                found.append(" ".join(re.split("[:：]", text)[0].split()))
    return list(dict.fromkeys(found))


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

    def stated(self, text: str) -> tuple[str, str] | None:
        """Label and, where the cell holds both (``企业名称：某某公司``), value; None where the text is no label."""
        if self.fit(text):
            return text, ""
        label, _, value = text.replace("：", ":").partition(":")
        return (label, value.strip()) if value.strip() and self.fit(label) else None


def _label_records(part: PartForm, cells: _Cells, strays: list[Stray]) -> Iterator[_Record]:
    """Every label a record: the label is the first cell of a row that is no bare number, the value the next cell.

    Notes and signatures are no labels; they go to ``strays``.
    """
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
        if started and (is_note(part, texts[0]) or names_a_person(texts[0].partition("：")[0].partition(":")[0])):
            strays.append(Stray(number, "SKIP-NOTE"))
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
    words = [normalise(text) for text in texts]
    if words[0] in _NUMBER_WORDS and len(words) > 1:
        words = words[1:]
    return set(words[:2]) <= _HEADER_WORDS


def _matrix_records(part: PartForm, cells: _Cells, strays: list[Stray]) -> Iterator[_Record]:
    """A square table: names in one row and again in the first column; each filled cell is a record.

    A filled cell whose row or column has no counterpart by name goes to ``strays``, unless it is the arithmetic
    beside a matrix (weights, consistency ratio).
    """
    assert part.matrix is not None
    found = _matrix_head(cells)
    if found is None:
        return
    head_row, names, others = found
    by_name = {normalise(name): name for name in names.values()}
    for number, row in cells.rows:
        if number <= head_row or not row:
            continue
        label = row[0][1]
        if is_note(part, label) or names_a_person(label) or _ARITHMETIC.match(normalise(label)):
            strays.append(Stray(number, "SKIP-NOTE"))
            continue
        is_row = normalise(label) in by_name
        for column, text in row[1:]:
            if is_row and column in names:
                place = {part.matrix.row_to: label, part.matrix.column_to: names[column]}
                yield _Record(number, {**place, part.matrix.value_to: text}, field=names[column])
            elif column in names or column in others:
                field = names.get(column) or others[column]
                strays.append(Stray(number, "NO-FORM", _NO_COUNTERPART.format(label, field), text, field))


def _matrix_head(cells: _Cells) -> tuple[int, dict[int, str], dict[int, str]] | None:
    """Row number and column → name of the first row whose names stand in the first column too; then the other texts
    of that row by column."""
    filled = [(number, row) for number, row in cells.rows if row]
    if not filled:
        return None
    first = min(row[0][0] for _, row in filled)
    in_first_column = {normalise(row[0][1]) for _, row in filled if row[0][0] == first}
    for number, row in filled:
        names = {column: text for column, text in row if column > first and normalise(text) in in_first_column}
        if len(names) >= 2 and len({normalise(text) for text in names.values()}) == len(names):
            others = {c: t for c, t in row if c > first and c not in names and not _ARITHMETIC.match(normalise(t))}
            return number, names, dict(zip(others, distinguished(list(others.values())), strict=True))
    return None
