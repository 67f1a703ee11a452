"""Nothing is lost: the books of the first edition, recounted."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.area import Area


def test_every_file_balances(demo: Area) -> None:
    rows = demo.sql(
        "select path, records_read, records_loaded + records_quarantined + records_skipped as told "
        "from meta.source_file"
    )
    assert rows
    assert [row["path"] for row in rows if row["records_read"] != row["told"]] == []


def test_every_file_of_the_folder_is_listed(demo: Area) -> None:
    listed = {row["path"] for row in demo.sql("select path from meta.source_file")}
    hidden = (".", "~$")
    found = {
        path.relative_to(demo.landing).as_posix()
        for path in demo.landing.rglob("*")
        if (path.is_file() or path.is_symlink()) and not path.name.startswith(hidden)
    }
    assert found - listed == set()


def test_quarantine_rows_agree_with_the_books(demo: Area) -> None:
    rows = demo.sql(
        "select f.path, f.records_quarantined, count(distinct q.record_id) as records from meta.source_file f "
        "left join meta.quarantine q using (file_no) group by all having f.records_quarantined <> records"
    )
    assert rows == []


def test_skipped_rows_agree_with_the_books(demo: Area) -> None:
    rows = demo.sql(
        "select f.path, f.records_skipped, count(s.record_id) as records from meta.source_file f "
        "left join meta.skipped s using (file_no) where f.status <> 'duplicate' group by all "
        "having f.records_skipped <> records"
    )
    assert rows == []


def test_counts_are_those_of_the_generator(demo: Area) -> None:
    expected = _expected_counts(demo.truth)
    found = {
        row["path"]: (row["records_read"], row["records_loaded"], row["records_quarantined"], row["records_skipped"])
        for row in demo.sql("select * from meta.source_file")
    }
    different = {path: (counts, found.get(path)) for path, counts in expected.items() if found.get(path) != counts}
    assert different == {}


def test_every_spoilt_record_has_its_code(demo: Area) -> None:
    spoilt = _table(demo.truth / "spoilt.csv")
    quarantined = demo.sql(
        "select f.path, q.sheet, q.row_number, q.reason_code "
        "from meta.quarantine q join meta.source_file f using (file_no)"
    )
    codes: dict[tuple[str, int], set[str]] = {}
    for row in quarantined:
        codes.setdefault((row["path"], int(row["row_number"] or 0)), set()).add(row["reason_code"])
    missing = [
        row
        for row in spoilt
        if row["disposition"] == "quarantined"
        and row["reason_code"] not in codes.get((row["path"], int(row["row"] or 0)), set())
    ]
    assert missing == []


def test_no_clean_record_is_quarantined(demo: Area) -> None:
    spoilt = {
        (row["path"], int(row["row"] or 0))
        for row in _table(demo.truth / "spoilt.csv")
        if row["disposition"] in ("quarantined", "refused")
    }
    quarantined = demo.sql(
        "select distinct f.path, q.row_number from meta.quarantine q join meta.source_file f using (file_no)"
    )
    innocent = [row for row in quarantined if (row["path"], int(row["row_number"] or 0)) not in spoilt]
    assert innocent == []


def _expected_counts(truth: Path) -> dict[str, tuple[int, int, int, int]]:
    names = ("records_read", "records_loaded", "records_quarantined", "records_skipped")
    return {row["path"]: tuple(int(row[name]) for name in names) for row in _table(truth / "expected_counts.csv")}


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))
