"""Emissions by the formulas of tanks, loading, flares, waste water, cooling water and leaks, one row a record."""

from ehpilot import frames
from ehpilot.kernels import formula_emissions


def model(dbt, session):
    tanks = frames.read(dbt.ref("int_inventory__tanks_described"))
    loadings = frames.read(dbt.ref("int_inventory__loadings_described"))
    flares = frames.read(dbt.ref("int_inventory__flares_described"))
    waste = frames.read(dbt.ref("int_inventory__waste_waters_described"))
    cooling = frames.read(dbt.ref("int_inventory__cooling_waters_described"))
    leaks = frames.read(dbt.ref("int_inventory__leaks_described"))
    constants = frames.read(dbt.ref("tank_constant"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    forms = (tanks, loadings, flares, waste, cooling, leaks)
    return frames.give(formula_emissions.compute(*forms, constants, parameters), session)
