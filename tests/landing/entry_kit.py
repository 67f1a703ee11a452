"""A raw table of one entry a row with a column of each kind, and a kit of one form that fills it.

Does not belong here: assertions, the kit itself (``intake_kit``).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.landing.intake_kit import Kit, column, raw_table

ENTRY = raw_table(
    "site_entry",
    ["code", "pollutant_id"],
    [
        column("code", "name", label="编号"),
        column("pollutant_id", "pollutant", label="污染物"),
        column("amount_t", "number", unit="t/a", minimum=0.0, label="数量"),
        column("limit_value", "number", unit_in_cell=True),
        column("limit_value_unit", "companion"),
        column("value", "measurement"),
        column("value_text", "companion"),
        column("value_qualifier", "companion"),
        column("value_limit", "companion", data_type="double"),
        column("valid_from", "date_range_start"),
        column("valid_to", "date_range_end"),
        column("longitude", "longitude"),
        column("latitude", "latitude"),
        column("coordinate_system", "crs"),
        column("person", "personal"),
        column("count", "integer"),
        column("in_list", "mark"),
        column("seen_on", "date"),
    ],
)


def entry_form(columns: dict[str, Any], **facts: Any) -> dict[str, Any]:
    part = {"table": "site_entry", "columns": columns, **facts.pop("part", {})}
    return {"form_id": "entry", "files": ["*"], "parts": [part], **facts}


CODE = {"aliases": ["编号"], "required": True}


def entry_kit(tmp_path: Path, columns: dict[str, Any], **facts: Any) -> Kit:
    return Kit(tmp_path, [ENTRY], [entry_form({"code": CODE, **columns}, **facts)])
