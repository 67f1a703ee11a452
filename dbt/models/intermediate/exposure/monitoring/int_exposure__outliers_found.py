"""Results far from the others of their sample; they are flagged and stay."""

from ehpilot import frames
from ehpilot.kernels import outliers


def model(dbt, session):
    results = frames.read(dbt.ref("int_exposure__results_gathered"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    return frames.give(outliers.find_outliers(results, parameters), session)
