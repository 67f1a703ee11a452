"""A source loaded in a database of its own and brought over leaves what loading it in place leaves."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from ehpilot.demo import generate
from ehpilot.landing import apart
from ehpilot.landing.folder.inventory import Inventory, take_inventory
from ehpilot.landing.intake import IntakeContext, create_intake_tables, load_source
from ehpilot.profile import load_profile
from ehpilot.register import Register

Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def landing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fictional files with all their dirt."""
    folder = tmp_path_factory.mktemp("apart")
    generate(folder / "landing", folder / "truth", seed=11, scale=0.03, is_hostile=True)
    return folder / "landing"


@pytest.fixture(scope="module")
def context() -> IntakeContext:
    """One time of loading for both ways."""
    made = IntakeContext.create(load_profile("demo"), Register.load())
    return replace(made, loaded_at=datetime.datetime(2026, 3, 1))


def inventory_of(landing: Path, context: IntakeContext) -> Inventory:
    """A fresh one: loading writes into it what it found."""
    return take_inventory(landing, context.profile, context.register)


def everything(con: duckdb.DuckDBPyConnection) -> Rows:
    """All rows of all tables of landing in their order; times of first sight are the clock's."""
    tables = con.execute(
        "select schema_name, table_name from duckdb_tables() where schema_name in ('raw', 'intake') order by all"
    ).fetchall()
    return {
        table: con.execute(
            f"select columns(c -> c not in ('first_seen_at')) from {schema}.{table}"
            + (" order by all" if schema == "intake" else "")
        ).fetchall()
        for schema, table in tables
    }


@pytest.mark.parametrize("source", ["monitoring", "site_survey", "census"])
def test_rows_and_books_are_the_same(source: str, landing: Path, context: IntakeContext, tmp_path: Path) -> None:
    sources = ["permit", source, "supervision"]
    with duckdb.connect(str(tmp_path / "here.duckdb")) as con:
        con.execute("create schema raw")
        create_intake_tables(con)
        inventory = inventory_of(landing, context)
        reports = {name: load_source(con, inventory, name, context) for name in sources}
        expected = everything(con)
    database = tmp_path / "warehouse.duckdb.apart"
    there = apart.load_apart(database, inventory_of(landing, context), source, context)
    with duckdb.connect(str(tmp_path / "there.duckdb")) as con:
        con.execute("create schema raw")
        create_intake_tables(con)
        inventory = inventory_of(landing, context)
        load_source(con, inventory, "permit", context)
        apart.bring_over(con, database, inventory, source, context.register.raw_tables_of(source))
        load_source(con, inventory, "supervision", context)
        assert everything(con) == expected
    assert there == reports[source]
    assert there.loaded > 0
    assert there.quarantined > 0
    assert not database.exists()


def test_brought_over_again_it_replaces_what_was_there(landing: Path, context: IntakeContext, tmp_path: Path) -> None:
    database = tmp_path / "warehouse.duckdb.apart"
    with duckdb.connect(str(tmp_path / "there.duckdb")) as con:
        con.execute("create schema raw")
        create_intake_tables(con)
        inventory = inventory_of(landing, context)
        load_source(con, inventory, "census", context)
        before = everything(con)
        apart.load_apart(database, inventory_of(landing, context), "census", context)
        apart.bring_over(con, database, inventory, "census", context.register.raw_tables_of("census"))
        assert everything(con) == before


def test_the_largest_source_that_may_be_written_twice_is_parted(
    landing: Path, context: IntakeContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    inventory = inventory_of(landing, context)
    sizes = {name: sum(file.size_bytes for file in inventory.of_source(name)) for name in inventory.sources}
    largest, second, *_ = sorted(sizes, key=sizes.__getitem__, reverse=True)
    assert apart.source_to_part(inventory) == largest
    monkeypatch.setattr(apart, "MOST_BYTES", sizes[second])
    assert apart.source_to_part(inventory) == second
    monkeypatch.setattr(apart, "MOST_BYTES", -1)
    assert apart.source_to_part(inventory) is None
