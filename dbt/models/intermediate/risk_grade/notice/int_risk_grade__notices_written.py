"""Title and body of every letter that is due."""

from ehpilot import frames
from ehpilot.kernels import notice_text


def model(dbt, session):
    notices = frames.read(dbt.ref("int_risk_grade__notices_listed"))
    variables = frames.read(dbt.ref("int_risk_grade__notice_variables_gathered"))
    phrases = frames.read(dbt.ref("official_phrase"))
    return frames.give(notice_text.write_notices(notices, variables, phrases), session)
