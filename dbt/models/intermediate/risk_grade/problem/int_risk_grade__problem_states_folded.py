"""State of every problem: the fold over its events."""

from ehpilot import frames
from ehpilot.kernels import problem_loop


def model(dbt, session):
    problems = frames.read(dbt.ref("int_risk_grade__problems_gathered"))
    events = frames.read(dbt.ref("int_risk_grade__problem_events_gathered"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    build = frames.read(dbt.source("intake", "build"))
    return frames.give(problem_loop.problem_states(problems, events, parameters, build), session)
