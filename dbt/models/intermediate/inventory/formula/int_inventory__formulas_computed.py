"""Emissions by the formulas of tanks, loading, flares, waste water, cooling water and leaks, one row a record."""

from ehpilot import frames
from ehpilot.kernels import formula_emissions


def model(dbt, session):
    relations = (
        dbt.ref("int_inventory__tanks_described"), dbt.ref("int_inventory__loadings_described"),
        dbt.ref("int_inventory__flares_described"), dbt.ref("int_inventory__waste_waters_described"),
        dbt.ref("int_inventory__cooling_waters_described"), dbt.ref("int_inventory__leaks_described"),
        dbt.ref("tank_constant"), dbt.ref("int_core__parameter_values_chosen"),
    )  # fmt: skip
    return frames.give(formula_emissions.compute(*map(frames.read, relations)), session)
