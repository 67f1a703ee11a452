"""Stability and mixing height of every hour that counts: stated, or derived and marked."""

from ehpilot import frames
from ehpilot.kernels import stability


def model(dbt, session):
    hours = frames.read(dbt.ref("int_exposure__weather_hours_chosen"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    return frames.give(stability.classify_hours(hours, parameters), session)
