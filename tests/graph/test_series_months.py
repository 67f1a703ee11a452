"""Months of an hourly series as partitions in Dagster: their rows, and whether the file is the previous edition's."""

from pathlib import Path

import dagster as dg
import duckdb
import pytest

from assets.months import BY_MONTH, MONTHS, months_assets, months_key, tell_months
from assets.run import BuildArguments
from dagster_project.assemble import build_defs
from ehpilot.landing.kept.cache import stale_months
from ehpilot.publish import edition as publishing
from ehpilot.publish import ledger
from ehpilot.publish.marts import PublishedMonth, PublishedTable
from ehpilot.register import Register
from ehpilot.runs.build import Build

SERIES = "exposure.monitoring_hourly"
HOURS = PublishedTable(
    SERIES, ("result_id",), {}, 30, (PublishedMonth("2025-01", 10, True), PublishedMonth("2025-02", 20, False))
)


def test_every_series_has_an_asset_of_months_that_no_build_makes() -> None:
    (asset,) = months_assets(Register.load())
    assert asset.key == months_key(SERIES) and asset.partitions_def == MONTHS
    job = build_defs().resolve_job_def("build")
    assert asset.key not in job.asset_layer.selected_asset_keys
    assert dict([BY_MONTH]).items() <= asset.tags_by_key[asset.key].items()


def test_a_build_tells_each_month_with_its_rows() -> None:
    @dg.asset
    def published(context: dg.AssetExecutionContext) -> None:
        for table in (HOURS, PublishedTable("core.dim_area", ("area_id",), {}, 3)):
            tell_months(context, table)

    with dg.DagsterInstance.ephemeral() as instance:
        assert dg.materialize([published], instance=instance).success
        assert instance.get_dynamic_partitions(str(MONTHS.name)) == ["2025-01", "2025-02"]
        told = _told(instance)
    assert {month: facts["dagster/row_count"].value for month, facts in told.items()} == {"2025-01": 10, "2025-02": 20}
    assert told["2025-01"]["is_unchanged"].value is True and told["2025-01"]["is_stale"].value is False


def test_a_backfill_marks_its_months_for_the_next_whole_build(tmp_path: Path) -> None:
    (tmp_path / "landing").mkdir()
    edition = tmp_path / "out" / "editions" / "0001"
    month = edition / "parquet" / "exposure" / "monitoring_hourly" / "2025-02.parquet"
    month.parent.mkdir(parents=True)
    duckdb.execute(f"copy (select * from range(20)) to '{month}'")
    (edition.parent / "latest").symlink_to("0001")
    arguments = BuildArguments(profile="demo", landing=str(tmp_path / "landing"), out=str(tmp_path / "out"))
    with dg.DagsterInstance.ephemeral() as instance:
        instance.add_dynamic_partitions(str(MONTHS.name), ["2025-01", "2025-02", "2025-03"])
        job = dg.Definitions(
            months_assets(Register.load()), resources={"run": arguments}
        ).resolve_implicit_global_asset_job_def()
        tags = {"dagster/asset_partition_range_start": "2025-02", "dagster/asset_partition_range_end": "2025-03"}
        assert job.execute_in_process(instance=instance, tags=tags).success
        told = _told(instance)
    assert {month: facts["is_stale"].value for month, facts in told.items()} == {"2025-02": True, "2025-03": True}
    assert told["2025-02"]["dagster/row_count"].value == 20
    build = Build("demo", tmp_path / "landing", tmp_path / "out")
    assert stale_months(build.workspace.read_files) == build.stale_months == {"2025-02", "2025-03"}
    assert not build.is_unchanged()


def _told(instance: dg.DagsterInstance) -> dict[str | None, dict[str, dg.MetadataValue]]:
    """Facts of each month as the UI shows them."""
    records = instance.fetch_materializations(months_key(SERIES), limit=10).records
    return {
        record.partition_key: dict(record.asset_materialization.metadata)
        for record in records if record.asset_materialization is not None
    }  # fmt: skip


def test_a_sealed_edition_takes_away_the_marks_that_its_build_has_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "landing").mkdir()
    monkeypatch.setattr(publishing, "seal", lambda building, documents: building)
    monkeypatch.setattr(ledger, "complete", lambda out: None)
    build = Build("demo", tmp_path / "landing", tmp_path / "out")
    build.building = tmp_path / "out" / "editions" / ".0001.building"
    build.read_anew(SERIES, ["2025-02"])
    assert build.stale_months == {"2025-02"}
    build.read_anew(SERIES, ["2025-03"])  # while the build goes on
    build.seal()
    assert stale_months(build.workspace.read_files) == {"2025-03"}
