"""One dbt run over the hand-made monitoring records, read by all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from ehpilot.register import Register
from tests.dbt_exposure.monitoring_records import all_records, animals
from tests.dbt_inventory.hand_made import HandMade, run_dbt

BUILT = (
    "+path:models/marts/exposure/monitoring", "+int_exposure__monitoring_gaps_found",
    "+int_exposure__unstated_gaps_found", "+path:models/report/d03",
)  # fmt: skip


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """Read-only connection to the built warehouse."""
    folder = tmp_path_factory.mktemp("monitoring")
    made = HandMade(folder / "warehouse.duckdb", Register.load())
    all_records(made)
    animals(made)
    made.close()
    run_dbt(made.path, folder / "target", "--select", *BUILT, "--indirect-selection", "buildable")
    with duckdb.connect(str(made.path), read_only=True) as connection:
        yield connection
