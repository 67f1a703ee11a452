"""The seam of science: what a kernel sees of a relation, and what the warehouse stores of a kernel's table."""

from __future__ import annotations

import math
from collections.abc import Iterator

import duckdb
import pyarrow as pa
import pytest

from ehpilot import frames


@pytest.fixture
def session() -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse of its own."""
    with duckdb.connect() as connection:
        yield connection


def test_null_of_a_double_is_nan_for_a_kernel_and_any_other_null_stays_null(session: duckdb.DuckDBPyConnection) -> None:
    table = frames.read(
        session.query(
            """select 1.5::double as x, 1.5::float as small, 7 as whole, '甲' as name,
                       ['a', null] as words, 1 = 1 as mark
               union all select null, null, null, null, null, null"""
        )
    )
    assert table["x"].null_count == table["small"].null_count == 0
    assert math.isnan(table["x"][1].as_py()) and math.isnan(table["small"][1].as_py())
    assert table.drop_columns(["x", "small"]).to_pylist()[1] == {
        "whole": None, "name": None, "words": None, "mark": None,
    }  # fmt: skip
    assert table["whole"].type == pa.int32() and table["words"][0].as_py() == ["a", None]


def test_nan_of_a_kernel_is_null_in_the_warehouse(session: duckdb.DuckDBPyConnection) -> None:
    made = pa.table({"x": [1.0, math.nan, None], "place": pa.array([1, None, 3], pa.int32()), "name": ["甲", "", None]})
    result = frames.give(made, session)
    session.execute("create table given as select * from result")
    assert result is not None
    assert session.execute("select * from given").fetchall() == [(1.0, 1, "甲"), (None, None, ""), (None, 3, None)]
    kinds = session.execute("select data_type from duckdb_columns() where table_name = 'given'").fetchall()
    assert kinds == [("DOUBLE",), ("INTEGER",), ("VARCHAR",)]


def test_what_is_read_does_not_change_with_later_queries(session: duckdb.DuckDBPyConnection) -> None:
    session.execute("create table t as select range::double as x from range(300000)")
    first, second = frames.read(session.query("select * from t")), frames.read(session.query("select * from t limit 1"))
    session.execute("delete from t")
    assert (first.num_rows, second.num_rows) == (300_000, 1)


def test_a_table_goes_through_and_back_to_the_last_bit(session: duckdb.DuckDBPyConnection) -> None:
    session.execute("create table t as select range as n, sqrt(range) / 7 as x from range(1000)")
    back = frames.give(frames.read(session.query("select * from t")), session)
    session.execute("create table again as select * from back")
    assert back.columns == ["n", "x"]
    assert session.execute("select count(*) from (from t except all from again)").fetchone() == (0,)


def test_an_empty_relation_keeps_its_columns(session: duckdb.DuckDBPyConnection) -> None:
    table = frames.read(session.query("select 1.0::double as x, 'a' as name limit 0"))
    assert table.schema == pa.schema({"x": pa.float64(), "name": pa.string()}) and table.num_rows == 0
    assert frames.give(table, session).fetchall() == []
