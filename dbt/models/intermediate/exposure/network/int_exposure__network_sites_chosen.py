"""Which sites of ambient air stand, come, move or stop, and which places they speak for."""

from ehpilot import frames
from ehpilot.kernels import network_siting


def model(dbt, session):
    places = frames.read(dbt.ref("int_exposure__network_places_listed"))
    levels = frames.read(dbt.ref("int_exposure__network_levels_summed"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    return frames.give(network_siting.choose_sites(places, levels, parameters), session)
