"""The intake's books of a demo landing folder beside the generator's truth.

Belongs here: running the intake on demo files and reading both sides as sets.
Does not belong here: what must agree (test_intake_agrees.py).
"""

from __future__ import annotations

import csv
import datetime
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from ehpilot.landing.books.accounting import create_intake_tables
from ehpilot.landing.folder.inventory import take_inventory
from ehpilot.landing.intake import IntakeContext, flag_after_as_of, load_source
from ehpilot.profile import load_profile
from ehpilot.register import Register

AS_OF = datetime.date(2026, 3, 31)
# found later by comparing sources, no flag of the intake
LATER_CODES = {"UNIT-SLIP"}

# raw tables whose values stood side by side in a row, with the column that has them
WIDE = {"permit_limit": "annual_limit_t", "literacy_answer": "answer"}

Place = tuple[str, str, int, str]  # path, sheet, row, code


@dataclass(frozen=True)
class Books:
    """What the intake says of a landing folder."""

    con: duckdb.DuckDBPyConnection
    register: Register

    def counts(self) -> dict[str, tuple[int, int, int, int, str]]:
        """Path → read, loaded, quarantined, skipped, status."""
        rows = self.con.execute(
            "select path, records_read, records_loaded, records_quarantined, records_skipped, status "
            "from intake.source_file"
        ).fetchall()
        return {row[0]: tuple(row[1:]) for row in rows}

    def quarantined(self) -> set[Place]:
        """Places with a quarantined record."""
        return self._places("quarantine")

    def skipped(self) -> set[Place]:
        """Places with a skipped record."""
        return self._places("skipped")

    def value(self, path: str, sheet: str, row: int, header: str) -> Any:
        """What was loaded for the cell of a row under a header (without its unit); None if nothing was."""
        places = self.con.execute(
            "select distinct raw_table, raw_column, '' as field from intake.file_column join intake.source_file "
            "using (file_no) where path = ? and sheet = ? and (header = ? or header = ?) order by 1, 2",
            [path, sheet, header, header.split("(")[0]],
        ).fetchall()
        places += [(table, column, header) for table, column in WIDE.items() if table.startswith(path.split("/")[0])]
        for table, column, field in places:
            found = self.con.execute(
                f'select r."{column}" from raw."{table}" r join intake.source_file on file_no = r._file_no '
                "where path = ? and r._sheet = ? and r._row = ? and r._field like '%' || ?",
                [path, sheet, row, field],
            ).fetchall()
            if found:
                return found[0][0]
        return None

    def _places(self, table: str) -> set[Place]:
        rows = self.con.execute(
            f"select distinct path, sheet, row_number, reason_code from intake.{table} join intake.source_file "
            "using (file_no)"
        ).fetchall()
        return {(path, sheet, int(row or 0), code) for path, sheet, row, code in rows}

    def flagged(self) -> set[Place]:
        """Places with a loaded record that carries a code."""
        found: set[Place] = set()
        for name in self.register.raw_tables:
            rows = self.con.execute(
                f"select distinct path, _sheet, _row, flag from (select _file_no, _sheet, _row, unnest(_flags) as flag "
                f'from raw."{name}") join intake.source_file on file_no = _file_no'
            ).fetchall()
            found |= {(path, sheet, int(row), flag) for path, sheet, row, flag in rows}
        return found


def load(landing: Path, database: Path) -> Books:
    """Run the intake of the profile ``demo`` over a landing folder into a new database."""
    register = Register.load()
    profile = load_profile("demo")
    con = duckdb.connect(str(database))
    con.execute("create schema if not exists raw")
    create_intake_tables(con, register)
    inventory = take_inventory(landing, profile, register, as_of=AS_OF)
    context = IntakeContext.create(profile, register)
    for source in sorted(inventory.sources):
        load_source(con, inventory, source, context)
    flag_after_as_of(con, register, AS_OF)
    return Books(con, register)


def truth_rows(truth: Path, table: str) -> list[dict[str, str]]:
    """Rows of a table of the truth folder."""
    with (truth / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def spoilt(truth: Path, *dispositions: str) -> set[Place]:
    """Places that were spoilt with these dispositions, single records only (not whole copies of files)."""
    return {
        (row["path"], row["sheet"], int(row["row"]), row["reason_code"])
        for row in truth_rows(truth, "spoilt")
        if row["disposition"] in dispositions and row["reason_code"] not in LATER_CODES and int(row["row"])
    }


def expected_counts(truth: Path) -> dict[str, tuple[int, int, int, int, str]]:
    """Path → read, loaded, quarantined, skipped, status as the generator counted them."""
    names = ("records_read", "records_loaded", "records_quarantined", "records_skipped")
    return {
        row["path"]: (*(int(row[name]) for name in names), row["status"])
        for row in truth_rows(truth, "expected_counts")
    }  # type: ignore[return-value]


def differences(one: set[Place], other: set[Place]) -> dict[str, Any]:
    """What only one side has, and how often each code is in it."""
    return {
        "only expected": sorted(one - other)[:20],
        "only found": sorted(other - one)[:20],
        "codes": (Counter(p[3] for p in one - other), Counter(p[3] for p in other - one)),
    }
