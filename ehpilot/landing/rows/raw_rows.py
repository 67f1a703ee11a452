"""The good records of a table into ``raw.<table>``: values, companions, flags, provenance.

Belongs here: the one insert of a raw table. Does not belong here: what is read or refused before it.
"""

from __future__ import annotations

from ehpilot.landing.books.accounting import short_id_sql
from ehpilot.landing.rows.cell_units import unit_output
from ehpilot.landing.rows.columns import NUMERIC
from ehpilot.landing.rows.stage import Stage, StagedColumn
from ehpilot.landing.sql import literal, quote
from ehpilot.landing.values.units import resolve_unit
from ehpilot.register import RawColumn


def insert_rows(stage: Stage, has_places: bool, has_faults: bool) -> None:
    """Insert the stage's good records.

    Args:
        has_places: temp table ``landing_fix_place`` holds repaired pairs of coordinates.
        has_faults: temp table ``landing_bad`` names records that are not good.
    """
    names, items = value_items(stage, has_places)
    record = (
        "null"
        if not stage.table.keeps_cells
        else short_id_sql("f.id_hash", "s._sheet", "s._row::varchar", "s._id_field")
    )
    names += ["_record_id", "_file_no", "_sheet", "_row", "_field", "_flags", "_cells", "_loaded_at"]
    cells = "s._cells" if stage.table.keeps_cells else "null"
    items += [
        record,
        "s._file_no",
        "s._sheet",
        "s._row",
        "s._field",
        _flags(stage, has_places),
        cells,
        f"timestamp '{stage.setting.loaded_at}'",
    ]
    joins = " join landing_files as f on f.file_no = s._file_no" if stage.table.keeps_cells else ""
    joins += " left join landing_fix_place as p on p.rid = s.rowid" if has_places else ""
    where = "s._class is null" + (" and s.rowid not in (select rid from landing_bad)" if has_faults else "")
    # a csv too big for memory comes in its own order, and sorting it would cost more than reading it
    in_order = " order by s._file_no, s._sheet, s._row, s._ord, s._block"
    order = "" if any(block.is_large for block in stage.blocks) else in_order
    stage.con.execute(
        f"insert into raw.{quote(stage.table.name)} ({', '.join(names)}) "
        f"select {', '.join(items)} from {stage.joined()}{joins} where {where}{order}"
    )


def value_items(stage: Stage, has_places: bool) -> tuple[list[str], list[str]]:
    """Raw columns that are fed, and their SQL over :meth:`Stage.joined`."""
    names, items = [], []
    for column in stage.columns:
        for name, expression, data_type in _outputs(stage, column, has_places):
            names.append(quote(name))
            items.append(f"cast({expression} as {data_type})")
    adopted = unit_output(stage)
    if adopted is not None:
        name, expression = adopted
        if name in names:
            items[names.index(name)] = expression
        else:
            names.append(name)
            items.append(expression)
    return names, items


def _outputs(stage: Stage, column: StagedColumn, has_places: bool) -> list[tuple[str, str, str]]:
    """Raw columns that a fed column fills, with SQL and type: its own and its companions."""
    raw, declared = column.raw, stage.table.column
    value = stage.value(column)
    if raw.kind in ("longitude", "latitude") and has_places:
        axis = "lon" if raw.kind == "longitude" else "lat"
        value = f"case when p.rid is not null then p.{axis} else {value} end"
    if raw.kind in NUMERIC:
        value = f"case when not s._flagged then {value} end" if _flags_rows(stage) else value
    outputs = [(raw.name, value, raw.data_type)]
    if raw.kind == "measurement":
        outputs += _measurement(stage, column)
    unit = f"{raw.name}_unit"
    if raw.unit_in_cell and unit in declared:
        own = f"nullif({column.fix}.unit, '')" if column.fix else "null"
        outputs.append((unit, f"coalesce({own}, {_bracket_unit(stage, raw)})", "varchar"))
    return outputs


def _measurement(stage: Stage, column: StagedColumn) -> list[tuple[str, str, str]]:
    raw, declared = column.raw, stage.table.column
    qualifier = f"coalesce({column.fix}.qualifier, '')" if column.fix else "''"
    if _flags_rows(stage):
        qualifier = f"case when s._flagged then 'flag' else {qualifier} end"
    given = f"(s.{column.text} is not null or s.{column.rest} is not null)"
    qualifier = f"case when {given} then {qualifier} end"
    limit = f"{column.fix}.limit_value * {stage.cell_factor(column)}" if column.fix else "null"
    found = [
        (f"{raw.name}_text", f"s.{column.text}", "varchar"),
        (f"{raw.name}_qualifier", qualifier, "varchar"),
        (f"{raw.name}_limit", limit, "double"),
    ]
    return [item for item in found if item[0] in declared]


def _bracket_unit(stage: Stage, raw: RawColumn) -> str:
    """SQL of the unit in the header's bracket, for numbers whose cell names none."""
    units = stage.setting.aliases["unit_aliases"]
    cases = ""
    for block in stage.blocks:
        bracket = block.mapping.brackets.get(raw.name)
        unit = resolve_unit(bracket, units) if bracket else None
        if unit:
            cases += f" when {block.number} then {literal(unit)}"
    return f"case s._block{cases} end" if cases else "null"


def _flags_rows(stage: Stage) -> bool:
    return any(form.flag_unless for block in stage.blocks for form in block.part.columns.values())


def _flags(stage: Stage, has_places: bool) -> str:
    """SQL of the sorted list of reason codes with which a record is loaded."""
    single = ["case when s._hidden then 'HIDDEN-ROW' end"]
    single += [f"{column.fix}.flag" for column in stage.columns if column.fix]
    if _flags_rows(stage):
        single.append("case when s._flagged then 'FLAGGED' end")
    listed = f"[{', '.join(single)}]"
    if has_places:
        listed = f"list_concat({listed}, coalesce(p.flags, []))"
    plain = [f"coalesce({item}, '') = ''" for item in single[1:]] + (["p.rid is null"] if has_places else [])
    nothing = " and ".join(["not s._hidden", *plain])
    return (
        f"case when {nothing} then []::varchar[] else "
        f"list_sort(list_distinct(list_filter({listed}, lambda flag: flag is not null and flag <> ''))) end"
    )
