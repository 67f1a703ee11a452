"""Make editions of the tiny warehouse, as a build would. Does not belong here: tests."""

from __future__ import annotations

from pathlib import Path

from ehpilot.publish import edition as publishing
from ehpilot.reporting.html import render_plain
from tests.publish.tiny_warehouse import FACTS, documents, make_warehouse, register_tables


def publish(out: Path, changed: bool = False, with_documents: bool = True, **options) -> Path:
    """Publish the next edition of the tiny world under ``out``; returns its folder."""
    number = publishing.next_edition_no(out)
    work = out / "work"
    work.mkdir(parents=True, exist_ok=True)
    for old in work.glob("warehouse.duckdb*"):
        old.unlink()
    warehouse = make_warehouse(work / "warehouse.duckdb", number, changed, **options)
    building = publishing.begin(out, number)
    publishing.publish_marts(warehouse, building, register_tables(), documents(), FACTS)
    results = [render_plain("D01", building, building / "reports")] if with_documents else []
    return publishing.seal(building, documents=results)
