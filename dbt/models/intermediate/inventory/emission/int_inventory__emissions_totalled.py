"""Sums of emissions with their 95 % intervals, errors of one group taken as one: one row a total."""

from ehpilot import frames
from ehpilot.kernels import uncertainty


def model(dbt, session):
    return frames.give(
        uncertainty.total_emissions(frames.read(dbt.ref("int_inventory__emission_terms_gathered"))), session
    )
