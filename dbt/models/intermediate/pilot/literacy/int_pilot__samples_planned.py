"""How many persons the next survey has to draw, by assumptions of the plan and by those that the last survey showed."""

from ehpilot import frames
from ehpilot.kernels import survey_sampling


def model(dbt, session):
    last = frames.read(dbt.ref("int_pilot__last_survey_summed"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    return frames.give(survey_sampling.plan_samples(last, parameters), session)
