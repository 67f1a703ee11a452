"""Nothing of the open data is lost: every file recounted with other libraries, every record loaded or told why not."""

from __future__ import annotations

import duckdb
import pytest

from tests.area import Area
from tests.real.recount import records

pytestmark = pytest.mark.slow


def test_every_file_has_the_records_that_another_library_counts(area: Area) -> None:
    told = {row["path"]: row["records_read"] for row in area.sql("select path, records_read from meta.source_file")}
    files = {path.relative_to(area.landing).as_posix() for path in area.landing.rglob("*") if path.is_file()}
    assert set(told) == files
    assert {path: count for path, count in told.items() if count != records(area.landing, path)} == {}


def test_read_is_loaded_and_quarantined_and_skipped(area: Area, landed: duckdb.DuckDBPyConnection) -> None:
    """Each of the three is counted in its own table, not in the books."""
    tables = landed.execute("select table_name from information_schema.tables where table_schema = 'raw'").fetchall()
    union = " union all ".join(f"select _file_no as file_no, count(*) as n from raw.{t} group by 1" for (t,) in tables)
    loaded = dict(landed.execute(f"select file_no, sum(n) from ({union}) group by 1").fetchall())
    quarantined = _count(area, "select file_no, count(distinct record_id) as n from meta.quarantine group by 1")
    skipped = _count(area, "select file_no, count(*) as n from meta.skipped group by 1")
    for file in area.sql("select * from meta.source_file"):
        number = file["file_no"]
        found = (loaded.get(number, 0), quarantined.get(number, 0), skipped.get(number, 0))
        assert found == (file["records_loaded"], file["records_quarantined"], file["records_skipped"]), file["path"]
        assert sum(found) == file["records_read"], file["path"]


def test_every_quarantined_record_has_a_reason_a_clerk_can_read(area: Area) -> None:
    bare = area.sql("select * from meta.quarantine where reason_code is null or coalesce(trim(message), '') = ''")
    assert bare == []


def test_no_gate_stopped_the_build(area: Area) -> None:
    assert area.sql("select gate, check_name from meta.check_result where severity = 'error' and not passed") == []


def _count(area: Area, query: str) -> dict[int, int]:
    return {row["file_no"]: row["n"] for row in area.sql(query)}
