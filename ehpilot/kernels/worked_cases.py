"""Worked examples of the manual by formula: stated inputs through the code that the inventory uses, none typed in.

Does not belong here: the formulas (``formula_emissions``), examples by factors (report models), the inputs (seed
``worked_case``)."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from ehpilot.kernels import formula_emissions
from ehpilot.kernels.columns import ordered

FORMS = ("tank", "loading", "flare", "waste_water", "cooling_water", "leak")


def compute(cases: pa.Table, constants: pa.Table, parameters: pa.Table) -> pa.Table:
    """``record_id``, ``pollutant_id``, ``emission_kg``, ``reason_code`` of every case. ``cases``: column ``form`` and
    those of ``formula_emissions.compute``, null where another form asks for them."""
    rows = ordered(cases, "record_id")
    tank, loading, flare, waste, cooling, leak = (rows.filter(pc.equal(rows.column("form"), form)) for form in FORMS)
    return formula_emissions.compute(tank, loading, flare, waste, cooling, leak, constants, parameters)
