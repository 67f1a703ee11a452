"""`ehpilot sql`: reads one edition or all of them, and can do nothing else."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ehpilot.errors import UsageError
from ehpilot.reading import edition as reading
from ehpilot.reading.query import format_result, query
from ehpilot.reading.sums import problems
from tests.publish import tiny_warehouse as tiny
from tests.publish.editions import publish
from tests.publish.tiny_warehouse import FORMULA, SCRIPT


def _all(out: Path) -> list[Path]:
    return [info.path for info in reading.list_editions(out)]


def test_one_edition_is_read_by_schema_and_table(out: Path) -> None:
    old = query("select name from core.dim_enterprise order by enterprise_id", reading.find(out, 1))
    assert old.column("name").to_pylist() == ["甲化工（虚构）", f"乙|橡胶{SCRIPT}", FORMULA]
    new = query("select enterprise_id from core.dim_enterprise order by 1", reading.find(out))
    assert new.column("enterprise_id").to_pylist() == ["E1", "E2", "E4"]


def test_all_editions_stand_side_by_side(out: Path) -> None:
    table = query(
        "select edition_no, emission_t from inventory.emission where enterprise_id = 'E1' order by 1", _all(out), True
    )
    assert table.to_pylist() == [{"edition_no": 1, "emission_t": 3.0}, {"edition_no": 2, "emission_t": 3.0 + 2**-50}]
    own = query("select edition_no, previous_edition from meta.edition order by 1", _all(out), True)
    assert own.to_pylist() == [{"edition_no": 1, "previous_edition": None}, {"edition_no": 2, "previous_edition": 1}]


def test_a_table_that_only_a_later_edition_has_is_readable_over_all(tmp_path: Path) -> None:
    publish(tmp_path, with_documents=False)
    rows = tiny.rows
    task = {"key": ["task_no"], "columns": {"task_no": "integer"}, "description": "一行 = 一项任务。"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(tiny.TABLES, "pilot.task", task)
        patch.setattr(tiny, "rows", lambda *a: {**rows(*a), "pilot.task": [[7]]})
        publish(tmp_path, with_documents=False)
    assert query("select * from pilot.task", _all(tmp_path), True).to_pylist() == [{"edition_no": 2, "task_no": 7}]


@pytest.mark.parametrize(
    "statement",
    [
        "insert into meta.gap values ('x', '', '', '')",
        "update meta.edition set profile = 'x'",
        "delete from meta.gap",
        "drop table meta.gap",
        "create table memory.main.t as select 1",
        "copy meta.gap to '{folder}/stolen.csv'",
        "attach '{folder}/other.duckdb'",
        "set enable_external_access = true",
        "pragma enable_external_access",
        "install httpfs",
        "load spatial",
        "select * from st_read('{folder}/secret.csv')",
        "select * from st_read('/vsigzip/{folder}/secret.csv')",
        "select * from st_readosm('{folder}/secret.csv')",
        "select 1; select 2",
        "select * from read_csv('{folder}/secret.csv')",
        "select * from '{folder}/secret.csv'",
        "select * from read_text('/etc/hostname')",
        "select * from glob('/etc/*')",
        "from read_blob('{edition}/index.html')",
        "select * from read_csv('{edition}/../../../secret.csv')",
        "select * from read_parquet('{edition}/parquet/../../../../secret.parquet')",
        "select * from read_parquet('{edition}/parquet/meta/gap.parquet')",
        "copy meta.gap to '{edition}/parquet/stolen.csv'",
        "explain analyze copy meta.gap to '{edition}/parquet/stolen.csv'",
        "explain (analyze) copy meta.gap to '{edition}/parquet/stolen.csv'",
        "explain /**/ analyze copy meta.gap to '{edition}/parquet/stolen.csv'",
        "/**/ explain analyze copy meta.gap to '{edition}/parquet/stolen.csv'",
        "explain analyze create table memory.main.t as select 1",
        "import database '{folder}'",
        "select * from meta.no_such_table",
        "selec 1",
        "",
    ],
)
def test_what_writes_or_leaves_the_edition_is_refused(out: Path, tmp_path: Path, statement: str) -> None:
    folder = reading.find(out)
    (tmp_path / "secret.csv").write_text("a\n1\n")
    (tmp_path / "schema.sql").write_text("select 1")
    (tmp_path / "load.sql").write_text("")
    (folder.parents[2] / "secret.csv").write_text("a\n1\n")
    pq.write_table(pa.table({"a": [1]}), folder.parents[2] / "secret.parquet")
    for editions, everything in ((folder, False), (_all(out), True)):
        with pytest.raises(UsageError):
            query(statement.format(folder=tmp_path, edition=folder), editions, everything)
    assert problems(folder) == []
    assert not (tmp_path / "stolen.csv").exists()
    assert not (tmp_path / "other.duckdb").exists()


def test_shapes_can_be_computed_with(out: Path) -> None:
    """The outlines of an edition are WKT; the extension comes with the program and is never fetched."""
    square = "select ST_Area(ST_GeomFromText('POLYGON((0 0, 0 2, 2 2, 2 0, 0 0))')) as area"
    assert query(square, reading.find(out)).to_pylist() == [{"area": 4.0}]


def test_structures_are_short_on_the_screen_and_whole_elsewhere(out: Path) -> None:
    found = query("select _origin from core.dim_enterprise where enterprise_id = 'E1'", reading.find(out))
    (items,) = found.column("_origin").to_pylist()
    screen = format_result(found)
    assert len(screen.splitlines()) == 6 and f"{len(items)} × {{" in screen and "…" in screen
    assert len(json.loads(format_result(found, "json"))[0]["_origin"]) == len(items)


def test_looking_around_is_allowed(out: Path) -> None:
    folder = reading.find(out)
    assert "emission_t" in query("describe inventory.emission", folder).column("column_name").to_pylist()
    for words in ("show tables", "SHOW TABLES;", "show all tables"):
        shown = query(words, folder).to_pylist()
        assert {"schema": "core", "table": "dim_enterprise", "columns": 4} in shown
        assert {row["schema"] for row in shown} >= {"core", "inventory", "meta", "report"}
    both = query("show tables", _all(out), True).to_pylist()
    assert {"schema": "core", "table": "dim_enterprise", "columns": 5} in both  # edition_no in front
    for head in ("explain", "EXPLAIN ANALYZE", "explain (format json)", "explain (analyze, format json)"):
        assert query(f"{head} select count(*) from meta.gap", folder).num_rows == 1
    assert query("with a as (select 1 as x) select x from a", folder).to_pylist() == [{"x": 1}]


def test_an_edition_with_monthly_series_is_read_as_one_table(tmp_path: Path) -> None:
    folder = publish(tmp_path, with_documents=False)
    months = folder / "parquet" / "exposure" / "monitoring_hourly"
    months.mkdir(parents=True)
    for month in (1, 2):
        values = pa.table({"site_id": [f"S:{month}"], "value": [month / 3]})
        pq.write_table(values, months / f"2026-{month:02d}.parquet")
    table = query("select count(*) n, sum(value) s from exposure.monitoring_hourly", folder)
    assert table.to_pylist() == [{"n": 2, "s": 1.0}]
    assert query("select count(*) n from inventory.emission", folder).to_pylist() == [{"n": 2}]
    everything = query("select distinct edition_no from exposure.monitoring_hourly", _all(tmp_path), True)
    assert everything.to_pylist() == [{"edition_no": 1}]


def test_a_series_stands_beside_the_tables_of_its_schema(tmp_path: Path) -> None:
    folder = publish(tmp_path, with_documents=False)
    months = folder / "parquet" / "inventory" / "emission_hourly"
    months.mkdir(parents=True)
    pq.write_table(pa.table({"value": [1.5]}), months / "2026-01.parquet")
    both = query(
        "select value, (select count(*) from inventory.emission) as n, (select count(*) from meta.edition) as editions "
        "from inventory.emission_hourly",
        folder,
    )
    assert both.to_pylist() == [{"value": 1.5, "n": 2, "editions": 1}]
    tables = {(row["schema"], row["table"]) for row in query("show tables", folder).to_pylist()}
    assert {("inventory", "emission_hourly"), ("inventory", "emission"), ("core", "dim_enterprise")} <= tables


def test_every_format_carries_the_same_values(out: Path) -> None:
    folder = reading.find(out, 1)
    table = query("select enterprise_id, name, longitude, true as yes, null as nothing, [1, 2] as list, "
                  "date '2026-09-30' as day from core.dim_enterprise order by 1", folder)  # fmt: skip
    records = json.loads(format_result(table, "json"))
    assert records[2]["name"] == FORMULA
    assert records[0] == {
        "enterprise_id": "E1", "name": "甲化工（虚构）", "longitude": 121.5, "yes": True, "nothing": None,
        "list": [1, 2], "day": "2026-09-30",
    }  # fmt: skip
    lines = list(csv.DictReader(io.StringIO(format_result(table, "csv"))))
    assert float(lines[1]["longitude"]) == records[1]["longitude"]
    assert (lines[0]["yes"], lines[0]["nothing"], lines[0]["list"]) == ("true", "", "[1, 2]")
    assert pq.read_table(io.BytesIO(format_result(table, "parquet"))).to_pylist() == table.to_pylist()
    assert "乙|橡胶<script>" in format_result(table, "table")
    with pytest.raises(UsageError, match="unknown format"):
        format_result(table, "xml")


def test_two_columns_of_one_name_and_nan_survive(out: Path) -> None:
    table = query("select 1 as a, 2 as a, 'nan'::double as b", reading.find(out))
    assert format_result(table, "csv").splitlines()[1] == "1,2,nan"
    assert json.loads(format_result(table, "json"))[0]["b"] is None


def test_an_unknown_edition_and_an_empty_folder_say_what_to_do(out: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="edition 9 does not exist"):
        reading.find(out, 9)
    with pytest.raises(UsageError, match="ehpilot build"):
        reading.find(tmp_path)
    with pytest.raises(UsageError):
        query("select 1", [], True)
