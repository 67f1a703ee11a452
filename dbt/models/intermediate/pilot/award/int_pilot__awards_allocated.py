"""What each application gets under the budget, by rank and by knapsack."""

from ehpilot import frames
from ehpilot.kernels import grant_allocation


def model(dbt, session):
    applications = frames.read(dbt.ref("int_pilot__applications_prepared"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    return frames.give(grant_allocation.allocate(applications, parameters), session)
