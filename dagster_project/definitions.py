"""The code location that Dagster loads: see ``assemble.build_defs``."""

from dagster_project.assemble import build_defs

defs = build_defs()
