"""Text records to typed rows of a raw table, once per table: plain values in SQL, the rest through their distinct
texts.

Belongs here: the stage table (typed values where SQL can read them, texts where not) and reading of the leftover texts.
Does not belong here: the steps after it (``places``, ``faults``, ``raw_rows``, ``duplicates``), how a text is read
(``ehpilot.landing.values``).

Rules that the contract leaves open. A missing mark (``--``) in a required column is loaded as null with its flag, but
is an empty cell where the column is part of the business key. ``flag_unless`` nulls every number of the record. A whole
number beyond 32 bits is NUMBER-PHYSICAL.
"""

from __future__ import annotations

import re
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from ehpilot.landing.layout.sheet_part import FORMULA_MARK
from ehpilot.landing.personal import HASH_FUNCTION, is_personal_number, masked
from ehpilot.landing.rows.blocks import Block, Blocks
from ehpilot.landing.rows.cell_units import adopt_header_unit, header_unit, settle_cell_units, stands_beside_unit
from ehpilot.landing.rows.columns import Conforming, FedColumn, column_options, note_factor
from ehpilot.landing.rows.faults import find_bad, write_quarantine
from ehpilot.landing.rows.places import fix_places
from ehpilot.landing.rows.raw_rows import insert_rows
from ehpilot.landing.rows.records import BlockSql
from ehpilot.landing.sql import filled, literal, quote, trimmed
from ehpilot.landing.values import fast_sql, parse_distinct, printable_code
from ehpilot.landing.values.cell_value import shown
from ehpilot.register import RawTable

PLACE = "_block, _file_no, _sheet, _row, _ord, _field, _id_field, _class, _hidden"
PROVENANCE_DDL = (
    "_record_id varchar, _file_no integer, _sheet varchar, _row bigint, _field varchar, _flags varchar[], "
    "_cells varchar, _loaded_at timestamp"
)


def create_raw_table(con: duckdb.DuckDBPyConnection, table: RawTable) -> None:
    """Make ``raw.<table>`` anew, empty, with the columns of the register and the provenance columns."""
    con.execute("create schema if not exists raw")
    con.execute(f"create or replace table raw.{quote(table.name)} ({table.columns_sql}, {PROVENANCE_DDL})")


class TableLoad:
    """One raw table on its way from blocks to rows. Call :meth:`stage`, then :meth:`finish`."""

    def __init__(self, setting: Conforming, table: RawTable, blocks: Blocks):
        self.setting, self.table, self.blocks = setting, table, blocks
        self.con = setting.con
        self.places = self.has_bad = False
        self.has_persons = any(column.kind == "personal" for column in table.columns)
        self.stage_name = f"{setting.scratch}{quote('landing_stage_' + table.name)}"
        self.adopted: list[str] = []  # SQL of units that cells give to records which have none
        self.sql = {block.number: BlockSql(block, table) for block in blocks.blocks}
        self.columns = self._columns()
        self.known: dict[str, str] = {}  # raw column → SQL of its plain values, where fast_sql has none

    # -- options ----------------------------------------------------------------------------------------------------

    def _columns(self) -> list[FedColumn]:
        columns = []
        header_units = {}
        for block in self.blocks.blocks:
            header_units[block.number] = header_unit(block, self.table, self.setting.aliases)
            adopt_header_unit(block, self.table, self.sql[block.number].texts, header_units[block.number])
        for raw in self.table.columns:
            column = FedColumn(raw)
            for block in self.blocks.blocks:
                text = self.sql[block.number].texts.get(raw.name)
                if text is None or block.is_duplicate:
                    continue
                column.texts[block.number] = text
                options = column_options(block, raw, self.setting.aliases)
                if stands_beside_unit(self.table, raw):
                    options["unit_beside"] = True
                    note_factor(options, header_units[block.number].factors.get(raw.name, 1.0))
                column.options[block.number] = options
                form = block.part.columns.get(raw.name)
                if form is not None and form.required:
                    column.required.add(block.number)
            if column.texts:
                columns.append(column)
        return columns

    def _all_options(self, column: FedColumn, block: int) -> dict[str, Any]:
        return {**self.setting.aliases, **column.options[block]}

    # -- stage ------------------------------------------------------------------------------------------------------

    def stage(self) -> None:
        """Write every record of the table's blocks, typed where the plain case holds, and every skipped row."""
        selects = [self.block_select(block) for block in self.blocks.blocks]
        kind = "table" if self.setting.scratch else "temp table"
        self.con.execute(f"create or replace {kind} {self.stage_name} as {' union all '.join(selects)}")

    def block_select(self, block: Block, *kept: str) -> str:
        """Inside: texts and plain values; outside: what is left as text. Two steps, so that each value is read once.

        ``kept``: cells (c0 …) that are selected too.
        """
        sql = self.sql[block.number]
        inner, outer = [sql.place(), self._flagged(block, sql), *kept], [PLACE, "_flagged", *kept]
        for column in self.columns:
            inside, outside = self._column_items(column, block)
            inner += inside
            outer += outside
        if self.table.keeps_cells:
            inner.append(self._cells(block, sql))
            outer.append("_cells")
        condition = sql.record_condition()
        where = "" if condition == "true" else f" where {condition}"
        return f"select {', '.join(outer)} from (select {', '.join(inner)} from {sql.select()}{where})"

    def _flagged(self, block: Block, sql: BlockSql) -> str:
        tests = []
        for name, form in block.part.columns.items():
            if form.flag_unless is not None and name in sql.texts:
                text = sql.texts[name].parsed
                words = ", ".join(map(literal, ["", *form.flag_unless]))
                flagged = f"coalesce({trimmed(text)} not in ({words}), false)"
                tests.append(f"case when {text} in ({words}) then false else {flagged} end")  # trimming is dear
        return f"({' or '.join(tests) or 'false'}) as _flagged"

    def _column_items(self, column: FedColumn, block: Block) -> tuple[list[str], list[str]]:
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
        plain = self._plain(column, block, text.parsed)
        inside = [f"{text.parsed} as {parsed}", f"{plain or 'null'}::{column.sql_type} as {value}"]
        left = filled(parsed) if plain is None else f"{value} is null and {filled(parsed)}"
        outside = [value, f"case when {left} then {parsed} end as {column.rest}"]
        if column.keeps_text:
            outside.append(f"case when {filled(parsed)} then {parsed} end as {column.text}")
        return inside, outside

    def _personal_items(self, column: FedColumn, block: Block, text: str) -> tuple[list[str], list[str]]:
        """The hash in place of the text, which is never staged; only the mark of a formula without value passes."""
        value, outside = column.value, [column.value, f"null::varchar as {column.rest}"]
        if not block.reading.has_formula:
            return [f"{HASH_FUNCTION}({text}) as {value}"], outside
        mark, parsed = literal(FORMULA_MARK), quote("p_" + column.raw.name)
        digest = f"{HASH_FUNCTION}(case when {text} <> {mark} then {text} end) as {value}"
        return [digest, f"case when {text} = {mark} then {mark} end as {parsed}"], [value, f"{parsed} as {column.rest}"]

    def _plain(self, column: FedColumn, block: Block, text: str) -> str | None:
        """SQL of the value where the text is plain, None where this kind has no plain case."""
        options = self._all_options(column, block.number)
        words = options.pop("flag_words", None)
        plain = self.known.get(column.raw.name) or fast_sql(column.raw.kind, text, options)
        if plain is None:
            return None
        if block.reading.has_formula:
            plain = f"case when {text} <> {literal(FORMULA_MARK)} then {plain} end"
        if words:
            plain = f"case when not regexp_matches(trim({text}), {literal(words)}) then {plain} end"
        return f"({plain})"

    def _cells(self, block: Block, sql: BlockSql) -> str:
        shown = []
        for column in self.columns:
            text = sql.texts.get(column.raw.name)
            if text is not None and text.cell is not None and column.raw.kind != "personal" and not block.is_duplicate:
                shown.append(f"{quote(column.raw.name)} := {text.cell}")
        packed = f"to_json(struct_pack({', '.join(shown)}))::varchar" if shown else "null::varchar"
        return f"case when _class is null then {packed} end as _cells"

    # -- leftovers --------------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """Read the leftovers, quarantine bad records and insert the good ones into ``raw.<table>``."""
        self._fix_columns()
        settle_cell_units(self)
        fix_places(self)
        find_bad(self)
        write_quarantine(self)
        insert_rows(self)

    def _fix_columns(self) -> None:
        if not self.columns:
            return
        counts = self.con.execute(
            f"select {', '.join(f'count({column.rest})' for column in self.columns)} from {self.stage_name}"
        ).fetchone()
        for number, (column, count) in enumerate(zip(self.columns, counts or (), strict=True)):
            if count:
                self._fix_column(column, number)

    def _fix_column(self, column: FedColumn, number: int) -> None:
        found = self.con.execute(
            f"select distinct _block, {column.rest} from {self.stage_name} where {column.rest} is not null "
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
        column.fix = f"landing_fix_{number}"
        fixed = pa.concat_tables([table.select(_FIX_COLUMNS) for table in tables])
        self.con.register("landing_fix_rows", fixed)
        self.con.execute(f"create or replace temp table {column.fix} as select * from landing_fix_rows")
        self.con.unregister("landing_fix_rows")

    def parse(self, column: FedColumn, texts: list[str], block: int) -> pa.Table:
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
        if kind in ("credit_code", "permit_no"):
            return printable_code(text)
        return masked(len(text)) if self.has_persons and is_personal_number(text) else text

    def joined(self) -> str:
        """The stage with the readings of the leftovers beside it."""
        joins = [
            f" left join {column.fix} on {column.fix}.b = s._block and {column.fix}.text = s.{column.rest}"
            for column in self.columns
            if column.fix
        ]
        joins += [
            f" left join {column.cell_unit} on {column.cell_unit}.rid = s.rowid"
            for column in self.columns
            if column.cell_unit
        ]
        return f"{self.stage_name} as s{''.join(joins)}"

    def value(self, column: FedColumn) -> str:
        """SQL of a column's value over :meth:`joined`."""
        if not column.fix:
            return f"s.{column.value}"
        value = f"coalesce(s.{column.value}, {column.fix}.value)"
        return f"{value} * {self.cell_factor(column)}" if column.cell_unit else value

    def cell_factor(self, column: FedColumn) -> str:
        """SQL of the factor from the unit that the cell names to that of the record."""
        return f"coalesce({column.cell_unit}.factor, 1.0)" if column.cell_unit else "1.0"


_FIX_COLUMNS = ["b", "text", "value", "qualifier", "limit_value", "unit", "flag", "error", "message", "printed"]


def _formula_row(text: str) -> dict[str, str]:
    message = "公式没有计算值，请在Excel中打开并保存后重新提交 / a formula without value"
    return {"text": text, "error": "FORMULA-NO-VALUE", "message": message}


def _with_block(parsed: pa.Table, block: int) -> pa.Table:
    return parsed.append_column("b", pa.array(np.full(parsed.num_rows, block, dtype=np.int32)))
