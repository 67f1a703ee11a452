"""Nearest sensitive place and people within rings of every site with a place; null = unknown."""

from ehpilot import frames
from ehpilot.kernels import surroundings


def model(dbt, session):
    sites = frames.read(dbt.ref("int_inventory__sites_located"))
    places = frames.read(dbt.ref("int_core__sensitive_places_located"))
    residents = frames.read(dbt.ref("int_core__residents_placed"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    return frames.give(surroundings.site_surroundings(sites, places, residents, parameters), session)
