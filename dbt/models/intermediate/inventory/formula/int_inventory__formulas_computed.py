"""Emissions of tanks, loading, flares and leaks by their formulas, one row a record and substance."""

from ehpilot import frames
from ehpilot.kernels import formula_emissions


def model(dbt, session):
    tanks = frames.read(dbt.ref("int_inventory__tanks_described"))
    loadings = frames.read(dbt.ref("int_inventory__loadings_described"))
    flares = frames.read(dbt.ref("int_inventory__flares_described"))
    leaks = frames.read(dbt.ref("int_inventory__leaks_described"))
    constants = frames.read(dbt.ref("tank_constant"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    return frames.give(formula_emissions.compute(tanks, loadings, flares, leaks, constants, parameters), session)
