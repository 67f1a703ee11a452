"""One asset a document, from the documents of the register.

Does not belong here: what a document says (``quarto_reports/``) and how it is rendered (``ehpilot.reporting``).
"""

import dagster as dg

from assets.publish import MARTS
from assets.run import BuildRun
from ehpilot.register import Deliverable, Register
from ehpilot.runs.documents import written

OWNERS = ["team:report_office"]


def report_assets(register: Register) -> list[dg.AssetsDefinition]:
    """Assets of the documents that are written."""
    return [_report(item) for item in written(register).values()]


def report_keys(register: Register) -> list[dg.AssetKey]:
    """Asset keys of the documents."""
    return [_key(item) for item in written(register).values()]


def _key(item: Deliverable) -> dg.AssetKey:
    return dg.AssetKey(["reports", item.deliverable_id.lower()])


def _report(item: Deliverable) -> dg.AssetsDefinition:
    deps = [MARTS, *(dg.AssetKey(name.split(".")) for name in item.reads)]

    kinds = set(item.meta["formats"])

    @dg.asset(key=_key(item), deps=deps, group_name="reports", kinds=kinds, owners=OWNERS, description=item.description)
    def report(run: BuildRun) -> dg.MaterializeResult:
        if not run.reports:
            return dg.MaterializeResult(metadata={"state": "gap: built with --no-reports"})
        results = run.build.render(item)
        states = {result.format: result.state for result in results}
        paths = {
            result.format: dg.MetadataValue.path(str(run.build.once_sealed(result.path)))
            for result in results if result.path
        }  # fmt: skip
        return dg.MaterializeResult(metadata={"state": states, **paths})

    return report
