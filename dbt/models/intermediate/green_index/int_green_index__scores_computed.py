"""Dimensions, index, interval, level and rank of each area and year."""

from ehpilot import frames
from ehpilot.kernels import green_index


def model(dbt, session):
    values = frames.read(dbt.ref("int_green_index__values_to_score"))
    indicators = frames.read(dbt.ref("int_green_index__indicators_prepared"))
    caps = frames.read(dbt.ref("int_green_index__caps_found"))
    levels = frames.read(dbt.ref("int_green_index__levels_listed"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    build = frames.read(dbt.source("intake", "build"))
    return frames.give(green_index.score(values, indicators, caps, levels, parameters, build), session)
