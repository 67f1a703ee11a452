"""Largest modelled hour of every pollutant with an acute benchmark at sensitive places and sites."""

from ehpilot import frames
from ehpilot.kernels import hourly_plume


def model(dbt, session):
    sources = frames.read(dbt.ref("int_exposure__air_sources_chosen"))
    places = frames.read(dbt.ref("int_exposure__acute_places_chosen"))
    hours = frames.read(dbt.ref("int_exposure__weather_hours_classed"))
    emissions = frames.read(dbt.ref("int_exposure__acute_emissions_chosen"))
    imported = frames.read(dbt.ref("int_exposure__acute_factors_imported"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    return frames.give(hourly_plume.hourly_peaks(sources, places, hours, emissions, imported, parameters), session)
