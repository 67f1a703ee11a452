"""Pairs with the reason why one does not count, and marks of outliers."""

from ehpilot import frames
from ehpilot.kernels import factor_cells


def model(dbt, session):
    pairs = frames.read(dbt.ref("int_emission_factor__pairs_described"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    return frames.give(factor_cells.judge(pairs, parameters), session)
