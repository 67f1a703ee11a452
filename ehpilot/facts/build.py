"""Facts of a build as tables of ``intake``, so that models and traces can name them; the version of the code.

Does not belong here: which facts a build has (``ehpilot.runs.build``).
"""

from __future__ import annotations

import hashlib
from typing import Any

import duckdb

from ehpilot import __version__
from ehpilot.facts.area import area_rows
from ehpilot.facts.factors import factor_rows
from ehpilot.facts.tables import write_table
from ehpilot.landing.values.dates import standard_offset
from ehpilot.profile import Profile
from ehpilot.project import PROJECT_ROOT
from ehpilot.register import Register

MADE = {"__pycache__", "_output", ".quarto"}  # what Python, or Quarto by hand, leaves there
CODE_PARTS = (
    "ehpilot", "assets", "dagster_project", "dbt/models", "dbt/macros", "dbt/seeds", "expectations", "quarto_reports",
)  # fmt: skip
OFFSET_YEAR = 2025  # whose standard time an area without any date has


def code_version() -> str:
    """Version and hash of the code, models, seeds and expectations that decide what comes out."""
    digest = hashlib.sha256()
    for part in CODE_PARTS:
        for path in sorted(p for p in (PROJECT_ROOT / part).rglob("*") if p.is_file() and not MADE & set(p.parts)):
            digest.update(f"{path.relative_to(PROJECT_ROOT)}|".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return f"{__version__}+{digest.hexdigest()[:12]}"


def write_build(con: duckdb.DuckDBPyConnection, register: Register, facts: dict[str, Any]) -> None:
    """``intake.build``: one row of facts by column."""
    write_table(con, register.intake_tables["build"], [facts])


def _utc_offset_h(profile: Profile) -> float:
    """Offset of the area's standard time from UTC, by which its clocks tell where the sun stands."""
    year = profile.assessment_year or (profile.as_of.year if profile.as_of else OFFSET_YEAR)
    return standard_offset(profile.time_zone, year).total_seconds() / 3600.0


def write_profile(con: duckdb.DuckDBPyConnection, register: Register, profile: Profile) -> None:
    """Areas, parameters, units of the plan and released factors of a profile as tables that models and traces name."""
    write_table(con, register.intake_tables["area"], area_rows(profile))
    parameters = [
        {"parameter_id": p.parameter_id, "value": str(p.value), "unit": p.unit, "source_ref": p.source_ref,
         "verified": p.verified}
        for p in profile.parameters
    ]  # fmt: skip
    facts = (
        ("crs_metric", profile.crs_metric, None),
        ("grid_m", f"{profile.grid_m:g}", "m"),
        ("zone_id", profile.zone_id, None),
        ("time_zone", profile.time_zone, None),
        ("utc_offset_h", f"{_utc_offset_h(profile):g}", "h"),
        *((f"lead_unit.{key}", unit, None) for key, unit in profile.lead_units.items()),
        *((f"text.{key}", text, None) for key, text in profile.texts.items()),
        *([("issuing_unit", profile.issuing_unit, None)] if profile.issuing_unit else []),
    )
    parameters += [
        {"parameter_id": f"profile.{name}", "value": value, "unit": unit, "source_ref": "area.yml", "verified": "own"}
        for name, value, unit in facts
    ]
    write_table(con, register.intake_tables["profile_parameter"], parameters)
    units = [unit.model_dump() for unit in profile.units]
    write_table(con, register.intake_tables["profile_unit"], units)
    write_table(con, register.intake_tables["released_factor"], factor_rows(profile))
