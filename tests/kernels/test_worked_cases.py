"""Worked examples go through the inventory's own formulas."""

from __future__ import annotations

import pyarrow as pa
import pytest

from ehpilot.kernels import worked_cases
from tests.kernels.test_formula_emissions import (
    COOLING_WATER,
    FLARE,
    LEAK,
    LOADING,
    PARAMETERS,
    TANK,
    WASTE_WATER,
    constants,
    run,
)

FORMS = {
    "tank": TANK, "loading": LOADING, "flare": FLARE, "waste_water": WASTE_WATER, "cooling_water": COOLING_WATER,
    "leak": LEAK,
}  # fmt: skip


def test_a_case_of_each_form_is_what_the_inventory_would_compute() -> None:
    names = sorted({name for row in FORMS.values() for name in row})
    rows = [
        {name: row.get(name, "" if name in ("roof", "seal") else float("nan")) for name in names}
        | {"form": form, "record_id": str(number)}
        for number, (form, row) in enumerate(FORMS.items())
    ]
    found = worked_cases.compute(pa.Table.from_pylist(rows[::-1]), constants(), PARAMETERS).to_pylist()
    expected = [row["emission_kg"] for row in run([{}], [{}], [{}], [{}], [{}], [{}])]
    assert [row["record_id"] for row in found] == ["0", "1", "2", "3", "4", "5"]
    assert [row["emission_kg"] for row in found] == pytest.approx(expected)
