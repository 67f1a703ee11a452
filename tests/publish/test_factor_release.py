"""The released manual: what may not be published is not in it, another area reads it back, bytes repeat."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import duckdb
import openpyxl
import pytest

from ehpilot.facts.factors import factor_rows
from ehpilot.profile import load_profile
from ehpilot.publish import factor_release

NUMBERS = {
    "factor", "ci_low", "ci_high", "prediction_low", "prediction_high", "gsd", "nondetect_rate", "factor_low",
    "factor_high", "factor_quality_index", "factor_activity_weighted", "weighted_low", "weighted_high",
    "reference_factor", "efficiency", "efficiency_low", "efficiency_high",
}  # fmt: skip
WHOLE, MARKS = {"n_enterprises", "n_observations", "n", "priority"}, {"is_interval_stated", "is_published"}


def kind(column: str) -> str:
    """Type of a column of the marts."""
    return (
        "double" if column in NUMBERS else "integer" if column in WHOLE else "boolean" if column in MARKS else "varchar"
    )


def insert(connection: duckdb.DuckDBPyConnection, table: str, **values: object) -> None:
    """One row with what is said, null elsewhere."""
    marks = ", ".join("?" for _ in values)
    connection.execute(f"insert into {table} ({', '.join(values)}) values ({marks})", list(values.values()))


@pytest.fixture
def building(tmp_path: Path) -> Path:
    folder = tmp_path / "edition"
    folder.mkdir()
    with duckdb.connect(str(folder / "marts.duckdb")) as c:
        c.execute("create schema meta")
        c.execute("create schema emission_factor")
        c.execute(
            "create table meta.edition as select 1 as edition_no, 'here' as profile, true as is_fictional, "
            "date '2026-10-31' as as_of, 'h' as input_hash, null::integer as previous_edition, '' as content_hash, "
            "null::timestamp as sealed_at"
        )
        c.execute(
            "create table meta.run (edition_no integer, run_id varchar, code_version varchar, started_at timestamp)"
        )
        for _, table, columns, which, _ in factor_release.TABLES.values():
            names = [*columns, *([] if which == "true" else ["is_published"])]
            c.execute(f"create table {table} ({', '.join(f'{name} {kind(name)}' for name in names)})")
        plain = {
            "version": "2026-10-31", "process_id": "PVC-S", "product": "聚氯乙烯", "stage": "production",
            "medium": "air", "pollutant_id": "75-01-4", "control_state": "controlled", "unit": "kg/t",
        }  # fmt: skip
        table = "emission_factor.factor"
        insert(c, table, factor_id="a", factor=0.1 + 0.2, ci_low=0.1, n_enterprises=4, is_published=True, **plain)
        insert(c, table, factor_id="secret", factor=7.0, n_enterprises=1, is_published=False, **plain)
        insert(c, "emission_factor.abatement", technology_id="RTO", pollutant_class="voc", efficiency=0.95)
    return folder


def test_only_what_may_be_published_and_all_files_are_listed(building: Path) -> None:
    paths = factor_release.write_of(building)
    assert {path.name for path in paths} == {path.name for path in (building / factor_release.FOLDER).iterdir()}
    assert b"secret" not in b"".join(path.read_bytes() for path in paths if path.suffix == ".csv")
    package = json.loads((building / factor_release.FOLDER / factor_release.PACKAGE).read_text("utf-8"))
    assert package["version"] == "2026-10-31" and "fictional" in package["description"]
    assert "American Petroleum Institute" in package["description"]
    for resource in package["resources"]:
        path = building / factor_release.FOLDER / resource["path"]
        assert resource["hash"] == f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
        with path.open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == [field["name"] for field in resource["schema"]["fields"]]


def test_another_area_loads_the_release_as_a_seed(building: Path, tmp_path: Path) -> None:
    factor_release.write_of(building)
    area = tmp_path / "area"
    (area / "factors").mkdir(parents=True)
    (area / "area.yml").write_text("name: there\nname_cn: 某区\n", encoding="utf-8")
    released = building / factor_release.FOLDER / factor_release.FACTORS_FILE
    (area / "factors" / "2026.csv").write_bytes(released.read_bytes())
    (row,) = factor_rows(load_profile(area))
    assert row["factor"] == 0.1 + 0.2, "the exact number"
    assert (row["factor_id"], row["ci_low"], row["n_enterprises"]) == ("a", 0.1, 4.0) and row["ci_high"] is None


def test_the_workbook_has_a_sheet_a_table_and_says_what_it_is(building: Path) -> None:
    factor_release.write_of(building)
    book = openpyxl.load_workbook(building / factor_release.FOLDER / factor_release.WORKBOOK)
    assert book.sheetnames == ["说明", "产排污系数", "已发布系数", "去除效率", "减排技术", "核算方法"]
    assert book["产排污系数"].max_row == 2 and any("虚构" in str(cell.value) for cell in book["说明"]["A"])


def test_bytes_repeat(building: Path) -> None:
    first = {path.name: path.read_bytes() for path in factor_release.write_of(building)}
    assert first == {path.name: path.read_bytes() for path in factor_release.write_of(building)}


def test_an_edition_without_a_manual_writes_nothing(building: Path) -> None:
    with duckdb.connect(str(building / "marts.duckdb")) as c:
        c.execute("drop table emission_factor.factor")
    assert factor_release.write_of(building) == [] and not (building / factor_release.FOLDER).exists()
