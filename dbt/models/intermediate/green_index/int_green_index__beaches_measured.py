"""Microbial percentiles, number of samples and class of each beach and year."""

from ehpilot import frames
from ehpilot.kernels import bathing_water


def model(dbt, session):
    samples = frames.read(dbt.ref("int_green_index__microbe_samples_chosen"))
    rules = frames.read(dbt.ref("int_pilot__scoring_rules_numbered"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    return frames.give(bathing_water.measure(samples, rules, parameters), session)
