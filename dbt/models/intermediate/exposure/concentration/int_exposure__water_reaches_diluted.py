"""What one gram a second of every outlet adds at every site on its body of water, before decay."""

from ehpilot import frames
from ehpilot.kernels import water_mixing


def model(dbt, session):
    reaches = frames.read(dbt.ref("int_exposure__water_reaches_described"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    return frames.give(water_mixing.dilute_reaches(reaches, parameters), session)
