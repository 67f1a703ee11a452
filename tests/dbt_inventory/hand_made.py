"""A warehouse of a few hand-made raw records, as the loader would leave it, and one dbt run over it.

Belongs here: making raw and intake tables from the register, adding a record, running dbt in this process.
Does not belong here: any rule of the models; the tests state what must come out.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import duckdb

from ehpilot.project import DBT_DIR
from ehpilot.register import Register
from ehpilot.warehouse import dbt_run

PROVENANCE = {
    "_record_id": "varchar",
    "_file_no": "integer",
    "_sheet": "varchar",
    "_row": "bigint",
    "_field": "varchar",
    "_flags": "varchar[]",
    "_cells": "varchar",
    "_loaded_at": "timestamp",
}


class HandMade:
    """Raw and intake tables in a DuckDB file; ``add`` puts one record in as the loader would."""

    def __init__(self, path: Path, register: Register):
        self.path = path
        self.register = register
        self.rows: dict[str, int] = {}
        self.con = duckdb.connect(str(path))
        for schema in ("raw", "intake"):
            self.con.execute(f"create schema {schema}")
        for node in register.manifest["sources"].values():
            columns = {column["name"]: column["data_type"] for column in node["columns"].values()}
            if node["schema"] == "raw":
                columns |= PROVENANCE
            body = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
            self.con.execute(f"create table {node['schema']}.{node['identifier']} ({body})")

    def add(self, table: str, file_no: int = 1, flags: tuple[str, ...] = (), **values: Any) -> str:
        """Insert one record into ``raw.<table>``; returns its record id."""
        row = self.rows[table] = self.rows.get(table, 3) + 1
        record_id = hashlib.sha256(f"{file_no}|{table}|{row}|".encode()).hexdigest()[:16]
        cells = {name: str(value) for name, value in values.items() if value is not None}
        stored = values | {
            "_record_id": record_id,
            "_file_no": file_no,
            "_sheet": "",
            "_row": row,
            "_field": "",
            "_flags": list(flags),
            "_cells": json.dumps(cells, ensure_ascii=False),
            "_loaded_at": None,
        }
        names = ", ".join(f'"{name}"' for name in stored)
        marks = ", ".join("?" for _ in stored)
        self.con.execute(f"insert into raw.{table} ({names}) values ({marks})", list(stored.values()))
        return record_id

    def insert(self, table: str, **values: Any) -> None:
        """Insert one row into ``intake.<table>``."""
        names = ", ".join(values)
        marks = ", ".join("?" for _ in values)
        self.con.execute(f"insert into intake.{table} ({names}) values ({marks})", list(values.values()))

    def close(self) -> None:
        """Give the file free for dbt."""
        self.con.close()


def run_dbt(path: Path, target: Path, *arguments: str, project: Path = DBT_DIR) -> None:
    """``dbt build`` of a project in this process against ``path``; fails with dbt's own words.

    Without unit tests: they bring their own rows, so tests/dbt runs each of them once for all warehouses."""
    target.mkdir()
    kept = dict(os.environ)
    chosen = [*arguments, "--exclude-resource-type", "unit_test"]
    try:
        with dbt_run.open_warehouse(path) as con:
            done = dbt_run.build(project, con, path, chosen, target / "dbt.log", target)
    finally:
        os.environ.clear()
        os.environ.update(kept)
    assert done.success, done.error
