"""The last content date, and records dated after the as-of date."""

from __future__ import annotations

import datetime
from pathlib import Path

from ehpilot.landing.books.content_dates import flag_after_as_of, last_content_date
from tests.landing.intake_kit import Kit, column, raw_table

COLUMNS = {
    "code": "text",
    "period": "period",
    "seen_on": "date",
    "due_on": "date",
    "record_year": "integer",
    "at": "timestamp",
}
TABLE = raw_table("site_entry", ["code"], [column(name, kind) for name, kind in COLUMNS.items()])
FORM = {
    "form_id": "e",
    "files": ["*"],
    "parts": [{"table": "site_entry", "columns": {name: {"aliases": [name]} for name in COLUMNS}}],
}


def _loaded(tmp_path: Path, *rows: str) -> Kit:
    kit = Kit(tmp_path, [TABLE], [FORM])
    kit.csv("a.csv", ["code,period,seen_on,due_on,record_year,at", *rows])
    kit.load()
    return kit


def test_periods_and_years_end_on_their_last_day(tmp_path: Path) -> None:
    kit = _loaded(tmp_path, "A,2025Q3,2025-02-01,,,", "B,,,,2024,2025-09-29 07:00")
    assert last_content_date(kit.con, kit.register) == datetime.date(2025, 9, 30)  # type: ignore[arg-type]


def test_deadlines_and_days_to_come_date_nothing(tmp_path: Path) -> None:
    kit = _loaded(tmp_path, "A,,2025-03-01,2027-01-01,,", "B,,2052-03-01,,,")
    assert last_content_date(kit.con, kit.register) == datetime.date(2025, 3, 1)  # type: ignore[arg-type]


def test_a_year_under_way_ends_when_the_files_came(tmp_path: Path) -> None:
    kit = _loaded(tmp_path, "A,,,,2026,")
    assert last_content_date(kit.con, kit.register) == datetime.date(2026, 1, 5)  # type: ignore[arg-type]


def test_nothing_dated_gives_no_date(tmp_path: Path) -> None:
    kit = _loaded(tmp_path, "A,,,,,")
    assert last_content_date(kit.con, kit.register) is None  # type: ignore[arg-type]


def test_records_that_begin_after_the_as_of_date_are_flagged_once(tmp_path: Path) -> None:
    kit = _loaded(
        tmp_path,
        "A,2025Q3,,,,",
        "B,2025Q2,,2027-01-01,,",
        "C,,,,2026,",
        "D,,,,2025,2025-06-30 23:00",
        "E,,,,,2025-07-01",
    )
    as_of = datetime.date(2025, 6, 30)
    assert flag_after_as_of(kit.con, kit.register, as_of) == 3  # type: ignore[arg-type]
    assert flag_after_as_of(kit.con, kit.register, as_of) == 0  # type: ignore[arg-type]
    flagged = kit.rows("select code from raw.site_entry where list_contains(_flags, 'DATE-AFTER-AS-OF') order by 1")
    assert flagged == [("A",), ("C",), ("E",)]
