"""How well the factors of the other plants foretell each plant, by process and pollutant."""

from ehpilot import frames
from ehpilot.kernels import factor_validation


def model(dbt, session):
    pairs = frames.read(dbt.ref("int_emission_factor__pairs_judged"))
    return frames.give(factor_validation.validate(pairs), session)
