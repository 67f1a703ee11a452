"""The resource that hands every asset of a run the same ``Build``, under the writer's lock.

Does not belong here: what a build does (``ehpilot.runs.build``).
"""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterator
from pathlib import Path

import dagster as dg

from ehpilot.runs.build import Build

INVENTORY = dg.AssetKey(["landing", "inventory"])
SEALED = dg.AssetKey(["edition", "sealed"])


class BuildRun(dg.ConfigurableResource):
    """Which area, which files, where to: the arguments of ``ehpilot build``."""

    profile: str
    landing: str
    out: str
    as_of: str = ""
    wait_s: float = 0.0
    reports: bool = True
    _build: Build | None = None

    @contextlib.contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[BuildRun]:
        """Hold the writer's lock for the whole run; a run from the files to the seal begins with an empty warehouse,
        and an edition that was not sealed is thrown away at the end."""
        as_of = datetime.date.fromisoformat(self.as_of) if self.as_of else None
        build = Build(self.profile, Path(self.landing), Path(self.out), as_of, context.run_id or "")
        build.warm_up()
        with build.writing(self.wait_s):
            if _is_whole(context.dagster_run):
                build.fresh_warehouse()
            self._build = build
            try:
                yield self
            finally:
                build.abandon()

    @property
    def build(self) -> Build:
        """The build of this run."""
        if self._build is None:
            raise RuntimeError("a build exists only while a run executes")
        return self._build


def _is_whole(run: dg.DagsterRun | None) -> bool:
    """True for a run of all assets, however it was asked for: from the inventory of the files to the seal."""
    return run is not None and (not run.asset_selection or {INVENTORY, SEALED} <= set(run.asset_selection))
