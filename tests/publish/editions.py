"""Make editions of the tiny warehouse, as a build would. Does not belong here: tests."""

from __future__ import annotations

from pathlib import Path

import duckdb

from ehpilot.publish import edition as publishing
from ehpilot.reading.documents import DocumentResult
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
    copy(warehouse, building)
    results = [a_document(building / "reports")] if with_documents else []
    return publishing.seal(building, documents=results)


def copy(warehouse: Path, building: Path, threads: int = 2) -> None:
    """The public tables of a closed warehouse file (``warehouse.duckdb``) into a building edition."""
    with duckdb.connect(str(warehouse), config={"threads": threads}) as connection:
        publishing.publish_marts(connection, building, register_tables(), documents(), FACTS)


def a_document(folder: Path) -> DocumentResult:
    """D01 as the press would hand it over; how it looks is not what these tests ask."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "D01_清单.html"
    path.write_text("<!doctype html><html lang='zh-CN'><title>清单</title><p>本期无数据</p></html>", encoding="utf-8")
    return DocumentResult("D01", "清单", "html", path, gaps=("本期无数据：名录版本未登记",))
