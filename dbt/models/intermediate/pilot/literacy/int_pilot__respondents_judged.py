"""Whether each questionnaire is valid, and why not; no score."""

from ehpilot import frames
from ehpilot.kernels import literacy_scoring


def model(dbt, session):
    respondents = frames.read(dbt.ref("int_pilot__respondents_read"))
    answers = frames.read(dbt.ref("int_pilot__answers_read"))
    questions = frames.read(dbt.ref("int_pilot__questions_coded"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    return frames.give(literacy_scoring.validity(respondents, answers, questions, parameters), session)
