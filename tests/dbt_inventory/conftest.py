"""One dbt run over the hand-made records, read by all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from ehpilot.register import Register
from tests.dbt_inventory.hand_made import HandMade, run_dbt
from tests.dbt_inventory.pilot_records import pilot_records
from tests.dbt_inventory.records import all_records
from tests.dbt_inventory.scoring_records import literacy_records, scoring_records

# Documents that the tests of this folder ask; those of monitoring, risks, factors and grades have records of their own.
REPORTS = ("d01", "d02", "d12", "d13", "d14", "d15", "d17", "d18", "d19", "s01", "s02", "dossier", "document")
BUILT = (
    "+path:models/marts/inventory", "+path:models/marts/pilot",
    "+path:models/marts/green_index", *(f"+path:models/report/{folder}" for folder in REPORTS),
    "+dim_outlet", "+list_version",
    "+int_meta__document_inputs_counted", "+int_pilot__plan_gaps_found",
    "+int_pilot__literacy_gaps_found", "+int_meta__code_words_unknown",
    "+proposed_decision", "+decision", "+disclosure_rule",
)  # fmt: skip


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """Read-only connection to the built warehouse."""
    folder = tmp_path_factory.mktemp("inventory")
    made = HandMade(folder / "warehouse.duckdb", Register.load())
    all_records(made)
    pilot_records(made)
    scoring_records(made)
    literacy_records(made)
    made.close()
    run_dbt(made.path, folder / "target", "--select", *BUILT, "--indirect-selection", "buildable")
    with duckdb.connect(str(made.path), read_only=True) as connection:
        yield connection
