"""Rules that are near and would make a code worse, with what is left."""

from ehpilot import frames
from ehpilot.kernels import risk_code_table


def model(dbt, session):
    codes = frames.read(dbt.ref("int_risk_grade__codes_issued"))
    facts = frames.read(dbt.ref("int_risk_grade__code_facts_gathered"))
    rules = frames.read(dbt.ref("int_risk_grade__code_rules_chosen"))
    distances = frames.read(dbt.ref("int_risk_grade__code_distances_measured"))
    return frames.give(risk_code_table.warn(codes, facts, rules, distances), session)
