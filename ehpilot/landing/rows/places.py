"""Pairs of coordinates of staged records: swapped, zero, outside, or in an offset system.

Belongs here: which pairs need a look and what becomes of them in bulk. Does not belong here: the repair of one pair
(``values.coordinates``), reading of a coordinate's text.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ehpilot.landing.rows.blocks import Block
from ehpilot.landing.rows.stage import Stage, StagedColumn
from ehpilot.landing.sql import literal
from ehpilot.landing.values.coordinates import place_points


def _by_kind(stage: Stage, kind: str) -> StagedColumn | None:
    return next((column for column in stage.columns if column.raw.kind == kind), None)


def fix_places(stage: Stage) -> bool:
    """Repair or null pairs of coordinates that are swapped, zero, outside or in an offset system.

    Returns:
        True where temp table ``landing_fix_place`` (rid, lon, lat, flags) holds the pairs that were looked at.
    """
    longitude, latitude, system = (_by_kind(stage, kind) for kind in ("longitude", "latitude", "crs"))
    if longitude is None or latitude is None:
        return False
    lon, lat = stage.value(longitude), stage.value(latitude)
    crs = f"coalesce({stage.value(system)}, {_form_crs(stage)})" if system else _form_crs(stage)
    tests = [
        f"(s._block = {block.number} and not ({_inside(lon, lat, _bounds(stage, block))}))" for block in stage.blocks
    ]
    found = stage.con.execute(
        f"select s.rowid as rid, s._block as block, {lon} as lon, {lat} as lat, {crs} as crs from {stage.joined()} "
        f"where {lon} is not null and {lat} is not null and ({crs} not in ('CGCS2000', 'WGS84') or "
        f"{' or '.join(tests)})"
    ).to_arrow_table()
    if found.num_rows == 0:
        return False
    placed = [_place(stage, found, block) for block in stage.blocks]
    stage.con.register("landing_place_rows", pa.concat_tables([table for table in placed if table is not None]))
    stage.con.execute("create or replace temp table landing_fix_place as select * from landing_place_rows")
    stage.con.unregister("landing_place_rows")
    return True


def _place(stage: Stage, found: pa.Table, block: Block) -> pa.Table | None:
    mine = found.filter(pc.equal(found.column("block"), block.number))
    if mine.num_rows == 0:
        return None
    lon, lat = (mine.column(name).to_numpy().astype(np.float64) for name in ("lon", "lat"))
    placed = place_points(lon, lat, mine.column("crs").to_pylist(), _bounds(stage, block))
    return pa.table({
        "rid": mine.column("rid"), "lon": placed.column("longitude"), "lat": placed.column("latitude"),
        "flags": placed.column("flags").cast(pa.list_(pa.string())),
    })  # fmt: skip


def _bounds(stage: Stage, block: Block) -> tuple[float, float, float, float] | None:
    area = block.sheet_part.form.area
    if area == "none":
        return None
    return stage.setting.bounds if area is None or isinstance(area, str) else area.bounds


def _form_crs(stage: Stage) -> str:
    """SQL of the system that a record without a word of its own is in (offset readers have undone theirs)."""
    systems = {block.number: block.sheet_part.form.crs for block in stage.blocks if not block.sheet_part.source_crs}
    offset = {number: crs for number, crs in systems.items() if crs not in ("CGCS2000", "WGS84")}
    cases = "".join(f" when {number} then {literal(crs)}" for number, crs in offset.items())
    return f"case s._block{cases} else 'CGCS2000' end" if cases else "'CGCS2000'"


def _inside(lon: str, lat: str, bounds: Sequence[float] | None) -> str:
    """SQL of a pair that needs no look."""
    if bounds is None:
        return f"abs({lon}) <= 180 and abs({lat}) <= 90 and {lon} <> 0 and {lat} <> 0"
    west, south, east, north = bounds
    return f"{lon} between {west!r} and {east!r} and {lat} between {south!r} and {north!r}"
