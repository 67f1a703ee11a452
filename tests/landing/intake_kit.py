"""What the intake tests share: raw tables without dbt, forms as YAML, small files, one call that loads them.

Does not belong here: tests; the register of the repository (tests/register).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter
import yaml

from ehpilot.landing.books.accounting import LoadReport
from ehpilot.landing.folder.inventory import Inventory, take_inventory
from ehpilot.landing.intake import IntakeContext, load_source
from ehpilot.landing.values.aliases import Aliases
from ehpilot.register import RawColumn, RawTable, Register

BOUNDS = (121.0, 29.0, 123.0, 31.0)
ALIASES = Aliases(
    {"苯": "71-43-2", "benzene": "71-43-2", "甲苯": "108-88-3", "二氧化硫": "7446-09-5"},
    {"t": "t", "吨": "t", "kg": "kg", "千克": "kg", "mg/m3": "mg/m3", "μg/m3": "μg/m3", "t/a": "t/a", "kg/a": "kg/a"},
    {
        "t": ("mass", "t", 1.0),
        "kg": ("mass", "t", 0.001),
        "t/a": ("mass_rate", "t/a", 1.0),
        "kg/a": ("mass_rate", "t/a", 0.001),
    },
)
_TYPE = {
    "number": "double", "percent": "double", "measurement": "double", "longitude": "double", "latitude": "double",
    "integer": "integer", "date": "date", "date_range_start": "date", "date_range_end": "date",
    "timestamp": "timestamp",
    "mark": "boolean",
}  # fmt: skip


def column(name: str, kind: str = "text", **facts: Any) -> RawColumn:
    """A raw column; ``label`` is its name unless given."""
    data_type = facts.pop("data_type", _TYPE.get(kind, "varchar"))
    return RawColumn(name, data_type, kind, facts.pop("label", name), **facts)


def raw_table(name: str, grain: Iterable[str], columns: Sequence[RawColumn], provenance: str = "record") -> RawTable:
    """A raw table ``<source>_<entity>``."""
    source, _, entity = name.partition("_")
    return RawTable(
        name, source, entity, name, "", "owner", tuple(grain), provenance, "government", tuple(columns), ("raw", name)
    )


@dataclass
class FakeRegister:
    """Raw tables as the register gives them."""

    tables: list[RawTable]

    @property
    def raw_tables(self) -> dict[str, RawTable]:
        return {table.name: table for table in self.tables}

    @property
    def intake_tables(self) -> dict[str, RawTable]:
        return _declared_books()

    def raw_tables_of(self, source: str) -> list[RawTable]:
        return [table for table in self.tables if table.source == source]


@cache
def _declared_books() -> dict[str, RawTable]:
    return Register.load().intake_tables


@dataclass
class FakeProfile:
    """The parts of a profile that the intake reads."""

    form_dirs: list[Path]
    bounds: tuple[float, float, float, float] | None = BOUNDS
    time_zone: str = "Asia/Shanghai"


@dataclass
class Kit:
    """A landing folder with forms and raw tables, loaded by :meth:`load`."""

    folder: Path
    tables: list[RawTable]
    forms: list[dict[str, Any]]
    source: str = "site"
    con: duckdb.DuckDBPyConnection = field(default_factory=duckdb.connect)
    inventory: Inventory | None = None

    def __post_init__(self) -> None:
        self.landing.mkdir(parents=True, exist_ok=True)
        forms = self.folder / "forms"
        forms.mkdir(exist_ok=True)
        text = yaml.safe_dump({"source": self.source, "forms": self.forms}, allow_unicode=True)
        (forms / f"{self.source}.yml").write_text(text, encoding="utf-8")

    @property
    def landing(self) -> Path:
        return self.folder / "landing"

    @property
    def profile(self) -> FakeProfile:
        return FakeProfile([self.folder / "forms"])

    @property
    def register(self) -> FakeRegister:
        return FakeRegister(self.tables)

    def csv(self, name: str, lines: Sequence[str] | str, encoding: str = "utf-8") -> Path:
        """Write a csv file under the source (or under the folder that the name begins with)."""
        text = lines if isinstance(lines, str) else "\n".join(lines) + "\n"
        path = self.path(name)
        path.write_bytes(text.encode(encoding))
        return path

    def xlsx(self, name: str, sheets: dict[str, Sequence[Sequence[Any]]], dress: Any = None) -> Path:
        """Write a workbook of rows by sheet; ``dress(workbook, worksheets)`` adds merges, hidden rows …"""
        path = self.path(name)
        book = xlsxwriter.Workbook(str(path))
        made = {}
        for sheet, rows in sheets.items():
            made[sheet] = book.add_worksheet(sheet)
            for number, row in enumerate(rows):
                for index, value in enumerate(row):
                    if value is not None:
                        made[sheet].write(number, index, value)
        if dress:
            dress(book, made)
        book.close()
        return path

    def path(self, name: str) -> Path:
        """Place of a file, its folder made."""
        path = self.landing / (name if "/" in name else f"{self.source}/{name}")
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def load(self, previous: Sequence[dict[str, Any]] = (), as_of: datetime.date | None = None) -> LoadReport:
        """Take the inventory and load the source."""
        now = datetime.datetime(2026, 1, 5, 8, 0)
        self.inventory = take_inventory(self.landing, self.profile, self.register, previous, as_of, now)  # type: ignore[arg-type]
        context = IntakeContext(self.profile, self.register, ALIASES, b"k" * 32, now)  # type: ignore[arg-type]
        return load_source(self.con, self.inventory, self.source, context)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of a query over ``raw`` and ``intake``."""
        return self.con.execute(sql).fetchall()

    def quarantine(self) -> list[tuple[Any, ...]]:
        """(row, field, value, code), in order."""
        return self.rows(
            "select row_number, field, value, reason_code from intake.quarantine order by file_no, 1, 2, 4"
        )

    def skipped(self) -> list[tuple[Any, ...]]:
        """(row, code), in order."""
        return self.rows("select row_number, reason_code from intake.skipped order by file_no, 1, 2")

    def files(self) -> list[dict[str, Any]]:
        """Rows of ``intake.source_file`` as a next build would read them back."""
        return self.con.execute("select * from intake.source_file order by file_no").to_arrow_table().to_pylist()

    def counts(self) -> dict[str, tuple[int, int, int, int]]:
        """Path → records read, loaded, quarantined, skipped."""
        return {
            row["path"]: tuple(row[f"records_{word}"] for word in ("read", "loaded", "quarantined", "skipped"))
            for row in self.files()
        }
