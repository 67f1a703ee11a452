"""Models by month: which months are taken over, and that everything a month rests on names it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ehpilot.landing.kept.cache import mark_stale
from ehpilot.register import Register
from ehpilot.warehouse import months

HOURS, DAYS = "model.hours", "model.days"


def _node(name: str, kind: str = "table", sql: str = "", **meta: Any) -> dict[str, Any]:
    config = {"materialized": kind, "meta": meta}
    return {"name": name, "alias": name, "schema": "made", "resource_type": "model", "config": config, "raw_code": sql}


MANIFEST: dict[str, Any] = {
    "nodes": {
        HOURS: _node("hours", by_month={"time": "at", "without": {"samples": "no hours"}}),
        DAYS: _node("days", by_month={"time": "day"}),
        "model.joined": _node("joined", "view"),
        "model.sites": _node("sites"),
        "model.samples": _node("samples"),
        "seed.words": _node("words") | {"resource_type": "seed"},
    },
    "sources": {"source.hour": {"name": "hour", "identifier": "site_hour", "schema": "raw", "resource_type": "source"}},
    "parent_map": {
        HOURS: ["model.joined"], DAYS: [HOURS, "seed.words"],
        "model.joined": ["source.hour", "model.sites", "model.samples", "seed.words"],
    },
}  # fmt: skip


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """A working database with two months of hours."""
    with duckdb.connect() as found:
        found.execute("create schema months; create schema made; create schema intake")
        found.execute("create table months.content as select * from (values ('site_hour', '2025-01', 'a'), "
                      "('site_hour', '2025-02', 'b')) t(raw_table, month, content)")  # fmt: skip
        found.execute("create table intake.build as select 'code' as code_version, date '2025-12-31' as as_of")
        found.execute("create table made.sites as select 1 as site, 'x' as _origin, current_timestamp as _loaded_at")
        found.execute("create table made.samples as select 1 as sample")
        yield found


def _make(con: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, list[str]]:
    """Plan, make the models as dbt does, keep. Returns the months that were taken over by model."""
    months.plan(con, MANIFEST, folder, [HOURS, DAYS])
    taken = con.execute("select model, month from months.plan where is_kept order by all").fetchall()
    for model, time in (("hours", "at"), ("days", "day")):
        rows = f"select range as n, timestamp '2025-01-01' + range * interval 12 hour as {time} from range(100)"
        con.execute(f"drop table if exists made.{model}")
        con.execute(f"create table made.{model} as {rows}")
    months.keep(con, MANIFEST, folder, [HOURS, DAYS])
    return {model: [month for _, month in rows] for model, rows in itertools.groupby(taken, lambda row: str(row[0]))}


EVERYTHING = {f"made.{model}": ["2025-01", "2025-02"] for model in ("hours", "days")}
SECOND_ALONE = {model: ["2025-02"] for model in EVERYTHING}


def test_equal_months_are_taken_over_with_their_rows(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    assert _make(con, tmp_path) == {}
    assert _make(con, tmp_path) == EVERYTHING
    paths = con.execute("select path from months.plan where model = 'made.hours' order by month").fetchall()
    sql = 'select count(*), min(month("at")), max(month("at")) from '
    counts = [con.execute(f"{sql}{path}").fetchone() for (path,) in paths]
    assert counts == [(62, 1, 1), (38, 2, 2)]


@pytest.mark.parametrize(
    ("change", "taken"),
    [
        ("update months.content set content = 'c' where month = '2025-01'", SECOND_ALONE),
        ("delete from months.content where month = '2025-01'", SECOND_ALONE),
        ("insert into months.content values ('site_hour', '2025-03', 'c')", EVERYTHING),
        ("update intake.build set as_of = date '2025-02-28'", EVERYTHING),
        ("update intake.build set as_of = date '2025-02-27'", {model: ["2025-01"] for model in EVERYTHING}),
        ("update intake.build set code_version = 'other'", {}),
        ("insert into made.sites values (2, 'x', current_timestamp)", {}),
        ("update made.sites set site = 2", {}),
        ("update made.sites set _origin = 'y', _loaded_at = null", EVERYTHING),
        ("insert into made.samples values (2)", EVERYTHING),
        ("drop table made.sites", {}),
    ],
)
def test_what_a_month_rests_on_names_it(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, change: str, taken: dict[str, list[str]]
) -> None:
    _make(con, tmp_path)
    con.execute(change)
    assert _make(con, tmp_path) == taken


@pytest.mark.parametrize(("sql", "taken"), [("site._origin", {}), ("site.unit_original", EVERYTHING)])
def test_an_origin_counts_where_the_sql_names_it(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sql: str, taken: dict[str, Any]
) -> None:
    monkeypatch.setitem(MANIFEST["nodes"]["model.joined"], "raw_code", f"select {sql} from site")
    _make(con, tmp_path)
    con.execute("update made.sites set _origin = 'y'")
    assert _make(con, tmp_path) == taken


def test_a_stale_month_a_spoilt_file_and_a_lost_index_are_computed(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    _make(con, tmp_path)
    mark_stale(tmp_path / "read_files", ["2025-01"])
    assert _make(con, tmp_path) == SECOND_ALONE
    (tmp_path / "read_files" / "stale" / "2025-01").unlink()
    (first, _) = sorted((tmp_path / "months" / "made.hours").glob("*.parquet"))
    content = bytearray(first.read_bytes())
    content[-20] ^= 1
    first.write_bytes(content)
    assert _make(con, tmp_path) == EVERYTHING | {"made.hours": ["2025-02"]}
    (tmp_path / "months" / "made.days" / "index.json").write_text("[")
    assert _make(con, tmp_path) == {"made.hours": EVERYTHING["made.hours"]}


def test_without_known_months_nothing_is_planned(tmp_path: Path) -> None:
    with duckdb.connect() as con:
        months.plan(con, MANIFEST, tmp_path, [HOURS])
        months.keep(con, MANIFEST, tmp_path, [HOURS])
        assert con.execute("select count(*) from information_schema.tables").fetchone() == (0,)


def test_declared_models_rest_on_hours_and_on_earlier_stages() -> None:
    """What is left out of a month's name is read by the model, with a reason; all else is there when it is planned."""
    register = Register.load()
    nodes, hours = register.manifest["nodes"], [t.name for t in register.raw_tables.values() if not t.keeps_cells]
    stages = {table.unique_id: table.stage for table in register.tables.values()}
    by_name = {(nodes[key]["schema"], nodes[key]["alias"]): stage for key, stage in stages.items()}
    found = [key for key in stages if nodes[key]["resource_type"] == "model" and months.declared(nodes[key])]
    assert {"int_exposure__hours_selected", "monitoring_hourly"} <= {nodes[key]["name"] for key in found}
    for key in found:
        declared, inputs = months.declared(nodes[key]) or {}, months.inputs_of(register.manifest, key, hours)
        assert inputs.hours or inputs.by_month
        assert all(by_name[other].number < stages[key].number for other in inputs.others if other in by_name)
        assert all(declared.get("without", {"": "x"}).values())
        bare = {**nodes[key], "config": {**nodes[key]["config"], "meta": {"by_month": {"time": ""}}}}
        everything = {**register.manifest, "nodes": {**nodes, key: bare}}
        assert (months.inputs_of(everything, key, hours).others != inputs.others) == bool(declared.get("without"))
