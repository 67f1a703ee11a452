"""The code of every risk source: colour, validity, reasons, payload."""

from ehpilot import frames
from ehpilot.kernels import risk_code_table


def model(dbt, session):
    sources = frames.read(dbt.ref("int_risk_grade__code_subjects_described"))
    facts = frames.read(dbt.ref("int_risk_grade__code_facts_gathered"))
    rules = frames.read(dbt.ref("int_risk_grade__code_rules_chosen"))
    previous = frames.read(dbt.ref("stg_previous__risk_codes"))
    history = frames.read(dbt.ref("stg_previous__code_history"))
    build = frames.read(dbt.source("intake", "build"))
    return frames.give(risk_code_table.issue_codes(sources, facts, rules, previous, history, build), session)
