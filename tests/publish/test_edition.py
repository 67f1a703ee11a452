"""A sealed edition is whole, describes itself, never changes, and holds nothing that is not public."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import subprocess
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from ehpilot.errors import BuildError, UsageError
from ehpilot.publish import edition as publishing
from ehpilot.publish.description import DESCRIPTION_TABLES
from ehpilot.reading import edition as reading
from ehpilot.reading import sums
from tests.publish.editions import copy, publish
from tests.publish.tiny_warehouse import FACTS, TABLES, make_warehouse


def test_latest_is_a_relative_link_to_the_newest_edition(out: Path) -> None:
    assert str((out / "editions" / "latest").readlink()) == "0002"
    assert [info.edition_no for info in reading.list_editions(out)] == [1, 2]
    assert not list((out / "editions").glob(".*"))


def test_sums_cover_every_file_as_sha256sum_reads_them(out: Path) -> None:
    folder = reading.find(out)
    listed = {line[66:] for line in (folder / "SHA256SUMS").read_text().splitlines()}
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert listed == present - {"SHA256SUMS"}
    checked = subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=folder, capture_output=True)
    assert checked.returncode == 0, checked.stderr


def test_a_changed_a_missing_and_an_added_file_are_named(tmp_path: Path) -> None:
    folder = publish(tmp_path)
    (folder / "index.html").chmod(0o644)
    (folder / "index.html").write_text("x")
    (folder / "datapackage.json").unlink()
    (folder / "new.txt").write_text("x")
    assert set(sums.problems(folder)) == {"changed: index.html", "missing: datapackage.json", "not listed: new.txt"}


def test_files_of_a_sealed_edition_are_read_only_and_leave_no_log(out: Path) -> None:
    folder = reading.find(out)
    assert all(path.stat().st_mode & 0o222 == 0 for path in folder.rglob("*") if path.is_file())
    assert not list(folder.rglob("*.wal"))
    assert not list(folder.rglob(".*"))


def test_marts_hold_keys_comments_and_rows_in_key_order(out: Path) -> None:
    with duckdb.connect(str(reading.find(out) / "marts.duckdb"), read_only=True) as con:
        keys = dict(con.execute(
            "select schema_name || '.' || table_name, constraint_column_names from duckdb_constraints() "
            "where constraint_type = 'PRIMARY KEY'"
        ).fetchall())  # fmt: skip
        assert {name: keys[name] for name in TABLES} == {name: facts["key"] for name, facts in TABLES.items()}
        comment = con.execute("select comment from duckdb_columns() where column_name = 'longitude'").fetchone()[0]
        assert comment == "longitude 的说明 / about longitude"
        table_comment = con.execute("select comment from duckdb_tables() where table_name = 'emission'").fetchone()[0]
        assert table_comment == TABLES["inventory.emission"]["description"]
        with pytest.raises(duckdb.InvalidInputException):
            con.execute("insert into meta.gap values ('x', '', '', '')")


def test_raw_tables_and_leftovers_of_renamed_models_are_not_published(out: Path) -> None:
    folder = reading.find(out)
    with reading.open_marts(folder) as con:
        names = set(reading.table_names(con))
    assert names == set(TABLES) | set(DESCRIPTION_TABLES)
    assert "机密".encode() not in (folder / "marts.duckdb").read_bytes()
    assert {path.stem for path in folder.rglob("*.parquet")} == {name.split(".")[1] for name in names}


def test_parquet_has_the_rows_of_the_marts(out: Path) -> None:
    folder = reading.find(out)
    with reading.open_marts(folder) as con:
        tables = reading.table_names(con)
        assert "core.dim_enterprise" in tables
        for table in tables:
            rows = con.execute(f"select * from {table} order by all").fetchall()
            path = folder / "parquet" / f"{table.replace('.', '/')}.parquet"
            ours = pq.read_table(path).to_pylist()
            assert len(ours) == len(rows), table
            assert con.execute(f"select * from '{path}' order by all").fetchall() == rows, table


def test_origins_are_kept_in_marts_and_parquet(out: Path) -> None:
    folder = reading.find(out)
    origins = pq.read_table(folder / "parquet/core/dim_enterprise.parquet").to_pylist()[0]["_origin"]
    assert [item["field"] for item in origins] == ["单位名称", "经度"]


def test_the_record_of_the_edition_is_filled(out: Path) -> None:
    with reading.open_marts(reading.find(out)) as con:
        edition = con.execute("select edition_no, previous_edition, length(content_hash), sealed_at from meta.edition")
        number, previous, length, sealed_at = edition.fetchone()
        assert (number, previous, length) == (2, 1, 64)
        assert sealed_at is not None
        assert con.execute("select status, finished_at is not null from meta.run").fetchone() == ("success", True)


def test_gate_results_are_those_of_this_run_with_the_late_ones(out: Path) -> None:
    with reading.open_marts(reading.find(out)) as con:
        assert con.execute("select run_id, check_name, failing_rows from meta.check_result").fetchall() == [
            ("run-2", "late gate", 4)
        ]


def test_content_hash_is_the_hash_of_the_parquet_sums_without_clock_tables(out: Path) -> None:
    folder = reading.find(out)
    clock = {f"parquet/meta/{name}.parquet\n" for name in ("run", "check_result", "source_file", "edition")}
    lines = (folder / "SHA256SUMS").read_text().splitlines(keepends=True)
    lines = [line for line in lines if line[66:].startswith("parquet/") and line[66:] not in clock]
    expected = hashlib.sha256("".join(sorted(lines, key=lambda line: line[66:])).encode()).hexdigest()
    assert reading.info(folder).content_hash == expected


def test_an_edition_says_itself_how_its_tables_are_traced(out: Path) -> None:
    with reading.open_marts(reading.find(out)) as con:
        key, trace = con.execute(
            "select key_columns, trace from meta.table_trace where table_name = 'inventory.emission'"
        ).fetchone()
        assert key == ["enterprise_id", "pollutant_id", "year"]
        assert json.loads(trace)[0]["table"] == "inventory.emission_claim"


def test_a_declared_table_that_was_not_built_or_is_a_view_publishes_nothing(tmp_path: Path) -> None:
    warehouse = make_warehouse(tmp_path / "warehouse.duckdb")
    with duckdb.connect(str(warehouse)) as con:
        con.execute("drop table meta.gap; create view meta.gap as select 1 as gap_id")
    building = publishing.begin(tmp_path, 1)
    with pytest.raises(BuildError, match=r"meta\.gap"):
        copy(warehouse, building)
    publishing.abandon(building)
    assert reading.latest(tmp_path) is None
    assert not building.exists()


def test_a_sealed_number_is_not_made_again(out: Path) -> None:
    with pytest.raises(BuildError, match="sealed"):
        publishing.begin(out, 2)


def test_a_folder_that_cannot_be_written_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "editions").write_text("a file in the way")
    with pytest.raises(UsageError, match="cannot be written"):
        publishing.begin(tmp_path, 1)


def test_unchanged_means_same_input_profile_code_and_as_of(out: Path) -> None:
    latest = reading.latest(out)
    facts = ("in7777777777", "tiny", "0.1.0+abc")
    as_of = dt.date(2026, 9, 30)
    assert publishing.is_unchanged(latest, *facts, as_of)
    assert publishing.is_unchanged(latest, *facts, None)
    assert not publishing.is_unchanged(None, *facts, as_of)
    assert not publishing.is_unchanged(latest, "other", *facts[1:], as_of)
    assert not publishing.is_unchanged(latest, facts[0], "demo", facts[2], as_of)
    assert not publishing.is_unchanged(latest, *facts[:2], "0.2.0", as_of)
    assert not publishing.is_unchanged(latest, *facts, dt.date(2026, 9, 29))


def test_a_date_once_requested_is_not_taken_for_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FACTS, "as_of_requested", "2026-09-30")
    latest = publish(tmp_path, with_documents=False)
    assert not publishing.is_unchanged(latest, "in7777777777", "tiny", "0.1.0+abc", None)
    assert publishing.is_unchanged(latest, "in7777777777", "tiny", "0.1.0+abc", dt.date(2026, 9, 30))
