"""Rows of sheets to text records, in SQL: skip classes, routing, wide-to-long, filled blanks, texts by raw column.

Belongs here: the SQL that turns a block into one row a record, still as texts.
Does not belong here: types and checks of values (:mod:`ehpilot.landing.rows.conform`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ehpilot.landing.forms import ColumnForm, PartForm, normalise
from ehpilot.landing.layout.header import distinguished
from ehpilot.landing.layout.mapping import Mapping, RepeatedCell
from ehpilot.landing.layout.notes import NO_DIGIT, summary_case, total_case, word_cases
from ehpilot.landing.layout.regions import known_names
from ehpilot.landing.personal import HASH_FUNCTION, names_a_person_sql
from ehpilot.landing.rows.blocks import Block
from ehpilot.landing.sql import filled, literal, quote, text_list, trimmed, visible_start
from ehpilot.landing.values.beside import bare_sql, noted_sql
from ehpilot.landing.values.cell_value import DASH_MARKS
from ehpilot.landing.values.words import PLAIN_CHARACTERS, WIDE_CHARACTERS
from ehpilot.register import RawTable

# the first text of a row without its number and colon: 一、主要排放口 · （1）主要排放口：
_NUMBERING = "^[(（]?[一二三四五六七八九十0-9]{1,3}[)）、.．]+\\s*|[:：]$"
_BANNER = f"trim(regexp_replace({trimmed('_first')}, {literal(_NUMBERING)}, '', 'g'))"
PUBLISHABLE = ("是", "同意", "公开", "同意公开", "√", "✓", "yes", "y", "true", "1")


@dataclass(frozen=True)
class Text:
    """SQL of one raw column: the text that is parsed and, where a cell of the file feeds it, that cell's text."""

    parsed: str
    cell: str | None


class BlockSql:
    """The SQL of one block: ``select`` gives a row a record with its place, class and texts."""

    def __init__(self, block: Block, table: RawTable, given: dict[str, Text]):
        """``given``: texts of raw columns that stand in place of what the block itself says."""
        self.block, self.table = block, table
        self.part, self.mapping = block.part, block.mapping
        self.texts: dict[str, Text] = {}
        self._filled: list[str] = []
        self._collect()
        self.texts |= given

    def select(self, relation: str) -> str:
        """SQL of the rows of a relation as records; use with :meth:`place` and ``texts``.

        Args:
            relation: the block's own (:attr:`Block.relation`), or rows of its file in the same columns.
        """
        source = f"(select *, {self._first()} as _first from {relation})"
        source = f"(select *, {self._class()} as _class from {source})"
        if self._filled:
            source = f"(select *, {', '.join(self._filled)} from {source})"
        row_condition = self._condition(self.part, self.mapping, row_level=True)
        if row_condition:
            keeps = "_class is not null or " if self.block.sheet_part.counts_skips else "_class is null and "
            source = f"(select * from {source} where {keeps}({row_condition}))"
        elif not self.block.sheet_part.counts_skips:
            source = f"(select * from {source} where _class is null)"
        if self.mapping.wide or self.part.wide is not None:
            source = self._unpivot(source)
        return source

    def record_condition(self) -> str:
        """Routing by the name column of a wide table, which exists only in the record."""
        condition = self._condition(self.part, self.mapping, row_level=False)
        return f"_class is not null or ({condition})" if condition else "true"

    def place(self) -> str:
        """Select list of the record's place: block, file, sheet, row, order, field, id field, class, hidden."""
        block, wide = self.block, self.mapping.wide
        if self.part.wide is not None:
            headers = [cell.header for cell in wide]
            order = "_w"
            name = f"coalesce({text_list(headers)}[_w], '')" if wide else "''"
            in_id = f"coalesce({text_list(distinguished(headers))}[_w], '')" if wide else "''"
        else:
            order = "0"
            name = f"coalesce(c{self.mapping.width - 1}, '')" if block.sheet_part.holds_records else "''"
            in_id = f"{name} || {literal(mark)}" if (mark := block.sheet_part.mark_of_part) else name
        skip = "coalesce(_class, 'SKIP-DUPLICATE')" if block.is_duplicate else "_class"
        return (
            f"{block.number}::integer as _block, _file_no, _sheet, row_number as _row, {order}::integer as _ord, "
            f"{name} as _field, {in_id} as _id_field, {skip} as _class, {self._hidden()} as _hidden"
        )

    # -- texts ------------------------------------------------------------------------------------------------------

    def _collect(self) -> None:
        for name, form in self.part.columns.items():
            if name in self.table.column:
                text = self._text(name, form)
                if text is not None:
                    self.texts[name] = text
        self._collect_wide()
        if self.block.sheet_part.holds_records:
            for name, indexes in self.mapping.cells.items():
                if name in self.table.column and name not in self.part.columns:
                    self.texts[name] = Text(f"c{indexes[0]}", f"c{indexes[0]}")
        for name, text in list(self.texts.items()):
            raw = self.table.column[name]
            if raw.published_if:
                self.texts[name] = self._published(text, raw.published_if)
            if raw.hashed_if:
                self.texts[name] = self._hashed(text, raw.hashed_if)

    def _text(self, name: str, form: ColumnForm) -> Text | None:
        indexes = self.mapping.cells.get(name)
        if indexes is None:
            return self._section(form) if form.section else self._fact(name, form)
        if form.compose_dms is not None:
            return self._composed(indexes)
        if form.join is not None or form.template is not None:
            joined = _by_template(form.template or " ".join(f"{{{i}}}" for i in range(len(indexes))), indexes)
            return Text(self._picked(joined, form), joined)
        cell = f"c{indexes[0]}"
        if form.fill_blank:
            cell = self._fill(f"_filled_{name}", f"case when _class is null and {filled(cell)} then {cell} end")
        return Text(self._beside(name, self._picked(cell, form)), self._bare(cell))

    def _bare(self, cell: str) -> str:
        """A cell's own text, without what the sheet says beside it."""
        return bare_sql(cell) if self.block.sheet_part.has_notes else cell

    def _beside(self, name: str, cell: str) -> str:
        """A number with the unit and the sign of its row."""
        found = self.mapping.beside.get(name)
        if found is None:
            return cell
        unit, sign = (None if index is None else f"c{index}" for index in (found.unit, found.sign))
        return noted_sql(cell, unit, sign)

    def _picked(self, cell: str, form: ColumnForm) -> str:
        if form.pick is None:
            return cell
        cell = f"translate({self._bare(cell)}, {literal(WIDE_CHARACTERS)}, {literal(PLAIN_CHARACTERS)})"
        group = 1 if "(" in form.pick.replace("\\(", "").replace("(?:", "") else 0
        return f"nullif(regexp_extract({cell}, {literal(form.pick)}, {group}), '')"

    def _fact(self, name: str, form: ColumnForm) -> Text | None:
        if name not in self.block.sheet_part.facts:
            return None
        expression = quote(f"k_{name}")
        is_cell = form.preamble is not None or form.from_part is not None
        return Text(self._picked(expression, form), expression if is_cell else None)

    def _composed(self, indexes: Sequence[int]) -> Text:
        marks = ", ".join(literal(mark) for mark in DASH_MARKS)
        degrees, *rest = (trimmed(f"c{index}") for index in indexes)
        parts = [f"case when {part} in ({marks}) then '0' else coalesce(nullif({part}, ''), '0') end" for part in rest]
        tail = " || ".join(f"{part} || '{sign}'" for part, sign in zip(parts, ["′", "″"], strict=False))
        text = (
            f"case when {degrees} in ({marks}) then {degrees} when {degrees} <> '' then {degrees} || '°' || {tail} end"
        )
        return Text(text, text)

    def _section(self, form: ColumnForm) -> Text:
        words = ", ".join(literal(word) for word in form.section or ())
        banner = f"case when {_BANNER} in ({words}) and {self._is_banner()} then {_BANNER} end"
        filled_down = self._fill("_section", banner)
        return Text(filled_down, filled_down)

    def _fill(self, name: str, expression: str) -> str:
        window = (
            "over (partition by _file_no, _sheet order by row_number rows between unbounded preceding and current row)"
        )
        self._filled.append(f"last_value({expression} ignore nulls) {window} as {quote(name)}")
        return quote(name)

    def _published(self, text: Text, rule: str) -> Text:
        consent = self.texts.get(rule)
        if consent is None:
            return Text("null::varchar", None)
        words = ", ".join(literal(word) for word in PUBLISHABLE)
        agreed = f"lower({trimmed(consent.parsed)}) in ({words})"
        cell = None if text.cell is None else f"case when {agreed} then {text.cell} end"
        return Text(f"case when {agreed} then {text.parsed} end", cell)

    def _hashed(self, text: Text, rule: str) -> Text:
        """The hash of a text where column ``rule`` names a person's field (字段 = 联系电话); the cell is not kept."""
        label = self.texts.get(rule)
        if label is None:
            return text
        is_personal = names_a_person_sql(label.parsed)
        cell = None if text.cell is None else f"case when not {is_personal} then {text.cell} end"
        return Text(f"case when {is_personal} then {HASH_FUNCTION}({text.parsed}) else {text.parsed} end", cell)

    def _collect_wide(self) -> None:
        wide, cells = self.part.wide, self.mapping.wide
        if wide is None:
            return
        self.texts[wide.value_to] = Text(self._beside(wide.value_to, "_wv"), self._bare("_wv"))
        if wide.name_to:
            names = f"{text_list([cell.name for cell in cells])}[_w]" if cells else "null::varchar"
            headers = f"{text_list([cell.header for cell in cells])}[_w]" if cells else "null::varchar"
            self.texts[wide.name_to] = Text(names, headers)
        if wide.unit_to and wide.unit_to not in self.part.columns:
            units = f"{text_list([cell.unit for cell in cells])}[_w]" if cells else "null::varchar"
            self.texts[wide.unit_to] = Text(units, units)
        if wide.index_to:
            self.texts[wide.index_to] = Text("case when _w > 0 then _w::varchar end", None)
        for name in dict.fromkeys(key for cell in cells for key, _ in cell.constants):
            values = f"{text_list([dict(cell.constants).get(name) for cell in cells])}[_w]"
            own = self.texts.get(name)
            self.texts[name] = Text(f"coalesce({values}, {own.parsed})" if own else values, own.cell if own else None)

    # -- rows -------------------------------------------------------------------------------------------------------

    def _cells(self) -> list[str]:
        width = self.mapping.width - 1 if self.block.sheet_part.holds_records else self.mapping.width
        return [f"c{index}" for index in range(max(width, 1))]

    def _first(self) -> str:
        if self.block.sheet_part.holds_records:
            return "''"
        cells = self._cells()
        searched = f"coalesce({', '.join(f'nullif({trimmed(cell)}, {literal(str())})' for cell in cells)})"
        return f"case when {visible_start(cells[0])} then {cells[0]} else {searched} end"

    def _class(self) -> str:
        """SQL of the skip class of a row, null for rows that may hold records."""
        if self.block.sheet_part.holds_records:
            return "null::varchar"
        cases = ["when _first is null then 'SKIP-BLANK'"]
        for pattern in self.mapping.repeat:
            first = next(cell for cell in pattern if not cell.may_be_blank)
            rest = " and ".join(_repeats(cell) for cell in pattern)
            cases.append(f"when contains(c{first.index}, {literal(first.text[:1])}) and {rest} then 'SKIP-HEADER'")
        if self.block.is_large and self.mapping.repeat:
            cases.append(self._other_head())
        if any(form.section for form in self.part.columns.values()):
            words = [word for form in self.part.columns.values() for word in form.section or ()]
            listed = ", ".join(literal(word) for word in words)
            cases.append(f"when {_BANNER} in ({listed}) and {self._is_banner()} then 'SKIP-NOTE'")
        cases += word_cases(self.part)
        cases += self._total_cases()
        lost = self._lost()
        if lost:
            cases.append(f"when {lost} then 'NO-FORM'")
        return f"case {' '.join(cases)} end"

    def _other_head(self) -> str:
        """Case of a row of a big file that is a head, and not the one above: the file is refused (``source_load``)."""
        names = known_names([self.part], [self.mapping])
        words = "|".join(re.escape(name) for name in sorted(names))
        cells = [f"c{index}" for index in sorted({i for group in self.mapping.cells.values() for i in group})][:3]
        pattern = literal(f"({words})([(（].*)?")
        plain = [f"regexp_full_match(lower(replace({cell}, ' ', '')), {pattern})" for cell in cells]
        count = " + ".join(f"coalesce({test}::integer, 0)" for test in plain)
        return f"when {NO_DIGIT} and not {cells[0]} between '0' and '9~' and ({count}) > 1 then 'NO-HEADER'"

    def _total_cases(self) -> list[str]:
        """Total words in the cells of the business key. Numbers of permits and codes are looked at too, but not in a
        big file, where such a row is a fault anyhow."""
        cases = []
        for name in self.table.grain:
            indexes, form = self.mapping.cells.get(name), self.part.columns.get(name)
            if indexes is None or len(indexes) != 1 or form is None or not self.part.totals:
                continue
            kind, cell = self.table.column[name].kind, f"c{indexes[0]}"
            if kind in ("timestamp", "date", "period") and not self.block.is_large:
                cases.append(summary_case(cell))
            elif kind in ("name", "text", "pollutant") or not self.block.is_large:
                whole = ["全厂合计"] if indexes[0] == 0 else []  # of a row's first cell it names the whole site
                others = [*form.missing_marks, *(form.section or ()), *whole]
                cases.append(total_case(cell, kind == "pollutant", others))
        return cases

    def _is_banner(self) -> str:
        first = trimmed("_first")
        return "(" + " and ".join(f"coalesce({trimmed(cell)} in ('', {first}), true)" for cell in self._cells()) + ")"

    def _lost(self) -> str | None:
        """Condition of rows that no part of the sheet takes; None where every row is taken or it cannot be told."""
        sheet_part = self.block.sheet_part
        if not sheet_part.counts_skips or not sheet_part.siblings:
            return None
        taken = []
        for part, mapping in sheet_part.siblings:
            names = [*part.where, *part.where_not]
            if any(_where_cell(part, mapping, name) is None for name in names):
                return None
            condition = self._condition(part, mapping, row_level=True)
            if not condition:
                return None
            taken.append(f"({condition})")
        return f"not ({' or '.join(taken)})"

    def _condition(self, part: PartForm, mapping: Mapping, row_level: bool) -> str:
        """SQL of ``where`` and ``where_not``; '' where they say nothing at this level."""
        conditions = []
        in_record = {part.wide.name_to, part.wide.value_to, part.wide.unit_to} if part.wide else set()
        for wanted, patterns in ((True, part.where), (False, part.where_not)):
            for name, pattern in patterns.items():
                if (name in in_record) == row_level:
                    continue
                cell = _where_cell(part, mapping, name) if row_level else None
                if cell is None and part is self.part and name in self.texts:
                    cell = self.texts[name].parsed
                if cell is None:
                    conditions.append("false" if wanted else "true")
                    continue
                cell = self._bare(cell)
                test = f"coalesce(regexp_matches({cell}, {literal(pattern)}), false)"
                conditions.append(test if wanted else f"not {test}")
        return " and ".join(conditions)

    def _hidden(self) -> str:
        sheet_part = self.block.sheet_part
        hidden = set(sheet_part.hidden_columns)
        if sheet_part.holds_records:
            return "true" if sheet_part.is_hidden else "_hidden"
        shared = {index for indexes in self.mapping.cells.values() for index in indexes}
        if sheet_part.is_hidden or hidden & shared:
            return "true"
        wide = [str(order) for order, cell in enumerate(self.mapping.wide, start=1) if cell.index in hidden]
        return f"(_hidden or _w in ({', '.join(wide)}))" if wide else "_hidden"

    def _unpivot(self, source: str) -> str:
        """One row a filled wide cell: _w its number from 1, _wv its text. Skipped rows stay one row with _w = 0."""
        assert self.part.wide is not None
        cells = [f"c{cell.index}" for cell in self.mapping.wide]
        if not cells:
            keep = "true" if self.part.wide.keep_empty_row else "_class is not null"
            return f"(select *, 0 as _w, null::varchar as _wv from {source} where {keep})"
        single = "_class is not null"
        if self.part.wide.keep_empty_row:
            single = (
                f"({single} or "
                f"coalesce({', '.join(f'nullif({trimmed(cell)}, {literal(str())})' for cell in cells)}) is null)"
            )
        numbers = f"[{', '.join(str(n) for n in range(1, len(cells) + 1))}]"
        exploded = (
            f"(select * exclude (_n, _t), unnest(_n) as _w, unnest(_t) as _wv from (select *, "
            f"case when {single} then [0] else {numbers} end as _n, "
            f"case when {single} then [null::varchar] else [{', '.join(cells)}] end as _t from {source}))"
        )
        return f"(select * from {exploded} where _w = 0 or {filled('_wv')})"


def _by_template(template: str, indexes: Sequence[int]) -> str:
    """SQL of cells put together; null where the first cell is blank."""
    pieces = []
    for piece in re.split(r"(\{\d\})", template):
        if re.fullmatch(r"\{\d\}", piece):
            number = int(piece[1])
            pieces.append(f"coalesce({trimmed(f'c{indexes[number]}')}, '')" if number < len(indexes) else "''")
        elif piece:
            pieces.append(literal(piece))
    return f"case when {trimmed(f'c{indexes[0]}')} <> '' then {' || '.join(pieces)} end"


def _where_cell(part: PartForm, mapping: Mapping, name: str) -> str | None:
    """Cell that a routing rule looks at: of the raw or helper column, or of the header of that text."""
    indexes = mapping.cells.get(name)
    if indexes is None:
        wanted = normalise(name)
        indexes = tuple(i for i, title in enumerate(mapping.titles) if normalise(title) == wanted)[:1]
    return f"c{indexes[0]}" if indexes else None


def _repeats(cell: RepeatedCell) -> str:
    """SQL: the cell of a row holds the header's text once more."""
    text = _one_line(f"c{cell.index}")
    if not cell.may_be_blank:
        return f"{text} = {literal(cell.text)}"
    return f"coalesce({text} in ('', {literal(cell.text)}), true)"


def _one_line(cell: str) -> str:
    """A cell as the header's text is kept: runs of white space as one blank."""
    return f"trim(regexp_replace({cell}, '[\\s\\x{{3000}}\\x{{a0}}\\x{{feff}}]+', ' ', 'g'))"
