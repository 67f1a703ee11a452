"""The 95 % interval of one tonne for each quality grade."""

from ehpilot import frames
from ehpilot.kernels import uncertainty


def model(dbt, session):
    return frames.give(uncertainty.spread_grades(frames.read(dbt.ref("emission_uncertainty"))), session)
