"""Monitoring points of the literacy survey: strata, allocation, draw with probability proportional to size, replacements."""

from ehpilot import frames
from ehpilot.kernels import survey_sampling


def model(dbt, session):
    frame = frames.read(dbt.ref("int_pilot__frame_prepared"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    build = frames.read(dbt.source("intake", "build"))
    return frames.give(survey_sampling.draw_frame(frame, parameters, build), session)
