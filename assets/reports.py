"""One asset a document, from the deliverables of the register.

Does not belong here: what a document says (``quarto_reports/``) and how it is rendered (``ehpilot.reporting``).
"""

import dagster as dg

from assets.publish import MARTS
from assets.run import BuildRun
from ehpilot.register import Deliverable, Register
from ehpilot.reporting.html import render_plain


def report_assets(register: Register) -> list[dg.AssetsDefinition]:
    """Assets of the documents whose tables exist."""
    return [_report(item) for item in register.deliverables.values() if item.reads]


def report_keys(register: Register) -> list[dg.AssetKey]:
    """Asset keys of the documents."""
    return [_key(item) for item in register.deliverables.values() if item.reads]


def _key(item: Deliverable) -> dg.AssetKey:
    return dg.AssetKey(["reports", item.deliverable_id.lower()])


def _report(item: Deliverable) -> dg.AssetsDefinition:
    deps = [MARTS, *(dg.AssetKey(name.split(".")) for name in item.reads)]

    @dg.asset(key=_key(item), deps=deps, group_name="reports", kinds={"html"}, description=item.description)
    def report(run: BuildRun) -> dg.MaterializeResult:
        if not run.reports:
            return dg.MaterializeResult(metadata={"state": "gap: built with --no-reports"})
        result = render_plain(item.deliverable_id, run.build.building, run.build.building / "reports")
        run.build.documents.append(result)
        return dg.MaterializeResult(metadata={"state": result.state, "path": str(result.path)})

    return report
