"""Factors of cells, those pooled over scale and technology among them."""

from ehpilot import frames
from ehpilot.kernels import factor_cells


def model(dbt, session):
    pairs = frames.read(dbt.ref("int_emission_factor__pairs_judged"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    build = frames.read(dbt.source("intake", "build"))
    return frames.give(factor_cells.derive_cells(pairs, parameters, build), session)
