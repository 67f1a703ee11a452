"""Records whose concentration is beyond physical sense for its medium and unit.

Belongs here: which pairs of medium and unit a stage has, and the faults. Does not belong here: the ceilings
(``values.physical``), the bounds of a column (sources YAML).
"""

from __future__ import annotations

import pyarrow as pa

from ehpilot.landing.rows.cell_units import unit_column
from ehpilot.landing.rows.stage import Stage, StagedColumn
from ehpilot.landing.sql import literal
from ehpilot.landing.values.physical import ceiling
from ehpilot.landing.values.units import resolve_unit

SUSPICIOUS = 1e5  # of a big file only numbers above are looked at one by one; no ceiling in a usual unit is lower


def beyond_sense(stage: Stage, column: StagedColumn) -> str | None:
    """SQL of the faults of a measured column; None where nothing can be said."""
    beside = unit_column(stage.table)
    if column.raw.kind != "measurement" or beside is None:
        return None
    own = next((stage.value(other) for other in stage.columns if other.raw.name == beside.name), "null::varchar")
    unit = f"coalesce({', '.join([own, *stage.adopted_units, 'null::varchar'])})"
    medium = _medium(stage, column)
    value = f"coalesce({stage.value(column)}, {_limit(stage, column)})"
    pairs = stage.con.execute(
        f"select distinct {medium} as medium, {unit} as unit from {stage.joined()} where s._class is null "
        f"and {value} is not null order by all"
    ).fetchall()
    units, conversions = stage.setting.aliases["unit_aliases"], stage.setting.aliases["unit_conversions"]
    known = [(m, u, most) for m, u in pairs if u and (most := ceiling(m, resolve_unit(u, units) or u, conversions))]
    if not known:
        return None
    name = f"landing_ceiling_{column.raw.name}"
    stage.con.register("landing_ceilings", pa.table({
        "medium": pa.array([m for m, _, _ in known], pa.string()), "unit": [u for _, u, _ in known],
        "most": pa.array([most for _, _, most in known], pa.float64()),
    }))  # fmt: skip
    stage.con.execute(f"create or replace temp table {name} as select * from landing_ceilings")
    stage.con.unregister("landing_ceilings")
    text = f"coalesce(s.{column.text}, '')"
    return (
        f"select r.rid, {literal(column.raw.name)}, r.text, 'NUMBER-PHYSICAL', '“' || r.text || '”' || r.unit || "
        f"'超出该介质的物理可能，请核对数值和单位 / beyond physical sense for its medium and unit' "
        f"from (select s.rowid as rid, {text} as text, {medium} as medium, {unit} as unit, {value} as value "
        f"from {stage.joined()} where s._class is null) as r join {name} as c "
        f"on c.medium is not distinct from r.medium and c.unit = r.unit where r.value > c.most"
    )


def _limit(stage: Stage, column: StagedColumn) -> str:
    return f"{column.fix}.limit_value * {stage.cell_factor(column)}" if column.fix else "null"


def _medium(stage: Stage, column: StagedColumn) -> str:
    """The record's medium: its column, else what the sources YAML says of the table's measurements."""
    said = literal(str(column.raw.meta["medium"])) if column.raw.meta.get("medium") else "null::varchar"
    own = next((stage.value(other) for other in stage.columns if other.raw.name == "medium"), None)
    return said if own is None else f"coalesce({own}, {said})"
