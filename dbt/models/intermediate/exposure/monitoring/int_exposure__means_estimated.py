"""Mean of every sample by every method for non-detects, and the one that counts."""

from ehpilot import frames
from ehpilot.kernels import monitoring_statistics


def model(dbt, session):
    results = frames.read(dbt.ref("int_exposure__samples_listed"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    return frames.give(monitoring_statistics.estimate_means(results, parameters), session)
