"""A new medium is rows of seeds: its emissions and its monitoring come through without another edit.

Does not belong here: what becomes of the media there are (the other tests of this folder).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import duckdb
import pytest

from ehpilot.project import DBT_DIR
from ehpilot.register import Register
from tests.dbt_inventory.hand_made import HandMade, run_dbt
from tests.dbt_inventory.records import BENZENE, ONE, intake, permit, release

# seed → rows that a person adds for one medium of emissions and one of the environment
ROWS = {
    "crosswalks/code_label.csv": (
        "medium_of_emission,peat,泥炭,peat,6,own: a made-up medium,own",
        "medium_of_environment,snow,积雪,snow,13,own: a made-up medium,own",
    ),
    "crosswalks/crosswalk_code.csv": (
        "medium_of_emission,泥炭,peat,own: a made-up medium,own",
        "medium_of_environment,积雪,snow,own: a made-up medium,own",
    ),
    "methods/emission_medium.csv": ("peat,oral,receiving_body,own: a made-up medium,own",),
    "screening/screening_bin.csv": ("release,peat,1,4,kg/a,own: a made-up medium,,own",),
}
BUILT = ("+emission", "+int_exposure__results_converted", "+int_inventory__pollutant_releases_scored")


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the project with the rows, run over one release to the one and one sample of the other."""
    folder = tmp_path_factory.mktemp("media")
    project = folder / "dbt"
    shutil.copytree(DBT_DIR, project, ignore=shutil.ignore_patterns("logs"))
    for seed, rows in ROWS.items():
        with (project / "seeds" / seed).open("a", encoding="utf-8") as file:
            file.writelines(f"{row}\n" for row in rows)
    made = HandMade(folder / "warehouse.duckdb", Register.load())
    intake(made)
    permit_no = permit(made, ONE, "虚构一厂")
    release(made, permit_no, BENZENE, 2.0, "物料衡算", medium="泥炭")
    made.add("monitoring_sample", site_id="X1", medium="积雪", pollutant_id=BENZENE, value=3.0, unit="ug/L")
    made.close()
    run_dbt(made.path, folder / "target", "--select", *BUILT, "--indirect-selection", "cautious", project=project)
    with duckdb.connect(str(made.path), read_only=True) as connection:
        yield connection


def test_its_emissions_are_in_the_inventory_weighted_and_scored(warehouse: duckdb.DuckDBPyConnection) -> None:
    emissions = warehouse.execute("select medium, pollutant_id, emission_t from inventory.emission").fetchall()
    assert emissions == [("peat", BENZENE, 2.0)]
    ((weight, oral),) = warehouse.execute(
        "select release.toxicity_weight, weight.oral_weight "
        "from intermediate.int_inventory__site_releases_weighted as release "
        "join core.toxicity_weight as weight using (pollutant_id)"
    ).fetchall()
    assert weight == oral and weight > 0
    scored = warehouse.execute("select medium, score from intermediate.int_inventory__pollutant_releases_scored")
    assert scored.fetchall() == [("peat", 4.0)]


def test_its_samples_are_results(warehouse: duckdb.DuckDBPyConnection) -> None:
    results = warehouse.execute("select medium, value, unit from intermediate.int_exposure__results_converted")
    assert results.fetchall() == [("snow", 3.0, "ug/L")]
