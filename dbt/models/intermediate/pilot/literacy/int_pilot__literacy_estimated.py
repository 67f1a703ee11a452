"""Share of literate residents by survey, dimension and group, with error, interval, change and verdict."""

from ehpilot import frames
from ehpilot.kernels import literacy


def model(dbt, session):
    people = frames.read(dbt.ref("int_pilot__respondents_read"))
    answers = frames.read(dbt.ref("int_pilot__answers_read"))
    items = frames.read(dbt.ref("int_pilot__questions_coded"))
    margins = frames.read(dbt.ref("int_pilot__populations_coded"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    draw = frames.read(dbt.ref("int_pilot__points_described"))
    return frames.give(literacy.estimate(people, answers, items, margins, parameters, draw), session)
