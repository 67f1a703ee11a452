"""The intake: landing files into ``raw`` and their books into ``intake``. What the assets and ``ehpilot check`` call.

Belongs here: the names that others import, and the check that writes nothing. Does not belong here: the loading
(:mod:`ehpilot.landing.source_load`), the list of files (:mod:`ehpilot.landing.folder.inventory`).
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from ehpilot.landing.books.accounting import LoadReport, create_intake_tables
from ehpilot.landing.books.content_dates import flag_after_as_of, last_content_date
from ehpilot.landing.folder.delivery import require_files
from ehpilot.landing.folder.inventory import take_inventory
from ehpilot.landing.source_load import IntakeContext, load_source
from ehpilot.profile import Profile
from ehpilot.register import Register

__all__ = [
    "FAULT_COLUMNS",
    "CheckReport",
    "IntakeContext",
    "LoadReport",
    "check",
    "create_intake_tables",
    "flag_after_as_of",
    "last_content_date",
    "load_source",
]


Judge = Callable[[duckdb.DuckDBPyConnection], list[dict[str, Any]]]
FAULT_COLUMNS = ["path", "sheet", "row_number", "field", "value", "reason_code", "message"]


@dataclass
class CheckReport:
    """What a build would make of the landing folder, file by file; nothing was written."""

    files: list[dict[str, Any]] = field(default_factory=list)
    reasons: dict[str, int] = field(default_factory=dict)
    flags: dict[str, int] = field(default_factory=dict)
    missing_forms: list[str] = field(default_factory=list)
    quarantine: list[dict[str, Any]] = field(default_factory=list)
    unmapped: dict[str, list[str]] = field(default_factory=dict)
    rules: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """True when nothing would be quarantined, no required form is missing and no rule would stop the build."""
        stops = any(rule["severity"] == "error" for rule in self.rules)
        return not self.reasons and not self.missing_forms and not stops

    def faults(self, limit: int = 100) -> list[dict[str, Any]]:
        """Rows for the screen (``FAULT_COLUMNS``): required forms that are missing, then the first ``limit`` faults."""
        missing = [
            {"reason_code": "required", "message": f"缺少必交的表 / no file of form {f}"} for f in self.missing_forms
        ]
        more = len(self.quarantine) - limit
        rest = [{"message": f"还有{more}条 / {more} more"}] if more > 0 else []
        return [*missing, *self.quarantine[:limit], *rest]

    def to_json(self) -> dict[str, Any]:
        """``{files: [{path, form, read, loaded, quarantined, skipped}], reasons: {code: n}}``,
        what is missing, by path the columns that nobody takes, and broken rules."""
        missing = {"missing_forms": self.missing_forms} if self.missing_forms else {}
        unmapped = {"unmapped_columns": self.unmapped} if self.unmapped else {}
        rules = {"rules": self.rules} if self.rules else {}
        return {"files": self.files, "reasons": self.reasons, **missing, **unmapped, **rules}


def check(landing: Path, profile: Profile, register: Register, judge: Judge | None = None) -> CheckReport:
    """Load everything into a database in a temporary folder and report; the landing folder and builds stay as they
    are. ``judge`` is asked for the rules that the loaded tables break, ``[{rule, severity, …}]``.

    Raises UsageError where no file is one that a form could read."""
    with tempfile.TemporaryDirectory(prefix="ehpilot-check-") as folder:
        spill = str(Path(folder) / "spill")
        con = duckdb.connect(
            str(Path(folder) / "check.duckdb"), config={"memory_limit": "1GB", "temp_directory": spill}
        )
        try:
            report = _check(con, landing, profile, register)
            report.rules = judge(con) if judge else []
            return report
        finally:
            con.close()


def _check(con: duckdb.DuckDBPyConnection, landing: Path, profile: Profile, register: Register) -> CheckReport:
    inventory = take_inventory(landing, profile, register)
    require_files(inventory)
    context = IntakeContext.create(profile, register)
    create_intake_tables(con, register)
    for source in sorted(inventory.sources):
        load_source(con, inventory, source, context)
    columns = ("path", "form", "read", "loaded", "quarantined", "skipped")
    rows = con.execute(
        "select path, form_id, records_read, records_loaded, records_quarantined, records_skipped "
        "from intake.source_file order by path"
    ).fetchall()
    reasons = con.execute(
        "select reason_code, count(distinct (raw_table, record_id)) from intake.quarantine group by 1 order by 1"
    ).fetchall()
    listed = con.execute(
        "select path, sheet, row_number, field, value, reason_code, message from intake.quarantine "
        "join intake.source_file using (file_no) order by path, sheet, row_number, field"
    ).to_arrow_table()
    unmapped = con.execute(
        "select path, unmapped_columns from intake.source_file where len(unmapped_columns) > 0 order by path"
    ).fetchall()
    return CheckReport(
        unmapped=dict(unmapped),
        files=[dict(zip(columns, row, strict=True)) for row in rows],
        reasons=dict(reasons),
        flags=_flags(con, register),
        missing_forms=[form.form_id for form in inventory.missing_forms],
        quarantine=listed.to_pylist(),
    )


def _flags(con: duckdb.DuckDBPyConnection, register: Register) -> dict[str, int]:
    """How many loaded records carry each flag: what was repaired, assumed or left null."""
    flagged = " union all ".join(f'select _flags from raw."{name}"' for name in register.raw_tables)
    found = con.execute(
        f"select flag, count(*) from (select unnest(_flags) as flag from ({flagged})) group by 1 order by 1"
    ).fetchall()
    return dict(found)
