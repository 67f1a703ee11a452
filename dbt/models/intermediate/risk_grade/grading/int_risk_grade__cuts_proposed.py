"""The cuts that this edition's risk sources would make, at the quantiles of the method."""

from ehpilot import frames
from ehpilot.kernels import source_grade_table


def model(dbt, session):
    sources = frames.read(dbt.ref("int_risk_grade__sources_loaded"))
    return frames.give(source_grade_table.propose_cuts(sources), session)
