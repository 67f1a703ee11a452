"""Text records to typed rows of a raw table, once per table: plain values in SQL, the rest through their distinct
texts.

Belongs here: the stage table (typed values where SQL can read them, texts where not) and reading of the leftover texts.
Does not belong here: the steps after it (``places``, ``faults``, ``raw_rows``, ``duplicates``), how a text is read
(``values``).

Rules that the contract leaves open. A missing mark (``--``) in a required column is loaded as null with its flag, but
is an empty cell where the column is part of the business key. ``flag_unless`` nulls every number of the record. A whole
number beyond 32 bits is NUMBER-PHYSICAL.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numpy as np
import pyarrow as pa

from ehpilot.landing.layout.sheet_part import FORMULA_MARK
from ehpilot.landing.personal import HASH_FUNCTION, is_personal_number, masked
from ehpilot.landing.rows.blocks import Block
from ehpilot.landing.rows.cell_units import (
    HeaderUnit,
    header_unit,
    header_unit_text,
    settle_cell_units,
    stands_beside_unit,
)
from ehpilot.landing.rows.columns import column_options, note_factor, place_options
from ehpilot.landing.rows.faults import find_faults, write_quarantine
from ehpilot.landing.rows.places import fix_places
from ehpilot.landing.rows.raw_rows import insert_rows
from ehpilot.landing.rows.records import BlockSql, Text
from ehpilot.landing.rows.stage import Stage, StagedColumn, StageSetting
from ehpilot.landing.sql import filled, literal, quote, trimmed
from ehpilot.landing.values.beside import bare, bare_sql
from ehpilot.landing.values.cell_value import shown
from ehpilot.landing.values.codes import printable_code
from ehpilot.landing.values.kinds import fast_sql, parse_distinct
from ehpilot.register import RawColumn, RawTable

PLACE = "_block, _file_no, _sheet, _row, _ord, _field, _id_field, _class, _hidden"
_NOTHING_KNOWN: Mapping[str, str] = MappingProxyType({})


class TableLoad:
    """One raw table on its way from blocks to rows. Call :meth:`write_stage`, then :meth:`finish`."""

    def __init__(self, setting: StageSetting, table: RawTable, blocks: Iterable[Block]):
        blocks = tuple(blocks)
        units = {block.number: header_unit(block, table, setting.aliases) for block in blocks}
        self.sql = {b.number: BlockSql(b, table, header_unit_text(table, units[b.number])) for b in blocks}
        columns = (self._staged_column(raw, setting, table, blocks, units) for raw in table.columns)
        self.stage = Stage(setting, table, blocks, tuple(column for column in columns if column.texts))
        self._has_persons = any(column.kind == "personal" for column in table.columns)

    # -- options ----------------------------------------------------------------------------------------------------

    def _staged_column(
        self,
        raw: RawColumn,
        setting: StageSetting,
        table: RawTable,
        blocks: Sequence[Block],
        units: dict[int, HeaderUnit],
    ) -> StagedColumn:
        """The column with its text and options in each block that feeds it."""
        texts: dict[int, Text] = {}
        options: dict[int, dict[str, Any]] = {}
        required: set[int] = set()
        for block in blocks:
            text = self.sql[block.number].texts.get(raw.name)
            if text is None or block.is_duplicate:
                continue
            texts[block.number] = text
            own = column_options(block, raw, setting.aliases) | place_options(raw, table, setting)
            if stands_beside_unit(table, raw):
                own["unit_beside"] = True
                note_factor(own, units[block.number].factors.get(raw.name, 1.0))
            options[block.number] = own
            form = block.part.columns.get(raw.name)
            if form is not None and form.required:
                required.add(block.number)
        return StagedColumn(raw, texts, options, frozenset(required))

    def _all_options(self, column: StagedColumn, block: int) -> dict[str, Any]:
        return {**self.stage.setting.aliases, **column.options[block]}

    # -- stage ------------------------------------------------------------------------------------------------------

    def write_stage(self) -> None:
        """Write every record of the table's blocks, typed where the plain case holds, and every skipped row."""
        selects = [self.block_select(block, block.relation) for block in self.stage.blocks]
        kind = "table" if self.stage.setting.scratch else "temp table"
        self.stage.con.execute(f"create or replace {kind} {self.stage.name} as {' union all '.join(selects)}")

    def block_select(
        self, block: Block, relation: str, kept: Sequence[str] = (), known: Mapping[str, str] = _NOTHING_KNOWN
    ) -> str:
        """Inside: texts and plain values; outside: what is left as text. Two steps, so that each value is read once.

        Args:
            relation: the rows: the block's own relation, or one of the same columns.
            kept: cells (c0 …) that are selected too.
            known: raw column → SQL of its plain values, where ``values`` has none.
        """
        sql = self.sql[block.number]
        inner, outer = [sql.place(), self._flagged(block, sql), *kept], [PLACE, "_flagged", *kept]
        for column in self.stage.columns:
            inside, outside = self._column_items(column, block, known)
            inner += inside
            outer += outside
        if self.stage.table.keeps_cells:
            inner.append(self._cells(block, sql))
            outer.append("_cells")
        condition = sql.record_condition()
        where = "" if condition == "true" else f" where {condition}"
        return f"select {', '.join(outer)} from (select {', '.join(inner)} from {sql.select(relation)}{where})"

    def _flagged(self, block: Block, sql: BlockSql) -> str:
        tests = []
        for name, form in block.part.columns.items():
            if form.flag_unless is not None and name in sql.texts:
                text = sql.texts[name].parsed
                words = ", ".join(map(literal, ["", *form.flag_unless]))
                flagged = f"coalesce({trimmed(text)} not in ({words}), false)"
                tests.append(f"case when {text} in ({words}) then false else {flagged} end")  # trimming is dear
        return f"({' or '.join(tests) or 'false'}) as _flagged"

    def _column_items(
        self, column: StagedColumn, block: Block, known: Mapping[str, str]
    ) -> tuple[list[str], list[str]]:
        """Select items of a column: inside (value, text) and outside (value, leftover text, full text)."""
        text = column.texts.get(block.number)
        value, kind = column.value, column.raw.kind
        outside = [value, f"null::varchar as {column.rest}"]
        if text is None:
            kept = [f"null::varchar as {column.text}"] if column.keeps_text else []
            return [f"null::{column.sql_type} as {value}"], outside + kept
        if kind == "personal":
            return self._personal_items(column, block, text.parsed)
        parsed = quote("p_" + column.raw.name)
        plain = self._plain(column, block, text.parsed, known)
        inside = [f"{text.parsed} as {parsed}", f"{plain or 'null'}::{column.sql_type} as {value}"]
        left = filled(parsed) if plain is None else f"{value} is null and {filled(parsed)}"
        outside = [value, f"case when {left} then {parsed} end as {column.rest}"]
        if column.keeps_text:
            has_notes = block.sheet_part.has_notes or column.raw.name in block.mapping.beside
            own = bare_sql(parsed) if has_notes else parsed
            outside.append(f"case when {filled(parsed)} then {own} end as {column.text}")
        return inside, outside

    def _personal_items(self, column: StagedColumn, block: Block, text: str) -> tuple[list[str], list[str]]:
        """The hash in place of the text, which is never staged; only the mark of a formula without value passes."""
        value, outside = column.value, [column.value, f"null::varchar as {column.rest}"]
        if not block.sheet_part.has_formula:
            return [f"{HASH_FUNCTION}({text}) as {value}"], outside
        mark, parsed = literal(FORMULA_MARK), quote("p_" + column.raw.name)
        digest = f"{HASH_FUNCTION}(case when {text} <> {mark} then {text} end) as {value}"
        return [digest, f"case when {text} = {mark} then {mark} end as {parsed}"], [value, f"{parsed} as {column.rest}"]

    def _plain(self, column: StagedColumn, block: Block, text: str, known: Mapping[str, str]) -> str | None:
        """SQL of the value where the text is plain, None where this kind has no plain case."""
        options = self._all_options(column, block.number)
        words = options.pop("flag_words", None)
        plain = known.get(column.raw.name) or fast_sql(column.raw.kind, text, options)
        if plain is None:
            return None
        if block.sheet_part.has_formula:
            plain = f"case when {text} <> {literal(FORMULA_MARK)} then {plain} end"
        if words:
            plain = f"case when not regexp_matches(trim({text}), {literal(words)}) then {plain} end"
        return f"({plain})"

    def _cells(self, block: Block, sql: BlockSql) -> str:
        shown = []
        for column in self.stage.columns:
            text = sql.texts.get(column.raw.name)
            if text is not None and text.cell is not None and column.raw.kind != "personal" and not block.is_duplicate:
                shown.append(f"{quote(column.raw.name)} := {text.cell}")
        packed = f"to_json(struct_pack({', '.join(shown)}))::varchar" if shown else "null::varchar"
        return f"case when _class is null then {packed} end as _cells"

    # -- leftovers --------------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """Read the leftovers, quarantine bad records and insert the good ones into ``raw.<table>``."""
        stage = settle_cell_units(self._read_leftovers())
        has_places, has_faults = fix_places(stage), find_faults(stage)
        if has_faults:
            write_quarantine(stage)
        insert_rows(stage, has_places, has_faults)

    def _read_leftovers(self) -> Stage:
        """The stage with a temp table of values beside each column that has leftovers."""
        stage = self.stage
        if not stage.columns:
            return stage
        counts = stage.con.execute(
            f"select {', '.join(f'count({column.rest})' for column in stage.columns)} from {stage.name}"
        ).fetchone()
        columns = [
            replace(column, fix=self._read_column(column, number)) if count else column
            for number, (column, count) in enumerate(zip(stage.columns, counts or (), strict=True))
        ]
        return replace(stage, columns=tuple(columns))

    def _read_column(self, column: StagedColumn, number: int) -> str:
        """Name of a temp table with the values of a column's leftover texts."""
        found = self.stage.con.execute(
            f"select distinct _block, {column.rest} from {self.stage.name} where {column.rest} is not null "
            f"order by 1, 2"
        ).fetchall()
        groups: dict[str, tuple[int, set[int]]] = {}
        for block in sorted({row[0] for row in found}):
            groups.setdefault(repr(column.options[block]), (block, set()))[1].add(block)
        tables = []
        for first, members in groups.values():
            texts = sorted({text for block, text in found if block in members})
            parsed = self.parse(column, texts, first)
            by_block = pa.table({
                "b": pa.array([block for block, _ in found if block in members], pa.int32()),
                "text": pa.array([text for block, text in found if block in members], pa.string()),
            })  # fmt: skip
            tables.append(by_block.join(parsed, "text") if len(members) > 1 else _with_block(parsed, first))
        name = f"landing_fix_{number}"
        fixed = pa.concat_tables([table.select(_FIX_COLUMNS) for table in tables])
        self.stage.con.register("landing_fix_rows", fixed)
        self.stage.con.execute(f"create or replace temp table {name} as select * from landing_fix_rows")
        self.stage.con.unregister("landing_fix_rows")
        return name

    def parse(self, column: StagedColumn, texts: list[str], block: int) -> pa.Table:
        """``parse_distinct`` with the options of a block, and the texts that mean something here only."""
        options = self._all_options(column, block)
        words = options.pop("flag_words", None)
        special = [_formula_row(text) for text in texts if text == FORMULA_MARK]
        if words:
            special += [
                {"text": t, "flag": "FLAGGED", "qualifier": "flag"} for t in texts if re.search(words, t.strip())
            ]
        taken = {row["text"] for row in special}
        kind = "text" if column.raw.kind == "personal" else column.raw.kind  # of personal texts only marks come here
        parsed = parse_distinct(kind, [text for text in texts if text not in taken], options)
        blank = {name: None if name in ("value", "limit_value") else "" for name in parsed.schema.names}
        rows = pa.Table.from_pylist([{**blank, **row} for row in special], schema=parsed.schema)
        found = pa.concat_tables([parsed, rows])
        given = found.column("text").to_pylist()
        printed = [self._printable(kind, text) for text in given]
        messages = [
            message if text == shorter else message.replace(shown(text), shown(shorter))
            for message, text, shorter in zip(found.column("message").to_pylist(), given, printed, strict=True)
        ]
        found = found.set_column(found.schema.get_field_index("message"), "message", pa.array(messages, pa.string()))
        return found.append_column("printed", pa.array(printed, pa.string()))

    def _printable(self, kind: str, text: str) -> str:
        """What the quarantine may show: no number of a person that slipped into another column, no mark of ours."""
        if text == FORMULA_MARK:
            return ""
        text = bare(text)
        if kind in ("credit_code", "permit_no"):
            return printable_code(text)
        return masked(len(text)) if self._has_persons and is_personal_number(text) else text


_FIX_COLUMNS = ["b", "text", "value", "qualifier", "limit_value", "unit", "flag", "error", "message", "printed"]


def _formula_row(text: str) -> dict[str, str]:
    message = "公式没有计算值，请在Excel中打开并保存后重新提交 / a formula without value"
    return {"text": text, "error": "FORMULA-NO-VALUE", "message": message}


def _with_block(parsed: pa.Table, block: int) -> pa.Table:
    return parsed.append_column("b", pa.array(np.full(parsed.num_rows, block, dtype=np.int32)))
