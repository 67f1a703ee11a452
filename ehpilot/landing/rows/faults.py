"""Bad records of a table: every fault found, and the quarantine written.

Belongs here: empty required cells, texts that cannot be read, rows that no part takes. A record may have several
faults. Does not belong here: conflicts of keys (:mod:`ehpilot.landing.books.duplicates`), files and lines
(:mod:`ehpilot.landing.layout.sheets`).
"""

from __future__ import annotations

import pyarrow as pa

from ehpilot.landing.books.accounting import short_id_sql
from ehpilot.landing.rows.blocks import Block
from ehpilot.landing.rows.cell_units import misfit_select
from ehpilot.landing.rows.physical import beyond_sense
from ehpilot.landing.rows.stage import Stage, StagedColumn
from ehpilot.landing.sql import literal


def find_faults(stage: Stage) -> bool:
    """Temp table ``landing_bad`` of faults: record, raw column, value, code, message; a record may have several.

    Returns:
        True where there is one.
    """
    selects = ["select null::bigint as rid, '' as col, '' as value, '' as code, '' as message where false"]
    for column in stage.columns:
        name = literal(column.raw.name)
        if column.fix:
            selects.append(
                f"select s.rowid, {name}, f.printed, f.error, f.message from {stage.name} as s "
                f"join {column.fix} as f on f.b = s._block and f.text = s.{column.rest} "
                f"where f.error <> '' and s._class is null"
            )
        if column.cell_unit:
            selects.append(misfit_select(stage, column))
        unlikely = beyond_sense(stage, column)
        if unlikely is not None:
            selects.append(unlikely)
        if column.required:
            selects.append(_empty_select(stage, column, name))
    selects += [_none_select(stage, block) for block in stage.blocks if block.part.require_any]
    selects.append(
        f"select rowid, '', '', 'NO-FORM', '表中没有任何部分接收此行 / no part of the form takes this row' "
        f"from {stage.name} where _class = 'NO-FORM'"
    )
    stage.con.execute(f"create or replace temp table landing_bad as {' union all '.join(selects)}")
    found = stage.con.execute("select count(*) from landing_bad").fetchone()
    return found is not None and found[0] > 0


def _empty_select(stage: Stage, column: StagedColumn, name: str) -> str:
    blocks = ", ".join(str(block) for block in sorted(column.required))
    empty = f"s.{column.value} is null and s.{column.rest} is null"
    message = literal(f"必填项“{column.raw.label}”为空 / a required field is empty")
    select = f"select s.rowid, {name}, '', 'REQUIRED-EMPTY', {message} from {stage.name} as s "
    if column.fix and column.raw.name in stage.table.grain:
        select = (
            f"select s.rowid, {name}, coalesce(s.{column.rest}, ''), 'REQUIRED-EMPTY', {message} "
            f"from {stage.name} as s left join {column.fix} as f on f.b = s._block and f.text = s.{column.rest} "
        )
        empty = f"s.{column.value} is null and (s.{column.rest} is null or (f.value is null and f.error = ''))"
    return f"{select} where s._class is null and s._block in ({blocks}) and {empty}"


def none_filled(stage: Stage, block: Block) -> str:
    """SQL over the stage ``s``: none of ``require_any`` has a text."""
    columns = [column for column in stage.columns if column.raw.name in block.part.require_any]
    return " and ".join(["true", *(f"s.{column.value} is null and s.{column.rest} is null" for column in columns)])


def _none_select(stage: Stage, block: Block) -> str:
    """Records in which every one of ``require_any`` is empty or a missing mark."""
    names = block.part.require_any
    columns = [column for column in stage.columns if column.raw.name in names]
    joins, empty = "", ["true"]
    for number, column in enumerate(columns):
        nothing = f"s.{column.rest} is null"
        if column.fix:
            fix = f"f{number}"
            joins += f" left join {column.fix} as {fix} on {fix}.b = s._block and {fix}.text = s.{column.rest}"
            nothing = f"({nothing} or ({fix}.value is null and {fix}.error = ''))"
        empty.append(f"s.{column.value} is null and {nothing}")
    labels = "”“".join(stage.table.column[name].label for name in names)
    message = literal(f"“{labels}”至少填一项 / one of these fields is required")
    return (
        f"select s.rowid, {literal(names[0])}, '', 'REQUIRED-EMPTY', {message} from {stage.name} as s{joins} "
        f"where s._class is null and s._block = {block.number} and {' and '.join(empty)}"
    )


def write_quarantine(stage: Stage) -> None:
    """Book the faults that :func:`find_faults` found in ``intake.quarantine``."""
    headers = [
        (block.number, column.raw.name, block.header(column.raw.name) or "")
        for block in stage.blocks
        for column in stage.columns
    ]
    stage.con.register("landing_headers", pa.table({
        "b": pa.array([h[0] for h in headers], pa.int32()), "col": [h[1] for h in headers],
        "header": [h[2] for h in headers],
    }))  # fmt: skip
    labels = "".join(f" when {literal(c.raw.name)} then {literal(c.raw.label)}" for c in stage.columns)
    label = f"case bad.col{labels} else '' end" if labels else "''"
    value_to = {b.number: b.part.wide.value_to for b in stage.blocks if b.part.wide is not None}
    in_cell = "".join(f" when s._block = {n} and bad.col = {literal(c)} then s._field" for n, c in value_to.items())
    shown = (
        f"coalesce(nullif(case{in_cell} else h.header end, ''), {label})"
        if in_cell
        else f"coalesce(nullif(h.header, ''), {label})"
    )
    record = short_id_sql("f.id_hash", "s._sheet", "s._row::varchar", "s._id_field")
    stage.con.execute(f"""
        insert into intake.quarantine by name
        select {short_id_sql("record_id", literal(stage.table.name), "col", "code")} as quarantine_id,
        * exclude (col, code),
            code as reason_code, {literal(stage.table.name)} as raw_table
        from (select {record} as record_id, s._file_no as file_no, s._sheet as sheet, s._row as row_number,
                {shown} as field, left(bad.value, 2000) as value, bad.message as message, bad.col as col,
                bad.code as code
            from landing_bad as bad join {stage.name} as s on s.rowid = bad.rid
            join landing_files as f on f.file_no = s._file_no
            left join landing_headers as h on h.b = s._block and h.col = bad.col
            -- two columns that read one cell (有效期限: start and end) find one fault
            qualify row_number() over (
                partition by s.rowid, {shown}, bad.value, bad.code, bad.message order by bad.col) = 1
            order by s._file_no, s._sheet, s._row, s._ord, bad.col)""")
    stage.con.unregister("landing_headers")
