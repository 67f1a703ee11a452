"""Series a month: bytes, links between editions, months that changed, series without rows."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from ehpilot.publish.marts import attached_marts
from ehpilot.publish.series import write_series
from ehpilot.reading import sums
from ehpilot.register import Column, Table

HOURS = Table(
    schema="exposure", name="monitoring_hourly", kind="model", description="", key=("result_id",),
    columns=(Column("result_id", "varchar", "", {}),), path="", declared_in="",
    unique_id="model.ehpilot.monitoring_hourly",
    meta={"series": {"month_of": "sampled_at", "order_by": ["site_id", "result_id"]}},
)  # fmt: skip
ROWS = 40_000


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """A warehouse with a view of hours in January and February 2026, in no order."""
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute("create schema exposure")
        con.execute(
            f"""create table hour as select md5(i::varchar) as result_id, 'S:' || (i % 7) as site_id,
            timestamp '2026-01-01' + to_minutes(i * 2) as sampled_at, i / 3 as value from range({ROWS}) t(i)"""
        )
        con.execute("create view exposure.monitoring_hourly as select * from warehouse.main.hour where value >= 0")
    return path


def _write(warehouse: Path, building: Path, previous: Path | None = None, threads: int = 1) -> dict[str, Path]:
    building.mkdir(parents=True)
    with duckdb.connect(str(warehouse)) as con, attached_marts(con, building, threads) as connection:
        (table,) = write_series(connection, building, [HOURS], previous)
    assert table.rows == sum(pq.read_metadata(path).num_rows for path in building.rglob("*.parquet"))
    assert sum(month.rows for month in table.months) == table.rows
    links = {month.month: month.is_unchanged for month in table.months}
    assert links == {path.stem: path.stat().st_nlink > 1 for path in building.rglob("*.parquet")}
    return {path.stem: path for path in (building / "parquet" / "exposure" / "monitoring_hourly").iterdir()}


def test_months_hold_their_rows_in_order(warehouse: Path, tmp_path: Path) -> None:
    months = _write(warehouse, tmp_path / "a")
    assert sorted(months) == ["2026-01", "2026-02"]
    for month, path in months.items():
        rows = pq.read_table(path).to_pylist()
        assert {f"{row['sampled_at']:%Y-%m}" for row in rows} == {month}
        keys = [(row["site_id"], row["result_id"]) for row in rows]
        assert keys == sorted(keys)
    assert sum(pq.read_metadata(path).num_rows for path in months.values()) == ROWS


def test_an_unchanged_month_is_the_file_of_the_previous_edition(warehouse: Path, tmp_path: Path) -> None:
    before = _write(warehouse, tmp_path / "a")
    with duckdb.connect(str(warehouse)) as con:
        con.execute("update hour set value = value + 1 where result_id = md5('39999')")
    after = _write(warehouse, tmp_path / "b", previous=tmp_path / "a")
    assert after["2026-01"].stat().st_ino == before["2026-01"].stat().st_ino
    assert before["2026-01"].stat().st_nlink == 2
    assert after["2026-02"].stat().st_ino != before["2026-02"].stat().st_ino
    assert after["2026-02"].read_bytes() != before["2026-02"].read_bytes()


@pytest.mark.parametrize("threads", [2, 8])
def test_threads_do_not_change_a_byte(warehouse: Path, tmp_path: Path, threads: int) -> None:
    one = _write(warehouse, tmp_path / "one")
    many = _write(warehouse, tmp_path / "many", threads=threads)
    assert {month: path.read_bytes() for month, path in one.items()} == {
        month: path.read_bytes() for month, path in many.items()
    }


def test_a_series_without_rows_keeps_its_columns(warehouse: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(warehouse)) as con:
        con.execute("delete from hour")
    months = _write(warehouse, tmp_path / "a")
    assert list(months) == ["empty"]
    assert pq.read_schema(months["empty"]).names == ["result_id", "site_id", "sampled_at", "value"]


def test_a_month_planned_as_equal_is_linked_and_not_computed(warehouse: Path, tmp_path: Path) -> None:
    before = _write(warehouse, tmp_path / "a")
    with duckdb.connect(str(warehouse)) as con:
        con.execute("create schema months")
        con.execute("create table months.plan (model varchar, month varchar, sum varchar, is_kept boolean)")
        for month, path in before.items():
            row = ["exposure.monitoring_hourly", month, sums.file_sum(path), month == "2026-01"]
            con.execute("insert into months.plan values (?, ?, ?, ?)", row)
        # January would be computed otherwise: that it is not shows
        view = "create or replace view exposure.monitoring_hourly as select * from warehouse.main.hour"
        fails = "case when sampled_at < timestamp '2026-01-31' then error('computed') end is null"
        con.execute(f"{view} where value >= 0 and {fails}")
    after = _write(warehouse, tmp_path / "b", previous=tmp_path / "a")
    assert {month: path.read_bytes() for month, path in after.items()} == {
        month: path.read_bytes() for month, path in before.items()
    }


def test_a_plan_that_names_another_file_than_the_edition_has_is_not_followed(warehouse: Path, tmp_path: Path) -> None:
    before = _write(warehouse, tmp_path / "a")
    with duckdb.connect(str(warehouse)) as con:
        con.execute("create schema months; create table months.plan as select 'exposure.monitoring_hourly' as model, "
                    "'2026-01' as month, 'other' as sum, true as is_kept")  # fmt: skip
        con.execute("delete from hour where sampled_at < timestamp '2026-01-02'")
    after = _write(warehouse, tmp_path / "b", previous=tmp_path / "a")
    assert after["2026-01"].read_bytes() != before["2026-01"].read_bytes()
