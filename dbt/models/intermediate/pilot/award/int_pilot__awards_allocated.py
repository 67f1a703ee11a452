"""What each application gets under the budget, under the rule in force and under others."""

from ehpilot import frames
from ehpilot.kernels import grant_allocation


def model(dbt, session):
    applications = frames.read(dbt.ref("int_pilot__applications_prepared"))
    scenarios = frames.read(dbt.ref("fund_scenario"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    return frames.give(grant_allocation.allocate(applications, scenarios, parameters), session)
