"""Every passage of the fund's papers with its variables filled in."""

from ehpilot import frames
from ehpilot.kernels import notice_text


def model(dbt, session):
    passages = frames.read(dbt.ref("int_pilot__passages_listed"))
    variables = frames.read(dbt.ref("int_pilot__passage_variables_gathered"))
    phrases = frames.read(dbt.ref("official_phrase"))
    return frames.give(notice_text.write_notices(passages, variables, phrases), session)
