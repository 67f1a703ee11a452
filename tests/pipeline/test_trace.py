"""Cells drawn at random over all public tables end in a file, a seed, a decision or a profile value."""

from __future__ import annotations

import csv
import random
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ehpilot.reading.edition import columns_of, key_of, open_marts, table_names
from ehpilot.reading.trace import open_tracer, trace
from tests.area import ROOT, Area

CELLS = 300
ENDS = {"file", "seed", "decision", "profile"}


@pytest.fixture(scope="module")
def cells(demo: Area) -> list[tuple[str, dict[str, Any], str]]:
    """Table, key and column of the drawn cells: tables first, so that small ones are met too."""
    draw = random.Random(20260331)
    drawn = []
    with open_marts(demo.latest) as con:
        tables = []
        for name in table_names(con):
            key = key_of(con, name)
            rows = con.execute(f"select {', '.join(key)} from {name}").fetchall()
            if rows:
                tables.append((name, key, [c for c in columns_of(con, name) if c[0] != "_"], sorted(rows, key=str)))
        for _ in range(CELLS):
            name, key, columns, rows = draw.choice(tables)
            drawn.append((name, dict(zip(key, draw.choice(rows), strict=True)), draw.choice(columns)))
    return drawn


@pytest.fixture(scope="module")
def traces(demo: Area, cells: list[tuple[str, dict[str, Any], str]]) -> list[tuple[Any, list[dict[str, Any]]]]:
    """Each drawn cell with its trace."""
    with open_tracer(demo.latest) as tracer:
        return [(cell, tracer.trace(cell[0], cell[1], cell[2])) for cell in cells]


def test_every_cell_ends_somewhere(traces: list[tuple[Any, list[dict[str, Any]]]]) -> None:
    assert [cell for cell, rows in traces if not any(row["kind"] in ENDS for row in rows)] == []


def test_another_reader_finds_the_text(demo: Area, traces: list[tuple[Any, list[dict[str, Any]]]]) -> None:
    checked, wrong = 0, []
    for cell, rows in traces:
        for row in rows:
            if row["kind"] not in ("file", "seed") or not row.get("text") or row["row"] is None:
                continue
            checked += 1
            root = demo.landing if row["kind"] == "file" else ROOT
            texts = _row_texts(root / row["path"], row["sheet"] or "", int(row["row"]))
            if texts is not None and not _stands_in(row, texts):
                wrong.append((cell, row, texts))
    assert checked >= CELLS / 2
    assert wrong == []


def _row_texts(path: Path, sheet: str, row: int) -> list[str] | None:
    """Texts of one row by openpyxl or csv; None for kinds that neither reads."""
    grid = _grid(path, sheet)
    return None if grid is None else [text for text in grid[row - 1] if text]


@lru_cache(maxsize=64)
def _grid(path: Path, sheet: str) -> list[list[str]] | None:
    if path.suffix in (".xlsx", ".xlsm") and path.read_bytes()[:2] == b"PK":
        book = openpyxl.load_workbook(path, data_only=True)
        page = book[sheet] if sheet else book.worksheets[0]
        rows = [["" if cell is None else str(cell) for cell in line] for line in page.iter_rows(values_only=True)]
        for merged in page.merged_cells.ranges:
            text = rows[merged.min_row - 1][merged.min_col - 1]
            for line in range(merged.min_row, merged.max_row + 1):
                rows[line - 1].append(text)
        return rows
    if path.suffix in (".csv", ".xlsx"):
        data = path.read_bytes()
        for encoding in ("utf-8-sig", "gb18030", "utf-16"):
            if encoding == "gb18030" and data[:2] in (b"\xff\xfe", b"\xfe\xff"):
                continue
            try:
                return list(csv.reader(data.decode(encoding).splitlines(keepends=True)))
            except UnicodeDecodeError:
                continue
    return None


def _stands_in(row: dict[str, Any], texts: list[str]) -> bool:
    """One cell holds the text; degrees, minutes and seconds stand in three, a refused line is the whole row."""
    if any(_same(row["text"], text) for text in texts) or row["text"] == ",".join(texts):
        return True
    parts = re.findall(r"[0-9.]+", row["text"])
    return "/" in (row["field"] or "") and all(any(_same(part, text) for text in texts) for part in parts)


def _same(told: str, found: str) -> bool:
    """Equal as text, as number, or as the date that a spreadsheet shows."""
    told, found = told.strip(), found.strip()
    if told == found or found.startswith(told) or told in found:
        return True
    try:
        return float(told) == float(found)
    except ValueError:
        return False


def test_hours_of_series_end_in_their_file_row(demo: Area) -> None:
    """Series stand beside the marts: hours drawn over stations and outlets, the file's text found by another reader."""
    drawn = demo.sql(
        "select * from (select result_id, value_text, row_number() over (partition by source_kind, site_id, qc_level "
        "order by result_id) as n from exposure.monitoring_hourly) where n <= 3"
    )
    assert len(drawn) >= 12
    for hour in drawn:
        (entry,) = trace(demo.latest, "exposure.monitoring_hourly", {"result_id": hour["result_id"]}, "value")
        assert (entry["kind"], entry["share"], entry["text"]) == ("file", 1.0, hour["value_text"])
        texts = _row_texts(demo.landing / entry["path"], entry["sheet"], entry["row"])
        assert texts is not None and _stands_in(entry, texts), (entry, texts)
