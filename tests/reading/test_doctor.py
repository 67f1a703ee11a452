"""`ehpilot doctor`: what is stale, locked or broken, and what to do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ehpilot.reading import doctor
from tests.publish.editions import publish

HOLD = """
import fcntl, sys
lock = open(sys.argv[1])
fcntl.flock(lock, fcntl.LOCK_EX)
print('held', flush=True)
input()
"""


def _states(out: Path, verify: bool = False) -> dict[str, str]:
    return {f"{item['what']}:{Path(item['path']).name}": item["state"] for item in doctor.facts(out, verify)}


def test_an_empty_folder_has_nothing_wrong(tmp_path: Path) -> None:
    assert set(_states(tmp_path).values()) == {"ok"}


def test_leftovers_a_lost_latest_and_a_broken_edition_are_named(tmp_path: Path) -> None:
    folder = publish(tmp_path, with_documents=False)
    editions = tmp_path / "editions"
    (editions / ".0002.building").mkdir()
    (editions / ".latest.99").symlink_to("0001")
    (editions / "0003").mkdir()
    (editions / "latest").unlink()
    (folder / "index.html").chmod(0o644)
    (folder / "index.html").write_text("altered")
    assert _states(tmp_path, verify=True) == {
        "editions:editions": "ok", "edition:0003": "problem", "edition:0001": "problem", "latest:latest": "warning",
        "leftover:.0002.building": "warning", "leftover:.latest.99": "warning",
    }  # fmt: skip
    assert all(item["advice"] for item in doctor.facts(tmp_path, True) if item["state"] != "ok")
    assert (editions / ".0002.building").is_dir(), "the doctor only looks"


def test_the_owner_of_a_held_lock_is_named(tmp_path: Path) -> None:
    lock = tmp_path / "work" / "warehouse.lock"
    lock.parent.mkdir()
    lock.write_text("pid 4711 since 2026-10-01T08:00:00")
    command = [sys.executable, "-c", HOLD, str(lock)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        found = [item for item in doctor.facts(tmp_path) if item["what"] == "lock"]
        holder.communicate(b"\n")
    assert found[0]["state"] == "warning"
    assert "4711" in found[0]["detail"]
    assert _states(tmp_path)["lock:warehouse.lock"] == "ok"


def test_missing_folders_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EHPILOT_KEY_DIR", str(tmp_path / "keys"))
    found = {item["what"]: item["state"] for item in doctor.facts(tmp_path / "none")}
    assert (found["build folder"], found["key folder"]) == ("problem", "problem")
    (tmp_path / "keys").mkdir()
    (tmp_path / "none").mkdir()
    assert {"build folder", "key folder"}.isdisjoint(item["what"] for item in doctor.facts(tmp_path / "none"))
