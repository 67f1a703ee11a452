"""Pairs of sites of ambient air whose series say the same for every substance that both measure."""

from ehpilot import frames
from ehpilot.kernels import network_siting


def model(dbt, session):
    results = frames.read(dbt.ref("int_exposure__network_series_gathered"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    return frames.give(network_siting.redundant_sites(results, parameters), session)
