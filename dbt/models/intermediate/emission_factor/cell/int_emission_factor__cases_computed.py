"""Results of the manual's worked examples by formula."""

from ehpilot import frames
from ehpilot.kernels import worked_cases


def model(dbt, session):
    cases = frames.read(dbt.ref("int_emission_factor__cases_described"))
    constants = frames.read(dbt.ref("tank_constant"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    return frames.give(worked_cases.compute(cases, constants, parameters), session)
