"""What of the current scheme was due, done, valid and late in each quarter."""

from ehpilot import frames
from ehpilot.kernels import monitoring_completion


def model(dbt, session):
    plans = frames.read(dbt.ref("int_exposure__plan_current_listed")).drop_columns(["_origin"])
    results = frames.read(dbt.ref("int_exposure__plan_days_listed"))
    parameters = frames.read(dbt.ref("int_core__parameter_values_chosen"))
    build = frames.read(dbt.source("intake", "build"))
    return frames.give(monitoring_completion.completion(plans, results, parameters, build), session)
