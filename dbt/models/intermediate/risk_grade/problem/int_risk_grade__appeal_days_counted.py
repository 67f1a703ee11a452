"""By when each appeal is to be decided, in working days."""

from ehpilot import frames
from ehpilot.kernels import working_days


def model(dbt, session):
    appeals = frames.read(dbt.ref("int_risk_grade__appeals_listed")).select(["appeal_id", "filed_at"])
    rules = frames.read(dbt.ref("appeal_rule"))
    return frames.give(working_days.appeal_deadlines(appeals, rules), session)
