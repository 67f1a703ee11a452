"""A sealed edition as its users rely on it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import dagster as dg
import pyarrow.parquet as pq
import pytest

from tests.area import Area
from tests.pipeline.conftest import CHANGED_HOURS


def test_latest_is_a_relative_link(demo: Area) -> None:
    link = demo.out / "editions" / "latest"
    assert link.is_symlink()
    assert str(link.readlink()) == "0001"


def test_checksums_cover_every_file(demo: Area) -> None:
    lines = (demo.latest / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    told = dict(reversed(line.split("  ", 1)) for line in lines)
    found = {p.relative_to(demo.latest).as_posix() for p in demo.latest.rglob("*") if p.is_file()} - {"SHA256SUMS"}
    assert set(told) == found
    for path, digest in told.items():
        assert hashlib.sha256((demo.latest / path).read_bytes()).hexdigest() == digest, path


def test_parquet_holds_the_rows_of_the_marts(demo: Area) -> None:
    files = {f"{file.parent.name}.{file.stem}": file for file in (demo.latest / "parquet").glob("*/*.parquet")}
    assert len(files) >= 26
    counts = demo.sql(" union all ".join(f"select '{table}' as name, count(*) as n from {table}" for table in files))
    assert {row["name"]: row["n"] for row in counts} == {
        table: pq.read_metadata(file).num_rows for table, file in files.items()
    }


def test_data_package_is_valid(demo: Area) -> None:
    from frictionless import Package

    report = Package.validate_descriptor(json.loads((demo.latest / "datapackage.json").read_text(encoding="utf-8")))
    assert report.valid, report.flatten(["message"])


def test_pages_are_self_contained_and_marked_as_fiction(demo: Area) -> None:
    pages = list(demo.latest.rglob("*.html"))
    assert {page.name for page in pages} >= {"index.html"}
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert "演示数据（虚构）" in text, page
        for remote in ('src="http', "src='http", 'href="http', "url(http", "@import"):
            assert remote not in text, (page, remote)


def test_d01_lists_the_pollutants_of_its_table(demo: Area) -> None:
    text = next((demo.latest / "reports").glob("D01_*清单.html")).read_text(encoding="utf-8")
    names = demo.sql("select distinct coalesce(name_cn, name_en, pollutant_id) as name_cn from report.d01_pollutant")
    assert names
    assert [row["name_cn"] for row in names if row["name_cn"] not in text] == []


def test_dagster_knows_the_job_of_a_build_and_its_links_live_after_sealing(demo: Area) -> None:
    with dg.DagsterInstance.from_config(str(demo.out / "work" / "dagster")) as instance:
        (run,) = instance.get_runs(filters=dg.RunsFilter(job_name="build"))
        assert run.tags[".dagster/repository"] == "__repository__@dagster_project.definitions"
        for key, name in (("reports/d01", "docx"), ("edition/quality_page", "path")):
            event = instance.get_latest_materialization_event(dg.AssetKey(key.split("/")))
            assert event is not None and event.asset_materialization is not None
            path = Path(event.asset_materialization.metadata[name].value)
            assert path.is_file() and path.is_relative_to(demo.latest.resolve()), path


@pytest.mark.parametrize(
    ("asset", "table"), [("intake/source_file", "meta.source_file"), ("inventory/emission", "inventory.emission")]
)
def test_dagster_keeps_row_counts(demo: Area, asset: str, table: str) -> None:
    with dg.DagsterInstance.from_config(str(demo.out / "work" / "dagster")) as instance:
        event = instance.get_latest_materialization_event(dg.AssetKey(asset.split("/")))
    assert event is not None
    counted = event.asset_materialization.metadata["dagster/row_count"].value
    assert counted == demo.sql(f"select count(*) as n from {table}")[0]["n"]


def test_a_selection_cannot_seal(demo: Area) -> None:
    result = demo.build("--select", 'key:"edition/sealed"')
    assert result.returncode == 2
    assert "--select" in result.stderr


def test_nothing_changed_builds_nothing(demo: Area) -> None:
    result = demo.build("--format", "json")
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["state"] == "unchanged"
    assert [p.name for p in (demo.out / "editions").iterdir() if p.name.isdigit()] == ["0001"]


def test_changed_bytes_supersede(changed: Area) -> None:
    rows = changed.sql("select status, superseded_by, file_no from meta.source_file where path like '%G101-1%'")
    assert sorted(row["status"] for row in rows) == ["current", "superseded"]
    current = next(row for row in rows if row["status"] == "current")
    assert next(row for row in rows if row["status"] == "superseded")["superseded_by"] == current["file_no"]


def test_missing_file_is_removed_and_its_rows_leave(changed: Area) -> None:
    rows = changed.sql("select status from meta.source_file where source = 'key_unit'")
    assert {row["status"] for row in rows} == {"removed"}
    assert changed.sql("select count(*) as n from core.dim_enterprise where in_key_unit_list")[0]["n"] == 0


def test_unreadable_file_is_one_quarantined_record(changed: Area) -> None:
    rows = changed.sql("select * from meta.source_file where path like '%无关文件.bin'")
    assert [(r["status"], r["records_read"], r["records_quarantined"]) for r in rows] == [("refused", 1, 1)]


def test_file_numbers_stay(changed: Area, demo: Area) -> None:
    query = "select path, file_no from meta.source_file where status in ('current', 'duplicate', 'refused')"
    before = {row["path"]: row["file_no"] for row in demo.sql(query)}
    after = {row["path"]: row["file_no"] for row in changed.sql(query)}
    renewed = {path for path in after if "G101-1" in path or path.endswith(CHANGED_HOURS)}
    same = set(before) & set(after) - renewed
    assert {path for path in same if before[path] != after[path]} == set()


def test_hourly_series_are_listed_and_read_like_tables(demo: Area) -> None:
    months = sorted((demo.latest / "parquet" / "exposure" / "monitoring_hourly").iterdir())
    files = {path.stem[-6:] for path in (demo.landing / "monitoring").glob("自动站_*.csv")}
    assert [path.stem.replace("-", "") for path in months] == sorted(files)
    rows = demo.sql("select count(*) as n, count(distinct result_id) as ids from exposure.monitoring_hourly")
    assert rows[0]["n"] == rows[0]["ids"] == sum(pq.read_metadata(path).num_rows for path in months)
    package = json.loads((demo.latest / "datapackage.json").read_text(encoding="utf-8"))
    listed = {resource["path"]: resource for resource in package["resources"]}
    assert {path.relative_to(demo.latest).as_posix() for path in months} <= set(listed)
    fields = listed["parquet/exposure/monitoring_hourly/2025-01.parquet"]["schema"]["fields"]
    assert next(field for field in fields if field["name"] == "value")["title"] == "结果"


def test_hours_stand_in_their_month_at_known_sites(demo: Area) -> None:
    strays = demo.sql(
        "select site_id, count(*) as n from exposure.monitoring_hourly "
        "where site_id not in (select site_id from core.dim_monitoring_site) or medium is null group by 1"
    )
    assert strays == []
    kinds = demo.sql("select source_kind, count(distinct site_id) as n from exposure.monitoring_hourly group by 1")
    assert {row["source_kind"] for row in kinds} == {"automatic_station", "online"}
    flagged = demo.sql(
        "select count(*) as n, count(value) as v, count(value_text) as t from exposure.monitoring_hourly "
        "where list_contains(qc_codes, 'FLAGGED') and qc_level = 'C'"
    )[0]
    assert flagged["n"] == flagged["t"] > 0 == flagged["v"]


def test_an_unchanged_month_is_a_link_to_the_previous_edition(changed: Area) -> None:
    editions = changed.out / "editions"
    folder = Path("parquet") / "exposure" / "monitoring_hourly"
    pairs = {path.stem: (path, editions / "0001" / folder / path.name) for path in (changed.latest / folder).iterdir()}
    linked = {month for month, (new, old) in pairs.items() if new.stat().st_ino == old.stat().st_ino}
    month = f"{CHANGED_HOURS[-10:-6]}-{CHANGED_HOURS[-6:-4]}"
    assert set(pairs) - linked == {month}
    assert pairs[month][0].read_bytes() != pairs[month][1].read_bytes()


def test_first_edition_is_untouched(changed: Area, demo: Area) -> None:
    first = changed.out / "editions" / "0001" / "SHA256SUMS"
    assert first.read_bytes() == (demo.out / "editions" / "0001" / "SHA256SUMS").read_bytes()


def test_diff_names_what_left(changed: Area) -> None:
    result = changed.run("diff", "1", "2", "--format", "json")
    assert result.returncode == 0, result.stderr
    rows = json.loads(result.stdout)
    assert set(rows[0]) == {"table", "key", "change", "column", "old", "new", "object"}
    assert any(row["table"] == "core.dim_enterprise" and row["column"] == "in_key_unit_list" for row in rows)


def test_a_folder_without_files_publishes_nothing(changed: Area, tmp_path: Path) -> None:
    import shutil

    area = Area(tmp_path / "landing", changed.truth, tmp_path / "out")
    shutil.copytree(changed.out, area.out, symlinks=True)
    (area.landing / "permit").mkdir(parents=True)
    result = area.build()
    assert result.returncode == 2, result.stdout + result.stderr
    assert area.latest.name == changed.latest.name
    assert not list((area.out / "editions").glob(".*.building"))
