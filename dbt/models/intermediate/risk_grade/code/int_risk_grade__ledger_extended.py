"""All rows of the ledger, with those that this edition's codes add."""

from ehpilot import frames
from ehpilot.kernels import risk_code_table


def model(dbt, session):
    entries = frames.read(dbt.ref("stg_previous__ledger"))
    previous = frames.read(dbt.ref("stg_previous__risk_codes"))
    issued = frames.read(dbt.ref("int_risk_grade__codes_issued"))
    build = frames.read(dbt.source("intake", "build"))
    return frames.give(risk_code_table.extend_ledger(entries, previous, issued, build), session)
