"""Long-term dilution of every source of air at every place, own calculation."""

from ehpilot import frames
from ehpilot.kernels import dispersion


def model(dbt, session):
    sources = frames.read(dbt.ref("int_exposure__air_sources_chosen"))
    places = frames.read(dbt.ref("int_exposure__air_places_chosen"))
    frequencies = frames.read(dbt.ref("int_exposure__weather_frequencies_joined"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    return frames.give(dispersion.annual_factors(sources, places, frequencies, parameters), session)
