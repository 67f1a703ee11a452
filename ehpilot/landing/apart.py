"""One source loaded into a database of its own, so that another process can load it, and its rows brought over.

Belongs here: which source, and both halves. Does not belong here: loading (``source_load``), the other process
(``ehpilot.warehouse.second_process``).
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from ehpilot.landing.books.accounting import CHECKED_TABLES, LoadReport, clear_source, create_intake_tables
from ehpilot.landing.folder.inventory import Inventory
from ehpilot.landing.rows.conform import create_raw_table
from ehpilot.landing.source_load import IntakeContext, load_source
from ehpilot.landing.sql import literal, quote
from ehpilot.register import RawTable

MOST_BYTES = 64 << 20  # of the files of a source; what is more is written once, where it is to stay
MEMORY = "1GB"


def source_to_part(inventory: Inventory) -> str | None:
    """The source that gives most to read among those that are small enough to be written twice; None if none does."""
    sizes: dict[str, int] = {}
    for file in inventory.files:
        if file.source in inventory.sources and file.is_read and file.location is not None:
            sizes[file.source] = sizes.get(file.source, 0) + file.size_bytes
    fitting = {source: size for source, size in sizes.items() if size <= MOST_BYTES}
    return max(sorted(fitting), key=fitting.__getitem__, default=None)


def load_apart(database: Path, inventory: Inventory, source: str, context: IntakeContext) -> LoadReport:
    """Load the raw tables of a source and its books into a new database file."""
    database.unlink(missing_ok=True)
    config = {"memory_limit": MEMORY, "temp_directory": f"{database}.spill"}
    with duckdb.connect(str(database), config=config) as con:
        con.execute("create schema raw")
        create_intake_tables(con, context.register)
        return load_source(con, inventory, source, context)


def bring_over(
    con: duckdb.DuckDBPyConnection, database: Path, inventory: Inventory, source: str, tables: list[RawTable]
) -> None:
    """Raw tables and books of a source from its closed database into that of ``con``, as if loaded there; the file
    goes."""
    files = [file.file_no for file in inventory.of_source(source)]
    numbers = ", ".join(map(str, files)) or "-1"
    clear_source(con, files, source)
    con.execute(f"attach {literal(str(database))} as apart (read_only)")
    try:
        for table in tables:
            create_raw_table(con, table)
            con.execute(f"insert into raw.{quote(table.name)} select * from apart.raw.{quote(table.name)}")
        for book in CHECKED_TABLES:
            con.execute(f"insert into intake.{book} select * from apart.intake.{book} where file_no in ({numbers})")
    finally:
        con.execute("detach apart")
    database.unlink()
