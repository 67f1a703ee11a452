"""Satisfaction and gain of trust at each open facility in each year, with their intervals."""

from ehpilot import frames
from ehpilot.kernels import visitor_survey


def model(dbt, session):
    days = frames.read(dbt.ref("int_pilot__open_days_summed"))
    visits = frames.read(dbt.ref("int_pilot__visits_placed"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    return frames.give(visitor_survey.summarise(days, visits, parameters), session)
