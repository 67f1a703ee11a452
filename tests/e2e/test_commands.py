"""Commands as a user types them: exit codes and one line on stderr."""

from __future__ import annotations

import fcntl
import json
import os
import threading
from pathlib import Path

import duckdb
import pytest

from ehpilot.workspace import LOOK_S, Workspace
from tests.area import ROOT, Area, ehpilot, said


def one_line(text: str) -> bool:
    """True for one non-empty line."""
    return len([line for line in text.splitlines() if line.strip()]) == 1


def test_unknown_profile(tmp_path: Path, key_folder: Path) -> None:
    result = said("build", "--profile", "atlantis", "--landing", str(tmp_path), "--out", str(tmp_path / "out"))
    assert result.returncode == 2
    assert one_line(result.stderr) and "atlantis" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["frobnicate"],
        ["build"],
        ["build", "--profile", "demo", "--landing", ".", "--wait", "soon"],
        ["build", "--profile", "demo", "--landing", ".", "--as-of", "2026-13-01"],
        ["check", "--profile", "demo", "--landing", ".", "--format", "xml"],
        ["diff", "1", "two"],
        ["editions", "prune", "--keep", "0"],
        ["trace", "core.dim_area", "zone"],
        ["demo", "--out", "pyproject.toml"],
        ["--lang", "fr", "editions"],
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(arguments: list[str], key_folder: Path) -> None:
    result = said(*arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert one_line(result.stderr), result.stderr


@pytest.mark.parametrize("arguments", [["editions"], ["editions", "prune", "--keep", "2"], ["doctor"]])
def test_a_build_folder_that_is_none_is_wrong_usage(arguments: list[str], tmp_path: Path, key_folder: Path) -> None:
    """A name mistyped is no folder without editions; an empty folder is one."""
    named = arguments if arguments[-1:] != ["doctor"] else [*arguments, "--format", "json"]
    result = ehpilot(*named, "--out", str(tmp_path / "none"))
    assert result.returncode == 2
    assert one_line(result.stderr) and "none" in result.stderr
    assert not (tmp_path / "none").exists()
    if "doctor" in arguments:
        missing = [row["what"] for row in json.loads(result.stdout) if row["state"] == "problem"]
        assert missing == ["build folder"]
    (tmp_path / "none").mkdir()
    assert ehpilot(*named, "--out", str(tmp_path / "none")).returncode == 0


def test_doctor_names_a_key_folder_that_is_none(tmp_path: Path) -> None:
    result = ehpilot("doctor", "--out", str(tmp_path), env={"EHPILOT_KEY_DIR": str(tmp_path / "keys")})
    assert result.returncode == 2
    assert one_line(result.stderr) and "EHPILOT_KEY_DIR" in result.stderr


def test_help_alone_is_no_error_line() -> None:
    result = ehpilot()
    assert result.returncode == 2
    assert "Usage" in result.stdout + result.stderr
    assert ehpilot("--help").returncode == 0


def test_errors_are_said_in_the_language_asked_for(tmp_path: Path) -> None:
    arguments = ("sql", "select 1", "--out", str(tmp_path))
    words = {lang: said("--lang", lang, *arguments).stderr.strip() for lang in ("zh", "en")}
    assert words == {
        "zh": "尚无版次，请先运行 ehpilot build",
        "en": f"{tmp_path}: no edition yet; run `ehpilot build` first",
    }
    assert ehpilot(*arguments, env={"LANG": "zh_CN.UTF-8"}).stderr.strip() == words["zh"]
    assert "--landing" in said("--lang", "zh", "build", "--profile", "demo").stderr


def test_missing_folder(tmp_path: Path, key_folder: Path) -> None:
    for command in (["check"], ["build", "--out", str(tmp_path / "out")]):
        result = said(*command, "--profile", "demo", "--landing", str(tmp_path / "none"))
        assert result.returncode == 2
        assert one_line(result.stderr)


def test_unwritable_out(tmp_path: Path, key_folder: Path) -> None:
    (tmp_path / "file").write_text("")
    result = said("build", "--profile", "demo", "--landing", str(tmp_path), "--out", str(tmp_path / "file" / "out"))
    assert result.returncode == 2
    assert one_line(result.stderr)


def test_missing_key_folder(tmp_path: Path) -> None:
    env = {"EHPILOT_KEY_DIR": str(tmp_path / "none")}
    result = ehpilot("build", "--profile", "demo", "--landing", str(tmp_path), "--out", str(tmp_path / "out"), env=env)
    assert result.returncode == 2
    assert one_line(result.stderr) and "EHPILOT_KEY_DIR" in result.stderr


def test_locked_warehouse_names_its_owner(tmp_path: Path, key_folder: Path) -> None:
    (tmp_path / "landing").mkdir()
    with Workspace(tmp_path / "out").writer():
        result = ehpilot(
            "build", "--profile", "demo", "--landing", str(tmp_path / "landing"), "--out", str(tmp_path / "out")
        )
    assert result.returncode == 2
    assert one_line(result.stderr) and f"pid {os.getpid()}" in result.stderr


def test_who_only_asks_for_the_lock_stops_no_build(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "out").make()
    with workspace.lock_file.open("a+") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        threading.Timer(LOOK_S / 3, fcntl.flock, (handle, fcntl.LOCK_UN)).start()
        with workspace.writer():
            assert workspace.lock_file.read_text(encoding="utf-8")


def test_a_date_before_the_last_edition_is_refused(demo: Area) -> None:
    """A clock set back: codes, deadlines and the ledger would run backwards."""
    before = sorted((demo.out / "editions").iterdir())
    result = demo.build("--as-of", "2026-01-31")
    assert result.returncode == 2
    assert one_line(result.stderr) and "2026-01-31" in result.stderr
    assert sorted((demo.out / "editions").iterdir()) == before


def test_check_writes_nothing_and_counts(demo: Area) -> None:
    before = sorted(demo.landing.rglob("*"))
    result = said("check", "--profile", "demo", "--landing", str(demo.landing), "--format", "json")
    assert result.returncode == 1, "the demo folder holds spoilt records"
    facts = json.loads(result.stdout)
    assert set(facts) - {"rules"} == {"files", "reasons"}
    for file in facts["files"]:
        assert set(file) == {"path", "form", "read", "loaded", "quarantined", "skipped"}
        assert file["read"] == file["loaded"] + file["quarantined"] + file["skipped"]
    assert sorted(demo.landing.rglob("*")) == before
    told = {row["path"]: row["records_read"] for row in demo.sql("select path, records_read from meta.source_file")}
    assert {file["path"]: file["read"] for file in facts["files"]} == told


@pytest.mark.parametrize("query", ["drop table core.dim_enterprise", "select * from read_csv('/etc/passwd')"])
def test_sql_reads_only_the_edition(demo: Area, query: str) -> None:
    result = demo.says("sql", query)
    assert result.returncode == 2
    assert one_line(result.stderr)


def test_csv_ends_with_its_last_row(demo: Area) -> None:
    assert demo.says("sql", "select 1 as a", "--format", "csv").stdout == "a\n1\n"


def test_editions_lists_and_doctor_is_content(demo: Area) -> None:
    result = demo.says("editions", "--format", "json")
    assert [row["edition_no"] for row in json.loads(result.stdout)] == [1]
    assert demo.says("doctor", "--format", "json").returncode == 0


def test_trace_of_a_claim_ends_in_its_cell(demo: Area) -> None:
    claim = demo.sql("select claim_id from inventory.emission_claim where source = 'census' order by claim_id limit 1")
    result = demo.says("trace", "inventory.emission_claim", f"claim_id={claim[0]['claim_id']}", "--format", "json")
    rows = json.loads(result.stdout)
    keys = {"level", "table", "key", "column", "value", "kind", "path", "sheet", "row", "field", "text", "share"}
    assert all(set(row) == keys for row in rows)
    assert any(row["kind"] == "file" and row["path"].startswith("census/") for row in rows)


def _broken_profile(folder: Path, form: str) -> Path:
    """A profile of its own with one form."""
    (folder / "forms").mkdir(parents=True)
    (folder / "area.yml").write_text((ROOT / "profiles" / "national" / "area.yml").read_text(encoding="utf-8"), "utf-8")
    (folder / "forms" / "permit.yml").write_text(form, encoding="utf-8")
    return folder


def test_what_would_stop_a_step_stops_before_the_first(tmp_path: Path, key_folder: Path) -> None:
    landing, out = tmp_path / "landing", tmp_path / "out"
    landing.mkdir()
    (out / "keys").mkdir(parents=True)
    part = "{table: no_such_table, columns: {a: {aliases: [a]}}}"
    form = f"source: permit\nforms: [{{form_id: x, label: x, files: ['*'], formats: [csv], parts: [{part}]}}]\n"
    profile = _broken_profile(tmp_path / "profile", form)
    for name, env, word in (("demo", {"EHPILOT_KEY_DIR": str(out / "keys")}, "key folder"), (profile, {}, "register")):
        result = ehpilot("build", "--profile", str(name), "--landing", str(landing), "--out", str(out), env=env)
        assert result.returncode == 2, result.stderr
        assert one_line(result.stderr) and word in result.stderr


def test_a_warehouse_in_use_stops_a_selection(tmp_path: Path, key_folder: Path) -> None:
    folder = tmp_path / "landing" / "indicator"
    folder.mkdir(parents=True)
    (folder / "绿色指数指标_2025.csv").write_text("指标编号,区域,年份,数值\nQ1,全区,2025,90\n", encoding="utf-8")
    workspace = Workspace(tmp_path / "out").make()
    command = ["build", "--profile", "demo", "--landing", str(tmp_path / "landing"), "--out", str(tmp_path / "out")]
    with duckdb.connect(str(workspace.warehouse)):
        result = ehpilot(*command, "--select", 'key:"landing/inventory"')
    assert result.returncode == 2
    assert one_line(result.stderr) and "in use by another program" in result.stderr
