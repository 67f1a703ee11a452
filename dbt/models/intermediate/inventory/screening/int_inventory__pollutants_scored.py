"""Scores of every pollutant that is listed or present, rank and rank interval of those in the list."""

from ehpilot import frames
from ehpilot.kernels import pollutant_ranking


def model(dbt, session):
    described = frames.read(dbt.ref("int_inventory__pollutants_described"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    bins, class_scores = frames.read(dbt.ref("screening_bin")), frames.read(dbt.ref("screening_class_score"))
    build = frames.read(dbt.source("intake", "build"))
    return frames.give(pollutant_ranking.score_pollutants(described, parameters, bins, class_scores, build), session)
