"""What became of each event of a problem: the state after it, or the guard that refused it."""

from ehpilot import frames
from ehpilot.kernels import problem_loop


def model(dbt, session):
    problems = frames.read(dbt.ref("int_risk_grade__problems_gathered"))
    events = frames.read(dbt.ref("int_risk_grade__problem_events_gathered"))
    return frames.give(problem_loop.event_outcomes(problems, events), session)
