"""What each indicator brings to the index of each area and year, and to its change since the year before."""

from ehpilot import frames
from ehpilot.kernels import green_index


def model(dbt, session):
    values = frames.read(dbt.ref("int_green_index__values_to_score"))
    indicators = frames.read(dbt.ref("int_green_index__indicators_prepared"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    return frames.give(green_index.contribute(values, indicators, parameters), session)
