"""Commands as a user types them: exit codes and one line on stderr."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.area import Area, ehpilot


def one_line(text: str) -> bool:
    """True for one non-empty line."""
    return len([line for line in text.splitlines() if line.strip()]) == 1


def test_unknown_profile(tmp_path: Path, key_folder: Path) -> None:
    result = ehpilot("build", "--profile", "atlantis", "--landing", str(tmp_path), "--out", str(tmp_path / "out"))
    assert result.returncode == 2
    assert one_line(result.stderr) and "atlantis" in result.stderr


def test_missing_folder(tmp_path: Path, key_folder: Path) -> None:
    for command in (["check"], ["build", "--out", str(tmp_path / "out")]):
        result = ehpilot(*command, "--profile", "demo", "--landing", str(tmp_path / "none"))
        assert result.returncode == 2
        assert one_line(result.stderr)


def test_unwritable_out(tmp_path: Path, key_folder: Path) -> None:
    (tmp_path / "file").write_text("")
    result = ehpilot("build", "--profile", "demo", "--landing", str(tmp_path), "--out", str(tmp_path / "file" / "out"))
    assert result.returncode == 2
    assert one_line(result.stderr)


def test_missing_key_folder(tmp_path: Path) -> None:
    env = {"EHPILOT_KEY_DIR": str(tmp_path / "none")}
    result = ehpilot("build", "--profile", "demo", "--landing", str(tmp_path), "--out", str(tmp_path / "out"), env=env)
    assert result.returncode == 2
    assert one_line(result.stderr) and "EHPILOT_KEY_DIR" in result.stderr


def test_locked_warehouse_names_its_owner(tmp_path: Path, key_folder: Path) -> None:
    import os

    from ehpilot.workspace import Workspace

    (tmp_path / "landing").mkdir()
    with Workspace(tmp_path / "out").writer():
        result = ehpilot(
            "build", "--profile", "demo", "--landing", str(tmp_path / "landing"), "--out", str(tmp_path / "out")
        )
    assert result.returncode == 2
    assert one_line(result.stderr) and f"pid {os.getpid()}" in result.stderr


def test_check_writes_nothing_and_counts(demo: Area) -> None:
    before = sorted(demo.landing.rglob("*"))
    result = ehpilot("check", "--profile", "demo", "--landing", str(demo.landing), "--format", "json")
    assert result.returncode == 1, "the demo folder holds spoilt records"
    facts = json.loads(result.stdout)
    assert set(facts) == {"files", "reasons"}
    for file in facts["files"]:
        assert set(file) == {"path", "form", "read", "loaded", "quarantined", "skipped"}
        assert file["read"] == file["loaded"] + file["quarantined"] + file["skipped"]
    assert sorted(demo.landing.rglob("*")) == before
    told = {row["path"]: row["records_read"] for row in demo.sql("select path, records_read from meta.source_file")}
    assert {file["path"]: file["read"] for file in facts["files"]} == told


@pytest.mark.parametrize("query", ["drop table core.dim_enterprise", "select * from read_csv('/etc/passwd')"])
def test_sql_reads_only_the_edition(demo: Area, query: str) -> None:
    result = demo.run("sql", query)
    assert result.returncode == 2
    assert one_line(result.stderr)


def test_editions_lists_and_doctor_is_content(demo: Area) -> None:
    result = demo.run("editions", "--format", "json")
    assert [row["edition_no"] for row in json.loads(result.stdout)] == [1]
    assert demo.run("doctor", "--format", "json").returncode == 0


def test_trace_of_a_claim_ends_in_its_cell(demo: Area) -> None:
    claim = demo.sql("select claim_id from inventory.emission_claim where source = 'census' order by claim_id limit 1")
    result = demo.run("trace", "inventory.emission_claim", f"claim_id={claim[0]['claim_id']}", "--format", "json")
    rows = json.loads(result.stdout)
    keys = {"level", "table", "key", "column", "value", "kind", "path", "sheet", "row", "field", "text", "share"}
    assert all(set(row) == keys for row in rows)
    assert any(row["kind"] == "file" and row["path"].startswith("census/") for row in rows)
