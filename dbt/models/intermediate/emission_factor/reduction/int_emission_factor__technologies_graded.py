"""Grade of each source with the load that a technology leaves it, by the control plan's mechanism."""

from ehpilot import frames
from ehpilot.kernels import source_grade_table


def model(dbt, session):
    sources = frames.read(dbt.ref("int_risk_grade__sources_loaded"))
    scenarios = frames.read(dbt.ref("int_emission_factor__technology_loads_computed"))
    parameters = frames.read(dbt.ref("int_risk_grade__constants_joined"))
    return frames.give(source_grade_table.grade_scenarios(sources, scenarios, parameters), session)
