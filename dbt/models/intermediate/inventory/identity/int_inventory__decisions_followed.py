"""Merges and splits of clerks: what became of each, one row a decision."""

from ehpilot import frames
from ehpilot.kernels import decisions


def model(dbt, session):
    decided = frames.read(dbt.ref("stg_intake__decisions"))
    keys = frames.read(dbt.ref("int_inventory__keys_resolved"))
    return frames.give(decisions.follow_decisions(decided, keys), session)
