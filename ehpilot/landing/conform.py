"""Text records to typed rows of a raw table, once per table: plain values in SQL, the rest through their distinct texts.

Belongs here: the stage table (typed values where SQL can read them, texts where not), reading of the leftover texts, pairs of
coordinates, required cells, flags, the quarantine of bad records, the insert into ``raw.<table>``.
Does not belong here: how a text is read (``ehpilot.landing.values``), duplicates (:mod:`ehpilot.landing.duplicates`).

Rules that the contract leaves open. A missing mark (``--``) in a required column is loaded as null with its flag, but is an
empty cell where the column is part of the business key. ``flag_unless`` nulls every number of the record. A whole number
beyond 32 bits is NUMBER-PHYSICAL.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from ehpilot.landing.accounting import short_id_sql
from ehpilot.landing.personal import HASH_FUNCTION
from ehpilot.landing.reading import FORMULA_MARK
from ehpilot.landing.records import Block, Blocks, BlockSql, Text
from ehpilot.landing.sql import filled, literal, quote, trimmed
from ehpilot.landing.values import fast_sql, parse_distinct, place_points
from ehpilot.landing.values.units import convert, resolve_unit
from ehpilot.register import RawColumn, RawTable

PLACE = "_block, _file_no, _sheet, _row, _ord, _field, _id_field, _class, _hidden"
INTEGER_BOUND = 2_147_483_647
_NUMERIC = ("number", "integer", "percent", "measurement")
_SQL_TYPE = {
    "number": "double", "percent": "double", "measurement": "double", "longitude": "double", "latitude": "double",
    "integer": "bigint", "date": "date", "date_range_start": "date", "date_range_end": "date", "timestamp": "timestamp",
    "mark": "boolean",
}  # fmt: skip
PROVENANCE_DDL = (
    "_record_id varchar, _file_no integer, _sheet varchar, _row bigint, _field varchar, _flags varchar[], "
    "_cells varchar, _loaded_at timestamp"
)


@dataclass
class Conforming:
    """What the conforming of a table needs besides its blocks."""

    con: duckdb.DuckDBPyConnection
    aliases: dict[str, Any]
    bounds: tuple[float, float, float, float] | None
    loaded_at: Any
    scratch: str


@dataclass
class _Column:
    """A fed raw column: by block its text, options and whether it is required."""

    raw: RawColumn
    texts: dict[int, Text] = field(default_factory=dict)
    options: dict[int, dict[str, Any]] = field(default_factory=dict)
    required: set[int] = field(default_factory=set)
    fix: str = ""

    @property
    def value(self) -> str:
        return quote("v_" + self.raw.name)

    @property
    def rest(self) -> str:
        return quote("x_" + self.raw.name)

    @property
    def text(self) -> str:
        """Stage column with the full text, kept for measurements only."""
        return quote("t_" + self.raw.name)

    @property
    def sql_type(self) -> str:
        return _SQL_TYPE.get(self.raw.kind, "varchar")

    @property
    def keeps_text(self) -> bool:
        return self.raw.kind == "measurement"


def create_raw_table(con: duckdb.DuckDBPyConnection, table: RawTable) -> None:
    """Make ``raw.<table>`` anew, empty, with the columns of the register and the provenance columns."""
    columns = "".join(f"{quote(column.name)} {column.data_type}, " for column in table.columns)
    con.execute("create schema if not exists raw")
    con.execute(f"create or replace table raw.{quote(table.name)} ({columns}{PROVENANCE_DDL})")


class TableLoad:
    """One raw table on its way from blocks to rows. Call :meth:`stage`, then :meth:`finish`."""

    def __init__(self, setting: Conforming, table: RawTable, blocks: Blocks):
        self.setting, self.table, self.blocks = setting, table, blocks
        self.con = setting.con
        self.stage_name = f"{setting.scratch}{quote('landing_stage_' + table.name)}"
        self.sql = {block.number: BlockSql(block, table) for block in blocks.blocks}
        self.columns = self._columns()

    # -- options ----------------------------------------------------------------------------------------------------

    def _columns(self) -> list[_Column]:
        columns = []
        for raw in self.table.columns:
            column = _Column(raw)
            for block in self.blocks.blocks:
                text = self.sql[block.number].texts.get(raw.name)
                if text is None or block.is_duplicate:
                    continue
                column.texts[block.number] = text
                column.options[block.number] = self._options(block, raw)
                form = block.part.columns.get(raw.name)
                if form is not None and form.required:
                    column.required.add(block.number)
            if column.texts:
                columns.append(column)
        return columns

    def _options(self, block: Block, raw: RawColumn) -> dict[str, Any]:
        form = block.part.columns.get(raw.name)
        header = block.header(raw.name) or ""
        marks = [*(form.missing_marks if form else ()), *block.reading.missing_marks.get(header, ())]
        given = {"missing_marks": marks, "minimum": raw.minimum, "maximum": raw.maximum, "unit": raw.unit}
        given |= {"unit_in_cell": raw.unit_in_cell, "fraction": raw.meta.get("fraction")}
        if raw.kind == "integer":
            given["maximum"] = min(raw.maximum if raw.maximum is not None else INTEGER_BOUND, INTEGER_BOUND)
            given["minimum"] = max(raw.minimum if raw.minimum is not None else -INTEGER_BOUND, -INTEGER_BOUND)
        if form is not None:
            for name in ("accept", "hour_ending", "date_order", "base_year", "range", "bound", "html", "scale", "assume"):
                given[name] = getattr(form, name)
        wide = block.part.wide
        if wide is not None and wide.value_to == raw.name:
            given["missing_marks"] = [*marks, *wide.missing_marks]
            given["flag_words"] = wide.value_flag_words
        options = {n: v for n, v in given.items() if v is not None and v is not False and v not in ([], {})}
        scale = self._unit_scale(raw, block.mapping.brackets.get(raw.name))
        if scale not in (None, 1.0):
            options["scale"] = options.get("scale", 1.0) * scale
        return options

    def _unit_scale(self, raw: RawColumn, bracket: str | None) -> float | None:
        """Factor from the unit in the header's bracket to the declared one, where both are known units of one quantity."""
        if raw.kind not in _NUMERIC or not raw.unit or not bracket:
            return None
        units = self.setting.aliases.get("unit_aliases", {})
        from_unit, to_unit = (resolve_unit(text, units) for text in (bracket, raw.unit))
        if from_unit is None or to_unit is None or from_unit == to_unit:
            return None
        return convert(1.0, from_unit, to_unit, self.setting.aliases.get("unit_conversions", {}))

    def _all_options(self, column: _Column, block: int) -> dict[str, Any]:
        return {**self.setting.aliases, **column.options[block]}

    # -- stage ------------------------------------------------------------------------------------------------------

    def stage(self) -> None:
        """Write every record of the table's blocks, typed where the plain case holds, and every skipped row."""
        selects = [self._block_select(block) for block in self.blocks.blocks]
        kind = "table" if self.setting.scratch else "temp table"
        self.con.execute(f"create or replace {kind} {self.stage_name} as {' union all '.join(selects)}")

    def _block_select(self, block: Block) -> str:
        """Inside: texts and plain values; outside: what is left as text. Two steps, so that each value is read once."""
        sql = self.sql[block.number]
        inner, outer = [sql.place(), self._flagged(block, sql)], [PLACE, "_flagged"]
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
                text = trimmed(sql.texts[name].parsed)
                words = ", ".join(literal(word) for word in ["", *form.flag_unless])
                tests.append(f"coalesce({text} not in ({words}), false)")
        return f"({' or '.join(tests) or 'false'}) as _flagged"

    def _column_items(self, column: _Column, block: Block) -> tuple[list[str], list[str]]:
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

    def _personal_items(self, column: _Column, block: Block, text: str) -> tuple[list[str], list[str]]:
        """The hash in place of the text, which is never staged; only the mark of a formula without value passes."""
        value, outside = column.value, [column.value, f"null::varchar as {column.rest}"]
        if not block.reading.has_formula:
            return [f"{HASH_FUNCTION}({text}) as {value}"], outside
        mark, parsed = literal(FORMULA_MARK), quote("p_" + column.raw.name)
        digest = f"{HASH_FUNCTION}(case when {text} <> {mark} then {text} end) as {value}"
        return [digest, f"case when {text} = {mark} then {mark} end as {parsed}"], [value, f"{parsed} as {column.rest}"]

    def _plain(self, column: _Column, block: Block, text: str) -> str | None:
        """SQL of the value where the text is plain, None where this kind has no plain case."""
        options = self._all_options(column, block.number)
        words = options.pop("flag_words", None)
        plain = fast_sql(column.raw.kind, text, options)
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
        self._fix_places()
        self._find_bad()
        self._write_quarantine()
        self._insert()

    def _fix_columns(self) -> None:
        if not self.columns:
            return
        counts = self.con.execute(
            f"select {', '.join(f'count({column.rest})' for column in self.columns)} from {self.stage_name}"
        ).fetchone()
        for number, (column, count) in enumerate(zip(self.columns, counts or (), strict=True)):
            if count:
                self._fix_column(column, number)

    def _fix_column(self, column: _Column, number: int) -> None:
        found = self.con.execute(
            f"select distinct _block, {column.rest} from {self.stage_name} where {column.rest} is not null order by 1, 2"
        ).fetchall()
        groups: dict[str, tuple[int, set[int]]] = {}
        for block in sorted({row[0] for row in found}):
            groups.setdefault(repr(column.options[block]), (block, set()))[1].add(block)
        tables = []
        for first, members in groups.values():
            texts = sorted({text for block, text in found if block in members})
            parsed = self._parse(column, texts, self._all_options(column, first))
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

    def _parse(self, column: _Column, texts: list[str], options: dict[str, Any]) -> pa.Table:
        words = options.pop("flag_words", None)
        special = [_formula_row(text) for text in texts if text == FORMULA_MARK]
        if words:
            special += [{"text": t, "flag": "FLAGGED", "qualifier": "flag"} for t in texts if re.search(words, t.strip())]
        taken = {row["text"] for row in special}
        kind = "text" if column.raw.kind == "personal" else column.raw.kind  # of personal texts only marks come here
        parsed = parse_distinct(kind, [text for text in texts if text not in taken], options)
        blank = {name: None if name in ("value", "limit_value") else "" for name in parsed.schema.names}
        rows = pa.Table.from_pylist([{**blank, **row} for row in special], schema=parsed.schema)
        return pa.concat_tables([parsed, rows])

    def _joined(self) -> str:
        """The stage with the readings of the leftovers beside it."""
        joins = [
            f" left join {column.fix} on {column.fix}.b = s._block and {column.fix}.text = s.{column.rest}"
            for column in self.columns
            if column.fix
        ]
        return f"{self.stage_name} as s{''.join(joins)}"

    def _value(self, column: _Column) -> str:
        return f"coalesce(s.{column.value}, {column.fix}.value)" if column.fix else f"s.{column.value}"

    # -- coordinates ------------------------------------------------------------------------------------------------

    def _by_kind(self, kind: str) -> _Column | None:
        return next((column for column in self.columns if column.raw.kind == kind), None)

    def _fix_places(self) -> None:
        """Repair or null pairs of coordinates that are swapped, zero, outside or in an offset system."""
        longitude, latitude, system = (self._by_kind(kind) for kind in ("longitude", "latitude", "crs"))
        self.places = bool(longitude and latitude)
        if longitude is None or latitude is None:
            return
        lon, lat = self._value(longitude), self._value(latitude)
        crs = f"coalesce({self._value(system)}, {self._form_crs()})" if system else self._form_crs()
        tests = [
            f"(s._block = {block.number} and not ({_inside(lon, lat, self._bounds(block))}))" for block in self.blocks.blocks
        ]
        found = self.con.execute(
            f"select s.rowid as rid, s._block as block, {lon} as lon, {lat} as lat, {crs} as crs from {self._joined()} "
            f"where {lon} is not null and {lat} is not null and ({crs} not in ('CGCS2000', 'WGS84') or {' or '.join(tests)})"
        ).to_arrow_table()
        self.places = found.num_rows > 0
        if not self.places:
            return
        placed = [self._place(found, block) for block in self.blocks.blocks]
        self.con.register("landing_place_rows", pa.concat_tables([table for table in placed if table is not None]))
        self.con.execute("create or replace temp table landing_fix_place as select * from landing_place_rows")
        self.con.unregister("landing_place_rows")

    def _place(self, found: pa.Table, block: Block) -> pa.Table | None:
        mine = found.filter(pa.compute.equal(found.column("block"), block.number))
        if mine.num_rows == 0:
            return None
        lon, lat = (mine.column(name).to_numpy().astype(np.float64) for name in ("lon", "lat"))
        placed = place_points(lon, lat, mine.column("crs").to_pylist(), self._bounds(block))
        return pa.table({
            "rid": mine.column("rid"), "lon": placed.column("longitude"), "lat": placed.column("latitude"),
            "flags": placed.column("flags").cast(pa.list_(pa.string())),
        })  # fmt: skip

    def _bounds(self, block: Block) -> tuple[float, float, float, float] | None:
        area = block.reading.form.area
        if area == "none":
            return None
        return self.setting.bounds if area is None or isinstance(area, str) else area.bounds

    def _form_crs(self) -> str:
        """SQL of the system that a record without a word of its own is in (offset readers have undone theirs)."""
        systems = {block.number: block.reading.form.crs for block in self.blocks.blocks if not block.reading.source_crs}
        offset = {number: crs for number, crs in systems.items() if crs not in ("CGCS2000", "WGS84")}
        cases = "".join(f" when {number} then {literal(crs)}" for number, crs in offset.items())
        return f"case s._block{cases} else 'CGCS2000' end" if cases else "'CGCS2000'"

    # -- bad records ------------------------------------------------------------------------------------------------

    def _find_bad(self) -> None:
        """Temp table of faults: record, raw column, value, code, message; a record may have several."""
        selects = ["select null::bigint as rid, '' as col, '' as value, '' as code, '' as message where false"]
        for column in self.columns:
            name = literal(column.raw.name)
            if column.fix:
                selects.append(
                    f"select s.rowid, {name}, s.{column.rest}, f.error, f.message from {self.stage_name} as s "
                    f"join {column.fix} as f on f.b = s._block and f.text = s.{column.rest} "
                    f"where f.error <> '' and s._class is null"
                )
            if column.required:
                selects.append(self._empty_select(column, name))
        selects.append(f"select rowid, '', '', 'NO-FORM', '表中没有任何部分接收此行 / no part of the form takes this row' "
                       f"from {self.stage_name} where _class = 'NO-FORM'")
        self.con.execute(f"create or replace temp table landing_bad as {' union all '.join(selects)}")
        self.has_bad = bool(self.con.execute("select count(*) from landing_bad").fetchone()[0])  # type: ignore[index]

    def _empty_select(self, column: _Column, name: str) -> str:
        blocks = ", ".join(str(block) for block in sorted(column.required))
        empty = f"s.{column.value} is null and s.{column.rest} is null"
        message = literal(f"必填项“{column.raw.label}”为空 / a required field is empty")
        select = f"select s.rowid, {name}, '', 'REQUIRED-EMPTY', {message} from {self.stage_name} as s "
        if column.fix and column.raw.name in self.table.grain:
            select = (
                f"select s.rowid, {name}, coalesce(s.{column.rest}, ''), 'REQUIRED-EMPTY', {message} "
                f"from {self.stage_name} as s left join {column.fix} as f on f.b = s._block and f.text = s.{column.rest} "
            )
            empty = f"s.{column.value} is null and (s.{column.rest} is null or (f.value is null and f.error = ''))"
        return f"{select} where s._class is null and s._block in ({blocks}) and {empty}"

    def _write_quarantine(self) -> None:
        if not self.has_bad:
            return
        headers = [
            (block.number, column.raw.name, block.header(column.raw.name) or "")
            for block in self.blocks.blocks
            for column in self.columns
        ]
        self.con.register("landing_headers", pa.table({
            "b": pa.array([h[0] for h in headers], pa.int32()), "col": [h[1] for h in headers], "header": [h[2] for h in headers],
        }))  # fmt: skip
        labels = "".join(f" when {literal(c.raw.name)} then {literal(c.raw.label)}" for c in self.columns)
        label = f"case bad.col{labels} else '' end" if labels else "''"
        value_to = {b.number: b.part.wide.value_to for b in self.blocks.blocks if b.part.wide is not None}
        in_cell = "".join(f" when s._block = {n} and bad.col = {literal(c)} then s._field" for n, c in value_to.items())
        shown = f"coalesce(nullif(case{in_cell} else h.header end, ''), {label})" if in_cell else f"coalesce(nullif(h.header, ''), {label})"
        record = short_id_sql("f.id_hash", "s._sheet", "s._row::varchar", "s._id_field")
        self.con.execute(f"""
            insert into intake.quarantine by name
            select {short_id_sql('record_id', literal(self.table.name), 'col', 'code')} as quarantine_id, * exclude (col, code),
                code as reason_code, {literal(self.table.name)} as raw_table
            from (select {record} as record_id, s._file_no as file_no, s._sheet as sheet, s._row as row_number,
                    {shown} as field, left(bad.value, 2000) as value, bad.message as message, bad.col as col, bad.code as code
                from landing_bad as bad join {self.stage_name} as s on s.rowid = bad.rid
                join landing_files as f on f.file_no = s._file_no
                left join landing_headers as h on h.b = s._block and h.col = bad.col
                order by s._file_no, s._sheet, s._row, s._ord, bad.col)""")
        self.con.unregister("landing_headers")

    # -- rows -------------------------------------------------------------------------------------------------------

    def _insert(self) -> None:
        names, items = [], []
        for column in self.columns:
            for name, expression, data_type in self._outputs(column):
                names.append(quote(name))
                items.append(f"cast({expression} as {data_type})")
        record = "null" if not self.table.keeps_cells else short_id_sql(
            "f.id_hash", "s._sheet", "s._row::varchar", "s._id_field"
        )
        names += ["_record_id", "_file_no", "_sheet", "_row", "_field", "_flags", "_cells", "_loaded_at"]
        cells = "s._cells" if self.table.keeps_cells else "null"
        items += [record, "s._file_no", "s._sheet", "s._row", "s._field", self._flags(), cells, f"timestamp '{self.setting.loaded_at}'"]
        joins = " join landing_files as f on f.file_no = s._file_no" if self.table.keeps_cells else ""
        joins += " left join landing_fix_place as p on p.rid = s.rowid" if self.places else ""
        where = "s._class is null" + (" and s.rowid not in (select rid from landing_bad)" if self.has_bad else "")
        # a csv too big for memory comes in its own order, and sorting it would cost more than reading it
        order = "" if any(block.is_large for block in self.blocks.blocks) else " order by s._file_no, s._sheet, s._row, s._ord"
        self.con.execute(
            f"insert into raw.{quote(self.table.name)} ({', '.join(names)}) "
            f"select {', '.join(items)} from {self._joined()}{joins} where {where}{order}"
        )

    def _outputs(self, column: _Column) -> list[tuple[str, str, str]]:
        """Raw columns that a fed column fills, with SQL and type: its own and its companions."""
        raw, declared = column.raw, self.table.column
        value = self._value(column)
        if raw.kind in ("longitude", "latitude") and self.places:
            axis = "lon" if raw.kind == "longitude" else "lat"
            value = f"case when p.rid is not null then p.{axis} else {value} end"
        if raw.kind in _NUMERIC:
            value = f"case when not s._flagged then {value} end" if self._flags_rows() else value
        outputs = [(raw.name, value, raw.data_type)]
        if raw.kind == "measurement":
            outputs += self._measurement(column)
        unit = f"{raw.name}_unit"
        if raw.unit_in_cell and unit in declared:
            own = f"nullif({column.fix}.unit, '')" if column.fix else "null"
            outputs.append((unit, f"coalesce({own}, {self._bracket_unit(raw)})", "varchar"))
        return outputs

    def _measurement(self, column: _Column) -> list[tuple[str, str, str]]:
        raw, declared = column.raw, self.table.column
        qualifier = f"coalesce({column.fix}.qualifier, '')" if column.fix else "''"
        if self._flags_rows():
            qualifier = f"case when s._flagged then 'flag' else {qualifier} end"
        qualifier = f"case when s.{column.text} is not null then {qualifier} end"
        limit = f"{column.fix}.limit_value" if column.fix else "null"
        found = [
            (f"{raw.name}_text", f"s.{column.text}", "varchar"),
            (f"{raw.name}_qualifier", qualifier, "varchar"),
            (f"{raw.name}_limit", limit, "double"),
        ]
        return [item for item in found if item[0] in declared]

    def _bracket_unit(self, raw: RawColumn) -> str:
        """SQL of the unit in the header's bracket, for numbers whose cell names none."""
        units = self.setting.aliases.get("unit_aliases", {})
        cases = ""
        for block in self.blocks.blocks:
            bracket = block.mapping.brackets.get(raw.name)
            unit = resolve_unit(bracket, units) if bracket else None
            if unit:
                cases += f" when {block.number} then {literal(unit)}"
        return f"case s._block{cases} end" if cases else "null"

    def _flags_rows(self) -> bool:
        return any(form.flag_unless for block in self.blocks.blocks for form in block.part.columns.values())

    def _flags(self) -> str:
        """SQL of the sorted list of reason codes with which a record is loaded."""
        single = ["case when s._hidden then 'HIDDEN-ROW' end"]
        single += [f"{column.fix}.flag" for column in self.columns if column.fix]
        if self._flags_rows():
            single.append("case when s._flagged then 'FLAGGED' end")
        listed = f"[{', '.join(single)}]"
        if self.places:
            listed = f"list_concat({listed}, coalesce(p.flags, []))"
        plain = [f"coalesce({item}, '') = ''" for item in single[1:]] + (["p.rid is null"] if self.places else [])
        nothing = " and ".join(["not s._hidden", *plain])
        return (
            f"case when {nothing} then []::varchar[] else "
            f"list_sort(list_distinct(list_filter({listed}, lambda flag: flag is not null and flag <> ''))) end"
        )


_FIX_COLUMNS = ["b", "text", "value", "qualifier", "limit_value", "unit", "flag", "error", "message"]


def _formula_row(text: str) -> dict[str, str]:
    message = "公式没有计算值，请在Excel中打开并保存后重新提交 / a formula without value"
    return {"text": text, "error": "FORMULA-NO-VALUE", "message": message}


def _with_block(parsed: pa.Table, block: int) -> pa.Table:
    return parsed.append_column("b", pa.array(np.full(parsed.num_rows, block, dtype=np.int32)))


def _inside(lon: str, lat: str, bounds: Sequence[float] | None) -> str:
    if bounds is None:
        return f"abs({lon}) <= 180 and abs({lat}) <= 90 and {lon} <> 0 and {lat} <> 0"
    west, south, east, north = bounds
    return f"{lon} between {west!r} and {east!r} and {lat} between {south!r} and {north!r}"
