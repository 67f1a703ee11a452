"""Last day on which the award of each application is shown, in working days."""

from ehpilot import frames
from ehpilot.kernels import working_days


def model(dbt, session):
    notices = frames.read(dbt.ref("int_pilot__notices_listed"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    return frames.give(working_days.notice_ends(notices, parameters), session)
