"""How the order of pollutants changes when one criterion is left out, and against the order by exposure alone."""

from ehpilot import frames
from ehpilot.kernels import pollutant_ranking


def model(dbt, session):
    scored = frames.read(dbt.ref("int_inventory__pollutants_scored"))
    described = frames.read(dbt.ref("int_inventory__pollutants_described"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    return frames.give(pollutant_ranking.compare_orders(scored, described, parameters), session)
