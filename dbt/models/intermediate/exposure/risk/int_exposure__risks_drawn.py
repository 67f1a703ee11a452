"""Percentiles, probabilities and sensitivity of all risks by Monte Carlo."""

from ehpilot import frames
from ehpilot.kernels import risk_draws


def model(dbt, session):
    rows = frames.read(dbt.ref("int_exposure__risk_rows_gathered"))
    parts = frames.read(dbt.ref("int_exposure__level_parts_gathered"))
    spread = frames.read(dbt.ref("risk_exposure_spread"))
    pairs = frames.read(dbt.ref("risk_rank_correlation"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    build = frames.read(dbt.source("intake", "build"))
    return frames.give(risk_draws.draw_risks(rows, parts, spread, pairs, parameters, build), session)
