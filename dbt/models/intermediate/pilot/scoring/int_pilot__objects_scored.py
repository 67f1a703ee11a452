"""Every item of every object under its rule set: points, passed or not, why; with total and level of the object."""

from ehpilot import frames
from ehpilot.kernels import rule_scoring


def model(dbt, session):
    rules = frames.read(dbt.ref("int_pilot__scoring_rules_numbered"))
    sets = frames.read(dbt.ref("scoring_rule_set"))
    facts = frames.read(dbt.ref("int_pilot__scoring_facts_gathered"))
    return frames.give(rule_scoring.score_objects(rules, sets, facts), session)
