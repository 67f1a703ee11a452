"""Grade of each source with the load that a scenario leaves it."""

from ehpilot import frames
from ehpilot.kernels import source_grade_table


def model(dbt, session):
    sources = frames.read(dbt.ref("int_risk_grade__sources_loaded"))
    scenarios = frames.read(dbt.ref("int_risk_grade__scenario_loads_computed"))
    parameters = frames.read(dbt.ref("int_risk_grade__constants_joined"))
    return frames.give(source_grade_table.grade_scenarios(sources, scenarios, parameters), session)
