"""Share of literate residents by survey, dimension and group, with error, interval, design effect and the target's word."""

from ehpilot import frames
from ehpilot.kernels import literacy


def model(dbt, session):
    respondents = frames.read(dbt.ref("int_pilot__respondents_read"))
    answers = frames.read(dbt.ref("int_pilot__answers_read"))
    questions = frames.read(dbt.ref("int_pilot__questions_coded"))
    population = frames.read(dbt.ref("int_pilot__populations_coded"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    return frames.give(literacy.estimate(respondents, answers, questions, population, parameters), session)
