"""Facts of a build as tables of ``intake``, so that models and traces can name them; the version of the code.

Does not belong here: which facts a build has (``ehpilot.runs.build``).
"""

from __future__ import annotations

import hashlib
from typing import Any

import duckdb

from ehpilot import __version__
from ehpilot.facts.area import area_rows
from ehpilot.profile import Profile
from ehpilot.project import PROJECT_ROOT

MADE = {"__pycache__", "_output", ".quarto"}  # what Python, or Quarto by hand, leaves there
CODE_PARTS = (
    "ehpilot", "assets", "dagster_project", "dbt/models", "dbt/macros", "dbt/seeds", "expectations", "quarto_reports",
)  # fmt: skip


def code_version() -> str:
    """Version and hash of the code, models, seeds and expectations that decide what comes out."""
    digest = hashlib.sha256()
    for part in CODE_PARTS:
        for path in sorted(p for p in (PROJECT_ROOT / part).rglob("*") if p.is_file() and not MADE & set(p.parts)):
            digest.update(f"{path.relative_to(PROJECT_ROOT)}|".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return f"{__version__}+{digest.hexdigest()[:12]}"


def write_build(con: duckdb.DuckDBPyConnection, facts: dict[str, Any]) -> None:
    """``intake.build``: one row, each fact in the column of its name."""
    con.execute(
        """create or replace table intake.build (edition_no integer, run_id varchar, profile varchar,
        profile_name_cn varchar, is_fictional boolean, as_of date, assessment_year integer, input_hash varchar,
        code_version varchar, previous_edition integer, started_at timestamp, seed bigint, records_loaded bigint,
        previous_records_loaded bigint)"""
    )
    columns, values = ", ".join(facts), ", ".join("?" * len(facts))
    con.execute(f"insert into intake.build ({columns}) values ({values})", list(facts.values()))


def write_profile(con: duckdb.DuckDBPyConnection, profile: Profile) -> None:
    """Areas and parameters of the profile as tables, so that models and traces can name them."""
    con.execute(
        """create or replace table intake.area (area_id varchar, area_kind varchar, name_cn varchar, aliases varchar[],
        parent_id varchar, geometry_wkt varchar, file varchar, area_km2 double)"""
    )
    rows = area_rows(profile)
    if rows:
        con.executemany("insert into intake.area values (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    con.execute(
        """create or replace table intake.profile_parameter (parameter_id varchar, value varchar, unit varchar,
        source_ref varchar, verified varchar)"""
    )
    parameters = [
        (p.parameter_id, None if p.value is None else str(p.value), p.unit, p.source_ref, p.verified)
        for p in profile.parameters
    ]
    facts = (
        ("crs_metric", profile.crs_metric, None),
        ("grid_m", f"{profile.grid_m:g}", "m"),
        ("zone_id", profile.zone_id, None),
        ("time_zone", profile.time_zone, None),
        *((f"lead_unit.{key}", unit, None) for key, unit in profile.lead_units.items()),
    )
    parameters += [(f"profile.{name}", value, unit, "area.yml", "own") for name, value, unit in facts]
    con.executemany("insert into intake.profile_parameter values (?, ?, ?, ?, ?)", parameters)
