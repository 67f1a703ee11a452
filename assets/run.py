"""The resource of every asset: the ``Build`` of a run, from the command line, or made where Dagster starts the run.

Does not belong here: what a build does (``ehpilot.runs.build``).
"""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dagster as dg

from ehpilot.profile import load_profile
from ehpilot.runs.build import Build

INVENTORY = dg.AssetKey(["landing", "inventory"])
SEALED = dg.AssetKey(["edition", "sealed"])


@dataclass(frozen=True)
class Run:
    """A build under the writer's lock, and whether its documents are wanted."""

    build: Build
    reports: bool = True

    @property
    def time_zone(self) -> str:
        """Clock of the area."""
        return self.build.profile.time_zone


BuildRun = dg.ResourceParam[Run]


class BuildArguments(dg.ConfigurableResource):
    """Which area, which files, where to: what Dagster shows, and makes a build from where it starts the run itself."""

    profile: str
    landing: str
    out: str
    as_of: str = ""
    wait_s: float = 0.0
    reports: bool = True
    accept_shrink: bool = False

    @property
    def time_zone(self) -> str:
        """Clock of the area."""
        return load_profile(self.profile).time_zone

    @contextlib.contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Generator[Any, None, None]:
        """A :class:`Run` whose build holds the writer's lock for the whole run; from the files to the seal it begins
        with an empty warehouse."""
        as_of = datetime.date.fromisoformat(self.as_of) if self.as_of else None
        build = Build(self.profile, Path(self.landing), Path(self.out), as_of, context.run_id or "", self.accept_shrink)
        with build.writing(self.wait_s):
            build.warehouse.prepare()
            if is_whole(context.dagster_run):
                build.fresh_warehouse()
            yield Run(build, self.reports)


def is_whole(run: dg.DagsterRun | None) -> bool:
    """True for a run of all assets, however it was asked for: from the inventory of the files to the seal."""
    return run is not None and (not run.asset_selection or {INVENTORY, SEALED} <= set(run.asset_selection))
