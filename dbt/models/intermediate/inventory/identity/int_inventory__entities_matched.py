"""Entities of different registers that are one site by name, address and place: one row an entity."""

from ehpilot import frames
from ehpilot.kernels import entities


def model(dbt, session):
    described = frames.read(dbt.ref("int_inventory__entities_described"))
    areas = frames.read(dbt.ref("int_core__areas_outlined"))
    weights, words = frames.read(dbt.ref("int_inventory__match_weights_chosen")), frames.read(dbt.ref("name_word"))
    return frames.give(entities.match_entities(described, areas, weights, words), session)
