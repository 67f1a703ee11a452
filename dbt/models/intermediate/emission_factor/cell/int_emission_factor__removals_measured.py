"""Efficiency of technologies by substance, measured before and behind them."""

from ehpilot import frames
from ehpilot.kernels import measured_removal


def model(dbt, session):
    pairs = frames.read(dbt.ref("int_emission_factor__removals_paired"))
    return frames.give(measured_removal.efficiencies(pairs), session)
