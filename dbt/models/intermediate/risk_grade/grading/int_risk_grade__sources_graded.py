"""Grade, classes, chances of the grades and what the next grade takes, of every risk source."""

from ehpilot import frames
from ehpilot.kernels import source_grade_table


def model(dbt, session):
    sources = frames.read(dbt.ref("int_risk_grade__sources_loaded"))
    releases = frames.read(dbt.ref("int_risk_grade__releases_loaded"))
    parameters = frames.read(dbt.ref("int_risk_grade__constants_joined"))
    build = frames.read(dbt.source("intake", "build"))
    return frames.give(source_grade_table.grade_sources(sources, releases, parameters, build), session)
