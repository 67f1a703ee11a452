"""People by grade on this grid and on others."""

from ehpilot import frames
from ehpilot.kernels import zone_grade_table


def model(dbt, session):
    cells = frames.read(dbt.ref("int_risk_grade__cells_described"))
    places = frames.read(dbt.ref("int_risk_grade__sensitive_places_projected"))
    return frames.give(zone_grade_table.regraded_people(cells, places), session)
