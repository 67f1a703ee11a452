"""Units that a header or a cell states, where the unit of a number stands in a column beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ehpilot.landing.values.kinds import parse_distinct
from ehpilot.landing.values.units import resolve_unit, stated_factor
from tests.landing.intake_kit import ALIASES, Kit, column, raw_table

RELEASE = raw_table(
    "site_release",
    ["code"],
    [
        column("code"),
        column("made", "number", minimum=0.0),
        column("quantity", "number", minimum=0.0),
        column("unit", "unit"),
        column("amount_t", "number", unit="t"),
    ],
)
AIR = raw_table(
    "site_air",
    ["code"],
    [
        column("code"),
        column("value", "measurement"),
        column("value_text", "companion"),
        column("value_qualifier", "companion"),
        column("value_limit", "companion", data_type="double"),
        column("unit", "unit"),
        column("detection_limit", "number", unit_in_cell=True),
        column("detection_limit_unit", "companion"),
    ],
)
CODE = {"code": {"aliases": ["编号"], "required": True}}


def _kit(folder: Path, table: Any, columns: dict[str, Any]) -> Kit:
    part = {"table": table.name, "columns": CODE | columns}
    return Kit(folder, [table], [{"form_id": "e", "files": ["*"], "parts": [part]}])


QUANTITY = {"quantity": {"aliases": ["排放量"], "required": True}}
BESIDE = {"unit": {"aliases": ["计量单位"]}}


def test_a_unit_in_the_cell_is_brought_to_the_unit_beside_it(tmp_path: Path) -> None:
    kit = _kit(tmp_path, RELEASE, QUANTITY | BESIDE)
    kit.csv("a.csv", ["编号,排放量,计量单位", "A,3,t", "B,500kg,吨", "C,2 吨,kg", "D,5mg/m3,t", "E,5斗,t"])
    kit.load()
    assert kit.rows("select code, quantity, unit from raw.site_release order by 1") == [
        ("A", 3.0, "t"), ("B", 0.5, "t"), ("C", 2000.0, "kg"),
    ]  # fmt: skip
    assert kit.quarantine() == [
        (5, "排放量", "5mg/m3", "UNIT-UNKNOWN"), (6, "排放量", "5斗", "UNIT-UNKNOWN"),
    ]  # fmt: skip


def test_a_unit_in_the_cell_stands_in_for_none_beside_it(tmp_path: Path) -> None:
    kit = _kit(tmp_path, RELEASE, {"made": {"aliases": ["产生量"]}} | QUANTITY | BESIDE)
    kit.csv("a.csv", ["编号,产生量,排放量,计量单位", "A,4t,500kg,", "B,1,3kg,", "C,1,3,"])
    kit.csv("b.csv", ["编号,排放量", "D,7kg"])
    kit.load()
    assert kit.rows("select code, made, quantity, unit from raw.site_release order by 1") == [
        ("A", 4.0, 0.5, "t"), ("B", 1.0, 3.0, "kg"), ("C", 1.0, 3.0, None), ("D", None, 7.0, "kg"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "unit", "expected"),
    [
        ("排放量(t)", "t", (4.0, "t")),
        ("排放量（千克）", "t", (0.004, "t")),
        ("排放量(t/a)", "t", (4.0, "t")),
        ("排放量(mg/m3)", "t", (4.0, "mg/m3")),
        ("排放量(必填)", "t", (4.0, "t")),
        ("排放量(kg)", None, (4.0, "kg")),
    ],
)
def test_the_unit_in_a_header_goes_before_the_forms_constant(
    tmp_path: Path, header: str, unit: str | None, expected: tuple[float, str]
) -> None:
    kit = _kit(tmp_path, RELEASE, QUANTITY | ({"unit": {"const": unit}} if unit else {}))
    kit.csv("a.csv", [f"编号,{header}", "A,4"])
    kit.load()
    assert kit.rows("select quantity, unit from raw.site_release") == [expected]


def test_a_header_with_the_unit_of_another_quantity_is_told(tmp_path: Path) -> None:
    kit = _kit(tmp_path, RELEASE, {"amount_t": {"aliases": ["数量"]}})
    kit.csv("a.csv", ["编号,数量(mg/m3)", "A,4", "B,2kg", "C,"])
    kit.load()
    assert kit.rows("select code, amount_t from raw.site_release order by 1") == [("B", 0.002), ("C", None)]
    assert kit.quarantine() == [(2, "数量(mg/m3)", "4", "UNIT-UNKNOWN")]


def test_the_headers_factor_is_not_for_a_cell_with_its_own_unit(tmp_path: Path) -> None:
    kit = _kit(tmp_path, RELEASE, {"amount_t": {"aliases": ["数量"]}})
    kit.csv("a.csv", ["编号,数量(kg)", "A,4", "B,2t", "C,3kg", "D,5t/a"])
    kit.load()
    assert kit.rows("select amount_t from raw.site_release order by code") == [(0.004,), (2.0,), (0.003,), (5.0,)]


def test_percent_signs_follow_the_unit_beside(tmp_path: Path) -> None:
    units = ALIASES.units | {"%": "%", "1": "1"}
    found = parse_distinct("measurement", ["95.2%", "95.2"], {"unit_beside": True, "unit_aliases": units}).to_pylist()
    assert [(row["value"], row["unit"]) for row in found] == [(95.2, "%"), (95.2, "")]


def test_measurements_and_their_limits_are_brought_to_the_unit_beside(tmp_path: Path) -> None:
    columns = {
        "value": {"aliases": ["结果"]},
        "unit": {"aliases": ["单位"]},
        "detection_limit": {"aliases": ["检出限"]},
    }
    kit = _kit(tmp_path, AIR, columns)
    conversions = {"mg/m3": ("c", "μg/m3", 1000.0), "μg/m3": ("c", "μg/m3", 1.0)}
    ALIASES.conversions.update(conversions)
    try:
        lines = ["A,2mg/m3,μg/m3,1", "B,<5μg/m3,mg/m3,", "C,0.002,mg/m3,1μg/m3", "D,0.5,μg/m3,0.001 mg/m3"]
        kit.csv("a.csv", ["编号,结果,单位,检出限", *lines, "E,0.5,μg/m3,0.1"])
        kit.load()
    finally:
        for unit in conversions:
            del ALIASES.conversions[unit]
    assert kit.rows("select code, value, value_limit, value_text, unit, _flags from raw.site_air order by 1") == [
        ("A", 2000.0, None, "2mg/m3", "μg/m3", []), ("B", None, 0.005, "<5μg/m3", "mg/m3", []),
        ("C", 0.002, None, "0.002", "mg/m3", []), ("D", 0.5, None, "0.5", "μg/m3", ["LOD-ABOVE-VALUE"]),
        ("E", 0.5, None, "0.5", "μg/m3", []),
    ]  # fmt: skip


def test_stated_units_leave_the_period_to_the_column() -> None:
    conversions = {
        "t": ("m", "t", 1.0),
        "kg": ("m", "t", 0.001),
        "t/a": ("r", "t/a", 1.0),
        "mg/m3": ("c", "mg/m3", 1.0),
    }
    assert stated_factor("kg", "t/a", conversions) == 0.001
    assert stated_factor("t/a", "t", conversions) == 1.0
    assert stated_factor("mg/Nm3", "mg/m3", conversions) == 1.0
    assert stated_factor("kg", "mg/m3", conversions) is None


@pytest.mark.parametrize("text", ["mg/m³（以碳计）", "mg/m3(以C计)", "mg/m3 以N计", "(mg/m3)"])
def test_the_counted_element_is_no_part_of_a_unit(text: str) -> None:
    assert resolve_unit(text, {"mg/m3": "mg/m3"}) == "mg/m3"


@pytest.mark.parametrize(("kind", "names"), [("name", ["Site_t", "Site_x"]), ("text", ["Site", "Site_x"])])
def test_a_letter_at_the_end_of_a_name_is_no_unit(tmp_path: Path, kind: str, names: list[str]) -> None:
    """AutoGC's columns Site_A, Site_H and Site_K are three sites: no ampere, hour or kelvin."""
    table = raw_table("site_hour", ["code", "seen"], [column("code"), column("seen", kind), column("value", "number")])
    part = {"table": "site_hour", "columns": CODE, "wide": {"name_to": "seen", "value_to": "value"}}
    kit = Kit(tmp_path, [table], [{"form_id": "f", "files": ["*"], "parts": [part]}])
    kit.csv("a.csv", ["编号,Site_t,Site_x", "A,1,2"])
    kit.load()
    assert kit.rows("select seen from raw.site_hour order by 1") == [(name,) for name in names]
