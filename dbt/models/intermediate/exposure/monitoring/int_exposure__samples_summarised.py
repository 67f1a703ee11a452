"""Statistics of every sample: quantiles, bounds, upper limit of the mean."""

from ehpilot import frames
from ehpilot.kernels import monitoring_statistics


def model(dbt, session):
    results = frames.read(dbt.ref("int_exposure__samples_listed"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    return frames.give(monitoring_statistics.summarise(results, parameters), session)
