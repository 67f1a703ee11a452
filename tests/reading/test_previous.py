"""Tables of the previous edition as models get them: which file a row, and one column of it, came from."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import duckdb

from ehpilot.facts.previous import write_previous
from ehpilot.reading import edition as reading

ORIGIN = "struct(source_table varchar, file_no integer, column_name varchar)[]"


def _register(*columns: tuple[str, str]) -> SimpleNamespace:
    node = {
        "schema": "intake", "identifier": "previous_enterprise",
        "config": {"meta": {"previous": "core.dim_enterprise"}},
        "columns": {name: {"name": name, "data_type": kind} for name, kind in columns},
    }  # fmt: skip
    return SimpleNamespace(manifest={"sources": {"previous_enterprise": node}})


def test_each_column_names_the_file_it_came_from(tmp_path: Path) -> None:
    """The employees are of another file than the name; an unknown column is null."""
    with duckdb.connect(str(tmp_path / reading.MARTS_FILE)) as marts:
        marts.execute("create schema core")
        marts.execute(f"create table core.dim_enterprise (enterprise_id varchar, employees integer, _origin {ORIGIN})")
        marts.execute(
            "insert into core.dim_enterprise values ('e', 9, [{source_table: 'seed', file_no: null, column_name: "
            "'status'}, {source_table: 'a', file_no: 3, column_name: 'name'}, {source_table: 'b', file_no: 7, "
            "column_name: 'employees'}])"
        )
    register = _register(
        ("enterprise_id", "varchar"), ("employees", "integer"), ("file_no", "integer"),
        ("employees_file_no", "integer"), ("status_file_no", "integer"), ("later_column", "varchar"),
    )  # fmt: skip
    with duckdb.connect() as con:
        con.execute("create schema intake")
        assert write_previous(con, register, tmp_path) == {"previous_enterprise": 1}  # type: ignore[arg-type]
        assert con.execute("select * from intake.previous_enterprise").fetchall() == [("e", 9, 3, 7, None, None)]


def test_before_the_first_edition_the_tables_are_empty() -> None:
    with duckdb.connect() as con:
        con.execute("create schema intake")
        register = _register(("enterprise_id", "varchar"), ("employees_file_no", "integer"))
        assert write_previous(con, register, None) == {"previous_enterprise": 0}  # type: ignore[arg-type]
        assert con.execute("select * from intake.previous_enterprise").fetchall() == []
