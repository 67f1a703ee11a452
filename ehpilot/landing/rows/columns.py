"""The options with which the texts of a raw column are read, block by block.

Belongs here: options from form, register and header. Does not belong here: the column on its stage
(:mod:`ehpilot.landing.rows.stage`), what an option means (``values.kinds``).
"""

from __future__ import annotations

from typing import Any

from ehpilot.landing.rows.blocks import Block
from ehpilot.landing.rows.stage import StageSetting
from ehpilot.landing.values.aliases import AliasOptions
from ehpilot.landing.values.units import looks_like_unit, resolve_unit, stated_factor
from ehpilot.register import RawColumn, RawTable

INTEGER_BOUND = 2_147_483_647
NUMERIC = ("number", "integer", "percent", "measurement")
_TIMES = ("date", "timestamp", "period", "date_range_start", "date_range_end")
_FORM_OPTIONS = ("accept", "hour_ending", "date_order", "base_year", "range", "bound", "html", "scale", "assume")


def column_options(block: Block, raw: RawColumn, aliases: AliasOptions) -> dict[str, Any]:
    """Options of ``values.kinds`` for a raw column as a block's form and header state them, aliases left
    out."""
    form = block.part.columns.get(raw.name)
    header = block.header(raw.name) or ""
    marks = [*(form.missing_marks if form else ()), *block.sheet_part.missing_marks.get(header, ())]
    given = {"missing_marks": marks, "minimum": raw.minimum, "maximum": raw.maximum, "unit": raw.unit}
    given |= {"unit_in_cell": raw.unit_in_cell}
    given |= {name: raw.meta.get(name) for name in ("fraction", "day_unsaid")}
    given["bare_share"] = raw.meta.get("bare_share") and raw.name not in block.mapping.brackets
    if raw.kind == "integer":
        given["maximum"] = min(raw.maximum if raw.maximum is not None else INTEGER_BOUND, INTEGER_BOUND)
        given["minimum"] = max(raw.minimum if raw.minimum is not None else -INTEGER_BOUND, -INTEGER_BOUND)
    if raw.kind in ("date_range_start", "date_range_end"):
        own = block.mapping.cells.get(raw.name)
        given["one_date"] = sum(1 for cells in block.mapping.cells.values() if cells == own) == 1
    if form is not None:
        for name in _FORM_OPTIONS:
            given[name] = getattr(form, name)
    wide = block.part.wide
    if wide is not None and wide.value_to == raw.name:
        given["missing_marks"] = [*marks, *wide.missing_marks]
        given["flag_words"] = wide.value_flag_words
    options = {n: v for n, v in given.items() if v is not None and v is not False and v not in ([], {})}
    _note_unit(options, raw, block.mapping.brackets.get(raw.name), aliases)
    return options


def place_options(raw: RawColumn, table: RawTable, setting: StageSetting) -> dict[str, Any]:
    """Options that the table and the area give: whether a text is part of the key, the clock, the bounds."""
    if raw.kind in ("text", "name"):
        return {"is_key": True} if raw.name in table.grain else {}
    if raw.kind == "geometry":
        return {"bounds": setting.bounds} if setting.bounds else {}
    return {"time_zone": setting.time_zone} if raw.kind in _TIMES else {}


def _note_unit(options: dict[str, Any], raw: RawColumn, bracket: str | None, aliases: AliasOptions) -> None:
    """From the unit in the header's bracket to the declared one: a factor, or the unit that does not fit."""
    if raw.kind not in NUMERIC or not bracket:
        return
    units = aliases["unit_aliases"]
    from_unit = resolve_unit(bracket, units)
    if from_unit is None and looks_like_unit(bracket):
        options["header_unit"] = bracket
    to_unit = resolve_unit(raw.unit, units) if raw.unit else None
    if from_unit is None or to_unit is None or raw.unit_in_cell:
        return
    factor = stated_factor(from_unit, to_unit, aliases["unit_conversions"])
    if factor is None:
        options["header_unit"] = bracket
    else:
        note_factor(options, factor)


def note_factor(options: dict[str, Any], factor: float) -> None:
    """Let numbers be multiplied by a further factor."""
    if factor != 1.0:
        options["scale"] = options.get("scale", 1.0) * factor
