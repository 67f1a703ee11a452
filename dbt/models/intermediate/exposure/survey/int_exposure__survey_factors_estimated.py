"""Mean, percentiles and marks of outliers of each exposure factor for all workers, by job, and by job and sex."""

from ehpilot import frames
from ehpilot.kernels import exposure_factors


def model(dbt, session):
    answers = frames.read(dbt.ref("int_exposure__survey_answers_listed"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    return frames.give(exposure_factors.estimate_factors(answers, parameters), session)
