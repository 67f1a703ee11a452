"""Percentile score, rank and rank interval of every risk source; null where its value is unknown."""

from ehpilot import frames
from ehpilot.kernels import source_ranking


def model(dbt, session):
    sites = frames.read(dbt.ref("int_inventory__risk_sources_gathered"))
    releases = frames.read(dbt.ref("int_inventory__risk_releases_weighted"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    build = frames.read(dbt.source("intake", "build"))
    return frames.give(source_ranking.rank_sources(sites, releases, parameters, build), session)
