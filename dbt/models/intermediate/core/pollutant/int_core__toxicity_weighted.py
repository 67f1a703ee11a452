"""RSEI toxicity weights of every pollutant with a chosen value, by route; which of them the other route lent."""

from ehpilot import frames
from ehpilot.kernels import toxicity


def model(dbt, session):
    return frames.give(toxicity.weigh_pollutants(frames.read(dbt.ref("int_core__toxicity_gathered"))), session)
