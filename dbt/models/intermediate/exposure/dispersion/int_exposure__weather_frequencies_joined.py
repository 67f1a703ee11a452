"""Joint frequency of wind sector, stability and wind speed of every station."""

from ehpilot import frames
from ehpilot.kernels import meteorology


def model(dbt, session):
    hours = frames.read(dbt.ref("int_exposure__weather_hours_classed"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    return frames.give(meteorology.join_frequencies(hours, parameters), session)
