"""What stands out among the indicators, their effective weights and the weights that the data would give."""

from ehpilot import frames
from ehpilot.kernels import green_index


def model(dbt, session):
    values = frames.read(dbt.ref("int_green_index__values_to_score"))
    indicators = frames.read(dbt.ref("int_green_index__indicators_prepared"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    return frames.give(green_index.diagnose(values, indicators, parameters), session)
