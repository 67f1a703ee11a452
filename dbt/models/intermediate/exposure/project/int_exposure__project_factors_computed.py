"""Long-term dilution of every outlet of a project and every plot of a plan at sensitive places and cells."""

from ehpilot import frames
from ehpilot.kernels import dispersion


def model(dbt, session):
    sources = frames.read(dbt.ref("int_exposure__project_sources_described"))
    places = frames.read(dbt.ref("int_exposure__project_places_chosen"))
    frequencies = frames.read(dbt.ref("int_exposure__weather_frequencies_joined"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    return frames.give(dispersion.annual_factors(sources, places, frequencies, parameters), session)
