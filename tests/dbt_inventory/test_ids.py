"""Ids rest on what a record is about: a workbook merely saved again, with its rows moved, changes none of them."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from ehpilot.register import Register
from tests.dbt_inventory.hand_made import HandMade, run_dbt
from tests.dbt_inventory.pilot_records import pilot_records
from tests.dbt_inventory.records import all_records

MODELS = (
    "int_inventory__emission_claims_summed",
    "int_exposure__results_converted",
    "funding",
    "opinion",
    "result_use",
)
WHAT_IS_SAID = {
    "claim": "select claim_id, enterprise_id, outlet_id, medium, pollutant_id, method, year, part, emission_t "
    "from intermediate.int_inventory__emission_claims_summed",
    "result": "select result_id, site_id, sampled_at, pollutant_id, value_text, unit_original "
    "from intermediate.int_exposure__results_converted",
    "funding": "select item_id, name_cn, source, budget_yuan from pilot.funding",
    "opinion": "select opinion_id, document, opinion_no, from_unit, opinion from pilot.opinion",
    "case": "select case_id, used_at, description from pilot.result_use",
}


def _said(path: Path) -> dict[str, list[tuple]]:
    with duckdb.connect(str(path), read_only=True) as con:
        return {kind: sorted(con.execute(query).fetchall(), key=str) for kind, query in WHAT_IS_SAID.items()}


def _save_again(path: Path) -> None:
    """Every file gets another number, its records other ids and the rows below an empty one: nothing is said anew."""
    with duckdb.connect(str(path)) as con:
        for (table,) in con.execute("select table_name from duckdb_tables() where schema_name = 'raw'").fetchall():
            con.execute(
                f"update raw.{table} set _file_no = _file_no + 100, _row = _row + 1, _record_id = md5(_record_id)"
            )
        con.execute(
            "update intake.source_file set file_no = file_no + 100, file_sha256 = md5(coalesce(file_sha256, ''))"
        )


@pytest.mark.slow
def test_a_workbook_that_is_saved_again_changes_no_id(tmp_path: Path) -> None:
    made = HandMade(tmp_path / "warehouse.duckdb", Register.load())
    all_records(made)
    pilot_records(made)
    # two equals: the same sample twice with other results, which the register can't tell apart
    for value in (1.0, 2.0):
        made.add("monitoring_sample", sample_no="EQ", site_id="P9", pollutant_id="71-43-2", value=value, unit="ug/m3")
    made.close()
    select = ["--select", *(f"+{model}" for model in MODELS), "--exclude-resource-type", "test"]
    run_dbt(made.path, tmp_path / "first", *select)
    first = _said(made.path)
    _save_again(made.path)
    run_dbt(made.path, tmp_path / "second", *select)
    for kind, rows in first.items():
        ids = [row[0] for row in rows]
        assert rows and len(set(ids)) == len(ids), kind
    assert _said(made.path) == first
